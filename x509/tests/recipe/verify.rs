//! Paths for tests: certificates in, the verdict out.
use super::*;
use x509::{
    Budget, Certificate, PathError, PathErrorKind, Profile, Purpose, ServerName, TrustAnchor, Verifier,
};

/// What is asked, of which certificates.
#[derive(Clone)]
pub struct Question {
    pub roots: Vec<Vec<u8>>,
    /// The end entity, then intermediates.
    pub chain: Vec<Vec<u8>>,
    /// None asks for a client.
    pub host: Option<&'static str>,
    pub now: Time,
    pub profile: Profile,
    pub budget: Budget,
}

impl Question {
    /// For the server `a.example`.
    pub fn new(roots: &[Vec<u8>], chain: &[Vec<u8>]) -> Self {
        Self {
            roots: roots.to_vec(),
            chain: chain.to_vec(),
            host: Some("a.example"),
            now: NOW,
            profile: Profile::Strict,
            budget: Budget::DEFAULT,
        }
    }
    /// How many certificates the path has and which anchor, or why there is none.
    pub fn ask(&self) -> Result<(usize, usize), PathError> {
        let anchors: Vec<_> = self
            .roots
            .iter()
            .map(|der| TrustAnchor::from_certificate(Certificate::from_der(der).unwrap()))
            .collect();
        self.ask_with(&anchors)
    }
    /// The same of these anchors.
    pub fn ask_with(&self, anchors: &[TrustAnchor<'_>]) -> Result<(usize, usize), PathError> {
        let chain: Vec<_> = self.chain.iter().map(|der| Certificate::from_der(der).unwrap()).collect();
        let (end_entity, intermediates) = chain.split_first().unwrap();
        let verifier = Verifier { anchors, budget: self.budget, profile: self.profile };
        let host = self.host.map(|host| ServerName::try_from(host).unwrap());
        let purpose = host.as_ref().map_or(Purpose::Client, Purpose::Server);
        let path = verifier.verify(end_entity, intermediates, purpose, self.now)?;
        assert_eq!(path.end_entity().der(), end_entity.der());
        Ok((path.certificates().count(), path.anchor()))
    }
    /// Why not.
    pub fn kind(&self) -> PathErrorKind {
        self.ask().unwrap_err().kind()
    }
}
