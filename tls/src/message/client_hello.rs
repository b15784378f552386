//! ClientHello (RFC 5246 §7.4.1.2) with the extensions that we understand.
use super::extension::{
    each, point_formats, protocols, put, put_point_formats, put_protocols, put_renegotiation_info,
    renegotiation_info,
};
use crate::codec::{Decode, Encode, Reader, codes, vec8, vec16};
use crate::config::Credential;
use crate::error::{Error, Misbehaviour};
use crate::registry::{
    CipherSuite, ExtensionType, HandshakeType, NamedGroup, ProtocolVersion, SignatureScheme,
};
use crate::scheme::curve;
use crate::suite::Tls12Suite;
use crate::transcript::Spoken;
use alloc::vec::Vec;
use rustls_pki_types::DnsName;

/// What a client offers.
#[derive(Clone, Debug)]
pub struct ClientHello<'a> {
    /// `client_version`: the highest, for servers that don't know `supported_versions`.
    pub(crate) version: ProtocolVersion,
    pub(crate) random: [u8; 32],
    pub(crate) session_id: &'a [u8],
    /// Cipher suites in the client's order, with the signals among them.
    pub suites: Vec<CipherSuite>,
    /// The host that the client wants to talk to (RFC 6066 §3).
    pub server_name: Option<DnsName<'a>>,
    /// Groups for the key exchange, and curves of ECDSA keys (RFC 8422 §5.1.1).
    pub groups: Option<Vec<NamedGroup>>,
    /// Schemes that the client verifies, in its order.
    pub schemes: Vec<SignatureScheme>,
    /// Application protocols in the client's order (RFC 7301).
    pub alpn: Vec<&'a [u8]>,
    /// `supported_versions` (RFC 8446 §4.2.1); it wins over `version`.
    pub(crate) versions: Option<Vec<ProtocolVersion>>,
    pub(crate) point_formats: bool,
    pub(crate) extended_master_secret: bool,
    pub(crate) renegotiation_info: bool,
    /// An empty one asks for a ticket (RFC 5077 §3.2).
    pub(crate) ticket: Option<&'a [u8]>,
}

impl<'a> ClientHello<'a> {
    /// Read again from where it was kept. It has been read once, so this cannot surprise.
    pub(crate) fn again(spoken: &'a Spoken) -> Result<Self, Error> {
        Self::whole(spoken.words().get(4..).unwrap_or_default())
    }

    /// Whether this client could check our signature by this credential in TLS 1.2: it has a suite, a scheme and,
    /// for ECDSA, the curve of the key (RFC 8422 §5.1, §5.3).
    #[must_use]
    pub fn can_verify(&self, credential: &Credential) -> bool {
        let key = credential.key();
        let groups = self.groups.as_deref();
        self.suites.iter().any(|code| Tls12Suite::of(*code).is_some_and(|suite| suite.signer.is(key)))
            && SignatureScheme::choose(key, &self.schemes).is_some()
            && curve(key).is_none_or(|curve| groups.is_none_or(|groups| groups.contains(&curve)))
    }
    /// Whether the client speaks `version`.
    pub(crate) fn speaks(&self, version: ProtocolVersion) -> bool {
        match &self.versions {
            Some(versions) => versions.contains(&version),
            None => u16::from(self.version) >= version.into() && version != ProtocolVersion::Tls13,
        }
    }
    /// RFC 5746 §3.6: said by the extension or by the signal.
    pub(crate) fn secure_renegotiation(&self) -> bool {
        self.renegotiation_info || self.suites.contains(&CipherSuite::EmptyRenegotiationInfoScsv)
    }
}

impl<'a> Decode<'a> for ClientHello<'a> {
    const KIND: HandshakeType = HandshakeType::ClientHello;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let version = ProtocolVersion::from(reader.u16()?);
        let random = *reader.array()?;
        let session_id = match reader.vec8()? {
            id if id.len() > 32 => return Err(reader.bad()),
            id => id,
        };
        let suites = reader.vec16()?;
        let suites = reader.codes(suites)?;
        match reader.vec8()? {
            [] => return Err(reader.bad()),
            methods if !methods.contains(&0) => {
                return Err(Error::Misbehaved(Misbehaviour::WrongCompression));
            }
            _ => {}
        }
        let mut hello = Self {
            version,
            random,
            session_id,
            suites,
            server_name: None,
            groups: None,
            schemes: Vec::new(),
            alpn: Vec::new(),
            versions: None,
            point_formats: false,
            extended_master_secret: false,
            renegotiation_info: false,
            ticket: None,
        };
        each(reader, |kind, body| hello.extension(kind, body))?;
        Ok(hello)
    }
}
impl<'a> ClientHello<'a> {
    fn extension(&mut self, kind: ExtensionType, body: &mut Reader<'a>) -> Result<(), Error> {
        use ExtensionType as X;
        match kind {
            X::ServerName => self.server_name = Some(server_name(body)?),
            X::SupportedGroups => self.groups = Some(body.vec16().and_then(|list| body.codes(list))?),
            X::SignatureAlgorithms => self.schemes = body.vec16().and_then(|list| body.codes(list))?,
            X::ApplicationLayerProtocolNegotiation => self.alpn = protocols(body)?,
            X::SupportedVersions => self.versions = Some(body.vec8().and_then(|list| body.codes(list))?),
            X::EcPointFormats => {
                point_formats(body)?;
                self.point_formats = true;
            }
            X::ExtendedMasterSecret => self.extended_master_secret = true,
            X::RenegotiationInfo => {
                renegotiation_info(body)?;
                self.renegotiation_info = true;
            }
            X::SessionTicket => self.ticket = Some(body.rest()),
            X::Unknown(_) => _ = body.rest(),
        }
        Ok(())
    }
}

impl Encode for ClientHello<'_> {
    const KIND: HandshakeType = HandshakeType::ClientHello;
    fn encode(&self, out: &mut Vec<u8>) {
        use ExtensionType as X;
        out.extend(self.version.to_bytes());
        out.extend(self.random);
        vec8(out, |out| out.extend(self.session_id));
        vec16(out, |out| codes(out, &self.suites));
        vec8(out, |out| out.push(0));
        vec16(out, |out| {
            if let Some(name) = &self.server_name {
                // Without the dot at the end that a fully qualified name may have.
                let name: &str = name.as_ref();
                let name = name.strip_suffix('.').unwrap_or(name);
                put(out, X::ServerName, |out| {
                    vec16(out, |out| {
                        out.push(HOST_NAME);
                        vec16(out, |out| out.extend(name.as_bytes()));
                    });
                });
            }
            if self.extended_master_secret {
                put(out, X::ExtendedMasterSecret, |_| {});
            }
            if self.renegotiation_info {
                put_renegotiation_info(out);
            }
            if let Some(groups) = &self.groups {
                put(out, X::SupportedGroups, |out| vec16(out, |out| codes(out, groups)));
            }
            if self.point_formats {
                put_point_formats(out);
            }
            if let Some(ticket) = self.ticket {
                put(out, X::SessionTicket, |out| out.extend(ticket));
            }
            if !self.alpn.is_empty() {
                put_protocols(out, self.alpn.iter().copied());
            }
            // Not last of all, and not empty: some old servers cannot bear an empty last extension.
            put(out, X::SignatureAlgorithms, |out| vec16(out, |out| codes(out, &self.schemes)));
            if let Some(versions) = &self.versions {
                put(out, X::SupportedVersions, |out| vec8(out, |out| codes(out, versions)));
            }
        });
    }
}

/// `ServerNameList` (RFC 6066 §3): of each type at most one, and there is only one type.
fn server_name<'a>(body: &mut Reader<'a>) -> Result<DnsName<'a>, Error> {
    let list = body.vec16()?;
    let mut inside = body.inside(list);
    if inside.u8()? != HOST_NAME {
        return Err(body.bad());
    }
    let name = inside.vec16()?;
    inside.finish()?;
    DnsName::try_from(name).map_err(|_| Error::Misbehaved(Misbehaviour::BadServerName))
}

const HOST_NAME: u8 = 0;
