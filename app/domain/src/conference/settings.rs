//! Settings: what a conference is called, where and when it is, and in which languages; helplines and the safe place.

use serde::{Deserialize, Serialize};

use crate::conference::act::ConferenceEvent;
use crate::conference::{Conference, Decided, one};
use crate::entry::{Entry, Happened, Words};
use crate::fold;
use crate::lang::{Lang, Said};
use crate::refusal::Refusal;
use crate::role::Who;
use crate::time::Instant;

/// What organizers set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What it is called; in its main language at least.
    pub name: Said,
    /// Where it takes place.
    pub venue: Said,
    /// Who organizes it, and how they are reached (`S26`).
    #[serde(default)]
    pub contact: Said,
    /// The languages of its texts, the main one first; at least one.
    pub languages: Vec<Lang>,
    /// The name of the venue's time zone: `Asia/Qatar`.
    pub zone: String,
    /// The venue's clock where the zone is unknown: minutes east of UTC.
    pub utc_offset: i32,
    /// When the first day begins, on the venue's clock.
    pub from: Instant,
    /// When the last day ends; after `from`.
    pub until: Instant,
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
    /// Whether it is the line of the country in which the conference takes place.
    pub here: bool,
    /// Whether somebody has confirmed this very number (`N3`). A line that is added later takes this from no other.
    pub confirmed: bool,
}

impl Helpline {
    /// Whether nobody can be reached by it: an example, or a number of noughts alone. It cannot be confirmed (`N3`).
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.example || self.number.chars().filter(char::is_ascii_digit).all(|digit| digit == '0')
    }
}

/// A clock of this earth.
const OFFSETS: std::ops::RangeInclusive<i32> = -840..=840;

pub(super) fn prepare(conference: &Conference, name: &Said, venue: &Said, utc_offset: i32) -> Decided {
    if conference.prepared || name.0.is_empty() || !OFFSETS.contains(&utc_offset) {
        return Err(Refusal::BadPlan);
    }
    let words = Words::none().with("name", name).with("venue", venue);
    Ok(vec![Happened { event: ConferenceEvent::Prepared { utc_offset }, words }])
}

pub(super) fn configure(conference: &Conference, seen: u32, settings: &Settings) -> Decided {
    if seen != conference.settings_version {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    let main = settings.languages.first().ok_or(Refusal::BadPlan)?;
    if !settings.name.0.contains_key(main) {
        return Err(Refusal::Empty);
    }
    if settings.from >= settings.until {
        return Err(Refusal::EndsBeforeItBegins);
    }
    if !OFFSETS.contains(&settings.utc_offset) {
        return Err(Refusal::BadPlan);
    }
    let inside = |at: Instant| settings.from <= at && at <= settings.until;
    if conference.sessions.iter().any(|session| !inside(session.starts_at)) {
        return Err(Refusal::OutsideTheDays);
    }
    let event = ConferenceEvent::Configured {
        languages: settings.languages.clone(),
        utc_offset: settings.utc_offset,
        from: settings.from,
        until: settings.until,
    };
    let words = Words::none().with("name", &settings.name).with("venue", &settings.venue);
    let words = words.with("contact", &settings.contact);
    Ok(vec![Happened { event, words: words.with_plain("zone", &settings.zone) }])
}

pub(super) fn remove_helpline(conference: &Conference, place: u32, of: u32) -> Decided {
    let count = u32::try_from(conference.helplines.len()).unwrap_or(u32::MAX);
    match (of == count, place < count) {
        (false, _) => Err(Refusal::AlreadyMoved { by: None }),
        (_, false) => Err(Refusal::Unknown),
        _ => one(ConferenceEvent::HelplineRemoved { place }),
    }
}

/// By a named role, and only if there is something to confirm. Examples cannot be confirmed (`N3`); the server's own
/// demo opens over them, and shows them to nobody.
pub(super) fn confirm_helplines(conference: &Conference, who: Who) -> Decided {
    let by = who.role().unwrap_or(crate::role::Role::Organizer);
    if conference.helplines.is_empty() {
        return Err(Refusal::Unknown);
    }
    if who != Who::Server && conference.helplines.iter().any(Helpline::is_example) {
        return Err(Refusal::ExampleNumber);
    }
    one(ConferenceEvent::HelplinesConfirmed { by })
}

impl Conference {
    /// The languages of its texts; all that there are, until somebody chose.
    pub fn spoken(&self) -> impl Iterator<Item = Lang> {
        let chosen = self.languages.clone();
        let all: Vec<Lang> = if chosen.is_empty() { Lang::all().collect() } else { chosen };
        all.into_iter()
    }

    /// The numbers that somebody has confirmed, the venue's own country first: the only ones that a child ever sees,
    /// wherever it is (`N3`).
    #[must_use]
    pub fn confirmed_helplines(&self) -> Vec<&Helpline> {
        let mut lines: Vec<_> = self.helplines.iter().filter(|line| line.confirmed && !line.is_example()).collect();
        lines.sort_by_key(|line| !self.is_here(line));
        lines
    }

    /// Whether a line is the venue's own country's: organizers said so, or the venue's words name the country.
    #[must_use]
    pub fn is_here(&self, line: &Helpline) -> bool {
        let names = |country: &String| {
            let country = fold::words(country);
            let named = |venue: &String| fold::words(venue).windows(country.len().max(1)).any(|words| words == country);
            !country.is_empty() && self.venue.0.values().any(named)
        };
        line.here || line.country.0.values().any(names)
    }

    /// Whoever changes a number has to dial it: what was confirmed before counts no more. An old history, in which
    /// nobody confirmed, reads as it was.
    pub(super) fn apply_helplines(&mut self, entry: &Entry<ConferenceEvent>) {
        match &entry.event {
            ConferenceEvent::HelplineAdded { example, here } => {
                let (country, number) = (entry.words.said("country"), entry.words.plain("text"));
                self.helplines.push(Helpline { country, number, example: *example, here: *here, confirmed: false });
                self.confirmed = None;
            }
            ConferenceEvent::HelplineRemoved { place } => {
                let place = usize::try_from(*place).unwrap_or(usize::MAX);
                if place < self.helplines.len() {
                    self.helplines.remove(place);
                }
                self.confirmed = None;
            }
            ConferenceEvent::HelplinesConfirmed { by } => {
                self.confirmed = Some((entry.at, *by));
                for line in &mut self.helplines {
                    line.confirmed = !line.is_example();
                }
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }

    /// The settings as they stand, for editing them.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            name: self.name.clone(),
            venue: self.venue.clone(),
            contact: self.contact.clone(),
            languages: self.spoken().collect(),
            zone: self.zone.clone(),
            utc_offset: self.utc_offset,
            from: self.days.map(|(from, _)| from).unwrap_or_default(),
            until: self.days.map(|(_, until)| until).unwrap_or_default(),
        }
    }
}
