//! Writing a paper, live: what is typed is kept in this browser's storage at once, and sent when typing pauses
//! (debounced).
//!
//! Two tablets may write one draft. What another has written comes by the feed and is joined with what is typed here:
//! no sentence of either is lost. Per keystroke nothing is done but to note that something was typed.

mod bring;
mod fields;
mod pen;
mod place;

use std::collections::BTreeMap;

use leptos::prelude::*;
use nadwa_domain::paper::field::Form;
use nadwa_domain::{Lang, Phrase, Span};
use serde::{Deserialize, Serialize};

use crate::live::feed::{self, Link};
use crate::parts::{Shape, given};
use crate::wire::{Place, event};
use crate::words::{Reader, clock, common, paper};

/// A paper's texts at one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WritingView {
    pub version: u32,
    /// How it is written.
    pub form: Form,
    /// The language of its text.
    pub lang: Lang,
    /// Its theme, from 0.
    pub theme: Option<u8>,
    /// Every text that is not empty.
    pub texts: Vec<TextView>,
    /// Changes when something beside the texts does: a comment, a name, a file, the state.
    pub beside: u32,
}

/// One text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// The field's key.
    pub field: String,
    /// What stands there.
    pub text: String,
}

impl WritingView {
    /// Its texts by field.
    #[must_use]
    pub fn by_field(&self) -> BTreeMap<String, String> {
        self.texts.iter().map(|text| (text.field.clone(), text.text.clone())).collect()
    }
}

/// Words a minute at a calm pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    pub lang: Lang,
    /// How many.
    pub words: u16,
}

/// What writing begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    pub paper: String,
    /// What stands in it.
    pub view: WritingView,
    /// What was typed into a form that was refused, and why; empty otherwise.
    pub typed: Vec<TextView>,
    pub refused: Option<String>,
    /// The themes of the call.
    pub themes: Vec<Phrase>,
    /// The languages of the call.
    pub languages: Vec<Lang>,
    /// Calm paces.
    pub paces: Vec<Pace>,
    /// The speaking time that a paper gets.
    pub speaking: Span,
}

/// How safe what was typed is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// On the server and here.
    Everywhere,
    /// On its way.
    OnItsWay,
    /// Here alone; it is sent when the connection is back.
    Here,
    /// What another device wrote was joined with it.
    Joined,
    /// The server says no, and why; it stays here.
    Refused(String),
}

/// What the parts of the sheet share.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    r: Reader,
    form: RwSignal<Form>,
    lang: Lang,
    start: StoredValue<Start>,
    /// Words that are read aloud, counted when typing pauses.
    words: RwSignal<u32>,
    kept: RwSignal<Kept>,
}

/// The sheet. It begins with the [`Start`] that its page gives.
#[island]
pub fn WritingIsland() -> impl IntoView {
    let start: Start = given::start();
    let r = start.place.reader;
    let kept = start.refused.clone().map_or(Kept::Everywhere, Kept::Refused);
    let sheet = Sheet {
        r,
        form: RwSignal::new(start.view.form),
        lang: start.view.lang,
        words: RwSignal::new(fields::words_at_first(&start)),
        kept: RwSignal::new(kept),
        start: StoredValue::new(start.clone()),
    };
    let link = RwSignal::new(Link::Live);
    let news = RwSignal::new(false);
    let beside = start.view.beside;
    Effect::new(move |_| {
        let start = start.clone();
        let url = ["/papers/", &start.paper, "/feed"].concat();
        let build = start.place.build.clone();
        pen::begin(start, sheet);
        bring::begin(r);
        let show = move |view: WritingView| {
            news.set(view.beside != beside);
            pen::heard(view);
        };
        feed::follow(url, vec![(event::FRAME, feed::frames(build, show))], link);
    });
    let action = sheet.start.with_value(|start| ["/papers/", &start.paper, "/draft"].concat());
    let version = sheet.start.with_value(|start| start.view.version.to_string());
    view! {
        <form
            class="sheet"
            id="draft"
            method="post"
            action=action
            translate="no"
            on:input=move |_| pen::typed()
            on:change=move |_| pen::chosen()
            on:submit=move |event| pen::submit(&event)
        >
            <input type="hidden" id="base" name="base" value=version/>
            <div class="keeping">
                <p role="status">{move || said(r, &kept_of(sheet))}</p>
                <button class="button quiet">{paper::save(r)}</button>
            </div>
            {move || news.get().then(|| view! {
                <p class="message" data-moment="plain">
                    <Shape name="message"/>
                    <a href="">{common::reload(r)}</a>
                </p>
            })}
            {fields::settings(sheet)}
            {fields::texts(sheet)}
            {length(sheet)}
            {fields::around(sheet)}
        </form>
    }
}

fn kept_of(sheet: Sheet) -> Kept {
    sheet.kept.get()
}

/// An honest word about where the text is, each with a form of its own.
fn said(r: Reader, kept: &Kept) -> impl IntoView + use<> {
    let (class, text) = match kept {
        Kept::Everywhere => ("link live", paper::saved_here(r).to_owned()),
        Kept::OnItsWay => ("link late", paper::saving(r).to_owned()),
        Kept::Here => ("link lost", paper::kept_here(r).to_owned()),
        Kept::Joined => ("link live", paper::joined(r).to_owned()),
        Kept::Refused(sentence) => ("link lost", sentence.clone()),
    };
    view! { <span class=class>{text}</span> }
}

/// Words against speaking time at a calm pace (`F14`).
fn length(sheet: Sheet) -> impl IntoView {
    let r = sheet.r;
    let (pace, speaking) = sheet.start.with_value(|start| {
        let own = start.paces.iter().find(|pace| pace.lang == sheet.lang);
        (own.map_or(100, |pace| u32::from(pace.words.max(1))), start.speaking)
    });
    let room = u32::try_from(speaking.0 / 60_000).unwrap_or(0);
    let minutes = move |words: u32| words.div_ceil(pace);
    let said = move || {
        let words = sheet.words.get();
        let minutes = clock::minutes(r, u64::from(minutes(words)));
        paper::length(r, &common::words_count(r, u64::from(words)), &minutes)
    };
    let long = move || minutes(sheet.words.get()) > room;
    view! {
        <div class="length-of">
            <p>
                <b>{said}</b>
                <span class="note">{paper::room_for(r, &clock::minutes(r, u64::from(room)))}</span>
            </p>
            <meter
                min="0"
                max=(room * pace).to_string()
                value=move || sheet.words.get().to_string()
                aria-hidden="true"
            ></meter>
            {move || long().then(|| view! { <p class="note">{paper::longer_than(r)}</p> })}
        </div>
    }
}
