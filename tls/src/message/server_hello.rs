//! ServerHello (RFC 5246 §7.4.1.3) with the extensions that answer ours.
use super::extension::{
    each, point_formats, protocols, put, put_point_formats, put_protocols, put_renegotiation_info,
    renegotiation_info,
};
use crate::codec::{Decode, Encode, Reader, vec8, vec16};
use crate::error::{Error, Misbehaviour};
use crate::registry::{CipherSuite, ExtensionType, HandshakeType, ProtocolVersion};
use alloc::vec::Vec;

/// What a server has chosen. A flag is set where the extension is there, and its content has been judged.
#[derive(Clone, Debug)]
pub(crate) struct ServerHello<'a> {
    pub(crate) version: ProtocolVersion,
    pub(crate) random: [u8; 32],
    pub(crate) session_id: &'a [u8],
    pub(crate) suite: CipherSuite,
    pub(crate) server_name: bool,
    pub(crate) point_formats: bool,
    pub(crate) extended_master_secret: bool,
    pub(crate) renegotiation_info: bool,
    /// A ticket will come (RFC 5077 §3.2).
    pub(crate) ticket: bool,
    pub(crate) alpn: Option<&'a [u8]>,
}

impl<'a> Decode<'a> for ServerHello<'a> {
    const KIND: HandshakeType = HandshakeType::ServerHello;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let version = reader.u16()?.into();
        let random = *reader.array()?;
        let session_id = match reader.vec8()? {
            id if id.len() > 32 => return Err(reader.bad()),
            id => id,
        };
        let suite = reader.u16()?.into();
        if reader.u8()? != 0 {
            return Err(Error::Misbehaved(Misbehaviour::WrongCompression));
        }
        let mut hello = Self {
            version,
            random,
            session_id,
            suite,
            server_name: false,
            point_formats: false,
            extended_master_secret: false,
            renegotiation_info: false,
            ticket: false,
            alpn: None,
        };
        each(reader, |kind, body| hello.extension(kind, body))?;
        Ok(hello)
    }
}
impl<'a> ServerHello<'a> {
    fn extension(&mut self, kind: ExtensionType, body: &mut Reader<'a>) -> Result<(), Error> {
        use ExtensionType as X;
        match kind {
            X::ServerName => self.server_name = true,
            X::EcPointFormats => {
                point_formats(body)?;
                self.point_formats = true;
            }
            X::ExtendedMasterSecret => self.extended_master_secret = true,
            X::RenegotiationInfo => {
                renegotiation_info(body)?;
                self.renegotiation_info = true;
            }
            X::SessionTicket => self.ticket = true,
            X::ApplicationLayerProtocolNegotiation => {
                let [protocol] = *protocols(body)? else { return Err(body.bad()) };
                self.alpn = Some(protocol);
            }
            // No server has to say this (RFC 8422 §5.1), but some load balancers do, and we have said it too.
            X::SupportedGroups => _ = body.rest(),
            // Known, but nothing that a ServerHello of TLS 1.2 may have; or not known, so not ours.
            X::SignatureAlgorithms | X::SupportedVersions | X::Unknown(_) => {
                return Err(Error::Misbehaved(Misbehaviour::UnsolicitedExtension));
            }
        }
        Ok(())
    }
}

impl Encode for ServerHello<'_> {
    const KIND: HandshakeType = HandshakeType::ServerHello;
    fn encode(&self, out: &mut Vec<u8>) {
        use ExtensionType as X;
        out.extend(self.version.to_bytes());
        out.extend(self.random);
        vec8(out, |out| out.extend(self.session_id));
        out.extend(u16::from(self.suite).to_be_bytes());
        out.push(0);
        vec16(out, |out| {
            if self.server_name {
                put(out, X::ServerName, |_| {});
            }
            if self.extended_master_secret {
                put(out, X::ExtendedMasterSecret, |_| {});
            }
            if self.renegotiation_info {
                put_renegotiation_info(out);
            }
            if self.point_formats {
                put_point_formats(out);
            }
            if self.ticket {
                put(out, X::SessionTicket, |_| {});
            }
            if let Some(protocol) = self.alpn {
                put_protocols(out, [protocol]);
            }
        });
    }
}
