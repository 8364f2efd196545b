//! The plan of a session: written down once, by an organizer, if it makes sense as a whole.

use nadwa_domain::command::PlanCommand;
use nadwa_domain::entry::PlanEvent;
use nadwa_domain::session::plan::{Plan, SlotKind};
use nadwa_domain::{Command, Event, Instant, Refusal, Span, Who};

use crate::support::cast::{ORGANIZER, SERVER, plan, said};
use crate::support::press::by;
use crate::support::{Story, given, nothing};

#[test]
fn an_organizer_plans_a_session_with_its_polls_and_its_run_of_show() {
    for planner in [ORGANIZER, SERVER] {
        let story = planned_by(planner, plan());
        assert_eq!(story.session.slots.len(), 7);
        assert_eq!(story.session.polls.len(), 2);
        assert_eq!(story.session.about.unwrap().title, said("أصواتنا على الخط", "Our voices on the line"));
        assert!(matches!(story.entries[0].event, Event::Plan(PlanEvent::Planned { .. })));
    }
}

#[test]
fn what_was_planned_is_found_again_slot_by_slot_and_poll_by_poll() {
    let story = given([]);
    for (planned, slot) in plan().slots.iter().zip(&story.session.slots) {
        assert_eq!(
            (planned.id, planned.kind, &planned.title, &planned.cue),
            (slot.id, slot.kind, &slot.title, &slot.cue)
        );
        assert_eq!((planned.planned, planned.limit, planned.poll), (slot.planned, slot.limit, slot.poll));
        assert_eq!(planned.speakers, slot.speakers);
    }
    for (planned, poll) in plan().polls.iter().zip(&story.session.polls) {
        assert_eq!((planned.id, &planned.question, &planned.options), (poll.id, &poll.question, &poll.options));
    }
}

#[test]
fn a_session_is_planned_once() {
    given([]).when(ORGANIZER, Command::Plan(PlanCommand::Plan(Box::new(plan())))).refuses(Refusal::BadPlan);
}

#[test]
fn a_plan_has_at_least_one_slot() {
    refused(|plan| plan.slots.clear());
}

#[test]
fn a_session_ends_after_it_begins() {
    refused(|plan| plan.ends_at = plan.starts_at);
    refused(|plan| plan.ends_at = Instant(0));
}

#[test]
fn every_slot_takes_some_time() {
    refused(|plan| plan.slots[0].planned = Span::ZERO);
    refused(|plan| plan.slots[0].planned = Span::minutes(-1));
}

#[test]
fn a_speech_has_a_speaker_and_a_limit() {
    refused(|plan| plan.slots[1].speakers.clear());
    refused(|plan| plan.slots[1].limit = None);
    refused(|plan| plan.slots[2].limit = Some(Span::ZERO));
    refused(|plan| plan.slots[2].limit = Some(Span(-1)));
}

#[test]
fn a_polls_slot_names_a_poll_of_the_plan() {
    refused(|plan| plan.slots[4].poll = None);
    refused(|plan| plan.polls.clear());
    refused(|plan| plan.slots[0].kind = SlotKind::Poll);
}

#[test]
fn a_poll_has_two_to_six_options() {
    let options = |n: usize| (0..n).map(|n| said(&format!("خيار {n}"), "Yes")).collect::<Vec<_>>();
    for n in [0, 1, 7, 300] {
        refused(|plan| plan.polls[0].options = options(n));
    }
    for n in [2, 6] {
        let mut plan = plan();
        plan.polls[0].options = options(n);
        assert_eq!(planned_by(ORGANIZER, plan).session.polls[0].options.len(), n);
    }
}

#[test]
fn a_poll_stays_open_for_no_less_than_nothing() {
    refused(|plan| plan.min_open = Span(-1));
}

#[test]
fn no_two_slots_and_no_two_polls_are_the_same() {
    // With one slot twice, «next» would never get past it.
    refused(|plan| plan.slots[3].id = plan.slots[1].id);
    refused(|plan| plan.polls[1].id = plan.polls[0].id);
}

fn refused(change: impl FnOnce(&mut Plan)) {
    let mut plan = plan();
    change(&mut plan);
    nothing().when(ORGANIZER, Command::Plan(PlanCommand::Plan(Box::new(plan)))).refuses(Refusal::BadPlan);
}

fn planned_by(who: Who, plan: Plan) -> Story {
    nothing().and([by(who, Command::Plan(PlanCommand::Plan(Box::new(plan))))])
}
