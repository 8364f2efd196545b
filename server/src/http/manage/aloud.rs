//! What pages read aloud (`A15`): organizers bring a recording of each passage, hear it, and take it away.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Path, Request, State};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::plan::aloud::{self as view, KINDS, PassageView, ReadAloud};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{aloud as words, numbers, refusals};
use nadwa_domain::conference::Act;
use nadwa_domain::conference::aloud::{Passage, Recording};
use nadwa_domain::ids::FileId;
use nadwa_domain::{Refusal, Span};
use tempfile::TempPath;

use crate::edge;
use crate::files::remake::{Checked, ORGANIZERS};
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{Organizing, Sent, Wrong, organizer};
use crate::http::papers::bring::receive;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// Most bytes of a recording: a phone loads it over the venue's network.
const MOST_BYTES: u64 = 2 * 1024 * 1024;
/// How long it may be, in seconds, where it says so.
const LONGEST: u16 = 60;
/// Most bytes of the form: what is too large is still read, so that the sentence arrives.
pub const LARGEST_FORM: usize = 64 * 1024 * 1024;

/// `GET /organizer/recordings`.
pub async fn page(left: Left, o: Organizing) -> Response {
    show(&o, Filled { done: saved(o.r(), &left), ..Filled::default() })
}

fn show(o: &Organizing, form: Filled) -> Response {
    let (conference, page) = (o.conference(), o.at("/organizer/recordings"));
    let seen = |passage: Passage| {
        let brought = conference.recordings.get(&passage);
        PassageView {
            passage,
            address: page.recordings.address_of(passage),
            brought: brought.is_some(),
            seconds: brought.and_then(|recording| recording.seconds),
        }
    };
    let passages = view::passages().into_iter().map(seen).collect();
    let refused = form.problem.is_some();
    let data = ReadAloud { passages, most_bytes: MOST_BYTES, longest: longest(), form };
    o.page(refused, view::aloud(&page, data))
}

fn longest() -> Span {
    Span::seconds(LONGEST.into())
}

/// `POST /organizer/recordings/{passage}`: a form with one file, which takes the place of the one before.
pub async fn bring(State(app): State<App>, Path(key): Path<String>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let Some(who) = organizer(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let o = Organizing { app: app.clone(), visitor, who, sent: Sent::default() };
    let Some(passage) = Passage::parse(&key) else { return o.nothing() };
    let outcome = match Multipart::from_request(Request::from_parts(parts, body), &app).await {
        Ok(form) => take(&o, passage, form).await,
        Err(_) => Err(refused(&o, passage, &Refusal::FileCutOff)),
    };
    answer(&o, &key, outcome)
}

/// `POST /organizer/recordings/{passage}/remove`.
pub async fn remove(Path(key): Path<String>, o: Organizing) -> Response {
    let Some(passage) = Passage::parse(&key) else { return o.nothing() };
    let before = o.conference().recordings.get(&passage).copied();
    let outcome = o.act(&key, &[Act::RemoveRecording(passage)]).await;
    if outcome.is_ok() {
        erase(&o, before).await;
    }
    answer(&o, &key, outcome)
}

fn answer(o: &Organizing, key: &str, outcome: Result<(), Wrong>) -> Response {
    match outcome {
        Ok(()) => answers::see(&format!("/organizer/recordings?done=1#{key}")),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => show(o, Filled { problem: Some(problem), ..Filled::default() }),
    }
}

async fn take(o: &Organizing, passage: Passage, mut form: Multipart) -> Result<(), Wrong> {
    loop {
        let Ok(next) = form.next_field().await else { return Err(refused(o, passage, &Refusal::FileCutOff)) };
        let Some(mut field) = next else { break };
        if field.name() == Some("file") && field.file_name().is_some_and(|name| !name.is_empty()) {
            let path = receive(&mut field, MOST_BYTES).await.map_err(|refusal| refused(o, passage, &refusal))?;
            return keep(o, passage, path).await;
        }
    }
    Err(says(o, passage, words::no_file(o.r())))
}

async fn keep(o: &Organizing, passage: Passage, path: TempPath) -> Result<(), Wrong> {
    let checked = listen(o, path).await.map_err(|refusal| refused(o, passage, &refusal))?;
    let seconds = checked.seconds;
    if seconds.is_some_and(|seconds| seconds > LONGEST) {
        let time = numbers::spoken_span(o.r(), longest());
        return Err(says(o, passage, &words::too_long(o.r(), &time)));
    }
    let recording = Recording { passage, file: FileId(edge::fresh_id()), kind: checked.kind, seconds };
    if let Err(error) = o.app.files.keep_recording(recording.file, recording.kind, &checked.path).await {
        tracing::error!(%error, "a recording could not be kept");
        return Err(Wrong::Page(Box::new(answers::error_page(&o.app, &o.visitor, ErrorKind::NotSaved))));
    }
    let before = o.conference().recordings.get(&passage).copied();
    let acted = o.act(&passage.key(), &[Act::SetRecording(recording)]).await;
    erase(o, if acted.is_ok() { before } else { Some(recording) }).await;
    acted
}

/// The recording made anew, without what a telephone wrote into it; and how long it is, if it says so.
async fn listen(o: &Organizing, path: TempPath) -> Result<Checked, Refusal> {
    let checked = o.app.files.made_anew(path, ORGANIZERS).await?;
    if !checked.kind.is_sound() {
        return Err(Refusal::FileOfOtherKind);
    }
    // Everybody hears it: as it was brought it is not taken.
    if checked.anew { Ok(checked) } else { Err(Refusal::FileBroken) }
}

/// The file of a recording that nothing plays any longer.
async fn erase(o: &Organizing, recording: Option<Recording>) {
    let Some(recording) = recording else { return };
    if let Err(error) = o.app.files.remove_recording(recording.file, recording.kind).await {
        tracing::error!(%error, "a recording that was taken away could not be erased");
    }
}

/// The refusal beside the passage's own field. Papers take other kinds, and more.
fn refused(o: &Organizing, passage: Passage, refusal: &Refusal) -> Wrong {
    let r = o.r();
    match refusal {
        Refusal::FileOfOtherKind | Refusal::FileWithProgram => says(o, passage, &words::not_sound(r, KINDS)),
        Refusal::FileTooLarge { limit } => says(o, passage, &words::too_large(r, limit / (1024 * 1024))),
        // All others are said as everywhere.
        other => says(o, passage, &refusals::sentence(r, other, o.app.rooms.clock().now())),
    }
}

fn says(o: &Organizing, passage: Passage, sentence: &str) -> Wrong {
    let problem: Problem = o.says(&passage.key(), sentence);
    problem.into()
}
