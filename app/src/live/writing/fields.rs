//! The fields of the sheet: every one is a plain field of one form.

use leptos::prelude::*;
use nadwa_domain::Lang;
use nadwa_domain::paper::field::{Field, Form, MESSAGES};
use nadwa_domain::paper::length::words;

use crate::live::writing::{Sheet, Start};
use crate::parts::TextArea;
use crate::words::paper;

/// What stands in a field at first: what was typed and refused, else what is saved.
fn text_of(start: &Start, field: Field) -> String {
    let key = field.key();
    let find = |texts: &[super::TextView]| texts.iter().find(|text| text.field == key).map(|text| text.text.clone());
    find(&start.typed).or_else(|| find(&start.view.texts)).unwrap_or_default()
}

pub(super) fn words_at_first(start: &Start) -> u32 {
    start.view.form.parts().iter().map(|field| words(&text_of(start, *field))).sum()
}

/// How the paper is written, in which language, about what.
pub(super) fn settings(sheet: Sheet) -> impl IntoView {
    let r = sheet.r;
    let (now, languages, themes) =
        sheet.start.with_value(|start| (start.view.clone(), start.languages.clone(), start.themes.clone()));
    let forms = [
        (Form::Guided, "guided", paper::form_guided(r)),
        (Form::Free, "free", paper::form_free(r)),
        (Form::File, "file", paper::form_file(r)),
    ];
    let forms = forms.map(|(form, value, word)| {
        view! { <option value=value selected=form == now.form>{word}</option> }
    });
    let languages = languages.into_iter().map(|lang| {
        view! { <option value=lang.tag() lang=lang.tag() selected=lang == now.lang>{lang.info().name}</option> }
    });
    let themes: Vec<_> = (0_u8..)
        .zip(themes)
        .map(|(place, theme)| {
            let chosen = now.theme == Some(place);
            view! { <option value=place.to_string() lang=theme.lang.tag() selected=chosen>{theme.text}</option> }
        })
        .collect();
    let some_themes = !themes.is_empty();
    view! {
        <div class="settings">
            <div class="box">
                <label class="minor" for="form">{paper::form_label(r)}</label>
                <select id="form" name="form">{forms.into_iter().collect_view()}</select>
            </div>
            <div class="box">
                <label class="minor" for="lang">{paper::language_label(r)}</label>
                <select id="lang" name="lang">{languages.collect_view()}</select>
            </div>
            {some_themes.then(|| view! {
                <div class="box">
                    <label class="minor" for="theme">{paper::theme_label(r)}</label>
                    <select id="theme" name="theme">
                        <option value="" selected=now.theme.is_none()>{paper::no_theme(r)}</option>
                        {themes}
                    </select>
                </div>
            })}
        </div>
    }
}

/// Title, then the text in its form.
pub(super) fn texts(sheet: Sheet) -> impl IntoView {
    let r = sheet.r;
    let part = |field, label: &'static str, hint: &'static str, rows: &'static str, form: Form| {
        view! {
            <section class="box" hidden=move || sheet.form.get() != form>
                {area(sheet, field, sheet.lang, label.to_owned(), Some(hint), rows)}
            </section>
        }
    };
    view! {
        <section class="box">
            {line(sheet, Field::Title(sheet.lang), sheet.lang, paper::own_title(r).to_owned(), Some(paper::title_hint(r)))}
        </section>
        {part(Field::Seen, paper::seen(r), paper::seen_hint(r), "7", Form::Guided)}
        {part(Field::Think, paper::think(r), paper::think_hint(r), "7", Form::Guided)}
        {part(Field::Ask, paper::ask(r), paper::ask_hint(r), "7", Form::Guided)}
        {part(Field::Body, paper::body(r), paper::body_hint(r), "18", Form::Free)}
    }
}

/// What stands around the text: summary, messages for the wall, words to explain, other languages.
pub(super) fn around(sheet: Sheet) -> impl IntoView {
    let r = sheet.r;
    let messages = (0..MESSAGES)
        .map(|place| line(sheet, Field::Message(place), sheet.lang, paper::message_n(r, u64::from(place) + 1), None));
    let others = Lang::all().filter(|lang| *lang != sheet.lang).map(|lang| {
        let said = |what: &str| paper::in_language(r, what, lang.info().name);
        view! {
            {line(sheet, Field::Title(lang), lang, said(paper::own_title(r)), None)}
            {area(sheet, Field::Summary(lang), lang, said(paper::summary(r)), None, "3")}
        }
    });
    view! {
        <section class="box" id="summary">
            {area(sheet, Field::Summary(sheet.lang), sheet.lang, paper::summary(r).to_owned(), Some(paper::summary_hint(r)), "4")}
        </section>
        <fieldset class="box" id="messages">
            <legend>{paper::key_messages(r)}</legend>
            <p class="note">{paper::messages_hint(r)}</p>
            {messages.collect_view()}
        </fieldset>
        <section class="box" id="words">
            {area(sheet, Field::Glossary, sheet.lang, paper::glossary(r).to_owned(), Some(paper::glossary_hint(r)), "3")}
        </section>
        <details class="more">
            <summary>{paper::other_languages(r)}</summary>
            <div class="stack">{others.collect_view()}</div>
        </details>
    }
}

fn line(sheet: Sheet, field: Field, lang: Lang, label: String, hint: Option<&'static str>) -> impl IntoView {
    let key = field.key();
    let value = sheet.start.with_value(|start| text_of(start, field));
    let (hint_id, hinted) = hint_of(&key, hint);
    view! {
        <div class="box">
            <label for=key.clone()>{label}</label>
            {hinted}
            <input
                id=key.clone()
                name=key
                value=value
                lang=lang.tag()
                dir=lang.dir().as_str()
                autocomplete="off"
                aria-describedby=hint_id
            />
        </div>
    }
}

fn area(
    sheet: Sheet,
    field: Field,
    lang: Lang,
    label: String,
    hint: Option<&'static str>,
    rows: &'static str,
) -> impl IntoView {
    let key = field.key();
    let text = sheet.start.with_value(|start| text_of(start, field));
    let (hint_id, hinted) = hint_of(&key, hint);
    view! {
        <div class="box">
            <label for=key.clone()>{label}</label>
            {hinted}
            <TextArea
                text
                attr:id=key.clone()
                attr:name=key
                attr:rows=rows
                attr:lang=lang.tag()
                attr:dir=lang.dir().as_str()
                attr:aria-describedby=hint_id
            />
        </div>
    }
}

fn hint_of(key: &str, hint: Option<&'static str>) -> (Option<String>, Option<impl IntoView + use<>>) {
    let id = hint.map(|_| ["hint-", key].concat());
    let own = id.clone();
    (id, hint.map(|hint| view! { <p class="note" id=own>{hint}</p> }))
}

/// The form that a select names.
pub(super) fn form_named(name: &str) -> Form {
    match name {
        "free" => Form::Free,
        "file" => Form::File,
        _ => Form::Guided,
    }
}
