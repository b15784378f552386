//! URIs in certificates (RFC 5280 §4.2.1.6, RFC 3986 §3) and their constraints (§4.2.1.10).
use crate::name::dns::DnsName;

/// The contents of a uniformResourceIdentifier: absolute, so with a scheme and something behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Uri<'a> {
    text: &'a str,
    host: Option<DnsName<'a>>,
}

impl<'a> Uri<'a> {
    /// The URI that `text` is: a scheme, a colon, and characters that RFC 3986 §2 has.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let mut scheme = scheme.bytes();
        let well_formed = scheme.next().is_some_and(|octet| octet.is_ascii_alphabetic())
            && scheme.all(|octet| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet))
            && !rest.is_empty()
            && rest.bytes().all(is_uri_character);
        well_formed.then(|| Self { text, host: rest.strip_prefix("//").and_then(host) })
    }
    /// The URI as it was written.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }
    /// The host, where the URI has an authority that names one. An address is no host name.
    #[must_use]
    pub const fn host(&self) -> Option<DnsName<'a>> {
        self.host
    }
}

/// The contents of a uniformResourceIdentifier in a constraint. It speaks of the host alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UriConstraint<'a> {
    /// `host.example.com`: this host.
    Host(DnsName<'a>),
    /// `.example.com`: all hosts below this name, not it.
    Domain(DnsName<'a>),
}

impl<'a> UriConstraint<'a> {
    /// The constraint that `text` is.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        match text.strip_prefix('.') {
            Some(domain) => DnsName::new(domain).map(Self::Domain),
            None => DnsName::new(text).map(Self::Host),
        }
    }
    /// Whether a URI with this host is in the subtree.
    #[must_use]
    pub fn contains(&self, host: DnsName<'_>) -> bool {
        match *self {
            Self::Host(only) => only == host,
            Self::Domain(domain) => host != domain && host.is_within(domain),
        }
    }
}

/// The host of what stands behind `//`: up to the path, without user and port.
fn host(rest: &str) -> Option<DnsName<'_>> {
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    DnsName::new(host).filter(|_| port.bytes().all(|octet| octet.is_ascii_digit()))
}

/// Unreserved, reserved, and the percent sign.
fn is_uri_character(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&octet)
}
