//! The check: every step runs, all failures are told at the end, and what was not run is named.
use crate::run::{shown, shown_with};
use crate::sample::Sample;
use crate::{census, ct, emulate, fuzz, layers, no_std};
use std::path::Path;
use std::time::Instant;

/// Packages that are linted alone as well: feature unification hides errors.
const ALONE: [&str; 9] = [
    "nqsb-asn1",
    "nocrypto",
    "nqsb-x509",
    "nqsb-entropy",
    "nqsb-tls",
    "pinata",
    "conformance",
    "nqsb-test-vectors",
    "xtask",
];

pub(crate) fn check(root: &Path, long: bool, tested: bool, mut sample: Sample) -> Result<String, String> {
    let mut report = Report::default();
    println!("what the sample begins with: --seed {}", sample.seed);
    report.step("format", || shown(root, "cargo fmt --all --check"));
    report.step("lints, all together", || {
        shown(root, "cargo clippy --quiet --workspace --all-targets --all-features -- -D warnings")
    });
    for package in ALONE {
        report.step(&format!("lints, {package} alone"), || {
            shown(root, &format!("cargo clippy --quiet -p {package} --all-targets -- -D warnings"))
        });
    }
    if tested {
        report.left_out("tests: `cargo test --workspace` has just run");
    } else {
        report.step("tests", || shown(root, "cargo test --quiet --workspace"));
    }
    report.step("documentation", || {
        let line = "cargo doc --quiet --workspace --no-deps --all-features --document-private-items";
        shown_with(root, line, "RUSTDOCFLAGS", "-D warnings")
    });
    report.told("layers", || layers::check(root));
    report.told("census", || census::check(root));
    let further = sample.some(&no_std::FURTHER, if long { usize::MAX } else { 1 });
    report.told("builds without std", || no_std::check(root, &further));
    let (choice, count, tests) = if long {
        (&emulate::PROCESSORS[..], usize::MAX, emulate::LONG)
    } else {
        (emulate::SAMPLED, 1, emulate::SHORT)
    };
    let processors = sample.some(choice, count);
    report.told("other processors", || emulate::run(root, &processors, tests));
    if long {
        report.told("constant time", || ct::check(root, &ct::LEVELS, &[]));
        report.told("fuzzing", || fuzz::run(root, 120, None));
    } else {
        report.told("constant time", || ct::check_some(root, &mut sample));
        report.left_out(
            "constant time at the other levels of optimization, and most of what is traced: `cargo xtask ct`",
        );
        report.left_out("fuzzing: `cargo xtask fuzz --seconds N` (the corpora are replayed by the tests)");
        report.left_out("all but one of the further targets without std: `cargo xtask no-std --long`");
        report.left_out(
            "all but one of the other processors, and there curves, RSA and NIST's responses: `cargo xtask emulate`",
        );
    }
    report.finish()
}

#[derive(Default)]
struct Report {
    failures: Vec<String>,
    omitted: Vec<String>,
    passed: usize,
}
impl Report {
    fn step(&mut self, name: &str, run: impl FnOnce() -> Result<(), String>) {
        self.told(name, || run().map(|()| String::new()));
    }
    fn told(&mut self, name: &str, run: impl FnOnce() -> Result<String, String>) {
        println!("── {name}");
        let begin = Instant::now();
        match run() {
            Ok(said) => {
                self.passed += 1;
                if !said.is_empty() {
                    println!("{said}");
                }
                println!("   ok, {:.1} s", begin.elapsed().as_secs_f32());
            }
            Err(why) => {
                println!("{why}\n   FAILED");
                self.failures.push(name.to_owned());
            }
        }
    }
    fn left_out(&mut self, what: &str) {
        self.omitted.push(what.to_owned());
    }
    fn finish(self) -> Result<String, String> {
        println!("\nnot run here:");
        self.omitted.iter().for_each(|o| println!("   {o}"));
        match self.failures.as_slice() {
            [] => Ok(format!("\nall {} steps passed", self.passed)),
            failed => Err(format!(
                "\n{} of {} steps failed: {}",
                failed.len(),
                self.passed + failed.len(),
                failed.join(", ")
            )),
        }
    }
}
