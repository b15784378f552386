//! Ten megabytes each way between us and openssl, as client and as server, compared by their SHA-256.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod openssl;

use nocrypto::hash::{Hash, Sha256};
use openssl::program::{program, run};
use openssl::{Chain, DEADLINE, Flaw, Key, client, server};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

const SIZE: usize = 10_000_000;

/// Bytes that look random, others for each seed.
fn bytes(seed: u8) -> Vec<u8> {
    let mut all = vec![0; SIZE];
    ChaCha20Rng::from_seed([seed; 32]).fill_bytes(&mut all);
    all
}
fn hash(bytes: &[u8]) -> (usize, [u8; 32]) {
    let mut hash = Sha256::new();
    hash.update(bytes);
    (bytes.len(), hash.finish())
}

#[test]
fn our_server_takes_and_gives_ten_megabytes() {
    for key in [Key::Rsa2048, Key::P256] {
        let Some(chain) = Chain::make(&format!("bulk-server-{key:?}"), key, Flaw::None) else { return };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let ours = server(&chain);
        let task = thread::spawn(move || {
            let mut stream = ours.accept(listener.accept().unwrap().0);
            let mut taken = vec![0; SIZE];
            stream.read_exact(&mut taken).unwrap();
            stream.write_all(&bytes(2)).unwrap();
            stream.shutdown().unwrap();
            assert_eq!(stream.read(&mut [0]).unwrap(), 0, "openssl said goodbye as well");
            taken
        });
        let mut command = program("openssl").unwrap();
        command.args([
            "s_client",
            "-tls1_2",
            "-quiet",
            "-verify_return_error",
            "-CAfile",
            &chain.file("ca.pem"),
        ]);
        let said = run(command.args(["-connect", &address.to_string()]), &bytes(1), DEADLINE);
        assert_eq!(hash(&task.join().unwrap()), hash(&bytes(1)), "{}", said.stderr);
        assert_eq!(hash(&said.stdout), hash(&bytes(2)), "{}", said.stderr);
    }
}

#[test]
fn our_client_takes_ten_megabytes() {
    for key in [Key::Rsa2048, Key::P256] {
        let Some(chain) = Chain::make(&format!("bulk-down-{key:?}"), key, Flaw::None) else { return };
        std::fs::write(chain.file("blob"), bytes(3)).unwrap();
        let theirs = chain.serve(&["-WWW"]);
        let mut stream = client(&chain, theirs.port, "localhost");
        stream.write_all(b"GET /blob HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        assert_eq!(hash(&answer[end + 4..]), hash(&bytes(3)));
    }
}

#[test]
fn our_client_gives_ten_megabytes() {
    for key in [Key::Rsa2048, Key::P256] {
        let Some(chain) = Chain::make(&format!("bulk-up-{key:?}"), key, Flaw::None) else { return };
        let theirs = chain.serve(&["-naccept", "1"]);
        let mut stream = client(&chain, theirs.port, "localhost");
        let task = thread::spawn(move || {
            stream.write_all(&bytes(4)).unwrap();
            stream.shutdown().unwrap();
            stream.read_to_end(&mut Vec::new()).unwrap();
        });
        // Before the data it tells about the connection.
        let sent = bytes(4);
        let taken = theirs.stdout.wait("ten megabytes", DEADLINE, |said| {
            let said = said.get(..SIZE).and(Some(said))?;
            let begin = said.windows(32).position(|window| window == &sent[..32])?;
            said.get(begin..begin + SIZE).map(<[u8]>::to_vec)
        });
        assert_eq!(hash(&taken), hash(&sent));
        task.join().unwrap();
    }
}
