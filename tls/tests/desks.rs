//! Desks: who is shown to whom, and which keys sign (RFC 5246 §7.4.4, RFC 6066 §3).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::NOW;
use common::pki::{self, Kind, pki};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::sync::Arc;
use tls::desk::{ClientDesk, Identity};
use tls::*;
use x509::Certificate;

fn ask(desk: &mut dyn Desk, question: Question<'_>) -> Answer {
    let random = &mut ChaCha20Rng::seed_from_u64(9);
    let mut world = World { now: NOW, random, verifier: pki::verifier(), observer: &mut () };
    desk.answer(question, &mut world).unwrap()
}

#[test]
fn a_client_shows_the_first_that_the_server_can_verify_and_knows_the_issuer_of() {
    let identities: Vec<Identity> = [Kind::Rsa, Kind::EcdsaP256].map(|kind| pki().client(kind)).into();
    let chains: Vec<_> = identities.iter().map(|identity| identity.credential().chain().to_vec()).collect();
    let issuer = Certificate::from_der(&chains[0][0]).unwrap().issuer().der().to_vec();
    let mut desk = ClientDesk { identities };
    let mut shown = |schemes: &[SignatureScheme], authorities: &[Vec<u8>]| {
        let answer = ask(&mut desk, Question::Credential { schemes, authorities });
        let Answer::Credential(credential) = answer else { panic!("{answer:?}") };
        credential.map(|credential| credential.chain().to_vec())
    };
    let both = [SignatureScheme::of(Kind::EcdsaP256), SignatureScheme::of(Kind::Rsa)].concat();
    assert_eq!(shown(&both, &[]).as_ref(), Some(&chains[0]));
    assert_eq!(shown(SignatureScheme::of(Kind::EcdsaP256), &[]).as_ref(), Some(&chains[1]));
    assert_eq!(shown(SignatureScheme::of(Kind::Ed25519), &[]), None);
    assert_eq!(shown(&both, &[b"nobody".to_vec(), issuer]).as_ref(), Some(&chains[0]));
    assert_eq!(shown(&both, &[b"nobody".to_vec()]), None);
}

#[test]
fn a_key_signs_for_its_own_credential_only() {
    let identity = pki().client(Kind::Ed25519);
    let (own, scheme) = (Arc::clone(identity.credential()), SignatureScheme::Ed25519);
    let stranger = Arc::new(Credential::new(own.chain().to_vec()).unwrap());
    let mut desk = ClientDesk { identities: vec![identity] };
    let mut signs = |credential| {
        let signed = ask(&mut desk, Question::Sign { credential, scheme, message: b"words" });
        matches!(signed, Answer::Signature(Some(_)))
    };
    assert!(signs(&own));
    assert!(!signs(&stranger), "the same certificate, but nobody here has said that it is ours");
}

#[test]
fn a_key_of_another_certificate_makes_no_identity() {
    let chain = pki().server(Kind::EcdsaP256).credential().chain().to_vec();
    let other = Identity::new(chain.clone(), pki().key(Kind::Ed25519));
    assert_eq!(other.unwrap_err(), CredentialError::OtherKey);
    assert_eq!(Credential::new(Vec::new()).unwrap_err(), CredentialError::Empty);
    assert!(matches!(Credential::new(vec![b"no DER".to_vec()]), Err(CredentialError::Certificate(_))));
}

#[test]
fn connections_and_desks_may_move_between_threads() {
    fn moves<T: Send + 'static>() {}
    moves::<Connection>();
    moves::<desk::ServerDesk>();
    moves::<ClientDesk>();
    moves::<Ticket>();
}
