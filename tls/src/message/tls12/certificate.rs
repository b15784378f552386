//! Certificate (RFC 5246 §7.4.2).
use crate::codec::{Decode, Encode, Reader, vec24};
use crate::error::Error;
use crate::registry::HandshakeType;
use alloc::vec::Vec;

/// Certificates in DER, the sender's first; a client may have none.
#[derive(Clone, Debug)]
pub(crate) struct Certificate<'a> {
    pub(crate) chain: Vec<&'a [u8]>,
}

impl<'a> Decode<'a> for Certificate<'a> {
    const KIND: HandshakeType = HandshakeType::Certificate;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let chain = match reader.vec24()? {
            [] => Vec::new(),
            list => reader.list(list, |list| match list.vec24()? {
                [] => Err(list.bad()),
                certificate => Ok(certificate),
            })?,
        };
        Ok(Self { chain })
    }
}
impl Encode for Certificate<'_> {
    const KIND: HandshakeType = HandshakeType::Certificate;
    fn encode(&self, out: &mut Vec<u8>) {
        vec24(out, |out| {
            for certificate in &self.chain {
                vec24(out, |out| out.extend(*certificate));
            }
        });
    }
}
