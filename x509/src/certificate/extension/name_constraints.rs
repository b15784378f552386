//! The names that certificates below a CA may have (RFC 5280 §4.2.1.10).
use crate::name::Name;
use crate::name::address::AddressRange;
use crate::name::dns::DnsName;
use crate::name::general::{GeneralName, NameForm};
use crate::name::mailbox::MailConstraint;
use crate::name::uri::UriConstraint;
use alloc::vec::Vec;
use asn1::{Explicit, Implicit, SequenceOf};

asn1::sequence! {
    /// ```text
    /// NameConstraints ::= SEQUENCE {
    ///     permittedSubtrees [0] GeneralSubtrees OPTIONAL,
    ///     excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
    /// ```
    pub(super) struct Grammar<'a> {
        permitted: Option<Implicit<0, GeneralSubtrees<'a>>>,
        excluded: Option<Implicit<1, GeneralSubtrees<'a>>>,
    }
}
/// `GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree`.
type GeneralSubtrees<'a> = SequenceOf<GeneralSubtree<'a>, 4096, 1>;

asn1::sequence! {
    /// ```text
    /// GeneralSubtree ::= SEQUENCE {
    ///     base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1] BaseDistance OPTIONAL }
    /// ```
    struct GeneralSubtree<'a> {
        base: GeneralName<'a>,
        minimum: Implicit<0, u32> = Implicit(0),
        maximum: Option<Implicit<1, u32>>,
    }
}

/// nameConstraints: where all names below must be, and where none may be. Not both are empty.
#[derive(Clone, Debug)]
pub struct NameConstraints<'a> {
    /// A name of a form that is listed here must be in one of the subtrees of that form.
    pub permitted: Subtrees<'a>,
    /// No name may be in one of these.
    pub excluded: Subtrees<'a>,
}

/// Subtrees, by form.
#[derive(Clone, Debug, Default)]
pub struct Subtrees<'a> {
    /// rfc822Name.
    pub mailboxes: Vec<MailConstraint<'a>>,
    /// dNSName: this name and all below it. None is the empty name, and above all others. A dot at the beginning, which
    /// some write, is refused: §4.2.1.10 has it for mailboxes and URIs only, and does not say what it would mean.
    pub dns: Vec<Option<DnsName<'a>>>,
    /// directoryName.
    pub directories: Vec<Name<'a>>,
    /// uniformResourceIdentifier.
    pub uris: Vec<UriConstraint<'a>>,
    /// iPAddress.
    pub addresses: Vec<AddressRange>,
    /// Forms that are constrained, too, though RFC 5280 doesn't say how.
    pub others: Vec<NameForm>,
}

impl<'a> NameConstraints<'a> {
    /// The constraints with each base what its form says.
    ///
    /// # Errors
    /// The form of a base that is not, or that has a minimum or a maximum; none if there is no subtree.
    pub(super) fn new(grammar: Grammar<'a>) -> Result<Self, Option<NameForm>> {
        if grammar.permitted.is_none() && grammar.excluded.is_none() {
            return Err(None);
        }
        let subtrees = |subtrees: Option<GeneralSubtrees<'a>>| {
            subtrees.as_deref().map_or(Ok(Subtrees::default()), Subtrees::new)
        };
        Ok(Self {
            permitted: subtrees(grammar.permitted.map(|Implicit(subtrees)| subtrees))?,
            excluded: subtrees(grammar.excluded.map(|Implicit(subtrees)| subtrees))?,
        })
    }
}

impl<'a> Subtrees<'a> {
    fn new(subtrees: &[GeneralSubtree<'a>]) -> Result<Self, NameForm> {
        let mut sorted = Self::default();
        for subtree in subtrees {
            // §4.2.1.10: the minimum must be zero and the maximum absent.
            let plain = subtree.minimum == Implicit(0) && subtree.maximum.is_none();
            sorted.add(&subtree.base).filter(|()| plain).ok_or(subtree.base.form())?;
        }
        Ok(sorted)
    }
    fn add(&mut self, base: &GeneralName<'a>) -> Option<()> {
        match base {
            GeneralName::Rfc822(Implicit(text)) => self.mailboxes.push(MailConstraint::new(text.as_str())?),
            GeneralName::Dns(Implicit(text)) => self.dns.push(match text.as_str() {
                "" => None,
                name => Some(DnsName::new(name)?),
            }),
            GeneralName::Directory(Explicit(name)) => self.directories.push(Name::new(name).ok()?),
            GeneralName::Uri(Implicit(text)) => self.uris.push(UriConstraint::new(text.as_str())?),
            GeneralName::Ip(Implicit(octets)) => self.addresses.push(AddressRange::new(octets.as_bytes())?),
            GeneralName::Other(_)
            | GeneralName::X400(_)
            | GeneralName::EdiParty(_)
            | GeneralName::RegisteredId(_) => self.others.push(base.form()),
        }
        Some(())
    }
}
