//! Constant time, looked for in the binary: `conformance`'s program `ct`, built at each level of optimization, under
//! valgrind and under the single-step tracer, and a list of its divisions.
use crate::entered;
use crate::run::{command, output};
use crate::sample::Sample;
use std::collections::BTreeSet;
use std::path::Path;

pub(crate) const LEVELS: [&str; 4] = ["1", "2", "3", "s"];
const BINARY: &str = "target/ct/release/ct";
const TRACER: &str =
    "cargo run --quiet --package conformance --no-default-features --features trace --bin ct_trace --";
/// How many functions a sample traces: the tracer needs seconds for each.
const SAMPLE: usize = 4;
/// The divisions that the program contains on purpose: by an instruction, and by a function of the compiler's.
const PLANTED: [&str; 2] = ["ct::planted::division", "ct::planted::wide_division"];
/// Code that works on secrets: the library, what it is built on, and what may have been inlined into the program's calls.
const SECRET: [&str; 5] = ["nocrypto::", "subtle::", "zeroize::", "ct::subjects::", "ct::planted::"];

/// What the program answers with where there are no more arms of the CPU.
const NO_SUCH: i32 = 3;
/// What the tracer answers with where it cannot trace.
const CANNOT: i32 = 2;

enum Outcome {
    Passed,
    /// Why it could not be done here.
    LeftOut(String),
}

/// Functions of which the name has one of `names` in it, all if there are none.
pub(crate) fn check(root: &Path, levels: &[&str], names: &[String]) -> Result<String, String> {
    run(root, levels, names, |_| names.to_vec())
}

/// One level, all functions under valgrind, and some of them under the tracer.
pub(crate) fn check_some(root: &Path, sample: &mut Sample) -> Result<String, String> {
    let levels = sample.some(&LEVELS, 1);
    run(root, &levels, &[], |functions| sample.some(functions, SAMPLE))
}

fn run(
    root: &Path,
    levels: &[&str],
    names: &[String],
    mut traced: impl FnMut(&[String]) -> Vec<String>,
) -> Result<String, String> {
    println!("{}", entered::check(root)?);
    if !cfg!(target_arch = "x86_64") {
        return Ok("   not done: whatever else, as the checkers know x86-64 alone".to_owned());
    }
    let (mut failures, mut left_out) = (Vec::new(), BTreeSet::new());
    for level in levels {
        println!("   opt-level {level}");
        build(root, level)?;
        let traced = traced(&functions(root)?);
        for outcome in [memcheck(root, names), divisions(root), trace(root, &traced)] {
            match outcome {
                Ok(Outcome::Passed) => {}
                Ok(Outcome::LeftOut(why)) => drop(left_out.insert(why)),
                Err(why) => {
                    println!("{why}");
                    failures.push(*level);
                }
            }
        }
    }
    if !failures.is_empty() {
        return Err(format!("failed at opt-level {}", failures.join(", ")));
    }
    let mut said = format!("   0 findings at opt-level {}", levels.join(", "));
    for why in left_out {
        said.push_str(&format!("\n   not done: {why}"));
    }
    Ok(said)
}

fn build(root: &Path, level: &str) -> Result<(), String> {
    let line = "cargo build --quiet --release --package conformance --no-default-features --bin ct --target-dir target/ct";
    let status = command(root, line)
        .env("RUSTFLAGS", "--cfg nqsb_ct -C symbol-mangling-version=v0")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level)
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only")
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("`{line}` failed at opt-level {level}")),
    }
}

/// Those that the tracer takes.
fn functions(root: &Path) -> Result<Vec<String>, String> {
    Ok(output(root, &format!("{TRACER} list {BINARY}"))?.lines().map(str::to_owned).collect())
}

fn memcheck(root: &Path, names: &[String]) -> Result<Outcome, String> {
    if output(root, "valgrind --version").is_err() {
        return Ok(Outcome::LeftOut(
            "no branch or address was looked for by memcheck: there is no valgrind".to_owned(),
        ));
    }
    for arm in 0.. {
        let log = root.join("target/ct/valgrind.log");
        let line =
            format!("valgrind -q --error-limit=no --log-file={} {BINARY} memcheck {arm}", log.display());
        let status = command(root, &line).args(names).status().map_err(|e| e.to_string())?;
        match status.code() {
            Some(0) => {}
            Some(NO_SUCH) => break,
            _ => return Err(format!("where: {} (the planted leaks come first)", log.display())),
        }
    }
    Ok(Outcome::Passed)
}

fn trace(root: &Path, names: &[String]) -> Result<Outcome, String> {
    let line = format!("{TRACER} run {BINARY}");
    let status = command(root, &line).args(names).status().map_err(|e| e.to_string())?;
    match status.code() {
        Some(0) => Ok(Outcome::Passed),
        Some(CANNOT) => Ok(Outcome::LeftOut(
            "no instruction was traced that valgrind lacks: there is no ptrace".to_owned(),
        )),
        _ => Err("the tracer failed".to_owned()),
    }
}

/// Neither checker sees time: a division takes more of it for some numbers than for others.
fn divisions(root: &Path) -> Result<Outcome, String> {
    let listed = output(root, &format!("objdump -d -C --no-show-raw-insn {BINARY}"));
    let (Ok(listing), Ok(relocations)) = (listed, output(root, &format!("objdump -R {BINARY}"))) else {
        return Ok(Outcome::LeftOut("no division was looked for: there is no objdump".to_owned()));
    };
    let mut found: BTreeSet<_> =
        dividing(&listing, &relocations).filter(|f| SECRET.iter().any(|s| f.contains(s))).collect();
    for planted in PLANTED {
        if !found.remove(planted) {
            return Err(format!("planted and not found: {planted}"));
        }
    }
    println!("   divisions: {} planted, {} in code for secrets", PLANTED.len(), found.len());
    if found.is_empty() { Ok(Outcome::Passed) } else { Err(found.into_iter().collect::<Vec<_>>().join("\n")) }
}

/// The functions in a disassembly that divide, or go to one of the compiler's that does: by its name, or by a slot of the
/// table of addresses (`relocations`).
fn dividing<'a>(listing: &'a str, relocations: &str) -> impl Iterator<Item = &'a str> {
    let is_compilers =
        |name: &str| ["__udiv", "__umod", "__div", "__mod"].iter().any(|d| name.starts_with(d));
    let of_compiler: BTreeSet<_> =
        listing.lines().filter_map(header).filter(|(_, name)| is_compilers(name)).map(|(at, _)| at).collect();
    let slots: BTreeSet<String> = relocations
        .lines()
        .filter_map(|line| {
            let target = line.rsplit_once("*ABS*+0x")?.1.trim_start_matches('0');
            of_compiler
                .contains(target)
                .then(|| line.split(' ').next().map(|slot| slot.trim_start_matches('0').to_owned()))?
        })
        .collect();
    let mut function = "";
    listing.lines().filter_map(move |line| {
        if let Some((_, name)) = header(line) {
            function = name;
        }
        let (mnemonic, operands) = line.split('\t').nth(1)?.split_once(' ')?;
        let divides =
            ["div", "idiv"].iter().any(|d| mnemonic.strip_prefix(d).is_some_and(|width| width.len() < 2));
        // `call 2000 <__udivti3>`, `call *0x10(%rip)        # 3000 <…>`
        let goes = ["call", "jmp"].contains(&mnemonic)
            && (operands.split_once('<').is_some_and(|(_, name)| is_compilers(name))
                || operands
                    .split_once("# ")
                    .and_then(|(_, to)| to.split(' ').next())
                    .is_some_and(|to| slots.contains(to)));
        (divides || goes).then_some(function)
    })
}

/// Address and name of the function that begins in this line of a disassembly.
fn header(line: &str) -> Option<(&str, &str)> {
    let (at, name) = line.strip_suffix(">:")?.split_once(" <")?;
    Some((at.trim_start_matches('0'), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_is_found_by_its_instruction_and_by_the_function_that_it_calls() {
        let listing = "0000000000001000 <a>:\n    1000:\tmov    %rdi,%rax\n    1003:\tdiv    %rsi\n\
                       0000000000001010 <b::<c>>:\n    1010:\tjmp    2000 <__udivti3>\n\
                       0000000000001020 <d>:\n    1020:\tdivsd  %xmm1,%xmm0\n    1024:\tcall   1000 <a>\n    1029:\tret\n\
                       0000000000001030 <e>:\n    1030:\tidivq  0x8(%rsp)\n\
                       0000000000001040 <f>:\n    1040:\tcall   *0x1000(%rip)        # 3008 <_DYNAMIC+0x8>\n\
                       0000000000001050 <g>:\n    1050:\tcall   *0x1000(%rip)        # 3010 <_DYNAMIC+0x10>\n\
                       0000000000002000 <__udivti3>:\n    2000:\tret\n";
        let relocations = "0000000000003008 R_X86_64_RELATIVE  *ABS*+0x0000000000002000\n\
                           0000000000003010 R_X86_64_RELATIVE  *ABS*+0x0000000000001000\n";
        assert_eq!(dividing(listing, relocations).collect::<Vec<_>>(), ["a", "b::<c>", "e", "f"]);
    }
}
