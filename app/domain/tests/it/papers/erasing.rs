//! Erasing papers: what is public stays as its authors chose, the rest goes when its time has come (`S14`).

use nadwa_domain::entry::{Entry, Words};
use nadwa_domain::ids::FileId;
use nadwa_domain::paper::act::{Acceptance, Consent, Credit, DeclineReason, NewFile, PaperAct, Publish};
use nadwa_domain::paper::erasing::is_due;
use nadwa_domain::paper::field::Field;
use nadwa_domain::paper::file::FileKind;
use nadwa_domain::paper::{Paper, State};
use nadwa_domain::session::erasing::Keeping;
use nadwa_domain::{Instant, Lang, Refusal, Span};
use uuid::Uuid;

use super::story::{Story, accept, accepted, comment, publish, ready_to_send, sent, text};
use crate::support::cast::{A_PAPER, AUTHOR, MENTOR, ORGANIZER, REEM, SARA, SERVER};

/// A word of each text, file and note of the stories, without the marks that a debug print writes as numbers.
const WORDS: [&str; 6] = ["نتمناه", "أسرع", "سألنا", "لم يصل", "كم طفل", "رسمنا"];
const MONTH: Span = Span::minutes(30 * 24 * 60);
const FILE: FileId = FileId(Uuid::from_u128(5));

fn keeping(at: Instant) -> Keeping {
    Keeping { held: Span::minutes(24 * 60), all_at: Some(at), unread_at: None }
}

/// Which of the stories' words stand anywhere in it.
fn words_in(paper: &Paper) -> Vec<&'static str> {
    let all = format!("{paper:?}");
    WORDS.into_iter().filter(|word| all.contains(word)).collect()
}

/// The same history, with every line blanked that stands before the last erasure.
fn replayed_blanked(story: &Story) -> Paper {
    let mut paper = Paper::new(A_PAPER);
    for entry in &story.entries {
        let blank = Some(entry.seq) < story.paper.erased;
        let words = if blank { Words::none() } else { entry.words.clone() };
        paper.apply(&Entry { words, ..entry.clone() });
    }
    paper
}

fn with_file(story: Story) -> Story {
    let new = NewFile { id: FILE, kind: FileKind::Jpeg, bytes: 9, pages: 1, anew: true, name: text("رسمنا.jpg") };
    story.act(AUTHOR, PaperAct::AddFile(Box::new(new)))
}

/// Accepted with a file, a note beside it, and something that was not sent yet.
fn full(publish_as: PaperAct) -> Story {
    let story = with_file(ready_to_send()).act(AUTHOR, PaperAct::Submit).act(MENTOR, comment("", ""));
    let version = story.paper.submitted.expect("it was submitted");
    let story = story.act(ORGANIZER, accept(version)).act(AUTHOR, publish_as);
    story.saves(Field::Think, "هذا لم يصل بعد.")
}

fn erased(story: Story) -> Story {
    let story = story.wait(MONTH);
    let before = story.now;
    assert!(!is_due(&story.paper, keeping(before + Span(1)), before), "not before its time");
    assert!(is_due(&story.paper, keeping(before), before));
    let story = story.act(SERVER, PaperAct::Erase);
    assert!(!is_due(&story.paper, keeping(before), before), "and once is enough");
    assert_eq!(story.decide(SERVER, &PaperAct::Erase), Ok(vec![]));
    assert_eq!(replayed_blanked(&story), story.paper, "the words that stay are said once more");
    story
}

#[test]
fn of_a_paper_that_is_not_public_nothing_stays_but_the_fact() {
    let draft = with_file(ready_to_send()).saves(Field::Think, "هذا لم يصل بعد.");
    let asked = sent().act(MENTOR, PaperAct::AskChange(text("كم طفلًا أجاب؟")));
    let words = text("كم طفلًا؟ أوراق كثيرة.");
    let declined = sent().act(ORGANIZER, PaperAct::Decline { reason: DeclineReason::NoRoom, words });
    let back = full(publish(Publish::Whole, Credit::Group)).act(AUTHOR, PaperAct::Withdraw);
    for (story, state) in [
        (draft, State::Draft),
        (sent(), State::Submitted),
        (asked, State::ChangeAsked),
        (declined, State::Declined),
        (back, State::Withdrawn),
    ] {
        assert!(!words_in(&story.paper).is_empty());
        let story = erased(story);
        assert_eq!(words_in(&story.paper), [] as [&str; 0], "{state:?}");
        assert_eq!(story.paper.state, state);
        assert!(story.paper.authors.is_empty() && story.paper.files.is_empty() && story.paper.sent().is_none());
        assert!(story.entries.last().unwrap().words.0.is_empty());
    }
}

#[test]
fn of_a_public_paper_stays_what_its_authors_show_and_no_more() {
    for (level, stays) in [
        (Publish::Title, vec!["نتمناه"]),
        (Publish::Summary, vec!["نتمناه", "أسرع"]),
        (Publish::Whole, vec!["نتمناه", "أسرع", "سألنا", "رسمنا"]),
    ] {
        let before = full(publish(level, Credit::Unnamed));
        assert_eq!(words_in(&before.paper), WORDS);
        let public =
            format!("{:?}", before.paper.public().map(|public| (public.title, public.summary, public.messages)));
        let after = erased(before);
        assert_eq!(words_in(&after.paper), stays, "{level:?}");
        let left = after.paper.public().unwrap();
        assert_eq!(
            format!("{:?}", Some((left.title, left.summary, left.messages))),
            public,
            "nobody sees a difference"
        );
        assert_eq!(left.files.len(), usize::from(level == Publish::Whole));
        assert_eq!(after.paper.pages().len(), left.files.len());
    }
}

#[test]
fn a_name_stays_where_it_is_public() {
    let note = |person, consent| PaperAct::NoteConsent { person, consent };
    let agreed = |credit| {
        let story = full(publish(Publish::Whole, credit));
        erased(story.act(ORGANIZER, note(SARA, Consent::Given)).act(ORGANIZER, note(REEM, Consent::NotGiven)))
    };
    let left = agreed(Credit::Names);
    assert_eq!(left.paper.authors.iter().map(|author| author.person).collect::<Vec<_>>(), [SARA]);
    assert_eq!(left.credited(), [SARA]);
    assert!(agreed(Credit::Unnamed).paper.authors.is_empty());
}

#[test]
fn whoever_said_now_meant_what_was_there() {
    let story = erased(sent());
    let at = story.now;
    let later =
        story.wait(Span::minutes(1)).act(AUTHOR, PaperAct::AddAuthor(REEM)).saves(Field::Seen, "سألنا من جديد.");
    assert!(!is_due(&later.paper, keeping(at), later.now), "a conference that goes on fills up again");
    assert!(is_due(&later.paper, keeping(later.now), later.now));
    let nothing = Keeping { held: Span::ZERO, all_at: None, unread_at: None };
    assert!(!is_due(&later.paper, nothing, later.now + MONTH), "without a programme nothing is due");
}

#[test]
fn what_is_taken_back_after_the_erasure_goes_too() {
    let story = erased(full(publish(Publish::Whole, Credit::Unnamed)));
    let at = story.now;
    let less = story.clone().act(AUTHOR, publish(Publish::Title, Credit::Unnamed));
    assert!(is_due(&less.paper, keeping(at), less.now), "what is not shown any more");
    assert_eq!(words_in(&less.act(SERVER, PaperAct::Erase).paper), ["نتمناه"]);
    let back = story.wait(MONTH).act(AUTHOR, PaperAct::Withdraw);
    assert!(is_due(&back.paper, keeping(at), back.now));
    let gone = back.act(SERVER, PaperAct::Erase);
    assert_eq!(words_in(&gone.paper), [] as [&str; 0]);
    assert_eq!(replayed_blanked(&gone), gone.paper);
}

#[test]
fn a_public_paper_is_moved_and_written_on_after_its_erasure() {
    let story = erased(full(publish(Publish::Whole, Credit::Unnamed)));
    let place = story.paper.accepted.as_ref().unwrap().place;
    let moved = story.act(ORGANIZER, PaperAct::Accept(Acceptance { limit: Span::minutes(7), ..place }));
    assert_eq!(moved.paper.public().unwrap().whole.unwrap().text(Field::Title(Lang::AR)), "خط كما نتمناه");
    // A press on «send the change» without one takes nothing away.
    let again = moved.act(AUTHOR, PaperAct::AddAuthor(REEM)).act(AUTHOR, PaperAct::Submit);
    let version = again.paper.submitted.unwrap();
    let taken = again.act(ORGANIZER, accept(version)).saves(Field::Ask, "نريد خطًّا مفتوحًا.");
    assert!(taken.paper.public().unwrap().whole.unwrap().text(Field::Seen).contains("سألنا"));
    assert_eq!(taken.paper.files.len(), 1);
}

#[test]
fn nobody_but_the_server_erases() {
    for who in [AUTHOR, MENTOR, ORGANIZER] {
        accepted().refused(who, &PaperAct::Erase, Refusal::NotYours);
    }
    assert_eq!(Story::new().decide(SERVER, &PaperAct::Erase), Ok(vec![]), "of nothing there is nothing to erase");
}
