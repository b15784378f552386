//! Runs other programs from the folder of the workspace, and says in one line what went wrong.
use std::path::Path;
use std::process::{Command, Stdio};

/// A command line, split at spaces.
pub(crate) fn command(root: &Path, line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(root).stdin(Stdio::null());
    command
}

/// Runs it with its output shown.
pub(crate) fn shown(root: &Path, line: &str) -> Result<(), String> {
    finish(command(root, line), line)
}

/// The same with an environment variable.
pub(crate) fn shown_with(root: &Path, line: &str, name: &str, value: &str) -> Result<(), String> {
    let mut command = command(root, line);
    command.env(name, value);
    finish(command, line)
}

/// What it prints, if it succeeds.
pub(crate) fn output(root: &Path, line: &str) -> Result<String, String> {
    let done = command(root, line).output().map_err(|e| format!("`{line}` did not start: {e}"))?;
    if !done.status.success() {
        return Err(format!("`{line}` failed: {}", String::from_utf8_lossy(&done.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Runs it to its end.
pub(crate) fn finish(mut command: Command, line: &str) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed: {status}")),
        Err(e) => Err(format!("`{line}` did not start: {e}")),
    }
}
