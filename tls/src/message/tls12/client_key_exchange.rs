//! ClientKeyExchange (RFC 8422 §5.7).
use crate::codec::{Decode, Encode, Reader, vec8};
use crate::error::Error;
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// `ClientECDiffieHellmanPublic`: the client's share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClientKeyExchange<'a> {
    pub(crate) share: &'a [u8],
}

impl<'a> Decode<'a> for ClientKeyExchange<'a> {
    const KIND: HandshakeType = HandshakeType::ClientKeyExchange;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        match reader.vec8()? {
            [] => Err(reader.bad()),
            share => Ok(Self { share }),
        }
    }
}
impl Encode for ClientKeyExchange<'_> {
    const KIND: HandshakeType = HandshakeType::ClientKeyExchange;
    fn encode(&self, out: &mut Vec<u8>) {
        vec8(out, |out| out.extend(self.share));
    }
}
