//! Papers' rooms: each a stream of its own. A session's run of show follows what is decided here.
//!
//! The paper is the truth. After each act, and when the server starts, every session is made to follow: accepted
//! papers have their slot, and no other paper has one. So both are consistent even if the server died in between.

mod erasing;
mod following;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError, RwLock};

use nadwa_domain::command::PlanCommand;
use nadwa_domain::ids::{PaperId, SessionId};
use nadwa_domain::paper::act::PaperAct;
use nadwa_domain::paper::event::PaperEvent;
use nadwa_domain::paper::{Paper, Terms};
use nadwa_domain::{Command, Instant, Refusal, Who};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::rooms::conference::ConferenceRoom;
use crate::rooms::{Failure, Ground, Rooms, lines};
use crate::store::{Grown, StoreError};
use following::{moves_the_run_of_show, slot_of};

/// The kind of their streams in the store.
pub(super) const KIND: &str = "paper";
/// How often a write is decided again when another node was first.
const TRIES: u32 = 8;

/// One paper's room.
pub struct PaperRoom {
    ground: Ground,
    id: PaperId,
    state: RwLock<Arc<Paper>>,
    /// One writer at a time on this node.
    writing: Mutex<()>,
    /// Its seq, for tablets that follow it.
    version: watch::Sender<u64>,
    /// The erasure up to which nothing that was erased is left on the disk, as far as this process has looked.
    swept: AtomicU64,
}

impl PaperRoom {
    async fn open(ground: Ground, id: PaperId) -> Result<Arc<Self>, StoreError> {
        ground.store.create_stream(id.0, KIND).await?;
        let state = RwLock::new(Arc::new(Paper::new(id)));
        let (writing, version, swept) = (Mutex::default(), watch::channel(0).0, AtomicU64::default());
        let room = Arc::new(Self { ground, id, state, writing, version, swept });
        room.catch_up().await?;
        let own = Arc::clone(&room);
        room.ground.tasks.keep("a paper's notices", move |again| Arc::clone(&own).follow(again));
        Ok(room)
    }

    /// Its state now.
    #[must_use]
    pub fn state(&self) -> Arc<Paper> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells when something changed.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Looks again: a name changed.
    pub(super) fn look_again(&self) {
        self.version.send_modify(|_| {});
    }

    async fn act(
        &self,
        conference: &ConferenceRoom,
        who: Who,
        act: &PaperAct,
        late_until: Option<Instant>,
    ) -> Result<(), Failure> {
        let _one = self.writing.lock().await;
        for _ in 0..TRIES {
            let (state, call) = (self.state(), conference.state());
            let now = self.ground.clock.now();
            let terms = Terms { call: call.call.as_ref(), late_until };
            let happened = state.decide(who, act, now, terms).map_err(Failure::Refused)?;
            let entries = lines::entries(state.seq, now, who, happened);
            let new = entries.iter().map(lines::line).collect();
            match self.ground.store.append(self.id.0, state.seq, new).await {
                Ok(()) => {
                    self.change(|paper| entries.iter().for_each(|entry| paper.apply(entry)));
                    return Ok(());
                }
                Err(StoreError::Conflict) => self.catch_up().await?,
                Err(error) => return Err(error.into()),
            }
        }
        Err(Failure::Refused(Refusal::AlreadyMoved { by: None }))
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
                Ok(Grown { stream, .. }) => stream == self.id.0 || stream == Uuid::nil(),
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            };
            if mine {
                let _one = self.writing.lock().await;
                if let Err(error) = self.catch_up().await {
                    tracing::error!(%error, "a paper could not be read");
                }
            }
        }
    }

    async fn catch_up(&self) -> Result<(), StoreError> {
        let seq = self.state().seq;
        let entries = lines::read::<PaperEvent>(&self.ground, self.id.0, KIND, seq).await?;
        self.change(|paper| entries.iter().for_each(|entry| paper.apply(entry)));
        Ok(())
    }

    fn change(&self, change: impl FnOnce(&mut Paper)) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut state));
        let seq = state.seq;
        drop(state);
        self.version.send_if_modified(|version| std::mem::replace(version, seq) != seq);
    }
}

/// Every paper that was asked for.
#[derive(Default)]
pub struct Papers {
    rooms: Mutex<BTreeMap<PaperId, Arc<PaperRoom>>>,
}

impl Papers {
    /// Names changed: whoever follows a paper sees them.
    pub(super) async fn look_again(&self) {
        self.rooms.lock().await.values().for_each(|room| room.look_again());
    }
}

impl Rooms {
    /// A paper's room; nothing if no pass and no stream knows the paper.
    ///
    /// # Errors
    /// [`StoreError`] if its history cannot be read.
    pub async fn paper(&self, id: PaperId) -> Result<Option<Arc<PaperRoom>>, StoreError> {
        let mut rooms = self.papers.rooms.lock().await;
        if let Some(room) = rooms.get(&id) {
            return Ok(Some(Arc::clone(room)));
        }
        let conference = self.conference().state();
        let has_pass = conference.passes.values().any(|pass| pass.writes(id));
        if !has_pass && !self.ground.store.streams(KIND).await?.contains(&id.0) {
            return Ok(None);
        }
        let room = PaperRoom::open(self.ground.clone(), id).await?;
        rooms.insert(id, Arc::clone(&room));
        Ok(Some(room))
    }

    /// Every paper that can be read, in no order that means anything.
    ///
    /// # Errors
    /// [`StoreError`] if the store does not answer.
    pub async fn papers(&self) -> Result<Vec<Arc<PaperRoom>>, StoreError> {
        let mut all = Vec::new();
        for id in self.ground.store.streams(KIND).await? {
            match self.paper(PaperId(id)).await {
                Ok(room) => all.extend(room),
                // It is noted as broken, and keeps none of the others away.
                Err(StoreError::Corrupt(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    /// Does what somebody asks of a paper, durably; the run of show follows before this returns.
    ///
    /// # Errors
    /// [`Failure`]: refused, or not saved.
    pub async fn act_on_paper(
        self: &Arc<Self>,
        room: &PaperRoom,
        who: Who,
        act: &PaperAct,
        late_until: Option<Instant>,
    ) -> Result<(), Failure> {
        if let PaperAct::Accept(place) = act {
            // A session that could not take it is found before anything is written.
            self.could_take(room, who, act, place.session).await?;
        }
        room.act(self.conference(), who, act, late_until).await?;
        if moves_the_run_of_show(act) {
            let paper = room.state();
            if self.follow_paper(&paper).await.is_err() {
                self.follow_later(room.id);
            }
        }
        Ok(())
    }

    async fn could_take(&self, room: &PaperRoom, who: Who, act: &PaperAct, session: SessionId) -> Result<(), Failure> {
        let conference = self.conference().state();
        if conference.listing(session).is_none() {
            return Err(Failure::Refused(Refusal::Unknown));
        }
        let now = self.ground.clock.now();
        let mut paper = Paper::clone(&room.state());
        let terms = Terms { call: conference.call.as_ref(), late_until: None };
        let happened = paper.decide(who, act, now, terms).map_err(Failure::Refused)?;
        lines::entries(paper.seq, now, who, happened).iter().for_each(|entry| paper.apply(entry));
        let Some(slot) = slot_of(&paper, &conference.people) else { return Ok(()) };
        let command = Command::Plan(PlanCommand::PlacePaper(Box::new(slot)));
        let session = self.session(session).await?;
        let fits = session.look(|session, _| session.decide(Who::Server, &command, now).map(drop));
        fits.map_err(Failure::Refused)
    }
}
