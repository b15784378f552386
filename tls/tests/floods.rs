//! What costs us work and brings nobody forward is counted, and has an end.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::hello::record;
use common::{End, Shape, exchange};
use tls::*;

const FLOOD: Error = Error::Misbehaved(Misbehaviour::Flood);

/// An empty record of application data.
fn empty(end: &mut End) {
    let (connection, out, _, mut world) = end.parts();
    connection.record(out, &mut world).unwrap().seal();
}

#[test]
fn empty_records_are_borne_thirty_two_times_in_a_row() {
    let (mut client, mut server) = Shape::default().connect(None);
    for _ in 0..3 {
        for _ in 0..32 {
            empty(&mut client);
        }
        client.send(b"data").unwrap();
        exchange(&mut client, &mut server, 1 << 20).unwrap();
    }
    for _ in 0..33 {
        empty(&mut client);
    }
    assert_eq!(server.feed(&mut client.take()), Err(FLOOD));
    assert_eq!(server.tape.alerts_out, [AlertDescription::UnexpectedMessage]);
}

#[test]
fn warnings_are_borne_four_times() {
    let mut server = Shape::default().server_end();
    for _ in 0..4 {
        server.feed(&mut record(21, &[1, 112])).unwrap();
    }
    assert_eq!(server.feed(&mut record(21, &[1, 112])), Err(FLOOD));
}

#[test]
fn a_flood_ends_early_and_costs_no_memory() {
    let mut server = Shape::default().server_end();
    let mut bytes: Vec<u8> = record(21, &[1, 90]).repeat(100_000);
    assert_eq!(server.feed(&mut bytes), Err(FLOOD));
    // Four warnings, the fifth that was too many, and one alert: no more was looked at.
    assert_eq!(server.tape.lines.iter().filter(|line| line.starts_with("RecordIn")).count(), 5);
}
