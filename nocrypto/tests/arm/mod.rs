//! Forces an arm below everything that is generic over hashes, and names the hashes.
use core::cell::Cell;
use nocrypto::cpu::Features;
use nocrypto::hash::Hash;

thread_local! {
    /// The arm of every [`On`] that this thread makes.
    static ARM: Cell<Features> = const { Cell::new(Features::none()) };
}

/// From here on, every [`On`] of this thread is on `arm`.
pub(crate) fn set(arm: Features) {
    ARM.set(arm);
}

/// `H` on the arm that has been set, whatever is asked for.
#[derive(Clone)]
pub(crate) struct On<H>(H);

impl<H: Hash> Hash for On<H> {
    const BLOCK: usize = H::BLOCK;
    const OUTPUT: usize = H::OUTPUT;
    type Output = H::Output;
    fn with(_: Features) -> Self {
        Self(H::with(ARM.get()))
    }
    fn update(&mut self, input: &[u8]) {
        self.0.update(input);
    }
    fn take_into(&mut self, out: &mut [u8]) {
        self.0.take_into(out);
    }
    fn take(&mut self) -> Self::Output {
        self.0.take()
    }
}

/// The names that [`by_hash`] knows.
#[allow(dead_code, reason = "not every topic goes through all of them")]
pub(crate) const HASHES: [&str; 11] = [
    "MD5",
    "SHA-1",
    "SHA-224",
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA-512/256",
    "SHA3-224",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
];

/// `$run::<H>$arguments` for the hash of that name; false if we have no such hash.
#[macro_export]
macro_rules! by_hash {
    ($name:expr, $run:ident $arguments:tt) => {
        $crate::by_hash!($name, $run $arguments, "MD5" legacy::Md5, "SHA-1" legacy::Sha1,
            "SHA-224" Sha224, "SHA-256" Sha256, "SHA-384" Sha384, "SHA-512" Sha512, "SHA-512/256" Sha512_256,
            "SHA3-224" sha3::Sha3_224, "SHA3-256" sha3::Sha3_256, "SHA3-384" sha3::Sha3_384,
            "SHA3-512" sha3::Sha3_512)
    };
    ($name:expr, $run:ident $arguments:tt, $($text:literal $($hash:ident)::+),*) => {
        match $name {
            $($text => {
                $run::<arm::On<nocrypto::hash::$($hash)::+>> $arguments;
                true
            })*
            _ => false,
        }
    };
}

/// The same on every arm, one after the other.
#[macro_export]
macro_rules! by_hash_on_every_arm {
    ($name:expr, $run:ident $arguments:tt) => {
        nocrypto::cpu::Features::arms().all(|arm| {
            arm::set(arm);
            $crate::by_hash!($name, $run $arguments)
        })
    };
}
