//! Client against server in memory: suites, groups, certificates, client authentication, names, protocols.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::pki::{Kind, pki};
use common::{Failing, Shape, exchange};
use tls::desk::{ClientDesk, LocalHost, ServerDesk};
use tls::*;

const SUITES: [(CipherSuite, &[Kind]); 6] = [
    (CipherSuite::EcdheEcdsaWithAes128GcmSha256, &[Kind::EcdsaP256, Kind::Ed25519]),
    (CipherSuite::EcdheEcdsaWithAes256GcmSha384, &[Kind::EcdsaP256, Kind::Ed25519]),
    (CipherSuite::EcdheEcdsaWithChacha20Poly1305Sha256, &[Kind::EcdsaP256, Kind::Ed25519]),
    (CipherSuite::EcdheRsaWithAes128GcmSha256, &[Kind::Rsa]),
    (CipherSuite::EcdheRsaWithAes256GcmSha384, &[Kind::Rsa]),
    (CipherSuite::EcdheRsaWithChacha20Poly1305Sha256, &[Kind::Rsa]),
];
const GROUPS: [NamedGroup; 2] = [NamedGroup::X25519, NamedGroup::Secp256r1];
const CLIENTS: [(ClientAuth, Option<Kind>); 6] = [
    (ClientAuth::None, None),
    (ClientAuth::Optional, None),
    (ClientAuth::Optional, Some(Kind::EcdsaP256)),
    (ClientAuth::Required, Some(Kind::Rsa)),
    (ClientAuth::Required, Some(Kind::EcdsaP256)),
    (ClientAuth::Required, Some(Kind::Ed25519)),
];

#[test]
fn every_suite_group_certificate_and_client_certificate_works_with_every_other() {
    for (suite, kinds) in SUITES {
        for group in GROUPS {
            for kind in kinds {
                for (client_auth, client_is) in CLIENTS {
                    let mut shape =
                        Shape { client_auth, client_is, server_is: vec![*kind], ..Shape::default() };
                    shape.client.suites = vec![suite];
                    // P-256 stays among the groups for the sake of the certificate's curve; the server prefers the other.
                    shape.server.groups = vec![group];
                    assert_works(&shape, suite, group);
                }
            }
        }
    }
}

fn assert_works(shape: &Shape, suite: CipherSuite, group: NamedGroup) {
    let (mut client, mut server) = shape.connect(None);
    for facts in [client.facts(), server.facts()] {
        assert_eq!((facts.suite, facts.group), (suite, Some(group)));
        assert!(facts.extended_master_secret && !facts.resumed);
    }
    assert_eq!(client.facts().peer, pki().server(shape.server_is[0]).credential().chain());
    let shown = shape.client_is.map(|kind| pki().client(kind).credential().chain().to_vec());
    assert_eq!(server.facts().peer, shown.unwrap_or_default());
    assert_eq!(server.facts().server_name.as_deref(), Some("server.test"));

    client.send(&[1; 40_000]).unwrap();
    server.send(b"both ways").unwrap();
    exchange(&mut client, &mut server, shape.chunk).unwrap();
    assert_eq!(server.data, [1; 40_000]);
    assert_eq!(client.data, b"both ways");

    let (mut ours, mut theirs) = ([0; 40], [0; 40]);
    client.connection.export(b"EXPORTER-test", Some(b"context"), &mut ours).unwrap();
    server.connection.export(b"EXPORTER-test", Some(b"context"), &mut theirs).unwrap();
    assert_eq!(ours, theirs);
    server.connection.export(b"EXPORTER-test", None, &mut theirs).unwrap();
    assert_ne!(ours, theirs);
}

#[test]
fn a_server_shows_what_the_client_can_verify() {
    let of_kind = |kind| SignatureScheme::of(kind).to_vec();
    for kind in [Kind::Rsa, Kind::Ed25519, Kind::EcdsaP256] {
        let server_is = vec![Kind::Ed25519, Kind::Rsa, Kind::EcdsaP256];
        let mut shape = Shape { server_is, ..Shape::default() };
        shape.client.schemes = of_kind(kind);
        // The authority signs with ECDSA, but that is no matter of this extension for the leaf.
        let (client, _) = shape.connect(None);
        assert_eq!(client.facts().peer, pki().server(kind).credential().chain());
    }
}

#[test]
fn every_scheme_signs_for_either_end() {
    for kind in [Kind::Rsa, Kind::EcdsaP256, Kind::Ed25519] {
        for scheme in SignatureScheme::of(kind) {
            let mut shape = Shape {
                server_is: vec![kind],
                client_auth: ClientAuth::Required,
                client_is: Some(kind),
                ..Shape::default()
            };
            shape.client.schemes = vec![*scheme];
            shape.server.schemes = vec![*scheme];
            shape.connect(None);
        }
    }
}

#[test]
fn an_ecdsa_certificate_is_for_clients_that_have_offered_its_curve() {
    let mut shape = Shape { server_is: vec![Kind::EcdsaP256, Kind::Rsa], ..Shape::default() };
    shape.client.groups = vec![NamedGroup::X25519];
    let (client, _) = shape.connect(None);
    assert_eq!(client.facts().peer, pki().server(Kind::Rsa).credential().chain());
    shape.server_is = vec![Kind::EcdsaP256];
    assert_eq!(shape.fails(None), (Failing::Server, Error::Incompatible(Incompatible::Suite)));
}

#[test]
fn the_servers_order_of_suites_and_groups_decides() {
    let mut shape = Shape { server_is: vec![Kind::Rsa], ..Shape::default() };
    shape.server.suites.reverse();
    shape.server.groups.reverse();
    let (client, _) = shape.connect(None);
    assert_eq!(client.facts().suite, CipherSuite::EcdheRsaWithChacha20Poly1305Sha256);
    assert_eq!(client.facts().group, Some(NamedGroup::Secp256r1));
}

#[test]
fn nothing_in_common_is_a_handshake_failure() {
    let mut suites = Shape::default();
    suites.client.suites = vec![CipherSuite::EcdheRsaWithAes128GcmSha256];
    assert_eq!(suites.fails(None), (Failing::Server, Error::Incompatible(Incompatible::Suite)));

    let mut groups = Shape { server_is: vec![Kind::Rsa], ..Shape::default() };
    groups.client.groups = vec![NamedGroup::X25519];
    groups.server.groups = vec![NamedGroup::Secp256r1];
    assert_eq!(groups.fails(None), (Failing::Server, Error::Incompatible(Incompatible::Group)));

    let mut schemes = Shape::default();
    schemes.client.schemes = vec![SignatureScheme::Ed25519];
    assert_eq!(schemes.fails(None), (Failing::Server, Error::Incompatible(Incompatible::Scheme)));
}

#[test]
fn protocols_are_agreed_on_or_the_client_is_told_that_there_is_none() {
    let list = |names: &[&str]| names.iter().map(|name| name.as_bytes().to_vec()).collect::<Vec<_>>();
    let mut shape = Shape { server_alpn: list(&["h2", "http/1.1"]), ..Shape::default() };
    shape.client.alpn = list(&["http/1.1", "h2"]);
    let (client, server) = shape.connect(None);
    assert_eq!(client.facts().alpn.as_deref(), Some(&b"h2"[..]));
    assert_eq!(server.facts().alpn.as_deref(), Some(&b"h2"[..]));

    // Who does not ask gets none; who does not answer is not asked again.
    shape.client.alpn.clear();
    assert_eq!(shape.connect(None).0.facts().alpn, None);
    shape.client.alpn = list(&["h2"]);
    shape.server_alpn.clear();
    assert_eq!(shape.connect(None).0.facts().alpn, None);

    shape.server_alpn = list(&["http/1.1"]);
    assert_eq!(shape.fails(None), (Failing::Server, Error::Incompatible(Incompatible::Protocol)));
}

#[test]
fn the_name_chooses_the_host() {
    let shape = Shape { server_is: vec![Kind::EcdsaP256], ..Shape::default() };
    let other = Shape { server_is: vec![Kind::Ed25519], ..Shape::default() };
    let hosts = || vec![other.host("other.test"), shape.host("*.test")];
    let mut server = shape.server_with(Box::new(ServerDesk::new(hosts(), None)));
    let mut client = shape.client_end(None);
    exchange(&mut client, &mut server, shape.chunk).unwrap();
    assert_eq!(client.facts().peer, pki().server(Kind::EcdsaP256).credential().chain());

    let elsewhere = Shape { name: "server.example", ..Shape::default() };
    let mut server = shape.server_with(Box::new(ServerDesk::new(hosts(), None)));
    let mut client = elsewhere.client_end(None);
    let failed = exchange(&mut client, &mut server, shape.chunk).unwrap_err();
    assert_eq!(failed, (Failing::Server, Error::Declined(Declined::Host)));
    assert_eq!(server.tape.alerts_out, [AlertDescription::UnrecognizedName]);
}

#[test]
fn an_address_is_not_said_but_verified() {
    let shape = Shape { name: "192.0.2.1", ..Shape::default() };
    let (_, server) = shape.connect(None);
    assert_eq!(server.facts().server_name, None);
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let shape = Shape { name: "elsewhere.test", ..Shape::default() };
    let (failing, error) = shape.fails(None);
    assert_eq!((failing, error.alert()), (Failing::Client, Some(AlertDescription::BadCertificate)));
    assert!(matches!(error, Error::Path(x509::PathErrorKind::NameMismatch)));
}

#[test]
fn a_required_client_certificate_is_required() {
    let shape = Shape { client_auth: ClientAuth::Required, ..Shape::default() };
    let failed = shape.fails(None);
    assert_eq!(failed, (Failing::Server, Error::Misbehaved(Misbehaviour::CertificateRequired)));
    assert_eq!(failed.1.alert(), Some(AlertDescription::HandshakeFailure));
}

#[test]
fn a_client_certificate_that_the_server_cannot_verify_is_not_shown() {
    let client_is = Some(Kind::Ed25519);
    let mut shape = Shape { client_auth: ClientAuth::Optional, client_is, ..Shape::default() };
    shape.server.schemes = SignatureScheme::of(Kind::EcdsaP256).to_vec();
    let (_, server) = shape.connect(None);
    assert!(server.facts().peer.is_empty());
}

#[test]
fn a_servers_certificate_does_not_make_a_client() {
    let shape = Shape { client_auth: ClientAuth::Required, ..Shape::default() };
    let (mut client, mut server) = shape.ends();
    client.desk = Box::new(ClientDesk { identities: vec![pki().server(Kind::EcdsaP256)] });
    let (failing, error) = exchange(&mut client, &mut server, shape.chunk).unwrap_err();
    assert_eq!((failing, error), (Failing::Server, Error::Path(x509::PathErrorKind::WrongUsage)));
    assert_eq!(error.alert(), Some(AlertDescription::UnsupportedCertificate));
}

#[test]
fn a_clients_certificate_does_not_make_a_server() {
    let shape = Shape::default();
    let host = LocalHost {
        names: Vec::new(),
        identities: vec![pki().client(Kind::EcdsaP256)],
        client_auth: ClientAuth::None,
        alpn: Vec::new(),
    };
    let mut server = shape.server_with(Box::new(ServerDesk::new(vec![host], None)));
    let mut client = shape.client_end(None);
    let (failing, error) = exchange(&mut client, &mut server, shape.chunk).unwrap_err();
    assert_eq!(failing, Failing::Client);
    assert!(matches!(error, Error::Path(_)), "{error:?}");
}
