//! The one state in which the version is open: what the ServerHello may and must say (RFC 5246 §7.4.1.3).
use super::offer::Offer;
use super::tls12;
use crate::error::{Error, Incompatible, Misbehaviour};
use crate::message::ServerHello;
use crate::registry::ProtocolVersion;
use crate::step::{Cx, Heard};
use crate::transcript::Spoken;
use alloc::boxed::Box;

pub(crate) struct WaitServerHello {
    pub(super) offer: Box<Offer>,
    pub(super) spoken: Spoken,
}

impl WaitServerHello {
    /// A server that could do more than TLS 1.2 says so at the end of its random (RFC 8446 §4.1.3). As TLS 1.2 is all
    /// that we have offered, that is no downgrade; and a lower version, which would be one, is refused as such.
    pub(super) fn server_hello(
        self,
        m: Heard<'_, ServerHello<'_>>,
        cx: &mut Cx<'_>,
    ) -> Result<tls12::AfterHello, Error> {
        let Self { offer, spoken } = self;
        match m.body.version {
            ProtocolVersion::Tls12 => {
                offer.has_solicited(&m.body)?;
                tls12::begin(*offer, spoken, &m, cx)
            }
            ProtocolVersion::Ssl30
            | ProtocolVersion::Tls10
            | ProtocolVersion::Tls11
            | ProtocolVersion::Tls13
            | ProtocolVersion::Unknown(_) => Err(Error::Incompatible(Incompatible::Version)),
        }
    }
}

impl Offer {
    /// RFC 5246 §7.4.1.4: a server answers extensions and brings none of its own. The ones not looked at here we send always.
    fn has_solicited(&self, hello: &ServerHello<'_>) -> Result<(), Error> {
        let tickets = self.config.tickets;
        if (hello.server_name && self.sni().is_none())
            || (hello.ticket && !tickets)
            || (hello.alpn.is_some() && self.config.alpn.is_empty())
        {
            return Err(Error::Misbehaved(Misbehaviour::UnsolicitedExtension));
        }
        match hello.alpn {
            Some(protocol) if !self.config.alpn.iter().any(|offered| offered == protocol) => {
                Err(Error::Misbehaved(Misbehaviour::WrongProtocol))
            }
            Some(_) | None => Ok(()),
        }
    }
}
