//! What can be won: the secret of a file, or a token that is worth nothing.
use crate::failure::Failure;
use core::fmt;
use rand_core::CryptoRng;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// Wiped when dropped; printed never.
pub(crate) struct Prize {
    bytes: Zeroizing<Vec<u8>>,
    /// Whether the operator gave it.
    pub(crate) real: bool,
}
impl fmt::Debug for Prize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prize({} bytes)", self.bytes.len())
    }
}

impl Prize {
    /// The bytes of a file: 1 to [`MAX`].
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let failure = |found: &str| {
            Failure(format!(
                "--secret {}: {found}; give a file of 1 to {MAX} bytes, or leave --secret out for a token",
                path.display()
            ))
        };
        let told = |error: std::io::Error| failure(&error.to_string());
        // Asked for before it is opened: opening a pipe would wait for its other end.
        if !path.metadata().map_err(told)?.is_file() {
            return Err(failure("this is not a regular file"));
        }
        // Room for all that may be read, so that no growth leaves a copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * MAX));
        let limit = u64::try_from(MAX + 1).unwrap_or_default();
        File::open(path).map_err(told)?.take(limit).read_to_end(&mut bytes).map_err(told)?;
        match bytes.len() {
            0 => Err(failure("the file is empty")),
            1..=MAX => Ok(Self { bytes, real: true }),
            _ => Err(failure(&format!("the file is longer than {MAX} bytes"))),
        }
    }

    /// A harmless line that nobody can guess, so that who shows it has got it from here.
    pub(crate) fn token(random: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 16];
        random.fill_bytes(&mut bytes);
        let line = format!("{TOKEN_PREFIX}{}\n", hex::encode(bytes));
        Self { bytes: Zeroizing::new(line.into_bytes()), real: false }
    }

    /// The only way out; for the winner.
    pub(crate) fn expose(&self) -> &[u8] {
        &self.bytes
    }
}

const MAX: usize = 4096;
const TOKEN_PREFIX: &str = "nqsb piñata, a token that is worth nothing: ";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, content: &[u8]) -> Result<Prize, Failure> {
        let path = std::env::temp_dir().join(format!("pinata-prize-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        let prize = Prize::read(&path);
        std::fs::remove_file(&path).unwrap();
        prize
    }

    #[test]
    fn a_secret_has_between_one_byte_and_the_cap() {
        for size in [1, MAX] {
            let secret = vec![7; size];
            assert_eq!(read("good", &secret).unwrap().expose(), secret);
        }
        assert!(
            read("empty", b"").unwrap_err().0.contains(": the file is empty; give a file of 1 to 4096 bytes")
        );
        assert!(
            read("long", &[7; MAX + 1]).unwrap_err().0.contains(": the file is longer than 4096 bytes; give")
        );
    }
    #[test]
    fn what_is_no_file_is_named() {
        let missing = Prize::read(Path::new("/nowhere/secret")).unwrap_err().0;
        assert!(missing.starts_with("--secret /nowhere/secret: No such file or directory"), "{missing}");
        let folder = Prize::read(&std::env::temp_dir()).unwrap_err().0;
        assert!(folder.contains(": this is not a regular file; give"), "{folder}");
    }
    #[test]
    fn it_is_not_printed() {
        assert_eq!(format!("{:?}", read("print", b"hidden").unwrap()), "Prize(6 bytes)");
    }
}
