//! The authors' page: their sheet, their names, their files, what others wrote beside it, and what becomes public.
//!
//! Everything on it is a form that works without wasm; the sheet alone is live.

use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::paper::State;
use nadwa_domain::paper::act::{Credit, Publish};
use uuid::Uuid;

use super::files::files;
use super::naming::names;
use super::{CommentView, FileView, NameView, comment, state_name, state_shape, when};
use crate::live::writing::{Start, WritingIsland};
use crate::pages::help::quiet;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::given::Given;
use crate::parts::{FieldRefusal, HelpLink, Shape, Skip, TextArea, Top};
use crate::words::{Reader, common, landing, numbers, paper as words};

/// What the authors' page shows.
#[derive(Clone, Debug)]
pub struct Writing {
    pub paper: Uuid,
    /// What the sheet begins with.
    pub start: Start,
    /// Where the paper is in its life.
    pub state: State,
    /// The sentence of the state, and what was said with it.
    pub says: String,
    /// Kind words that came with it.
    pub kind: Option<String>,
    /// Until when it can be sent, or why not.
    pub call: String,
    /// Whether a change of a sent paper can be sent.
    pub change: bool,
    /// Who writes it.
    pub names: Vec<NameView>,
    pub files: Vec<FileView>,
    /// Largest file, in megabytes.
    pub file_limit: u64,
    /// What was written beside it, newest first.
    pub comments: Vec<CommentView>,
    /// For the next comment of the authors, and for their next file.
    pub fresh: Uuid,
    /// Short forms that no word of the glossary explains.
    pub unexplained: Vec<String>,
    /// How much is public.
    pub publish: Publish,
    /// By which names.
    pub credit: Credit,
    /// The group's own name.
    pub group: String,
    /// Versions to compare, newest first.
    pub versions: Vec<VersionView>,
    /// When what is not public is erased, if that is known and still to come.
    pub erases_at: Option<Instant>,
    /// Why a form beside the sheet was refused.
    pub refused: Option<Refused>,
}

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionView {
    /// Its number.
    pub number: u32,
    /// When it was saved.
    pub at: Instant,
    /// Whether it was sent in.
    pub sent: bool,
}

/// The authors' page.
#[must_use]
pub fn writing(page: &Page, data: Writing) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::our_paper(r).to_owned(),
        class: "writing",
        bundle: Bundle::Team,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let offset = page.utc_offset;
    let (here, pinned) = (page.here.clone(), page.pinned);
    let given = Given::new(&data.start);
    let action = format!("/papers/{}", data.paper);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::our_paper(r)}</h1>
                <span class="chip push"><Shape name=state_shape(data.state)/> {state_name(r, data.state)}</span>
            </Top>
            <main id="main">
                {steps(r)}
                <div class="stack">
                    {(data.state == State::Draft).then(|| promises(r))}
                    {state_of(r, &data)}
                    {given.provide()}
                    <WritingIsland/>
                    {unexplained(r, &data.unexplained)}
                    {names(r, &action, &data)}
                    {files(r, &action, &data)}
                </div>
                <div class="beside stack">
                    {quiet(r)}
                    {notes(r, offset, &action, &data)}
                    {public(r, offset, &action, &data)}
                    {versions(r, offset, data.paper, &data.versions)}
                    {withdraw(r, &action, data.state)}
                </div>
            </main>
            <footer class="foot">
                <HelpLink reader=r code=None/>
                // A button of the sheet: what was typed a moment ago goes along.
                <button class="button main" data-moment="speech" form="draft" formaction=format!("{action}/submit")>
                    {if data.change { words::submit_change(r) } else { words::submit(r) }}
                    " "
                    <Shape name="onward"/>
                </button>
            </footer>
        }
    })
}

/// What authors are told first (`P1`), until they send it: whose words these are, who reads them, and by which name.
fn promises(r: Reader) -> impl IntoView {
    let promise = |shape, text: &'static str| view! { <li><Shape name=shape/>{text}</li> };
    view! {
        <ul class="promises card">
            {promise("mark", words::promise_ours(r))}
            {promise("reads", words::promise_reading(r))}
            {promise("nameless", words::promise_names(r))}
            {promise("stop", landing::promise_stop(r))}
        </ul>
    }
}

fn steps(r: Reader) -> impl IntoView {
    let steps = [
        ("#draft", words::our_paper(r)),
        ("#summary", words::summary(r)),
        ("#messages", words::key_messages(r)),
        ("#words", words::glossary(r)),
        ("#names", words::who_we_are(r)),
        ("#files", words::files(r)),
    ];
    let rows = steps.map(|(to, word)| view! { <li class="step"><a href=to><Shape name="paper"/> {word}</a></li> });
    view! { <ol class="steps">{rows.into_iter().collect_view()}</ol> }
}

fn state_of(r: Reader, data: &Writing) -> impl IntoView + use<> {
    let moment = if data.state == State::Accepted { "speech" } else { "plain" };
    let refused = data.refused.clone().filter(|refused| refused.field.is_empty() || refused.field == "title");
    view! {
        {refused.map(|refused| view! { <crate::parts::Refusal sentence=refused.sentence/> })}
        <div class="message" data-moment=moment>
            <Shape name=state_shape(data.state)/>
            <div>
                <b>{data.says.clone()}</b>
                <p>{words::submit_note(r)} " " {data.call.clone()}</p>
                {data.kind.clone().map(|kind| view! { <p class="said" dir="auto">{kind}</p> })}
            </div>
        </div>
    }
}

fn unexplained(r: Reader, short: &[String]) -> impl IntoView + use<> {
    (!short.is_empty()).then(|| view! { <p class="note">{words::unexplained(r, &short.join("، "))}</p> })
}

pub(super) fn refusal_of(data: &Writing, field: &str) -> Option<String> {
    data.refused.as_ref().filter(|refused| refused.field == field).map(|refused| refused.sentence.clone())
}

fn notes(r: Reader, offset: i32, action: &str, data: &Writing) -> impl IntoView + use<> {
    let rows = data.comments.iter().map(|one| {
        let settle = format!("{action}/comments/{}/settle", one.id);
        let open = !one.quote.is_empty() && one.taken.is_none();
        let press = open.then(|| {
            view! {
                <form class="buttons" method="post" action=settle>
                    <button class="button" name="taken" value="yes">{words::take(r)}</button>
                    <button class="button" name="taken" value="no">{words::leave(r)}</button>
                </form>
            }
        });
        view! { <li class="card">{comment(r, offset, one)} {press}</li> }
    });
    let none = data.comments.is_empty().then(|| view! { <p class="note">{words::no_comments(r)}</p> });
    view! {
        <section class="stack" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{words::comments(r)}</h2>
            <p class="note">{words::only_authors(r)}</p>
            {none}
            <ul class="stack">{rows.collect_view()}</ul>
            <details class="more">
                <summary>{words::reply(r)}</summary>
                <form class="box" method="post" action=format!("{action}/comments")>
                    <input type="hidden" name="id" value=data.fresh.to_string()/>
                    <label class="minor" for="reply">{words::reply(r)}</label>
                    <TextArea attr:id="reply" attr:name="text" attr:rows="3"/>
                    <FieldRefusal id="reply-refusal" sentence=refusal_of(data, "quote").or_else(|| refusal_of(data, "text"))/>
                    <button class="button">{common::send(r)}</button>
                </form>
            </details>
        </section>
    }
}

fn public(r: Reader, offset: i32, action: &str, data: &Writing) -> impl IntoView + use<> {
    let erases = data.erases_at.map(|at| {
        view! { <p class="note">{words::erases_on(r, &numbers::date(r, at, offset))}</p> }
    });
    let levels = [
        ("title", Publish::Title, words::publish_only_title(r)),
        ("summary", Publish::Summary, words::publish_summary(r)),
        ("whole", Publish::Whole, words::publish_whole(r)),
    ];
    let levels = levels.map(|(value, level, word)| choice("publish", value, word, data.publish == level));
    let credits = [
        ("names", Credit::Names, words::credit_names(r)),
        ("group", Credit::Group, words::credit_group(r)),
        ("unnamed", Credit::Unnamed, words::credit_unnamed(r)),
    ];
    let credits = credits.map(|(value, credit, word)| choice("credit", value, word, data.credit == credit));
    view! {
        <form class="card stack" id="publish" method="post" action=format!("{action}/publish")>
            <fieldset class="stack">
                <legend>{words::publish_title(r)}</legend>
                {levels.into_iter().collect_view()}
                {erases}
            </fieldset>
            <fieldset class="stack">
                <legend>{words::credit_title(r)}</legend>
                {credits.into_iter().collect_view()}
                <div class="box">
                    <label class="minor" for="group">{words::group_label(r)}</label>
                    <input id="group" name="group" value=data.group.clone() autocomplete="off"/>
                    <FieldRefusal id="group-refusal" sentence=refusal_of(data, "group")/>
                </div>
                <p class="note">{words::credit_note(r)}</p>
            </fieldset>
            <button class="button">{common::save(r)}</button>
        </form>
    }
}

/// One of several that exclude each other.
pub(super) fn choice(name: &'static str, value: &'static str, word: &'static str, on: bool) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=on/>
            {word}
        </label>
    }
}

fn versions(r: Reader, offset: i32, paper: Uuid, versions: &[VersionView]) -> impl IntoView + use<> {
    let newest = versions.first().map(|version| version.number);
    let rows = versions.iter().take(20).map(|version| {
        let sent = version.sent.then(|| view! { <span class="chip">{words::version_sent(r)}</span> });
        let compare = newest.filter(|newest| *newest != version.number).map(|newest| {
            let to = format!("/papers/{paper}/versions?from={}&to={newest}", version.number);
            view! { <a class="button quiet" href=to>{words::compare(r)}</a> }
        });
        view! {
            <li>
                <span>{words::version_n(r, u64::from(version.number))} " · " {when(r, version.at, offset)}</span>
                {sent}
                {compare}
            </li>
        }
    });
    (!versions.is_empty()).then(|| {
        view! {
            <details class="more" id="versions">
                <summary>{words::versions(r)}</summary>
                <ul class="lines">{rows.collect_view()}</ul>
            </details>
        }
    })
}

fn withdraw(r: Reader, action: &str, state: State) -> impl IntoView + use<> {
    let action = format!("{action}/withdraw");
    (!matches!(state, State::Draft | State::Withdrawn)).then(|| {
        view! {
            // What is taken back stays so: it is asked once (`A7`).
            <details class="more">
                <summary class="button">{words::withdraw(r)}</summary>
                <form class="stack" method="post" action=action>
                    <p class="note">{words::withdraw_note(r)}</p>
                    <button class="button">{words::withdraw(r)}</button>
                </form>
            </details>
        }
    })
}
