//! What has been said in the handshake (RFC 5246 §7.4.9, RFC 7627 §3): first the words, then only their hash.
use crate::suite::HashAlgorithm;
use alloc::vec::Vec;
use nocrypto::hash::{Hash, Sha256, Sha384};

/// Anything that must hear every handshake message.
pub(crate) trait Listen {
    /// A message with its header.
    fn listen(&mut self, raw: &[u8]);
}

/// The words themselves: before the hash is known, and in TLS 1.2 until nobody signs them any more.
#[derive(Default)]
pub(crate) struct Spoken(Vec<u8>);

impl Spoken {
    pub(crate) fn words(&self) -> &[u8] {
        &self.0
    }
    pub(crate) fn so_far(&self, algorithm: HashAlgorithm) -> TranscriptHash {
        Transcript::new(algorithm, &self.0).so_far()
    }
    /// From here on the hash is enough.
    pub(crate) fn hash(self, algorithm: HashAlgorithm) -> Transcript {
        Transcript::new(algorithm, &self.0)
    }
}
impl Listen for Spoken {
    fn listen(&mut self, raw: &[u8]) {
        self.0.extend_from_slice(raw);
    }
}

/// A running hash.
#[derive(Clone)]
pub(crate) enum Transcript {
    Sha256(Sha256),
    Sha384(Sha384),
}

impl Transcript {
    fn new(algorithm: HashAlgorithm, words: &[u8]) -> Self {
        let mut own = match algorithm {
            HashAlgorithm::Sha256 => Self::Sha256(Sha256::new()),
            HashAlgorithm::Sha384 => Self::Sha384(Sha384::new()),
        };
        own.listen(words);
        own
    }
    pub(crate) fn so_far(&self) -> TranscriptHash {
        match self.clone() {
            Self::Sha256(hash) => TranscriptHash::new(&hash.finish()),
            Self::Sha384(hash) => TranscriptHash::new(&hash.finish()),
        }
    }
}
impl Listen for Transcript {
    fn listen(&mut self, raw: &[u8]) {
        match self {
            Self::Sha256(hash) => hash.update(raw),
            Self::Sha384(hash) => hash.update(raw),
        }
    }
}

/// The hash at one moment, so that "before" and "after" are different values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct TranscriptHash {
    bytes: [u8; 48],
    length: usize,
}

impl TranscriptHash {
    fn new(hash: &[u8]) -> Self {
        let mut bytes = [0; 48];
        let length = hash.len().min(bytes.len());
        for (to, from) in bytes.iter_mut().zip(hash) {
            *to = *from;
        }
        Self { bytes, length }
    }
}
impl AsRef<[u8]> for TranscriptHash {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}
