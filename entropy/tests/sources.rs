//! The sources of this machine, the credit they get, and what people are told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use entropy::source::{Cycles, Rdrand, Rdseed};
use entropy::{Machine, NEEDED_BITS, Pools, Source, SourceError, SourceId, Status, Tally, Unseeded};
use std::collections::HashSet;

const PLATFORM: SourceId = SourceId::new(16, "platform", 32, 200);

#[test]
fn pools_are_not_seeded_by_a_bit_less_than_needed() {
    let mut pools = Pools::new();
    // Two bits a byte, up to 200 in all.
    pools.add(PLATFORM, &[1; 32]);
    assert_eq!(pools.tally(PLATFORM), Tally { events: 1, bytes: 32, credit: 64 });
    for _ in 0..1000 {
        pools.add(PLATFORM, &[1; 32]);
    }
    assert_eq!(pools.credit(), 200);
    pools = pools.seed().unwrap_err();
    // 55 bits of RDSEED: one is missing.
    pools.add(SourceId::RDSEED, &[1; 55]);
    assert_eq!(pools.credit(), NEEDED_BITS - 1);
    pools = pools.seed().unwrap_err();
    pools.add(SourceId::RDSEED, &[1]);
    assert_eq!(
        pools.tally(SourceId::RDSEED),
        Tally { events: 3, bytes: 56, credit: 56 },
        "55 bytes are two events"
    );
    assert!(pools.seed().is_ok());
}

#[test]
fn the_processors_word_alone_is_never_enough() {
    let mut pools = Pools::new();
    for _ in 0..100_000 {
        pools.add(SourceId::RDSEED, &[1; 32]);
        pools.add(SourceId::RDRAND, &[1; 32]);
        pools.add(SourceId::EVENTS, &[1; 4]);
        pools.add(SourceId::CYCLES, &[]);
    }
    assert_eq!(pools.credit(), 192);
    assert!(pools.seed().is_err());
}

#[test]
fn what_the_sources_of_this_machine_give_is_never_the_same() {
    fn look<S: Source>(source: Result<S, SourceError>) {
        let name = S::ID.name();
        let mut source = match source {
            Ok(source) => source,
            Err(error) => return println!("{name}: {error}"),
        };
        let mut seen = HashSet::new();
        for _ in 0..256 {
            let mut out = [0; 32];
            assert_eq!(source.sample(&mut out), Ok(32));
            assert!(seen.insert(out), "{name}");
        }
        println!("{name}: 256 samples, all different");
    }
    look(Cycles::start());
    look(Rdseed::start());
    look(Rdrand::start());
    #[cfg(feature = "getrandom")]
    look(Ok(entropy::source::Host::new()));
}

#[cfg(feature = "getrandom")]
#[test]
fn a_host_is_seeded_and_says_by_whom() {
    use rand_core::Rng;
    let (mut fortuna, status) = entropy::seed_host().unwrap();
    println!("{status}");
    assert!(status.credit >= NEEDED_BITS);
    let host = status.sources.iter().find(|s| s.id == SourceId::HOST).unwrap();
    assert_eq!((host.tally.bytes, host.tally.credit, host.failures), (2048, 256, 0));
    assert_eq!(host.state, Ok(()));
    let mut out = [0; 32];
    fortuna.fill_bytes(&mut out);
    assert_ne!(out, [0; 32]);
    assert_ne!(fortuna.next_u64(), entropy::seed_host().unwrap().0.next_u64());
}

#[test]
fn this_machine_boots_and_its_events_reseed() {
    let (mut machine, mut pools) = (Machine::detect(), Pools::new());
    machine.boot(&mut pools);
    println!("{}", machine.status(&pools));
    let mut fortuna = pools.seed().unwrap();
    let before = fortuna.pools().tally(SourceId::EVENTS);
    for now in 0..2000 {
        machine.event(&mut fortuna, now);
    }
    assert_eq!(fortuna.pools().tally(SourceId::EVENTS).events, before.events + 2000);
    assert!(fortuna.reseeds() > 0);
}

#[test]
fn too_little_entropy_is_told_in_plain_words() {
    let machine = Machine::detect();
    let status = machine.status(&Pools::new());
    assert_eq!(status.credit, 0);
    let text = Unseeded(Box::new(Status { credit: 12, ..status })).to_string();
    println!("{text}");
    assert!(text.starts_with(
        "too little entropy for a seed\nentropy: 12 bits credited, 256 needed\n  cycle counter"
    ));
}
