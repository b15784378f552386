//! A small HTTPS server: `https_server ADDRESS:PORT --cert FILE --key FILE` greets whoever asks, one after the other.
//!
//! Keys and certificates are PEM; the chain begins with the server's own. What goes wrong with a client is told on
//! standard error, and the next one is served.
use core::error::Error;
use core::time::Duration;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tls::desk::{Identity, LocalHost, ServerDesk, TicketKeys};
use tls::io::Lend;
use tls::io::std::Stream;
use tls::{ClientAuth, Desk, ServerConfig, World};
use x509::{PrivateKey, Time, Verifier};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("https_server: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What all connections share.
struct Shared {
    random: entropy::Fortuna,
    desk: ServerDesk,
}
/// Locked for a step at a time.
#[derive(Clone, Copy)]
struct Lent<'s>(&'s Mutex<Shared>);
impl Lend for Lent<'_> {
    fn lend<T>(&mut self, f: impl FnOnce(&mut World<'_>, &mut dyn Desk) -> T) -> T {
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Shared { random, desk } = &mut *shared;
        // No client is asked who it is, so nobody has to be believed.
        let verifier = Verifier::new(&[]);
        f(&mut World { now: now(), random, verifier: &verifier, observer: &mut () }, desk)
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, cert, certificates, key, key_file] = arguments.as_slice() else {
        return Err("usage: https_server ADDRESS:PORT --cert FILE --key FILE".into());
    };
    if cert != "--cert" || key != "--key" {
        return Err("usage: https_server ADDRESS:PORT --cert FILE --key FILE".into());
    }
    let chain = x509::pem::certificates(&std::fs::read(certificates)?)?;
    let identity = Identity::new(chain, PrivateKey::from_pem(std::fs::read(key_file)?)?)?;
    let host = LocalHost {
        names: Vec::new(),
        identities: vec![identity],
        client_auth: ClientAuth::None,
        alpn: vec![b"http/1.1".to_vec()],
    };
    let (mut random, _) = entropy::seed_host()?;
    let config = Arc::new(ServerConfig::default());
    let tickets = TicketKeys::new(config.ticket_lifetime, now(), &mut random);
    let shared = Mutex::new(Shared { random, desk: ServerDesk::new(vec![host], Some(tickets)) });
    let listener = TcpListener::bind(address)?;
    eprintln!("https_server: listening on {}", listener.local_addr()?);
    std::thread::scope(|scope| {
        for socket in listener.incoming() {
            let (config, lent) = (Arc::clone(&config), Lent(&shared));
            scope.spawn(move || {
                if let Err(error) = socket.and_then(|socket| serve(socket, config, lent)) {
                    eprintln!("https_server: {error}");
                }
            });
        }
    });
    Ok(())
}

fn serve(socket: TcpStream, config: Arc<ServerConfig>, lent: Lent<'_>) -> std::io::Result<()> {
    socket.set_read_timeout(Some(Duration::from_secs(10)))?;
    socket.set_write_timeout(Some(Duration::from_secs(10)))?;
    let mut stream = Stream::server(socket, config, lent);
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > 1 << 14 || stream.read(&mut byte)? == 0 {
            return stream.shutdown();
        }
        head.extend(byte);
    }
    let facts = stream.pump().established.as_ref();
    let how =
        facts.map(|facts| format!("{:?}, resumed: {}\n", facts.suite, facts.resumed)).unwrap_or_default();
    let length = how.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(format!("{head}{how}").as_bytes())?;
    stream.shutdown()
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
