//! The conference as everybody sees it: what it says of itself, its speakers, its organisations (`C2`).
//!
//! Speakers are adults with a part in the published programme. Children are named where the programme names them, by the
//! rules of their consents (`S12`), and nowhere else.

use leptos::prelude::*;
use nadwa_domain::conference::about::Section;
use nadwa_domain::conference::organisations::OrganisationKind;
use nadwa_domain::{Instant, Phrase};

use crate::pages::plan::organisations::kind_name;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page, Write, Written};
use crate::parts::phrase::shown_in;
use crate::parts::{Foot, Plain, Skip, Top, Worker};
use crate::words::{Reader, conference as words, numbers, organisation, outcome, paper, programme};

/// What the conference says of itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub conference: ConferenceView,
    /// The first and the last day, each with its minutes east of UTC.
    pub days: Option<[(Instant, i32); 2]>,
    pub contact: Phrase,
    /// What is written, part by part.
    pub parts: Vec<(Section, Phrase)>,
    pub hosts: Vec<Phrase>,
    pub partners: Vec<Phrase>,
    pub committee: Vec<Speaker>,
}

/// An adult as everybody may know them.
#[derive(Clone, Debug, Default)]
pub struct Speaker {
    pub id: String,
    /// Before the name.
    pub title: Phrase,
    pub name: Phrase,
    pub office: Phrase,
    pub organisation: Phrase,
    pub country: Phrase,
    pub about: Phrase,
    /// Where they speak: the title, and the address of its page.
    pub sessions: Vec<(Phrase, Option<String>)>,
}

/// An organisation as everybody may know it.
#[derive(Clone, Debug)]
pub struct Taking {
    pub name: Phrase,
    pub kind: OrganisationKind,
    pub country: Phrase,
    /// Those of it who speak: their id, and how they are called.
    pub speakers: Vec<(String, Phrase)>,
}

/// What a part is called.
#[must_use]
pub fn section_name(r: Reader, section: Section) -> &'static str {
    match section {
        Section::Aims => words::aims(r),
        Section::Themes => words::themes(r),
        Section::Children => words::children(r),
        Section::TakePart => words::take_part(r),
        Section::Committee => words::committee(r),
        Section::Press => words::press(r),
    }
}

fn leaf<V: IntoView + 'static>(page: &Page, title: &str, main: impl FnOnce() -> V) -> Html {
    let head = Head {
        title: title.to_owned(),
        class: "phone leaf",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let r = page.reader;
    let (here, at, pinned) = (page.here.clone(), page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                {main()}
                {ways(r, &at)}
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
}

/// The ways from one of these pages to the others.
fn ways(r: Reader, here: &str) -> impl IntoView + use<> {
    let links = [
        ("/conference", words::title(r)),
        ("/speakers", words::speakers(r)),
        ("/organisations", organisation::title(r)),
        ("/outcomes", outcome::title(r)),
        ("/programme", programme::title(r)),
        ("/papers", paper::list(r)),
    ];
    let others = links.into_iter().filter(|(to, _)| !here.starts_with(to));
    let links = others.map(|(to, text)| view! { <a class="button quiet" href=to>{text}</a> });
    view! { <nav class="buttons no-print" aria-label=words::title(r)>{links.collect_view()}</nav> }
}

/// What the conference says of itself.
#[must_use]
pub fn conference(page: &Page, data: About) -> Html {
    let r = page.reader;
    leaf(page, words::title(r), move || {
        let empty = data.parts.is_empty().then(|| view! { <p class="note">{words::empty(r)}</p> });
        let name = data.conference.name.clone();
        let committee = data.parts.iter().find(|(of, _)| *of == Section::Committee).map(|(_, text)| text.clone());
        let part = |(of, text): (Section, Phrase)| part(r, section_name(r, of), written(r, &text));
        // The committee stands with its people, and what is for press comes last.
        let (last, first): (Vec<_>, Vec<_>) = data.parts.into_iter().partition(|(of, _)| *of >= Section::Committee);
        let press = last.into_iter().filter(|(of, _)| *of != Section::Committee);
        let names = |label, names: Vec<Phrase>| (!names.is_empty()).then(|| part_of_names(r, label, names));
        view! {
            <div>
                <h1>{words::title(r)}</h1>
                <p class="note"><Plain phrase=name/></p>
            </div>
            {where_and_when(r, &data.conference.venue, data.days)}
            {empty}
            {first.into_iter().map(part).collect_view()}
            {names(words::hosts(r), data.hosts)}
            {names(words::partners(r), data.partners)}
            {committee_of(r, committee, data.committee)}
            {press.map(part).collect_view()}
            {contact(r, &data.contact)}
        }
    })
}

fn part(r: Reader, label: &str, body: impl IntoView + 'static) -> Written {
    let (label, lang, dir) = (label.to_owned(), r.lang.tag(), r.lang.dir().as_str());
    view! { <section class="part"><h2 lang=lang dir=dir>{label}</h2>{body}</section> }.written()
}

fn part_of_names(r: Reader, label: &str, names: Vec<Phrase>) -> Written {
    let each = names.into_iter().map(|name| {
        let other = shown_in(r, &name);
        view! { <li><Plain phrase=name/><span class="note">{other}</span></li> }
    });
    part(r, label, view! { <ul class="stack">{each.collect_view()}</ul> })
}

/// A text as it was written, line by line; what is not translated says so.
fn written(r: Reader, text: &Phrase) -> impl IntoView + use<> {
    let other = (text.lang != r.lang).then(|| {
        view! { <p class="note">{words::not_translated(r, text.lang.info().name)}</p> }
    });
    let (lang, dir) = (text.lang.tag(), text.dir.as_str());
    let lines = text.text.lines().map(|line| view! { <p lang=lang dir=dir>{line.to_owned()}</p> }).collect_view();
    view! { {other} {lines} }
}

fn where_and_when(r: Reader, venue: &Phrase, days: Option<[(Instant, i32); 2]>) -> Option<Written> {
    let days = days.map(|[first, last]| {
        let date = |(at, offset)| numbers::date_with_year(r, at, offset);
        let (first, last) = (date(first), date(last));
        let says = if first == last { first } else { words::from_to(r, &first, &last) };
        view! { <p>{says}</p> }
    });
    let venue = (!venue.is_empty()).then(|| {
        let venue = venue.clone();
        view! { <p><Plain phrase=venue/></p> }
    });
    let known = days.is_some() || venue.is_some();
    known.then(|| part(r, words::where_when(r), view! { {venue} {days} }))
}

fn committee_of(r: Reader, text: Option<Phrase>, people: Vec<Speaker>) -> Option<Written> {
    let known = text.is_some() || !people.is_empty();
    let each = people.into_iter().map(|person| view! { <li>{named(&person)} {office(&person)}</li> });
    let text = text.map(|text| written(r, &text));
    known.then(|| part(r, words::committee(r), view! { {text} <ul class="stack">{each.collect_view()}</ul> }))
}

fn contact(r: Reader, contact: &Phrase) -> Option<Written> {
    let text = contact.clone();
    (!contact.is_empty()).then(|| part(r, words::contact(r), view! { <p><Plain phrase=text/></p> }))
}

/// Title and name.
fn named(person: &Speaker) -> impl IntoView + use<> {
    let title = (!person.title.is_empty()).then(|| view! { <Plain phrase=person.title.clone()/> " " });
    view! { {title} <Plain phrase=person.name.clone()/> }
}

/// Office, organisation, country: what is there of it.
fn office(person: &Speaker) -> impl IntoView + use<> {
    let told = [&person.office, &person.organisation, &person.country];
    let told = told.into_iter().filter(|phrase| !phrase.is_empty()).enumerate().map(|(place, phrase)| {
        view! { {(place > 0).then_some(" · ")} <Plain phrase=phrase.clone()/> }
    });
    view! { <p class="note">{told.collect_view()}</p> }
}

/// Adults with a part in the programme.
#[must_use]
pub fn speakers(page: &Page, people: Vec<Speaker>) -> Html {
    let r = page.reader;
    leaf(page, words::speakers(r), move || {
        let none = people.is_empty().then(|| view! { <p class="note">{words::no_speakers(r)}</p> });
        let each = people.into_iter().map(|person| speaker(r, &person)).collect_view();
        view! {
            <div>
                <h1>{words::speakers(r)}</h1>
                <p class="note">{words::speakers_note(r)}</p>
            </div>
            {none}
            {each}
        }
    })
}

fn speaker(r: Reader, person: &Speaker) -> impl IntoView + use<> {
    let sessions = person.sessions.iter().map(|(title, to)| {
        let title = title.clone();
        match to.clone() {
            Some(to) => view! { <li><a class="button quiet" href=to><Plain phrase=title/></a></li> }.written(),
            None => view! { <li><Plain phrase=title/></li> }.written(),
        }
    });
    let about = (!person.about.is_empty()).then(|| written(r, &person.about));
    let other = shown_in(r, &person.name).map(|other| view! { <p class="note">{other}</p> });
    view! {
        <section class="part" id=person.id.clone()>
            <h2>{named(person)}</h2>
            {office(person)}
            {other}
            {about}
            <p class="note">{words::speaks_in(r)}</p>
            <ul class="stack">{sessions.collect_view()}</ul>
        </section>
    }
}

/// Who takes part: hosts, partners, and the others.
#[must_use]
pub fn organisations(page: &Page, groups: Vec<(&'static str, Vec<Taking>)>) -> Html {
    let r = page.reader;
    leaf(page, organisation::title(r), move || {
        let none = groups.is_empty().then(|| view! { <p class="note">{words::no_organisations(r)}</p> });
        let each = groups.into_iter().map(|(label, rows)| {
            let rows = rows.into_iter().map(|row| taking(r, row)).collect_view();
            part(r, label, view! { <ul class="stack">{rows}</ul> })
        });
        view! { <h1>{organisation::title(r)}</h1> {none} {each.collect_view()} }
    })
}

fn taking(r: Reader, row: Taking) -> impl IntoView {
    let country = (!row.country.is_empty()).then(|| view! { " · " <Plain phrase=row.country/> });
    let other = shown_in(r, &row.name);
    let speakers = row.speakers.into_iter().map(|(id, name)| {
        view! { <a class="button quiet" href=["/speakers#", &id].concat()><Plain phrase=name/></a> }
    });
    let speakers: Vec<_> = speakers.collect();
    let speakers = (!speakers.is_empty()).then(|| view! { <div class="buttons">{speakers}</div> });
    view! {
        <li>
            <b><Plain phrase=row.name/></b>
            <p class="note">{kind_name(r, row.kind)} {country} {other}</p>
            {speakers}
        </li>
    }
}
