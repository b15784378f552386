//! What is hostile costs no more than it is long: depth, counts and lengths end where the grammar says.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail"
)]
mod common;

use asn1::{
    Any, DEPTH, Decode, Encode, Error, ErrorKind, Explicit, Null, OctetString, Reader, SequenceOf, SetOf,
};
use common::{Everything, Text};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Walks all of `reader` as a tree, and counts its elements.
fn walk(mut reader: Reader<'_>) -> Result<usize, Error> {
    let mut count = 0;
    while !reader.is_empty() {
        let any = Any::decode(&mut reader)?;
        count += 1;
        if any.tag().is_constructed() {
            count += walk(any.contents())?;
        }
    }
    Ok(count)
}

/// `depth` SEQUENCEs, each the only element of the one around it.
fn nested(depth: usize) -> Vec<u8> {
    // Built from the inside, backwards.
    let mut reversed = Vec::new();
    for _ in 0..depth {
        let length = reversed.len();
        let octets = length.to_be_bytes();
        let significant = octets.iter().skip_while(|octet| **octet == 0).count().max(1);
        reversed.extend(octets.iter().rev().take(significant));
        if length > 0x7f {
            reversed.push(0x80 | u8::try_from(significant).unwrap());
        }
        reversed.push(0x30);
    }
    reversed.reverse();
    reversed
}

#[test]
fn nesting_ends_at_the_depth() {
    let deepest = usize::from(DEPTH);
    assert_eq!(walk(Reader::new(&nested(deepest))), Ok(deepest));
    for deeper in [deepest + 1, 1_000, 1_000_000] {
        let der = nested(deeper);
        let Error { at, kind } = walk(Reader::new(&der)).unwrap_err();
        assert_eq!(kind, ErrorKind::TooDeep);
        assert_eq!(at, der.len() - nested(deeper - deepest).len());
    }
}

#[test]
fn depth_is_counted_through_strings_that_hold_values() {
    // Each level is an OCTET STRING in a SEQUENCE: only the SEQUENCEs count.
    let mut der = Null.to_der();
    for _ in 0..=DEPTH {
        let string = OctetString::<999>::new(&der).unwrap();
        der = SequenceOf::<_, 1>::new(vec![string]).unwrap().to_der();
    }
    let mut value = Any::from_der(&der);
    for _ in 0..DEPTH {
        let sequence = value.unwrap().decode_as::<SequenceOf<OctetString<'_, 999>, 1>>().unwrap();
        value = sequence.first().unwrap().decode_as();
    }
    assert_eq!(value.unwrap_err().kind, ErrorKind::TooDeep);
}

#[test]
fn a_claimed_length_is_not_believed() {
    for header in [
        &[0x04, 0x84, 0xff, 0xff, 0xff, 0xff][..],
        &[0x30, 0x84, 0x7f, 0xff, 0xff, 0xff],
        &[0x31, 0x82, 0x40, 0],
    ] {
        assert_eq!(Any::from_der(header).unwrap_err().kind, ErrorKind::Truncated);
        let list = SequenceOf::<Null, { usize::MAX }>::from_der(header);
        assert!(matches!(list.unwrap_err().kind, ErrorKind::Truncated | ErrorKind::UnexpectedTag));
    }
}

#[test]
fn a_list_has_as_many_elements_as_its_type_says() {
    type List = SequenceOf<Null, 3, 2>;
    type Set = SetOf<Null, 3, 2>;
    for count in 0..6u8 {
        let elements = vec![Null; count.into()];
        let mut der = SequenceOf::<Null, 9>::new(elements.clone()).unwrap().to_der();
        let expected = match count {
            0 | 1 => Err((2, ErrorKind::TooFew)),
            2 | 3 => Ok(()),
            _ => Err((8, ErrorKind::TooMany)),
        };
        let place = |error: Error| (error.at, error.kind);
        assert_eq!(List::from_der(&der).map(drop).map_err(place), expected);
        *der.first_mut().unwrap() = 0x31;
        assert_eq!(Set::from_der(&der).map(drop).map_err(place), expected);
        let kind = expected.map_err(|(_, kind)| kind);
        assert_eq!(List::new(elements.clone()).map(drop), kind);
        assert_eq!(Set::new(elements).map(drop), kind);
    }
}

#[test]
fn a_long_list_is_refused_after_as_many_elements_as_it_may_have() {
    let der = SequenceOf::<Null, 1_000_000>::new(vec![Null; 1_000_000]).unwrap().to_der();
    let refused = SequenceOf::<Null, 10>::from_der(&der).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TooMany);
    assert_eq!(refused.at, 5 + 20, "the header and ten elements");
}

#[test]
fn an_optional_value_is_taken_only_by_its_tag() {
    let mut reader = Reader::new(&[0x05, 0x00, 0xa1, 0x02, 0x05, 0x00]);
    assert_eq!(reader.optional::<bool>(), Ok(None));
    assert_eq!(reader.optional::<Null>(), Ok(Some(Null)));
    assert_eq!(reader.position(), 2);
    assert_eq!(reader.optional::<Explicit<1, Null>>(), Ok(Some(Explicit(Null))));
    assert_eq!(reader.finish(), Ok(()));
}

#[test]
fn other_peoples_nasty_inputs_are_decoded_or_refused() {
    let corpora =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/der-corpora-boringssl.tar.xz");
    if !corpora.exists() {
        eprintln!("not run: {} is missing", corpora.display());
        return;
    }
    let unpacked = std::env::temp_dir().join(format!("nqsb-asn1-{}", std::process::id()));
    std::fs::create_dir_all(&unpacked).unwrap();
    let tar = Command::new("tar").arg("-xf").arg(&corpora).arg("-C").arg(&unpacked).status().unwrap();
    assert!(tar.success());
    let (mut inputs, mut trees) = (0, 0);
    for file in files(&unpacked) {
        let input = std::fs::read(file).unwrap();
        inputs += 1;
        if walk(Reader::new(&input)).is_ok() {
            trees += 1;
        }
        // The grammars must not mind either.
        let _ = Everything::from_der(&input).map(|value| assert_eq!(value.to_der(), input));
        let _ = Text::from_der(&input).map(|value| assert_eq!(value.to_der(), input));
    }
    std::fs::remove_dir_all(&unpacked).unwrap();
    eprintln!("{inputs} inputs, of which {trees} are trees of DER");
    assert!(inputs > 1_000 && trees > 100);
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}
