//! The client's flight up to its ChangeCipherSpec: perhaps a certificate, the share, perhaps a signature over every word
//! so far (RFC 5246 §7.4.6 to §7.4.8).
use super::carried::Carried;
use super::finish::{Promise, WaitChangeCipherSpec};
use crate::config::ClientAuth;
use crate::error::Error;
use crate::key_schedule::KeyShare;
use crate::key_schedule::tls12::Master;
use crate::message::CertificateVerify;
use crate::message::tls12::{Certificate, ClientKeyExchange};
use crate::peer::identity::{Authenticated, Chain};
use crate::peer::last12::Unchanged;
use crate::step::{Cx, Heard};
use alloc::boxed::Box;
use x509::Purpose;

pub(crate) struct WaitCertificate {
    pub(super) carried: Box<Carried>,
    pub(super) share: KeyShare,
}
pub(crate) struct WaitClientKeyExchange {
    carried: Box<Carried>,
    share: KeyShare,
    client: Client,
}
pub(crate) struct WaitCertVerify {
    carried: Box<Carried>,
    master: Master,
    chain: Chain,
}

/// With a chain, a signature must follow; without, nothing must.
enum Client {
    Chain(Chain),
    Nobody(Authenticated),
}
pub(super) enum AfterKeyExchange {
    CertVerify(WaitCertVerify),
    ChangeCipherSpec(WaitChangeCipherSpec),
}

impl WaitCertificate {
    pub(super) fn certificate(
        self,
        m: &Heard<'_, Certificate<'_>>,
        cx: &mut Cx<'_>,
    ) -> Result<WaitClientKeyExchange, Error> {
        let Self { mut carried, share } = self;
        let client = match m.body.chain.as_slice() {
            [] => Client::Nobody(Authenticated::not_required(carried.host.client_auth)?),
            chain => Client::Chain(Chain::accept(chain, Purpose::Client, cx)?),
        };
        m.tell(&mut carried.spoken);
        Ok(WaitClientKeyExchange { carried, share, client })
    }
}

impl WaitClientKeyExchange {
    /// The client was not asked.
    pub(super) fn of_nobody(carried: Box<Carried>, share: KeyShare) -> Result<Self, Error> {
        let client = Client::Nobody(Authenticated::not_required(ClientAuth::None)?);
        Ok(Self { carried, share, client })
    }
    pub(super) fn client_key_exchange(
        self,
        m: &Heard<'_, ClientKeyExchange<'_>>,
    ) -> Result<AfterKeyExchange, Error> {
        let Self { mut carried, share, client } = self;
        let shared = share.agree(m.body.share)?;
        m.tell(&mut carried.spoken);
        let master = match carried.facts.extended_master_secret {
            true => Master::extended(&shared, carried.spoken.so_far(carried.terms.suite.hash), carried.terms),
            false => Master::plain(&shared, carried.terms),
        };
        Ok(match client {
            Client::Chain(chain) => AfterKeyExchange::CertVerify(WaitCertVerify { carried, master, chain }),
            Client::Nobody(client) => AfterKeyExchange::ChangeCipherSpec(last(*carried, master, client)),
        })
    }
}

impl WaitCertVerify {
    /// TLS 1.2 signs the words, not their hash.
    pub(super) fn certificate_verify(
        self,
        m: &Heard<'_, CertificateVerify<'_>>,
    ) -> Result<WaitChangeCipherSpec, Error> {
        let Self { mut carried, master, chain } = self;
        let CertificateVerify { scheme, signature } = m.body;
        let client = chain.signed(scheme, &carried.config.schemes, carried.spoken.words(), signature)?;
        m.tell(&mut carried.spoken);
        Ok(last(*carried, master, client))
    }
}

/// The words are no longer needed: from here on their hash is enough.
fn last(carried: Carried, master: Master, client: Authenticated) -> WaitChangeCipherSpec {
    let Carried { config, spoken, ticket, facts, .. } = carried;
    let unchanged = Unchanged::theirs_first(master, spoken, client, facts);
    let lifetime = config.ticket_lifetime;
    WaitChangeCipherSpec { unchanged, ticket: ticket.map(|bound| Promise { bound, lifetime }) }
}
