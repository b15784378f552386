//! Each call with each secret, held against the first.
use crate::step::{Code, Step};
use crate::trace::Traced;
use std::collections::BTreeSet;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// What `ct` answers with where there are no more arms.
const NO_SUCH: i32 = 3;
/// The answer where programs cannot be traced.
const CANNOT: u8 = 2;
/// The features, by nocrypto's names, of which valgrind 3.19 has all instructions.
const VALGRIND: [&str; 3] = ["AesClmul", "Avx2", "MulxAdx"];
/// Different secrets for each call: all bits zero, all one, and random ones.
const SECRETS: usize = 32;

pub(crate) fn run(words: &[&str]) -> ExitCode {
    let comparison = |program: &str| std::fs::canonicalize(program).and_then(Comparison::new);
    let done = match words {
        ["list", program] => comparison(program).map(|c| {
            let short = c.calls.into_iter().filter(|call| !call.is_long);
            let names: BTreeSet<_> = short.map(|call| call.name).collect();
            names.into_iter().for_each(|name| println!("{name}"));
            0
        }),
        ["run", program, names @ ..] => {
            if let Err(why) = Traced::start(Path::new(program), &["list", "0"]) {
                println!("   nothing is traced: {why}");
                return ExitCode::from(CANNOT);
            }
            comparison(program).and_then(|mut c| c.run(names))
        }
        _ => Err(Error::other("ct_trace list PROGRAM, ct_trace run PROGRAM [NAME…]")),
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(why) => {
            println!("the tracer stopped: {why}");
            ExitCode::FAILURE
        }
    }
}

/// What `ct` can do, as far as it is for this program.
struct Comparison {
    program: PathBuf,
    planted: Vec<String>,
    calls: Vec<Call>,
    code: Code,
    steps: usize,
    foreign: BTreeSet<String>,
}
/// A function on an arm, and the features that it uses there and valgrind does not know.
#[derive(Clone)]
struct Call {
    number: usize,
    arm: usize,
    is_long: bool,
    features: String,
    name: String,
}

/// What one call showed.
struct Trace {
    steps: Vec<Step>,
    /// The places of instructions that are not for valgrind.
    foreign: BTreeSet<u64>,
}

impl Comparison {
    /// Reads what `ct list` says of each arm. Of arms on which a call uses the same features that valgrind lacks, the first
    /// will do: they differ in what valgrind runs.
    fn new(program: PathBuf) -> Result<Self> {
        let (mut planted, mut calls) = (Vec::new(), Vec::<Call>::new());
        for arm in 0.. {
            let done = Command::new(&program).args(["list", &arm.to_string()]).output()?;
            if done.status.code() == Some(NO_SUCH) {
                break;
            }
            if !done.status.success() {
                return Err(Error::other(format!("{} list {arm}: {}", program.display(), done.status)));
            }
            let listed = String::from_utf8_lossy(&done.stdout);
            planted =
                listed.lines().filter_map(|line| Some(line.strip_prefix("planted ")?.to_owned())).collect();
            for call in listed.lines().filter_map(|line| Call::parse(arm, line.strip_prefix("call ")?)) {
                if !calls.iter().any(|c| c.number == call.number && c.features == call.features) {
                    calls.push(call);
                }
            }
        }
        let (code, foreign) = (Code::default(), BTreeSet::new());
        Ok(Self { program, planted, calls, code, steps: 0, foreign })
    }
    /// The number of failures.
    fn run(&mut self, names: &[&str]) -> Result<usize> {
        let begin = Instant::now();
        let mut failures = 0;
        for (number, name) in self.planted.clone().iter().enumerate() {
            let first = self.trace(number, 0)?;
            if self.compare(number, 0, &first)?.is_none() {
                println!("planted and not found: {name}");
                failures += 1;
            }
        }
        let (mut functions, mut foreign_places) = (BTreeSet::new(), BTreeSet::new());
        let (mut compared, mut once) = (0, 0);
        let chosen = |call: &Call| names.is_empty() || names.iter().any(|name| call.name.contains(name));
        let mut calls: Vec<Call> = self.calls.iter().filter(|call| chosen(call)).cloned().collect();
        calls.sort_by_key(|call| call.is_long);
        for call in calls {
            let first = self.trace(call.number, call.arm)?;
            functions.insert(call.name.clone());
            // Millions of steps for one hash: those of the hash have been compared, the others are for valgrind.
            if first.foreign.is_empty() || call.is_long && first.foreign.is_subset(&foreign_places) {
                once += 1;
                continue;
            }
            compared += 1;
            if let Some(leak) = self.compare(call.number, call.arm, &first)? {
                println!("LEAK: {} with {}: {leak}", call.name, call.features);
                failures += 1;
            }
            foreign_places.extend(first.foreign);
        }
        println!(
            "   traced: {} planted leaks; {} functions, {compared} calls with {SECRETS} secrets each, for {}; {once} calls \
             once, as valgrind lacks nothing else for them; {} steps in {:.0} s",
            self.planted.len(),
            functions.len(),
            self.foreign.iter().map(String::as_str).collect::<Vec<_>>().join(" "),
            self.steps,
            begin.elapsed().as_secs_f32()
        );
        Ok(failures)
    }

    /// The call with the first secrets, from mark to mark.
    fn trace(&mut self, subject: usize, arm: usize) -> Result<Trace> {
        let (mut steps, mut foreign) = (Vec::new(), BTreeSet::new());
        let program = self.start(subject, arm, 0)?;
        let (_, own) = program.places(&self.program)?;
        let mut registers = program.run()?;
        while let Some((step, feature)) = self.code.next(&program, &registers)? {
            // The C library's copying has AVX-512; that is its own affair.
            if let Some(feature) = feature.filter(|_| own.contains(&step.at))
                && foreign.insert(step.at)
            {
                self.foreign.insert(format!("{feature:?}"));
            }
            steps.push(step);
            registers = program.step()?;
        }
        self.steps += steps.len();
        Ok(Trace { steps, foreign })
    }
    /// The first difference that other secrets make, if they do.
    fn compare(&mut self, subject: usize, arm: usize, first: &Trace) -> Result<Option<String>> {
        for number in 1..SECRETS {
            let program = self.start(subject, arm, number)?;
            let (base, _) = program.places(&self.program)?;
            let mut registers = program.run()?;
            let mut before = registers.rip;
            for (place, expected) in first.steps.iter().map(Some).chain([None]).enumerate() {
                let step = self.code.next(&program, &registers)?.map(|(step, _)| step);
                if step.as_ref() != expected {
                    let same_place = step.map(|s| s.at) == expected.map(|s| s.at);
                    let (what, at) =
                        if same_place { ("an address", registers.rip) } else { ("a branch", before) };
                    let line = source_line(&self.program, at.wrapping_sub(base));
                    return Ok(Some(format!(
                        "{what} differs with secret {number}, after {place} steps, {line}"
                    )));
                }
                if step.is_none() {
                    break;
                }
                before = registers.rip;
                registers = program.step()?;
                self.steps += 1;
            }
        }
        Ok(None)
    }
    /// The program before the call. All arguments are of one length, so that the stack begins at one address.
    fn start(&self, subject: usize, arm: usize, secrets: usize) -> Result<Traced> {
        let [subject, arm, secrets] = [subject, arm, secrets].map(|number| format!("{number:03}"));
        Traced::start(&self.program, &["step", &subject, &arm, &secrets])
            .map_err(|e| Error::other(format!("{}: {e}", self.program.display())))
    }
}

impl Call {
    /// `NUMBER COST {FEATURES} NAME`; nothing if valgrind has all of the features.
    fn parse(arm: usize, line: &str) -> Option<Self> {
        let (before, after) = line.split_once(" {")?;
        let (features, name) = after.split_once("} ")?;
        let mut words = before.split(' ');
        let number = words.next()?.parse().ok()?;
        let is_long = words.next() == Some("long");
        let lacking = features.split(", ").filter(|f| !f.is_empty() && !VALGRIND.contains(f));
        let features = lacking.collect::<Vec<_>>().join(" and ");
        (!features.is_empty()).then(|| Self { number, arm, is_long, features, name: name.to_owned() })
    }
}

/// Where that is in the source, if `addr2line` can tell.
fn source_line(program: &Path, offset: u64) -> String {
    let tool =
        Command::new("addr2line").args(["-f", "-C", "-e"]).arg(program).arg(format!("{offset:#x}")).output();
    let found = tool
        .map(|done| String::from_utf8_lossy(&done.stdout).trim().replace('\n', " in "))
        .unwrap_or_default();
    format!("at {offset:#x} {found}")
}
