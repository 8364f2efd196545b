//! Sessions of a file: a row each. One that was brought before is changed, one that is new is added; rooms that are new
//! are made (`C6`).

use std::collections::{BTreeMap, HashMap};

use nadwa_app::parts::moment::kind_name;
use nadwa_app::parts::phrase::own;
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::programme::{What, changes_of};
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::ids::{PersonId, RoomId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Phrase, Said, fold};

use crate::edge;
use crate::http::manage::import::clock::Clock;
use crate::http::manage::import::values::kinds;
use crate::http::manage::import::{Found, names_of};
use crate::http::manage::programme::{room_name, what_sentence, when};
use crate::http::manage::session::code_for;
use crate::http::manage::tables::{Row, problem};
use crate::http::manage::{LINE, Organizing, PARAGRAPH};

/// Whose session a row is.
enum Whose {
    /// One that is there.
    There(Box<Listing>),
    /// A new one; with the same id whenever its row is brought, if the file has ids.
    New(SessionId),
}

impl Found {
    /// Sessions, one a row.
    pub(super) fn programme(&mut self, o: &Organizing, conference: &Conference, rows: &[Row]) {
        let r = o.r();
        let people = names_of(o, conference);
        self.heads = heads(r);
        let clock = self.clock(r, conference, rows);
        let mut draft = conference.clone();
        let folded =
            |(id, said): (&RoomId, &Said)| said.0.values().map(|name| (fold::key(name), *id)).collect::<Vec<_>>();
        // Of two rooms of one name the first.
        let mut rooms: HashMap<String, RoomId> = draft.rooms.iter().rev().flat_map(folded).collect();
        let mut lines: BTreeMap<SessionId, u64> = BTreeMap::new();
        for row in rows {
            let before = self.problems.len();
            let whose = whose(conference, row);
            let id = whose.id();
            if let Some(line) = lines.insert(id, row.line) {
                self.wrong(row, "id", words::twice(r, &line.to_string()));
                continue;
            }
            let Some(mut listing) = self.listing(r, &clock, row, &whose) else { continue };
            listing.room = self.room(&mut draft, &mut rooms, row, &whose);
            if self.problems.len() > before {
                continue;
            }
            self.speakers(r, &people, row, &mut listing);
            listing.code = code_for(&draft, listing.session, listing.kind);
            let changes = match &whose {
                Whose::There(was) => changes_of(was, &listing),
                Whose::New(_) => vec![What::New],
            };
            if changes.is_empty() || (matches!(whose, Whose::New(_)) && self.is_there(r, &draft, row, &listing)) {
                let title = listing.title.for_reader(r.lang).text;
                self.skipped.push(problem(row.line, "title", words::already_there(r, &title)));
                continue;
            }
            draft.sessions.retain(|other| other.session != id);
            draft.sessions.push(listing.clone());
            self.sessions.push(id);
            self.show(o, &draft, &listing, row, &changes);
            self.acts.push(Act::Save { seen: conference.version_of(id), listing: Box::new(listing) });
        }
        self.gone(r, conference, &lines);
    }

    /// A row without an id that says what is there already; one that says nearly so is told, and written.
    fn is_there(&mut self, r: Reader, draft: &Conference, row: &Row, listing: &Listing) -> bool {
        let alike = |other: &&Listing| {
            let titles = listing.title.0.values();
            titles.into_iter().any(|title| other.title.0.values().any(|known| fold::exact(known) == fold::exact(title)))
        };
        let same = |other: &&Listing| other.starts_at == listing.starts_at && other.room == listing.room;
        let others: Vec<&Listing> = draft.sessions.iter().filter(alike).collect();
        if others.iter().any(same) {
            return true;
        }
        if let Some(other) = others.first() {
            let (day, times) = when(r, draft, other.starts_at, other.ends_at);
            self.told.push(problem(row.line, "title", words::looks_like(r, &day, &times)));
        }
        false
    }

    /// What came with ids like these and is not among them any more stays, and is named.
    fn gone(&mut self, r: Reader, conference: &Conference, lines: &BTreeMap<SessionId, u64>) {
        let of_files = lines.keys().any(|id| is_of_a_file(*id));
        let gone = |listing: &&Listing| is_of_a_file(listing.session) && !lines.contains_key(&listing.session);
        for listing in conference.sessions.iter().filter(gone).filter(|_| of_files) {
            let title = listing.title.for_reader(r.lang).text;
            self.told.push(problem(0, "", words::not_in_file(r, &title)));
        }
    }

    /// A row by the values that will be written.
    fn show(&mut self, o: &Organizing, draft: &Conference, listing: &Listing, row: &Row, changes: &[What]) {
        let (r, lang) = (o.r(), o.r().lang);
        let ours = |text: &str| Phrase { text: text.to_owned(), lang, dir: lang.dir() };
        let (day, times) = when(r, draft, listing.starts_at, listing.ends_at);
        let kept = |id: &PersonId| o.app.rooms.kept_name_of(*id).map(|name| name.for_reader(lang).text);
        let speakers: Vec<String> = listing.speakers.iter().filter_map(kept).collect();
        if kind_of(row).is_none() && !row.get("kind").is_empty() {
            let sentence = words::unknown_kind(r, row.get("kind"), kind_name(r, listing.kind));
            self.told.push(problem(row.line, "kind", sentence));
        }
        let happens = match changes {
            [What::New] => words::session_is_new(r).to_owned(),
            changes => {
                let sentences = changes.iter().map(|what| what_sentence(r, draft, listing, what).text);
                sentences.collect::<Vec<_>>().join(" · ")
            }
        };
        self.shown.push(vec![
            own(r, &happens),
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

    /// What a row says; what it does not say of a session that is there stays as it is.
    fn listing(&mut self, r: Reader, clock: &Clock, row: &Row, whose: &Whose) -> Option<Listing> {
        let (title, theme) = (self.said(r, row, "title", LINE), self.said(r, row, "theme", LINE));
        let about = self.said(r, row, "about", PARAGRAPH);
        let was = whose.was();
        if title.0.is_empty() && was.is_none() {
            self.wrong(row, "title", words::needed(r).to_owned());
        }
        if row.get("room").is_empty() && was.is_none() {
            self.wrong(row, "room", words::needed(r).to_owned());
        }
        let (starts_at, ends_at) = self.span(r, clock, row, was)?;
        if starts_at >= ends_at {
            self.wrong(row, "until", words::ends_before(r).to_owned());
        }
        if clock.days.is_some_and(|(from, until)| starts_at < from || starts_at >= until) {
            self.wrong(row, "day", words::outside(r, clock.typed_day(row)));
        }
        // Another program's kinds are its own: what is not known of them is a panel, and said to be one.
        let kind = kind_of(row);
        let merged = |said: Said, of: fn(&Listing) -> &Said| match was {
            Some(was) => Said::new(of(was).0.clone().into_iter().chain(said.0)),
            None => said,
        };
        let session = whose.id();
        Some(Listing {
            session,
            room: was.map_or(RoomId(session.0), |was| was.room),
            kind: kind.or(was.map(|was| was.kind)).unwrap_or(Kind::Panel),
            title: merged(title, |was| &was.title),
            theme: merged(theme, |was| &was.theme),
            about: merged(about, |was| &was.about),
            starts_at,
            ends_at,
            code: None,
            speakers: was.map(|was| was.speakers.clone()).unwrap_or_default(),
        })
    }

    /// Whoever is known by the name that stands there. Nobody is taken off: a file may not know everybody by the name that
    /// is kept here, and our own leaves out who is not shown (`S12`).
    fn speakers(&mut self, r: Reader, people: &[(String, PersonId)], row: &Row, listing: &mut Listing) {
        let names = row.get("speakers").split([';', '؛', '|']).map(str::trim).filter(|name| !name.is_empty());
        let mut found = Vec::new();
        for name in names {
            match speaker(r, people, name) {
                Ok(person) => found.push(person),
                Err(sentence) => self.skipped.push(problem(row.line, "speakers", sentence)),
            }
        }
        found.retain(|person| !listing.speakers.contains(person));
        listing.speakers.extend(found);
    }

    fn room(
        &mut self,
        draft: &mut Conference,
        rooms: &mut HashMap<String, RoomId>,
        row: &Row,
        whose: &Whose,
    ) -> RoomId {
        let name = row.get("room");
        if let (true, Some(was)) = (name.is_empty(), whose.was()) {
            return was.room;
        }
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

impl Whose {
    fn id(&self) -> SessionId {
        match self {
            Self::There(listing) => listing.session,
            Self::New(id) => *id,
        }
    }

    fn was(&self) -> Option<&Listing> {
        match self {
            Self::There(listing) => Some(listing),
            Self::New(_) => None,
        }
    }
}

/// By our own id, by the id that the file has, by the code of the session; else it is a new one.
fn whose(conference: &Conference, row: &Row) -> Whose {
    let typed = row.get("id");
    let ours = typed.strip_suffix("@nadwa").unwrap_or(typed).parse::<SessionId>().ok();
    let of_file = (!typed.is_empty()).then(|| of_a_file(typed));
    let by_id = ours.into_iter().chain(of_file).find_map(|id| conference.listing(id));
    let code = Code::parse(row.get("code"));
    let by_code = || conference.sessions.iter().find(|listing| code.is_some() && listing.code == code);
    match by_id.or_else(by_code) {
        Some(listing) => Whose::There(Box::new(listing.clone())),
        None => Whose::New(of_file.unwrap_or_else(|| SessionId(edge::fresh_id()))),
    }
}

/// The id that a session of another program's file has here, whenever it is brought.
fn of_a_file(typed: &str) -> SessionId {
    SessionId(edge::id_of("session of a file", typed))
}

/// Whether a session came by a file that has ids.
fn is_of_a_file(id: SessionId) -> bool {
    edge::is_derived(id.0)
}

fn heads(r: Reader) -> Vec<Phrase> {
    let heads = [
        words::head_happens(r),
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
