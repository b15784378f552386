//! What one verification may cost (RFC 5280 §6 bounds nothing): each step is paid for before it is taken.

/// The most that [`crate::path::Verifier::verify`] may do. Whatever runs out, the search is over: not the branch only,
/// because a peer that can make one branch expensive can make all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Signatures verified. The widest honest case, a bridge between PKIs, needs about one per certificate; a ladder of
    /// cross-signed CAs with `n` rungs has `2^n` paths.
    pub signatures: u32,
    /// Certificates and anchors tried as issuer, counted where the name fits.
    pub candidates: u32,
    /// Comparisons of a name with a name constraint: the product of two lists that the peer writes.
    pub name_comparisons: u32,
    /// Intermediate certificates in the path, those that are self-issued not counted (as in pathLenConstraint). In all
    /// there may be [`LONGEST_PATH`] certificates. The web PKI needs two or three.
    pub depth: u32,
}

impl Budget {
    /// Enough for the paths of the web PKI ten times over.
    pub const DEFAULT: Self = Self { signatures: 32, candidates: 256, name_comparisons: 4096, depth: 8 };
}

impl Default for Budget {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Certificates in a path, whatever the budget says: from the end entity to the last intermediate.
pub const LONGEST_PATH: usize = 16;

/// What a [`Budget`] counts down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// [`Budget::signatures`].
    Signature,
    /// [`Budget::candidates`].
    Candidate,
    /// [`Budget::name_comparisons`].
    NameComparison,
}

/// The budget for this has run out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Exhausted(pub(crate) Work);

impl Budget {
    /// Takes one from what is left.
    pub(crate) fn pay(&mut self, work: Work) -> Result<(), Exhausted> {
        let purse = match work {
            Work::Signature => &mut self.signatures,
            Work::Candidate => &mut self.candidates,
            Work::NameComparison => &mut self.name_comparisons,
        };
        *purse = purse.checked_sub(1).ok_or(Exhausted(work))?;
        Ok(())
    }
}
