//! The sending direction: a record is built where it will leave from, at the end of the caller's output.
use super::HEADER;
use super::protection::Keys;
use crate::registry::{ContentType, ProtocolVersion};
use alloc::vec::Vec;

/// Puts protection on: none, until keys are installed.
pub(crate) struct Sealer(Option<Keys>);

impl Sealer {
    pub(crate) const fn new() -> Self {
        Self(None)
    }
    pub(crate) fn install(&mut self, keys: Keys) {
        self.0 = Some(keys);
    }
    pub(crate) fn are_keys_exhausted(&self) -> bool {
        self.0.as_ref().is_some_and(Keys::are_exhausted)
    }
    pub(crate) const fn is_protecting(&self) -> bool {
        self.0.is_some()
    }
    #[cfg(test)]
    pub(crate) fn skip_to(&mut self, sequence: u64) {
        self.0.iter_mut().for_each(|keys| keys.skip_to(sequence));
    }
    /// Bytes before the plaintext of the next record.
    pub(crate) fn prefix(&self) -> usize {
        HEADER + self.0.as_ref().map_or(0, Keys::explicit)
    }
    /// Reserves the header and writes the explicit nonce. Plaintext is then appended, and [`Self::end`] closes the record
    /// that begins at the offset which is given back.
    pub(crate) fn begin(&self, out: &mut Vec<u8>) -> usize {
        let start = out.len();
        out.extend([0; HEADER]);
        out.extend(self.0.iter().flat_map(Keys::next_explicit));
        start
    }
    /// Seals what was written since `begin`, in place.
    pub(crate) fn end(
        &mut self,
        out: &mut Vec<u8>,
        start: usize,
        kind: ContentType,
        version: ProtocolVersion,
    ) {
        let body = start + self.prefix();
        if let Some(keys) = &mut self.0
            && let Some(plain) = out.get_mut(body..)
        {
            match keys.seal(kind, plain) {
                Ok(tag) => out.extend(tag),
                // No caller appends more than MAX_PLAIN, so this is never seen. What could not be sealed does not leave.
                Err(_) => return out.truncate(start),
            }
        }
        let length = out.len().saturating_sub(start + HEADER);
        if let Some(header) = out.get_mut(start..start + HEADER) {
            let ([major, minor], [.., high, low]) = (version.to_bytes(), length.to_be_bytes());
            header.copy_from_slice(&[kind.into(), major, minor, high, low]);
        }
    }
}
