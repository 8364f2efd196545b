//! The safeguarding inbox's room: what was done about what the desks handed over, and calls for somebody.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::ids::{ItemId, PhoneId, SessionId};
use nadwa_domain::inbox::{Alert, Heard, Inbox, InboxAct, InboxEvent, Source, alerts_due};
use nadwa_domain::session::question::Status;
use nadwa_domain::{Command, Entry, Who};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::edge;
use crate::rooms::noticed::Noticed;
use crate::rooms::session::SessionRoom;
use crate::rooms::{Failure, Ground, Rooms, lines};
use crate::store::{Grown, StoreError};

/// The kind of its stream in the store.
pub(crate) const KIND: &str = "inbox";
/// How often a write is decided again when another node was first.
const TRIES: u32 = 8;
/// How often it is looked whether something rings.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The inbox's room.
pub struct InboxRoom {
    ground: Ground,
    id: Uuid,
    state: RwLock<Arc<Inbox>>,
    /// One writer at a time on this node.
    writing: Mutex<()>,
    /// Moves whenever something in the inbox, or something that belongs into it, has changed.
    version: watch::Sender<u64>,
}

/// A question in safeguarding, and the session that it came from.
pub type Sources = HashMap<ItemId, (Source, SessionId)>;

impl InboxRoom {
    pub(super) async fn open(ground: Ground) -> Result<Arc<Self>, StoreError> {
        let id = edge::derived_id("inbox", &[]);
        ground.store.create_stream(id, KIND).await?;
        let version = ground.guarded.clone();
        let room = Arc::new(Self { ground, id, state: RwLock::default(), writing: Mutex::default(), version });
        room.catch_up().await?;
        let own = Arc::clone(&room);
        room.ground.tasks.keep("the inbox's notices", move |again| Arc::clone(&own).follow(again));
        Ok(room)
    }

    /// Its state now.
    #[must_use]
    pub fn state(&self) -> Arc<Inbox> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells when something in it, or something that belongs into it, has changed.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Does something, durably; whoever it concerns is told by the caller.
    async fn act(&self, who: Who, act: &InboxAct, source: Option<Source>) -> Result<Vec<Entry<InboxEvent>>, Failure> {
        let _one = self.writing.lock().await;
        for _ in 0..TRIES {
            let state = self.state();
            let now = self.ground.clock.now();
            let happened = state.decide(who, act, source, now).map_err(Failure::Refused)?;
            let entries = lines::entries(state.seq, now, who, happened);
            let new = entries.iter().map(lines::line).collect();
            match self.ground.store.append(self.id, state.seq, new).await {
                Ok(()) => {
                    self.apply(&entries);
                    return Ok(entries);
                }
                Err(StoreError::Conflict) => self.catch_up().await?,
                Err(error) => return Err(error.into()),
            }
        }
        Err(Failure::Refused(nadwa_domain::Refusal::AlreadyMoved { by: None }))
    }

    /// Removes the words of entries for good.
    async fn blank(&self, entries: &[u64]) -> Result<(), StoreError> {
        for seq in entries {
            self.ground.store.blank(self.id, *seq).await?;
        }
        Ok(())
    }

    /// `behind`: something may have been missed.
    async fn follow(self: Arc<Self>, mut behind: bool) {
        let mut grown = self.ground.store.grown();
        loop {
            let notice = tokio::select! {
                biased;
                () = std::future::ready(()), if std::mem::take(&mut behind) => Err(RecvError::Lagged(0)),
                () = self.ground.stop.cancelled() => return,
                notice = grown.recv() => notice,
            };
            let mine = match notice {
                Ok(Grown { stream, .. }) => stream == self.id || stream == Uuid::nil(),
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            };
            if mine {
                let _one = self.writing.lock().await;
                if let Err(error) = self.catch_up().await {
                    tracing::error!(%error, "the inbox could not be read");
                }
            }
        }
    }

    /// Reads what is new. A line that cannot be read closes no inbox: a child may be calling.
    async fn catch_up(&self) -> Result<(), StoreError> {
        let seq = self.state().seq;
        match lines::read(&self.ground, self.id, KIND, seq).await {
            Ok(entries) => {
                self.apply(&entries);
                Ok(())
            }
            Err(StoreError::Corrupt(_)) => self.go_round().await,
            Err(error) => Err(error),
        }
    }

    /// Takes what can be read, from the beginning, and goes on after it.
    async fn go_round(&self) -> Result<(), StoreError> {
        let (entries, last) = lines::around::<InboxEvent>(self.ground.store.as_ref(), self.id).await?;
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::default();
        self.apply(&entries);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut state).seq = last;
        Ok(())
    }

    /// Whether all of it could be read. What could not may be what somebody settled about erasing.
    pub(super) fn is_whole(&self) -> bool {
        !self.ground.broken.has(self.id)
    }

    fn apply(&self, entries: &[Entry<InboxEvent>]) {
        if entries.is_empty() {
            return;
        }
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let inbox = Arc::make_mut(&mut state);
        entries.iter().for_each(|entry| inbox.apply(entry));
        let mut noticed = self.ground.words.write().unwrap_or_else(PoisonError::into_inner);
        if *noticed.words() != inbox.care.words {
            *noticed = Arc::new(Noticed::new(inbox.care.words.clone()));
        }
        drop(noticed);
        drop(state);
        self.version.send_modify(|version| *version += 1);
    }
}

impl Rooms {
    /// Every question in safeguarding, of every session; of a broken one, what can be read of it.
    ///
    /// # Errors
    /// [`StoreError`] if the store does not answer.
    pub async fn guarded(&self) -> Result<Sources, StoreError> {
        let mut sources = Sources::new();
        for listing in &self.conference().state().sessions {
            self.look_at(listing.session, |session| {
                let guarded = session.questions.iter().filter(|q| q.status == Status::Safeguarding && !q.erased);
                for question in guarded {
                    let at = question.desk_decision.map_or(question.asked_at, |(at, _)| at);
                    let asker = Some(question.asker).filter(|_| !question.slip);
                    let item = ItemId(question.id.0);
                    sources.insert(item, (Source { item, at, asker }, listing.session));
                }
            })
            .await?;
        }
        Ok(sources)
    }

    /// Does something in the inbox. What is erased there is blanked on the disk first.
    ///
    /// # Errors
    /// [`Failure`]: refused, not saved, or stopping.
    pub async fn act_in_inbox(&self, who: Who, act: InboxAct) -> Result<(), Failure> {
        let about = act.item();
        let of_phones = matches!(
            act,
            InboxAct::Call { .. }
                | InboxAct::Answer { .. }
                | InboxAct::DeleteThread { .. }
                | InboxAct::Here { .. }
                | InboxAct::Hear { .. }
        );
        let sources = if of_phones { Sources::new() } else { self.guarded().await? };
        let source = about.and_then(|item| sources.get(&item));
        if let InboxAct::Erase { item } = act {
            return self.erase_item(who, item, source.copied()).await;
        }
        let entries = self.inbox().act(who, &act, source.map(|(source, _)| *source)).await?;
        self.tell_phones(&entries).await;
        Ok(())
    }

    /// Erases one item: refused, or blanked in both histories and written down as erased.
    async fn erase_item(&self, who: Who, item: ItemId, source: Option<(Source, SessionId)>) -> Result<(), Failure> {
        let now = self.clock().now();
        let state = self.inbox().state();
        let act = InboxAct::Erase { item };
        state.decide(who, &act, source.map(|(source, _)| source), now).map_err(Failure::Refused)?;
        let entries = state.items.get(&item).map(|item| item.entries.clone()).unwrap_or_default();
        self.inbox().blank(&entries).await?;
        if let Some((_, session)) = source {
            let room = self.session(session).await?;
            self.erase_question(&room, nadwa_domain::ids::QuestionId(item.0)).await?;
        }
        let done = self.inbox().act(who, &act, source.map(|(source, _)| source)).await?;
        self.tell_phones(&done).await;
        Ok(())
    }

    /// Blanks a question's words on the disk, and says so to everybody who has them open.
    ///
    /// # Errors
    /// [`Failure`]: not saved, or stopping.
    pub async fn erase_question(&self, room: &SessionRoom, id: nadwa_domain::ids::QuestionId) -> Result<(), Failure> {
        let entries = room.look(|session, _| session.question(id).map(|q| q.entries.clone()).unwrap_or_default());
        for seq in entries {
            self.store().blank(room.id().0, seq).await?;
        }
        room.act(Who::Server, Command::Question(QuestionCommand::EraseQuestion { id })).await
    }

    /// A reply came, or went: the phone's own pages follow, in whatever session it is.
    async fn tell_phones(&self, entries: &[Entry<InboxEvent>]) {
        let state = self.inbox().state();
        let phones = entries.iter().filter_map(|entry| state.items.get(&entry.event.item()?)?.phone);
        for phone in phones {
            self.touch_phone(phone).await;
        }
    }

    async fn touch_phone(&self, phone: PhoneId) {
        for room in self.open_rooms().await {
            room.touch(phone);
        }
    }

    /// Rings at whoever should know, again and again until the server stops (`S8`).
    pub async fn keep_ringing(self: Arc<Self>, stop: tokio_util::sync::CancellationToken) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = look.tick() => {}
            }
            if let Err(error) = self.ring().await {
                tracing::error!(%error, "the inbox could not be looked at");
            }
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        // One of a phone's speaks for all of them; said again it says nothing.
        for item in self.inbox().state().unheard(self.clock().now()) {
            self.inbox().act(Who::Server, &InboxAct::Hear { item, how: Heard::Unheard }, None).await?;
        }
        let sources: Vec<Source> = self.guarded().await?.into_values().map(|(source, _)| source).collect();
        let by_id: BTreeMap<ItemId, Source> = sources.iter().map(|source| (source.item, *source)).collect();
        for (item, step) in alerts_due(&self.inbox().state(), &sources, self.clock().now()) {
            let present = self.present();
            // Who has no device there is told by nobody, and the record says so (`N2`).
            let unheard = match step {
                Alert::Deputy => !present.deputy,
                Alert::Lead => !present.lead,
            };
            self.inbox().act(Who::Server, &InboxAct::Alert { item, step, unheard }, by_id.get(&item).copied()).await?;
        }
        Ok(())
    }
}
