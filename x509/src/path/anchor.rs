//! Whom we trust, and why nobody need prove it (RFC 5280 §6.1.1 (d)).
use crate::certificate::Certificate;
use crate::certificate::extension::name_constraints::NameConstraints;
use crate::key::PublicKey;
use crate::name::Name;
use alloc::boxed::Box;

/// A name and a key that are trusted to issue certificates.
///
/// An anchor that is a certificate is judged as any CA of the path is: by its validity, constraints, usage and profile;
/// only its signature is nobody's business. An anchor that is a name and a key is not judged, because there is nothing
/// to judge. So a root that is older than the rules can still be trusted, if one says so.
///
/// A self-signed certificate of an end entity is not its own anchor as a certificate, because it is no CA. Who wants to
/// trust it gives its subject and key as the anchor; it is still asked for its name, validity and usage.
#[derive(Clone, Debug)]
pub struct TrustAnchor<'r>(Kind<'r>);

#[derive(Clone, Debug)]
enum Kind<'r> {
    Certificate(Box<Certificate<'r>>),
    Key(Box<KeyAnchor<'r>>),
}

#[derive(Clone, Debug)]
struct KeyAnchor<'r> {
    subject: Name<'r>,
    public_key: PublicKey,
    name_constraints: Option<NameConstraints<'r>>,
}

impl<'r> TrustAnchor<'r> {
    /// Trust in the subject of `certificate` as far as the certificate goes.
    #[must_use]
    pub fn from_certificate(certificate: Certificate<'r>) -> Self {
        Self(Kind::Certificate(Box::new(certificate)))
    }
    /// Trust in whoever is called `subject` and has `public_key`, for ever, within `name_constraints` if there are any.
    #[must_use]
    pub fn from_key(
        subject: Name<'r>,
        public_key: PublicKey,
        name_constraints: Option<NameConstraints<'r>>,
    ) -> Self {
        Self(Kind::Key(Box::new(KeyAnchor { subject, public_key, name_constraints })))
    }
    /// Trust in the name and key of `certificate` within its name constraints, for ever: the certificate is not judged.
    ///
    /// So a root store can be used that has roots older than the rules; some ten of those that Debian has are.
    #[must_use]
    pub fn from_key_of(certificate: &Certificate<'r>) -> Self {
        let subject = certificate.subject().clone();
        Self::from_key(subject, certificate.public_key().clone(), certificate.name_constraints().cloned())
    }
    /// The name that certificates give as their issuer.
    #[must_use]
    pub const fn subject(&self) -> &Name<'r> {
        match &self.0 {
            Kind::Certificate(certificate) => certificate.subject(),
            Kind::Key(anchor) => &anchor.subject,
        }
    }
    /// The key that signs them.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        match &self.0 {
            Kind::Certificate(certificate) => certificate.public_key(),
            Kind::Key(anchor) => &anchor.public_key,
        }
    }
    /// The names that they may have.
    #[must_use]
    pub fn name_constraints(&self) -> Option<&NameConstraints<'r>> {
        match &self.0 {
            Kind::Certificate(certificate) => certificate.name_constraints(),
            Kind::Key(anchor) => anchor.name_constraints.as_ref(),
        }
    }
    /// The certificate, if the anchor was made from one.
    #[must_use]
    pub const fn certificate(&self) -> Option<&Certificate<'r>> {
        match &self.0 {
            Kind::Certificate(certificate) => Some(certificate),
            Kind::Key(_) => None,
        }
    }
}
