//! Deciding about a paper: each act a function, and each may be refused.

use crate::entry::{Happened, Words};
use crate::ids::CommentId;
use crate::paper::act::{Acceptance, Credit, DeclineReason, NewComment, NewFile, PaperAct, Publish, Saving, may};
use crate::paper::event::PaperEvent as E;
use crate::paper::field::{Field, Form, PaperText, Sheet};
use crate::paper::length::{all_words, words_of};
use crate::paper::merge::merge;
use crate::paper::{Decided, Paper, State, Terms, erasing};
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::time::{Instant, Span};

/// Most words of everything that is typed into one paper, sent or not.
pub const MOST_WORDS: u32 = 12_000;
/// Most authors of one paper.
pub const MOST_AUTHORS: usize = 12;
/// Most comments beside one paper.
pub const MOST_COMMENTS: usize = 400;
/// Files of a paper where there is no call to say how many.
const USUAL_FILES: u8 = 6;

pub(super) fn decide(paper: &Paper, who: Who, act: &PaperAct, now: Instant, terms: Terms) -> Decided {
    if !may(who, act) {
        return Err(Refusal::NotYours);
    }
    match act {
        PaperAct::Save(saving) => save(paper, saving),
        PaperAct::AddAuthor(person) => {
            if paper.authors.iter().any(|author| author.person == *person) {
                return Ok(vec![]);
            }
            if paper.authors.len() >= MOST_AUTHORS {
                return Err(Refusal::TooMany { limit: count(MOST_AUTHORS) });
            }
            one(E::AuthorAdded { person: *person })
        }
        PaperAct::RemoveAuthor(person) => {
            let known = paper.authors.iter().any(|author| author.person == *person);
            if known { one(E::AuthorRemoved { person: *person }) } else { Ok(vec![]) }
        }
        PaperAct::Submit => submit(paper, now, terms),
        PaperAct::Withdraw if paper.state == State::Withdrawn => Ok(vec![]),
        PaperAct::Withdraw => one(E::Withdrawn),
        PaperAct::Comment(new) => comment(paper, who, new),
        PaperAct::Settle { id, taken } => settle(paper, *id, *taken),
        PaperAct::AskChange(words) => ask_change(paper, words),
        PaperAct::Ready { version } => ready(paper, *version),
        PaperAct::Accept(place) => accept(paper, *place),
        PaperAct::Decline { reason, words } => decline(paper, *reason, words),
        PaperAct::Publish { publish, credit } => publish_as(paper, *publish, *credit),
        PaperAct::NoteConsent { person, consent } => {
            match paper.authors.iter().find(|author| author.person == *person) {
                None => Err(Refusal::Unknown),
                Some(author) if author.consent == *consent => Ok(vec![]),
                Some(_) => one(E::ConsentNoted { person: *person, consent: *consent }),
            }
        }
        PaperAct::KnowAuthor { person, of } => match paper.authors.iter().find(|author| author.person == *person) {
            None => Err(Refusal::Unknown),
            Some(author) if author.known == *of => Ok(vec![]),
            Some(_) => one(E::AuthorKnown { person: *person, of: *of }),
        },
        PaperAct::Erase => erasing::erase(paper),
        PaperAct::AddFile(new) => add_file(paper, new, terms),
        PaperAct::RemoveFile(id) if paper.file(*id).is_none() => Ok(vec![]),
        PaperAct::RemoveFile(id) => one(E::FileRemoved { id: *id }),
    }
}

fn one(event: E) -> Decided {
    Ok(vec![event.into()])
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What changed is written; where somebody else wrote since `base`, both texts are joined.
fn save(paper: &Paper, saving: &Saving) -> Decided {
    let mut texts = paper.sheet().texts;
    let mut words = Words::none();
    for (field, new) in &saving.texts {
        let written = paper.texts.get(field);
        let now = written.map(|written| written.text.as_str()).unwrap_or_default();
        let text = match written {
            Some(written) if written.version > saving.base && written.text != new.as_str() => {
                joined(*field, written.at(saving.base).unwrap_or_default(), now, new.as_str())
            }
            _ => new.as_str().to_owned(),
        };
        if text != now {
            words.0.insert(field.key(), text.clone());
        }
        texts.insert(*field, text);
    }
    let total = all_words(texts.iter());
    if total > MOST_WORDS {
        return Err(Refusal::TooManyWords { words: total, limit: MOST_WORDS });
    }
    let same = (saving.form, saving.lang, saving.theme) == (paper.form, paper.lang, paper.theme);
    if words.0.is_empty() && same && paper.version > 0 {
        return Ok(vec![]);
    }
    let event = E::Saved { version: paper.version + 1, form: saving.form, lang: saving.lang, theme: saving.theme };
    Ok(vec![Happened { event, words }])
}

/// Two texts of one field. Of a single line there is one: the later, since a title said twice is none.
fn joined(field: Field, base: &str, first: &str, second: &str) -> String {
    if field.has_lines() { merge(base, first, second) } else { second.to_owned() }
}

/// Sent in while the call is open, with a title, a text, and names to call the authors by.
fn submit(paper: &Paper, now: Instant, terms: Terms) -> Decided {
    let sheet = paper.sheet();
    if paper.submitted == Some(paper.version) && matches!(paper.state, State::Submitted | State::Accepted) {
        return Ok(vec![]);
    }
    if paper.state == State::Declined {
        return Err(Refusal::PaperPast);
    }
    // Whoever was asked for a change may send it after the call has closed.
    if !matches!(paper.state, State::ChangeAsked | State::Submitted | State::Accepted) {
        call_is_open(now, terms)?;
    }
    if sheet.text(Field::Title(sheet.lang)).is_empty() {
        return Err(Refusal::NeedsTitle);
    }
    if !has_text(paper, &sheet) {
        return Err(Refusal::NeedsText);
    }
    if paper.authors.is_empty() {
        return Err(Refusal::NeedsAuthor);
    }
    let (words, limit) = (words_of(&sheet), terms.call.map_or(MOST_WORDS, |call| call.max_words));
    if words > limit {
        return Err(Refusal::TooManyWords { words, limit });
    }
    one(E::Submitted { version: paper.version })
}

fn call_is_open(now: Instant, terms: Terms) -> Result<(), Refusal> {
    let call = terms.call.ok_or(Refusal::NoCall)?;
    if now < call.opens_at {
        return Err(Refusal::CallNotOpen { at: call.opens_at });
    }
    let until = terms.late_until.map_or(call.closes_at, |late| late.max(call.closes_at));
    if now >= until { Err(Refusal::CallClosed { at: until }) } else { Ok(()) }
}

fn has_text(paper: &Paper, sheet: &Sheet) -> bool {
    match sheet.form {
        Form::File => !paper.files.is_empty(),
        form @ (Form::Guided | Form::Free) => form.parts().iter().any(|field| !sheet.text(*field).is_empty()),
    }
}

fn comment(paper: &Paper, who: Who, new: &NewComment) -> Decided {
    if paper.comment(new.id).is_some() {
        return Ok(vec![]);
    }
    // A draft is its authors' alone: whoever helps has not read it.
    if who.role() != Some(Role::Author) && paper.sent().is_none() {
        return Err(Refusal::PaperPast);
    }
    if paper.comments.len() >= MOST_COMMENTS {
        return Err(Refusal::TooMany { limit: count(MOST_COMMENTS) });
    }
    let suggests = !new.quote.as_str().is_empty();
    let says_nothing = new.words.as_str().is_empty() && (!suggests || new.instead.as_str().is_empty());
    if says_nothing {
        return Err(Refusal::Empty);
    }
    if suggests {
        let quoted = new.about.and_then(|field| paper.sent().map(|sent| sent.sheet.text(field)));
        if !quoted.is_some_and(|text| text.contains(new.quote.as_str())) {
            return Err(Refusal::NotInText);
        }
    }
    let mut words = Words::none();
    for (name, text) in [("text", &new.words), ("quote", &new.quote), ("instead", &new.instead)] {
        if !text.as_str().is_empty() {
            words.0.insert(name.to_owned(), text.as_str().to_owned());
        }
    }
    let event = E::Commented { id: new.id, about: new.about, version: paper.submitted.unwrap_or_default() };
    Ok(vec![Happened { event, words }])
}

/// A suggestion that the authors take changes their text, by their own hand; one that they leave changes nothing.
fn settle(paper: &Paper, id: CommentId, taken: bool) -> Decided {
    let comment = paper.comment(id).ok_or(Refusal::Unknown)?;
    let settled: Happened<E> = E::Settled { id, taken }.into();
    match (comment.taken, taken) {
        (Some(true), true) | (Some(false), false) => return Ok(vec![]),
        (Some(true), false) => return Err(Refusal::PaperPast),
        (_, false) => return Ok(vec![settled]),
        (_, true) if comment.quote.is_empty() => return Ok(vec![settled]),
        (_, true) => {}
    }
    let field = comment.about.ok_or(Refusal::NotInText)?;
    let now = paper.texts.get(&field).map(|written| written.text.as_str()).unwrap_or_default();
    if !now.contains(&comment.quote) {
        return Err(Refusal::NotInText);
    }
    let text = PaperText::joined(now.replacen(&comment.quote, &comment.instead, 1));
    let saving = Saving {
        base: paper.version,
        form: paper.form,
        lang: paper.lang,
        theme: paper.theme,
        texts: vec![(field, text)],
    };
    let mut all = save(paper, &saving)?;
    all.push(settled);
    Ok(all)
}

fn ask_change(paper: &Paper, words: &PaperText) -> Decided {
    if words.as_str().is_empty() {
        return Err(Refusal::Empty);
    }
    if paper.state != State::Submitted {
        return Err(Refusal::PaperPast);
    }
    Ok(vec![Happened { event: E::ChangeAsked, words: Words::text(words.as_str()) }])
}

fn ready(paper: &Paper, version: u32) -> Decided {
    if !matches!(paper.state, State::Submitted | State::Accepted) {
        return Err(Refusal::PaperPast);
    }
    if paper.submitted != Some(version) {
        return Err(Refusal::AlreadyMoved { by: Some(Role::Author) });
    }
    if paper.ready == Some(version) { Ok(vec![]) } else { one(E::FoundReady { version }) }
}

/// Accepted is the version that was read; if the authors have sent another since, it has to be read first.
fn accept(paper: &Paper, place: Acceptance) -> Decided {
    if !matches!(paper.state, State::Submitted | State::Accepted | State::Declined) {
        return Err(Refusal::PaperPast);
    }
    let known = paper.accepted.as_ref().map(|accepted| accepted.place.version);
    if paper.submitted != Some(place.version) && known != Some(place.version) {
        return Err(Refusal::AlreadyMoved { by: Some(Role::Author) });
    }
    if place.limit < Span::seconds(30) || place.limit > Span::minutes(60) {
        return Err(Refusal::BadPlan);
    }
    if paper.accepted.as_ref().is_some_and(|accepted| accepted.place == place) {
        return Ok(vec![]);
    }
    one(E::Accepted(place))
}

fn decline(paper: &Paper, reason: DeclineReason, words: &PaperText) -> Decided {
    if words.as_str().is_empty() {
        return Err(Refusal::Empty);
    }
    if !matches!(paper.state, State::Submitted | State::ChangeAsked) {
        return Err(Refusal::PaperPast);
    }
    Ok(vec![Happened { event: E::Declined { reason }, words: Words::text(words.as_str()) }])
}

fn publish_as(paper: &Paper, publish: Publish, credit: Credit) -> Decided {
    if (paper.publish, paper.credit) == (publish, credit) {
        return Ok(vec![]);
    }
    one(E::Published { publish, credit })
}

fn add_file(paper: &Paper, new: &NewFile, terms: Terms) -> Decided {
    if paper.file(new.id).is_some() {
        return Ok(vec![]);
    }
    let (most, bytes) = terms.call.map_or((USUAL_FILES, u64::MAX), |call| (call.max_files, call.max_bytes));
    if paper.files.len() >= usize::from(most) {
        return Err(Refusal::TooMany { limit: u32::from(most) });
    }
    if new.bytes > bytes {
        return Err(Refusal::FileTooLarge { limit: bytes });
    }
    let event = E::FileAdded { id: new.id, kind: new.kind, bytes: new.bytes, pages: new.pages, anew: new.anew };
    Ok(vec![Happened { event, words: Words::text(new.name.as_str()) }])
}
