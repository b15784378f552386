//! NewSessionTicket (RFC 5077 §3.3).
use crate::codec::{Decode, Encode, Reader, vec16};
use crate::error::Error;
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// A name for this session; an empty one says that there is none after all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewSessionTicket<'a> {
    /// Seconds; 0: not said.
    pub(crate) lifetime: u32,
    pub(crate) ticket: &'a [u8],
}

impl<'a> Decode<'a> for NewSessionTicket<'a> {
    const KIND: HandshakeType = HandshakeType::NewSessionTicket;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(Self { lifetime: reader.u32()?, ticket: reader.vec16()? })
    }
}
impl Encode for NewSessionTicket<'_> {
    const KIND: HandshakeType = HandshakeType::NewSessionTicket;
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.lifetime.to_be_bytes());
        vec16(out, |out| out.extend(self.ticket));
    }
}
