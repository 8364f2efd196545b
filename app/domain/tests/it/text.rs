//! Texts: cleaned of what deceives, bounded by what a reader counts, otherwise left as they were written (`S20`).

use nadwa_domain::Refusal;
use nadwa_domain::text::{Line, QuestionText, clean};

#[test]
fn what_a_child_wrote_is_left_as_it_is() {
    for text in [
        "كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟",
        "هل المدرسه مسؤوله عن حمايه الاطفال علي الانترنت",
        "ما رأي UNICEF في تطبيق «ساعدني»؟",
        "الجلسة من 10:30 إلى 11:15، والسؤال 3/10 أم ٣ من ١٠؟",
        "سُؤَالٌ مُهِمٌّ جِدًّا",
        "shu lazem na3mel ta nsa3ed el atfal el laji2in?",
        "Is the word \"أمان\" the same as safety?",
        "can kids be the boss of the conference every year? 😀",
        "Zoé-Maëlle N’Diaye",
        "family: 👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    ] {
        assert_eq!(question(text), Ok(text.to_owned()));
    }
}

#[test]
fn what_turns_the_direction_round_is_removed() {
    assert_eq!(question("\u{202e}gnp.sredro\u{202c} سؤال عادي"), Ok("gnp.sredro سؤال عادي".to_owned()));
    for control in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').chain(['\u{200e}', '\u{200f}', '\u{061c}'])
    {
        assert_eq!(question(&format!("سؤ{control}ال")), Ok("سؤال".to_owned()), "{control:?}");
    }
}

#[test]
fn at_most_four_marks_stay_on_one_letter_whatever_stands_between_them() {
    for between in ["", "\u{200c}", "\u{200d}", "\u{200b}", "\u{fe0f}", "\u{e0067}", "\u{200c}\u{fe0f}"] {
        let piled = format!("س{}ؤال", format!("\u{0651}{between}").repeat(600));
        let kept = question(&piled).unwrap();
        let marks = kept.chars().filter(|c| *c == '\u{0651}').count();
        assert!(marks <= 4, "{marks} marks with {between:?} between");
    }
}

#[test]
fn invisible_characters_do_not_pile_up_on_one_letter() {
    for unseen in ["\u{200c}", "\u{200d}", "\u{200b}", "\u{fe0f}", "\u{2060}", "\u{e0067}"] {
        let padded = format!("س{}ؤال", unseen.repeat(1000));
        assert!(clean(&padded).chars().count() <= 4 + 4, "{unseen:?}");
    }
}

#[test]
fn many_spaces_and_lines_are_one_space() {
    assert_eq!(question("  سؤال \n\n\t آخر\u{3000} "), Ok("سؤال آخر".to_owned()));
}

#[test]
fn a_cleaned_text_is_clean() {
    for text in
        ["سؤ\u{202e}ال", " \u{0651}س", "س\u{200c}\u{200c}", "a\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}", "\u{200d}س"]
    {
        assert_eq!(clean(&clean(text)), clean(text), "{text:?}");
    }
}

#[test]
fn a_question_is_as_long_as_a_reader_counts() {
    let text = "س".repeat(281);
    assert_eq!(question(&text), Err(Refusal::TooLong { length: 281, limit: 280 }));
    let counted_otherwise = QuestionText::parse(&text, |_| 280);
    assert_eq!(counted_otherwise.map(|text| text.as_str().len()), Ok(text.len()));
}

#[test]
fn a_line_is_shorter_than_a_question() {
    let line = |text: &str| Line::parse(text, |text| text.chars().count()).map(|line| line.as_str().to_owned());
    assert_eq!(line(" آمنة\u{200b} "), Ok("آمنة".to_owned()));
    assert_eq!(line(&"س".repeat(161)), Err(Refusal::TooLong { length: 161, limit: 160 }));
    assert_eq!(line(""), Err(Refusal::Empty));
    assert_eq!(line("…"), Err(Refusal::NeedsWords));
}

fn question(raw: &str) -> Result<String, Refusal> {
    QuestionText::parse(raw, |text| text.chars().count()).map(|text| text.as_str().to_owned())
}
