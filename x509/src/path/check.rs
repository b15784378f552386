//! What each certificate of a path must be by itself (RFC 5280 §6.1.3, §6.1.4; RFC 9525 for the name).
use crate::certificate::Certificate;
use crate::certificate::extension::usage::{ExtendedKeyUsage, KeyUsage};
use crate::hostname::is_named;
use crate::path::Purpose;
use crate::path::error::Reason;
use crate::time::Time;
use asn1::Oid;

/// The end entity: no CA, named as asked, and with a key that signs for this purpose.
///
/// In TLS 1.3, and with ephemeral key exchange in TLS 1.2, the key of either end does nothing but sign.
pub(super) fn end_entity(
    certificate: &Certificate<'_>,
    purpose: Purpose<'_>,
    now: Time,
) -> Result<(), Reason> {
    rule(!certificate.is_ca(), Reason::EndEntityIsCa)?;
    any(certificate, now)?;
    let extensions = certificate.extensions();
    let usage = extensions.key_usage.as_ref();
    let signs = usage.is_none_or(|usage| usage.value.allows(KeyUsage::DIGITAL_SIGNATURE));
    rule(signs, Reason::NoDigitalSignature)?;
    // Any purpose is not this purpose: §4.2.1.12 lets an application ask for its own, and the web PKI does.
    let purposes = extensions.extended_key_usage.as_ref();
    let serves = purposes.is_none_or(|purposes| purposes.value.lists(oid(purpose)));
    rule(serves, Reason::WrongPurpose)?;
    match purpose {
        Purpose::Server(name) => {
            let names = extensions.subject_alt_name.as_ref();
            rule(names.is_some_and(|names| is_named(name, &names.value)), Reason::NameMismatch)
        }
        Purpose::Client => Ok(()),
    }
}

/// An issuer, with `follow` intermediate certificates below it that are not self-issued.
///
/// extKeyUsage of a CA binds all below it, as everybody in the web PKI has it; RFC 5280 does not say.
pub(super) fn issuer(
    certificate: &Certificate<'_>,
    follow: u32,
    purpose: Purpose<'_>,
    now: Time,
) -> Result<(), Reason> {
    rule(certificate.is_ca(), Reason::NotCa)?;
    any(certificate, now)?;
    let extensions = certificate.extensions();
    let usage = extensions.key_usage.as_ref();
    let signs = usage.is_none_or(|usage| usage.value.allows(KeyUsage::KEY_CERT_SIGN));
    rule(signs, Reason::NoCertSign)?;
    let purposes = extensions.extended_key_usage.as_ref();
    let serves = purposes.is_none_or(|purposes| {
        purposes.value.lists(oid(purpose)) || purposes.value.lists(ExtendedKeyUsage::ANY)
    });
    rule(serves, Reason::WrongPurpose)?;
    match certificate.path_length() {
        Some(allowed) if follow > allowed => Err(Reason::PathLength { allowed }),
        _ => Ok(()),
    }
}

/// Any certificate of a path.
fn any(certificate: &Certificate<'_>, now: Time) -> Result<(), Reason> {
    rule(!certificate.extensions().has_unknown_critical(), Reason::UnknownCritical)?;
    let validity = certificate.validity();
    let (not_before, not_after) = (validity.not_before, validity.not_after);
    rule(not_before <= now, Reason::NotYetValid { now, not_before })?;
    rule(now <= not_after, Reason::Expired { now, not_after })
}

fn oid(purpose: Purpose<'_>) -> Oid<'static> {
    match purpose {
        Purpose::Server(_) => ExtendedKeyUsage::SERVER_AUTH,
        Purpose::Client => ExtendedKeyUsage::CLIENT_AUTH,
    }
}

fn rule(kept: bool, reason: Reason) -> Result<(), Reason> {
    if kept { Ok(()) } else { Err(reason) }
}
