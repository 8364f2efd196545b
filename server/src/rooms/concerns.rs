//! Whom an event of a session concerns besides the roles' views: an asker, the safeguarding inbox.

use nadwa_domain::entry::SessionEvent;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::question::Status;
use nadwa_domain::{Event, Session};

/// The question that an event changes for its asker.
pub(super) fn about_question(event: &Event) -> Option<QuestionId> {
    match event {
        Event::Question(event) => event.question(),
        Event::Session(_)
        | Event::Floor(_)
        | Event::Poll(_)
        | Event::Screen(_)
        | Event::Desk(_)
        | Event::Queue(_)
        | Event::Plan(_)
        | Event::Team(_) => None,
    }
}

/// Whether the safeguarding inbox looks different now; silent calls stand there too (`N1`).
pub(super) fn concerns_safeguarding(state: &Session, event: &Event) -> bool {
    match event {
        Event::Team(event) => event.is_a_call(),
        // Which sessions are open, and which of them are paused (`P3`).
        Event::Session(event) => match event {
            SessionEvent::Opened
            | SessionEvent::Closed
            | SessionEvent::Reopened
            | SessionEvent::SafetyPaused
            | SessionEvent::SafetyResumed => true,
            SessionEvent::Stepped { .. }
            | SessionEvent::StepUndone
            | SessionEvent::SlotEntered { .. }
            | SessionEvent::MinutesKept { .. } => false,
        },
        Event::Question(event) => {
            let kept = |id| state.question(id).is_some_and(|question| question.status == Status::Safeguarding);
            event.question().is_some_and(kept)
        }
        Event::Floor(_) | Event::Poll(_) | Event::Screen(_) | Event::Desk(_) | Event::Queue(_) | Event::Plan(_) => {
            false
        }
    }
}
