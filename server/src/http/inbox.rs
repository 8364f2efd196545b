//! The safeguarding inbox: its page, its part, its feed, and what the lead and the deputy do.

mod feed;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::safeguarding::{InboxItem, Safeguarding, What, fragment, record as record_page, safeguarding};
use nadwa_app::wire::Answer;
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::ItemId;
use nadwa_domain::inbox::order::{self, Listed, Row};
use nadwa_domain::inbox::{Alert, Inbox, InboxAct, Item};
use nadwa_domain::text::QuestionText;
use nadwa_domain::view::safeguarding::SafeguardingItem;
use nadwa_domain::{Lang, Phrase, Refusal, Role, Session, view};
use serde::Deserialize;

use crate::http::call::{failed, wants_json};
use crate::http::forms::{self, Fields, graphemes};
use crate::http::guarding::{around, key_of, rings, shown};
use crate::http::health;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, guards, silent};
use crate::rooms::Failure;
use crate::store::StoreError;

pub use feed::feed;

/// Which item is meant: our pages say it in a body, since a log of addresses would tell whose words are read when (G6).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    item: Option<String>,
}

impl Which {
    fn id(&self) -> Option<ItemId> {
        self.item.as_deref()?.parse().ok()
    }
}

/// `GET /safeguarding`. An item in the address is shown as far as it was opened: no page of ours leads there any more, the
/// history of a browser may.
pub async fn page(State(app): State<App>, visitor: Visitor, Query(which): Query<Which>) -> Response {
    show(&app, &visitor, which.id(), StatusCode::OK, None).await
}

/// `GET /safeguarding/{verb}`: whoever loads the answer to a press anew is back at the list.
pub async fn back(State(app): State<App>, visitor: Visitor) -> Response {
    if guard(&app, &visitor).is_none() { not_yours(&app, &visitor) } else { answers::see("/safeguarding") }
}

async fn show(
    app: &App,
    visitor: &Visitor,
    open: Option<ItemId>,
    status: StatusCode,
    refused: Option<String>,
) -> Response {
    let Some(pass) = guard(app, visitor) else { return not_yours(app, visitor) };
    let visitor = visitor.back_at("/safeguarding".to_owned());
    match items(app, visitor.reader.lang).await {
        Ok(items) => {
            let cards = guards::cards(app, &visitor, pass.who());
            let calls = silent::before_guards(app, visitor.reader.lang).await;
            let troubles = health::troubles(app);
            let around = around(app, visitor.reader.lang, Some(pass.issued.id)).await;
            let key = key_of(&items, &cards, (&calls, &around), &troubles);
            let ring = rings(&items, &cards, &calls, pass.issued.role);
            let data = shown(app, visitor.reader, items, open, cards, (calls, around)).await;
            let data = Safeguarding { refused, ..data };
            answers::html(app, status, safeguarding(&visitor.page(app), data, key, ring))
        }
        Err(error) => broken(app, &visitor, &error),
    }
}

/// `POST /safeguarding/part`: what stands in the page, for a page that listens.
pub async fn part(State(app): State<App>, visitor: Visitor, Form(which): Form<Which>) -> Response {
    if guard(&app, &visitor).is_none() {
        return failed(&app, &visitor, true, ErrorKind::NotYours, "NotYours");
    }
    match answer(&app, &visitor, which.id(), None).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => broken(&app, &visitor, &error),
    }
}

pub(super) async fn answer(
    app: &App,
    visitor: &Visitor,
    open: Option<ItemId>,
    message: Option<String>,
) -> Result<Answer, StoreError> {
    let items = items(app, visitor.reader.lang).await?;
    let me = guard(app, visitor);
    let cards = me.as_ref().map(|pass| guards::cards(app, visitor, pass.who())).unwrap_or_default();
    let calls = silent::before_guards(app, visitor.reader.lang).await;
    let around = around(app, visitor.reader.lang, me.map(|pass| pass.issued.id)).await;
    let key = key_of(&items, &cards, (&calls, &around), &health::troubles(app));
    let data = shown(app, visitor.reader, items, open, cards, (calls, around)).await;
    let page = visitor.back_at("/safeguarding".to_owned()).page(app);
    Ok(Answer { message, part: Some(fragment(&page, data, key)), ..Answer::default() })
}

/// `POST /safeguarding/record`: one item on paper.
pub async fn record(State(app): State<App>, visitor: Visitor, Form(which): Form<Which>) -> Response {
    if guard(&app, &visitor).is_none() {
        return not_yours(&app, &visitor);
    }
    let lang = visitor.reader.lang;
    let mut questions = match questions(&app, lang).await {
        Ok(questions) => questions,
        Err(error) => return broken(&app, &visitor, &error),
    };
    let call = |id| call_item(&app, &app.rooms.inbox().state(), id, lang);
    let item = which.id().and_then(|id| questions.remove(&id).or_else(|| call(id)));
    match item.filter(|item| item.opened.is_some()) {
        Some(item) => {
            let page = visitor.back_at("/safeguarding".to_owned()).page(&app);
            answers::html(&app, StatusCode::OK, record_page(&page, item))
        }
        None => answers::error_page(&app, &visitor, ErrorKind::NotFound),
    }
}

/// `POST /safeguarding/{verb}`: open, take, reply, hand-over, erase. Which item is meant stands in the body.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(verb): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    act_on(app, visitor, None, verb, headers, body).await
}

/// `POST /safeguarding/{item}/{verb}`: the same, for pages that were open before items left the addresses.
pub async fn act_by_address(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, verb)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    act_on(app, visitor, Some(id), verb, headers, body).await
}

async fn act_on(
    app: App,
    visitor: Visitor,
    named: Option<String>,
    verb: String,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let json = wants_json(&headers);
    let Some(pass) = guard(&app, &visitor) else {
        return failed(&app, &visitor, json, ErrorKind::NotYours, "NotYours");
    };
    let Some(fields) = read_fields(&headers, &body) else {
        return failed(&app, &visitor, json, ErrorKind::Malformed, "Malformed");
    };
    let Some(item) = named.or_else(|| fields.item.clone()).and_then(|id| id.parse::<ItemId>().ok()) else {
        return failed(&app, &visitor, json, ErrorKind::Malformed, "Malformed");
    };
    let act = match meant(item, &verb, &fields) {
        Some(Ok(act)) => act,
        Some(Err(refusal)) => return refuse(&app, &visitor, json, Some(item), &refusal).await,
        None => return failed(&app, &visitor, json, ErrorKind::NotFound, "Unknown"),
    };
    let erases = matches!(act, InboxAct::Erase { .. });
    let done = app.rooms.act_in_inbox(pass.who(), act).await;
    if erases {
        // One of them may quote it.
        app.files.clear_booklets();
    }
    match done {
        Ok(()) if json => match answer(&app, &visitor, Some(item).filter(|_| !erases), None).await {
            Ok(answer) => Json(answer).into_response(),
            Err(error) => broken(&app, &visitor, &error),
        },
        Ok(()) if erases => answers::see("/safeguarding"),
        // No address could lead back to it: the answer is the page.
        Ok(()) => show(&app, &visitor, Some(item), StatusCode::OK, None).await,
        Err(Failure::Refused(refusal)) => refuse(&app, &visitor, json, Some(item), &refusal).await,
        Err(_) => failed(&app, &visitor, json, ErrorKind::NotSaved, "NotSaved"),
    }
}

/// The fields of a form or of JSON; none of an empty body.
pub fn read_fields(headers: &HeaderMap, body: &[u8]) -> Option<Fields> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let json = kind.contains("application/json");
    if body.is_empty() && !json { Some(Fields::default()) } else { forms::read(body, json) }
}

fn meant(item: ItemId, verb: &str, fields: &Fields) -> Option<Result<InboxAct, Refusal>> {
    let text = || QuestionText::parse(fields.text.as_deref().unwrap_or_default(), graphemes);
    Some(match verb {
        "open" => Ok(InboxAct::Open { item }),
        "take" => Ok(InboxAct::Take { item }),
        "reply" => text().map(|text| InboxAct::Reply { item, text }),
        "hand-over" => {
            forms::line(fields.running.to.as_deref().unwrap_or_default()).map(|to| InboxAct::HandOver { item, to })
        }
        "erase" => Ok(InboxAct::Erase { item }),
        _ => return None,
    })
}

pub(super) async fn refuse(
    app: &App,
    visitor: &Visitor,
    json: bool,
    open: Option<ItemId>,
    refusal: &Refusal,
) -> Response {
    let page = visitor.page(app);
    if json {
        return answers::refusal_json(&page, refusal, None);
    }
    let sentence = answers::refused(&page, refusal, String::new()).sentence;
    show(app, visitor, open, answers::refusal_status(refusal), Some(sentence)).await
}

/// The lead's or the deputy's pass.
pub fn guard(app: &App, visitor: &Visitor) -> Option<Pass> {
    visitor.pass_with(app, Role::safeguards, None)
}

pub(super) fn not_yours(app: &App, visitor: &Visitor) -> Response {
    let gone = visitor.has_secrets() && visitor.passes(app).is_empty();
    answers::error_page(app, visitor, if gone { ErrorKind::PassGone } else { ErrorKind::NotYours })
}

pub(super) fn broken(app: &App, visitor: &Visitor, error: &StoreError) -> Response {
    tracing::error!(%error, "the safeguarding inbox could not be read");
    answers::error_page(app, visitor, ErrorKind::Broken)
}

/// The inbox as it is listed: calls first, and what may be one device many times as one row below (`G3`).
async fn items(app: &App, lang: Lang) -> Result<Vec<InboxItem>, StoreError> {
    let (inbox, questions) = (app.rooms.inbox().state(), questions(app, lang).await?);
    let listed = questions.values().map(|item| Listed::new(item.id, item.arrived_at, inbox.items.get(&item.id)));
    let calls = inbox.items.iter().filter(|(_, item)| item.erased.is_none());
    let calls = calls.filter_map(|(id, item)| Some(Listed::new(*id, item.called.as_ref()?.at, Some(item))));
    let rows = order::rows(listed.chain(calls).collect());
    let item = |row: Row| {
        let item = questions.get(&row.id).cloned().or_else(|| call_item(app, &inbox, row.id, lang))?;
        Some(InboxItem { stands_for: row.stands_for as u64, one_of_many: row.one_of_many, ..item })
    };
    Ok(rows.into_iter().filter_map(item).collect())
}

/// What the desks have handed over.
async fn questions(app: &App, lang: Lang) -> Result<BTreeMap<ItemId, InboxItem>, StoreError> {
    let (conference, inbox) = (app.rooms.conference().state(), app.rooms.inbox().state());
    let mut found = BTreeMap::new();
    for listing in &conference.sessions {
        // Of a broken session as much as can be read: nothing that a child wrote is hidden by a line beside it.
        let read = |session: &Session| view::safeguarding::safeguarding(session, lang);
        let waiting = app.rooms.look_at(listing.session, read).await?;
        let items = waiting.into_iter().map(|question| question_item(app, &inbox, listing, question, lang));
        found.extend(items.map(|item| (item.id, item)));
    }
    Ok(found)
}

fn call_item(app: &App, inbox: &Inbox, id: ItemId, lang: Lang) -> Option<InboxItem> {
    let conference = app.rooms.conference().state();
    let item = inbox.items.get(&id).filter(|item| item.erased.is_none())?;
    let called = item.called.as_ref()?;
    let listing = called.session.and_then(|session| conference.listing(session));
    let place = called.place.as_deref().map(|place| Phrase::written(place, lang));
    let what = What::Call { picture: called.picture, place };
    Some(known(app, id, Some(item), listing, (called.at, called.at), what, lang))
}

fn question_item(app: &App, inbox: &Inbox, listing: &Listing, of: SafeguardingItem, lang: Lang) -> InboxItem {
    let id = ItemId(of.id.0);
    let (arrived, asked, has_phone) = (of.handed_at, of.asked_at, of.asker.is_some());
    let what = What::Question { text: of.text, earlier: of.earlier, withdrawn: of.withdrawn };
    let item = known(app, id, inbox.items.get(&id), Some(listing), (arrived, asked), what, lang);
    InboxItem { has_phone, ..item }
}

fn known(
    app: &App,
    id: ItemId,
    item: Option<&Item>,
    listing: Option<&Listing>,
    (arrived_at, asked_at): (nadwa_domain::Instant, nadwa_domain::Instant),
    what: What,
    lang: Lang,
) -> InboxItem {
    let conference = app.rooms.conference().state();
    let nothing = Item::default();
    let item = item.unwrap_or(&nothing);
    let written = |text: &Option<String>| Phrase::written(text.as_deref().unwrap_or_default(), lang);
    InboxItem {
        id,
        stands_for: 1,
        one_of_many: false,
        arrived_at,
        asked_at,
        session: listing.map(|listing| listing.title.for_reader(lang)).unwrap_or_default(),
        room: listing
            .and_then(|listing| conference.rooms.get(&listing.room))
            .map(|name| name.for_reader(lang))
            .unwrap_or_default(),
        what,
        opened: item.opened,
        taken: item.taken.map(|(_, role)| role),
        alerts: item.alerts.clone(),
        told: item.alerts.contains(&Alert::Deputy) && !item.unheard.contains(&Alert::Deputy),
        messages: item.messages.iter().map(|message| (message.at, message.by, written(&message.text))).collect(),
        has_phone: item.phone.is_some(),
        handed_over: item.handed_over.as_ref().map(|(at, to)| (*at, written(to))),
        steps: item.steps.iter().map(|step| (step.at, step.by, step.what.clone())).collect(),
    }
}
