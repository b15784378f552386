//! A client of TLS 1.2 written down from the RFCs, without the engine: what two ends of ours agree on might still be wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::hello::{Hello, message, record};
use common::pki::Kind;
use common::{End, Shape, records};
use nocrypto::aead::{Aead, Aes128Gcm, Aes256Gcm, ChaCha20Poly1305};
use nocrypto::hash::{Hash, Sha256, Sha384};
use nocrypto::kdf::tls12_prf;
use nocrypto::kx::X25519;

/// RFC 5246 §5, over the suite's hash.
fn prf(suite: u16, secret: &[u8], label: &str, seed: &[&[u8]], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    match suite {
        0xc02c => tls12_prf::<Sha384>(secret, label.as_bytes(), seed, &mut out),
        _ => tls12_prf::<Sha256>(secret, label.as_bytes(), seed, &mut out),
    }
    out
}
fn hash(suite: u16, words: &[u8]) -> Vec<u8> {
    match suite {
        0xc02c => Sha384::digest(words).as_ref().to_vec(),
        _ => Sha256::digest(words).as_ref().to_vec(),
    }
}

/// One direction (RFC 5288 §3, RFC 7905 §2).
struct Direction {
    suite: u16,
    key: Vec<u8>,
    iv: Vec<u8>,
    sequence: u64,
}
impl Direction {
    fn frame(&mut self, kind: u8, length: usize, explicit: Option<&[u8]>) -> ([u8; 12], Vec<u8>) {
        let count = self.sequence.to_be_bytes();
        self.sequence += 1;
        let mut nonce = [0; 12];
        match explicit {
            Some(explicit) => nonce.copy_from_slice(&[&self.iv, explicit].concat()),
            None => {
                nonce[4..].copy_from_slice(&count);
                nonce.iter_mut().zip(&self.iv).for_each(|(n, i)| *n ^= i);
            }
        }
        let length = u16::try_from(length).unwrap().to_be_bytes();
        (nonce, [&count[..], &[kind, 3, 3], &length].concat())
    }
    fn seal(&mut self, kind: u8, plain: &[u8]) -> Vec<u8> {
        let explicit = (self.suite != 0xcca9).then_some(*b"arbitary");
        let (nonce, aad) = self.frame(kind, plain.len(), explicit.as_ref().map(|e| &e[..]));
        let mut body = plain.to_vec();
        let tag = match self.suite {
            0xc02b => Aes128Gcm::new(self.key[..].try_into().unwrap()).seal(&nonce, &aad, &mut body),
            0xc02c => Aes256Gcm::new(self.key[..].try_into().unwrap()).seal(&nonce, &aad, &mut body),
            _ => ChaCha20Poly1305::new(self.key[..].try_into().unwrap()).seal(&nonce, &aad, &mut body),
        };
        record(kind, &[explicit.map_or(vec![], Vec::from), body, tag.unwrap().to_vec()].concat())
    }
    fn open(&mut self, kind: u8, fragment: &[u8]) -> Vec<u8> {
        let (explicit, rest) = fragment.split_at(if self.suite == 0xcca9 { 0 } else { 8 });
        let (body, tag) = rest.split_last_chunk().unwrap();
        let (nonce, aad) = self.frame(kind, body.len(), (!explicit.is_empty()).then_some(explicit));
        let mut body = body.to_vec();
        match self.suite {
            0xc02b => Aes128Gcm::new(self.key[..].try_into().unwrap()).open(&nonce, &aad, &mut body, tag),
            0xc02c => Aes256Gcm::new(self.key[..].try_into().unwrap()).open(&nonce, &aad, &mut body, tag),
            _ => ChaCha20Poly1305::new(self.key[..].try_into().unwrap()).open(&nonce, &aad, &mut body, tag),
        }
        .unwrap();
        body
    }
}

fn extension(kind: u16, body: &[u8]) -> (u16, Vec<u8>) {
    (kind, body.to_vec())
}

/// A whole handshake with a server of ours, then data both ways.
fn connect(suite: u16, extended: bool, server: &mut End) {
    let client_random = [0x5a; 32];
    let mut extensions = vec![
        extension(10, &[0, 4, 0, 29, 0, 23]),
        extension(13, &[0, 4, 4, 3, 8, 7]),
        extension(35, &[]),
        extension(0xff01, &[0]),
    ];
    if extended {
        extensions.push(extension(23, &[]));
    }
    let hello = Hello {
        kind: 1,
        version: [3, 3],
        random: client_random.to_vec(),
        session_id: vec![],
        suites: [[0, 2], suite.to_be_bytes()].concat(),
        compression: vec![1, 0],
        extensions,
        tail: vec![],
    }
    .write();
    let mut words = hello.clone();
    server.feed(&mut record(22, &hello)).unwrap();

    // ServerHello, Certificate, ServerKeyExchange, ServerHelloDone.
    let flight = server.take();
    let messages: Vec<Vec<u8>> =
        records(&flight).into_iter().map(|(_, range)| flight[range.start + 5..range.end].to_vec()).collect();
    assert_eq!(messages.iter().map(|m| m[0]).collect::<Vec<_>>(), [2, 11, 12, 14]);
    messages.iter().for_each(|m| words.extend(m));
    let server_hello = Hello::read(&messages[0]);
    assert_eq!(server_hello.extensions.iter().any(|(kind, _)| *kind == 23), extended);
    let promised = server_hello.extensions.iter().any(|(kind, _)| *kind == 35);
    assert_eq!(promised, extended, "a ticket only for a session that may be resumed");
    assert_eq!(messages[2][4..8], [3, 0, 29, 32], "a named curve, X25519, 32 bytes");
    let share = X25519::from_private(&[0x77; 32]);
    let key_exchange = message(16, &[&[32], &share.public()[..]].concat());
    let shared = share.agree(messages[2][8..40].try_into().unwrap()).unwrap();
    words.extend(&key_exchange);

    // RFC 5246 §8.1 or RFC 7627 §4; RFC 5246 §6.3.
    let server_random = &server_hello.random[..];
    let master = match extended {
        true => prf(suite, shared.expose(), "extended master secret", &[&hash(suite, &words)], 48),
        false => prf(suite, shared.expose(), "master secret", &[&client_random, server_random], 48),
    };
    let (key, iv) = match suite {
        0xc02b => (16, 4),
        0xc02c => (32, 4),
        _ => (32, 12),
    };
    let block = prf(suite, &master, "key expansion", &[server_random, &client_random], 2 * (key + iv));
    let direction = |which: usize| Direction {
        suite,
        key: block[which * key..][..key].to_vec(),
        iv: block[2 * key + which * iv..][..iv].to_vec(),
        sequence: 0,
    };
    let (mut ours, mut theirs) = (direction(0), direction(1));

    let finished = message(20, &prf(suite, &master, "client finished", &[&hash(suite, &words)], 12));
    words.extend(&finished);
    let ccs = record(20, &[1]);
    let mut bytes = [record(22, &key_exchange), ccs.clone(), ours.seal(22, &finished)].concat();
    server.feed(&mut bytes).unwrap();

    // [NewSessionTicket], ChangeCipherSpec, Finished.
    let flight = server.take();
    let mut rest = records(&flight).into_iter();
    if promised {
        let ticket = &flight[rest.next().unwrap().1][5..];
        assert_eq!(ticket[0], 4);
        words.extend(ticket);
    }
    assert_eq!(flight[rest.next().unwrap().1], ccs[..]);
    let opened = theirs.open(22, &flight[rest.next().unwrap().1][5..]);
    let expected = message(20, &prf(suite, &master, "server finished", &[&hash(suite, &words)], 12));
    assert_eq!(opened, expected);
    assert!(rest.next().is_none() && server.connection.is_open());
    assert_eq!(server.facts().extended_master_secret, extended);

    server.feed(&mut ours.seal(23, b"ping")).unwrap();
    assert_eq!(server.data, b"ping");
    server.send(b"pong").unwrap();
    let answer = server.take();
    assert_eq!(theirs.open(23, &answer[5..]), b"pong");

    // RFC 5705 §4, and RFC 7627 §5.4.
    let mut exported = [0; 20];
    let found = server.connection.export(b"EXPORTER-x", Some(b"abc"), &mut exported).is_some();
    assert_eq!(found, extended);
    if extended {
        let seed: [&[u8]; 4] = [&client_random, server_random, &[0, 3], b"abc"];
        assert_eq!(exported[..], prf(suite, &master, "EXPORTER-x", &seed, 20));
    }
}

#[test]
fn a_client_by_hand_connects_with_every_suite_with_and_without_an_extended_master_secret() {
    for suite in [0xc02b, 0xc02c, 0xcca9] {
        for extended in [true, false] {
            let shape = Shape { server_is: vec![Kind::EcdsaP256], ..Shape::default() };
            connect(suite, extended, &mut shape.server_end());
        }
    }
}
