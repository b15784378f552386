//! A source of 64-bit words that claim to be random: tested word by word and byte by byte before anyone has them.
use super::{Source, SourceError, SourceId};
use crate::health::{Fault, Health, Limits};

/// An instruction that gives random words.
pub trait Instruction: Sized {
    /// The source that it makes.
    const ID: SourceId;
    /// How often in a row it may fail before it counts as not ready.
    const TRIES: u32;
    /// The instruction, if this machine has it.
    fn detect() -> Option<Self>;
    /// Runs it once; nothing if it reports failure.
    fn step(&mut self) -> Option<u64>;
}

/// Words of an [`Instruction`].
#[derive(Debug)]
pub struct Words<I> {
    instruction: I,
    health: WordHealth,
}

impl<I: Instruction> Words<I> {
    /// Detects the instruction, and tests 1024 words (SP 800-90B §4.3, item 2), which are thrown away.
    ///
    /// # Errors
    /// Whatever makes it useless: absent, not ready, or not healthy.
    pub fn start() -> Result<Self, SourceError> {
        Self::on(I::detect().ok_or(SourceError::Absent)?)
    }
    /// The same on an instruction at hand.
    ///
    /// # Errors
    /// The same.
    pub fn on(instruction: I) -> Result<Self, SourceError> {
        let mut own = Self { instruction, health: WordHealth::new() };
        for _ in 0..START_SAMPLES {
            own.word()?;
        }
        Ok(own)
    }
    /// One word.
    ///
    /// # Errors
    /// [`SourceError::NotReady`] or [`SourceError::Unhealthy`]; never a word that is not one.
    pub fn word(&mut self) -> Result<u64, SourceError> {
        for _ in 0..I::TRIES {
            if let Some(word) = self.instruction.step() {
                self.health.check(word)?;
                return Ok(word);
            }
            core::hint::spin_loop();
        }
        self.health.verdict()?;
        Err(SourceError::NotReady)
    }
}
impl<I: Instruction> Source for Words<I> {
    const ID: SourceId = I::ID;
    fn sample(&mut self, out: &mut [u8; 32]) -> Result<usize, SourceError> {
        for bytes in out.as_chunks_mut().0 {
            *bytes = self.word()?.to_le_bytes();
        }
        Ok(out.len())
    }
}

/// The tests on a word: neither stuck nor seen before, and its bytes are fair.
#[derive(Debug)]
pub(super) struct WordHealth {
    words: Health,
    bytes: Health,
}
impl WordHealth {
    pub(super) const fn new() -> Self {
        Self { words: Health::new(Limits::WORD), bytes: Health::new(Limits::BYTE) }
    }
    pub(super) fn check(&mut self, word: u64) -> Result<(), Fault> {
        // Broken processors and hypervisors give these with the flag of success; chance does not, in any lifetime.
        if word == 0 || word == u64::MAX {
            self.words.fail(Fault::Stuck);
        }
        self.words.check(word)?;
        word.to_le_bytes().iter().try_for_each(|byte| self.bytes.check(u64::from(*byte)))?;
        self.verdict()
    }
    pub(super) fn verdict(&self) -> Result<(), Fault> {
        self.words.verdict()?;
        self.bytes.verdict()
    }
}

/// SP 800-90B §4.3, item 2.
pub(super) const START_SAMPLES: usize = 1024;
