//! Time as validation sees it: whole seconds, given by the caller, never read from a clock (RFC 5280 §4.1.2.5).
use core::fmt;

/// Seconds since 1970-01-01 00:00:00 UTC, without leap seconds; negative before. A fraction is to be rounded down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Time(pub i64);

/// As RFC 3339 writes it: `2026-11-21T15:01:42Z`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0.div_euclid(SECONDS_OF_DAY));
        let second = self.0.rem_euclid(SECONDS_OF_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Year, month and day of the Gregorian calendar, `day` days after 1970-01-01.
///
/// Years are counted from March, so that the leap day is the last of its year; the 400 years of an era are alike.
#[allow(clippy::arithmetic_side_effects, reason = "no 64 bits of seconds make days enough to overflow")]
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + DAYS_FROM_ERA_TO_EPOCH;
    let (era, day) = (day.div_euclid(DAYS_OF_ERA), day.rem_euclid(DAYS_OF_ERA));
    let leap_days = day / (DAYS_OF_4_YEARS - 1) - day / DAYS_OF_CENTURY + day / (DAYS_OF_ERA - 1);
    let year = (day - leap_days) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // Months from March have 31, 30, 31, 30, 31 days again and again: 153 days in five months.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = year + 400 * era + i64::from(month >= 10);
    (year, if month < 10 { month + 3 } else { month - 9 }, day)
}

const SECONDS_OF_DAY: i64 = 86_400;
const DAYS_OF_4_YEARS: i64 = 1_461;
const DAYS_OF_CENTURY: i64 = 36_524;
const DAYS_OF_ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const DAYS_FROM_ERA_TO_EPOCH: i64 = 719_468;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn each_day_from_1850_to_2250_follows_the_day_before() {
        let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = |year, month| match month {
            2 => 28 + i64::from(leap(year)),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let mut expected = (1850, 1, 1);
        for day in -43_829..102_268 {
            assert_eq!(civil(day), expected, "day {day}");
            let (year, month, day) = expected;
            expected = match (month, day == length(year, month)) {
                (_, false) => (year, month, day + 1),
                (12, true) => (year + 1, 1, 1),
                (_, true) => (year, month + 1, 1),
            };
        }
        assert_eq!(expected, (2250, 1, 1));
    }

    #[test]
    fn a_time_is_printed_as_rfc_3339_has_it() {
        assert_eq!(Time(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Time(-1).to_string(), "1969-12-31T23:59:59Z");
        assert_eq!(Time(951_825_599).to_string(), "2000-02-29T11:59:59Z");
        assert_eq!(Time(253_402_300_799).to_string(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn the_ends_of_the_range_do_not_overflow() {
        let _ = (Time(i64::MAX).to_string(), Time(i64::MIN).to_string());
    }
}
