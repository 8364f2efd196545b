//! Settings and rooms.

use leptos::prelude::*;
use nadwa_domain::Lang;
use nadwa_domain::conference::exit::Elsewhere;

use crate::pages::Page;
use crate::pages::plan::access::conference_fields;
use crate::pages::plan::{Filled, Here, manage, press};
use crate::pages::shell::Html;
use crate::words::{Reader, aloud, common, conference, help, manage as words, organisation, organizer};

/// The form of the quick exit, and where it leads now.
#[derive(Clone, Debug, Default)]
pub struct ExitForm {
    pub form: Filled,
    /// The page outside; nothing for a page of ours.
    pub leads_to: Option<Elsewhere>,
}

/// How much of what pages say is recorded, to be read aloud.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recorded {
    /// Passages with a recording.
    pub there: u64,
    /// All of them.
    pub all: u64,
}

/// Name, venue, languages, zone and days; where the quick exit leads; and the way to what is read aloud.
#[must_use]
pub fn settings(
    page: &Page,
    form: Filled,
    langs: Vec<Lang>,
    zones: Vec<String>,
    glossary: Filled,
    exit: ExitForm,
    recorded: Recorded,
) -> Html {
    let r = page.reader;
    manage(page, words::settings(r).to_owned(), Here::Settings, move || {
        view! {
            {form.says()}
            {glossary.says()}
            {exit.form.says()}
            <form class="card form" method="post" action="/organizer/settings">
                {form.hidden("seen")}
                {conference_fields(r, &form, &langs, zones)}
                {form.said(words::contact(r), "contact", &langs, 0)}
                <p class="note">{words::contact_note(r)}</p>
                <button class="button main">{common::save(r)}</button>
            </form>
            <form class="card form" id="glossary" method="post" action="/organizer/settings/words">
                <h2>{words::glossary(r)}</h2>
                <p class="note">{words::glossary_note(r)}</p>
                {glossary.said(words::glossary(r), "words", &langs, 6)}
                <button class="button">{common::save(r)}</button>
            </form>
            <section class="card stack" id="about">
                <h2>{conference::edit(r)}</h2>
                <p class="note">{conference::edit_note(r)}</p>
                <div class="buttons">
                    <a class="button" href="/organizer/about">{conference::title(r)}</a>
                    <a class="button quiet" href="/organizer/organisations">{organisation::title(r)}</a>
                </div>
            </section>
            {quick_exit(r, &exit)}
            <section class="card stack">
                <h2>{aloud::title(r)}</h2>
                <p>{aloud::lead(r)}</p>
                <p class="note">{aloud::recorded(r, recorded.there, recorded.all)}</p>
                <div class="buttons"><a class="button" href="/organizer/recordings">{aloud::to_them(r)}</a></div>
            </section>
        }
    })
}

fn quick_exit(r: Reader, exit: &ExitForm) -> impl IntoView + use<> {
    let now = match &exit.leads_to {
        Some(page) => words::exit_leads_to(r, page.host()),
        None => words::exit_leads_home(r).to_owned(),
    };
    let wrong = exit.form.wrong("page");
    view! {
        <form class="card form" id="exit" method="post" action="/organizer/settings/exit">
            <h2>{help::quick_exit(r)}</h2>
            <p>{now}</p>
            <div class="field-of">
                <label for="exit-page">{words::exit_page(r)}</label>
                <input id="exit-page" name="page" type="text" inputmode="url" dir="ltr" value=exit.form.value("page")
                    autocomplete="off" maxlength="300" aria-describedby="exit-page-note"
                    aria-invalid=wrong.is_some().then_some("true") autofocus=wrong.is_some()/>
                <p class="note" id="exit-page-note">{words::exit_note(r)}</p>
                {wrong.map(super::beside)}
            </div>
            <button class="button">{common::save(r)}</button>
        </form>
    }
}

/// A room's form, and whether it can be taken away.
#[derive(Clone, Debug)]
pub struct RoomForm {
    pub id: String,
    /// Its name in each language.
    pub form: Filled,
    /// How many sessions take place in it.
    pub sessions: u32,
}

/// Every room, and a new one.
#[must_use]
pub fn rooms(page: &Page, langs: Vec<Lang>, rooms: Vec<RoomForm>, new: Filled) -> Html {
    let r = page.reader;
    manage(page, organizer::rooms(r).to_owned(), Here::Rooms, move || {
        let rooms = rooms.into_iter().map(|room| {
            let base = ["/organizer/rooms/", &room.id].concat();
            let form = Filled { scope: room.id.clone(), ..room.form };
            let remove = (room.sessions == 0).then(|| press([&base, "/remove"].concat(), vec![], words::remove(r)));
            view! {
                <section class="card">
                    <form class="form" method="post" action=base>
                        {form.said(words::room_name(r), "name", &langs, 0)}
                        <p class="note">{words::sessions(r, room.sessions.into())}</p>
                        <button class="button">{common::save(r)}</button>
                    </form>
                    <div class="buttons">{remove}</div>
                </section>
            }
        });
        view! {
            {new.says()}
            <div class="grid whole">
                {rooms.collect_view()}
                <form class="card form" method="post" action="/organizer/rooms">
                    <h2>{words::new_room(r)}</h2>
                    {new.hidden("id")}
                    {new.said(words::room_name(r), "name", &langs, 0)}
                    <button class="button">{words::add(r)}</button>
                </form>
            </div>
        }
    })
}
