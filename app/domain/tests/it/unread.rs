//! Invariant 7: no view of the audience, screen, stage or console can hold a text that the desk has not passed.
//!
//! Each question of a walk carries a marker of its own. After every press the views are looked at as the bytes that
//! are sent, and a ledger that knows nothing of the rules, only what was decided, says who may find which marker.

use std::cell::RefCell;
use std::collections::BTreeSet;

use nadwa_domain::entry::Entry;
use nadwa_domain::entry::{QuestionEvent, ScreenEvent, SessionEvent};
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::question::Status;
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::audience::audience;
use nadwa_domain::view::console::{Part, console};
use nadwa_domain::view::desk::desk;
use nadwa_domain::view::mine::my_questions;
use nadwa_domain::view::safeguarding::safeguarding;
use nadwa_domain::view::screen::screen;
use nadwa_domain::view::stage::stage;
use nadwa_domain::{Event, Lang, Session};
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Story, json};
use crate::walk::{QUESTIONS_ASKED, asker, marked, marker, walk, walks};

#[test]
fn no_view_of_hall_or_children_ever_holds_a_text_that_the_desk_has_not_passed() {
    let mut runner = TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
    let reached = RefCell::new(BTreeSet::new());
    let every_walk = runner.run(&walks(), |(start, moves)| {
        let mut ledger = Ledger::default();
        let end = walk(start, moves, |story, new| {
            new.iter().for_each(|entry| ledger.note(entry));
            ledger.check(story);
            reached.borrow_mut().extend(ledger.reached.iter().copied());
        });
        assert_eq!(end.session, Session::replay(&end.entries), "a replay gives the same state");
        Ok(())
    });
    every_walk.unwrap();
    let far =
        ["on the screen", "safeguarded from the screen", "taken back", "undone", "withdrawn", "answered", "heard"];
    assert_eq!(*reached.borrow(), far.into_iter().collect(), "the walks reach what they are about");
}

/// What was decided about each question, and so who may find its words.
#[derive(Default)]
struct Ledger {
    /// Passed by the desk, and not taken away since.
    passed: BTreeSet<QuestionId>,
    /// On the children's list.
    listed: BTreeSet<QuestionId>,
    /// Put on the screen by children, and not taken away or aside since.
    hall: BTreeSet<QuestionId>,
    /// Ever on the screen.
    seen: BTreeSet<QuestionId>,
    /// Handed to safeguarding.
    safeguarded: BTreeSet<QuestionId>,
    /// Taken back by its asker.
    withdrawn: BTreeSet<QuestionId>,
    /// Its words were erased.
    erased: BTreeSet<QuestionId>,
    /// How far the walks have come.
    reached: BTreeSet<&'static str>,
}

impl Ledger {
    fn note(&mut self, entry: &Entry) {
        match entry.event {
            Event::Question(QuestionEvent::QuestionPassed { id }) => {
                self.passed.insert(id);
                self.listed.insert(id);
            }
            Event::Question(QuestionEvent::QuestionTakenBack { id }) => {
                self.take_away(id);
                self.reached.insert("taken back");
            }
            Event::Question(QuestionEvent::QuestionHeld { id, .. }) => self.take_away(id),
            Event::Question(QuestionEvent::QuestionSafeguarded { id }) => {
                if self.hall.contains(&id) {
                    self.reached.insert("safeguarded from the screen");
                }
                self.take_away(id);
                self.safeguarded.insert(id);
            }
            Event::Question(QuestionEvent::QuestionWithdrawn { id }) => {
                self.take_away(id);
                self.withdrawn.insert(id);
                self.reached.insert("withdrawn");
            }
            // Either may be an answer that is taken back.
            Event::Question(QuestionEvent::QuestionPutBack { id }) => {
                self.listed.extend(self.passed.get(&id));
                self.hall.remove(&id);
            }
            // Chosen again, it may return to the screen where it was, by an undo.
            Event::Question(QuestionEvent::QuestionChosen { id }) => {
                self.listed.extend(self.passed.get(&id));
                self.hall.extend(self.seen.get(&id));
            }
            Event::Question(QuestionEvent::QuestionNotUsed { id, .. }) => self.take_away(id),
            Event::Question(QuestionEvent::QuestionErased { id }) => {
                self.take_away(id);
                self.erased.insert(id);
            }
            Event::Question(QuestionEvent::QuestionAnswered { id })
            | Event::Question(QuestionEvent::QuestionOwed { id }) => {
                self.listed.remove(&id);
                // The hall hears of it if it ever saw it.
                self.hall.extend(self.seen.get(&id));
                self.reached.insert("answered");
            }
            Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Question { id } }) => {
                assert!(self.passed.contains(&id), "only what was passed is put on the screen");
                self.hall.insert(id);
                self.seen.insert(id);
            }
            Event::Session(SessionEvent::StepUndone) => drop(self.reached.insert("undone")),
            _ => {}
        }
    }

    fn take_away(&mut self, id: QuestionId) {
        self.passed.remove(&id);
        self.listed.remove(&id);
        self.hall.remove(&id);
    }

    fn check(&mut self, story: &Story) {
        for lang in [Lang::AR, Lang::EN] {
            self.check_hall_and_children(story, lang);
        }
        self.check_adults_and_askers(story);
        if let Screen::Question { id } = story.session.stage.screen {
            let chosen = matches!(story.status(id), Status::Chosen | Status::Answered);
            assert!(chosen, "what is on the screen was chosen by children");
        }
    }

    fn check_hall_and_children(&mut self, story: &Story, lang: Lang) {
        let (session, hall) = (&story.session, story.hall());
        let console = json(&console(session, &session.deck(), hall, lang, Part::default()));
        let screen = json(&screen(session, hall, lang));
        let stage = json(&stage(session, hall, lang));
        let audience = json(&audience(session, hall, lang));
        let behind = story.views_behind(lang);
        for id in (0..QUESTIONS_ASKED).map(marked) {
            let (marker, may_hall) = (marker(id), self.hall.contains(&id));
            let listed = self.listed.contains(&id);
            let holds = |view: &str| view.contains(&marker);
            assert!(!listed || holds(&console), "the children see all that was passed: {marker}");
            assert!(listed || may_hall || !holds(&console), "the console holds {marker}");
            assert!(may_hall || !holds(&screen), "the screen holds {marker}");
            assert!(may_hall || !holds(&stage), "the stage holds {marker}");
            assert!(may_hall || !holds(&audience), "the audience holds {marker}");
            assert!(may_hall || !behind.iter().any(|(_, view)| holds(view)), "a view behind the scenes holds {marker}");
            if holds(&screen) {
                self.reached.insert("on the screen");
            } else if holds(&audience) {
                self.reached.insert("heard");
            }
        }
    }

    fn check_adults_and_askers(&self, story: &Story) {
        let desk = json(&desk(&story.session, story.hall(), Lang::AR));
        let inbox = json(&safeguarding(&story.session, Lang::AR));
        for id in (0..QUESTIONS_ASKED).map(marked) {
            let marker = marker(id);
            let handed = self.safeguarded.contains(&id);
            assert!(!handed || !desk.contains(&marker), "the desk still holds {marker}");
            let handed = handed && !self.erased.contains(&id);
            assert_eq!(handed, inbox.contains(&marker), "the inbox holds what was handed over, and nothing else");
            let own = json(&my_questions(&story.session, asker(id), Lang::AR));
            let asked = story.session.question(id).is_some_and(|q| q.asker == asker(id));
            let kept = !self.withdrawn.contains(&id) && !self.erased.contains(&id);
            assert_eq!(asked && kept, own.contains(&marker), "a phone sees its own {marker}");
        }
    }
}
