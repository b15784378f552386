//! The functions of nocrypto that take a secret. A new one is entered here, or `cargo xtask ct` fails.
use crate::secrets::{Poisoned, done, public, rng, scalar, secret, word};
use crate::vg;
use core::num::NonZeroU32;
use nocrypto::aead::{
    Aead, Aes128Ccm, Aes128Ccm8, Aes128Gcm, Aes192Gcm, Aes256Ccm, Aes256Ccm8, Aes256Gcm, ChaCha20Poly1305,
    Gmac, XChaCha20Poly1305, key_wrap,
};
use nocrypto::cipher::aes::{Aes, Aes128, Aes192, Aes256};
use nocrypto::cipher::cbc;
use nocrypto::cipher::chacha20::ChaCha20;
use nocrypto::cipher::legacy::{Rc2, Rc4, TripleDes};
use nocrypto::cpu::Features;
use nocrypto::drbg::{fortuna, hmac::HmacDrbg};
use nocrypto::hash::legacy::{Md5, Sha1};
use nocrypto::hash::sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};
use nocrypto::hash::{Hash, Sha224, Sha256, Sha384, Sha512, Sha512_256, ShaD256};
use nocrypto::kdf::{hkdf::Prk, pbkdf2, tls12_prf};
use nocrypto::kx::{P256, X25519};
use nocrypto::mac::{Cmac, Hmac, Poly1305};
use nocrypto::sign::{InvalidKey, ecdsa::P256PrivateKey, ed25519, rsa};
use nocrypto::{Secret, ct};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

pub(crate) struct Subject {
    pub(crate) name: &'static str,
    pub(crate) cost: Cost,
    pub(crate) call: fn(Features),
}
/// Short, long (hundreds of thousands of instructions) or huge (many millions): then the tracer sees to less of it.
#[derive(Clone, Copy)]
pub(crate) enum Cost {
    Short,
    Long,
    Huge,
}
impl Subject {
    const fn costs(self, cost: Cost) -> Self {
        Self { cost, ..self }
    }
}
/// Its call is given what is there: the features of the arm, to which this process is limited.
const fn on(name: &'static str, call: fn(Features)) -> Subject {
    Subject { name, cost: Cost::Short, call }
}

pub(crate) const SUBJECTS: &[Subject] = &[
    on("ct::eq", |_| done(ct::eq(&*secret::<32>(), &[0; 32]))),
    on("ct::less_than, is_zero, select, Choice", |_| {
        let [a, b] = [word(), word().rotate_left(7)];
        let choice = (ct::less_than(a, b) | ct::is_zero(a)) & !ct::is_zero(b) ^ ct::Choice::from_lsb(a);
        done((ct::select(choice, a, b), choice.mask()));
    }),
    on("ct::assign, swap", |_| {
        let (mut a, mut b) = ([1, 2, 3], [4, 5, 6]);
        ct::swap(ct::Choice::from_lsb(word()), &mut a, &mut b);
        ct::assign(ct::Choice::from_lsb(word()), &mut a, &b);
        done((a, b));
    }),
    on("ct::lookup", |_| {
        let (table, mut out) = (core::hint::black_box([[1, 2], [3, 4], [5, 6]]), [0; 2]);
        ct::lookup(&table, word() & 3, &mut out);
        done(out);
    }),
    on("Secret", |_| {
        let random = Secret::<32>::random(&mut rng());
        let copy = Secret::<32>::fill_with(|own| own.copy_from_slice(random.expose()));
        done(Secret::<32>::try_fill_with(|own| {
            own.copy_from_slice(copy.expose());
            Ok::<_, ()>(())
        }));
    }),
    on("Sha224", hash::<Sha224>),
    on("Sha256", hash::<Sha256>),
    on("Sha384", hash::<Sha384>),
    on("Sha512", hash::<Sha512>),
    on("Sha512_256", hash::<Sha512_256>),
    on("ShaD256", hash::<ShaD256>),
    on("Sha3_224", hash::<Sha3_224>),
    on("Sha3_256", hash::<Sha3_256>),
    on("Sha3_384", hash::<Sha3_384>),
    on("Sha3_512", hash::<Sha3_512>),
    on("Sha1", hash::<Sha1>),
    on("Md5", hash::<Md5>),
    on("Shake128", |f| {
        let (mut shake, mut out) = (Shake128::with(f), [0; 200]);
        shake.update(&*secret::<200>());
        shake.squeeze().fill(&mut out);
        done(out);
    }),
    on("Shake256", |f| {
        let (mut shake, mut out) = (Shake256::with(f), [0; 200]);
        shake.update(&*secret::<200>());
        shake.squeeze().fill(&mut out);
        done(out);
    }),
    on("Aes128", |f| aes(&Aes128::new(&secret()), Aes128::with(&secret(), f))),
    on("Aes192", |f| aes(&Aes192::new(&secret()), Aes192::with(&secret(), f))),
    on("Aes256", |f| aes(&Aes256::new(&secret()), Aes256::with(&secret(), f))),
    on("cbc::pad, unpad", |_| {
        // Not a padding, and one.
        let mut text = secret::<32>();
        text[31] |= 0x80;
        done(cbc::unpad::<16>(&*text).is_ok());
        text[28..].fill(4);
        vg::poison(&mut *text);
        done(cbc::unpad::<16>(&*text).map(<[u8]>::to_vec));
        done(cbc::pad(&mut *text, 20));
    }),
    on("ChaCha20", |f| {
        let mut text = secret::<1100>();
        done(ChaCha20::with(&secret(), f).apply(&[1; 12], 0, &mut *text));
    }),
    on("TripleDes", |_| {
        let mut blocks = [*secret(); 3];
        TripleDes::new(&secret()).decrypt_cbc(&secret(), &mut blocks);
        done(blocks);
    }),
    on("Rc2", |_| {
        let mut blocks = [*secret(); 3];
        done(Rc2::new(&*secret::<5>(), 40).map(|rc2| rc2.decrypt_cbc(&secret(), &mut blocks)));
        done(Rc2::new(&*secret::<16>(), 128).map(|rc2| rc2.decrypt_cbc(&secret(), &mut blocks)));
    }),
    on("Rc4", |_| {
        let mut text = secret::<40>();
        done(Rc4::new(&*secret::<16>()).map(|mut rc4| rc4.apply(&mut *text)));
    }),
    on("Aes128Gcm", |f| aead(&Aes128Gcm::with(&secret(), f))),
    on("Aes192Gcm", |f| aead(&Aes192Gcm::with(&secret(), f))),
    on("Aes256Gcm", |f| aead(&Aes256Gcm::with(&secret(), f))),
    on("Aes256Gcm, nonces of any length", |f| {
        let (gcm, mut text) = (Aes256Gcm::with(&secret(), f), secret::<600>());
        done(gcm.seal_any_nonce(&[1; 20], &[], &mut *text));
        done(gcm.open_any_nonce(&[1; 20], &[], &mut *text, &secret()));
    }),
    on("Aes128Ccm", |f| ccm(&Aes128Ccm::with(&secret(), f))),
    on("Aes128Ccm8", |f| ccm(&Aes128Ccm8::with(&secret(), f))),
    on("Aes256Ccm", |f| ccm(&Aes256Ccm::with(&secret(), f))),
    on("Aes256Ccm8", |f| ccm(&Aes256Ccm8::with(&secret(), f))),
    on("ChaCha20Poly1305", |f| aead(&ChaCha20Poly1305::with(&secret(), f))),
    on("XChaCha20Poly1305", |f| aead(&XChaCha20Poly1305::with(&secret(), f))),
    on("key_wrap of Aes128", |f| key_wrap(&Aes128::with(&secret(), f))),
    on("key_wrap of Aes192", |f| key_wrap(&Aes192::with(&secret(), f))),
    on("key_wrap of Aes256", |f| key_wrap(&Aes256::with(&secret(), f))),
    on("Gmac<16>", |f| gmac(&Gmac::<16>::with(&secret(), f))),
    on("Gmac<24>", |f| gmac(&Gmac::<24>::with(&secret(), f))),
    on("Gmac<32>", |f| gmac(&Gmac::<32>::with(&secret(), f))),
    on("Cmac<16>", |f| cmac(|| Cmac::<16>::with(&secret(), f))),
    on("Cmac<24>", |f| cmac(|| Cmac::<24>::with(&secret(), f))),
    on("Cmac<32>", |f| cmac(|| Cmac::<32>::with(&secret(), f))),
    on("Poly1305", |_| {
        let mut mac = Poly1305::new(&secret());
        mac.update(&*secret::<700>());
        done(mac.finish());
        done(Poly1305::new(&secret()).verify(&*secret::<16>()));
    }),
    on("Hmac<Sha1>", hmac::<Sha1>),
    on("Hmac<Md5>", hmac::<Md5>),
    on("Hmac<Sha224>", hmac::<Sha224>),
    on("Hmac<Sha256>", hmac::<Sha256>),
    on("Hmac<Sha384>", hmac::<Sha384>),
    on("Hmac<Sha512>", hmac::<Sha512>),
    on("Hmac<Sha512_256>", hmac::<Sha512_256>),
    on("Hmac<Sha3_256>", hmac::<Sha3_256>),
    on("hkdf of Sha256", hkdf::<Sha256>),
    on("hkdf of Sha384", hkdf::<Sha384>),
    on("tls12_prf of Sha256", prf::<Sha256>),
    on("tls12_prf of Sha384", prf::<Sha384>),
    on("pbkdf2", |_| {
        let mut out = [0; 40];
        done(pbkdf2::<Sha256>(&*secret::<10>(), &[1; 16], NonZeroU32::MIN.saturating_add(2), &mut out));
        done(out);
    }),
    on("fortuna::Generator", |f| {
        let mut generator = fortuna::Generator::with(&[&*secret::<32>()], f);
        let (mut few, mut many) = ([0; 20], [0; 1100]);
        generator.fill(&mut few);
        generator.reseed(&[&*secret::<32>(), &*secret::<5>()]);
        generator.stir(word());
        generator.fill(&mut many);
        generator.request(&mut many);
        generator.fill(&mut few);
        done((few, many));
    }),
    on("HmacDrbg<Sha256>", |_| {
        let mut out = [0; 100];
        let mut generator = HmacDrbg::<Sha256>::new(&*secret::<32>(), &*secret::<16>(), b"name");
        generator.reseed(&*secret::<32>(), &[]);
        done(generator.generate(&mut out, &[]));
        done(out);
    }),
    on("X25519", |f| {
        let ours = X25519::with(&secret(), f);
        done(ours.public());
        done(ours.agree(&[9; 32]).is_ok());
        done(X25519::generate(&mut rng()).agree(&[9; 32]).is_ok());
        done(X25519::from_private(&secret()).public());
    })
    .costs(Cost::Long),
    on("kx::P256", |f| {
        let peer = public(P256::generate(&mut ChaCha8Rng::seed_from_u64(2)).public());
        done(P256::with(&scalar(), f).map(|ours| (ours.public(), ours.agree(&peer))));
        done(P256::generate(&mut rng()).agree(&peer).is_ok());
        done(P256::from_private(&scalar()).is_ok());
    })
    .costs(Cost::Long),
    on("ecdsa::P256PrivateKey", |f| {
        done(P256PrivateKey::with(&scalar(), f).map(|key| key.sign::<Sha256>(b"message", &mut rng())));
        done(P256PrivateKey::generate(&mut rng()).sign::<Sha384>(b"message", &mut rng()));
        done(P256PrivateKey::from_scalar(&scalar()).map(|key| *key.scalar().expose()));
    })
    .costs(Cost::Long),
    on("ed25519::PrivateKey", |f| {
        done(ed25519::PrivateKey::with(&secret(), f).sign(b"message"));
        done(ed25519::PrivateKey::generate(&mut rng()).sign(b"message"));
        done(*ed25519::PrivateKey::from_seed(&secret()).seed().expose());
    })
    .costs(Cost::Long),
    on("rsa::PrivateKey, imported, and signatures", |f| {
        if let Some(Ok(key)) = rsa_numbers().as_mut().map(|numbers| import(numbers, f)) {
            done(key.sign_pkcs1::<Sha256>(b"message", &mut rng()).is_ok());
            done(key.sign_pss::<Sha256>(b"message", &mut rng()).is_ok());
            done(rsa::PrivateKey::from_components(&key.components()).is_ok());
        }
    })
    .costs(Cost::Huge),
    on("rsa::PrivateKey::generate", |f| {
        // A stream in which primes come early.
        done(rsa::PrivateKey::generate_with(2048, &mut Poisoned::from(52), f).is_ok());
    })
    .costs(Cost::Huge),
];

/// A few blocks at once, a piece of one, and the end.
fn hash<H: Hash>(arm: Features) {
    let mut hash = H::with(arm);
    hash.update(&*secret::<600>());
    hash.update(&*secret::<3>());
    done(hash.take());
    let mut part = [0; 20];
    hash.update(&*secret::<5>());
    hash.take_into(&mut part);
    done((part, hash.finish(), H::digest(&*secret::<60>())));
}
fn aes<const N: usize>(best: &Aes<N>, mut aes: Aes<N>) {
    // Several batches of any backend, and an odd block.
    let mut blocks = [*secret(); 37];
    best.decrypt_block(&mut blocks[1]);
    aes.encrypt_blocks(&mut blocks);
    aes.rekey(&secret());
    aes.decrypt_blocks(&mut blocks);
    aes.encrypt_cbc(&secret(), &mut blocks[..3]);
    aes.decrypt_cbc(&secret(), &mut blocks);
    aes.apply_ctr(&secret(), &mut blocks.as_flattened_mut()[..590]);
    aes.encrypt_block(&mut blocks[0]);
    done(blocks);
    aes.keystream_le(7, &mut blocks[..3]);
    done(blocks);
}
/// Several batches with a tail, one and more, and a few bytes; with associated data and without.
fn aead<A, const NONCE: usize, const TAG: usize>(aead: &A)
where
    A: Aead<Nonce = [u8; NONCE], Tag = [u8; TAG]>,
{
    seal_and_open(aead, 1900);
}
/// The same, for a mode that goes block by block.
fn ccm<A, const NONCE: usize, const TAG: usize>(aead: &A)
where
    A: Aead<Nonce = [u8; NONCE], Tag = [u8; TAG]>,
{
    seal_and_open(aead, 200);
}
fn seal_and_open<A, const NONCE: usize, const TAG: usize>(aead: &A, length: usize)
where
    A: Aead<Nonce = [u8; NONCE], Tag = [u8; TAG]>,
{
    let (mut long, mut middle, mut short) = (secret::<1900>(), secret::<1900>(), secret::<5>());
    let (long, middle) = (&mut long[..length], &mut middle[..length / 6]);
    let tag = aead.seal(&[1; NONCE], &*secret::<20>(), long);
    done(aead.seal(&[2; NONCE], &*secret::<20>(), middle));
    done(aead.seal(&[3; NONCE], &[], &mut *short));
    // A right tag and a wrong one.
    done(tag.map(|tag| aead.open(&[1; NONCE], &*secret::<20>(), long, &tag)));
    done(aead.open(&[2; NONCE], &*secret::<20>(), middle, &secret()));
    done(aead.open(&[3; NONCE], &[], &mut *short, &secret()));
    let mut text = secret::<40>().to_vec();
    done(aead.seal_appending(&[4; NONCE], &[], &mut text));
    done(aead.open_appended(&[4; NONCE], &[], &mut text).map(|text| text.len()));
}
fn key_wrap<const N: usize>(kek: &Aes<N>) {
    let mut key = secret::<40>();
    done(key_wrap::wrap(kek, &mut *key));
    done(key_wrap::unwrap(kek, &mut *key).map(|key| key.to_vec()));
    done(key_wrap::wrap_padded(kek, 27, &mut *key));
    done(key_wrap::unwrap_padded(kek, &mut *key).map(|key| key.to_vec()));
    done(key_wrap::unwrap(kek, &mut *key).map(|key| key.to_vec()));
}
fn gmac<const N: usize>(gmac: &Gmac<N>) {
    done(gmac.tag(&[1; 12], &*secret::<600>()));
    done(gmac.verify(&[1; 12], &*secret::<70>(), &secret()));
    done(gmac.tag_any_nonce(&[1; 20], &*secret::<70>()));
    done(gmac.verify_any_nonce(&[1; 20], &*secret::<70>(), &secret()));
}
fn cmac<const N: usize>(fresh: impl Fn() -> Cmac<N>) {
    let mut cmac = fresh();
    cmac.update(&*secret::<70>());
    done(cmac.finish());
    done(fresh().verify(&*secret::<16>()));
}
fn hmac<H: Hash>(_: Features) {
    let mut mac = Hmac::<H>::new(&*secret::<200>());
    mac.update(&*secret::<50>());
    done(mac.clone().finish());
    done(mac.tag_with(&*secret::<7>()));
    done(mac.verify(&*secret::<32>()));
    done(Hmac::<H>::tag(&*secret::<20>(), b"message"));
}
fn hkdf<H: Hash>(_: Features) {
    let mut out = [0; 100];
    let prk = Prk::<H>::extract(&*secret::<32>(), &*secret::<32>());
    done(prk.expand(&[b"label", b"context"], &mut out));
    done(Prk::<H>::from_bytes(&*secret::<48>()).expand(&[&*secret::<9>()], &mut out[..20]));
    done(out);
}
fn prf<H: Hash>(_: Features) {
    let mut out = [0; 100];
    tls12_prf::<H>(&*secret::<48>(), b"key expansion", &[&[1; 64]], &mut out);
    done(out);
}

/// The eight numbers of a key of 2048 bits.
fn rsa_numbers() -> Option<[Vec<u8>; 8]> {
    let text = include_str!("../../../../test-vectors/made/rsa.txt");
    let number = |name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
        hex::decode(value).ok()
    };
    let names = ["n", "e", "d", "p", "q", "dp", "dq", "qinv"];
    names.map(number).into_iter().collect::<Option<Vec<_>>>()?.try_into().ok()
}
fn import(numbers: &mut [Vec<u8>; 8], arm: Features) -> Result<rsa::PrivateKey, InvalidKey> {
    numbers.iter_mut().skip(2).for_each(|number| vg::poison(number));
    let [n, e, d, p, q, dp, dq, qinv] = numbers;
    rsa::PrivateKey::with(&rsa::Components { n, e, d, p, q, dp, dq, qinv }, arm)
}
