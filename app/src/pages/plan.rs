//! Organizers' pages: plain forms, which work without a script. What was typed is never lost by a refusal.

pub mod about;
pub mod access;
pub mod adults;
pub mod aloud;
pub mod cards;
pub mod import;
pub mod on_paper;
pub mod organisations;
pub mod people;
pub mod polls;
pub mod programme;
pub mod ready;
pub mod session;
pub mod settings;
pub mod show;

use std::collections::BTreeMap;

use leptos::prelude::*;
use nadwa_domain::{Lang, Phrase};

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Write, Written};
use crate::parts::{FieldRefusal, Foot, Plain, Shape, Skip, TextArea, Top};
use crate::words::{Reader, care, manage as words, organizer};

/// One of the organizers' pages, for the row of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// The live board.
    Board,
    /// The draft of the programme.
    Programme,
    /// Rooms.
    Rooms,
    /// People.
    People,
    /// Cards.
    Cards,
    /// What must be there before a session opens.
    Ready,
    /// Settings.
    Settings,
    /// In and out.
    Import,
    /// Devices and organizers.
    Access,
    /// How long texts are kept, and words for the hints.
    Care,
    /// Who did what, and when.
    Record,
}

impl Here {
    const ALL: [Self; 11] = [
        Self::Board,
        Self::Programme,
        Self::Rooms,
        Self::People,
        Self::Cards,
        Self::Ready,
        Self::Import,
        Self::Access,
        Self::Settings,
        Self::Care,
        Self::Record,
    ];

    const fn address(self) -> &'static str {
        match self {
            Self::Board => "/organizer",
            Self::Programme => "/organizer/programme",
            Self::Rooms => "/organizer/rooms",
            Self::People => "/organizer/people",
            Self::Cards => "/organizer/cards",
            Self::Ready => "/organizer/ready",
            Self::Settings => "/organizer/settings",
            Self::Import => "/organizer/import",
            Self::Access => "/organizer/access",
            Self::Care => "/care",
            Self::Record => "/record",
        }
    }

    fn name(self, r: Reader) -> &'static str {
        match self {
            Self::Board => words::board(r),
            Self::Programme => words::programme(r),
            Self::Rooms => organizer::rooms(r),
            Self::People => words::people(r),
            Self::Cards => words::cards(r),
            Self::Ready => words::ready(r),
            Self::Settings => words::settings(r),
            Self::Import => words::import(r),
            Self::Access => words::access(r),
            Self::Care => care::title(r),
            Self::Record => care::record_title(r),
        }
    }
}

/// A page of theirs, with the row of links to the others.
#[must_use]
pub fn manage<V: IntoView + 'static>(page: &Page, title: String, at: Here, body: impl FnOnce() -> V) -> Html {
    frame(page, title, Some(at), body)
}

/// A page before anybody is signed in: the same face, without the links.
#[must_use]
pub fn entrance<V: IntoView + 'static>(page: &Page, title: String, body: impl FnOnce() -> V) -> Html {
    frame(page, title, None, body)
}

fn frame<V: IntoView + 'static>(page: &Page, title: String, at: Option<Here>, body: impl FnOnce() -> V) -> Html {
    let r = page.reader;
    let head = Head {
        title: title.clone(),
        class: "board plan",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{title}</h1>
            </Top>
            {at.map(|at| links(r, at))}
            <main id="main">{body()}</main>
            <Foot reader=r code=None/>
        }
    })
}

/// The row of links between the organizers' pages.
pub fn links(r: Reader, at: Here) -> impl IntoView {
    let link = |to: Here| {
        let current = (to == at).then_some("page");
        view! { <a class=if to == at { "tab is-on" } else { "tab" } aria-current=current href=to.address()>{to.name(r)}</a> }
    };
    view! { <nav class="tabs no-print" aria-label=organizer::title(r)>{Here::ALL.map(link).collect_view()}</nav> }
}

/// What a form holds, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// What the ids of its fields begin with, where a page has several forms of one kind; empty where it has one.
    pub scope: String,
    /// Each field's value: as it is kept, or as it was typed.
    pub fields: BTreeMap<String, String>,
    /// Why it was not taken.
    pub problem: Option<Problem>,
    /// What was done, after it was.
    pub done: Option<String>,
}

/// Why a form was not taken.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field that it is about; empty for the whole form.
    pub field: String,
    /// In the reader's language.
    pub sentence: String,
}

impl Filled {
    /// A field's value; empty if it has none.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.fields.get(name).cloned().unwrap_or_default()
    }

    /// What is said over the form: the refusal, or that it was done.
    #[must_use]
    pub fn says(&self) -> Written {
        match (&self.problem, &self.done) {
            (Some(problem), _) => view! {
                <div class="message whole" data-moment="plain" role="alert">
                    <Shape name="hold"/>
                    <div>{problem.sentence.clone()}</div>
                </div>
            }
            .written(),
            (None, Some(done)) => view! {
                <div class="message whole" data-moment="plain" role="status">
                    <Shape name="check"/>
                    <div>{done.clone()}</div>
                </div>
            }
            .written(),
            (None, None) => ().written(),
        }
    }

    /// The id of a field.
    fn id(&self, name: &str) -> String {
        if self.scope.is_empty() { name.to_owned() } else { [&self.scope, "-", name].concat() }
    }

    /// One line of text.
    #[must_use]
    pub fn line(&self, label: &str, name: &str) -> Written {
        self.typed(label, name, "text")
    }

    /// One line of another kind: `date`, `time`, `password`.
    #[must_use]
    pub fn typed(&self, label: &str, name: &str, kind: &'static str) -> Written {
        let wrong = self.wrong(name);
        let chosen = matches!(kind, "date" | "time");
        let (ltr, longest) = (chosen.then_some("ltr"), (!chosen).then_some("200"));
        let complete = if kind == "password" { "current-password" } else { "off" };
        let id = self.id(name);
        view! {
            <div class="field-of">
                <label for=id.clone()>{label.to_owned()}</label>
                <input id=id name=name.to_owned() type=kind dir=ltr value=self.value(name)
                    autocomplete=complete maxlength=longest aria-invalid=wrong.is_some().then_some("true") autofocus=wrong.is_some()/>
                {wrong.map(beside)}
            </div>
        }
        .written()
    }

    /// A number of minutes or the like: any family of digits (`L6`).
    #[must_use]
    pub fn number(&self, label: &str, name: &str) -> Written {
        let wrong = self.wrong(name);
        view! {
            <div class="field-of short">
                <label for=self.id(name)>{label.to_owned()}</label>
                <input id=self.id(name) name=name.to_owned() type="text" inputmode="numeric" dir="ltr"
                    value=self.value(name) autocomplete="off" maxlength="12"
                    aria-invalid=wrong.is_some().then_some("true") autofocus=wrong.is_some()/>
                {wrong.map(beside)}
            </div>
        }
        .written()
    }

    /// The same thing in each language: one line, or several.
    #[must_use]
    pub fn said(&self, label: &str, name: &str, langs: &[Lang], rows: u8) -> Written {
        let each = langs.iter().map(|lang| self.in_language(name, *lang, rows)).collect_view();
        let wrong = self.wrong(name);
        view! {
            <fieldset class="field-of">
                {(!label.is_empty()).then(|| view! { <legend>{label.to_owned()}</legend> })}
                <div class="each">{each}</div>
                {wrong.map(beside)}
            </fieldset>
        }
        .written()
    }

    /// One line in each language, within a fieldset that has its legend already.
    #[must_use]
    pub fn lines(&self, name: &str, langs: &[Lang], rows: u8) -> Written {
        let each = langs.iter().map(|lang| self.in_language(name, *lang, rows)).collect_view();
        view! { <div class="each">{each}</div> {self.wrong(name).map(beside)} }.written()
    }

    fn in_language(&self, name: &str, lang: Lang, rows: u8) -> Written {
        let name = [name, ".", lang.tag()].concat();
        let (value, tag, dir) = (self.value(&name), lang.tag(), lang.dir().as_str());
        let (id, named) = (self.id(&name), name.clone());
        let text = if rows == 0 {
            view! { <input id=id.clone() name=named type="text" lang=tag dir=dir value=value autocomplete="off" maxlength="300"/> }.written()
        } else {
            view! { <TextArea text=value attr:id=id.clone() attr:name=named attr:rows=rows.to_string() attr:lang=tag attr:dir=dir attr:maxlength="4000"/> }.written()
        };
        view! { <div><label class="note" for=id lang=tag>{lang.info().name}</label>{text}</div> }.written()
    }

    /// One of several: value and words.
    #[must_use]
    pub fn choice(&self, label: &str, name: &str, options: Vec<(String, Phrase)>) -> Written {
        let now = self.value(name);
        let options = options.into_iter().map(|(value, text)| {
            let on = value == now;
            view! { <option value=value selected=on lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</option> }
        });
        let wrong = self.wrong(name);
        view! {
            <div class="field-of">
                <label for=self.id(name)>{label.to_owned()}</label>
                <select id=self.id(name) name=name.to_owned()>{options.collect_view()}</select>
                {wrong.map(beside)}
            </div>
        }
        .written()
    }

    /// Any of several: each a field `name.value` that is «on».
    #[must_use]
    pub fn any_of(&self, label: &str, name: &str, options: Vec<(String, Phrase)>) -> Written {
        let options = options.into_iter().map(|(value, text)| {
            let field = [name, ".", &value].concat();
            let on = self.fields.contains_key(&field);
            view! {
                <label class="choice">
                    <input type="checkbox" name=field checked=on/>
                    <Plain phrase=text/>
                </label>
            }
        });
        let wrong = self.wrong(name);
        view! {
            <fieldset class="field-of">
                <legend>{label.to_owned()}</legend>
                <div class="choices-of">{options.collect_view()}</div>
                {wrong.map(beside)}
            </fieldset>
        }
        .written()
    }

    /// What only the form itself has to know.
    #[must_use]
    pub fn hidden(&self, name: &str) -> Written {
        view! { <input type="hidden" name=name.to_owned() value=self.value(name)/> }.written()
    }

    fn wrong(&self, name: &str) -> Option<String> {
        self.problem.as_ref().filter(|problem| problem.field == name).map(|problem| problem.sentence.clone())
    }
}

fn beside(sentence: String) -> Written {
    view! { <p class="refusal"><Shape name="hold"/><span>{sentence}</span></p> }.written()
}

/// A sentence of ours where an option wants a phrase.
#[must_use]
pub fn ours(r: Reader, text: &str) -> Phrase {
    crate::parts::phrase::own(r, text)
}

/// A button that does one thing: its own small form.
#[must_use]
pub fn press(action: String, fields: Vec<(&'static str, String)>, text: &str) -> Written {
    let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <form method="post" action=action>
            {fields.collect_view()}
            <button class="button quiet">{text.to_owned()}</button>
        </form>
    }
    .written()
}

/// What cannot be taken back is asked once, without a script, above the press itself (`A7`).
#[must_use]
pub fn asked(r: Reader, action: String, fields: Vec<(&'static str, String)>, text: &str) -> Written {
    view! {
        <details class="asked">
            <summary class="button quiet">{text.to_owned()}</summary>
            <p class="note">{words::no_way_back(r)}</p>
            {press(action, fields, text)}
        </details>
    }
    .written()
}

/// A refusal beside a field of a page that has but one.
#[must_use]
pub fn refusal(id: &'static str, sentence: Option<String>) -> Written {
    view! { <FieldRefusal id=id sentence=sentence/> }.written()
}
