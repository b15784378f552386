//! x509-limbo against the verifier: every case that needs no revocation list, and what differs from its verdict.
//!
//! The suite is looked for in `../shared/data` beside the workspace. `expected/limbo.txt` lists the differences, a line
//! each: identifier, our verdict, reason. A difference that is not listed fails, and one that has gone fails too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]
use asn1::Decode as _;
use rustls_pki_types::ServerName;
use serde::Deserialize;
use std::collections::BTreeMap;
use test_vectors::shared_text;
use x509::pem::certificates;
use x509::{Certificate, Purpose, Time, TrustAnchor, Verifier};

#[derive(Deserialize)]
struct Suite {
    testcases: Vec<Case>,
}
#[derive(Deserialize)]
struct Case {
    id: String,
    crls: Vec<String>,
    validation_kind: String,
    validation_time: Option<String>,
    max_chain_depth: Option<u32>,
    expected_peer_name: Option<PeerName>,
    expected_result: String,
    trusted_certs: Vec<String>,
    untrusted_intermediates: Vec<String>,
    peer_certificate: String,
}
#[derive(Deserialize)]
struct PeerName {
    value: String,
}

#[test]
fn every_verdict_is_that_of_limbo_or_a_known_difference() {
    let Some(suite) = suite() else { return };
    let mut known = known_differences();
    let (mut right, mut wrong_accepts, mut wrong_rejects, mut skipped) = (0, 0, 0, 0);
    let mut surprises = Vec::new();
    for case in suite.testcases {
        if !case.crls.is_empty() {
            skipped += 1;
            continue;
        }
        let verdict = verdict(&case);
        let accepted = verdict == "accept";
        match (accepted, case.expected_result == "SUCCESS") {
            (true, true) | (false, false) => right += 1,
            (true, false) => wrong_accepts += 1,
            (false, true) => wrong_rejects += 1,
        }
        let differs = accepted != (case.expected_result == "SUCCESS");
        match (differs, known.remove(&case.id)) {
            (true, Some(accept)) if accept == accepted => {}
            (false, None) => {}
            (true, _) => surprises.push(format!("{}: {verdict}", case.id)),
            (false, Some(_)) => surprises.push(format!("{}: listed, but right: {verdict}", case.id)),
        }
    }
    println!(
        "limbo: {right} right, {wrong_accepts} wrong accepts, {wrong_rejects} wrong rejects, \
         {skipped} skipped because they need a CRL"
    );
    surprises.extend(known.into_keys().map(|id| format!("{id}: listed, but not in the suite")));
    assert!(surprises.is_empty(), "{} surprises:\n{}", surprises.len(), surprises.join("\n"));
}

/// `accept`, or why not.
fn verdict(case: &Case) -> String {
    let ders = |pems: &[String]| -> Vec<Vec<u8>> { pems.iter().map(|pem| der(pem)).collect() };
    let (trusted, untrusted) = (ders(&case.trusted_certs), ders(&case.untrusted_intermediates));
    let peer = der(&case.peer_certificate);
    // A certificate that cannot be decoded cannot be in a path.
    let anchors: Vec<_> = trusted
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .map(TrustAnchor::from_certificate)
        .collect();
    let intermediates: Vec<_> = untrusted.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
    let end_entity = match Certificate::from_der(&peer) {
        Ok(end_entity) => end_entity,
        Err(error) => return format!("reject: end entity: {error}"),
    };
    let name =
        case.expected_peer_name.as_ref().map(|name| ServerName::try_from(name.value.as_str()).unwrap());
    let purpose = match (case.validation_kind.as_str(), &name) {
        ("SERVER", Some(name)) => Purpose::Server(name),
        ("CLIENT", _) => Purpose::Client,
        // There is no way to ask for a server without saying which.
        _ => return "reject: no name to ask for".to_owned(),
    };
    let mut verifier = Verifier::new(&anchors);
    if let Some(depth) = case.max_chain_depth {
        verifier.budget.depth = depth;
    }
    match verifier.verify(&end_entity, &intermediates, purpose, time(case.validation_time.as_deref())) {
        Ok(_) => "accept".to_owned(),
        Err(error) => format!("reject: {error}"),
    }
}

/// Seconds of `2024-03-01T00:00:00.999000+00:00`, rounded down; without a time, one at which the suite was made.
fn time(text: Option<&str>) -> Time {
    let text = text.unwrap_or("2026-11-20T13:00:00+00:00");
    assert!(text.ends_with("+00:00"), "{text}");
    let digits: String = text[..19].chars().filter(char::is_ascii_digit).collect();
    let der = [b"\x18\x0f", digits.as_bytes(), b"Z"].concat();
    Time(asn1::GeneralizedTime::from_der(&der).unwrap().seconds())
}

fn der(pem: &str) -> Vec<u8> {
    certificates(pem.as_bytes()).unwrap().remove(0)
}

/// From identifier to whether we accept.
fn known_differences() -> BTreeMap<String, bool> {
    let text = include_str!("../expected/limbo.txt");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut fields = line.splitn(3, ' ');
            let (id, verdict, reason) = (fields.next(), fields.next(), fields.next());
            assert!(
                reason.is_some_and(|reason| !reason.trim().is_empty()),
                "a difference has a reason: {line}"
            );
            let accept = match verdict {
                Some("accept") => true,
                Some("reject") => false,
                _ => panic!("accept or reject: {line}"),
            };
            (id.unwrap().to_owned(), accept)
        })
        .collect()
}

fn suite() -> Option<Suite> {
    let json = shared_text("limbo-dev.json.xz")?;
    Some(serde_json::from_str(&json).expect("JSON of limbo"))
}
