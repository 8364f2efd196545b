//! What the audience sees: what is on stage, the poll, and the questions that the hall has heard.

use serde::{Deserialize, Serialize};

use crate::ids::QuestionId;
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::plan::SlotKind;
use crate::session::question::{Question, Status};
use crate::session::screen::Screen;
use crate::time::Instant;
use crate::view::part;
use crate::view::poll::{PollHead, on_phones};
use crate::view::{ClockView, Hall, Moment, PhaseView, clock, speaking, title};

/// Most heard questions that a phone is sent.
const HEARD: usize = 20;

/// What a phone in the hall shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudienceView {
    /// Where the session is in its life.
    pub phase: PhaseView,
    /// What it is called.
    pub title: Phrase,
    /// When it should begin.
    pub starts_at: Instant,
    /// The moment that it is in.
    pub moment: Moment,
    pub names: Vec<Phrase>,
    /// What about; or the slot's title.
    pub about: Phrase,
    /// The clock of the speech, or of the break.
    pub clock: Option<ClockView>,
    /// The question on the screen.
    pub question: Option<Phrase>,
    /// The poll on the phones; what can be answered, and the results, are a part of the page ([`crate::view::part`]).
    pub poll: Option<PollHead>,
    /// The keys of the parts of the page that the server renders ([`crate::view::part`]).
    pub parts: String,
    /// Whether questions are taken in (`S7`).
    pub intake_open: bool,
    /// Questions that the hall has heard, the newest first.
    pub heard: Vec<HeardQuestion>,
    /// Whether an adult has paused the session for safety.
    pub paused: bool,
}

/// A question that was on the screen and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeardQuestion {
    pub id: QuestionId,
    pub text: Phrase,
    /// Who owes its answer, if it could not be given in the hall.
    pub owed_by: Option<Phrase>,
}

/// What the audience sees.
#[must_use]
pub fn audience(session: &Session, hall: Hall, lang: Lang) -> AudienceView {
    let (names, about) = speaking(session, hall, lang).unwrap_or_else(|| (vec![], slot_title(session, lang)));
    let paused = session.paused_since.is_some();
    AudienceView {
        phase: session.phase.into(),
        title: title(session, lang),
        starts_at: session.about.as_ref().map(|about| about.starts_at).unwrap_or_default(),
        moment: moment(session),
        names,
        about,
        clock: clock(session),
        question: question_on_screen(session, lang),
        poll: on_phones(session, lang).map(|poll| poll.head()),
        parts: part::keys(session),
        intake_open: session.desk.open,
        heard: heard(session, lang),
        paused,
    }
}

/// The moment: what the screen shows, else what the slot is.
#[must_use]
pub fn moment(session: &Session) -> Moment {
    match session.stage.screen {
        Screen::Question { .. } if session.question_on_screen().is_some() => return Moment::Question,
        Screen::Poll { .. } => return Moment::Poll,
        // Somebody of the hall has the floor, whatever the slot is.
        _ if session.stage.turn.is_some() => return Moment::Speech,
        Screen::Welcome
        | Screen::Join
        | Screen::Plan
        | Screen::Speaker
        | Screen::Question { .. }
        | Screen::Break
        | Screen::Thanks
        | Screen::Queue
        | Screen::Rules
        | Screen::Paper { .. } => {}
    }
    match session.current_slot().map(|slot| slot.kind) {
        _ if session.phase == crate::session::Phase::Over => Moment::Thanks,
        Some(SlotKind::Paper | SlotKind::Speech) => Moment::Speech,
        Some(SlotKind::Questions) => Moment::Question,
        Some(SlotKind::Poll) => Moment::Poll,
        Some(SlotKind::Break | SlotKind::Energiser) => Moment::Break,
        Some(SlotKind::Closing) => Moment::Thanks,
        Some(SlotKind::Opening) | None => Moment::Plain,
    }
}

fn slot_title(session: &Session, lang: Lang) -> Phrase {
    session.current_slot().map(|slot| slot.title.for_reader(lang)).unwrap_or_default()
}

/// The words on the screen, unless the session is paused for safety.
pub(super) fn question_on_screen(session: &Session, lang: Lang) -> Option<Phrase> {
    if session.paused_since.is_some() {
        return None;
    }
    let text = session.question_on_screen()?.text.as_deref()?;
    Some(Phrase::written(text, lang))
}

/// Whether the hall has heard it and knows what became of it.
pub(crate) fn was_heard(question: &Question) -> bool {
    question.shown && matches!(question.status, Status::Answered | Status::FollowUp) && !question.erased
}

/// The audience hears of answered questions that were on the screen, and of those whose answer is owed, the newest
/// first.
fn heard(session: &Session, lang: Lang) -> Vec<HeardQuestion> {
    let heard = session.questions.iter().rev().filter(|q| was_heard(q));
    heard
        .filter_map(|q| {
            let owed_by = q.owed_by.as_deref().map(|by| Phrase::written(by, lang));
            Some(HeardQuestion { id: q.id, text: Phrase::written(q.text.as_deref()?, lang), owed_by })
        })
        .take(HEARD)
        .collect()
}
