//! What each page shows of a paper, made of its state, the call, and people's names.

use nadwa_app::live::writing::{Pace, Start, TextView, WritingView};
use nadwa_app::pages::papers::reading::{Deciding, Read, Reading, SessionChoice};
use nadwa_app::pages::papers::writing::{VersionView, Writing};
use nadwa_app::pages::papers::{CommentView, FileView, reason_name, when};
use nadwa_app::pages::{Page, Refused};
use nadwa_app::words::{Reader, numbers, paper as words};
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::call::Call;
use nadwa_domain::paper::field::{Field, Sheet};
use nadwa_domain::paper::file::File;
use nadwa_domain::paper::length::{calm_pace, speaking_time, words_of};
use nadwa_domain::paper::{Comment, Paper, State, Version};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Lang, Role, Span};

use crate::edge;
use crate::http::App;
use crate::http::papers::access::Desk;
use crate::http::papers::bring::USUAL_LIMIT;
use crate::http::papers::naming::{names, people_of};
use crate::markdown;

/// The speaking time of a paper where there is no call to say.
const USUAL_SPEAKING: Span = Span::minutes(5);

/// The sheet as its authors' tablets have it.
#[must_use]
pub fn sheet(paper: &Paper) -> WritingView {
    let texts = paper.sheet().texts.into_iter();
    let texts = texts.map(|(field, text)| TextView { field: field.key(), text }).collect();
    WritingView {
        version: paper.version,
        form: paper.form,
        lang: paper.lang,
        theme: paper.theme,
        texts,
        beside: beside(paper),
    }
}

/// A number that changes when something beside the texts does.
fn beside(paper: &Paper) -> u32 {
    let settled = paper.comments.iter().filter(|comment| comment.taken.is_some()).count();
    let counts = [paper.comments.len(), settled, paper.files.len(), paper.authors.len(), paper.state as usize];
    counts.into_iter().fold(0, |sum, count| sum * 64 + u32::try_from(count % 64).unwrap_or(0))
}

/// The authors' page.
pub async fn writing(desk: &Desk, page: &Page, pass: &Pass, refused: Option<Refused>, typed: Vec<TextView>) -> Writing {
    let (r, paper) = (page.reader, desk.room.state());
    let conference = desk.app.rooms.conference().state();
    let call = conference.call.as_ref();
    let of_sheet = refused.as_ref().filter(|refused| refused.field == "sheet").map(|refused| refused.sentence.clone());
    let session = paper.accepted.as_ref().and_then(|accepted| conference.listing(accepted.place.session));
    let session = session.map(|listing| listing.title.for_reader(r.lang).text).unwrap_or_default();
    Writing {
        paper: paper.id.0,
        start: start(page, &paper, call, typed, of_sheet),
        state: paper.state,
        says: says(r, &paper, &session),
        kind: kind_words(r, &paper),
        call: until(page, call, pass),
        change: paper.submitted.is_some() && paper.state != State::Withdrawn,
        names: names(&desk.app, &paper, r),
        files: paper.files.iter().map(file).collect(),
        file_limit: call.map_or(USUAL_LIMIT, |call| call.max_bytes) / (1024 * 1024),
        comments: comments(&paper, r.lang),
        fresh: edge::fresh_id(),
        unexplained: paper.sheet().unexplained(),
        publish: paper.publish,
        credit: paper.credit,
        group: desk.app.rooms.name_of(paper.group()).map(|name| name.for_reader(r.lang).text).unwrap_or_default(),
        versions: paper.versions.iter().rev().map(version).collect(),
        erases_at: desk.app.rooms.erases_next(),
        refused: refused.filter(|refused| refused.field != "sheet"),
    }
}

fn start(page: &Page, paper: &Paper, call: Option<&Call>, typed: Vec<TextView>, refused: Option<String>) -> Start {
    let lang = page.reader.lang;
    let mut languages = call.map_or_else(|| Lang::all().collect(), |call| call.languages.clone());
    if !languages.contains(&paper.lang) {
        languages.insert(0, paper.lang);
    }
    let pace = |lang: Lang| call.and_then(|call| call.pace.get(&lang).copied()).unwrap_or_else(|| calm_pace(lang));
    Start {
        place: page.place(),
        paper: paper.id.to_string(),
        view: sheet(paper),
        typed,
        refused,
        themes: call.map(|call| call.themes.iter().map(|theme| theme.for_reader(lang)).collect()).unwrap_or_default(),
        paces: Lang::all().map(|lang| Pace { lang, words: pace(lang) }).collect(),
        languages,
        speaking: call.map_or(USUAL_SPEAKING, |call| call.speaking),
    }
}

fn says(r: Reader, paper: &Paper, session: &str) -> String {
    if paper.erased.is_some() && paper.sheet().texts.is_empty() {
        return words::says_erased(r).to_owned();
    }
    match paper.state {
        State::Draft => words::says_draft(r).to_owned(),
        State::Submitted => words::says_submitted(r).to_owned(),
        State::ChangeAsked => words::says_change_asked(r).to_owned(),
        State::Accepted if paper.change_waits() => words::says_change_waits(r).to_owned(),
        State::Accepted => words::says_accepted(r, session),
        State::Declined => words::says_declined(r).to_owned(),
        State::Withdrawn => words::says_withdrawn(r).to_owned(),
    }
}

fn kind_words(r: Reader, paper: &Paper) -> Option<String> {
    let declined = paper.declined.as_ref().filter(|_| paper.state == State::Declined)?;
    Some(format!("{} {}", reason_name(r, declined.reason), declined.words).trim().to_owned())
}

fn until(page: &Page, call: Option<&Call>, pass: &Pass) -> String {
    let (r, offset) = (page.reader, page.utc_offset);
    let Some(call) = call else { return words::without_call(r).to_owned() };
    let late = pass.issued.paper.and_then(|scope| scope.late_until);
    let closes = late.map_or(call.closes_at, |late| late.max(call.closes_at));
    if page.now < call.opens_at {
        words::open_from(r, &when(r, call.opens_at, offset))
    } else if page.now < closes {
        words::open_until(r, &when(r, closes, offset))
    } else {
        words::closed_since(r, &when(r, closes, offset))
    }
}

/// A file as pages show it.
#[must_use]
pub fn file(file: &File) -> FileView {
    FileView {
        id: file.id.0,
        kind: file.kind,
        name: file.name.clone(),
        bytes: file.bytes,
        pages: file.pages,
        anew: file.anew,
    }
}

fn version(version: &Version) -> VersionView {
    VersionView { number: version.number, at: version.at, sent: version.sent }
}

/// Newest first; nobody is named beside a paper.
fn comments(paper: &Paper, lang: Lang) -> Vec<CommentView> {
    let written = |text: &str| if text.is_empty() { Phrase::default() } else { Phrase::written(text, lang) };
    let view = |comment: &Comment| CommentView {
        id: comment.id.0,
        by: comment.by.role().unwrap_or(Role::Organizer),
        at: comment.at,
        about: comment.about,
        text: written(&comment.text),
        quote: written(&comment.quote),
        instead: written(&comment.instead),
        taken: comment.taken,
    };
    paper.comments.iter().rev().map(view).collect()
}

/// The readers' page.
pub fn reading(desk: &Desk, page: &Page, role: Role, refused: Option<Refused>) -> Reading {
    let (r, paper) = (page.reader, desk.room.state());
    let call = desk.app.rooms.conference().state().call.clone();
    let sent = paper.sent();
    Reading {
        paper: paper.id.0,
        state: paper.state,
        read: sent.map(|sent| read(r, sent, call.as_ref())),
        comments: if sent.is_some() { comments(&paper, r.lang) } else { vec![] },
        files: if sent.is_some() { paper.sent_files.iter().map(file).collect() } else { vec![] },
        fresh: edge::fresh_id(),
        found_ready: paper.ready.is_some() && paper.ready == paper.submitted,
        change_waits: paper.change_waits(),
        deciding: (role == Role::Organizer && sent.is_some()).then(|| deciding(desk, page, &paper, call.as_ref())),
        versions: paper.versions.iter().rev().filter(|version| version.sent).map(version).collect(),
        refused,
    }
}

fn read(r: Reader, sent: &Version, call: Option<&Call>) -> Read {
    let words = words_of(&sent.sheet);
    let pace = call.map(|call| call.pace.clone()).unwrap_or_default();
    let minutes = speaking_time(words, sent.sheet.lang, &pace).0.max(0).div_euclid(60_000) + 1;
    Read {
        version: sent.number,
        title: own_title(&sent.sheet),
        parts: parts(&sent.sheet, r.lang, |_| true),
        words,
        minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
    }
}

/// The title in the paper's own language.
#[must_use]
pub fn own_title(sheet: &Sheet) -> Phrase {
    sheet.title().for_reader(sheet.lang)
}

/// The texts that were written, in the order of reading, as safe trees.
#[must_use]
pub fn parts(
    sheet: &Sheet,
    reader: Lang,
    shown: impl Fn(Field) -> bool,
) -> Vec<(Field, Vec<nadwa_app::pages::papers::text::Block>)> {
    let glossary = sheet.glossary();
    let of_form = |field: Field| {
        let other_form = field.is_spoken() && !sheet.form.parts().contains(&field);
        !other_form && field != Field::Title(sheet.lang) && shown(field)
    };
    let text = |field: Field| {
        let text = sheet.text(field);
        (!text.is_empty()).then(|| (field, markdown::tree(text, reader, &glossary)))
    };
    Field::all().filter(|field| of_form(*field)).filter_map(text).collect()
}

fn deciding(desk: &Desk, page: &Page, paper: &Paper, call: Option<&Call>) -> Deciding {
    let lang = page.reader.lang;
    let conference = desk.app.rooms.conference().state();
    let here = paper.accepted.as_ref().map(|accepted| accepted.place.session);
    let takes = |kind: Kind| !matches!(kind, Kind::Break | Kind::ClosedMeeting);
    let sessions = conference.sessions.iter().filter(|listing| takes(listing.kind) && listing.code.is_some());
    let choice = |listing: &nadwa_domain::conference::Listing| {
        let title = listing.title.for_reader(lang);
        let time = numbers::time_of_day(page.reader, listing.starts_at, page.utc_offset);
        let date = numbers::date(page.reader, listing.starts_at, page.utc_offset);
        let title = Phrase { text: format!("{} · {date} · {time}", title.text), ..title };
        SessionChoice { id: listing.session.0, title, chosen: here == Some(listing.session) }
    };
    let limit = paper.accepted.as_ref().map(|accepted| accepted.place.limit);
    let limit = limit.unwrap_or_else(|| call.map_or(USUAL_SPEAKING, |call| call.speaking));
    Deciding {
        sessions: sessions.map(choice).collect(),
        minutes: u32::try_from(limit.0 / 60_000).unwrap_or(5),
        names: names(&desk.app, paper, page.reader),
        people: people_of(&desk.app, page.reader),
    }
}

/// How people are called in public, leaving out whoever was forgotten.
#[must_use]
pub fn credited(app: &App, people: &[nadwa_domain::ids::PersonId], lang: Lang) -> Vec<Phrase> {
    people.iter().filter_map(|person| app.rooms.own_name_of(*person)).map(|name| name.for_reader(lang)).collect()
}
