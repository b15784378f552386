//! What a search may cost, whatever the peer sends: work is counted, never timed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
mod recipe;

use core::slice::from_ref;
use recipe::verify::Question;
use recipe::*;
use x509::path::budget::{LONGEST_PATH, Work};
use x509::path::error::Reason;
use x509::{Budget, PathErrorKind as Kind};

/// CAs in `rungs` pairs, each signed by both of the pair above: `2^rungs` ways from the server up, and no anchor at the
/// end. Both of a pair have the same name.
fn ladder(rungs: u32) -> Vec<Vec<u8>> {
    let name = |rung: u32| format!("rung {rung}");
    let key = |rung: u32, side: u32| Key::new(100 + 2 * rung + side);
    let mut chain = vec![Recipe::server("a.example", &Key::new(1), &name(0), &key(0, 0)).sign(&key(0, 0))];
    for rung in 0..rungs {
        for (side, above) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let by = key(rung + 1, above);
            chain.push(Recipe::ca(&name(rung), &key(rung, side), &name(rung + 1), &by).sign(&by));
        }
    }
    chain
}

fn spent(question: &Question) -> Option<Work> {
    let Reason::Exhausted(work) = question.ask().unwrap_err().reason() else { return None };
    Some(work)
}

#[test]
fn a_ladder_of_cross_signed_cas_costs_what_the_budget_allows() {
    for rungs in 2..=16 {
        let mut question = Question::new(&[], &ladder(rungs));
        question.budget.depth = 16;
        let error = question.ask().unwrap_err();
        // Few rungs end for want of an issuer; many, for want of budget.
        assert!(
            matches!(
                error.kind(),
                Kind::UnknownIssuer | Kind::BadSignature | Kind::Budget | Kind::PathLength
            ),
            "{error}"
        );
        if rungs >= 8 {
            assert_eq!(error.kind(), Kind::Budget);
        }
    }
}

#[test]
fn the_way_up_a_ladder_is_found_within_the_budget() {
    for rungs in 1..=7 {
        let by = Key::new(100 + 2 * rungs);
        let root = Recipe::root(&format!("rung {rungs}"), &by).sign(&by);
        let question = Question::new(&[root], &ladder(rungs));
        assert_eq!(question.ask(), Ok((usize::try_from(rungs).unwrap() + 1, 0)), "{rungs}");
    }
}

#[test]
fn the_budget_ends_the_search_and_not_the_branch() {
    // The good way comes last: behind as many wrong keys as there are signatures in the budget.
    let keys: Vec<_> = (0..40).map(Key::new).collect();
    let root = Recipe::root("root", &keys[0]).sign(&keys[0]);
    let leaf = Recipe::server("a.example", &keys[2], "ca", &keys[1]);
    let silent = leaf.without(AKI).sign(&keys[1]);
    let ca = |key: &Key| Recipe::ca("ca", key, "root", &keys[0]).sign(&keys[0]);
    for wrong in [30, 31] {
        let mut chain = vec![silent.clone()];
        chain.extend(keys[3..3 + wrong].iter().map(ca));
        chain.push(ca(&keys[1]));
        let question = Question { profile: x509::Profile::Basic, ..Question::new(from_ref(&root), &chain) };
        // The right CA costs one signature more, and itself another.
        if wrong == 30 {
            assert_eq!(question.ask(), Ok((2, 0)));
        } else {
            assert_eq!(spent(&question), Some(Work::Signature));
        }
    }
}

#[test]
fn the_key_that_is_named_is_tried_first_and_then_those_without_a_name() {
    let keys: Vec<_> = (0..10).map(Key::new).collect();
    let root = Recipe::root("root", &keys[0]).sign(&keys[0]);
    let leaf = Recipe::server("a.example", &keys[2], "ca", &keys[1]).sign(&keys[1]);
    let ca = |key: &Key| Recipe::ca("ca", key, "root", &keys[0]);
    let named = ca(&keys[1]);
    let nameless = named.clone().without(SKI);
    for right in [named, nameless] {
        let mut chain = vec![leaf.clone()];
        chain.extend(keys[3..].iter().map(|key| ca(key).sign(&keys[0])));
        chain.push(right.sign(&keys[0]));
        let mut question = Question::new(from_ref(&root), &chain);
        question.profile = x509::Profile::Basic;
        // One for the end entity, one for the CA.
        question.budget.signatures = 2;
        assert_eq!(question.ask(), Ok((2, 0)));
    }
}

#[test]
fn no_signature_is_verified_twice_with_the_same_key() {
    // A hundred certificates of one CA: the end entity's signature is verified once, not a hundred times.
    let [root, ca, leaf] = [1, 2, 3].map(Key::new);
    let mut chain = vec![Recipe::server("a.example", &leaf, "ca", &ca).sign(&ca)];
    for n in 1..=100u8 {
        let recipe = Recipe { serial: vec![2, 1, n], ..Recipe::ca("ca", &ca, "nobody", &root) };
        chain.push(recipe.sign(&root));
    }
    let mut question = Question::new(&[], &chain);
    question.budget.signatures = 1;
    assert_eq!(question.kind(), Kind::UnknownIssuer);
    question.budget.signatures = 0;
    assert_eq!(spent(&question), Some(Work::Signature));
}

#[test]
fn candidates_are_counted_where_the_name_fits() {
    let [root, ca, leaf] = [1, 2, 3].map(Key::new);
    let mut chain = vec![Recipe::server("a.example", &leaf, "ca", &ca).sign(&ca)];
    chain.extend((0..50).map(|n| Recipe::ca(&format!("stranger {n}"), &ca, "root", &root).unsigned()));
    chain.push(Recipe::ca("ca", &ca, "root", &root).sign(&root));
    let mut question = Question::new(&[Recipe::root("root", &root).sign(&root)], &chain);
    question.budget.candidates = 2;
    assert_eq!(question.ask(), Ok((2, 0)));
    question.budget.candidates = 1;
    assert_eq!(spent(&question), Some(Work::Candidate));
}

#[test]
fn many_names_and_many_constraints_end_at_the_budget() {
    let [root, leaf] = [1, 2].map(Key::new);
    let names =
        |prefix: &str| -> Vec<_> { (0..4_000).map(|n| dns(&format!("{prefix}{n}.example"))).collect() };
    let mut all = names("n");
    all[0] = dns("a.example");
    let server = Recipe::server("a.example", &leaf, "root", &root).with(alt_names(&all)).sign(&root);
    for constraints in
        [name_constraints(&[], &names("x")), name_constraints(&[names("x"), vec![dns("")]].concat(), &[])]
    {
        let root = Recipe::root("root", &root).with(constraints).sign(&root);
        assert_eq!(spent(&Question::new(&[root], from_ref(&server))), Some(Work::NameComparison));
    }
}

#[test]
fn name_comparisons_are_counted_one_by_one() {
    let [root, leaf] = [1, 2].map(Key::new);
    let names = [dns("a.example"), dns("b.example"), ip(&[1, 2, 3, 4])];
    let server = Recipe::server("a.example", &leaf, "root", &root).with(alt_names(&names)).sign(&root);
    let constraints = name_constraints(&[], &[dns("x.example"), dns("y.example"), mail("example")]);
    let root = Recipe::root("root", &root).with(constraints).sign(&root);
    let mut question = Question::new(&[root], &[server]);
    question.budget.name_comparisons = 4;
    assert_eq!(question.ask(), Ok((1, 0)));
    question.budget.name_comparisons = 3;
    assert_eq!(spent(&question), Some(Work::NameComparison));
}

/// A line of `length` CAs below the root, each either of a name of its own, or all of the root's.
fn line(length: u32, self_issued: bool) -> Question {
    let name = |n: u32| if self_issued { "ca 0".to_owned() } else { format!("ca {n}") };
    let key = |n: u32| Key::new(200 + n);
    let cas =
        (1..=length).map(|n| Recipe::ca(&name(n), &key(n), &name(n - 1), &key(n - 1)).sign(&key(n - 1)));
    let leaf = Recipe::server("a.example", &Key::new(1), &name(length), &key(length)).sign(&key(length));
    let chain: Vec<_> = core::iter::once(leaf).chain(cas).collect();
    Question::new(&[Recipe::root(&name(0), &key(0)).sign(&key(0))], &chain)
}

#[test]
fn a_path_is_no_deeper_than_the_budget() {
    let depth = Budget::DEFAULT.depth;
    assert_eq!(line(depth, false).ask().map(|(certificates, _)| certificates), Ok(9));
    let error = line(depth + 1, false).ask().unwrap_err();
    assert_eq!((error.kind(), error.reason()), (Kind::PathLength, Reason::TooDeep));
    let mut none = line(1, false);
    none.budget.depth = 0;
    assert_eq!(none.ask().unwrap_err().reason(), Reason::TooDeep);
    let mut direct = line(0, false);
    direct.budget.depth = 0;
    assert_eq!(direct.ask(), Ok((1, 0)));
}

#[test]
fn self_issued_certificates_do_not_make_a_path_endless() {
    let longest = u32::try_from(LONGEST_PATH).unwrap();
    let mut question = line(longest - 1, true);
    question.budget = Budget { signatures: 1_000, candidates: 10_000, ..question.budget };
    assert_eq!(question.ask(), Ok((LONGEST_PATH, 0)));
    let mut question = line(longest, true);
    question.budget = Budget { signatures: 1_000, candidates: 10_000, ..question.budget };
    assert_eq!(question.ask().unwrap_err().kind(), Kind::PathLength);
}
