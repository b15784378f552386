//! GeneralName (RFC 5280 §4.2.1.6): a name of one of nine forms, as it is written, and names sorted by form.
use crate::name::address::address;
use crate::name::dns::DnsPattern;
use crate::name::mailbox::Mailbox;
use crate::name::uri::Uri;
use crate::name::{Name, RdnSequence};
use alloc::vec::Vec;
use asn1::{Any, Explicit, Ia5String, Implicit, OctetString, Oid, Raw, SequenceOf};
use core::net::IpAddr;

asn1::sequence! {
    /// ```text
    /// OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY DEFINED BY type-id }
    /// ```
    pub struct OtherName<'a> {
        /// What the value is.
        pub kind: Oid<'a>,
        /// A name of that kind.
        pub value: Explicit<0, Any<'a>>,
    }
}

asn1::choice! {
    /// A name in its encoding: the strings are ASCII, nothing more is known of them.
    pub enum GeneralName<'a> {
        /// Of a form that is not defined here.
        Other(Implicit<0, OtherName<'a>>),
        /// A mailbox.
        Rfc822(Implicit<1, Ia5String<'a, LONGEST>>),
        /// A host name, perhaps with a wildcard.
        Dns(Implicit<2, Ia5String<'a, LONGEST>>),
        /// An X.400 address, of which only the length is looked at.
        X400(Implicit<3, SequenceOf<Any<'a>, 64>>),
        /// A distinguished name. `[4]` is explicit, because Name is a CHOICE (X.680 §31.2.7).
        Directory(Explicit<4, Raw<'a, RdnSequence<'a>>>),
        /// A party of electronic data interchange, of which only the length is looked at.
        EdiParty(Implicit<5, SequenceOf<Any<'a>, 2>>),
        /// A URI.
        Uri(Implicit<6, Ia5String<'a, LONGEST>>),
        /// An IP address, or in a constraint an address and a mask.
        Ip(Implicit<7, OctetString<'a, 32>>),
        /// A registered object.
        RegisteredId(Implicit<8, Oid<'a>>),
    }
}

/// `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, with room for any certificate that was seen in earnest.
pub type GeneralNames<'a> = SequenceOf<GeneralName<'a>, MOST, 1>;

/// The forms of [`GeneralName`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameForm {
    /// otherName.
    Other,
    /// rfc822Name.
    Rfc822,
    /// dNSName.
    Dns,
    /// x400Address.
    X400,
    /// directoryName.
    Directory,
    /// ediPartyName.
    EdiParty,
    /// uniformResourceIdentifier.
    Uri,
    /// iPAddress.
    Ip,
    /// registeredID.
    RegisteredId,
}

impl GeneralName<'_> {
    /// Which form the name has.
    #[must_use]
    pub const fn form(&self) -> NameForm {
        match self {
            Self::Other(_) => NameForm::Other,
            Self::Rfc822(_) => NameForm::Rfc822,
            Self::Dns(_) => NameForm::Dns,
            Self::X400(_) => NameForm::X400,
            Self::Directory(_) => NameForm::Directory,
            Self::EdiParty(_) => NameForm::EdiParty,
            Self::Uri(_) => NameForm::Uri,
            Self::Ip(_) => NameForm::Ip,
            Self::RegisteredId(_) => NameForm::RegisteredId,
        }
    }
}

/// The names of a subject or issuer, by form, each what its form says it must be.
///
/// The order within a form is that of the certificate.
#[derive(Clone, Debug, Default)]
pub struct AlternativeNames<'a> {
    /// rfc822Name.
    pub mailboxes: Vec<Mailbox<'a>>,
    /// dNSName.
    pub dns: Vec<DnsPattern<'a>>,
    /// directoryName.
    pub directories: Vec<Name<'a>>,
    /// uniformResourceIdentifier.
    pub uris: Vec<Uri<'a>>,
    /// iPAddress.
    pub addresses: Vec<IpAddr>,
    /// Names of the other forms: otherName, x400Address, ediPartyName, registeredID.
    pub others: Vec<GeneralName<'a>>,
}

impl<'a> AlternativeNames<'a> {
    /// Sorts `names`.
    ///
    /// # Errors
    /// The form of a name that is not what its form says.
    pub fn new(names: &[GeneralName<'a>]) -> Result<Self, NameForm> {
        let mut sorted = Self::default();
        for name in names {
            sorted.add(name).ok_or(name.form())?;
        }
        Ok(sorted)
    }
    fn add(&mut self, name: &GeneralName<'a>) -> Option<()> {
        match name {
            GeneralName::Rfc822(Implicit(text)) => self.mailboxes.push(Mailbox::new(text.as_str())?),
            GeneralName::Dns(Implicit(text)) => self.dns.push(DnsPattern::new(text.as_str())?),
            GeneralName::Directory(Explicit(name)) => self.directories.push(Name::new(name).ok()?),
            GeneralName::Uri(Implicit(text)) => self.uris.push(Uri::new(text.as_str())?),
            GeneralName::Ip(Implicit(octets)) => self.addresses.push(address(octets.as_bytes())?),
            GeneralName::Other(_)
            | GeneralName::X400(_)
            | GeneralName::EdiParty(_)
            | GeneralName::RegisteredId(_) => self.others.push(name.clone()),
        }
        Some(())
    }
}

/// Bytes of one name.
const LONGEST: usize = 4096;
/// Names in one list.
const MOST: usize = 4096;
