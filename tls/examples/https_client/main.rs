//! A small HTTPS client: `https_client URL --cafile FILE` gets the resource (RFC 9112) and prints its body.
//!
//! Whatever goes wrong has a message of its own on standard error, and the exit code is not zero; where no path was found
//! from the server's certificate to one in FILE, the message is the whole search.
mod http;
mod url;

use core::time::Duration;
use std::fmt;
use std::io::{self, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::Arc;
use tls::desk::ClientDesk;
use tls::io::Hosted;
use tls::io::std::Stream;
use tls::{ClientConfig, Observe, Trace};
use url::Url;
use x509::{Certificate, TrustAnchor, Verifier};

fn main() -> ExitCode {
    match arguments().and_then(|(url, file)| get(&url, &file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("https_client: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Everything that can go wrong, and how it is told.
enum Failure {
    Usage,
    Url(url::Error),
    File(String, io::Error),
    Pem(String, x509::pem::PemError),
    NoAnchor(String),
    Unseeded(entropy::Unseeded),
    Connect(Url, io::Error),
    /// With the path trail, if it was the certificate.
    Handshake(io::Error, Option<String>),
    Exchange(io::Error),
    Response(http::Error),
    Output(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage => f.write_str("usage: https_client URL --cafile FILE"),
            Self::Url(error) => write!(f, "the URL is of no use: {error}"),
            Self::File(name, error) => write!(f, "{name} cannot be read: {error}"),
            Self::Pem(name, error) => write!(f, "{name} is not PEM: {error}"),
            Self::NoAnchor(name) => write!(f, "{name} has no certificate that can be trusted"),
            Self::Unseeded(error) => write!(f, "there is not enough randomness: {error}"),
            Self::Connect(url, error) => write!(f, "{}:{} cannot be reached: {error}", url.host, url.port),
            Self::Handshake(error, None) => write!(f, "the handshake failed: {error}"),
            Self::Handshake(error, Some(trail)) => write!(f, "the handshake failed: {error}\n{trail}"),
            Self::Exchange(error) => write!(f, "the connection broke: {error}"),
            Self::Response(error) => write!(f, "the response is of no use: {error}"),
            Self::Output(error) => write!(f, "the body cannot be written: {error}"),
        }
    }
}

fn arguments() -> Result<(Url, String), Failure> {
    let (mut url, mut file) = (None, None);
    let mut rest = std::env::args().skip(1);
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--cafile" if file.is_none() => file = Some(rest.next().ok_or(Failure::Usage)?),
            _ if url.is_none() && !argument.starts_with('-') => url = Some(argument),
            _ => return Err(Failure::Usage),
        }
    }
    let (Some(url), Some(file)) = (url, file) else { return Err(Failure::Usage) };
    Ok((Url::parse(&url).map_err(Failure::Url)?, file))
}

/// Keeps the search for a path, should it fail.
#[derive(Default)]
struct Trail(Option<String>);
impl Observe for Trail {
    fn see(&mut self, event: Trace<'_>) {
        if let Trace::PathRefused(error) = event {
            self.0 = Some(error.to_string());
        }
    }
}

fn get(url: &Url, file: &str) -> Result<(), Failure> {
    let text = std::fs::read(file).map_err(|error| Failure::File(file.into(), error))?;
    let roots = x509::pem::certificates(&text).map_err(|error| Failure::Pem(file.into(), error))?;
    // A list of roots may have some that we can make nothing of; the others are as good as before.
    let anchors: Vec<_> = roots
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok().map(TrustAnchor::from_certificate))
        .collect();
    if anchors.is_empty() {
        return Err(Failure::NoAnchor(file.into()));
    }

    let (random, _) = entropy::seed_host().map_err(Failure::Unseeded)?;
    let verifier = Verifier::new(&anchors);
    let surroundings = Hosted { random, verifier, desk: ClientDesk::default(), observer: Trail::default() };
    let config = ClientConfig { alpn: vec![b"http/1.1".to_vec()], ..ClientConfig::default() };
    let socket = connect(url).map_err(|error| Failure::Connect(url.clone(), error))?;
    let mut stream = Stream::client(socket, Arc::new(config), url.host.clone().into(), None, surroundings);
    stream.handshake().map_err(|error| Failure::Handshake(error, stream.lend().observer.0.clone()))?;

    stream.write_all(http::request(url).as_bytes()).map_err(Failure::Exchange)?;
    let mut output = io::stdout().lock();
    let status = http::response(&mut stream, &mut output)?;
    output.flush().map_err(Failure::Output)?;
    // The body is all there; what becomes of the connection is no matter any more.
    let _ = stream.shutdown();
    match status {
        200..300 => Ok(()),
        status => Err(Failure::Response(http::Error::Status(status))),
    }
}

fn connect(url: &Url) -> io::Result<TcpStream> {
    let socket = TcpStream::connect(url.address())?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    socket.set_nodelay(true)?;
    Ok(socket)
}

const PATIENCE: Duration = Duration::from_secs(30);
