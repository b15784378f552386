//! Tickets that need no memory: sessions sealed under keys that change (RFC 5077 §4, §5.5).
use crate::session::Session;
use alloc::vec::Vec;
use core::fmt;
use nocrypto::Secret;
use nocrypto::aead::{Aead, ChaCha20Poly1305};
use rand_core::CryptoRng;
use x509::Time;
use zeroize::Zeroizing;

/// The key that seals, and the one before it, which still opens.
///
/// A ticket is the key's name, a nonce, the sealed session and the tag; the name is authenticated with the session.
pub struct TicketKeys {
    current: Key,
    previous: Option<Key>,
    period: u32,
}

struct Key {
    name: [u8; NAME],
    aead: ChaCha20Poly1305,
    born: Time,
}

impl TicketKeys {
    /// A fresh key each `period` seconds. Tickets open for at least that long, and at most for twice as long; whoever
    /// gets hold of the keys reads no older connections. Nothing happens between calls: an idle server keeps its keys.
    #[must_use]
    pub fn new(period: u32, now: Time, random: &mut dyn CryptoRng) -> Self {
        Self { current: Key::new(now, random), previous: None, period }
    }
    /// A ticket for `session`.
    pub fn seal(&mut self, session: &Session, now: Time, random: &mut dyn CryptoRng) -> Option<Vec<u8>> {
        self.turn(now, random);
        self.current.seal(&session.to_bytes(), random)
    }
    /// The session of a ticket; `None` for all that was not sealed here, or too long ago.
    pub fn open(&mut self, ticket: &[u8], now: Time, random: &mut dyn CryptoRng) -> Option<Session> {
        self.turn(now, random);
        let (name, sealed) = ticket.split_first_chunk()?;
        let keys = [Some(&self.current), self.previous.as_ref()];
        let key = keys.into_iter().flatten().find(|key| key.name == *name)?;
        Session::from_bytes(&key.open(sealed)?)
    }
    /// Leaves no key that is too old for what it does. A key born in the future has outlived a clock that was set back.
    fn turn(&mut self, now: Time, random: &mut dyn CryptoRng) {
        let (period, age) = (i64::from(self.period), |key: &Key| now.0.saturating_sub(key.born.0));
        if !(0..period).contains(&age(&self.current)) {
            self.previous = Some(core::mem::replace(&mut self.current, Key::new(now, random)));
        }
        self.previous.take_if(|key| age(key) >= 2 * period);
    }
}

impl Key {
    fn new(born: Time, random: &mut dyn CryptoRng) -> Self {
        let mut name = [0; NAME];
        random.fill_bytes(&mut name);
        Self { name, aead: ChaCha20Poly1305::new(Secret::random(random).expose()), born }
    }
    fn seal(&self, session: &[u8], random: &mut dyn CryptoRng) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE];
        random.fill_bytes(&mut nonce);
        // Encrypted where it is wiped if it should fail.
        let mut sealed = Zeroizing::new(session.to_vec());
        let tag = self.aead.seal(&nonce, &self.name, &mut sealed).ok()?;
        Some([self.name.as_slice(), &nonce, &sealed, &tag].concat())
    }
    fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let (body, tag) = sealed.split_last_chunk()?;
        let mut session = Zeroizing::new(body.to_vec());
        self.aead.open(nonce, &self.name, &mut session, tag).ok()?;
        Some(session)
    }
}
impl fmt::Debug for TicketKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TicketKeys").field("period", &self.period).finish_non_exhaustive()
    }
}

const NAME: usize = 16;
const NONCE: usize = 12;
