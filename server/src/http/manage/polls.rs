//! The polls of a session, prepared before it opens: every kind, and pictures of one's own.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, FromRequestParts, Multipart, Path, Request, State};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::plan::Problem;
use nadwa_app::pages::plan::polls::{self as view, Polls};
use nadwa_app::parts::drawing::Drawing;
use nadwa_app::parts::poll_kind::kind_name;
use nadwa_app::words::manage as words;
use nadwa_domain::command::PlannedPoll;
use nadwa_domain::command::PollCommand;
use nadwa_domain::conference::Listing;
use nadwa_domain::ids::{FileId, PollId, SessionId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::erasing::pictures;
use nadwa_domain::session::poll::picture::{Picture, Pictured};
use nadwa_domain::session::poll::{MAX_OPTIONS, PollKind, Rule};
use nadwa_domain::{Command, Refusal, Said};
use tempfile::TempPath;

use crate::edge;
use crate::files::remake::{Checked, ORGANIZERS};
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{LINE, Organizing, Sent, Wrong, kept, organizer, put_said, sync};
use crate::http::papers::bring::receive;
use crate::http::polls::whole;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::rooms::session::SessionRoom;

/// Most bytes of one picture.
const MOST_BYTES: u64 = 12 * 1024 * 1024;
/// Most bytes of the form with six of them.
pub const LARGEST_FORM: usize = 6 * 12 * 1024 * 1024 + 64 * 1024;

/// Pictures as they came, each with the place of its option.
type Brought = BTreeMap<usize, TempPath>;

/// `GET /organizer/sessions/{id}/polls`, with a poll's form open if the address says so.
pub async fn page(Path(id): Path<String>, left: Left, o: Organizing) -> Response {
    let Some(listing) = listing(&o, &id) else { return o.nothing() };
    let open = left.get("poll").and_then(|poll| poll.parse::<PollId>().ok());
    show(&o, &listing, open, None, saved(o.r(), &left)).await
}

/// `POST /organizer/sessions/{id}/polls`: a new poll, or one written anew. Its id came with the form.
pub async fn save(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    let (o, brought) = match with_pictures(&app, request).await {
        Ok(sent) => sent,
        Err(refused) => return *refused,
    };
    let Some(listing) = listing(&o, &id) else { return o.nothing() };
    let outcome = match brought {
        Ok(brought) => write(&o, &listing, brought).await,
        Err(refusal) => Err(o.problem("kind", &refusal).into()),
    };
    match outcome {
        Ok(()) => answers::see(&format!("/organizer/sessions/{}/polls?done=1", listing.session)),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let open = o.sent.get("id").parse::<PollId>().ok();
            show(&o, &listing, open, Some(problem), None).await
        }
    }
}

fn listing(o: &Organizing, id: &str) -> Option<Listing> {
    o.conference().listing(id.parse::<SessionId>().ok()?).cloned()
}

/// The multipart form with its pictures; each is in a temporary file that is removed with this.
async fn with_pictures(app: &App, request: Request) -> Result<(Organizing, Result<Brought, Refusal>), Box<Response>> {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
    let Some(who) = organizer(app, &visitor) else {
        return Err(Box::new(answers::error_page(app, &visitor, ErrorKind::NotYours)));
    };
    let malformed = || Box::new(answers::error_page(app, &visitor, ErrorKind::Malformed));
    let request = Request::from_parts(parts, body);
    let mut form = Multipart::from_request(request, app).await.map_err(|_| malformed())?;
    let (pairs, brought) = read(&mut form).await.map_err(|()| malformed())?;
    Ok((Organizing { app: app.clone(), visitor, who, sent: Sent::of(pairs) }, brought))
}

/// Fields and pictures. A picture that is refused does not take the other fields with it.
async fn read(form: &mut Multipart) -> Result<(Vec<(String, String)>, Result<Brought, Refusal>), ()> {
    let (mut pairs, mut brought) = (Vec::new(), Ok(Brought::new()));
    while let Some(mut field) = form.next_field().await.map_err(drop)? {
        let name = field.name().unwrap_or_default().to_owned();
        let place = name.strip_prefix("file.").and_then(|place| place.parse::<usize>().ok());
        match place.filter(|place| *place < MAX_OPTIONS) {
            Some(place) if field.file_name().is_some_and(|name| !name.is_empty()) => {
                let received = receive(&mut field, MOST_BYTES).await;
                brought = brought.and_then(|mut all| {
                    all.insert(place, received?);
                    Ok(all)
                });
            }
            Some(_) => {}
            None => pairs.push((name, field.text().await.map_err(drop)?)),
        }
    }
    Ok((pairs, brought))
}

async fn write(o: &Organizing, listing: &Listing, brought: Brought) -> Result<(), Wrong> {
    // A session that was listed before it had a plan gets one now.
    sync::session(&o.app, listing.session).await.map_err(|failure| o.wrong("", failure))?;
    let room = o.app.rooms.session(listing.session).await.map_err(|error| o.wrong("", error.into()))?;
    let kind = kind(o).ok_or_else(|| o.problem("kind", &Refusal::BadPoll))?;
    let mut files = BTreeMap::new();
    if kind == PollKind::Pictures {
        for (place, path) in brought {
            let wrong = || o.says(&format!("option.{place}"), words::needs_picture(o.r()));
            files.insert(place, (FileId(edge::fresh_id()), anew(o, path).await.ok_or_else(wrong)?));
        }
    }
    let poll = planned(o, kind, &files)?;
    for (id, checked) in files.values() {
        if let Err(error) = o.app.files.keep_picture(*id, checked.kind, &checked.path).await {
            tracing::error!(%error, "a picture could not be kept");
            return Err(Wrong::Page(Box::new(answers::error_page(&o.app, &o.visitor, ErrorKind::NotSaved))));
        }
    }
    let before = room.look(|session, _| pictures(session));
    let acted = room.act(o.who, Command::Poll(PollCommand::PlanPoll(Box::new(poll)))).await;
    let brought = before.into_iter().chain(files.values().map(|(id, _)| *id));
    drop_unused(o, &room, brought).await;
    acted.map_err(|failure| o.wrong("kind", failure))
}

/// Pictures that no poll of the session shows any longer, or that came with a refused form.
async fn drop_unused(o: &Organizing, room: &SessionRoom, brought: impl Iterator<Item = FileId>) {
    let used = room.look(|session, _| pictures(session));
    for picture in brought.filter(|picture| !used.contains(picture)) {
        if let Err(error) = o.app.files.remove_picture(picture).await {
            tracing::warn!(%error, "a picture that nothing shows could not be removed");
        }
    }
}

/// The picture made anew: its pixels without metadata.
async fn anew(o: &Organizing, path: TempPath) -> Option<Checked> {
    let checked = o.app.files.made_anew(path, ORGANIZERS).await.ok()?;
    (checked.anew && checked.kind.is_picture()).then_some(checked)
}

fn planned(o: &Organizing, kind: PollKind, files: &BTreeMap<usize, (FileId, Checked)>) -> Result<PlannedPoll, Problem> {
    let said = |name: &str| o.sent.said(name, LINE).map_err(|refusal| o.problem(name, &refusal));
    let question = said("question")?;
    if question.0.is_empty() {
        return Err(o.problem("question", &Refusal::BadPoll));
    }
    let (mut options, mut pictures) = (Vec::new(), Vec::new());
    for place in (0..MAX_OPTIONS).filter(|_| kind.lists_options()) {
        let name = format!("option.{place}");
        let option = said(&name)?;
        let picture = picture(o, place, files).filter(|_| kind == PollKind::Pictures);
        let in_each = || o.langs().iter().all(|lang| option.0.contains_key(lang));
        if matches!(picture, Some(Pictured::Brought(_))) && !in_each() {
            return Err(o.says(&name, words::needs_names(o.r())));
        }
        if picture.is_some() || (kind != PollKind::Pictures && option != Said::default()) {
            options.push(option);
            pictures.extend(picture);
        }
    }
    let id = o.sent.get("id").parse().unwrap_or_else(|_| PollId(edge::fresh_id()));
    let rule = Rule { kind, pictures, apart: o.sent.is_on("apart"), seats: o.sent.is_on("seats") };
    Ok(PlannedPoll { id, question, options, rule })
}

/// A picture that came now, one that was brought before, or one of ours.
fn picture(o: &Organizing, place: usize, files: &BTreeMap<usize, (FileId, Checked)>) -> Option<Pictured> {
    let field = |name: &str| o.sent.get(&format!("{name}.{place}")).to_owned();
    let ours = || Picture::parse(&field("picture")).map(Pictured::Ours);
    let before = || field("kept").parse().ok().map(Pictured::Brought);
    files.get(&place).map(|(id, _)| Pictured::Brought(*id)).or_else(ours).or_else(before)
}

fn kind(o: &Organizing) -> Option<PollKind> {
    let number = |name: &str, or: i64| match o.sent.get(name).trim() {
        "" => Some(or),
        typed => whole(typed),
    };
    match o.sent.get("kind") {
        "several" => Some(PollKind::Several { most: u8::try_from(number("most", 2)?).ok()? }),
        "estimate" => Some(PollKind::Estimate { low: number("low", 0)?, high: number("high", 100)? }),
        name => PollKind::of_key(name),
    }
}

/// The page; with a problem the form holds what was typed.
async fn show(
    o: &Organizing,
    listing: &Listing,
    open: Option<PollId>,
    problem: Option<Problem>,
    done: Option<String>,
) -> Response {
    let room = match o.app.rooms.session(listing.session).await {
        Ok(room) => room,
        Err(_) => return o.nothing(),
    };
    let (lang, refused) = (o.r().lang, problem.is_some());
    let (polls, phase) = room.look(|session, _| {
        (session.polls.iter().map(nadwa_domain::session::poll::Poll::as_planned).collect::<Vec<_>>(), session.phase)
    });
    let known = open.and_then(|open| polls.iter().find(|poll| poll.id == open));
    let form = match problem {
        Some(problem) => nadwa_app::pages::plan::Filled { problem: Some(problem), ..o.sent.filled() },
        None => kept(fields_of(known), done),
    };
    let brought = (0..MAX_OPTIONS).map(|place| form.value(&format!("kept.{place}")).parse().ok().map(Drawing::Brought));
    let data = Polls {
        session: listing.session.to_string(),
        title: listing.title.for_reader(lang),
        editable: phase == Phase::Planned,
        polls: polls
            .iter()
            .map(|poll| (poll.id.to_string(), poll.question.for_reader(lang), kind_name(o.r(), poll.rule.kind)))
            .collect(),
        open: known.is_some(),
        langs: o.langs(),
        brought: brought.collect(),
        form,
    };
    let here = format!("/organizer/sessions/{}/polls", listing.session);
    o.page(refused, view::polls(&o.at(&here), data))
}

fn fields_of(poll: Option<&PlannedPoll>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::from([
        ("most".to_owned(), "2".to_owned()),
        ("low".to_owned(), "0".to_owned()),
        ("high".to_owned(), "100".to_owned()),
    ]);
    let mut put = |name: &str, value: String| drop(fields.insert(name.to_owned(), value));
    let Some(poll) = poll else {
        put("id", edge::fresh_id().to_string());
        put("kind", "agree".to_owned());
        return fields;
    };
    put("id", poll.id.to_string());
    put("kind", poll.rule.kind.key().to_owned());
    match poll.rule.kind {
        PollKind::Several { most } => put("most", most.to_string()),
        PollKind::Estimate { low, high } => {
            put("low", low.to_string());
            put("high", high.to_string());
        }
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Agree
        | PollKind::Happy
        | PollKind::Pictures
        | PollKind::Dots
        | PollKind::Ranking
        | PollKind::Words
        | PollKind::Wave => {}
    }
    for (name, _) in [("apart", poll.rule.apart), ("seats", poll.rule.seats)].into_iter().filter(|(_, on)| *on) {
        put(name, "on".to_owned());
    }
    for (place, picture) in poll.rule.pictures.iter().enumerate() {
        match picture {
            Pictured::Ours(picture) => put(&format!("picture.{place}"), picture.as_str().to_owned()),
            Pictured::Brought(file) => put(&format!("kept.{place}"), file.to_string()),
        }
    }
    put_said(&mut fields, "question", &poll.question);
    for (place, option) in poll.options.iter().enumerate() {
        put_said(&mut fields, &format!("option.{place}"), option);
    }
    fields
}
