//! The safeguarding inbox: what the desks handed over, and calls for somebody; for the lead and the deputy alone.
//!
//! A question's words stay in its session's history, in the child's own words (`S9`); here stands what was done about
//! it: opened, taken, answered in private, handed over, erased. What nobody opens in time rings at the deputy, then at
//! the lead (`S8`). A private reply belongs to the phone that wrote, by its random token, and to nobody's name (`S5`).
//! Nothing is erased before it was handed over to somebody who is written down (`S10`). This is no case file: the tool
//! hands over and forgets.

pub mod care;
mod decide;
pub mod here;
mod item;
pub mod order;
pub mod silent;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::Entry;
use crate::ids::{ItemId, PhoneId, SessionId};
use crate::role::Role;
use crate::session::desk::Sign;
use crate::text::{Line, QuestionText};
use crate::time::{Instant, Span};

pub use care::{Care, KeepFor};
pub use decide::{Source, alerts_due};
pub use item::{Called, Item, Message, Step};
pub use silent::Heard;

/// A second press of a hurried finger within this span is the same call.
const SAME_CALL: Span = Span::seconds(10);
/// Most open calls of one phone: more say nothing more.
const MOST_CALLS: usize = 10;

/// A picture of the help page: to say something without writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// Sitting with somebody.
    Sit,
    /// Being heard.
    Heard,
    /// Sad.
    Sad,
    /// Afraid.
    Afraid,
    /// Worried about somebody else.
    Friend,
    /// A pause.
    Rest,
    /// Not knowing how to say it.
    Unsure,
}

impl Picture {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::Sit, Self::Heard, Self::Sad, Self::Afraid, Self::Friend, Self::Rest, Self::Unsure];
}

/// Who is rung at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alert {
    /// The deputy, first.
    Deputy,
    /// The lead, then.
    Lead,
}

/// What is done in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboxAct {
    /// A phone calls: by a picture, or «come to me: I am in …», or both.
    Call {
        /// Made when the page was rendered or the press came in.
        item: ItemId,
        picture: Option<Picture>,
        /// Where the child is, as they wrote it.
        place: Option<Line>,
        /// From which session's page.
        session: Option<SessionId>,
        /// Said by the server: it is one of many from new devices, and stands below the others (`G3`).
        one_of_many: bool,
        /// Said by the server: how many of the phones that came when this one did have called just before it (`G3`).
        after: u32,
        /// Said by the server: an author calls from their paper (`N1`).
        author: bool,
    },
    /// The lead or the deputy opens it.
    Open { item: ItemId },
    /// One of them says: I look after this.
    Take { item: ItemId },
    /// They write to the phone.
    Reply { item: ItemId, text: QuestionText },
    /// The phone writes back.
    Answer { item: ItemId, text: QuestionText },
    /// The phone takes the messages off itself.
    DeleteThread { item: ItemId },
    /// It was handed over to somebody.
    HandOver {
        item: ItemId,
        /// To whom: an office, a role.
        to: Line,
    },
    /// Its words go for good.
    Erase { item: ItemId },
    /// Settles words for the hints, as they were typed.
    SetWords {
        /// That may hurt.
        rude: String,
        /// That worry.
        worry: String,
        /// That are harmless here.
        harmless: String,
    },
    /// Settles how long texts are kept.
    SetKeeping {
        /// How long.
        keep: KeepFor,
    },
    /// Everything that may go goes now.
    EraseNow {
        /// And what nobody has read (`N10`).
        unread: bool,
    },
    /// Nobody opened it in time (sent by the server).
    Alert {
        item: ItemId,
        /// At whom it rings.
        step: Alert,
        /// Said by the server: no device of theirs was there to ring (`N2`).
        unheard: bool,
    },
    /// An adult says what becomes of an author's call (`N1`).
    Hear {
        /// Which.
        item: ItemId,
        /// What becomes of it.
        how: Heard,
    },
    /// The page of the lead or the deputy says that somebody is there (`N2`).
    Here {
        /// By what it is known.
        by: Sign,
    },
}

/// Whether nobody of its cohort called before: then it is not written, as early versions wrote nothing.
pub(crate) const fn is_first(after: &u32) -> bool {
    *after == 0
}

/// What has happened in the inbox. Stored for ever: only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum InboxEvent {
    /// A phone called. Words: `text`, the place.
    Called {
        item: ItemId,
        phone: PhoneId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<Picture>,
        /// From which session's page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionId>,
        /// Whether it is one of many from new devices.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        one_of_many: bool,
        /// How many of the phones that came when this one did had called just before it.
        #[serde(default, skip_serializing_if = "is_first")]
        after: u32,
        /// Whether an author called from their paper.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        author: bool,
    },
    /// It was opened.
    Opened { item: ItemId },
    /// Somebody looks after it.
    Taken { item: ItemId },
    /// It rang at somebody.
    Alerted {
        item: ItemId,
        /// At whom.
        step: Alert,
        /// Whether no device of theirs was there to ring: then they were not told (`N2`).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unheard: bool,
    },
    /// Words to the phone. Words: `text`.
    Replied { item: ItemId, phone: PhoneId },
    /// Words from the phone. Words: `text`.
    Answered { item: ItemId },
    /// The phone does not show the messages any more.
    ThreadDeleted { item: ItemId },
    /// It was handed over. Words: `text`, to whom.
    HandedOver { item: ItemId },
    /// Its words are gone.
    Erased { item: ItemId },
    /// Words for the hints were settled. Words: `rude`, `worry`, `harmless`.
    WordsSet,
    /// How long texts are kept was settled.
    KeepingSet {
        /// How long.
        keep: KeepFor,
    },
    /// Everything that may go goes.
    EraseAsked {
        /// What was there then.
        at: Instant,
        /// And what nobody had read.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unread: bool,
    },
    /// What became of an author's call.
    Heard {
        /// Which.
        item: ItemId,
        /// What.
        how: Heard,
    },
    /// Somebody of safeguarding is at their page.
    GuardSeen {
        /// By what it is known.
        by: Sign,
    },
}

impl InboxEvent {
    /// What it is about; nothing if it is about no item.
    #[must_use]
    pub const fn item(&self) -> Option<ItemId> {
        match self {
            Self::WordsSet | Self::KeepingSet { .. } | Self::EraseAsked { .. } | Self::GuardSeen { .. } => None,
            Self::Called { item, .. }
            | Self::Opened { item }
            | Self::Taken { item }
            | Self::Alerted { item, .. }
            | Self::Replied { item, .. }
            | Self::Answered { item }
            | Self::ThreadDeleted { item }
            | Self::HandedOver { item }
            | Self::Erased { item }
            | Self::Heard { item, .. } => Some(*item),
        }
    }
}

/// The inbox's state: the sum of its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inbox {
    /// The place of the last entry.
    pub seq: u64,
    /// Every item that something was done about.
    pub items: BTreeMap<ItemId, Item>,
    /// What organizers have settled.
    pub care: Care,
    /// Who of safeguarding was at their page.
    pub guards: here::Guards,
}

impl Inbox {
    /// The threads that a phone shows: it was written to, and has not taken them off.
    pub fn threads_of(&self, phone: PhoneId) -> impl Iterator<Item = (ItemId, &Item)> {
        let shown = move |item: &Item| {
            item.phone == Some(phone)
                && !item.thread_deleted
                && item.erased.is_none()
                && item.messages.iter().any(|message| message.by.is_some())
        };
        self.items.iter().filter(move |(_, item)| shown(item)).map(|(id, item)| (*id, item))
    }

    /// Records what has happened. Cannot fail.
    pub fn apply(&mut self, entry: &Entry<InboxEvent>) {
        self.seq = entry.seq;
        let (at, by) = (entry.at, entry.by.role());
        let text = entry.words.0.get("text").cloned();
        let Some(id) = entry.event.item() else { return self.settle(entry) };
        if by.is_some_and(Role::safeguards) {
            // Whoever does something is there, on a page without a script too.
            self.heard(entry.by, Sign::Form, at);
        }
        let item = self.items.entry(id).or_default();
        item.steps.push(Step { at, by, what: entry.event.clone() });
        if text.is_some() {
            item.entries.push(entry.seq);
        }
        match &entry.event {
            InboxEvent::Called { phone, picture, session, one_of_many, after, author, .. } => {
                let (picture, session, one_of_many, after) = (*picture, *session, *one_of_many, *after);
                item.phone = Some(*phone);
                item.called = Some(Called { at, picture, place: text, session, one_of_many, after });
                if *author {
                    item.called_in_silence(at);
                }
            }
            InboxEvent::Opened { .. } => {
                item.opened.get_or_insert((at, by));
                item.heard(Heard::See, at);
            }
            InboxEvent::Taken { .. } => {
                item.taken = entry.by.pass().zip(by);
                item.heard(Heard::Answer, at);
            }
            InboxEvent::Heard { how, .. } => item.heard(*how, at),
            InboxEvent::Alerted { step, unheard, .. } => {
                item.alerts.push(*step);
                item.unheard.extend(Some(*step).filter(|_| *unheard));
            }
            InboxEvent::Replied { phone, .. } => {
                item.phone = Some(*phone);
                item.thread_deleted = false;
                item.messages.push(Message { at, by, text });
            }
            InboxEvent::Answered { .. } => item.messages.push(Message { at, by: None, text }),
            InboxEvent::ThreadDeleted { .. } => item.thread_deleted = true,
            InboxEvent::HandedOver { .. } => item.handed_over = Some((at, text)),
            InboxEvent::Erased { .. } => item.erase(at),
            InboxEvent::WordsSet
            | InboxEvent::KeepingSet { .. }
            | InboxEvent::EraseAsked { .. }
            | InboxEvent::GuardSeen { .. } => {}
        }
    }

    fn settle(&mut self, entry: &Entry<InboxEvent>) {
        match &entry.event {
            InboxEvent::WordsSet => self.care.set_words(&entry.words, entry.seq),
            InboxEvent::KeepingSet { keep } => self.care.keep = *keep,
            InboxEvent::EraseAsked { at, unread } => {
                self.care.erase_asked = Some(*at);
                self.care.erase_unread = self.care.erase_unread.max(Some(*at).filter(|_| *unread));
            }
            InboxEvent::GuardSeen { by } => self.heard(entry.by, *by, entry.at),
            InboxEvent::Called { .. }
            | InboxEvent::Opened { .. }
            | InboxEvent::Taken { .. }
            | InboxEvent::Alerted { .. }
            | InboxEvent::Replied { .. }
            | InboxEvent::Answered { .. }
            | InboxEvent::ThreadDeleted { .. }
            | InboxEvent::HandedOver { .. }
            | InboxEvent::Erased { .. }
            | InboxEvent::Heard { .. } => {}
        }
    }
}
