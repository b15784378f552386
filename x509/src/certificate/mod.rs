//! Certificates (RFC 5280 §4.1): everything in them is decoded at once, or they are refused at once.
pub mod error;
pub mod extension;
pub(crate) mod validity;

pub use validity::Validity;

use crate::key::{AlgorithmIdentifier, PublicKey, SignatureAlgorithm};
use crate::name::{Name, RdnSequence};
use asn1::{Any, BitString, Decode as _, Explicit, Implicit, Integer, Raw};
use error::{Error, ExtensionId};
use extension::name_constraints::NameConstraints;
use extension::usage::KeyUsage;
use extension::{Extensions, RawExtensions};

asn1::sequence! {
    /// ```text
    /// Certificate ::= SEQUENCE {
    ///     tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
    /// ```
    pub(crate) struct Grammar<'a> {
        pub(crate) tbs: Raw<'a, TbsCertificate<'a>>,
        pub(crate) signature_algorithm: AlgorithmIdentifier<'a>,
        pub(crate) signature: BitString<'a, 0x1_0000>,
    }
}
asn1::sequence! {
    /// ```text
    /// TBSCertificate ::= SEQUENCE {
    ///     version         [0] Version DEFAULT v1,
    ///     serialNumber        CertificateSerialNumber,
    ///     signature           AlgorithmIdentifier,
    ///     issuer              Name,
    ///     validity            Validity,
    ///     subject             Name,
    ///     subjectPublicKeyInfo SubjectPublicKeyInfo,
    ///     issuerUniqueID  [1] IMPLICIT UniqueIdentifier OPTIONAL,
    ///     subjectUniqueID [2] IMPLICIT UniqueIdentifier OPTIONAL,
    ///     extensions      [3] Extensions OPTIONAL }
    /// ```
    pub(crate) struct TbsCertificate<'a> {
        pub(crate) version: Explicit<0, u8> = Explicit(0),
        pub(crate) serial: Integer<'a, 21>,
        pub(crate) signature: AlgorithmIdentifier<'a>,
        pub(crate) issuer: Raw<'a, RdnSequence<'a>>,
        pub(crate) validity: validity::Grammar,
        pub(crate) subject: Raw<'a, RdnSequence<'a>>,
        pub(crate) public_key: Any<'a>,
        pub(crate) issuer_unique_id: Option<Implicit<1, BitString<'a, 64>>>,
        pub(crate) subject_unique_id: Option<Implicit<2, BitString<'a, 64>>>,
        pub(crate) extensions: Option<Explicit<3, RawExtensions<'a>>>,
    }
}

/// A certificate, decoded, beside the bytes that were signed.
#[derive(Clone, Debug)]
pub struct Certificate<'a> {
    der: &'a [u8],
    tbs: &'a [u8],
    version: Version,
    serial: SerialNumber<'a>,
    signature_algorithm: AlgorithmIdentifier<'a>,
    signature: &'a [u8],
    issuer: Name<'a>,
    validity: Validity,
    subject: Name<'a>,
    public_key: PublicKey,
    extensions: Extensions<'a>,
}

impl<'a> Certificate<'a> {
    /// The certificate whose encoding `der` is, the whole of it. It lives as long as the bytes, and nothing in it is
    /// left undecoded but extensions of other standards, names of forms that RFC 5280 leaves to others, and the
    /// signature.
    ///
    /// A serial number of zero is let in, because old roots have it. Version 1 is let in, because nothing is wrong with
    /// it; but such a certificate is no CA and has no host name.
    ///
    /// # Errors
    /// Anything but strict DER of a certificate that keeps the rules of RFC 5280 §4.1 and §4.2, and a public key of
    /// a kind that is not supported. [`Error`] has a variant for each rule.
    pub fn from_der(der: &'a [u8]) -> Result<Self, Error> {
        let Grammar { tbs, signature_algorithm, signature } = Grammar::from_der(der)?;
        let Raw { der: tbs_der, value: tbs } = tbs;
        if tbs.signature != signature_algorithm {
            return Err(Error::AlgorithmMismatch);
        }
        let has_unique_id = tbs.issuer_unique_id.is_some() || tbs.subject_unique_id.is_some();
        let certificate = Self {
            der,
            tbs: tbs_der,
            version: Version::new(tbs.version, has_unique_id, tbs.extensions.is_some())?,
            serial: SerialNumber::new(tbs.serial)?,
            signature_algorithm,
            signature: signature.whole_bytes().ok_or(Error::SignatureBits)?,
            issuer: Name::new(&tbs.issuer)?,
            validity: Validity::new(&tbs.validity),
            subject: Name::new(&tbs.subject)?,
            public_key: PublicKey::from_spki_der(tbs.public_key.der()).map_err(Error::PublicKey)?,
            extensions: match &tbs.extensions {
                Some(Explicit(raw)) => Extensions::new(raw)?,
                None => Extensions::default(),
            },
        };
        certificate.check_names()?;
        certificate.check_usage()?;
        Ok(certificate)
    }
    /// §4.1.2.4, §4.1.2.6: everybody has a name, and whose subject field is empty has it in a critical subjectAltName.
    fn check_names(&self) -> Result<(), Error> {
        if self.issuer.is_empty() {
            return Err(Error::EmptyIssuer);
        }
        let named_elsewhere = self.extensions.subject_alt_name.as_ref().is_some_and(|names| names.critical);
        if self.subject.is_empty() && (self.is_ca() || !named_elsewhere) {
            return Err(Error::EmptySubject);
        }
        Ok(())
    }
    /// §4.2.1.9, §4.2.1.10: only a CA signs certificates, and only who signs certificates limits their number and names.
    fn check_usage(&self) -> Result<(), Error> {
        if self.name_constraints().is_some() && !self.is_ca() {
            return Err(Error::ExtensionValue(ExtensionId::NameConstraints));
        }
        let Some(usage) = &self.extensions.key_usage else { return Ok(()) };
        let signs = usage.value.allows(KeyUsage::KEY_CERT_SIGN);
        let limits = self.path_length().is_some();
        if signs && !self.is_ca() || limits && !signs { Err(Error::CertSignMismatch) } else { Ok(()) }
    }

    /// The encoding.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }
    /// The version.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }
    /// The number that the issuer gave to the certificate.
    #[must_use]
    pub const fn serial(&self) -> SerialNumber<'a> {
        self.serial
    }
    /// The name of who signed.
    #[must_use]
    pub const fn issuer(&self) -> &Name<'a> {
        &self.issuer
    }
    /// When the certificate is valid.
    #[must_use]
    pub const fn validity(&self) -> Validity {
        self.validity
    }
    /// The name of who has the private key; perhaps empty, if there is a subjectAltName.
    #[must_use]
    pub const fn subject(&self) -> &Name<'a> {
        &self.subject
    }
    /// The key that is certified.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }
    /// What else is certified.
    #[must_use]
    pub const fn extensions(&self) -> &Extensions<'a> {
        &self.extensions
    }
    /// The bytes that were signed: the tbsCertificate.
    #[must_use]
    pub const fn signed_bytes(&self) -> &'a [u8] {
        self.tbs
    }
    /// The signature over [`Self::signed_bytes`].
    #[must_use]
    pub const fn signature(&self) -> &'a [u8] {
        self.signature
    }
    /// How it was signed; none if the algorithm is not supported here (SHA-1 and MD5 are not).
    #[must_use]
    pub fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        SignatureAlgorithm::from_identifier(&self.signature_algorithm)
    }
    /// Whether basicConstraints say that the subject is a CA.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.extensions.basic_constraints.as_ref().is_some_and(|constraints| constraints.value.ca)
    }
    /// How many intermediate certificates may follow, those that are self-issued not counted.
    #[must_use]
    pub fn path_length(&self) -> Option<u32> {
        self.extensions.basic_constraints.as_ref().and_then(|constraints| constraints.value.path_length)
    }
    /// The names that certificates below may have.
    #[must_use]
    pub fn name_constraints(&self) -> Option<&NameConstraints<'a>> {
        self.extensions.name_constraints.as_ref().map(|constraints| &constraints.value)
    }
    /// Whether issuer and subject are the same (§6.1): so it is with roots, and where a CA changes its key.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject.is_same_as(&self.issuer)
    }
}

/// The version of a certificate (§4.1.2.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// Without extensions and unique identifiers.
    V1,
    /// Without extensions.
    V2,
    /// As they all are.
    V3,
}

impl Version {
    fn new(version: Explicit<0, u8>, unique_ids: bool, extensions: bool) -> Result<Self, Error> {
        let version = match version {
            Explicit(0) => Self::V1,
            Explicit(1) => Self::V2,
            Explicit(2) => Self::V3,
            Explicit(_) => return Err(Error::Version),
        };
        match version {
            Self::V1 | Self::V2 if extensions => Err(Error::ExtensionsBeforeVersion3),
            Self::V1 if unique_ids => Err(Error::UniqueIdInVersion1),
            Self::V1 | Self::V2 | Self::V3 => Ok(version),
        }
    }
}

/// A serial number (§4.1.2.2): not negative, and 20 octets at most. [`core::fmt::Display`] writes it in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SerialNumber<'a>(&'a [u8]);

impl<'a> SerialNumber<'a> {
    fn new(number: Integer<'a, 21>) -> Result<Self, Error> {
        let octets = number.as_bytes();
        let magnitude = octets.strip_prefix(&[0]).unwrap_or(octets);
        if number.is_negative() || magnitude.len() > 20 { Err(Error::Serial) } else { Ok(Self(magnitude)) }
    }
    /// The number, big-endian, without leading zeros: nothing for zero.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
    /// Whether it is zero, which §4.1.2.2 forbids and old roots have.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.0.is_empty()
    }
}

impl core::fmt::Display for SerialNumber<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.is_zero() {
            return f.write_str("00");
        }
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}
