//! What must be there before a public session opens (`S19`): a checklist, and what it asks for.

use leptos::prelude::*;
use nadwa_domain::conference::gate::Missing;
use nadwa_domain::{Instant, Lang, Phrase, Role};

use crate::pages::plan::{Filled, Here, asked, manage, press};
use crate::pages::shell::Html;
use crate::pages::{HelplineView, Page};
use crate::parts::team::role_name;
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, common, manage as links, numbers, organizer, ready as words, refusals};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    /// What is missing, of everything but the desks.
    pub missing: Vec<Missing>,
    /// Lead and deputy, where they are not at their page now.
    pub absent: Vec<Missing>,
    /// Public sessions that have not begun, the next first, and whether somebody is at the desk.
    pub desks: Vec<(String, Phrase, bool)>,
    pub helplines: Vec<HelplineView>,
    /// When they were confirmed last, and in which role.
    pub confirmed: Option<(Instant, Role)>,
    /// Languages of the conference.
    pub langs: Vec<Lang>,
    /// The form of the safe place.
    pub place: Filled,
    /// The form of a new helpline.
    pub helpline: Filled,
}

/// The page.
#[must_use]
pub fn ready(page: &Page, data: Ready) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    manage(page, links::ready(r).to_owned(), Here::Ready, move || {
        view! {
            {data.helpline.says()}
            {data.place.says()}
            <section class="card" aria-labelledby="list">
                <h2 id="list">{organizer::ready_title(r)}</h2>
                {checklist(r, &data.missing, &data.absent)}
                {desks(r, data.desks)}
            </section>
            <aside class="beside">
                {helplines(r, offset, data.helplines, data.confirmed)}
                <form class="card form" method="post" action="/organizer/ready/helplines">
                    <h2>{words::new_helpline(r)}</h2>
                    {data.helpline.said(words::country(r), "country", &data.langs, 0)}
                    {data.helpline.line(words::number(r), "number")}
                    <label class="tick"><input type="checkbox" name="here" value="true"/> {words::helpline_here(r)}</label>
                    <button class="button">{links::add(r)}</button>
                </form>
                <form class="card form" id="place" method="post" action="/organizer/ready/place">
                    {data.place.said(words::place(r), "place", &data.langs, 2)}
                    <p class="note">{words::place_note(r)}</p>
                    <button class="button">{common::save(r)}</button>
                </form>
            </aside>
        }
    })
}

/// Each thing with its form, and with the way to it where it is missing.
/// Where a role has its device, it says whether they are at their page now (`N2`).
pub fn checklist(r: Reader, missing: &[Missing], absent: &[Missing]) -> impl IntoView + use<> {
    let lines = Missing::ALL.into_iter().filter(|what| *what != Missing::Desk).map(|what| {
        let is_missing = missing.contains(&what);
        let way = is_missing.then(|| view! { " · " <a href=way_to(what)>{words::to_it(r)}</a> });
        let (shape, word) = if is_missing { ("hold", organizer::missing(r)) } else { ("check", organizer::done(r)) };
        let guards = matches!(what, Missing::Lead | Missing::Deputy) && !is_missing;
        let now = guards.then(|| if absent.contains(&what) { words::not_there(r) } else { words::there_now(r) });
        let now = now.map(|now| view! { <span class="note">" · " {now}</span> });
        view! {
            <li>
                <Shape name=shape/>
                " "
                <span>{refusals::missing_name(r, what)} <span class="note">" · " {word}</span> {now} {way}</span>
            </li>
        }
    });
    view! { <ul class="checks">{lines.collect_view()}</ul> }
}

const fn way_to(what: Missing) -> &'static str {
    match what {
        Missing::Helplines | Missing::Confirmation => "/organizer/ready#helplines",
        Missing::Lead | Missing::Deputy => "/organizer/cards",
        Missing::SafePlace => "/organizer/ready#place",
        Missing::Desk => "/organizer",
    }
}

fn desks(r: Reader, desks: Vec<(String, Phrase, bool)>) -> Option<impl IntoView> {
    (!desks.is_empty()).then(|| {
        let each = desks.into_iter().map(|(code, title, staffed)| {
            let shape = if staffed { "check" } else { "hold" };
            let word = if staffed { words::staffed(r) } else { organizer::desk_empty(r) };
            let desk = ["/s/", &code, "/desk"].concat();
            view! {
                <li><Shape name=shape/> " " <span><a href=desk><Plain phrase=title/></a> <span class="note">" · " {word}</span></span></li>
            }
        });
        view! {
            <h3>{words::desks(r)}</h3>
            <p class="note">{words::desks_note(r)}</p>
            <ul class="checks">{each.collect_view()}</ul>
        }
    })
}

fn helplines(r: Reader, offset: i32, lines: Vec<HelplineView>, confirmed: Option<(Instant, Role)>) -> impl IntoView {
    let of = lines.len();
    let each = lines.into_iter().enumerate().map(|(place, line)| {
        let example = line.example.then(|| view! { <span class="chip">{crate::words::help::example_number(r)}</span> });
        let waits = (!line.confirmed).then(|| view! { <span class="note">{words::line_unconfirmed(r)}</span> });
        let here = line.here.then(|| view! { <span class="note">{words::helpline_here(r)}</span> });
        let fields = vec![("place", place.to_string()), ("of", of.to_string())];
        view! {
            <li>
                <span><Plain phrase=line.country/> " " <Number text=line.number/> " " {example} " " {here} " " {waits}</span>
                <div class="does">{asked(r, "/organizer/ready/helplines/remove".to_owned(), fields, links::remove(r))}</div>
            </li>
        }
    });
    let by = confirmed.map(|(at, role)| {
        view! { <p class="note">{words::confirmed(r, &numbers::date_with_year(r, at, offset), role_name(r, role))}</p> }
    });
    view! {
        <section class="card" id="helplines">
            <h2>{organizer::helplines(r)}</h2>
            <ul class="lines">{each.collect_view()}</ul>
            {by}
            <p class="note">{words::confirm_note(r)}</p>
            {(of > 0).then(|| press("/organizer/ready/helplines/confirm".to_owned(), vec![], organizer::confirm_numbers(r)))}
        </section>
    }
}
