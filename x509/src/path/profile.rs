//! What conforming CAs do, beyond what a path needs to be valid (RFC 5280 §4, Baseline Requirements of the CA/Browser
//! Forum).
use crate::certificate::Certificate;
use crate::certificate::extension::usage::ExtendedKeyUsage;
use crate::name::Attribute;
use crate::name::general::AlternativeNames;
use crate::oid;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::net::IpAddr;

/// How much is asked of the certificates of a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Profile {
    /// What RFC 5280 §6 needs, and of what §4 and the Baseline Requirements demand of a CA, all that can be seen in a
    /// certificate: each [`Breach`]. Where they differ, the stricter counts. The CAs of the web keep to this.
    #[default]
    Strict,
    /// What RFC 5280 §6 needs and no more: for private PKIs that are made with simple tools.
    Basic,
}

/// A rule that [`Profile::Strict`] enforces. Sections are of RFC 5280, or of the Baseline Requirements where it says BR.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Breach {
    /// The serial number is zero (§4.1.2.2). Anchors may have it.
    ZeroSerial,
    /// The modulus of an RSA key is not a whole number of octets (BR §6.1.5).
    OddModulus,
    /// A certificate below the anchor doesn't say which key signed it (§4.2.1.1).
    NoAuthorityKeyIdentifier,
    /// A CA's certificate doesn't say which key it certifies (§4.2.1.2).
    NoSubjectKeyIdentifier,
    /// A self-issued anchor says that another key signed it, or that another certificate's key did (BR §7.1.2.1.3).
    AnchorAuthorityKeyIdentifier,
    /// An anchor has purposes (BR §7.1.2.1.2).
    AnchorPurposes,
    /// basicConstraints of a CA are not critical (§4.2.1.9).
    BasicConstraintsNotCritical,
    /// nameConstraints are not critical (§4.2.1.10).
    NameConstraintsNotCritical,
    /// subjectAltName is critical, and the subject has another name (§4.2.1.6, BR §7.1.2.7.12).
    CriticalSubjectAltName,
    /// extKeyUsage of the end entity is critical (BR §7.1.2.7.6).
    CriticalPurposes,
    /// The end entity is for any purpose as well (BR §7.1.2.7.10).
    AnyPurpose,
    /// The common name (the last, if there are several) is a name of subjectAltName in other letters: in another case, or an address that is not written as
    /// RFC 5952 has it (BR §7.1.4.3).
    GarbledCommonName,
}

/// Of the end entity.
pub(super) fn end_entity(certificate: &Certificate<'_>) -> Result<(), Breach> {
    below_anchor(certificate)?;
    let extensions = certificate.extensions();
    if let Some(names) = &extensions.subject_alt_name {
        rule(!names.critical || certificate.subject().is_empty(), Breach::CriticalSubjectAltName)?;
        let attributes = certificate.subject().attributes();
        let common_name = attributes.filter(|attribute| attribute.kind() == oid::COMMON_NAME).last();
        let garbled =
            common_name.and_then(Attribute::text).is_some_and(|text| is_garbled(text, &names.value));
        rule(!garbled, Breach::GarbledCommonName)?;
    }
    if let Some(purposes) = &extensions.extended_key_usage {
        rule(!purposes.critical, Breach::CriticalPurposes)?;
        rule(!purposes.value.lists(ExtendedKeyUsage::ANY), Breach::AnyPurpose)?;
    }
    Ok(())
}

/// Of an intermediate certificate.
pub(super) fn intermediate(certificate: &Certificate<'_>) -> Result<(), Breach> {
    below_anchor(certificate)?;
    ca(certificate)
}

/// Of the certificate of an anchor.
pub(super) fn anchor(certificate: &Certificate<'_>) -> Result<(), Breach> {
    key(certificate)?;
    ca(certificate)?;
    let extensions = certificate.extensions();
    rule(extensions.extended_key_usage.is_none(), Breach::AnchorPurposes)?;
    let own = extensions.subject_key_identifier.as_ref().map(|own| &own.value);
    match &extensions.authority_key_identifier {
        Some(authority) if certificate.is_self_issued() => {
            let key = authority.value.key_identifier.as_ref().map(|key| &key.0);
            let itself = authority.value.issuer.is_none() && key == own;
            rule(itself, Breach::AnchorAuthorityKeyIdentifier)
        }
        _ => Ok(()),
    }
}

fn below_anchor(certificate: &Certificate<'_>) -> Result<(), Breach> {
    key(certificate)?;
    rule(!certificate.serial().is_zero(), Breach::ZeroSerial)?;
    let authority = certificate.extensions().authority_key_identifier.as_ref();
    let key_is_named = authority.is_some_and(|authority| authority.value.key_identifier.is_some());
    rule(key_is_named, Breach::NoAuthorityKeyIdentifier)
}

fn key(certificate: &Certificate<'_>) -> Result<(), Breach> {
    let whole = certificate.public_key().modulus_bits().is_none_or(|bits| bits % 8 == 0);
    rule(whole, Breach::OddModulus)
}

fn ca(certificate: &Certificate<'_>) -> Result<(), Breach> {
    let extensions = certificate.extensions();
    rule(extensions.subject_key_identifier.is_some(), Breach::NoSubjectKeyIdentifier)?;
    let critical = extensions.basic_constraints.as_ref().is_none_or(|constraints| constraints.critical);
    rule(critical, Breach::BasicConstraintsNotCritical)?;
    let critical = extensions.name_constraints.as_ref().is_none_or(|constraints| constraints.critical);
    rule(critical, Breach::NameConstraintsNotCritical)
}

/// Whether `text` is one of `names`, but not to the letter.
fn is_garbled(text: &str, names: &AlternativeNames<'_>) -> bool {
    let mut hosts = names.dns.iter().map(ToString::to_string);
    let address = text.parse().ok().or_else(|| lax_address(text));
    hosts.any(|host| host.eq_ignore_ascii_case(text) && host != text)
        || address.is_some_and(|address| names.addresses.contains(&address) && address.to_string() != text)
}

/// An IPv4 address with hexadecimal numbers or leading zeros.
fn lax_address(text: &str) -> Option<IpAddr> {
    let number = |part: &str| match part.strip_prefix("0x") {
        Some(digits) => u8::from_str_radix(digits, 16),
        None => part.parse(),
    };
    let octets: Vec<u8> = text.split('.').map(number).collect::<Result<_, _>>().ok()?;
    <[u8; 4]>::try_from(octets).ok().map(IpAddr::from)
}

fn rule(kept: bool, breach: Breach) -> Result<(), Breach> {
    if kept { Ok(()) } else { Err(breach) }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ZeroSerial => "the serial number is zero",
            Self::OddModulus => "the modulus is not a whole number of octets",
            Self::NoAuthorityKeyIdentifier => "no identifier of the issuer's key",
            Self::NoSubjectKeyIdentifier => "no identifier of the CA's key",
            Self::AnchorAuthorityKeyIdentifier => "a self-issued anchor names another issuer",
            Self::AnchorPurposes => "an anchor with extKeyUsage",
            Self::BasicConstraintsNotCritical => "basicConstraints of a CA are not critical",
            Self::NameConstraintsNotCritical => "nameConstraints are not critical",
            Self::CriticalSubjectAltName => "subjectAltName is critical beside a subject",
            Self::CriticalPurposes => "extKeyUsage of an end entity is critical",
            Self::AnyPurpose => "an end entity for any purpose",
            Self::GarbledCommonName => "a common name is a name of subjectAltName in other letters",
        })
    }
}
