//! The clock, and how HTTP writes what it says.
use std::time::{SystemTime, UNIX_EPOCH};
use x509::Time;

/// The present. A clock before 1970 says 1970.
pub(crate) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`: an IMF-fixdate (RFC 9110 §5.6.7).
pub(crate) fn imf_fixdate(time: Time) -> String {
    let text = time.to_string(); // 1994-11-06T08:49:37Z
    let (date, clock) = text.split_once('T').unwrap_or_default();
    let (year_month, day) = date.rsplit_once('-').unwrap_or_default();
    let (year, month) = year_month.rsplit_once('-').unwrap_or_default();
    // 1 January 1970 was a Thursday.
    let day_name = name("Thu Fri Sat Sun Mon Tue Wed", time.0.div_euclid(86_400).rem_euclid(7));
    let month = name("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", month.parse().unwrap_or(1) - 1);
    format!("{day_name}, {day} {month} {year} {} GMT", clock.trim_end_matches('Z'))
}

fn name(names: &'static str, at: i64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| names.split(' ').nth(at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_known_from_elsewhere_come_out_right() {
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), // the example of RFC 9110 §5.6.7
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(imf_fixdate(Time(seconds)), text);
        }
    }
}
