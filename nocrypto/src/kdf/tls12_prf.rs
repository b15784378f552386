//! The pseudorandom function of TLS 1.2 (RFC 5246 §5).
use crate::hash::{Hash, LONGEST_OUTPUT};
use crate::mac::Hmac;
use crate::secret::wipe;
use core::iter::once;

/// Fills `out` with PRF(`secret`, `label`, `seed`) over HMAC-`H`; the parts of `seed` are taken as one string.
pub fn tls12_prf<H: Hash>(secret: &[u8], label: &[u8], seed: &[&[u8]], out: &mut [u8]) {
    let mac = Hmac::<H>::new(secret);
    let label_and_seed = || once(label).chain(seed.iter().copied());
    // P_hash: A(0) is label and seed, A(i) the tag of A(i-1), and piece i of the output the tag of A(i) and A(0).
    let mut a = [0; LONGEST_OUTPUT];
    let a = &mut a[..H::OUTPUT];
    mac.tag_into(label_and_seed(), a);
    let mut pieces = out.chunks_mut(H::OUTPUT).peekable();
    while let Some(piece) = pieces.next() {
        mac.tag_into(once(&*a).chain(label_and_seed()), piece);
        if pieces.peek().is_some() {
            mac.tag_in_place(a);
        }
    }
    wipe(a);
}
