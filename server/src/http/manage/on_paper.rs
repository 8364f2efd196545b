//! What one session needs on paper (`F9`, `N7`): one page, in the reader's language, to be printed and cut.

use axum::extract::Path;
use axum::response::Response;
use nadwa_app::pages::HelplineView;
use nadwa_app::pages::plan::on_paper::{self as view, OnPaper, PartOnPaper};
use nadwa_domain::Phrase;
use nadwa_domain::conference::Conference;
use nadwa_domain::ids::PersonId;
use nadwa_domain::session::plan::PlannedSlot;

use crate::http::fates::receipts;
use crate::http::manage::show::{listing, refuse};
use crate::http::manage::{Organizing, sync};
use crate::http::public;
use crate::zone;

/// `GET /organizer/sessions/{id}/paper`.
pub async fn page(Path(id): Path<String>, o: Organizing) -> Response {
    let Some(listing) = listing(&o, &id) else { return o.nothing() };
    // A session that was listed before it had a plan gets one now.
    if let Err(failure) = sync::session(&o.app, listing.session).await {
        return refuse(&o, o.wrong("", failure));
    }
    let room = match o.app.rooms.session(listing.session).await {
        Ok(room) => room,
        Err(error) => return refuse(&o, o.wrong("", error.into())),
    };
    let lang = o.r().lang;
    let (plan, rules) = room.look(|session, _| {
        let rules: Vec<Phrase> = session.rules.iter().map(|rule| rule.for_reader(lang)).collect();
        (session.as_planned(), rules)
    });
    let Some(plan) = plan else { return o.nothing() };
    let conference = o.conference();
    let polls = plan.polls.iter().map(|poll| {
        let options = poll.options.iter().map(|option| option.for_reader(lang)).collect();
        (poll.question.for_reader(lang), options)
    });
    let data = OnPaper {
        id: listing.session.to_string(),
        title: listing.title.for_reader(lang),
        starts_at: plan.starts_at,
        utc_offset: zone::offset(&conference, plan.starts_at),
        parts: plan.slots.iter().map(|slot| part(&o, slot)).collect(),
        polls: polls.collect(),
        rules,
        helplines: helplines(&o, &conference),
        safe_place: conference.safe_place.for_reader(lang),
        receipts: (0..view::SLIPS).map(|_| receipts::for_slip(&o.app, o.r())).collect(),
    };
    o.page(false, view::on_paper(&o.at(&format!("/organizer/sessions/{id}/paper")), data))
}

fn part(o: &Organizing, slot: &PlannedSlot) -> PartOnPaper {
    let lang = o.r().lang;
    let name = |id: &PersonId| o.app.rooms.name_of(*id).map(|name| name.for_reader(lang));
    PartOnPaper {
        kind: slot.kind,
        title: slot.title.for_reader(lang),
        who: slot.speakers.iter().filter_map(name).collect(),
        planned: slot.planned,
        cue: slot.cue.for_reader(lang),
    }
}

/// Paper stays in pockets: a number that nobody dialled is not on it (`N3`).
fn helplines(o: &Organizing, conference: &Conference) -> Vec<HelplineView> {
    let lines = conference.confirmed_helplines();
    lines.into_iter().map(|line| public::helpline_view(conference, line, o.r().lang)).collect()
}
