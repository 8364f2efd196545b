//! People: how they are called, what of it is shown, and where their consents stand.

use leptos::prelude::*;
use nadwa_domain::conference::people::{Asked, Consent, Group, Shows};
use nadwa_domain::conference::profile::Function;
use nadwa_domain::{Choice, Instant, Lang, Phrase, Role};

use crate::pages::Page;
use crate::pages::plan::adults::{self, function_name};
use crate::pages::plan::{Filled, Here, asked, manage, ours, press};
use crate::pages::shell::Html;
use crate::parts::team::role_name;
use crate::parts::{Plain, Shape};
use crate::words::{Reader, common, manage, numbers, organisation, people as words, profile};

/// Somebody in the list.
#[derive(Clone, Debug)]
pub struct PersonView {
    pub id: String,
    /// As written down.
    pub name: Phrase,
    /// In every language that it has.
    pub every: Phrase,
    /// As others see it.
    pub shown: Phrase,
    /// Child or adult.
    pub group: Group,
    /// A guardian's consent; nothing of adults.
    pub guardian: Option<Consent>,
    /// Consent to be recorded.
    pub media: Consent,
    /// Roles that they hold cards for.
    pub roles: Vec<Role>,
    /// What they are in the conference.
    pub functions: Vec<Function>,
    /// What an adult speaks for.
    pub organisation: Phrase,
    /// Whether the name waits until somebody has looked at it.
    pub held: bool,
}

/// A consent: which, where it stands, and when and in which role that was checked.
pub type ConsentNow = (Asked, Consent, Option<(Instant, Option<Role>)>);

/// What is being written.
#[derive(Clone, Debug, Default)]
pub struct PersonForm {
    /// The person's id; also of one who is not there yet.
    pub id: String,
    /// Whether they are there already.
    pub there: bool,
    pub form: Filled,
    /// A shorter name that would do (`S12`).
    pub nudge: Option<String>,
    /// Whether the name waits until somebody has looked at it.
    pub held: bool,
    /// Organisations that can be chosen.
    pub organisations: Vec<(String, Phrase)>,
    /// Consents: which, where it stands, when and by whom that was checked.
    pub consents: Vec<ConsentNow>,
}

/// Everybody, and a new person.
#[must_use]
pub fn people(page: &Page, langs: Vec<Lang>, people: Vec<PersonView>, new: PersonForm) -> Html {
    let r = page.reader;
    manage(page, manage::people(r).to_owned(), Here::People, move || {
        let none = people.is_empty().then(|| view! { <p class="note">{words::nobody(r)}</p> });
        let held = held_list(r, &people);
        let rows = people.into_iter().map(|person| row(r, person)).collect_view();
        let table = none.is_none().then(|| {
            view! {
                <div class="table" role="region" tabindex="0" aria-label=manage::people(r)>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{words::name(r)}</th>
                                <th scope="col">{words::shown(r)}</th>
                                <th scope="col">{words::group(r)}</th>
                                <th scope="col">{words::guardian(r)}</th>
                                <th scope="col">{words::media(r)}</th>
                                <th scope="col">{manage::cards(r)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        });
        view! {
            {new.form.says()}
            {held}
            <section class="card">
                {none}
                {table}
                <div class="buttons">
                    <a class="button quiet" href="/organizer/import">{words::from_file(r)}</a>
                    <a class="button quiet" href="/organizer/organisations">{organisation::title(r)}</a>
                    <a class="button quiet" href="/organizer/people.csv">"CSV"</a>
                </div>
            </section>
            <aside class="beside">{editor(r, &langs, &new)}</aside>
        }
    })
}

fn row(r: Reader, person: PersonView) -> impl IntoView {
    let roles = person.roles.iter().map(|role| role_name(r, *role));
    let roles: Vec<&str> = person.functions.iter().map(|of| function_name(r, *of)).chain(roles).collect();
    let organisation = (!person.organisation.is_empty())
        .then(|| view! { <span class="note block"><Plain phrase=person.organisation/></span> });
    let edit = ["/organizer/people/", &person.id].concat();
    view! {
        <tr>
            <td class="named"><a href=edit><Plain phrase=person.name/></a>{organisation}</td>
            <td class="named"><Plain phrase=person.shown/>{person.held.then(|| view! { " " <span class="note">{words::is_held(r)}</span> })}</td>
            <td>{group_name(r, person.group)}</td>
            <td>{person.guardian.map_or_else(|| words::no_guardian(r), |state| consent_name(r, state))}</td>
            <td>{consent_name(r, person.media)}</td>
            <td class="note">{roles.join(" · ")}</td>
        </tr>
    }
}

/// So many held names are shown at once; the next follow when these were looked at.
const HELD_AT_ONCE: usize = 20;

/// Names that nobody sees until an organizer has looked: each can be changed, or may stand.
fn held_list(r: Reader, people: &[PersonView]) -> Option<impl IntoView + use<>> {
    let held: Vec<_> = people.iter().filter(|person| person.held).take(HELD_AT_ONCE).collect();
    (!held.is_empty()).then(|| {
        let each = held.into_iter().map(|person| {
            let edit = ["/organizer/people/", &person.id].concat();
            view! {
                <li>
                    <b><Plain phrase=person.every.clone()/></b>
                    <div class="buttons">
                        <a class="button quiet" href=edit>{words::change_name(r)}</a>
                        {let_stand(r, &person.id)}
                    </div>
                </li>
            }
        });
        view! {
            <section class="card" id="held">
                <h2>{words::held(r)}</h2>
                <p class="note">{words::held_note(r)}</p>
                <ul class="checks">{each.collect_view()}</ul>
            </section>
        }
    })
}

fn let_stand(r: Reader, id: &str) -> impl IntoView + use<> {
    press(["/organizer/people/", id, "/stand"].concat(), vec![], words::let_stand(r))
}

/// One person: the form, and the consents.
#[must_use]
pub fn person(page: &Page, langs: Vec<Lang>, data: PersonForm) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    manage(page, manage::people(r).to_owned(), Here::People, move || {
        let consents = data.consents.iter().map(|consent| consent_form(r, offset, &data.id, consent)).collect_view();
        let remove = ["/organizer/people/", &data.id, "/remove"].concat();
        view! {
            {data.form.says()}
            <div class="stack">
                {data.held.then(|| view! {
                    <section class="card"><p>{words::held_note(r)}</p> <div class="buttons">{let_stand(r, &data.id)}</div></section>
                })}
                {editor(r, &langs, &data)}
            </div>
            <aside class="beside">
                <section class="card">
                    <h2>{words::consents(r)}</h2>
                    <p class="note">{words::consents_note(r)}</p>
                    {consents}
                </section>
                <section class="card">
                    <p class="note">{words::remove_note(r)}</p>
                    <div class="buttons">{asked(r, remove, vec![], words::remove(r))}</div>
                </section>
            </aside>
        }
    })
}

fn editor(r: Reader, langs: &[Lang], data: &PersonForm) -> impl IntoView + use<> {
    let form = &data.form;
    let groups = Group::ALL.iter().map(|group| (group.key().to_owned(), ours(r, group_name(r, *group)))).collect();
    let usual = (String::new(), ours(r, profile::shows_usual(r)));
    let shows = Shows::ALL.iter().map(|shows| (shows.key().to_owned(), ours(r, shows_name(r, *shows))));
    let shows = (!data.there).then_some(usual).into_iter().chain(shows).collect();
    let spoken = Lang::all()
        .map(|lang| (lang.tag().to_owned(), Phrase { text: lang.info().name.to_owned(), lang, dir: lang.dir() }));
    let nudge = data.nudge.clone().map(|short| {
        view! {
            <div class="message" data-moment="plain" role="alert">
                <Shape name="hold"/>
                <div>
                    <b>{words::nudge(r, &short)}</b>
                    <label class="choice"><input type="checkbox" name="as_it_is" value="on"/>{words::as_it_is(r)}</label>
                </div>
            </div>
        }
    });
    let action = if data.there { ["/organizer/people/", &data.id].concat() } else { "/organizer/people".to_owned() };
    view! {
        <form class="card form" method="post" action=action>
            <h2>{if data.there { words::edit(r) } else { words::add(r) }}</h2>
            {(!data.there).then(|| form.hidden("id"))}
            {nudge}
            {form.said(words::name(r), "name", langs, 0)}
            {another(r, form)}
            <p class="note">{words::name_note(r)}</p>
            {form.choice(words::group(r), "group", groups)}
            {form.choice(words::shows(r), "shows", shows)}
            {form.choice(words::language(r), "lang", spoken.collect())}
            {adults::fields(r, form, langs, &data.organisations)}
            <button class="button is-on">{common::save(r)}</button>
        </form>
    }
}

/// Where somebody of the same name is there: whether this is another person (`N4`).
fn another(r: Reader, form: &Filled) -> Option<impl IntoView + use<>> {
    form.problem.as_ref().is_some_and(|problem| problem.field == "another").then(|| {
        view! {
            <label class="choice">
                <input id="another" type="checkbox" name="another" value="on"/>
                {words::is_another(r)}
            </label>
        }
    })
}

fn consent_form(r: Reader, offset: i32, id: &str, (asked, state, checked): &ConsentNow) -> impl IntoView + use<> {
    let name = match asked {
        Asked::Guardian => words::guardian(r),
        Asked::Media => words::media(r),
    };
    let action = ["/organizer/people/", id, "/consent"].concat();
    let by = checked.as_ref().map(|(at, by)| {
        let date = numbers::date_with_year(r, *at, offset);
        let role = by.map_or("", |role| role_name(r, role));
        view! { <p class="note">{words::checked(r, &date, role)}</p> }
    });
    // What was once checked is not unchecked again.
    let states = Consent::ALL.iter().copied().filter(|other| other != state && *other != Consent::Unchecked);
    let buttons = states.map(|state| {
        let fields = vec![("asked", asked.key().to_owned()), ("state", state.key().to_owned())];
        press(action.clone(), fields, consent_name(r, state))
    });
    view! {
        <div class="consent">
            <b>{name} ": " {consent_name(r, *state)}</b>
            {by}
            <div class="buttons">{buttons.collect_view()}</div>
        </div>
    }
}

/// Child or adult, in words.
#[must_use]
pub fn group_name(r: Reader, group: Group) -> &'static str {
    match group {
        Group::Child => words::child(r),
        Group::Adult => words::adult(r),
    }
}

/// Where a consent stands, in words.
#[must_use]
pub fn consent_name(r: Reader, consent: Consent) -> &'static str {
    match consent {
        Consent::Unchecked => words::unchecked(r),
        Consent::Given => words::given(r),
        Consent::NotGiven => words::not_given(r),
        Consent::Withdrawn => words::withdrawn(r),
    }
}

/// What of a name is shown, in words.
#[must_use]
pub fn shows_name(r: Reader, shows: Shows) -> &'static str {
    match shows {
        Shows::Role => words::shows_role(r),
        Shows::Nickname => words::shows_nickname(r),
        Shows::FirstName => words::shows_first_name(r),
        Shows::FullName => profile::shows_full_name(r),
    }
}
