//! Passes: by link, by the code on a card, by name and secret.
//!
//! Children's links begin with `/p/`, adults' with `/a/`, and neither opens the other (`S17`). A child may type the
//! card's code instead; an organizer has a name and a secret.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::{Refused, card};
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::{Refusal, Role};

use crate::costly::Queue;
use crate::http::doors::Shown;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, leaving};
use crate::permits::buckets::Wait;
use crate::permits::{CardNumber, OldCardNumber, OnCards, Permit};
use crate::rooms::Failure;
use crate::secrets;

/// `POST /p`: what a child's card shows to a camera, or the number on it.
pub async fn enter_as_child(State(app): State<App>, visitor: Visitor, Form(shown): Form<Shown>) -> Response {
    enter(&app, &visitor, &shown.secret, |role| !role.is_adult()).await
}

/// `POST /a`.
pub async fn enter_as_adult(State(app): State<App>, visitor: Visitor, Form(shown): Form<Shown>) -> Response {
    enter(&app, &visitor, &shown.secret, Role::is_adult).await
}

async fn enter(app: &App, visitor: &Visitor, secret: &str, fits: impl Fn(Role) -> bool) -> Response {
    let pass = match by_link(app, visitor, secret).await {
        Ok(pass) => pass.filter(|pass| fits(pass.issued.role)),
        Err(wait) => return answers::wait(app, visitor, wait),
    };
    // Whoever has chosen a secret signs in with it: the link has done its work.
    let pass = pass.filter(|pass| !app.rooms.conference().state().logins.contains_key(&pass.issued.id));
    match pass {
        // The link stands in the history of a device that was handed on; whoever has the card reads its code.
        Some(pass) if pass.left && (!pass.issued.link.is_empty() || may_be_a_card(secret)) => {
            let page = visitor.page(app);
            let sentence = nadwa_app::words::card::type_code(page.reader).to_owned();
            let refused = Refused { sentence, field: "code".to_owned(), ..Refused::default() };
            answers::html(app, StatusCode::FORBIDDEN, card::card(&page, Some(refused)))
        }
        Some(pass) => welcome(app, visitor, &pass).await,
        None => answers::error_page(app, visitor, ErrorKind::PassGone),
    }
}

/// The pass with the secret of a link, if it works now. What an early version printed in a card's square is the number
/// that a child types, and it may be typed at this door, too: it is counted as such.
async fn by_link(app: &App, visitor: &Visitor, secret: &str) -> Result<Option<Pass>, Wait> {
    let typed: String = secret.chars().take(60).collect();
    let digits = nadwa_app::words::numbers::parse_code(&typed);
    if may_be_a_card(&digits) {
        return by_number(app, visitor, digits).await;
    }
    Ok(app.rooms.conference().pass(secret, app.rooms.clock().now(), Permit::long()))
}

/// The pass with a number that was typed, if it works now. What is no number of a card is not looked for.
///
/// # Errors
/// [`Wait`] if too many wrong ones came from there.
pub async fn by_number(app: &App, visitor: &Visitor, digits: String) -> Result<Option<Pass>, Wait> {
    match digits.len() {
        CardNumber::DIGITS => looked_up::<CardNumber>(app, visitor, digits).await,
        OldCardNumber::DIGITS => looked_up::<OldCardNumber>(app, visitor, digits).await,
        _ => Ok(None),
    }
}

/// Whether so many digits may stand on a card.
#[must_use]
pub const fn may_be_a_card(digits: &str) -> bool {
    digits.len() == CardNumber::DIGITS || digits.len() == OldCardNumber::DIGITS
}

/// One look takes milliseconds: few at once, and more wait than a hall types at once (`G2`).
static LOOKING: LazyLock<Queue> = LazyLock::new(|| Queue::new(2, 500));

async fn looked_up<S: OnCards + 'static>(app: &App, visitor: &Visitor, digits: String) -> Result<Option<Pass>, Wait> {
    let (conference, now) = (app.rooms.conference().state(), app.rooms.clock().now());
    let compare = move |permit: Permit<S>| secrets::pass_by_code(&conference, &digits, now, permit);
    app.permits.look(&LOOKING, (visitor.caller(), app.rooms.clock()), compare).await
}

/// Signs the device in and shows where the role works.
pub async fn welcome(app: &App, visitor: &Visitor, pass: &Pass) -> Response {
    let Some(place) = home(&app.rooms.conference().state(), pass) else {
        return answers::error_page(app, visitor, ErrorKind::PassGone);
    };
    if let Err(refusal) = app.rooms.conference().state().may_come_in(pass, &visitor.passes_and_asleep(app)) {
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

/// `GET /card`: where a child types the number of a card. Whoever has looked at it is counted for itself.
pub async fn card_page(State(app): State<App>, visitor: Visitor) -> Response {
    let (_, cookie) = visitor.phone_at_page(&app);
    answers::with_cookie(answers::html(&app, StatusCode::OK, card::card(&visitor.page(&app), None)), cookie)
}

/// `POST /card`.
pub async fn enter_by_code(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let typed: String = fields.get("code").map(String::as_str).unwrap_or_default().chars().take(60).collect();
    let digits = nadwa_app::words::numbers::parse_code(&typed);
    match by_number(&app, &visitor, digits).await {
        Ok(Some(pass)) if !pass.issued.role.is_adult() => welcome(&app, &visitor, &pass).await,
        Ok(_) => {
            let page = visitor.page(&app);
            let refused: Refused = answers::refused(&page, &Refusal::NoSuchPass, typed);
            answers::html(&app, StatusCode::UNPROCESSABLE_ENTITY, card::card(&page, Some(refused)))
        }
        Err(wait) => answers::wait(&app, &visitor, wait),
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
        Role::Respondent => Some("/answers".to_owned()),
        Role::SafeguardingLead | Role::SafeguardingDeputy => Some("/safeguarding".to_owned()),
        // Adults get their cards before the programme is made: until then, where it will be.
        Role::Steward => Some(session().map_or_else(|| "/desk".to_owned(), |code| format!("/s/{code}/desk"))),
        Role::Interpreter => {
            Some(session().map_or_else(|| "/programme".to_owned(), |code| format!("/s/{code}/interpreters")))
        }
        Role::Presenter => Some(format!("/s/{}/stage", session()?)),
        Role::Member => Some(format!("/s/{}", session()?)),
        Role::Moderator | Role::CoModerator | Role::Timekeeper => Some(format!("/s/{}/console", session()?)),
    }
}
