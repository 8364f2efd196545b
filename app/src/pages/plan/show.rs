//! The run of show of a session: slots in order, with buttons that move them; nothing is dragged (`A6`).

use leptos::prelude::*;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::{Choice, Lang, Phrase, Span};

use crate::pages::Page;
use crate::pages::plan::{Filled, Here, manage, ours, press};
use crate::pages::shell::Html;
use crate::parts::moment::{hue, of_slot, shape, slot_name};
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, common, manage as words, numbers};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Show {
    pub id: String,
    /// What it is called.
    pub title: Phrase,
    /// The version of the plan that is seen.
    pub version: u32,
    /// Whether it can still be written: not once the session is open.
    pub editable: bool,
    /// The slots in order.
    pub slots: Vec<ShowSlot>,
    /// What the slots take together.
    pub total: Span,
    /// What the session has.
    pub has: Span,
    /// The form of a slot: the one that is open, or a new one.
    pub form: Filled,
    /// The slot that the form is about; nothing for a new one.
    pub open: Option<String>,
    /// Languages of the conference.
    pub langs: Vec<Lang>,
    /// People who may speak.
    pub people: Vec<(String, Phrase)>,
    /// Polls of the session.
    pub polls: Vec<(String, Phrase)>,
}

/// One slot in the list.
#[derive(Clone, Debug)]
pub struct ShowSlot {
    pub id: String,
    pub kind: SlotKind,
    /// What it is called; may be empty.
    pub title: Phrase,
    pub speakers: Vec<Phrase>,
    /// Its length.
    pub planned: Span,
    /// Whether it has a cue card.
    pub cue: bool,
}

/// The page.
#[must_use]
pub fn show(page: &Page, data: Show) -> Html {
    let r = page.reader;
    manage(page, words::run_of_show(r).to_owned(), Here::Programme, move || {
        let base = ["/organizer/sessions/", &data.id].concat();
        let last = data.slots.len().saturating_sub(1);
        let line = |(place, s): (usize, ShowSlot)| slot(r, &base, data.version, data.editable, (place, last), s);
        let slots = data.slots.clone().into_iter().enumerate().map(line).collect_view();
        let sum = numbers::spoken_span(r, data.total);
        let fits = if data.total > data.has { "hold" } else { "check" };
        let editor = data.editable.then(|| editor(r, &base, &data));
        let templates = data.editable.then(|| templates(r, &base, data.version));
        view! {
            {data.form.says()}
            <section class="card">
                <h2><a href=base.clone()><Plain phrase=data.title.clone()/></a></h2>
                <p class="label"><Shape name=fits/>{words::total(r, &sum, &numbers::spoken_span(r, data.has))}</p>
                {(!data.editable).then(|| view! { <p>{words::in_their_hands(r)}</p> })}
                <ol class="rows">{slots}</ol>
            </section>
            <aside class="beside">{editor}{templates}</aside>
        }
    })
}

fn slot(
    r: Reader,
    base: &str,
    version: u32,
    editable: bool,
    (place, last): (usize, usize),
    slot: ShowSlot,
) -> impl IntoView + use<> {
    let moment = of_slot(slot.kind);
    let name = if slot.title.is_empty() { ours(r, slot_name(r, slot.kind)) } else { slot.title.clone() };
    let who = (!slot.speakers.is_empty())
        .then(|| view! { <Plain phrase=crate::parts::phrase::names(r, &slot.speakers)/> " · " });
    let to = |what: &str| [base, "/show/", &slot.id, "/", what].concat();
    let seen = || vec![("seen", version.to_string())];
    let does = editable.then(|| {
        view! {
            <div class="does">
                {(place > 0).then(|| press(to("up"), seen(), words::up(r)))}
                {(place < last).then(|| press(to("down"), seen(), words::down(r)))}
                <a class="button quiet" href=[base, "/show?slot=", &slot.id].concat()>{words::edit(r)}</a>
                {(last > 0).then(|| press(to("remove"), seen(), words::remove(r)))}
            </div>
        }
    });
    view! {
        <li class="row" data-moment=hue(moment)>
            <Shape name=shape(moment)/>
            <span>
                <span class="who"><Plain phrase=name/></span>
                <span class="note">{who}{slot_name(r, slot.kind)}{(!slot.cue).then(|| [" · ", words::no_cue(r)].concat())}</span>
            </span>
            <Number text=numbers::clock(r, slot.planned)/>
            {does}
        </li>
    }
}

fn editor(r: Reader, base: &str, data: &Show) -> impl IntoView + use<> {
    let form = &data.form;
    let kinds = SlotKind::ALL.iter().map(|kind| (kind.key().to_owned(), ours(r, slot_name(r, *kind)))).collect();
    let (action, head) = match &data.open {
        Some(slot) => ([base, "/show/", slot].concat(), words::edit_slot(r)),
        None => ([base, "/show"].concat(), words::new_slot(r)),
    };
    let speakers = (!data.people.is_empty()).then(|| form.any_of(words::speakers(r), "speakers", data.people.clone()));
    let polls = (!data.polls.is_empty()).then(|| form.choice(words::poll(r), "poll", data.polls.clone()));
    let prepare = view! { <p><a class="button quiet" href=[base, "/polls"].concat()>{words::polls(r)}</a></p> };
    view! {
        <form class="card form" method="post" action=action>
            <h2>{head}</h2>
            <input type="hidden" name="seen" value=data.version.to_string()/>
            {form.hidden("id")}
            {form.choice(words::slot_kind(r), "kind", kinds)}
            {form.said(words::title(r), "title", &data.langs, 0)}
            {speakers}
            <div class="pair">
                {form.number(words::minutes(r), "minutes")}
                {form.number(words::limit(r), "limit")}
            </div>
            {polls}
            {prepare}
            {form.said(words::cue(r), "cue", &data.langs, 2)}
            <button class="button is-on">{common::save(r)}</button>
        </form>
    }
}

fn templates(r: Reader, base: &str, version: u32) -> impl IntoView + use<> {
    let template = |key: &'static str, text: &str| {
        press(
            [base, "/show/template"].concat(),
            vec![("seen", version.to_string()), ("template", key.to_owned())],
            text,
        )
    };
    view! {
        <section class="card">
            <h2>{words::templates(r)}</h2>
            <p class="note">{words::templates_note(r)}</p>
            <div class="buttons">
                {template("papers", words::template_papers(r))}
                {template("workshop", words::template_workshop(r))}
                {template("opening", words::template_opening(r))}
            </div>
        </section>
    }
}
