//! What a server makes of a ClientHello, once it knows who it is (RFC 5246 §7.4.1, RFC 8422 §5.1, RFC 7301 §3.2).
use crate::config::{GROUPS, Host, ServerConfig};
use crate::error::{Error, Incompatible};
use crate::message::ClientHello;
use crate::registry::{NamedGroup, SignatureScheme};
use crate::scheme::curve;
use crate::suite::Tls12Suite;
use alloc::vec::Vec;

/// Each of these the client has offered, and we like.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) suite: Tls12Suite,
    pub(super) group: NamedGroup,
    pub(super) scheme: SignatureScheme,
}

/// Our order decides. A client that says nothing of groups can do secp256r1, or could not offer the suite.
pub(super) fn choose(hello: &ClientHello<'_>, host: &Host, config: &ServerConfig) -> Result<Choice, Error> {
    let key = host.credential.key();
    let groups = hello.groups.as_deref();
    let suite = config
        .suites
        .iter()
        .filter(|code| hello.suites.contains(code))
        .find_map(|code| Tls12Suite::of(*code).filter(|suite| suite.signer.is(key)))
        .filter(|_| curve(key).is_none_or(|curve| groups.is_none_or(|groups| groups.contains(&curve))))
        .ok_or(Error::Incompatible(Incompatible::Suite))?;
    let group = config
        .groups
        .iter()
        .copied()
        .find(|group| {
            GROUPS.contains(group)
                && groups.map_or(*group == NamedGroup::Secp256r1, |groups| groups.contains(group))
        })
        .ok_or(Error::Incompatible(Incompatible::Group))?;
    let scheme =
        SignatureScheme::choose(key, &hello.schemes).ok_or(Error::Incompatible(Incompatible::Scheme))?;
    Ok(Choice { suite, group, scheme })
}

/// The protocol to speak. Who offers some and has none in common is told so, and not left to guess (RFC 7301 §3.2).
pub(super) fn protocol(hello: &ClientHello<'_>, host: &Host) -> Result<Option<Vec<u8>>, Error> {
    if hello.alpn.is_empty() || host.alpn.is_empty() {
        return Ok(None);
    }
    let common = host.alpn.iter().find(|protocol| hello.alpn.contains(&protocol.as_slice()));
    common.cloned().map(Some).ok_or(Error::Incompatible(Incompatible::Protocol))
}
