//! One end of TLS against any bytes. The world is always the same, so a recorded handshake is a seed that still fits.
#![allow(clippy::indexing_slicing, reason = "two ends, two recordings")]
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use std::sync::{Arc, OnceLock};
use tls::desk::{ClientDesk, Identity, LocalHost, ServerDesk};
use tls::{ClientAuth, ClientConfig, Connection, Desk, Error, Event, ServerConfig, Wire, World};
use x509::builder::CertificateBuilder;
use x509::certificate::{Certificate, Validity};
use x509::{KeyKind, PrivateKey, ServerName, Time, TrustAnchor, Verifier};

/// A server, and any bytes from a client. The first byte says whether the client is asked for a certificate.
pub fn tls_server(data: &[u8]) {
    attack(Side::Server, data);
}
/// A client, and any bytes from a server. The first byte says what kind of server there was when the seed was made.
pub fn tls_client(data: &[u8]) {
    attack(Side::Client, data);
}

/// The side that is attacked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// Gets what a server should send.
    Client,
    /// Gets what a client should send.
    Server,
}

/// What each side sends in a handshake that nobody disturbs, with a little data and a close behind it.
#[must_use]
pub fn honest(side: Side, asks: bool) -> &'static [u8] {
    let [client, server] = &recordings()[usize::from(asks)];
    match side {
        Side::Client => server,
        Side::Server => client,
    }
}

fn attack(side: Side, data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let asks = first & 1 == 1;
    let mut end = End::new(side, asks);
    let mut bytes = data.to_vec();
    let result = end.feed(&mut bytes);
    let open = end.connection.is_open() || end.data > 0;
    // Nobody but the honest peer can make the record with its Finished.
    let honest = honest(side, asks);
    let finished = last_handshake_record(honest);
    assert!(
        !open || data.windows(finished.len()).any(|w| w == finished),
        "established without the peer's Finished"
    );
    // The longest flight and an alert, and never more than comes in: no amplification without end.
    assert!(end.out.len() <= 8192 + data.len(), "{} bytes out for {} in", end.out.len(), data.len());
    if let Err(error) = result {
        let before = end.out.len();
        assert_eq!(end.feed(&mut bytes.clone()).err(), Some(error), "what has failed stays failed");
        assert_eq!(end.out.len(), before, "and says nothing more");
    }
    let ended = end.connection.transport_ended();
    assert!(ended.is_err() || end.closed || result.is_err(), "an end that nobody had announced");
}

struct End {
    connection: Connection,
    desk: Box<dyn Desk>,
    random: ChaCha20Rng,
    out: Vec<u8>,
    data: usize,
    closed: bool,
}

impl End {
    fn new(side: Side, asks: bool) -> Self {
        let (mut out, mut random) = (Vec::new(), ChaCha20Rng::seed_from_u64(u64::from(side == Side::Server)));
        let pki = pki();
        let verifier = Verifier::new(&pki.anchors);
        let mut world = World { now: NOW, random: &mut random, verifier: &verifier, observer: &mut () };
        let (connection, desk): (_, Box<dyn Desk>) = match side {
            Side::Client => {
                let name =
                    ServerName::try_from("localhost").unwrap_or_else(|_| panic!("localhost is a name"));
                let config = Arc::new(ClientConfig::default());
                let desk = ClientDesk { identities: vec![pki.identity(&pki.client)] };
                (Connection::client(config, name, None, &mut out, &mut world), Box::new(desk))
            }
            Side::Server => {
                let host = LocalHost {
                    names: vec!["localhost".to_owned()],
                    identities: vec![pki.identity(&pki.server)],
                    client_auth: if asks { ClientAuth::Required } else { ClientAuth::None },
                    alpn: Vec::new(),
                };
                let desk = ServerDesk::new(vec![host], None);
                (Connection::server(Arc::new(ServerConfig::default())), Box::new(desk))
            }
        };
        Self { connection, desk, random, out, data: 0, closed: false }
    }

    /// Everything in `bytes`, once.
    fn feed(&mut self, bytes: &mut [u8]) -> Result<usize, Error> {
        let Self { connection, desk, random, out, data, closed } = self;
        let pki = pki();
        let verifier = Verifier::new(&pki.anchors);
        let mut world = World { now: NOW, random, verifier: &verifier, observer: &mut () };
        let most = bytes.len().saturating_add(64);
        let mut wire = Wire::new(bytes);
        for _ in 0..most {
            match connection.poll(&mut wire, out, &mut world)? {
                Event::Starved { need } => {
                    assert!(need > 0);
                    return Ok(wire.taken());
                }
                Event::Data(plain) => *data = data.saturating_add(plain.bytes.len()),
                Event::Note(tls::Note::PeerClosed) => *closed = true,
                Event::Note(_) => {}
                Event::Asked => {
                    let question = connection.question().unwrap_or_else(|| panic!("asked, and no question"));
                    let answer =
                        desk.answer(question, &mut world).unwrap_or_else(|| panic!("a local desk answers"));
                    match connection.answer(answer, out, &mut world) {
                        Ok(()) => {}
                        Err(tls::Refused::Failed(error)) => return Err(error),
                        Err(refused) => panic!("{refused:?}"),
                    }
                }
            }
        }
        panic!("more events than bytes")
    }

    fn with_world(&mut self, f: impl FnOnce(&mut Connection, &mut Vec<u8>, &mut World<'_>)) {
        let pki = pki();
        let verifier = Verifier::new(&pki.anchors);
        let mut world = World { now: NOW, random: &mut self.random, verifier: &verifier, observer: &mut () };
        f(&mut self.connection, &mut self.out, &mut world);
    }
}

/// For each kind of server, what the client and the server send.
fn recordings() -> &'static [[Vec<u8>; 2]; 2] {
    static RECORDINGS: OnceLock<[[Vec<u8>; 2]; 2]> = OnceLock::new();
    RECORDINGS.get_or_init(|| [record(false), record(true)])
}

fn record(asks: bool) -> [Vec<u8>; 2] {
    let mut ends = [End::new(Side::Client, asks), End::new(Side::Server, asks)];
    let mut sent = [Vec::new(), Vec::new()];
    for round in 0..8 {
        if round == 5 {
            ends.iter_mut().for_each(|end| {
                end.with_world(|connection, out, world| {
                    connection.send(b"hello", out, world).unwrap_or_else(|e| panic!("{e}"));
                    connection.close(out, world);
                });
            });
        }
        for (from, to) in [(0, 1), (1, 0)] {
            let mut flight = core::mem::take(&mut ends[from].out);
            sent[from].extend_from_slice(&flight);
            ends[to].feed(&mut flight).unwrap_or_else(|e| panic!("nobody disturbs: {e}"));
        }
    }
    assert!(ends.iter().all(|end| end.closed && end.data == 5));
    sent
}

/// The last record of type handshake: the sealed Finished.
fn last_handshake_record(mut stream: &[u8]) -> &[u8] {
    let mut last = stream;
    while let Some((&[kind, _, _, high, low], _)) = stream.split_first_chunk::<5>() {
        let length = usize::from(u16::from_be_bytes([high, low])).saturating_add(5);
        let (record, rest) = stream.split_at_checked(length).unwrap_or((stream, &[]));
        if kind == 22 {
            last = record;
        }
        stream = rest;
    }
    last
}

struct Pki {
    anchors: Vec<TrustAnchor<'static>>,
    server: Owner,
    client: Owner,
}
struct Owner {
    chain: Vec<Vec<u8>>,
    pkcs8: Vec<u8>,
}

impl Pki {
    fn identity(&self, owner: &Owner) -> Identity {
        let key = PrivateKey::from_pkcs8_der(&owner.pkcs8).unwrap_or_else(|e| panic!("{e}"));
        Identity::new(owner.chain.clone(), key).unwrap_or_else(|e| panic!("{e}"))
    }
}

/// The same at every run.
fn pki() -> &'static Pki {
    static PKI: OnceLock<Pki> = OnceLock::new();
    PKI.get_or_init(|| make_pki().unwrap_or_else(|e| panic!("{e}")))
}

fn make_pki() -> Result<Pki, Box<dyn core::error::Error>> {
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let validity = Validity { not_before: Time(NOW.0 - 1_000), not_after: Time(NOW.0 + 1_000) };
    let ca_key = PrivateKey::generate(KeyKind::EcdsaP256, &mut rng)?;
    let ca: &'static [u8] =
        CertificateBuilder::authority("Fuzz CA", validity).self_signed(&ca_key, &mut rng)?.leak();
    let ca = Certificate::from_der(ca)?;
    let mut owner = |builder: CertificateBuilder| -> Result<Owner, Box<dyn core::error::Error>> {
        let key = PrivateKey::generate(KeyKind::EcdsaP256, &mut rng)?;
        let leaf = builder.signed_by(&key.public_key(), &ca, &ca_key, &mut rng)?;
        Ok(Owner { chain: vec![leaf, ca.der().to_vec()], pkcs8: key.to_pkcs8_der().to_vec() })
    };
    let server = owner(CertificateBuilder::end_entity("localhost", validity).dns("localhost").server())?;
    let client = owner(CertificateBuilder::end_entity("client", validity).dns("client").client())?;
    Ok(Pki { anchors: vec![TrustAnchor::from_certificate(ca)], server, client })
}

const NOW: Time = Time(1_790_000_000);
