//! The Hijri calendar (Umm al-Qura), told beside the Gregorian one where a conference wishes it (`L16`).
//!
//! On the server alone: its tables are too heavy for a phone.

use icu_calendar::Date;
use icu_calendar::cal::Hijri;
use nadwa_app::words::numbers::HijriDay;
use nadwa_domain::{Instant, Span};

/// The day of an instant where the clocks are `utc_offset` minutes ahead of UTC.
#[must_use]
pub fn hijri(at: Instant, utc_offset: i32) -> Option<HijriDay> {
    let days = (at + Span::minutes(i64::from(utc_offset))).0.div_euclid(Span::minutes(24 * 60).0);
    let epoch = Date::try_new_iso(1970, 1, 1).ok()?.to_rata_die();
    let date = Date::from_rata_die(epoch + days, Hijri::new_umm_al_qura());
    Some(HijriDay {
        year: i64::from(date.year().extended_year()),
        month: date.month().ordinal,
        day: date.day_of_month().0,
    })
}

#[cfg(test)]
mod tests {
    use nadwa_app::words::{Digits, Reader, numbers};
    use nadwa_domain::Lang;

    use super::*;

    #[test]
    fn the_second_day_of_the_conference_was_in_shawwal() {
        // 23 May 2022, 21:30 in Doha: 22 Shawwal 1443; three hours later it is the 23rd.
        let evening = Instant(1_653_330_600_000);
        let day = hijri(evening, 180).unwrap();
        assert_eq!(day, HijriDay { year: 1443, month: 10, day: 22 });
        assert_eq!(hijri(evening + Span::minutes(180), 180).unwrap().day, 23);
        let said = |lang, digits| numbers::hijri(Reader::new(lang, digits), day);
        assert_eq!(said(Lang::AR, Digits::Latin), "22 شوال 1443 للهجرة");
        assert_eq!(said(Lang::AR, Digits::ArabicIndic), "٢٢ شوال ١٤٤٣ للهجرة");
        assert_eq!(said(Lang::EN, Digits::Latin), "22 Shawwal 1443 AH");
    }

    #[test]
    fn a_new_year_begins_with_muharram() {
        // 30 July 2022.
        assert_eq!(hijri(Instant(1_659_139_200_000), 0), Some(HijriDay { year: 1444, month: 1, day: 1 }));
    }
}
