//! What the person speaking sees: their own time as a large shape, and what comes after.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Phrase};
use crate::role::Role;
use crate::session::Session;
use crate::session::floor::ClockOf;
use crate::session::signal::Signal;
use crate::session::team::Place;
use crate::view::audience::question_on_screen;
use crate::view::running::{self, CallView, ClockRules, NoteView};
use crate::view::{ClockView, Hall, PhaseView, SlotView, clock, slot, speaking, title};

/// What the stage shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageView {
    /// Where the session is in its life.
    pub phase: PhaseView,
    /// What it is called.
    pub title: Phrase,
    /// Who has the floor.
    pub names: Vec<Phrase>,
    /// What about.
    pub about: Phrase,
    pub clock: Option<ClockView>,
    /// The question on the screen, so that it can be answered without turning round.
    pub question: Option<Phrase>,
    /// What comes after.
    pub next: Option<SlotView>,
    /// Whether an adult has paused the session for safety.
    pub paused: bool,
    /// When the clock's words change.
    pub rules: ClockRules,
    /// What the clock counts.
    pub clock_of: ClockOf,
    /// Whether the clock waits for interpretation.
    pub interpreting: bool,
    /// Whether a remark goes on, and the speech waits.
    pub aside: bool,
    /// Words from the team that were not tapped yet, the newest last.
    pub notes: Vec<NoteView>,
    /// The audience's gentle signs, where there are some (`F10`).
    pub signs: Vec<(Signal, u32)>,
    /// A presenter's own silent calls, for a presenter's own stage (`N1`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallView>,
}

/// What the stage shows.
#[must_use]
pub fn stage(session: &Session, hall: Hall, lang: Lang) -> StageView {
    let (names, about) = speaking(session, hall, lang).unwrap_or_default();
    StageView {
        phase: session.phase.into(),
        title: title(session, lang),
        names,
        about,
        clock: clock(session),
        question: question_on_screen(session, lang),
        next: session.following_slot().map(|s| slot(s, hall, lang)),
        paused: session.paused_since.is_some(),
        rules: running::clock_rules(session),
        clock_of: session.stage.clock_of,
        interpreting: session.stage.interpreting,
        aside: session.stage.aside.is_some(),
        notes: running::notes(session, Place::Stage, lang),
        signs: running::signs(session),
        calls: running::calls(session).into_iter().filter(|call| call.by == Role::Presenter).collect(),
    }
}
