//! A certificate, and chains of them: whatever decodes can be shown, asked for its names and put on paths, in bounded work.
use x509::certificate::Certificate;
use x509::{Purpose, ServerName, Time, TrustAnchor, Verifier};

/// Certificates behind each other, as many as there are: the first is the end entity, all the others are both
/// intermediates and anchors. If the first cannot be cut off, the whole input is one certificate.
pub fn certificate(data: &[u8]) {
    let ders = cut(data);
    let certificates: Vec<_> = ders.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
    for certificate in &certificates {
        // The signed bytes are where they were, never made again.
        assert!(data.windows(certificate.der().len()).any(|w| w.as_ptr() == certificate.der().as_ptr()));
        let shown = format!("{certificate:?} {} {}", certificate.subject(), certificate.serial());
        assert!(!shown.is_empty());
    }
    let Some((end_entity, others)) = certificates.split_first() else { return };
    let anchors: Vec<_> = others.iter().cloned().map(TrustAnchor::from_certificate).collect();
    let verifier = Verifier::new(&anchors);
    let name = ServerName::try_from("localhost").unwrap_or_else(|_| panic!("localhost is a name"));
    for now in [Time(0), Time(1_790_000_000), Time(i64::MAX)] {
        for purpose in [Purpose::Server(&name), Purpose::Client] {
            if let Err(error) = verifier.verify(end_entity, others, purpose, now) {
                assert!(!error.to_string().is_empty());
            }
        }
    }
}

fn cut(data: &[u8]) -> Vec<&[u8]> {
    let mut reader = asn1::Reader::new(data);
    let mut ders = Vec::new();
    while let Ok(element) = <asn1::Any<'_> as asn1::Decode<'_>>::decode(&mut reader) {
        ders.push(element.der());
    }
    if ders.is_empty() { vec![data] } else { ders }
}
