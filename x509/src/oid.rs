//! table: the object identifiers that certificates and keys use. Append only.
use asn1::{Oid, oid};

// Attributes of names (RFC 5280 appendix A.1, RFC 4519).
pub(crate) const COMMON_NAME: Oid<'_> = oid!(2.5.4.3);
pub(crate) const COUNTRY: Oid<'_> = oid!(2.5.4.6);
pub(crate) const LOCALITY: Oid<'_> = oid!(2.5.4.7);
pub(crate) const STATE_OR_PROVINCE: Oid<'_> = oid!(2.5.4.8);
pub(crate) const STREET: Oid<'_> = oid!(2.5.4.9);
pub(crate) const ORGANIZATION: Oid<'_> = oid!(2.5.4.10);
pub(crate) const ORGANIZATIONAL_UNIT: Oid<'_> = oid!(2.5.4.11);
pub(crate) const DOMAIN_COMPONENT: Oid<'_> = oid!(0.9.2342.19200300.100.1.25);
pub(crate) const USER_ID: Oid<'_> = oid!(0.9.2342.19200300.100.1.1);
pub(crate) const EMAIL_ADDRESS: Oid<'_> = oid!(1.2.840.113549.1.9.1);

// Kinds of keys (RFC 3279 §2.3.1, RFC 5480 §2.1.1, RFC 8410 §3).
pub(crate) const RSA_ENCRYPTION: Oid<'_> = oid!(1.2.840.113549.1.1.1);
pub(crate) const EC_PUBLIC_KEY: Oid<'_> = oid!(1.2.840.10045.2.1);
/// Also the signature algorithm.
pub(crate) const ED25519: Oid<'_> = oid!(1.3.101.112);

// Signatures (RFC 4055, RFC 5758) and what their parameters say.
pub(crate) const SHA256_WITH_RSA: Oid<'_> = oid!(1.2.840.113549.1.1.11);
pub(crate) const SHA384_WITH_RSA: Oid<'_> = oid!(1.2.840.113549.1.1.12);
pub(crate) const SHA512_WITH_RSA: Oid<'_> = oid!(1.2.840.113549.1.1.13);
pub(crate) const RSASSA_PSS: Oid<'_> = oid!(1.2.840.113549.1.1.10);
pub(crate) const MGF1: Oid<'_> = oid!(1.2.840.113549.1.1.8);
pub(crate) const ECDSA_WITH_SHA256: Oid<'_> = oid!(1.2.840.10045.4.3.2);
pub(crate) const ECDSA_WITH_SHA384: Oid<'_> = oid!(1.2.840.10045.4.3.3);
pub(crate) const ECDSA_WITH_SHA512: Oid<'_> = oid!(1.2.840.10045.4.3.4);
pub(crate) const SHA256: Oid<'_> = oid!(2.16.840.1.101.3.4.2.1);
pub(crate) const SHA384: Oid<'_> = oid!(2.16.840.1.101.3.4.2.2);
pub(crate) const SHA512: Oid<'_> = oid!(2.16.840.1.101.3.4.2.3);

// Extensions (RFC 5280 §4.2).
pub(crate) const SUBJECT_DIRECTORY_ATTRIBUTES: Oid<'_> = oid!(2.5.29.9);
pub(crate) const SUBJECT_KEY_IDENTIFIER: Oid<'_> = oid!(2.5.29.14);
pub(crate) const KEY_USAGE: Oid<'_> = oid!(2.5.29.15);
pub(crate) const SUBJECT_ALT_NAME: Oid<'_> = oid!(2.5.29.17);
pub(crate) const ISSUER_ALT_NAME: Oid<'_> = oid!(2.5.29.18);
pub(crate) const BASIC_CONSTRAINTS: Oid<'_> = oid!(2.5.29.19);
pub(crate) const NAME_CONSTRAINTS: Oid<'_> = oid!(2.5.29.30);
pub(crate) const CRL_DISTRIBUTION_POINTS: Oid<'_> = oid!(2.5.29.31);
pub(crate) const CERTIFICATE_POLICIES: Oid<'_> = oid!(2.5.29.32);
pub(crate) const POLICY_MAPPINGS: Oid<'_> = oid!(2.5.29.33);
pub(crate) const AUTHORITY_KEY_IDENTIFIER: Oid<'_> = oid!(2.5.29.35);
pub(crate) const POLICY_CONSTRAINTS: Oid<'_> = oid!(2.5.29.36);
pub(crate) const EXTENDED_KEY_USAGE: Oid<'_> = oid!(2.5.29.37);
pub(crate) const FRESHEST_CRL: Oid<'_> = oid!(2.5.29.46);
pub(crate) const INHIBIT_ANY_POLICY: Oid<'_> = oid!(2.5.29.54);
pub(crate) const AUTHORITY_INFO_ACCESS: Oid<'_> = oid!(1.3.6.1.5.5.7.1.1);
pub(crate) const SUBJECT_INFO_ACCESS: Oid<'_> = oid!(1.3.6.1.5.5.7.1.11);

// Key purposes (RFC 5280 §4.2.1.12).
pub(crate) const ANY_EXTENDED_KEY_USAGE: Oid<'_> = oid!(2.5.29.37.0);
pub(crate) const SERVER_AUTH: Oid<'_> = oid!(1.3.6.1.5.5.7.3.1);
pub(crate) const CLIENT_AUTH: Oid<'_> = oid!(1.3.6.1.5.5.7.3.2);

// Policies and their qualifiers (RFC 5280 §4.2.1.4).
pub(crate) const ANY_POLICY: Oid<'_> = oid!(2.5.29.32.0);
pub(crate) const CPS_POINTER: Oid<'_> = oid!(1.3.6.1.5.5.7.2.1);
pub(crate) const USER_NOTICE: Oid<'_> = oid!(1.3.6.1.5.5.7.2.2);
