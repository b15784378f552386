//! The extensions of a certificate (RFC 5280 §4.2): those of §4.2.1 and §4.2.2 decoded, the others only counted.
pub mod access;
pub mod basic_constraints;
pub mod directory_attributes;
pub mod distribution;
pub mod key_identifier;
pub mod name_constraints;
pub mod policy;
pub mod usage;

use crate::certificate::error::{Error, ExtensionId};
use crate::name::general::{AlternativeNames, GeneralNames};
use crate::oid;
use access::InfoAccess;
use alloc::vec::Vec;
use asn1::{BitString, Decode, OctetString, Oid, SequenceOf};
use basic_constraints::BasicConstraints;
use directory_attributes::SubjectDirectoryAttributes;
use distribution::{DistributionPoint, DistributionPoints};
use key_identifier::{AuthorityKeyIdentifier, KeyIdentifier};
use name_constraints::NameConstraints;
use policy::{CertificatePolicies, InhibitAnyPolicy, PolicyConstraints, PolicyMappings};
use usage::{ExtendedKeyUsage, KeyUsage};

asn1::sequence! {
    /// ```text
    /// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
    /// ```
    pub struct RawExtension<'a> {
        /// Which extension.
        pub id: Oid<'a>,
        /// Whether a certificate must be refused by those who do not know the extension.
        pub critical: bool = false,
        /// The DER of a type that `id` decides.
        pub value: OctetString<'a, 0x10_0000>,
    }
}
/// `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`.
pub(crate) type RawExtensions<'a> = SequenceOf<RawExtension<'a>, 64, 1>;

/// An extension and its mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extension<T> {
    /// Whether a certificate must be refused by those who do not know the extension.
    pub critical: bool,
    /// What it says.
    pub value: T,
}

/// The extensions of a certificate. None is there twice.
#[derive(Clone, Debug, Default)]
pub struct Extensions<'a> {
    /// Which key signed.
    pub authority_key_identifier: Option<Extension<AuthorityKeyIdentifier<'a>>>,
    /// Which key is certified.
    pub subject_key_identifier: Option<Extension<KeyIdentifier<'a>>>,
    /// What kind of operations the key is for.
    pub key_usage: Option<Extension<KeyUsage>>,
    /// Under which policies the certificate was issued.
    pub certificate_policies: Option<Extension<CertificatePolicies<'a>>>,
    /// Which policies of the issuer are which of the subject's.
    pub policy_mappings: Option<Extension<PolicyMappings<'a>>>,
    /// Who the subject is.
    pub subject_alt_name: Option<Extension<AlternativeNames<'a>>>,
    /// Who the issuer is.
    pub issuer_alt_name: Option<Extension<AlternativeNames<'a>>>,
    /// What else is known of the subject.
    pub subject_directory_attributes: Option<Extension<SubjectDirectoryAttributes<'a>>>,
    /// Whether the subject is a CA.
    pub basic_constraints: Option<Extension<BasicConstraints>>,
    /// Which names may follow.
    pub name_constraints: Option<Extension<NameConstraints<'a>>>,
    /// How policies bind what follows.
    pub policy_constraints: Option<Extension<PolicyConstraints>>,
    /// For which purposes the key is.
    pub extended_key_usage: Option<Extension<ExtendedKeyUsage<'a>>>,
    /// Where revocation lists are.
    pub crl_distribution_points: Option<Extension<DistributionPoints<'a>>>,
    /// How long anyPolicy counts.
    pub inhibit_any_policy: Option<Extension<InhibitAnyPolicy>>,
    /// Where the latest changes of revocation lists are.
    pub freshest_crl: Option<Extension<DistributionPoints<'a>>>,
    /// Where to find more about the issuer.
    pub authority_info_access: Option<Extension<InfoAccess<'a>>>,
    /// Where to find more about the subject.
    pub subject_info_access: Option<Extension<InfoAccess<'a>>>,
    /// All others, as they came. A path with a critical one is refused.
    pub unknown: Vec<RawExtension<'a>>,
}

impl<'a> Extensions<'a> {
    pub(crate) fn new(raw: &RawExtensions<'a>) -> Result<Self, Error> {
        let mut extensions = Self::default();
        for extension in raw {
            match id(extension.id) {
                Some(id) => extensions.add(id, extension)?,
                None if extensions.unknown.iter().any(|other| other.id == extension.id) => {
                    return Err(Error::DuplicateExtension);
                }
                None => extensions.unknown.push(extension.clone()),
            }
        }
        Ok(extensions)
    }
    /// Whether there is an extension that is critical and not known here.
    #[must_use]
    pub fn has_unknown_critical(&self) -> bool {
        self.unknown.iter().any(|extension| extension.critical)
    }

    fn add(&mut self, id: ExtensionId, raw: &RawExtension<'a>) -> Result<(), Error> {
        use ExtensionId as Id;
        if !may_be_marked(id, raw.critical) {
            return Err(Error::Criticality(id));
        }
        let refused = Error::ExtensionValue(id);
        let name = |form| Error::MalformedName(id, form);
        let only = move |holds: bool| if holds { Ok(()) } else { Err(refused) };
        let put = Put { id, raw };
        match id {
            Id::AuthorityKeyIdentifier => {
                put.checked(&mut self.authority_key_identifier, |v| only(v.is_paired()))
            }
            Id::SubjectKeyIdentifier => {
                put.checked(&mut self.subject_key_identifier, |v| only(!v.as_bytes().is_empty()))
            }
            Id::KeyUsage => {
                put.refined(&mut self.key_usage, |bits: BitString<'a, 2>| KeyUsage::new(bits).ok_or(refused))
            }
            Id::CertificatePolicies => put.checked(&mut self.certificate_policies, |policies| {
                only(policy::check_policies(policies).map_err(|error| Error::Extension(id, error))?)
            }),
            Id::PolicyMappings => put.checked(&mut self.policy_mappings, |v| only(policy::check_mappings(v))),
            Id::SubjectAltName => put.refined(&mut self.subject_alt_name, |names: GeneralNames<'a>| {
                AlternativeNames::new(&names).map_err(name)
            }),
            Id::IssuerAltName => put.refined(&mut self.issuer_alt_name, |names: GeneralNames<'a>| {
                AlternativeNames::new(&names).map_err(name)
            }),
            Id::SubjectDirectoryAttributes => put.plain(&mut self.subject_directory_attributes),
            Id::BasicConstraints => {
                // §4.2.1.9: a path length is only for a CA.
                put.checked(&mut self.basic_constraints, |v| only(v.ca || v.path_length.is_none()))
            }
            Id::NameConstraints => put.refined(&mut self.name_constraints, |grammar| {
                NameConstraints::new(grammar).map_err(|form| form.map_or(refused, name))
            }),
            Id::PolicyConstraints => put.checked(&mut self.policy_constraints, |v| only(v.says_something())),
            Id::ExtendedKeyUsage => {
                put.refined(&mut self.extended_key_usage, |purposes| Ok(ExtendedKeyUsage::new(purposes)))
            }
            Id::CrlDistributionPoints => put.checked(&mut self.crl_distribution_points, |v| {
                only(v.iter().all(DistributionPoint::leads_somewhere))
            }),
            Id::InhibitAnyPolicy => put.plain(&mut self.inhibit_any_policy),
            Id::FreshestCrl => put
                .checked(&mut self.freshest_crl, |v| only(v.iter().all(DistributionPoint::leads_somewhere))),
            Id::AuthorityInfoAccess => put.plain(&mut self.authority_info_access),
            Id::SubjectInfoAccess => put.plain(&mut self.subject_info_access),
        }
    }
}

/// An extension on its way to its place.
struct Put<'r, 'a> {
    id: ExtensionId,
    raw: &'r RawExtension<'a>,
}

impl<'a> Put<'_, 'a> {
    /// What is decoded is what is kept.
    fn plain<T: Decode<'a>>(self, place: &mut Option<Extension<T>>) -> Result<(), Error> {
        self.refined(place, Ok)
    }
    /// What is decoded is kept if it passes.
    fn checked<T: Decode<'a>>(
        self,
        place: &mut Option<Extension<T>>,
        check: impl FnOnce(&T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.refined(place, |value| check(&value).map(|()| value))
    }
    /// What is decoded is made into what is kept.
    fn refined<G: Decode<'a>, T>(
        self,
        place: &mut Option<Extension<T>>,
        refine: impl FnOnce(G) -> Result<T, Error>,
    ) -> Result<(), Error> {
        let value = self.raw.value.decode_as().map_err(|error| Error::Extension(self.id, error))?;
        match place.replace(Extension { critical: self.raw.critical, value: refine(value)? }) {
            None => Ok(()),
            Some(_) => Err(Error::DuplicateExtension),
        }
    }
}

/// Whether RFC 5280 lets a conforming CA mark the extension so. Where it says SHOULD, either may be. What §4.2.1.9 and
/// §4.2.1.10 ask of a CA's certificate is asked in the path, because old roots of good standing don't comply.
const fn may_be_marked(id: ExtensionId, critical: bool) -> bool {
    use ExtensionId as Id;
    match id {
        Id::AuthorityKeyIdentifier
        | Id::SubjectKeyIdentifier
        | Id::SubjectDirectoryAttributes
        | Id::FreshestCrl
        | Id::AuthorityInfoAccess
        | Id::SubjectInfoAccess => !critical,
        Id::PolicyConstraints | Id::InhibitAnyPolicy => critical,
        Id::KeyUsage
        | Id::CertificatePolicies
        | Id::PolicyMappings
        | Id::SubjectAltName
        | Id::IssuerAltName
        | Id::BasicConstraints
        | Id::NameConstraints
        | Id::ExtendedKeyUsage
        | Id::CrlDistributionPoints => true,
    }
}

fn id(id: Oid<'_>) -> Option<ExtensionId> {
    use ExtensionId as Id;
    Some(match id {
        oid::AUTHORITY_KEY_IDENTIFIER => Id::AuthorityKeyIdentifier,
        oid::SUBJECT_KEY_IDENTIFIER => Id::SubjectKeyIdentifier,
        oid::KEY_USAGE => Id::KeyUsage,
        oid::CERTIFICATE_POLICIES => Id::CertificatePolicies,
        oid::POLICY_MAPPINGS => Id::PolicyMappings,
        oid::SUBJECT_ALT_NAME => Id::SubjectAltName,
        oid::ISSUER_ALT_NAME => Id::IssuerAltName,
        oid::SUBJECT_DIRECTORY_ATTRIBUTES => Id::SubjectDirectoryAttributes,
        oid::BASIC_CONSTRAINTS => Id::BasicConstraints,
        oid::NAME_CONSTRAINTS => Id::NameConstraints,
        oid::POLICY_CONSTRAINTS => Id::PolicyConstraints,
        oid::EXTENDED_KEY_USAGE => Id::ExtendedKeyUsage,
        oid::CRL_DISTRIBUTION_POINTS => Id::CrlDistributionPoints,
        oid::INHIBIT_ANY_POLICY => Id::InhibitAnyPolicy,
        oid::FRESHEST_CRL => Id::FreshestCrl,
        oid::AUTHORITY_INFO_ACCESS => Id::AuthorityInfoAccess,
        oid::SUBJECT_INFO_ACCESS => Id::SubjectInfoAccess,
        _ => return None,
    })
}
