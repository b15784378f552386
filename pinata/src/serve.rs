//! Takes connections: each is a task of its own, so that nobody waits for anybody, and each ends in one line.
use crate::bounty::{self, Handed};
use crate::caps::Caps;
use crate::clock::now;
use crate::https::{self, Patience};
use crate::identity::Identity;
use crate::listen::Role;
use crate::log::{self, say};
use crate::names;
use crate::page::Facts;
use crate::prize::Prize;
use crate::random::Random;
use crate::visit::{Answers, Eyes};
use core::net::SocketAddr;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use core::time::Duration;
use std::sync::Arc;
use std::time::Instant;
use tls::io::Hosted;
use tls::io::tokio::Stream;
use tls::{Error, Established, Misbehaviour, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use x509::Verifier;

/// All that connections share.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) identity: Identity,
    pub(crate) tls: Arc<ServerConfig>,
    pub(crate) random: Random,
    pub(crate) prize: Prize,
    pub(crate) caps: Arc<Caps>,
    pub(crate) handshake: Duration,
    pub(crate) patience: Patience,
    /// Host and port of the bounty, for the page.
    pub(crate) bounty: String,
    /// The commands of the banner, for the page.
    pub(crate) commands: String,
    pub(crate) tally: Tally,
}

/// Counts since the start.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) pages: AtomicU64,
    pub(crate) attempts: AtomicU64,
    pub(crate) handed_over: AtomicU64,
}

impl Server {
    /// Takes connections as long as the task lives.
    pub(crate) async fn accept(self: Arc<Self>, listener: TcpListener, port: u16, role: Role) {
        loop {
            let (stream, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    // The peer has gone already, or we are out of descriptors; neither gets better by haste.
                    say(format_args!("{port}: a connection could not be taken: {error}"));
                    sleep(PAUSE).await;
                    continue;
                }
            };
            self.random.event();
            match self.caps.admit(peer.ip()) {
                Err(full) => say(format_args!("{port} {peer}: turned away: {full}")),
                Ok(admission) => {
                    let server = Arc::clone(&self);
                    tokio::spawn(async move {
                        let line = server.connection(stream, port, peer, role).await;
                        drop(admission);
                        say(line);
                    });
                }
            }
        }
    }

    /// One connection from its first byte to its end.
    async fn connection(
        &self,
        mut tcp: TcpStream,
        port: u16,
        peer: SocketAddr,
        role: Role,
    ) -> log::Connection {
        let (begin, eyes) = (Instant::now(), Eyes::default());
        let outcome = self.visit(&mut tcp, role, &eyes).await;
        let duration = begin.elapsed();
        linger(&mut tcp).await;
        let mut sight = eyes.sight();
        log::Connection {
            port,
            peer,
            outcome,
            channel: sight.channel.take(),
            alert_sent: sight.alert_sent.take(),
            alert_received: sight.alert_received.take(),
            duration,
        }
    }

    /// Shakes hands, and gives what the port is for. What became of it is said in some words.
    async fn visit(&self, tcp: &mut TcpStream, role: Role, eyes: &Eyes) -> String {
        let lend = Hosted {
            random: self.random.clone(),
            verifier: Verifier::new(&self.identity.anchors),
            desk: Answers { identity: &self.identity, role },
            observer: eyes.clone(),
        };
        let mut stream = Stream::server(tcp, Arc::clone(&self.tls), lend);
        match role {
            Role::Page => &self.tally.pages,
            Role::Bounty => &self.tally.attempts,
        }
        .fetch_add(1, Relaxed);
        match timeout(self.handshake, stream.handshake()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return refusal(&error, eyes),
            Err(_) => return "handshake deadline".to_owned(),
        }
        let Some(established) = &stream.pump().established else { return "no handshake".to_owned() };
        let (channel, known) = (channel(established), !established.peer.is_empty());
        eyes.sight().channel = Some(channel.clone());
        match role {
            Role::Page => {
                let answer = |request: &_| https::answer(request, &self.facts(&channel));
                let served = https::serve(&mut stream, self.patience, now, answer).await;
                let _ = timeout(LONGEST_LINGER, stream.shutdown()).await; // they may have gone already
                served.to_string()
            }
            // TLS has seen to it that there is a certificate; the prize is worth a second look.
            Role::Bounty if !known => "no client certificate was shown".to_owned(),
            Role::Bounty => {
                let handed = bounty::hand_over(&mut stream, self.prize.expose(), self.patience.idle).await;
                if matches!(handed, Handed::Over) {
                    self.tally.handed_over.fetch_add(1, Relaxed);
                }
                handed.to_string()
            }
        }
    }

    fn facts<'f>(&'f self, channel: &'f str) -> Facts<'f> {
        Facts {
            real_prize: self.prize.real,
            bounty: &self.bounty,
            commands: &self.commands,
            ca_pem: &self.identity.ca_pem,
            channel,
            attempts: self.tally.attempts.load(Relaxed),
            handed_over: self.tally.handed_over.load(Relaxed),
        }
    }
}

/// Why there was no handshake. A refused chain tells its whole trail.
fn refusal(error: &std::io::Error, eyes: &Eyes) -> String {
    let sight = eyes.sight();
    match (&sight.path, sight.failed) {
        (Some(trail), _) => format!("the client's certificates are not trusted: {trail}"),
        (None, Some(Error::Misbehaved(Misbehaviour::CertificateRequired))) => {
            "no client certificate was shown".to_owned()
        }
        (None, _) => error.to_string(),
    }
}

fn channel(established: &Established) -> String {
    let group = established.group.map_or("a resumed session", names::group);
    format!("{}, {}, {group}", names::version(established.version), names::suite(established.suite))
}

/// Ends our half and lets the peer end its own: to close with bytes unread would reset the connection, and what we said
/// last, an alert perhaps, could be lost (RFC 9112 §9.6).
async fn linger(tcp: &mut TcpStream) {
    let rest = async {
        tcp.shutdown().await?;
        tokio::io::copy(&mut tcp.take(MOST_UNREAD), &mut tokio::io::sink()).await
    };
    let _ = timeout(LONGEST_LINGER, rest).await; // it is over in any case
}

/// After a failed accept.
const PAUSE: Duration = Duration::from_millis(100);
const LONGEST_LINGER: Duration = Duration::from_secs(1);
/// Bytes that a peer may still send after the end.
const MOST_UNREAD: u64 = 1 << 18;
