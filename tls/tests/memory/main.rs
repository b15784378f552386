//! What a connection costs in memory: idle, at its peak, and for each record (nothing).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]
mod alloc;
#[path = "../common/mod.rs"]
mod common;
use alloc::{Counting, calls, live, peak, reset_peak};
use common::pki::{self, Kind};
use common::{NOW, Shape};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::sync::Arc;
use tls::*;
use x509::ServerName;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// An end without anything that tests keep for themselves.
struct Bare {
    connection: Connection,
    random: ChaCha20Rng,
    desk: Box<dyn Desk>,
    received: usize,
}
impl Bare {
    fn new(seed: u64, desk: Box<dyn Desk>, make: impl FnOnce(&mut World<'_>) -> Connection) -> Self {
        let mut random = ChaCha20Rng::seed_from_u64(seed);
        let connection =
            make(&mut World { now: NOW, random: &mut random, verifier: pki::verifier(), observer: &mut () });
        Self { connection, random, desk, received: 0 }
    }
    fn feed(&mut self, input: &mut Vec<u8>, out: &mut Vec<u8>) {
        let Self { connection, random, desk, received } = self;
        let mut world = World { now: NOW, random, verifier: pki::verifier(), observer: &mut () };
        let mut wire = Wire::new(input);
        loop {
            match connection.poll(&mut wire, out, &mut world).unwrap() {
                Event::Starved { .. } => break,
                Event::Data(plain) => *received += plain.bytes.len(),
                Event::Asked => {
                    let answer = desk.answer(connection.question().unwrap(), &mut world).unwrap();
                    connection.answer(answer, out, &mut world).unwrap();
                }
                Event::Note(_) => {}
            }
        }
        let taken = wire.taken();
        input.drain(..taken);
    }
    fn send(&mut self, data: &[u8], out: &mut Vec<u8>) {
        let Self { connection, random, .. } = self;
        let mut world = World { now: NOW, random, verifier: pki::verifier(), observer: &mut () };
        connection.send(data, out, &mut world).unwrap();
    }
}

#[test]
fn an_idle_connection_is_small_and_records_allocate_nothing() {
    for kind in [Kind::EcdsaP256, Kind::Rsa] {
        for suite in ServerConfig::default().suites {
            let mut shape = Shape { server_is: vec![kind], ..Shape::default() };
            shape.client.suites = vec![suite];
            let fits = format!("{suite:?}").contains("Rsa") == (kind == Kind::Rsa);
            if fits {
                measure(&shape, suite);
            }
        }
    }
}

fn measure(shape: &Shape, suite: CipherSuite) {
    let room = || Vec::with_capacity(200_000);
    let (mut to_server, mut to_client, mut at_server, mut at_client) = (room(), room(), room(), room());
    let desk = Box::new(shape.server_desk());
    let (client_config, server_config) = (Arc::new(shape.client.clone()), Arc::new(shape.server.clone()));
    let name = ServerName::try_from(shape.name).unwrap().to_owned();
    let nobody: Box<dyn Desk> = Box::new(desk::ClientDesk::default());
    pki::verifier();

    let before = live();
    reset_peak();
    let mut client = Bare::new(1, nobody, |world| {
        Connection::client(Arc::clone(&client_config), name, None, &mut to_server, world)
    });
    let mut server = Bare::new(2, desk, |_| Connection::server(Arc::clone(&server_config)));
    assert_eq!(core::mem::size_of_val(&server.connection), size_of::<Connection>());
    for _ in 0..4 {
        at_server.append(&mut to_server);
        server.feed(&mut at_server, &mut to_client);
        at_client.append(&mut to_client);
        client.feed(&mut at_client, &mut to_server);
    }
    assert!(client.connection.is_open() && server.connection.is_open());
    let top = peak() - before;

    let calls_before = calls();
    for _ in 0..50 {
        client.send(&[1; 60_000], &mut to_server);
        at_server.append(&mut to_server);
        server.feed(&mut at_server, &mut to_client);
    }
    assert_eq!(calls(), calls_before, "200 records each way through the engine");
    assert_eq!(server.received, 50 * 60_000);

    let [client_heap, server_heap] = [client.connection, server.connection].map(|connection| {
        let with = live();
        drop(connection);
        with - live()
    });
    let inline = size_of::<Connection>();
    println!(
        "{suite:?}: client {client_heap} + {inline}, server {server_heap} + {inline}, peak of both {top}"
    );
    assert!(client_heap + inline <= 2 << 10 && server_heap + inline <= 2 << 10);
    assert!(top <= 48 << 10);
}

#[test]
fn a_hello_that_is_not_finished_costs_what_has_arrived() {
    let shape = Shape::default();
    let mut hello = shape.client_end(None).take();
    let config = Arc::new(ServerConfig::default());
    let before = live();
    let mut server = Bare::new(2, Box::new(desk::ClientDesk::default()), |_| Connection::server(config));
    let mut out = Vec::new();
    // Announced: 16 KiB. Arrived: a hundred bytes.
    hello.truncate(105);
    hello[3..5].copy_from_slice(&100u16.to_be_bytes());
    hello[6..9].copy_from_slice(&[0, 0x40, 0]);
    server.feed(&mut hello, &mut out);
    assert!(hello.is_empty());
    assert!(live() - before <= 1_024, "{}", live() - before);
}

#[test]
fn a_failed_connection_keeps_nothing() {
    let shape = Shape::default();
    let (client, _) = shape.connect(None);
    let stream = client.sent;
    for at in [5, 20, stream.len() - 1] {
        let before = live();
        let mut server = shape.server_end().connection;
        let mut desk = shape.server_desk();
        let mut wrong = stream.clone();
        wrong[at] ^= 0x55;
        let mut out = Vec::new();
        let mut random = ChaCha20Rng::seed_from_u64(shape.seed ^ 0xffff_0000);
        let mut world = World { now: NOW, random: &mut random, verifier: pki::verifier(), observer: &mut () };
        let mut wire = Wire::new(&mut wrong);
        let failed = loop {
            match server.poll(&mut wire, &mut out, &mut world) {
                Err(_) => break true,
                Ok(Event::Asked) => {
                    let answer = desk.answer(server.question().unwrap(), &mut world).unwrap();
                    if server.answer(answer, &mut out, &mut world).is_err() {
                        break true;
                    }
                }
                Ok(Event::Starved { .. }) => break false,
                Ok(Event::Data(_) | Event::Note(_)) => {}
            }
        };
        assert!(failed, "byte {at}");
        drop((desk, wrong, out));
        assert_eq!(live(), before, "byte {at}: what is left is in no heap");
    }
}
