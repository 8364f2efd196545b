//! Sessions of a file: a row each; rooms that are new are made.

use std::collections::HashMap;

use nadwa_app::parts::moment::kind_name;
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::ids::{PersonId, RoomId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Phrase, Said, fold};

use crate::http::manage::import::values::kinds;
use crate::http::manage::import::{Found, names_of};
use crate::http::manage::programme::{room_name, when};
use crate::http::manage::session::code_for;
use crate::http::manage::tables::{Row, problem};
use crate::http::manage::{LINE, Organizing, PARAGRAPH};
use crate::{edge, zone};

impl Found {
    /// Sessions, one a row; rooms that are new are made.
    pub(super) fn programme(&mut self, o: &Organizing, conference: &Conference, rows: &[Row]) {
        let r = o.r();
        let people = names_of(o, conference);
        self.heads = heads(r);
        let mut draft = conference.clone();
        let folded =
            |(id, said): (&RoomId, &Said)| said.0.values().map(|name| (fold::key(name), *id)).collect::<Vec<_>>();
        // Of two rooms of one name the first.
        let mut rooms: HashMap<String, RoomId> = draft.rooms.iter().rev().flat_map(folded).collect();
        for row in rows {
            let before = self.problems.len();
            let Some(mut listing) = self.listing(r, &draft, row) else { continue };
            let room = self.room(&mut draft, &mut rooms, row);
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
                match speaker(r, &people, name) {
                    Ok(person) => listing.speakers.push(person),
                    Err(sentence) => self.skipped.push(problem(row.line, "speakers", sentence)),
                }
            }
            listing.code = code_for(&draft, listing.session, listing.kind);
            draft.sessions.push(listing.clone());
            self.sessions.push(listing.session);
            self.show(o, &draft, &listing, row);
            self.acts.push(Act::Save { seen: 0, listing: Box::new(listing) });
        }
    }

    /// A row by the values that will be written.
    fn show(&mut self, o: &Organizing, draft: &Conference, listing: &Listing, row: &Row) {
        let (r, lang) = (o.r(), o.r().lang);
        let ours = |text: &str| Phrase { text: text.to_owned(), lang, dir: lang.dir() };
        let (day, times) = when(r, draft, listing.starts_at, listing.ends_at);
        let kept = |id: &PersonId| o.app.rooms.kept_name_of(*id).map(|name| name.for_reader(lang).text);
        let speakers: Vec<String> = listing.speakers.iter().filter_map(kept).collect();
        if kind_of(row).is_none() && !row.get("kind").is_empty() {
            let sentence = words::unknown_kind(r, row.get("kind"), kind_name(r, listing.kind));
            self.told.push(problem(row.line, "kind", sentence));
        }
        self.shown.push(vec![
            ours(&day),
            ours(&times),
            room_name(draft, listing, lang),
            ours(kind_name(r, listing.kind)),
            listing.title.for_reader(lang),
            listing.theme.for_reader(lang),
            listing.about.for_reader(lang),
            Phrase::written(&speakers.join(" · "), lang),
        ]);
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
        // Another program's kinds are its own: what is not known of them is a panel, and said to be one.
        let kind = kind_of(row);
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

    fn room(&mut self, draft: &mut Conference, rooms: &mut HashMap<String, RoomId>, row: &Row) -> RoomId {
        let name = row.get("room");
        let key = fold::key(name);
        if let Some(id) = rooms.get(&key) {
            return *id;
        }
        let id = RoomId(edge::fresh_id());
        let lang = Phrase::written(name, draft.spoken().next().unwrap_or_default()).lang;
        let name = Said::new([(lang, name.to_owned())]);
        draft.rooms.insert(id, name.clone());
        rooms.insert(key, id);
        self.acts.push(Act::AddRoom { id, name });
        id
    }
}

fn heads(r: Reader) -> Vec<Phrase> {
    let heads = [
        words::head_day(r),
        words::head_time(r),
        words::head_room(r),
        words::head_kind(r),
        words::head_title(r),
        words::head_theme(r),
        words::head_about(r),
        words::head_speakers(r),
    ];
    heads.map(|head| Phrase::written(head, r.lang)).to_vec()
}

/// Whoever is called just so, if one person is; a name that only reads alike is nobody's.
fn speaker(r: Reader, people: &[(String, PersonId)], name: &str) -> Result<PersonId, String> {
    let exact = fold::exact(name);
    let mut found: Vec<PersonId> =
        people.iter().filter(|(kept, _)| fold::exact(kept) == exact).map(|(_, id)| *id).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(words::nobody_called(r, name)),
        _ => Err(words::several_called(r, name)),
    }
}

fn kind_of(row: &Row) -> Option<Kind> {
    let typed = fold::key(row.get("kind"));
    kinds().into_iter().find_map(|(name, kind)| (fold::key(name) == typed).then_some(kind))
}
