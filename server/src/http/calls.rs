//! «I want to talk to someone now» from a phone: a picture, «come to me», and the private messages that answer.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::help::{Came, Help, sent};
use nadwa_app::pages::messages::{Messages, Thread, messages};
use nadwa_domain::conference::code::Code;
use nadwa_domain::ids::ItemId;
use nadwa_domain::inbox::{Inbox, InboxAct, Item};
use nadwa_domain::session::team::call::Step;
use nadwa_domain::text::QuestionText;
use nadwa_domain::{Phrase, Refusal, Role, Who};
use std::collections::BTreeMap;

use crate::edge;
use crate::http::floods::{Flood, Standing};
use crate::http::forms::{self, graphemes, word};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};
use crate::rooms::Failure;

type Fields = BTreeMap<String, String>;

/// `POST /help/call`: a picture, a place, or both. The answer is the same for every picture.
pub async fn call(State(app): State<App>, mut visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let (phone, cookie) = visitor.phone_at_press(&app);
    let code = fields.get("code").and_then(|code| Code::parse(code));
    let permit = visitor.permit_for_address(&app);
    let conference = app.rooms.conference().state();
    let found = code.as_ref().and_then(|code| conference.by_code(code, &permit));
    // Where nothing says from which page: whoever has a card for a session is in it, a closed meeting's too.
    let own = || visitor.passes(&app).iter().find_map(|pass| pass.issued.session);
    let session = permit.judge(found.map(|listing| listing.session)).or_else(own);
    let place = match fields.get("place").map(|place| forms::line(place)) {
        Some(Ok(place)) => Ok(Some(place)),
        None | Some(Err(Refusal::Empty | Refusal::NeedsWords)) => Ok(None),
        Some(Err(refusal)) => Err(refusal),
    };
    let picture = word(fields.get("picture").map(String::as_str));
    let item = ItemId(edge::fresh_id());
    let outcome = match place {
        Ok(place) => {
            let Standing { alone, after } = visitor.standing(&app, &phone, Flood::Calls);
            let one_of_many = !alone;
            let author = fields.get("from").is_some_and(|from| from == "paper")
                && visitor.pass_with(&app, |role| role == Role::Author, None).is_some();
            let act = InboxAct::Call { item, picture, place, session, one_of_many, after, author };
            app.rooms.act_in_inbox(Who::Phone(phone.id), act).await
        }
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    let response = match outcome {
        Ok(()) => answers::see(
            &code.map_or_else(|| "/help/sent".to_owned(), |code| format!("/help/sent?code={}", code.as_str())),
        ),
        Err(Failure::Refused(refusal)) => public::help_refused(&app, &visitor, code, &refusal).await,
        Err(_) => answers::error_page(&app, &visitor, ErrorKind::NotSaved),
    };
    answers::with_phone(response, cookie)
}

/// `GET /help/sent`: the same whatever was pressed; and what became of this phone's last call (`N2`).
pub async fn call_sent(State(app): State<App>, visitor: Visitor, Query(query): Query<Fields>) -> Response {
    let code = query.get("code").and_then(|code| Code::parse(code));
    let message = public::has_message(&app, &visitor);
    let data = Help { message, ..public::help_data(&app, visitor.reader.lang, code.as_ref()) };
    let here = public::somebody(&app, &visitor, code.as_ref()).await;
    answers::html(&app, StatusCode::OK, sent(&visitor.page(&app), data, came(&app, &visitor, here)))
}

/// What is true of this phone's last call. `here`: whether somebody is there, as the page before it said (`N2`).
fn came(app: &App, visitor: &Visitor, here: bool) -> Came {
    let inbox = app.rooms.inbox().state();
    let own = |item: &&Item| item.called.is_some() && visitor.phone().is_some_and(|phone| item.phone == Some(phone));
    let last = inbox.items.values().filter(own).max_by_key(|item| item.called.as_ref().map(|called| called.at));
    let step = last.and_then(|item| item.silent).map(|call| call.step());
    if last.is_some_and(|item| item.taken.is_some()) {
        Came::Taken
    } else if step == Some(Step::Coming) {
        Came::Coming
    } else if step == Some(Step::Unheard) {
        Came::Unheard
    } else if step == Some(Step::Seen) || last.is_some_and(|item| item.opened.is_some()) {
        Came::Seen
    } else if here {
        Came::Waits
    } else {
        Came::Alone
    }
}

/// `GET /messages`: what the safeguarding people wrote to this phone, and nobody else's.
pub async fn thread(State(app): State<App>, visitor: Visitor) -> Response {
    thread_page(&app, &visitor, StatusCode::OK, None).await
}

async fn thread_page(app: &App, visitor: &Visitor, status: StatusCode, refused: Option<(ItemId, String)>) -> Response {
    let visitor = visitor.back_at("/messages".to_owned());
    let lang = visitor.reader.lang;
    let inbox = app.rooms.inbox().state();
    let threads = visitor.phone().map(|phone| {
        let threads = inbox.threads_of(phone).map(|(id, item)| Thread {
            id,
            messages: item
                .messages
                .iter()
                .map(|message| {
                    let text = message.text.as_deref().unwrap_or_default();
                    (message.at, message.by.is_some(), Phrase::written(text, lang))
                })
                .collect(),
        });
        threads.collect::<Vec<_>>()
    });
    let threads = threads.unwrap_or_default();
    let code = match threads.last() {
        Some(last) => code_of(app, &inbox, last.id).await,
        None => None,
    };
    let data = Messages { threads, code, refused };
    answers::html(app, status, messages(&visitor.page(app), data))
}

/// The code of the session that an item comes from: of the page that the call was sent from, or of the question.
async fn code_of(app: &App, inbox: &Inbox, id: ItemId) -> Option<String> {
    let conference = app.rooms.conference().state();
    let session = match inbox.items.get(&id)?.called.as_ref() {
        Some(called) => called.session?,
        None => app.rooms.guarded().await.ok()?.get(&id)?.1,
    };
    let code = conference.listing(session)?.code.as_ref()?;
    Some(code.as_str().to_owned())
}

/// `POST /messages/answer`: the phone writes back. Which messages are meant stands in the body: a log of addresses would
/// tell who talks with safeguarding about what (G6).
pub async fn write_back(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let text = QuestionText::parse(fields.get("text").map(String::as_str).unwrap_or_default(), graphemes);
    let item = item_of(&fields);
    match (item, text) {
        (Some(item), Ok(text)) => own(&app, &visitor, item, InboxAct::Answer { item, text }).await,
        (Some(item), Err(refusal)) => {
            let sentence = answers::refused(&visitor.page(&app), &refusal, String::new()).sentence;
            thread_page(&app, &visitor, answers::refusal_status(&refusal), Some((item, sentence))).await
        }
        (None, _) => answers::error_page(&app, &visitor, ErrorKind::NotFound),
    }
}

/// `POST /messages/delete`: the messages leave this phone.
pub async fn delete(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    match item_of(&fields) {
        Some(item) => own(&app, &visitor, item, InboxAct::DeleteThread { item }).await,
        None => answers::error_page(&app, &visitor, ErrorKind::NotFound),
    }
}

fn item_of(fields: &Fields) -> Option<ItemId> {
    fields.get("item")?.parse().ok()
}

async fn own(app: &App, visitor: &Visitor, item: ItemId, act: InboxAct) -> Response {
    let Some(phone) = visitor.phone() else { return answers::error_page(app, visitor, ErrorKind::NotFound) };
    match app.rooms.act_in_inbox(Who::Phone(phone), act).await {
        Ok(()) => answers::see("/messages"),
        Err(Failure::Refused(Refusal::Unknown)) => answers::error_page(app, visitor, ErrorKind::NotFound),
        Err(Failure::Refused(refusal)) => {
            let sentence = answers::refused(&visitor.page(app), &refusal, String::new()).sentence;
            thread_page(app, visitor, answers::refusal_status(&refusal), Some((item, sentence))).await
        }
        Err(_) => answers::error_page(app, visitor, ErrorKind::NotSaved),
    }
}
