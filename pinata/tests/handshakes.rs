//! openssl s_client shakes hands with each suite and group, and is told by the proper alert why it cannot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod harness;

use harness::Server;

const SUITES: [&str; 6] = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-RSA-CHACHA20-POLY1305",
];

/// A handshake at the HTTPS port that must succeed, with the chain and the name verified.
fn accepted(server: &Server, arguments: &[&str]) -> Option<String> {
    let said = server.s_client(server.https, arguments, "")?;
    let text = said.text();
    assert!(said.status.success(), "{arguments:?}: {text}");
    for line in
        ["Verify return code: 0 (ok)", "Extended master secret: yes", "Secure Renegotiation IS supported"]
    {
        assert!(text.contains(line), "{arguments:?}: {line}: {text}");
    }
    Some(text)
}

#[test]
fn each_suite_works_and_its_chain_verifies() {
    let server = Server::start("suites", &[]);
    for suite in SUITES {
        let Some(text) = accepted(&server, &["-tls1_2", "-cipher", suite]) else { return };
        assert!(text.contains(&format!("Cipher is {suite}\n")), "{suite}: {text}");
        assert!(text.contains("Server Temp Key: X25519"), "{suite}: {text}");
    }
    server.logged("TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, X25519");
}

#[test]
fn each_group_works_with_each_kind_of_key() {
    let server = Server::start("groups", &[]);
    let p256 = "Server Temp Key: ECDH, prime256v1, 256 bits";
    for (suite, groups, key) in [
        (SUITES[0], "X25519:P-256", "Server Temp Key: X25519"),
        (SUITES[0], "P-256:X25519", "Server Temp Key: X25519"), // our order decides
        (SUITES[0], "P-256", p256),
        (SUITES[3], "X25519:P-256", "Server Temp Key: X25519"),
        (SUITES[3], "X25519", "Server Temp Key: X25519"),
        (SUITES[3], "P-256", p256),
    ] {
        let Some(text) = accepted(&server, &["-tls1_2", "-cipher", suite, "-groups", groups]) else { return };
        assert!(text.contains(key), "{suite}, {groups}: {text}");
    }
}

#[test]
fn a_client_that_would_speak_1_3_is_answered_in_1_2() {
    let server = Server::start("newer", &[]);
    let Some(text) = accepted(&server, &[]) else { return };
    assert!(text.contains("New, TLSv1.2, Cipher is ECDHE-ECDSA-"), "{text}");
}

#[test]
fn a_client_without_anything_in_common_is_told_by_an_alert() {
    let server = Server::start("refused", &[]);
    let old = ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"];
    for (arguments, alert, name) in [
        (&["-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA256"][..], 40, "handshake_failure"),
        (&["-tls1_2", "-groups", "P-384"], 40, "handshake_failure"),
        (&["-tls1_2", "-cipher", SUITES[0], "-groups", "X25519"], 40, "handshake_failure"), // a P-256 key is not for it
        (&["-tls1_3"], 70, "protocol_version"),
        (&old, 70, "protocol_version"),
    ] {
        let Some(said) = server.s_client(server.https, arguments, "") else { return };
        let text = said.text();
        assert!(!said.status.success(), "{arguments:?}: {text}");
        assert!(text.contains(&format!("SSL alert number {alert}\n")), "{arguments:?}: {text}");
        server.logged(&format!("alert sent: {name}; "));
    }
}
