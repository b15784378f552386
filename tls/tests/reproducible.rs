//! The same configuration, bytes, clock, random stream and answers give the same output, to the byte.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod common;
use common::{Shape, exchange};

#[test]
fn a_thousand_seeds_give_the_same_bytes_twice() {
    let mut before = Vec::new();
    for seed in 0..1_000 {
        let run = || {
            let (mut client, mut server) = Shape { seed, ..Shape::default() }.connect(None);
            client.send(b"ping").unwrap();
            server.send(b"pong").unwrap();
            exchange(&mut client, &mut server, 16).unwrap();
            (client.sent, server.sent, client.tape.lines, server.tape.lines)
        };
        let (first, second) = (run(), run());
        assert!(first == second, "seed {seed}");
        assert_ne!(first.0, before, "and another seed gives others");
        before = first.0;
    }
}
