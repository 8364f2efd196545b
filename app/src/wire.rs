//! What goes over the wire between server and page, besides the domain's views.

pub mod json;

use nadwa_domain::Instant;
use nadwa_domain::view::mine::MineView;
use serde::{Deserialize, Serialize};

use crate::words::Reader;

/// What every island knows of its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Language and digits.
    pub reader: Reader,
    /// The server's instant of rendering: what is shown until the browser's own clock is synchronised.
    pub now: Instant,
    /// The build that rendered it.
    pub build: String,
    /// The path of the page.
    pub here: String,
    /// Whether the address pins the language.
    pub pinned: bool,
    /// Minutes east of UTC on the venue's clock.
    pub utc_offset: i32,
}

/// A refusal as a page shows it: beside its field, with what was typed kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The sentence, in the reader's language.
    pub sentence: String,
    /// The field that it is about: `code`, `text`, `choice`; empty for the whole page.
    pub field: String,
    /// What was typed.
    pub typed: String,
    /// Whether a question's sender wants only adults to read it: the page that shows its form again says so (`N10`).
    #[serde(skip)]
    pub for_adults: bool,
}

/// One frame: the view of a session for one role and language. Its bytes are the same for every connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Frame<V> {
    /// The build that made it: a page of another build reloads itself.
    pub build: String,
    /// The sequence number of the stream at which this view last changed.
    pub seq: u64,
    pub view: V,
}

/// What a command answers to a page that listens (JSON): `200` done, `422` refused, and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Answer {
    /// The refusal's name, for programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// A sentence for the person, in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The field of the form that the refusal is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The phone's own things, after its command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schemars(with = "Option<serde_json::Value>"))]
    pub mine: Option<MineView>,
    /// A part of the page as this phone sees it now: it takes the place of what stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Fragment>,
}

/// A part of a phone's page, rendered by the server ([`nadwa_domain::view::part`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Fragment {
    /// Which part.
    pub name: String,
    /// Its key as it was rendered.
    pub key: String,
    pub html: String,
}

/// The names of the feed's events.
pub mod event {
    /// A [`super::Frame`].
    pub const FRAME: &str = "frame";
    /// Calls in other sessions that nobody has answered in time, as a [`super::Frame`].
    pub const CALLS: &str = "calls";
    /// The phone's own [`nadwa_domain::view::mine::MineView`].
    pub const MINE: &str = "mine";
    /// The server is there; its data is the server's instant, in milliseconds.
    pub const BEAT: &str = "beat";
    /// A screen says its name for a while; its data is the name.
    pub const IDENTIFY: &str = "identify";
    /// A screen has another place; its data is the address.
    pub const PLACE: &str = "place";
    /// The pass does not work any more: the page leaves.
    pub const GONE: &str = "gone";
}

/// Silence after which a page says that it is late, in milliseconds. A heartbeat comes every [`BEAT_MS`].
pub const LATE_MS: f64 = 18_000.0;
/// Silence after which a page says that the connection is lost, and reopens it.
pub const LOST_MS: f64 = 28_000.0;
/// How often the server says that it is there, in milliseconds.
pub const BEAT_MS: u64 = 12_000;
