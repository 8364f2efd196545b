//! One session: kind, room, time, words in each language, speakers; and what clashes while it is written.

use leptos::prelude::*;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Choice, Lang, Phrase};

use crate::pages::Page;
use crate::pages::plan::programme::{ChangeView, changed};
use crate::pages::plan::{Filled, Here, asked, manage, ours, press};
use crate::pages::shell::Html;
use crate::parts::moment::kind_name;
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, common, kit, manage as words, numbers, programme};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct SessionEditor {
    /// Its id; also of one that is not there yet.
    pub id: String,
    /// Whether it is in the draft already.
    pub there: bool,
    pub form: Filled,
    /// Languages of the conference.
    pub langs: Vec<Lang>,
    /// Rooms by id.
    pub rooms: Vec<(String, Phrase)>,
    /// People who may speak, by id.
    pub people: Vec<(String, Phrase)>,
    /// Themes that other sessions have, for the list under the field.
    pub themes: Vec<String>,
    /// The join code.
    pub code: Option<String>,
    /// What clashes as it is written now, each a sentence.
    pub clashes: Vec<Phrase>,
    /// What somebody else changed meanwhile.
    pub meanwhile: Vec<ChangeView>,
    /// What else takes place that day, by room: to see what is free while writing.
    pub that_day: Vec<Phrase>,
}

/// The page.
#[must_use]
pub fn session(page: &Page, data: SessionEditor) -> Html {
    let r = page.reader;
    let title = if data.there { words::edit_session(r) } else { crate::words::organizer::new_session(r) };
    manage(page, title.to_owned(), Here::Programme, move || {
        let base = ["/organizer/sessions/", &data.id].concat();
        let kinds = Kind::ALL.iter().map(|kind| (kind.key().to_owned(), ours(r, kind_name(r, *kind)))).collect();
        let themes = data.themes.iter().map(|theme| view! { <option value=theme.clone()></option> }).collect_view();
        let form = &data.form;
        let speakers =
            (!data.people.is_empty()).then(|| form.any_of(words::speakers(r), "speakers", data.people.clone()));
        view! {
            {form.says()}
            <form class="card form" method="post" action=base.clone()>
                {meanwhile(r, data.meanwhile)}
                {clashes(r, data.clashes)}
                {form.hidden("seen")}
                {form.said(words::title(r), "title", &data.langs, 0)}
                <div class="pair">
                    {form.choice(words::kind(r), "kind", kinds)}
                    {form.choice(words::room(r), "room", data.rooms)}
                </div>
                <div class="pair">
                    {form.typed(words::day(r), "day", "date")}
                    {form.typed(words::from(r), "from", "time")}
                    {form.typed(words::until(r), "until", "time")}
                </div>
                {form.said(words::theme(r), "theme", &data.langs, 0)}
                <datalist id="themes">{themes}</datalist>
                {form.said(words::about(r), "about", &data.langs, 3)}
                {speakers}
                <div class="buttons">
                    <button class="button is-on">{common::save(r)}</button>
                    <button class="button" name="look" value="on">{words::look(r)}</button>
                </div>
            </form>
            <aside class="beside">
                {data.there.then(|| beside(r, &base, data.code, form))}
                {that_day(r, data.that_day)}
            </aside>
        }
    })
}

fn meanwhile(r: Reader, changes: Vec<ChangeView>) -> Option<impl IntoView> {
    (!changes.is_empty()).then(|| {
        view! {
            <div class="message" data-moment="plain" role="alert">
                <Shape name="hold"/>
                <div><b>{words::meanwhile(r)}</b>{changed(changes)}<p>{words::meanwhile_next(r)}</p></div>
            </div>
        }
    })
}

/// Over the form, and a press that saves all the same: nobody is kept from what they mean.
fn clashes(r: Reader, clashes: Vec<Phrase>) -> Option<impl IntoView> {
    (!clashes.is_empty()).then(|| {
        let each = clashes.into_iter().map(|clash| view! { <li><Plain phrase=clash/></li> });
        view! {
            <div class="message" data-moment="plain" role="alert">
                <Shape name="hold"/>
                <div>
                    <b>{words::clashes(r)}</b>
                    <ul>{each.collect_view()}</ul>
                    <button class="button" name="anyway" value="on">{words::anyway(r)}</button>
                </div>
            </div>
        }
    })
}

fn beside(r: Reader, base: &str, code: Option<String>, form: &Filled) -> impl IntoView + use<> {
    let seen = form.value("seen");
    let code = code.map(|code| {
        let page = ["/s/", &code].concat();
        let file = [&page, "/calendar.ics?lang=", r.lang.tag()].concat();
        view! {
            <p><a class="button quiet" href=page>{crate::words::organizer::join_code(r)} " " <Number text=numbers::code(r, &code)/></a></p>
            <p><a class="button quiet" href=file>{programme::session_calendar(r)}</a></p>
        }
    });
    view! {
        <section class="card">
            {code}
            <div class="buttons">
                <a class="button" href=[base, "/show"].concat()>{words::run_of_show(r)}</a>
                <a class="button" href=[base, "/paper"].concat()>{kit::link(r)}</a>
                {press([base, "/copy"].concat(), vec![], words::copy(r))}
                {asked(r, [base, "/remove"].concat(), vec![("seen", seen)], words::remove(r))}
            </div>
        </section>
    }
}

fn that_day(r: Reader, others: Vec<Phrase>) -> Option<impl IntoView> {
    (!others.is_empty()).then(|| {
        let each = others.into_iter().map(|other| view! { <li class="note"><Plain phrase=other/></li> });
        view! {
            <section class="card">
                <h2>{words::that_day(r)}</h2>
                <ul class="changes">{each.collect_view()}</ul>
            </section>
        }
    })
}
