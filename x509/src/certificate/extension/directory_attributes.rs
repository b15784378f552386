//! Attributes of the subject that are not in its name (RFC 5280 §4.2.1.8).
use asn1::{Any, Oid, SequenceOf, SetOf};

/// subjectDirectoryAttributes: at least one attribute.
pub type SubjectDirectoryAttributes<'a> = SequenceOf<DirectoryAttribute<'a>, 64, 1>;

asn1::sequence! {
    /// ```text
    /// Attribute ::= SEQUENCE { type AttributeType, values SET OF AttributeValue }
    /// ```
    pub struct DirectoryAttribute<'a> {
        /// Which attribute.
        pub kind: Oid<'a>,
        /// Its values, of a type that `kind` decides.
        pub values: SetOf<Any<'a>, 64, 1>,
    }
}
