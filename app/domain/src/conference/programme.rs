//! The programme: a draft that organizers write, and what everybody sees of it once it is published.
//!
//! A session that was written since somebody looked at it is not overwritten: they are told what changed. What a new
//! version changes is a list that people can read. Two sessions that need one room or one person at once clash; that
//! is shown while somebody writes, and forbidden to nobody.

use serde::{Deserialize, Serialize};

use crate::conference::act::ConferenceEvent;
use crate::conference::code::{Code, MayLook};
use crate::conference::{Conference, Decided, one};
use crate::entry::{Entry, Happened, Words};
use crate::ids::{PersonId, RoomId, SessionId};
use crate::lang::Said;
use crate::refusal::Refusal;
use crate::session::plan::Kind;
use crate::time::Instant;

/// A session as the programme lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its id, and its stream's.
    pub session: SessionId,
    pub room: RoomId,
    pub kind: Kind,
    /// What it is called.
    pub title: Said,
    /// What it is part of; may be empty.
    pub theme: Said,
    /// What happens in it; may be empty.
    #[serde(default)]
    pub about: Said,
    /// When it should begin.
    pub starts_at: Instant,
    /// When it should end; after `starts_at`.
    pub ends_at: Instant,
    /// The code by which the audience joins; none for closed meetings and breaks.
    pub code: Option<Code>,
    #[serde(default)]
    pub speakers: Vec<PersonId>,
}

impl Listing {
    /// Whether everybody may know of it (`S18`).
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.kind != Kind::ClosedMeeting
    }

    /// Whether both go on at some moment.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }
}

/// What changed of a session between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The session as it is now; as it was, if it is gone.
    pub session: Listing,
    /// What changed.
    pub what: Vec<What>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was not there before.
    New,
    /// It is no more.
    Gone,
    /// It was called something else.
    Title {
        /// As it was.
        was: Said,
    },
    /// It was part of something else.
    Theme,
    /// It was described otherwise.
    About,
    /// It was of another kind.
    Kind,
    /// It was in another room.
    Room { was: RoomId },
    /// It was at another time.
    Time {
        /// When it began.
        from: Instant,
        /// When it ended.
        until: Instant,
    },
    /// Others spoke.
    Speakers,
}

/// Two sessions that need the same at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The one.
    pub one: SessionId,
    /// The other.
    pub other: SessionId,
    /// What both need.
    pub over: Over,
}

/// What two sessions need at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// A room.
    Room(RoomId),
    /// A person.
    Person(PersonId),
}

/// What changed of one session. Nothing if nothing did.
#[must_use]
pub fn changes_of(was: &Listing, is: &Listing) -> Vec<What> {
    let mut what = Vec::new();
    if was.title != is.title {
        what.push(What::Title { was: was.title.clone() });
    }
    if (was.starts_at, was.ends_at) != (is.starts_at, is.ends_at) {
        what.push(What::Time { from: was.starts_at, until: was.ends_at });
    }
    if was.room != is.room {
        what.push(What::Room { was: was.room });
    }
    if was.kind != is.kind {
        what.push(What::Kind);
    }
    if was.theme != is.theme {
        what.push(What::Theme);
    }
    if was.about != is.about {
        what.push(What::About);
    }
    if was.speakers != is.speakers {
        what.push(What::Speakers);
    }
    what
}

/// What changed from one programme to another, in the order of the newer one; what is gone comes last.
#[must_use]
pub fn changes(was: &[Listing], is: &[Listing]) -> Vec<Change> {
    let in_list = |list: &'_ [Listing], id: SessionId| list.iter().position(|listing| listing.session == id);
    let mut changes: Vec<Change> = Vec::new();
    for listing in is {
        let what = match in_list(was, listing.session) {
            None => vec![What::New],
            Some(place) => changes_of(&was[place], listing),
        };
        if !what.is_empty() {
            changes.push(Change { session: listing.clone(), what });
        }
    }
    let gone = was.iter().filter(|listing| in_list(is, listing.session).is_none());
    changes.extend(gone.map(|listing| Change { session: listing.clone(), what: vec![What::Gone] }));
    changes
}

pub(super) fn list(conference: &Conference, listing: &Listing) -> Decided {
    let code_taken = listing.code.as_ref().is_some_and(|code| conference.has_code(code));
    let closed_with_code = listing.kind == Kind::ClosedMeeting && listing.code.is_some();
    let known_room = conference.rooms.contains_key(&listing.room);
    let again = conference.listing(listing.session).is_some();
    if code_taken || closed_with_code || again || !known_room || listing.starts_at >= listing.ends_at {
        return Err(Refusal::BadPlan);
    }
    let event = ConferenceEvent::SessionListed {
        session: listing.session,
        room: listing.room,
        kind: listing.kind,
        starts_at: listing.starts_at,
        ends_at: listing.ends_at,
        code: listing.code.clone(),
    };
    Ok(vec![Happened { event, words: Words::none().with("title", &listing.title).with("theme", &listing.theme) }])
}

pub(super) fn save(conference: &Conference, seen: u32, listing: &Listing) -> Decided {
    if seen != conference.version_of(listing.session) {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    if listing.title.0.is_empty() {
        return Err(Refusal::Empty);
    }
    if !conference.rooms.contains_key(&listing.room) {
        return Err(Refusal::Unknown);
    }
    if listing.starts_at >= listing.ends_at {
        return Err(Refusal::EndsBeforeItBegins);
    }
    let outside = |(from, until): (Instant, Instant)| listing.starts_at < from || listing.starts_at >= until;
    if conference.days.is_some_and(outside) {
        return Err(Refusal::OutsideTheDays);
    }
    let others = |code: &Code| conference.with_code(code).is_some_and(|other| other.session != listing.session);
    if listing.code.as_ref().is_some_and(others) {
        return Err(Refusal::CodeTaken);
    }
    if listing.kind == Kind::ClosedMeeting && listing.code.is_some() {
        return Err(Refusal::BadPlan);
    }
    if conference.listing(listing.session) == Some(listing) {
        return Ok(vec![]);
    }
    let event = ConferenceEvent::SessionSaved {
        session: listing.session,
        room: listing.room,
        kind: listing.kind,
        starts_at: listing.starts_at,
        ends_at: listing.ends_at,
        code: listing.code.clone(),
        speakers: listing.speakers.clone(),
    };
    let words = Words::none().with("title", &listing.title).with("theme", &listing.theme).with("about", &listing.about);
    Ok(vec![Happened { event, words }])
}

pub(super) fn remove(conference: &Conference, session: SessionId, seen: u32) -> Decided {
    if conference.listing(session).is_none() {
        return Err(Refusal::Unknown);
    }
    if seen != conference.version_of(session) {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    let cards = conference.passes.values().any(|pass| !pass.revoked && pass.issued.session == Some(session));
    if cards {
        return Err(Refusal::StillNeeded);
    }
    one(ConferenceEvent::SessionRemoved { session })
}

pub(super) fn publish(conference: &Conference, seen: u32) -> Decided {
    if seen != conference.edition {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    if !conference.can_be_published() {
        return Ok(vec![]);
    }
    one(ConferenceEvent::ProgrammePublished)
}

impl Conference {
    /// A session by its join code: as the draft has it, or as everybody still sees it.
    #[must_use]
    pub fn by_code(&self, code: &Code, _permit: &impl MayLook) -> Option<&Listing> {
        self.with_code(code)
    }

    /// Whether a new session needs another code.
    #[must_use]
    pub fn has_code(&self, code: &Code) -> bool {
        self.with_code(code).is_some()
    }

    fn with_code(&self, code: &Code) -> Option<&Listing> {
        let mut listings = self.sessions.iter().chain(&self.published);
        listings.find(|listing| listing.code.as_ref() == Some(code))
    }

    /// A session of the draft by its id.
    #[must_use]
    pub fn listing(&self, session: SessionId) -> Option<&Listing> {
        self.sessions.iter().find(|listing| listing.session == session)
    }

    /// How often a session was written; 0 if it never was.
    #[must_use]
    pub fn version_of(&self, session: SessionId) -> u32 {
        u32::try_from(self.written.get(&session).map_or(0, Vec::len)).unwrap_or(u32::MAX)
    }

    /// A session as it was after it had been written so often.
    #[must_use]
    pub fn version(&self, session: SessionId, version: u32) -> Option<&Listing> {
        let place = usize::try_from(version.checked_sub(1)?).ok()?;
        self.written.get(&session)?.get(place)
    }

    /// What publishing would change.
    #[must_use]
    pub fn unpublished(&self) -> Vec<Change> {
        changes(&self.published, &self.sessions)
    }

    /// Whether publishing would make another version. Sessions that were listed for everybody at once have no version
    /// before the first is published.
    #[must_use]
    pub fn can_be_published(&self) -> bool {
        let never = self.edition == 0 && !self.sessions.is_empty();
        never || !self.unpublished().is_empty()
    }

    /// What everybody may see of the programme: published, and nothing of closed meetings (`S18`).
    pub fn public_sessions(&self) -> impl Iterator<Item = &Listing> {
        self.published.iter().filter(|listing| listing.is_public())
    }

    /// Whom a session needs: its speakers, and whoever has a card for it.
    #[must_use]
    pub fn needed(&self, listing: &Listing) -> Vec<PersonId> {
        let of_session =
            |pass: &&crate::conference::pass::Pass| !pass.revoked && pass.issued.session == Some(listing.session);
        let holders = self.passes.values().filter(of_session).filter_map(|pass| pass.issued.person);
        let mut people: Vec<PersonId> = listing.speakers.iter().copied().chain(holders).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// With what a session would clash if it were as `listing` says.
    #[must_use]
    pub fn clashes_of(&self, listing: &Listing) -> Vec<Clash> {
        let needed = self.needed(listing);
        let mut clashes = Vec::new();
        for other in self.sessions.iter().filter(|other| other.session != listing.session && other.overlaps(listing)) {
            let clash = |over| Clash { one: listing.session, other: other.session, over };
            if other.room == listing.room {
                clashes.push(clash(Over::Room(other.room)));
            }
            let theirs = self.needed(other);
            let both = needed.iter().filter(|person| theirs.contains(person));
            clashes.extend(both.map(|person| clash(Over::Person(*person))));
        }
        clashes
    }

    /// Every clash of the draft, each once.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        let mut clashes = Vec::new();
        for (place, listing) in self.sessions.iter().enumerate() {
            let earlier = &self.sessions[..place];
            let with_earlier = |clash: &Clash| earlier.iter().any(|session| session.session == clash.other);
            clashes.extend(self.clashes_of(listing).into_iter().filter(with_earlier));
        }
        clashes
    }

    pub(super) fn apply_programme(&mut self, entry: &Entry<ConferenceEvent>) {
        match &entry.event {
            ConferenceEvent::SessionListed { session, .. } | ConferenceEvent::SessionSaved { session, .. } => {
                let Some(listing) = listing_of(entry) else { return };
                self.written.entry(*session).or_default().push(listing.clone());
                if matches!(entry.event, ConferenceEvent::SessionListed { .. }) {
                    put(&mut self.published, listing.clone());
                }
                put(&mut self.sessions, listing);
            }
            ConferenceEvent::SessionRemoved { session } => self.sessions.retain(|listing| listing.session != *session),
            ConferenceEvent::ProgrammePublished => {
                self.news = self.unpublished();
                self.published = self.sessions.clone();
                self.edition += 1;
                self.published_at = Some(entry.at);
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }
}

/// In place of the session that is there, or as the last.
fn put(list: &mut Vec<Listing>, listing: Listing) {
    match list.iter_mut().find(|there| there.session == listing.session) {
        Some(there) => *there = listing,
        None => list.push(listing),
    }
}

fn listing_of(entry: &Entry<ConferenceEvent>) -> Option<Listing> {
    let (session, room, kind, starts_at, ends_at, code, speakers) = match &entry.event {
        ConferenceEvent::SessionListed { session, room, kind, starts_at, ends_at, code } => {
            (*session, *room, *kind, *starts_at, *ends_at, code.clone(), vec![])
        }
        ConferenceEvent::SessionSaved { session, room, kind, starts_at, ends_at, code, speakers } => {
            (*session, *room, *kind, *starts_at, *ends_at, code.clone(), speakers.clone())
        }
        // No other event lists a session.
        _ => return None,
    };
    let words = &entry.words;
    let (title, theme, about) = (words.said("title"), words.said("theme"), words.said("about"));
    Some(Listing { session, room, kind, title, theme, about, starts_at, ends_at, code, speakers })
}
