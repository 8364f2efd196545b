//! A session's pages, and the few beside them. What they show is in memory: a page renders without waiting.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use axum_extra::extract::cookie::Cookie;
use nadwa_app::pages::console::Console;
use nadwa_app::pages::desk::Desk;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::screen::Screen;
use nadwa_app::pages::stage::Stage;
use nadwa_app::pages::{self, Page, Refused};
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::glossary::Term;
use nadwa_domain::ids::{QuestionId, TurnId};
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::view::console::Part;
use nadwa_domain::view::mine::MineView;
use nadwa_domain::{Command, Lang, Role, view};
use serde::Deserialize;
use uuid::Uuid;

use crate::edge;
use crate::http::backstage::Place;
use crate::http::call::find;
use crate::http::feed::needs_pass;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, desks, letters, parts, public, silent};
use crate::rooms::feeds::FeedRole;
use crate::rooms::phone::Phone;
use crate::rooms::session::SessionRoom;
use crate::store::StoreError;

/// What a plain form left in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Left {
    /// A question was sent.
    asked: Option<String>,
    /// The question that a desk without wasm has opened.
    q: Option<String>,
}

/// One phone's own things.
///
/// # Errors
/// [`StoreError`] if its ballot cannot be read.
pub async fn mine(app: &App, room: &SessionRoom, phone: Phone, lang: Lang) -> Result<MineView, StoreError> {
    let ballot = room.ballot_of(phone).await?;
    let parts = parts::own_keys(app, room, phone.id, ballot.as_ref());
    Ok(MineView { questions: room.questions_of(phone.id, lang), parts, fresh: QuestionId(edge::fresh_id()) })
}

/// `GET /s/{code}`: a phone's page. A phone without a token gets one.
pub async fn audience(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(left): Query<Left>,
) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let said = left.asked.map(|_| public::thanks(&app, visitor.reader));
    let page = audience_page(&app, &visitor, &code, &room, StatusCode::OK, None, None, said).await;
    answers::with_cookie(page, visitor.looks_at(&app, &listing))
}

/// A phone's page, with a refusal beside what was typed if there was one; `about` is the question that was to be said
/// anew.
#[expect(clippy::too_many_arguments, reason = "one page, said in one line by each of its callers")]
pub async fn audience_page(
    app: &App,
    visitor: &Visitor,
    code: &str,
    room: &SessionRoom,
    status: StatusCode,
    refused: Option<Refused>,
    about: Option<QuestionId>,
    said: Option<String>,
) -> Response {
    let lang = visitor.reader.lang;
    let (phone, cookie) = visitor.phone_at_page(app);
    // What a part says beside its own field stands nowhere else.
    let (beside, refused): (Option<Refused>, Option<Refused>) =
        if refused.as_ref().is_some_and(|refused| refused.field == "choice") {
            (refused, None)
        } else {
            (None, refused)
        };
    let poll = parts::poll(app, room, code, visitor.reader, Some(phone), beside.map(|refused| refused.sentence));
    let (Ok(mine), Ok(poll)) = (mine(app, room, phone, lang).await, poll.await) else {
        return answers::error_page(app, visitor, ErrorKind::Broken);
    };
    let (view, abouts, rules) = room.look(|session, hall| {
        let rules = session.rules.iter().map(|rule| rule.for_reader(lang)).collect();
        (view::audience::audience(session, hall, lang), view::desk::abouts(session, lang), rules)
    });
    let (anew, refused) = match (about, refused) {
        (Some(id), Some(refused)) => (Some((id, refused.sentence, refused.typed)), None),
        (_, refused) => (None, refused),
    };
    let own = parts::mine(app, room, code, visitor.reader, Some(phone.id), anew);
    let conference = app.rooms.conference().state();
    let by_child = conference.is_run_by_a_child(room.id());
    let data = pages::audience::Audience {
        code: code.to_owned(),
        by_child,
        view,
        mine,
        poll,
        own,
        abouts,
        rules,
        terms: terms(app, room, lang),
        refused,
        said,
    };
    let token = cookie.as_ref().map(Cookie::value).or(visitor.phone_token());
    let page = Page { letter: token.and_then(|token| letters::seal(app, token)), ..visitor.page(app) };
    let page = pages::audience::audience(&page, data);
    answers::with_cookie(answers::html(app, status, page), cookie)
}

/// The hard words of a session: of its title, of what it is about, of each part of its run of show (`P10`).
pub(super) fn terms(app: &App, room: &SessionRoom, lang: Lang) -> Vec<Term> {
    let conference = app.rooms.conference().state();
    let listing = conference.listing(room.id());
    let of_listing = listing.map(|listing| [listing.title.for_reader(lang), listing.about.for_reader(lang)]);
    let slots: Vec<_> = room.look(|session, _| session.slots.iter().map(|slot| slot.title.for_reader(lang)).collect());
    let texts: Vec<_> = of_listing.iter().flatten().chain(&slots).collect();
    conference.explains(&texts)
}

/// Which of the children's questions an address names. What is no place begins at the first.
#[derive(Debug, Default, Deserialize)]
pub struct PartWish {
    card: Option<String>,
    from: Option<String>,
    /// The card in hand, for which a similar one is looked for.
    hand: Option<String>,
}

impl PartWish {
    /// The part that is meant.
    pub fn part(&self) -> Part {
        let from = self.from.as_deref().and_then(|from| from.parse().ok()).unwrap_or_default();
        Part { card: question_in(self.card.as_deref()), from }
    }

    fn hand(&self) -> Option<QuestionId> {
        question_in(self.hand.as_deref())
    }
}

fn question_in(text: Option<&str>) -> Option<QuestionId> {
    text.and_then(|id| Uuid::parse_str(id).ok()).map(QuestionId)
}

/// `GET /s/{code}/console`: the moderators' tablet. With `?card={id}&from={place}` it has another part of the
/// questions.
pub async fn console(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wish): Query<PartWish>,
) -> Response {
    match find(&app, &visitor, &code).await {
        Ok((listing, room)) => {
            let place = Place { code: &code, listing: &listing, room: &room };
            console_page(&app, &visitor, &place, StatusCode::OK, &wish, None)
        }
        Err(kind) => answers::error_page(&app, &visitor, kind),
    }
}

/// The moderators' tablet, with a refusal if there was one.
pub fn console_page(
    app: &App,
    visitor: &Visitor,
    place: &Place<'_>,
    status: StatusCode,
    wish: &PartWish,
    refused: Option<Refused>,
) -> Response {
    let Some(role) = role_at(app, visitor, place.listing, FeedRole::Console) else { return not_yours(app, visitor) };
    let lang = visitor.reader.lang;
    let view = place.room.console(lang, wish.part());
    let in_hand = |id| place.room.look(|session, _| view::console::in_hand(session, id, lang));
    let hand = wish.hand().and_then(in_hand);
    let (code, fresh) = (place.code.to_owned(), edge::fresh_id());
    let listening = public::listening(&app.rooms.conference().state(), lang);
    let data = Console { code, view, role, refused, said: None, fresh, hand, terms: vec![], listening };
    answers::html(app, status, pages::console::console(&visitor.page(app), data))
}

/// `GET /s/{code}/desk`: the stewards' desk. To open it gives it its number, and is nobody's presence (`G11`).
pub async fn desk(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(left): Query<Left>,
    Ahead(is_ahead): Ahead,
) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let steward = visitor.pass_with(&app, |role| role == Role::Steward, Some(listing.session));
    let Some(steward) = steward else { return not_yours(&app, &visitor) };
    let came = Command::Desk(DeskCommand::Here { by: Sign::Page });
    if room.act(steward.who(), came).await.is_err() {
        return answers::error_page(&app, &visitor, ErrorKind::NotSaved);
    }
    let asked_for = left.q.as_deref().and_then(|id| id.parse().ok());
    // A page that is only fetched ahead reads nothing.
    let open = if is_ahead { None } else { claim_one(&app, &room, steward.who(), asked_for).await };
    desk_page(&app, &visitor, &code, &listing, &room, StatusCode::OK, None, open).await
}

/// Whether a page is fetched that nobody looks at: ahead of a press, as a preview, or its head alone (`G11`).
pub struct Ahead(pub bool);

impl<S: Sync> FromRequestParts<S> for Ahead {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let says = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let names = ["sec-purpose", "purpose", "x-purpose", "x-moz"];
        let is_ahead =
            |name: &&str| ["prefetch", "prerender", "preview"].iter().any(|ahead| says(name).contains(ahead));
        Ok(Self(parts.method == Method::HEAD || names.iter().any(is_ahead)))
    }
}

/// Opens the question that was asked for, else the one that this desk has opened, else the first that no other reads.
async fn claim_one(
    app: &App,
    room: &SessionRoom,
    steward: nadwa_domain::Who,
    asked_for: Option<QuestionId>,
) -> Option<QuestionId> {
    let now = app.rooms.clock().now();
    let (free, own) = room.look(|session, hall| {
        let me = steward.pass().and_then(|pass| session.desk.number(pass));
        let waiting = view::desk::desk(session, hall, Lang::AR).waiting;
        let reads = |q: &view::desk::DeskQuestion| q.read_by.is_some_and(|by| Some(by.desk) == me);
        let own = waiting.iter().find(|question| reads(question)).map(|question| question.id);
        let is_free = |q: &view::desk::DeskQuestion| reads(q) || q.read_by.is_none_or(|by| by.until <= now);
        (waiting.into_iter().filter(is_free).map(|question| question.id).collect::<Vec<_>>(), own)
    });
    let id = asked_for.filter(|id| free.contains(id)).or(own).or_else(|| free.first().copied())?;
    let claim = Command::Desk(DeskCommand::Claim { id });
    room.act(steward, claim).await.is_ok().then_some(id)
}

/// The stewards' desk, with a refusal if there was one.
#[expect(clippy::too_many_arguments, reason = "one page, said in one line by each of its three callers")]
pub async fn desk_page(
    app: &App,
    visitor: &Visitor,
    code: &str,
    listing: &Listing,
    room: &SessionRoom,
    status: StatusCode,
    refused: Option<Refused>,
    open: Option<QuestionId>,
) -> Response {
    let steward = visitor.pass_with(app, |role| role == Role::Steward, Some(listing.session));
    let Some(steward) = steward else { return not_yours(app, visitor) };
    let me = room.look(|session, _| session.desk.number(steward.issued.id)).unwrap_or_default();
    let view = room.look(|session, hall| view::desk::desk(session, hall, visitor.reader.lang));
    let (fresh, several) = (QuestionId(edge::fresh_id()), desks::covers_several(app, visitor));
    let elsewhere = silent::around(app, code, listing.session, visitor.reader.lang).await;
    let data = Desk { code: code.to_owned(), view, me, several, elsewhere, fresh, open, refused };
    answers::html(app, status, pages::desk::desk(&visitor.page(app), data))
}

/// `GET /s/{code}/screen`: the projector. It shows what everybody in the hall sees.
pub async fn screen(state: State<App>, visitor: Visitor, path: Path<String>, left: Query<ScreenWish>) -> Response {
    let (State(app), Path(code), Query(wish)) = (state, path, left);
    wall(app, visitor, code, wish, false).await
}

/// What a screen's address may ask for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ScreenWish {
    /// A second language, side by side.
    with: Option<String>,
}

/// The wall of a session.
pub(super) async fn wall(app: App, visitor: Visitor, code: String, wish: ScreenWish, lower: bool) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let join_url = format!("{}/j/{code}", app.public_url);
    let data = Screen {
        view: room.look(|session, hall| view::screen::screen(session, hall, lang)),
        qr: public::square(&app, visitor.reader, &join_url),
        join_url,
        conference: public::conference_view(&conference, lang),
        room: conference.rooms.get(&listing.room).map(|name| name.for_reader(lang)).unwrap_or_default(),
        code,
        second: wish
            .with
            .as_deref()
            .and_then(Lang::from_tag)
            .filter(|second| *second != lang)
            .map(|second| (second, room.look(|session, hall| view::screen::screen(session, hall, second)))),
        lower,
    };
    answers::html(&app, StatusCode::OK, pages::screen::screen(&visitor.page(&app), data))
}

/// `GET /s/{code}/stage`: what the person speaking sees.
pub async fn stage(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let Some(role) = role_at(&app, &visitor, &listing, FeedRole::Stage) else { return not_yours(&app, &visitor) };
    let place = Place { code: &code, listing: &listing, room: &room };
    stage_page(&app, &visitor, &place, role, StatusCode::OK, None)
}

/// What the person speaking sees, with a refusal if there was one.
pub(super) fn stage_page(
    app: &App,
    visitor: &Visitor,
    place: &Place,
    role: Role,
    status: StatusCode,
    refused: Option<Refused>,
) -> Response {
    let lang = visitor.reader.lang;
    let own = visitor.pass_with(app, |of| of == role, Some(place.listing.session)).map(|pass| pass.issued.id);
    let (view, turn) = place.room.look(|session, hall| {
        let turn = session.queue.waiting().find(|turn| turn.pass.is_some() && turn.pass == own).map(|turn| turn.id);
        (view::stage::stage(session, hall, lang), turn)
    });
    let data = Stage { code: place.code.to_owned(), view, role, turn, fresh: TurnId(edge::fresh_id()), refused };
    answers::html(app, status, pages::stage::stage(&visitor.page(app), data))
}

/// `GET /s/{code}/lower-third`: name and time over a video, for streaming software; nothing behind it.
pub async fn lower_third(state: State<App>, visitor: Visitor, path: Path<String>, left: Query<ScreenWish>) -> Response {
    let (State(app), Path(code), Query(wish)) = (state, path, left);
    wall(app, visitor, code, wish, true).await
}

/// `GET /hall`: every device of the demo's live session, side by side.
pub async fn hall(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let Some(demo) = &app.demo else { return answers::error_page(&app, &visitor, ErrorKind::NotFound) };
    // Whoever came by another name of this machine may not reach the second address, which has the first one's name.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let by_name = host.is_some_and(|host| app.public_url.split_once("://").is_some_and(|(_, name)| name == host));
    let page = answers::html(&app, StatusCode::OK, pages::hall::hall(&visitor.page(&app), demo.hall(by_name)));
    // The frames open at once; each with a link of its own would overwrite the others' cookies.
    answers::with_cookie(page, Some(visitor.with_passes(&app, demo.secrets())))
}

/// `POST /demo/phones`: switches the simulated phones on or off.
pub async fn switch_phones(
    State(app): State<App>,
    visitor: Visitor,
    axum::Form(wish): axum::Form<std::collections::BTreeMap<String, String>>,
) -> Response {
    let Some(demo) = &app.demo else { return answers::error_page(&app, &visitor, ErrorKind::NotFound) };
    demo.switch_phones(wish.get("on").is_some_and(|on| on == "true"));
    answers::see("/hall")
}

/// The role with which this device may see a role's view.
pub(super) fn role_at(app: &App, visitor: &Visitor, listing: &Listing, role: FeedRole) -> Option<Role> {
    let fits = needs_pass(role)?;
    visitor.pass_with(app, fits, Some(listing.session)).map(|pass| pass.issued.role)
}

/// A pass that does not work any more is told so; whoever never had one, that this is not theirs.
pub(super) fn not_yours(app: &App, visitor: &Visitor) -> Response {
    let gone = visitor.has_secrets() && visitor.passes(app).is_empty();
    answers::error_page(app, visitor, if gone { ErrorKind::PassGone } else { ErrorKind::NotYours })
}
