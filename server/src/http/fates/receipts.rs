//! Receipts over HTTP (`R1`): a phone shows its own, a slip has one printed on it, and whoever has a number finds the fate.

use std::sync::LazyLock;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::{Refused, receipt as view};
use nadwa_app::parts::qr::Qr;
use nadwa_app::wire::Answer;
use nadwa_app::words::{Reader, numbers};
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::recommendations::Recommendation;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::fate::{FateView, fate};
use nadwa_domain::{Command, Refusal, session::desk::DeskCommand};

use crate::costly::{Busy, Queue};
use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::doors::{self, Shown};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, commands, public};
use crate::permits::buckets::Wait;
use crate::permits::{Permit, ReceiptNumber};
use crate::receipts::{Keys, Place, Receipt};
use crate::store::StoreError;

/// Where a number is typed, and where its square leads.
const DOOR: &str = "/r";
/// What the server's key is derived for.
const PURPOSE: &str = "receipts";
/// One look takes milliseconds: few at once, and more wait than a hall asks for at once (`G2`).
static LOOKING: LazyLock<Queue> = LazyLock::new(|| Queue::new(2, 500));

/// Why nothing could be looked at.
enum Stop {
    Wait(Wait),
    Broken(StoreError),
}

impl From<Wait> for Stop {
    fn from(wait: Wait) -> Self {
        Self::Wait(wait)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Broken(error)
    }
}

impl Stop {
    fn answer(self, app: &App, visitor: &Visitor) -> Response {
        match self {
            Self::Wait(wait) => answers::wait(app, visitor, wait),
            Self::Broken(error) => {
                tracing::error!(%error, "a receipt could not be looked for or kept");
                answers::error_page(app, visitor, ErrorKind::NotSaved)
            }
        }
    }
}

/// Whether questions of a session have receipts: not where nothing is to be left behind (`S18`), and not in a rehearsal,
/// of which nothing is kept. Both are told by the address: neither has a join code of its own.
pub fn are_given(app: &App, code: &str) -> bool {
    Code::parse(code).is_some() && app.rooms.rehearsals().find(code, Permit::long()).is_none()
}

/// `GET /r`: where a number is typed. Whoever has looked at it is counted for itself.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Response {
    let (_, cookie) = visitor.phone_at_page(&app);
    answers::with_cookie(answers::html(&app, StatusCode::OK, view::ask(&visitor.page(&app), None)), cookie)
}

/// `POST /r`: what became of the question of a receipt.
pub async fn find(State(app): State<App>, visitor: Visitor, Form(shown): Form<Shown>) -> Response {
    let typed: String = shown.secret.chars().take(100).collect();
    let page = visitor.page(&app);
    let found = match Receipt::parse(&typed) {
        Some(receipt) => look(&app, &visitor, receipt).await,
        None => Ok(None),
    };
    match found {
        Ok(Some((found, of))) => answers::html(&app, StatusCode::OK, view::fate(&page, found, of)),
        Ok(None) => {
            let refused: Refused = answers::refused(&page, &Refusal::NoSuchReceipt, typed);
            answers::html(&app, StatusCode::UNPROCESSABLE_ENTITY, view::ask(&page, Some(refused)))
        }
        Err(stop) => stop.answer(&app, &visitor),
    }
}

async fn look(
    app: &App,
    visitor: &Visitor,
    receipt: Receipt,
) -> Result<Option<(FateView, Option<view::Recommended>)>, Stop> {
    let server = app.phones.key_for(PURPOSE);
    let compare = move |permit: Permit<ReceiptNumber>| Some((receipt.keys(&server, &permit), permit));
    let looked = app.permits.look(&LOOKING, (visitor.caller(), app.rooms.clock()), compare).await?;
    let Some((Some(keys), permit)) = looked else { return Ok(None) };
    let kept = app.store.receipt(keys.row).await?;
    let Some(place) = permit.judge(kept.and_then(|kept| keys.open(&kept))) else { return Ok(None) };
    let conference = app.rooms.conference().state();
    if conference.listing(place.session).is_none_or(|listing| !listing.is_public()) {
        return Ok(None);
    }
    let recommended = |known: &Recommendation| view::Recommended { public: known.public().map(|_| known.number) };
    let recommended = conference.recommended(place.question).map(recommended);
    let (lang, now) = (visitor.reader.lang, app.rooms.clock().now());
    let found = app.rooms.look_at(place.session, |session| fate(session, place.question, lang, now)).await?;
    Ok(found.map(|found| (found, recommended)))
}

/// `POST /s/{code}/receipt`: a phone shows the receipt of its own question. It can be shown as often as it is asked for,
/// and is the same each time.
pub async fn show(call: Call) -> Response {
    let call = call.about_its_own();
    let own = call.visitor.own_phone().filter(|_| are_given(&call.app, call.code()));
    let (Ok(question), Some(phone)) = (call.id(QuestionId), own) else {
        return call.refuse(Refusal::Unknown, Back::Audience).await;
    };
    let asked = |id| call.room.look(|session, _| session.question(id).is_some_and(|q| q.asker == phone.id));
    if !asked(question) {
        return call.refuse(Refusal::Unknown, Back::Audience).await;
    }
    let (app, receipt) = (call.app.clone(), Receipt::of(phone.receipt_seed(question)));
    if let Err(stop) = keep(&app, &receipt, Place { session: call.listing.session, question }, Permit::own()).await {
        return stop.answer(&app, &call.visitor);
    }
    let r = call.visitor.reader;
    if call.listens() {
        let message = Some(numbers::code(r, receipt.as_str()));
        return axum::Json(Answer { message, ..Answer::default() }).into_response();
    }
    let data = view::Receipt {
        code: call.code().to_owned(),
        number: receipt.as_str().to_owned(),
        address: format!("{}{DOOR}", app.public_url),
        qr: square(&app, r, &receipt),
    };
    let page = call.visitor.back_at(Back::Audience.path(call.code())).page(&app);
    answers::html(&app, StatusCode::OK, view::receipt(&page, data))
}

fn square(app: &App, r: Reader, receipt: &Receipt) -> Qr {
    public::square(app, r, &doors::link(&app.public_url, DOOR, receipt.as_str()))
}

/// Keeps where a receipt leads, if it leads nowhere yet; whether it leads there now. Whoever types numbers that others
/// have learns no more of them than whoever looks for one.
async fn keep(app: &App, receipt: &Receipt, place: Place, permit: Permit<ReceiptNumber>) -> Result<bool, Stop> {
    let (server, receipt) = (app.phones.key_for(PURPOSE), receipt.clone());
    let made = move || (receipt.keys(&server, &permit), permit);
    let (keys, permit) = LOOKING.run(made).await.map_err(|Busy| Stop::Wait(Wait::A_MOMENT))?;
    let Some(keys): Option<Keys> = keys else { return Err(Stop::Wait(Wait::A_MOMENT)) };
    app.store.keep_receipt(keys.row, &keys.seal(place)).await?;
    let leads = app.store.receipt(keys.row).await?.and_then(|kept| keys.open(&kept));
    Ok(permit.judge(leads.filter(|leads| *leads == place)).is_some())
}

/// The number of a slip that is printed now, and its square.
pub fn for_slip(app: &App, r: Reader) -> (String, Qr) {
    let receipt = Receipt::fresh();
    let qr = square(app, r, &receipt);
    (receipt.as_str().to_owned(), qr)
}

/// `POST /s/{code}/desk/slip`: a steward types in a slip of paper (`F9`), with the number of its receipt if it has one.
pub async fn slip(call: Call) -> Response {
    let typed: String = call.field("receipt").unwrap_or_default().chars().take(100).collect();
    if typed.trim().is_empty() {
        return commands::slip(call).await;
    }
    match keep_slip(&call, &typed).await {
        Ok(Ok(())) => commands::slip(call).await,
        Ok(Err(refusal)) => call.refuse(refusal, Back::Desk).await,
        Err(stop) => stop.answer(&call.app, &call.visitor),
    }
}

/// The receipt is kept first: a slip whose number is wrong is typed in again, and not lost.
async fn keep_slip(call: &Call, typed: &str) -> Result<Result<(), Refusal>, Stop> {
    let id = call.fields.id.as_deref().and_then(|id| id.parse::<QuestionId>().ok());
    let is_desks = |id| {
        let claim = Command::Desk(DeskCommand::Claim { id });
        call.visitor.who_may(&call.app, call.listing.session, &claim).is_some()
    };
    let Some(question) = id.filter(|id| is_desks(*id)) else { return Ok(Err(Refusal::NotYours)) };
    let Some(receipt) = Receipt::parse(typed).filter(|_| are_given(&call.app, call.code())) else {
        return Ok(Err(Refusal::NoSuchReceipt));
    };
    let place = Place { session: call.listing.session, question };
    let permit = call.visitor.permit(&call.app).map_err(Stop::Wait)?;
    Ok(if keep(&call.app, &receipt, place, permit).await? { Ok(()) } else { Err(Refusal::ReceiptTaken) })
}
