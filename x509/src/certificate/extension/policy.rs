//! Under which policies a certificate was issued, and what they bind (RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.11,
//! §4.2.1.14).
use crate::oid;
use asn1::{Any, BmpString, Error, Ia5String, Implicit, Oid, SequenceOf, Utf8String, VisibleString};

/// certificatePolicies; no policy is listed twice.
pub type CertificatePolicies<'a> = SequenceOf<PolicyInformation<'a>, 64, 1>;
/// policyMappings; anyPolicy is never mapped.
pub type PolicyMappings<'a> = SequenceOf<PolicyMapping<'a>, 64, 1>;
/// inhibitAnyPolicy: how many more certificates may follow in which anyPolicy counts.
pub type InhibitAnyPolicy = u32;

asn1::sequence! {
    /// ```text
    /// PolicyInformation ::= SEQUENCE {
    ///     policyIdentifier CertPolicyId,
    ///     policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL }
    /// ```
    pub struct PolicyInformation<'a> {
        /// Which policy.
        pub policy: Oid<'a>,
        /// What is said about it.
        pub qualifiers: Option<SequenceOf<PolicyQualifierInfo<'a>, 16, 1>>,
    }
}
asn1::sequence! {
    /// ```text
    /// PolicyQualifierInfo ::= SEQUENCE { policyQualifierId PolicyQualifierId, qualifier ANY DEFINED BY … }
    /// ```
    pub struct PolicyQualifierInfo<'a> {
        /// What the qualifier is.
        pub kind: Oid<'a>,
        /// A [`Qualifier`] if `kind` is one of the two of RFC 5280.
        pub value: Any<'a>,
    }
}
asn1::sequence! {
    /// ```text
    /// UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL, explicitText DisplayText OPTIONAL }
    /// ```
    pub struct UserNotice<'a> {
        /// A text that is kept elsewhere.
        pub reference: Option<NoticeReference<'a>>,
        /// A text to show.
        pub text: Option<DisplayText<'a>>,
    }
}
asn1::sequence! {
    /// ```text
    /// NoticeReference ::= SEQUENCE { organization DisplayText, noticeNumbers SEQUENCE OF INTEGER }
    /// ```
    pub struct NoticeReference<'a> {
        /// Who keeps it.
        pub organization: DisplayText<'a>,
        /// Which texts.
        pub numbers: SequenceOf<u32, 64>,
    }
}
asn1::choice! {
    /// Text. RFC 5280 says 200 characters, and asks to be patient with more.
    pub enum DisplayText<'a> {
        /// ASCII.
        Ia5(Ia5String<'a, 4096>),
        /// The printing part of ASCII.
        Visible(VisibleString<'a, 4096>),
        /// UCS-2.
        Bmp(BmpString<'a, 4096>),
        /// UTF-8.
        Utf8(Utf8String<'a, 4096>),
    }
}
asn1::sequence! {
    /// ```text
    /// PolicyMapping ::= SEQUENCE { issuerDomainPolicy CertPolicyId, subjectDomainPolicy CertPolicyId }
    /// ```
    pub struct PolicyMapping<'a> {
        /// In the issuer's words.
        pub issuer_domain: Oid<'a>,
        /// In the subject's.
        pub subject_domain: Oid<'a>,
    }
}
asn1::sequence! {
    /// ```text
    /// PolicyConstraints ::= SEQUENCE {
    ///     requireExplicitPolicy [0] SkipCerts OPTIONAL,
    ///     inhibitPolicyMapping  [1] SkipCerts OPTIONAL }
    /// ```
    /// One of them is there.
    pub struct PolicyConstraints {
        /// How many more certificates may follow before a policy is needed.
        pub require_explicit_policy: Option<Implicit<0, u32>>,
        /// How many more certificates may follow before policies are not mapped any more.
        pub inhibit_policy_mapping: Option<Implicit<1, u32>>,
    }
}

/// What a qualifier of a kind known to RFC 5280 says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Qualifier<'a> {
    /// A URI of the certification practice statement.
    CpsPointer(Ia5String<'a, 4096>),
    /// A notice to users.
    UserNotice(UserNotice<'a>),
}

impl<'a> PolicyQualifierInfo<'a> {
    /// The qualifier, unless it is of a kind unknown to RFC 5280.
    ///
    /// # Errors
    /// A value that is not what its kind says; never in a decoded certificate.
    pub fn qualifier(&self) -> Result<Option<Qualifier<'a>>, Error> {
        match self.kind {
            oid::CPS_POINTER => self.value.decode_as().map(Qualifier::CpsPointer).map(Some),
            oid::USER_NOTICE => self.value.decode_as().map(Qualifier::UserNotice).map(Some),
            _ => Ok(None),
        }
    }
}

impl PolicyConstraints {
    /// Whether anything is said, as §4.2.1.11 demands.
    pub(super) const fn says_something(&self) -> bool {
        self.require_explicit_policy.is_some() || self.inhibit_policy_mapping.is_some()
    }
}

/// Whether no policy is listed twice (§4.2.1.4), and each qualifier is what its kind says.
pub(super) fn check_policies(policies: &[PolicyInformation<'_>]) -> Result<bool, Error> {
    for qualifier in policies.iter().flat_map(|policy| policy.qualifiers.iter().flatten()) {
        qualifier.qualifier()?;
    }
    let mut rest = policies;
    while let [policy, behind @ ..] = rest {
        if behind.iter().any(|other| other.policy == policy.policy) {
            return Ok(false);
        }
        rest = behind;
    }
    Ok(true)
}

/// Whether anyPolicy is left alone (§4.2.1.5).
pub(super) fn check_mappings(mappings: &[PolicyMapping<'_>]) -> bool {
    mappings.iter().all(|m| m.issuer_domain != oid::ANY_POLICY && m.subject_domain != oid::ANY_POLICY)
}
