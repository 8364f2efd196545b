use std::collections::BTreeSet;

use nadwa_domain::conference::reading::Months;
use nadwa_domain::lang::Lang;
use nadwa_domain::time::{Instant, Span};

use super::*;

const AR: Reader = Reader::new(Lang::AR, Digits::Latin);
const AR_OWN: Reader = Reader::new(Lang::AR, Digits::ArabicIndic);
const EN: Reader = Reader::new(Lang::EN, Digits::Latin);
const FR: Reader = Reader::new(Lang::FR, Digits::Latin);
/// Doha.
const AHEAD: i32 = 180;
/// 23 May 2022, 10:30 in Doha, a Monday.
const MORNING: Instant = Instant(1_653_291_000_000);

#[track_caller]
fn check_plural(sentence: fn(Reader, u64) -> String, expected: [&str; 10]) {
    assert_eq!([0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map(|n| sentence(AR, n)), expected);
}

#[test]
fn arabic_counts_questions_waiting() {
    check_plural(
        desk::questions_waiting,
        [
            "لا أسئلة تنتظر",
            "سؤال واحد ينتظر",
            "سؤالان ينتظران",
            "3 أسئلة تنتظر",
            "10 أسئلة تنتظر",
            "11 سؤالًا ينتظر",
            "99 سؤالًا ينتظر",
            "100 سؤال ينتظر",
            "102 سؤال ينتظر",
            "103 أسئلة تنتظر",
        ],
    );
}

#[test]
fn arabic_counts_minutes_and_seconds() {
    check_plural(
        clock::minutes,
        [
            "لا دقائق",
            "دقيقة واحدة",
            "دقيقتان",
            "3 دقائق",
            "10 دقائق",
            "11 دقيقة",
            "99 دقيقة",
            "100 دقيقة",
            "102 دقيقة",
            "103 دقائق",
        ],
    );
    check_plural(
        clock::seconds,
        [
            "لا ثوانٍ",
            "ثانية واحدة",
            "ثانيتان",
            "3 ثوانٍ",
            "10 ثوانٍ",
            "11 ثانية",
            "99 ثانية",
            "100 ثانية",
            "102 ثانية",
            "103 ثوانٍ",
        ],
    );
}

#[test]
fn arabic_counts_votes_and_people() {
    check_plural(
        audience::votes,
        [
            "لا أصوات بعد",
            "صوت واحد",
            "صوتان",
            "3 أصوات",
            "10 أصوات",
            "11 صوتًا",
            "99 صوتًا",
            "100 صوت",
            "102 صوت",
            "103 أصوات",
        ],
    );
    check_plural(
        common::people,
        ["لا أحد", "شخص واحد", "شخصان", "3 أشخاص", "10 أشخاص", "11 شخصًا", "99 شخصًا", "100 شخص", "102 شخص", "103 أشخاص"],
    );
}

#[test]
fn english_and_french_count_too() {
    let votes = |r| [0, 1, 2, 1_000_000].map(|n| audience::votes(r, n));
    assert_eq!(votes(EN), ["no votes yet", "one vote", "2 votes", "1,000,000 votes"]);
    assert_eq!(votes(FR), ["aucun vote", "1 vote", "2 votes", "1\u{202F}000\u{202F}000 de votes"],);
}

#[test]
fn a_sentence_speaks_to_its_reader() {
    assert_eq!(audience::send(AR), "إرسال السؤال");
    assert_eq!(console::give_floor(AR, "مريم"), "إعطاء الكلمة إلى مريم");
    assert_eq!(console::card(AR_OWN, 3, 9), "بطاقة الكلام ٣ من ٩");
    let younger = Reader { younger: true, ..EN };
    assert_ne!(audience::notice(younger), audience::notice(EN));
    assert_eq!(audience::send(younger), audience::send(EN));
}

#[test]
fn a_name_in_other_letters_is_isolated_and_others_are_not() {
    assert_eq!(console::thank(AR, "Zoé"), "شكر \u{2068}Zoé\u{2069}");
    assert_eq!(console::thank(AR, "UNICEF قطر"), "شكر \u{2068}UNICEF قطر\u{2069}");
    assert_eq!(console::thank(EN, "مريم"), "Thank \u{2068}مريم\u{2069}");
    assert_eq!(console::thank(EN, "Zoé-Maëlle N’Diaye"), "Thank Zoé-Maëlle N’Diaye");
    assert_eq!(desk::waiting_since(AR, "0:40"), "منذ 0:40");
    assert_eq!(desk::waiting_since(AR, "+0:40"), "منذ \u{2068}+0:40\u{2069}");
    assert_eq!(audience::next_up(AR, "ماذا حدث؟"), "بعدها: ماذا حدث؟");
}

#[test]
fn names_stand_in_a_row() {
    assert_eq!(numbers::names(AR, &["مريم", "لينا", "سالم"]), "مريم ولينا وسالم");
    assert_eq!(numbers::names(EN, &["Mariam", "Lina", "Salem"]), "Mariam, Lina and Salem");
    assert_eq!(numbers::names(FR, &["Mariam"]), "Mariam");
    assert_eq!(numbers::names(FR, &[]), "");
}

#[test]
fn numbers_are_in_the_readers_digits() {
    assert_eq!(numbers::number(AR, 1_234), "1,234");
    assert_eq!(numbers::number(AR_OWN, 1_234_567), "١٬٢٣٤٬٥٦٧");
    assert_eq!(numbers::number(FR, -1_234), "-1\u{202F}234");
    assert_eq!(numbers::number(EN, 999), "999");
    // English has no digits of its own beside the Latin ones.
    assert_eq!(numbers::number(Reader::new(Lang::EN, Digits::ArabicIndic), 42), "42");
    // Marks that run left to right hold the dash, which Arabic digits at both its sides would turn.
    assert_eq!(numbers::range(AR_OWN, 80, 89), "٨٠\u{200E} – \u{200E}٨٩");
    assert_eq!([AR, EN].map(|r| numbers::percent(r, 52)), ["52%", "52%"]);
    assert_eq!(numbers::percent(FR, 52), "52\u{202F}%");
    assert_eq!(numbers::percent(AR_OWN, 52), "٥٢٪");
}

#[test]
fn typed_digits_of_every_keyboard_are_read() {
    assert_eq!(numbers::parse_digits("١٢٣٤٥٦"), "123456");
    assert_eq!(numbers::parse_digits("۱۲۳ قاعة 4"), "123 قاعة 4");
    assert_eq!(numbers::parse_code(" ٤٧١\u{A0}٩٢٦\u{200F}"), "471926");
    assert_eq!(numbers::parse_code("ab-1۲"), "AB12");
}

#[test]
fn codes_are_grouped() {
    assert_eq!(numbers::code(AR, "471926"), "471\u{A0}926");
    assert_eq!(numbers::code(AR_OWN, "471926"), "٤٧١\u{A0}٩٢٦");
    assert_eq!(numbers::code(EN, "4719"), "4719");
    assert_eq!(numbers::code(EN, "7QF4M2KX"), "7QF4\u{A0}M2KX");
}

#[test]
fn the_clock_counts_begun_seconds_and_then_up() {
    let shown = |ms| numbers::clock(EN, Span(ms));
    assert_eq!(shown(222_000), "3:42");
    assert_eq!([1_001, 1_000, 999, 1].map(shown), ["0:02", "0:01", "0:01", "0:01"]);
    assert_eq!([0, -1, -999].map(shown), ["0:00", "0:00", "0:00"]);
    assert_eq!([-1_000, -1_999, -2_000, -20_000].map(shown), ["+0:01", "+0:01", "+0:02", "+0:20"]);
    assert_eq!([3_599_001, 3_600_000, 3_725_000].map(shown), ["1:00:00", "1:00:00", "1:02:05"]);
    assert_eq!(shown(-3_725_000), "+1:02:05");
    assert_eq!(numbers::clock(AR_OWN, Span::seconds(222)), "٣:٤٢");
}

#[test]
fn a_clock_is_said_in_words() {
    assert_eq!(numbers::spoken_clock(AR, Span::minutes(2)), "بقيت دقيقتان");
    assert_eq!(numbers::spoken_span(AR, Span::seconds(222)), "3 دقائق و42 ثانية");
    assert_eq!(numbers::spoken_clock(AR, Span::seconds(3_661)), "بقيت ساعة واحدة ودقيقة واحدة وثانية واحدة");
    assert_eq!(numbers::spoken_span(EN, Span::seconds(222)), "3 minutes 42 seconds");
    assert_eq!(numbers::spoken_clock(EN, Span::seconds(-20)), "20 seconds over time");
    assert_eq!(numbers::spoken_clock(FR, Span::seconds(61)), "Il reste 1 minute 1 seconde");
    assert_eq!(numbers::spoken_span(EN, Span::ZERO), "no seconds");
    assert_eq!(numbers::spoken_clock(AR_OWN, Span::seconds(40)), "بقيت ٤٠ ثانية");
}

#[test]
fn times_and_dates_are_local() {
    assert_eq!(numbers::time_of_day(AR, MORNING, AHEAD), "10:30");
    assert_eq!(numbers::time_of_day(AR_OWN, MORNING - Span::minutes(90), AHEAD), "٩:٠٠");
    assert_eq!(numbers::date(AR, MORNING, AHEAD), "23 مايو");
    assert_eq!(numbers::date_with_year(EN, MORNING, AHEAD), "23 May 2022");
    assert_eq!(numbers::weekday_date(AR, MORNING, AHEAD), "الاثنين 23 مايو");
    assert_eq!(numbers::weekday_date(FR, MORNING, AHEAD), "lundi 23 mai");
    // Nine in the evening in London is midnight, and the next day, in Doha.
    let late = MORNING + Span::minutes(13 * 60 + 30);
    assert_eq!(
        (numbers::time_of_day(EN, late, AHEAD), numbers::date(EN, late, AHEAD)),
        ("0:00".into(), "24 May".into())
    );
}

#[test]
fn the_months_are_called_as_the_conference_calls_them() {
    let arabic = |months| numbers::month_names(Reader { months, ..AR }).join("، ");
    for (months, called) in [
        (Months::Gulf, "يناير، فبراير، مارس، أبريل، مايو، يونيو، يوليو، أغسطس، سبتمبر، أكتوبر، نوفمبر، ديسمبر"),
        (
            Months::Levant,
            "كانون الثاني، شباط، آذار، نيسان، أيار، حزيران، تموز، آب، أيلول، تشرين الأول، تشرين الثاني، كانون الأول",
        ),
        (Months::Maghreb, "جانفي، فيفري، مارس، أفريل، ماي، جوان، جويلية، أوت، سبتمبر، أكتوبر، نوفمبر، ديسمبر"),
        (Months::Morocco, "يناير، فبراير، مارس، أبريل، ماي، يونيو، يوليوز، غشت، شتنبر، أكتوبر، نونبر، دجنبر"),
    ] {
        assert_eq!(arabic(months), called);
    }
    let both = numbers::month_names(Reader { months: Months::Both, ..AR });
    let [levant, gulf] = [Months::Levant, Months::Gulf].map(|months| numbers::month_names(Reader { months, ..AR }));
    for (place, both) in both.iter().enumerate() {
        assert_eq!(*both, format!("{}/{}", levant[place], gulf[place]));
    }
    for months in Months::ALL {
        assert_eq!(Months::parse(months.as_str()), Some(months));
        for r in [EN, FR] {
            assert_eq!(numbers::month_names(Reader { months, ..r }), numbers::month_names(r), "one way alone");
        }
    }
    let levant = Reader { months: Months::Levant, ..AR_OWN };
    assert_eq!(numbers::weekday_date(levant, MORNING, AHEAD), "الاثنين ٢٣ أيار");
    assert_eq!(serde_json::to_string(&levant).unwrap(), "\"ar-arab\"", "no phone has to know of it");
}

#[test]
fn the_calendar_knows_leap_years_and_the_first_of_a_month() {
    let day = |days: i64| numbers::date_with_year(FR, Instant(days * 86_400_000), 0);
    assert_eq!(
        [0, 11_016, 11_017, 19_782, -1].map(day),
        ["1er janvier 1970", "29 février 2000", "1er mars 2000", "29 février 2024", "31 décembre 1969",]
    );
}

#[test]
fn a_reader_is_one_short_tag_on_the_wire() {
    for (r, tag) in [(AR, "\"ar\""), (AR_OWN, "\"ar-arab\""), (Reader { younger: true, ..FR }, "\"fr-younger\"")] {
        assert_eq!(serde_json::to_string(&r).unwrap(), tag);
        assert_eq!(serde_json::from_str::<Reader>(tag).unwrap(), r);
    }
    assert_eq!(serde_json::from_str::<Reader>("\"xx-strange\"").unwrap(), Reader::default());
    assert_eq!(["latn", "arab", "ar"].map(Digits::parse), [Some(Digits::Latin), Some(Digits::ArabicIndic), None]);
    assert_eq!(Digits::ArabicIndic.as_str(), "arab");
}

/// The letters are the sentence's own; nearly each has its mark; and whoever wishes none reads none (`A13`).
#[test]
fn vowels_are_the_readers_choice_and_change_no_letter() {
    const ALL: &str = include_str!("../../locales/ar.vowels.txt");
    let bare = |text: &str| vowels::letters(text).collect::<String>();
    let sentences: BTreeSet<String> =
        include_str!("../../locales/ar.toml").lines().filter_map(|line| line.split('"').nth(1)).map(bare).collect();
    for line in ALL.lines() {
        assert!(sentences.contains(&bare(line)), "no sentence is written so: {line}");
        let letters = bare(line).chars().filter(|c| c.is_alphabetic()).count();
        let marks = line.chars().count() - bare(line).chars().count();
        assert!(marks * 2 > letters, "hardly a mark: {line}");
    }
    assert_eq!(ALL.lines().map(bare).collect::<BTreeSet<_>>().len(), ALL.lines().count(), "each once");
    let with = Reader { vowels: true, ..AR };
    assert_eq!(audience::send(AR), "إرسال السؤال");
    assert_eq!(audience::send(with), "إِرْسَالُ السُّؤَالِ");
    assert_eq!(
        landing::promise_reading(Reader { younger: true, ..with }),
        "شَخْصٌ كَبِيرٌ مُدَرَّبٌ يَقْرَأُ السُّؤَالَ أَوَّلًا. ثُمَّ يَخْتَارُ الْأَطْفَالُ مَا نَرَاهُ عَلَى الشَّاشَةِ."
    );
    assert_eq!(audience::send(Reader { vowels: true, ..EN }), audience::send(EN));
    assert_eq!(Reader::from(String::from(with)), with, "islands are told");
}

#[test]
fn the_four_promises_have_at_most_eighty_words() {
    for r in [AR, EN, FR].into_iter().flat_map(|r| [r, Reader { younger: true, ..r }]) {
        let page = [
            landing::promise_children(r),
            landing::promise_reading(r),
            landing::promise_nothing(r),
            landing::promise_stop(r),
        ];
        let words = page.iter().flat_map(|promise| promise.split_whitespace()).count();
        assert!(words <= 80, "{words} words: {page:?}");
    }
}

#[test]
fn secrecy_is_named_only_where_it_is_not_promised() {
    let secret = ["سرّ", "أسرار", "كتمان", "secret", "confiden", "garder pour nous", "to ourselves"];
    for (key, _, texts) in ALL {
        let names_it = texts.iter().any(|text| secret.iter().any(|word| text.contains(word)));
        // The phrase that organizers sign in with is nobody's confidence.
        let words_of_sign_in = key.starts_with("access.") || *key == "refusal.weak_secret";
        assert!(
            !names_it || words_of_sign_in || ["help.no_secret", "safeguarding.guide"].contains(key),
            "{key}: {texts:?}"
        );
    }
}

#[test]
fn the_translators_page_has_context_and_every_form() {
    let row = |key: &str| ALL.iter().find(|(k, ..)| *k == key).unwrap();
    assert!(row("audience.notice").1.contains("no secrecy"));
    assert_eq!(row("audience.votes").2[1], "zero: no votes yet\none: one vote\nother: {n} votes");
    assert_eq!(row("date.months").2[0].split(" · ").nth(4), Some("مايو"));
}
