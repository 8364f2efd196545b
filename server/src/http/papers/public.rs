//! Papers as everybody reads them.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::papers::call::{CallPage, CallView};
use nadwa_app::pages::papers::public::{Asked, List, PaperPage, Presented};
use nadwa_domain::conference::Conference;
use nadwa_domain::ids::{PaperId, SessionId, SlotId};
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::Paper;
use nadwa_domain::paper::field::{Field, Sheet};
use nadwa_domain::session::Session;
use nadwa_domain::session::question::Status;
use nadwa_domain::view::poll::shown_in;
use nadwa_domain::{Lang, Said};
use serde::Deserialize;

use crate::http::papers::access::Desk;
use crate::http::papers::views::{credited, file, own_title, parts};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};
use crate::markdown;

/// Of which session, by its join code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    session: Option<String>,
}

/// `GET /papers`, or those of one session: `?session=471926`.
pub async fn list(State(app): State<App>, visitor: Visitor, Query(wish): Query<Wish>) -> Response {
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let Some(mut themes) = by_theme(&app, lang, None).await else {
        return answers::error_page(&app, &visitor, ErrorKind::Broken);
    };
    if let Some(code) = wish.session {
        let here = |paper: &PaperPage| paper.session.as_ref().is_some_and(|own| own.code.as_deref() == Some(&code));
        themes.iter_mut().for_each(|(_, papers)| papers.retain(here));
    }
    let data = List { conference: public::conference_view(&conference, lang), themes, call: conference.call.is_some() };
    answers::html(&app, StatusCode::OK, pages::papers::public::list(&visitor.page(&app), data))
}

/// `GET /papers/call`.
pub async fn call(State(app): State<App>, visitor: Visitor) -> Response {
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let tree = |said: &Said| markdown::tree(&said.for_reader(lang).text, lang, &[]);
    let call = conference.call.as_ref().map(|call| CallView {
        asks: tree(&call.asks),
        example: tree(&call.example),
        themes: call.themes.iter().map(|theme| theme.for_reader(lang)).collect(),
        languages: call.languages.clone(),
        opens_at: call.opens_at,
        closes_at: call.closes_at,
        max_words: call.max_words,
        minutes: u32::try_from(call.speaking.0 / 60_000).unwrap_or(5),
    });
    let data = CallPage { conference: public::conference_view(&conference, lang), call };
    answers::html(&app, StatusCode::OK, pages::papers::call::call(&visitor.page(&app), data))
}

/// `GET /papers/{paper}`: once it is accepted, as much as its authors show.
pub async fn paper(desk: Desk) -> Response {
    let paper = desk.room.state();
    match paper_page(&desk.app, &paper, desk.visitor.reader.lang).await {
        Some(data) => {
            let page = pages::papers::public::paper(&desk.visitor.page(&desk.app), data);
            answers::html(&desk.app, StatusCode::OK, page)
        }
        None => answers::error_page(&desk.app, &desk.visitor, ErrorKind::NotFound),
    }
}

/// A paper as everybody may see it; nothing if they may not.
pub async fn paper_page(app: &App, paper: &Paper, lang: Lang) -> Option<PaperPage> {
    let public = paper.public()?;
    let conference = app.rooms.conference().state();
    let place = public.accepted.place;
    let own = public.accepted.sheet.lang;
    let written = |text: &str| Phrase { text: text.to_owned(), lang: own, dir: own.dir() };
    let spoken = |field: Field| field.is_spoken();
    let glossary = public.whole.map(|sheet| sheet.glossary()).unwrap_or_default();
    let theme = public
        .accepted
        .sheet
        .theme
        .and_then(|theme| Some(conference.call.as_ref()?.themes.get(usize::from(theme))?.for_reader(lang)));
    let (questions, polls) = match app.rooms.session(place.session).await {
        Ok(room) => room.look(|session, _| (asked(session, place.slot, lang), shown_in(session, place.slot, lang))),
        Err(_) => (vec![], vec![]),
    };
    Some(PaperPage {
        paper: paper.id.0,
        title: own_title(&public.accepted.sheet),
        names: credited(app, &paper.credited(&conference.people), lang),
        summary: public.summary.for_reader(own),
        messages: public.messages.iter().map(|message| written(message)).collect(),
        parts: public.whole.map(|sheet| parts(sheet, lang, spoken)).unwrap_or_default(),
        files: public.files.into_iter().map(file).collect(),
        glossary: glossary.iter().map(|(word, meaning)| (written(word), written(meaning))).collect(),
        theme: theme.unwrap_or_default(),
        session: presented(&conference, place.session, lang),
        questions,
        polls,
    })
}

/// The papers that are presented in a session, whole, in the order of its run of show: for those who interpret them.
pub async fn presented_in(app: &App, session: SessionId, lang: Lang) -> Vec<PaperPage> {
    let (Ok(rooms), Ok(room)) = (app.rooms.papers().await, app.rooms.session(session).await) else { return vec![] };
    let order: Vec<SlotId> = room.look(|session, _| session.slots.iter().map(|slot| slot.id).collect());
    let papers: Vec<_> = rooms.iter().map(|room| room.state()).collect();
    let accepted = papers.iter().filter_map(|paper| Some((paper.id, paper.accepted.as_ref()?)));
    let mut here: Vec<_> = accepted.filter(|(_, accepted)| accepted.place.session == session).collect();
    here.sort_by_key(|(_, accepted)| order.iter().position(|slot| *slot == accepted.place.slot));
    here.into_iter().map(|(id, accepted)| whole(id, &accepted.sheet, lang)).collect()
}

/// A paper's text and its words to explain, and nothing about who wrote it.
fn whole(id: PaperId, sheet: &Sheet, lang: Lang) -> PaperPage {
    let written = |text: &str| Phrase { text: text.to_owned(), lang: sheet.lang, dir: sheet.lang.dir() };
    PaperPage {
        paper: id.0,
        title: own_title(sheet),
        names: vec![],
        summary: Phrase::default(),
        messages: sheet.messages().map(written).collect(),
        parts: parts(sheet, lang, Field::is_spoken),
        files: vec![],
        glossary: sheet.glossary().iter().map(|(word, meaning)| (written(word), written(meaning))).collect(),
        theme: Phrase::default(),
        session: None,
        questions: vec![],
        polls: vec![],
    }
}

fn presented(conference: &Conference, session: SessionId, lang: Lang) -> Option<Presented> {
    let listing = conference.listing(session)?;
    Some(Presented {
        title: listing.title.for_reader(lang),
        code: listing.code.as_ref().map(|code| code.as_str().to_owned()),
        starts_at: listing.starts_at,
    })
}

/// What was asked about a paper: what the desk passed and the children showed to the hall, and nothing else.
fn asked(session: &Session, slot: SlotId, lang: Lang) -> Vec<Asked> {
    let about = session.questions.iter().filter(|question| question.shown && question.is_with_children());
    let about = about.filter(|question| session.is_about(question, slot));
    let view = |question: &nadwa_domain::session::question::Question| {
        let text = Phrase::written(question.text.as_deref()?, lang);
        Some(Asked { text, answered: question.status == Status::Answered })
    };
    about.filter_map(view).collect()
}

/// Every public paper, theme by theme; `only` is one theme. Nothing if they cannot be read.
pub async fn by_theme(app: &App, lang: Lang, only: Option<u8>) -> Option<Vec<(Phrase, Vec<PaperPage>)>> {
    let conference = app.rooms.conference().state();
    let themes = conference.call.as_ref().map(|call| call.themes.clone()).unwrap_or_default();
    let mut groups: Vec<(Phrase, Vec<PaperPage>)> =
        themes.iter().map(|theme| (theme.for_reader(lang), vec![])).chain([(Phrase::default(), vec![])]).collect();
    let last = groups.len() - 1;
    for room in app.rooms.papers().await.ok()? {
        let paper = room.state();
        let Some(page) = paper_page(app, &paper, lang).await else { continue };
        let theme = paper.accepted.as_ref().and_then(|accepted| accepted.sheet.theme);
        if only.is_some() && only != theme {
            continue;
        }
        let place = theme.map(usize::from).filter(|theme| *theme < last).unwrap_or(last);
        groups[place].1.push(page);
    }
    for (_, papers) in &mut groups {
        papers.sort_by_key(|paper| paper.session.as_ref().map(|session| session.starts_at));
    }
    Some(groups)
}
