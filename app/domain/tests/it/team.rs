//! The team: silent calls, a rest, words from behind the scenes, the audience's gentle signs.

use nadwa_domain::command::FloorCommand;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::call::Step;
use nadwa_domain::session::team::{Help, Place, TeamCommand};
use nadwa_domain::{Command, Refusal, Role};

use crate::support::cast::{
    CO_MODERATOR, LEAD, MODERATOR, OTHER_PHONE, PAPER, PHONE, PRESENTER, SERVER, SPEECH, STEWARD, TIMEKEEPER, note,
    phone,
};
use crate::support::given;
use crate::support::press::{by, floor, next, open, start_timer, wait, word};

fn team(act: TeamCommand) -> Command {
    Command::Team(act)
}

#[test]
fn a_silent_call_reaches_the_adults_and_its_answer_is_a_small_mark() {
    let call = || by(CO_MODERATOR, team(TeamCommand::CallHelp(Help::SlowDown)));
    let story = given([open(), call(), call()]);
    assert_eq!(story.running().calls.len(), 1, "calling twice is calling once");
    let answer = TeamCommand::AnswerHelp { by: Role::CoModerator, help: Help::SlowDown };
    let story = story.and([by(STEWARD, team(answer))]);
    assert!(story.running().calls[0].answered);
    let over = by(CO_MODERATOR, team(TeamCommand::HelpOver(Help::SlowDown)));
    assert_eq!(story.and([over]).running().calls, []);
}

#[test]
fn help_is_called_and_taken_away_after_the_end_too_and_a_word_that_waits_has_its_tap() {
    let story = given([open(), by(STEWARD, word(1, Place::Console, None))]).until_over();
    let story = story.and([
        by(MODERATOR, team(TeamCommand::CallHelp(Help::HelpMe))),
        by(MODERATOR, team(TeamCommand::HelpOver(Help::HelpMe))),
        by(MODERATOR, team(TeamCommand::Read { id: note(1) })),
    ]);
    assert!(story.running().calls.is_empty() && story.running().notes.is_empty());
    story.when(MODERATOR, team(TeamCommand::Rest)).refuses(Refusal::Over);
}

#[test]
fn nobody_in_the_hall_sees_a_call() {
    let before = given([open(), floor(PAPER), start_timer()]);
    let after = before.clone().and([by(MODERATOR, team(TeamCommand::CallHelp(Help::SafeAdult)))]);
    for who in ["screen", "stage", "audience", "asker", "interpreter"] {
        let view = |story: &crate::support::Story| {
            story.all_views(nadwa_domain::Lang::AR).into_iter().find(|(of, _)| *of == who).unwrap().1
        };
        assert_eq!(view(&before), view(&after), "{who}");
    }
}

#[test]
fn whoever_needs_a_rest_hands_over_without_a_reason_and_the_session_goes_on() {
    let story = given([open(), floor(PAPER), start_timer(), wait(60), by(MODERATOR, team(TeamCommand::Rest))]);
    assert_eq!(story.running().lead, Some(Role::CoModerator));
    assert_eq!(story.left(), 4 * 60);
    assert_eq!(story.running().calls, []);
    let story = story.and([by(CO_MODERATOR, crate::support::press::NEXT), by(MODERATOR, team(TeamCommand::Back))]);
    assert_eq!(story.session.stage.slot, Some(SPEECH));
    assert_eq!(story.running().lead, Some(Role::Moderator));
}

#[test]
fn a_timekeeper_who_rests_leaves_the_lead_where_it_is() {
    let story = given([open(), floor(PAPER), start_timer(), by(TIMEKEEPER, team(TeamCommand::Rest))]);
    assert_eq!((story.running().lead, story.running().resting), (Some(Role::Moderator), vec![Role::Timekeeper]));
    assert_eq!(story.running().calls, [], "the moderators have the clock: nobody is missing");
    assert_eq!(story.and([by(TIMEKEEPER, team(TeamCommand::Back))]).running().resting, []);
}

#[test]
fn when_both_rest_an_adult_is_called() {
    let story = given([open(), by(MODERATOR, team(TeamCommand::Rest)), by(CO_MODERATOR, team(TeamCommand::Rest))]);
    assert_eq!(story.running().calls[0].help, Help::SafeAdult);
}

#[test]
fn a_word_to_the_stage_waits_for_its_tap_and_its_sender_is_told() {
    let story = given([open(), floor(PAPER), by(MODERATOR, word(1, Place::Stage, None))]);
    assert_eq!(story.stage().notes.len(), 1);
    assert_eq!(story.running().sent[0].read_by, None);
    let story = story.and([by(PRESENTER, team(TeamCommand::Read { id: note(1) }))]);
    assert_eq!(story.stage().notes, []);
    assert_eq!(story.running().sent[0].read_by, Some(Role::Presenter));
}

#[test]
fn a_written_word_comes_from_the_desk_alone_and_reaches_nobody_of_the_hall() {
    let written = || word(1, Place::Console, Some("أنا بجانب الباب"));
    let story = given([open(), by(STEWARD, written())]);
    assert_eq!(story.who_sees("أنا بجانب الباب"), ["console"]);
    assert_eq!(story.who_sees_behind("أنا بجانب الباب"), ["backstage"]);
    given([open()]).when(MODERATOR, written()).refuses(Refusal::NotYours);
    story.when(PRESENTER, team(TeamCommand::Read { id: note(1) })).refuses(Refusal::NotYours);
}

#[test]
fn a_word_without_words_is_none_and_the_same_word_is_sent_once() {
    let empty = Command::Team(TeamCommand::Send { id: note(1), to: Place::Stage, ready: None, text: None });
    given([open()]).when(STEWARD, empty).refuses(Refusal::Empty);
    given([open(), by(STEWARD, word(1, Place::Stage, None))])
        .when(STEWARD, word(1, Place::Stage, None))
        .changes_nothing();
}

#[test]
fn each_phone_counts_once_for_a_sign_and_one_phone_alone_tells_nothing() {
    let slower = || Command::Floor(FloorCommand::Signal(Signal::Slower));
    let story = given([open(), floor(PAPER), start_timer(), by(phone(PHONE), slower())]);
    let story = story.when(phone(PHONE), slower()).changes_nothing();
    assert_eq!(story.stage().signs, []);
    let story = story.and([by(phone(OTHER_PHONE), slower())]);
    assert_eq!(story.stage().signs, [(Signal::Slower, 2)]);
    assert_eq!(story.running().signs, [(Signal::Slower, 2)]);
}

#[test]
fn signs_begin_anew_with_the_next_speech_or_when_they_were_seen() {
    let signs = || {
        let sign = |from| by(phone(from), Command::Floor(FloorCommand::Signal(Signal::Louder)));
        given([open(), floor(PAPER), start_timer(), sign(PHONE), sign(OTHER_PHONE)])
    };
    assert_eq!(signs().and([next()]).running().signs, []);
    assert_eq!(signs().and([by(MODERATOR, team(TeamCommand::SeenSigns))]).stage().signs, []);
    given([]).when(phone(PHONE), Command::Floor(FloorCommand::Signal(Signal::Word))).refuses(Refusal::NotOpen);
}

#[test]
fn the_timekeeper_and_the_speaker_can_call_too_and_nobody_answers_for_an_adult() {
    for who in [TIMEKEEPER, PRESENTER] {
        let story = given([open(), by(who, team(TeamCommand::CallHelp(Help::HelpMe)))]);
        let answer = TeamCommand::AnswerHelp { by: who.role().unwrap(), help: Help::HelpMe };
        story.when(MODERATOR, team(answer)).refuses(Refusal::NotYours);
    }
}

#[test]
fn a_call_that_nobody_answers_for_half_a_minute_is_told_to_more_people_and_the_child_is_told_the_truth() {
    let of = |story: &crate::support::Story| story.running().calls.last().map(|call| call.step);
    let unheard = || by(SERVER, team(TeamCommand::Unheard { by: Role::Presenter, help: Help::SafeAdult }));
    let see = || by(STEWARD, team(TeamCommand::SeeHelp { by: Role::Presenter, help: Help::SafeAdult }));
    let come = || by(LEAD, team(TeamCommand::AnswerHelp { by: Role::Presenter, help: Help::SafeAdult }));
    let call = || by(PRESENTER, team(TeamCommand::CallHelp(Help::SafeAdult)));
    // given: a call, and 29 seconds without an answer; when: the clock looks; then: it is still on its way
    let story = given([open(), call(), wait(29), unheard()]);
    assert_eq!(of(&story), Some(Step::OnItsWay));
    let due = story.session.team.next_unheard().map(|(at, ..)| at);
    // then: a second later nobody has seen it yet, and pressing again begins no new patience
    let story = story.and([call(), wait(1), unheard()]);
    assert_eq!((of(&story), due), (Some(Step::Unheard), Some(story.now)));
    // then: to have seen it holds for two minutes, and silences nothing for longer
    let seen = story.clone().and([see(), wait(119), unheard()]);
    assert_eq!(of(&seen), Some(Step::Seen));
    assert_eq!(of(&seen.and([wait(1), unheard()])), Some(Step::Unheard));
    // then: whoever comes, comes, answered once or twice; and if they do not, the child calls anew
    let coming = story.and([come(), come(), wait(600), unheard()]);
    assert_eq!((of(&coming), coming.session.team.next_unheard()), (Some(Step::Coming), None));
    assert_eq!(of(&coming.and([call()])), Some(Step::OnItsWay));
}
