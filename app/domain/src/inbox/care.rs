//! What organizers settle about care: words for the hints, and how long texts are kept (`S14`, `S16`).

use serde::{Deserialize, Serialize};

use super::{Inbox, InboxAct, InboxEvent};
use crate::entry::{Happened, Words};
use crate::hints::WordList;
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::session::erasing::Keeping;
use crate::time::{Instant, Span};

/// So many minutes, until somebody settles it (`S8`).
const USUAL_PATIENCE: u16 = 3;

/// How long texts are kept, and how soon they are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepFor {
    /// Hours that held texts stay after the end of their session; at most 168.
    pub held_hours: u16,
    /// Days that everything else stays after the last day; at most 365.
    pub days: u16,
    /// Minutes until what nobody has opened rings at the next person (`S8`); at least 1, at most 30.
    #[serde(default = "usual", skip_serializing_if = "is_usual")]
    pub open_within: u16,
}

impl Default for KeepFor {
    fn default() -> Self {
        Self { held_hours: 24, days: 30, open_within: USUAL_PATIENCE }
    }
}

impl KeepFor {
    /// Whether somebody meant it so.
    fn is_sound(&self) -> bool {
        self.held_hours <= 168 && self.days <= 365 && (1..=30).contains(&self.open_within)
    }
}

const fn usual() -> u16 {
    USUAL_PATIENCE
}

const fn is_usual(minutes: &u16) -> bool {
    *minutes == USUAL_PATIENCE
}

/// A clock that is ahead of the last start by more than this may be one that does not know the date.
const FAR_AHEAD: Span = Span::minutes(24 * 60);

/// Whether nothing may be erased by the calendar before an adult has said that the date is right (`S14`): a wrong clock
/// looks like one of a server that was off for long. `seen` is when one ran last; nothing of a new conference.
#[must_use]
pub fn must_be_confirmed(seen: Option<Instant>, now: Instant) -> bool {
    seen.is_some_and(|seen| now - seen > FAR_AHEAD)
}

/// What is settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// Words for the hints.
    pub words: WordList,
    /// The same as they were typed: rude, worrying, harmless.
    pub typed: [String; 3],
    /// Places of the entries that hold typed words.
    pub entries: Vec<u64>,
    /// How long texts are kept.
    pub keep: KeepFor,
    /// Somebody said: everything now.
    pub erase_asked: Option<Instant>,
    /// Somebody said: and what nobody has read.
    pub erase_unread: Option<Instant>,
}

impl Care {
    /// Not opened for so long, something rings at the next person (`S8`).
    #[must_use]
    pub fn patience(&self) -> Span {
        Span::minutes(i64::from(self.keep.open_within))
    }

    /// When everything goes by the calendar, for a conference whose last session ends at `last_end`.
    #[must_use]
    pub fn by_plan(&self, last_end: Option<Instant>) -> Option<Instant> {
        let days = Span::minutes(i64::from(self.keep.days) * 24 * 60);
        last_end.map(|end| end + days)
    }

    /// How long texts are kept at `now`, for a conference whose last session ends at `last_end`.
    #[must_use]
    pub fn keeping(&self, last_end: Option<Instant>, now: Instant) -> Keeping {
        let held = Span::minutes(i64::from(self.keep.held_hours) * 60);
        // Whoever said «now» meant what was there: a conference that goes on fills up again, until its own time comes.
        let all_at = match (self.erase_asked, self.by_plan(last_end)) {
            (Some(asked), Some(planned)) if planned <= now => Some(asked.max(planned)),
            (asked, planned) => asked.or(planned),
        };
        Keeping { held, all_at, unread_at: self.erase_unread }
    }

    pub(super) fn set_words(&mut self, words: &Words, seq: u64) {
        let of = |field: &str| words.0.get(field).cloned().unwrap_or_default();
        self.typed = [of("rude"), of("worry"), of("harmless")];
        self.words = WordList {
            rude: WordList::parse(&self.typed[0]),
            worry: WordList::parse(&self.typed[1]),
            harmless: WordList::parse(&self.typed[2]),
        };
        self.entries.push(seq);
    }
}

/// Whether somebody may settle it.
pub(super) fn permits(who: Who, act: &InboxAct) -> bool {
    match act {
        InboxAct::SetWords { .. } => who.role().is_some_and(|role| role == Role::Organizer || role.safeguards()),
        InboxAct::Call { .. }
        | InboxAct::Open { .. }
        | InboxAct::Take { .. }
        | InboxAct::Reply { .. }
        | InboxAct::Answer { .. }
        | InboxAct::DeleteThread { .. }
        | InboxAct::HandOver { .. }
        | InboxAct::Erase { .. }
        | InboxAct::SetKeeping { .. }
        | InboxAct::EraseNow { .. }
        | InboxAct::Alert { .. }
        | InboxAct::Hear { .. }
        | InboxAct::Here { .. } => who.role() == Some(Role::Organizer) || who == Who::Server,
    }
}

/// What happens when it is settled.
pub(super) fn settle(inbox: &Inbox, act: &InboxAct, now: Instant) -> Result<Vec<Happened<InboxEvent>>, Refusal> {
    match act {
        InboxAct::SetWords { rude, worry, harmless } => {
            let mut words = Words::none();
            for (field, text) in [("rude", rude), ("worry", worry), ("harmless", harmless)] {
                words.0.insert(field.to_owned(), text.clone());
            }
            let same = inbox.care.typed == [rude.clone(), worry.clone(), harmless.clone()];
            Ok(if same { vec![] } else { vec![Happened { event: InboxEvent::WordsSet, words }] })
        }
        InboxAct::SetKeeping { keep } if !keep.is_sound() => Err(Refusal::BadPlan),
        InboxAct::SetKeeping { keep } if *keep == inbox.care.keep => Ok(vec![]),
        InboxAct::SetKeeping { keep } => Ok(vec![InboxEvent::KeepingSet { keep: *keep }.into()]),
        InboxAct::EraseNow { unread } => Ok(vec![InboxEvent::EraseAsked { at: now, unread: *unread }.into()]),
        InboxAct::Call { .. }
        | InboxAct::Open { .. }
        | InboxAct::Take { .. }
        | InboxAct::Reply { .. }
        | InboxAct::Answer { .. }
        | InboxAct::DeleteThread { .. }
        | InboxAct::HandOver { .. }
        | InboxAct::Erase { .. }
        | InboxAct::Alert { .. }
        | InboxAct::Hear { .. }
        | InboxAct::Here { .. } => Err(Refusal::NotYours),
    }
}
