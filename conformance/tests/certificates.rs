//! Other people's certificates, good and bad: all are decoded or refused, and the roots of the web are decoded.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
use test_vectors::{shared_files, shared_text};
use x509::Certificate;
use x509::pem::{Blocks, Label, certificates};

#[test]
fn every_root_of_the_web_is_a_certificate() {
    let Some(text) = shared_text("debian-roots.pem.xz") else { return };
    let ders = certificates(text.as_bytes()).unwrap();
    assert_eq!(ders.len(), 144);
    for der in ders {
        let root = Certificate::from_der(&der).unwrap();
        assert!(root.is_ca() && root.is_self_issued(), "{}", root.subject());
    }
}

#[test]
fn samples_are_decoded_or_refused() {
    for archive in ["ocaml-x509-testdata.tar.xz", "x509-pkcs-samples.tar.xz"] {
        let Some(files) = shared_files(archive) else { continue };
        let mut decoded = 0;
        let mut refused = 0;
        for (path, contents) in files {
            for der in ders(&contents) {
                match Certificate::from_der(&der) {
                    Ok(certificate) => {
                        assert_eq!(certificate.der(), der, "{}", path.display());
                        decoded += 1;
                    }
                    Err(_) => refused += 1,
                }
            }
        }
        println!("{archive}: {decoded} decoded, {refused} refused");
        assert!(decoded > 20, "{archive} has good ones");
    }
}

/// The certificates in PEM, or the file itself.
fn ders(contents: &[u8]) -> Vec<Vec<u8>> {
    let blocks = Blocks::new(contents).map_while(Result::ok);
    let found: Vec<_> =
        blocks.filter(|b| b.label == Some(Label::Certificate)).map(|block| block.der.to_vec()).collect();
    if found.is_empty() { vec![contents.to_vec()] } else { found }
}
