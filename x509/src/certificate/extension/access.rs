//! Where more can be found about an issuer or a subject (RFC 5280 §4.2.2).
use crate::name::general::GeneralName;
use asn1::{Oid, SequenceOf};

/// authorityInfoAccess and subjectInfoAccess: at least one description.
pub type InfoAccess<'a> = SequenceOf<AccessDescription<'a>, 64, 1>;

asn1::sequence! {
    /// ```text
    /// AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
    /// ```
    pub struct AccessDescription<'a> {
        /// What is found there.
        pub method: Oid<'a>,
        /// Where. Nothing is fetched from it here.
        pub location: GeneralName<'a>,
    }
}
