//! When a certificate is valid (RFC 5280 §4.1.2.5).
use crate::time::Time;

asn1::sequence! {
    /// ```text
    /// Validity ::= SEQUENCE { notBefore Time, notAfter Time }
    /// ```
    pub(crate) struct Grammar {
        pub(crate) not_before: asn1::Time,
        pub(crate) not_after: asn1::Time,
    }
}

/// A period with both its ends. It is empty if the ends are in the wrong order, which RFC 5280 does not forbid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Validity {
    /// The first second.
    pub not_before: Time,
    /// The last second.
    pub not_after: Time,
}

impl Validity {
    pub(super) const fn new(grammar: &Grammar) -> Self {
        let (not_before, not_after) = (grammar.not_before.seconds(), grammar.not_after.seconds());
        Self { not_before: Time(not_before), not_after: Time(not_after) }
    }
}
