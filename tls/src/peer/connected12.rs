//! Established in TLS 1.2, for either end: nothing moves any more, but keys may be exported (RFC 5705).
use super::identity::Authenticated;
use crate::action::Action;
use crate::key_schedule::FinishedVerified;
use crate::key_schedule::tls12::Master;
use crate::registry::AlertDescription;
use crate::step::Cx;

pub(crate) struct Connected {
    master: Master,
}

impl Connected {
    /// Two proofs are the price.
    pub(crate) const fn new(master: Master, _: &Authenticated, _: FinishedVerified) -> Self {
        Self { master }
    }
    pub(crate) fn export<'k>(
        &self,
        label: &[u8],
        context: Option<&[u8]>,
        out: &'k mut [u8],
    ) -> Option<&'k [u8]> {
        self.master.export(label, context, out)
    }
    /// A ClientHello here would begin a second handshake inside the first. We say no and stay as we are (RFC 5246 §7.2.2).
    pub(crate) fn no_renegotiation(self, cx: &mut Cx<'_>) -> Self {
        cx.actions.push(Action::Warn(AlertDescription::NoRenegotiation));
        self
    }
}
