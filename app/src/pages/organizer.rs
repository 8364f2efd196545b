//! The organizers' board: every session at a glance, and the passes.

use leptos::prelude::*;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::view::PhaseView;
use nadwa_domain::{Phrase, Role};

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, ListedSession, Page, PassView};
use crate::parts::qr::Qr;
use crate::parts::team::{role_key, role_name};
use crate::parts::{Foot, Number, Plain, Shape, Skip, Top, moment};
use crate::words::{Reader, desk, numbers, organizer as words, programme, reading, role};

/// What the board shows.
#[derive(Clone, Debug)]
pub struct Organizer {
    /// The conference.
    pub conference: ConferenceView,
    /// Its sessions, in the order of the programme.
    pub sessions: Vec<OrganizerSession>,
    /// Every pass.
    pub passes: Vec<PassView>,
    /// A pass that was just issued: its link is shown this once.
    pub fresh: Option<FreshPass>,
}

/// A session on the board.
#[derive(Clone, Debug)]
pub struct OrganizerSession {
    /// As the programme lists it.
    pub listed: ListedSession,
    /// Where it is in its life.
    pub phase: PhaseView,
    /// How many adults are at its desk.
    pub desks: u32,
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

/// Roles of one session; the first four are children's and belong to one session always (`S17`).
const IN_SESSION: [Role; 5] = [Role::Moderator, Role::CoModerator, Role::Timekeeper, Role::Presenter, Role::Steward];
/// Roles of the whole conference.
const EVERYWHERE: [Role; 4] = [Role::Steward, Role::SafeguardingLead, Role::SafeguardingDeputy, Role::Organizer];

/// The organizers' board.
#[must_use]
pub fn organizer(page: &Page, data: Organizer) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "board",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let offset = page.utc_offset;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let new_pass = new_pass(r, &data.sessions);
        let rooms = data.sessions.into_iter().map(|session| room(r, session, offset)).collect_view();
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::title(r)} " · " <Plain phrase=data.conference.name/></h1>
                <span class="note push">{words::lead(r)}</span>
                <a class="button" href="/papers/table">{crate::words::paper::table(r)}</a>
            </Top>
            <main id="main">
                {data.fresh.map(|pass| fresh(r, pass))}
                <section class="rooms" aria-labelledby="sessions">
                    <h2 class="unseen" id="sessions">{words::sessions(r)}</h2>
                    {rooms}
                </section>
                <aside class="beside">
                    {new_pass}
                    <a class="button" href="/organizer/reading">{reading::title(r)}</a>
                </aside>
                {passes(r, data.passes)}
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// The link of a new pass, shown this once.
fn fresh(r: Reader, pass: FreshPass) -> impl IntoView {
    view! {
        <section class="card attention whole" role="status">
            <h2>{words::fresh_title(r, role_name(r, pass.role))}</h2>
            <div class="pass">
                <Qr qr=pass.qr label=words::pass_link(r).to_owned()/>
                <div>
                    <b>{words::pass_once(r)}</b>
                    <a class="button quiet code-of" href=pass.link.clone()><bdi class="number" dir="ltr">{pass.link.clone()}</bdi></a>
                </div>
            </div>
        </section>
    }
}

/// One session: its state first, then what it is, then its pages.
fn room(r: Reader, session: OrganizerSession, offset: i32) -> impl IntoView {
    let OrganizerSession { listed, phase, desks } = session;
    let closed = listed.kind == Kind::ClosedMeeting;
    let (hue, form, state) = match phase {
        PhaseView::Open => ("speech", "speech", words::session_live(r)),
        PhaseView::Planned => ("plain", "hold", words::session_planned(r)),
        PhaseView::Over => ("plain", "check", words::session_over(r)),
    };
    let times = programme::from_to(
        r,
        &numbers::time_of_day(r, listed.starts_at, offset),
        &numbers::time_of_day(r, listed.ends_at, offset),
    );
    let about = match closed {
        true => view! { <p class="note">{words::session_closed(r)}</p> }.into_any(),
        false => view! {
            <p class="note">{moment::kind_name(r, listed.kind)} " · " <Plain phrase=listed.room/> " · " {times}</p>
        }
        .into_any(),
    };
    let pages = listed.code.as_deref().map(|code| pages(r, code));
    let beside = (!closed).then(|| {
        let code = listed.code.map(|code| {
            view! { <span>{words::join_code(r)} " " <Number text=numbers::code(r, &code)/></span> }
        });
        view! { <div class="with">{at_desk(r, phase, desks)} {code}</div> }
    });
    view! {
        <article class=if closed { "room closed" } else { "room" } data-moment=hue>
            <div class="kind"><Shape name=form/>{state}</div>
            <div class="what">
                <h3><Plain phrase=listed.title/></h3>
                {about}
            </div>
            {beside}
            {pages}
        </article>
    }
}

/// An open session with nobody at its desk takes no questions: it is said with another form.
fn at_desk(r: Reader, phase: PhaseView, desks: u32) -> Option<impl IntoView> {
    let form = if desks > 0 { "link live" } else { "link lost" };
    (phase == PhaseView::Open).then(|| view! { <span class=form>{desk::at_desk(r, desks.into())}</span> })
}

/// A session's pages. Each opens for whoever has a pass for it; the wall and the phones need none.
fn pages(r: Reader, code: &str) -> impl IntoView + use<> {
    let pages = [
        ("", role::audience(r)),
        ("/screen", role::screen(r)),
        ("/stage", role::stage(r)),
        ("/console", role::moderator(r)),
        ("/desk", role::steward(r)),
    ];
    let links = pages.map(|(page, name)| {
        view! { <a class="button quiet" href=["/s/", code, page].concat()>{name}</a> }
    });
    view! {
        <details class="more does">
            <summary>{words::links(r)}</summary>
            <div class="buttons">{links.into_iter().collect_view()}</div>
        </details>
    }
}

/// Two small forms, so that a pass can only be asked for where its role belongs.
fn new_pass(r: Reader, sessions: &[OrganizerSession]) -> impl IntoView + use<> {
    let sessions: Vec<_> = sessions
        .iter()
        .filter_map(|session| Some((session.listed.code.clone()?, session.listed.title.clone())))
        .map(|(code, title)| view! { <option value=code lang=title.lang.tag() dir=title.dir.as_str()>{title.text}</option> })
        .collect();
    let of_session = (!sessions.is_empty()).then(|| {
        view! {
            <form class="box" method="post" action="/organizer/passes">
                <label class="minor" for="role">{words::role_label(r)}</label>
                <select id="role" name="role">{roles(r, &IN_SESSION)}</select>
                <label class="minor" for="session">{words::session_label(r)}</label>
                <select id="session" name="session">{sessions}</select>
                <button class="button">{words::issue(r)}</button>
            </form>
        }
    });
    view! {
        <section class="card">
            <h2>{words::new_pass(r)}</h2>
            {of_session}
            <p class="note">{words::scope_note(r)}</p>
            <details class="more">
                <summary>{words::whole_conference(r)}</summary>
                <form class="box" method="post" action="/organizer/passes">
                    <label class="minor" for="role-everywhere">{words::role_label(r)}</label>
                    <select id="role-everywhere" name="role">{roles(r, &EVERYWHERE)}</select>
                    <button class="button">{words::issue(r)}</button>
                </form>
            </details>
        </section>
    }
}

fn roles(r: Reader, roles: &[Role]) -> impl IntoView + use<> {
    roles.iter().map(|role| view! { <option value=role_key(*role)>{role_name(r, *role)}</option> }).collect_view()
}

/// The passes, folded by session; those of the whole conference first.
fn passes(r: Reader, passes: Vec<PassView>) -> impl IntoView {
    let none = passes.is_empty().then(|| view! { <p class="note">{words::no_passes(r)}</p> });
    let mut groups: Vec<(Option<Phrase>, Vec<PassView>)> = Vec::new();
    for pass in passes {
        match groups.iter_mut().find(|(session, _)| *session == pass.session) {
            Some((_, group)) => group.push(pass),
            None => groups.push((pass.session.clone(), vec![pass])),
        }
    }
    groups.sort_by_key(|(session, _)| session.is_some());
    let groups = groups.into_iter().map(|(session, group)| fold(r, session, group)).collect_view();
    view! {
        <section class="card whole" aria-labelledby="passes">
            <h2 id="passes">{words::passes(r)}</h2>
            <p class="note">{words::passes_note(r)}</p>
            {none}
            {groups}
        </section>
    }
}

fn fold(r: Reader, session: Option<Phrase>, passes: Vec<PassView>) -> impl IntoView {
    let name = match session {
        Some(session) => view! { <Plain phrase=session/> }.into_any(),
        None => words::whole_conference(r).into_any(),
    };
    let works = passes.iter().filter(|pass| pass.works).count();
    let list = passes.into_iter().map(|pass| one(r, pass)).collect_view();
    view! {
        <details class="more">
            <summary>{name} " " <span class="count"><Number text=numbers::number(r, works as i64)/></span></summary>
            <ul class="passes">{list}</ul>
        </details>
    }
}

fn one(r: Reader, pass: PassView) -> impl IntoView {
    let action = ["/organizer/passes/", &pass.id.to_string(), "/revoke"].concat();
    let person = pass.person.map(|person| view! { <span class="note"><Plain phrase=person/></span> });
    let (class, state) = match pass.works {
        true => ("pass", words::pass_works(r)),
        false => ("pass is-revoked", words::pass_revoked(r)),
    };
    view! {
        <li class=class>
            <Shape name=if pass.works { "check" } else { "hold" }/>
            <div>
                <b>{role_name(r, pass.role)}</b>
                {person}
                <span class="note">{state}</span>
            </div>
            {(pass.works && !pass.own).then(|| view! {
                <form class="does" method="post" action=action>
                    <button class="button quiet">{words::revoke(r)}</button>
                </form>
            })}
        </li>
    }
}
