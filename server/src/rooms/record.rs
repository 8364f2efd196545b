//! Who did what, and when: the record that lead and organizer read. No text is in it (`S9`).
//!
//! Organizers do not learn from it that anything went to safeguarding: not by a line, and not by what is missing, since
//! nothing that phones do is in it either (`S2`).

use nadwa_domain::conference::ConferenceEvent;
use nadwa_domain::entry::{DeskEvent, PollEvent, QuestionEvent, ScreenEvent, SessionEvent};
use nadwa_domain::ids::{PassId, SessionId};
use nadwa_domain::inbox::InboxEvent;
use nadwa_domain::{Event, Instant, Role, Who};

use crate::rooms::{Rooms, inbox, lines};
use crate::store::StoreError;

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// In a session.
    Session(Event),
    /// With a card of this role.
    Card(Role, ConferenceEvent),
    /// In the safeguarding inbox.
    Inbox(InboxEvent),
}

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub at: Instant,
    /// In which role; nothing for the server.
    pub by: Option<Role>,
    pub session: Option<SessionId>,
    pub deed: Deed,
}

impl Rooms {
    /// The record, the newest first; `whole` for the safeguarding people.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub async fn record(&self, whole: bool, most: usize) -> Result<Vec<Done>, StoreError> {
        let mut all = Vec::new();
        for listing in &self.conference().state().sessions {
            let (entries, _) = lines::around::<Event>(self.store().as_ref(), listing.session.0).await?;
            for entry in entries {
                if tells(&entry.event) && may_see(entry.by, whole) && (whole || !is_guarded(&entry.event)) {
                    let deed = Deed::Session(entry.event);
                    all.push(Done { at: entry.at, by: entry.by.role(), session: Some(listing.session), deed });
                }
            }
        }
        let (entries, _) = lines::around::<ConferenceEvent>(self.store().as_ref(), self.conference().id().0).await?;
        for entry in entries {
            if let Some((card, session)) = self.card_of(&entry.event, whole) {
                let deed = Deed::Card(card, entry.event);
                all.push(Done { at: entry.at, by: entry.by.role(), session, deed });
            }
        }
        for stream in self.store().streams(inbox::KIND).await? {
            let (entries, _) = lines::around::<InboxEvent>(self.store().as_ref(), stream).await?;
            for entry in entries {
                let tells = !matches!(entry.event, InboxEvent::GuardSeen { .. });
                if tells && (whole || entry.event.item().is_none()) {
                    let deed = Deed::Inbox(entry.event);
                    all.push(Done { at: entry.at, by: entry.by.role(), session: None, deed });
                }
            }
        }
        all.sort_by_key(|done| std::cmp::Reverse(done.at));
        all.truncate(most);
        Ok(all)
    }
}

impl Rooms {
    /// The card that something was done with, if that is told (`G9`): its role and session. Who came in for
    /// safeguarding, the two of them are told.
    fn card_of(&self, event: &ConferenceEvent, whole: bool) -> Option<(Role, Option<SessionId>)> {
        let state = self.conference().state();
        let card = |pass: &PassId| state.passes.get(pass).map(|pass| (pass.issued.role, pass.issued.session));
        match event {
            ConferenceEvent::PassIssued(new) | ConferenceEvent::PassAsked(new) => Some((new.role, new.session)),
            ConferenceEvent::PassAgreed { pass } | ConferenceEvent::PassRevoked { pass } => card(pass),
            ConferenceEvent::PassRecoded(new) => card(&new.pass),
            // Who came in by a card that organizers may print and never hold stands there for every lead to see.
            ConferenceEvent::DeviceSignedIn(new) => {
                card(&new.pass).filter(|(role, _)| whole && role.is_kept_apart_from(Role::Organizer))
            }
            // What is done with no card is on the organizers' own pages.
            _ => None,
        }
    }
}

fn may_see(by: Who, whole: bool) -> bool {
    whole || by.role().is_some()
}

/// What went to safeguarding, and what could tell it: who marked, and what was taken from the screen with it.
const fn is_guarded(event: &Event) -> bool {
    matches!(
        event,
        Event::Question(QuestionEvent::QuestionSafeguarded { .. } | QuestionEvent::QuestionErased { .. })
            | Event::Screen(ScreenEvent::ScreenSet { .. })
    )
}

/// Whether it is somebody's doing that people would ask about.
const fn tells(event: &Event) -> bool {
    match event {
        Event::Session(event) => match event {
            SessionEvent::Opened
            | SessionEvent::Closed
            | SessionEvent::Reopened
            | SessionEvent::StepUndone
            | SessionEvent::SafetyPaused
            | SessionEvent::SafetyResumed => true,
            SessionEvent::Stepped { .. } | SessionEvent::SlotEntered { .. } | SessionEvent::MinutesKept { .. } => false,
        },
        Event::Question(event) => question_tells(event),
        Event::Poll(event) => {
            matches!(event, PollEvent::PollOpened { .. } | PollEvent::PollClosed { .. } | PollEvent::PollShown { .. })
        }
        Event::Desk(event) => match event {
            DeskEvent::IntakeLapsed | DeskEvent::SlowModeSet { .. } => true,
            DeskEvent::DeskSeen { .. } => false,
        },
        Event::Floor(_) | Event::Screen(_) | Event::Queue(_) | Event::Plan(_) | Event::Team(_) => false,
    }
}

const fn question_tells(event: &QuestionEvent) -> bool {
    use QuestionEvent as E;
    match event {
        E::QuestionPassed { .. }
        | E::QuestionHeld { .. }
        | E::QuestionSafeguarded { .. }
        | E::QuestionTakenBack { .. }
        | E::QuestionChosen { .. }
        | E::QuestionAnswered { .. }
        | E::QuestionNotUsed { .. }
        | E::QuestionOwed { .. }
        | E::QuestionsOrdered { .. }
        | E::QuestionErased { .. } => true,
        E::QuestionAsked { .. }
        | E::QuestionChanged { .. }
        | E::QuestionWithdrawn { .. }
        | E::QuestionClaimed { .. }
        | E::QuestionJoined { .. }
        | E::QuestionParted { .. }
        | E::QuestionPutBack { .. }
        | E::WordSaid { .. } => false,
    }
}
