//! Runs the programs of this machine: finds them, feeds them, and never waits for ever.
use core::time::Duration;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

/// The program of that name, as a command that knows no proxy; where there is none, a line says so.
pub fn program(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found: Option<PathBuf> =
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|p| p.is_file());
    if found.is_none() {
        eprintln!("not tried: this machine has no program named {name}");
    }
    found.map(|path| {
        let mut command = Command::new(path);
        for variable in ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(variable);
        }
        command
    })
}

/// What a program said until its end.
#[derive(Debug)]
pub struct Run {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: String,
}
impl Run {
    /// Everything it said, as text.
    pub fn text(&self) -> String {
        format!("{}{}", String::from_utf8_lossy(&self.stdout), self.stderr)
    }
}

/// Runs a program to its end with this input, and kills it at the deadline.
pub fn run(command: &mut Command, input: &[u8], deadline: Duration) -> Run {
    let mut child = Running(start(command));
    let mut stdin = child.0.stdin.take().unwrap();
    let input = input.to_vec();
    let feed = thread::spawn(move || drop(stdin.write_all(&input))); // it may end without having read all
    let stdout = Said::gather(child.0.stdout.take().unwrap());
    let stderr = Said::gather(child.0.stderr.take().unwrap());
    let Some(status) = child.wait(deadline) else {
        panic!("{command:?} has not ended after {deadline:?}; it said: {}", stderr.text());
    };
    feed.join().unwrap();
    Run { status, stdout: stdout.all(), stderr: String::from_utf8_lossy(&stderr.all()).into_owned() }
}

/// Starts a program with all three streams piped.
pub fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// What a stream says, gathered while it says it.
#[derive(Debug)]
pub struct Said {
    bytes: Arc<Mutex<Vec<u8>>>,
    end: thread::JoinHandle<()>,
}
impl Said {
    pub fn gather(mut stream: impl Read + Send + 'static) -> Self {
        let bytes = Arc::<Mutex<Vec<u8>>>::default();
        let to = Arc::clone(&bytes);
        let end = thread::spawn(move || {
            let mut some = vec![0; 1 << 16];
            while let Ok(count @ 1..) = stream.read(&mut some) {
                to.lock().unwrap().extend_from_slice(&some[..count]);
            }
        });
        Self { bytes, end }
    }
    /// All so far, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }
    /// All, once the stream has ended.
    pub fn all(self) -> Vec<u8> {
        self.end.join().unwrap();
        core::mem::take(&mut self.bytes.lock().unwrap())
    }
    /// Waits until `find` finds something; a stream that has ended is looked at once more.
    pub fn wait<T>(&self, what: &str, deadline: Duration, find: impl Fn(&[u8]) -> Option<T>) -> T {
        let begin = Instant::now();
        loop {
            let ended = self.end.is_finished();
            if let Some(found) = find(&self.bytes.lock().unwrap()) {
                return found;
            }
            assert!(!ended && begin.elapsed() < deadline, "no {what} in: {}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A program that is killed when nobody holds it any more.
#[derive(Debug)]
pub struct Running(pub Child);
impl Running {
    /// Its end, if it comes in time.
    pub fn wait(&mut self, deadline: Duration) -> Option<ExitStatus> {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return Some(status);
            }
            if begin.elapsed() > deadline {
                return None;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A folder of its own, gone at the end.
#[derive(Debug)]
pub struct Folder(pub PathBuf);
impl Folder {
    pub fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("nqsb-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    /// The path of a file in it, as text.
    pub fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
