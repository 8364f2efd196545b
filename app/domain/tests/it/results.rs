//! Results: nobody sees a count before the children show it, and never one that could tell who voted what (`F7`).

use nadwa_domain::command::PollCommand;
use nadwa_domain::session::Phase;
use nadwa_domain::session::poll::{FEWEST_SHOWN, More, Totals};
use nadwa_domain::view::console::ConsolePollState;
use nadwa_domain::view::poll::Counts;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::view::{PollState, Results};
use nadwa_domain::{Command, Lang, Span};

use crate::support::cast::{CLOSING, MODERATOR, POLL, RESERVE};
use crate::support::press::{ballots, by, desk, next, open, poll_closed, poll_opened, poll_shown, wait};
use crate::support::{Story, given};

/// Numbers that occur nowhere else in a view.
const COUNTS: [u32; 3] = [71_717, 82_828, 93_939];
const RATHER_NOT: u32 = 64_646;

#[test]
fn no_view_of_any_role_holds_a_count_before_the_results_are_shown() {
    let open_poll = given([open(), desk(), poll_opened(POLL), ballots(&COUNTS, RATHER_NOT), wait(60)]);
    let closed = open_poll.clone().and([poll_closed(POLL)]);
    let put_away = closed.clone().and([by(MODERATOR, Command::Poll(PollCommand::PutPollAway))]);
    for story in [open_poll, closed, put_away] {
        no_count_in(&story);
    }
}

#[test]
fn a_poll_that_the_end_of_the_session_closed_shows_nothing() {
    let story = given([open()]).until(CLOSING);
    let story = story.and([poll_opened(RESERVE), ballots(&COUNTS[..2], RATHER_NOT), next()]);
    assert_eq!(story.session.phase, Phase::Over);
    no_count_in(&story);
}

fn no_count_in(story: &Story) {
    for (who, view) in Lang::all().flat_map(|lang| story.views(lang)) {
        for count in COUNTS.iter().chain([&RATHER_NOT]) {
            assert!(!view.contains(&count.to_string()), "{who} sees {count}: {view}");
        }
    }
}

#[test]
fn shown_results_are_on_phones_and_screen() {
    let story = closed_with(&COUNTS, RATHER_NOT).and([poll_shown(POLL)]);
    let counts = counts(&COUNTS, RATHER_NOT);
    assert_eq!(story.poll_on_phones().unwrap().state, PollState::Shown(counts.clone()));
    assert!(matches!(story.shown(), Shown::Poll(poll) if poll.state == PollState::Shown(counts)));
}

#[test]
fn fewer_than_five_answers_are_not_shown() {
    for (options, rather_not) in [([0, 0, 0], 0), ([1, 0, 0], 0), ([1, 1, 1], 1), ([4, 0, 0], 0), ([0, 0, 0], 4)] {
        let story = closed_with(&options, rather_not).and([poll_shown(POLL)]);
        assert_eq!(story.poll_on_phones().unwrap().state, PollState::Shown(Results::TooFew));
    }
}

#[test]
fn five_answers_are_shown_and_who_would_rather_not_say_has_answered() {
    for (options, rather_not) in [([5, 0, 0], 0), ([2, 1, 1], 1), ([0, 0, 0], 5)] {
        let story = closed_with(&options, rather_not).and([poll_shown(POLL)]);
        let counts = counts(&options, rather_not);
        assert_eq!(story.poll_on_phones().unwrap().state, PollState::Shown(counts));
    }
    assert_eq!(FEWEST_SHOWN, 5);
}

#[test]
fn too_few_stay_hidden_in_every_view() {
    let story = closed_with(&[4, 0, 0], 0).and([poll_shown(POLL)]);
    assert_eq!(story.who_sees("rather_not"), [] as [&str; 0]);
    assert_eq!(story.who_sees("too_few"), ["console", "screen", "poll part"]);
}

#[test]
fn however_many_answer_they_can_be_counted() {
    let totals = Totals { options: vec![u32::MAX, u32::MAX], rather_not: u32::MAX, more: More::default() };
    assert_eq!(totals.everybody(), u32::MAX);
    assert!(!totals.too_few());
}

#[test]
fn moderators_see_how_many_have_voted_once_it_tells_no_ballot() {
    let voted = |options: &[u32]| {
        let story = given([open(), poll_opened(POLL), ballots(options, 0)]);
        (story.console().polls[0].state, story.now)
    };
    for (options, seen) in [([4, 0, 0], None), ([3, 1, 1], Some(5)), ([100, 20, 3], Some(123))] {
        let (state, opened) = voted(&options);
        let closable_at = opened + Span::seconds(45);
        assert_eq!(state, ConsolePollState::Open { closable_at, voted: seen, of: seen.map(|_| 200) });
    }
}

#[test]
fn moderators_see_where_each_poll_is_and_no_result() {
    let states = |story: Story| story.console().polls.into_iter().map(|poll| poll.state).collect::<Vec<_>>();
    let draft = ConsolePollState::Draft;
    assert_eq!(states(given([open()])), [draft, draft]);
    assert_eq!(states(closed_with(&[9, 9, 9], 9)), [ConsolePollState::Closed, draft]);
    assert_eq!(states(closed_with(&[9, 9, 9], 9).and([poll_shown(POLL)])), [ConsolePollState::Shown, draft]);
}

#[test]
fn a_poll_that_was_not_opened_is_nowhere_but_with_the_moderators() {
    assert_eq!(given([open()]).who_sees("كيف نتصل؟"), ["console"]);
    let everywhere = ["console", "screen", "audience", "poll part"];
    assert_eq!(given([open(), poll_opened(POLL)]).who_sees("كيف نتصل؟"), everywhere);
}

fn closed_with(options: &[u32], rather_not: u32) -> Story {
    given([open(), poll_opened(POLL), ballots(options, rather_not), wait(45), poll_closed(POLL)])
}

fn counts(options: &[u32], rather_not: u32) -> Results {
    let voters = options.iter().sum::<u32>() + rather_not;
    Results::Counts(Counts { options: options.to_vec(), rather_not, voters, ..Counts::default() })
}
