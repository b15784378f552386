//! [`PrivateKey`]: RSASP1 by the Chinese remainder theorem (RFC 8017 §5.2.1), blinded, and checked before it is shown.
use super::{DigestInfo, Fault, PublicKey, pkcs1, pss};
use crate::bignum::{Limbs, Modulus, Powers, Residue, division, limbs};
use crate::cpu::Features;
use crate::ct::{self, Choice};
use crate::hash::Hash;
use crate::secret::with_clean_stack;
use crate::sign::InvalidKey;
use alloc::{boxed::Box, vec, vec::Vec};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// An RSA private key that agrees with itself. What is secret in it is boxed, and wiped when it goes.
pub struct PrivateKey {
    public: PublicKey,
    p: Prime,
    q: Prime,
    /// `1/q mod p`.
    q_inverse: Residue,
    /// d, p, q, dp, dq, qinv behind each other: the first as long as the modulus, the others half of it.
    export: Zeroizing<Box<[u8]>>,
}

/// The numbers of a private key (RFC 8017 §A.1.2), big-endian; leading zeros are nothing.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are the RFC's, and there is no more to say")]
pub struct Components<'a> {
    pub n: &'a [u8],
    pub e: &'a [u8],
    pub d: &'a [u8],
    pub p: &'a [u8],
    pub q: &'a [u8],
    pub dp: &'a [u8],
    pub dq: &'a [u8],
    pub qinv: &'a [u8],
}

/// The secret ones of [`Components`], as limbs.
pub(super) struct Numbers {
    pub(super) d: Limbs,
    pub(super) p: Limbs,
    pub(super) q: Limbs,
    pub(super) dp: Limbs,
    pub(super) dq: Limbs,
    pub(super) qinv: Limbs,
}

/// One prime and the secret exponent's share in it.
struct Prime {
    modulus: Modulus,
    powers: Powers,
    /// `d mod (p - 1)`.
    exponent: Limbs,
}

impl PrivateKey {
    /// The key of these numbers.
    ///
    /// # Errors
    /// [`InvalidKey`] unless `n` and `e` make a [`PublicKey`], p and q are different odd numbers of exactly half the
    /// bits of `n = p q`, `2^(bits/2) < d < n`, `e d = 1` modulo p - 1 and q - 1, dp and dq are d modulo p - 1 and
    /// q - 1, and `qinv q = 1` modulo p. Whether p and q are prime is not asked: if not, no signature comes out.
    pub fn from_components(components: &Components<'_>) -> Result<Self, InvalidKey> {
        Self::with(components, Features::detect())
    }
    /// As [`PrivateKey::from_components`], on a CPU that has `features`.
    ///
    /// # Errors
    /// As [`PrivateKey::from_components`].
    pub fn with(components: &Components<'_>, features: Features) -> Result<Self, InvalidKey> {
        let public = PublicKey::with(components.n, components.e, features)?;
        let len = public.modulus.value().len();
        let half = (public.modulus.bits() / 2).div_ceil(64);
        let number = |bytes, len| Limbs::from_be_bytes(bytes, len).ok_or(InvalidKey);
        let numbers = Numbers {
            d: number(components.d, len)?,
            p: number(components.p, half)?,
            q: number(components.q, half)?,
            dp: number(components.dp, half)?,
            dq: number(components.dq, half)?,
            qinv: number(components.qinv, half)?,
        };
        with_clean_stack(|| Self::assemble(public, numbers, features))
    }
    /// Checks the numbers: d has as many limbs as the modulus, the others half of it.
    pub(super) fn assemble(
        public: PublicKey,
        numbers: Numbers,
        features: Features,
    ) -> Result<Self, InvalidKey> {
        let Numbers { d, p, q, dp, dq, qinv } = numbers;
        let half = public.modulus.bits() / 2;
        let shape = is_odd_of(half, &p) & is_odd_of(half, &q) & !limbs::eq(&p, &q);
        if !public.modulus.bits().is_multiple_of(2) || !shape.reveal() {
            return Err(InvalidKey);
        }
        let [p, q] = [(p, dp), (q, dq)].map(|(p, exponent)| {
            let modulus = Modulus::new(p, half);
            Prime { powers: Powers::choose(&modulus, features), modulus, exponent }
        });
        let q_inverse = p.modulus.residue(&qinv);
        let n = public.modulus.value();
        let ed = limbs::multiply(&d, &[public.exponent]);
        let one = p.modulus.multiply(&q_inverse, &p.modulus.residue(q.modulus.value()));
        let mut low = Limbs::zero(n.len());
        low[half / 64] = 1 << (half % 64);
        let right = limbs::eq(&limbs::multiply(p.modulus.value(), q.modulus.value()), n)
            & limbs::less_than(&low, &d)
            & limbs::less_than(&d, n)
            & p.agrees(&d, &ed)
            & q.agrees(&d, &ed)
            & limbs::less_than(&qinv, p.modulus.value())
            & one.eq(p.modulus.one());
        if !right.reveal() {
            return Err(InvalidKey);
        }
        let export =
            export(&public, [&d, p.modulus.value(), q.modulus.value(), &p.exponent, &q.exponent, &qinv]);
        Ok(Self { public, p, q, q_inverse, export })
    }
    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }
    /// The numbers, for export: lent, so that no copy is made here. d has the length of the modulus and the other
    /// secret ones half of it, leading zeros included.
    #[must_use]
    pub fn components(&self) -> Components<'_> {
        let (d, mut rest) = self.export.split_at(self.public.size());
        let mut next = || rest.split_off(..half_size(&self.public)).unwrap_or_default();
        let (p, q, dp, dq, qinv) = (next(), next(), next(), next(), next());
        Components { n: self.public.n(), e: self.public.e(), d, p, q, dp, dq, qinv }
    }
    /// The RSASSA-PKCS1-v1_5 signature of `message` (RFC 8017 §8.2.1). `rng` blinds; it does not change the result.
    ///
    /// # Errors
    /// [`Fault`] if the signature would not verify.
    pub fn sign_pkcs1<H: DigestInfo>(
        &self,
        message: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Fault> {
        let mut block = vec![0; self.public.size()];
        pkcs1::encode::<H>(message, &mut block);
        self.seal(block, rng)
    }
    /// An RSASSA-PSS signature of `message` (RFC 8017 §8.1.1), with a fresh salt as long as the hash, and MGF1 over
    /// the same hash.
    ///
    /// # Errors
    /// [`Fault`] if the signature would not verify.
    pub fn sign_pss<H: Hash>(&self, message: &[u8], rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Fault> {
        let mut salt = vec![0; H::OUTPUT];
        rng.fill_bytes(&mut salt);
        let mut block = vec![0; self.public.size()];
        pss::encode::<H>(message, &salt, self.public.modulus.bits(), &mut block);
        self.seal(block, rng)
    }
    /// The signature over a block, in its place.
    fn seal(&self, mut block: Vec<u8>, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Fault> {
        let m = Limbs::from_be_bytes(&block, self.public.modulus.value().len()).ok_or(Fault)?;
        with_clean_stack(|| self.solve(&m, rng))?.write_be_bytes(&mut block);
        Ok(block)
    }
    /// The number of which the e-th power is m.
    fn solve(&self, m: &Limbs, rng: &mut dyn CryptoRng) -> Result<Limbs, Fault> {
        let of_p = self.p.power(m, self.public.exponent, rng);
        let of_q = self.q.power(m, self.public.exponent, rng);
        let s = self.join(of_p, &of_q);
        // A wrong half would give the factors away (Boneh, DeMillo, Lipton 1997).
        if limbs::eq(&self.public.raise(&s), m).reveal() { Ok(s) } else { Err(Fault) }
    }
    /// The number below n that has these remainders (Garner): `of_q + q ((of_p - of_q)/q mod p)`.
    fn join(&self, mut of_p: Residue, of_q: &Residue) -> Limbs {
        let (p, of_q) = (&self.p.modulus, self.q.modulus.number(of_q));
        p.subtract(&mut of_p, &p.residue(&of_q));
        let h = p.number(&p.multiply(&of_p, &self.q_inverse));
        let mut s = limbs::multiply(&h, self.q.modulus.value());
        limbs::add(&mut s, &of_q);
        Limbs::from_words(&s, self.public.modulus.value().len())
    }
}
impl core::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("PrivateKey").field("public", &self.public).finish_non_exhaustive()
    }
}
impl core::fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Components").field("n", &self.n).field("e", &self.e).finish_non_exhaustive()
    }
}

impl Prime {
    /// Whether `e d = 1` and the exponent is `d`, modulo p - 1.
    fn agrees(&self, d: &Limbs, ed: &Limbs) -> Choice {
        let mut minus_one = self.modulus.value().clone();
        minus_one[0] ^= 1;
        let (_, of_d) = division::divide(d, &minus_one);
        let (_, of_ed) = division::divide(ed, &minus_one);
        limbs::eq(&of_d, &self.exponent) & limbs::eq(&of_ed, &[1])
    }
    /// `m^exponent mod p`, as `(m t^e)^exponent / t`: a fresh random `t` blinds the base (D. Chaum's blind signatures,
    /// which P. Kocher proposed against timing attacks, 1996). It is gone again because `e exponent = 1` modulo p - 1.
    fn power(&self, m: &Limbs, e: u64, rng: &mut dyn CryptoRng) -> Residue {
        let p = &self.modulus;
        let t = p.number(&p.random(rng));
        let blinded = p.multiply(&p.residue(m), &p.residue(&self.powers.power_vartime(p, &t, e)));
        let power = self.powers.power(p, &p.number(&blinded), &self.exponent);
        p.multiply(&p.residue(&power), &p.inverse(&t))
    }
}

/// Whether `x` is odd and has exactly `bits` bits, the limbs being no more than those take.
fn is_odd_of(bits: usize, x: &[u64]) -> Choice {
    let top = x[(bits - 1) / 64] >> ((bits - 1) % 64);
    Choice::from_lsb(x[0]) & ct::is_zero(top ^ 1)
}

fn half_size(public: &PublicKey) -> usize {
    (public.modulus.bits() / 2).div_ceil(8)
}

fn export(public: &PublicKey, [d, others @ ..]: [&Limbs; 6]) -> Zeroizing<Box<[u8]>> {
    let (size, half) = (public.size(), half_size(public));
    let mut all = Zeroizing::new(vec![0; size + others.len() * half].into_boxed_slice());
    let (first, mut rest) = all.split_at_mut(size);
    d.write_be_bytes(first);
    for number in others {
        number.write_be_bytes(rest.split_off_mut(..half).unwrap_or_default());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Sha256;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    /// A fault strikes one half of the computation: each would give a factor away if its signature came out.
    #[test]
    fn a_fault_in_either_half_leaves_no_signature() {
        let record = test_vectors::records(&test_vectors::text("made/rsa.txt")).remove(0);
        let [n, e, d, p, q] = ["n", "e", "d", "p", "q"].map(|name| record.bytes(name));
        let [dp, dq, qinv] = ["dp", "dq", "qinv"].map(|name| record.bytes(name));
        let numbers = Components { n: &n, e: &e, d: &d, p: &p, q: &q, dp: &dp, dq: &dq, qinv: &qinv };
        let faults: [fn(&mut PrivateKey); 5] = [
            |key| key.p.exponent[0] ^= 2,
            |key| key.q.exponent[3] ^= 1 << 40,
            |key| key.p.exponent[15] ^= 1,
            |key| key.q.modulus = key.p.modulus.clone(),
            |key| key.q_inverse = key.p.modulus.one().clone(),
        ];
        for features in [Features::none(), Features::detect()] {
            let mut rng = ChaCha20Rng::from_seed([1; 32]);
            let key = || PrivateKey::with(&numbers, features).unwrap();
            assert!(key().sign_pkcs1::<Sha256>(b"message", &mut rng).is_ok());
            for fault in faults {
                let mut key = key();
                fault(&mut key);
                assert_eq!(key.sign_pkcs1::<Sha256>(b"message", &mut rng), Err(Fault));
                assert_eq!(key.sign_pss::<Sha256>(b"message", &mut rng), Err(Fault));
            }
        }
    }
}
