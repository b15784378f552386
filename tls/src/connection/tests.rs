//! The tables read from outside, and what only a peer with the right keys could do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
#[path = "../../tests/common/mod.rs"]
mod common;

use super::{Connection, Machine};

use crate::step::{Input, Told};
use crate::{
    AlertDescription, ClientAuth, ContentType, Error, Event, Got, HandshakeType, Misbehaviour, Note,
    Question, Refused, Ticket, Wire,
};
use alloc::collections::{BTreeMap, BTreeSet};
use common::pki::Kind;
use common::{End, Shape, exchange, records};

/// A handshake, stopped after `stop` records and answers.
fn stopped(shape: &Shape, ticket: Option<Ticket>, stop: usize) -> (End, End, usize) {
    let (mut client, mut server) = (shape.client_end(ticket), shape.server_end());
    let mut steps = 0;
    let (mut to_server, mut to_client) = (client.take(), Vec::new());
    while steps < stop {
        let before = steps;
        for at_server in [true, false] {
            let (end, input) =
                if at_server { (&mut server, &mut to_server) } else { (&mut client, &mut to_client) };
            // One record at a time, so that every state is seen.
            while steps < stop {
                let first = records(input).first().map_or(0, |(_, range)| range.len());
                let mut wire = Wire::new(&mut input[..first]);
                let (connection, out, _, mut world) = end.parts();
                let event = connection.poll(&mut wire, out, &mut world).unwrap();
                let taken = wire.taken();
                steps += usize::from(taken > 0);
                match event {
                    Event::Starved { .. } if taken == 0 => break,
                    Event::Asked if steps < stop => {
                        end.answer().unwrap();
                        steps += 1;
                    }
                    Event::Asked => {}
                    Event::Note(Note::Ticket(ticket)) => end.ticket = Some(*ticket),
                    Event::Starved { .. } | Event::Note(_) | Event::Data(_) => {}
                }
                input.drain(..taken);
            }
            let mut burst = end.take();
            if at_server { to_client.append(&mut burst) } else { to_server.append(&mut burst) }
        }
        if steps == before {
            break;
        }
    }
    (client, server, steps)
}

fn state(end: &End) -> &'static str {
    end.connection.machine.as_ref().map(Machine::name).unwrap()
}
fn step(end: &mut End, input: Input<'_>) -> Result<(), Error> {
    let (connection, out, _, mut world) = end.parts();
    connection.step(input, out, &mut world)
}

/// What a state does not call unexpected, it accepts: as a message, as a ChangeCipherSpec, as data, as an answer.
fn accepted(make: &dyn Fn() -> End) -> BTreeSet<String> {
    let mut accepted = BTreeSet::new();
    for kind in (0..=255).map(HandshakeType::from) {
        let result = step(&mut make(), Input::Handshake(kind, Told { raw: &[], body: &[], aligned: None }));
        match result {
            Err(Error::Unexpected { got, .. }) => assert_eq!(got, Got::Handshake(kind)),
            Ok(()) | Err(_) => drop(accepted.insert(format!("{kind:?}"))),
        }
    }
    let mut end = make();
    let aligned = end.connection.inbound.joiner.aligned().unwrap();
    match step(&mut end, Input::ChangeCipherSpec(aligned)) {
        Err(Error::Unexpected { got, .. }) => assert_eq!(got, Got::ChangeCipherSpec),
        Ok(()) | Err(_) => drop(accepted.insert("ChangeCipherSpec".to_string())),
    }
    match make().connection.data(b"data") {
        Err(Error::Unexpected { got, .. }) => assert_eq!(got, Got::Record(ContentType::ApplicationData)),
        Ok(_) | Err(_) => drop(accepted.insert("ApplicationData".to_string())),
    }
    if let Some(question) = make().connection.question() {
        accepted.insert(
            match question {
                Question::Host(_) => "Answer::Host",
                Question::FindSession { .. } => "Answer::Session",
                Question::KeepSession(_) => "Answer::Kept",
                Question::Credential { .. } => "Answer::Credential",
                Question::Sign { .. } => "Answer::Signature",
            }
            .to_string(),
        );
    }
    accepted
}

#[test]
fn every_message_in_every_state_is_as_the_table_says() {
    let mut table = BTreeMap::new();
    for (client_auth, client_is) in [
        (ClientAuth::None, None),
        (ClientAuth::Required, Some(Kind::EcdsaP256)),
        (ClientAuth::Optional, None),
    ] {
        for resumes in [false, true] {
            let shape = Shape { client_auth, client_is, ..Shape::default() };
            let ticket = || resumes.then(|| Shape::default().connect(None).0.ticket.unwrap());
            for stop in 0.. {
                let (client, server, steps) = stopped(&shape, ticket(), stop);
                let again = || stopped(&shape, ticket(), stop);
                table.entry(state(&client)).or_insert_with(|| accepted(&|| again().0));
                table.entry(state(&server)).or_insert_with(|| accepted(&|| again().1));
                if steps < stop {
                    break;
                }
            }
        }
    }
    let found: String = table
        .iter()
        .map(|(state, accepted)| {
            format!("{state}: {}\n", accepted.iter().cloned().collect::<Vec<_>>().join(" "))
        })
        .collect();
    let committed = include_str!("../../tests/order.txt");
    assert!(found == committed, "tests/order.txt is not what the tables say. They say:\n{found}");
}

#[test]
fn a_finished_with_any_byte_wrong_is_a_decrypt_error() {
    let shape = Shape::default();
    let (client, server) = shape.connect(None);
    for (end, from_client) in [(&server, true), (&client, false)] {
        let (_, _, right) = end.tape.messages_in.last().unwrap();
        for at in 4..=right.len() {
            let mut wrong = right.clone();
            let waiting = || {
                let found = (0..).map(|stop| stopped(&shape, None, stop)).find_map(|(client, server, _)| {
                    let end = if from_client { server } else { client };
                    state(&end).ends_with("WaitFinished").then_some(end)
                });
                found.unwrap()
            };
            let mut end = waiting();
            let aligned = end.connection.inbound.joiner.aligned();
            let expected = match wrong.get_mut(at) {
                Some(byte) => {
                    *byte ^= 0x40;
                    Err(Error::Misbehaved(Misbehaviour::BadFinished))
                }
                None => Ok(()),
            };
            let told = Told { raw: &wrong, body: &wrong[4..], aligned };
            assert_eq!(step(&mut end, Input::Handshake(HandshakeType::Finished, told)), expected, "{at}");
            // Longer and shorter.
            for body in [&wrong[4..15], &[wrong.as_slice(), &[0]].concat()[4..]] {
                let mut end = waiting();
                let aligned = end.connection.inbound.joiner.aligned();
                let told = Told { raw: &wrong, body, aligned };
                let result = step(&mut end, Input::Handshake(HandshakeType::Finished, told));
                assert_eq!(result, Err(Error::Misbehaved(Misbehaviour::BadFinished)));
            }
            if at > 6 && at + 2 < right.len() {
                break; // one in the middle is enough in a debug build
            }
        }
    }
}

#[test]
fn nothing_may_stand_behind_the_last_message_of_a_flight_in_its_record() {
    let asked =
        Shape { client_auth: ClientAuth::Required, client_is: Some(Kind::EcdsaP256), ..Shape::default() };
    for shape in [Shape::default(), asked] {
        let (client, server) = shape.connect(None);
        for (heard, waits) in [
            (&server, "server WaitClientHello"),
            (&client, "client 1.2 WaitHelloDone"),
            (&client, "client 1.2 WaitFinished"),
            (&server, "server 1.2 WaitFinished"),
        ] {
            let kind = match waits {
                "server WaitClientHello" => HandshakeType::ClientHello,
                "client 1.2 WaitHelloDone" => HandshakeType::ServerHelloDone,
                _ => HandshakeType::Finished,
            };
            let (_, _, raw) = heard.tape.messages_in.iter().find(|(_, of, _)| *of == kind).unwrap();
            // The state that waits for it comes right before the step that takes it.
            let waiting = (0..).map(|stop| stopped(&shape, None, stop)).find_map(|(client, server, _)| {
                let end = if waits.starts_with("server") { server } else { client };
                let rightly = state(&end).strip_suffix("OrRequest").unwrap_or(state(&end)) == waits
                    && (shape.client_is.is_none() || !state(&end).ends_with("OrRequest"));
                rightly.then_some(end)
            });
            let told = Told { raw, body: &raw[4..], aligned: None };
            let result = step(&mut waiting.unwrap(), Input::Handshake(kind, told));
            assert_eq!(result, Err(Error::Misbehaved(Misbehaviour::NotAligned)), "{waits}");
        }
    }
}

/// Seals a handshake message that the engine itself would not send now.
fn say(end: &mut End, message: &[u8]) {
    end.connection.outbound.handshake(message, &mut end.out, &mut ());
}

#[test]
fn a_second_handshake_is_declined_by_the_server_and_ignored_by_the_client() {
    let (mut client, mut server) = Shape::default().connect(None);
    let hello = client.tape.messages_out[0].2.clone();
    say(&mut client, &hello);
    exchange(&mut client, &mut server, 1).unwrap();
    assert_eq!(server.tape.alerts_out, [AlertDescription::NoRenegotiation]);
    say(&mut server, &[0, 0, 0, 0]);
    exchange(&mut client, &mut server, 1).unwrap();
    assert!(client.tape.alerts_out.is_empty());
    client.send(b"as before").unwrap();
    exchange(&mut client, &mut server, 1).unwrap();
    assert_eq!(server.data, b"as before");

    say(&mut server, &[0, 0, 0, 1, 0]);
    let failed = exchange(&mut client, &mut server, 1).unwrap_err();
    assert_eq!(failed.1.alert(), Some(AlertDescription::DecodeError));
}

#[test]
fn nothing_is_said_after_our_close_not_even_no() {
    let (mut client, mut server) = Shape::default().connect(None);
    server.close();
    exchange(&mut client, &mut server, 1).unwrap();
    let hello = client.tape.messages_out[0].2.clone();
    say(&mut client, &hello);
    assert!(server.feed(&mut client.take()).is_ok());
    assert!(server.take().is_empty());
}

#[test]
fn messages_after_the_handshake_are_borne_thirty_two_times_in_a_row() {
    let (mut client, mut server) = Shape::default().connect(None);
    for _ in 0..2 {
        for _ in 0..32 {
            say(&mut server, &[0, 0, 0, 0]);
        }
        server.send(b"data").unwrap();
        exchange(&mut client, &mut server, 1 << 20).unwrap();
    }
    say(&mut server, &[0; 4 * 33]);
    let failed = exchange(&mut client, &mut server, 1 << 20).unwrap_err();
    assert_eq!(failed.1, Error::Misbehaved(Misbehaviour::Flood));
}

#[test]
fn data_may_not_stand_inside_a_message() {
    let (mut client, mut server) = Shape::default().connect(None);
    say(&mut client, &[1, 0, 0]);
    client.send(b"data").unwrap();
    let failed = exchange(&mut client, &mut server, 1).unwrap_err();
    assert_eq!(failed.1, Error::Misbehaved(Misbehaviour::NotAligned));
}

#[test]
fn a_change_cipher_spec_comes_once() {
    let (mut client, mut server) = Shape::default().connect(None);
    client.connection.outbound.change_cipher_spec(&mut client.out, &mut ());
    let failed = exchange(&mut client, &mut server, 1).unwrap_err();
    assert_eq!(failed.1.alert(), Some(AlertDescription::UnexpectedMessage));
}

#[test]
fn a_record_with_more_than_two_to_the_fourteenth_bytes_overflows() {
    for (length, fits) in [(1 << 14, true), ((1 << 14) + 1, false), ((1 << 14) + 1_000, false)] {
        let (mut client, mut server) = Shape::default().connect(None);
        let End { connection: Connection { outbound, .. }, out, .. } = &mut client;
        let start = outbound.sealer.begin(out);
        out.extend(vec![7; length]);
        outbound.end(ContentType::ApplicationData, start, out, &mut ());
        let result = exchange(&mut client, &mut server, 1 << 20);
        assert_eq!(result.is_ok(), fits, "{length}");
        if !fits {
            assert_eq!(server.tape.alerts_out, [AlertDescription::RecordOverflow]);
        }
    }
}

#[test]
fn keys_that_are_used_up_seal_no_more_data_but_the_close() {
    let (mut client, mut server) = Shape::default().connect(None);
    // Both ends skip ahead.
    client.connection.outbound.sealer.skip_to((1 << 24) - 1);
    server.connection.inbound.opener.skip_to((1 << 24) - 1);
    client.send(b"the last").unwrap();
    assert_eq!(client.send(b"too much"), Err(Refused::KeysExhausted));
    client.close();
    exchange(&mut client, &mut server, 1).unwrap();
    assert_eq!(server.data, b"the last");
    assert!(server.peer_closed);
}
