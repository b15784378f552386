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
