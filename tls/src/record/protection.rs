//! AEAD protection of records: RFC 5246 §6.2.3.3, RFC 5288 §3 (GCM), RFC 7905 §2 (ChaCha20-Poly1305).
use crate::registry::ContentType;
use crate::suite::BulkCipher;
use nocrypto::Secret;
use nocrypto::aead::{Aead, Aes128Gcm, Aes256Gcm, ChaCha20Poly1305, Forged, TooLong};

/// Keys for one direction and one epoch; used by being moved into the record layer, which counts from zero with them.
pub(crate) struct Keys {
    cipher: Cipher,
    /// The fixed part of the nonce: four bytes for GCM (the rest is sent), twelve for ChaCha20-Poly1305.
    iv: Secret<12>,
    sequence: u64,
}

enum Cipher {
    Aes128Gcm(Aes128Gcm),
    Aes256Gcm(Aes256Gcm),
    ChaCha20Poly1305(ChaCha20Poly1305),
}

impl Keys {
    /// From parts of a key block (RFC 5246 §6.3) of [`BulkCipher::key_length`] and [`BulkCipher::iv_length`] bytes.
    pub(crate) fn new(cipher: BulkCipher, key: &[u8], iv: &[u8]) -> Self {
        let cipher = match cipher {
            BulkCipher::Aes128Gcm => Cipher::Aes128Gcm(Aes128Gcm::new(secret(key).expose())),
            BulkCipher::Aes256Gcm => Cipher::Aes256Gcm(Aes256Gcm::new(secret(key).expose())),
            BulkCipher::ChaCha20Poly1305 => {
                Cipher::ChaCha20Poly1305(ChaCha20Poly1305::new(secret(key).expose()))
            }
        };
        Self { cipher, iv: secret(iv), sequence: 0 }
    }

    /// Bytes of the nonce that stand before the ciphertext. We send the sequence number: it is never twice the same.
    pub(crate) const fn explicit(&self) -> usize {
        match self.cipher {
            Cipher::Aes128Gcm(_) | Cipher::Aes256Gcm(_) => 8,
            Cipher::ChaCha20Poly1305(_) => 0,
        }
    }
    /// The explicit part of the next nonce.
    pub(crate) fn next_explicit(&self) -> impl Iterator<Item = u8> + use<> {
        self.sequence.to_be_bytes().into_iter().take(self.explicit())
    }
    /// So many records that the next would weaken the key (RFC 8446 §5.5; RFC 9325 §4.4 says so for TLS 1.2).
    pub(crate) const fn are_exhausted(&self) -> bool {
        let most = match self.cipher {
            Cipher::Aes128Gcm(_) | Cipher::Aes256Gcm(_) => 1 << 24,
            Cipher::ChaCha20Poly1305(_) => 1 << 62,
        };
        self.sequence >= most
    }

    #[cfg(test)]
    pub(crate) const fn skip_to(&mut self, sequence: u64) {
        self.sequence = sequence;
    }

    /// Seals the next record's plaintext in place.
    pub(crate) fn seal(&mut self, kind: ContentType, plain: &mut [u8]) -> Result<[u8; TAG], TooLong> {
        let (nonce, aad) = (self.nonce(&self.sequence.to_be_bytes()), self.aad(kind, plain.len()));
        let tag = match &self.cipher {
            Cipher::Aes128Gcm(aead) => aead.seal(&nonce, &aad, plain),
            Cipher::Aes256Gcm(aead) => aead.seal(&nonce, &aad, plain),
            Cipher::ChaCha20Poly1305(aead) => aead.seal(&nonce, &aad, plain),
        }?;
        self.sequence = self.sequence.saturating_add(1);
        Ok(tag)
    }
    /// Opens the next record's fragment in place, and says where in it the plaintext lies.
    pub(crate) fn open<'b>(
        &mut self,
        kind: ContentType,
        fragment: &'b mut [u8],
    ) -> Result<&'b mut [u8], Forged> {
        let (explicit, body) = fragment.split_at_mut_checked(self.explicit()).ok_or(Forged)?;
        let (body, tag) = body.split_last_chunk_mut::<TAG>().ok_or(Forged)?;
        let nonce =
            if explicit.is_empty() { self.nonce(&self.sequence.to_be_bytes()) } else { self.nonce(explicit) };
        let aad = self.aad(kind, body.len());
        match &self.cipher {
            Cipher::Aes128Gcm(aead) => aead.open(&nonce, &aad, body, tag),
            Cipher::Aes256Gcm(aead) => aead.open(&nonce, &aad, body, tag),
            Cipher::ChaCha20Poly1305(aead) => aead.open(&nonce, &aad, body, tag),
        }?;
        self.sequence = self.sequence.checked_add(1).ok_or(Forged)?;
        Ok(body)
    }

    /// The fixed part, with `varying` over its end. For GCM the end of the fixed part is zero, so this is concatenation.
    fn nonce(&self, varying: &[u8]) -> [u8; 12] {
        let mut nonce = *self.iv.expose();
        for (n, v) in nonce.iter_mut().rev().zip(varying.iter().rev()) {
            *n ^= v;
        }
        nonce
    }
    /// `seq_num + TLSCompressed.type + TLSCompressed.version + TLSCompressed.length` (RFC 5246 §6.2.3.3).
    fn aad(&self, kind: ContentType, length: usize) -> [u8; 13] {
        let [s0, s1, s2, s3, s4, s5, s6, s7] = self.sequence.to_be_bytes();
        let [.., high, low] = length.to_be_bytes();
        [s0, s1, s2, s3, s4, s5, s6, s7, kind.into(), 3, 3, high, low]
    }
}

impl BulkCipher {
    pub(crate) const fn key_length(self) -> usize {
        match self {
            Self::Aes128Gcm => 16,
            Self::Aes256Gcm | Self::ChaCha20Poly1305 => 32,
        }
    }
    /// `fixed_iv_length`
    pub(crate) const fn iv_length(self) -> usize {
        match self {
            Self::Aes128Gcm | Self::Aes256Gcm => 4,
            Self::ChaCha20Poly1305 => 12,
        }
    }
}

/// The first `N` bytes; zeros behind what is shorter.
fn secret<const N: usize>(bytes: &[u8]) -> Secret<N> {
    Secret::fill_with(|own| own.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from))
}

/// Bytes of an authentication tag.
pub(super) const TAG: usize = 16;
