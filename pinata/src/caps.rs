//! How many connections there may be at once: in all, and from one peer's network.
use core::fmt;
use core::net::{IpAddr, Ipv6Addr};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts the open connections.
#[derive(Debug)]
pub(crate) struct Caps {
    in_all: usize,
    per_peer: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    in_all: usize,
    /// Only peers that have a connection open.
    by_peer: HashMap<Network, usize>,
}

/// Why a connection was turned away; the number is the cap.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Full {
    InAll(usize),
    ForPeer(usize),
}
impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InAll(cap) => write!(f, "{cap} connections are open (--max-connections)"),
            Self::ForPeer(cap) => write!(f, "{cap} connections from its network are open (--max-per-peer)"),
        }
    }
}

/// A place among the open connections, given back when dropped.
#[derive(Debug)]
pub(crate) struct Admission {
    caps: Arc<Caps>,
    network: Network,
}

impl Caps {
    pub(crate) fn new(in_all: usize, per_peer: usize) -> Arc<Self> {
        Arc::new(Self { in_all, per_peer, open: Mutex::default() })
    }

    /// A place for one more connection from `peer`.
    pub(crate) fn admit(self: &Arc<Self>, peer: IpAddr) -> Result<Admission, Full> {
        let network = Network::of(peer);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.in_all >= self.in_all {
            return Err(Full::InAll(self.in_all));
        }
        if open.by_peer.get(&network).is_some_and(|&n| n >= self.per_peer) {
            return Err(Full::ForPeer(self.per_peer));
        }
        open.in_all += 1;
        *open.by_peer.entry(network).or_default() += 1;
        Ok(Admission { caps: Arc::clone(self), network })
    }
}
impl Drop for Admission {
    fn drop(&mut self) {
        let mut open = self.caps.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.in_all = open.in_all.saturating_sub(1);
        if let Some(count) = open.by_peer.get_mut(&self.network) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.by_peer.remove(&self.network);
            }
        }
    }
}

/// What one peer is taken to hold: an IPv4 address, or the /64 in which an IPv6 host picks its addresses.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Network(IpAddr);
impl Network {
    fn of(peer: IpAddr) -> Self {
        Self(match peer.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address @ IpAddr::V4(_) => address,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_peer_fills_its_own_share_and_gets_it_back() {
        let caps = Caps::new(10, 2);
        let first = caps.admit(address("192.0.2.1")).unwrap();
        let second = caps.admit(address("192.0.2.1")).unwrap();
        assert_eq!(caps.admit(address("192.0.2.1")).unwrap_err(), Full::ForPeer(2));
        let other = caps.admit(address("192.0.2.2")).unwrap();
        drop(first);
        drop(caps.admit(address("192.0.2.1")).unwrap());
        drop((second, other));
        let open = caps.open.lock().unwrap();
        assert_eq!((open.in_all, open.by_peer.len()), (0, 0)); // nothing is remembered of peers that have gone
    }
    #[test]
    fn all_peers_together_fill_the_house() {
        let caps = Caps::new(2, 2);
        let places = [caps.admit(address("192.0.2.1")).unwrap(), caps.admit(address("192.0.2.2")).unwrap()];
        assert_eq!(caps.admit(address("192.0.2.3")).unwrap_err(), Full::InAll(2));
        drop(places);
        caps.admit(address("192.0.2.3")).unwrap();
    }
    #[test]
    fn an_ipv6_peer_is_its_64_and_a_mapped_address_is_ipv4() {
        let caps = Caps::new(10, 1);
        let _first = caps.admit(address("2001:db8:0:1::1")).unwrap();
        assert_eq!(caps.admit(address("2001:db8:0:1:ffff::2")).unwrap_err(), Full::ForPeer(1));
        let _next = caps.admit(address("2001:db8:0:2::1")).unwrap();
        let _mapped = caps.admit(address("::ffff:192.0.2.1")).unwrap();
        assert_eq!(caps.admit(address("192.0.2.1")).unwrap_err(), Full::ForPeer(1));
        let _other = caps.admit(address("::ffff:192.0.2.2")).unwrap();
    }
}
