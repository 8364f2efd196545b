//! What may be done in the inbox, and when it rings.

use super::{Alert, Inbox, InboxAct, InboxEvent, Item, MOST_CALLS, SAME_CALL, care, silent};
use crate::entry::{Happened, Words};
use crate::ids::{ItemId, PhoneId};
use crate::refusal::Refusal;
use crate::role::Who;
use crate::text::Line;
use crate::time::Instant;

/// A question in safeguarding, as its session knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    pub item: ItemId,
    /// When the desk handed it over.
    pub at: Instant,
    /// The phone that asked; none for a slip of paper.
    pub asker: Option<PhoneId>,
}

type Decided = Result<Vec<Happened<InboxEvent>>, Refusal>;

impl Inbox {
    /// What happens if `who` does `act` at `now`. `source` is the question that it is about, if it is about one.
    ///
    /// # Errors
    /// [`Refusal::NotYours`], [`Refusal::Unknown`], [`Refusal::NotHandedOver`].
    pub fn decide(&self, who: Who, act: &InboxAct, source: Option<Source>, now: Instant) -> Decided {
        if !permits(who, act) {
            return Err(Refusal::NotYours);
        }
        match act {
            InboxAct::Call { item, picture, place, session, one_of_many, after, author } => {
                let Who::Phone(phone) = who else { return Err(Refusal::NotYours) };
                if picture.is_none() && place.is_none() {
                    return Err(Refusal::Empty);
                }
                if self.is_again(*item, phone, place.as_ref(), now) {
                    return Ok(vec![]);
                }
                let (item, picture, session) = (*item, *picture, *session);
                let (one_of_many, after, author) = (*one_of_many, *after, *author);
                let event = InboxEvent::Called { item, phone, picture, session, one_of_many, after, author };
                let words = place.as_ref().map(|place| Words::text(place.as_str())).unwrap_or_default();
                Ok(vec![Happened { event, words }])
            }
            InboxAct::Answer { item, text } => {
                let event = InboxEvent::Answered { item: *item };
                self.own_thread(who, *item)?;
                Ok(vec![Happened { event, words: Words::text(text.as_str()) }])
            }
            InboxAct::DeleteThread { item } => {
                let thread = self.own_thread(who, *item)?;
                Ok(if thread.thread_deleted { vec![] } else { vec![InboxEvent::ThreadDeleted { item: *item }.into()] })
            }
            InboxAct::Alert { item, step, unheard } => self.alert(*item, *step, *unheard, source, now),
            InboxAct::Hear { item, how } => self.hear(*item, *how, now),
            InboxAct::Here { by } => self.here(who, *by, now),
            InboxAct::SetWords { .. } | InboxAct::SetKeeping { .. } | InboxAct::EraseNow { .. } => {
                care::settle(self, act, now)
            }
            InboxAct::Open { .. }
            | InboxAct::Take { .. }
            | InboxAct::Reply { .. }
            | InboxAct::HandOver { .. }
            | InboxAct::Erase { .. } => self.guard(who, act, source),
        }
    }

    /// What the lead and the deputy do. Whatever they do first opens it.
    fn guard(&self, who: Who, act: &InboxAct, source: Option<Source>) -> Decided {
        let id = act.item().ok_or(Refusal::Unknown)?;
        let nothing = Item::default();
        let item = match (self.items.get(&id), source) {
            (Some(item), _) if item.called.is_some() || source.is_some() || item.handed_over.is_some() => item,
            (_, Some(_)) => &nothing,
            _ => return Err(Refusal::Unknown),
        };
        if item.erased.is_some() {
            return Err(Refusal::Unknown);
        }
        let mut happened = Vec::new();
        if item.opened.is_none() && who != Who::Server {
            happened.push(InboxEvent::Opened { item: id }.into());
        }
        match act {
            InboxAct::Take { .. } if item.taken.map(|(pass, _)| pass) != who.pass() => {
                happened.push(InboxEvent::Taken { item: id }.into());
            }
            InboxAct::Reply { text, .. } => {
                let phone = item.phone.or(source.and_then(|source| source.asker)).ok_or(Refusal::NoPhone)?;
                let event = InboxEvent::Replied { item: id, phone };
                happened.push(Happened { event, words: Words::text(text.as_str()) });
            }
            InboxAct::HandOver { to, .. } => {
                let event = InboxEvent::HandedOver { item: id };
                happened.push(Happened { event, words: Words::text(to.as_str()) });
            }
            InboxAct::Erase { .. } => {
                item.handed_over.as_ref().ok_or(Refusal::NotHandedOver)?;
                happened.push(InboxEvent::Erased { item: id }.into());
            }
            InboxAct::Call { .. }
            | InboxAct::Open { .. }
            | InboxAct::Take { .. }
            | InboxAct::Answer { .. }
            | InboxAct::DeleteThread { .. }
            | InboxAct::SetWords { .. }
            | InboxAct::SetKeeping { .. }
            | InboxAct::EraseNow { .. }
            | InboxAct::Alert { .. }
            | InboxAct::Hear { .. }
            | InboxAct::Here { .. } => {}
        }
        Ok(happened)
    }

    fn alert(&self, item: ItemId, step: Alert, unheard: bool, source: Option<Source>, now: Instant) -> Decided {
        let due = alerts_due(self, source.as_slice(), now).contains(&(item, step));
        Ok(if due { vec![InboxEvent::Alerted { item, step, unheard }.into()] } else { vec![] })
    }

    /// The same call again: the same id, a hurried second press, or one of very many.
    fn is_again(&self, item: ItemId, phone: PhoneId, place: Option<&Line>, now: Instant) -> bool {
        let open = self.items.values().filter(|item| item.phone == Some(phone) && item.erased.is_none());
        let calls: Vec<_> = open.filter_map(|item| item.called.as_ref()).collect();
        let same = |place_before: &Option<String>| place_before.as_deref() == place.map(Line::as_str);
        self.items.contains_key(&item)
            || calls.len() >= MOST_CALLS
            || calls.iter().any(|call| now < call.at + SAME_CALL && same(&call.place))
    }

    /// A thread that this phone was written in.
    fn own_thread(&self, who: Who, item: ItemId) -> Result<&Item, Refusal> {
        let Who::Phone(phone) = who else { return Err(Refusal::NotYours) };
        let own = |item: &&Item| item.phone == Some(phone) && item.erased.is_none() && !item.messages.is_empty();
        self.items.get(&item).filter(own).ok_or(Refusal::Unknown)
    }
}

/// Who may do what here: phones call and write back, the lead and the deputy do the rest, the server rings.
fn permits(who: Who, act: &InboxAct) -> bool {
    match act {
        InboxAct::Call { .. } | InboxAct::Answer { .. } | InboxAct::DeleteThread { .. } => matches!(who, Who::Phone(_)),
        InboxAct::Alert { .. } => who == Who::Server,
        InboxAct::Hear { how, .. } => silent::permits(who, *how),
        InboxAct::SetWords { .. } | InboxAct::SetKeeping { .. } | InboxAct::EraseNow { .. } => care::permits(who, act),
        // What was handed over and forgotten is erased with everything else.
        InboxAct::Erase { .. } => who == Who::Server || who.role().is_some_and(crate::Role::safeguards),
        InboxAct::Open { .. }
        | InboxAct::Take { .. }
        | InboxAct::Reply { .. }
        | InboxAct::HandOver { .. }
        | InboxAct::Here { .. } => who.role().is_some_and(crate::Role::safeguards),
    }
}

impl InboxAct {
    /// What it is about; nothing if it is about no item.
    #[must_use]
    pub const fn item(&self) -> Option<ItemId> {
        match self {
            Self::Call { item, .. }
            | Self::Open { item }
            | Self::Take { item }
            | Self::Reply { item, .. }
            | Self::Answer { item, .. }
            | Self::DeleteThread { item }
            | Self::HandOver { item, .. }
            | Self::Erase { item }
            | Self::Hear { item, .. }
            | Self::Alert { item, .. } => Some(*item),
            Self::SetWords { .. } | Self::SetKeeping { .. } | Self::EraseNow { .. } | Self::Here { .. } => None,
        }
    }
}

/// What rings now: not opened in time, first at the deputy, after as long again at the lead (`S8`).
#[must_use]
pub fn alerts_due(inbox: &Inbox, sources: &[Source], now: Instant) -> Vec<(ItemId, Alert)> {
    // Of a flood one rings for all: the first that nobody has opened.
    let waits = |item: &Item| item.opened.is_none() && item.erased.is_none();
    let of_many = |item: &Item| item.called.as_ref().is_some_and(|called| called.one_of_many);
    let many = inbox.items.iter().filter(|(_, item)| waits(item) && of_many(item));
    let first = many.min_by_key(|(id, item)| (item.called.as_ref().map(|called| called.at), **id)).map(|(id, _)| *id);
    let calls = inbox.items.iter().filter(|(id, item)| !of_many(item) || Some(**id) == first);
    let calls = calls.filter_map(|(id, item)| Some((*id, item.called.as_ref()?.at)));
    let arrived = calls.chain(sources.iter().map(|source| (source.item, source.at)));
    let patience = inbox.care.patience();
    let due = |(id, at): (ItemId, Instant)| {
        let item = inbox.items.get(&id);
        if item.is_some_and(|item| item.opened.is_some() || item.erased.is_some()) {
            return None;
        }
        let rang = item.map(|item| item.alerts.as_slice()).unwrap_or_default();
        let steps = [(Alert::Deputy, at + patience), (Alert::Lead, at + patience + patience)];
        steps.into_iter().find(|(step, when)| *when <= now && !rang.contains(step)).map(|(step, _)| (id, step))
    };
    arrived.filter_map(due).collect()
}
