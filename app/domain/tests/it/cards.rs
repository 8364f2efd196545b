//! The children's own order of their cards, similar questions in two languages, the suggested mix, answers that are owed.

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::entry::QuestionEvent;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::question::{AskedAs, Asks, Status};
use nadwa_domain::text::{Line, QuestionText};
use nadwa_domain::view::mine::MyState;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Event, Lang, Refusal};

use crate::support::cast::{MODERATOR, ONE, PHONE, SERVER, STEWARD, THREE, TWO, phone, phone_of, question};
use crate::support::press::{Press, asks, by, desk, open, passed, safeguarded, shown, taken_back, wait, withdraws};
use crate::support::{Story, given};

fn cards(act: CardAct) -> Press {
    by(MODERATOR, Command::Question(QuestionCommand::Cards(act)))
}

fn three_passed() -> Story {
    given([open(), desk(), asks(phone_of(ONE), ONE), asks(phone_of(TWO), TWO), asks(phone_of(THREE), THREE)]).and([
        passed(ONE),
        passed(TWO),
        passed(THREE),
    ])
}

fn order(story: &Story) -> Vec<QuestionId> {
    story.console().questions.iter().map(|card| card.id).collect()
}

#[test]
fn the_children_order_their_cards_by_their_own_hand() {
    let story = three_passed();
    assert_eq!(order(&story), [ONE, TWO, THREE]);
    let story = story.and([cards(CardAct::Sooner { id: THREE })]);
    assert_eq!(order(&story), [ONE, THREE, TWO]);
    let story = story.and([cards(CardAct::Later { id: ONE })]);
    assert_eq!(order(&story), [THREE, ONE, TWO]);
    story.when(MODERATOR, Command::Question(QuestionCommand::Cards(CardAct::Sooner { id: THREE }))).then([]);
}

#[test]
fn what_comes_in_later_stands_below_whatever_the_order_was() {
    let story =
        three_passed().and([cards(CardAct::Sooner { id: THREE }), asks(PHONE, question(9)), passed(question(9))]);
    assert_eq!(order(&story), [ONE, THREE, TWO, question(9)]);
}

#[test]
fn similar_questions_in_two_languages_are_one_card_and_each_phone_counts_once() {
    let same_phone = by(phone(phone_of(ONE)), crate::support::press::ask(question(9)));
    let story = three_passed().and([wait(31), same_phone, passed(question(9))]);
    let story =
        story.and([cards(CardAct::Join { id: THREE, to: ONE }), cards(CardAct::Join { id: question(9), to: THREE })]);
    assert_eq!(order(&story), [ONE, TWO]);
    let card = &story.console().questions[0];
    let joined: Vec<_> = card.joined.iter().map(|joined| joined.id).collect();
    assert_eq!((joined, card.supporters), (vec![THREE, question(9)], 2));
    let story = story.and([shown(ONE)]);
    assert_eq!(story.told(THREE), Some(MyState::OnScreen));
    let story = story.and([cards(CardAct::Part { id: THREE })]);
    assert_eq!(order(&story), [ONE, TWO, THREE]);
    assert_eq!(story.told(THREE), Some(MyState::Passed));
}

#[test]
fn the_screen_shows_a_joined_question_in_its_second_language_and_no_longer_than_the_children_have_it() {
    let story = given([
        open(),
        desk(),
        said(ONE, "متى نسمع جواب المسؤولين عن أفكارنا؟", None),
        said(TWO, "When do we hear what was decided?", None),
        said(THREE, "متى يصلنا الجواب عن أفكارنا الجديدة؟", None),
    ]);
    let join = |id| cards(CardAct::Join { id, to: ONE });
    let story = story.and([passed(ONE), passed(TWO), passed(THREE), join(THREE), join(TWO), shown(ONE)]);
    let second = |story: &Story| match story.shown() {
        Shown::Question { second, .. } => second.map(|phrase| (phrase.text, phrase.lang)),
        other => panic!("{other:?}"),
    };
    assert_eq!(second(&story), Some(("When do we hear what was decided?".to_owned(), Lang::EN)));
    assert_eq!(second(&story.and([safeguarded(TWO)])), None);
}

#[test]
fn a_group_outlives_its_first_question() {
    let erased = by(SERVER, Command::Question(QuestionCommand::EraseQuestion { id: ONE }));
    for leaves in [safeguarded(ONE), withdraws(phone_of(ONE), ONE), taken_back(ONE), erased] {
        let story = three_passed().and([cards(CardAct::Join { id: THREE, to: ONE }), leaves]);
        assert_eq!(order(&story), [THREE, TWO], "the next stands for it, in its place");
    }
}

#[test]
fn nothing_is_joined_to_what_the_children_do_not_have() {
    let story = three_passed().and([asks(PHONE, question(9))]);
    for act in [CardAct::Join { id: question(9), to: ONE }, CardAct::Join { id: ONE, to: question(9) }] {
        story.clone().when(MODERATOR, Command::Question(QuestionCommand::Cards(act))).refuses(Refusal::Unknown);
    }
    let story = story.and([shown(TWO)]);
    story
        .when(MODERATOR, Command::Question(QuestionCommand::Cards(CardAct::Join { id: TWO, to: ONE })))
        .refuses(Refusal::QuestionPast);
}

fn said(id: QuestionId, words: &str, asks: Option<Asks>) -> Press {
    let text = QuestionText::parse(words, |text| text.chars().count()).expect("a good question");
    by(
        phone(phone_of(id)),
        Command::Question(QuestionCommand::Ask { id, text, said: AskedAs { asks, ..AskedAs::default() } }),
    )
}

#[test]
fn the_suggested_mix_gives_turns_to_languages_children_and_those_who_wait() {
    let (arabic, child, english, late) = (question(1), question(2), question(3), question(4));
    let story = given([
        open(),
        desk(),
        said(arabic, "سؤال من شخص كبير؟", Some(Asks::Adult)),
        wait(1),
        said(late, "سؤال آخر بالعربية؟", None),
        wait(1),
        said(child, "سؤال من طفلة؟", Some(Asks::Child)),
        wait(1),
        said(english, "What is the plan for us?", None),
    ]);
    let story = story.and([passed(arabic), passed(late), passed(child), passed(english)]);
    assert_eq!(story.session.deck().mix, [child, english, arabic, late]);
    assert!(story.console().mix_differs && story.console().questions[2].suggested);
    assert_eq!(order(&story), [arabic, late, child, english], "a suggestion changes nothing");
    let story = story.and([cards(CardAct::TakeMix)]);
    assert_eq!(order(&story), [child, english, arabic, late]);
    assert!(!story.console().mix_differs);
    assert_eq!(order(&story.and([cards(CardAct::Later { id: child })]))[1], child, "their hand goes over it");
}

#[test]
fn an_answer_that_is_owed_has_a_name_and_the_asker_reads_it() {
    let by_whom = Line::parse("وزارة التعليم", |text| text.chars().count()).expect("a name");
    let owed = cards(CardAct::FollowUp { id: ONE, by: by_whom });
    let story = three_passed().and([shown(ONE), owed]);
    assert_eq!(story.told(ONE), Some(MyState::FollowUp));
    assert_eq!(story.status(ONE), Status::FollowUp);
    assert_eq!(story.question(ONE).owed_by.as_deref(), Some("وزارة التعليم"));
    assert_eq!(story.audience().heard.len(), 1);
    assert!(!story.entries.iter().any(|entry| crate::support::json(&entry.event).contains("وزارة")));
    story
        .when(MODERATOR, Command::Question(QuestionCommand::Answered { id: ONE }))
        .then(crate::support::press::step([Event::Question(QuestionEvent::QuestionAnswered { id: ONE })]));
}

#[test]
fn no_adult_orders_joins_or_sets_aside() {
    let story = three_passed();
    for act in [CardAct::TakeMix, CardAct::Sooner { id: TWO }, CardAct::Join { id: ONE, to: TWO }] {
        story.clone().when(STEWARD, Command::Question(QuestionCommand::Cards(act))).refuses(Refusal::NotYours);
    }
}
