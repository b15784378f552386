//! Finished (RFC 5246 §7.4.9, RFC 8446 §4.4.4). How long it must be, the key schedule knows.
use crate::codec::{Decode, Encode, Reader};
use crate::error::Error;
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// A hash of the whole handshake under a secret of both ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finished<'a> {
    pub(crate) verify_data: &'a [u8],
}

impl<'a> Decode<'a> for Finished<'a> {
    const KIND: HandshakeType = HandshakeType::Finished;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(Self { verify_data: reader.rest() })
    }
}
impl Encode for Finished<'_> {
    const KIND: HandshakeType = HandshakeType::Finished;
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.verify_data);
    }
}
