//! CertificateVerify (RFC 5246 §7.4.8, RFC 8446 §4.4.3): the same bytes in both versions.
use crate::codec::{Decode, Encode, Reader, vec16};
use crate::error::Error;
use crate::registry::{HandshakeType, SignatureScheme};
use alloc::vec::Vec;

/// A signature over the handshake so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CertificateVerify<'a> {
    pub(crate) scheme: SignatureScheme,
    pub(crate) signature: &'a [u8],
}

impl<'a> Decode<'a> for CertificateVerify<'a> {
    const KIND: HandshakeType = HandshakeType::CertificateVerify;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        Ok(Self { scheme: reader.u16()?.into(), signature: reader.vec16()? })
    }
}
impl Encode for CertificateVerify<'_> {
    const KIND: HandshakeType = HandshakeType::CertificateVerify;
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(u16::from(self.scheme).to_be_bytes());
        vec16(out, |out| out.extend(self.signature));
    }
}
