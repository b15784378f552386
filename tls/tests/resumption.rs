//! Tickets: sessions that go on, and all the reasons why they don't (RFC 5077, RFC 7627 §5.3, RFC 6066 §3).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::pki::Kind;
use common::{Failing, NOW, Shape, exchange, exchange_through};
use tls::desk::ServerDesk;
use tls::*;
use x509::Time;

fn ticket(shape: &Shape) -> Ticket {
    shape.connect(None).0.ticket.unwrap()
}
fn resumes(shape: &Shape, ticket: Ticket) -> bool {
    let (mut client, mut server) = shape.connect(Some(ticket));
    client.send(b"again").unwrap();
    exchange(&mut client, &mut server, shape.chunk).unwrap();
    assert_eq!(server.data, b"again");
    assert_eq!(client.facts().resumed, server.facts().resumed);
    client.facts().resumed
}

#[test]
fn a_session_goes_on_with_every_suite() {
    for kind in [Kind::EcdsaP256, Kind::Rsa] {
        let server_is = vec![kind];
        for suite in ServerConfig::default().suites {
            let mut shape = Shape { server_is: server_is.clone(), ..Shape::default() };
            shape.server.suites = vec![suite];
            let (mut client, mut server) = shape.ends();
            if exchange(&mut client, &mut server, shape.chunk).is_err() {
                continue; // this suite is for the other kind of key
            }
            assert!(resumes(&shape, client.ticket.unwrap()));
        }
    }
}

#[test]
fn a_ticket_comes_back_and_can_be_used_again() {
    let shape = Shape::default();
    let mut ticket = ticket(&shape);
    for _ in 0..3 {
        let (client, server) = shape.connect(Some(ticket));
        assert!(client.facts().resumed && server.facts().resumed);
        assert!(client.facts().group.is_none() && client.facts().peer.is_empty());
        ticket = client.ticket.unwrap(); // it comes back
    }
}

#[test]
fn protocols_are_agreed_on_anew() {
    let mut shape = Shape { server_alpn: vec![b"a".to_vec(), b"b".to_vec()], ..Shape::default() };
    shape.client.alpn = vec![b"a".to_vec()];
    let ticket = ticket(&shape);
    shape.client.alpn = vec![b"b".to_vec()];
    let (client, _) = shape.connect(Some(ticket));
    assert!(client.facts().resumed);
    assert_eq!(client.facts().alpn.as_deref(), Some(&b"b"[..]));
}

#[test]
fn a_ticket_is_offered_only_to_the_server_that_gave_it() {
    let shape = Shape::default();
    let ticket = ticket(&shape);
    let other = Shape { name: "other.test", ..Shape::default() };
    let mut client = other.client_end(Some(ticket));
    let hello = client.take();
    let fresh = other.client_end(None).take();
    assert_eq!(hello.len(), fresh.len(), "no ticket in it");
}

#[test]
fn a_session_belongs_to_its_host() {
    let shape = Shape::default();
    // The same keys of tickets, another certificate: another host.
    let sibling = Shape { server_is: vec![Kind::Ed25519], ..Shape::default() };
    assert!(!resumes(&sibling, ticket(&shape)));
    // Another list of protocols: another host too.
    let sibling = Shape { server_alpn: vec![b"h2".to_vec()], ..Shape::default() };
    assert!(!resumes(&sibling, ticket(&shape)));
    // The same host under another name.
    let both = Shape { name: "other.test", ..Shape::default() };
    let (mut client, mut server) = (shape.client_end(Some(ticket(&shape))), both.server_end());
    let mut host = both.host("server.test");
    host.names.clear();
    server.desk = Box::new(Renamed(ServerDesk::new(vec![host], None), shape.server_desk()));
    exchange(&mut client, &mut server, shape.chunk).unwrap();
    assert!(client.facts().resumed, "the same name and the same host");
}

/// Tickets from one desk, everything else from another.
struct Renamed(ServerDesk, ServerDesk);
impl Desk for Renamed {
    fn answer(&mut self, question: Question<'_>, world: &mut World<'_>) -> Option<Answer> {
        match question {
            Question::FindSession { .. } | Question::KeepSession(_) => self.1.answer(question, world),
            Question::Host(_) | Question::Sign { .. } | Question::Credential { .. } => {
                self.0.answer(question, world)
            }
        }
    }
}

#[test]
fn a_session_that_has_shown_a_client_is_not_kept() {
    for client_auth in [ClientAuth::Optional, ClientAuth::Required] {
        let shape = Shape { client_auth, client_is: Some(Kind::EcdsaP256), ..Shape::default() };
        assert!(shape.connect(None).0.ticket.is_none());
    }
    // And a session without a client is not resumed where one is wanted.
    let ticket = ticket(&Shape::default());
    let shape =
        Shape { client_auth: ClientAuth::Required, client_is: Some(Kind::EcdsaP256), ..Shape::default() };
    assert!(!resumes(&shape, ticket));
}

#[test]
fn who_wants_no_tickets_gets_none() {
    let mut shape = Shape::default();
    shape.client.tickets = false;
    assert!(shape.connect(None).0.ticket.is_none());
    let mut shape = Shape::default();
    shape.server.ticket_lifetime = 0;
    assert!(shape.connect(None).0.ticket.is_none());
    assert!(!resumes(&shape, ticket(&Shape::default())));
}

#[test]
fn an_old_ticket_is_neither_offered_nor_taken() {
    let shape = Shape::default();
    let later = |seconds| Shape { now: Time(NOW.0 + seconds), ..Shape::default() };
    // The client keeps count of what the server has promised.
    let length = |shape: &Shape, ticket| shape.client_end(ticket).take().len();
    assert!(length(&later(7_199), Some(ticket(&shape))) > length(&later(7_199), None));
    assert_eq!(length(&later(7_200), Some(ticket(&shape))), length(&later(7_200), None));
    assert_eq!(length(&later(-1), Some(ticket(&shape))), length(&later(-1), None), "not from the future");
    // The server does not rely on that.
    let (mut client, mut server) = (shape.client_end(Some(ticket(&shape))), later(7_200).server_end());
    exchange(&mut client, &mut server, shape.chunk).unwrap();
    assert!(!client.facts().resumed && client.ticket.is_some());
}

#[test]
fn a_suite_that_is_no_longer_liked_is_not_resumed() {
    let mut shape = Shape::default();
    shape.server.suites = vec![CipherSuite::EcdheEcdsaWithAes256GcmSha384];
    let ticket = ticket(&shape);
    shape.server.suites = vec![CipherSuite::EcdheEcdsaWithAes128GcmSha256];
    assert!(!resumes(&shape, ticket));
}

#[test]
fn a_forged_ticket_is_no_ticket() {
    let shape = Shape::default();
    let (mut client, mut server) = (shape.client_end(Some(ticket(&shape))), shape.server_end());
    // Some byte of the ticket's sealed part. The hellos differ then, and so do the transcripts.
    let result = exchange_through(&mut client, &mut server, shape.chunk, |from, bytes| {
        if from == Failing::Client && bytes[5] == 1 {
            let at = bytes.len() - 100;
            bytes[at] ^= 1;
        }
    });
    assert!(result.is_err());
    assert!(!server.tape.states.contains(&"server 1.2 Connected"));
}

#[test]
fn a_declined_ticket_is_an_empty_one() {
    let shape = Shape::default();
    let mut server = shape.server_with(Box::new(ServerDesk::new(vec![shape.host("server.test")], None)));
    let mut client = shape.client_end(None);
    exchange(&mut client, &mut server, shape.chunk).unwrap();
    assert!(client.connection.is_open() && client.ticket.is_none());
    let empty = server.tape.messages_out.iter().any(|(_, kind, raw)| {
        *kind == HandshakeType::NewSessionTicket && raw.ends_with(&[0, 0]) && raw.len() == 10
    });
    assert!(empty);
}

#[test]
fn keys_of_tickets_change_and_the_last_one_still_opens() {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;
    let mut random = ChaCha20Rng::seed_from_u64(4);
    let mut keys = desk::TicketKeys::new(100, Time(0), &mut random);
    let session = || Session::from_bytes(&session_bytes()).unwrap();
    let opens = |keys: &mut desk::TicketKeys, ticket: &[u8], now| {
        keys.open(ticket, Time(now), &mut ChaCha20Rng::seed_from_u64(now.unsigned_abs())).is_some()
    };
    let first = keys.seal(&session(), Time(0), &mut random).unwrap();
    let second = keys.seal(&session(), Time(99), &mut random).unwrap();
    assert_ne!(first, second);
    assert!(opens(&mut keys, &first, 99));
    let third = keys.seal(&session(), Time(100), &mut random).unwrap();
    assert!(opens(&mut keys, &first, 199) && opens(&mut keys, &third, 199));
    assert!(!opens(&mut keys, &first, 200) && opens(&mut keys, &third, 200));
    for at in 0..third.len() {
        let mut forged = third.clone();
        forged[at] ^= 0x10;
        assert!(!opens(&mut keys, &forged, 200), "byte {at}");
        assert!(!opens(&mut keys, &third[..at], 200));
    }
    // Nobody wanted a ticket for a long time: what is too old is gone all the same.
    let fourth = keys.seal(&session(), Time(299), &mut random).unwrap();
    assert!(!opens(&mut keys, &fourth, 1_000));
    // A clock that is set back turns the key, and that is all.
    let fifth = keys.seal(&session(), Time(1_000), &mut random).unwrap();
    let sixth = keys.seal(&session(), Time(900), &mut random).unwrap();
    assert!(opens(&mut keys, &fifth, 900) && opens(&mut keys, &sixth, 900) && fifth[..16] != sixth[..16]);
}

#[test]
fn a_stored_session_is_read_as_it_was_written_or_not_at_all() {
    let bytes = session_bytes();
    let session = Session::from_bytes(&bytes).unwrap();
    assert_eq!(*session.to_bytes(), bytes);
    for cut in 0..bytes.len() {
        assert!(Session::from_bytes(&bytes[..cut]).is_none());
    }
    assert!(Session::from_bytes(&[bytes.as_slice(), &[0]].concat()).is_none());
    assert!(!format!("{session:?}").contains("187"), "no byte of the master secret is printed");
}

/// Form, suite, time, binding, master secret.
fn session_bytes() -> Vec<u8> {
    [&[0x00, 0x12, 0xc0, 0x2b][..], &5i64.to_be_bytes(), &[170; 32], &[187; 48]].concat()
}
