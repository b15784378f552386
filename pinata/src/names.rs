//! Code points as people know them: in log lines and on the page.
use tls::{AlertDescription, CipherSuite, NamedGroup, ProtocolVersion};

pub(crate) const fn version(version: ProtocolVersion) -> &'static str {
    match version {
        ProtocolVersion::Ssl30 => "SSL 3.0",
        ProtocolVersion::Tls10 => "TLS 1.0",
        ProtocolVersion::Tls11 => "TLS 1.1",
        ProtocolVersion::Tls12 => "TLS 1.2",
        ProtocolVersion::Tls13 => "TLS 1.3",
        ProtocolVersion::Unknown(_) => "an unknown version",
    }
}

/// As IANA writes it.
pub(crate) const fn suite(suite: CipherSuite) -> &'static str {
    use CipherSuite as C;
    match suite {
        C::EcdheEcdsaWithAes128GcmSha256 => "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        C::EcdheEcdsaWithAes256GcmSha384 => "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        C::EcdheEcdsaWithChacha20Poly1305Sha256 => "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        C::EcdheRsaWithAes128GcmSha256 => "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        C::EcdheRsaWithAes256GcmSha384 => "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        C::EcdheRsaWithChacha20Poly1305Sha256 => "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        C::EmptyRenegotiationInfoScsv | C::FallbackScsv | C::Unknown(_) => "an unknown suite",
    }
}

pub(crate) const fn group(group: NamedGroup) -> &'static str {
    match group {
        NamedGroup::X25519 => "X25519",
        NamedGroup::Secp256r1 => "P-256",
        NamedGroup::Secp384r1 => "P-384",
        NamedGroup::Unknown(_) => "an unknown group",
    }
}

/// As the RFCs write it: `handshake_failure`.
pub(crate) fn alert(alert: AlertDescription) -> String {
    if let AlertDescription::Unknown(code) = alert {
        return format!("number {code}");
    }
    let mut name = String::new();
    for c in format!("{alert:?}").chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_have_the_names_of_the_rfcs() {
        for (code, name) in
            [(0, "close_notify"), (40, "handshake_failure"), (48, "unknown_ca"), (200, "number 200")]
        {
            assert_eq!(alert(AlertDescription::from(code)), name);
        }
    }
}
