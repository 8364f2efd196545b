//! The phone in the hall.

use leptos::prelude::*;
use nadwa_domain::Choice;
use nadwa_domain::conference::aloud::AloudPart;
use nadwa_domain::conference::glossary::Term;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::audience::AudienceView;
use nadwa_domain::view::desk::AboutView;
use nadwa_domain::view::mine::MineView;
use nadwa_domain::view::part::{MINE, POLL};

use crate::live::audience::{AudienceIsland, Start};
use crate::live::console::beside::sign_word;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused, part};
use crate::parts::given::Given;
use crate::parts::{Aloud, Brand, Foot, Langs, Plain, Promises, Skip, Terms};
use crate::wire::Fragment;
use crate::words::{self, Reader};

/// What the phone in the hall shows.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The session's join code.
    pub code: String,
    /// Whether a child runs it, as far as is noted (`P1`).
    pub by_child: bool,
    /// What everybody sees.
    pub view: AudienceView,
    /// What this phone alone sees.
    pub mine: MineView,
    /// The poll, as this phone sees it.
    pub poll: Fragment,
    /// My questions, a message, and what the hall has heard, as this phone sees them.
    pub own: Fragment,
    /// What can be asked about.
    pub abouts: Vec<AboutView>,
    /// The children's own ground rules; none if they have written none (`F16`).
    pub rules: Vec<Phrase>,
    /// The hard words of its titles (`P10`).
    pub terms: Vec<Term>,
    /// What the last plain form was refused.
    pub refused: Option<Refused>,
    /// What the last plain form was answered: [`thanks`].
    pub said: Option<String>,
}

/// The thank-you: the same for every question that arrives, whatever it says (`S3`). Its first line is the heading.
///
/// To be sent as [`Audience::said`] and as the message of a question's answer.
#[must_use]
pub fn thanks(reader: Reader, helpline: Option<&str>) -> String {
    let mut text = [words::audience::thanks_title(reader), "\n", words::audience::thanks_text(reader), " "].concat();
    match helpline {
        Some(number) => text.push_str(&words::audience::thanks_help(reader, number)),
        None => text.push_str(words::audience::thanks_button(reader)),
    }
    text
}

/// The page.
#[must_use]
pub fn audience(page: &Page, data: Audience) -> Html {
    let head = Head {
        title: data.view.title.text.clone(),
        class: "phone",
        bundle: Bundle::Phone,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let Audience { code, by_child, view, mine, poll, own, abouts, rules, terms, refused, said } = data;
    let for_adults = refused.as_ref().is_some_and(|refused| refused.for_adults);
    let to_come = view.phase == PhaseView::Planned;
    let (r, place) = (page.reader, page.place());
    let (aloud, notice_aloud) = (page.aloud(AloudPart::Promises), page.aloud(AloudPart::Notice));
    document(page, head, move || {
        let (here, pinned) = (place.here.clone(), place.pinned);
        let given = Given::new(&Start { place, code: code.clone(), view, mine, refused, said })
            .with("brand", view! { <Brand reader=r/> })
            .with("langs", view! { <Langs reader=r here pinned/> })
            .with_html("notice", notice(r, notice_aloud))
            .with("said", adults_only(r, for_adults))
            .with("more", said_with(r, abouts))
            .with("signs", signs(r, &code))
            .with("promises", promises(r, &code, to_come, (by_child, aloud), (rules, terms)))
            .with_html(MINE, part::element(&own))
            .with_html(POLL, part::element(&poll));
        view! {
            <Skip reader=r/>
            {given.provide()}
            <AudienceIsland/>
            <Foot reader=r code=Some(code)/>
        }
    })
}

/// What is said before a question is written (`S6`); heard, too, where somebody recorded it. One element either way.
fn notice(r: Reader, aloud: Option<String>) -> String {
    let text = view! { <p class="note" id="notice">{words::audience::notice(r)}</p> };
    if aloud.is_none() {
        return text.into_view().to_html();
    }
    view! { <div class="stack">{text} <Aloud reader=r address=aloud/></div> }.into_view().to_html()
}

/// That only an adult reads it: whoever has a worry must not have to look for it (`N10`).
fn adults_only(r: Reader, chosen: bool) -> impl IntoView {
    view! {
        <label class="choice framed">
            <input type="checkbox" id="adult" name="adult" value="true" checked=chosen/>
            <span>
                {words::audience::adults_only(r)}
                <small>{words::audience::adults_only_note(r)}</small>
            </span>
        </label>
    }
}

/// What a sender may say with a question, all of it by choice (`F13`). Folded and after the button, so that asking stays
/// one thing to do and its button is seen on a small phone.
fn said_with(r: Reader, abouts: Vec<AboutView>) -> impl IntoView {
    let about = (!abouts.is_empty()).then(|| {
        let options = abouts.into_iter().map(|about| {
            let Phrase { text, lang, dir } = about.title;
            view! { <option value=about.id.to_string() lang=lang.tag() dir=dir.as_str()>{text}</option> }
        });
        view! {
            <label for="about">{words::audience::about_label(r)}</label>
            <select id="about" name="about">
                <option value="">{words::audience::about_all(r)}</option>
                {options.collect_view()}
            </select>
        }
    });
    let choice = |value: &'static str, word: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="asks" id=["asks-", value].concat() value=value checked=value.is_empty()/>
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <details class="more said-with">
            <summary>{words::audience::said_with(r)}</summary>
            <fieldset class="choices">
                <legend>{words::audience::asker_label(r)}</legend>
                {choice("", words::audience::asker_unsaid(r))}
                {choice("child", words::audience::asker_child(r))}
                {choice("adult", words::audience::asker_adult(r))}
            </fieldset>
            {about}
        </details>
    }
}

/// Gentle signs to whoever speaks (`F10`): a plain form, which the island sends without leaving the page, and hides
/// where it would be refused.
fn signs(r: Reader, code: &str) -> impl IntoView + use<> {
    let action = ["/s/", code, "/signal"].concat();
    let sign = |sign: &Signal| {
        view! { <button class="button quiet" name="signal" value=sign.key()>{sign_word(r, *sign)}</button> }
    };
    view! {
        <form class="signs" method="post" action=action aria-label=words::running::signs_title(r)>
            {Signal::ALL.iter().map(sign).collect_view()}
        </form>
    }
}

/// What a child should know before anything else (`P1`): one tap away where there is something to do, open where there is
/// not yet; and the way out; a date for whoever is early.
fn promises(
    r: Reader,
    code: &str,
    to_come: bool,
    (by_child, aloud): (bool, Option<String>),
    (rules, terms): (Vec<Phrase>, Vec<Term>),
) -> impl IntoView + use<> {
    let none = rules.is_empty();
    let rules = rules.into_iter().map(|phrase| view! { <li><Plain phrase/></li> }).collect_view();
    let rules = (!none).then(|| view! { <h2>{words::running::rules_title(r)}</h2> <ul class="stack">{rules}</ul> });
    let papers = ["/papers?session=", code].concat();
    let calendar = to_come.then(|| {
        let file = ["/s/", code, "/calendar.ics?lang=", r.lang.tag()].concat();
        view! { <a class="button quiet" href=file>{words::programme::session_calendar(r)}</a> }
    });
    view! {
        <div class="stack">
            {calendar}
            <Terms reader=r terms part="session".to_owned()/>
            <a class="button quiet" href=papers>{words::paper::of_session(r)}</a>
        <details class="more" open=to_come>
            <summary>{words::landing::promises_title(r)}</summary>
            <Promises reader=r children=by_child.then(|| words::landing::promise_children(r))/>
            <Aloud reader=r address=aloud.filter(|_| by_child)/>
            {rules}
            <a class="button quiet" href="/data">
                {words::data::title(r)}
            </a>
            <a class="button quiet" href="/">
                {words::audience::leave(r)}
            </a>
        </details>
        </div>
    }
}
