//! Files that the server leaves: the authority's certificate, and a rehearsal's files for their owner alone.
use crate::failure::Failure;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Writes the authority's certificate, and makes the folders above it. A link is followed, and a device is written to.
pub(crate) fn write_ca(path: &Path, pem: &str) -> Result<(), Failure> {
    let told =
        |error| Failure(format!("--ca-file {}: {error}; give a path that can be written", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    fs::write(path, pem).map_err(told)
}

/// What one needs to open the bounty port, and a certificate for the same key that does not open it; all in PEM.
pub(crate) struct Kit {
    pub(crate) certificate: String,
    /// For e-mail, not for clients.
    pub(crate) other_usage: String,
    pub(crate) key: Zeroizing<String>,
}

/// Where the rehearsal's certificate and key were written.
#[derive(Debug)]
pub(crate) struct Rehearsal {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// Writes a rehearsal's files into a folder, which is made if it is missing.
pub(crate) fn write_rehearsal(folder: &Path, kit: &Kit) -> Result<Rehearsal, Failure> {
    let failure = |found: String| {
        Failure(format!("--rehearse {}: {found}; give a folder that can be written", folder.display()))
    };
    if folder.exists() && !folder.is_dir() {
        return Err(failure("this is not a folder".to_owned()));
    }
    let told = |error: io::Error| failure(error.to_string());
    fs::create_dir_all(folder).map_err(told)?;
    let files = Rehearsal { certificate: folder.join("client.pem"), key: folder.join("client-key.pem") };
    for (path, content) in [
        (&files.certificate, &kit.certificate),
        (&folder.join("other-usage.pem"), &kit.other_usage),
        (&files.key, &*kit.key),
    ] {
        replace(path, content).map_err(told)?;
    }
    Ok(files)
}

/// Replaces the file as a whole: from its first byte on it is for its owner alone, and what was there before, a link
/// perhaps, or a file that all can read, is not written to.
fn replace(path: &Path, content: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let draft = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&draft).and_then(|mut file| file.write_all(content.as_bytes()));
    let moved = written.and_then(|()| fs::rename(&draft, path));
    if moved.is_err() {
        let _ = fs::remove_file(&draft); // the first error is the one to tell
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is gone at the end.
    struct Folder(PathBuf);
    impl Folder {
        fn new(test: &str) -> Self {
            let path = std::env::temp_dir().join(format!("pinata-files-{}-{test}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }
    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn kit() -> Kit {
        let text = |text: &str| text.to_owned();
        Kit { certificate: text("one"), other_usage: text("other"), key: Zeroizing::new(text("key")) }
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_also_where_a_file_for_all_stood_before() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("mode");
        fs::write(folder.0.join("client-key.pem"), "old").unwrap();
        let files = write_rehearsal(&folder.0, &kit()).unwrap();
        assert_eq!(fs::read_to_string(&files.key).unwrap(), "key");
        assert_eq!(files.key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 3); // no draft is left
    }
    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_key_is_replaced_and_not_followed() {
        let folder = Folder::new("link");
        let (victim, link) = (folder.0.join("victim"), folder.0.join("client-key.pem"));
        fs::write(&victim, "untouched").unwrap();
        std::os::unix::fs::symlink(&victim, &link).unwrap();
        write_rehearsal(&folder.0, &kit()).unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched");
        assert_eq!(fs::read_to_string(&link).unwrap(), "key");
    }
    #[cfg(unix)]
    #[test]
    fn the_certificate_may_go_to_a_device() {
        use std::os::unix::fs::FileTypeExt;
        let null = Path::new("/dev/null");
        write_ca(null, "ca").unwrap();
        assert!(null.metadata().unwrap().file_type().is_char_device());
    }
    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = Folder::new("told");
        let file = folder.0.join("file");
        fs::write(&file, "").unwrap();
        let rehearse = write_rehearsal(&file, &kit()).unwrap_err().0;
        assert!(rehearse.contains(": this is not a folder; give a folder"), "{rehearse}");
        let below = write_ca(&file.join("ca.pem"), "").unwrap_err().0;
        assert!(below.starts_with(&format!("--ca-file {}", file.display())), "{below}");
        let taken = write_ca(&folder.0, "").unwrap_err().0;
        assert!(taken.ends_with("give a path that can be written"), "{taken}");
    }
}
