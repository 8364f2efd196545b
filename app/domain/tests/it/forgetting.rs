//! Forgetting: names leave `people`, words are blanked in place, and everything that remains still renders.

use nadwa_domain::Lang;
use nadwa_domain::entry::{Entry, Words};
use nadwa_domain::view::mine::MyState;
use nadwa_domain::view::screen::Shown;

use crate::support::cast::{ONE, OTHER_PHONE, PAPER, PHONE, POLL, SARA, THREE, TWO, words_of};
use crate::support::press::{
    asks, ballots, chosen, desk, floor, open, passed, poll_closed, poll_opened, poll_shown, shown, start_timer, wait,
};
use crate::support::{Story, given, json};

#[test]
fn a_forgotten_name_is_left_out_and_the_rest_stays() {
    let mut story = given([open(), floor(PAPER), start_timer()]);
    story.names.remove(&SARA);
    assert_eq!(story.who_sees("سارة"), [] as [&str; 0]);
    assert_eq!(story.stage().names, []);
    assert_eq!(story.stage().about.text, "من يسمعنا؟");
    assert!(matches!(story.shown(), Shown::Speaker { names, .. } if names.is_empty()));
}

#[test]
fn no_entry_holds_a_name() {
    let story = whole_evening();
    for entry in &story.entries {
        let line = format!("{:?} {:?} {:?}", entry.by, entry.event, entry.words);
        for name in ["سارة", "Sara", "عمر", "Omar", "ريم", "Reem"] {
            assert!(!line.contains(name), "{line}");
        }
    }
}

#[test]
fn no_fact_holds_what_a_person_wrote() {
    for entry in &whole_evening().entries {
        let fact = json(&entry.event);
        assert!(fact.is_ascii(), "a fact is ids, instants and states: {fact}");
    }
}

#[test]
fn blanked_words_are_gone_from_every_view_and_the_record_stays() {
    let story = blank(&whole_evening(), |_| true);
    for text in ["أصواتنا", "Our voices", "من يسمعنا", "كيف نتصل", &words_of(ONE), &words_of(TWO), &words_of(THREE)]
    {
        assert_eq!(story.who_sees(text), [] as [&str; 0], "{text}");
    }
    let (before, after) = (whole_evening().session, story.session);
    assert_eq!(before.questions.len(), after.questions.len());
    assert_eq!(before.stage, after.stage);
    assert_eq!((before.step, before.seq, before.phase), (after.step, after.seq, after.phase));
}

#[test]
fn a_blanked_question_keeps_its_state_and_its_asker_sees_that_the_words_are_gone() {
    let asked_one = |entry: &Entry| entry.words.0.get("text") == Some(&words_of(ONE));
    let story = blank(&whole_evening(), asked_one);
    let mine = story.mine(PHONE);
    let own = mine.iter().find(|q| q.id == ONE).unwrap();
    assert!(own.text.is_empty());
    assert_eq!(own.state, MyState::OnScreen);
    assert_eq!(story.who_reads(TWO), ["other phone", "desk", "console"], "the others' words stay");
}

#[test]
fn a_blanked_question_on_the_screen_gives_way_to_the_welcome() {
    let story = blank(&whole_evening(), |entry| entry.words.0.contains_key("text"));
    assert_eq!(story.audience().question, None);
    assert_eq!(story.stage().question, None);
    assert!(matches!(story.shown(), Shown::Welcome { .. }));
}

#[test]
fn a_blanked_question_is_not_on_the_moderators_list() {
    let story = blank(&whole_evening(), |entry| entry.words.0.contains_key("text"));
    assert_eq!(story.console().questions, []);
}

#[test]
fn a_session_without_a_title_still_renders_in_every_language() {
    let story = blank(&whole_evening(), |entry| entry.words.0.contains_key("title.ar"));
    assert!(story.audience().title.is_empty());
    for lang in Lang::all() {
        assert_eq!(story.views(lang).len(), 9);
    }
}

#[test]
fn words_that_were_partly_removed_fall_back_to_what_is_left() {
    let mut entries = given([open()]).entries;
    for entry in &mut entries {
        entry.words.0.remove("title.ar");
    }
    let story = given([]).replayed(entries);
    assert_eq!(story.audience().title.text, "Our voices on the line");
    assert_eq!(story.audience().title.lang, Lang::EN);
}

/// Three questions: one on the screen, one chosen, one waiting; a poll was shown.
fn whole_evening() -> Story {
    given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), passed(TWO), chosen(TWO)]).and([
        poll_opened(POLL),
        ballots(&[3, 2, 1], 0),
        wait(45),
        poll_closed(POLL),
        poll_shown(POLL),
        asks(PHONE, THREE),
        shown(ONE),
    ])
}

/// The same history, with the words of some entries blanked in place.
fn blank(story: &Story, which: impl Fn(&Entry) -> bool) -> Story {
    let entries = story.entries.iter().map(|entry| match entry {
        entry if which(entry) => Entry { words: Words::none(), ..entry.clone() },
        entry => entry.clone(),
    });
    story.clone().replayed(entries.collect())
}
