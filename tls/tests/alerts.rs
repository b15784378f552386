//! Each refusal: its error, and the one alert that says so (RFC 5246 §7.2.2).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use AlertDescription as A;
use Misbehaviour as M;
use common::hello::{Hello, message, record};
use common::pki::Kind;
use common::{Failing, Shape, assert_refuses, exchange, exchange_through, records};
use tls::*;

#[test]
fn records_that_are_not_tls_are_refused_at_their_header() {
    let unknown = Error::Decode(Structure::Record);
    let version = Error::Incompatible(Incompatible::Version);
    let long = Error::RecordTooLong;
    let cases: &[(&str, &[u8], Error, A)] = &[
        ("HTTP", b"GET / HTTP/1.1\r\n", unknown, A::UnexpectedMessage),
        ("SSH", b"SSH-2.0-x\r\n", unknown, A::UnexpectedMessage),
        (
            "SSL 2",
            b"\x80\x2e\x01\x03\x03\x00\x15",
            Error::Incompatible(Incompatible::Ssl2),
            A::ProtocolVersion,
        ),
        ("heartbeat", &[24, 3, 3, 0, 3], unknown, A::UnexpectedMessage),
        ("another protocol's version", &[22, 4, 0, 0, 5], version, A::ProtocolVersion),
        ("too long", &[22, 3, 1, 0x40, 0x01], long, A::RecordOverflow),
        ("much too long", &[22, 3, 1, 0xff, 0xff], long, A::RecordOverflow),
        ("empty", &[22, 3, 1, 0, 0], Error::Misbehaved(M::EmptyRecord), A::UnexpectedMessage),
        ("an empty alert", &[21, 3, 1, 0, 0], Error::Misbehaved(M::EmptyRecord), A::UnexpectedMessage),
        ("an empty CCS", &[20, 3, 3, 0, 0], Error::Misbehaved(M::EmptyRecord), A::UnexpectedMessage),
        (
            "a long CCS",
            &[20, 3, 3, 0, 2, 1, 1],
            Error::Misbehaved(M::BadChangeCipherSpec),
            A::UnexpectedMessage,
        ),
        ("CCS of 2", &[20, 3, 3, 0, 1, 2], Error::Misbehaved(M::BadChangeCipherSpec), A::UnexpectedMessage),
        ("half an alert", &[21, 3, 1, 0, 1, 2], Error::Decode(Structure::Alert), A::DecodeError),
        ("two alerts", &[21, 3, 1, 0, 4, 1, 90, 1, 90], Error::Decode(Structure::Alert), A::DecodeError),
        ("an alert of level 3", &[21, 3, 1, 0, 2, 3, 90], Error::Decode(Structure::Alert), A::DecodeError),
    ];
    for (why, bytes, error, alert) in cases {
        assert_refuses(&mut Shape::default().server_end(), bytes.to_vec(), *error, Some(*alert), why);
        assert_refuses(&mut Shape::default().client_end(None), bytes.to_vec(), *error, Some(*alert), why);
    }
}

#[test]
fn a_message_that_is_too_long_is_refused_before_it_is_there() {
    for (kind, length) in [(1, (16 << 10) + 1), (11, (16 << 10) + 1), (11, 0xff_ffff), (99, 257)] {
        let header = u32::to_be_bytes(length);
        let bytes = record(22, &[kind, header[1], header[2], header[3]]);
        let error = Error::Misbehaved(M::MessageTooLong);
        let (mut server, mut client) = Shape::default().ends();
        assert_refuses(&mut server, bytes.clone(), error, Some(A::IllegalParameter), "server");
        assert_refuses(&mut client, bytes, error, Some(A::IllegalParameter), "client");
    }
}

#[test]
fn alerts_of_the_peer_are_not_answered() {
    for description in [40, 42, 50, 80, 0, 255] {
        let error = Error::PeerAlert(description.into());
        let bytes = record(21, &[2, description]);
        assert_refuses(&mut Shape::default().client_end(None), bytes, error, None, "a fatal alert");
    }
    // A warning is no end; leaving during the handshake is.
    let mut client = Shape::default().client_end(None);
    assert_eq!(client.feed(&mut record(21, &[1, 112])), Ok(7));
    let error = Error::PeerAlert(A::CloseNotify);
    assert_refuses(&mut client, record(21, &[1, 0]), error, None, "it left");
}

#[test]
fn a_record_of_another_version_is_refused_once_the_version_is_known() {
    let (mut client, mut server) = Shape::default().ends();
    let failed = exchange_through(&mut client, &mut server, 1 << 20, |from, bytes| {
        if from == Failing::Client && bytes[5] == 16 {
            bytes[2] = 2;
        }
    });
    assert_eq!(failed, Err((Failing::Server, Error::Misbehaved(M::RecordVersion))));
    assert_eq!(server.tape.alerts_out, [A::ProtocolVersion]);
}

/// Changes the first message of this kind that goes by; it must stand in a record of its own.
fn changed(kind: u8, change: impl Fn(&mut Vec<u8>)) -> impl FnMut(Failing, &mut Vec<u8>) {
    move |_, bytes| {
        let found =
            records(bytes).into_iter().find(|(of, range)| *of == 22 && bytes[range.start + 5] == kind);
        if let Some((_, range)) = found {
            let mut body = bytes[range.start + 9..range.end].to_vec();
            change(&mut body);
            bytes.splice(range, record(22, &message(kind, &body)));
        }
    }
}

#[test]
fn bad_messages_of_the_key_exchange_each_have_their_alert() {
    let misbehaved = Error::Misbehaved;
    let of = |kind| Error::Decode(Structure::Handshake(kind));
    type Change = fn(&mut Vec<u8>);
    let cases: &[(&str, u8, Change, Error, A)] = &[
        ("no certificate", 11, |b| *b = vec![0; 3], misbehaved(M::EmptyCertificate), A::DecodeError),
        (
            "an empty certificate",
            11,
            |b| *b = vec![0, 0, 3, 0, 0, 0],
            of(HandshakeType::Certificate),
            A::DecodeError,
        ),
        ("no DER", 11, |b| *b = vec![0, 0, 5, 0, 0, 2, 9, 9], Error::BadCertificate, A::BadCertificate),
        ("explicit curve", 12, |b| b[0] = 1, misbehaved(M::WrongGroup), A::IllegalParameter),
        ("secp521r1", 12, |b| b[2] = 25, misbehaved(M::WrongGroup), A::IllegalParameter),
        ("secp384r1", 12, |b| b[2] = 24, misbehaved(M::WrongGroup), A::IllegalParameter),
        ("no share", 12, |b| b[3] = 0, of(HandshakeType::ServerKeyExchange), A::DecodeError),
        ("another share", 12, |b| b[10] ^= 1, misbehaved(M::BadSignature), A::DecryptError),
        (
            "another scheme",
            12,
            |b| b[36..38].copy_from_slice(&[5, 3]),
            misbehaved(M::BadSignature),
            A::DecryptError,
        ),
        (
            "SHA-1",
            12,
            |b| b[36..38].copy_from_slice(&[2, 3]),
            misbehaved(M::WrongScheme),
            A::IllegalParameter,
        ),
        (
            "RSA by EC",
            12,
            |b| b[36..38].copy_from_slice(&[8, 4]),
            misbehaved(M::WrongScheme),
            A::IllegalParameter,
        ),
        ("no signature", 12, |b| b.truncate(38), of(HandshakeType::ServerKeyExchange), A::DecodeError),
        ("a byte more", 12, |b| b.push(0), of(HandshakeType::ServerKeyExchange), A::DecodeError),
        ("a byte in done", 14, |b| b.push(0), of(HandshakeType::ServerHelloDone), A::DecodeError),
        (
            "no share of the client",
            16,
            |b| *b = vec![0],
            of(HandshakeType::ClientKeyExchange),
            A::DecodeError,
        ),
        ("a short share", 16, |b| *b = vec![1, 4], misbehaved(M::BadShare), A::IllegalParameter),
        ("a share of order one", 16, |b| b[1..].fill(0), misbehaved(M::BadShare), A::IllegalParameter),
        ("a byte more in the share", 16, |b| b.push(0), of(HandshakeType::ClientKeyExchange), A::DecodeError),
        ("another ticket", 4, |b| b[9] ^= 1, misbehaved(M::BadFinished), A::DecryptError),
    ];
    for (why, kind, change, error, alert) in cases {
        let (mut client, mut server) = Shape::default().ends();
        let failed = exchange_through(&mut client, &mut server, 1 << 20, changed(*kind, change));
        assert_eq!(failed.map_err(|(_, error)| error), Err(*error), "{why}");
        assert_eq!([client.tape.alerts_out, server.tape.alerts_out].concat(), [*alert], "{why}");
    }
}

#[test]
fn points_off_the_curve_are_refused() {
    let mut shape = Shape::default();
    shape.server.groups = vec![NamedGroup::Secp256r1];
    let cases: [fn(&mut Vec<u8>); 4] = [
        |b| b[64] ^= 1,
        |b| b[1] = 2,
        |b| b[1..].fill(0),
        |b| {
            b[0] = 33;
            b.truncate(34);
            b[1] = 2;
        },
    ];
    for change in cases {
        let (mut client, mut server) = shape.ends();
        let failed = exchange_through(&mut client, &mut server, 1 << 20, changed(16, change));
        assert_eq!(failed, Err((Failing::Server, Error::Misbehaved(M::BadShare))));
    }
}

#[test]
fn a_bad_client_signature_is_a_decrypt_error() {
    let shape =
        Shape { client_auth: ClientAuth::Required, client_is: Some(Kind::EcdsaP256), ..Shape::default() };
    type Change = fn(&mut Vec<u8>);
    let cases: [(Change, M, A); 3] = [
        (|b| *b.last_mut().unwrap() ^= 1, M::BadSignature, A::DecryptError),
        (|b| b[..2].copy_from_slice(&[8, 7]), M::WrongScheme, A::IllegalParameter),
        (|b| b[..2].copy_from_slice(&[2, 3]), M::WrongScheme, A::IllegalParameter),
    ];
    for (change, misbehaviour, alert) in cases {
        let (mut client, mut server) = shape.ends();
        let failed = exchange_through(&mut client, &mut server, 1 << 20, changed(15, change));
        assert_eq!(failed, Err((Failing::Server, Error::Misbehaved(misbehaviour))));
        assert_eq!(server.tape.alerts_out, [alert]);
    }
}

#[test]
fn a_key_that_does_not_sign_ends_the_handshake() {
    struct Mute(desk::ServerDesk);
    impl Desk for Mute {
        fn answer(&mut self, question: Question<'_>, world: &mut World<'_>) -> Option<Answer> {
            match question {
                Question::Sign { .. } => Some(Answer::Signature(None)),
                Question::Host(_)
                | Question::FindSession { .. }
                | Question::KeepSession(_)
                | Question::Credential { .. } => self.0.answer(question, world),
            }
        }
    }
    let shape = Shape::default();
    let (mut client, mut server) = shape.ends();
    server.desk = Box::new(Mute(shape.server_desk()));
    let failed = exchange(&mut client, &mut server, 1).unwrap_err();
    assert_eq!(failed, (Failing::Server, Error::Declined(Declined::Signature)));
    assert_eq!(server.tape.alerts_out, [A::HandshakeFailure]);
}

#[test]
fn wrong_answers_change_nothing() {
    let (mut client, mut server) = Shape::default().ends();
    let mut hello = client.take();
    let mut wire = Wire::new(&mut hello);
    let (connection, out, _, mut world) = server.parts();
    // Asked again until it is answered.
    for _ in 0..2 {
        assert!(matches!(connection.poll(&mut wire, out, &mut world), Ok(Event::Asked)));
    }
    assert_eq!(connection.answer(Answer::Kept(None), out, &mut world), Err(Refused::WrongAnswer));
    assert!(out.is_empty());
    server.answer().unwrap();
    let (connection, out, _, mut world) = client.parts();
    assert_eq!(connection.answer(Answer::Kept(None), out, &mut world), Err(Refused::NoQuestion));
    server.feed(&mut []).unwrap();
    exchange(&mut client, &mut server, 1).unwrap();
    assert!(client.connection.is_open() && server.connection.is_open());
}

/// What a client has not offered it does not take, not even from a server that was told something else.
#[test]
fn what_was_not_offered_is_not_taken_though_we_could() {
    let meddled = |shape: &Shape, kind: u8, change: &dyn Fn(&mut Hello)| {
        let (mut client, mut server) = shape.ends();
        let failed = exchange_through(&mut client, &mut server, 1 << 20, |_, bytes| {
            if bytes[5] == kind && bytes[0] == 22 {
                let range = records(bytes)[0].1.clone();
                let mut hello = Hello::read(&bytes[range.clone()][5..]);
                change(&mut hello);
                bytes.splice(range, record(22, &hello.write()));
            }
        });
        failed.unwrap_err()
    };
    let refused = |misbehaviour| (Failing::Client, Error::Misbehaved(misbehaviour));
    // The server believes that secp256r1 was offered: for the key of its certificate, or for the exchange.
    let both: &dyn Fn(&mut Hello) = &|hello| *hello.extension(10) = vec![0, 4, 0, 29, 0, 23];
    let mut shape = Shape::default();
    shape.client.groups = vec![NamedGroup::X25519];
    assert_eq!(meddled(&shape, 1, both), refused(M::WrongKey));
    let mut shape = Shape { server_is: vec![Kind::Rsa], ..Shape::default() };
    shape.client.groups = vec![NamedGroup::X25519];
    shape.server.groups = vec![NamedGroup::Secp256r1];
    assert_eq!(meddled(&shape, 1, both), refused(M::WrongGroup));
    // The same with a scheme that its key could sign by.
    let mut shape = Shape::default();
    shape.client.schemes = vec![SignatureScheme::EcdsaSecp256r1Sha256];
    let other: &dyn Fn(&mut Hello) = &|hello| *hello.extension(13) = vec![0, 2, 5, 3];
    assert_eq!(meddled(&shape, 1, other), refused(M::WrongScheme));
    // A suite that we did offer, but not for such a key.
    let rsa: &dyn Fn(&mut Hello) = &|hello| hello.suites = vec![0xc0, 0x2f];
    assert_eq!(meddled(&Shape::default(), 2, rsa), refused(M::WrongKey));
}
