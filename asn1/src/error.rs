//! What can be wrong with DER, and where.

/// Why bytes are not the value that was asked for, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Error {
    /// The offset of the offending byte, or of the value it spoils, in the outermost input.
    pub at: usize,
    /// What is wrong there.
    pub kind: ErrorKind,
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// The input, or the value around, ends too early.
    Truncated,
    /// Bytes follow where the value, or the value around, is complete.
    TrailingData,
    /// Another type stands here than the grammar says.
    UnexpectedTag,
    /// A tag number of 31 or more (X.690 §8.1.2.4).
    HighTagNumber,
    /// The tag of end-of-contents, which DER has not (X.690 §8.1.5).
    EndOfContents,
    /// A constructed string, or a SEQUENCE or SET in primitive form (X.690 §10.2).
    WrongForm,
    /// The indefinite form of a length (X.690 §10.1).
    IndefiniteLength,
    /// A length in more octets than it needs (X.690 §10.1).
    NonMinimalLength,
    /// A length in more than four octets.
    LongLength,
    /// Constructed values deeper than [`crate::DEPTH`].
    TooDeep,
    /// A BOOLEAN that is neither 0x00 nor 0xff (X.690 §11.1).
    Boolean,
    /// An INTEGER without contents (X.690 §8.3.1).
    EmptyInteger,
    /// An INTEGER in more octets than it needs (X.690 §8.3.2).
    NonMinimalInteger,
    /// An INTEGER below zero where the grammar has none.
    NegativeInteger,
    /// A BIT STRING without its first octet, or with unused bits that cannot be (X.690 §8.6.2).
    UnusedBits,
    /// Unused bits of a BIT STRING that are not zero (X.690 §11.2.1), or zero bits at the end of a list of named
    /// bits (X.690 §11.2.2).
    BitPadding,
    /// An OBJECT IDENTIFIER without arcs, or whose last arc has no end (X.690 §8.19).
    ObjectIdentifier,
    /// An arc in more octets than it needs (X.690 §8.19.2).
    NonMinimalArc,
    /// An arc of more than 128 bits.
    LargeArc,
    /// A character that the type of string has not.
    Character,
    /// Not a time in the form of RFC 5280 §4.1.2.5, or not a date of the calendar.
    Time,
    /// The elements of a SET OF in the wrong order (X.690 §11.6).
    SetOrder,
    /// A value that equals its DEFAULT, and should not be there (X.690 §11.5).
    DefaultEncoded,
    /// More contents than the grammar allows.
    TooLong,
    /// More elements than the grammar allows.
    TooMany,
    /// Fewer elements than the grammar asks for.
    TooFew,
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:?} at byte {}", self.kind, self.at)
    }
}
impl core::error::Error for Error {}
