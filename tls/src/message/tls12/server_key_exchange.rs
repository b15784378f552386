//! ServerKeyExchange (RFC 8422 §5.4): the server's share, and the signature that ties it to this handshake.
use crate::codec::{Decode, Encode, Reader, vec8, vec16};
use crate::error::{Error, Misbehaviour};
use crate::registry::{HandshakeType, NamedGroup, SignatureScheme};
use alloc::vec::Vec;

/// `ServerECDHParams`: a named group and a point of it. Other ways of saying a curve are refused (RFC 8422 §5.4).
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServerEcdhParams<'a> {
    pub(crate) group: NamedGroup,
    pub(crate) share: &'a [u8],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ServerKeyExchange<'a> {
    pub(crate) params: ServerEcdhParams<'a>,
    pub(crate) scheme: SignatureScheme,
    pub(crate) signature: &'a [u8],
}

impl ServerEcdhParams<'_> {
    /// What is signed: both randoms and these parameters.
    pub(crate) fn to_sign(self, client: &[u8; 32], server: &[u8; 32]) -> Vec<u8> {
        let mut message = [client.as_slice(), server].concat();
        self.encode(&mut message);
        message
    }
    fn encode(self, out: &mut Vec<u8>) {
        out.push(NAMED_CURVE);
        out.extend(u16::from(self.group).to_be_bytes());
        vec8(out, |out| out.extend(self.share));
    }
}

impl<'a> Decode<'a> for ServerKeyExchange<'a> {
    const KIND: HandshakeType = HandshakeType::ServerKeyExchange;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        if reader.u8()? != NAMED_CURVE {
            return Err(Error::Misbehaved(Misbehaviour::WrongGroup));
        }
        let group = reader.u16()?.into();
        let params = match reader.vec8()? {
            [] => return Err(reader.bad()),
            share => ServerEcdhParams { group, share },
        };
        Ok(Self { params, scheme: reader.u16()?.into(), signature: reader.vec16()? })
    }
}
impl Encode for ServerKeyExchange<'_> {
    const KIND: HandshakeType = HandshakeType::ServerKeyExchange;
    fn encode(&self, out: &mut Vec<u8>) {
        self.params.encode(out);
        out.extend(u16::from(self.scheme).to_be_bytes());
        vec16(out, |out| out.extend(self.signature));
    }
}

/// `named_curve`
const NAMED_CURVE: u8 = 3;
