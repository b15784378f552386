//! Strict DER (X.690): a grammar written once gives decoder, encoder and generator.
//!
//! ```
//! use asn1::{Decode, Encode, Explicit, OctetString, SequenceOf};
//!
//! asn1::sequence! {
//!     /// ```text
//!     /// Box ::= SEQUENCE { version [0] EXPLICIT INTEGER DEFAULT 0, sealed BOOLEAN OPTIONAL,
//!     ///                    things SEQUENCE SIZE (1..8) OF OCTET STRING (SIZE (0..64)) }
//!     /// ```
//!     pub struct Box<'a> {
//!         /// Of the format.
//!         pub version: Explicit<0, u32> = Explicit(0),
//!         /// Unknown if it is not said.
//!         pub sealed: Option<bool>,
//!         /// What is in it.
//!         pub things: SequenceOf<OctetString<'a, 64>, 8, 1>,
//!     }
//! }
//!
//! let der = [0x30, 0x07, 0x30, 0x05, 0x04, 0x03, b'c', b'a', b't'];
//! let found = Box::from_der(&der)?;
//! assert_eq!(found.things[0].as_bytes(), b"cat");
//! assert_eq!(found.to_der(), der);
//! # Ok::<(), asn1::Error>(())
//! ```
//!
//! What decodes, encodes to the same bytes: there is one encoding of each value, and no other is read. Nothing is
//! allocated from a claimed length; lists and numbers have their bounds in their types; nesting ends at [`DEPTH`].
#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::arithmetic_side_effects)]
extern crate alloc;

mod error;
#[cfg(feature = "generate")]
pub mod generate;
mod oid;
mod read;
#[doc(hidden)]
pub mod sequence;
mod tag;
mod types;
mod write;

pub use error::{Error, ErrorKind};
pub use oid::Oid;
pub use read::{DEPTH, Decode, DecodeValue, Reader, Tagged};
pub use sequence::Field;
pub use tag::{Tag, TagSet};
pub use types::any::Any;
pub use types::bit_string::{BitString, NamedBits};
pub use types::explicit::Explicit;
pub use types::implicit::Implicit;
pub use types::integer::{Integer, Unsigned};
pub use types::null::Null;
pub use types::octet_string::OctetString;
pub use types::raw::Raw;
pub use types::sequence_of::SequenceOf;
pub use types::set_of::SetOf;
pub use types::string::{
    BmpString, Ia5String, PrintableString, TeletexString, UniversalString, Utf8String, VisibleString,
};
pub use types::time::{GeneralizedTime, Time, UtcTime};
pub use write::{Encode, EncodeValue, Writer};

#[doc(hidden)]
pub use oid::literal as oid_literal;
