//! Who the peer is, and the proof of it (RFC 5246 §7.4.2, §7.4.3, §7.4.8).
use crate::config::ClientAuth;
use crate::error::{Error, Misbehaviour};
use crate::registry::SignatureScheme;
use crate::step::Cx;
use crate::trace::Trace;
use alloc::boxed::Box;
use alloc::vec::Vec;
use x509::{Certificate, KeyKind, PublicKey, Purpose};

/// A chain with a valid path. Its owner has not spoken yet.
pub(crate) struct Chain {
    certificates: Vec<Vec<u8>>,
    key: Box<PublicKey>,
}

/// The peer is who it says, or policy does not ask. Each maker names its reason.
pub(crate) struct Authenticated {
    /// What the peer has shown; nothing, if it resumes or is nobody.
    pub(crate) chain: Vec<Vec<u8>>,
    pub(crate) resumed: bool,
}

impl Chain {
    /// Reads the first certificate and finds it a path. Others that cannot be read are no part of any path.
    pub(crate) fn accept(chain: &[&[u8]], purpose: Purpose<'_>, cx: &mut Cx<'_>) -> Result<Self, Error> {
        let (own, others) = chain.split_first().ok_or(Error::Misbehaved(Misbehaviour::EmptyCertificate))?;
        let own = Certificate::from_der(own).map_err(|_| Error::BadCertificate)?;
        let others: Vec<_> = others.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
        if let Err(error) = cx.verifier.verify(&own, &others, purpose, cx.now) {
            cx.observer.see(Trace::PathRefused(&error));
            return Err(Error::Path(error.kind()));
        }
        let certificates = chain.iter().map(|der| der.to_vec()).collect();
        Ok(Self { certificates, key: Box::new(own.public_key().clone()) })
    }
    pub(crate) const fn key(&self) -> KeyKind {
        self.key.kind()
    }
    /// Its owner has signed `message` by one of the `accepted` schemes.
    pub(crate) fn signed(
        self,
        scheme: SignatureScheme,
        accepted: &[SignatureScheme],
        message: &[u8],
        signature: &[u8],
    ) -> Result<Authenticated, Error> {
        let algorithm = scheme
            .algorithm()
            .filter(|_| accepted.contains(&scheme) && SignatureScheme::of(self.key()).contains(&scheme))
            .ok_or(Error::Misbehaved(Misbehaviour::WrongScheme))?;
        match self.key.verify(algorithm, message, signature) {
            Ok(()) => Ok(Authenticated { chain: self.certificates, resumed: false }),
            Err(_) => Err(Error::Misbehaved(Misbehaviour::BadSignature)),
        }
    }
}

impl Authenticated {
    /// Finished will have proved that the peer knows the secret of a session whose peer was authenticated.
    pub(crate) const fn by_resumption() -> Self {
        Self { chain: Vec::new(), resumed: true }
    }
    /// Servers only: nobody was asked, or an empty Certificate is allowed.
    pub(crate) const fn not_required(policy: ClientAuth) -> Result<Self, Error> {
        match policy {
            ClientAuth::None | ClientAuth::Optional => Ok(Self { chain: Vec::new(), resumed: false }),
            ClientAuth::Required => Err(Error::Misbehaved(Misbehaviour::CertificateRequired)),
        }
    }
}
