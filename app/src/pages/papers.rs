//! Working papers: writing them, helping with them, reading them.

pub mod booklet;
pub mod call;
pub mod compare;
mod files;
mod naming;
pub mod public;
pub mod reading;
pub mod table;
pub mod text;
pub mod writing;

use leptos::prelude::*;
use nadwa_domain::paper::State;
use nadwa_domain::paper::act::DeclineReason;
use nadwa_domain::paper::field::{Field, Form};
use nadwa_domain::paper::file::FileKind;
use nadwa_domain::{Instant, Phrase, Role};
use uuid::Uuid;

use crate::parts::{Plain, Shape};
use crate::words::{Reader, numbers, paper as words};

/// A file as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    pub id: Uuid,
    pub kind: FileKind,
    /// Its name, made safe.
    pub name: String,
    /// How large, in bytes.
    pub bytes: u64,
    /// How many pages can be shown on the screen.
    pub pages: u16,
    /// Whether it was made anew; if not, adults alone open it.
    pub anew: bool,
}

/// A comment as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentView {
    pub id: Uuid,
    /// Whose, by role: nobody is named beside a paper.
    pub by: Role,
    pub at: Instant,
    /// Beside which text.
    pub about: Option<Field>,
    pub text: Phrase,
    /// The authors' words that a suggestion is about; empty without one.
    pub quote: Phrase,
    /// Other words for them.
    pub instead: Phrase,
    /// Whether the authors took the suggestion over.
    pub taken: Option<bool>,
}

/// A child's name on the authors' and the organizers' pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameView {
    pub person: Uuid,
    /// How they are called; empty if that was erased.
    pub name: Phrase,
    /// What guardians said about showing it.
    pub consent: nadwa_domain::paper::act::Consent,
    /// Who of the conference's people they are: then it is noted there whether the name is shown.
    pub known: Option<KnownView>,
}

/// Who an author is among the conference's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownView {
    pub person: Uuid,
    /// How they are called there, and what decides whether that is shown.
    pub says: String,
}

/// What a state is called.
#[must_use]
pub fn state_name(r: Reader, state: State) -> &'static str {
    match state {
        State::Draft => words::state_draft(r),
        State::Submitted => words::state_submitted(r),
        State::ChangeAsked => words::state_change_asked(r),
        State::Accepted => words::state_accepted(r),
        State::Declined => words::state_declined(r),
        State::Withdrawn => words::state_withdrawn(r),
    }
}

/// The form of a state: it is told without colours.
#[must_use]
pub const fn state_shape(state: State) -> &'static str {
    match state {
        State::Draft | State::Withdrawn => "paper",
        State::Submitted => "reads",
        State::ChangeAsked => "message",
        State::Accepted => "check",
        State::Declined => "hold",
    }
}

/// What a reason is called.
#[must_use]
pub fn reason_name(r: Reader, reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NoRoom => words::reason_no_room(r),
        DeclineReason::OtherTheme => words::reason_other_theme(r),
        DeclineReason::SaidAlready => words::reason_said_already(r),
    }
}

/// What a field is called.
#[must_use]
pub fn field_name(r: Reader, field: Field) -> String {
    match field {
        Field::Title(_) => words::own_title(r).to_owned(),
        Field::Summary(_) => words::summary(r).to_owned(),
        Field::Seen => words::seen(r).to_owned(),
        Field::Think => words::think(r).to_owned(),
        Field::Ask => words::ask(r).to_owned(),
        Field::Body => words::body(r).to_owned(),
        Field::Message(place) => words::message_n(r, u64::from(place) + 1),
        Field::Glossary => words::glossary(r).to_owned(),
    }
}

/// What a form is called.
#[must_use]
pub fn form_name(r: Reader, form: Form) -> &'static str {
    match form {
        Form::Guided => words::form_guided(r),
        Form::Free => words::form_free(r),
        Form::File => words::form_file(r),
    }
}

/// Day and time on the venue's clock.
#[must_use]
pub fn when(r: Reader, at: Instant, offset: i32) -> String {
    words::when(r, &numbers::date(r, at, offset), &numbers::time_of_day(r, at, offset))
}

/// What was written beside a paper, without what can be done about it.
pub(super) fn comment(r: Reader, offset: i32, comment: &CommentView) -> impl IntoView + use<> {
    let about = match comment.about {
        Some(field) => words::about_part(r, &field_name(r, field)),
        None => words::about_whole(r).to_owned(),
    };
    let settled = comment.taken.map(|taken| if taken { words::taken(r) } else { words::left(r) });
    let suggests = !comment.quote.is_empty();
    let text = (!comment.text.is_empty()).then(|| {
        let text = comment.text.clone();
        view! { <p class="said" lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</p> }
    });
    view! {
        <p class="label">
            <Shape name=if comment.by.is_adult() { "reads" } else { "mark" }/>
            {crate::words::refusals::role_name(r, comment.by)}
            " · "
            {about}
            <span class="push">{when(r, comment.at, offset)}</span>
        </p>
        {text}
        {suggests.then(|| view! { <p class="suggests">{words::suggestion(r)} " " <q><Plain phrase=comment.instead.clone()/></q> " " {words::in_place_of(r)} " " <q><Plain phrase=comment.quote.clone()/></q></p> })}
        {settled.map(|word| view! { <p class="note">{word}</p> })}
    }
}

/// Files as links to download, with what they are; with what is to be known of one that is still as it was brought.
pub(super) fn file_line(r: Reader, paper: Uuid, file: &FileView, to: Opener) -> impl IntoView + use<> {
    let kilobytes = file.bytes.div_ceil(1024);
    let size = if kilobytes < 1024 {
        format!("{} KB", numbers::number(r, i64::try_from(kilobytes).unwrap_or(i64::MAX)))
    } else {
        format!("{} MB", numbers::number(r, i64::try_from(kilobytes / 1024).unwrap_or(i64::MAX)))
    };
    let name = Phrase::written(&file.name, r.lang);
    let (opens, warns) = match to {
        Opener::Adult => (true, (!file.anew).then(|| words::file_for_adults(r))),
        Opener::Child => (file.anew, (!file.anew).then(|| words::file_as_brought(r))),
    };
    let name = if opens {
        let address = format!("/papers/{paper}/files/{}", file.id);
        view! { <a href=address download=""><Plain phrase=name/></a> }.into_any()
    } else {
        view! { <Plain phrase=name/> }.into_any()
    };
    view! {
        <span>{name} " " <bdi class="note" dir="ltr">{size}</bdi></span>
        {warns.map(|warns| view! { <p class="note">{warns}</p> })}
    }
}

/// Who opens a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// A mentor or an organizer: also what is still as it was brought.
    Adult,
    /// An author, or anybody else: what was made anew.
    Child,
}
