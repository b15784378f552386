//! A grammar that uses every type, for the tests.
use asn1::{
    Any, BitString, BmpString, Explicit, GeneralizedTime, Ia5String, Implicit, Integer, NamedBits, Null,
    OctetString, Oid, PrintableString, Raw, SequenceOf, SetOf, TeletexString, Time, UniversalString,
    Unsigned, UtcTime, Utf8String, VisibleString,
};

asn1::sequence! {
    /// `SEQUENCE { kind OBJECT IDENTIFIER, value ANY DEFINED BY kind OPTIONAL }`
    pub struct Attribute<'a> {
        /// Which.
        pub kind: Oid<'a>,
        /// What.
        pub value: Option<Any<'a>>,
    }
}

asn1::sequence! {
    /// `SEQUENCE { on BOOLEAN DEFAULT FALSE, level INTEGER (0..65535) DEFAULT 7, at [0] UTCTime OPTIONAL }`
    pub struct Switch {
        /// With a default in the universal class.
        pub on: bool = false,
        /// With another, which begins otherwise.
        pub level: u16 = 7,
        /// After both.
        pub at: Option<Implicit<0, UtcTime>>,
    }
}

asn1::choice! {
    /// One of all strings.
    pub enum Text<'a> {
        /// UTF8String.
        Utf8(Utf8String<'a, 400>),
        /// PrintableString.
        Printable(PrintableString<'a, 64>),
        /// IA5String, under a tag.
        Ia5(Implicit<1, Ia5String<'a, 64>>),
        /// VisibleString.
        Visible(VisibleString<'a, 64>),
        /// TeletexString.
        Teletex(TeletexString<'a, 64>),
        /// BMPString.
        Bmp(BmpString<'a, 64>),
        /// UniversalString.
        Universal(UniversalString<'a, 64>),
        /// A SEQUENCE, under a tag that hides it.
        Hidden(Implicit<2, Switch>),
        /// A CHOICE, under a tag that does not.
        Moment(Explicit<3, Time>),
    }
}

asn1::sequence! {
    /// Every type at least once.
    pub struct Everything<'a> {
        /// DEFAULT under a tag.
        pub version: Explicit<0, u8> = Explicit(0),
        /// A signed number.
        pub serial: Integer<'a, 20>,
        /// A magnitude.
        pub modulus: Unsigned<'a, 300>,
        /// Small numbers.
        pub small: Option<Implicit<1, u64>>,
        /// OPTIONAL, with the tag of nothing that follows.
        pub flags: Option<NamedBits>,
        /// NULL.
        pub nothing: Null,
        /// What is signed.
        pub signed: Raw<'a, Switch>,
        /// SET OF.
        pub name: SetOf<Attribute<'a>, 4, 1>,
        /// SEQUENCE OF a CHOICE.
        pub texts: SequenceOf<Text<'a>, 4>,
        /// GeneralizedTime.
        pub late: GeneralizedTime,
        /// CHOICE of times.
        pub moment: Time,
        /// BIT STRING.
        pub signature: BitString<'a, 300>,
        /// OCTET STRING.
        pub octets: Option<OctetString<'a, 300>>,
        /// A number of 32 bits.
        pub count: Option<u32>,
        /// Tags in tags.
        pub nested: Option<Explicit<2, Implicit<3, SequenceOf<Explicit<4, bool>, 3>>>>,
        /// The rest.
        pub last: Option<Explicit<30, Any<'a>>>,
    }
}
