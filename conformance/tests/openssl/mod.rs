//! What these tests need of openssl: chains of certificates, and servers that show them; and our ends of the
//! connections.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]
#[path = "../../../pinata/tests/harness/program.rs"]
pub mod program;

use core::time::Duration;
use entropy::Fortuna;
use program::{Folder, Running, Said, program, run, start};
use std::net::TcpStream;
use std::process::ChildStdin;
use std::sync::Arc;
use tls::desk::{ClientDesk, Identity, LocalHost, ServerDesk};
use tls::io::Hosted;
use tls::io::std::Stream;
use tls::{ClientAuth, ClientConfig, ServerConfig};
use x509::{Certificate, PrivateKey, ServerName, TrustAnchor, Verifier, pem};

/// Longer than anything here takes on a machine that has much else to do.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// Kinds of keys that openssl is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Key {
    Rsa2048,
    P256,
}
impl Key {
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Rsa2048 => &["-newkey", "rsa:2048"],
            Self::P256 => &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        }
    }
}

/// What is to be wrong with the server's certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Flaw {
    None,
    /// It is for other.example.
    Name,
    /// It was valid in January 2020.
    Expired,
    /// It is for clients.
    Usage,
}

/// An authority and a server's certificate under it, in a folder of their own. The kind of key names the authority.
#[derive(Debug)]
pub struct Chain {
    pub folder: Folder,
}

impl Chain {
    /// `None`, and a line, where there is no openssl.
    pub fn make(test: &str, key: Key, flaw: Flaw) -> Option<Self> {
        program("openssl")?;
        let chain = Self { folder: Folder::new(test) };
        std::fs::write(
            chain.file("openssl.cnf"),
            CONFIGURATION.replace("FOLDER", &chain.file("")).replace("KEY", &format!("{key:?}")),
        )
        .unwrap();
        std::fs::write(chain.file("index.txt"), "").unwrap();
        let (ca, ca_key) = (chain.file("ca.pem"), chain.file("ca.key"));
        let (leaf, leaf_key, request) =
            (chain.file("leaf.pem"), chain.file("leaf.key"), chain.file("leaf.csr"));
        let new = [&["req", "-nodes"][..], key.arguments()].concat();
        chain.openssl(&new, &["-x509", "-days", "7", "-keyout", &ca_key, "-out", &ca]);
        chain.openssl(&new, &["-subj", "/CN=server", "-keyout", &leaf_key, "-out", &request]);
        let (extensions, end) = match flaw {
            Flaw::None => ("server", None),
            Flaw::Name => ("other_name", None),
            Flaw::Usage => ("other_usage", None),
            Flaw::Expired => ("server", Some("20200131235959Z")),
        };
        let term = match end {
            Some(end) => ["-startdate", "20200101000000Z", "-enddate", end],
            None => ["-days", "7", "-md", "sha256"],
        };
        let sign =
            ["-cert", &ca, "-keyfile", &ca_key, "-in", &request, "-out", &leaf, "-extensions", extensions];
        chain.openssl(&["ca", "-batch", "-notext"], &[&sign[..], &term].concat());
        Some(chain)
    }
    pub fn file(&self, name: &str) -> String {
        self.folder.file(name)
    }
    fn openssl(&self, verb: &[&str], arguments: &[&str]) {
        let mut command = program("openssl").unwrap();
        command.args(verb).args(["-config", &self.file("openssl.cnf")]).args(arguments);
        let said = run(&mut command, b"", DEADLINE);
        assert!(said.status.success(), "{command:?}: {}", said.text());
    }
    /// `openssl s_server` with this chain on a free port.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = program("openssl").unwrap();
        command.current_dir(&self.folder.0); // -WWW gives what is there
        command.args(["s_server", "-tls1_2", "-accept", "127.0.0.1:0", "-cert", &self.file("leaf.pem")]);
        let mut running = Running(start(command.args(["-key", &self.file("leaf.key")]).args(arguments)));
        let stdin = running.0.stdin.take().unwrap();
        let stdout = Said::gather(running.0.stdout.take().unwrap());
        let port = stdout.wait(&format!("ACCEPT of {command:?}"), DEADLINE, |said| {
            let text = String::from_utf8_lossy(said);
            let line = text.lines().find_map(|line| line.strip_prefix("ACCEPT "))?;
            line.rsplit(':').next()?.parse().ok()
        });
        Server { running, stdout, stdin, port }
    }
}

/// A server of openssl's, killed at the end.
#[derive(Debug)]
pub struct Server {
    running: Running,
    pub stdout: Said,
    /// Held open: its end would be the server's.
    stdin: ChildStdin,
    pub port: u16,
}

/// What our ends lend to TLS.
pub type World<'r, D> = Hosted<'r, Fortuna, D>;

/// Our client, connected to a server of openssl's; it trusts the authority of `chain`.
pub fn client(chain: &Chain, port: u16, name: &str) -> Stream<TcpStream, World<'static, ClientDesk>> {
    let desk = ClientDesk::default();
    let lend = World { random: random(), verifier: verifier(chain), desk, observer: () };
    let tcp = TcpStream::connect(("127.0.0.1", port)).unwrap();
    tcp.set_read_timeout(Some(DEADLINE)).unwrap();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    Stream::client(tcp, Arc::new(ClientConfig::default()), name, None, lend)
}

/// Our server with the certificate of a chain, for one connection.
pub struct Ours {
    desk: ServerDesk,
    verifier: Verifier<'static>,
}
pub fn server(chain: &Chain) -> Ours {
    let key = PrivateKey::from_pem(std::fs::read(chain.file("leaf.key")).unwrap()).unwrap();
    let identity = Identity::new(certificates(&chain.file("leaf.pem")), key).unwrap();
    let host = LocalHost {
        names: Vec::new(),
        identities: vec![identity],
        client_auth: ClientAuth::None,
        alpn: Vec::new(),
    };
    Ours { desk: ServerDesk::new(vec![host], None), verifier: verifier(chain) }
}
impl Ours {
    pub fn accept(self, tcp: TcpStream) -> Stream<TcpStream, World<'static, ServerDesk>> {
        tcp.set_read_timeout(Some(DEADLINE)).unwrap();
        let Self { desk, verifier } = self;
        let lend = World { random: random(), verifier, desk, observer: () };
        Stream::server(tcp, Arc::new(ServerConfig::default()), lend)
    }
}

fn random() -> Fortuna {
    entropy::seed_host().unwrap().0
}
fn verifier(chain: &Chain) -> Verifier<'static> {
    let der: &'static [u8] = certificates(&chain.file("ca.pem")).remove(0).leak();
    let anchor = TrustAnchor::from_certificate(Certificate::from_der(der).unwrap());
    Verifier::new(vec![anchor].leak())
}
fn certificates(path: &str) -> Vec<Vec<u8>> {
    pem::certificates(&std::fs::read(path).unwrap()).unwrap()
}

/// Nothing of the machine's own configuration is used.
const CONFIGURATION: &str = "
[req]
distinguished_name = name
prompt = no
x509_extensions = authority
[name]
CN = an authority with KEY
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
authorityKeyIdentifier = keyid
[other_name]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:other.example
[other_usage]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = clientAuth
subjectAltName = DNS:localhost
[ca]
default_ca = this
[this]
database = FOLDER/index.txt
new_certs_dir = FOLDER
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
";
