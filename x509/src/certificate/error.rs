//! Why bytes are not a certificate that RFC 5280 §4.1 and §4.2 allow.
use crate::key::KeyError;
use crate::name::general::NameForm;
use core::fmt;

/// Why a certificate is refused before anything is asked of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
    /// It is not in strict DER, or not a certificate.
    Der(asn1::Error),
    /// An extension is not in strict DER, or not what its identifier says.
    Extension(ExtensionId, asn1::Error),
    /// A name in an extension is not what its form says: no host name, say, or an address of five octets.
    MalformedName(ExtensionId, NameForm),
    /// An extension breaks a rule of its section of §4.2.
    ExtensionValue(ExtensionId),
    /// An extension is critical that must not be, or is not that must be (§4.2).
    Criticality(ExtensionId),
    /// An extension is there twice (§4.2).
    DuplicateExtension,
    /// A version other than 1, 2 and 3 (§4.1.2.1).
    Version,
    /// Extensions in a certificate of version 1 or 2 (§4.1.2.9).
    ExtensionsBeforeVersion3,
    /// Unique identifiers in a certificate of version 1 (§4.1.2.8).
    UniqueIdInVersion1,
    /// A serial number below zero, or of more than 20 octets (§4.1.2.2).
    Serial,
    /// The algorithm that is signed is not the algorithm of the signature (§4.1.1.2).
    AlgorithmMismatch,
    /// The signature is not a whole number of octets.
    SignatureBits,
    /// The issuer has no name (§4.1.2.4).
    EmptyIssuer,
    /// The subject has no name, and no critical subjectAltName, or is a CA (§4.1.2.6).
    EmptySubject,
    /// keyCertSign without being a CA, or a path length without keyCertSign (§4.2.1.9).
    CertSignMismatch,
    /// The public key is of no use here: not an algorithm, size or curve that is supported, or no key at all.
    PublicKey(KeyError),
}

/// The extensions of RFC 5280 §4.2.1 and §4.2.2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExtensionId {
    /// §4.2.1.1.
    AuthorityKeyIdentifier,
    /// §4.2.1.2.
    SubjectKeyIdentifier,
    /// §4.2.1.3.
    KeyUsage,
    /// §4.2.1.4.
    CertificatePolicies,
    /// §4.2.1.5.
    PolicyMappings,
    /// §4.2.1.6.
    SubjectAltName,
    /// §4.2.1.7.
    IssuerAltName,
    /// §4.2.1.8.
    SubjectDirectoryAttributes,
    /// §4.2.1.9.
    BasicConstraints,
    /// §4.2.1.10.
    NameConstraints,
    /// §4.2.1.11.
    PolicyConstraints,
    /// §4.2.1.12.
    ExtendedKeyUsage,
    /// §4.2.1.13.
    CrlDistributionPoints,
    /// §4.2.1.14.
    InhibitAnyPolicy,
    /// §4.2.1.15.
    FreshestCrl,
    /// §4.2.2.1.
    AuthorityInfoAccess,
    /// §4.2.2.2.
    SubjectInfoAccess,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Der(error) => write!(f, "no certificate in DER: {error}"),
            Self::Extension(id, error) => write!(f, "{id:?} is malformed: {error}"),
            Self::MalformedName(id, form) => write!(f, "{id:?} has a malformed name of the form {form:?}"),
            Self::ExtensionValue(id) => write!(f, "{id:?} breaks a rule of RFC 5280 §4.2"),
            Self::Criticality(id) => write!(f, "{id:?} is wrongly marked critical or non-critical"),
            Self::DuplicateExtension => f.write_str("an extension is there twice"),
            Self::Version => f.write_str("unknown version"),
            Self::ExtensionsBeforeVersion3 => f.write_str("extensions in a version before 3"),
            Self::UniqueIdInVersion1 => f.write_str("a unique identifier in version 1"),
            Self::Serial => f.write_str("the serial number is negative or longer than 20 octets"),
            Self::AlgorithmMismatch => f.write_str("the two algorithms of the signature differ"),
            Self::SignatureBits => f.write_str("the signature is not a whole number of octets"),
            Self::EmptyIssuer => f.write_str("the issuer has no name"),
            Self::EmptySubject => f.write_str("the subject has no name where it needs one"),
            Self::CertSignMismatch => f.write_str("keyUsage and basicConstraints contradict each other"),
            Self::PublicKey(error) => write!(f, "unusable public key: {error}"),
        }
    }
}
impl core::error::Error for Error {}
impl From<asn1::Error> for Error {
    fn from(error: asn1::Error) -> Self {
        Self::Der(error)
    }
}
