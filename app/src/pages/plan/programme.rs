//! The draft of the programme: by day, with what clashes and what publishing would change.

use leptos::prelude::*;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Instant, Phrase};

use crate::pages::Page;
use crate::pages::Write;
use crate::pages::plan::{Filled, Here, manage};
use crate::pages::shell::Html;
use crate::parts::moment::{kind_name, kind_shape};
use crate::parts::{Plain, Shape};
use crate::words::{Reader, manage as words, numbers, programme};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Days in order.
    pub days: Vec<DraftDay>,
    /// What clashes, each a sentence.
    pub clashes: Vec<Phrase>,
    /// What publishing would change.
    pub changes: Vec<ChangeView>,
    /// How often it was published.
    pub edition: u32,
    /// Whether publishing would make another version.
    pub can_be_published: bool,
    /// Whether there is a room for a new session.
    pub has_rooms: bool,
    /// What was done or refused.
    pub form: Filled,
}

/// One day of the draft.
#[derive(Clone, Debug)]
pub struct DraftDay {
    /// Any instant of it.
    pub date: Instant,
    /// Minutes east of UTC on that day.
    pub offset: i32,
    /// Its sessions, by beginning and room.
    pub sessions: Vec<DraftSession>,
}

/// A session of the draft.
#[derive(Clone, Debug)]
pub struct DraftSession {
    pub id: String,
    pub kind: Kind,
    /// What it is called.
    pub title: Phrase,
    pub room: Phrase,
    /// When it should begin.
    pub starts_at: Instant,
    /// When it should end.
    pub ends_at: Instant,
    pub speakers: Vec<Phrase>,
    /// Whether it clashes with another.
    pub clashes: bool,
}

/// What changed of a session, in sentences.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// What it is called.
    pub title: Phrase,
    /// Each thing that changed.
    pub what: Vec<Phrase>,
}

/// The page.
#[must_use]
pub fn draft(page: &Page, data: Draft) -> Html {
    let r = page.reader;
    manage(page, words::programme(r).to_owned(), Here::Programme, move || {
        let empty = data.days.iter().all(|day| day.sessions.is_empty());
        let days = data.days.into_iter().map(|d| day(r, d)).collect_view();
        let new = match data.has_rooms {
            true => view! { <a class="button is-on" href="/organizer/sessions/new">{crate::words::organizer::new_session(r)}</a> }.written(),
            false => view! { <a class="button is-on" href="/organizer/rooms">{words::first_rooms(r)}</a> }.written(),
        };
        view! {
            {data.form.says()}
            <div class="stack">
                <div class="buttons">
                    {new}
                    <a class="button" href="/programme">{words::public_page(r)}</a>
                </div>
                {empty.then(|| view! { <p class="note">{crate::words::organizer::no_sessions(r)}</p> })}
                {days}
            </div>
            <aside class="beside">
                {clashes(r, data.clashes)}
                {publishing(r, data.changes, data.edition, data.can_be_published)}
                <section class="card">
                    <h2>{words::take_along(r)}</h2>
                    <div class="buttons">
                        <a class="button quiet" href=["/programme.ics?lang=", r.lang.tag()].concat()>"iCalendar"</a>
                        <a class="button quiet" href="/programme.json">"schedule.json"</a>
                        <a class="button quiet" href="/organizer/programme.csv">"CSV"</a>
                        <a class="button quiet" href="/organizer/programme.xlsx">"XLSX"</a>
                    </div>
                </section>
            </aside>
        }
    })
}

fn clashes(r: Reader, clashes: Vec<Phrase>) -> Option<impl IntoView> {
    (!clashes.is_empty()).then(|| {
        let each = clashes.into_iter().map(|clash| view! { <li><Shape name="hold"/><Plain phrase=clash/></li> });
        view! {
            <section class="card attention">
                <h2>{words::clashes(r)}</h2>
                <ul class="checks">{each.collect_view()}</ul>
            </section>
        }
    })
}

/// Where the programme stands, said once; what publishing would change, and the button while there is something.
fn publishing(r: Reader, changes: Vec<ChangeView>, edition: u32, can_be_published: bool) -> impl IntoView {
    let state = if edition == 0 { words::never_published(r).to_owned() } else { words::edition(r, edition.into()) };
    let list = (!changes.is_empty()).then(|| view! { <h3>{words::unpublished(r)}</h3> {changed(changes)} });
    let form = can_be_published.then(|| {
        view! {
            <form method="post" action="/organizer/programme/publish">
                <input type="hidden" name="seen" value=edition.to_string()/>
                <button class="button main">{words::publish(r)}</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="publish">
            <h2 id="publish">{words::publishing(r)}</h2>
            <p class="note">{state}</p>
            {list}
            {form}
        </section>
    }
}

/// A readable list of what changed.
pub fn changed(changes: Vec<ChangeView>) -> impl IntoView {
    let each = changes.into_iter().map(|change| {
        let what = change.what.into_iter().map(|what| view! { <li class="note"><Plain phrase=what/></li> });
        view! { <li><b><Plain phrase=change.title/></b><ul>{what.collect_view()}</ul></li> }
    });
    view! { <ul class="changes">{each.collect_view()}</ul> }
}

fn day(r: Reader, day: DraftDay) -> impl IntoView {
    let sessions = day.sessions.into_iter().map(|session| row(r, day.offset, session)).collect_view();
    view! {
        <section class="card">
            <h2>{numbers::weekday_date(r, day.date, day.offset)}</h2>
            <ol class="rows">{sessions}</ol>
        </section>
    }
}

fn row(r: Reader, offset: i32, session: DraftSession) -> impl IntoView {
    let times = programme::from_to(
        r,
        &numbers::time_of_day(r, session.starts_at, offset),
        &numbers::time_of_day(r, session.ends_at, offset),
    );
    let speakers = (!session.speakers.is_empty()).then(|| {
        view! { " · " <Plain phrase=crate::parts::phrase::names(r, &session.speakers)/> }
    });
    let edit = ["/organizer/sessions/", &session.id].concat();
    let clash = session.clashes.then(|| view! { <span class="chip"><Shape name="hold"/>{words::clash(r)}</span> });
    view! {
        <li class="row">
            <Shape name=kind_shape(session.kind)/>
            <span>
                <a class="who" href=edit><Plain phrase=session.title/></a>
                <span class="note">{kind_name(r, session.kind)} " · " <Plain phrase=session.room/> {speakers}</span>
            </span>
            {clash}
            <span class="times">{times}</span>
        </li>
    }
}
