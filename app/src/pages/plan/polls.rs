//! The polls that a session has prepared, of every kind; with pictures of ours, or such as organizers bring.

use leptos::prelude::*;
use nadwa_domain::session::poll::MAX_OPTIONS;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::picture::Picture;
use nadwa_domain::{Lang, Phrase};

use crate::pages::Page;
use crate::pages::plan::{Filled, Here, manage, ours};
use crate::pages::shell::Html;
use crate::parts::drawing::{Drawing, drawing, name};
use crate::parts::poll_kind::kind_name;
use crate::parts::{Plain, Shape};
use crate::words::{Reader, common, manage as words, poll as poll_words};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Polls {
    pub session: String,
    /// What it is called.
    pub title: Phrase,
    /// Whether they can still be written: not once the session is open.
    pub editable: bool,
    /// Those that there are: id, question, kind.
    pub polls: Vec<(String, Phrase, &'static str)>,
    /// The form of a poll: the one that is open, or a new one.
    pub form: Filled,
    /// Whether the form is about a poll that is there already.
    pub open: bool,
    /// Languages of the conference.
    pub langs: Vec<Lang>,
    /// The pictures that an option has already, in their places.
    pub brought: Vec<Option<Drawing>>,
}

/// The page.
#[must_use]
pub fn polls(page: &Page, data: Polls) -> Html {
    let r = page.reader;
    manage(page, words::polls(r).to_owned(), Here::Programme, move || {
        let base = ["/organizer/sessions/", &data.session].concat();
        let line = |(id, question, kind): (String, Phrase, &'static str)| {
            let edit = [base.as_str(), "/polls?poll=", &id].concat();
            let edit = data.editable.then(|| view! { <a class="button quiet" href=edit>{words::edit(r)}</a> });
            view! {
                <li class="row" data-moment="poll">
                    <Shape name="poll"/>
                    <span>
                        <span class="who"><Plain phrase=question/></span>
                        <span class="note">{kind}</span>
                    </span>
                    <span class="does">{edit}</span>
                </li>
            }
        };
        let lines = data.polls.clone().into_iter().map(line).collect_view();
        let none = data.polls.is_empty().then(|| view! { <p class="note">{words::polls_none(r)}</p> });
        view! {
            {data.form.says()}
            <section class="card">
                <h2><a href=[&base, "/show"].concat()><Plain phrase=data.title.clone()/></a></h2>
                {(!data.editable).then(|| view! { <p>{words::in_their_hands(r)}</p> })}
                <ul class="rows">{lines}</ul>
                {none}
            </section>
            <aside class="beside">{data.editable.then(|| editor(r, &base, &data))}</aside>
        }
    })
}

fn editor(r: Reader, base: &str, data: &Polls) -> impl IntoView + use<> {
    let form = &data.form;
    let kinds = PollKind::all().map(|kind| (kind.key().to_owned(), ours(r, kind_name(r, kind)))).collect();
    let options = (0..MAX_OPTIONS).map(|place| option(r, data, place)).collect_view();
    let tick = |key: &'static str, text: &'static str| {
        let on = !form.value(key).is_empty();
        view! { <label class="choice"><input type="checkbox" name=key value="on" checked=on/> <span>{text}</span></label> }
    };
    view! {
        <form class="card form poll-form" method="post" enctype="multipart/form-data" action=[base, "/polls"].concat()>
            <h2>{if data.open { words::poll_edit(r) } else { words::poll_new(r) }}</h2>
            {form.hidden("id")}
            {form.choice(poll_words::kind(r), "kind", kinds)}
            {form.said(poll_words::question(r), "question", &data.langs, 0)}
            <div class="only-listed stack">
                <p class="note">{words::poll_options(r)}</p>
                {options}
            </div>
            <div class="only-several">{form.number(poll_words::most(r), "most")}</div>
            <div class="pair only-estimate">
                {form.number(poll_words::low(r), "low")}
                {form.number(poll_words::high(r), "high")}
            </div>
            {tick("apart", poll_words::apart(r))}
            {tick("seats", poll_words::with_seats(r))}
            <button class="button is-on">{common::save(r)}</button>
        </form>
    }
}

fn option(r: Reader, data: &Polls, place: usize) -> impl IntoView + use<> {
    let form = &data.form;
    let ready = Picture::ALL.iter().map(|picture| (picture.as_str().to_owned(), ours(r, name(r, *picture))));
    let ready = std::iter::once((String::new(), ours(r, words::none(r)))).chain(ready).collect();
    let file = ["file.", &place.to_string()].concat();
    let kept = data.brought.get(place).copied().flatten();
    view! {
        <fieldset class="field-of option-of">
            <legend>{words::poll_option(r, place as u64 + 1)}</legend>
            {form.lines(&["option.", &place.to_string()].concat(), &data.langs, 0)}
            <div class="only-pictures pair">
                {form.choice(words::poll_ready(r), &["picture.", &place.to_string()].concat(), ready)}
                <div class="field-of">
                    <label for=file.clone()>{words::poll_own_picture(r)}</label>
                    {kept.map(drawing)}
                    {form.hidden(&["kept.", &place.to_string()].concat())}
                    <input id=file.clone() name=file.clone() type="file" accept="image/png,image/jpeg,image/webp,image/gif"/>
                </div>
            </div>
        </fieldset>
    }
}
