//! Somebody between the two ends changes a byte: nobody is fooled, nobody panics, and who notices says why.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use AlertDescription as A;
use common::pki::Kind;
use common::{End, Failing, Shape, exchange_through, records};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;
use tls::*;

/// Runs a handshake in which byte `at` of what `from` sends is changed, and judges it.
fn judge(shape: &Shape, ticket: Option<Ticket>, from: Failing, at: usize, mask: u8) {
    let what = format!("byte {at} of the {from:?}, {mask:#04x}");
    let (mut client, mut server) = (shape.client_end(ticket), shape.server_end());
    let mut passed = 0;
    let mut hit = None;
    let result = exchange_through(&mut client, &mut server, shape.chunk, |who, bytes| {
        if who == from {
            if let Some(byte) = at.checked_sub(passed).filter(|at| *at < bytes.len()) {
                hit = Some(if at == 2 { Place::FirstVersion } else { place(bytes, byte) });
                bytes[byte] ^= mask;
            }
            passed += bytes.len();
        }
    });
    if hit.is_none() {
        return; // the handshake was shorter, because of another session
    }
    let heard = |end: &End| {
        let all = [end.tape.messages_in.clone(), end.tape.messages_out.clone()].concat();
        all.into_iter().map(|(_, _, raw)| raw).collect::<BTreeSet<_>>()
    };
    match result {
        // Done after all: then both must have heard the same, and it was a byte that no transcript covers.
        Ok(()) if client.connection.is_open() && server.connection.is_open() => {
            assert_eq!(heard(&client), heard(&server), "{what}");
            assert_eq!(hit, Some(Place::FirstVersion), "{what}");
        }
        // They wait for more than will come: the end of the transport is no end of the handshake.
        Ok(()) => {
            assert!(client.connection.transport_ended().is_err(), "{what}");
            assert!(server.connection.transport_ended().is_err(), "{what}");
        }
        Err((failing, error)) => {
            let end = if failing == Failing::Client { &client } else { &server };
            let expected: Vec<A> = error.alert().into_iter().collect();
            assert_eq!(end.tape.alerts_out, expected, "{what}: {error:?}");
            if let Some(alert) = error.alert() {
                let place = hit.unwrap();
                assert!(place.alerts().contains(&alert), "{what} in {place:?}: {error:?} {alert:?}");
            }
            assert!(!(client.connection.is_open() && server.connection.is_open()), "{what}");
        }
    }
}

/// Where in the stream the byte is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    /// The minor version of a first record: nobody knows yet what it must be.
    FirstVersion,
    Header,
    ChangeCipherSpec,
    Message(u8),
    Sealed,
}
impl Place {
    fn alerts(self) -> &'static [A] {
        match self {
            Self::FirstVersion => &[],
            // Another type, version or length of a record.
            Self::Header => &[
                A::UnexpectedMessage,
                A::ProtocolVersion,
                A::RecordOverflow,
                A::DecodeError,
                A::BadRecordMac,
                A::IllegalParameter,
                A::DecryptError,
            ],
            Self::ChangeCipherSpec => &[A::UnexpectedMessage],
            // What the server offers or the client chooses may be unacceptable, unreadable, or differ from what was sent.
            Self::Message(1 | 2) => &[
                A::DecodeError,
                A::IllegalParameter,
                A::HandshakeFailure,
                A::ProtocolVersion,
                A::UnsupportedExtension,
                A::UnexpectedMessage,
                A::UnrecognizedName,
                A::NoApplicationProtocol,
                A::DecryptError,
                A::BadRecordMac,
                A::InappropriateFallback,
            ],
            // Certificates: unreadable, untrusted, or of another key than the one that signed.
            Self::Message(11) => &[
                A::BadCertificate,
                A::UnknownCa,
                A::UnsupportedCertificate,
                A::CertificateExpired,
                A::DecodeError,
                A::IllegalParameter,
                A::UnexpectedMessage,
                A::DecryptError,
                A::HandshakeFailure,
            ],
            Self::Message(_) => &[
                A::DecodeError,
                A::IllegalParameter,
                A::UnexpectedMessage,
                A::DecryptError,
                A::HandshakeFailure,
                A::BadRecordMac,
            ],
            Self::Sealed => &[A::BadRecordMac],
        }
    }
}

/// `bytes` is a burst, and begins with a record.
fn place(bytes: &[u8], at: usize) -> Place {
    let mut sealed = false;
    for (kind, range) in records(bytes) {
        let inside = at.wrapping_sub(range.start);
        if range.contains(&at) {
            return match inside {
                0..5 => Place::Header,
                _ if kind == 20 => Place::ChangeCipherSpec,
                _ if sealed => Place::Sealed,
                _ => Place::Message(bytes[range.start + 5]),
            };
        }
        sealed |= kind == 20;
    }
    panic!("in no record");
}

fn every_byte(shape: &Shape, ticket: impl Fn() -> Option<Ticket>) {
    let (client, server) = shape.connect(ticket());
    for (from, length) in [(Failing::Client, client.sent.len()), (Failing::Server, server.sent.len())] {
        for at in 0..length {
            // One bit, a different one from byte to byte; and all of them.
            judge(shape, ticket(), from, at, 1 << (at % 8));
            judge(shape, ticket(), from, at, 0xff);
        }
    }
}

#[test]
fn no_byte_of_a_handshake_can_be_changed_unnoticed() {
    let mut shape = Shape { server_alpn: vec![b"h2".to_vec()], ..Shape::default() };
    shape.client.alpn = vec![b"h2".to_vec()];
    every_byte(&shape, || None);
}

#[test]
fn no_byte_of_a_handshake_with_a_client_certificate_can_be_changed_unnoticed() {
    let shape =
        Shape { client_auth: ClientAuth::Required, client_is: Some(Kind::EcdsaP256), ..Shape::default() };
    every_byte(&shape, || None);
}

#[test]
fn no_byte_of_a_resumption_can_be_changed_unnoticed() {
    let shape = Shape::default();
    every_byte(&shape, || shape.connect(None).0.ticket);
}

#[test]
fn no_record_can_be_dropped_doubled_or_exchanged() {
    let shape = Shape::default();
    let (client, server) = shape.connect(None);
    for (from, stream) in [(Failing::Client, &client.sent), (Failing::Server, &server.sent)] {
        for index in 0..records(stream).len() {
            for trick in 0..3 {
                let (mut client, mut server) = shape.ends();
                let mut seen = 0;
                let result = exchange_through(&mut client, &mut server, shape.chunk, |who, bytes| {
                    if who != from {
                        return;
                    }
                    let all = records(bytes);
                    if let Some((_, range)) = index.checked_sub(seen).and_then(|index| all.get(index)) {
                        let record = bytes[range.clone()].to_vec();
                        match trick {
                            0 => drop(bytes.drain(range.clone())),
                            1 => drop(bytes.splice(range.start..range.start, record)),
                            _ => {
                                bytes.drain(range.clone());
                                bytes.extend(record);
                            }
                        }
                    }
                    seen += all.len();
                });
                let open = client.connection.is_open() && server.connection.is_open();
                // The last record of a burst, put last, is where it was.
                let untouched = trick == 2 && result.is_ok();
                assert!(!open || untouched, "{from:?} {index} {trick}");
            }
        }
    }
}

#[test]
fn however_a_stream_is_edited_it_neither_panics_nor_connects() {
    let shape = Shape::default();
    let (client, server) = shape.connect(None);
    let mut random = ChaCha20Rng::seed_from_u64(11);
    let mut below = |most: usize| usize::try_from(random.next_u32()).unwrap() % most;
    for _ in 0..3_000 {
        let at_server = below(2) == 0;
        let (original, mut end) = match at_server {
            true => (&client.sent, shape.server_end()),
            false => (&server.sent, shape.client_end(None)),
        };
        let mut stream = original.clone();
        for _ in 0..=below(4) {
            let (at, other) = (below(stream.len()), below(stream.len()));
            let (from, to) = (at.min(other), at.max(other));
            match below(5) {
                0 => stream[at] = below(256).to_le_bytes()[0],
                1 => drop(stream.drain(from..to.min(from + 20))),
                2 => drop(stream.splice(from..from, original[..below(40)].iter().copied())),
                3 => stream[from..=to].rotate_left(1),
                _ => stream.truncate(at + 1),
            }
        }
        let before = end.out.len();
        let fed = end.feed(&mut stream.clone());
        assert!(end.tape.alerts_out.len() <= 1);
        assert!(end.out.len() - before < 4_000, "no stream makes us talk without end");
        // But for the one byte that nobody judges.
        stream.get_mut(2).zip(original.get(2)).into_iter().for_each(|(byte, right)| *byte = *right);
        let same = stream == *original;
        assert_eq!(end.connection.is_open() && fed.is_ok(), same);
    }
}
