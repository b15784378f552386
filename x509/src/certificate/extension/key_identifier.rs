//! Which key signed, and which key is certified (RFC 5280 §4.2.1.1, §4.2.1.2).
use crate::name::general::GeneralNames;
use asn1::{Implicit, Integer, OctetString};

/// `KeyIdentifier ::= OCTET STRING`, usually a hash of the key.
pub type KeyIdentifier<'a> = OctetString<'a, 64>;

asn1::sequence! {
    /// ```text
    /// AuthorityKeyIdentifier ::= SEQUENCE {
    ///     keyIdentifier             [0] KeyIdentifier           OPTIONAL,
    ///     authorityCertIssuer       [1] GeneralNames            OPTIONAL,
    ///     authorityCertSerialNumber [2] CertificateSerialNumber OPTIONAL }
    /// ```
    pub struct AuthorityKeyIdentifier<'a> {
        /// As in the issuer's subjectKeyIdentifier. A hint for the search; the signature decides.
        pub key_identifier: Option<Implicit<0, KeyIdentifier<'a>>>,
        /// The issuer of the issuer's certificate.
        pub issuer: Option<Implicit<1, GeneralNames<'a>>>,
        /// The serial number of the issuer's certificate. There is an issuer if and only if there is this.
        pub serial: Option<Implicit<2, Integer<'a, 21>>>,
    }
}

impl AuthorityKeyIdentifier<'_> {
    /// Whether issuer and serial number are there together or not at all, as §4.2.1.1 demands.
    pub(super) const fn is_paired(&self) -> bool {
        self.issuer.is_some() == self.serial.is_some()
    }
}
