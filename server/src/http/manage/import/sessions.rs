//! Sessions of a file: a row each; rooms that are new are made.

use nadwa_app::words::{Reader, import as words};
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::ids::{RoomId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Phrase, Said, fold};

use crate::http::manage::import::values::KINDS;
use crate::http::manage::import::{Found, names_of};
use crate::http::manage::session::code_for;
use crate::http::manage::tables::{Row, problem};
use crate::http::manage::{LINE, Organizing, PARAGRAPH};
use crate::{edge, zone};

impl Found {
    /// Sessions, one a row; rooms that are new are made.
    pub(super) fn programme(&mut self, o: &Organizing, conference: &Conference, rows: &[Row]) {
        let r = o.r();
        let people = names_of(o, conference);
        let mut draft = conference.clone();
        for row in rows {
            let before = self.problems.len();
            let Some(mut listing) = self.listing(r, &draft, row) else { continue };
            let room = self.room(&mut draft, row);
            if self.problems.len() > before {
                continue;
            }
            listing.room = room;
            let same = |other: &&Listing| {
                other.starts_at == listing.starts_at && other.room == room && other.title == listing.title
            };
            if draft.sessions.iter().any(|other| same(&other)) {
                let title = listing.title.for_reader(r.lang).text;
                self.skipped.push(problem(row.line, "title", words::already_there(r, &title)));
                continue;
            }
            for name in row.get("speakers").split([';', '؛', '|']).map(str::trim).filter(|name| !name.is_empty()) {
                match people.get(&fold::key(name)) {
                    Some(person) => listing.speakers.push(*person),
                    None => self.skipped.push(problem(row.line, "speakers", words::bad_value(r, name))),
                }
            }
            listing.code = code_for(&draft, listing.session, listing.kind);
            draft.sessions.push(listing.clone());
            self.sessions.push(listing.session);
            self.acts.push(Act::Save { seen: 0, listing: Box::new(listing) });
            self.show(r, row);
        }
    }

    fn listing(&mut self, r: Reader, conference: &Conference, row: &Row) -> Option<Listing> {
        let (title, theme) = (self.said(r, row, "title", LINE), self.said(r, row, "theme", LINE));
        let about = self.said(r, row, "about", PARAGRAPH);
        if title.0.is_empty() {
            self.wrong(row, "title", words::needed(r).to_owned());
        }
        if row.get("room").is_empty() {
            self.wrong(row, "room", words::needed(r).to_owned());
        }
        // Another program's kinds are its own: what is not known of them is a panel.
        let kind = KINDS.iter().find(|(name, _)| fold::key(name) == fold::key(row.get("kind"))).map(|(_, kind)| *kind);
        let zone = zone::of(conference);
        let date = zone::parse_date(row.get("day"));
        if date.is_none() {
            self.wrong(row, "day", words::bad_date(r, row.get("day")));
        }
        let mut at = |column: &'static str| {
            let time = zone::parse_time(row.get(column));
            if time.is_none() {
                self.problems.push(problem(row.line, column, words::bad_time(r, row.get(column))));
            }
            zone::instant(&zone, date?, time?)
        };
        let (starts_at, ends_at) = (at("from")?, at("until")?);
        if starts_at >= ends_at {
            self.wrong(row, "until", words::ends_before(r).to_owned());
        }
        if conference.days.is_some_and(|(from, until)| starts_at < from || starts_at >= until) {
            self.wrong(row, "day", words::outside(r, row.get("day")));
        }
        let session = SessionId(edge::fresh_id());
        let room = RoomId(session.0);
        let kind = kind.unwrap_or(Kind::Panel);
        Some(Listing { session, room, kind, title, theme, about, starts_at, ends_at, code: None, speakers: vec![] })
    }

    fn room(&mut self, draft: &mut Conference, row: &Row) -> RoomId {
        let name = row.get("room");
        let key = fold::key(name);
        let known = draft.rooms.iter().find(|(_, said)| said.0.values().any(|name| fold::key(name) == key));
        if let Some((id, _)) = known {
            return *id;
        }
        let id = RoomId(edge::fresh_id());
        let lang = Phrase::written(name, draft.spoken().next().unwrap_or_default()).lang;
        let name = Said::new([(lang, name.to_owned())]);
        draft.rooms.insert(id, name.clone());
        self.acts.push(Act::AddRoom { id, name });
        id
    }
}
