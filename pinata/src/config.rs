//! The command line. What is wrong with it is told in one sentence.
use crate::failure::Failure;
use clap::Parser;
use clap::error::ErrorKind;
use core::net::IpAddr;
use core::time::Duration;
use std::ffi::OsString;
use std::path::PathBuf;

/// The Piñata: holds a secret behind TLS, and hands it to whoever breaks in.
#[derive(Debug, Parser)]
#[command(name = "pinata", version, disable_help_subcommand = true)]
pub(crate) struct Config {
    /// Address to listen on; it stands in the certificates
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    /// Port of the HTTPS page; where it is in use, the next free one is taken; 0: any
    #[arg(long, value_name = "PORT", default_value_t = 10443)]
    pub(crate) https_port: u16,
    /// Port of the bounty, which demands a client certificate; chosen likewise
    #[arg(long, value_name = "PORT", default_value_t = 10000)]
    pub(crate) port: u16,
    /// Where to write the authority's certificate
    #[arg(long, value_name = "FILE", default_value = "target/pinata/ca.pem")]
    pub(crate) ca_file: PathBuf,
    /// File with the secret, of 1 to 4096 bytes [default: a token that is worth nothing]
    #[arg(long, value_name = "FILE")]
    pub(crate) secret: Option<PathBuf>,
    /// Folder for a client certificate and its key, which open the bounty port: for rehearsals
    #[arg(long, value_name = "DIR")]
    pub(crate) rehearse: Option<PathBuf>,
    /// Most connections at once
    #[arg(long, value_name = "N", default_value = "512", value_parser = positive)]
    pub(crate) max_connections: usize,
    /// Most connections at once from one IPv4 address or one IPv6 /64
    #[arg(long, value_name = "N", default_value = "64", value_parser = positive)]
    pub(crate) max_per_peer: usize,
    /// How long a handshake may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) handshake_deadline: Duration,
    /// How long the head of a request may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub(crate) header_deadline: Duration,
    /// How long an open connection may be silent, and an answer remain untaken
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) idle_deadline: Duration,
}

/// What a command line leads to, other than a server.
#[derive(Debug)]
pub(crate) enum Instead {
    /// Help or version was asked for.
    Text(String),
    Failure(Failure),
}

impl Config {
    /// Reads the arguments, the program's name first.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Instead> {
        Self::try_parse_from(arguments).map_err(|error| {
            let text = error.to_string();
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
                return Instead::Text(text);
            }
            let found = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            Instead::Failure(Failure(format!("{found}; `pinata --help` tells what can be given")))
        })
    }
}

fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n @ 1..=1_000_000) => Ok(n),
        _ => Err("a whole number from 1 to 1000000 is wanted".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let wanted = || "a number of seconds from 0.01 to 3600 is wanted".to_owned();
    let number = text.parse().map_err(|_| wanted())?;
    let duration = Duration::try_from_secs_f64(number).map_err(|_| wanted())?;
    let range = Duration::from_millis(10)..=Duration::from_secs(3600);
    if range.contains(&duration) { Ok(duration) } else { Err(wanted()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Config, Instead> {
        Config::read(format!("pinata {line}").split_whitespace().map(OsString::from))
    }
    fn sentence(line: &str) -> String {
        match read(line) {
            Err(Instead::Failure(failure)) => failure.to_string(),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn without_arguments_it_listens_on_the_loopback_address() {
        let config = read("").unwrap();
        assert!(config.listen.is_loopback());
        assert_eq!((config.https_port, config.port), (10443, 10000));
        assert_eq!(config.handshake_deadline, Duration::from_secs(10));
        assert_eq!(read("--handshake-deadline 0.25").unwrap().handshake_deadline, Duration::from_millis(250));
    }
    #[test]
    fn what_is_wrong_is_told_in_one_sentence() {
        for (line, found) in [
            ("--port 99999", "invalid value '99999' for '--port <PORT>': 99999 is not in 0..=65535"),
            ("--listen here", "invalid value 'here' for '--listen <ADDR>': invalid IP address syntax"),
            (
                "--max-connections 0",
                "invalid value '0' for '--max-connections <N>': a whole number from 1 to 1000000 is wanted",
            ),
            (
                "--idle-deadline nan",
                "invalid value 'nan' for '--idle-deadline <SECONDS>': a number of seconds from 0.01 to 3600 is wanted",
            ),
            ("--idle-deadline -1", "unexpected argument '-1' found"),
            ("--secret", "a value is required for '--secret <FILE>' but none was supplied"),
            ("--what", "unexpected argument '--what' found"),
            ("word", "unexpected argument 'word' found"),
        ] {
            assert_eq!(sentence(line), format!("{found}; `pinata --help` tells what can be given"));
        }
        assert!(matches!(read("--help"), Err(Instead::Text(text)) if text.contains("--rehearse <DIR>")));
    }
}
