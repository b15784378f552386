//! [`Tag`]: the identifier octet (X.690 §8.1.2), and [`TagSet`]: the tags that a type may begin with.
use crate::error::ErrorKind;

/// An identifier octet: class, form and a number below 31.
///
/// Numbers from 31 take several octets (X.690 §8.1.2.4). No grammar of the PKI uses them, so they are refused with
/// an error of their own, and a tag is one octet everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(u8);

impl Tag {
    /// BOOLEAN.
    pub const BOOLEAN: Self = Self(0x01);
    /// INTEGER.
    pub const INTEGER: Self = Self(0x02);
    /// BIT STRING.
    pub const BIT_STRING: Self = Self(0x03);
    /// OCTET STRING.
    pub const OCTET_STRING: Self = Self(0x04);
    /// NULL.
    pub const NULL: Self = Self(0x05);
    /// OBJECT IDENTIFIER.
    pub const OID: Self = Self(0x06);
    /// ENUMERATED.
    pub const ENUMERATED: Self = Self(0x0a);
    /// UTF8String.
    pub const UTF8_STRING: Self = Self(0x0c);
    /// PrintableString.
    pub const PRINTABLE_STRING: Self = Self(0x13);
    /// TeletexString, also called T61String.
    pub const TELETEX_STRING: Self = Self(0x14);
    /// IA5String.
    pub const IA5_STRING: Self = Self(0x16);
    /// UTCTime.
    pub const UTC_TIME: Self = Self(0x17);
    /// GeneralizedTime.
    pub const GENERALIZED_TIME: Self = Self(0x18);
    /// VisibleString.
    pub const VISIBLE_STRING: Self = Self(0x1a);
    /// UniversalString.
    pub const UNIVERSAL_STRING: Self = Self(0x1c);
    /// BMPString.
    pub const BMP_STRING: Self = Self(0x1e);
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: Self = Self(0x30);
    /// SET and SET OF.
    pub const SET: Self = Self(0x31);

    /// `[number]` of the context class, primitive.
    ///
    /// # Panics
    /// If `number` is over 30; in a constant that is a compile error.
    #[must_use]
    pub const fn context(number: u8) -> Self {
        assert!(number < HIGH_NUMBER, "a context tag needs a number below 31");
        Self(CONTEXT | number)
    }
    /// The same tag in constructed form.
    #[must_use]
    pub const fn constructed(self) -> Self {
        Self(self.0 | CONSTRUCTED)
    }
    /// The same tag in the form of `other`.
    #[must_use]
    pub const fn in_form_of(self, other: Self) -> Self {
        Self(self.0 & !CONSTRUCTED | other.0 & CONSTRUCTED)
    }
    /// Whether the contents are elements themselves.
    #[must_use]
    pub const fn is_constructed(self) -> bool {
        self.0 & CONSTRUCTED != 0
    }
    /// The identifier octet.
    #[must_use]
    pub const fn octet(self) -> u8 {
        self.0
    }
    /// The tag of an identifier octet, if the octet is a whole tag (its number is below 31).
    #[must_use]
    pub const fn from_octet(octet: u8) -> Option<Self> {
        if octet & HIGH_NUMBER == HIGH_NUMBER { None } else { Some(Self(octet)) }
    }
    /// The tag of an identifier octet, if DER has it (X.690 §10.2): strings are primitive, and of the universal types
    /// only SEQUENCE, SET, EXTERNAL and EMBEDDED PDV are constructed. Of other classes nothing is known, and either
    /// form will do.
    pub(crate) const fn in_der(octet: u8) -> Result<Self, ErrorKind> {
        match octet {
            _ if octet & HIGH_NUMBER == HIGH_NUMBER => Err(ErrorKind::HighTagNumber),
            0x00 => Err(ErrorKind::EndOfContents),
            0x28 | 0x2b | 0x30 | 0x31 => Ok(Self(octet)),
            0x08 | 0x0b | 0x10 | 0x11 | 0x20..0x40 => Err(ErrorKind::WrongForm),
            _ => Ok(Self(octet)),
        }
    }
}

impl core::fmt::Debug for Tag {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Tag({:#04x})", self.0)
    }
}

/// A set of tags: what a value of some type may begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TagSet([u128; 2]);

impl TagSet {
    /// No tag.
    pub const NONE: Self = Self([0; 2]);
    /// Any tag at all.
    pub const ALL: Self = Self([u128::MAX; 2]);

    /// `tag` alone.
    #[must_use]
    pub const fn of(tag: Tag) -> Self {
        let bit = 1u128 << (tag.0 & 0x7f);
        if tag.0 & 0x80 == 0 { Self([bit, 0]) } else { Self([0, bit]) }
    }
    /// The tags of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a | c, b | d])
    }
    /// Whether a tag is in both.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        let ([a, b], [c, d]) = (self.0, other.0);
        (a & c) | (b & d) != 0
    }
    /// Whether `tag` is in the set.
    #[must_use]
    pub const fn contains(self, tag: Tag) -> bool {
        let [universal, context] = self.0;
        let half = if tag.0 & 0x80 == 0 { universal } else { context };
        half >> (tag.0 & 0x7f) & 1 != 0
    }
}

const CONSTRUCTED: u8 = 0x20;
const CONTEXT: u8 = 0x80;
const HIGH_NUMBER: u8 = 0x1f;
