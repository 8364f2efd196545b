//! Reading a paper to help with it: mentors and organizers. They write beside the text and change none of it (`P4`).

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::State;
use nadwa_domain::paper::act::DeclineReason;
use nadwa_domain::paper::field::Field;
use uuid::Uuid;

use super::naming::consents;
use super::text::{Block, blocks};
use super::writing::VersionView;
use super::{
    CommentView, FileView, NameView, Opener, comment, field_name, file_line, reason_name, state_name, state_shape,
};
use crate::pages::Write;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::{FieldRefusal, Foot, Plain, Refusal, Shape, Skip, TextArea, Top};
use crate::words::{Reader, clock, common, paper as words};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Reading {
    pub paper: Uuid,
    /// Where it is in its life.
    pub state: State,
    /// The version that is read; nothing before one was sent.
    pub read: Option<Read>,
    /// What was written beside it, newest first.
    pub comments: Vec<CommentView>,
    /// Its files, as they were sent.
    pub files: Vec<FileView>,
    /// For the next comment.
    pub fresh: Uuid,
    /// Whether a mentor found this version ready.
    pub found_ready: bool,
    /// Whether a change of an accepted paper waits to be read.
    pub change_waits: bool,
    /// What an organizer decides; nothing for mentors.
    pub deciding: Option<Deciding>,
    /// Versions that were sent, newest first.
    pub versions: Vec<VersionView>,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
}

/// The version that is read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its number.
    pub version: u32,
    /// What it is called.
    pub title: Phrase,
    /// Its texts, in the order of reading.
    pub parts: Vec<(Field, Vec<Block>)>,
    /// Its words.
    pub words: u32,
    /// Minutes to say them at a calm pace.
    pub minutes: u32,
}

/// What an organizer decides.
#[derive(Clone, Debug)]
pub struct Deciding {
    /// Sessions that can take it.
    pub sessions: Vec<SessionChoice>,
    /// Speaking time that the call gives, in minutes.
    pub minutes: u32,
    /// The authors, and what guardians said.
    pub names: Vec<NameView>,
    /// The conference's people, by name.
    pub people: Vec<(Uuid, Phrase)>,
}

/// A session that can take a paper.
#[derive(Clone, Debug)]
pub struct SessionChoice {
    pub id: Uuid,
    /// What it is called, with its time.
    pub title: Phrase,
    /// Whether the paper is in it.
    pub chosen: bool,
}

/// The page.
#[must_use]
pub fn reading(page: &Page, data: Reading) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::read(r).to_owned(),
        class: "writing reading-paper",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let offset = page.utc_offset;
    let (here, pinned) = (page.here.clone(), page.pinned);
    let action = format!("/papers/{}", data.paper);
    document(page, head, move || {
        let title = data.read.as_ref().map(|read| read.title.clone()).unwrap_or_default();
        let refused = data.refused.clone().filter(|refused| refused.field.is_empty());
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <a class="button" href="/papers/table">{common::back(r)}</a>
                <span class="chip push"><Shape name=state_shape(data.state)/> {state_name(r, data.state)}</span>
            </Top>
            <main id="main">
                <article class="sheet leaf-of-paper">
                    <h1><Plain phrase=title/></h1>
                    {text(r, &data)}
                    {files(r, &data)}
                </article>
                <div class="beside stack">
                    {refused.map(|refused| view! { <Refusal sentence=refused.sentence/> })}
                    <p class="note">{words::only_authors(r)}</p>
                    {data.read.is_some().then(|| help(r, &action, &data))}
                    {said(r, offset, &data)}
                    {versions(r, &data)}
                    {data.deciding.as_ref().map(|deciding| decide(r, &action, &data, deciding))}
                </div>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn text(r: Reader, data: &Reading) -> impl IntoView + use<> {
    let Some(read) = &data.read else {
        return view! { <p class="empty">{words::not_sent_yet(r)}</p> }.written();
    };
    let length =
        words::length(r, &common::words_count(r, u64::from(read.words)), &clock::minutes(r, u64::from(read.minutes)));
    let ready =
        data.found_ready.then(|| view! { <span class="chip"><Shape name="check"/> {words::found_ready(r)}</span> });
    let waits = data.change_waits.then(|| view! { <span class="chip">{words::state_change_waits(r)}</span> });
    let parts = read.parts.iter().map(|(field, text)| {
        let inside = blocks(text, 2, &field.key().replace('.', "-"));
        view! { <section class="part"><h2>{field_name(r, *field)}</h2> {inside}</section> }
    });
    let number = words::version_n(r, u64::from(read.version));
    view! {
        <p class="label">{number} " · " {length} " " {ready} {waits}</p>
        {parts.collect_view()}
    }
    .written()
}

fn files(r: Reader, data: &Reading) -> impl IntoView + use<> {
    let paper = data.paper;
    let rows = data.files.iter().map(|file| {
        let seen = file.kind.is_picture().then(|| {
            let label = words::picture_of(r, &file.name);
            view! { <img class="picture" src=format!("/papers/{paper}/pages/{}/0", file.id) alt=label/> }
        });
        view! { <li>{file_line(r, paper, file, Opener::Adult)} {seen}</li> }
    });
    (!data.files.is_empty()).then(|| {
        view! { <section class="part"><h2>{words::files(r)}</h2> <ul class="lines">{rows.collect_view()}</ul></section> }
    })
}

fn said(r: Reader, offset: i32, data: &Reading) -> impl IntoView + use<> {
    let rows = data.comments.iter().map(|one| view! { <li class="card">{comment(r, offset, one)}</li> });
    view! {
        <section class="stack" aria-labelledby="comments-title">
            <h2 id="comments-title">{words::comments(r)}</h2>
            {data.comments.is_empty().then(|| view! { <p class="note">{words::no_comments(r)}</p> })}
            <ul class="stack">{rows.collect_view()}</ul>
        </section>
    }
}

/// Help, not marks: a note, a change asked for, or «ready».
fn help(r: Reader, action: &str, data: &Reading) -> impl IntoView + use<> {
    let Some(read) = &data.read else { return ().written() };
    let refusal = |field: &str| {
        data.refused.as_ref().filter(|refused| refused.field == field).map(|refused| refused.sentence.clone())
    };
    let typed = data.refused.as_ref().map(|refused| refused.typed.clone()).unwrap_or_default();
    let parts =
        read.parts.iter().map(|(field, _)| view! { <option value=field.key()>{field_name(r, *field)}</option> });
    let mentor = data.deciding.is_none();
    let ready = mentor.then(|| {
        view! {
            <form method="post" action=format!("{action}/ready")>
                <input type="hidden" name="version" value=read.version.to_string()/>
                <button class="button large">{words::ready(r)}</button>
            </form>
        }
    });
    view! {
        <form class="card box" method="post" action=format!("{action}/comments")>
            <input type="hidden" name="id" value=data.fresh.to_string()/>
            <label for="text">{words::comment_label(r)}</label>
            <TextArea text=typed attr:id="text" attr:name="text" attr:rows="3" attr:aria-describedby="text-refusal"/>
            <FieldRefusal id="text-refusal" sentence=refusal("text")/>
            <label class="minor" for="about">{words::comment_about(r)}</label>
            <select id="about" name="about">
                <option value="">{words::about_whole(r)}</option>
                {parts.collect_view()}
            </select>
            <label class="minor" for="quote">{words::quote_label(r)}</label>
            <input id="quote" name="quote" autocomplete="off" aria-describedby="quote-refusal"/>
            <FieldRefusal id="quote-refusal" sentence=refusal("quote")/>
            <label class="minor" for="instead">{words::instead_label(r)}</label>
            <input id="instead" name="instead" autocomplete="off"/>
            <button class="button">{words::send_comment(r)}</button>
        </form>
        <form class="card box" method="post" action=format!("{action}/ask-change")>
            <label class="minor" for="change">{words::ask_change_label(r)}</label>
            <TextArea attr:id="change" attr:name="text" attr:rows="2"/>
            <button class="button">{words::ask_change(r)}</button>
        </form>
        {ready}
    }
    .written()
}

fn versions(r: Reader, data: &Reading) -> impl IntoView + use<> {
    let newest = data.versions.first().map(|version| version.number)?;
    let paper = data.paper;
    let rows = data.versions.iter().skip(1).map(|version| {
        let to = format!("/papers/{paper}/versions?from={}&to={newest}", version.number);
        view! {
            <li>
                {words::version_n(r, u64::from(version.number))}
                <a class="button quiet" href=to>{words::compare(r)}</a>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <details class="more"><summary>{words::versions(r)}</summary><ul class="lines">{rows}</ul></details> })
}

fn decide(r: Reader, action: &str, data: &Reading, deciding: &Deciding) -> impl IntoView + use<> {
    let version = data.read.as_ref().map(|read| read.version.to_string());
    let sessions = deciding.sessions.iter().map(|session| {
        let title = session.title.clone();
        view! { <option value=session.id.to_string() lang=title.lang.tag() selected=session.chosen>{title.text}</option> }
    });
    let sessions = sessions.collect_view();
    let word = match (data.state, data.change_waits) {
        (State::Accepted, true) => words::take_change(r),
        (State::Accepted, false) => words::move_to(r),
        _ => words::accept(r),
    };
    let accept = version.map(|version| {
        view! {
            <form class="card box" id="accept" method="post" action=format!("{action}/accept")>
                <h2>{words::accept_title(r)}</h2>
                <input type="hidden" name="version" value=version/>
                <label class="minor" for="session">{words::session_label(r)}</label>
                <select id="session" name="session">{sessions}</select>
                <label class="minor" for="minutes">{words::minutes_label(r)}</label>
                <input id="minutes" name="minutes" inputmode="numeric" value=deciding.minutes.to_string()/>
                <button class="button large">{word}</button>
            </form>
        }
    });
    let decline = matches!(data.state, State::Submitted | State::ChangeAsked).then(|| decline(r, action));
    view! { {accept} {consents(r, action, deciding)} {decline} }
}

fn decline(r: Reader, action: &str) -> impl IntoView + use<> {
    let reasons = [
        ("no_room", DeclineReason::NoRoom),
        ("other_theme", DeclineReason::OtherTheme),
        ("said_already", DeclineReason::SaidAlready),
    ];
    let reasons = reasons.map(|(value, reason)| view! { <option value=value>{reason_name(r, reason)}</option> });
    view! {
        <details class="more">
            <summary>{words::decline_title(r)}</summary>
            <form class="box" method="post" action=format!("{action}/decline")>
                <label class="minor" for="reason">{words::reason_label(r)}</label>
                <select id="reason" name="reason">{reasons.into_iter().collect_view()}</select>
                <label class="minor" for="kind">{words::decline_words(r)}</label>
                <TextArea attr:id="kind" attr:name="text" attr:rows="3"/>
                <button class="button">{words::decline(r)}</button>
            </form>
        </details>
    }
}
