//! PEM: strict inside a block, deaf outside, and it says what it found.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
use proptest::prelude::*;
use x509::pem::{self, Blocks, Label, PemError, PemErrorKind};

type Seen = (Option<Label>, Vec<u8>);

/// Label and contents of each block.
fn blocks(text: &[u8]) -> Result<Vec<Seen>, PemError> {
    Blocks::new(text).map(|block| block.map(|block| (block.label, block.der.to_vec()))).collect()
}
/// The contents of a text with one block.
fn only(text: &str) -> Result<Vec<u8>, PemErrorKind> {
    let mut blocks = blocks(text.as_bytes()).map_err(|error| error.kind)?;
    assert_eq!(blocks.len(), 1, "{text}");
    Ok(blocks.remove(0).1)
}
/// A certificate with these lines.
fn certificate(lines: &str) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n")
}

#[test]
fn base64_is_that_of_rfc_4648() {
    // RFC 4648 §10.
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        let line = if text.is_empty() { String::new() } else { format!("{text}\n") };
        assert_eq!(pem::encode(Label::Certificate, bytes.as_bytes()), certificate(&line));
        assert_eq!(only(&certificate(&line)), Ok(bytes.as_bytes().to_vec()));
    }
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (value, letter) in (0u8..64).zip(alphabet.chars()) {
        let text = certificate(&format!("AAA{letter}\n"));
        assert_eq!(only(&text), Ok(vec![0, 0, value]));
        assert_eq!(pem::encode(Label::Certificate, &[0, 0, value]), text);
    }
    for byte in 0..=0xff_u8 {
        let mut text = certificate("AAAA\n").into_bytes();
        text[30] = byte;
        let text = &text[..];
        let is_letter = alphabet.as_bytes().contains(&byte);
        // At the end of a line, blanks are passed over, '=' pads, and an end of line ends it.
        match byte {
            b' ' | b'\t' | b'=' | b'\r' | b'\n' => {
                assert!(blocks(text).is_err(), "{byte}: three letters")
            }
            _ => assert_eq!(blocks(text).is_ok(), is_letter, "{byte}"),
        }
    }
}

#[test]
fn padding_fits_and_is_zero() {
    for wrong in [
        "A\n",
        "AA\n",
        "AAA\n",
        "AAAAA\n",
        "AA=\n",
        "AA===\n",
        "AAA==\n",
        "A===\n",
        "=\n",
        "====\n",
        "AAAA=\n",
        "AAAA====\n",
        "AA==AA==\n",
        "AA=A\n",
        "AB==\n",
        "AAB=\n",
        "AP==\n",
        "AI==\n",
        "AAC=\n",
    ] {
        assert_eq!(only(&certificate(wrong)), Err(PemErrorKind::Padding), "{wrong}");
    }
    assert_eq!(
        only(&certificate("AA=\n=\n")),
        Ok(vec![0]),
        "RFC 7468 §3 lets padding have a line of its own"
    );
    assert_eq!(only(&certificate("AQ==\n")), Ok(vec![1]));
    assert_eq!(only(&certificate("AAE=\n")), Ok(vec![0, 1]));
}

#[test]
fn lines_may_be_of_any_length_and_end_in_any_way() {
    let der = (0..=0xff).collect::<Vec<u8>>();
    let text = pem::encode(Label::Certificate, &der);
    assert!(text.lines().all(|line| line.len() <= 64));
    for other in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        text.replace('\n', " \t\n"),
        text.replacen('\n', "\n\n  \n", 1),
        text.trim_end().to_owned(),
        format!("Subject: nobody\n=+/-----\n\n{text}\nmore text\n-----END NOTHING-----\n"),
    ] {
        assert_eq!(only(&other), Ok(der.clone()), "{other}");
    }
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(only(&certificate(&format!("{body}\n"))), Ok(der.clone()));
    let single: String = body.chars().map(|letter| format!("{letter}\n")).collect();
    assert_eq!(only(&certificate(&single)), Ok(der));
}

#[test]
fn nothing_else_is_inside_a_block() {
    for (text, kind) in [
        (certificate("AAAA\n\nAAAA\n"), PemErrorKind::Character),
        (certificate(" AAAA\n"), PemErrorKind::Character),
        (certificate("AA AA\n"), PemErrorKind::Character),
        (certificate("AA-_\n"), PemErrorKind::Character),
        (certificate("AAA\u{e4}\n"), PemErrorKind::Character),
        (certificate("AAA\0\n"), PemErrorKind::Character),
        (certificate("# AAAA\n"), PemErrorKind::Character),
        (certificate("Proc-Type: 4,ENCRYPTED\n\nAAAA\n"), PemErrorKind::Headers),
        (certificate("-----BEGIN CERTIFICATE-----\nAAAA\n"), PemErrorKind::Character),
        ("-----BEGIN CERTIFICATE----\nAAAA\n".to_owned(), PemErrorKind::Begin),
        ("-----BEGIN CERTIFICATE\nAAAA\n".to_owned(), PemErrorKind::Begin),
        ("-----BEGIN CERTIFICATE-----".to_owned(), PemErrorKind::NoEnd(Some(Label::Certificate))),
        ("-----BEGIN CERTIFICATE-----\nAAAA".to_owned(), PemErrorKind::NoEnd(Some(Label::Certificate))),
        ("-----BEGIN X-----\nAAAA\n".to_owned(), PemErrorKind::NoEnd(None)),
        (
            certificate("AAAA\n").replace("END CERT", "END cert"),
            PemErrorKind::WrongEnd(Some(Label::Certificate)),
        ),
        (
            certificate("AAAA\n").replace("END CERTIFICATE", "END PRIVATE KEY"),
            PemErrorKind::WrongEnd(Some(Label::Certificate)),
        ),
        ("-----BEGIN A-----\nAAAA\n-----END B-----\n".to_owned(), PemErrorKind::WrongEnd(None)),
    ] {
        assert_eq!(only(&text), Err(kind), "{text}");
    }
}

#[test]
fn all_blocks_come_in_their_order_with_their_labels() {
    let labels = [
        Label::Certificate,
        Label::Crl,
        Label::CertificateRequest,
        Label::PrivateKey,
        Label::EncryptedPrivateKey,
        Label::RsaPrivateKey,
        Label::EcPrivateKey,
        Label::EcParameters,
        Label::PublicKey,
    ];
    let text: String =
        (0..).zip(labels).map(|(n, label)| format!("{n}:\n{}", pem::encode(label, &[n; 100]))).collect();
    let text = format!("{text}-----BEGIN X-----\n-----END X-----\n");
    let expected: Vec<_> =
        (0..).zip(labels).map(|(n, label)| (Some(label), vec![n; 100])).chain([(None, vec![])]).collect();
    assert_eq!(blocks(text.as_bytes()), Ok(expected));
    assert_eq!(pem::certificates(text.as_bytes()), Ok(vec![vec![0; 100]]));
}

#[test]
fn what_is_missing_is_said_with_what_was_found() {
    let error = |text: &[u8]| pem::certificates(text).unwrap_err();
    let wanted = Label::Certificate;
    let key = pem::encode(Label::EcPrivateKey, b"key");
    let missing = |found| PemErrorKind::Missing { wanted, found };
    assert_eq!(error(key.as_bytes()).kind, missing(Some(Label::EcPrivateKey)));
    assert_eq!(error(key.as_bytes()).to_string(), "no CERTIFICATE in the PEM, but EC PRIVATE KEY");
    assert_eq!(error(b"-----BEGIN X-----\n-----END X-----").kind, missing(None));
    assert_eq!(error(b"").kind, PemErrorKind::NoBlock);
    assert_eq!(error(b"hello\n").kind, PemErrorKind::NoBlock);
    assert_eq!(
        error(b" -----BEGIN CERTIFICATE-----\n").kind,
        PemErrorKind::NoBlock,
        "not at the start of a line"
    );
    assert_eq!(error(&[0x30, 0x82, 1, 0]).kind, PemErrorKind::Der);
    let text = format!("one\r\ntwo\n{}", certificate("AAAA\r\n*AAA\n"));
    assert_eq!(error(text.as_bytes()), PemError { line: 5, kind: PemErrorKind::Character });
    assert_eq!(error(text.as_bytes()).to_string(), "not a character of Base64, in line 5 of the PEM");
}

#[test]
fn after_an_error_nothing_more_comes() {
    let good = certificate("AAAA\n");
    let text = format!("{good}{}{good}", certificate("*\n"));
    let mut blocks = Blocks::new(text.as_bytes());
    assert!(blocks.next().unwrap().is_ok());
    assert!(blocks.next().unwrap().is_err());
    assert!(blocks.next().is_none());
}

#[test]
fn blocks_are_limited_in_size_and_number() {
    let block = |letters: usize| certificate(&format!("{}\n", "A".repeat(letters)));
    assert!(only(&block((1 << 20) - 4)).is_ok());
    assert_eq!(only(&block(1 << 20)), Err(PemErrorKind::TooLong), "with the end of the line");

    let many = certificate("AAAA\n").repeat(4096);
    assert_eq!(pem::certificates(many.as_bytes()).unwrap().len(), 4096);
    let error = pem::certificates(many.repeat(2).as_bytes()).unwrap_err();
    assert_eq!(error, PemError { line: 3 * 4096 + 1, kind: PemErrorKind::TooManyBlocks });

    let begins = "-----BEGIN CERTIFICATE-----\n".repeat(100_000);
    let error = pem::certificates(begins.as_bytes()).unwrap_err();
    assert_eq!(error, PemError { line: 2, kind: PemErrorKind::Character });
}

/// Roots of the web as Debian has them: 144 certificates, with text or without.
#[test]
fn a_bundle_of_roots_is_read() {
    let Some(text) = test_vectors::shared_text("debian-roots.pem.xz") else { return };
    assert_eq!(pem::certificates(text.as_bytes()).unwrap().len(), 144);
}

proptest! {
    #[test]
    fn what_is_encoded_comes_back(der in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = pem::encode(Label::PrivateKey, &der);
        prop_assert_eq!(text.capacity(), text.len(), "a text that grew has left a copy behind");
        prop_assert_eq!(blocks(text.as_bytes()), Ok(vec![(Some(Label::PrivateKey), der)]));
    }
    #[test]
    fn a_spoilt_letter_is_refused_or_another_block(der in proptest::collection::vec(any::<u8>(), 1..60), at: prop::sample::Index, byte: u8) {
        let mut text = pem::encode(Label::PrivateKey, &der).into_bytes();
        let at = at.index(text.len());
        text[at] = byte;
        if let Ok(blocks) = blocks(&text) {
            for (label, der) in blocks {
                let again = pem::encode(label.unwrap(), &der);
                let trimmed = |text: &[u8]| text.iter().filter(|byte| !byte.is_ascii_whitespace()).copied().collect::<Vec<_>>();
                prop_assert_eq!(trimmed(again.as_bytes()), trimmed(&text));
            }
        }
    }
    #[test]
    fn arbitrary_text_is_read_or_refused(text in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = blocks(&text);
        let framed = [b"-----BEGIN CERTIFICATE-----\n", &*text, b"\n-----END CERTIFICATE-----"].concat();
        let _ = blocks(&framed);
    }
}
