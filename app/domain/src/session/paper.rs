//! Working papers in the run of show: a slot follows its paper.
//!
//! The paper's own stream says whether and where it is presented; the server makes the session follow. A slot that is
//! on stage while its paper is taken back keeps its place and loses its words: nobody is left in nowhere.

use serde::{Deserialize, Serialize};

use crate::entry::{Happened, Words};
use crate::ids::{PaperId, PersonId, SlotId};
use crate::lang::Said;
use crate::paper::file::PageOf;
use crate::refusal::{Decision, Refusal};
use crate::session::plan::{PlanEvent, Slot, SlotKind};
use crate::session::question::Question;
use crate::session::screen::{Screen, ScreenEvent};
use crate::session::{Phase, Session};
use crate::time::Span;

/// A paper as its session's slot has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSlot {
    pub paper: PaperId,
    pub slot: SlotId,
    /// The slot after which it comes; nothing for the place after the last paper.
    pub after: Option<SlotId>,
    /// What it is called.
    pub title: Said,
    /// Its key messages.
    pub messages: Vec<Said>,
    /// Who is named; nobody, where authors or guardians chose so.
    pub speakers: Vec<PersonId>,
    /// The speaking limit, and the slot's length in the plan.
    pub limit: Span,
    /// The pages that the screen can show.
    pub pages: Vec<PageOf>,
}

/// What a slot knows of its paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnPaper {
    pub id: PaperId,
    /// Its key messages.
    pub messages: Vec<Said>,
    /// The pages that the screen can show.
    pub pages: Vec<PageOf>,
}

impl Session {
    /// The slot in which a paper is presented.
    #[must_use]
    pub fn slot_of_paper(&self, paper: PaperId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.paper.as_ref().is_some_and(|own| own.id == paper))
    }

    /// Whether a question is about a slot: its asker said so, or said nothing and there is no other paper.
    #[must_use]
    pub fn is_about(&self, question: &Question, slot: SlotId) -> bool {
        let alone = || self.slots.iter().filter(|slot| slot.kind == SlotKind::Paper).all(|own| own.id == slot);
        question.said.about.map_or_else(alone, |about| about == slot)
    }

    fn on_stage(&self, slot: SlotId) -> bool {
        self.stage.slot == Some(slot) || self.stage.floor == Some(slot)
    }

    /// A paper got its slot, or the slot followed it; what the children added to it stays.
    pub(super) fn paper_placed(&mut self, new: Slot, after: Option<SlotId>) {
        let known = self.slot(new.id).cloned();
        let (cue, care) = known.map(|slot| (slot.cue, slot.care)).unwrap_or_default();
        self.put_paper(Slot { cue, care, ..new }, after);
        self.keep_slots();
    }

    pub(super) fn paper_taken_out(&mut self, paper: PaperId) {
        self.take_paper_out(paper);
        self.keep_slots();
    }

    fn put_paper(&mut self, new: Slot, after: Option<SlotId>) {
        match self.slots.iter().position(|slot| slot.id == new.id) {
            Some(place) => self.slots[place] = new,
            None => {
                let place = self.place_after(after);
                self.slots.insert(place, new);
            }
        }
    }

    fn place_after(&self, after: Option<SlotId>) -> usize {
        let named = after.and_then(|id| self.slots.iter().position(|slot| slot.id == id));
        let papers = || self.slots.iter().rposition(|slot| slot.kind == SlotKind::Paper);
        let opening = || self.slots.iter().rposition(|slot| slot.kind == SlotKind::Opening);
        named.or_else(papers).or_else(opening).map_or(0, |place| place + 1)
    }

    fn take_paper_out(&mut self, paper: PaperId) {
        let Some(slot) = self.slot_of_paper(paper).map(|slot| slot.id) else { return };
        let stays = self.on_stage(slot);
        self.slots.retain_mut(|own| {
            if own.id == slot {
                (own.title, own.paper) = (Said::default(), None);
                own.speakers.clear();
            }
            own.id != slot || stays
        });
    }
}

/// A slot follows its paper: it is put into the run of show, or brought up to date.
pub(super) fn place(session: &Session, new: &PaperSlot) -> Decision {
    if session.about.is_none() || new.limit.0 <= 0 {
        return Err(Refusal::BadPlan);
    }
    if session.phase == Phase::Over && session.slot_of_paper(new.paper).is_none() {
        return Err(Refusal::Over);
    }
    // The slot of something else is never written over.
    let foreign = |slot: &Slot| slot.paper.as_ref().is_none_or(|own| own.id != new.paper);
    if session.slot(new.slot).is_some_and(foreign) {
        return Err(Refusal::BadPlan);
    }
    if session.slot(new.slot).is_some_and(|slot| is_up_to_date(slot, new)) {
        return Ok(vec![]);
    }
    let mut words = Words::none().with("title", &new.title);
    for (place, message) in new.messages.iter().enumerate() {
        words = words.with(&format!("message.{place}"), message);
    }
    let event = PlanEvent::PaperPlaced {
        paper: new.paper,
        slot: new.slot,
        after: new.after,
        speakers: new.speakers.clone(),
        limit: new.limit,
        pages: new.pages.clone(),
        messages: u8::try_from(new.messages.len()).unwrap_or(u8::MAX),
    };
    let mut happened = vec![];
    if session.slot_of_paper(new.paper).is_some_and(|slot| slot.id != new.slot) {
        happened.push(PlanEvent::PaperTakenOut { paper: new.paper }.into());
    }
    happened.push(Happened { event: event.into(), words });
    Ok(happened)
}

fn is_up_to_date(slot: &Slot, new: &PaperSlot) -> bool {
    slot.title == new.title
        && slot.speakers == new.speakers
        && slot.limit == Some(new.limit)
        && slot.paper.as_ref().is_some_and(|own| own.messages == new.messages && own.pages == new.pages)
}

/// The paper is not presented here any more.
pub(super) fn take_out(session: &Session, paper: PaperId) -> Decision {
    let Some(slot) = session.slot_of_paper(paper).map(|slot| slot.id) else { return Ok(vec![]) };
    let mut happened = vec![PlanEvent::PaperTakenOut { paper }.into()];
    if matches!(session.stage.screen, Screen::Paper { slot: shown, .. } if shown == slot) {
        happened.push(ScreenEvent::ScreenSet { screen: Screen::resting(session) }.into());
    }
    Ok(happened)
}

/// A moderator, or whoever presents, shows the current paper's title and messages, or one of its pages.
pub(super) fn show(session: &Session, page: Option<u16>) -> Decision {
    let slot = session.current_slot().ok_or(Refusal::Unknown)?;
    let paper = slot.paper.as_ref().ok_or(Refusal::Unknown)?;
    if page.is_some_and(|page| usize::from(page) >= paper.pages.len()) {
        return Err(Refusal::Unknown);
    }
    let screen = Screen::Paper { slot: slot.id, page };
    if session.stage.screen == screen {
        return Ok(vec![]);
    }
    Ok(vec![ScreenEvent::ScreenSet { screen }.into()])
}
