//! The bounty port opens for the right certificate alone, and gives the secret exactly once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod harness;

use harness::program::{Run, program, run};
use harness::{DEADLINE, Server};

/// A server with a rehearsal's certificate, and what s_client needs to show it.
fn rehearsal(test: &str, arguments: &[&str]) -> Server {
    Server::start_with(test, |folder| {
        let mut all = vec!["--rehearse".to_owned(), folder.0.to_str().unwrap().to_owned()];
        all.extend(arguments.iter().map(|&a| a.to_owned()));
        all
    })
}

fn knock(server: &Server, certificate: &str, key: &str) -> Option<Run> {
    let own =
        ["-tls1_2", "-quiet", "-cert", &server.folder.file(certificate), "-key", &server.folder.file(key)];
    server.s_client(server.bounty, &own, "")
}

/// Knocks in vain, and gives the line that the server wrote.
fn turned_away(server: &Server, certificate: &str, alert: (u8, &str)) -> Option<String> {
    let said = knock(server, certificate, "client-key.pem")?;
    let text = said.text();
    assert!(!said.status.success(), "{certificate}: {text}");
    assert!(said.stdout.is_empty());
    assert!(text.contains(&format!("SSL alert number {}\n", alert.0)), "{certificate}: {text}");
    Some(server.logged(&format!("alert sent: {}; ", alert.1)))
}

#[test]
fn the_rehearsal_gets_the_token_once_and_the_printed_line_does_it() {
    let server = rehearsal("token", &[]);
    let Some(said) = knock(&server, "client.pem", "client-key.pem") else { return };
    let token = String::from_utf8(said.stdout).unwrap();
    assert!(token.starts_with("nqsb piñata, a token that is worth nothing: "), "{token}");
    assert_eq!(token.lines().count(), 1);
    assert!(said.status.success(), "it was closed as it should be: {}", said.stderr);
    server.logged("the secret was handed over; TLS 1.2");
    let line = *server.commands().last().unwrap();
    let said = run(program("sh").unwrap().args(["-c", line]), b"", DEADLINE);
    assert_eq!(String::from_utf8(said.stdout).unwrap(), token, "{}", said.stderr);
}

#[test]
fn each_suite_opens_it_as_well() {
    let server = rehearsal("token-suites", &[]);
    for suite in ["ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"] {
        let (certificate, key) = (server.folder.file("client.pem"), server.folder.file("client-key.pem"));
        let own = ["-tls1_2", "-quiet", "-cipher", suite, "-cert", &certificate, "-key", &key];
        let Some(said) = server.s_client(server.bounty, &own, "") else { return };
        assert!(said.stdout.starts_with(b"nqsb "), "{suite}: {}", said.stderr);
    }
}

#[test]
fn the_secret_of_a_file_is_handed_over_to_the_byte_and_is_in_no_line() {
    let secret: Vec<u8> = (0..4096_u32).map(|i| b'a' + u8::try_from(i * 7 % 26).unwrap()).collect();
    let server = Server::start_with("secret", |folder| {
        std::fs::write(folder.file("secret"), &secret).unwrap();
        let rehearse = folder.0.to_str().unwrap().to_owned();
        vec!["--secret".into(), folder.file("secret"), "--rehearse".into(), rehearse]
    });
    let Some(said) = knock(&server, "client.pem", "client-key.pem") else { return };
    assert_eq!(said.stdout, secret);
    server.logged("the secret was handed over");
    let told = format!("{}{}", server.banner, server.log());
    assert!(!told.contains(core::str::from_utf8(&secret[..16]).unwrap()));
}

#[test]
fn without_a_certificate_it_stays_shut() {
    let server = Server::start("none", &[]);
    let Some(said) = server.s_client(server.bounty, &["-tls1_2"], "") else { return };
    assert!(!said.status.success());
    assert!(said.text().contains("SSL alert number 40\n"), "{}", said.text()); // RFC 5246 §7.4.6
    let line = server.logged("alert sent: handshake_failure; ");
    assert!(line.contains("no client certificate was shown"), "{line}");
}

#[test]
fn a_certificate_under_another_authority_leads_nowhere() {
    let (server, other) = (rehearsal("stranger", &[]), rehearsal("other-authority", &[]));
    for name in ["client.pem", "client-key.pem"] {
        std::fs::copy(other.folder.file(name), server.folder.file(name)).unwrap();
    }
    let Some(line) = turned_away(&server, "client.pem", (48, "unknown_ca")) else { return };
    assert!(line.contains("the issuer is unknown"), "{line}");
}

#[test]
fn a_certificate_for_something_else_is_not_supported() {
    let server = rehearsal("usage", &[]);
    let Some(line) = turned_away(&server, "other-usage.pem", (43, "unsupported_certificate")) else { return };
    assert!(line.contains("end entity, 0 below: extKeyUsage has not the purpose"), "{line}");
}
