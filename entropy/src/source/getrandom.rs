//! The generator of the host's operating system.
use super::words::WordHealth;
use super::{Source, SourceError, SourceId};
use zeroize::Zeroize;

/// The host, through the crate `getrandom`. At an early boot it waits until the host has its own seed.
#[derive(Debug)]
pub struct Host {
    health: WordHealth,
}

impl Host {
    /// Nothing asked yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { health: WordHealth::new() }
    }
}
impl Default for Host {
    fn default() -> Self {
        Self::new()
    }
}
impl Source for Host {
    const ID: SourceId = SourceId::HOST;
    fn sample(&mut self, out: &mut [u8; 32]) -> Result<usize, SourceError> {
        self.health.verdict()?;
        getrandom::fill(out).map_err(|_| SourceError::NotReady)?;
        for bytes in out.as_chunks().0 {
            if let Err(fault) = self.health.check(u64::from_le_bytes(*bytes)) {
                out.zeroize();
                return Err(fault.into());
            }
        }
        Ok(out.len())
    }
}
