//! Path validation (RFC 5280 §6): from an end entity through intermediates to somebody we trust.
pub mod anchor;
pub mod budget;
mod check;
mod constrain;
pub mod error;
mod policy;
pub mod profile;
mod search;
mod valid;

pub use valid::ValidPath;

use crate::certificate::Certificate;
use crate::time::Time;
use anchor::TrustAnchor;
use budget::Budget;
use error::PathError;
use profile::Profile;
use rustls_pki_types::ServerName;
use search::Search;

/// What a certificate is wanted for. There is no path without a purpose, and no server without a name.
#[derive(Clone, Copy, Debug)]
pub enum Purpose<'n> {
    /// A TLS server that is called so.
    Server(&'n ServerName<'n>),
    /// A TLS client. Who it is, the caller reads from the end entity.
    Client,
}

/// Whom to trust, and how far.
#[derive(Clone, Debug)]
pub struct Verifier<'r> {
    /// Where paths end.
    pub anchors: &'r [TrustAnchor<'r>],
    /// What a search may cost.
    pub budget: Budget,
    /// What is asked of CAs.
    pub profile: Profile,
}

impl<'r> Verifier<'r> {
    /// Trust in `anchors`, with [`Budget::DEFAULT`] and [`Profile::Strict`].
    #[must_use]
    pub const fn new(anchors: &'r [TrustAnchor<'r>]) -> Self {
        Self { anchors, budget: Budget::DEFAULT, profile: Profile::Strict }
    }

    /// A valid path from `end_entity` to one of the anchors, by way of `intermediates` in any order, not all of which
    /// need to be of use.
    ///
    /// Every certificate of the path is valid at `now`, has no critical extension that is not known here, and is signed
    /// by the next with an algorithm that is not weak. The end entity is no CA, may serve the purpose, and has the name
    /// that the purpose asks for. Every issuer is a CA, may sign certificates and serve the purpose, and the lengths
    /// and names that it permits are kept by all below it. Policies are treated conservatively: where one is required,
    /// one must be in all certificates by name. Revocation is not looked at.
    ///
    /// The result depends on the arguments alone: no clock is read, nothing is fetched, nothing is remembered.
    ///
    /// # Errors
    /// No such path is found within the budget. The error has a trail that says why not.
    pub fn verify<'a>(
        &self,
        end_entity: &'a Certificate<'a>,
        intermediates: &'a [Certificate<'a>],
        purpose: Purpose<'_>,
        now: Time,
    ) -> Result<ValidPath<'a>, PathError> {
        Search::new(self, intermediates, purpose, now).run(end_entity)
    }
}
