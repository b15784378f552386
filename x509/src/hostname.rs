//! Whether a certificate is for a server's name (RFC 9525 §6).
//!
//! A name is looked for in the subjectAltName and nowhere else: a common name is a text for people (RFC 9525 §2). A host
//! name is found as such or under a wildcard that is the whole left-most label and has two labels or more behind it. An
//! address is found as an iPAddress of the same octets, never as text, never under a wildcard, and not mapped between
//! IPv4 and IPv6.
use crate::name::general::AlternativeNames;
use core::net::IpAddr;
use rustls_pki_types::ServerName;

/// Whether `name` is among `names`.
///
/// The dot at the end of an absolute host name is not part of the certificate's. A host with an underscore, which
/// [`ServerName`] lets pass, is found under wildcards only, because no dNSName has one.
#[must_use]
pub fn is_named(name: &ServerName<'_>, names: &AlternativeNames<'_>) -> bool {
    match name {
        ServerName::DnsName(host) => {
            let host = host.as_ref();
            let host = host.strip_suffix('.').unwrap_or(host);
            names.dns.iter().any(|pattern| pattern.matches(host))
        }
        ServerName::IpAddress(address) => {
            let address = match address {
                rustls_pki_types::IpAddr::V4(v4) => IpAddr::from(*v4.as_ref()),
                rustls_pki_types::IpAddr::V6(v6) => IpAddr::from(*v6.as_ref()),
            };
            names.addresses.contains(&address)
        }
        // `ServerName` may grow; what it grows is in no certificate that is understood here.
        _ => false,
    }
}
