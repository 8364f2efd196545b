//! What the projector shows: one thing, legible from the last row.

use serde::{Deserialize, Serialize};

use crate::ids::{FileId, PaperId, PersonId, SlotId};
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::floor::ClockOf;
use crate::session::plan::SlotKind;
use crate::session::screen::Screen;
use crate::time::Instant;
use crate::view::audience::question_on_screen;
use crate::view::desk::written;
use crate::view::poll::{PollView, on_screen};
use crate::view::running::{self, ClockRules, TurnView};
use crate::view::{ClockView, Hall, SlotView, clock, names, slot, speaking, title};

/// What the projector shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenView {
    /// What the session is called.
    pub title: Phrase,
    /// The one thing.
    pub shown: Shown,
    /// What comes after.
    pub next: Option<SlotView>,
    /// Whoever has the floor is in no picture and no recording (`S21`): the wall says so, and the lower third has no name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unrecorded: bool,
}

/// The one thing on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shows", rename_all = "snake_case")]
pub enum Shown {
    /// The session's name and its team.
    Welcome {
        /// The children who run it.
        team: Vec<Phrase>,
        /// When it should begin.
        starts_at: Instant,
        /// The children's own ground rules (`F16`); the usual ones if there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rules: Vec<Phrase>,
    },
    /// The join card.
    #[default]
    Join,
    /// The run of show.
    Plan {
        /// Its slots.
        slots: Vec<SlotView>,
        /// The place of the current one.
        current: Option<u32>,
    },
    /// Whoever has the floor.
    Speaker {
        names: Vec<Phrase>,
        /// What about.
        about: Phrase,
        /// The speaking clock.
        clock: Option<ClockView>,
        /// When its words change.
        rules: ClockRules,
    },
    /// A question from the hall.
    Question {
        text: Phrase,
        /// The same in a second language, if the children joined such a question to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<Phrase>,
        /// Who has the floor to answer.
        names: Vec<Phrase>,
    },
    /// A poll, or its results.
    Poll(Box<PollView>),
    /// A break with its clock.
    Break {
        /// Until when.
        clock: Option<ClockView>,
        /// Whether it is something to move to, with pictures (`F15`).
        energiser: bool,
        /// What it is called; may be empty.
        title: Phrase,
    },
    /// Who waits for the floor, and by which rule.
    Queue {
        /// In order.
        turns: Vec<TurnView>,
        /// Whoever speaks for the first time comes first.
        first_timers_first: bool,
        /// One from each group in turn.
        groups_in_turn: bool,
    },
    /// The ground rules; the usual ones if there are none.
    Rules {
        /// Each in one sentence.
        rules: Vec<Phrase>,
    },
    /// Thanks at the end.
    Thanks {
        /// The children who ran it.
        team: Vec<Phrase>,
    },
    /// A working paper: its key messages, or one of its pages.
    Paper {
        /// Who presents it.
        names: Vec<Phrase>,
        /// What it is called.
        about: Phrase,
        /// Its key messages.
        messages: Vec<Phrase>,
        /// The page, instead of the messages.
        page: Option<PageView>,
        /// The speaking clock.
        clock: Option<ClockView>,
        /// When its words change.
        rules: ClockRules,
    },
    /// An adult has paused the session for safety: a calm screen.
    Calm,
}

/// A page of a working paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageView {
    pub paper: PaperId,
    pub file: FileId,
    /// Which of the file's pages, from 0.
    pub page: u16,
    /// Its place among all pages of the paper, from 1.
    pub place: u16,
    /// How many pages the paper has.
    pub of: u16,
}

/// What the projector shows.
#[must_use]
pub fn screen(session: &Session, hall: Hall, lang: Lang) -> ScreenView {
    let next = session.following_slot().map(|s| slot(s, hall, lang));
    ScreenView {
        title: title(session, lang),
        shown: shown(session, hall, lang),
        next,
        unrecorded: unrecorded(session, hall),
    }
}

/// Whether somebody who has the floor must be in no picture and no recording.
fn unrecorded(session: &Session, hall: Hall) -> bool {
    if session.stage.floor.is_none() {
        return false;
    }
    let of_hall = session.stage.turn.map(|id| session.turn(id).and_then(|turn| turn.person));
    let speakers = || session.current_slot().into_iter().flat_map(|slot| &slot.speakers).copied();
    let people: Vec<PersonId> = of_hall.map_or_else(|| speakers().collect(), |person| person.into_iter().collect());
    people.iter().any(|person| hall.unrecorded.contains(person))
}

/// What was joined to the question on the screen in another language: whoever asked in it sees it asked.
fn in_second_language(session: &Session, first: Lang, reader: Lang) -> Option<Phrase> {
    let leader = session.question_on_screen()?;
    session
        .joined_to(leader.id)
        .map(|question| written(question, reader))
        .find(|phrase| !phrase.is_empty() && phrase.lang != first)
}

fn shown(session: &Session, hall: Hall, lang: Lang) -> Shown {
    if session.paused_since.is_some() {
        return Shown::Calm;
    }
    match session.stage.screen {
        Screen::Welcome => welcome(session, hall, lang),
        Screen::Join => Shown::Join,
        Screen::Plan => plan(session, hall, lang),
        Screen::Speaker => speaker(session, hall, lang),
        Screen::Question { .. } => match question_on_screen(session, lang) {
            Some(text) => {
                let names = speaking(session, hall, lang).map(|s| s.0).unwrap_or_default();
                Shown::Question { second: in_second_language(session, text.lang, lang), text, names }
            }
            None => welcome(session, hall, lang),
        },
        Screen::Poll { id } => on_screen(session, id, hall, lang)
            .map_or_else(|| welcome(session, hall, lang), |poll| Shown::Poll(Box::new(poll))),
        Screen::Break => rest(session, lang),
        Screen::Queue => Shown::Queue {
            turns: running::turns(session, hall, lang),
            first_timers_first: session.pace.first_timers_first,
            groups_in_turn: session.pace.groups_in_turn,
        },
        Screen::Rules => Shown::Rules { rules: rules(session, lang) },
        Screen::Paper { slot, page } => paper(session, slot, page, hall, lang),
        Screen::Thanks => Shown::Thanks { team: team(session, hall, lang) },
    }
}

fn rules(session: &Session, lang: Lang) -> Vec<Phrase> {
    session.rules.iter().map(|rule| rule.for_reader(lang)).collect()
}

fn rest(session: &Session, lang: Lang) -> Shown {
    let slot = session.current_slot();
    Shown::Break {
        clock: clock(session).filter(|_| session.stage.clock_of == ClockOf::Break),
        energiser: slot.is_some_and(|slot| slot.kind == SlotKind::Energiser),
        title: slot.filter(|slot| slot.kind.rests()).map(|slot| slot.title.for_reader(lang)).unwrap_or_default(),
    }
}

fn welcome(session: &Session, hall: Hall, lang: Lang) -> Shown {
    let starts_at = session.about.as_ref().map(|about| about.starts_at).unwrap_or_default();
    Shown::Welcome { team: team(session, hall, lang), starts_at, rules: rules(session, lang) }
}

fn team(session: &Session, hall: Hall, lang: Lang) -> Vec<Phrase> {
    session.about.as_ref().map(|about| names(&about.team, hall, lang)).unwrap_or_default()
}

fn speaker(session: &Session, hall: Hall, lang: Lang) -> Shown {
    match speaking(session, hall, lang) {
        Some((names, about)) => {
            Shown::Speaker { names, about, clock: clock(session), rules: running::clock_rules(session) }
        }
        None => welcome(session, hall, lang),
    }
}

/// As long as the paper is there; after it was taken back, the screen rests.
fn paper(session: &Session, slot: SlotId, page: Option<u16>, hall: Hall, lang: Lang) -> Shown {
    let slot = session.slot(slot).and_then(|slot| Some((slot, slot.paper.as_ref()?)));
    let Some((slot, paper)) = slot else { return welcome(session, hall, lang) };
    let of = u16::try_from(paper.pages.len()).unwrap_or(u16::MAX);
    let page = page.and_then(|place| {
        let page = paper.pages.get(usize::from(place))?;
        Some(PageView { paper: paper.id, file: page.file, page: page.page, place: place + 1, of })
    });
    Shown::Paper {
        names: names(&slot.speakers, hall, lang),
        about: slot.title.for_reader(lang),
        messages: paper.messages.iter().map(|message| message.for_reader(lang)).collect(),
        page,
        clock: clock(session),
        rules: running::clock_rules(session),
    }
}

fn plan(session: &Session, hall: Hall, lang: Lang) -> Shown {
    let here = session.slots.iter().position(|slot| Some(slot.id) == session.stage.slot);
    Shown::Plan {
        slots: session.slots.iter().map(|s| slot(s, hall, lang)).collect(),
        current: here.and_then(|place| u32::try_from(place).ok()),
    }
}
