//! The ends of connections: closed, half closed, cut off, cancelled (RFC 5246 §7.2.1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::{End, Shape, exchange, records};
use tls::*;

#[test]
fn a_close_is_half_a_close() {
    let (mut client, mut server) = Shape::default().connect(None);
    client.close();
    assert_eq!(client.send(b"x"), Err(Refused::Closed));
    server.send(b"still here").unwrap();
    exchange(&mut client, &mut server, 1).unwrap();
    assert!(server.peer_closed && !client.peer_closed);
    assert_eq!(client.data, b"still here");
    assert_eq!(server.connection.transport_ended(), Ok(()));
    assert_eq!(client.connection.transport_ended(), Err(Error::Truncated));
}

#[test]
fn closing_twice_says_it_once() {
    let (mut client, mut server) = Shape::default().connect(None);
    client.close();
    client.close();
    assert_eq!(records(&client.out).len(), 1);
    exchange(&mut client, &mut server, 1).unwrap();
    server.close();
    exchange(&mut client, &mut server, 1).unwrap();
    assert_eq!(client.connection.transport_ended(), Ok(()));
    assert_eq!(server.connection.transport_ended(), Ok(()));
}

#[test]
fn what_follows_a_close_is_dropped() {
    let (mut client, mut server) = Shape::default().connect(None);
    client.close();
    let mut bytes = client.take();
    bytes.extend(b"\x17\x03\x03\x00\x05hello and so on");
    assert_eq!(server.feed(&mut bytes), Ok(bytes.len()));
    assert!(server.data.is_empty() && server.peer_closed);
}

#[test]
fn a_handshake_that_is_cut_off_anywhere_is_truncated_and_never_done() {
    let shape = Shape::default();
    let (client, server) = shape.connect(None);
    // The same seeds give the same ends, so what one has sent can be played to its twin's peer.
    cut_everywhere(&client.sent, || shape.server_end());
    cut_everywhere(&server.sent, || shape.client_end(None));
}
fn cut_everywhere(stream: &[u8], make: impl Fn() -> End) {
    for cut in 0..=stream.len() {
        let mut end = make();
        let taken = end.feed(&mut stream[..cut].to_vec()).unwrap();
        assert!(taken <= cut);
        assert_eq!(end.connection.is_open(), cut == stream.len());
        assert_eq!(end.connection.transport_ended(), Err(Error::Truncated));
        assert!(!end.connection.is_open());
    }
}

#[test]
fn who_leaves_during_the_handshake_says_so_and_is_gone() {
    let shape = Shape::default();
    let (mut client, mut server) = shape.ends();
    client.close();
    assert_eq!(client.send(b"x"), Err(Refused::Failed(Error::Cancelled)));
    let failed = exchange(&mut client, &mut server, 1).unwrap_err();
    assert_eq!(failed.1, Error::PeerAlert(AlertDescription::CloseNotify));
    // Nobody is answered.
    assert!(server.tape.alerts_out.is_empty());
}

#[test]
fn what_has_failed_stays_failed_and_says_so_once() {
    let (mut client, mut server) = Shape::default().connect(None);
    client.send(b"data").unwrap();
    let mut bytes = client.take();
    bytes[9] ^= 1;
    assert_eq!(server.feed(&mut bytes), Err(Error::BadRecord));
    assert_eq!(server.tape.alerts_out, [AlertDescription::BadRecordMac]);
    let alert = server.take();
    assert_eq!(server.feed(&mut bytes), Err(Error::BadRecord));
    assert_eq!(server.send(b"x"), Err(Refused::Failed(Error::BadRecord)));
    assert_eq!(server.connection.transport_ended(), Err(Error::BadRecord));
    assert!(server.take().is_empty() && server.connection.export(b"x", None, &mut [0; 8]).is_none());
    // The alert is sealed, so the client can believe it.
    let mut alert = alert;
    assert_eq!(client.feed(&mut alert), Err(Error::PeerAlert(AlertDescription::BadRecordMac)));
}

#[test]
fn an_alert_after_our_close_is_kept_to_ourselves() {
    let (mut client, mut server) = Shape::default().connect(None);
    server.close();
    let _ = server.take();
    client.send(b"data").unwrap();
    let mut bytes = client.take();
    bytes[9] ^= 1;
    assert_eq!(server.feed(&mut bytes), Err(Error::BadRecord));
    assert!(server.take().is_empty());
}

#[test]
fn a_record_that_is_not_sealed_was_never_there() {
    let (mut client, mut server) = Shape::default().connect(None);
    {
        let (connection, out, _, mut world) = client.parts();
        let mut record = connection.record(out, &mut world).unwrap();
        assert_eq!(record.put(&[7; 20_000]), 1 << 14);
        assert_eq!(record.put(b"more"), 0);
    }
    assert!(client.out.is_empty());
    let (connection, out, _, mut world) = client.parts();
    let mut record = connection.record(out, &mut world).unwrap();
    assert_eq!(record.put(b"put "), 4);
    let filled = record.fill(100, |room| {
        room[..6].copy_from_slice(b"filled");
        6
    });
    assert_eq!(filled, 6);
    record.seal();
    exchange(&mut client, &mut server, 1).unwrap();
    assert_eq!(server.data, b"put filled");
}

#[test]
fn nothing_is_sent_before_the_handshake_is_done() {
    let (mut client, mut server) = Shape::default().ends();
    assert_eq!(client.send(b"x"), Err(Refused::NotYet));
    assert_eq!(server.send(b"x"), Err(Refused::NotYet));
    assert!(client.connection.export(b"label", None, &mut [0; 8]).is_none());
}
