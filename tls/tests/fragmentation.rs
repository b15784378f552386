//! How bytes are cut into records and reads makes no difference (RFC 5246 §6.2.1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::hello::{message, record};
use common::pki::{Kind, pki};
use common::{Failing, Shape, exchange, exchange_through, records};
use tls::desk::{Identity, LocalHost, ServerDesk};
use tls::*;

fn shapes() -> Vec<Shape> {
    let plain = Shape::default();
    let asked = Shape {
        client_auth: ClientAuth::Required,
        client_is: Some(Kind::EcdsaP256),
        server_is: vec![Kind::Ed25519],
        ..Shape::default()
    };
    vec![plain, asked]
}

#[test]
fn bytes_may_arrive_in_any_portions() {
    for shape in shapes() {
        let whole = shape.connect(None);
        for chunk in [1, 2, 3, 5, 7, 64, 700] {
            let piecemeal = Shape { chunk, ..shape.clone() }.connect(None);
            assert_eq!(whole.0.sent, piecemeal.0.sent);
            assert_eq!(whole.1.sent, piecemeal.1.sent);
            assert_eq!(whole.0.tape.lines, piecemeal.0.tape.lines);
            assert_eq!(whole.1.tape.lines, piecemeal.1.tape.lines);
        }
    }
}

/// Cuts the unprotected handshake records of a burst into records of at most `most` bytes, or joins neighbours.
fn recut(bytes: &mut Vec<u8>, most: usize) {
    let (mut out, mut pending) = (Vec::new(), Vec::new());
    let flush = |pending: &mut Vec<u8>, out: &mut Vec<u8>| {
        for piece in pending.chunks(most) {
            out.extend([22, 3, 3]);
            out.extend(u16::try_from(piece.len()).unwrap().to_be_bytes());
            out.extend(piece);
        }
        pending.clear();
    };
    let mut sealed = false;
    for (kind, range) in records(bytes) {
        if kind == 22 && !sealed {
            pending.extend(&bytes[range.start + 5..range.end]);
        } else {
            flush(&mut pending, &mut out);
            sealed |= kind == 20;
            out.extend(&bytes[range]);
        }
    }
    flush(&mut pending, &mut out);
    *bytes = out;
}

#[test]
fn messages_may_be_cut_into_records_of_one_byte_and_joined_into_one_record() {
    for shape in shapes() {
        let whole = shape.connect(None);
        for most in [1, 2, 3, 4, 5, 33, 1 << 14] {
            let (mut client, mut server) = shape.ends();
            exchange_through(&mut client, &mut server, shape.chunk, |_, bytes| recut(bytes, most)).unwrap();
            assert!(client.connection.is_open() && server.connection.is_open());
            assert_eq!(whole.0.sent, client.sent);
            assert_eq!(whole.1.sent, server.sent);
            let heard = |tape: &common::Tape| {
                tape.messages_in.iter().map(|(_, _, raw)| raw.clone()).collect::<Vec<_>>()
            };
            assert_eq!(heard(&whole.0.tape), heard(&client.tape));
            assert_eq!(heard(&whole.1.tape), heard(&server.tape));
        }
    }
}

#[test]
fn a_message_is_traced_where_its_first_byte_was() {
    let shape = Shape::default();
    let (mut client, mut server) = shape.ends();
    let mut wire = Vec::new();
    exchange_through(&mut client, &mut server, 1, |from, bytes| {
        if from == Failing::Server {
            recut(bytes, 3);
            wire.extend_from_slice(bytes);
        }
    })
    .unwrap();
    for (at, kind, raw) in &client.tape.messages_in {
        if *kind != HandshakeType::Finished {
            assert_eq!(wire[usize::try_from(*at).unwrap()], raw[0], "{kind:?} at {at}");
        }
    }
    // Without anybody between, both ends count alike.
    let (client, server) = shape.connect(None);
    let clear = |list: &[(u64, HandshakeType, Vec<u8>)]| list.to_vec();
    assert_eq!(clear(&client.tape.messages_in), clear(&server.tape.messages_out));
    assert_eq!(clear(&server.tape.messages_in), clear(&client.tape.messages_out));
}

#[test]
fn nothing_may_stand_inside_a_message_or_behind_a_flight() {
    let shape = Shape::default();
    let hello = shape.client_end(None).take();
    // A second message behind the ClientHello, in the same record.
    let mut server = shape.server_end();
    let mut bytes = hello.clone();
    let length = u16::try_from(bytes.len() - 5 + 1).unwrap();
    bytes[3..5].copy_from_slice(&length.to_be_bytes());
    bytes.push(1);
    assert_eq!(server.feed(&mut bytes), Err(Error::Misbehaved(Misbehaviour::NotAligned)));
    assert_eq!(server.take(), [21, 3, 3, 0, 2, 2, 10]);

    // A ChangeCipherSpec inside the ClientHello.
    let mut server = shape.server_end();
    let mut bytes = hello.clone();
    recut(&mut bytes, 100);
    bytes.splice(105..105, [20, 3, 3, 0, 1, 1]);
    assert_eq!(server.feed(&mut bytes), Err(Error::Misbehaved(Misbehaviour::NotAligned)));

    // A ChangeCipherSpec inside the ClientKeyExchange, and a byte of another message before it.
    for cut in [5, 20] {
        let (mut client, mut server) = shape.ends();
        let failed = exchange_through(&mut client, &mut server, shape.chunk, |from, bytes| {
            if from == Failing::Client && bytes[5] == 16 {
                let rest = bytes.split_off(5 + cut);
                let length = u16::try_from(cut).unwrap();
                bytes[3..5].copy_from_slice(&length.to_be_bytes());
                let after_key_exchange = rest.iter().position(|byte| *byte == 20).unwrap();
                bytes.extend(&rest[after_key_exchange..]);
            }
        });
        assert_eq!(failed, Err((Failing::Server, Error::Misbehaved(Misbehaviour::NotAligned))));
    }
}

#[test]
fn a_message_longer_than_a_record_is_cut_into_several() {
    // Fifty other certificates that no path needs.
    let own = pki().server(Kind::EcdsaP256);
    let mut chain = own.credential().chain().to_vec();
    chain.extend(core::iter::repeat_n(pki().server(Kind::Rsa).credential().chain()[0].clone(), 50));
    let length: usize = chain.iter().map(Vec::len).sum();
    assert!(length > 2 << 14 && length < 64 << 10);
    let host = LocalHost {
        names: Vec::new(),
        identities: vec![Identity::new(chain, pki().key(Kind::EcdsaP256)).unwrap()],
        client_auth: ClientAuth::None,
        alpn: Vec::new(),
    };
    let shape = Shape::default();
    let mut server = shape.server_with(Box::new(ServerDesk::new(vec![host], None)));
    let mut client = shape.client_end(None);
    exchange(&mut client, &mut server, 1_000).unwrap();
    assert!(client.connection.is_open());
    assert_eq!(client.facts().peer.len(), 51);
    assert!(records(&server.sent).iter().all(|(_, range)| range.len() <= 5 + (1 << 14)));
}

#[test]
fn a_server_may_know_hundreds_of_authorities() {
    // Ours names none, so they are put in on the way. The two have not heard the same then, but the client has listened.
    let (mut client, mut server) = Shape { client_auth: ClientAuth::Optional, ..Shape::default() }.ends();
    let failed = exchange_through(&mut client, &mut server, 1_000, |_, bytes| {
        let request =
            records(bytes).into_iter().find(|(of, range)| *of == 22 && bytes[range.start + 5] == 13);
        if let Some((_, range)) = request {
            let mut body = bytes[range.start + 9..range.end - 2].to_vec();
            body.extend(40_400u16.to_be_bytes());
            body.extend([&100u16.to_be_bytes()[..], &[7; 100]].concat().repeat(396));
            body.extend([0, 6, 1, 2, 3, 4, 5, 6]);
            bytes.splice(range, message(13, &body).chunks(1 << 14).flat_map(|piece| record(22, piece)));
        }
    });
    assert_eq!(failed, Err((Failing::Server, Error::BadRecord)));
}
