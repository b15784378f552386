//! What CI runs, a person can run: `cargo xtask check`, and each of its parts alone.
#![forbid(unsafe_code)]
#![allow(clippy::indexing_slicing, reason = "JSON values answer a missing key with null")]
mod bench;
mod census;
mod check;
mod ct;
mod emulate;
mod entered;
mod fuzz;
mod layers;
mod no_std;
mod run;
mod sample;
mod source;
mod table;
mod vectors;

use clap::{Parser, Subcommand};
use sample::Sample;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "Checks and tools of nqsb")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that must hold before a change lands
    Check {
        /// Also what takes long, or needs an emulator or a nightly compiler
        #[arg(long)]
        long: bool,
        /// `cargo test --workspace` has just passed: do not run it again
        #[arg(long)]
        tested: bool,
        /// What the sample of the long checks begins with; without it, the commit
        #[arg(long)]
        seed: Option<u64>,
    },
    /// No import runs upward, and there is no circle (docs/layers.txt)
    Layers,
    /// `unsafe` stands only where docs/layers.txt allows it; counts the ways out of secrets
    Census,
    /// Builds the five library crates for targets without std
    NoStd {
        /// Further targets: another word size, another byte order of instructions
        #[arg(long)]
        long: bool,
    },
    /// Every published case of the symmetric half on every backend: counts per file, and what is passed over
    Vectors {
        /// Also what takes minutes
        #[arg(long)]
        long: bool,
    },
    /// Runs nocrypto's tests on other processors, under qemu (aarch64 with and without extensions, big-endian, 32 bits)
    Emulate {
        /// Only the tests that a short check takes
        #[arg(long)]
        short: bool,
        /// Parts of names of targets or models; without any, all of them
        names: Vec<String>,
    },
    /// Measures our work beside that of others (bench/, `ratio`)
    #[command(subcommand)]
    Bench(bench::Bench),
    /// No branch, address or division of nocrypto depends on a secret, at four levels of optimization
    Ct {
        /// One level of optimization only: 1, 2, 3 or s
        #[arg(long)]
        level: Option<String>,
        /// What the short check would do of it, with this seed
        #[arg(long, conflicts_with_all = ["level", "names"])]
        seed: Option<u64>,
        /// Parts of names of functions; without one, all
        names: Vec<String>,
    },
    /// Runs the fuzz targets (needs cargo-fuzz and a nightly compiler)
    Fuzz {
        /// Seconds for each target
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// One target only
        target: Option<String>,
    },
}

fn main() -> ExitCode {
    let root = root();
    let result = match Arguments::parse().command {
        Command::Check { long, tested, seed } => {
            let sample = seed.map_or_else(|| Sample::of_commit(&root), Sample::new);
            check::check(&root, long, tested, sample)
        }
        Command::Layers => layers::check(&root),
        Command::Census => census::check(&root),
        Command::NoStd { long } => no_std::check(&root, if long { &no_std::FURTHER } else { &[] }),
        Command::Vectors { long } => vectors::run(&root, long),
        Command::Emulate { short, names } => {
            emulate::run(&root, &emulate::named(&names), if short { emulate::SHORT } else { emulate::LONG })
        }
        Command::Bench(what) => bench::run(&root, &what),
        Command::Ct { seed: Some(seed), .. } => ct::check_some(&root, &mut Sample::new(seed)),
        Command::Ct { level, names, .. } => {
            let levels = level.as_ref().map_or(ct::LEVELS.to_vec(), |level| vec![level.as_str()]);
            ct::check(&root, &levels, &names)
        }
        Command::Fuzz { seconds, target } => fuzz::run(&root, seconds, target.as_deref()),
    };
    match result {
        Ok(said) => {
            if !said.is_empty() {
                println!("{said}");
            }
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace: the parent of this package.
fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map_or(own.clone(), std::path::Path::to_path_buf)
}
