//! The programme: one day at a time, with what is going on now and what comes next; by time, by room or by theme.

use leptos::prelude::*;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Instant, Phrase};

use crate::pages::Write;
use crate::pages::plan::programme::{ChangeView, changed};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, ListedSession, Page};
use crate::parts::moment::{kind_name, kind_shape};
use crate::parts::phrase::{names, shown_in};
use crate::parts::{Foot, Number, Plain, Shape, Skip, Terms, Top, Worker};
use crate::words::numbers::HijriDay;
use crate::words::{Reader, conference as about, numbers, organisation, paper, programme as words};

/// What the programme shows.
#[derive(Clone, Debug)]
pub struct Programme {
    pub conference: ConferenceView,
    /// Its days, in order.
    pub days: Vec<Day>,
    /// The place of the day that is shown, from 0.
    pub day: usize,
    /// How its sessions are grouped.
    pub by: By,
    /// How many times it was published, when, and what changed the last time.
    pub edition: u32,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// What the last version changed, if it was not the first.
    pub news: Vec<ChangeView>,
}

/// How sessions are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// By their beginning.
    #[default]
    Time,
    /// By room.
    Room,
    /// By theme.
    Theme,
}

impl By {
    /// As an address says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Room => "room",
            Self::Theme => "theme",
        }
    }

    /// Reads [`By::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Self {
        [Self::Room, Self::Theme].into_iter().find(|by| by.as_str() == text).unwrap_or_default()
    }
}

/// One day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Any instant of it.
    pub date: Instant,
    /// Minutes east of UTC on that day.
    pub offset: i32,
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
    let r = page.reader;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let (day, by) = (data.day, data.by);
        let days = data.days.iter().enumerate().map(|(place, of)| tab(r, place, of, by, place == day)).collect_view();
        let edition = edition(r, &data);
        let shown = data.days.into_iter().nth(day);
        let offset = shown.as_ref().map_or(0, |day| day.offset);
        let date = shown.as_ref().map(|day| numbers::weekday_date(r, day.date, offset));
        let hijri = shown.as_ref().and_then(|day| day.hijri);
        let hijri = hijri.map(|day| view! { <p class="note">{numbers::hijri(r, day)}</p> });
        let sessions = shown.map(|day| day.sessions).unwrap_or_default();
        let empty = sessions.is_empty().then(|| view! { <p class="note">{words::empty(r)}</p> });
        let groupings = (!sessions.is_empty()).then(|| groupings(r, day, by));
        let groups = grouped(r, by, sessions).into_iter().map(|(name, of)| group(r, offset, name, of)).collect_view();
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div>
                    <h1>{words::title(r)}</h1>
                    <p class="note">
                        <Plain phrase=data.conference.name/>
                        {date.map(|date| [" · ", &date].concat())}
                    </p>
                </div>
                <nav class="days" aria-label=words::title(r)>
                    {days}
                </nav>
                {hijri}
                {groupings}
                {empty}
                {groups}
                {edition}
                <p class="no-print"><a class="button quiet" href=["/programme.ics?lang=", r.lang.tag()].concat()>{words::calendar(r)}</a></p>
                <p class="no-print"><a class="button" href="/papers">{paper::list(r)}</a></p>
                <nav class="buttons no-print" aria-label=about::title(r)>
                    <a class="button quiet" href="/conference">{about::title(r)}</a>
                    <a class="button quiet" href="/speakers">{about::speakers(r)}</a>
                    <a class="button quiet" href="/organisations">{organisation::title(r)}</a>
                </nav>
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
}

fn tab(r: Reader, place: usize, day: &Day, by: By, shown: bool) -> impl IntoView + use<> {
    let number = place as u64 + 1;
    view! {
        <a
            class=if shown { "button is-on" } else { "button" }
            aria-current=shown.then_some("true")
            href=format!("/programme?day={number}&by={}", by.as_str())
        >
            {words::day(r, number)}
            " · "
            {numbers::date(r, day.date, day.offset)}
        </a>
    }
}

fn groupings(r: Reader, day: usize, by: By) -> impl IntoView {
    let link = |(to, text): (By, &'static str)| {
        let on = to == by;
        view! {
            <a class=if on { "button quiet is-on" } else { "button quiet" } aria-current=on.then_some("true")
                href=format!("/programme?day={}&by={}", day + 1, to.as_str())>{text}</a>
        }
    };
    let links = [(By::Time, words::by_time(r)), (By::Room, words::by_room(r)), (By::Theme, words::by_theme(r))];
    view! { <nav class="buttons" aria-label=words::grouped(r)>{links.map(link).collect_view()}</nav> }
}

/// The sessions under their heads: none by time, each room or theme by name.
fn grouped(r: Reader, by: By, sessions: Vec<ListedSession>) -> Vec<(Option<Phrase>, Vec<ListedSession>)> {
    let mut groups: Vec<(Option<Phrase>, Vec<ListedSession>)> = Vec::new();
    for session in sessions {
        let name = match by {
            By::Time => None,
            By::Room => Some(session.room.clone()),
            By::Theme if session.theme.is_empty() => Some(crate::parts::phrase::own(r, words::no_theme(r))),
            By::Theme => Some(session.theme.clone()),
        };
        match groups.iter_mut().find(|(of, _)| *of == name) {
            Some((_, group)) => group.push(session),
            None => groups.push((name, vec![session])),
        }
    }
    groups
}

fn group(r: Reader, offset: i32, name: Option<Phrase>, sessions: Vec<ListedSession>) -> impl IntoView {
    let rows = sessions.into_iter().map(|session| row(r, offset, session)).collect_view();
    view! {
        <section>
            {name.map(|name| view! { <h2><Plain phrase=name/></h2> })}
            <ol class="programme">{rows}</ol>
        </section>
    }
}

fn edition(r: Reader, data: &Programme) -> Option<impl IntoView + use<>> {
    let at = data.published_at?;
    let offset = data.days.get(data.day).map_or(0, |day| day.offset);
    let date = numbers::date_with_year(r, at, offset);
    let news = data.news.clone();
    let list = (!news.is_empty()).then(|| {
        view! { <details class="more"><summary>{words::what_changed(r)}</summary>{changed(news)}</details> }
    });
    Some(view! { <section><p class="note">{words::edition(r, data.edition.into(), &date)}</p>{list}</section> })
}

fn row(r: Reader, offset: i32, session: ListedSession) -> impl IntoView {
    let moment = match (session.live, session.kind) {
        (_, Kind::Break) => "break",
        (true, _) => "speech",
        (false, _) => "plain",
    };
    let fallback = shown_in(r, &session.title);
    let title = match session.code {
        Some(code) => view! { <a href=format!("/s/{code}")><Plain phrase=session.title/></a> }.written(),
        None => view! { <Plain phrase=session.title/> }.written(),
    };
    let when = match (session.live, session.over, session.next) {
        _ if session.not_opened => Some(words::not_opened(r)),
        (true, ..) => Some(words::now(r)),
        (false, true, _) => Some(words::over(r)),
        (false, false, true) => Some(words::next(r)),
        _ => None,
    };
    let when = when.map(|when| view! { <span class="when-word">{when} " · "</span> });
    let theme = (!session.theme.is_empty()).then(|| view! { " · " <Plain phrase=session.theme/> });
    let speakers = (!session.speakers.is_empty())
        .then(|| view! { <span class="note block"><Plain phrase=names(r, &session.speakers)/></span> });
    let about = (!session.about.is_empty()).then(|| {
        view! { <details class="about"><summary class="note">{words::about(r)}</summary><p><Plain phrase=session.about/></p></details> }
    });
    let class = match (session.live, session.over) {
        (true, _) => Some("is-now"),
        (false, true) => Some("is-done"),
        _ => None,
    };
    let until = numbers::time_of_day(r, session.ends_at, offset);
    view! {
        <li class=class data-moment=moment>
            <Number text=numbers::time_of_day(r, session.starts_at, offset)/>
            <Shape name=kind_shape(session.kind)/>
            <div class="about-it">
                <b>{title}</b>
                <span class="note">
                    {when}
                    {kind_name(r, session.kind)}
                    " · "
                    <Plain phrase=session.room/>
                    " · "
                    {words::ends_at(r, &until)}
                    {theme}
                    {fallback}
                </span>
                {speakers}
                {about}
                <Terms reader=r terms=session.terms part=session.id.to_string()/>
            </div>
        </li>
    }
}
