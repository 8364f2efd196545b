//! Passes: by link, by the code on a card, by name and secret.
//!
//! Children's links begin with `/p/`, adults' with `/a/`, and neither opens the other (`S17`). A child may type the
//! card's code instead; an organizer has a name and a secret.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use axum::Form;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::{Refused, card};
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::{Refusal, Role};

use crate::http::doors::Shown;
use crate::http::guard::SecretKind;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, guard, leaving};
use crate::rooms::Failure;
use crate::secrets;

/// `POST /p`: the code that a child's card shows to a camera, or the same typed.
pub async fn enter_as_child(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    ConnectInfo(connection): ConnectInfo<SocketAddr>,
    Form(shown): Form<Shown>,
) -> Response {
    enter(&app, &visitor, &headers, connection, &shown.secret, |role| !role.is_adult()).await
}

/// `POST /a`.
pub async fn enter_as_adult(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    ConnectInfo(connection): ConnectInfo<SocketAddr>,
    Form(shown): Form<Shown>,
) -> Response {
    enter(&app, &visitor, &headers, connection, &shown.secret, Role::is_adult).await
}

async fn enter(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    connection: SocketAddr,
    secret: &str,
    fits: impl Fn(Role) -> bool,
) -> Response {
    // The code of a card may stand in a link too; what is as long as a link's own secret cannot be guessed.
    let tries = (secret.len() < secrets::LONG).then(|| Tries::of(app, SecretKind::Card, headers, connection));
    if tries.as_ref().is_some_and(Tries::must_wait) {
        return answers::error_page(app, visitor, ErrorKind::TooMany);
    }
    let now = app.rooms.clock().now();
    let pass = app.rooms.conference().pass(secret, now).filter(|pass| fits(pass.issued.role));
    // Whoever has chosen a secret signs in with it: the link has done its work.
    let pass = pass.filter(|pass| !app.rooms.conference().state().logins.contains_key(&pass.issued.id));
    match pass {
        // The link stands in the history of a device that was handed on; whoever has the card reads its code.
        Some(pass) if pass.left && tries.is_some() => {
            let page = visitor.page(app);
            let sentence = nadwa_app::words::card::type_code(page.reader).to_owned();
            let refused = Refused { sentence, field: "code".to_owned(), typed: String::new() };
            answers::html(app, StatusCode::FORBIDDEN, card::card(&page, Some(refused)))
        }
        Some(pass) => welcome(app, visitor, &pass).await,
        None => {
            tries.iter().for_each(Tries::was_wrong);
            answers::error_page(app, visitor, ErrorKind::PassGone)
        }
    }
}

/// Signs the device in and shows where the role works.
pub async fn welcome(app: &App, visitor: &Visitor, pass: &Pass) -> Response {
    let Some(place) = home(&app.rooms.conference().state(), pass) else {
        return answers::error_page(app, visitor, ErrorKind::PassGone);
    };
    if let Err(refusal) = app.rooms.conference().state().may_come_in(pass, &visitor.passes(app)) {
        let apart = refusal == Refusal::OwnCard;
        return answers::error_page(app, visitor, if apart { ErrorKind::OwnCard } else { ErrorKind::PassGone });
    }
    let again = visitor.holds(app, pass) || visitor.kept(app, pass).is_some();
    if !again && app.rooms.conference().state().is_spent(pass) {
        return answers::error_page(app, visitor, ErrorKind::LinkUsed);
    }
    if visitor.holds_the_other_kind(app, pass) {
        return leaving::ask(app, visitor, pass);
    }
    match visitor.sign_in(app, pass).await {
        Ok(cookies) => cookies.into_iter().map(Some).fold(answers::see(&place), answers::with_cookie),
        Err(Failure::Refused(_)) => answers::error_page(app, visitor, ErrorKind::PassGone),
        Err(_) => answers::error_page(app, visitor, ErrorKind::NotSaved),
    }
}

/// `GET /card`: where a child types the code of a card.
pub async fn card_page(State(app): State<App>, visitor: Visitor) -> Response {
    answers::html(&app, StatusCode::OK, card::card(&visitor.page(&app), None))
}

/// `POST /card`.
pub async fn enter_by_code(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    ConnectInfo(connection): ConnectInfo<SocketAddr>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let typed: String = fields.get("code").map(String::as_str).unwrap_or_default().chars().take(60).collect();
    let digits = nadwa_app::words::numbers::parse_code(&typed);
    let tries = Tries::of(&app, SecretKind::Card, &headers, connection);
    if tries.must_wait() {
        return answers::error_page(&app, &visitor, ErrorKind::TooMany);
    }
    let pass = app.rooms.conference().pass(&digits, app.rooms.clock().now());
    match pass.filter(|pass| !pass.issued.role.is_adult()) {
        Some(pass) => welcome(&app, &visitor, &pass).await,
        None => {
            tries.was_wrong();
            let page = visitor.page(&app);
            let refused: Refused = answers::refused(&page, &Refusal::NoSuchPass, typed);
            answers::html(&app, StatusCode::UNPROCESSABLE_ENTITY, card::card(&page, Some(refused)))
        }
    }
}

/// The tries that an address has at one kind of secret: asked before anything is compared (`G1`).
pub struct Tries<'a> {
    app: &'a App,
    kind: SecretKind,
    address: Option<IpAddr>,
}

impl<'a> Tries<'a> {
    /// Of whoever sends this request.
    pub fn of(app: &'a App, kind: SecretKind, headers: &HeaderMap, connection: SocketAddr) -> Self {
        Self { app, kind, address: guard::address(app, headers, Some(connection)) }
    }

    /// Whether nothing may be compared now.
    pub fn must_wait(&self) -> bool {
        self.app.limits.must_wait(self.kind, self.address, self.app.rooms.clock().now()).is_some()
    }

    /// What was compared was wrong.
    pub fn was_wrong(&self) {
        self.app.limits.was_wrong(self.kind, self.address, self.app.rooms.clock().now());
    }
}

/// Where a role works.
#[must_use]
pub fn home(conference: &Conference, pass: &Pass) -> Option<String> {
    let first = || conference.sessions.iter().find(|s| s.code.is_some()).map(|s| s.session);
    let session = || {
        let listing = conference.listing(pass.issued.session.or_else(first)?)?;
        // A closed meeting has no code: its members come by its id, which opens nothing without their card.
        Some(listing.code.as_ref().map_or_else(|| listing.session.to_string(), |code| code.as_str().to_owned()))
    };
    match pass.issued.role {
        Role::Organizer if conference.logins.contains_key(&pass.issued.id) => Some("/organizer".to_owned()),
        Role::Organizer if conference.logins.is_empty() => Some("/organizer".to_owned()),
        // Who came by an invitation chooses a secret first.
        Role::Organizer => Some("/organizer/secret".to_owned()),
        Role::Author => pass.issued.paper.map(|scope| format!("/papers/{}/write", scope.paper)),
        Role::Mentor => Some("/papers/table".to_owned()),
        Role::SafeguardingLead | Role::SafeguardingDeputy => Some("/safeguarding".to_owned()),
        Role::Steward => Some(format!("/s/{}/desk", session()?)),
        Role::Interpreter => Some(format!("/s/{}/interpreters", session()?)),
        Role::Presenter => Some(format!("/s/{}/stage", session()?)),
        Role::Member => Some(format!("/s/{}", session()?)),
        Role::Moderator | Role::CoModerator | Role::Timekeeper => Some(format!("/s/{}/console", session()?)),
    }
}
