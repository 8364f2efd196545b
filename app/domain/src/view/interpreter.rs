//! What interpreters see (`F12`): who speaks about what, the time, what comes next; and one button, for a slower pace.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::team::{Place, Ready};
use crate::view::audience::question_on_screen;
use crate::view::poll::{PollView, on_phones};
use crate::view::running::{self, ClockRules, NoteView};
use crate::view::{ClockView, Hall, PhaseView, SlotView, clock, slot, speaking, title};

/// So many parts that come are told beforehand.
const AHEAD: usize = 3;

/// What interpreters see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterpreterView {
    /// Where the session is in its life.
    pub phase: PhaseView,
    /// What it is called.
    pub title: Phrase,
    /// Who has the floor.
    pub names: Vec<Phrase>,
    /// What about; or what the part is called.
    pub about: Phrase,
    /// What the moderator says when the part begins; may be empty.
    pub cue: Phrase,
    pub clock: Option<ClockView>,
    /// When its words change.
    pub rules: ClockRules,
    /// Whether the clock waits for them.
    pub interpreting: bool,
    /// The question on the screen.
    pub question: Option<Phrase>,
    /// The poll on the phones.
    pub poll: Option<PollView>,
    /// What comes, with its cue.
    pub next: Vec<(SlotView, Phrase)>,
    /// Their own words to the stage, and whether they were read.
    pub sent: Vec<NoteView>,
    /// Whether an adult has paused the session for safety.
    pub paused: bool,
}

/// What interpreters see.
#[must_use]
pub fn interpreter(session: &Session, hall: Hall, lang: Lang) -> InterpreterView {
    let coming = session.slots_to_come().take(AHEAD);
    let part = session.current_slot();
    let (names, about) = speaking(session, hall, lang).unwrap_or_default();
    let own = |note: &&crate::session::team::Note| note.ready == Some(Ready::Interpreters) && note.to == Place::Stage;
    InterpreterView {
        phase: session.phase.into(),
        title: title(session, lang),
        about: if names.is_empty() { part.map(|p| p.title.for_reader(lang)).unwrap_or_default() } else { about },
        names,
        cue: part.map(|part| part.cue.for_reader(lang)).unwrap_or_default(),
        clock: clock(session),
        rules: running::clock_rules(session),
        interpreting: session.stage.interpreting,
        question: question_on_screen(session, lang),
        poll: on_phones(session, lang),
        next: coming.map(|of| (slot(of, hall, lang), of.cue.for_reader(lang))).collect(),
        sent: session.team.notes.iter().rev().filter(own).take(1).map(|note| running::note(note, lang)).collect(),
        paused: session.paused_since.is_some(),
    }
}
