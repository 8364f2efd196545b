use nadwa_domain::lang::Plurals;

use super::*;
use crate::words::notes;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn plural<const N: usize>(forms: [(&str, &str); N]) -> Value {
    Value::Plural(forms.into_iter().map(|(form, text)| (form.to_owned(), text.to_owned())).collect())
}

fn file<const N: usize>(tag: &'static str, plurals: Plurals, values: [(&str, Value); N]) -> Sentences {
    let values: BTreeMap<Key, Value> =
        values.into_iter().map(|(key, value)| (("audience".to_owned(), key.to_owned()), value)).collect();
    let lines: Vec<String> = values.keys().map(|(_, key)| format!("{key} = …")).collect();
    let places = notes::places(&format!("[audience]\n{}", lines.join("\n")));
    Sentences { file: format!("{tag}.toml"), tag, plurals, values, places }
}

fn arabic<const N: usize>(values: [(&str, Value); N]) -> Sentences {
    file("ar", Plurals::Arabic, values)
}

fn french<const N: usize>(values: [(&str, Value); N]) -> Sentences {
    file("fr", Plurals::French, values)
}

#[track_caller]
fn check<const N: usize>(files: &[Sentences], expected: [&str; N]) {
    assert_eq!(faults(files), expected);
}

fn six() -> Value {
    plural([
        ("zero", "لا أصوات"),
        ("one", "صوت واحد"),
        ("two", "صوتان"),
        ("few", "{n} أصوات"),
        ("many", "{n} صوتًا"),
        ("other", "{n} صوت"),
    ])
}

#[test]
fn a_missing_and_a_surplus_key_are_named_with_their_file() {
    let files = [arabic([("send", text("إرسال السؤال"))]), french([("sned", text("Envoyer"))])];
    check(&files, ["fr.toml: audience.send: is missing", "fr.toml:2: audience.sned: is not in ar.toml"]);
}

#[test]
fn placeholders_must_be_those_of_the_source() {
    let source = arabic([("give", text("إعطاء الكلمة إلى {name}"))]);
    check(&[source.clone(), french([("give", text("Donner la parole à {name}"))])], []);
    check(
        &[source, french([("give", text("Donner la parole à {nom}"))])],
        ["fr.toml:2: audience.give: has {nom}, the source has {name}"],
    );
}

#[test]
fn every_plural_form_of_the_language_is_there() {
    check(&[arabic([("votes", six())])], []);
    let Value::Plural(mut five) = six() else { unreachable!("six() has plural forms") };
    five.remove("few");
    check(&[arabic([("votes", Value::Plural(five))])], ["ar.toml:2: audience.votes: lacks the plural form .few"]);
    let short = french([("votes", plural([("one", "{n} vote"), ("other", "{n} votes")]))]);
    check(&[arabic([("votes", six())]), short], ["fr.toml:2: audience.votes: lacks the plural form .many"]);
    let strange = [("one", "{n} vote"), ("few", "{n} votes"), ("many", "{n} de votes"), ("other", "{n} votes")];
    check(
        &[arabic([("votes", six())]), french([("votes", plural(strange))])],
        ["fr.toml:2: audience.votes: .few is not a plural form of this language"],
    );
}

#[test]
fn a_form_for_several_numbers_says_the_number() {
    // French «one» is 0 and 1, unless nothing has words of its own.
    let bare = [("one", "un vote"), ("many", "{n} de votes"), ("other", "{n} votes")];
    check(
        &[arabic([("votes", six())]), french([("votes", plural(bare))])],
        ["fr.toml:2: audience.votes: .one must have {n}: it stands for several numbers"],
    );
    let with_zero = [("zero", "aucun vote"), ("one", "un vote"), ("many", "{n} de votes"), ("other", "{n} votes")];
    check(&[arabic([("votes", six())]), french([("votes", plural(with_zero))])], []);
}

#[test]
fn a_sentence_stays_a_sentence_and_a_plural_a_plural() {
    check(
        &[arabic([("votes", six())]), french([("votes", text("{n} votes"))])],
        ["fr.toml:2: audience.votes: is of another kind than in the source (a text, plural forms, a list)"],
    );
    let months = |n| Value::List(vec!["مايو".to_owned(); n]);
    check(
        &[arabic([("months", months(12))]), french([("months", months(11))])],
        ["fr.toml:2: audience.months: has 11 words, the source has 12"],
    );
}

#[test]
fn arabic_buttons_give_no_orders_to_a_man_or_a_woman() {
    for order in ["اضغطي هنا", "ثم واكتب السؤال", "أَرْسِلْ السؤال", "أدخل الرمز"]
    {
        let found = faults(&[arabic([("send", text(order))])]);
        assert!(found.len() == 1 && found[0].contains("a verbal noun, please"), "{order}: {found:?}");
    }
    // Words that only look alike: «I write», «the sender», «choice», «it was closed».
    check(&[arabic([("send", text("أكتب، والمرسل، واختيار، وإرسال، أُغلق التصويت"))])], []);
}

#[test]
fn no_digits_stretched_letters_or_invisible_characters() {
    let wrong = |sentence: &str| faults(&[arabic([("wait", text(sentence))])]).join("; ");
    for digit in ["خلال 10 ثوانٍ", "خلال ١٠ ثوانٍ", "خلال ۱۰ ثوانٍ"] {
        assert!(wrong(digit).contains("has a digit"), "{digit}");
    }
    assert!(wrong("ســـؤال").contains("has a stretched letter"));
    assert!(wrong("سؤال\u{200F}").contains("has an invisible character"));
    assert!(wrong("لماذا?").contains("has Latin punctuation"));
    assert!(wrong(" سؤال").contains("without spaces at its ends"));
    assert!(wrong("سؤال {").contains("a brace that is not a placeholder"));
}

#[test]
fn a_younger_wording_needs_its_older_one() {
    check(
        &[arabic([("notice_younger", text("شخص كبير يقرأ"))])],
        ["ar.toml:2: audience.notice_younger: is a younger wording of notice, which does not exist"],
    );
    check(&[arabic([("notice", text("شخص بالغ يقرأ")), ("notice_younger", text("شخص كبير يقرأ"))])], []);
}

#[test]
fn a_key_is_not_a_word_of_rust() {
    check(
        &[arabic([("break", text("استراحة"))])],
        ["ar.toml:2: audience.break: is a word of Rust; another key, please"],
    );
    check(
        &[arabic([("Send", text("إرسال"))])],
        ["ar.toml:2: audience.Send: a key is small Latin letters, digits and _"],
    );
}
