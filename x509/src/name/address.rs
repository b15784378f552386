//! IP addresses in certificates (RFC 5280 §4.2.1.6), and the ranges of name constraints (§4.2.1.10).
use core::net::IpAddr;

/// The address that an iPAddress holds: four octets for IPv4, sixteen for IPv6, no other number.
#[must_use]
pub fn address(octets: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(octets).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(octets).map(IpAddr::from)).ok()
}

/// Addresses with the same beginning, in the style of RFC 4632.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AddressRange {
    /// Any address of the range: bits behind the prefix don't count.
    address: IpAddr,
    /// Bits that must be equal.
    prefix: u32,
}

impl AddressRange {
    /// The range of an iPAddress in a constraint: the address, then a mask as long, whose ones stand before its zeros.
    #[must_use]
    pub fn new(octets: &[u8]) -> Option<Self> {
        let (address, mask) = octets.split_at_checked(octets.len() / 2)?;
        let (address, mask) = (self::address(address)?, bits(self::address(mask)?));
        let prefix = mask.leading_ones();
        (mask.count_ones() == prefix).then_some(Self { address, prefix })
    }
    /// Whether `address` is in the range. No IPv6 address is in a range of IPv4, a mapped one neither.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let difference = bits(self.address) ^ bits(address);
        self.address.is_ipv4() == address.is_ipv4() && difference.leading_zeros() >= self.prefix
    }
}

/// The bits of an address from the top: an IPv4 address has zeros below.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_bits()) << 96,
        IpAddr::V6(v6) => v6.to_bits(),
    }
}
