//! The calendar, day by day, and what is not in it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use asn1::{Decode, Encode, ErrorKind, GeneralizedTime, Tag, Time, UtcTime};

/// The element of a time with this text.
fn element(tag: Tag, text: &str) -> Vec<u8> {
    [&[tag.octet(), u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
}
fn utc(text: &str) -> Result<i64, ErrorKind> {
    UtcTime::from_der(&element(Tag::UTC_TIME, text)).map(UtcTime::seconds).map_err(|error| error.kind)
}
fn generalized(text: &str) -> Result<i64, ErrorKind> {
    let time = GeneralizedTime::from_der(&element(Tag::GENERALIZED_TIME, text));
    time.map(GeneralizedTime::seconds).map_err(|error| error.kind)
}

/// The calendar as it is learnt at school.
fn days_of(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[test]
fn every_day_from_1950_to_2150_comes_where_it_should() {
    // 1950-01-01 is 7,305 days before 1970-01-01: 20 years and the leap days of 1952, 56, 60, 64 and 68.
    let mut midnight = -7_305 * 86_400;
    let mut second = 0;
    for year in 1950..=2150 {
        for month in 0..=13 {
            for day in 0..=32 {
                let (hour, minute, last) = (second / 3600, second / 60 % 60, second % 60);
                let short = format!("{:02}{month:02}{day:02}{hour:02}{minute:02}{last:02}Z", year % 100);
                let long = format!("{:02}{short}", year / 100);
                let real = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
                if !real {
                    assert_eq!(generalized(&long), Err(ErrorKind::Time), "{long}");
                    continue;
                }
                let moment = midnight + second;
                assert_eq!(generalized(&long), Ok(moment), "{long}");
                let encoded = GeneralizedTime::new(moment).unwrap().to_der();
                assert_eq!(encoded, element(Tag::GENERALIZED_TIME, &long));
                // RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from then on.
                let due = Time::new(moment).unwrap();
                assert!(due.is_in_due_form());
                if year < 2050 {
                    assert_eq!(utc(&short), Ok(moment), "{short}");
                    assert_eq!(due.to_der(), element(Tag::UTC_TIME, &short));
                    assert!(!Time::from_der(&encoded).unwrap().is_in_due_form());
                } else {
                    assert_eq!(due.to_der(), encoded);
                    assert_eq!(UtcTime::new(moment), Err(ErrorKind::Time));
                }
                midnight += 86_400;
                second = (second + 7_919) % 86_400;
            }
        }
    }
    assert_eq!(midnight, generalized("21510101000000Z").unwrap());
}

#[test]
fn every_second_of_a_day_comes_where_it_should() {
    for hour in 0..=99 {
        for minute in 0..=99 {
            for second in 0..=99 {
                let real = hour < 24 && minute < 60 && second < 60;
                let expected =
                    if real { Ok((hour * 60 + minute) * 60 + second) } else { Err(ErrorKind::Time) };
                assert_eq!(utc(&format!("700101{hour:02}{minute:02}{second:02}Z")), expected);
            }
        }
    }
}

#[test]
fn known_moments_have_their_known_seconds() {
    let known = [
        ("00000101000000Z", -62_167_219_200),
        ("00000229000000Z", -62_162_121_600),
        ("16000229120000Z", -11_670_955_200),
        ("19691231235959Z", -1),
        ("19700101000000Z", 0),
        ("20000229235959Z", 951_868_799),
        ("20010909014640Z", 1_000_000_000),
        ("20380119031408Z", 1 << 31),
        ("99991231235959Z", 253_402_300_799),
    ];
    for (text, seconds) in known {
        assert_eq!(generalized(text), Ok(seconds), "{text}");
        let encoded = GeneralizedTime::new(seconds).unwrap().to_der();
        assert_eq!(encoded, element(Tag::GENERALIZED_TIME, text));
    }
    assert_eq!(utc("500101000000Z"), Ok(-631_152_000));
    assert_eq!(utc("491231235959Z"), Ok(2_524_607_999));
}

#[test]
fn what_rfc_5280_does_not_allow_is_refused() {
    for text in [
        "",
        "Z",
        "7001010000Z",
        "70010100000Z",
        "700101000000",
        "700101000000z",
        "700101000000+0000",
        "700101000000+0000Z",
        "700101000000-0000",
        "700101000000ZZ",
        "700101000060Z",
        "700101000000.0Z",
        "70010100000 Z",
        "-70101000000Z",
        "+70101000000Z",
        "7001010000 0Z",
        "700101240000Z",
        "700229000000Z",
        "19700101000000Z",
        "70010100000\u{661}",
        "700101000000\0",
    ] {
        assert_eq!(utc(text), Err(ErrorKind::Time), "{text}");
    }
    for text in [
        "",
        "19700101000000",
        "1970010100Z",
        "197001010000Z",
        "19700101000000.5Z",
        "19700101000000,5Z",
        "19700101000000.Z",
        "19700101000000+0100",
        "700101000000Z",
        "19000229000000Z",
        "20161231235960Z",
        "119700101000000Z",
        "19700101000000Z ",
    ] {
        assert_eq!(generalized(text), Err(ErrorKind::Time), "{text}");
    }
}

#[test]
fn no_moment_outside_its_years_has_a_form() {
    let (first, last) = (-62_167_219_200, 253_402_300_799);
    for outside in [i64::MIN, first - 1, last + 1, i64::MAX] {
        assert_eq!(GeneralizedTime::new(outside), Err(ErrorKind::Time));
        assert_eq!(Time::new(outside), Err(ErrorKind::Time));
    }
    for outside in [i64::MIN, -631_152_001, 2_524_608_000, i64::MAX] {
        assert_eq!(UtcTime::new(outside), Err(ErrorKind::Time));
    }
}
