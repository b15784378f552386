//! An attribute of a distinguished name (RFC 5280 §4.1.2.4, X.520) and its comparison (§7.1).
use crate::name::Likeness;
use alloc::borrow::Cow;
use asn1::{
    Any, BmpString, Error, Ia5String, Oid, PrintableString, Tag, UniversalString, Utf8String, VisibleString,
};

asn1::sequence! {
    /// ```text
    /// AttributeTypeAndValue ::= SEQUENCE { type AttributeType, value AttributeValue }
    /// ```
    pub struct AttributeTypeAndValue<'a> {
        /// Which attribute.
        pub kind: Oid<'a>,
        /// Of a type that `kind` decides; nearly always a DirectoryString.
        pub value: Any<'a>,
    }
}

/// An attribute, with its text if the value is a string that has one.
#[derive(Clone, Debug)]
pub struct Attribute<'a> {
    kind: Oid<'a>,
    der: &'a [u8],
    text: Option<Cow<'a, str>>,
}

impl<'a> Attribute<'a> {
    pub(super) fn new(attribute: &AttributeTypeAndValue<'a>) -> Result<Self, Error> {
        Ok(Self { kind: attribute.kind, der: attribute.value.der(), text: text(&attribute.value)? })
    }
    /// Which attribute.
    #[must_use]
    pub const fn kind(&self) -> Oid<'a> {
        self.kind
    }
    /// The encoding of the value.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }
    /// What the value says. `None` for a TeletexString, of which nobody knows what it says, and for other types.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
    /// Whether the attributes are the same.
    pub(super) fn likeness(&self, other: &Attribute<'_>) -> Likeness {
        if self.kind != other.kind {
            return Likeness::Different;
        }
        match (self.text(), other.text()) {
            _ if self.der == other.der => Likeness::Same,
            (Some(one), Some(another)) if same_words(one, another) => Likeness::Same,
            (Some(one), Some(another)) if one.is_ascii() && another.is_ascii() => Likeness::Different,
            _ => Likeness::Unclear,
        }
    }
}

/// Words without regard to case; white space separates them, however much of it.
fn same_words(one: &str, another: &str) -> bool {
    let (mut ours, mut theirs) = (one.split_ascii_whitespace(), another.split_ascii_whitespace());
    loop {
        match (ours.next(), theirs.next()) {
            (Some(word), Some(other)) if word.eq_ignore_ascii_case(other) => {}
            (rest, other) => return rest.is_none() && other.is_none(),
        }
    }
}

fn text<'a>(value: &Any<'a>) -> Result<Option<Cow<'a, str>>, Error> {
    Ok(Some(match value.tag() {
        Tag::UTF8_STRING => Cow::Borrowed(value.decode_as::<Utf8String<'a, MAX>>()?.as_str()),
        Tag::PRINTABLE_STRING => Cow::Borrowed(value.decode_as::<PrintableString<'a, MAX>>()?.as_str()),
        Tag::IA5_STRING => Cow::Borrowed(value.decode_as::<Ia5String<'a, MAX>>()?.as_str()),
        Tag::VISIBLE_STRING => Cow::Borrowed(value.decode_as::<VisibleString<'a, MAX>>()?.as_str()),
        Tag::BMP_STRING => Cow::Owned(value.decode_as::<BmpString<'a, MAX>>()?.chars().collect()),
        Tag::UNIVERSAL_STRING => Cow::Owned(value.decode_as::<UniversalString<'a, MAX>>()?.chars().collect()),
        _ => return Ok(None),
    }))
}

/// Bytes of one value. X.520 has smaller bounds for most attributes; nothing depends on them.
const MAX: usize = 4096;
