//! Who is at a paper: its authors by their pass, mentors and organizers by theirs.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::Refused;
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::PaperId;
use nadwa_domain::paper::act::PaperAct;
use nadwa_domain::{Refusal, Role, Who};
use uuid::Uuid;

use crate::http::call::{failed, wants_json};
pub use crate::http::forms::graphemes;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::rooms::Failure;
use crate::rooms::papers::PaperRoom;
/// Somebody at a paper that exists.
pub struct Desk {
    /// Everything that handlers reach.
    pub app: App,
    /// Who came.
    pub visitor: Visitor,
    /// The paper's room.
    pub room: Arc<PaperRoom>,
    /// The second id of the path, if there is one.
    pub id: Option<Uuid>,
    /// Whether the page listens for JSON.
    pub json: bool,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        let json = wants_json(&parts.headers);
        let unknown = || failed(app, &visitor, json, ErrorKind::NotFound, "Unknown");
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(|_| unknown())?;
        let part = |name| path.iter().find(|(key, _)| *key == name).and_then(|(_, value)| Uuid::parse_str(value).ok());
        let paper = part("paper").map(PaperId).ok_or_else(unknown)?;
        let named = path.iter().any(|(key, _)| key == "id");
        let id = part("id");
        if named && id.is_none() {
            return Err(unknown());
        }
        match app.rooms.paper(paper).await {
            Ok(Some(room)) => Ok(Self { app: app.clone(), visitor, room, id, json }),
            Ok(None) => Err(unknown()),
            Err(error) => {
                tracing::error!(%error, "a paper could not be read");
                Err(failed(app, &visitor, json, ErrorKind::Broken, "NotSaved"))
            }
        }
    }
}

/// On which page a press came, and comes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The authors'.
    Write,
    /// The mentors' and organizers'.
    Read,
}

impl Desk {
    /// The paper's id.
    #[must_use]
    pub fn paper(&self) -> PaperId {
        self.room.state().id
    }

    /// An author's pass for this paper, on this device.
    #[must_use]
    pub fn author(&self) -> Option<Pass> {
        let paper = self.paper();
        self.visitor.passes(&self.app).into_iter().find(|pass| pass.writes(paper))
    }

    /// A mentor's or an organizer's pass on this device; organizers decide more.
    #[must_use]
    pub fn reader(&self) -> Option<Pass> {
        self.visitor
            .pass_with(&self.app, |role| role == Role::Organizer, None)
            .or_else(|| self.visitor.pass_with(&self.app, |role| role == Role::Mentor, None))
    }

    /// Whoever on this device may do `act` to this very paper.
    fn who_may(&self, act: &PaperAct) -> Option<Pass> {
        let paper = self.paper();
        let passes = self.visitor.passes(&self.app);
        let here = |pass: &Pass| pass.issued.role != Role::Author || pass.writes(paper);
        passes.into_iter().find(|pass| here(pass) && nadwa_domain::paper::act::may(pass.who(), act))
    }

    /// Does it, as whoever may.
    ///
    /// # Errors
    /// [`Failure`]: not theirs, refused, not saved.
    pub async fn act(&self, act: &PaperAct) -> Result<Who, Failure> {
        let pass = self.who_may(act).ok_or(Failure::Refused(Refusal::NotYours))?;
        let late = pass.issued.paper.and_then(|scope| scope.late_until);
        self.app.rooms.act_on_paper(&self.room, pass.who(), act, late).await?;
        Ok(pass.who())
    }

    /// Does it, and answers with the page that it belongs to.
    pub async fn press(&self, act: Result<PaperAct, Refusal>, back: Back, typed: &str) -> Response {
        let outcome = match act {
            Ok(act) => self.act(&act).await.map(drop),
            Err(refusal) => Err(Failure::Refused(refusal)),
        };
        self.answer(outcome, back, typed).await
    }

    /// What became of it.
    pub async fn answer(&self, outcome: Result<(), Failure>, back: Back, typed: &str) -> Response {
        match outcome {
            Ok(()) if self.json => axum::Json(nadwa_app::wire::Answer::default()).into_response(),
            Ok(()) => answers::see(&self.path(back)),
            Err(Failure::Refused(refusal)) => self.refuse(&refusal, back, typed).await,
            Err(Failure::NotSaved(_) | Failure::Stopping) => {
                failed(&self.app, &self.visitor, self.json, ErrorKind::NotSaved, "NotSaved")
            }
        }
    }

    /// A refusal: an object with the sentence, or the page again with the sentence beside what was typed.
    pub async fn refuse(&self, refusal: &Refusal, back: Back, typed: &str) -> Response {
        let page = self.visitor.page(&self.app);
        if self.json {
            return answers::refusal_json(&page, refusal, None);
        }
        if *refusal == Refusal::NotYours {
            return self.not_yours();
        }
        let refused = answers::refused(&page, refusal, typed.to_owned());
        self.again(answers::refusal_status(refusal), refused, back).await
    }

    /// The page again, with a sentence beside what was typed.
    pub async fn again(&self, status: axum::http::StatusCode, refused: Refused, back: Back) -> Response {
        let visitor = self.visitor.back_at(self.path(back));
        let desk = Self { visitor, app: self.app.clone(), room: Arc::clone(&self.room), ..*self };
        match back {
            Back::Write => super::write::write_page(&desk, status, Some(refused), vec![]).await,
            Back::Read => super::read::read_page(&desk, status, Some(refused)).await,
        }
    }

    /// Somebody without a pass for this is told so.
    pub fn not_yours(&self) -> Response {
        let gone = self.visitor.has_secrets() && self.visitor.passes(&self.app).is_empty();
        let kind = if gone { ErrorKind::PassGone } else { ErrorKind::NotYours };
        failed(&self.app, &self.visitor, self.json, kind, "NotYours")
    }

    fn path(&self, back: Back) -> String {
        let page = if back == Back::Write { "write" } else { "read" };
        format!("/papers/{}/{page}", self.paper())
    }

    /// The second id of the path.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] if there is none.
    pub fn id<T>(&self, make: impl FnOnce(Uuid) -> T) -> Result<T, Refusal> {
        self.id.map(make).ok_or(Refusal::Unknown)
    }
}
