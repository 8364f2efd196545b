//! Whether an answer is enough (`P5`), as phones say it. Nothing of the phone is kept: it counts under an id that this
//! server alone can derive, another one for each recommendation.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::outcomes::Outcome;
use nadwa_domain::conference::verdicts::{Judged, Verdict};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PhoneId, RecommendationId, VoiceId};
use nadwa_domain::{Instant, Who};
use uuid::Uuid;

use crate::http::floods::Flood;
use crate::http::forms::word;
use crate::http::manage::Sent;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::permits::buckets::Wait;
use crate::rooms::Failure;

fn voice(app: &App, id: RecommendationId, phone: PhoneId) -> VoiceId {
    let derived = app.phones.key_for(&format!("enough {id} {phone}"));
    VoiceId(Uuid::from_bytes(std::array::from_fn(|place| derived[place])))
}

/// Whether it is children who read here: no adult's pass is on the device.
fn may(app: &App, visitor: &Visitor) -> bool {
    !visitor.passes(app).iter().any(|pass| pass.issued.role.is_adult())
}

/// Asks the reader's phone of each answer, and shows it what it has said.
pub(super) fn ask(app: &App, visitor: &Visitor, conference: &Conference, all: &mut [Outcome]) {
    if !may(app, visitor) {
        return;
    }
    for outcome in all {
        let Ok(id) = outcome.id.parse::<RecommendationId>() else { continue };
        let verdicts = conference.recommendations.get(&id).map(|known| &known.verdicts);
        let own = visitor.phone().map(|phone| voice(app, id, phone));
        outcome.asks = Some(own.and_then(|own| verdicts?.get(&own).copied()));
    }
}

/// `POST /outcomes/{id}/enough`.
pub async fn enough(State(app): State<App>, mut visitor: Visitor, Path(id): Path<String>, body: Bytes) -> Response {
    let sent = Sent::read(&body).unwrap_or_default();
    let known = id.parse::<RecommendationId>().ok();
    let number = known.and_then(|id| Some(app.rooms.conference().state().recommendations.get(&id)?.number));
    let (Some(id), Some(number)) = (known, number) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    };
    if !may(&app, &visitor) {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    }
    let Some(verdict) = word::<Verdict>(Some(sent.get("verdict"))) else {
        return answers::error_page(&app, &visitor, ErrorKind::Malformed);
    };
    let (phone, cookie) = visitor.phone_at_press(&app);
    // Of what one program says for many invented phones, little counts (`G3`).
    if !visitor.standing(&app, &phone, Flood::Texts).alone {
        return answers::wait(&app, &visitor, Wait::A_MOMENT);
    }
    let seen = Instant(sent.get("seen").parse().unwrap_or_default());
    let judged = Judged { id, voice: voice(&app, id, phone.id), verdict, seen };
    let response = match app.rooms.conference().act_all(Who::Server, &[Act::Judge(judged)]).await {
        // The answer changed meanwhile: it is read anew before anybody judges it.
        Ok(()) | Err(Failure::Refused(_)) => answers::see(&format!("/outcomes#r-{number}")),
        Err(Failure::NotSaved(error)) => {
            tracing::error!(%error, "what a phone said of an answer was not saved");
            answers::error_page(&app, &visitor, ErrorKind::NotSaved)
        }
        Err(Failure::Stopping) => answers::error_page(&app, &visitor, ErrorKind::NotSaved),
    };
    answers::with_cookie(response, cookie)
}
