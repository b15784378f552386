//! Distinguished names (RFC 5280 §4.1.2.4): what they say, and when two are one (§7.1).
//!
//! Two names are the same if their encodings are, or if they have the same attributes with the same text: without
//! regard to the type of string, the case of ASCII letters, and the amount of white space, but in the same order.
//! Letters beyond ASCII are neither folded nor normalised. So two encodings with such letters may or may not be one
//! name, and the comparison says so: [`Likeness::Unclear`]. Who needs sameness (an issuer, a permitted subtree) takes
//! it for no; who needs difference (an excluded subtree) takes it for no as well.
pub mod address;
mod attribute;
pub mod dns;
pub mod general;
pub mod mailbox;
mod print;
pub mod uri;

pub use attribute::{Attribute, AttributeTypeAndValue};

use alloc::vec::Vec;
use asn1::{Decode as _, Error, Raw, SequenceOf, SetOf};

/// `RDNSequence ::= SEQUENCE OF RelativeDistinguishedName`.
pub type RdnSequence<'a> = SequenceOf<RelativeDistinguishedName<'a>, 64>;
/// `RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue`.
pub type RelativeDistinguishedName<'a> = SetOf<AttributeTypeAndValue<'a>, 16, 1>;

/// A distinguished name, decoded, beside its encoding. [`core::fmt::Display`] writes it as RFC 4514 has it.
#[derive(Clone, Debug)]
pub struct Name<'a> {
    der: &'a [u8],
    rdns: Vec<Vec<Attribute<'a>>>,
}

impl<'a> Name<'a> {
    /// The name whose encoding `der` is, the whole of it.
    ///
    /// # Errors
    /// Anything but a name in strict DER, and strings with characters that their type has not.
    pub fn from_der(der: &'a [u8]) -> Result<Self, Error> {
        Self::new(&Raw::from_der(der)?)
    }
    /// The name that was decoded as far as its structure.
    pub(crate) fn new(raw: &Raw<'a, RdnSequence<'a>>) -> Result<Self, Error> {
        let rdn = |rdn: &RelativeDistinguishedName<'a>| rdn.iter().map(Attribute::new).collect();
        Ok(Self { der: raw.der, rdns: raw.value.iter().map(rdn).collect::<Result<_, _>>()? })
    }
    /// The encoding.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }
    /// The relative distinguished names from the root down, each with its attributes.
    pub fn rdns(&self) -> impl DoubleEndedIterator<Item = &[Attribute<'a>]> {
        self.rdns.iter().map(Vec::as_slice)
    }
    /// All attributes from the root down.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute<'a>> {
        self.rdns.iter().flatten()
    }
    /// Whether there is no attribute at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }
    /// Whether the names are certainly the same.
    #[must_use]
    pub fn is_same_as(&self, other: &Name<'_>) -> bool {
        self.der == other.der || self.rdns.len() == other.rdns.len() && self.under(other) == Likeness::Same
    }
    /// Whether this name is `ancestor` or below it: begins with its relative distinguished names (§4.2.1.10).
    #[must_use]
    pub fn under(&self, ancestor: &Name<'_>) -> Likeness {
        if ancestor.rdns.len() > self.rdns.len() {
            return Likeness::Different;
        }
        let pairs = self.rdns.iter().zip(&ancestor.rdns);
        pairs.map(|(ours, theirs)| rdn_likeness(ours, theirs)).min().unwrap_or(Likeness::Same)
    }
}

/// What a comparison of names found out. `min` is "and", `max` is "or".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// They are certainly not the same.
    Different,
    /// They may be the same by rules that are not applied here (RFC 4518).
    Unclear,
    /// They are certainly the same.
    Same,
}

/// Sets, so each attribute of one must be found in the other, and the other way round.
fn rdn_likeness(ours: &[Attribute<'_>], theirs: &[Attribute<'_>]) -> Likeness {
    if ours.len() == theirs.len() {
        covers(ours, theirs).min(covers(theirs, ours))
    } else {
        Likeness::Different
    }
}

fn covers(all: &[Attribute<'_>], of: &[Attribute<'_>]) -> Likeness {
    let found = |one: &Attribute<'_>| all.iter().map(|other| one.likeness(other)).max();
    of.iter().filter_map(found).min().unwrap_or(Likeness::Same)
}
