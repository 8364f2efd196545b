//! A session's report in other forms (`R2`): as tables for a spreadsheet and as JSON, live until the session ends and final
//! then. No name and no question stands in them, and of a closed meeting there is none (`S18`).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::counted;
use nadwa_app::parts::moment::slot_name;
use nadwa_app::parts::results::labels;
use nadwa_app::words::{Reader, audience, manage, numbers, plan, report as words};
use nadwa_domain::conference::Listing;
use nadwa_domain::view::PollView;
use nadwa_domain::view::counted::QuestionCounts;
use nadwa_domain::view::poll::{PollState, Results};
use nadwa_domain::view::report::{Held, ReportView};
use nadwa_domain::{Choice, Instant, Role, Span, view};
use serde_json::{Value, json};

use crate::http::call::find;
use crate::http::manage::export::{Table, csv, xlsx};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages};
use crate::rooms::session::SessionRoom;
use crate::zone;

/// A session's report as whoever is on this device may read it.
///
/// # Errors
/// The page that says why not.
async fn read(app: &App, visitor: &Visitor, code: &str) -> Result<(Listing, ReportView), Box<Response>> {
    let found = find(app, visitor, code).await.map_err(|kind| Box::new(answers::error_page(app, visitor, kind)))?;
    let (listing, room) = found;
    let fits = |role: Role| role.moderates() || role.supports();
    if !listing.is_public() || visitor.pass_with(app, fits, Some(listing.session)).is_none() {
        return Err(Box::new(pages::not_yours(app, visitor)));
    }
    let view = of(app, visitor, &listing, &room);
    Ok((listing, view))
}

/// A session's report now. Of a closed meeting nothing is counted (`S18`).
pub fn of(app: &App, visitor: &Visitor, listing: &Listing, room: &SessionRoom) -> ReportView {
    let (conference, now) = (app.rooms.conference().state(), app.rooms.clock().now());
    let group = |person| conference.people.get(&person).map(|person| person.about.group);
    room.look(|session, hall| {
        let view = view::report::report(session, hall, visitor.reader.lang, now);
        if listing.is_public() { view.with_counts(session, visitor.reader.lang, group) } else { view }
    })
}

/// `GET /s/{code}/report.csv`.
pub async fn as_csv(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    match read(&app, &visitor, &code).await {
        Ok((listing, view)) => csv(&table(&app, visitor.reader, &listing, &view)),
        Err(page) => *page,
    }
}

/// `GET /s/{code}/report.xlsx`.
pub async fn as_xlsx(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    match read(&app, &visitor, &code).await {
        Ok((listing, view)) => xlsx(&app, &visitor, &table(&app, visitor.reader, &listing, &view)),
        Err(page) => *page,
    }
}

/// `GET /s/{code}/report.json`.
pub async fn as_json(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    match read(&app, &visitor, &code).await {
        Ok((_, view)) => Json(object(visitor.reader, &view)).into_response(),
        Err(page) => *page,
    }
}

/// What it is about, what it is, as planned, as it was: in the reader's words.
fn table(app: &App, r: Reader, listing: &Listing, view: &ReportView) -> Table {
    let offset = zone::offset(&app.rooms.conference().state(), listing.starts_at);
    let time = |at: Instant| numbers::time_of_day(r, at, offset);
    let mut rows = Vec::new();
    let mut row = |section: &str, name: &str, planned: String, actual: String| {
        rows.push(vec![section.to_owned(), name.to_owned(), planned, actual]);
    };
    for (name, (planned, actual)) in [(plan::began(r), view.begins), (plan::ended(r), view.ends)] {
        row(manage::run_of_show(r), name, time(planned), actual.map(time).unwrap_or_default());
    }
    for (part, held) in &view.parts {
        let title = if part.title.is_empty() { slot_name(r, part.kind) } else { &part.title.text };
        let took = match held {
            Held::Took(took) => numbers::clock(r, whole_seconds(*took)),
            Held::ToCome => plan::to_come(r).to_owned(),
            Held::Not => plan::not_held(r).to_owned(),
        };
        row(manage::run_of_show(r), title, numbers::clock(r, part.planned), took);
    }
    for (name, time) in &view.groups {
        let name = if name.is_empty() { plan::others(r) } else { &name.text };
        row(plan::groups(r), name, String::new(), numbers::clock(r, whole_seconds(*time)));
    }
    if let Some(counts) = &view.questions {
        let all = [
            (words::speaking(r), counted::speaking(r, &view.speaking)),
            (words::questions(r), counted::questions(r, counts)),
            (words::languages(r), counted::languages(r, counts)),
            (words::asked_by(r), counted::asked_by(r, counts)),
        ];
        for (section, lines) in all {
            lines.into_iter().for_each(|(name, count)| row(section, &name, String::new(), count));
        }
    }
    for poll in &view.polls {
        for (label, count) in answers_of(r, poll) {
            row(&poll.question.text, &label, String::new(), count.map(|n| n.to_string()).unwrap_or_default());
        }
    }
    let heads = [words::section(r), words::what(r), plan::planned(r), plan::actual(r)].map(str::to_owned).to_vec();
    Table { name: "report", heads, rows }
}

const fn whole_seconds(span: Span) -> Span {
    Span(span.0 - span.0.rem_euclid(1000))
}

/// What each answer of a shown poll got; too few are one line without a number (`F7`).
fn answers_of(r: Reader, poll: &PollView) -> Vec<(String, Option<u32>)> {
    let PollState::Shown(results) = &poll.state else { return Vec::new() };
    let rather_not = |count| (audience::rather_not(r).to_owned(), Some(count));
    match results {
        Results::TooFew => vec![(audience::results_few(r).to_owned(), None)],
        Results::Counts(counts) => {
            let options =
                labels(r, poll).into_iter().map(|label| label.text).zip(counts.options.iter().copied().map(Some));
            options.chain([rather_not(counts.rather_not)]).collect()
        }
        Results::Cloud { words, rather_not: aside, .. } => {
            let said = words.iter().map(|word| (word.text.text.clone(), Some(word.count)));
            said.chain([rather_not(*aside)]).collect()
        }
    }
}

fn object(r: Reader, view: &ReportView) -> Value {
    let seconds = |span: Span| span.0 / 1000;
    let part = |(part, held): &(view::SlotView, Held)| {
        let (state, took) = match held {
            Held::Took(took) => ("took", Some(seconds(*took))),
            Held::ToCome => ("to_come", None),
            Held::Not => ("not_held", None),
        };
        json!({"kind": part.kind.key(), "title": part.title.text, "planned": seconds(part.planned), "state": state, "actual": took})
    };
    let poll = |poll: &PollView| {
        let few = matches!(poll.state, PollState::Shown(Results::TooFew));
        let answers: Vec<Value> = answers_of(r, poll)
            .into_iter()
            .filter(|_| !few)
            .map(|(label, count)| json!({"label": label, "count": count}))
            .collect();
        json!({"question": poll.question.text, "too_few": few, "answers": answers})
    };
    let speaking = &view.speaking;
    json!({
        "title": view.title.text,
        "language": r.lang.tag(),
        "begins": {"planned": view.begins.0.0, "actual": view.begins.1.map(|at| at.0)},
        "ends": {"planned": view.ends.0.0, "actual": view.ends.1.map(|at| at.0)},
        "parts": view.parts.iter().map(part).collect::<Vec<_>>(),
        "groups": view.groups.iter().map(|(name, time)| json!({"name": name.text, "seconds": seconds(*time)})).collect::<Vec<_>>(),
        "turns": view.turns,
        "speaking": {
            "children": seconds(speaking.children), "adults": seconds(speaking.adults),
            "hall": seconds(speaking.hall), "others": seconds(speaking.others),
        },
        "questions": view.questions.as_ref().map(questions),
        "polls": view.polls.iter().map(poll).collect::<Vec<_>>(),
    })
}

fn questions(counts: &QuestionCounts) -> Value {
    let not_used: Vec<Value> =
        counts.not_used.iter().map(|(reason, count)| json!({"reason": reason, "count": count})).collect();
    let languages: Vec<Value> = counts
        .languages
        .iter()
        .map(|(lang, count)| json!({"language": lang.map(|lang| lang.tag()), "count": count}))
        .collect();
    let (children, adults, unsaid) = counts.asked_by;
    json!({
        "reached": counts.reached, "answered": counts.answered, "owed": counts.owed, "open": counts.open,
        "held": counts.held, "not_used": not_used, "languages": languages,
        "asked_by": {"children": children, "adults": adults, "unsaid": unsaid},
    })
}
