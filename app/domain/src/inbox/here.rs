//! Who of safeguarding is at their page (`N2`): every sentence that says that somebody is here is computed from this.
//!
//! Presence is a person, as at the reading desk (`G11`): it begins with a press, goes on while the page can be seen, and
//! ends after a minute of silence, or where something waits unopened and nobody has done anything for three minutes.

use std::collections::BTreeMap;

use crate::entry::Happened;
use crate::ids::PassId;
use crate::inbox::{Inbox, InboxEvent, Item};
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::session::desk::{IDLE, SILENCE, Sign};
use crate::time::{Instant, Span};

/// How often presence is written down; the page says it more often.
const NOTED_EVERY: Span = Span::seconds(20);

/// One card of safeguarding, as far as it was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    role: Role,
    /// When its page was heard last.
    heard: Instant,
    /// When a hand did something there last.
    acted: Instant,
}

/// Every card of safeguarding that was at its page.
pub type Guards = BTreeMap<PassId, Present>;

impl Inbox {
    /// Who is at their page at `now`, by card.
    pub fn present(&self, now: Instant) -> impl Iterator<Item = (PassId, Role)> {
        let waits = self.waits_since();
        let there = move |present: &Present| {
            let touched = waits.is_none_or(|since| now < since.max(present.acted) + IDLE);
            now < present.heard + SILENCE && touched
        };
        self.guards.iter().filter(move |(_, present)| there(present)).map(|(pass, present)| (*pass, present.role))
    }

    /// Since when something is known here that nobody has opened.
    fn waits_since(&self) -> Option<Instant> {
        let unopened = self.items.values().filter(|item| item.opened.is_none() && item.erased.is_none());
        let since = |item: &Item| item.called.as_ref().map(|call| call.at).or(item.steps.first().map(|step| step.at));
        unopened.filter_map(since).min()
    }

    /// A page of safeguarding says that it can be seen, or that a hand was on it.
    pub(super) fn here(&self, who: Who, by: Sign, now: Instant) -> Result<Vec<Happened<InboxEvent>>, Refusal> {
        let known = who.pass().and_then(|pass| self.guards.get(&pass));
        let fresh = |at: Instant| now < at + NOTED_EVERY;
        let says_something = match by {
            // An open page is nobody until a hand was on it, and nothing new while it was heard just now.
            Sign::Beat => known.is_some_and(|known| !fresh(known.heard)),
            Sign::Hand => !known.is_some_and(|known| fresh(known.heard) && fresh(known.acted)),
            Sign::Form => true,
            Sign::Page => false,
        };
        Ok(if says_something { vec![InboxEvent::GuardSeen { by }.into()] } else { vec![] })
    }

    /// Records that somebody of safeguarding is there: by a sign, or by doing something.
    pub(super) fn heard(&mut self, who: Who, by: Sign, at: Instant) {
        let Who::Pass { id, role } = who else { return };
        let there = self.guards.entry(id).or_insert(Present { role, heard: at, acted: at });
        match by {
            Sign::Page => {}
            Sign::Beat => there.heard = at.max(there.heard),
            Sign::Hand => (there.heard, there.acted) = (at.max(there.heard), at),
            // Counted ahead: nothing more is heard of it until the next press.
            Sign::Form => (there.heard, there.acted) = (at + (IDLE - SILENCE), at),
        }
    }
}
