//! Hellos that are refused, each with its error and its alert, and hellos that are borne (RFC 5246 §7.4.1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use AlertDescription as A;
use Misbehaviour as M;
use common::hello::{Hello, record};
use common::{End, Shape, assert_refuses, records};
use tls::*;

const SERVER_NAME: u16 = 0;
const GROUPS: u16 = 10;
const POINT_FORMATS: u16 = 11;
const SCHEMES: u16 = 13;
const ALPN: u16 = 16;
const EXTENDED_MASTER_SECRET: u16 = 23;
const TICKET: u16 = 35;
const VERSIONS: u16 = 43;
const RENEGOTIATION: u16 = 0xff01;

#[test]
fn a_server_refuses_bad_hellos_each_in_its_way() {
    let decode = Error::Decode(Structure::Handshake(HandshakeType::ClientHello));
    let extension = |kind: u16| Error::Decode(Structure::Extension(kind.into()));
    let misbehaved = Error::Misbehaved;
    type Change = fn(&mut Hello);
    let cases: &[(&str, Change, Error, A)] = &[
        ("TLS 1.1", |h| h.version = [3, 2], Error::Incompatible(Incompatible::Version), A::ProtocolVersion),
        ("SSL 3", |h| h.version = [3, 0], Error::Incompatible(Incompatible::Version), A::ProtocolVersion),
        (
            "only TLS 1.3",
            |h| *h.extension(VERSIONS) = vec![2, 3, 4],
            Error::Incompatible(Incompatible::Version),
            A::ProtocolVersion,
        ),
        (
            "fallen back to TLS 1.1",
            |h| {
                h.version = [3, 2];
                h.suites = vec![0, 4, 0xc0, 0x2b, 0x56, 0x00];
            },
            Error::Incompatible(Incompatible::Fallback),
            A::InappropriateFallback,
        ),
        ("session id of 33 bytes", |h| h.session_id = vec![0; 33], decode, A::DecodeError),
        ("no suites", |h| h.suites = vec![0, 0], decode, A::DecodeError),
        ("half a suite", |h| h.suites = vec![0, 3, 0xc0, 0x2b, 0xc0], decode, A::DecodeError),
        (
            "only unknown suites",
            |h| h.suites = vec![0, 2, 0x13, 0x01],
            Error::Incompatible(Incompatible::Suite),
            A::HandshakeFailure,
        ),
        ("no compression methods", |h| h.compression = vec![0], decode, A::DecodeError),
        (
            "only compression",
            |h| h.compression = vec![1, 1],
            misbehaved(M::WrongCompression),
            A::IllegalParameter,
        ),
        ("bytes behind the extensions", |h| h.tail = vec![0], decode, A::DecodeError),
        (
            "an extension twice",
            |h| h.extensions.push((GROUPS, vec![0, 2, 0, 29])),
            misbehaved(M::DuplicateExtension),
            A::IllegalParameter,
        ),
        (
            "an unknown extension twice",
            |h| h.extensions.extend([(0x1a1a, vec![]), (0x1a1a, vec![])]),
            misbehaved(M::DuplicateExtension),
            A::IllegalParameter,
        ),
        ("no groups in the list", |h| *h.extension(GROUPS) = vec![0, 0], extension(GROUPS), A::DecodeError),
        ("bytes behind the groups", |h| h.extension(GROUPS).push(0), extension(GROUPS), A::DecodeError),
        (
            "no group of ours",
            |h| *h.extension(GROUPS) = vec![0, 2, 0, 25],
            Error::Incompatible(Incompatible::Suite),
            A::HandshakeFailure,
        ),
        (
            "no scheme of ours",
            |h| *h.extension(SCHEMES) = vec![0, 2, 2, 3],
            Error::Incompatible(Incompatible::Scheme),
            A::HandshakeFailure,
        ),
        (
            "no schemes, which means SHA-1",
            |h| h.without(SCHEMES),
            Error::Incompatible(Incompatible::Scheme),
            A::HandshakeFailure,
        ),
        ("an empty list of names", |h| *h.extension(SERVER_NAME) = vec![0, 0], extension(0), A::DecodeError),
        (
            "two names",
            |h| *h.extension(SERVER_NAME) = b"\0\x08\0\0\x01a\0\0\x01b".to_vec(),
            extension(0),
            A::DecodeError,
        ),
        (
            "a name that is none",
            |h| *h.extension(SERVER_NAME) = b"\0\x06\0\0\x03a b".to_vec(),
            misbehaved(M::BadServerName),
            A::IllegalParameter,
        ),
        (
            "somebody else's name",
            |h| *h.extension(SERVER_NAME) = b"\0\x0a\0\0\x07x.y.com".to_vec(),
            Error::Declined(Declined::Host),
            A::UnrecognizedName,
        ),
        ("an empty list of protocols", |h| *h.extension(ALPN) = vec![0, 0], extension(ALPN), A::DecodeError),
        ("an empty protocol", |h| *h.extension(ALPN) = vec![0, 1, 0], extension(ALPN), A::DecodeError),
        (
            "other protocols",
            |h| *h.extension(ALPN) = b"\0\x02\x01x".to_vec(),
            Error::Incompatible(Incompatible::Protocol),
            A::NoApplicationProtocol,
        ),
        (
            "only compressed points",
            |h| *h.extension(POINT_FORMATS) = vec![1, 1],
            misbehaved(M::WrongPointFormats),
            A::IllegalParameter,
        ),
        (
            "a body in extended_master_secret",
            |h| h.extension(EXTENDED_MASTER_SECRET).push(0),
            extension(EXTENDED_MASTER_SECRET),
            A::DecodeError,
        ),
        (
            "a renegotiation",
            |h| *h.extension(RENEGOTIATION) = vec![1, 0],
            misbehaved(M::BadRenegotiationInfo),
            A::HandshakeFailure,
        ),
    ];
    let shape = Shape { server_alpn: vec![b"h2".to_vec()], ..Shape::default() };
    for (why, change, error, alert) in cases {
        let sent = shape.client_end(None).take();
        let mut hello = Hello::read(&sent[5..]);
        change(&mut hello);
        assert_refuses(&mut shape.server_end(), record(22, &hello.write()), *error, Some(*alert), why);
    }
}

#[test]
fn a_server_bears_what_it_does_not_know() {
    type Change = fn(&mut Hello);
    let cases: &[Change] = &[
        |_| {},
        |h| h.version = [3, 9],
        |h| h.compression = vec![2, 1, 0],
        |h| h.without(SERVER_NAME),
        |h| h.without(POINT_FORMATS),
        |h| h.without(EXTENDED_MASTER_SECRET),
        |h| h.without(TICKET),
        |h| h.without(GROUPS),
        |h| {
            h.without(RENEGOTIATION);
            h.suites = vec![0, 4, 0x00, 0xff, 0xc0, 0x2b];
        },
        |h| h.suites = vec![0, 6, 0x56, 0x00, 0xfa, 0xfa, 0xc0, 0x2b],
        |h| *h.extension(VERSIONS) = vec![4, 0x7a, 0x7a, 3, 3],
        |h| h.extensions.push((0xdada, vec![1, 2, 3])),
        |h| *h.extension(TICKET) = vec![9; 300],
    ];
    let shape = Shape::default();
    for (case, change) in cases.iter().enumerate() {
        let sent = shape.client_end(None).take();
        let mut hello = Hello::read(&sent[5..]);
        change(&mut hello);
        let mut server = shape.server_end();
        server.feed(&mut record(22, &hello.write())).unwrap();
        let answer = Hello::read(&server.take()[5..]);
        // Every extension of the answer answers one of the hello; the signal counts as an extension.
        for (kind, _) in &answer.extensions {
            let asked = hello.extensions.iter().any(|(own, _)| own == kind);
            assert!(asked || *kind == RENEGOTIATION, "case {case}: {kind}");
        }
        assert!(answer.extensions.iter().any(|(kind, _)| *kind == RENEGOTIATION), "case {case}");
    }
}

#[test]
fn an_extended_master_secret_can_be_required() {
    let mut shape = Shape::default();
    shape.server.require_extended_master_secret = true;
    let sent = shape.client_end(None).take();
    let mut hello = Hello::read(&sent[5..]);
    hello.without(EXTENDED_MASTER_SECRET);
    let error = Error::Incompatible(Incompatible::ExtendedMasterSecret);
    let bytes = record(22, &hello.write());
    assert_refuses(&mut shape.server_end(), bytes, error, Some(A::HandshakeFailure), "the server's policy");

    shape.client.require_extended_master_secret = true;
    let (client, bytes) = client_and_hello(&shape, |h| h.without(EXTENDED_MASTER_SECRET));
    refuses(client, bytes, error, A::HandshakeFailure, "the client's policy");
}

/// A client that waits, and the ServerHello for it, changed.
fn client_and_hello(shape: &Shape, change: impl Fn(&mut Hello)) -> (End, Vec<u8>) {
    let (mut client, mut server) = shape.ends();
    server.feed(&mut client.take()).unwrap();
    let flight = server.take();
    let mut hello = Hello::read(&flight[records(&flight)[0].1.clone()][5..]);
    change(&mut hello);
    (client, record(22, &hello.write()))
}
fn refuses(mut client: End, bytes: Vec<u8>, error: Error, alert: A, why: &str) {
    assert_refuses(&mut client, bytes, error, Some(alert), why);
}

#[test]
fn a_client_refuses_bad_server_hellos_each_in_its_way() {
    let decode = Error::Decode(Structure::Handshake(HandshakeType::ServerHello));
    let version = Error::Incompatible(Incompatible::Version);
    let misbehaved = Error::Misbehaved;
    type Change = fn(&mut Hello);
    let cases: &[(&str, Change, Error, A)] = &[
        ("TLS 1.1", |h| h.version = [3, 2], version, A::ProtocolVersion),
        ("TLS 1.0", |h| h.version = [3, 1], version, A::ProtocolVersion),
        ("TLS 1.3, not offered", |h| h.version = [3, 4], version, A::ProtocolVersion),
        ("session id of 33 bytes", |h| h.session_id = vec![1; 33], decode, A::DecodeError),
        ("another suite", |h| h.suites = vec![0xcc, 0xaa], misbehaved(M::WrongSuite), A::IllegalParameter),
        ("the signal as suite", |h| h.suites = vec![0, 0xff], misbehaved(M::WrongSuite), A::IllegalParameter),
        (
            "a suite of ours that was not offered",
            |h| h.suites = vec![0xc0, 0x2c],
            misbehaved(M::WrongSuite),
            A::IllegalParameter,
        ),
        ("compression", |h| h.compression = vec![1], misbehaved(M::WrongCompression), A::IllegalParameter),
        (
            "an unknown extension",
            |h| h.extensions.push((0xdada, vec![])),
            misbehaved(M::UnsolicitedExtension),
            A::UnsupportedExtension,
        ),
        (
            "signature algorithms",
            |h| *h.extension(SCHEMES) = vec![0, 2, 4, 3],
            misbehaved(M::UnsolicitedExtension),
            A::UnsupportedExtension,
        ),
        (
            "a protocol, when none was offered",
            |h| *h.extension(ALPN) = b"\0\x03\x02h2".to_vec(),
            misbehaved(M::UnsolicitedExtension),
            A::UnsupportedExtension,
        ),
        (
            "an extension twice",
            |h| h.extensions.push((EXTENDED_MASTER_SECRET, vec![])),
            misbehaved(M::DuplicateExtension),
            A::IllegalParameter,
        ),
        (
            "a body in server_name",
            |h| *h.extension(SERVER_NAME) = vec![0],
            Error::Decode(Structure::Extension(ExtensionType::ServerName)),
            A::DecodeError,
        ),
        (
            "only compressed points",
            |h| *h.extension(POINT_FORMATS) = vec![1, 1],
            misbehaved(M::WrongPointFormats),
            A::IllegalParameter,
        ),
        (
            "a renegotiation",
            |h| *h.extension(RENEGOTIATION) = vec![2, 0, 0],
            misbehaved(M::BadRenegotiationInfo),
            A::HandshakeFailure,
        ),
        (
            "no secure renegotiation",
            |h| h.without(RENEGOTIATION),
            Error::Incompatible(Incompatible::SecureRenegotiation),
            A::HandshakeFailure,
        ),
        ("bytes behind the extensions", |h| h.tail = vec![0], decode, A::DecodeError),
    ];
    let mut shape = Shape::default();
    shape.client.suites = vec![CipherSuite::EcdheEcdsaWithAes128GcmSha256];
    for (why, change, error, alert) in cases {
        let (client, bytes) = client_and_hello(&shape, change);
        refuses(client, bytes, *error, *alert, why);
    }
}

#[test]
fn a_client_refuses_a_protocol_that_it_has_not_offered() {
    let mut shape = Shape::default();
    shape.client.alpn = vec![b"h2".to_vec()];
    let error = Error::Misbehaved(M::WrongProtocol);
    let (client, bytes) = client_and_hello(&shape, |h| *h.extension(ALPN) = b"\0\x03\x02h3".to_vec());
    refuses(client, bytes, error, A::IllegalParameter, "another protocol");
    let error = Error::Decode(Structure::Extension(ExtensionType::ApplicationLayerProtocolNegotiation));
    let (client, bytes) = client_and_hello(&shape, |h| *h.extension(ALPN) = b"\0\x06\x02h2\x02h3".to_vec());
    refuses(client, bytes, error, A::DecodeError, "two protocols");
}

#[test]
fn a_client_bears_groups_that_nobody_needs() {
    // Some load balancers say theirs. The client has sent that extension, so it is not uncalled for.
    let (mut client, mut bytes) =
        client_and_hello(&Shape::default(), |h| *h.extension(GROUPS) = vec![0, 2, 0, 23]);
    assert_eq!(client.feed(&mut bytes), Ok(bytes.len()));
}

#[test]
fn a_client_of_tls_1_2_bears_the_sign_of_a_server_that_could_do_more() {
    for sentinel in [b"DOWNGRD\x01", b"DOWNGRD\x00"] {
        let (mut client, mut bytes) =
            client_and_hello(&Shape::default(), |h| h.random[24..].copy_from_slice(sentinel));
        assert_eq!(client.feed(&mut bytes), Ok(bytes.len()));
    }
}

#[test]
fn resumption_neither_changes_the_suite_nor_loses_the_extended_master_secret() {
    let shape = Shape::default();
    type Change = fn(&mut Hello);
    let cases: [(Change, M, A); 2] = [
        (|h| h.suites = vec![0xc0, 0x2c], M::WrongSuite, A::IllegalParameter),
        (|h| h.without(EXTENDED_MASTER_SECRET), M::ExtendedMasterSecretLost, A::HandshakeFailure),
    ];
    for (change, misbehaviour, alert) in cases {
        let ticket = shape.connect(None).0.ticket.unwrap();
        let (mut client, mut server) = (shape.client_end(Some(ticket)), shape.server_end());
        server.feed(&mut client.take()).unwrap();
        let flight = server.take();
        let mut hello = Hello::read(&flight[records(&flight)[0].1.clone()][5..]);
        assert_eq!(hello.session_id.len(), 32);
        change(&mut hello);
        let bytes = record(22, &hello.write());
        refuses(client, bytes, Error::Misbehaved(misbehaviour), alert, "resumed");
    }
    // The server's side of it: the client had the extension when it got the ticket.
    let ticket = shape.connect(None).0.ticket.unwrap();
    let sent = shape.client_end(Some(ticket)).take();
    let mut hello = Hello::read(&sent[5..]);
    hello.without(EXTENDED_MASTER_SECRET);
    let error = Error::Misbehaved(M::ExtendedMasterSecretLost);
    let bytes = record(22, &hello.write());
    assert_refuses(&mut shape.server_end(), bytes, error, Some(A::HandshakeFailure), "resumed");
}
