//! Runs the cases of many files on every arm, and prints a table: cases per file and arm, what is passed over and why.
use core::fmt::Write;
use nocrypto::cpu::Features;
use std::collections::BTreeMap;
use test_vectors::{Record, records};

/// One file of cases. Wycheproof's are known by their names alone.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Runs a file on one arm: a case that is wrong stops the test.
pub(crate) type Runner = fn(&File, Features) -> Count;
/// What runs a file, or why nothing does.
pub(crate) type Plan = Result<Runner, &'static str>;
/// One case: done, or passed over for this reason.
pub(crate) type Case = Result<(), &'static str>;

/// Why a file of the public-key half is passed over.
pub(crate) const PUBLIC_KEYS: &str =
    "of the public-key half: what we have of it is in tests named after its algorithms";

/// What became of the cases of a file on one arm.
#[derive(Default, Eq, PartialEq)]
pub(crate) struct Count {
    done: usize,
    over: BTreeMap<&'static str, usize>,
}

impl FromIterator<Case> for Count {
    fn from_iter<I: IntoIterator<Item = Case>>(cases: I) -> Self {
        let mut count = Self::default();
        for case in cases {
            match case {
                Ok(()) => count.done += 1,
                Err(why) => *count.over.entry(why).or_default() += 1,
            }
        }
        count
    }
}

/// Each record is a case.
pub(crate) fn each(file: &File, run: impl FnMut(&Record) -> Case) -> Count {
    records(&file.text).iter().map(run).collect()
}

/// Runs what there is a plan for; gives the number of cases that were run, on all arms together.
pub(crate) fn run(title: &str, files: Vec<File>, plan: impl Fn(&str) -> Plan) -> usize {
    let arms: Vec<_> = Features::arms().collect();
    let mut table = format!("\n{title}\n");
    for (i, arm) in arms.iter().enumerate() {
        writeln!(table, "  arm {i}: {arm:?}").unwrap();
    }
    let (mut ran, mut cases, mut all, mut over) = (0, 0, 0, BTreeMap::<_, Vec<_>>::new());
    for file in files {
        let run = match plan(&file.name) {
            Ok(run) => run,
            Err(why) => {
                over.entry(why).or_default().push(file.name);
                continue;
            }
        };
        let counts: Vec<_> = arms.iter().map(|arm| run(&file, *arm)).collect();
        write!(table, "  {:40}", file.name).unwrap();
        counts.iter().for_each(|count| write!(table, "{:6}", count.done).unwrap());
        for (i, count) in counts.iter().enumerate().filter(|(i, count)| *i == 0 || **count != counts[*i - 1])
        {
            for (why, number) in &count.over {
                write!(table, "  passed over from arm {i} on: {number}, {why}").unwrap();
            }
        }
        writeln!(table).unwrap();
        ran += 1;
        cases += counts.iter().map(|count| count.done).max().unwrap_or(0);
        all += counts.iter().map(|count| count.done).sum::<usize>();
        assert_ne!(all, 0, "{} has no case", file.name);
    }
    for (why, files) in over {
        writeln!(table, "  {} files passed over, {why}:\n    {}", files.len(), files.join(" ")).unwrap();
    }
    println!("{table}  together: {cases} cases in {ran} files, {all} on {} arms, 0 wrong", arms.len());
    all
}

/// `$run::<N>$arguments` for a key of AES of N bytes.
#[macro_export]
macro_rules! by_key {
    ($key:expr, $run:ident $arguments:tt) => {
        match $key {
            16 => $run::<16> $arguments,
            24 => $run::<24> $arguments,
            32 => $run::<32> $arguments,
            _ => Err("a key of a length that AES does not have"),
        }
    };
}
