//! Who says nothing, says it slowly, or comes too often is not waited for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod harness;

use harness::{DEADLINE, Server};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}
/// Reads until the server ends the connection, kindly or not.
fn closed(stream: &mut TcpStream) -> Vec<u8> {
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => panic!("{error}"),
        Ok(_) | Err(_) => said,
    }
}

#[test]
fn a_connection_that_says_nothing_is_closed_at_its_deadline() {
    let server = Server::start("silent", &["--handshake-deadline", "0.3"]);
    for port in [server.https, server.bounty] {
        let begin = Instant::now();
        assert_eq!(closed(&mut connect(port)), b"");
        assert!(begin.elapsed().as_millis() >= 300, "{:?}", begin.elapsed());
        server.logged(&format!("{port} 127.0.0.1:"));
        server.logged("handshake deadline");
    }
}

#[test]
fn dripping_bytes_do_not_move_the_deadline() {
    let server = Server::start("drip", &["--handshake-deadline", "0.5"]);
    let mut stream = connect(server.https);
    let hello = [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3];
    let begin = Instant::now();
    for byte in hello.iter().chain(core::iter::repeat(&0)) {
        if stream.write_all(&[*byte]).is_err() {
            break;
        }
        assert!(begin.elapsed() < DEADLINE);
        std::thread::sleep(core::time::Duration::from_millis(50));
    }
    server.logged("handshake deadline");
}

#[test]
fn an_open_connection_that_asks_for_nothing_is_closed_and_so_is_half_a_request() {
    let server = Server::start("idle", &["--idle-deadline", "0.3", "--header-deadline", "0.3"]);
    // `-quiet` keeps s_client from leaving when its input ends.
    let Some(said) = server.s_client(server.https, &["-tls1_2", "-quiet"], "") else { return };
    assert!(said.stdout.is_empty() && said.status.success(), "{}", said.text());
    server.logged("idle deadline, 0 requests answered");
    server.s_client(server.https, &["-tls1_2", "-quiet"], "GET / HTTP/1.1\r\nHost: ");
    server.logged("header deadline, 0 requests answered");
}

#[test]
fn silent_connections_do_not_keep_others_waiting() {
    let server = Server::start("crowd", &[]);
    let _crowd: Vec<_> = (0..40).map(|_| connect(server.https)).collect();
    let Some(said) = server.s_client(server.https, &["-tls1_2"], "") else { return };
    assert!(said.status.success(), "{}", said.text());
}

#[test]
fn one_peer_cannot_take_more_than_its_share_and_gets_it_back() {
    let server = Server::start("share", &["--max-per-peer", "2", "--handshake-deadline", "1"]);
    let mut first = [connect(server.https), connect(server.bounty)];
    assert_eq!(closed(&mut connect(server.https)), b"");
    server.logged("turned away: 2 connections from its network are open (--max-per-peer)");
    for stream in &mut first {
        closed(stream);
    }
    drop(first);
    server.logged_times("handshake deadline", 2); // and who has a line holds no place any more
    let Some(said) = server.s_client(server.https, &["-tls1_2"], "") else { return };
    assert!(said.status.success(), "{}", said.text());
}

#[test]
fn all_peers_together_cannot_take_more_than_there_is() {
    let server = Server::start("all", &["--max-connections", "1"]);
    let _first = connect(server.https);
    assert_eq!(closed(&mut connect(server.bounty)), b"");
    server.logged("turned away: 1 connections are open (--max-connections)");
}

#[test]
fn bytes_that_are_no_tls_get_an_alert_and_a_line() {
    let server = Server::start("garbage", &[]);
    for garbage in [&b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"[..], &[0; 64], &[0xff; 64]] {
        let mut stream = connect(server.https);
        stream.write_all(garbage).unwrap();
        let said = closed(&mut stream);
        assert_eq!((said.first(), said.get(5)), (Some(&21), Some(&2)), "a fatal alert: {said:?}");
    }
    server.logged("alert sent: ");
}

#[test]
fn who_goes_on_talking_after_the_alert_can_still_read_it() {
    let server = Server::start("talk", &[]);
    let mut stream = connect(server.https);
    stream.write_all(&[0xff; 100_000]).unwrap();
    server.logged("alert sent: ");
    let mut said = Vec::new();
    stream.read_to_end(&mut said).expect("a clean end, and no reset");
    assert_eq!(said.first(), Some(&21), "{said:?}");
}
