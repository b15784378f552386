//! Secrets of TLS 1.2: RFC 5246 §6.3, §7.4.9 and §8.1, RFC 7627 §4, RFC 5705 §4.
use super::FinishedVerified;
use crate::error::{Error, Misbehaviour};
use crate::record::Keys;
use crate::registry::Side;
use crate::suite::{HashAlgorithm, Tls12Suite};
use crate::transcript::TranscriptHash;
use nocrypto::hash::{Sha256, Sha384};
use nocrypto::kdf::tls12_prf;
use nocrypto::{Secret, ct};

/// What the two hellos settled, as far as secrets depend on it.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) side: Side,
    pub(crate) suite: Tls12Suite,
    pub(crate) client_random: [u8; 32],
    pub(crate) server_random: [u8; 32],
}

/// The master secret, and the terms that it is used on.
pub(crate) struct Master {
    secret: Secret<48>,
    terms: Terms,
    extended: bool,
}

/// The keys of both directions, made in one go.
pub(crate) struct KeyPair {
    pub(crate) ours: Keys,
    pub(crate) theirs: Keys,
}

impl Master {
    /// RFC 7627 §4: bound to everything that was said up to the ClientKeyExchange.
    pub(crate) fn extended(shared: &Secret<32>, session_hash: TranscriptHash, terms: Terms) -> Self {
        let secret = Secret::fill_with(|out| {
            prf(terms, shared.expose(), b"extended master secret", &[session_hash.as_ref()], out);
        });
        Self { secret, terms, extended: true }
    }
    /// RFC 5246 §8.1: bound to the randoms only. Such a session is not resumed, and no keys are exported from it.
    pub(crate) fn plain(shared: &Secret<32>, terms: Terms) -> Self {
        let randoms: [&[u8]; 2] = [&terms.client_random, &terms.server_random];
        let secret = Secret::fill_with(|out| prf(terms, shared.expose(), b"master secret", &randoms, out));
        Self { secret, terms, extended: false }
    }
    /// Of a session, which has the extended one always.
    pub(crate) const fn resumed(secret: Secret<48>, terms: Terms) -> Self {
        Self { secret, terms, extended: true }
    }

    /// RFC 5246 §6.3, without MAC keys: the client's and the server's key, then the client's and the server's IV.
    pub(crate) fn keys(&self) -> KeyPair {
        let cipher = self.terms.suite.cipher;
        let randoms: [&[u8]; 2] = [&self.terms.server_random, &self.terms.client_random];
        let block = Secret::<MAX_KEY_BLOCK>::fill_with(|out| {
            prf(self.terms, self.secret.expose(), b"key expansion", &randoms, out);
        });
        let mut rest = block.expose().as_slice();
        let mut next = |length: usize| {
            let (part, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = behind;
            part
        };
        let (client_key, server_key) = (next(cipher.key_length()), next(cipher.key_length()));
        let (client_iv, server_iv) = (next(cipher.iv_length()), next(cipher.iv_length()));
        let client = Keys::new(cipher, client_key, client_iv);
        let server = Keys::new(cipher, server_key, server_iv);
        match self.terms.side {
            Side::Client => KeyPair { ours: client, theirs: server },
            Side::Server => KeyPair { ours: server, theirs: client },
        }
    }

    /// `verify_data` of our Finished.
    pub(crate) fn our_finished(&self, so_far: TranscriptHash) -> [u8; 12] {
        self.verify_data(self.terms.side, so_far)
    }
    /// Whether `verify_data` of the peer's Finished is right.
    pub(crate) fn verify_finished(
        &self,
        so_far: TranscriptHash,
        verify_data: &[u8],
    ) -> Result<FinishedVerified, Error> {
        let theirs = match self.terms.side {
            Side::Client => Side::Server,
            Side::Server => Side::Client,
        };
        match ct::eq(&self.verify_data(theirs, so_far), verify_data).reveal() {
            true => Ok(FinishedVerified(())),
            false => Err(Error::Misbehaved(Misbehaviour::BadFinished)),
        }
    }
    fn verify_data(&self, of: Side, so_far: TranscriptHash) -> [u8; 12] {
        let label = match of {
            Side::Client => b"client finished",
            Side::Server => b"server finished",
        };
        let mut out = [0; 12];
        prf(self.terms, self.secret.expose(), label, &[so_far.as_ref()], &mut out);
        out
    }

    /// RFC 5705 §4; `None` without the extended master secret (RFC 7627 §5.4), or if `context` is beyond 2^16 - 1 bytes.
    pub(crate) fn export<'k>(
        &self,
        label: &[u8],
        context: Option<&[u8]>,
        out: &'k mut [u8],
    ) -> Option<&'k [u8]> {
        if !self.extended {
            return None;
        }
        let (client, server) = (&self.terms.client_random, &self.terms.server_random);
        match context {
            None => prf(self.terms, self.secret.expose(), label, &[client, server], out),
            Some(context) => {
                let length = u16::try_from(context.len()).ok()?.to_be_bytes();
                prf(self.terms, self.secret.expose(), label, &[client, server, &length, context], out);
            }
        }
        Some(out)
    }
    /// A copy for the session that a ticket will name; `None` without the extended master secret.
    pub(crate) fn remember(&self) -> Option<Secret<48>> {
        self.extended.then(|| Secret::fill_with(|own| own.copy_from_slice(self.secret.expose())))
    }
    pub(crate) const fn is_extended(&self) -> bool {
        self.extended
    }
    pub(crate) const fn suite(&self) -> Tls12Suite {
        self.terms.suite
    }
}

/// RFC 5246 §5, with the suite's hash.
fn prf(terms: Terms, secret: &[u8], label: &[u8], seed: &[&[u8]], out: &mut [u8]) {
    match terms.suite.hash {
        HashAlgorithm::Sha256 => tls12_prf::<Sha256>(secret, label, seed, out),
        HashAlgorithm::Sha384 => tls12_prf::<Sha384>(secret, label, seed, out),
    }
}

/// Two keys and two IVs: at most 2 · 32 + 2 · 12 for ChaCha20-Poly1305.
const MAX_KEY_BLOCK: usize = 88;
