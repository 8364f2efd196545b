//! Pages: complete HTML, rendered on the server without waiting for anything.
//!
//! Each page is a function of what it shows and of who reads it. It works without wasm; where it has an island, the
//! same markup is hydrated in the browser.

pub mod audience;
pub mod backstage;
pub mod ballot_box;
pub mod card;
pub mod care;
pub mod comfort;
pub mod conference;
pub mod console;
pub mod counted;
pub mod desk;
pub mod desks;
pub mod doctor;
pub mod door;
pub mod error;
pub mod fates;
pub mod hall;
pub mod handover;
pub mod help;
pub mod interpreters;
pub mod join;
pub mod landing;
pub mod left;
pub mod link;
pub mod look;
pub mod messages;
pub mod mine;
pub mod offline;
pub mod organizer;
pub mod outcomes;
pub mod own;
pub mod papers;
pub mod part;
pub mod plan;
pub mod poll;
pub mod programme;
pub mod reading;
pub mod receipt;
pub mod rehearsal;
pub mod safeguarding;
pub mod screen;
pub mod screens;
pub mod seats;
pub mod shell;
pub mod stage;
mod written;

use std::sync::Arc;

use nadwa_domain::conference::aloud::AloudPart;
use nadwa_domain::conference::glossary::Term;
use nadwa_domain::ids::SessionId;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Instant, Role};
use uuid::Uuid;

use crate::parts::aloud::Recordings;
use crate::wire::Place;
pub use crate::wire::Refused;
use crate::words::Reader;
use comfort::Comfort;
pub(crate) use written::Write;
pub use written::Written;

/// What every page needs: who reads, when, and where things are.
#[derive(Clone, Debug)]
pub struct Page {
    /// Language and digits.
    pub reader: Reader,
    /// The reader's choice of theme; nothing lets the device decide.
    pub theme: Option<Theme>,
    /// The reader's choice of text size and spacing.
    pub comfort: Comfort,
    /// The server's instant of rendering: what is shown until the browser's own clock is synchronised.
    pub now: Instant,
    /// The path of this page, for the language links to come back to.
    pub here: String,
    /// The language was pinned by the address (a screen, a frame): the links keep it.
    pub pinned: bool,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// What organizers have recorded, to be read aloud.
    pub recordings: Arc<Recordings>,
    /// Minutes east of UTC on the venue's clock.
    pub utc_offset: i32,
    /// Whether this is a demo conference: said on every page.
    pub demo: bool,
    /// The key by which requests that wait for a network are encrypted; on a phone's page alone (`G5`).
    pub letter: Option<String>,
    /// Who listens, for a page that the way to help cannot be reached from (`V1`).
    pub listening: help::Listening,
    /// Whether an adult's pass is on this device: then it locks itself when nobody touches it (`G5`).
    pub locks: bool,
    /// Where the passes of this device work: the ways back that its pages show.
    pub own: Vec<OwnPlace>,
}

/// Where a pass of this device works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPlace {
    pub role: Role,
    /// In which session; may be empty.
    pub session: Phrase,
    /// The address of its page.
    pub path: String,
}

impl Page {
    /// Where a part of this page can be heard, if it was recorded in the reader's language.
    #[must_use]
    pub fn aloud(&self, part: AloudPart) -> Option<String> {
        self.recordings.address(self.reader, part)
    }

    /// Where whoever holds a card goes back to: their one page, or the list of them. `session` is where they come from.
    #[must_use]
    pub fn way_back(&self, session: Option<&str>) -> Option<String> {
        let of_session = session.map(|code| ["/s/", code, "/"].concat());
        let here = |place: &&OwnPlace| of_session.as_ref().is_some_and(|start| place.path.starts_with(start));
        match (self.own.iter().find(here), self.own.as_slice()) {
            (Some(place), _) => Some(place.path.clone()),
            (None, []) => None,
            (None, [only]) => Some(only.path.clone()),
            (None, _) => Some(own::LIST.to_owned()),
        }
    }

    /// What the page's island has to know of it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            reader: self.reader,
            now: self.now,
            build: self.assets.build.clone(),
            here: self.here.clone(),
            pinned: self.pinned,
            utc_offset: self.utc_offset,
        }
    }
}

/// Names of what the bundle made.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// A short hash of the whole build.
    pub build: String,
    /// Stem of the phones' wasm and glue: `/pkg/<stem>.js` and `/pkg/<stem>_bg.wasm`.
    pub phone: String,
    /// Stem of the team's wasm and glue.
    pub team: String,
    /// Address of the phones' style sheet.
    pub phone_css: String,
    /// Address of the team's style sheet.
    pub team_css: String,
    /// Address of the style sheet that holds all others.
    pub whole_css: String,
    /// Address of the screen's style sheet.
    pub screen_css: String,
    /// Fonts that a page in Arabic script preloads.
    pub arabic_fonts: Vec<String>,
    /// Fonts that a page in Latin script preloads.
    pub latin_fonts: Vec<String>,
}

/// A theme that the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Ink on warm, quiet paper.
    Calm,
    /// Light ink on dark paper.
    Dark,
    /// High contrast.
    Contrast,
}

impl Theme {
    /// Every one, the lightest first.
    pub const ALL: [Self; 4] = [Self::Light, Self::Calm, Self::Dark, Self::Contrast];

    /// The value of `data-theme`, and of the cookie.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Calm => "calm",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// Reads [`Theme::as_str`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

/// A helpline as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelplineView {
    /// Country or region.
    pub country: Phrase,
    /// As dialled.
    pub number: String,
    /// Whether it is an example that must not be dialled.
    pub example: bool,
    /// Whether it is the venue's own country's.
    pub here: bool,
    /// Whether somebody has confirmed it: only then a child sees it (`N3`).
    pub confirmed: bool,
}

/// A session in the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSession {
    pub id: SessionId,
    /// Its join code, if the audience may come.
    pub code: Option<String>,
    pub kind: Kind,
    /// What it is called.
    pub title: Phrase,
    /// What it is part of; may be empty.
    pub theme: Phrase,
    pub room: Phrase,
    /// When it should begin.
    pub starts_at: Instant,
    /// When it should end.
    pub ends_at: Instant,
    /// Whether it is going on now.
    pub live: bool,
    /// Whether it is over.
    pub over: bool,
    /// Whether its time has come and nobody has opened it.
    pub not_opened: bool,
    /// Whether it is the next to begin.
    pub next: bool,
    /// What happens in it; may be empty.
    pub about: Phrase,
    /// The hard words of title, theme and about.
    pub terms: Vec<Term>,
    pub speakers: Vec<Phrase>,
}

/// What is known of the conference on every public page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConferenceView {
    /// What it is called.
    pub name: Phrase,
    /// Where it takes place.
    pub venue: Phrase,
}

/// A pass in the organizer's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassView {
    pub id: Uuid,
    /// What it lets somebody do.
    pub role: Role,
    /// Whose it is.
    pub person: Option<Phrase>,
    /// Whether it works.
    pub works: bool,
    /// Whether any device has shown it.
    pub used: bool,
    /// Whether its card was never printed.
    pub printable: bool,
    /// Whether it waits for the agreement of the safeguarding lead.
    pub asked: bool,
    /// Whether it is the pass that this very page was opened with: it cannot be taken back from here.
    pub own: bool,
}
