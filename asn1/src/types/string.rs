//! The character strings (X.690 §8.23, X.680 §41): primitive only, each with the characters it may have.
use crate::error::{Error, ErrorKind};
use crate::read::{DecodeValue, Reader, Tagged};
use crate::tag::Tag;
use crate::write::{EncodeValue, Writer};

macro_rules! strings {
    ($($(#[$doc:meta])* $name:ident: $tag:ident, $contents:ty $(as $as:ident)?, $check:path;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $name<'a, const MAX: usize>(&'a $contents);

        impl<'a, const MAX: usize> $name<'a, MAX> {
            /// The string of these contents.
            ///
            /// # Errors
            /// [`ErrorKind::Character`] if the type has not one of the characters, [`ErrorKind::TooLong`] over `MAX`
            /// bytes.
            pub fn new(contents: &'a [u8]) -> Result<Self, ErrorKind> {
                if contents.len() > MAX {
                    return Err(ErrorKind::TooLong);
                }
                $check(contents).map(Self).ok_or(ErrorKind::Character)
            }
            /// The contents.
            #[must_use]
            pub fn as_bytes(&self) -> &'a [u8] {
                self.0.as_ref()
            }
            $(
                /// The characters.
                #[must_use]
                pub const fn $as(&self) -> &'a $contents {
                    self.0
                }
            )?
        }
        impl<const MAX: usize> Tagged for $name<'_, MAX> {
            const TAG: Tag = Tag::$tag;
        }
        impl<'a, const MAX: usize> DecodeValue<'a> for $name<'a, MAX> {
            fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
                contents.take_rest(Self::new)
            }
        }
        impl<const MAX: usize> EncodeValue for $name<'_, MAX> {
            fn encode_value(&self, writer: &mut Writer) {
                writer.bytes(self.as_bytes());
            }
        }
    )* };
}

strings! {
    /// UTF8String of at most `MAX` bytes.
    Utf8String: UTF8_STRING, str as as_str, utf8;
    /// PrintableString of at most `MAX` bytes: letters, digits and `'()+,-./:=?` and space (X.680 §41.4).
    PrintableString: PRINTABLE_STRING, str as as_str, printable;
    /// IA5String of at most `MAX` bytes: ASCII.
    Ia5String: IA5_STRING, str as as_str, ascii;
    /// VisibleString of at most `MAX` bytes: the printing characters of ASCII, and space.
    VisibleString: VISIBLE_STRING, str as as_str, visible;
    /// TeletexString of at most `MAX` bytes. Nobody agrees what they mean (T.61, or in fact Latin-1), so they stay
    /// bytes.
    TeletexString: TELETEX_STRING, [u8], Some;
    /// BMPString of at most `MAX` bytes: UCS-2, big-endian, without surrogates.
    BmpString: BMP_STRING, [u8], bmp;
    /// UniversalString of at most `MAX` bytes: UCS-4, big-endian.
    UniversalString: UNIVERSAL_STRING, [u8], universal;
}

impl<'a, const MAX: usize> BmpString<'a, MAX> {
    /// The characters.
    pub fn chars(&self) -> impl Iterator<Item = char> + use<'a, MAX> {
        self.0.as_chunks().0.iter().filter_map(|unit| char::from_u32(u16::from_be_bytes(*unit).into()))
    }
}
impl<'a, const MAX: usize> UniversalString<'a, MAX> {
    /// The characters.
    pub fn chars(&self) -> impl Iterator<Item = char> + use<'a, MAX> {
        self.0.as_chunks().0.iter().filter_map(|unit| char::from_u32(u32::from_be_bytes(*unit)))
    }
}

fn utf8(contents: &[u8]) -> Option<&str> {
    core::str::from_utf8(contents).ok()
}
fn ascii(contents: &[u8]) -> Option<&str> {
    if contents.is_ascii() { utf8(contents) } else { None }
}
fn visible(contents: &[u8]) -> Option<&str> {
    if contents.iter().all(|byte| matches!(byte, b' '..=b'~')) { utf8(contents) } else { None }
}
fn printable(contents: &[u8]) -> Option<&str> {
    let allowed = |byte: &u8| PRINTABLE.get(usize::from(*byte)).is_some_and(|allowed| *allowed);
    if contents.iter().all(allowed) { utf8(contents) } else { None }
}
fn bmp(contents: &[u8]) -> Option<&[u8]> {
    let (units, rest) = contents.as_chunks();
    let whole = rest.is_empty();
    let no_surrogate = |unit: &[u8; 2]| char::from_u32(u16::from_be_bytes(*unit).into()).is_some();
    if whole && units.iter().all(no_surrogate) { Some(contents) } else { None }
}
fn universal(contents: &[u8]) -> Option<&[u8]> {
    let (units, rest) = contents.as_chunks();
    let character = |unit: &[u8; 4]| char::from_u32(u32::from_be_bytes(*unit)).is_some();
    if rest.is_empty() && units.iter().all(character) { Some(contents) } else { None }
}

/// The characters of PrintableString (X.680 §41.4).
const PRINTABLE: [bool; 256] = {
    let mut table = [false; 256];
    let mut all: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?";
    while let [first, rest @ ..] = all {
        #[allow(clippy::as_conversions, clippy::indexing_slicing, reason = "run by the compiler")]
        {
            table[*first as usize] = true;
        }
        all = rest;
    }
    table
};
