//! Our client program and openssl's server: it fetches what may be trusted, and says why it does not trust the rest.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod openssl;

use openssl::program::{Run, run};
use openssl::{Chain, DEADLINE, Flaw, Key, Server};
use std::process::Command;

/// The example of tls, towards the first page of `server`.
fn fetch(server: &Server, host: &str, trusted: &Chain) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_https_client"));
    command.args([&format!("https://{host}:{}/", server.port), "--cafile", &trusted.file("ca.pem")]);
    run(&mut command, b"", DEADLINE)
}
fn fetched(server: &Server, host: &str, trusted: &Chain) -> String {
    let said = fetch(server, host, trusted);
    assert!(said.status.success(), "{}", said.text());
    String::from_utf8(said.stdout).unwrap()
}
/// What it says on standard error when it gets nothing.
fn refused(server: &Server, host: &str, trusted: &Chain) -> String {
    let said = fetch(server, host, trusted);
    assert!(said.status.code().is_some_and(|code| code != 0), "{:?}", said.status);
    assert!(said.stdout.is_empty());
    said.stderr
}
/// The first line says that it was the handshake, and why, by its name.
fn assert_failed(said: &str, why: &str) {
    let message = said.lines().next().unwrap_or_default();
    assert!(message.starts_with("https_client: the handshake failed: "), "{said}");
    assert!(message.ends_with(&format!("({why})")), "{why}: {said}");
}

#[test]
fn a_server_that_may_be_trusted_is_fetched_from_by_name_and_by_address() {
    for key in [Key::Rsa2048, Key::P256] {
        let Some(chain) = Chain::make(&format!("good-{key:?}"), key, Flaw::None) else { return };
        let server = chain.serve(&["-www"]);
        for host in ["localhost", "127.0.0.1"] {
            let page = fetched(&server, host, &chain);
            assert!(page.contains("Protocol  : TLSv1.2"), "{page}");
            assert!(page.contains("Extended master secret: yes"), "{page}");
        }
    }
}

#[test]
fn each_suite_and_group_of_the_server_will_do() {
    for (key, name) in [(Key::Rsa2048, "RSA"), (Key::P256, "ECDSA")] {
        let Some(chain) = Chain::make(&format!("suites-{name}"), key, Flaw::None) else { return };
        for (cipher, group) in [
            ("AES128-GCM-SHA256", "X25519"),
            ("AES256-GCM-SHA384", "P-256"),
            ("CHACHA20-POLY1305", "X25519"),
            ("CHACHA20-POLY1305", "P-256"),
        ] {
            let suite = format!("ECDHE-{name}-{cipher}");
            // A P-256 certificate needs its curve among the groups as well.
            let groups = if group == "X25519" { "X25519:P-256" } else { group };
            let server = chain.serve(&["-www", "-cipher", &suite, "-groups", groups]);
            assert!(fetched(&server, "localhost", &chain).contains(&suite), "{suite}, {groups}");
        }
    }
}

#[test]
fn every_flaw_of_a_certificate_has_its_own_message_and_trail() {
    for key in [Key::Rsa2048, Key::P256] {
        for (flaw, kind, said) in [
            (Flaw::Name, "NameMismatch", "the name is not in subjectAltName"),
            (Flaw::Expired, "Expired", "expired at 2020-01-31T23:59:59Z, now it is 20"),
            (Flaw::Usage, "WrongUsage", "extKeyUsage has not the purpose"),
        ] {
            let Some(chain) = Chain::make(&format!("flaw-{key:?}-{flaw:?}"), key, flaw) else { return };
            let why = refused(&chain.serve(&["-www"]), "localhost", &chain);
            assert_failed(&why, kind);
            assert!(why.contains(&format!("\n  end entity, 0 below: {said}")), "{flaw:?}: {why}");
        }
    }
}

#[test]
fn an_authority_that_is_not_trusted_is_unknown_and_its_namesake_has_not_signed() {
    let Some(chain) = Chain::make("untrusted", Key::P256, Flaw::None) else { return };
    let server = chain.serve(&["-www"]);
    for (key, kind, trail) in [
        (Key::Rsa2048, "UnknownIssuer", "  end entity, 0 below: the issuer is unknown"), // another name
        (Key::P256, "BadSignature", "  anchor 0, 1 below: the certificate below is not signed with this key"),
    ] {
        let other = Chain::make(&format!("trusted-{key:?}"), key, Flaw::None).unwrap();
        let why = refused(&server, "localhost", &other);
        assert_failed(&why, kind);
        assert!(why.contains(trail), "{why}");
    }
}

#[test]
fn what_openssl_refuses_is_told_by_its_alert() {
    let Some(chain) = Chain::make("alerts", Key::P256, Flaw::None) else { return };
    for (arguments, alert) in [
        (["-cipher", "ECDHE-RSA-AES128-GCM-SHA256"], "HandshakeFailure"), // and the key is not RSA
        (["-groups", "P-384"], "HandshakeFailure"),
        (["-Verify", "1"], "HandshakeFailure"), // it wants a certificate, and we have none
    ] {
        let why = refused(&chain.serve(&["-www", arguments[0], arguments[1]]), "localhost", &chain);
        assert_failed(&why, alert);
    }
}
