//! A program's own limit of CPU features. Alone in its file: the limit is that of the whole program.
use nocrypto::cpu::Features;
use nocrypto::hash::{Hash, Sha256};

#[test]
fn a_limit_lowers_what_is_detected_and_nothing_raises_it_again() {
    let all = Features::detect();
    let mut before = Sha256::new();
    all.limit();
    assert_eq!(Features::detect(), all);
    Features::none().limit();
    assert_eq!(Features::detect(), Features::none());
    all.limit();
    assert_eq!(Features::detect(), Features::none());
    before.update(b"abc");
    assert_eq!(before.finish(), Sha256::digest(b"abc"));
}
