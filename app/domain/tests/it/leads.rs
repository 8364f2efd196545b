//! What the big button says is what it does, and the cue card leads to the right one (`F2`, `N6`).

use std::collections::BTreeSet;

use nadwa_domain::session::next::Lead;
use nadwa_domain::session::poll::State;
use nadwa_domain::session::queue::QueueCommand;
use nadwa_domain::session::{Phase, Session};
use nadwa_domain::view::console::NextAct;
use nadwa_domain::{Command, Refusal};

use crate::support::cast::{MODERATOR, ONE, PAPER, PHONE, turn};
use crate::support::press::{
    NEXT, answered, asks, by, desk, floor, next, open, passed, raise, safety_pause, safety_resume, shown, start_timer,
    wait,
};
use crate::support::{Story, given};

/// A session in each of its states, with and without somebody of the hall.
fn states() -> Vec<Story> {
    let mut story = given([]);
    let mut states = vec![story.clone()];
    while story.session.phase != Phase::Over {
        story = story.and([wait(60), next()]);
        states.push(story.clone());
    }
    let waits = hall().and([by(MODERATOR, raise(1, Some("لينا"), None, false))]);
    let speaks = waits.clone().and([next()]);
    let more = speaks.clone().and([by(MODERATOR, raise(2, Some("عمر"), None, false))]);
    let remark = Command::Queue(QueueCommand::Remark { id: turn(1) });
    let speech = given([open(), floor(PAPER), start_timer(), by(MODERATOR, raise(1, Some("لينا"), None, false))]);
    states.extend([waits, speaks, more, speech.and([by(MODERATOR, remark), start_timer()])]);
    states
}

/// The part for the hall.
fn hall() -> Story {
    let mut story = given([open(), desk()]);
    while story.console().moment != nadwa_domain::view::Moment::Question {
        story = story.and([wait(60), next()]);
    }
    story
}

fn does(act: NextAct, before: &Session, after: &Session) -> bool {
    let moved = before.stage.slot != after.stage.slot;
    let spoke = before.stage.floor.is_some();
    let open = |session: &Session| session.polls.iter().any(|poll| poll.is_open());
    let shown = |session: &Session| session.polls.iter().any(|poll| matches!(poll.state, State::Shown(_)));
    match act {
        NextAct::Open => before.phase == Phase::Planned && after.phase == Phase::Open,
        NextAct::StartClock => {
            spoke && before.stage.floor == after.stage.floor && before.stage.clock != after.stage.clock
        }
        NextAct::Thank => spoke && moved,
        NextAct::GoOn => !spoke && moved,
        NextAct::EndRemark => before.stage.aside.is_some() && after.stage.aside.is_none(),
        NextAct::ThankTurn => before.stage.turn.is_some() && after.stage.turn.is_none() && !moved,
        NextAct::GiveTurn => after.stage.turn.is_some() && before.stage.turn != after.stage.turn && !moved,
        NextAct::OpenPoll => !open(before) && open(after),
        NextAct::ClosePoll => open(before) && !open(after) && !shown(after),
        NextAct::ShowPoll => !shown(before) && shown(after),
        NextAct::Close => before.phase == Phase::Open && after.phase == Phase::Over,
        NextAct::Nothing => false,
    }
}

#[test]
fn what_the_button_says_is_what_it_does_in_every_state() {
    let mut seen = BTreeSet::new();
    for story in states() {
        let act = story.console().next.act;
        seen.insert(format!("{act:?}"));
        if act == NextAct::Nothing {
            story.when(MODERATOR, NEXT).refuses(Refusal::Over);
            continue;
        }
        let before = story.session.clone();
        let after = story.and([wait(60), next()]).session;
        assert!(does(act, &before, &after), "{act:?} from {:?}", before.stage);
    }
    assert_eq!(seen.len(), 12, "every act is reached: {seen:?}");
}

#[test]
fn the_card_leads_to_the_button_wherever_it_leads_nowhere_else() {
    for story in states() {
        let over = story.session.phase == Phase::Over;
        let lead = if over { Lead::Nowhere } else { Lead::Button };
        assert_eq!(story.console().lead, lead, "{:?}", story.session.stage);
        if story.session.phase == Phase::Open {
            let paused = story.and([safety_pause()]);
            assert_eq!(paused.console().lead, Lead::Nowhere);
            assert_eq!(paused.and([safety_resume()]).console().lead, Lead::Button);
        }
    }
}

#[test]
fn in_the_part_for_the_hall_the_card_leads_to_the_list() {
    let lead = |story: &Story| story.console().lead;
    let before = given([open(), desk(), asks(PHONE, ONE), passed(ONE)]);
    assert_eq!(lead(&before), Lead::Button, "it is not their part yet");
    let asked = hall().and([desk(), asks(PHONE, ONE)]);
    assert_eq!(lead(&asked), Lead::Button, "what waits at the desk is not with the children");
    let ready = asked.and([passed(ONE)]);
    assert_eq!(lead(&ready), Lead::Ask);
    assert_eq!(lead(&ready.clone().and([shown(ONE)])), Lead::Answer);
    assert_eq!(lead(&ready.clone().and([shown(ONE), answered(ONE)])), Lead::Button);
    let waits = ready.and([by(MODERATOR, raise(1, Some("لينا"), None, false))]);
    assert_eq!(lead(&waits), Lead::Button, "whoever waits for the floor comes first");
}
