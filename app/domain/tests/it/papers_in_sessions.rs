//! Papers in the run of show: a slot follows its paper, and nobody is left in nowhere.

use nadwa_domain::command::{PlanCommand, ScreenCommand, SessionCommand};
use nadwa_domain::entry::SessionEvent;
use nadwa_domain::session::change::PlanChange;
use nadwa_domain::session::paper::PaperSlot;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Event, Refusal, Span};

use crate::support::cast::{A_PAPER, ITS_SLOT, MODERATOR, OPENING, PAPER, SERVER, SPEECH, paper_slot, said};
use crate::support::press::{by, next, wait};
use crate::support::{Story, given};

#[test]
fn an_accepted_paper_is_a_slot_with_its_title_its_speakers_and_its_limit() {
    let story = placed();
    let order: Vec<_> = story.session.slots.iter().map(|slot| slot.id).collect();
    assert_eq!(order[..4], [OPENING, PAPER, ITS_SLOT, SPEECH]);
    let slot = story.session.slot(ITS_SLOT).unwrap();
    assert_eq!(
        (slot.title.clone(), slot.limit),
        (said("خط كما نتمناه", "The line we wish for"), Some(paper_slot().limit))
    );
    story.when(SERVER, place(paper_slot())).changes_nothing();
}

#[test]
fn a_paper_without_a_wish_comes_after_the_last_paper() {
    let story = given([by(SERVER, place(PaperSlot { after: None, ..paper_slot() }))]);
    let order: Vec<_> = story.session.slots.iter().map(|slot| slot.id).collect();
    assert_eq!(order[..3], [OPENING, PAPER, ITS_SLOT]);
}

#[test]
fn the_slot_follows_its_paper() {
    let story = placed()
        .and([by(SERVER, place(PaperSlot { speakers: vec![], title: said("عنوان", "Title"), ..paper_slot() }))]);
    let slot = story.session.slot(ITS_SLOT).unwrap();
    assert!(slot.speakers.is_empty() && slot.title == said("عنوان", "Title"));
    assert_eq!(story.session.slots.len(), placed().session.slots.len());
}

#[test]
fn a_paper_never_takes_the_slot_of_something_else() {
    given([]).when(SERVER, place(PaperSlot { slot: PAPER, ..paper_slot() })).refuses(Refusal::BadPlan);
}

#[test]
fn a_paper_that_is_taken_back_leaves_the_run_of_show() {
    let story = placed().and([by(SERVER, out())]);
    assert!(story.session.slot(ITS_SLOT).is_none());
    story.when(SERVER, out()).changes_nothing();
}

#[test]
fn a_paper_that_is_taken_back_on_stage_keeps_its_place_and_loses_its_words() {
    let story = placed().until(ITS_SLOT).and([by(MODERATOR, Command::Screen(ScreenCommand::ShowPaper { page: None }))]);
    let story = story.and([by(SERVER, out())]);
    assert_eq!(story.session.stage.slot, Some(ITS_SLOT));
    assert!(!matches!(story.shown(), Shown::Paper { .. }));
    assert_eq!(story.who_sees("خط كما نتمناه"), Vec::<&str>::new());
    // And the big button leads on.
    let on = story.and([wait(60), next(), wait(60), next()]);
    assert_ne!(on.session.stage.slot, Some(ITS_SLOT));
}

#[test]
fn children_show_the_current_papers_messages_and_turn_its_pages() {
    let story = placed().until(ITS_SLOT).and([by(MODERATOR, Command::Screen(ScreenCommand::ShowPaper { page: None }))]);
    let Shown::Paper { messages, page, about, .. } = story.shown() else { panic!("the paper is shown") };
    assert_eq!((messages.len(), page, about.text.as_str()), (2, None, "خط كما نتمناه"));
    let story = story.and([by(MODERATOR, Command::Screen(ScreenCommand::ShowPaper { page: Some(1) }))]);
    let Shown::Paper { page: Some(page), .. } = story.shown() else { panic!("a page is shown") };
    assert_eq!((page.place, page.of, page.page), (2, 2, 1));
    assert_eq!(story.console().paper.unwrap().page, Some(1));
    story.when(MODERATOR, Command::Screen(ScreenCommand::ShowPaper { page: Some(2) })).refuses(Refusal::Unknown);
}

#[test]
fn only_the_current_paper_is_shown() {
    let story = placed().until(SPEECH);
    story.when(MODERATOR, Command::Screen(ScreenCommand::ShowPaper { page: None })).refuses(Refusal::Unknown);
}

#[test]
fn a_shown_page_can_be_taken_back_like_any_step() {
    let story = placed().until(ITS_SLOT);
    let before = story.session.stage.screen;
    let story = story.and([by(MODERATOR, Command::Screen(ScreenCommand::ShowPaper { page: Some(0) }))]);
    let step = story.session.step;
    assert_eq!(story.session.stage.screen, Screen::Paper { slot: ITS_SLOT, page: Some(0) });
    let back = story
        .when(MODERATOR, Command::Session(SessionCommand::Undo { step }))
        .then([Event::Session(SessionEvent::StepUndone)]);
    assert_eq!(back.session.stage.screen, before);
}

fn placed() -> Story {
    given([by(SERVER, place(paper_slot()))])
}

fn place(slot: PaperSlot) -> Command {
    Command::Plan(PlanCommand::PlacePaper(Box::new(slot)))
}

fn out() -> Command {
    Command::Plan(PlanCommand::TakePaperOut { paper: A_PAPER })
}

/// `C9`: whatever organizers change in the run of show, a paper's step keeps its pages, its messages and what the children
/// noted; it is left out by the table of papers alone.
#[test]
fn whatever_is_edited_in_the_run_of_show_a_papers_step_stays_whole() {
    let unnamed = PaperSlot { speakers: vec![], ..paper_slot() };
    for placed in [place(paper_slot()), place(unnamed)] {
        let warns = PlanChange::Care {
            slot: ITS_SLOT,
            warn_at: vec![Span::seconds(30)],
            owner: None,
            group: None,
            cue: said("بهدوء", "Calmly"),
            say: said("أَمَل", "Amal"),
        };
        let warns = Command::Plan(PlanCommand::ChangePlan(Box::new(warns)));
        let mut story = given([by(SERVER, placed), by(MODERATOR, warns)]);
        let whole = story.session.slot(ITS_SLOT).cloned().expect("its step");
        // A small generator of numbers: the same edits in each run.
        let mut seed = 7_u32;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        for _ in 0..200 {
            let mut plan = story.session.as_planned().expect("a plan");
            let (one, two) = (next(plan.slots.len()), next(plan.slots.len()));
            match next(5) {
                0 => plan.slots.swap(one, two),
                1 => plan.slots[one].planned = Span::minutes(1 + i64::try_from(two).unwrap_or(1)),
                2 => drop(plan.slots.remove(one)),
                3 => plan.slots[one].kind = SlotKind::Break,
                _ => plan.title = said("عنوان", &one.to_string()),
            }
            let leaves = !plan.slots.iter().any(|slot| slot.id == ITS_SLOT && slot.kind == SlotKind::Paper);
            let seen = story.session.plan_version;
            let edit = Command::Plan(PlanCommand::Replan { seen, plan: Box::new(plan) });
            match story.session.decide(SERVER, &edit, story.now) {
                Ok(events) => {
                    assert!(!leaves);
                    story.apply(SERVER, events);
                }
                Err(refusal) => assert!(refusal == Refusal::PaperStep || !leaves, "{refusal:?}"),
            }
            let now = story.session.slot(ITS_SLOT).expect("it stays");
            assert_eq!((&now.paper, &now.care), (&whole.paper, &whole.care));
        }
        assert!(story.session.plan_version > 20, "edits were taken");
    }
}
