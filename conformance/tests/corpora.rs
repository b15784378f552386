//! Every file of every fuzz corpus, replayed as an ordinary test.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
use conformance::fuzz::{TARGETS, target};
use std::path::Path;

#[test]
fn every_corpus_file_is_replayed() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, _) in TARGETS {
        let files: Vec<_> = std::fs::read_dir(corpus.join(name))
            .unwrap_or_else(|e| panic!("fuzz/corpus/{name}: {e}"))
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(!files.is_empty(), "fuzz/corpus/{name} is empty");
        files.iter().for_each(|file| (target(name).unwrap())(&std::fs::read(file).unwrap()));
        println!("{name}: {} files", files.len());
    }
}

#[test]
fn every_target_has_a_door_and_every_door_a_target() {
    let doors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets");
    let mut found: Vec<_> = std::fs::read_dir(doors)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut names: Vec<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    assert_eq!(found, names);
}

#[test]
fn the_seeds_are_the_handshakes_of_today() {
    use conformance::fuzz::{Side, honest};
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (target, side) in [("tls_client", Side::Client), ("tls_server", Side::Server)] {
        for (name, asks) in [("plain", false), ("client-certificate", true)] {
            let today = [&[u8::from(asks)], honest(side, asks)].concat();
            let kept = (1..)
                .map_while(|n| std::fs::read(corpus.join(target).join(format!("{name}-{n}"))).ok())
                .last();
            assert!(kept == Some(today), "{target}/{name}: run `cargo run -p conformance --example seeds`");
        }
    }
}
