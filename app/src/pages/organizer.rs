//! The organizers' live board: every session at a glance, what needs somebody, and the ways to all other pages.

use leptos::prelude::*;
use nadwa_domain::conference::gate::Missing;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::view::PhaseView;
use nadwa_domain::{Phrase, Role, Span};

use crate::live::desk::calls::{self, Calling};
use crate::live::watch::{Start, WatchIsland, Watched};
use crate::pages::Write;
use crate::pages::plan::ready::checklist;
use crate::pages::plan::{Here, links};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, ListedSession, Page, part};
use crate::parts::given::Given;
use crate::parts::qr::Qr;
use crate::parts::{Foot, Number, Plain, Shape, Skip, Top, moment};
use crate::wire::Fragment;
use crate::words::{Reader, common, desk, numbers, organizer as words, programme, reading, role, trouble};

/// What the board shows.
#[derive(Clone, Debug)]
pub struct Organizer {
    pub conference: ConferenceView,
    /// Its sessions: those that are live first, then in the order of the programme.
    pub sessions: Vec<OrganizerSession>,
    /// What is missing before a session opens, of everything but the desks.
    pub missing: Vec<Missing>,
    /// What is wrong with the server itself, each a sentence.
    pub alarms: Vec<Alarm>,
    /// What needs somebody, each a sentence.
    pub attention: Vec<Phrase>,
    /// Silent calls in any public session (`N1`).
    pub calls: Vec<Calling>,
    /// Whether the time of a session has come that nobody has opened (`N13`).
    pub unopened: bool,
    /// Texts that wait to be read, of all sessions.
    pub waiting: u64,
    /// Lead and deputy, where they are not at their page now (`N2`).
    pub absent: Vec<Missing>,
}

/// What is wrong with the server itself.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// What it is, and what follows from it.
    pub sentence: String,
    /// Whether an adult has to say that the date is right.
    pub confirms_date: bool,
}

/// A session on the board.
#[derive(Clone, Debug)]
pub struct OrganizerSession {
    pub id: String,
    /// As the programme lists it.
    pub listed: ListedSession,
    /// Minutes east of UTC on its day.
    pub offset: i32,
    /// Where it is in its life.
    pub phase: PhaseView,
    /// The slot that it is in: its title, or its kind.
    pub slot: Option<Phrase>,
    /// By how much it is behind its plan; ahead if negative. Of live sessions.
    pub behind: Option<Span>,
    /// How many adults are at its desk.
    pub desks: u32,
    /// Silent calls for help that nobody has answered (`N1`).
    pub calling: u32,
    /// Texts that no adult has read (`N10`).
    pub unread: u32,
    /// Phones that listen here.
    pub phones: u32,
    /// Screens that listen here.
    pub screens: u32,
    /// Cards of this session that work, and how many of them were used.
    pub cards: (u32, u32),
}

/// A pass that was just issued.
#[derive(Clone, Debug)]
pub struct FreshPass {
    /// What it lets somebody do.
    pub role: Role,
    /// Its link, with the secret in it.
    pub link: String,
    /// The same for a camera.
    pub qr: Qr,
}

/// The name of the part that is kept up to date.
pub const PART: &str = Watched::Board.into_str();

/// The organizers' board. With wasm it stays up to date and rings; without, it loads itself anew every twenty seconds.
#[must_use]
pub fn organizer(page: &Page, data: Organizer, key: String, ring: bool) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "board",
        bundle: Bundle::Team,
        sheet: Sheet::Team,
        theme: None,
        refresh: Some(20),
    };
    let now = numbers::time_of_day(r, page.now, page.utc_offset);
    let (here, pinned) = (page.here.clone(), page.pinned);
    let name = data.conference.name.clone();
    let inside = fragment(page, data, key);
    let start = Start { place: page.place(), home: "/organizer".to_owned(), part: Watched::Board, ring, stays: false };
    let given = Given::new(&start).with_html(PART, part::element(&inside));
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::title(r)} " · " <Plain phrase=name/></h1>
                <span class="push"><Number text=now/></span>
                <a class="button" href="/papers/table">{crate::words::paper::table(r)}</a>
            </Top>
            {links(r, Here::Board)}
            {given.provide()}
            <main id="main" class="at-a-glance">
                <WatchIsland/>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// What is wrong with the server itself: before everything else, wherever adults look.
#[must_use]
pub fn alarms(r: Reader, alarms: Vec<Alarm>) -> impl IntoView {
    let each = alarms.into_iter().map(|alarm| {
        let confirm = alarm.confirms_date.then(|| {
            view! {
                <form method="post" action="/care/clock">
                    <button class="button">{trouble::confirm_date(r)}</button>
                </form>
            }
        });
        view! { <div class="refusal" role="alert"><p>{alarm.sentence}</p>{confirm}</div> }
    });
    each.collect_view()
}

/// The part that is kept up to date.
#[must_use]
pub fn fragment(page: &Page, data: Organizer, key: String) -> Fragment {
    part::fragment(PART, key, inside(page.reader, data, page.utc_offset))
}

fn inside(r: Reader, data: Organizer, offset: i32) -> impl IntoView {
    let none = data.sessions.is_empty().then(|| view! { <p class="note">{words::no_sessions(r)}</p> });
    // Nothing is well while something waits, or is missing.
    let calm =
        (data.waiting == 0 && data.calls.is_empty() && data.missing.is_empty()).then(|| words::attention_none(r));
    let needs = attention(r, data.attention, calm, data.waiting, calls::above(r, data.calls, "board", offset));
    let rooms = data.sessions.into_iter().map(|session| room(r, session)).collect_view();
    view! {
        {alarms(r, data.alarms)}
        {needs}
        <section class="rooms" aria-labelledby="sessions">
            <h2 class="unseen" id="sessions">{words::sessions(r)}</h2>
            {none}
            {rooms}
        </section>
        <aside class="beside">
            <section class="card" aria-labelledby="ready">
                <h2 id="ready">{words::ready_title(r)}</h2>
                {checklist(r, &data.missing, &data.absent)}
            </section>
            <p class="note">{words::lead(r)}</p>
            <div class="buttons">
                <a class="button quiet" href="/organizer">{common::reload(r)}</a>
                <a class="button quiet" href="/organizer/reading">{reading::title(r)}</a>
                <a class="button quiet" href="/organizer/doctor">{crate::words::doctor::title(r)}</a>
                <a class="button quiet" href="/organizer/fates">{crate::words::fate::open_title(r)}</a>
                <a class="button quiet" href="/organizer/outcomes">{crate::words::outcome::manage_title(r)}</a>
                <a class="button quiet" href="/organizer/screens">{crate::words::screens::title(r)}</a>
            </div>
        </aside>
    }
}

/// What needs somebody: the first thing on the page, however narrow it is.
fn attention(
    r: Reader,
    attention: Vec<Phrase>,
    calm: Option<&'static str>,
    waiting: u64,
    calls: impl IntoView,
) -> impl IntoView {
    let calm = calm.filter(|_| attention.is_empty()).map(|calm| view! { <p class="note">{calm}</p> });
    let waits = (waiting > 0).then(|| view! { <p class="note">{words::texts_wait(r, waiting)}</p> });
    let class = if attention.is_empty() { "card needs" } else { "card needs attention" };
    let each = attention.into_iter().map(|what| view! { <li><Shape name="hold"/><Plain phrase=what/></li> });
    view! {
        <section class=class aria-labelledby="attention">
            <h2 id="attention">{words::attention(r)}</h2>
            {calls}
            {calm}
            {waits}
            <ul class="checks">{each.collect_view()}</ul>
        </section>
    }
}

/// One session: its state first, then what it is, then who is there, then its pages.
fn room(r: Reader, session: OrganizerSession) -> impl IntoView {
    let closed = session.listed.kind == Kind::ClosedMeeting;
    let (hue, form, state) = match session.phase {
        PhaseView::Open => ("speech", "speech", words::session_live(r)),
        PhaseView::Planned => ("plain", "hold", words::session_planned(r)),
        PhaseView::Over => ("plain", "check", words::session_over(r)),
    };
    let listed = session.listed.clone();
    let times = programme::from_to(
        r,
        &numbers::time_of_day(r, listed.starts_at, session.offset),
        &numbers::time_of_day(r, listed.ends_at, session.offset),
    );
    let day = numbers::date(r, listed.starts_at, session.offset);
    let about = match closed {
        true => view! { <p class="note">{words::session_closed(r)}</p> }.written(),
        false => view! {
            <p class="note">{moment::kind_name(r, listed.kind)} " · " <Plain phrase=listed.room/> " · " {day} " · " {times}</p>
        }
        .written(),
    };
    let slot = session.slot.clone().filter(|_| !closed).map(|slot| {
        view! { <p class="note"><b>{words::slot_now(r)} ": " <Plain phrase=slot/></b></p> }
    });
    let pages = listed.code.clone().map(|code| pages(r, &code, &session.id));
    view! {
        <article class=if closed { "room closed" } else { "room" } data-moment=hue>
            <div class="kind"><Shape name=form/>{state}</div>
            <div class="what">
                <h3><Plain phrase=listed.title/></h3>
                {about}
                {slot}
            </div>
            {(!closed && listed.code.is_some()).then(|| who_is_there(r, &session))}
            {pages}
        </article>
    }
}

/// Ahead or behind, desks, phones, screens, cards. An open session with nobody at its desk takes no questions: it is said
/// with another form.
fn who_is_there(r: Reader, session: &OrganizerSession) -> impl IntoView + use<> {
    let live = session.phase == PhaseView::Open;
    let pace = session.behind.map(|behind| {
        let calm = behind.0.abs() < Span::minutes(1).0;
        let span = numbers::spoken_span(r, Span(behind.0.abs() / 60_000 * 60_000));
        let text = match (calm, behind.0 > 0) {
            (true, _) => words::on_time(r).to_owned(),
            (false, true) => words::behind(r, &span),
            (false, false) => words::ahead(r, &span),
        };
        view! { <span class=if calm { "link live" } else { "link late" }>{text}</span> }
    });
    let form = if session.desks > 0 { "link live" } else { "link lost" };
    let desks = live.then(|| view! { <span class=form>{desk::at_desk(r, session.desks.into())}</span> });
    let screen_form = if session.screens > 0 { "link live" } else { "link lost" };
    let screens = live.then(|| view! { <span class=screen_form>{words::screens(r, session.screens.into())}</span> });
    let phones = live.then(|| view! { <span>{common::phones(r, session.phones.into())}</span> });
    let (work, used) = session.cards;
    let code = session.listed.code.clone().map(|code| {
        view! { <span>{words::join_code(r)} " " <Number text=numbers::code(r, &code)/></span> }
    });
    let cards = words::cards_used(r, &numbers::number(r, used.into()), &numbers::number(r, work.into()));
    view! { <div class="with">{pace} {desks} {screens} {phones} <span>{cards}</span> {code}</div> }
}

/// A session's pages. Each opens for whoever has a pass for it; the wall and the phones need none.
fn pages(r: Reader, code: &str, id: &str) -> impl IntoView + use<> {
    let pages = [
        ("", role::audience(r)),
        ("/screen", role::screen(r)),
        ("/stage", role::stage(r)),
        ("/console", role::moderator(r)),
        ("/desk", role::steward(r)),
        ("/backstage", crate::words::backstage::title(r)),
        ("/report", crate::words::plan::report(r)),
    ];
    let links = pages.map(|(page, name)| {
        view! { <a class="button quiet" href=["/s/", code, page].concat()>{name}</a> }
    });
    let edit = ["/organizer/sessions/", id].concat();
    view! {
        <details class="more does">
            <summary>{words::links(r)}</summary>
            <div class="buttons">
                {links.into_iter().collect_view()}
                <a class="button quiet" href=edit>{crate::words::manage::edit(r)}</a>
            </div>
        </details>
    }
}
