//! Who sees what: the visibility table of `requirements.md`, section 0, one sentence a test.

use nadwa_domain::command::{DeskCommand, ScreenCommand, SessionCommand};
use nadwa_domain::session::question::HoldReason;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::view::{Moment, PhaseView};
use nadwa_domain::{Command, Dir, Lang};

use crate::support::cast::{
    CO_MODERATOR, MODERATOR, ONE, OTHER_PHONE, PAPER, PHONE, POLL, REST, STEWARD, THREE, TWO, phone_of, question,
    words_of,
};
use crate::support::press::{
    answered, asks, by, chosen, desk, floor, next, open, passed, poll_opened, safeguarded, set_aside, shown,
    start_timer, wait, withdraws,
};
use crate::support::{Story, given, json, nothing};

#[test]
fn a_question_that_waits_is_seen_by_its_asker_and_the_desk_alone() {
    assert_eq!(asked().who_reads(ONE), ["asker", "desk"]);
}

#[test]
fn a_passed_question_is_seen_by_the_children_too_and_not_yet_by_the_hall() {
    let story = asked().and([passed(ONE)]);
    assert_eq!(story.who_reads(ONE), ["asker", "desk", "console"]);
    assert_eq!(story.and([chosen(ONE)]).who_reads(ONE), ["asker", "desk", "console"]);
}

#[test]
fn a_question_on_the_screen_is_seen_by_everybody() {
    let story = asked().and([passed(ONE), shown(ONE)]);
    assert_eq!(story.who_reads(ONE), ["asker", "desk", "console", "screen", "stage", "audience"]);
}

#[test]
fn a_held_question_is_seen_by_its_asker_and_the_desk_and_the_children_see_a_number() {
    for reason in [HoldReason::Language, HoldReason::PersonalData] {
        let story = asked().and([by(STEWARD, Command::Desk(DeskCommand::Hold { id: ONE, reason }))]);
        assert_eq!(story.who_reads(ONE), ["asker", "desk"]);
        assert_eq!(story.console().held, 1);
        assert_eq!(story.who_sees(&json(&reason)), ["asker", "desk"], "not even the reason");
    }
}

#[test]
fn a_question_in_safeguarding_is_seen_by_its_asker_and_the_lead_alone() {
    assert_eq!(asked().and([safeguarded(ONE)]).who_reads(ONE), ["asker", "lead"]);
}

#[test]
fn a_withdrawn_question_is_seen_by_nobody() {
    assert_eq!(asked().and([passed(ONE), withdraws(PHONE, ONE)]).who_reads(ONE), [] as [&str; 0]);
}

#[test]
fn a_question_set_aside_is_seen_by_its_asker_and_the_desk() {
    assert_eq!(asked().and([passed(ONE), shown(ONE), set_aside(ONE)]).who_reads(ONE), ["asker", "desk"]);
}

#[test]
fn the_audience_hears_of_answered_questions_that_were_on_the_screen() {
    let story = asked().and([passed(ONE), shown(ONE), answered(ONE)]);
    assert_eq!(story.who_reads(ONE), ["asker", "desk", "audience"]);
    let never_shown = asked().and([passed(ONE), answered(ONE)]);
    assert_eq!(never_shown.who_reads(ONE), ["asker", "desk"]);
}

#[test]
fn the_audience_hears_the_newest_question_first_and_at_most_twenty() {
    let mut story = given([open(), desk()]);
    for n in 1..=21 {
        let id = question(n);
        story = story.and([asks(phone_of(id), id), passed(id), shown(id), answered(id)]);
    }
    let heard: Vec<_> = story.audience().heard.into_iter().map(|q| q.id).collect();
    assert_eq!(heard, (2..=21).rev().map(question).collect::<Vec<_>>());
}

#[test]
fn a_phone_sees_its_own_questions_newest_first_and_nobody_elses() {
    let story = asked().and([asks(OTHER_PHONE, TWO), wait(30), asks(PHONE, THREE)]);
    let mine: Vec<_> = story.mine(PHONE).into_iter().map(|q| q.id).collect();
    assert_eq!(mine, [THREE, ONE]);
    assert_eq!(story.who_reads(TWO), ["other phone", "desk"]);
}

#[test]
fn no_view_tells_which_phone_asked() {
    for story in [asked(), asked().and([passed(ONE), shown(ONE)]), asked().and([safeguarded(ONE)])] {
        assert_eq!(story.who_sees(&json(&PHONE)), [] as [&str; 0]);
    }
}

#[test]
fn only_what_is_still_waiting_can_be_taken_back_on_the_phone() {
    use MyState::{Answered, Chosen, Held, OnScreen, Passed, Received};
    for state in [Received, Held(HoldReason::Language), Passed, Chosen] {
        assert!(state.waits());
    }
    for state in [OnScreen, Answered] {
        assert!(!state.waits());
    }
}

#[test]
fn cue_cards_are_for_the_moderators_alone() {
    assert_eq!(given([open(), floor(PAPER)]).who_sees("قولوا بهدوء"), ["console"]);
}

#[test]
fn the_speaker_is_on_every_view_of_the_hall_and_what_comes_after_on_the_stage() {
    let story = given([open(), floor(PAPER), start_timer()]);
    assert_eq!(story.who_sees("سارة"), ["console", "screen", "stage", "audience"]);
    assert_eq!(story.stage().next.unwrap().names[0].text, "عمر");
}

#[test]
fn the_console_previews_exactly_what_the_screen_shows() {
    let stories = [asked(), asked().and([passed(ONE), shown(ONE)]), given([open(), poll_opened(POLL)]), given([])];
    for story in stories {
        assert_eq!(story.console().screen, story.screen());
    }
}

#[test]
fn the_screen_shows_what_a_moderator_puts_there_by_hand() {
    use nadwa_domain::command::ScreenChoice::{Break, Join, Plan, Queue, Rules, Session, Speaker, Thanks, Welcome};
    let mut story = given([open(), floor(PAPER)]);
    for choice in [Welcome, Join, Plan, Speaker, Break, Session, Queue, Rules, Thanks] {
        story = story.and([by(MODERATOR, Command::Screen(ScreenCommand::Show(choice)))]);
        let shown = story.shown();
        let fits = match choice {
            Welcome => matches!(shown, Shown::Welcome { ref team, .. } if team.len() == 2),
            Join => shown == Shown::Join,
            Plan => matches!(shown, Shown::Plan { ref slots, current: Some(1) } if slots.len() == 7),
            Speaker | Session => matches!(shown, Shown::Speaker { ref names, .. } if names[0].text == "سارة"),
            Break => matches!(shown, Shown::Break { .. }),
            Queue => matches!(shown, Shown::Queue { first_timers_first: true, groups_in_turn: true, .. }),
            Rules => matches!(shown, Shown::Rules { .. }),
            Thanks => matches!(shown, Shown::Thanks { .. }),
        };
        assert!(fits, "{choice:?}: {shown:?}");
        story = story.when(CO_MODERATOR, Command::Screen(ScreenCommand::Show(choice))).changes_nothing();
    }
}

#[test]
fn a_break_that_is_called_by_hand_has_no_clock_and_a_way_back_to_what_the_session_is_in() {
    use nadwa_domain::command::ScreenChoice;
    let rest = || by(MODERATOR, Command::Screen(ScreenCommand::Show(ScreenChoice::Break)));
    let back = || by(CO_MODERATOR, Command::Screen(ScreenCommand::Show(ScreenChoice::Session)));
    let story = given([open(), floor(PAPER), start_timer(), rest()]);
    assert!(matches!(story.shown(), Shown::Break { clock: None, .. }));
    assert!(matches!(story.and([back()]).shown(), Shown::Speaker { .. }));
    assert!(matches!(given([open(), poll_opened(POLL), rest(), back()]).shown(), Shown::Poll(_)));
    let planned = given([open()]).until(REST);
    assert!(matches!(planned.shown(), Shown::Break { clock: Some(_), .. }));
}

#[test]
fn the_audience_knows_the_moment() {
    let moments: Vec<_> = {
        let mut story = given([]);
        let mut moments = vec![story.audience().moment];
        while story.audience().phase != PhaseView::Over {
            story = story.and([wait(60), next()]);
            moments.push(story.audience().moment);
        }
        moments.dedup();
        moments
    };
    let expected = [Moment::Plain, Moment::Speech, Moment::Question, Moment::Poll, Moment::Break, Moment::Thanks];
    assert_eq!(moments, expected);
    assert_eq!(asked().and([floor(PAPER), passed(ONE), shown(ONE)]).audience().moment, Moment::Question);
}

#[test]
fn each_reader_gets_their_language_and_a_persons_own_words_run_their_own_way() {
    let story = asked().and([passed(ONE), shown(ONE)]);
    let hall = story.hall();
    let english = nadwa_domain::view::audience::audience(&story.session, hall, Lang::EN);
    assert_eq!((english.title.text.as_str(), english.title.dir), ("Our voices on the line", Dir::Ltr));
    let question = english.question.unwrap();
    assert_eq!((question.text, question.dir, question.lang), (words_of(ONE), Dir::Rtl, Lang::AR));
    let french = nadwa_domain::view::audience::audience(&story.session, hall, Lang::FR);
    assert_eq!((french.title.text.as_str(), french.title.lang), ("أصواتنا على الخط", Lang::AR));
}

#[test]
fn a_session_that_was_never_planned_still_has_every_view() {
    let story = nothing();
    assert_eq!(story.audience().phase, PhaseView::Planned);
    assert_eq!(story.views(Lang::AR).len(), 9);
    story.when(MODERATOR, Command::Session(SessionCommand::Open)).refuses(nadwa_domain::Refusal::Unknown);
}

/// A question waits at the desk.
fn asked() -> Story {
    given([open(), desk(), asks(PHONE, ONE)])
}
