//! The receiving direction's protection, taken off in place.
use super::protection::Keys;
use super::{Aligned, MAX_PLAIN, MAX_SEALED, Record};
use crate::error::Error;
use crate::registry::ContentType;

/// Takes protection off: none, until keys are installed.
pub(crate) struct Opener(Option<Keys>);

/// What a record carried.
pub(crate) struct Opened<'b> {
    pub(crate) kind: ContentType,
    /// Where `bytes` starts in the caller's buffer.
    pub(crate) at: usize,
    pub(crate) bytes: &'b mut [u8],
    pub(crate) sealed: bool,
}

impl Opener {
    pub(crate) const fn new() -> Self {
        Self(None)
    }
    /// The only way in for new keys: with the proof that the old ones are used up.
    pub(crate) fn install(&mut self, keys: Keys, _: Aligned) {
        self.0 = Some(keys);
    }
    #[cfg(test)]
    pub(crate) fn skip_to(&mut self, sequence: u64) {
        self.0.iter_mut().for_each(|keys| keys.skip_to(sequence));
    }
    /// The longest fragment that can be well-formed now.
    pub(crate) const fn limit(&self) -> usize {
        match self.0 {
            None => MAX_PLAIN,
            Some(_) => MAX_SEALED,
        }
    }
    pub(crate) fn open<'b>(&mut self, record: Record<'b>) -> Result<Opened<'b>, Error> {
        let Record { kind, at, fragment, .. } = record;
        let Some(keys) = &mut self.0 else { return Ok(Opened { kind, at, bytes: fragment, sealed: false }) };
        let at = at + keys.explicit();
        let bytes = keys.open(kind, fragment).map_err(|_| Error::BadRecord)?;
        if bytes.len() > MAX_PLAIN {
            return Err(Error::RecordTooLong);
        }
        Ok(Opened { kind, at, bytes, sealed: true })
    }
}
