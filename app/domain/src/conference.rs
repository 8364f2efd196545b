//! A conference: rooms, sessions, passes, helplines and the safe place.
//!
//! Its stream is the programme's truth. Sessions have streams of their own; the conference lists them, with the code
//! by which the audience joins the public ones. A closed meeting has no code (`S18`).

pub mod code;
pub mod pass;
pub mod reading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Happened, Words};
use crate::ids::{PassId, RoomId, SessionId};
use crate::lang::Said;
use crate::paper::call::{Call, CallTerms};
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::session::plan::Kind;
use crate::time::Instant;
use code::Code;
use pass::{NewPass, Pass};
use reading::Reading;

/// What organizers do to a conference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Names the conference, its venue and its clock. Once.
    Prepare {
        /// What it is called.
        name: Said,
        /// Where it takes place.
        venue: Said,
        /// The venue's clock: minutes east of UTC, between -840 and 840.
        utc_offset: i32,
    },
    /// Adds a room.
    AddRoom {
        /// Its id.
        id: RoomId,
        /// What it is called.
        name: Said,
    },
    /// Lists a session in the programme.
    List(Box<Listing>),
    /// Says where a child finds a listening adult (`S4`).
    SetSafePlace {
        /// In words that a child can follow.
        place: Said,
    },
    /// Adds a helpline that organizers have confirmed, or an example that is marked as one.
    AddHelpline {
        /// Country or region.
        country: Said,
        /// As dialled.
        number: String,
        /// Whether it is an example that must not be dialled.
        example: bool,
    },
    /// Says how the conference speaks to whoever has chosen nothing.
    SetReading(Reading),
    /// Issues a pass.
    Issue(NewPass),
    /// Revokes a pass: whoever holds it is out at once.
    Revoke {
        /// Which.
        pass: PassId,
    },
    /// Calls for papers, or changes the call.
    SetCall(Box<Call>),
}

/// A session as the programme lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Its id, and its stream's.
    pub session: SessionId,
    /// Where.
    pub room: RoomId,
    /// What kind.
    pub kind: Kind,
    /// What it is called.
    pub title: Said,
    /// What it is part of; may be empty.
    pub theme: Said,
    /// When it should begin.
    pub starts_at: Instant,
    /// When it should end; after `starts_at`.
    pub ends_at: Instant,
    /// The code by which the audience joins; none for closed meetings and breaks.
    pub code: Option<Code>,
}

/// What has happened to a conference. Stored for ever: only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ConferenceEvent {
    /// It exists. Words: `name`, `venue`.
    Prepared {
        /// Minutes east of UTC.
        utc_offset: i32,
    },
    /// A room was added. Words: `name`.
    RoomAdded {
        /// Its id.
        id: RoomId,
    },
    /// A session was listed. Words: `title`, `theme`.
    SessionListed {
        /// Its id.
        session: SessionId,
        /// Where.
        room: RoomId,
        /// What kind.
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The join code.
        code: Option<Code>,
    },
    /// The safe place was described. Words: `place`.
    SafePlaceSet,
    /// A helpline was added. Words: `country`, and `number` as text.
    HelplineAdded {
        /// Whether it is an example.
        example: bool,
    },
    /// How the conference speaks to whoever has chosen nothing.
    ReadingSet(Reading),
    /// A pass was issued.
    PassIssued(NewPass),
    /// A pass was revoked.
    PassRevoked {
        /// Which.
        pass: PassId,
    },
    /// Papers were called for, or the call was changed. Words: `asks`, `example`, `theme.0` …
    CallSet(CallTerms),
}

/// A helpline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helpline {
    /// Country or region.
    pub country: Said,
    /// As dialled.
    pub number: String,
    /// Whether it is an example that must not be dialled.
    pub example: bool,
}

/// A conference's state: the sum of its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conference {
    /// The place of the last entry.
    pub seq: u64,
    /// Whether it has a name.
    pub prepared: bool,
    /// What it is called.
    pub name: Said,
    /// Where it takes place.
    pub venue: Said,
    /// Minutes east of UTC.
    pub utc_offset: i32,
    /// Rooms by id.
    pub rooms: BTreeMap<RoomId, Said>,
    /// Sessions in the order of listing.
    pub sessions: Vec<Listing>,
    /// Where a child finds a listening adult.
    pub safe_place: Said,
    /// Helplines, the country of the venue first.
    pub helplines: Vec<Helpline>,
    /// How it speaks to whoever has chosen nothing.
    pub reading: Reading,
    /// Passes by id.
    pub passes: BTreeMap<PassId, Pass>,
    /// The call for papers.
    pub call: Option<Call>,
}

impl Conference {
    /// A public session by its join code.
    #[must_use]
    pub fn by_code(&self, code: &Code) -> Option<&Listing> {
        self.sessions.iter().find(|listing| listing.code.as_ref() == Some(code))
    }

    /// A session by its id.
    #[must_use]
    pub fn listing(&self, session: SessionId) -> Option<&Listing> {
        self.sessions.iter().find(|listing| listing.session == session)
    }

    /// What happens if `who` does `act`. Only organizers and the server's own set-up may.
    ///
    /// # Errors
    /// [`Refusal::NotYours`], [`Refusal::BadPlan`], [`Refusal::Unknown`].
    pub fn decide(&self, who: Who, act: &Act) -> Result<Vec<Happened<ConferenceEvent>>, Refusal> {
        if who != Who::Server && who.role() != Some(Role::Organizer) {
            return Err(Refusal::NotYours);
        }
        let happened = match act {
            Act::Prepare { name, venue, utc_offset } => {
                if self.prepared || name.0.is_empty() || !(-840..=840).contains(utc_offset) {
                    return Err(Refusal::BadPlan);
                }
                let words = Words::none().with("name", name).with("venue", venue);
                Happened { event: ConferenceEvent::Prepared { utc_offset: *utc_offset }, words }
            }
            Act::AddRoom { id, name } => {
                Happened { event: ConferenceEvent::RoomAdded { id: *id }, words: Words::none().with("name", name) }
            }
            Act::List(listing) => self.list(listing)?,
            Act::SetSafePlace { place } => {
                Happened { event: ConferenceEvent::SafePlaceSet, words: Words::none().with("place", place) }
            }
            Act::AddHelpline { country, number, example } => {
                let words = Words::text(number).with("country", country);
                Happened { event: ConferenceEvent::HelplineAdded { example: *example }, words }
            }
            Act::SetReading(reading) if *reading == self.reading => return Ok(vec![]),
            Act::SetReading(reading) => ConferenceEvent::ReadingSet(*reading).into(),
            Act::Issue(new) => self.issue(new)?,
            // Nobody locks themselves out by a slip: another organizer takes an organizer's pass back.
            Act::Revoke { pass } if who.pass() == Some(*pass) => return Err(Refusal::NotYours),
            Act::Revoke { pass } => match self.passes.get(pass) {
                None => return Err(Refusal::Unknown),
                Some(pass) if pass.revoked => return Ok(vec![]),
                Some(_) => ConferenceEvent::PassRevoked { pass: *pass }.into(),
            },
            Act::SetCall(call) => {
                call.check()?;
                let stored = call.stored();
                Happened { event: ConferenceEvent::CallSet(stored.event), words: stored.words }
            }
        };
        Ok(vec![happened])
    }

    fn list(&self, listing: &Listing) -> Result<Happened<ConferenceEvent>, Refusal> {
        let code_taken = listing.code.as_ref().is_some_and(|code| self.by_code(code).is_some());
        let closed_with_code = listing.kind == Kind::ClosedMeeting && listing.code.is_some();
        let known_room = self.rooms.contains_key(&listing.room);
        let again = self.listing(listing.session).is_some();
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
        Ok(Happened { event, words: Words::none().with("title", &listing.title).with("theme", &listing.theme) })
    }

    fn issue(&self, new: &NewPass) -> Result<Happened<ConferenceEvent>, Refusal> {
        let again = self.passes.contains_key(&new.id);
        let unknown = new.session.is_some_and(|session| self.listing(session).is_none());
        if again || unknown || !new.scope_fits() {
            return Err(Refusal::BadPlan);
        }
        Ok(ConferenceEvent::PassIssued(new.clone()).into())
    }

    /// Records what has happened. Cannot fail.
    pub fn apply(&mut self, entry: &Entry<ConferenceEvent>) {
        self.seq = entry.seq;
        let words = &entry.words;
        match &entry.event {
            ConferenceEvent::Prepared { utc_offset } => {
                self.prepared = true;
                self.utc_offset = *utc_offset;
                self.name = words.said("name");
                self.venue = words.said("venue");
            }
            ConferenceEvent::RoomAdded { id } => {
                self.rooms.insert(*id, words.said("name"));
            }
            ConferenceEvent::SessionListed { session, room, kind, starts_at, ends_at, code } => {
                self.sessions.push(Listing {
                    session: *session,
                    room: *room,
                    kind: *kind,
                    title: words.said("title"),
                    theme: words.said("theme"),
                    starts_at: *starts_at,
                    ends_at: *ends_at,
                    code: code.clone(),
                });
            }
            ConferenceEvent::SafePlaceSet => self.safe_place = words.said("place"),
            ConferenceEvent::HelplineAdded { example } => self.helplines.push(Helpline {
                country: words.said("country"),
                number: words.0.get("text").cloned().unwrap_or_default(),
                example: *example,
            }),
            ConferenceEvent::ReadingSet(reading) => self.reading = *reading,
            ConferenceEvent::PassIssued(new) => {
                self.passes.insert(new.id, Pass { issued: new.clone(), revoked: false });
            }
            ConferenceEvent::PassRevoked { pass } => {
                if let Some(pass) = self.passes.get_mut(pass) {
                    pass.revoked = true;
                }
            }
            ConferenceEvent::CallSet(terms) => self.call = Some(Call::from_stored(terms, words)),
        }
    }
}
