//! Whether names lie where a CA above them permits (RFC 5280 §4.2.1.10, §6.1.3 (b) and (c)).
use crate::certificate::Certificate;
use crate::certificate::extension::name_constraints::NameConstraints;
use crate::name::Likeness;
use crate::name::general::{AlternativeNames, NameForm};
use crate::name::mailbox::Mailbox;
use crate::oid;
use crate::path::budget::{Budget, Work};
use crate::path::error::Reason;

/// Judges every name of `certificate`. Each comparison of a name with a subtree is paid for.
///
/// A constraint on a form of name that RFC 5280 leaves to others is not understood, and nothing passes it, whether or
/// not there is a name of that form. Sets of names (wildcards) must lie wholly inside a permitted subtree and wholly
/// outside each excluded one; and what is unclear is in no permitted subtree and in every excluded one.
pub(super) fn check(
    constraints: &NameConstraints<'_>,
    certificate: &Certificate<'_>,
    left: &mut Budget,
) -> Result<(), Reason> {
    let NameConstraints { permitted, excluded } = constraints;
    if let Some(form) = permitted.others.iter().chain(&excluded.others).next() {
        return Err(Reason::UnsupportedConstraint(*form));
    }
    let none = AlternativeNames::default();
    let names = certificate.extensions().subject_alt_name.as_ref().map(|names| &names.value);
    let AlternativeNames { mailboxes, dns, directories, uris, addresses, others: _ } = names.unwrap_or(&none);

    Form { form: NameForm::Dns, permitted: &permitted.dns, excluded: &excluded.dns }.check(
        dns.iter(),
        |subtree, name| subtree.is_none_or(|ancestor| name.is_within(ancestor)),
        |subtree, name| subtree.is_none_or(|ancestor| name.overlaps(ancestor)),
        left,
    )?;
    Form { form: NameForm::Ip, permitted: &permitted.addresses, excluded: &excluded.addresses }.check(
        addresses.iter().copied(),
        |range, address| range.contains(address),
        |range, address| range.contains(address),
        left,
    )?;
    Form { form: NameForm::Uri, permitted: &permitted.uris, excluded: &excluded.uris }.check(
        uris.iter(),
        |subtree, uri| uri.host().is_some_and(|host| subtree.contains(host)),
        // A URI that names no host cannot be judged, and is refused.
        |subtree, uri| uri.host().is_none_or(|host| subtree.contains(host)),
        left,
    )?;
    Form { form: NameForm::Directory, permitted: &permitted.directories, excluded: &excluded.directories }
        .check(
            directories.iter().chain(Some(certificate.subject()).filter(|subject| !subject.is_empty())),
            |subtree, name| name.under(subtree) == Likeness::Same,
            |subtree, name| name.under(subtree) != Likeness::Different,
            left,
        )?;
    let mail =
        Form { form: NameForm::Rfc822, permitted: &permitted.mailboxes, excluded: &excluded.mailboxes };
    if names.is_some() {
        mail.check(
            mailboxes.iter().copied(),
            |subtree, mailbox| subtree.contains(mailbox),
            |subtree, mailbox| subtree.contains(mailbox),
            left,
        )
    } else {
        // Without a subjectAltName, a mailbox may still be in the subject (§4.2.1.10). One that is none is refused.
        let attributes = certificate.subject().attributes().filter(|a| a.kind() == oid::EMAIL_ADDRESS);
        let mailboxes = attributes.map(|attribute| attribute.text().and_then(Mailbox::new));
        mail.check(
            mailboxes,
            |subtree, mailbox| mailbox.is_some_and(|mailbox| subtree.contains(mailbox)),
            |subtree, mailbox| mailbox.is_none_or(|mailbox| subtree.contains(mailbox)),
            left,
        )
    }
}

/// The subtrees of one form.
struct Form<'c, S> {
    form: NameForm,
    permitted: &'c [S],
    excluded: &'c [S],
}

impl<S> Form<'_, S> {
    /// Each name is `inside` one of the permitted subtrees, if there are any, and `touches` none of the excluded.
    fn check<N: Copy>(
        &self,
        names: impl Iterator<Item = N>,
        inside: impl Fn(&S, N) -> bool,
        touches: impl Fn(&S, N) -> bool,
        left: &mut Budget,
    ) -> Result<(), Reason> {
        for name in names {
            let permitted =
                self.permitted.is_empty() || found(self.permitted, left, |subtree| inside(subtree, name))?;
            if !permitted || found(self.excluded, left, |subtree| touches(subtree, name))? {
                return Err(Reason::NameConstraint(self.form));
            }
        }
        Ok(())
    }
}

/// Whether `holds` of one of them.
fn found<S>(subtrees: &[S], left: &mut Budget, holds: impl Fn(&S) -> bool) -> Result<bool, Reason> {
    for subtree in subtrees {
        left.pay(Work::NameComparison)?;
        if holds(subtree) {
            return Ok(true);
        }
    }
    Ok(false)
}
