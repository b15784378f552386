//! Runs the programs of bench/, a workspace of its own.
use crate::run::{command, finish, shown};
use clap::{Args, Subcommand, ValueEnum};
use std::path::Path;

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Our speed over that of the best peer, row by row, in one process
    Ratio(Ratio),
    /// Criterion on our own work: a change against the last run
    Ours {
        /// For criterion
        #[arg(last = true)]
        arguments: Vec<String>,
    },
}

#[derive(Args)]
pub(crate) struct Ratio {
    /// Denies CPU features to us and to RustCrypto, which is then the only peer
    #[arg(long)]
    without: Option<Without>,
    /// OpenSSL as one more peer (needs libssl-dev)
    #[arg(long)]
    openssl: bool,
    /// For the program: parts of names of rows, --json, --rounds N, --list
    #[arg(last = true)]
    arguments: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Without {
    /// VAES and VPCLMULQDQ (to us: RustCrypto cannot be told)
    Vaes,
    /// All that needs AVX
    Avx2,
    /// All of it: portable code against portable code
    All,
}

impl Without {
    /// The name, and how RustCrypto is told.
    fn told(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Vaes => ("vaes", &[]),
            // `sha2` 0.11 listens for SHA-512 to what is said of SHA-256.
            Self::Avx2 => ("avx2", &["chacha20=sse2", "poly1305=soft", "sha2=soft"]),
            Self::All => (
                "all",
                &["aes=soft", "polyval=soft", "chacha20=soft", "poly1305=soft", "sha1=soft", "sha2=soft"],
            ),
        }
    }
}

pub(crate) fn run(root: &Path, what: &Bench) -> Result<String, String> {
    match what {
        Bench::Ours { arguments } => {
            let line = format!("cargo bench --manifest-path bench/Cargo.toml -- {}", arguments.join(" "));
            shown(root, &line)?;
        }
        Bench::Ratio(Ratio { without, openssl, arguments }) => {
            let mut line =
                "cargo run --quiet --release --manifest-path bench/Cargo.toml --bin ratio".to_owned();
            let mut flags = String::new();
            if let Some(without) = without {
                let (name, backends) = without.told();
                line += &format!(" --target-dir bench/target/without-{name}");
                flags = format!("--cfg denied=\"{name}\"");
                for (backend, value) in backends.iter().filter_map(|told| told.split_once('=')) {
                    flags += &format!(" --cfg {backend}_backend=\"{value}\"");
                }
            }
            if *openssl {
                line += " --features openssl";
            }
            line += &format!(" -- {}", arguments.join(" "));
            let mut command = command(root, &line);
            if !flags.is_empty() {
                command.env("RUSTFLAGS", flags);
            }
            finish(command, &line)?;
        }
    }
    Ok(String::new())
}
