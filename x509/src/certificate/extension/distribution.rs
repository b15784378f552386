//! Where revocation lists can be found (RFC 5280 §4.2.1.13, §4.2.1.15).
use crate::name::RelativeDistinguishedName;
use crate::name::general::GeneralNames;
use asn1::{Explicit, Implicit, NamedBits, SequenceOf};

/// cRLDistributionPoints and freshestCRL: at least one point.
pub type DistributionPoints<'a> = SequenceOf<DistributionPoint<'a>, 64, 1>;

asn1::sequence! {
    /// ```text
    /// DistributionPoint ::= SEQUENCE {
    ///     distributionPoint [0] DistributionPointName OPTIONAL,
    ///     reasons           [1] ReasonFlags           OPTIONAL,
    ///     cRLIssuer         [2] GeneralNames          OPTIONAL }
    /// ```
    pub struct DistributionPoint<'a> {
        /// Where. `[0]` is explicit, because DistributionPointName is a CHOICE (X.680 §31.2.7).
        pub name: Option<Explicit<0, DistributionPointName<'a>>>,
        /// The reasons for revocation that are listed there; all, if it is not said.
        pub reasons: Option<Implicit<1, NamedBits>>,
        /// Who signs the list, if not the issuer of the certificate.
        pub crl_issuer: Option<Implicit<2, GeneralNames<'a>>>,
    }
}
asn1::choice! {
    /// The name of a distribution point.
    pub enum DistributionPointName<'a> {
        /// Names that all lead to the same list.
        Full(Implicit<0, GeneralNames<'a>>),
        /// What is to be appended to the name of the list's issuer.
        Relative(Implicit<1, RelativeDistinguishedName<'a>>),
    }
}

impl DistributionPoint<'_> {
    /// Whether there is more than reasons, as §4.2.1.13 demands.
    pub(super) const fn leads_somewhere(&self) -> bool {
        self.name.is_some() || self.crl_issuer.is_some()
    }
}
