//! The search for a path (RFC 4158): depth first from the end entity, anchors before intermediates, and those whose
//! key identifier fits before the others. Whatever is cheap is checked before a signature is.
use crate::certificate::Certificate;
use crate::certificate::extension::name_constraints::NameConstraints;
use crate::key::PublicKey;
use crate::path::budget::{Budget, LONGEST_PATH, Work};
use crate::path::error::{Candidate, PathError, Reason, Trail};
use crate::path::profile::{self, Profile};
use crate::path::{Purpose, ValidPath, Verifier, check, constrain, policy};
use crate::time::Time;
use alloc::vec;
use alloc::vec::Vec;

/// The state of a search.
pub(super) struct Search<'s, 'a> {
    verifier: &'s Verifier<'s>,
    intermediates: &'a [Certificate<'a>],
    purpose: Purpose<'s>,
    now: Time,
    left: Budget,
    trail: Trail,
    /// Each signature is verified once with each key. There are at most as many as were paid for.
    verified: Vec<Verified>,
}

/// A certificate of the path that is being made.
#[derive(Clone, Copy)]
struct Step<'a> {
    place: Candidate,
    certificate: &'a Certificate<'a>,
    self_issued: bool,
}

/// Somebody who may have issued a certificate.
struct Issuer<'i> {
    place: Candidate,
    public_key: &'i PublicKey,
    name_constraints: Option<&'i NameConstraints<'i>>,
    certificate: Option<&'i Certificate<'i>>,
}

/// What came out of a signature.
struct Verified {
    certificate: Candidate,
    issuer: Candidate,
    result: Result<(), Reason>,
}

/// The budget is spent, and the trail says so.
struct Over;

impl<'s, 'a> Search<'s, 'a> {
    pub(super) fn new(
        verifier: &'s Verifier<'s>,
        intermediates: &'a [Certificate<'a>],
        purpose: Purpose<'s>,
        now: Time,
    ) -> Self {
        let (left, trail, verified) = (verifier.budget, Trail::new(), Vec::new());
        Self { verifier, intermediates, purpose, now, left, trail, verified }
    }

    pub(super) fn run(mut self, end_entity: &'a Certificate<'a>) -> Result<ValidPath<'a>, PathError> {
        let place = Candidate::EndEntity;
        if let Err(reason) = self.judge_end_entity(end_entity) {
            self.trail.add(place, 0, reason);
            return Err(self.trail.end());
        }
        let self_issued = end_entity.is_self_issued();
        let mut path = vec![Step { place, certificate: end_entity, self_issued }];
        match self.extend(&mut path) {
            Ok(Some(anchor)) => {
                let intermediates = path.iter().skip(1).map(|step| step.certificate).collect();
                Ok(ValidPath::new(end_entity, intermediates, anchor))
            }
            Ok(None) | Err(Over) => Err(self.trail.end()),
        }
    }

    /// Completes `path`, and says with which anchor; or leaves it as it was.
    ///
    /// Each call makes the path one longer, so the recursion ends at [`LONGEST_PATH`].
    fn extend(&mut self, path: &mut Vec<Step<'a>>) -> Result<Option<usize>, Over> {
        let Some(last) = path.last().copied() else { return Ok(None) };
        let mut alone = true;
        let verifier = self.verifier;
        for (index, anchor) in verifier.anchors.iter().enumerate() {
            if anchor.subject().is_same_as(last.certificate.issuer()) {
                alone = false;
                let issuer = Issuer {
                    place: Candidate::Anchor(index),
                    public_key: anchor.public_key(),
                    name_constraints: anchor.name_constraints(),
                    certificate: anchor.certificate(),
                };
                if self.admits(path, &issuer)? {
                    return Ok(Some(index));
                }
            }
        }
        for (index, certificate) in by_hint(self.intermediates, last.certificate) {
            alone = false;
            let place = Candidate::Intermediate(index);
            let issuer = Issuer {
                place,
                public_key: certificate.public_key(),
                name_constraints: certificate.name_constraints(),
                certificate: Some(certificate),
            };
            if self.admits(path, &issuer)? {
                path.push(Step { place, certificate, self_issued: certificate.is_self_issued() });
                if let Some(anchor) = self.extend(path)? {
                    return Ok(Some(anchor));
                }
                path.pop();
            }
        }
        if alone {
            self.trail.add(last.place, path.len().saturating_sub(1), Reason::NoIssuer);
        }
        Ok(None)
    }

    /// Whether `issuer` may stand above `path`. If not, the trail says why.
    fn admits(&mut self, path: &[Step<'a>], issuer: &Issuer<'_>) -> Result<bool, Over> {
        let Err(reason) = self.judge_issuer(path, issuer) else { return Ok(true) };
        self.trail.add(issuer.place, path.len(), reason);
        if let Reason::Exhausted(_) = reason { Err(Over) } else { Ok(false) }
    }

    fn judge_end_entity(&self, certificate: &Certificate<'_>) -> Result<(), Reason> {
        check::end_entity(certificate, self.purpose, self.now)?;
        match self.verifier.profile {
            Profile::Strict => profile::end_entity(certificate).map_err(Reason::Nonconforming),
            Profile::Basic => Ok(()),
        }
    }

    fn judge_issuer(&mut self, path: &[Step<'a>], issuer: &Issuer<'_>) -> Result<(), Reason> {
        self.left.pay(Work::Candidate)?;
        let is_anchor = matches!(issuer.place, Candidate::Anchor(_));
        let follow = path.iter().skip(1).filter(|step| !step.self_issued).count();
        let follow = u32::try_from(follow).unwrap_or(u32::MAX);
        if let Some(certificate) = issuer.certificate {
            if !is_anchor {
                self.judge_growth(path, certificate, follow)?;
            }
            check::issuer(certificate, follow, self.purpose, self.now)?;
            let conforms = match self.verifier.profile {
                Profile::Strict if is_anchor => profile::anchor(certificate),
                Profile::Strict => profile::intermediate(certificate),
                Profile::Basic => Ok(()),
            };
            conforms.map_err(Reason::Nonconforming)?;
        }
        if let Some(constraints) = issuer.name_constraints {
            // §6.1.3 (b): those that are self-issued are free, but not the end entity.
            for step in path.iter().filter(|step| !step.self_issued || step.place == Candidate::EndEntity) {
                constrain::check(constraints, step.certificate, &mut self.left)?;
            }
        }
        if is_anchor {
            let certificates: Vec<_> = path.iter().map(|step| step.certificate).collect();
            if !policy::suffices(&certificates, issuer.certificate) {
                return Err(Reason::NoPolicy);
            }
        }
        self.judge_signature(path, issuer)
    }

    /// Whether the path may become longer by this certificate.
    fn judge_growth(&self, path: &[Step<'a>], added: &Certificate<'_>, follow: u32) -> Result<(), Reason> {
        let repeated = path.iter().any(|Step { certificate, .. }| {
            certificate.public_key() == added.public_key()
                && certificate.subject().is_same_as(added.subject())
        });
        if repeated {
            return Err(Reason::Repeated);
        }
        let depth_is_reached = follow >= self.left.depth && !added.is_self_issued();
        if depth_is_reached || path.len() >= LONGEST_PATH { Err(Reason::TooDeep) } else { Ok(()) }
    }

    fn judge_signature(&mut self, path: &[Step<'a>], issuer: &Issuer<'_>) -> Result<(), Reason> {
        let Some(signed) = path.last() else { return Err(Reason::NoIssuer) };
        let before = self.verified.iter().find(|before| {
            before.certificate == signed.place && self.public_key(before.issuer) == Some(issuer.public_key)
        });
        if let Some(before) = before {
            return before.result;
        }
        let algorithm = signed.certificate.signature_algorithm().ok_or(Reason::UnsupportedAlgorithm)?;
        self.left.pay(Work::Signature)?;
        let (message, signature) = (signed.certificate.signed_bytes(), signed.certificate.signature());
        let result = issuer.public_key.verify(algorithm, message, signature);
        let result = result.map_err(|_| Reason::BadSignature);
        self.verified.push(Verified { certificate: signed.place, issuer: issuer.place, result });
        result
    }

    /// The key of a candidate for an issuer.
    fn public_key(&self, place: Candidate) -> Option<&PublicKey> {
        match place {
            Candidate::EndEntity => None,
            Candidate::Intermediate(index) => self.intermediates.get(index).map(Certificate::public_key),
            Candidate::Anchor(index) => self.verifier.anchors.get(index).map(|anchor| anchor.public_key()),
        }
    }
}

/// The certificates that have the name of the issuer of `signed`: first those with the key identifier that `signed`
/// says, then those that say none, then those that say another, which may still be right.
fn by_hint<'a>(
    certificates: &'a [Certificate<'a>],
    signed: &'a Certificate<'a>,
) -> impl Iterator<Item = (usize, &'a Certificate<'a>)> {
    let wanted = signed.extensions().authority_key_identifier.as_ref();
    let wanted = wanted.and_then(|wanted| wanted.value.key_identifier.as_ref()).map(|key| key.0);
    let hint = move |certificate: &Certificate<'_>| {
        let own = certificate.extensions().subject_key_identifier.as_ref();
        match (wanted, own) {
            (Some(wanted), Some(own)) if wanted.as_bytes() == own.value.as_bytes() => Hint::Fits,
            (Some(_), Some(_)) => Hint::Differs,
            _ => Hint::Silent,
        }
    };
    [Hint::Fits, Hint::Silent, Hint::Differs].into_iter().flat_map(move |level| {
        let named = certificates.iter().enumerate().filter(|(_, c)| c.subject().is_same_as(signed.issuer()));
        named.filter(move |(_, certificate)| hint(certificate) == level)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    Fits,
    Silent,
    Differs,
}
