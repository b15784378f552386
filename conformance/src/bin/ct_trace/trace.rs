//! A program that is stepped through (ptrace(2)). Nothing in it moves from run to run.
#![allow(unsafe_code, reason = "ptrace is a C function; the layer table lists this file")]
use core::ffi::c_void;
use core::num::ParseIntError;
use core::ops::Range;
use core::ptr::{null_mut, without_provenance_mut};
use std::fs::File;
use std::io::{Error, Result};
use std::os::unix::fs::FileExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(crate) use libc::user_regs_struct as Registers;

/// The program, standing still. It dies with this.
pub(crate) struct Traced {
    child: Child,
    pid: libc::pid_t,
    memory: File,
}

impl Traced {
    /// Starts it: it has not yet executed anything.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::null());
        // SAFETY: between fork and exec this makes two system calls and nothing else.
        unsafe { command.pre_exec(be_traced) };
        let child = command.spawn()?;
        let pid = libc::pid_t::try_from(child.id()).map_err(Error::other)?;
        let memory = File::open(format!("/proc/{pid}/mem"))?;
        let own = Self { child, pid, memory };
        own.wait()?;
        Ok(own)
    }
    /// Lets it run to its next mark.
    pub(crate) fn run(&self) -> Result<Registers> {
        self.go_on(libc::PTRACE_CONT)
    }
    /// Lets it execute one instruction; one of a repeated string instruction's rounds.
    pub(crate) fn step(&self) -> Result<Registers> {
        self.go_on(libc::PTRACE_SINGLESTEP)
    }
    /// Bytes of its memory, as many as there are.
    pub(crate) fn read(&self, at: u64, out: &mut [u8]) -> Result<usize> {
        self.memory.read_at(out, at)
    }
    /// Where `program`'s file begins, and where its code lies.
    pub(crate) fn places(&self, program: &Path) -> Result<(u64, Range<u64>)> {
        let maps = std::fs::read_to_string(format!("/proc/{}/maps", self.pid))?;
        let (mut base, mut code) = (None, None);
        for line in maps.lines().filter(|line| line.ends_with(&*program.to_string_lossy())) {
            let addresses = line.split(' ').next().and_then(|range| range.split_once('-'));
            let Some(Ok((start, end))) = addresses.map(|(start, end)| {
                Ok::<_, ParseIntError>((u64::from_str_radix(start, 16)?, u64::from_str_radix(end, 16)?))
            }) else {
                continue;
            };
            base.get_or_insert(start);
            if line.contains(" r-xp ") {
                code = Some(start..end);
            }
        }
        base.zip(code).ok_or_else(|| Error::other("the program is not mapped"))
    }

    fn go_on(&self, how: libc::c_uint) -> Result<Registers> {
        self.request(how, null_mut())?;
        self.wait()?;
        // SAFETY: numbers, for which zeros are values.
        let mut registers: Registers = unsafe { core::mem::zeroed() };
        self.request(libc::PTRACE_GETREGS, (&raw mut registers).cast())?;
        Ok(registers)
    }
    fn request(&self, what: libc::c_uint, data: *mut c_void) -> Result<()> {
        // SAFETY: the child is traced and stands still; `data` is null or has room for what is asked for.
        check(unsafe { libc::ptrace(what, self.pid, without_provenance_mut::<c_void>(0), data) }).map(drop)
    }
    /// Until it stands still, at a step or a mark.
    fn wait(&self) -> Result<()> {
        let mut status = 0;
        // SAFETY: the status has room.
        check(i64::from(unsafe { libc::waitpid(self.pid, &raw mut status, 0) }))?;
        if libc::WIFSTOPPED(status) && libc::WSTOPSIG(status) == libc::SIGTRAP {
            return Ok(());
        }
        Err(Error::other(format!("the program ended, or got a signal: status {status:#x}")))
    }
}
impl Drop for Traced {
    fn drop(&mut self) {
        // Where it has gone already, that is what was wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The child's part: stack and heap are where they always are, and it stops at its first instruction.
fn be_traced() -> Result<()> {
    // SAFETY: an argument that is a constant.
    check(i64::from(unsafe { libc::personality(libc::ADDR_NO_RANDOMIZE.unsigned_abs().into()) }))?;
    // SAFETY: this request has no arguments.
    check(unsafe { libc::ptrace(libc::PTRACE_TRACEME, 0, null_mut::<c_void>(), null_mut::<c_void>()) })?;
    Ok(())
}
fn check(answer: i64) -> Result<i64> {
    if answer == -1 { Err(Error::last_os_error()) } else { Ok(answer) }
}
