//! The table of papers, cards for authors and mentors, and the call.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use nadwa_app::pages::Refused;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::organizer::FreshPass;
use nadwa_app::pages::papers::table::{CallForm, Filter, Organizing, Row, Table, table as table_page};
use nadwa_app::words::numbers::parse_digits;
use nadwa_domain::conference::pass::{NewPass, PaperScope};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::PaperId;
use nadwa_domain::paper::call::Call;
use nadwa_domain::paper::field::clean_lines;
use nadwa_domain::paper::length::calm_pace;
use nadwa_domain::paper::{Paper, State as PaperState};
use nadwa_domain::{Choice, Instant, Lang, Refusal, Role, Said, Span, Who};
use serde::Deserialize;

use crate::edge;
use crate::http::manage::cards::new_pass;
use crate::http::papers::bring::USUAL_LIMIT;
use crate::http::papers::views::own_title;
use crate::http::papers::write::{Fields, field, fields};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};
use crate::rooms::Failure;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What is shown of the table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    state: String,
    theme: String,
    language: String,
}

impl Wish {
    fn filter(&self) -> Filter {
        Filter {
            state: PaperState::of_key(&self.state),
            theme: self.theme.parse().ok(),
            lang: Lang::from_tag(&self.language).filter(|_| !self.language.is_empty()),
        }
    }
}

/// `GET /papers/table`: for mentors and organizers.
pub async fn table(State(app): State<App>, visitor: Visitor, Query(wish): Query<Wish>) -> Response {
    show(&app, &visitor, StatusCode::OK, wish.filter(), Shown::default()).await
}

/// What a form of the page has led to.
#[derive(Default)]
struct Shown {
    fresh: Option<FreshPass>,
    refused: Option<Refused>,
    /// The call as it was typed, where it was not taken.
    call: Option<CallForm>,
}

async fn show(app: &App, visitor: &Visitor, status: StatusCode, filter: Filter, shown: Shown) -> Response {
    let Shown { fresh, refused, call } = shown;
    let organizer = organizer_of(app, visitor).is_some();
    if !organizer && visitor.pass_with(app, |role| role == Role::Mentor, None).is_none() {
        return answers::error_page(app, visitor, ErrorKind::NotYours);
    }
    let papers = match app.rooms.papers().await {
        Ok(papers) => papers,
        Err(error) => {
            tracing::error!(%error, "the papers could not be read");
            return answers::error_page(app, visitor, ErrorKind::Broken);
        }
    };
    let mut rows: Vec<Row> = papers.iter().map(|room| row(&room.state())).filter(|row| fits(row, filter)).collect();
    rows.sort_by_key(|row| (!needs_somebody(row), row.since));
    let conference = app.rooms.conference().state();
    let lang = visitor.reader.lang;
    let called = conference.call.as_ref();
    let themes = called.map(|call| call.themes.iter().map(|theme| theme.for_reader(lang)).collect());
    let organizing = organizer.then(|| Organizing { fresh, call: call.unwrap_or_else(|| call_form(&conference)) });
    let data = Table { rows, filter, themes: themes.unwrap_or_default(), organizing, refused };
    answers::html(app, status, table_page(&visitor.page(app), data))
}

/// Papers that wait for an adult stand before those that do not.
fn needs_somebody(row: &Row) -> bool {
    row.state == PaperState::Submitted || row.change_waits
}

/// What others know of a paper that was not sent is that it is there.
fn row(paper: &Paper) -> Row {
    let sent = paper.sent();
    Row {
        paper: paper.id.0,
        title: sent.map(|sent| own_title(&sent.sheet)).unwrap_or_default(),
        state: paper.state,
        change_waits: paper.change_waits(),
        ready: paper.ready.is_some() && paper.ready == paper.submitted,
        erased: paper.erased.is_some() && paper.words_since.is_none(),
        theme: sent.and_then(|sent| sent.sheet.theme),
        lang: sent.map_or(paper.lang, |sent| sent.sheet.lang),
        since: paper.since,
    }
}

fn fits(row: &Row, filter: Filter) -> bool {
    filter.state.is_none_or(|state| row.state == state)
        && filter.theme.is_none_or(|theme| row.theme == Some(theme))
        && filter.lang.is_none_or(|lang| row.lang == lang)
}

fn organizer_of(app: &App, visitor: &Visitor) -> Option<Who> {
    visitor.pass_with(app, |role| role == Role::Organizer, None).map(|pass| pass.who())
}

/// `POST /papers/new`: a card for a group of authors, or for a mentor; its link is shown once.
pub async fn new_card(State(app): State<App>, visitor: Visitor, headers: HeaderMap, body: Bytes) -> Response {
    let visitor = visitor.back_at("/papers/table".to_owned());
    let Some(who) = organizer_of(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let fields = fields(&headers, &body);
    let days = parse_digits(field(&fields, "late")).trim().parse::<i64>().unwrap_or(0).clamp(0, 60);
    let closes = app.rooms.conference().state().call.as_ref().map(|call| call.closes_at);
    let late_until = closes.filter(|_| days > 0).map(|closes| closes + Span(days * DAY));
    let (pass, link) = match field(&fields, "role") {
        "mentor" => new_pass(&app.public_url, Role::Mentor, None),
        _ => new_author(&app.public_url, PaperId(edge::fresh_id()), late_until),
    };
    let (role, paper) = (pass.role, pass.paper.map(|scope| scope.paper));
    if let Err(failure) = app.rooms.conference().act(who, &Act::Issue(pass)).await {
        return failed(&app, &visitor, failure, None).await;
    }
    // The paper exists from now on: the table shows that somebody may write it.
    if let Some(paper) = paper
        && let Err(error) = app.rooms.paper(paper).await
    {
        tracing::warn!(%error, "a new paper could not be opened yet");
    }
    let fresh = FreshPass { role, qr: public::square(&app, visitor.reader, &link), link };
    show(&app, &visitor, StatusCode::OK, Filter::default(), Shown { fresh: Some(fresh), ..Shown::default() }).await
}

/// A card for the authors of one paper, and its link.
#[must_use]
pub fn new_author(public_url: &str, paper: PaperId, late_until: Option<Instant>) -> (NewPass, String) {
    let (pass, link) = new_pass(public_url, Role::Author, None);
    (NewPass { paper: Some(PaperScope { paper, late_until }), ..pass }, link)
}

async fn failed(app: &App, visitor: &Visitor, failure: Failure, call: Option<CallForm>) -> Response {
    match failure {
        Failure::Refused(refusal) => {
            let refused = answers::refused(&visitor.page(app), &refusal, String::new());
            let shown = Shown { refused: Some(refused), call, ..Shown::default() };
            show(app, visitor, answers::refusal_status(&refusal), Filter::default(), shown).await
        }
        Failure::NotSaved(_) | Failure::Stopping => answers::error_page(app, visitor, ErrorKind::NotSaved),
    }
}

/// `POST /papers/call`: calls for papers, or changes the call.
pub async fn set_call(State(app): State<App>, visitor: Visitor, headers: HeaderMap, body: Bytes) -> Response {
    let visitor = visitor.back_at("/papers/table".to_owned());
    let Some(who) = organizer_of(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let fields = fields(&headers, &body);
    let conference = app.rooms.conference().state();
    let typed = |wrong| Some(CallForm { wrong, ..typed_call(&fields) });
    let call = match read_call(&fields, &conference) {
        Ok(call) => call,
        Err(field) => return failed(&app, &visitor, Failure::Refused(Refusal::BadForm), typed(Some(field))).await,
    };
    match app.rooms.conference().act(who, &Act::SetCall(Box::new(call))).await {
        Ok(()) => answers::see("/papers/table#call"),
        Err(failure) => failed(&app, &visitor, failure, typed(None)).await,
    }
}

/// The form again, as it was typed.
fn typed_call(fields: &Fields) -> CallForm {
    let of = |name: &str| field(fields, name).chars().take(8_000).collect::<String>();
    let by_lang = |name: &str| Lang::all().map(|lang| (lang, of(&format!("{name}.{}", lang.tag())))).collect();
    CallForm {
        asks: by_lang("asks"),
        example: by_lang("example"),
        themes: by_lang("themes"),
        opens: of("opens"),
        closes: of("closes"),
        max_words: of("max_words"),
        minutes: of("minutes"),
        pace: by_lang("pace"),
        languages: Lang::all().filter(|lang| fields.contains_key(&format!("language.{}", lang.tag()))).collect(),
        wrong: None,
    }
}

/// The call; or the field in which something is missing or is no date or number.
fn read_call(fields: &Fields, conference: &Conference) -> Result<Call, String> {
    let said = |name: &str| {
        let text = |lang: Lang| {
            let text = clean_lines(field(fields, &format!("{name}.{}", lang.tag())));
            (!text.is_empty()).then_some((lang, text))
        };
        Said::new(Lang::all().filter_map(text))
    };
    let number = |name: &str| parse_digits(field(fields, name)).trim().parse::<u32>().map_err(|_| name.to_owned());
    let at = |name: &str| instant(field(fields, name), conference.utc_offset).ok_or_else(|| name.to_owned());
    let old = conference.call.clone().unwrap_or_default();
    Ok(Call {
        opens_at: at("opens")?,
        closes_at: at("closes")?,
        languages: Lang::all().filter(|lang| fields.contains_key(&format!("language.{}", lang.tag()))).collect(),
        max_words: number("max_words")?,
        max_files: if old.max_files == 0 { 6 } else { old.max_files },
        max_bytes: if old.max_bytes == 0 { USUAL_LIMIT } else { old.max_bytes },
        speaking: Span::minutes(i64::from(number("minutes")?)),
        pace: paces(fields)?,
        asks: said("asks"),
        example: said("example"),
        themes: themes(&said("themes")),
    })
}

/// Words a minute; what is left empty, or is as usual, is the usual pace (`F14`).
fn paces(fields: &Fields) -> Result<BTreeMap<Lang, u16>, String> {
    let mut paces = BTreeMap::new();
    for lang in Lang::all() {
        let name = format!("pace.{}", lang.tag());
        let typed = parse_digits(field(fields, &name));
        let usual = typed.trim().is_empty();
        let pace = if usual { calm_pace(lang) } else { typed.trim().parse().map_err(|_| name)? };
        paces.extend((pace != calm_pace(lang)).then_some((lang, pace)));
    }
    Ok(paces)
}

/// Themes one a line: the first line in each language is the first theme.
fn themes(lines: &Said) -> Vec<Said> {
    let most = lines.0.values().map(|text| text.lines().count()).max().unwrap_or(0);
    let theme = |place: usize| {
        let line = |(lang, text): (&Lang, &String)| {
            let line = text.lines().nth(place)?.to_owned();
            (!line.is_empty()).then_some((*lang, line))
        };
        Said::new(lines.0.iter().filter_map(line))
    };
    (0..most).map(theme).filter(|theme| !theme.0.is_empty()).collect()
}

fn call_form(conference: &Conference) -> CallForm {
    let call = conference.call.clone().unwrap_or_else(|| Call {
        languages: Lang::all().collect(),
        max_words: 900,
        speaking: Span::minutes(5),
        ..Call::default()
    });
    let by_lang =
        |said: &Said| Lang::all().map(|lang| (lang, said.0.get(&lang).cloned().unwrap_or_default())).collect();
    let lines = |lang: Lang| {
        let themes = call.themes.iter().map(|theme| theme.0.get(&lang).cloned().unwrap_or_default());
        (lang, themes.collect::<Vec<_>>().join("\n"))
    };
    let local = |at: Instant| if at == Instant::default() { String::new() } else { written(at, conference.utc_offset) };
    CallForm {
        asks: by_lang(&call.asks),
        example: by_lang(&call.example),
        themes: Lang::all().map(lines).collect(),
        opens: local(call.opens_at),
        closes: local(call.closes_at),
        max_words: call.max_words.to_string(),
        minutes: (call.speaking.0 / 60_000).to_string(),
        pace: Lang::all()
            .map(|lang| (lang, call.pace.get(&lang).copied().unwrap_or_else(|| calm_pace(lang)).to_string()))
            .collect(),
        languages: call.languages,
        wrong: None,
    }
}

/// `2022-05-23T10:30` on the venue's clock.
fn instant(text: &str, utc_offset: i32) -> Option<Instant> {
    let (date, time) = text.split_once('T')?;
    let mut date = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut time = time.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (time.next()??, time.next()??);
    let sound = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !sound || !(0..24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    let minutes = days_since_1970(year, month, day) * 24 * 60 + hour * 60 + minute - i64::from(utc_offset);
    Some(Instant(minutes * 60_000))
}

fn written(at: Instant, utc_offset: i32) -> String {
    let minutes = at.0.div_euclid(60_000) + i64::from(utc_offset);
    let (days, minute) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
    let mut year = 1970 + days.div_euclid(366);
    while days_since_1970(year + 1, 1, 1) <= days {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days_since_1970(year, *month, 1) <= days).unwrap_or(1);
    let day = days - days_since_1970(year, month, 1) + 1;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", minute / 60, minute % 60)
}

/// Days of the Gregorian calendar, counted in years that begin in March.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_on_the_venues_clock_is_an_instant_and_back() {
        assert_eq!(instant("1970-01-01T03:00", 180), Some(Instant(0)));
        assert_eq!(instant("2022-05-23T10:30", 180), Some(Instant(1_653_291_000_000)));
        for text in ["2022-05-23T10:30", "2024-02-29T23:59", "2023-12-31T00:00", "2000-03-01T12:00"] {
            assert_eq!(written(instant(text, 180).unwrap(), 180), text);
        }
        for wrong in ["", "2022-13-01T00:00", "2022-05-23", "x-y-zTa:b", "2022-05-23T24:00"] {
            assert_eq!(instant(wrong, 0), None);
        }
    }
}
