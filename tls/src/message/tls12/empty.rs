//! HelloRequest (RFC 5246 §7.4.1.1) and ServerHelloDone (§7.4.5): messages that say everything by being there.
use crate::codec::{Decode, Encode, Reader};
use crate::error::Error;
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// The server would like to begin again. We never do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HelloRequest;

/// The server's flight is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServerHelloDone;

impl<'a> Decode<'a> for HelloRequest {
    const KIND: HandshakeType = HandshakeType::HelloRequest;
    fn decode(_: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(Self)
    }
}
impl<'a> Decode<'a> for ServerHelloDone {
    const KIND: HandshakeType = HandshakeType::ServerHelloDone;
    fn decode(_: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(Self)
    }
}
impl Encode for ServerHelloDone {
    const KIND: HandshakeType = HandshakeType::ServerHelloDone;
    fn encode(&self, _: &mut Vec<u8>) {}
}
