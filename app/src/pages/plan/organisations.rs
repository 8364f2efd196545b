//! Organisations, as organizers write them down (`C2`). What is removed can be put back.

use leptos::prelude::*;
use nadwa_domain::conference::organisations::{OrganisationKind, Standing};
use nadwa_domain::{Choice, Lang, Phrase};

use crate::pages::Page;
use crate::pages::plan::{Filled, Here, manage, ours, press};
use crate::pages::shell::Html;
use crate::parts::Plain;
use crate::words::{Reader, common, organisation as words};

/// An organisation in the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub name: Phrase,
    pub country: Phrase,
    pub kind: OrganisationKind,
    pub standing: Standing,
    /// How many people belong to it.
    pub delegates: u32,
}

/// The page of all.
#[derive(Clone, Debug, Default)]
pub struct Organisations {
    pub listed: Vec<Row>,
    /// Those that were taken out.
    pub removed: Vec<Row>,
    /// What people are said to speak for, and is not in the list.
    pub typed: Vec<Phrase>,
    pub new: Filled,
}

/// One organisation.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    pub id: String,
    pub form: Filled,
    /// Who belongs to it: their id, and how they are called.
    pub delegates: Vec<(String, Phrase)>,
}

/// All of them, and a new one.
#[must_use]
pub fn organisations(page: &Page, langs: Vec<Lang>, data: Organisations) -> Html {
    let r = page.reader;
    manage(page, words::title(r).to_owned(), Here::People, move || {
        let none = data.listed.is_empty().then(|| view! { <p class="note">{words::none_yet(r)}</p> });
        let table = none.is_none().then(|| table(r, data.listed));
        view! {
            {data.new.says()}
            <div class="stack">
                <section class="card">
                    {none}
                    {table}
                    <div class="buttons">
                        <a class="button quiet" href="/organisations">{words::see_page(r)}</a>
                        <a class="button quiet" href="/organizer/about">{crate::words::conference::title(r)}</a>
                        <a class="button quiet" href="/organizer/people">{crate::words::manage::people(r)}</a>
                    </div>
                </section>
                {typed(r, data.typed)}
                {removed(r, data.removed)}
            </div>
            <aside class="beside">
                <form class="card form" method="post" action="/organizer/organisations">
                    <h2>{words::new(r)}</h2>
                    {data.new.hidden("id")}
                    {fields(r, &data.new, &langs)}
                    <button class="button is-on">{common::save(r)}</button>
                </form>
            </aside>
        }
    })
}

fn table(r: Reader, rows: Vec<Row>) -> impl IntoView {
    let row = |row: Row| {
        // Below the name: two of one name are told apart there, on a phone as well.
        let country =
            (!row.country.is_empty()).then(|| view! { <span class="note block"><Plain phrase=row.country/></span> });
        view! {
            <tr>
                <td class="named"><a href=["/organizer/organisations/", &row.id].concat()><Plain phrase=row.name/></a>{country}</td>
                <td>{kind_name(r, row.kind)}</td>
                <td>{standing_name(r, row.standing)}</td>
                <td>{words::delegates(r, row.delegates.into())}</td>
            </tr>
        }
    };
    view! {
        <div class="table" role="region" tabindex="0" aria-label=words::title(r)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words::name(r)}</th>
                        <th scope="col">{words::kind(r)}</th>
                        <th scope="col">{words::standing(r)}</th>
                        <th scope="col">{words::delegates_head(r)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What people are said to speak for, each with a press that takes it into the list.
fn typed(r: Reader, typed: Vec<Phrase>) -> Option<impl IntoView> {
    (!typed.is_empty()).then(|| {
        let each = typed.into_iter().map(|name| {
            let text = name.text.clone();
            view! {
                <li>
                    <b><Plain phrase=name/></b>
                    {press("/organizer/organisations/typed".to_owned(), vec![("typed", text)], words::to_list(r))}
                </li>
            }
        });
        view! {
            <section class="card stack"><h2>{words::also_typed(r)}</h2><ul class="stack">{each.collect_view()}</ul></section>
        }
    })
}

fn removed(r: Reader, rows: Vec<Row>) -> Option<impl IntoView> {
    (!rows.is_empty()).then(|| {
        let each = rows.into_iter().map(|row| {
            let back = ["/organizer/organisations/", &row.id, "/back"].concat();
            view! { <li><b><Plain phrase=row.name/></b> {press(back, vec![], words::put_back(r))}</li> }
        });
        view! {
            <section class="card stack" id="removed">
                <h2>{words::removed(r)}</h2>
                <ul class="stack">{each.collect_view()}</ul>
            </section>
        }
    })
}

/// One organisation: the form, and who belongs to it.
#[must_use]
pub fn organisation(page: &Page, langs: Vec<Lang>, data: Organisation) -> Html {
    let r = page.reader;
    manage(page, words::title(r).to_owned(), Here::People, move || {
        let base = ["/organizer/organisations/", &data.id].concat();
        let count = data.delegates.len() as u64;
        let each = data.delegates.into_iter().map(|(id, name)| {
            view! { <li><a class="who" href=["/organizer/people/", &id].concat()><Plain phrase=name/></a></li> }
        });
        view! {
            {data.form.says()}
            <form class="card form" method="post" action=base.clone()>
                <h2>{words::edit(r)}</h2>
                {fields(r, &data.form, &langs)}
                <button class="button is-on">{common::save(r)}</button>
            </form>
            <aside class="beside">
                <section class="card stack">
                    <h2>{words::delegates_head(r)}</h2>
                    <p class="note">{words::delegates(r, count)}</p>
                    <ul>{each.collect_view()}</ul>
                </section>
                <section class="card stack">
                    <p class="note">{words::remove_note(r)}</p>
                    <div class="buttons">
                        {press([&base, "/remove"].concat(), vec![], words::remove(r))}
                        <a class="button quiet" href="/organizer/organisations">{words::title(r)}</a>
                    </div>
                </section>
            </aside>
        }
    })
}

fn fields(r: Reader, form: &Filled, langs: &[Lang]) -> impl IntoView + use<> {
    let kinds = OrganisationKind::ALL.iter().map(|kind| (kind.key().to_owned(), ours(r, kind_name(r, *kind))));
    let standings = Standing::ALL.iter().map(|of| (of.key().to_owned(), ours(r, standing_name(r, *of))));
    view! {
        {form.said(words::name(r), "name", langs, 0)}
        {form.choice(words::kind(r), "kind", kinds.collect())}
        {form.said(words::country(r), "country", langs, 0)}
        {form.choice(words::standing(r), "standing", standings.collect())}
    }
}

/// A kind of organisation in words.
#[must_use]
pub fn kind_name(r: Reader, kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Ministry => words::ministry(r),
        OrganisationKind::Court => words::court(r),
        OrganisationKind::Prosecution => words::prosecution(r),
        OrganisationKind::Authority => words::authority(r),
        OrganisationKind::Association => words::association(r),
        OrganisationKind::International => words::international(r),
        OrganisationKind::University => words::university(r),
        OrganisationKind::School => words::school(r),
        OrganisationKind::Helpline => words::helpline(r),
        OrganisationKind::Media => words::media(r),
        OrganisationKind::Company => words::company(r),
        OrganisationKind::Other => words::other(r),
    }
}

fn standing_name(r: Reader, standing: Standing) -> &'static str {
    match standing {
        Standing::Host => words::host(r),
        Standing::Partner => words::partner(r),
        Standing::Guest => words::guest(r),
    }
}
