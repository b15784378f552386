//! The search for a path (RFC 5280 §6.1, RFC 4158): every way is tried, none twice, and the trail tells them all.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod recipe;

use asn1::oid;
use core::slice::from_ref;
use recipe::line::Line;
use recipe::verify::Question;
use recipe::*;
use x509::PathErrorKind as Kind;
use x509::path::error::{Candidate, LONGEST_TRAIL, Reason};

#[test]
fn the_order_of_intermediates_does_not_matter_and_strangers_do_not_harm() {
    let keys: Vec<_> = (0..8).map(Key::new).collect();
    let mut chain: Vec<_> = (1..6)
        .map(|n| {
            Recipe::ca(&format!("ca {n}"), &keys[n], &format!("ca {}", n - 1), &keys[n - 1])
                .sign(&keys[n - 1])
        })
        .collect();
    let leaf = Recipe::server("a.example", &keys[6], "ca 5", &keys[5]).sign(&keys[5]);
    let root = Recipe::root("ca 0", &keys[0]).sign(&keys[0]);
    chain.push(Recipe::root("stranger", &keys[7]).sign(&keys[7]));
    chain.push(root.clone());
    for _ in 0..chain.len() {
        chain.rotate_left(1);
        let all = [from_ref(&leaf), &chain].concat();
        assert_eq!(Question::new(from_ref(&root), &all).ask(), Ok((6, 0)));
    }
}

#[test]
fn another_way_is_taken_where_one_is_closed() {
    let keys: Vec<_> = (0..5).map(Key::new).collect();
    let roots = [Recipe::root("one", &keys[0]).sign(&keys[0]), Recipe::root("two", &keys[1]).sign(&keys[1])];
    let leaf = Recipe::server("a.example", &keys[3], "ca", &keys[2]).sign(&keys[2]);
    let by_one = Recipe::ca("ca", &keys[2], "one", &keys[0]);
    let by_two = Recipe::ca("ca", &keys[2], "two", &keys[1]).sign(&keys[1]);
    let closed = [
        by_one.clone().valid(0, 1).sign(&keys[0]),
        by_one.clone().with(purposes(&[CLIENT_AUTH])).sign(&keys[0]),
        by_one.clone().with(name_constraints(&[dns("b.example")], &[])).sign(&keys[0]),
        by_one.clone().with(extension(oid!(1.2.3), true, &[])).sign(&keys[0]),
        by_one.sign(&keys[4]),
    ];
    for first in closed {
        assert_eq!(Question::new(&roots, &[leaf.clone(), first, by_two.clone()]).ask(), Ok((2, 1)));
    }
}

#[test]
fn a_circle_of_cas_ends() {
    let keys: Vec<_> = (0..3).map(Key::new).collect();
    let a = Recipe::ca("a", &keys[0], "b", &keys[1]).sign(&keys[1]);
    let b = Recipe::ca("b", &keys[1], "a", &keys[0]).sign(&keys[0]);
    let leaf = Recipe::server("a.example", &keys[2], "a", &keys[0]).sign(&keys[0]);
    let error = Question::new(&[], &[leaf, a, b]).ask().unwrap_err();
    assert_eq!(error.reason(), Reason::NoIssuer);
    assert!(error.trail().iter().any(|dropped| dropped.reason == Reason::Repeated));
}

#[test]
fn a_key_that_signs_for_another_name_is_not_found() {
    let [root, ca, other] = [1, 2, 9].map(Key::new);
    let line = Line::new();
    let mut question = line.question();
    question.chain[1] = Recipe::ca("another", &ca, "root", &root).sign(&root);
    assert_eq!(question.kind(), Kind::UnknownIssuer);
    let mut question = line.question();
    question.chain[1] = Recipe::ca("ca", &other, "root", &root).sign(&root);
    assert_eq!(question.kind(), Kind::BadSignature);
}

#[test]
fn the_trail_names_each_candidate_and_is_bounded() {
    let keys: Vec<_> = (0..3).map(Key::new).collect();
    let mut chain = vec![Recipe::server("a.example", &keys[2], "ca", &keys[0]).sign(&keys[0])];
    for n in 0..20u8 {
        let ca =
            Recipe { serial: vec![2, 1, n + 1], ..Recipe::ca("ca", &keys[1], "root", &keys[0]).valid(0, 1) };
        chain.push(ca.sign(&keys[0]));
    }
    let error = Question::new(&[], &chain).ask().unwrap_err();
    assert_eq!((error.kind(), error.trail().len()), (Kind::Expired, LONGEST_TRAIL));
    let first = error.trail()[0];
    assert_eq!((first.candidate, first.below), (Candidate::Intermediate(0), 1));
    let text = error.to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "no valid path: expired at 1970-01-01T00:00:01Z, now it is 2026-11-18T11:06:40Z");
    assert_eq!(
        lines[1],
        "  intermediate 0, 1 below: expired at 1970-01-01T00:00:01Z, now it is 2026-11-18T11:06:40Z"
    );
    assert_eq!(lines.last(), Some(&"  and 4 more"));
}
