//! SHAd-256 (Cryptography Engineering §5.4.2): SHA-256 of SHA-256 of a block of zeros and the message.
//!
//! Unlike SHA-256 it does not let anyone extend a message whose hash they know. It is what Fortuna is made of.
use super::{Hash, Sha256};
use crate::cpu::Features;
use crate::secret::wipe;

/// SHAd-256: 32 bytes.
#[derive(Clone, Debug)]
pub struct ShaD256(Sha256);

impl Hash for ShaD256 {
    const BLOCK: usize = Sha256::BLOCK;
    const OUTPUT: usize = Sha256::OUTPUT;
    type Output = <Sha256 as Hash>::Output;
    fn with(features: Features) -> Self {
        let mut inner = Sha256::with(features);
        inner.update(&ZEROS);
        Self(inner)
    }
    fn update(&mut self, input: &[u8]) {
        self.0.update(input);
    }
    fn take_into(&mut self, out: &mut [u8]) {
        let mut inner = [0; Self::OUTPUT];
        self.0.take_into(&mut inner);
        self.0.update(&inner);
        wipe(&mut inner);
        self.0.take_into(out);
        self.0.update(&ZEROS);
    }
    fn take(&mut self) -> Self::Output {
        let mut output = Self::Output::default();
        self.take_into(&mut output);
        output
    }
}

const ZEROS: [u8; Sha256::BLOCK] = [0; Sha256::BLOCK];
