//! What is found on this CPU, for those who read along; and where somebody knows what it has, that just this is found.
use nocrypto::cpu::Features;

#[test]
fn the_features_found_are_those_that_were_announced() {
    let found = format!("{:?}", Features::detect());
    println!("features found: {found}");
    if let Ok(announced) = std::env::var("NOCRYPTO_FEATURES") {
        assert_eq!(found, announced);
    }
}
