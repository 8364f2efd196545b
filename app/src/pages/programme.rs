//! The programme: one day at a time, with what is going on now.

use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::session::plan::Kind;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, ListedSession, Page};
use crate::parts::moment::{kind_name, kind_shape};
use crate::parts::{Foot, Number, Plain, Shape, Skip, Top, Worker};
use crate::words::numbers::HijriDay;
use crate::words::{Reader, numbers, paper, programme as words};

/// What the programme shows.
#[derive(Clone, Debug)]
pub struct Programme {
    /// The conference.
    pub conference: ConferenceView,
    /// Its days, in order.
    pub days: Vec<Day>,
    /// The place of the day that is shown, from 0.
    pub day: usize,
}

/// One day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Any instant of it.
    pub date: Instant,
    /// The same day of the Hijri calendar, where the conference wishes it.
    pub hijri: Option<HijriDay>,
    /// Its sessions, by their beginning.
    pub sessions: Vec<ListedSession>,
}

/// The page.
#[must_use]
pub fn programme(page: &Page, data: Programme) -> Html {
    let head = Head {
        title: words::title(page.reader).to_owned(),
        class: "phone leaf",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: Some(60),
    };
    let (r, offset) = (page.reader, page.utc_offset);
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let days = data.days.iter().enumerate().map(|(place, day)| tab(r, offset, place, day, place == data.day));
        let days = days.collect_view();
        let hijri = data.days.get(data.day).and_then(|day| day.hijri);
        let hijri = hijri.map(|day| view! { <p class="note">{numbers::hijri(r, day)}</p> });
        let sessions = data.days.into_iter().nth(data.day).map(|day| day.sessions).unwrap_or_default();
        let empty = sessions.is_empty().then(|| view! { <p class="note">{words::empty(r)}</p> });
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div>
                    <h1>{words::title(r)}</h1>
                    <p class="note">
                        <Plain phrase=data.conference.name/>
                    </p>
                </div>
                <nav class="days" aria-label=words::title(r)>
                    {days}
                </nav>
                {hijri}
                {empty}
                <ol class="programme">{sessions.into_iter().map(|s| row(r, offset, s)).collect_view()}</ol>
                <p class="no-print"><a class="button" href="/papers">{paper::list(r)}</a></p>
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
}

fn tab(r: Reader, offset: i32, place: usize, day: &Day, shown: bool) -> impl IntoView + use<> {
    let number = place as u64 + 1;
    view! {
        <a
            class=if shown { "button is-on" } else { "button" }
            aria-current=shown.then_some("true")
            href=format!("/programme?day={number}")
        >
            {words::day(r, number)}
            " · "
            {numbers::date(r, day.date, offset)}
        </a>
    }
}

fn row(r: Reader, offset: i32, session: ListedSession) -> impl IntoView {
    let moment = match (session.live, session.kind) {
        (_, Kind::Break) => "break",
        (true, _) => "speech",
        (false, _) => "plain",
    };
    let title = match session.code {
        Some(code) => view! { <a href=format!("/s/{code}")><Plain phrase=session.title/></a> }.into_any(),
        None => view! { <Plain phrase=session.title/> }.into_any(),
    };
    let now = session.live.then(|| view! { <b>{words::now(r)} " · "</b> });
    let theme = (!session.theme.is_empty()).then(|| view! { " · " <Plain phrase=session.theme/> });
    view! {
        <li class=session.live.then_some("is-now") data-moment=moment>
            <Number text=numbers::time_of_day(r, session.starts_at, offset)/>
            <Shape name=kind_shape(session.kind)/>
            <span>
                <b>{title}</b>
                <span class="note">
                    {now}
                    {kind_name(r, session.kind)}
                    " · "
                    <Plain phrase=session.room/>
                    {theme}
                </span>
            </span>
        </li>
    }
}
