//! URLs as far as a client of HTTPS needs them (RFC 3986, RFC 9110 §4.2.2).
use std::fmt;
use x509::ServerName;

/// Who, where and what.
#[derive(Clone)]
pub(crate) struct Url {
    pub host: Host,
    pub port: u16,
    /// Path and query, beginning with `/`.
    pub target: String,
}

/// A name or an address, as it is written in a URL.
#[derive(Clone, Debug)]
pub struct Host {
    name: ServerName<'static>,
    text: String,
}

pub(crate) enum Error {
    Scheme,
    UserInfo,
    Host,
    Port,
    Characters,
}

impl Url {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Characters);
        }
        let (scheme, rest) = text.split_once("://").ok_or(Error::Scheme)?;
        if !scheme.eq_ignore_ascii_case("https") {
            return Err(Error::Scheme);
        }
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (authority, target) = match rest.find(['/', '?']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err(Error::UserInfo);
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(address) => address.split_once(']').ok_or(Error::Host)?,
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        // Brackets are for addresses of IPv6, and those are for brackets.
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Error::Host)?;
        if authority.starts_with('[') != host.contains(':') {
            return Err(Error::Host);
        }
        let port = match port.strip_prefix(':') {
            Some("") => 443,
            None if port.is_empty() => 443,
            Some(port) => port.parse().map_err(|_| Error::Port)?,
            None => return Err(Error::Port),
        };
        let slash = if target.starts_with('/') { "" } else { "/" };
        Ok(Self { host: Host { name, text: host.to_owned() }, port, target: format!("{slash}{target}") })
    }
    /// For the resolver.
    pub(crate) fn address(&self) -> (&str, u16) {
        (&self.host.text, self.port)
    }
}

impl From<Host> for ServerName<'static> {
    fn from(host: Host) -> Self {
        host.name
    }
}
/// As it is written in a URL.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text.contains(':') {
            true => write!(f, "[{}]", self.text),
            false => f.write_str(&self.text),
        }
    }
}
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "it does not begin with https://",
            Self::UserInfo => "it names a user",
            Self::Host => "its host is neither a name nor an address",
            Self::Port => "its port is none",
            Self::Characters => "it has characters that must be escaped",
        })
    }
}
