//! What a client has offered: kept until a server has chosen.
use crate::codec::Encode;
use crate::config::{ClientConfig, GROUPS};
use crate::message::ClientHello;
use crate::registry::{CipherSuite, NamedGroup, ProtocolVersion};
use crate::session::Ticket;
use crate::suite::Tls12Suite;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use rustls_pki_types::DnsName;
use x509::ServerName;

pub(super) struct Offer {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
    pub(super) random: [u8; 32],
    pub(super) resume: Option<Resume>,
}

/// A session that we would like to go on with.
pub(super) struct Resume {
    pub(super) ticket: Box<Ticket>,
    /// Ours, and random: the server that knows the ticket says it back (RFC 5077 §3.4).
    pub(super) session_id: [u8; 32],
}

impl Offer {
    /// The framed ClientHello.
    pub(super) fn hello(&self) -> Vec<u8> {
        let config = &*self.config;
        let ticket = match &self.resume {
            Some(resume) => Some(resume.ticket.identity.as_slice()),
            None => config.tickets.then_some(&[][..]),
        };
        let hello = ClientHello {
            version: ProtocolVersion::Tls12,
            random: self.random,
            session_id: self.resume.as_ref().map_or(&[], |resume| &resume.session_id),
            suites: config.suites.iter().copied().filter(|code| Tls12Suite::of(*code).is_some()).collect(),
            server_name: self.sni().map(DnsName::borrow),
            groups: Some(config.groups.iter().copied().filter(|group| GROUPS.contains(group)).collect()),
            schemes: config.schemes.iter().copied().filter(|scheme| scheme.algorithm().is_some()).collect(),
            alpn: config.alpn.iter().map(Vec::as_slice).collect(),
            versions: None,
            point_formats: true,
            extended_master_secret: true,
            renegotiation_info: true,
            ticket,
        };
        hello.framed()
    }
    /// Only DNS names are said (RFC 6066 §3).
    pub(super) const fn sni(&self) -> Option<&DnsName<'static>> {
        match &self.name {
            ServerName::DnsName(name) => Some(name),
            ServerName::IpAddress(_) | _ => None,
        }
    }
    pub(super) fn suite(&self, code: CipherSuite) -> Option<Tls12Suite> {
        Tls12Suite::of(code).filter(|_| self.config.suites.contains(&code))
    }
}

/// Whether a client of this configuration has offered `group`.
pub(super) fn offers_group(config: &ClientConfig, group: NamedGroup) -> bool {
    GROUPS.contains(&group) && config.groups.contains(&group)
}
