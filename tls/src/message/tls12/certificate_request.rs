//! CertificateRequest (RFC 5246 §7.4.4).
use crate::codec::{Decode, Encode, Reader, codes, vec8, vec16};
use crate::error::Error;
use crate::registry::{ClientCertificateType, HandshakeType, SignatureScheme};
use alloc::vec::Vec;

/// What a server would like to see of a client.
#[derive(Clone, Debug)]
pub(crate) struct CertificateRequest {
    pub(crate) types: Vec<ClientCertificateType>,
    pub(crate) schemes: Vec<SignatureScheme>,
    /// Names of issuers in DER; none: any will do.
    pub(crate) authorities: Vec<Vec<u8>>,
}

impl<'a> Decode<'a> for CertificateRequest {
    const KIND: HandshakeType = HandshakeType::CertificateRequest;
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let types = reader.vec8()?;
        let types = reader.list(types, |list| list.u8().map(ClientCertificateType::from))?;
        let schemes = reader.vec16()?;
        let schemes = reader.codes(schemes)?;
        let authorities = match reader.vec16()? {
            [] => Vec::new(),
            list => reader.list(list, |list| match list.vec16()? {
                [] => Err(list.bad()),
                name => Ok(name.to_vec()),
            })?,
        };
        Ok(Self { types, schemes, authorities })
    }
}
impl Encode for CertificateRequest {
    const KIND: HandshakeType = HandshakeType::CertificateRequest;
    fn encode(&self, out: &mut Vec<u8>) {
        vec8(out, |out| out.extend(self.types.iter().map(|kind| u8::from(*kind))));
        vec16(out, |out| codes(out, &self.schemes));
        vec16(out, |out| {
            for name in &self.authorities {
                vec16(out, |out| out.extend(name));
            }
        });
    }
}
