//! The health tests: what they must see within 1024 samples, and what they must not.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops where it fails"
)]

use entropy::source::{Cycles, Instruction, Words};
use entropy::{Fault, Health, Limits, Source, SourceError, SourceId};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// An instruction of which every result is known.
struct Stub<F>(F);
impl<F: FnMut() -> Option<u64>> Instruction for Stub<F> {
    const ID: SourceId = SourceId::new(31, "stub", 16, 128);
    const TRIES: u32 = 10;
    fn detect() -> Option<Self> {
        None
    }
    fn step(&mut self) -> Option<u64> {
        (self.0)()
    }
}
fn rng() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(90)
}
/// The error with which the start, which is 1024 samples, refuses the words.
fn refused(words: impl FnMut() -> Option<u64>) -> SourceError {
    Words::on(Stub(words)).map(|_| ()).unwrap_err()
}

#[test]
fn a_constant_word_is_refused_within_1024_samples() {
    assert_eq!(refused(|| Some(0x1234_5678_9abc_def0)), Fault::Repetition.into());
    assert_eq!(refused(|| Some(0)), Fault::Stuck.into());
    assert_eq!(refused(|| Some(u64::MAX)), Fault::Stuck.into());
}

#[test]
fn one_zero_or_all_ones_among_good_words_is_refused() {
    for (bad, one_in) in [(0, 10), (u64::MAX, 10), (0, 1000), (u64::MAX, 1000)] {
        let mut rng = rng();
        let mut at = 0;
        let words = || {
            at += 1;
            Some(if at % one_in == 0 { bad } else { rng.next_u64() })
        };
        assert_eq!(refused(words), Fault::Stuck.into(), "one in {one_in}");
    }
}

#[test]
fn any_period_up_to_511_is_refused_within_1024_samples() {
    let mut rng = rng();
    for period in 1..=511 {
        let words: Vec<u64> = (0..period).map(|_| rng.next_u64()).collect();
        let mut at = 0;
        let error = refused(|| {
            at += 1;
            Some(words[at % period])
        });
        assert!(matches!(error, SourceError::Unhealthy(_)), "{period}");
        assert!(at <= 1024);
    }
}

#[test]
fn a_bias_of_nine_to_one_is_refused_within_1024_samples() {
    for seed in 0..50 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut biased = || (0..64).fold(0, |word, _| word << 1 | u64::from(rng.next_u32() % 10 != 0));
        let error = refused(|| Some(biased()));
        assert!(matches!(error, SourceError::Unhealthy(_)), "seed {seed}");
    }
}

#[test]
fn a_healthy_source_raises_no_alarm_in_a_million_words() {
    let mut rng = rng();
    let mut words = Words::on(Stub(|| Some(rng.next_u64()))).unwrap();
    for _ in 0..1_000_000 {
        words.word().unwrap();
    }
}

#[test]
fn failures_are_retried_then_reported_and_never_become_words() {
    let (mut rng, mut calls) = (rng(), 0u32);
    let dry = core::cell::Cell::new(false);
    let mut words = Words::on(Stub(|| {
        calls += 1;
        // Every other call fails: retries hide it.
        (!dry.get() && calls % 2 == 0).then(|| rng.next_u64())
    }))
    .unwrap();
    assert!(words.word().is_ok());
    dry.set(true);
    assert_eq!(words.word(), Err(SourceError::NotReady));
    assert_eq!(words.sample(&mut [0; 32]), Err(SourceError::NotReady));
    dry.set(false);
    assert_eq!(words.sample(&mut [0; 32]), Ok(32), "not ready is not for good");
    drop(words);
    assert_eq!(calls, 2 * 1024 + 2 + 10 + 10 + 8);
}

#[test]
fn a_source_that_was_unhealthy_once_stays_so() {
    let mut rng = rng();
    let bad = core::cell::Cell::new(false);
    let mut words = Words::on(Stub(|| Some(if bad.get() { 0 } else { rng.next_u64() }))).unwrap();
    bad.set(true);
    assert_eq!(words.word(), Err(Fault::Stuck.into()));
    bad.set(false);
    for _ in 0..3 {
        assert_eq!(words.word(), Err(Fault::Stuck.into()));
    }
}

#[test]
fn a_counter_that_stands_still_or_ticks_evenly_is_refused() {
    use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let refused = |counter| Cycles::on(counter).map(|_| ()).unwrap_err();
    assert_eq!(refused(|| Some(5)), Fault::Repetition.into());
    assert_eq!(refused(|| Some(COUNT.fetch_add(700, Relaxed))), Fault::Repetition.into());
    // Even but for one work in a hundred: too rare for a quarter of a bit.
    let rarely = || {
        let count = COUNT.fetch_add(700, Relaxed);
        Some(count + u64::from((count / 700).is_multiple_of(200)))
    };
    assert!(matches!(refused(rarely), SourceError::Unhealthy(_)));
    assert_eq!(refused(|| None), SourceError::Absent);
}

/// ln of the factorial.
fn ln_factorial(n: u32) -> f64 {
    (1..=n).map(|k| f64::from(k).ln()).sum()
}
/// The chance that at least `least` of `n` samples are the one that comes with a chance of `p`.
fn tail(n: u32, p: f64, least: u32) -> f64 {
    let term = |k: u32| {
        let ways = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
        (ways + f64::from(k) * p.ln() + f64::from(n - k) * (1.0 - p).ln()).exp()
    };
    (least..=n).map(term).sum()
}
#[test]
fn the_cutoffs_are_those_of_sp_800_90b_for_a_false_alarm_of_2_to_the_minus_60() {
    for (limits, bits) in [(Limits::QUARTER_BIT, 0.25), (Limits::BYTE, 8.0)] {
        assert_eq!(limits.repetition, 1 + (60.0f64 / bits).ceil() as u32);
        // critbinom(512, p, 1 - α) is the least number that more than are seen with a chance of at most α.
        let (p, alpha) = (2.0f64.powf(-bits), 2.0f64.powi(-60));
        let critical = limits.proportion - 1;
        assert!(tail(512, p, critical + 1) <= alpha);
        assert!(tail(512, p, critical) > alpha);
    }
    // A word comes again within its window with a chance of 511 in 2^64.
    assert_eq!(Limits::WORD, Limits { repetition: 2, proportion: 2 });
}

#[test]
fn a_window_begins_anew_every_512_samples() {
    // 24 of the first byte in each window, spread so that none is repeated nine times: one short of the limit.
    let sample = |at: u32, often: u32| {
        u64::from(if at % 512 < 2 * often && at.is_multiple_of(2) { 7 } else { at % 251 + 256 })
    };
    let mut health = Health::new(Limits::BYTE);
    for at in 0..4096 {
        health.check(sample(at, 24)).unwrap();
    }
    assert_eq!((0..512).find_map(|at| health.check(sample(at, 25)).err()), Some(Fault::Proportion));
    assert_eq!(format!("{health:?}"), "Health { fault: Some(Proportion), .. }", "no sample is printed");
}
