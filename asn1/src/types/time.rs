//! UTCTime and GeneralizedTime in the only forms of RFC 5280 §4.1.2.5: to the second, in UTC.
use crate::error::{Error, ErrorKind};
use crate::read::{Decode, DecodeValue, Reader, Tagged};
use crate::tag::{Tag, TagSet};
use crate::write::{Encode, EncodeValue, Writer};

/// UTCTime `YYMMDDHHMMSSZ`: the years 1950 to 2049 (RFC 5280 §4.1.2.5.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct UtcTime(i64);

/// GeneralizedTime `YYYYMMDDHHMMSSZ`: the years 0000 to 9999 (RFC 5280 §4.1.2.5.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct GeneralizedTime(i64);

/// `Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime }` (RFC 5280 §4.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Time {
    /// The years 1950 to 2049.
    Utc(UtcTime),
    /// Any year of four digits.
    Generalized(GeneralizedTime),
}

impl UtcTime {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, leap seconds not counted.
    ///
    /// # Errors
    /// [`ErrorKind::Time`] outside the years 1950 to 2049.
    pub const fn new(seconds: i64) -> Result<Self, ErrorKind> {
        match seconds {
            YEAR_1950..YEAR_2050 => Ok(Self(seconds)),
            _ => Err(ErrorKind::Time),
        }
    }
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }
}
impl GeneralizedTime {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, leap seconds not counted.
    ///
    /// # Errors
    /// [`ErrorKind::Time`] outside the years 0 to 9999.
    pub const fn new(seconds: i64) -> Result<Self, ErrorKind> {
        match seconds {
            YEAR_0..YEAR_10000 => Ok(Self(seconds)),
            _ => Err(ErrorKind::Time),
        }
    }
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }
}
impl Time {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, leap seconds not counted, in the form that RFC 5280 asks
    /// for: UTCTime through 2049.
    ///
    /// # Errors
    /// [`ErrorKind::Time`] outside the years 0 to 9999.
    pub fn new(seconds: i64) -> Result<Self, ErrorKind> {
        UtcTime::new(seconds).map(Self::Utc).or_else(|_| GeneralizedTime::new(seconds).map(Self::Generalized))
    }
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Utc(time) => time.0,
            Self::Generalized(time) => time.0,
        }
    }
    /// Whether the form is the one that RFC 5280 §4.1.2.5 asks for: UTCTime through 2049.
    #[must_use]
    pub fn is_in_due_form(self) -> bool {
        Self::new(self.seconds()) == Ok(self)
    }
}

impl Tagged for UtcTime {
    const TAG: Tag = Tag::UTC_TIME;
}
impl<'a> DecodeValue<'a> for UtcTime {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        contents.take_rest(|text| {
            let (year, rest) = digits(text)?;
            let century = if year < 50 { 2000 } else { 1900 };
            moment(i64::from(year).saturating_add(century), rest).map(Self)
        })
    }
}
impl EncodeValue for UtcTime {
    fn encode_value(&self, writer: &mut Writer) {
        let [_, _, short @ ..] = text(self.0);
        writer.bytes(&short);
    }
}
impl Tagged for GeneralizedTime {
    const TAG: Tag = Tag::GENERALIZED_TIME;
}
impl<'a> DecodeValue<'a> for GeneralizedTime {
    fn decode_value(contents: &mut Reader<'a>) -> Result<Self, Error> {
        contents.take_rest(|text| {
            let (century, rest) = digits(text)?;
            let (year, rest) = digits(rest)?;
            moment(i64::from(century).saturating_mul(100).saturating_add(year.into()), rest).map(Self)
        })
    }
}
impl EncodeValue for GeneralizedTime {
    fn encode_value(&self, writer: &mut Writer) {
        writer.bytes(&text(self.0));
    }
}
impl<'a> Decode<'a> for Time {
    const TAGS: TagSet = TagSet::of(Tag::UTC_TIME).union(TagSet::of(Tag::GENERALIZED_TIME));
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Error> {
        match reader.optional()? {
            Some(time) => Ok(Self::Utc(time)),
            None => GeneralizedTime::decode(reader).map(Self::Generalized),
        }
    }
}
impl Encode for Time {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Utc(time) => time.encode(writer),
            Self::Generalized(time) => time.encode(writer),
        }
    }
}

/// Two decimal digits, and what follows them.
fn digits(text: &[u8]) -> Result<(u8, &[u8]), ErrorKind> {
    match text {
        [tens @ b'0'..=b'9', units @ b'0'..=b'9', rest @ ..] => {
            Ok(((tens & 0x0f).wrapping_mul(10).wrapping_add(units & 0x0f), rest))
        }
        _ => Err(ErrorKind::Time),
    }
}

/// Seconds since 1970 of `MMDDHHMMSSZ` in `year`.
fn moment(year: i64, text: &[u8]) -> Result<i64, ErrorKind> {
    let (month, rest) = digits(text)?;
    let (day, rest) = digits(rest)?;
    let (hour, rest) = digits(rest)?;
    let (minute, rest) = digits(rest)?;
    let (second, rest) = digits(rest)?;
    let real = (1..=12).contains(&month)
        && (1..=days_of_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60
        && rest == b"Z";
    if !real {
        return Err(ErrorKind::Time);
    }
    Ok(seconds(year, month.into(), day.into(), hour.into(), minute.into(), second.into()))
}

/// The days of a month of the Gregorian calendar.
fn days_of_month(year: i64, month: u8) -> u8 {
    let leap = year.trailing_zeros() >= 2 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Seconds from 1970-01-01 to a moment of the proleptic Gregorian calendar.
#[allow(
    clippy::arithmetic_side_effects,
    reason = "years have four digits, and nothing here comes near 64 bits"
)]
const fn seconds(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> i64 {
    // The year begins in March, so that the leap day is its last, and the months fall into the rhythm of 153 days
    // in five of them: 31 30 31 30 31.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = 365 * year + leap_days + (153 * month + 2) / 5 + (day - 1) - DAYS_TO_1970;
    ((days * 24 + hour) * 60 + minute) * 60 + second
}

/// `YYYYMMDDHHMMSSZ` of a moment in the years 0 to 9999.
#[allow(
    clippy::arithmetic_side_effects,
    reason = "years have four digits, and nothing here comes near 64 bits"
)]
fn text(moment: i64) -> [u8; 15] {
    let (days, second) = (moment.div_euclid(DAY), moment.rem_euclid(DAY));
    let days = days + DAYS_TO_1970;
    // 400 years are 146,097 days; of the centuries and years in them only the last may have a leap day more.
    let (eras, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let century = (day / 36_524).min(3);
    let day = day - century * 36_524;
    let (fours, day) = (day / 1_461, day % 1_461);
    let one = (day / 365).min(3);
    let day = day - one * 365;
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = 400 * eras + 100 * century + 4 * fours + one;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    let mut text = *b"YYYYMMDDHHMMSSZ";
    let numbers = [year / 100, year % 100, month, day, second / 3600, second / 60 % 60, second % 60];
    for (to, number) in text.as_chunks_mut().0.iter_mut().zip(numbers) {
        *to = [tens(number), units(number)];
    }
    text
}
fn tens(number: i64) -> u8 {
    units(number.div_euclid(10))
}
fn units(number: i64) -> u8 {
    b'0' | u8::try_from(number.rem_euclid(10)).unwrap_or_default()
}

const DAY: i64 = 86_400;
/// From 1 March of the year 0 to 1 January 1970.
const DAYS_TO_1970: i64 = 719_468;
pub(crate) const YEAR_0: i64 = seconds(0, 1, 1, 0, 0, 0);
pub(crate) const YEAR_1950: i64 = seconds(1950, 1, 1, 0, 0, 0);
pub(crate) const YEAR_2050: i64 = seconds(2050, 1, 1, 0, 0, 0);
pub(crate) const YEAR_10000: i64 = seconds(10_000, 1, 1, 0, 0, 0);
