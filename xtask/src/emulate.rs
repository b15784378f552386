//! Runs nocrypto's tests on other processors, in qemu's user-mode emulation: other instructions, the other order of
//! bytes, words of 32 bits. What can't be had here is named, and passed over.
use crate::no_std::installed;
use crate::run::{command, output};
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

/// A processor, and what it takes to build for it and to run on it.
#[derive(Clone, Copy)]
pub(crate) struct Processor {
    target: &'static str,
    /// As the emulator knows it.
    model: &'static str,
    /// What `cpu::Features::detect` must find there.
    features: &'static str,
    /// As GNU names the architecture: of the linker, and of the folder of its C library.
    gnu: &'static str,
    emulator: &'static str,
    /// The packages of Debian that bring the linker, the C library and the emulator.
    packages: &'static str,
}

const AARCH64: Processor = Processor {
    target: "aarch64-unknown-linux-gnu",
    model: "max",
    features: "{AesClmul, Sha, Sha512Sha3, Neon}",
    gnu: "aarch64-linux-gnu",
    emulator: "qemu-aarch64",
    packages: "gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user",
};
pub(crate) const PROCESSORS: [Processor; 6] = [
    AARCH64,
    Processor { model: "cortex-a53", features: "{AesClmul, Sha, Neon}", ..AARCH64 },
    // No model of qemu 7.2 lacks AES and SHA. But without SIMD it refuses what is optional in SIMD, and only that.
    Processor { model: "max,vfp=off,neon=off", features: "{Neon}", ..AARCH64 },
    Processor {
        target: "s390x-unknown-linux-gnu",
        model: "max",
        features: "{}",
        gnu: "s390x-linux-gnu",
        emulator: "qemu-s390x",
        packages: "gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user",
    },
    Processor {
        target: "i686-unknown-linux-gnu",
        model: "max",
        features: "{}",
        gnu: "i686-linux-gnu",
        emulator: "qemu-i386",
        packages: "gcc-i686-linux-gnu libc6-dev-i386-cross qemu-user",
    },
    Processor {
        target: "armv7-unknown-linux-gnueabihf",
        model: "cortex-a15",
        features: "{}",
        gnu: "arm-linux-gnueabihf",
        emulator: "qemu-arm",
        packages: "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross qemu-user",
    },
];

/// What a short check chooses from: the last is much like the one before it.
pub(crate) const SAMPLED: &[Processor] = PROCESSORS.split_at(5).0;
/// What a short check takes of the tests: the symmetric half, in which all that depends on a processor stands.
pub(crate) const SHORT: [&str; 2] = [
    "--lib --test features --test vectors --test aead --test aes --test hash",
    "-- --skip bignum:: --skip ec:: --skip sign:: --skip nists_responses",
];
/// All of them.
pub(crate) const LONG: [&str; 2] = ["--tests", ""];

/// Those whose target or model has one of `names` in it; all of them if there are no names.
pub(crate) fn named(names: &[String]) -> Vec<Processor> {
    let asked = |p: &Processor| names.is_empty() || names.iter().any(|n| p.name().contains(n.as_str()));
    PROCESSORS.into_iter().filter(asked).collect()
}

/// Runs tests on each processor: the programs and the filter in `which`.
pub(crate) fn run(root: &Path, processors: &[Processor], which: [&str; 2]) -> Result<String, String> {
    if processors.is_empty() {
        let all = PROCESSORS.map(|processor| format!("   {}", processor.name()));
        return Err(format!("no processor has such a name; there are:\n{}", all.join("\n")));
    }
    let (mut said, mut failed) = (Vec::new(), false);
    for processor in processors {
        let begin = Instant::now();
        let told = match processor.missing(root) {
            Some(missing) => format!("not run, {missing}"),
            None => processor.test(root, which).unwrap_or_else(|why| {
                failed = true;
                why
            }),
        };
        said.push(format!("   {}: {told}, {:.0} s", processor.name(), begin.elapsed().as_secs_f32()));
    }
    if failed { Err(said.join("\n")) } else { Ok(said.join("\n")) }
}

impl Processor {
    fn name(&self) -> String {
        format!("{} on {}", self.target, self.model)
    }
    /// What can't be had here, if anything.
    fn missing(&self, root: &Path) -> Option<String> {
        for program in [self.linker(), self.emulator.to_owned()] {
            if output(root, &format!("{program} --version")).is_err() {
                return Some(format!("there is no {program} (`apt-get install {}`)", self.packages));
            }
        }
        (!installed(root, self.target)).then(|| format!("`rustup target add {}` failed here", self.target))
    }
    fn linker(&self) -> String {
        format!("{}-gcc", self.gnu)
    }
    /// How many tests passed, and what the processor has; or what failed.
    fn test(&self, root: &Path, which: [&str; 2]) -> Result<String, String> {
        let [which, filter] = which;
        let line = format!(
            "cargo test --quiet -p nocrypto {which} --no-fail-fast --target {} {filter}",
            self.target
        );
        let variable = |what| format!("CARGO_TARGET_{}_{what}", self.target.replace('-', "_").to_uppercase());
        let done = command(root, &line)
            .env(variable("LINKER"), self.linker())
            .env(variable("RUNNER"), format!("{} -cpu {} -L /usr/{}", self.emulator, self.model, self.gnu))
            .env("NOCRYPTO_FEATURES", self.features)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| format!("`{line}` did not start: {e}"))?;
        let text = String::from_utf8_lossy(&done.stdout);
        if !done.status.success() {
            return Err(format!("FAILED\n{text}\n"));
        }
        // "test result: ok. 12 passed; …", once for each program of tests.
        let passed = text
            .lines()
            .filter_map(|l| l.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<usize>().ok());
        let passed = passed.sum::<usize>();
        if passed == 0 {
            return Err(format!("FAILED: `{line}` ran no test"));
        }
        Ok(format!("{passed} tests passed, found {}", self.features))
    }
}
