//! Changing the run of show: what has not begun can be changed; what is on, or was on, is the record.

use nadwa_domain::command::{PlanCommand, SessionCommand};
use nadwa_domain::entry::PlanEvent;
use nadwa_domain::ids::SlotId;
use nadwa_domain::session::change::{ChangeEvent, PlanChange};
use nadwa_domain::session::plan::{PlannedSlot, SlotKind};
use nadwa_domain::{Command, Event, Refusal, Role, Span};

use crate::support::cast::{
    CLOSING, CO_MODERATOR, MODERATOR, OMAR, OPENING, ORGANIZER, PAPER, QUESTIONS, REST, SPEECH, VOTE, planned, said,
    slot,
};
use crate::support::press::{NEXT, Press, UNDO, by, floor, next, open, start_timer, step, wait};
use crate::support::{Story, given};

fn change(change: PlanChange) -> Command {
    Command::Plan(PlanCommand::ChangePlan(Box::new(change)))
}

fn changes(what: PlanChange) -> Press {
    by(MODERATOR, change(what))
}

fn order(story: &Story) -> Vec<SlotId> {
    story.session.slots.iter().map(|slot| slot.id).collect()
}

/// A speech that nobody had planned.
fn extra() -> PlannedSlot {
    let title = said("كلمة ضيفة", "A guest's word");
    PlannedSlot { speakers: vec![OMAR], limit: Some(Span::minutes(2)), ..planned(slot(9), SlotKind::Speech, title) }
}

#[test]
fn a_part_is_added_before_another_and_the_big_button_leads_to_it() {
    let add = PlanChange::Add { slot: extra(), before: Some(SPEECH) };
    let story = given([open(), floor(PAPER), start_timer(), changes(add)]);
    assert_eq!(order(&story)[..4], [OPENING, PAPER, slot(9), SPEECH]);
    assert_eq!(story.console().next.to.unwrap().id, slot(9));
}

#[test]
fn a_part_that_has_not_begun_is_taken_out_moved_and_timed() {
    let story = given([open(), changes(PlanChange::Remove { slot: REST })]);
    let story = story.and([changes(PlanChange::Move { slot: VOTE, up: true })]);
    assert_eq!(order(&story), [OPENING, PAPER, SPEECH, VOTE, QUESTIONS, CLOSING]);
    let time = PlanChange::Time { slot: SPEECH, planned: Span::minutes(4), limit: Some(Span::minutes(2)) };
    let story = story.and([changes(time), floor(SPEECH)]);
    assert_eq!(story.left(), 2 * 60);
}

#[test]
fn a_part_that_is_on_or_was_on_is_not_removed_and_nothing_moves_before_it() {
    let story = given([open(), floor(PAPER), start_timer(), wait(30)]);
    for past_or_live in [OPENING, PAPER] {
        let story = story.clone();
        story.when(MODERATOR, change(PlanChange::Remove { slot: past_or_live })).refuses(Refusal::SlotLive);
    }
    assert_eq!(story.left(), 5 * 60 - 30, "the clock of the part that is on runs on");
    let story = story.when(MODERATOR, change(PlanChange::Move { slot: SPEECH, up: true })).changes_nothing();
    let before_it = PlanChange::Add { slot: extra(), before: Some(PAPER) };
    story.when(MODERATOR, change(before_it)).refuses(Refusal::SlotLive);
}

#[test]
fn a_press_that_saw_the_part_which_was_just_taken_out_does_not_lead_elsewhere() {
    let story = given([open(), floor(PAPER), start_timer()]);
    let seen = story.session.step;
    let story = story.and([by(CO_MODERATOR, change(PlanChange::Remove { slot: SPEECH }))]);
    let by_co = Some(Role::CoModerator);
    let story = story
        .when(MODERATOR, Command::Session(SessionCommand::Next { step: seen }))
        .refuses(Refusal::AlreadyMoved { by: by_co });
    assert_eq!(story.session.stage.slot, Some(PAPER));
}

#[test]
fn a_change_is_a_step_and_can_be_taken_back() {
    let before = given([open(), floor(PAPER), start_timer()]);
    let removed = Event::Plan(PlanEvent::PlanChanged(ChangeEvent::Removed { slot: REST }));
    let story = before.clone().when(MODERATOR, change(PlanChange::Remove { slot: REST })).then(step([removed]));
    assert_eq!(order(&story.and([wait(9), by(CO_MODERATOR, UNDO)])), order(&before));
}

#[test]
fn a_change_that_others_have_built_on_is_not_taken_back() {
    let story = given([open(), floor(PAPER), start_timer(), changes(PlanChange::Remove { slot: SPEECH })]);
    let seen = story.session.step;
    let story = story.and([wait(1), by(CO_MODERATOR, NEXT)]);
    assert_eq!(story.session.stage.slot, Some(QUESTIONS));
    story.when(MODERATOR, Command::Session(SessionCommand::Undo { step: seen })).refuses(Refusal::CannotUndo);
}

#[test]
fn whoever_prepares_may_change_the_plan_until_the_children_have_begun() {
    let remove = change(PlanChange::Remove { slot: REST });
    let story = given([by(ORGANIZER, remove.clone())]);
    assert_eq!(story.session.slots.len(), 6);
    assert_eq!(story.session.step, 0, "preparing is no step");
    given([open()]).when(ORGANIZER, remove).refuses(Refusal::NotYours);
}

#[test]
fn a_change_that_makes_no_sense_is_refused() {
    let no_speaker = PlannedSlot { speakers: vec![], ..extra() };
    let no_poll = planned(slot(9), SlotKind::Poll, said("تصويت", "A poll"));
    let no_time = PlannedSlot { planned: Span::ZERO, ..extra() };
    for slot in [no_speaker, no_poll, no_time] {
        let add = change(PlanChange::Add { slot, before: None });
        given([open()]).when(MODERATOR, add).refuses(Refusal::BadPlan);
    }
    let endless = PlanChange::Time { slot: REST, planned: Span::minutes(60 * 24), limit: None };
    given([open()]).when(MODERATOR, change(endless)).refuses(Refusal::BadPlan);
    given([open()]).when(MODERATOR, change(PlanChange::Remove { slot: slot(77) })).refuses(Refusal::Unknown);
}

#[test]
fn adding_the_same_part_again_is_the_same_part() {
    let add = || PlanChange::Add { slot: extra(), before: None };
    let story = given([open(), changes(add())]).when(MODERATOR, change(add())).changes_nothing();
    assert_eq!(story.session.slots.len(), 8);
    assert_eq!(story.and([next()]).session.stage.slot, Some(PAPER));
}
