//! DER of a grammar that uses every type: what decodes, encodes to the same bytes; and a walk through any tree.
use asn1::{
    Any, BitString, BmpString, Decode, Encode, Explicit, Ia5String, Implicit, Integer, NamedBits, Null,
    OctetString, Oid, PrintableString, Raw, Reader, SequenceOf, SetOf, TeletexString, Time, UniversalString,
    Unsigned, Utf8String, VisibleString,
};

asn1::choice! {
    /// A string of any kind.
    enum Text<'a> {
        Utf8(Utf8String<'a, 64>),
        Printable(PrintableString<'a, 64>),
        Ia5(Ia5String<'a, 64>),
        Visible(VisibleString<'a, 64>),
        Teletex(TeletexString<'a, 64>),
        Bmp(BmpString<'a, 64>),
        Universal(UniversalString<'a, 64>),
    }
}
asn1::sequence! {
    /// One field of each type.
    struct Everything<'a> {
        version: Explicit<0, u32> = Explicit(0),
        truth: Option<bool>,
        number: Integer<'a, 21>,
        natural: Option<Implicit<1, Unsigned<'a, 64>>>,
        flags: NamedBits,
        text: Text<'a>,
        when: Option<Time>,
        set: SetOf<Text<'a>, 8, 1>,
        bits: Option<Implicit<2, BitString<'a, 64>>>,
        nothing: Option<Null>,
        kind: Oid<'a>,
        things: SequenceOf<OctetString<'a, 64>, 8>,
        inner: Option<Explicit<3, Raw<'a, SequenceOf<Any<'a>, 8>>>>,
    }
}

/// Any bytes as DER.
pub fn der(data: &[u8]) {
    same(Everything::from_der(data), data);
    same(Text::from_der(data), data);
    same(Any::from_der(data), data);
    same(SetOf::<Any<'_>, 16>::from_der(data), data);
    same(Oid::from_der(data), data);
    same(Time::from_der(data), data);
    let mut steps = 0;
    walk(&mut Reader::new(data), &mut steps);
    // Each step reads at least the two bytes of a header, at each level again.
    assert!(
        steps <= data.len().saturating_mul(usize::from(asn1::DEPTH)),
        "{steps} steps over {} bytes",
        data.len()
    );
}

fn same(decoded: Result<impl Encode, asn1::Error>, data: &[u8]) {
    match decoded {
        Ok(value) => assert_eq!(value.to_der(), data, "another encoding was read"),
        Err(error) => assert!(error.at <= data.len(), "{error} is outside of {} bytes", data.len()),
    }
}

fn walk(reader: &mut Reader<'_>, steps: &mut usize) {
    while !reader.is_empty() {
        *steps = steps.saturating_add(1);
        let Ok(element) = Any::decode(reader) else { return };
        if element.tag().is_constructed() {
            walk(&mut element.contents(), steps);
        }
    }
}
