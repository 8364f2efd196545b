//! What the conference says of itself, written by organizers in each language (`C2`).

use leptos::prelude::*;
use nadwa_domain::conference::about::Section;
use nadwa_domain::{Choice, Lang};

use crate::pages::Page;
use crate::pages::conference::section_name;
use crate::pages::plan::{Filled, Here, manage};
use crate::pages::shell::Html;
use crate::parts::Shape;
use crate::words::{Reader, common, conference as words, numbers, organisation};

/// The form, and what is missing in which language.
#[must_use]
pub fn about(page: &Page, langs: Vec<Lang>, form: Filled, unsaid: Vec<(Section, Vec<Lang>)>) -> Html {
    let r = page.reader;
    manage(page, words::title(r).to_owned(), Here::Settings, move || {
        let fields = Section::ALL.iter().map(|of| form.said(section_name(r, *of), of.key(), &langs, 5)).collect_view();
        view! {
            {form.says()}
            <form class="card form" method="post" action="/organizer/about">
                <h2>{words::edit(r)}</h2>
                <p class="note">{words::edit_note(r)}</p>
                {form.hidden("seen")}
                {fields}
                <button class="button main">{common::save(r)}</button>
            </form>
            <aside class="beside">
                <section class="card stack">
                    <h2>{words::missing(r)}</h2>
                    {missing(r, &unsaid)}
                    <div class="buttons">
                        <a class="button quiet" href="/conference">{organisation::see_page(r)}</a>
                        <a class="button quiet" href="/organizer/organisations">{organisation::title(r)}</a>
                    </div>
                </section>
            </aside>
        }
    })
}

fn missing(r: Reader, unsaid: &[(Section, Vec<Lang>)]) -> impl IntoView + use<> {
    let none = unsaid.is_empty().then(|| view! { <p class="note">{words::nothing_missing(r)}</p> });
    let each = unsaid.iter().map(|(section, langs)| {
        let langs: Vec<&str> = langs.iter().map(|lang| lang.info().name).collect();
        let says = words::missing_part(r, section_name(r, *section), &numbers::names(r, &langs));
        view! { <li><Shape name="hold"/><span>{says}</span></li> }
    });
    view! { {none} <ul class="checks">{each.collect_view()}</ul> }
}
