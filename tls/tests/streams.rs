//! The adapters over real sockets and over bytes: what readers and writers get to see.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::{NOW, Shape, pki};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use tls::desk::ClientDesk;
use tls::io::Lend;
use tls::io::std::Stream;
use tls::*;
use x509::ServerName;

struct Local(ChaCha20Rng, Box<dyn Desk + Send>);
impl Lend for Local {
    fn lend<T>(&mut self, f: impl FnOnce(&mut World<'_>, &mut dyn Desk) -> T) -> T {
        let Self(random, desk) = self;
        f(&mut World { now: NOW, random, verifier: pki::verifier(), observer: &mut () }, &mut **desk)
    }
}
fn local(seed: u64, desk: impl Desk + Send + 'static) -> Local {
    Local(ChaCha20Rng::seed_from_u64(seed), Box::new(desk))
}
fn name() -> ServerName<'static> {
    ServerName::try_from("server.test").unwrap()
}
fn client<T: Read + Write>(transport: T) -> Stream<T, Local> {
    Stream::client(transport, Arc::default(), name(), None, local(1, ClientDesk::default()))
}
fn server<T: Read + Write>(transport: T) -> Stream<T, Local> {
    Stream::server(transport, Arc::default(), local(2, Shape::default().server_desk()))
}

#[test]
fn an_echo_ends_with_a_clean_end() {
    let (near, far) = UnixStream::pair().unwrap();
    let echo = std::thread::spawn(move || {
        let mut stream = server(far);
        let mut all = Vec::new();
        assert_eq!(stream.read_to_end(&mut all).unwrap(), 100_000);
        stream.write_all(&all).unwrap();
        stream.shutdown().unwrap();
    });
    let mut stream = client(near);
    let data: Vec<u8> = (0..100_000u32).map(|n| n.to_le_bytes()[0]).collect();
    stream.write_all(&data).unwrap();
    stream.shutdown().unwrap();
    assert_eq!(stream.write(b"x").unwrap_err().kind(), ErrorKind::BrokenPipe);
    let mut back = Vec::new();
    stream.read_to_end(&mut back).unwrap();
    assert_eq!(back, data);
    assert_eq!(stream.read(&mut [0; 8]).unwrap(), 0);
    assert!(stream.pump().established.is_some() && stream.pump().ticket.is_some());
    echo.join().unwrap();
}

#[test]
fn a_stream_that_is_cut_off_is_an_unexpected_end_again_and_again() {
    let (near, far) = UnixStream::pair().unwrap();
    let peer = std::thread::spawn(move || {
        let mut stream = server(far);
        stream.handshake().unwrap();
        stream.write_all(b"some").unwrap();
        // Dropped without a word.
    });
    let mut stream = client(near);
    let mut buffer = [0; 8];
    assert_eq!(stream.read(&mut buffer).unwrap(), 4);
    peer.join().unwrap();
    for _ in 0..2 {
        let error = stream.read(&mut buffer).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
        let source = error.get_ref().and_then(|source| source.downcast_ref::<Error>());
        assert_eq!(source, Some(&Error::Truncated));
    }
}

#[test]
fn a_peer_that_leaves_during_the_handshake_is_no_clean_end() {
    let (near, far) = UnixStream::pair().unwrap();
    let mut stream = client(near);
    drop(far);
    assert!(stream.read(&mut [0; 8]).is_err());
    assert!(stream.handshake().is_err());
}

#[test]
fn an_error_of_tls_is_the_source_of_the_readers_error() {
    let (near, mut far) = UnixStream::pair().unwrap();
    far.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    let mut stream = client(near);
    let error = stream.handshake().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    let source = error.get_ref().and_then(|source| source.downcast_ref::<Error>());
    assert_eq!(source, Some(&Error::Decode(Structure::Record)));
    // And the peer was told.
    drop(stream);
    let mut sent = Vec::new();
    far.read_to_end(&mut sent).unwrap();
    assert!(sent.ends_with(&[21, 3, 3, 0, 2, 2, 10]));
}

#[test]
fn many_small_reads_give_what_one_large_read_gives() {
    let (near, far) = UnixStream::pair().unwrap();
    let peer = std::thread::spawn(move || {
        let mut stream = server(far);
        for piece in [&b"one "[..], b"two ", b"three"] {
            stream.write_all(piece).unwrap();
        }
        stream.shutdown().unwrap();
    });
    let (mut stream, mut text, mut byte) = (client(near), Vec::new(), [0]);
    while stream.read(&mut byte).unwrap() > 0 {
        text.extend(byte);
    }
    assert_eq!(text, b"one two three");
    peer.join().unwrap();
}

#[cfg(feature = "tokio")]
mod tokio_streams {
    use super::*;
    use tls::io::tokio::Stream;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    #[test]
    fn an_echo_through_a_narrow_pipe() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            for width in [1, 100, 100_000] {
                let (near, far) = duplex(width);
                let echo = async {
                    let desk = Shape::default().server_desk();
                    let mut stream = Stream::server(far, Arc::default(), local(2, desk));
                    let mut all = Vec::new();
                    stream.read_to_end(&mut all).await.unwrap();
                    stream.write_all(&all).await.unwrap();
                    stream.shutdown().await.unwrap();
                };
                let ask = async {
                    let desk = local(1, ClientDesk::default());
                    let mut stream = Stream::client(near, Arc::default(), name(), None, desk);
                    stream.handshake().await.unwrap();
                    stream.write_all(&[7; 40_000]).await.unwrap();
                    stream.shutdown().await.unwrap();
                    let mut back = Vec::new();
                    stream.read_to_end(&mut back).await.unwrap();
                    assert_eq!(back, [7; 40_000]);
                };
                tokio::join!(echo, ask);
            }
        });
    }

    #[test]
    fn a_stream_that_is_cut_off_is_an_unexpected_end() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (near, far) = duplex(1 << 16);
            let desk = Shape::default().server_desk();
            let mut peer = Stream::server(far, Arc::default(), local(2, desk));
            let mut stream =
                Stream::client(near, Arc::default(), name(), None, local(1, ClientDesk::default()));
            let (a, b) = tokio::join!(peer.handshake(), stream.handshake());
            a.and(b).unwrap();
            drop(peer);
            let error = stream.read(&mut [0; 8]).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
        });
    }
}
