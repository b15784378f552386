//! Writes the seed corpora of `fuzz/`: our own certificates and real handshakes, the same at every run.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool for the project's own use"
)]
use conformance::fuzz::{Side, honest};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use std::path::{Path, PathBuf};
use x509::builder::CertificateBuilder;
use x509::certificate::{Certificate, Validity};
use x509::{KeyKind, PrivateKey, Time};

fn main() {
    certificates();
    handshakes();
}

fn certificates() {
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    let validity = Validity { not_before: Time(1_780_000_000), not_after: Time(1_800_000_000) };
    let ca_key = PrivateKey::generate(KeyKind::EcdsaP256, &mut rng).unwrap();
    let ca = CertificateBuilder::authority("Seed CA", validity)
        .path_length(1)
        .self_signed(&ca_key, &mut rng)
        .unwrap();
    save("certificate", "authority", &ca);
    for (name, kind) in [("p256", KeyKind::EcdsaP256), ("ed25519", KeyKind::Ed25519), ("rsa", KeyKind::Rsa)] {
        let key = PrivateKey::generate(kind, &mut rng).unwrap();
        let leaf = CertificateBuilder::end_entity("localhost", validity)
            .dns("localhost")
            .dns("*.example.org")
            .ip(core::net::Ipv4Addr::LOCALHOST)
            .ip(core::net::Ipv6Addr::LOCALHOST)
            .server()
            .client()
            .signed_by(&key.public_key(), &Certificate::from_der(&ca).unwrap(), &ca_key, &mut rng)
            .unwrap();
        save("certificate", name, &leaf);
        save("certificate", &format!("{name}-chain"), &[&leaf[..], &ca].concat());
    }
}

/// What the honest peer sends, whole and cut behind each record.
fn handshakes() {
    for (target, side) in [("tls_client", Side::Client), ("tls_server", Side::Server)] {
        for (name, asks) in [("plain", false), ("client-certificate", true)] {
            let stream = honest(side, asks);
            let (mut at, mut records) = (0, 0);
            while let Some(header) = stream.get(at..at + 5) {
                at += 5 + usize::from(u16::from_be_bytes([header[3], header[4]]));
                records += 1;
                save(target, &format!("{name}-{records}"), &[&[u8::from(asks)], &stream[..at]].concat());
            }
        }
    }
}

fn save(target: &str, name: &str, bytes: &[u8]) {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    println!("{target}/{name}: {} bytes", bytes.len());
}
