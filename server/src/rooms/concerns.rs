//! Whom an event of a session concerns besides the roles' views: an asker, the safeguarding inbox.

use nadwa_domain::session::question::Status;
use nadwa_domain::{Event, Session};

/// The question that an event is about.
pub(super) fn about_question(event: &Event) -> Option<nadwa_domain::ids::QuestionId> {
    match event {
        Event::QuestionAsked { id, .. }
        | Event::WordSaid { id, .. }
        | Event::QuestionChanged { id }
        | Event::QuestionJoined { id, .. }
        | Event::QuestionParted { id }
        | Event::QuestionOwed { id }
        | Event::QuestionErased { id }
        | Event::QuestionPassed { id }
        | Event::QuestionHeld { id, .. }
        | Event::QuestionSafeguarded { id }
        | Event::QuestionTakenBack { id }
        | Event::QuestionWithdrawn { id }
        | Event::QuestionChosen { id }
        | Event::QuestionPutBack { id }
        | Event::QuestionAnswered { id }
        | Event::QuestionNotUsed { id, .. } => Some(*id),
        _ => None,
    }
}

/// Whether the safeguarding inbox looks different now; silent calls stand there too (`N1`).
pub(super) fn concerns_safeguarding(state: &Session, event: &Event) -> bool {
    match event {
        Event::Team(event) => return event.is_a_call(),
        // Which sessions are open, and which of them are paused (`P3`).
        Event::Opened | Event::Closed | Event::Reopened | Event::SafetyPaused | Event::SafetyResumed => return true,
        _ => {}
    }
    let kept = |id| state.question(id).is_some_and(|question| question.status == Status::Safeguarding);
    about_question(event).is_some_and(kept)
}
