//! [`sequence!`](crate::sequence!) and [`choice!`](crate::choice!): a grammar written once (X.680 §25, §29).
//!
//! From the listing come the type, its [`crate::Decode`], its [`crate::Encode`], with the feature `generate` its
//! generator of random DER, and the compiler's refusal of a grammar that cannot tell its fields apart.
use crate::error::{Error, ErrorKind};
use crate::read::{Decode, Reader};
use crate::tag::TagSet;
use crate::write::{Encode, Writer};

/// What may stand in a SEQUENCE: a type, or an `Option` of one, which is OPTIONAL.
///
/// `Option` is not [`Decode`]: a list of absent elements, or a tag around nothing, is not a type.
pub trait Field<'a>: Sized {
    /// The tags that the field begins with, if it is there.
    const TAGS: TagSet;
    /// Whether it may be absent.
    const OPTIONAL: bool;
    /// Reads the field.
    ///
    /// # Errors
    /// As [`Decode::decode`].
    fn decode_field(reader: &mut Reader<'a>) -> Result<Self, Error>;
    /// Writes the field.
    fn encode_field(&self, writer: &mut Writer);
}

impl<'a, T: Decode<'a> + Encode> Field<'a> for T {
    const TAGS: TagSet = T::TAGS;
    const OPTIONAL: bool = false;
    fn decode_field(reader: &mut Reader<'a>) -> Result<Self, Error> {
        T::decode(reader)
    }
    fn encode_field(&self, writer: &mut Writer) {
        self.encode(writer);
    }
}

impl<'a, T: Decode<'a> + Encode> Field<'a> for Option<T> {
    const TAGS: TagSet = T::TAGS;
    const OPTIONAL: bool = true;
    fn decode_field(reader: &mut Reader<'a>) -> Result<Self, Error> {
        reader.optional()
    }
    fn encode_field(&self, writer: &mut Writer) {
        if let Some(value) = self {
            value.encode(writer);
        }
    }
}

/// A SEQUENCE: a `struct` whose fields are [`Field`]s, in the order of the encoding.
///
/// `Option<T>` is OPTIONAL, `field: T = value` is DEFAULT, [`Explicit`](crate::Explicit) and
/// [`Implicit`](crate::Implicit) are tags. The type may have one lifetime. It is `Clone`, `PartialEq`, `Eq` and
/// `Debug`, and has the DER of a SEQUENCE.
///
/// A field that may be absent must begin otherwise than what may follow in its place, or the grammar does not
/// compile:
///
/// ```compile_fail
/// asn1::sequence! {
///     /// Which of the two is an INTEGER that comes alone?
///     pub struct Ambiguous {
///         /// The first.
///         pub first: Option<u8>,
///         /// Or the second.
///         pub second: u8,
///     }
/// }
/// ```
#[macro_export]
macro_rules! sequence {
    ($(#[$meta:meta])* $vis:vis struct $name:ident<$lt:lifetime> { $($body:tt)* }) => {
        $crate::sequence!(@ [$(#[$meta])*] [$vis] $name ($name<$lt>) [<$lt>] $lt { $($body)* });
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($body:tt)* }) => {
        $crate::sequence!(@ [$(#[$meta])*] [$vis] $name ($name) [] 'der { $($body)* });
    };
    (@ [$(#[$meta:meta])*] [$vis:vis] $name:ident ($own:ty) [$($generics:tt)*] $lt:lifetime {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty $(= $default:expr)?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        $vis struct $name $($generics)* { $($(#[$field_meta])* $field_vis $field: $type),* }

        impl $($generics)* $crate::Tagged for $own {
            const TAG: $crate::Tag = {
                $crate::sequence::assert_unambiguous(&[$($crate::sequence!(@tags $type $(= $default)?)),*]);
                $crate::Tag::SEQUENCE
            };
        }
        const _: $crate::Tag = <$name as $crate::Tagged>::TAG;
        impl<$lt> $crate::DecodeValue<$lt> for $own {
            fn decode_value(contents: &mut $crate::Reader<$lt>) -> ::core::result::Result<Self, $crate::Error> {
                $(let $field = $crate::sequence!(@decode contents $type $(= $default)?);)*
                ::core::result::Result::Ok(Self { $($field),* })
            }
        }
        impl $($generics)* $crate::EncodeValue for $own {
            fn encode_value(&self, writer: &mut $crate::Writer) {
                $($crate::sequence!(@encode (&self.$field) writer $type $(= $default)?);)*
            }
        }
        $crate::__generate_sequence!([$($generics)*] $own { $($type $(= $default)?),* });
    };
    (@tags $type:ty) => {
        (<$type as $crate::Field<'_>>::TAGS, <$type as $crate::Field<'_>>::OPTIONAL)
    };
    (@tags $type:ty = $default:expr) => { (<$type as $crate::Decode<'_>>::TAGS, true) };
    (@decode $contents:ident $type:ty) => { <$type as $crate::Field<'_>>::decode_field($contents)? };
    (@decode $contents:ident $type:ty = $default:expr) => {
        $crate::sequence::decode_default::<$type>($contents, $default)?
    };
    (@encode ($value:expr) $writer:ident $type:ty) => {
        <$type as $crate::Field<'_>>::encode_field($value, $writer)
    };
    (@encode ($value:expr) $writer:ident $type:ty = $default:expr) => {
        $crate::sequence::encode_default::<$type>($value, $writer, $default)
    };
}

/// A CHOICE: an `enum` whose variants have one type each. No two may begin alike, or the grammar does not compile.
///
/// ```compile_fail
/// asn1::choice! {
///     /// Two ways to say the same.
///     pub enum Ambiguous {
///         /// A small number.
///         Small(u8),
///         /// A large one.
///         Large(u64),
///     }
/// }
/// ```
#[macro_export]
macro_rules! choice {
    ($(#[$meta:meta])* $vis:vis enum $name:ident<$lt:lifetime> { $($body:tt)* }) => {
        $crate::choice!(@ [$(#[$meta])*] [$vis] $name ($name<$lt>) [<$lt>] $lt { $($body)* });
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($body:tt)* }) => {
        $crate::choice!(@ [$(#[$meta])*] [$vis] $name ($name) [] 'der { $($body)* });
    };
    (@ [$(#[$meta:meta])*] [$vis:vis] $name:ident ($own:ty) [$($generics:tt)*] $lt:lifetime {
        $($(#[$variant_meta:meta])* $variant:ident($type:ty)),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        $vis enum $name $($generics)* { $($(#[$variant_meta])* $variant($type)),* }

        impl<$lt> $crate::Decode<$lt> for $own {
            const TAGS: $crate::TagSet =
                $crate::sequence::disjoint_union(&[$(<$type as $crate::Decode<$lt>>::TAGS),*]);
            fn decode(reader: &mut $crate::Reader<$lt>) -> ::core::result::Result<Self, $crate::Error> {
                $(if reader.begins(<$type as $crate::Decode<$lt>>::TAGS) {
                    return <$type as $crate::Decode<$lt>>::decode(reader).map(Self::$variant);
                })*
                reader.peek()?;
                ::core::result::Result::Err(reader.error($crate::ErrorKind::UnexpectedTag))
            }
        }
        impl $($generics)* $crate::Encode for $own {
            fn encode(&self, writer: &mut $crate::Writer) {
                match self { $(Self::$variant(value) => $crate::Encode::encode(value, writer)),* }
            }
        }
        $crate::__generate_choice!([$($generics)*] $own { $($type),* });
        const _: $crate::TagSet = <$name as $crate::Decode<'_>>::TAGS;
    };
}

/// Reads a field with a DEFAULT, which must not be encoded (X.690 §11.5).
///
/// # Errors
/// As `T::decode`, and [`ErrorKind::DefaultEncoded`].
pub fn decode_default<'a, T: Decode<'a> + PartialEq>(
    reader: &mut Reader<'a>,
    default: T,
) -> Result<T, Error> {
    let redundant = reader.error(ErrorKind::DefaultEncoded);
    match reader.optional::<T>()? {
        Some(value) if value == default => Err(redundant),
        Some(value) => Ok(value),
        None => Ok(default),
    }
}

/// Writes a field with a DEFAULT, unless it has it (X.690 §11.5).
pub fn encode_default<T: Encode + PartialEq>(value: &T, writer: &mut Writer, default: T) {
    if *value != default {
        value.encode(writer);
    }
}

/// Refuses, as the compiler, fields that cannot be told apart (X.680 §25.5): tags, and whether they may be absent.
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "run by the compiler")]
pub const fn assert_unambiguous(fields: &[(TagSet, bool)]) {
    let mut maybe = TagSet::NONE;
    let mut at = 0;
    while at < fields.len() {
        let (tags, optional) = fields[at];
        assert!(!tags.overlaps(maybe), "a field that may be absent begins like one that may follow it");
        maybe = if optional { maybe.union(tags) } else { TagSet::NONE };
        at += 1;
    }
}

/// The tags of all variants. Refuses, as the compiler, variants that begin alike (X.680 §29.3).
#[must_use]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "run by the compiler")]
pub const fn disjoint_union(variants: &[TagSet]) -> TagSet {
    let mut all = TagSet::NONE;
    let mut at = 0;
    while at < variants.len() {
        assert!(!variants[at].overlaps(all), "two variants begin alike");
        all = all.union(variants[at]);
        at += 1;
    }
    all
}

/// Without the feature `generate`, the grammar macros make no generators.
#[cfg(not(feature = "generate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __generate_sequence {
    ($($ignored:tt)*) => {};
}
/// Without the feature `generate`, the grammar macros make no generators.
#[cfg(not(feature = "generate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __generate_choice {
    ($($ignored:tt)*) => {};
}
