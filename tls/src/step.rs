//! One step: what goes in, and what the world lends for it.
use crate::action::Actions;
use crate::ask::Answer;
use crate::codec::Decode;
use crate::error::{Error, Got, Misbehaviour};
use crate::record::Aligned;
use crate::registry::HandshakeType;
use crate::trace::Observe;
use crate::transcript::Listen;
use rand_core::CryptoRng;
use x509::{Time, Verifier};

/// Everything that can move a machine. The kind stands in the tuple so that a row of a table can name it; the body is
/// decoded by the row's callee, so "not now" is judged before "not well-formed".
pub(crate) enum Input<'m> {
    Handshake(HandshakeType, Told<'m>),
    ChangeCipherSpec(Aligned),
    Answer(Answer),
}

/// A handshake message not yet read.
pub(crate) struct Told<'m> {
    pub(crate) raw: &'m [u8],
    pub(crate) body: &'m [u8],
    pub(crate) aligned: Option<Aligned>,
}

/// A handshake message read, with the bytes that the transcript hears.
pub(crate) struct Heard<'m, M> {
    pub(crate) body: M,
    raw: &'m [u8],
    aligned: Option<Aligned>,
}

/// The world, lent for one step.
pub(crate) struct Cx<'c> {
    pub(crate) now: Time,
    pub(crate) random: &'c mut dyn CryptoRng,
    pub(crate) verifier: &'c Verifier<'c>,
    pub(crate) observer: &'c mut dyn Observe,
    pub(crate) actions: Actions,
}

impl<'m> Told<'m> {
    /// The callee's parameter type picks the decoder.
    pub(crate) fn hear<M: Decode<'m>>(self) -> Result<Heard<'m, M>, Error> {
        Ok(Heard { body: M::whole(self.body)?, raw: self.raw, aligned: self.aligned })
    }
}

impl<M> Heard<'_, M> {
    pub(crate) fn tell(&self, transcript: &mut impl Listen) {
        transcript.listen(self.raw);
    }
    /// Whoever changes read keys, or lets the caller think, must show this.
    pub(crate) fn aligned(&mut self) -> Result<Aligned, Error> {
        self.aligned.take().ok_or(Error::Misbehaved(Misbehaviour::NotAligned))
    }
}

impl Cx<'_> {
    pub(crate) fn random32(&mut self) -> [u8; 32] {
        let mut out = [0; 32];
        self.random.fill_bytes(&mut out);
        out
    }
}

impl Input<'_> {
    /// Every table's last row.
    pub(crate) const fn unexpected(&self, state: &'static str) -> Error {
        let got = match self {
            Self::Handshake(kind, _) => Got::Handshake(*kind),
            Self::ChangeCipherSpec(_) => Got::ChangeCipherSpec,
            Self::Answer(_) => Got::Answer,
        };
        Error::Unexpected { state, got }
    }
}
