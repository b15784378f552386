//! Why there is no path: [`PathError`] with its trail, each candidate and why it was dropped (RFC 5280 §6.1).
use crate::name::general::NameForm;
use crate::path::budget::{Exhausted, Work};
use crate::path::profile::Breach;
use crate::time::Time;
use alloc::vec::Vec;
use core::fmt;

/// No path was found.
///
/// [`core::fmt::Display`] prints what is wrong and then the trail, a line each, in the order of the search. Nothing of
/// it was written by the peer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathError {
    decisive: Reason,
    trail: Vec<Dropped>,
    omitted: u32,
}

impl PathError {
    /// What is wrong, in a word: the kind of the most telling reason on the trail.
    #[must_use]
    pub const fn kind(&self) -> PathErrorKind {
        self.decisive.kind()
    }
    /// The most telling reason on the trail: the first that is neither a missing issuer nor a bad signature, for those
    /// only say that a candidate was not the issuer; and the end of the budget before all others.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.decisive
    }
    /// The certificates that were tried and dropped, in the order of the search; the first [`LONGEST_TRAIL`].
    #[must_use]
    pub fn trail(&self) -> &[Dropped] {
        &self.trail
    }
}

/// A certificate or anchor that could not be part of the path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dropped {
    /// Which.
    pub candidate: Candidate,
    /// How many certificates of the path were below it.
    pub below: usize,
    /// Why.
    pub reason: Reason,
}

/// A certificate or anchor, by its place in the arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Candidate {
    /// The end entity.
    EndEntity,
    /// An intermediate certificate, by its index, from 0.
    Intermediate(usize),
    /// An anchor of the verifier, by its index, from 0.
    Anchor(usize),
}

/// Why a candidate was dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Nobody with the issuer's name is known.
    NoIssuer,
    /// The same subject with the same key is in the path already, and the path without what is between is as good.
    Repeated,
    /// The signature on the certificate below does not verify with the candidate's key.
    BadSignature,
    /// The certificate below is signed with an algorithm that is not supported; SHA-1 and MD5 are not.
    UnsupportedAlgorithm,
    /// The end entity is a CA.
    EndEntityIsCa,
    /// The subjectAltName has not the name that was asked for.
    NameMismatch,
    /// keyUsage is there and has not digitalSignature.
    NoDigitalSignature,
    /// extKeyUsage is there and has not the purpose that was asked for.
    WrongPurpose,
    /// `not_after` is over.
    Expired {
        /// The time that was asked about.
        now: Time,
        /// The end of the validity.
        not_after: Time,
    },
    /// `not_before` is to come.
    NotYetValid {
        /// The time that was asked about.
        now: Time,
        /// The beginning of the validity.
        not_before: Time,
    },
    /// An extension is critical and unknown.
    UnknownCritical,
    /// The candidate is no CA by its basicConstraints.
    NotCa,
    /// keyUsage is there and has not keyCertSign.
    NoCertSign,
    /// More intermediate certificates follow than the candidate allows.
    PathLength {
        /// How many may follow.
        allowed: u32,
    },
    /// The path would be longer than the budget allows.
    TooDeep,
    /// A name of this form below the candidate is not in a permitted subtree, or is in an excluded one, or may be.
    NameConstraint(NameForm),
    /// The candidate constrains names of this form, for which RFC 5280 has no rule.
    UnsupportedConstraint(NameForm),
    /// A policy is required, and there is none that all certificates of the path have.
    NoPolicy,
    /// [`crate::path::Profile::Strict`] is not met.
    Nonconforming(Breach),
    /// The budget for this ran out.
    Exhausted(Work),
}

/// What is wrong, without data: for alerts and statistics.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathErrorKind {
    /// No chain leads to an anchor.
    UnknownIssuer,
    /// A certificate is over.
    Expired,
    /// A certificate is not valid yet.
    NotYetValid,
    /// The end entity is somebody else.
    NameMismatch,
    /// A key is not for this purpose.
    WrongUsage,
    /// An issuer is no CA, or must not sign certificates.
    NotCa,
    /// The end entity is a CA.
    EndEntityIsCa,
    /// The path is longer than a CA or the budget allows.
    PathLength,
    /// A signature is wrong.
    BadSignature,
    /// A signature is of an algorithm that is not supported, or too weak.
    UnsupportedAlgorithm,
    /// A critical extension is unknown.
    UnknownCritical,
    /// A name is where a CA does not permit it.
    NameConstraint,
    /// No policy is there where one is required.
    Policy,
    /// A certificate is not what a conforming CA issues.
    Nonconforming,
    /// The search became too expensive.
    Budget,
}

impl PathErrorKind {
    /// A name for logs and statistics that stays the same.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownIssuer => "x509.path.unknown_issuer",
            Self::Expired => "x509.path.expired",
            Self::NotYetValid => "x509.path.not_yet_valid",
            Self::NameMismatch => "x509.path.name_mismatch",
            Self::WrongUsage => "x509.path.wrong_usage",
            Self::NotCa => "x509.path.not_ca",
            Self::EndEntityIsCa => "x509.path.end_entity_is_ca",
            Self::PathLength => "x509.path.path_length",
            Self::BadSignature => "x509.path.bad_signature",
            Self::UnsupportedAlgorithm => "x509.path.unsupported_algorithm",
            Self::UnknownCritical => "x509.path.unknown_critical",
            Self::NameConstraint => "x509.path.name_constraint",
            Self::Policy => "x509.path.policy",
            Self::Nonconforming => "x509.path.nonconforming",
            Self::Budget => "x509.path.budget",
        }
    }
}

impl Reason {
    /// The kind of error that the reason makes.
    #[must_use]
    pub const fn kind(self) -> PathErrorKind {
        match self {
            Self::NoIssuer | Self::Repeated => PathErrorKind::UnknownIssuer,
            Self::BadSignature => PathErrorKind::BadSignature,
            Self::UnsupportedAlgorithm => PathErrorKind::UnsupportedAlgorithm,
            Self::EndEntityIsCa => PathErrorKind::EndEntityIsCa,
            Self::NameMismatch => PathErrorKind::NameMismatch,
            Self::NoDigitalSignature | Self::WrongPurpose => PathErrorKind::WrongUsage,
            Self::Expired { .. } => PathErrorKind::Expired,
            Self::NotYetValid { .. } => PathErrorKind::NotYetValid,
            Self::UnknownCritical => PathErrorKind::UnknownCritical,
            Self::NotCa | Self::NoCertSign => PathErrorKind::NotCa,
            Self::PathLength { .. } | Self::TooDeep => PathErrorKind::PathLength,
            Self::NameConstraint(_) | Self::UnsupportedConstraint(_) => PathErrorKind::NameConstraint,
            Self::NoPolicy => PathErrorKind::Policy,
            Self::Nonconforming(_) => PathErrorKind::Nonconforming,
            Self::Exhausted(_) => PathErrorKind::Budget,
        }
    }
    /// How much the reason tells about what is wrong with the path.
    const fn weight(self) -> u8 {
        match self {
            Self::NoIssuer | Self::Repeated => 0,
            Self::BadSignature => 1,
            Self::Exhausted(_) => 3,
            Self::UnsupportedAlgorithm
            | Self::EndEntityIsCa
            | Self::NameMismatch
            | Self::NoDigitalSignature
            | Self::WrongPurpose
            | Self::Expired { .. }
            | Self::NotYetValid { .. }
            | Self::UnknownCritical
            | Self::NotCa
            | Self::NoCertSign
            | Self::PathLength { .. }
            | Self::TooDeep
            | Self::NameConstraint(_)
            | Self::UnsupportedConstraint(_)
            | Self::NoPolicy
            | Self::Nonconforming(_) => 2,
        }
    }
}

impl From<Exhausted> for Reason {
    fn from(Exhausted(work): Exhausted) -> Self {
        Self::Exhausted(work)
    }
}

/// The trail while it is made.
pub(super) struct Trail(PathError);

impl Trail {
    pub(super) const fn new() -> Self {
        Self(PathError { decisive: Reason::NoIssuer, trail: Vec::new(), omitted: 0 })
    }
    pub(super) fn add(&mut self, candidate: Candidate, below: usize, reason: Reason) {
        let Self(error) = self;
        if reason.weight() > error.decisive.weight() {
            error.decisive = reason;
        }
        if error.trail.len() < LONGEST_TRAIL {
            error.trail.push(Dropped { candidate, below, reason });
        } else {
            error.omitted = error.omitted.saturating_add(1);
        }
    }
    pub(super) fn end(self) -> PathError {
        self.0
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no valid path: {}", self.decisive)?;
        for Dropped { candidate, below, reason } in &self.trail {
            write!(f, "\n  {candidate}, {below} below: {reason}")?;
        }
        match self.omitted {
            0 => Ok(()),
            omitted => write!(f, "\n  and {omitted} more"),
        }
    }
}
impl core::error::Error for PathError {}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndEntity => f.write_str("end entity"),
            Self::Intermediate(index) => write!(f, "intermediate {index}"),
            Self::Anchor(index) => write!(f, "anchor {index}"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoIssuer => f.write_str("the issuer is unknown"),
            Self::Repeated => f.write_str("already in the path"),
            Self::BadSignature => f.write_str("the certificate below is not signed with this key"),
            Self::UnsupportedAlgorithm => {
                f.write_str("the certificate below is signed with an unsupported or weak algorithm")
            }
            Self::EndEntityIsCa => f.write_str("a CA's certificate is no end entity's"),
            Self::NameMismatch => f.write_str("the name is not in subjectAltName"),
            Self::NoDigitalSignature => f.write_str("keyUsage has no digitalSignature"),
            Self::WrongPurpose => f.write_str("extKeyUsage has not the purpose"),
            Self::Expired { now, not_after } => write!(f, "expired at {not_after}, now it is {now}"),
            Self::NotYetValid { now, not_before } => write!(f, "valid from {not_before}, now it is {now}"),
            Self::UnknownCritical => f.write_str("a critical extension is unknown"),
            Self::NotCa => f.write_str("no CA by its basicConstraints"),
            Self::NoCertSign => f.write_str("keyUsage has no keyCertSign"),
            Self::PathLength { allowed } => {
                write!(f, "allows only {allowed} intermediate certificates below")
            }
            Self::TooDeep => f.write_str("the path would be too long"),
            Self::NameConstraint(form) => write!(f, "a name below of the form {form:?} is not permitted"),
            Self::UnsupportedConstraint(form) => {
                write!(f, "constrains names of the form {form:?}: unsupported")
            }
            Self::NoPolicy => f.write_str("a policy is required, and none is common to all certificates"),
            Self::Nonconforming(breach) => write!(f, "{breach}"),
            Self::Exhausted(work) => write!(f, "the budget is spent: {work:?}"),
        }
    }
}

/// The most candidates that [`PathError::trail`] keeps.
pub const LONGEST_TRAIL: usize = 16;
