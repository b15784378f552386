//! Our flight after ServerHelloDone, with a certificate or without (RFC 5246 §7.4.6 to §7.4.8).
use super::carried::{Carried, Share};
use super::finish::AfterFlight;
use crate::ask::Question;
use crate::config::Credential;
use crate::error::{Declined, Error, Misbehaviour};
use crate::key_schedule::KeyShare;
use crate::key_schedule::tls12::Master;
use crate::message::CertificateVerify;
use crate::message::tls12::{Certificate, CertificateRequest, ClientKeyExchange};
use crate::peer::identity::Authenticated;
use crate::registry::SignatureScheme;
use crate::scheme::certificate_type;
use crate::step::Cx;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub(crate) struct AskCredential {
    pub(super) carried: Box<Carried>,
    pub(super) server: Authenticated,
    pub(super) share: Share,
    pub(super) request: Box<CertificateRequest>,
}
pub(crate) struct AskSignature {
    carried: Box<Carried>,
    server: Authenticated,
    master: Master,
    credential: Arc<Credential>,
    scheme: SignatureScheme,
}
pub(crate) enum AfterCredential {
    Signature(AskSignature),
    Nobody(AfterFlight),
}

/// ClientKeyExchange, and the master secret that it completes.
pub(super) fn speak(carried: &mut Carried, theirs: &Share, cx: &mut Cx<'_>) -> Result<Master, Error> {
    let ours =
        KeyShare::generate(theirs.group, cx.random).ok_or(Error::Misbehaved(Misbehaviour::WrongGroup))?;
    let public = ours.public();
    let shared = ours.agree(&theirs.public)?;
    cx.actions.say(&ClientKeyExchange { share: &public }, &mut carried.spoken);
    carried.facts.group = Some(theirs.group);
    Ok(match carried.extended_master_secret {
        true => Master::extended(&shared, carried.spoken.so_far(carried.terms.suite.hash), carried.terms),
        false => Master::plain(&shared, carried.terms),
    })
}

impl AskCredential {
    pub(super) fn question(&self) -> Question<'_> {
        Question::Credential { schemes: &self.request.schemes, authorities: &self.request.authorities }
    }
    /// A credential that the server could not verify is as good as none: it is not shown.
    pub(super) fn credential(
        self,
        answer: Option<Arc<Credential>>,
        cx: &mut Cx<'_>,
    ) -> Result<AfterCredential, Error> {
        let Self { mut carried, server, share, request } = self;
        let chosen = answer
            .filter(|credential| request.types.contains(&certificate_type(credential.key())))
            .and_then(|credential| {
                let scheme = SignatureScheme::choose(credential.key(), &request.schemes)?;
                Some((credential, scheme))
            });
        let chain = chosen.iter().flat_map(|(credential, _)| credential.chain()).map(Vec::as_slice).collect();
        cx.actions.say(&Certificate { chain }, &mut carried.spoken);
        let master = speak(&mut carried, &share, cx)?;
        Ok(match chosen {
            None => AfterCredential::Nobody(AfterFlight::new(*carried, master, server, cx)),
            Some((credential, scheme)) => {
                AfterCredential::Signature(AskSignature { carried, server, master, credential, scheme })
            }
        })
    }
}

impl AskSignature {
    /// TLS 1.2 signs the words, not their hash.
    pub(super) fn question(&self) -> Question<'_> {
        let Self { carried, credential, scheme, .. } = self;
        Question::Sign { credential, scheme: *scheme, message: carried.spoken.words() }
    }
    pub(super) fn signature(self, answer: Option<Vec<u8>>, cx: &mut Cx<'_>) -> Result<AfterFlight, Error> {
        let Self { mut carried, server, master, scheme, .. } = self;
        let signature = &answer.ok_or(Error::Declined(Declined::Signature))?;
        cx.actions.say(&CertificateVerify { scheme, signature }, &mut carried.spoken);
        Ok(AfterFlight::new(*carried, master, server, cx))
    }
}
