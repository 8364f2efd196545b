//! The course of a session: three clocks, late starts, speakers who never stop, the record, and who did what.

use nadwa_domain::command::{FloorCommand, PlanCommand, ScreenCommand};
use nadwa_domain::entry::FloorEvent;
use nadwa_domain::session::record::What;
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::backstage::backstage;
use nadwa_domain::view::report::{Held, report};
use nadwa_domain::{Command, Lang, Refusal, Role, Span};

use crate::support::cast::{
    CO_MODERATOR, MODERATOR, OPENING, PAPER, QUESTIONS, SERVER, SPEECH, START, TIMEKEEPER, said,
};
use crate::support::press::{NEXT, UNDO, by, floor, next, open, start_timer, step, wait};
use crate::support::{Story, given};

#[test]
fn a_session_that_starts_late_says_how_late_it_will_end_and_takes_no_time_from_anybody() {
    let planned = given([]).running().course;
    assert_eq!(planned.behind(START), Span::ZERO);
    let story = given([wait(21 * 60), open(), floor(PAPER), start_timer()]);
    let course = story.running().course;
    // Seven parts of ten minutes in an hour are ten minutes too many; the first was left at once.
    assert_eq!(course.behind(story.now), Span::minutes(21));
    assert_eq!(story.left(), 5 * 60, "the first speaker has all her time");
}

#[test]
fn a_slot_that_takes_longer_moves_the_expected_end_and_only_then() {
    let story = given([open()]);
    let end = |seconds| story.running().course.expected_end(story.now + Span::seconds(seconds));
    assert_eq!(end(0), end(599), "within its time a part moves nothing");
    assert_eq!(end(720) - end(0), Span::minutes(2));
}

#[test]
fn those_behind_the_scenes_know_when_the_next_speakers_should_come_and_it_moves_with_the_session() {
    let coming = |story: &Story| {
        let view = backstage(&story.session, story.hall(), Lang::AR);
        view.coming.iter().map(|of| (of.slot.id, view.come_at(of, story.now))).collect::<Vec<_>>()
    };
    let ten = Span::minutes(10);
    assert_eq!(coming(&given([])), [(PAPER, START + ten), (SPEECH, START + ten + ten)]);
    let late = given([wait(21 * 60), open(), floor(PAPER), start_timer()]);
    assert_eq!(coming(&late), [(SPEECH, late.now + ten)]);
    let later = late.and([wait(15 * 60)]);
    assert_eq!(coming(&later), [(SPEECH, later.now)], "whoever waits is due as soon as the part before is late");
}

#[test]
fn a_speaker_who_never_stops_is_over_time_until_a_child_thanks_them_and_nothing_moves_by_itself() {
    let story = given([open(), floor(PAPER), start_timer(), wait(3600)]);
    assert_eq!(story.left(), 300 - 3600);
    assert_eq!(story.session.stage.slot, Some(PAPER));
    assert_eq!(story.console().names[0].text, "سارة");
    assert_eq!(story.and([by(CO_MODERATOR, NEXT)]).session.stage.slot, Some(SPEECH));
}

#[test]
fn what_was_planned_and_what_took_place_are_kept() {
    let story = given([open(), wait(120), next(), next(), wait(300), next()]);
    let view = report(&story.session, story.hall(), Lang::AR, story.now);
    let took: Vec<_> = view.parts.iter().map(|(part, took)| (part.id, part.planned, *took)).take(4).collect();
    let ten = Span::minutes(10);
    let expected = [
        (OPENING, ten, Held::Took(Span::seconds(120))),
        (PAPER, ten, Held::Took(Span::seconds(300))),
        (SPEECH, ten, Held::Took(Span::ZERO)),
        (QUESTIONS, ten, Held::ToCome),
    ];
    assert_eq!(took, expected);
    assert_eq!(view.begins, (START, Some(START)));
}

#[test]
fn nothing_is_said_not_to_have_taken_place_while_it_is_still_to_come() {
    let held = |story: &Story| -> Vec<Held> {
        report(&story.session, story.hall(), Lang::AR, story.now).parts.into_iter().map(|(_, held)| held).collect()
    };
    assert!(held(&given([])).iter().all(|held| *held == Held::ToCome), "nothing has begun");
    let gone_past = given([open(), wait(120), next(), next()]);
    assert_eq!(held(&gone_past)[3..].iter().find(|held| **held != Held::ToCome), None);
    let skipped = given([open(), floor(SPEECH)]);
    assert_eq!(held(&skipped)[1], Held::Not, "the session has gone past it");
    let over = skipped.until_over();
    assert!(held(&over)[1] == Held::Not && !held(&over).contains(&Held::ToCome), "{:?}", held(&over));
}

#[test]
fn the_record_outlives_the_session() {
    let story = given([]).until_over();
    let view = report(&story.session, story.hall(), Lang::AR, story.now + Span::minutes(600));
    assert!(view.parts.iter().all(|(_, held)| matches!(held, Held::Took(_))));
    assert_eq!(view.ends.1, Some(story.now));
}

#[test]
fn an_undone_step_leaves_no_trace_in_the_record() {
    let story = given([open(), wait(60), next(), wait(2), by(MODERATOR, UNDO), wait(30)]);
    assert_eq!(story.session.took(PAPER, story.now), None);
    assert_eq!(story.session.took(OPENING, story.now), Some(Span::seconds(92)));
}

#[test]
fn moderators_see_how_speaking_time_is_shared_and_nobody_else_does() {
    let group = |group, ar, en| by(MODERATOR, Command::Plan(PlanCommand::NameGroup { group, name: said(ar, en) }));
    let story = given([open(), group(0, "وفد الشمس", "Sun"), floor(PAPER), start_timer(), wait(50)]);
    assert_eq!(story.who_sees("وفد الشمس"), ["console"]);
    assert_eq!(story.who_sees_behind("وفد الشمس"), ["report"]);
    let groups = story.and([wait(10), by(MODERATOR, Command::Floor(FloorCommand::YieldFloor))]).running().groups;
    assert_eq!((groups[0].spoken, groups[1].spoken), (Span::ZERO, Span::seconds(60)));
}

#[test]
fn both_see_who_did_what() {
    let story = given([
        open(),
        by(CO_MODERATOR, NEXT),
        by(TIMEKEEPER, Command::Floor(FloorCommand::StartTimer)),
        by(MODERATOR, UNDO),
    ]);
    let did: Vec<_> = story.running().did.iter().map(|did| (did.by.unwrap(), did.what)).collect();
    let expected = [
        (Role::Moderator, What::Undid),
        (Role::Timekeeper, What::Started),
        (Role::CoModerator, What::WentOn),
        (Role::Moderator, What::Opened),
    ];
    assert_eq!(did, expected);
}

#[test]
fn a_held_screen_stays_while_the_session_moves_on_and_then_follows_again() {
    let story =
        given([open(), by(MODERATOR, Command::Screen(ScreenCommand::Show(nadwa_domain::command::ScreenChoice::Plan)))]);
    let story = story.and([by(MODERATOR, Command::Screen(ScreenCommand::Pin { on: true })), next(), next()]);
    assert_eq!(story.session.stage.screen, Screen::Plan);
    let story = story.and([by(CO_MODERATOR, Command::Screen(ScreenCommand::Pin { on: false }))]);
    assert_eq!(story.session.stage.screen, Screen::Speaker);
}

#[test]
fn a_simulated_speaker_runs_over_and_a_real_one_is_never_hurried() {
    let story = given([open(), floor(PAPER), start_timer(), wait(10)]);
    let story = story.when(MODERATOR, Command::Floor(FloorCommand::RunOver)).refuses(Refusal::NotYours);
    let hurried = Span::seconds(5) - Span::seconds(290);
    let story = story
        .when(SERVER, Command::Floor(FloorCommand::RunOver))
        .then(step([nadwa_domain::Event::Floor(FloorEvent::TimerExtended { by: hurried })]));
    assert_eq!(story.left(), 5);
}
