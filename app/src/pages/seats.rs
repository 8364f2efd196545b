//! Seat codes on slips, to be printed, cut and laid on the seats: one person, one vote.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use uuid::Uuid;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Number, Plain, Skip, Top};
use crate::words::{Reader, common, numbers, poll as words};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Seats {
    /// The session's join code.
    pub code: String,
    /// What the session is called.
    pub title: Phrase,
    /// A code for each seat.
    pub codes: Vec<String>,
    /// How many are in use.
    pub taken: usize,
    /// What new codes would be made of: the same press twice makes the same.
    pub fresh: Uuid,
    /// The address that phones see.
    pub join: String,
}

/// The page.
#[must_use]
pub fn seats(page: &Page, data: Seats) -> Html {
    let head = Head {
        title: words::seats_title(page.reader).to_owned(),
        class: "board",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::seats_title(r)}</h1>
                <p>{words::seats_how(r)}</p>
                {issue(r, &data)}
                <ul class="slips">{data.codes.iter().map(|code| slip(r, &data, code)).collect_view()}</ul>
            </main>
        }
    })
}

fn issue(r: Reader, data: &Seats) -> impl IntoView + use<> {
    let there = !data.codes.is_empty();
    let count = if there { data.codes.len() } else { 50 };
    let taken = there.then(|| {
        view! { <p class="note">{words::seats_taken(r, data.taken as u64)} " · " {words::seats_again(r)}</p> }
    });
    view! {
        <form method="post" class="box no-print" action=["/s/", &data.code, "/seats"].concat()>
            <input type="hidden" name="id" value=data.fresh.to_string()/>
            <label for="count">{words::seats_count(r)}</label>
            <input id="count" name="number" dir="ltr" inputmode="numeric" maxlength="4" value=count.to_string() required/>
            <button class="button">{words::seats_make(r)}</button>
            {taken}
        </form>
    }
}

fn slip(r: Reader, data: &Seats, code: &str) -> impl IntoView + use<> {
    let site = data.join.split_once("://").map_or(data.join.as_str(), |(_, site)| site).to_owned();
    let halves = format!("{} {}", &code[..4], &code[4..]);
    view! {
        <li class="slip">
            <b>{common::name(r)}</b>
            <span><Plain phrase=data.title.clone()/></span>
            <span>{words::seat(r)} <br/> <b class="seat-code"><Number text=numbers::digits(r, &halves)/></b></span>
            <span class="note"><bdi dir="ltr">{site}</bdi> " · " <Number text=numbers::code(r, &data.code)/></span>
        </li>
    }
}
