//! Working papers: written by children, read by others, changed by nobody else.

mod erasing;
mod naming;
mod story;

use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{FileId, PersonId};
use nadwa_domain::paper::act::{Consent, Credit, DeclineReason, NewFile, PaperAct, Publish, may};
use nadwa_domain::paper::field::{Field, PaperText};
use nadwa_domain::paper::file::FileKind;
use nadwa_domain::paper::{Paper, State};
use nadwa_domain::{Lang, Refusal, Span};
use uuid::Uuid;

use crate::support::cast::{
    A_PAPER, AUTHOR, CO_MODERATOR, DEPUTY, LEAD, MENTOR, MODERATOR, ORGANIZER, PHONE, PRESENTER, SARA, SERVER, STEWARD,
    TIMEKEEPER, phone,
};
use story::{Story, accept, accepted, call, comment, publish, ready_to_send, saving, sent, settle, text};

const SEEN: &str = "سألنا أربعين طفلًا. أغلبهم لا يعرف الرقم.";

#[test]
fn nobody_but_its_authors_changes_a_letter() {
    let story = accepted();
    let others = [
        ORGANIZER,
        MENTOR,
        STEWARD,
        LEAD,
        DEPUTY,
        MODERATOR,
        CO_MODERATOR,
        TIMEKEEPER,
        PRESENTER,
        SERVER,
        phone(PHONE),
    ];
    for who in others {
        for act in one_of_each().into_iter().filter(changes_the_paper) {
            assert!(!may(who, &act), "{who:?} {act:?}");
            story.refused(who, &act, Refusal::NotYours);
        }
    }
    // And what they may do leaves every letter as it is.
    for who in [ORGANIZER, MENTOR] {
        for act in one_of_each().into_iter().filter(|act| may(who, act)) {
            let before = story.paper.sheet();
            if let Ok(after) = story.clone().try_act(who, &act) {
                assert_eq!(after.paper.sheet(), before, "{who:?} {act:?}");
            }
        }
    }
}

#[test]
fn authors_do_not_accept_decline_or_call_their_own_paper_ready() {
    for act in one_of_each().into_iter().filter(|act| !changes_the_paper(act)) {
        let own = matches!(act, PaperAct::Comment(_));
        assert_eq!(may(AUTHOR, &act), own, "{act:?}");
    }
}

#[test]
fn a_paper_is_sent_while_the_call_is_open() {
    let early = ready_to_send().at(call().opens_at - Span(1));
    early.refused(AUTHOR, &PaperAct::Submit, Refusal::CallNotOpen { at: call().opens_at });
    let late = ready_to_send().at(call().closes_at);
    late.refused(AUTHOR, &PaperAct::Submit, Refusal::CallClosed { at: call().closes_at });
    assert_eq!(
        ready_to_send().at(call().closes_at - Span(1)).act(AUTHOR, PaperAct::Submit).paper.state,
        State::Submitted
    );
    ready_to_send().without_call().refused(AUTHOR, &PaperAct::Submit, Refusal::NoCall);
}

#[test]
fn a_pass_can_carry_an_extension() {
    let until = call().closes_at + Span::minutes(60);
    let late = ready_to_send().at(until - Span(1)).late_until(until);
    assert_eq!(late.clone().act(AUTHOR, PaperAct::Submit).paper.state, State::Submitted);
    late.at(until).refused(AUTHOR, &PaperAct::Submit, Refusal::CallClosed { at: until });
}

#[test]
fn a_change_that_was_asked_for_may_be_sent_after_the_call_has_closed() {
    let asked = sent().act(MENTOR, PaperAct::AskChange(text("كم طفلًا أجاب؟")));
    assert_eq!(asked.paper.state, State::ChangeAsked);
    let changed = asked.at(call().closes_at + Span::minutes(5)).saves(Field::Seen, "سألنا 40 طفلًا.");
    assert_eq!(changed.act(AUTHOR, PaperAct::Submit).paper.state, State::Submitted);
}

#[test]
fn a_paper_that_is_sent_has_a_title_a_text_and_a_name() {
    let empty = Story::new();
    empty.refused(AUTHOR, &PaperAct::Submit, Refusal::NeedsTitle);
    let titled = empty.saves(Field::Title(Lang::AR), "خط كما نتمناه");
    titled.refused(AUTHOR, &PaperAct::Submit, Refusal::NeedsText);
    let written = titled.saves(Field::Seen, SEEN);
    written.refused(AUTHOR, &PaperAct::Submit, Refusal::NeedsAuthor);
    let named = written.act(AUTHOR, PaperAct::AddAuthor(SARA));
    assert_eq!(named.act(AUTHOR, PaperAct::Submit).paper.state, State::Submitted);
}

#[test]
fn a_long_paper_is_kept_and_not_sent() {
    let long = "كلمة ".repeat(901);
    let story = ready_to_send().saves(Field::Think, &long);
    assert_eq!(story.paper.texts[&Field::Think].text.split(' ').count(), 901, "what was typed is kept");
    let words = 901 + 7;
    story.refused(AUTHOR, &PaperAct::Submit, Refusal::TooManyWords { words, limit: 900 });
    let endless = saving(story.paper.version, Field::Body, &"كلمة ".repeat(11_992));
    assert!(matches!(story.decide(AUTHOR, &endless), Err(Refusal::TooManyWords { limit: 12_000, .. })));
}

#[test]
fn two_tablets_write_one_draft_and_no_sentence_is_lost() {
    let story = Story::new().saves(Field::Seen, "سألنا الأطفال. الرد بطيء.");
    let base = story.paper.version;
    let first = story.act(AUTHOR, saving(base, Field::Seen, "سألنا الأطفال. نريد الكتابة. الرد بطيء."));
    let both = first.act(AUTHOR, saving(base, Field::Seen, "سألنا الأطفال. الرد بطيء. نريد صورة."));
    let text = &both.paper.texts[&Field::Seen].text;
    assert_eq!(text, "سألنا الأطفال. نريد الكتابة. الرد بطيء. نريد صورة.");
}

#[test]
fn a_tablet_that_was_away_for_long_loses_nothing_and_takes_nothing_away() {
    let mut story = Story::new().saves(Field::Seen, "أول.");
    let base = story.paper.version;
    for n in 0..60 {
        story = story.saves(Field::Seen, &format!("أول. جملة رقم {n}."));
    }
    let both = story.act(AUTHOR, saving(base, Field::Seen, "أول. كتبتُ هذا في الحافلة."));
    assert_eq!(both.paper.texts[&Field::Seen].text, "أول. جملة رقم 59. كتبتُ هذا في الحافلة.");
}

#[test]
fn the_same_save_twice_is_one() {
    let story = Story::new().saves(Field::Seen, SEEN);
    assert_eq!(story.decide(AUTHOR, &saving(0, Field::Seen, SEEN)), Ok(vec![]));
}

#[test]
fn others_read_what_was_sent_and_never_the_draft() {
    let story = sent().saves(Field::Seen, "لم نرسل هذا بعد.");
    assert_eq!(story.paper.sent().unwrap().sheet.text(Field::Seen), SEEN);
    assert!(Story::new().saves(Field::Seen, SEEN).paper.sent().is_none());
    Story::new().refused(MENTOR, &comment("", ""), Refusal::PaperPast);
}

#[test]
fn a_suggestion_changes_the_text_by_the_authors_hand_alone() {
    let story = sent().act(MENTOR, comment("أربعين طفلًا", "40 طفلًا وطفلة"));
    assert_eq!(story.paper.sheet().text(Field::Seen), SEEN, "beside the text, not in it");
    story.refused(MENTOR, &settle(true), Refusal::NotYours);
    let left = story.clone().act(AUTHOR, settle(false));
    assert_eq!(left.paper.sheet().text(Field::Seen), SEEN);
    let taken = story.act(AUTHOR, settle(true));
    assert_eq!(taken.paper.sheet().text(Field::Seen), "سألنا 40 طفلًا وطفلة. أغلبهم لا يعرف الرقم.");
    assert_eq!(taken.paper.comments[0].taken, Some(true));
}

#[test]
fn a_suggestion_is_about_words_that_stand_there() {
    sent().refused(MENTOR, &comment("كلمات أخرى", "شيء"), Refusal::NotInText);
    let gone = sent().act(MENTOR, comment("أربعين طفلًا", "40")).saves(Field::Seen, "نص جديد.");
    gone.refused(AUTHOR, &settle(true), Refusal::NotInText);
}

#[test]
fn what_is_accepted_is_the_version_that_was_read() {
    let read = sent().paper.submitted.unwrap();
    let changed = sent().saves(Field::Seen, "نص جديد.").act(AUTHOR, PaperAct::Submit);
    changed.refused(ORGANIZER, &accept(read), Refusal::AlreadyMoved { by: AUTHOR.role() });
    let now = changed.paper.submitted.unwrap();
    assert_eq!(changed.act(ORGANIZER, accept(now)).paper.state, State::Accepted);
}

#[test]
fn after_it_was_accepted_a_change_waits_to_be_read() {
    let story = accepted().act(AUTHOR, publish(Publish::Whole, Credit::Names)).saves(Field::Seen, "نص جديد.");
    let shown = |story: &Story| story.paper.public().unwrap().whole.unwrap().text(Field::Seen).to_owned();
    assert_eq!(shown(&story), SEEN);
    let again = story.act(AUTHOR, PaperAct::Submit);
    assert_eq!((again.paper.state, again.paper.change_waits()), (State::Accepted, true));
    assert_eq!(shown(&again), SEEN);
    let version = again.paper.submitted.unwrap();
    let taken = again.act(ORGANIZER, accept(version));
    assert_eq!((shown(&taken).as_str(), taken.paper.change_waits()), ("نص جديد.", false));
}

#[test]
fn authors_take_their_paper_back_at_any_time() {
    for story in [Story::new(), ready_to_send(), sent(), accepted()] {
        let back = story.act(AUTHOR, PaperAct::Withdraw);
        assert_eq!(back.paper.state, State::Withdrawn);
        assert!(back.paper.public().is_none() && back.paper.sent().is_none() && back.paper.pages().is_empty());
        assert_eq!(back.decide(AUTHOR, &PaperAct::Withdraw), Ok(vec![]));
    }
}

#[test]
fn declining_takes_a_kind_reason_in_words() {
    let decline = |words| PaperAct::Decline { reason: DeclineReason::NoRoom, words: text(words) };
    sent().refused(ORGANIZER, &decline(""), Refusal::Empty);
    let declined = sent().act(ORGANIZER, decline("أوراق كثيرة ووقت قليل. سننشرها في الكتيّب إن أردتم."));
    assert_eq!(declined.paper.state, State::Declined);
    declined.refused(AUTHOR, &PaperAct::Submit, Refusal::PaperPast);
}

#[test]
fn public_is_what_the_authors_chose() {
    let title = accepted();
    let seen = title.paper.public().unwrap();
    assert!(seen.summary.0.is_empty() && seen.whole.is_none() && seen.files.is_empty());
    assert_eq!(title.credited(), []);
    let some = title.act(AUTHOR, publish(Publish::Summary, Credit::Group));
    let seen = some.paper.public().unwrap();
    assert!(!seen.summary.0.is_empty() && seen.whole.is_none());
    assert_eq!(some.credited(), [PersonId(A_PAPER.0)]);
    assert!(some.act(AUTHOR, publish(Publish::Whole, Credit::Names)).paper.public().unwrap().whole.is_some());
}

#[test]
fn a_name_is_shown_while_guardians_agree() {
    let story = accepted().act(AUTHOR, publish(Publish::Title, Credit::Names));
    assert_eq!(story.credited(), []);
    let note = |consent| PaperAct::NoteConsent { person: SARA, consent };
    let given = story.act(ORGANIZER, note(Consent::Given));
    assert_eq!(given.credited(), [SARA]);
    assert_eq!(given.act(ORGANIZER, note(Consent::Withdrawn)).credited(), []);
}

#[test]
fn a_file_that_its_authors_take_off_is_nowhere_any_more() {
    let file = FileId(Uuid::from_u128(5));
    let new = NewFile { id: file, kind: FileKind::Jpeg, bytes: 9, pages: 1, anew: true, name: text("صورة.jpg") };
    let story = ready_to_send().act(AUTHOR, PaperAct::AddFile(Box::new(new))).act(AUTHOR, PaperAct::Submit);
    let version = story.paper.submitted.unwrap();
    let story = story.act(ORGANIZER, accept(version));
    assert_eq!(story.paper.pages().len(), 1);
    assert!(story.act(AUTHOR, PaperAct::RemoveFile(file)).paper.pages().is_empty());
}

#[test]
fn versions_are_kept_one_a_sitting_and_each_that_was_sent() {
    let story =
        sent().saves(Field::Seen, "أ.").saves(Field::Seen, "أ. ب.").wait(Span::minutes(30)).saves(Field::Seen, "ج.");
    let numbers: Vec<_> = story.paper.versions.iter().map(|version| (version.number, version.sent)).collect();
    assert_eq!(numbers, [(3, true), (5, false), (6, false)]);
}

#[test]
fn words_that_need_explaining_are_told() {
    let story = Story::new()
        .saves(Field::Seen, "سألنا UNICEF وCRC عن 919.")
        .saves(Field::Glossary, "CRC: اتفاقية حقوق الطفل\nكلمة بلا شرح");
    let sheet = story.paper.sheet();
    assert_eq!(sheet.glossary(), [("CRC".to_owned(), "اتفاقية حقوق الطفل".to_owned())]);
    assert_eq!(sheet.unexplained(), ["UNICEF"]);
}

#[test]
fn overrides_are_taken_out_of_a_title_and_lines_stay_in_a_text() {
    let title = PaperText::parse(Field::Title(Lang::AR), "\u{202e}خط\u{202c}\nالمساندة\u{200b}", |t| {
        t.chars().count()
    });
    assert_eq!(title.unwrap().as_str(), "خط المساندة");
    let body =
        PaperText::parse(Field::Body, "## عنوان\r\n\r\n\r\n- أول \n- ثان\u{202e}\n", |t| t.chars().count());
    assert_eq!(body.unwrap().as_str(), "## عنوان\n\n- أول\n- ثان");
}

#[test]
fn erased_words_leave_a_paper_that_still_stands() {
    let mut blanked = Paper::new(A_PAPER);
    for entry in &accepted().entries {
        blanked.apply(&Entry { words: nadwa_domain::Words::none(), ..entry.clone() });
    }
    assert_eq!(blanked.state, State::Accepted);
    assert!(blanked.public().unwrap().title.0.is_empty());
}

fn changes_the_paper(act: &PaperAct) -> bool {
    use PaperAct as A;
    match act {
        A::Save(_) | A::AddAuthor(_) | A::RemoveAuthor(_) | A::Submit | A::Withdraw | A::Settle { .. } => true,
        A::Publish { .. } | A::AddFile(_) | A::RemoveFile(_) => true,
        A::Comment(_) | A::AskChange(_) | A::Ready { .. } | A::Accept(_) => false,
        A::Decline { .. } | A::NoteConsent { .. } | A::KnowAuthor { .. } | A::Erase => false,
    }
}

fn one_of_each() -> Vec<PaperAct> {
    let new = NewFile {
        id: FileId(Uuid::from_u128(5)),
        kind: FileKind::Pdf,
        bytes: 9,
        pages: 0,
        anew: true,
        name: text("a.pdf"),
    };
    vec![
        saving(0, Field::Seen, "غيّرناها."),
        PaperAct::AddAuthor(PersonId(Uuid::from_u128(9))),
        PaperAct::RemoveAuthor(SARA),
        PaperAct::Submit,
        PaperAct::Withdraw,
        comment("", ""),
        settle(true),
        PaperAct::AskChange(text("كم؟")),
        PaperAct::Ready { version: 3 },
        accept(3),
        PaperAct::Decline { reason: DeclineReason::NoRoom, words: text("شكرًا") },
        publish(Publish::Whole, Credit::Names),
        PaperAct::NoteConsent { person: SARA, consent: Consent::Given },
        PaperAct::KnowAuthor { person: SARA, of: Some(PersonId(Uuid::from_u128(9))) },
        PaperAct::AddFile(Box::new(new)),
        PaperAct::RemoveFile(FileId(Uuid::from_u128(5))),
    ]
}
