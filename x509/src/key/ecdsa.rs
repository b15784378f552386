//! ECDSA-Sig-Value (RFC 5480 appendix A): between its DER and r ‖ s of fixed length.
use alloc::vec::Vec;
use asn1::{Decode as _, Encode as _, Error, Unsigned};

asn1::sequence! {
    /// `ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }`, for curves of up to 384 bits.
    struct EcdsaSigValue<'a> {
        r: Unsigned<'a, 48>,
        s: Unsigned<'a, 48>,
    }
}

/// r ‖ s, each with leading zeros to half of `LENGTH` bytes.
///
/// # Errors
/// Anything but strict DER, and numbers that are longer. Their range is not looked at.
pub(super) fn fixed<const LENGTH: usize>(der: &[u8]) -> Result<[u8; LENGTH], Error> {
    let value = EcdsaSigValue::from_der(der)?;
    let mut fixed = [0; LENGTH];
    let (r, s) = fixed.split_at_mut(LENGTH / 2);
    for (to, from) in [(r, value.r), (s, value.s)] {
        let unpadded = to.len().checked_sub(from.as_bytes().len()).and_then(|zeros| to.get_mut(zeros..));
        let unpadded = unpadded.ok_or(Error { at: 0, kind: asn1::ErrorKind::TooLong })?;
        unpadded.copy_from_slice(from.as_bytes());
    }
    Ok(fixed)
}

/// The DER of r ‖ s, where each is half of `fixed`, and at most 48 bytes.
///
/// # Errors
/// [`asn1::ErrorKind::TooLong`] for longer ones.
pub(super) fn der(fixed: &[u8]) -> Result<Vec<u8>, asn1::ErrorKind> {
    let (r, s) = fixed.split_at(fixed.len() / 2);
    Ok(EcdsaSigValue { r: Unsigned::new(r)?, s: Unsigned::new(s)? }.to_der())
}
