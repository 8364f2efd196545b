//! The moment as a place at the top of the page: who speaks, what is asked, how much time is left.

use leptos::prelude::*;
use nadwa_domain::Span;
use nadwa_domain::lang::Phrase;
use nadwa_domain::view::audience::AudienceView;
use nadwa_domain::view::poll::Stand;
use nadwa_domain::view::{Moment, PhaseView};

use super::{Hall, Phone};
use crate::parts::clock::face_at;
use crate::parts::phrase::{names, own, shown_in};
use crate::parts::{Shape, moment};
use crate::words::{Reader, audience, numbers, poll as words, slot};

/// What the field says, in whatever moment. One shape for all: a moment that changes is changed in place.
#[derive(Default)]
struct Place {
    edge: &'static str,
    hue: &'static str,
    shape: &'static str,
    label: &'static str,
    /// The page's first heading; unseen where something else stands in its place.
    title: Phrase,
    unseen: bool,
    voice: Option<Phrase>,
    about: Option<Phrase>,
    /// What a person wrote: the question on the screen.
    said: Option<Phrase>,
    clock: bool,
    resting: bool,
}

/// The field, as the view has it.
pub(super) fn field(hall: Hall, phone: &Phone) -> impl IntoView + use<> {
    let r = phone.place.reader;
    let place = place(r, phone);
    let text = |class: &'static str| move |phrase: Phrase| view! { <p class=class lang=phrase.lang.tag() dir=phrase.dir.as_str()>{phrase.text}</p> };
    view! {
        <section class=["field ", place.edge].concat() data-moment=place.hue aria-labelledby="now" translate="no">
            <p class="label" id="now">
                <Shape name=place.shape/>
                {place.label}
                {other_language(phone, &place).and_then(|phrase| shown_in(r, phrase))}
            </p>
            <div class="tell">
                <h1
                    class=place.unseen.then_some("unseen")
                    lang=place.title.lang.tag()
                    dir=place.title.dir.as_str()
                >
                    {place.title.text}
                </h1>
                {place.voice.map(text("voice"))}
                {place.about.map(text("about"))}
            </div>
            {place.said.map(text("said"))}
            {phone.view.clock.filter(|_| place.clock).map(|clock| {
                move || face_at(r, clock, hall.now.get(), "medium", place.resting)
            })}
        </section>
    }
}

/// What stands on the page in a language that the reader did not choose (`L15`). A poll says so itself.
fn other_language<'a>(phone: &Phone, place: &'a Place) -> Option<&'a Phrase> {
    let seen = Some(&place.title).filter(|_| !place.unseen);
    let mut phrases = seen.into_iter().chain(&place.about).filter(|phrase| !phrase.is_empty());
    phrases.find(|phrase| phrase.lang != phone.place.reader.lang).filter(|_| phone.view.moment != Moment::Poll)
}

fn place(r: Reader, phone: &Phone) -> Place {
    let view = &phone.view;
    match (view.phase, view.moment) {
        _ if view.paused => Place {
            edge: "safety-edge",
            hue: "safety",
            shape: "safety",
            label: audience::paused(r),
            title: own(r, audience::paused(r)),
            about: Some(own(r, audience::paused_text(r))),
            ..Place::default()
        },
        (PhaseView::Planned, _) => Place {
            label: audience::not_started(r),
            title: view.title.clone(),
            about: Some(own(r, &begins(r, phone))),
            ..plain()
        },
        (PhaseView::Over, _) => Place {
            label: audience::moment_thanks(r),
            title: own(r, audience::over(r)),
            about: Some(own(r, audience::over_thanks(r))),
            ..plain()
        },
        (PhaseView::Open, Moment::Plain) => Place { label: audience::moment_welcome(r), ..titled(view) },
        (PhaseView::Open, Moment::Thanks) => Place { label: audience::moment_thanks(r), ..titled(view) },
        (PhaseView::Open, Moment::Speech) => speech(r, view),
        (PhaseView::Open, Moment::Question) => question(r, view),
        (PhaseView::Open, Moment::Poll) => poll(r, view),
        (PhaseView::Open, Moment::Break) => Place {
            edge: "break-edge",
            label: audience::moment_break(r),
            title: or(&view.about, own(r, audience::moment_break(r))),
            clock: true,
            resting: true,
            ..of(Moment::Break)
        },
    }
}

/// So long after its time nobody says any more that a session begins soon.
const LATE: Span = Span::minutes(5);

fn begins(r: Reader, phone: &Phone) -> String {
    let at = phone.view.starts_at;
    if at + LATE < phone.place.now {
        audience::not_opened(r).to_owned()
    } else if at <= phone.place.now {
        audience::starts_soon(r).to_owned()
    } else {
        audience::starts_at(r, &numbers::time_of_day(r, at, phone.place.utc_offset))
    }
}

fn speech(r: Reader, view: &AudienceView) -> Place {
    let nobody = view.names.is_empty();
    Place {
        edge: "speech-edge",
        label: audience::moment_speech(r),
        title: if nobody { or(&view.about, view.title.clone()) } else { view.title.clone() },
        unseen: !nobody,
        voice: (!nobody).then(|| names(r, &view.names)),
        about: (!nobody).then(|| view.about.clone()).filter(|about| !about.is_empty()),
        clock: true,
        ..of(Moment::Speech)
    }
}

fn question(r: Reader, view: &AudienceView) -> Place {
    Place {
        edge: "question-edge",
        label: if view.question.is_some() { audience::moment_question(r) } else { slot::questions(r) },
        title: if view.question.is_some() { view.title.clone() } else { or(&view.about, view.title.clone()) },
        unseen: view.question.is_some(),
        said: view.question.clone(),
        clock: view.question.is_none(),
        ..of(Moment::Question)
    }
}

fn poll(r: Reader, view: &AudienceView) -> Place {
    let label = match view.poll.as_ref().map(|poll| poll.stand) {
        None => audience::poll_soon(r),
        Some(Stand::Open) => audience::moment_poll(r),
        Some(Stand::LastCall) => words::last_call(r),
        Some(Stand::Closed) => audience::poll_closed(r),
        Some(Stand::Annulled) => words::annulled(r),
        Some(Stand::Shown) => audience::moment_results(r),
    };
    let asked = view.poll.as_ref().map(|poll| poll.question.clone());
    Place {
        edge: "poll-edge",
        label,
        title: asked.unwrap_or_else(|| or(&view.about, view.title.clone())),
        ..of(Moment::Poll)
    }
}

fn of(moment: Moment) -> Place {
    Place { hue: moment::hue(moment), shape: moment::shape(moment), ..Place::default() }
}

fn plain() -> Place {
    Place { edge: "plain-edge", ..of(Moment::Plain) }
}

/// The session's title, and what it is in.
fn titled(view: &AudienceView) -> Place {
    let about = Some(view.about.clone()).filter(|about| !about.is_empty());
    Place { title: view.title.clone(), about, ..plain() }
}

fn or(phrase: &Phrase, other: Phrase) -> Phrase {
    if phrase.is_empty() { other } else { phrase.clone() }
}
