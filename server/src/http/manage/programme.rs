//! The draft of the programme: what clashes, what changed, and making it public.

use std::collections::BTreeMap;

use axum::response::Response;
use nadwa_app::pages::plan::Filled;
use nadwa_app::pages::plan::programme::{self as view, ChangeView, Draft, DraftDay, DraftSession};
use nadwa_app::parts::moment::kind_name;
use nadwa_app::parts::phrase::own;
use nadwa_app::words::{Reader, manage as words, numbers, programme as times};
use nadwa_domain::conference::programme::{Change, Clash, Over, What};
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::{Instant, Lang, Phrase, Said};

use crate::http::manage::settings::Left;
use crate::http::manage::{Organizing, Wrong, kept};
use crate::http::{App, answers};
use crate::zone;

/// `GET /organizer/programme`.
pub async fn page(left: Left, o: Organizing) -> Response {
    let done = match left.get("done").map(String::as_str) {
        Some("published") => Some(words::published(o.r()).to_owned()),
        Some(_) => super::settings::saved(o.r(), &left),
        None => None,
    };
    page_with(&o, kept(BTreeMap::new(), done))
}

fn page_with(o: &Organizing, form: Filled) -> Response {
    let conference = o.conference();
    let (r, lang) = (o.r(), o.r().lang);
    let clashes = conference.clashes();
    let clashing =
        |listing: &Listing| clashes.iter().any(|clash| clash.one == listing.session || clash.other == listing.session);
    let zone = zone::of(&conference);
    let mut days: BTreeMap<_, Vec<&Listing>> = zone::days(&conference).into_iter().map(|day| (day, vec![])).collect();
    for listing in &conference.sessions {
        days.entry(zone::date(&zone, listing.starts_at)).or_default().push(listing);
    }
    let day = |(date, mut listings): (_, Vec<&Listing>)| {
        listings.sort_by_key(|listing| (listing.starts_at, listing.room));
        let date = zone::begin(&zone, date).unwrap_or_default();
        let session = |listing: &&Listing| DraftSession {
            id: listing.session.to_string(),
            kind: listing.kind,
            title: listing.title.for_reader(lang),
            room: room_name(&conference, listing, lang),
            starts_at: listing.starts_at,
            ends_at: listing.ends_at,
            speakers: speakers(&o.app, listing, lang),
            clashes: clashing(listing),
        };
        DraftDay { date, offset: zone::offset(&conference, date), sessions: listings.iter().map(session).collect() }
    };
    let days = days.into_iter().map(day).collect();
    let data = Draft {
        days,
        clashes: clashes.iter().map(|clash| clash_sentence(&o.app, r, &conference, clash, None)).collect(),
        changes: change_views(r, &conference, &conference.unpublished()),
        edition: conference.edition,
        can_be_published: conference.can_be_published(),
        has_rooms: !conference.rooms.is_empty(),
        form,
    };
    let refused = data.form.problem.is_some();
    o.page(refused, view::draft(&o.at("/organizer/programme"), data))
}

/// `POST /organizer/programme/publish`.
pub async fn publish(o: Organizing) -> Response {
    let seen = o.sent.number("seen").unwrap_or(u32::MAX);
    match o.act("", &[Act::Publish { seen }]).await {
        Ok(()) => answers::see("/organizer/programme?done=published"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => page_with(&o, Filled { problem: Some(problem), ..Filled::default() }),
    }
}

/// Where a session takes place.
#[must_use]
pub fn room_name(conference: &Conference, listing: &Listing, lang: Lang) -> Phrase {
    conference.rooms.get(&listing.room).map(|name| name.for_reader(lang)).unwrap_or_default()
}

/// Who speaks, as others see it.
#[must_use]
pub fn speakers(app: &App, listing: &Listing, lang: Lang) -> Vec<Phrase> {
    let name = |id: &nadwa_domain::ids::PersonId| app.rooms.name_of(*id).map(|name| name.for_reader(lang));
    listing.speakers.iter().filter_map(name).collect()
}

/// «Main hall: "A" and "B" at the same time». `draft` stands for a session as it is being written.
#[must_use]
pub fn clash_sentence(app: &App, r: Reader, conference: &Conference, clash: &Clash, draft: Option<&Listing>) -> Phrase {
    let lang = r.lang;
    let title = |id| match draft.filter(|draft| draft.session == id).or_else(|| conference.listing(id)) {
        Some(listing) => listing.title.for_reader(lang).text,
        None => String::new(),
    };
    let (one, other) = (title(clash.one), title(clash.other));
    let sentence = match clash.over {
        Over::Room(room) => {
            let room = conference.rooms.get(&room).map(|name| name.for_reader(lang).text).unwrap_or_default();
            words::clash_room(r, &room, &one, &other)
        }
        Over::Person(person) => {
            let person = app.rooms.kept_name_of(person).map(|name| name.for_reader(lang).text).unwrap_or_default();
            words::clash_person(r, &person, &one, &other)
        }
    };
    own(r, &sentence)
}

/// Changes as people read them.
#[must_use]
pub fn change_views(r: Reader, conference: &Conference, changes: &[Change]) -> Vec<ChangeView> {
    let view = |change: &Change| ChangeView {
        title: change.session.title.for_reader(r.lang),
        what: change.what.iter().map(|what| what_sentence(r, conference, &change.session, what)).collect(),
    };
    changes.iter().map(view).collect()
}

/// A change as people read it.
#[must_use]
pub fn what_sentence(r: Reader, conference: &Conference, is: &Listing, what: &What) -> Phrase {
    let text = |said: &Said| said.for_reader(r.lang).text;
    let sentence = match what {
        What::New => {
            let (day, times) = when(r, conference, is.starts_at, is.ends_at);
            [words::change_new(r), kind_name(r, is.kind), &day, &times].join(" · ")
        }
        What::Gone => words::change_gone(r).to_owned(),
        What::Title { was } => words::change_title(r, &text(was)),
        What::Theme => words::change_theme(r).to_owned(),
        What::About => words::change_about(r).to_owned(),
        What::Kind => words::change_kind(r).to_owned(),
        What::Room { was } => words::change_room(r, &conference.rooms.get(was).map(text).unwrap_or_default()),
        What::Time { from, until } => {
            let (day, times) = when(r, conference, *from, *until);
            words::change_time(r, &day, &times)
        }
        What::Speakers => words::change_speakers(r).to_owned(),
    };
    own(r, &sentence)
}

/// A day and a span of it, on the venue's clock.
#[must_use]
pub fn when(r: Reader, conference: &Conference, from: Instant, until: Instant) -> (String, String) {
    let offset = zone::offset(conference, from);
    let time = |at| numbers::time_of_day(r, at, offset);
    (numbers::date(r, from, offset), times::from_to(r, &time(from), &time(until)))
}
