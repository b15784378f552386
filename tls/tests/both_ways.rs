//! Both ends write and read at once: nobody waits for ever, and nothing is sent twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::{NOW, Shape, pki};
use core::time::Duration;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
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
fn client() -> Local {
    Local(ChaCha20Rng::seed_from_u64(1), Box::new(ClientDesk::default()))
}
fn server() -> Local {
    Local(ChaCha20Rng::seed_from_u64(2), Box::new(Shape::default().server_desk()))
}
fn name() -> ServerName<'static> {
    ServerName::try_from("server.test").unwrap()
}
/// No two places look the same.
fn data() -> Vec<u8> {
    (0..50_000u32).flat_map(|n| n.wrapping_mul(0x9e37_79b9).to_be_bytes()).collect()
}

/// One end that writes all of `data` and reads as much, each when it can.
struct Talker<T> {
    stream: Stream<T, Local>,
    written: usize,
    read: Vec<u8>,
}
impl<T: Read + Write> Talker<T> {
    const fn new(stream: Stream<T, Local>) -> Self {
        Self { stream, written: 0, read: Vec::new() }
    }
    /// How many bytes it has got rid of and taken in.
    fn go_on(&mut self, data: &[u8]) -> usize {
        let later = |error: io::Error| {
            assert_eq!(error.kind(), ErrorKind::WouldBlock, "{error}");
            0
        };
        let mut room = [0; 5_000];
        let written = match &data[self.written..] {
            [] => 0,
            rest => self.stream.write(rest).unwrap_or_else(later),
        };
        let read = self.stream.read(&mut room).unwrap_or_else(later);
        self.written += written;
        self.read.extend(&room[..read]);
        written + read
    }
}

#[test]
fn over_sockets_that_do_not_block_all_arrives_once() {
    let (near, far) = UnixStream::pair().unwrap();
    near.set_nonblocking(true).unwrap();
    far.set_nonblocking(true).unwrap();
    let mut near = Talker::new(Stream::client(near, Arc::default(), name(), None, client()));
    let mut far = Talker::new(Stream::server(far, Arc::default(), server()));
    let data = data();
    let mut idle = 0;
    while near.read.len() < data.len() || far.read.len() < data.len() {
        let moved = near.go_on(&data) + far.go_on(&data);
        idle = if moved > 0 { 0 } else { idle + 1 };
        assert!(idle < 1_000, "they have stopped each other");
    }
    assert!(near.read == data && far.read == data);
}

/// Nothing leaves until it is flushed.
struct Buffered(UnixStream, BufWriter<UnixStream>);
impl Buffered {
    fn new(socket: UnixStream) -> Self {
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self(socket.try_clone().unwrap(), BufWriter::with_capacity(1 << 16, socket))
    }
}
impl Read for Buffered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}
impl Write for Buffered {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.1.write(from)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

#[test]
fn a_transport_that_keeps_bytes_is_flushed_before_waiting() {
    let (near, far) = UnixStream::pair().unwrap();
    let peer = std::thread::spawn(move || {
        let mut stream = Stream::server(Buffered::new(far), Arc::default(), server());
        stream.handshake().unwrap();
        stream // kept open
    });
    let mut stream = Stream::client(Buffered::new(near), Arc::default(), name(), None, client());
    stream.handshake().unwrap();
    drop(peer.join().unwrap());
}

#[cfg(feature = "tokio")]
mod tokio_streams {
    use super::*;
    use core::pin::Pin;
    use core::sync::atomic::{AtomicBool, Ordering};
    use core::task::{Context, Poll, Waker};
    use tls::io::tokio::Stream;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, BufStream, DuplexStream, duplex, split};

    struct Awake(AtomicBool);
    impl std::task::Wake for Awake {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    /// Runs tasks that have nobody to wait for but each other, so that a task nobody wakes is seen at once.
    fn run(tasks: Vec<Pin<Box<dyn Future<Output = ()>>>>) {
        let mut tasks: Vec<_> =
            tasks.into_iter().map(|task| (task, Arc::new(Awake(AtomicBool::new(true))))).collect();
        while !tasks.is_empty() {
            let mut moved = false;
            tasks.retain_mut(|(task, awake)| {
                if !awake.0.swap(false, Ordering::Relaxed) {
                    return true;
                }
                moved = true;
                let waker = Waker::from(Arc::clone(awake));
                task.as_mut().poll(&mut Context::from_waker(&waker)) == Poll::Pending
            });
            assert!(moved, "{} tasks sleep for ever", tasks.len());
        }
    }
    fn ends(width: usize) -> (Stream<DuplexStream, Local>, Stream<DuplexStream, Local>) {
        let (near, far) = duplex(width);
        let near = Stream::client(near, Arc::default(), name(), None, client());
        (near, Stream::server(far, Arc::default(), server()))
    }

    #[test]
    fn a_pipe_that_is_just_full_does_not_stop_both_ends() {
        // It divides the 65 652 bytes of four full records: if a write took as many, the pipe would be full when all have
        // left, and the next write would be stuck whole, at both ends.
        let (near, far) = ends(12);
        let talk = |stream| async {
            let (mut read, mut write) = split(stream);
            let (data, mut back) = (data(), vec![0; 200_000]);
            let writes = async {
                write.write_all(&data).await.unwrap();
                write.flush().await.unwrap();
            };
            let reads = async { assert_eq!(read.read_exact(&mut back).await.unwrap(), 200_000) };
            tokio::join!(writes, reads);
            assert_eq!(back, data);
        };
        let (near, far) = (talk(near), talk(far));
        run(vec![Box::pin(async { _ = tokio::join!(near, far) })]);
    }

    #[test]
    fn who_reads_and_who_writes_may_be_two_tasks() {
        for width in [100, 100_000] {
            let (near, far) = ends(width);
            let mut tasks: Vec<Pin<Box<dyn Future<Output = ()>>>> = Vec::new();
            for stream in [near, far] {
                let (mut read, mut write) = split(stream);
                tasks.push(Box::pin(async move {
                    write.write_all(&data()).await.unwrap();
                    write.flush().await.unwrap();
                }));
                tasks.push(Box::pin(async move {
                    let mut back = vec![0; 200_000];
                    read.read_exact(&mut back).await.unwrap();
                    assert_eq!(back, data());
                }));
            }
            run(tasks);
        }
    }

    #[test]
    fn a_transport_that_keeps_bytes_is_flushed_before_waiting() {
        let (near, far) = duplex(1 << 16);
        let mut near = Stream::client(BufStream::new(near), Arc::default(), name(), None, client());
        let mut far = Stream::server(BufStream::new(far), Arc::default(), server());
        run(vec![
            Box::pin(async move { near.handshake().await.unwrap() }),
            Box::pin(async move { far.handshake().await.unwrap() }),
        ]);
    }
}
