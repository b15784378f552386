//! Other people's test data that we may use but not hand on: archives that lie beside the repository.
use std::path::Path;
use std::process::Command;

/// The text of `member` of the archive `../shared/data/{archive}` beside the repository. Where there is none, says so
/// in one line: the test that asked passes on.
#[must_use]
pub fn shared(archive: &str, member: &str) -> Option<String> {
    let path = format!("{}/../../shared/data/{archive}", env!("CARGO_MANIFEST_DIR"));
    if !Path::new(&path).exists() {
        println!("passed over: {member} (there is no ../shared/data/{archive})");
        return None;
    }
    let output = Command::new("tar").args(["-xJOf", &path, member]).output().unwrap();
    assert!(output.status.success(), "{archive}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}
