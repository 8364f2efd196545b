//! What has no fate yet (`R1`): the moderators close it out, many at once; organizers see where something is open, and late.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::view::fate::{OpenFates, OpenQuestion};

use crate::pages::backstage::team_head;
use crate::pages::plan::{Here, manage, ours};
use crate::pages::receipt::told;
use crate::pages::shell::{Bundle, Html, document};
use crate::pages::{Page, Refused, Write, Written};
use crate::parts::{FieldRefusal, Foot, Plain, Said, Shape, Skip, Top};
use crate::words::{Reader, common, console, fate as words, numbers, outcome, running};

/// So many on a page: the next come when these have their fate.
pub const A_PAGE: usize = 100;

/// What the moderators close out. A plain form: it works without a script.
#[must_use]
pub fn fates(page: &Page, code: &str, view: OpenFates, refused: Option<Refused>) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    let head = team_head(words::open_title(r), Bundle::None, None);
    let (here, pinned, code) = (page.here.clone(), page.pinned, code.to_owned());
    let title = view.session.clone();
    document(page, head, move || {
        let action = ["/s/", &code, "/fates"].concat();
        let console = ["/s/", &code, "/console"].concat();
        let recommends = ["/s/", &code, "/recommendations"].concat();
        view! {
            <div class="wings">
                <Skip reader=r/>
                <Top reader=r here pinned><h1><Plain phrase=title/></h1></Top>
                <main id="main" class="calm-page">
                    <h2 class="title">{words::open_title(r)}</h2>
                    {refused.map(|refused| view! { <FieldRefusal id="refusal" sentence=Some(refused.sentence)/> })}
                    {when(r, &view, offset)}
                    {closing(r, &action, view.open, true)}
                    {settled(r, &action, view.settled)}
                    <p class="buttons">
                        <a class="button quiet" href=console>{running::to_console(r)}</a>
                        <a class="button quiet" href=recommends>{outcome::team_title(r)}</a>
                    </p>
                </main>
                <Foot reader=r code=Some(code)/>
            </div>
        }
    })
}

/// Until when, and whether that is over.
fn when(r: Reader, view: &OpenFates, offset: i32) -> Written {
    if !view.begun {
        return view! { <p>{words::not_begun(r)}</p> }.written();
    }
    if view.open.is_empty() {
        return view! { <p>{words::none_open(r)}</p> }.written();
    }
    let due = words::due(r, &numbers::date(r, view.due, offset), &numbers::time_of_day(r, view.due, offset));
    let late = view.late.then(|| {
        view! { <p class="refusal"><Shape name="hold"/> {words::late_team(r)}</p> }
    });
    view! { {late} <p>{words::open_count(r, view.open.len() as u64)} " " {due}</p> <p class="note">{words::open_how(r)}</p> }.written()
}

/// The questions with a box each, and what is said of those that were picked.
fn closing(r: Reader, action: &str, questions: Vec<OpenQuestion>, open: bool) -> Written {
    if questions.is_empty() {
        return ().written();
    }
    let row = |question: OpenQuestion| {
        let id = question.id.to_string();
        let text = if question.text.is_empty() { ours(r, common::removed(r)) } else { question.text };
        let said = (!open).then(|| view! { <small>{told(r, question.fate)}</small> });
        view! {
            <li>
                <label class="choice framed">
                    <input type="checkbox" name="pick" value=id.clone()/>
                    <span><Said phrase=text/> {said}</span>
                </label>
                <input type="hidden" name="listed" value=id/>
            </li>
        }
    };
    let rows: Vec<_> = questions.into_iter().take(A_PAGE).map(row).collect();
    let organisation = if open { "to-open" } else { "to-settled" };
    view! {
        <form class="box" method="post" action=action.to_owned()>
            <ul class="stack">{rows}</ul>
            <label class="choice framed">
                <input type="checkbox" name="all" value="true"/>
                <span>{words::all_listed(r)}</span>
            </label>
            <button class="button main" name="as" value="answered">{words::as_answered(r)}</button>
            <fieldset class="stack">
                <legend>{console::not_used(r)}</legend>
                <button class="button" name="as" value="no_time">{console::reason_no_time(r)}</button>
                <button class="button" name="as" value="already_asked">{console::reason_asked(r)}</button>
                <button class="button" name="as" value="other_topic">{console::reason_other_topic(r)}</button>
                <button class="button" name="as" value="other_session">{console::reason_other_session(r)}</button>
            </fieldset>
            <label for=organisation>{words::organisation(r)}</label>
            <input id=organisation name="to" type="text" dir="auto" maxlength="160"/>
            <button class="button" name="as" value="owed">{words::as_owed(r)}</button>
        </form>
    }
    .written()
}

/// What was said already, and can be corrected.
fn settled(r: Reader, action: &str, questions: Vec<OpenQuestion>) -> Option<Written> {
    (!questions.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{words::settled(r)}</summary>
                {closing(r, action, questions, false)}
            </details>
        }
        .written()
    })
}

/// How much of a session is open, for organizers.
#[derive(Clone, Debug)]
pub struct OpenSession {
    pub title: Phrase,
    /// Questions that the children have, without a fate.
    pub open: u32,
    /// Texts that no adult has read.
    pub unread: u32,
    /// Whether what is open is late.
    pub late: bool,
}

/// Where something is open, the late ones first; organizers remind, and decide nothing of it (`P3`).
#[must_use]
pub fn overview(page: &Page, sessions: Vec<OpenSession>) -> Html {
    let r = page.reader;
    manage(page, words::open_title(r).to_owned(), Here::Board, move || {
        let none = sessions.is_empty().then(|| view! { <p>{words::none_open(r)}</p> });
        let row = |session: OpenSession| {
            let open = (session.open > 0).then(|| view! { <span>{words::open_count(r, session.open.into())}</span> });
            let unread = (session.unread > 0)
                .then(|| view! { <span>{crate::words::organizer::texts_wait(r, session.unread.into())}</span> });
            let late = session.late.then(|| view! { <span class="link late">{words::late_team(r)}</span> });
            view! { <li class="card"><h2><Plain phrase=session.title/></h2> <div class="with">{late} {open} {unread}</div></li> }
        };
        view! {
            <p class="note">{words::who_decides(r)}</p>
            {none}
            <ul class="stack">{sessions.into_iter().map(row).collect_view()}</ul>
        }
    })
}
