//! The authors' names: as they write them, who they are among the conference's people, and what guardians said.

use leptos::prelude::*;
use nadwa_domain::Choice;
use nadwa_domain::paper::act::Consent;

use super::NameView;
use super::reading::Deciding;
use super::writing::{Writing, refusal_of};
use crate::parts::phrase::own;
use crate::parts::{FieldRefusal, Plain};
use crate::words::{Reader, common, organizer, paper as words};

/// On the authors' own page: each can be taken off, and others are named.
pub(super) fn names(r: Reader, action: &str, data: &Writing) -> impl IntoView + use<> {
    let rows = data.names.iter().map(|name| {
        let (shown, action) = (name.name.clone(), format!("{action}/authors/{}/remove", name.person));
        let word = words::remove_name(r, &shown.text);
        let shown = if shown.is_empty() { own(r, words::nameless(r)) } else { shown };
        view! {
            <li>
                <b><Plain phrase=shown/></b>
                <form method="post" action=action><button class="button quiet">{word}</button></form>
            </li>
        }
    });
    let typed = data.refused.as_ref().filter(|refused| refused.field == "name");
    let typed = typed.map(|refused| refused.typed.clone()).unwrap_or_default();
    view! {
        <section class="card stack" id="names" aria-labelledby="names-title">
            <h2 id="names-title">{words::who_we_are(r)}</h2>
            <ul class="lines">{rows.collect_view()}</ul>
            <form class="box" method="post" action=format!("{action}/authors")>
                <label class="minor" for="name">{words::name_label(r)}</label>
                <p class="note" id="name-hint">{words::name_hint(r)}</p>
                <input id="name" name="name" value=typed autocomplete="off" aria-describedby="name-hint name-refusal"/>
                <FieldRefusal id="name-refusal" sentence=refusal_of(data, "name")/>
                <button class="button">{words::add_name(r)}</button>
            </form>
        </section>
    }
}

/// On the organizers' page: of each author a consent, or the person whose consents count (`S21`). What a family signed
/// stays with the organizers.
pub(super) fn consents(r: Reader, action: &str, deciding: &Deciding) -> impl IntoView + use<> {
    let rows = deciding.names.iter().map(|name| {
        let shown = if name.name.is_empty() { own(r, words::nameless(r)) } else { name.name.clone() };
        let follows = name.known.as_ref().map(|known| {
            let to = format!("/organizer/people/{}", known.person);
            view! { <p class="note"><a href=to>{known.says.clone()}</a></p> }
        });
        let asked = follows.is_none().then(|| consent(r, action, name, shown.text.clone()));
        let known = known(r, action, name, &shown.text, deciding);
        view! {
            <li>
                <b><Plain phrase=shown/></b>
                {follows}
                {asked}
                {known}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card stack" id="consents" aria-label=organizer::title(r)>
            <h2>{words::consents(r)}</h2>
            <ul class="lines">{rows}</ul>
        </section>
    }
}

fn consent(r: Reader, action: &str, name: &NameView, label: String) -> impl IntoView + use<> {
    let action = format!("{action}/authors/{}/consent", name.person);
    let now = name.consent;
    let states = [
        (Consent::Given, words::consent_given(r)),
        (Consent::NotGiven, words::consent_not_given(r)),
        (Consent::Withdrawn, words::consent_withdrawn(r)),
    ];
    let options = states.map(|(consent, word)| {
        view! { <option value=consent.key() selected=consent == now>{word}</option> }
    });
    view! {
        <form class="buttons" method="post" action=action>
            <select name="consent" aria-label=label>{options.into_iter().collect_view()}</select>
            <button class="button quiet">{common::save(r)}</button>
        </form>
    }
}

/// Nothing where the conference has no people whom an author could be.
fn known(r: Reader, action: &str, name: &NameView, shown: &str, deciding: &Deciding) -> Option<impl IntoView + use<>> {
    let now = name.known.as_ref().map(|known| known.person);
    if deciding.people.is_empty() && now.is_none() {
        return None;
    }
    let id = format!("known-{}", name.person);
    let action = format!("{action}/authors/{}/known", name.person);
    let people = deciding.people.iter().map(|(person, called)| {
        let called = called.clone();
        let on = now == Some(*person);
        view! { <option value=person.to_string() lang=called.lang.tag() selected=on>{called.text}</option> }
    });
    let people = people.collect_view();
    Some(view! {
        <form class="buttons" method="post" action=action>
            <label class="minor" for=id.clone()>{words::author_known(r, shown)}</label>
            <select id=id name="person">
                <option value="">{words::author_nobody(r)}</option>
                {people}
            </select>
            <button class="button quiet">{common::save(r)}</button>
        </form>
    })
}
