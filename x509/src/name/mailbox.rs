//! Mail addresses in certificates (RFC 5280 §4.2.1.6, §7.5) and their constraints (§4.2.1.10).
use crate::name::dns::DnsName;

/// The contents of an rfc822Name: `Local-part@Domain` of RFC 2821 §4.1.2 with a host name as domain.
///
/// The local part is compared octet by octet, the host without case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mailbox<'a> {
    local: &'a str,
    host: DnsName<'a>,
}

impl<'a> Mailbox<'a> {
    /// The mailbox that `text` is. An address literal (`@[192.0.2.1]`) is none: no host is named.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        let (local, host) = text.rsplit_once('@')?;
        let well_formed = is_dot_string(local) || is_quoted_string(local);
        Some(Self { local, host: DnsName::new(host)? }).filter(|_| well_formed)
    }
    /// What stands before the `@`.
    #[must_use]
    pub const fn local(&self) -> &'a str {
        self.local
    }
    /// What stands behind the `@`.
    #[must_use]
    pub const fn host(&self) -> DnsName<'a> {
        self.host
    }
}

/// The contents of an rfc822Name in a constraint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MailConstraint<'a> {
    /// `root@example.com`: this mailbox. An asterisk is a character like any other.
    Mailbox(Mailbox<'a>),
    /// `example.com`: all mailboxes of this host.
    Host(DnsName<'a>),
    /// `.example.com`: all mailboxes of hosts below this name, not of it.
    Domain(DnsName<'a>),
}

impl<'a> MailConstraint<'a> {
    /// The constraint that `text` is.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        match text.strip_prefix('.') {
            Some(domain) => DnsName::new(domain).map(Self::Domain),
            None if text.contains('@') => Mailbox::new(text).map(Self::Mailbox),
            None => DnsName::new(text).map(Self::Host),
        }
    }
    /// Whether `mailbox` is in the subtree.
    #[must_use]
    pub fn contains(&self, mailbox: Mailbox<'_>) -> bool {
        match *self {
            Self::Mailbox(only) => only == mailbox,
            Self::Host(host) => host == mailbox.host,
            Self::Domain(domain) => mailbox.host != domain && mailbox.host.is_within(domain),
        }
    }
}

impl core::fmt::Display for Mailbox<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}@{}", self.local, self.host)
    }
}

/// Atoms with dots between.
fn is_dot_string(local: &str) -> bool {
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_text))
}

/// Anything printable between quotes; a quote or backslash inside needs a backslash before it.
fn is_quoted_string(local: &str) -> bool {
    let Some(inner) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut escaped = false;
    for octet in inner.bytes() {
        if !matches!(octet, b' '..=b'~') || !escaped && octet == b'"' {
            return false;
        }
        escaped = !escaped && octet == b'\\';
    }
    !inner.is_empty() && !escaped
}

/// `atext` of RFC 2822 §3.2.4.
fn is_atom_text(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&octet)
}
