//! Other people's test data that we may use but not hand on: archives that lie beside the repository.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// The text of `member` of the archive `../shared/data/{archive}` beside the repository. Where there is none, says so in
/// one line: the test that asked passes on.
///
/// # Panics
/// If the archive is broken, or has no such member.
#[must_use]
pub fn shared(archive: &str, member: &str) -> Option<String> {
    let path = unpacked(archive)?.join(member);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

/// All files of the archive `../shared/data/{archive}` beside the repository: path and contents. Where there is none,
/// says so in one line: the test that asked passes on.
///
/// # Panics
/// If the archive is broken.
#[must_use]
pub fn shared_files(archive: &str) -> Option<Vec<(PathBuf, Vec<u8>)>> {
    let root = unpacked(archive)?;
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.strip_prefix(&root).unwrap().to_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    Some(found)
}

/// Where the archive is unpacked: once, below `target`.
fn unpacked(archive: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let packed = root.join("../shared/data").join(archive);
    if !packed.exists() {
        println!("passed over: there is no ../shared/data/{archive}");
        return None;
    }
    let unpacked = root.join("target/shared").join(archive);
    let one_at_a_time = UNPACKING.lock();
    if !unpacked.exists() {
        // Another process may do the same at this moment, in a folder of its own; one is first to give it its name.
        let own = root.join(format!("target/shared/{archive}.{}", std::process::id()));
        std::fs::create_dir_all(&own).unwrap();
        let done = Command::new("tar").arg("-xJf").arg(&packed).arg("-C").arg(&own).status().unwrap();
        assert!(done.success(), "tar cannot unpack {archive}");
        if std::fs::rename(&own, &unpacked).is_err() {
            std::fs::remove_dir_all(&own).unwrap();
        }
    }
    drop(one_at_a_time);
    Some(unpacked)
}

/// The text of the compressed file `../shared/data/{file}` beside the repository. Where there is none, says so in one
/// line: the test that asked passes on.
///
/// # Panics
/// If the file is broken.
#[must_use]
pub fn shared_text(file: &str) -> Option<String> {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(file);
    if !packed.exists() {
        println!("passed over: there is no ../shared/data/{file}");
        return None;
    }
    let output = Command::new("xz").arg("-dc").arg(&packed).output().unwrap();
    assert!(output.status.success(), "xz cannot unpack {file}");
    Some(String::from_utf8(output.stdout).unwrap())
}

static UNPACKING: Mutex<()> = Mutex::new(());
