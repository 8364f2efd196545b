//! What authors do: the sheet, their names, sending in, taking back, and what becomes public.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::live::writing::TextView;
use nadwa_app::pages::Refused;
use nadwa_app::pages::papers::writing::writing;
use nadwa_app::words::paper as words;
use nadwa_domain::ids::{CommentId, PersonId};
use nadwa_domain::names::telling::says_so;
use nadwa_domain::names::{Advice, advice};
use nadwa_domain::paper::act::{Credit, PaperAct, Publish, Saving};
use nadwa_domain::paper::field::{Field, Form, PaperText};
use nadwa_domain::{Lang, Refusal, Said};

use crate::edge;
use crate::http::answers;
use crate::http::forms::{self, word};
use crate::http::papers::access::{Back, Desk, graphemes};
use crate::http::papers::views;
use crate::rooms::Failure;

/// The fields of any form here, as text.
pub type Fields = BTreeMap<String, String>;

/// Reads a form or JSON.
pub fn fields(headers: &HeaderMap, body: &Bytes) -> Fields {
    let json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    forms::read(body, json).unwrap_or_default()
}

/// A field's text; empty if there is none.
pub fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(String::as_str).unwrap_or_default()
}

/// `GET /papers/{paper}/write`.
pub async fn page(desk: Desk) -> Response {
    write_page(&desk, StatusCode::OK, None, vec![]).await
}

/// The authors' page, with a refusal beside what was typed if there was one.
pub async fn write_page(desk: &Desk, status: StatusCode, refused: Option<Refused>, typed: Vec<TextView>) -> Response {
    let Some(pass) = desk.author() else { return desk.not_yours() };
    let page = desk.visitor.page(&desk.app);
    let data = views::writing(desk, &page, &pass, refused, typed).await;
    answers::html(&desk.app, status, writing(&page, data))
}

/// `POST /papers/{paper}/draft`: what was typed is saved, joined with what another tablet wrote meanwhile.
pub async fn draft(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let outcome = save(&desk, &fields).await;
    if desk.json && outcome.is_ok() {
        return axum::Json(views::sheet(&desk.room.state())).into_response();
    }
    saved(desk, &fields, outcome).await
}

async fn save(desk: &Desk, fields: &Fields) -> Result<(), Failure> {
    let saving = saving(fields).map_err(Failure::Refused)?;
    desk.act(&PaperAct::Save(Box::new(saving))).await.map(drop)
}

/// What became of the sheet, to whoever sent it as a form.
async fn saved(desk: Desk, fields: &Fields, outcome: Result<(), Failure>) -> Response {
    match outcome {
        // What was typed and refused stays on the sheet.
        Err(Failure::Refused(refusal)) if !desk.json && refusal != Refusal::NotYours => {
            let page = desk.visitor.page(&desk.app);
            let refused = Refused { field: "sheet".to_owned(), ..answers::refused(&page, &refusal, String::new()) };
            let desk = Desk { visitor: desk.visitor.back_at(format!("/papers/{}/write", desk.paper())), ..desk };
            write_page(&desk, answers::refusal_status(&refusal), Some(refused), typed(fields)).await
        }
        outcome => desk.answer(outcome, Back::Write, "").await,
    }
}

fn saving(fields: &Fields) -> Result<Saving, Refusal> {
    let mut texts = Vec::new();
    for field in Field::all() {
        if let Some(typed) = fields.get(&field.key()) {
            texts.push((field, PaperText::parse(field, typed, graphemes)?));
        }
    }
    Ok(Saving {
        base: field(fields, "base").parse().unwrap_or(0),
        form: word::<Form>(fields.get("form").map(String::as_str)).unwrap_or_default(),
        lang: Lang::from_tag(field(fields, "lang")).unwrap_or_default(),
        theme: field(fields, "theme").parse().ok(),
        texts,
    })
}

fn typed(fields: &Fields) -> Vec<TextView> {
    let text = |field: Field| {
        let key = field.key();
        fields.get(&key).map(|text| TextView { text: text.clone(), field: key })
    };
    Field::all().filter_map(text).collect()
}

/// `POST /papers/{paper}/submit`: with the sheet, what was typed a moment ago is saved first.
pub async fn submit(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    if fields.contains_key("base") {
        let outcome = save(&desk, &fields).await;
        if outcome.is_err() {
            return saved(desk, &fields, outcome).await;
        }
    }
    desk.press(Ok(PaperAct::Submit), Back::Write, "").await
}

/// `POST /papers/{paper}/withdraw`.
pub async fn withdraw(desk: Desk) -> Response {
    desk.press(Ok(PaperAct::Withdraw), Back::Write, "").await
}

/// `POST /papers/{paper}/publish`: what is public, and by which names.
pub async fn publish(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let group = field(&fields, "group");
    let publish = word::<Publish>(fields.get("publish").map(String::as_str)).unwrap_or_default();
    let credit = word::<Credit>(fields.get("credit").map(String::as_str)).unwrap_or_default();
    if desk.author().is_none() {
        return desk.not_yours();
    }
    if credit == Credit::Group {
        let name = match forms::line(group) {
            Ok(name) if !says_so(name.as_str()) => name,
            Ok(_) | Err(_) => return refuse_name(&desk, "group", group).await,
        };
        // A group's name is kept like a person's: it can be forgotten, and stands in no fact.
        if let Err(error) = remember(&desk, desk.room.state().group(), name.as_str()).await {
            return desk.answer(Err(error), Back::Write, "").await;
        }
    }
    desk.press(Ok(PaperAct::Publish { publish, credit }), Back::Write, "").await
}

/// `POST /papers/{paper}/authors`: a first name or a pseudonym (`S12`).
pub async fn add_author(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let typed = field(&fields, "name");
    if desk.author().is_none() {
        return desk.not_yours();
    }
    let Ok(name) = forms::line(typed) else {
        return desk.refuse(&Refusal::NeedsAuthor, Back::Write, typed).await;
    };
    if !is_a_first_name(name.as_str()) {
        return refuse_name(&desk, "name", typed).await;
    }
    // The same name in the same paper is the same child: a form that was sent twice adds nobody.
    let paper = desk.paper();
    let person = PersonId(edge::derived_id("author", &[paper.0.as_bytes(), name.as_str().as_bytes()]));
    if let Err(error) = remember(&desk, person, name.as_str()).await {
        return desk.answer(Err(error), Back::Write, "").await;
    }
    desk.press(Ok(PaperAct::AddAuthor(person)), Back::Write, typed).await
}

/// One name, two at the most («عبد الله», "Mary Ann"), and no numbers: no family, no class, no age.
fn is_a_first_name(name: &str) -> bool {
    graphemes(name) <= 30
        && !name.contains(['@', '/', ',', '،', '(', '.'])
        && matches!(advice(name, []), Advice::Fine | Advice::MayTell)
}

async fn refuse_name(desk: &Desk, field: &str, typed: &str) -> Response {
    let sentence = words::name_full(desk.visitor.reader).to_owned();
    if desk.json {
        return answers::failure_json(StatusCode::UNPROCESSABLE_ENTITY, "NameTooFull", &sentence);
    }
    let typed = typed.chars().take(200).collect();
    desk.again(
        StatusCode::UNPROCESSABLE_ENTITY,
        Refused { sentence, field: field.to_owned(), typed, ..Refused::default() },
        Back::Write,
    )
    .await
}

async fn remember(desk: &Desk, person: PersonId, name: &str) -> Result<(), Failure> {
    let said = Said::new([(desk.visitor.reader.lang, name)]);
    if desk.app.rooms.name_of(person).as_ref() == Some(&said) {
        return Ok(());
    }
    Ok(desk.app.rooms.remember(person, said).await?)
}

/// `POST /papers/{paper}/authors/{id}/remove`: the name is not kept either.
pub async fn remove_author(desk: Desk) -> Response {
    let person = match desk.id(PersonId) {
        Ok(person) => person,
        Err(refusal) => return desk.refuse(&refusal, Back::Write, "").await,
    };
    let named_here = desk.room.state().authors.iter().any(|author| author.person == person);
    let outcome = desk.act(&PaperAct::RemoveAuthor(person)).await.map(drop);
    if outcome.is_ok()
        && named_here
        && let Err(error) = desk.app.rooms.forget(person).await
    {
        tracing::error!(%error, "a name that was taken off could not be erased");
    }
    desk.answer(outcome, Back::Write, "").await
}

/// `POST /papers/{paper}/comments/{id}/settle`.
pub async fn settle(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let taken = field(&fields(&headers, &body), "taken") == "yes";
    desk.press(desk.id(CommentId).map(|id| PaperAct::Settle { id, taken }), Back::Write, "").await
}
