//! START: the ClientHello, who shall answer it, and in which version (RFC 5246 §7.4.1.2, §E.1; RFC 7507; RFC 8446 §4.2.1).
use super::tls12;
use crate::ask::Question;
use crate::config::{Host, ServerConfig};
use crate::error::{Declined, Error, Incompatible};
use crate::message::ClientHello;
use crate::registry::{CipherSuite, ProtocolVersion};
use crate::step::{Cx, Heard};
use crate::transcript::Spoken;
use alloc::sync::Arc;

pub(crate) struct WaitClientHello {
    pub(super) config: Arc<ServerConfig>,
}

/// The ClientHello is kept as it was said; it has been decoded once, so decoding it again cannot surprise.
pub(crate) struct AskHost {
    config: Arc<ServerConfig>,
    spoken: Spoken,
}

impl WaitClientHello {
    /// Nothing may stand behind it: it is all of the client's first flight, and we think before we go on.
    pub(super) fn client_hello(self, mut m: Heard<'_, ClientHello<'_>>) -> Result<AskHost, Error> {
        m.aligned()?;
        if !m.body.speaks(ProtocolVersion::Tls12) {
            // What the client fell back to is below all that we speak; it is told which of the two is wrong.
            let fell_back = m.body.suites.contains(&CipherSuite::FallbackScsv);
            let why = if fell_back { Incompatible::Fallback } else { Incompatible::Version };
            return Err(Error::Incompatible(why));
        }
        let mut spoken = Spoken::default();
        m.tell(&mut spoken);
        Ok(AskHost { config: self.config, spoken })
    }
}

impl AskHost {
    pub(super) fn question(&self) -> Option<Question<'_>> {
        ClientHello::again(&self.spoken).ok().map(Question::Host)
    }
    pub(super) fn host(self, answer: Option<Arc<Host>>, cx: &mut Cx<'_>) -> Result<tls12::AfterHost, Error> {
        let host = answer.ok_or(Error::Declined(Declined::Host))?;
        tls12::begin(self.config, host, self.spoken, cx)
    }
}
