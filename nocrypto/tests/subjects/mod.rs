//! Everything that takes a text, behind one face: made on an arm, it does its work on the text once.
use crate::arm::{self, On};
use core::fmt::Debug;
use core::num::NonZeroU32;
use nocrypto::aead::key_wrap::{unwrap, unwrap_padded, wrap, wrap_padded};
use nocrypto::aead::{Aead, AesCcm, AesGcm, ChaCha20Poly1305, Gmac, XChaCha20Poly1305};
use nocrypto::cipher::aes::Aes;
use nocrypto::cipher::chacha20::ChaCha20;
use nocrypto::cipher::legacy::{Rc2, Rc4, TripleDes};
use nocrypto::cpu::Features;
use nocrypto::drbg::fortuna::Generator;
use nocrypto::drbg::hmac::HmacDrbg;
use nocrypto::hash::legacy::{Md5, Sha1};
use nocrypto::hash::sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};
use nocrypto::hash::{Hash, Sha224, Sha256, Sha384, Sha512, Sha512_256, ShaD256};
use nocrypto::kdf::hkdf::Prk;
use nocrypto::kdf::{pbkdf2, tls12_prf};
use nocrypto::mac::{Cmac, Hmac, Poly1305};

/// Changes the text in place, or makes something of it.
pub(crate) type Work = Box<dyn FnOnce(&mut [u8], &mut [u8; 64])>;

#[allow(dead_code, reason = "not every test asks for all of it")]
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    /// Whether what is done depends on the arm.
    pub(crate) has_arms: bool,
    /// Whether a key is made within the work, on the heap.
    pub(crate) makes_keys: bool,
    /// Makes the key, if there is one.
    pub(crate) make: fn(Features) -> Work,
}

macro_rules! subjects {
    ($($name:literal $(($note:ident))?: $make:expr;)*) => {
        /// All of them. Constants are keys, nonces and the like.
        pub(crate) const SUBJECTS: &[Subject] = &[$( Subject {
            name: $name,
            has_arms: !subjects!(@is one_arm $($note)?),
            makes_keys: subjects!(@is makes_keys $($note)?),
            make: $make,
        }, )*];
    };
    (@is one_arm one_arm) => { true };
    (@is makes_keys makes_keys) => { true };
    (@is $which:ident $($note:ident)?) => { false };
}
subjects! {
    "MD5": hash::<Md5>;
    "SHA-1": hash::<Sha1>;
    "SHA-224": hash::<Sha224>;
    "SHA-256": hash::<Sha256>;
    "SHA-384": hash::<Sha384>;
    "SHA-512": hash::<Sha512>;
    "SHA-512/256": hash::<Sha512_256>;
    "SHAd-256": hash::<ShaD256>;
    "SHA3-224": hash::<Sha3_224>;
    "SHA3-256": hash::<Sha3_256>;
    "SHA3-384": hash::<Sha3_384>;
    "SHA3-512": hash::<Sha3_512>;
    "SHAKE128" (one_arm): |_| Box::new(|text, _| {
        let mut shake = Shake128::new();
        shake.update(text);
        shake.squeeze().fill(text);
    });
    "SHAKE256" (one_arm): |_| Box::new(|text, _| {
        let mut shake = Shake256::new();
        shake.update(text);
        shake.squeeze().fill(text);
    });
    "HMAC-MD5": hmac::<Md5>;
    "HMAC-SHA-1": hmac::<Sha1>;
    "HMAC-SHA-256": hmac::<Sha256>;
    "HMAC-SHA-384": hmac::<Sha384>;
    "HMAC-SHA-512": hmac::<Sha512>;
    "HMAC-SHA3-256": hmac::<Sha3_256>;
    "CMAC with AES-128": cmac::<16>;
    "CMAC with AES-192": cmac::<24>;
    "CMAC with AES-256": cmac::<32>;
    "GMAC with AES-128": gmac::<16>;
    "GMAC with AES-256": gmac::<32>;
    "Poly1305" (one_arm): |_| {
        let mut mac = Poly1305::new(first());
        Box::new(|text, out| {
            mac.update(text);
            out[..16].copy_from_slice(&mac.finish());
        })
    };
    "AES-128, encrypting": |arm| blocks::<16>(arm, Aes::encrypt_blocks);
    "AES-192, encrypting": |arm| blocks::<24>(arm, Aes::encrypt_blocks);
    "AES-256, encrypting": |arm| blocks::<32>(arm, Aes::encrypt_blocks);
    "AES-128, decrypting": |arm| blocks::<16>(arm, Aes::decrypt_blocks);
    "AES-192, decrypting": |arm| blocks::<24>(arm, Aes::decrypt_blocks);
    "AES-256, decrypting": |arm| blocks::<32>(arm, Aes::decrypt_blocks);
    "AES-256, Fortuna's key stream": |arm| blocks::<32>(arm, |aes, text| aes.keystream_le(u128::MAX - 9, text));
    "AES-128-CTR": |arm| ctr::<16>(arm);
    "AES-192-CTR": |arm| ctr::<24>(arm);
    "AES-256-CTR": |arm| ctr::<32>(arm);
    "AES-128-CBC, encrypting": |arm| blocks::<16>(arm, |aes, text| aes.encrypt_cbc(first(), text));
    "AES-256-CBC, encrypting": |arm| blocks::<32>(arm, |aes, text| aes.encrypt_cbc(first(), text));
    "AES-128-CBC, decrypting": |arm| blocks::<16>(arm, |aes, text| aes.decrypt_cbc(first(), text));
    "AES-192-CBC, decrypting": |arm| blocks::<24>(arm, |aes, text| aes.decrypt_cbc(first(), text));
    "AES-256-CBC, decrypting": |arm| blocks::<32>(arm, |aes, text| aes.decrypt_cbc(first(), text));
    "AES-128-GCM, sealing": |arm| seal(AesGcm::<16>::with(first(), arm));
    "AES-192-GCM, sealing": |arm| seal(AesGcm::<24>::with(first(), arm));
    "AES-256-GCM, sealing": |arm| seal(AesGcm::<32>::with(first(), arm));
    "AES-128-GCM, opening": |arm| open(AesGcm::<16>::with(first(), arm));
    "AES-192-GCM, opening": |arm| open(AesGcm::<24>::with(first(), arm));
    "AES-256-GCM, opening": |arm| open(AesGcm::<32>::with(first(), arm));
    "AES-128-GCM, any nonce": gcm_with_any_nonce::<16>;
    "AES-192-GCM, any nonce": gcm_with_any_nonce::<24>;
    "AES-256-GCM, any nonce": gcm_with_any_nonce::<32>;
    "AES-128-CCM, sealing": |arm| seal(AesCcm::<16, 12, 16>::with(first(), arm));
    "AES-192-CCM, sealing": |arm| seal(AesCcm::<24, 7, 4>::with(first(), arm));
    "AES-256-CCM, opening": |arm| open(AesCcm::<32, 11, 8>::with(first(), arm));
    "ChaCha20-Poly1305, sealing": |arm| seal(ChaCha20Poly1305::with(first(), arm));
    "ChaCha20-Poly1305, opening": |arm| open(ChaCha20Poly1305::with(first(), arm));
    "XChaCha20-Poly1305, sealing": |arm| seal(XChaCha20Poly1305::with(first(), arm));
    "XChaCha20-Poly1305, opening": |arm| open(XChaCha20Poly1305::with(first(), arm));
    "ChaCha20": |arm| {
        let cipher = ChaCha20::with(first(), arm);
        Box::new(move |text, _| cipher.apply(first(), 7, text).unwrap())
    };
    "HKDF-SHA-256": hkdf::<Sha256>;
    "HKDF-SHA-512": hkdf::<Sha512>;
    "PBKDF2-SHA-1" (makes_keys): password::<Sha1>;
    "PBKDF2-SHA-384" (makes_keys): password::<Sha384>;
    "PRF of TLS 1.2, SHA-256" (makes_keys): prf::<Sha256>;
    "PRF of TLS 1.2, SHA-384" (makes_keys): prf::<Sha384>;
    "Fortuna": |arm| {
        let mut generator = Generator::with(&[PATTERN], arm);
        Box::new(move |text, out| {
            generator.fill(text);
            generator.reseed(&[text, PATTERN]);
            generator.fill(out);
        })
    };
    "HMAC-DRBG-SHA-256": drbg::<Sha256>;
    "HMAC-DRBG-SHA-512": drbg::<Sha512>;
    "key wrap with AES-128": |arm| key_wrap::<16>(arm);
    "key wrap with AES-192": |arm| key_wrap::<24>(arm);
    "key wrap with AES-256": |arm| key_wrap::<32>(arm);
    "Triple DES" (one_arm): |_| {
        let cipher = TripleDes::new(first());
        Box::new(move |text, _| cipher.decrypt_cbc(first(), shortened(text).as_chunks_mut().0))
    };
    "RC2" (one_arm): |_| {
        let cipher = Rc2::new(&PATTERN[..16], 128).unwrap();
        Box::new(move |text, _| cipher.decrypt_cbc(first(), shortened(text).as_chunks_mut().0))
    };
    "RC4" (one_arm): |_| {
        let mut cipher = Rc4::new(&PATTERN[..16]).unwrap();
        Box::new(move |text, _| cipher.apply(shortened(text)))
    };
}

fn hash<H: Hash + 'static>(arm: Features) -> Work {
    let mut hash = H::with(arm);
    Box::new(move |text, out| {
        hash.update(text);
        hash.take_into(out);
    })
}
fn hmac<H: Hash + 'static>(arm: Features) -> Work {
    arm::set(arm);
    let mut mac = Hmac::<On<H>>::new(&PATTERN[..77]);
    Box::new(move |text, out| {
        mac.update(text);
        out[..H::OUTPUT].copy_from_slice(mac.finish().as_ref());
    })
}
fn cmac<const N: usize>(arm: Features) -> Work {
    let mut mac = Cmac::<N>::with(first(), arm);
    Box::new(move |text, out| {
        mac.update(text);
        out[..16].copy_from_slice(&mac.finish());
    })
}
fn gmac<const N: usize>(arm: Features) -> Work {
    let mac = Gmac::<N>::with(first(), arm);
    Box::new(move |text, out| {
        out[..16].copy_from_slice(&mac.tag(first(), text).unwrap());
        out[16..32].copy_from_slice(&mac.tag_any_nonce(&PATTERN[..33], text).unwrap());
    })
}
/// The whole blocks of the text.
fn blocks<const N: usize>(arm: Features, work: fn(&Aes<N>, &mut [[u8; 16]])) -> Work {
    let aes = Aes::with(first(), arm);
    Box::new(move |text, _| work(&aes, text.as_chunks_mut().0))
}
/// Near the end of the counter.
fn ctr<const N: usize>(arm: Features) -> Work {
    let aes = Aes::<N>::with(first(), arm);
    Box::new(move |text, _| aes.apply_ctr(&(u128::MAX - 20).to_be_bytes(), text))
}
fn seal<A>(aead: A) -> Work
where
    A: Aead<Nonce: for<'a> TryFrom<&'a [u8], Error: Debug>, Tag: AsRef<[u8]>> + 'static,
{
    Box::new(move |text, out| {
        let (nonce, aad) = (PATTERN[..size_of::<A::Nonce>()].try_into().unwrap(), aad(text.len()));
        let tag = aead.seal(&nonce, aad, text).unwrap();
        out[..size_of::<A::Tag>()].copy_from_slice(tag.as_ref());
    })
}
/// Seals, opens, and then opens as a forgery. What is left is zeros, and what had been opened before is in the output.
fn open<A>(aead: A) -> Work
where
    A: Aead<Nonce: for<'a> TryFrom<&'a [u8], Error: Debug>, Tag: AsRef<[u8]>> + 'static,
{
    Box::new(move |text, out| {
        let (nonce, aad) = (PATTERN[..size_of::<A::Nonce>()].try_into().unwrap(), aad(text.len()));
        let tag = aead.seal(&nonce, aad, text).unwrap();
        aead.open(&nonce, aad, text, &tag).unwrap();
        for (i, byte) in text.iter().enumerate() {
            out[i % 64] = out[i % 64].rotate_left(3) ^ byte;
        }
        if !text.is_empty() {
            aead.open(&nonce, aad, text, &tag).unwrap_err();
            assert!(text.iter().all(|byte| *byte == 0), "something is left of a forgery");
        }
    })
}
fn gcm_with_any_nonce<const N: usize>(arm: Features) -> Work {
    let gcm = AesGcm::<N>::with(first(), arm);
    Box::new(move |text, out| {
        let nonce = &PATTERN[..1 + text.len() % 70];
        out[..16].copy_from_slice(&gcm.seal_any_nonce(nonce, aad(text.len()), text).unwrap());
    })
}
fn hkdf<H: Hash + 'static>(arm: Features) -> Work {
    arm::set(arm);
    let prk = Prk::<On<H>>::from_bytes(PATTERN);
    Box::new(move |text, _| {
        let longest = text.len().min(255 * H::OUTPUT);
        prk.expand(&[b"in", b"fo"], &mut text[..longest]).unwrap();
    })
}
fn password<H: Hash + 'static>(arm: Features) -> Work {
    Box::new(move |text, _| {
        arm::set(arm);
        pbkdf2::<On<H>>(PATTERN, b"salt", NonZeroU32::new(2).unwrap(), text).unwrap();
    })
}
fn prf<H: Hash + 'static>(arm: Features) -> Work {
    Box::new(move |text, _| {
        arm::set(arm);
        tls12_prf::<On<H>>(PATTERN, b"label", &[b"se", b"ed"], text);
    })
}
fn drbg<H: Hash + 'static>(arm: Features) -> Work {
    arm::set(arm);
    let mut drbg = HmacDrbg::<On<H>>::new(PATTERN, b"nonce", b"");
    Box::new(move |text, out| {
        // `rekey` makes hashes anew.
        arm::set(arm);
        for some in text.chunks_mut(65536) {
            drbg.generate(some, b"").unwrap();
        }
        drbg.reseed(text, b"more");
        drbg.generate(out, b"and more").unwrap();
    })
}
/// The text is wrapped in both ways, as far as it has a length for it, and unwrapped.
fn key_wrap<const N: usize>(arm: Features) -> Work {
    let kek = Aes::<N>::with(first(), arm);
    Box::new(move |text, out| {
        let text = shortened(text);
        if text.len() >= 24 {
            let whole = &mut text.as_chunks_mut::<8>().0.as_flattened_mut()[..];
            wrap(&kek, whole).unwrap();
            out[..24].copy_from_slice(&whole[..24]);
            unwrap(&kek, whole).unwrap();
        }
        if text.len() >= 16 {
            let whole = text.as_chunks_mut::<8>().0.as_flattened_mut();
            wrap_padded(&kek, whole.len() - 8 - whole.len() % 7, whole).unwrap();
            out[24..40].copy_from_slice(&whole[..16]);
            unwrap_padded(&kek, whole).unwrap();
        }
    })
}

/// So much associated data that all its lengths around blocks meet all lengths of texts.
fn aad(length: usize) -> &'static [u8] {
    &PATTERN[..length % 67]
}
/// For what goes block by block, and takes long.
fn shortened(text: &mut [u8]) -> &mut [u8] {
    let length = text.len().min(160);
    &mut text[..length]
}
/// The first bytes of the pattern.
fn first<const N: usize>() -> &'static [u8; N] {
    PATTERN.first_chunk().unwrap()
}
/// Bytes that all differ from their neighbours.
const PATTERN: &[u8] = {
    const BYTES: [u8; 128] = {
        let mut bytes = [0; 128];
        let mut i = 0;
        while i < 128 {
            bytes[i] = (i as u8).wrapping_mul(37).wrapping_add(11);
            i += 1;
        }
        bytes
    };
    &BYTES
};
