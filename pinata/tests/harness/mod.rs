//! Starts the real server and waits for what it prints.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
pub mod program;

use core::time::Duration;
use program::{Folder, Run, Running, Said, program, run, start};
use std::process::{Command, ExitStatus};

/// Longer than anything here takes on a machine that has much else to do.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// A server that is up, and dies with this value.
pub struct Server {
    running: Running,
    stdout: Said,
    log: Said,
    /// What it printed before the first connection.
    pub banner: String,
    pub https: u16,
    pub bounty: u16,
    pub folder: Folder,
    /// Path of the authority's certificate.
    pub ca: String,
}

impl Server {
    /// Starts it on free ports, with its files in a folder of its own, and these arguments.
    pub fn start(test: &str, arguments: &[&str]) -> Self {
        Self::start_with(test, |_| arguments.iter().map(|&a| a.to_owned()).collect())
    }
    /// The same; the arguments may name files of the folder.
    pub fn start_with(test: &str, arguments: impl FnOnce(&Folder) -> Vec<String>) -> Self {
        let folder = Folder::new(test);
        let ca = folder.file("ca.pem");
        let mut command = pinata();
        command.args(["--ca-file", &ca]);
        let arguments = arguments(&folder);
        for port in ["--port", "--https-port"] {
            if !arguments.iter().any(|a| a == port) {
                command.args([port, "0"]);
            }
        }
        let mut running = Running(start(command.args(arguments)));
        let log = Said::gather(running.0.stderr.take().unwrap());
        let stdout = Said::gather(running.0.stdout.take().unwrap());
        let banner = stdout.wait("banner", DEADLINE, |said| said.ends_with(b"\n\n").then(|| said.to_vec()));
        let banner = String::from_utf8(banner).unwrap();
        let port = |row: &str| {
            let line = banner.lines().find(|l| l.trim_start().starts_with(row)).unwrap();
            let digits = line.split("localhost:").nth(1).unwrap().split(|c: char| !c.is_ascii_digit()).next();
            digits.unwrap().parse().unwrap()
        };
        let (https, bounty) = (port("page"), port("bounty"));
        Self { running, stdout, log, banner, https, bounty, folder, ca }
    }
    /// The commands that it printed.
    pub fn commands(&self) -> Vec<&str> {
        self.banner.lines().filter_map(|line| line.trim_start().strip_prefix("try ")).map(str::trim).collect()
    }
    /// Waits for a line of the log that contains this.
    pub fn logged(&self, part: &str) -> String {
        self.logged_times(part, 1).remove(0)
    }
    /// Waits for so many of them.
    pub fn logged_times(&self, part: &str, times: usize) -> Vec<String> {
        self.log.wait(&format!("{times} lines with {part:?}"), DEADLINE, |said| {
            let text = String::from_utf8_lossy(said);
            let lines: Vec<_> = text.lines().filter(|line| line.contains(part)).map(str::to_owned).collect();
            (lines.len() >= times && text.ends_with('\n')).then_some(lines)
        })
    }
    /// All lines so far.
    pub fn log(&self) -> String {
        self.log.text()
    }
    /// Sends a signal, and gives how it ended and what it said last.
    pub fn signal(mut self, name: &str) -> (ExitStatus, String) {
        let id = self.running.0.id().to_string();
        let kill = run(Command::new("kill").args([&format!("-{name}"), &id]), b"", DEADLINE);
        assert!(kill.status.success(), "{}", kill.text());
        let status = self.running.wait(DEADLINE).expect("it goes on");
        let all = String::from_utf8(self.stdout.all()).unwrap();
        (status, all.split_at(self.banner.len()).1.to_owned())
    }
    /// `openssl s_client` towards a port, trusting the authority and giving up where that is not enough.
    pub fn s_client(&self, port: u16, arguments: &[&str], input: &str) -> Option<Run> {
        let mut command = program("openssl")?;
        command.args(["s_client", "-connect", &format!("localhost:{port}"), "-CAfile", &self.ca]);
        command.args(["-verify_return_error", "-verify_hostname", "localhost"]).args(arguments);
        Some(run(&mut command, input.as_bytes(), DEADLINE))
    }
}

/// The program itself, without arguments.
pub fn pinata() -> Command {
    Command::new(env!("CARGO_BIN_EXE_pinata"))
}
