//! The conference's room: programme, passes, helplines. Few writes, many reads.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use nadwa_domain::conference::pass::{NewPass, Pass};
use nadwa_domain::conference::{Act, Conference, ConferenceEvent};
use nadwa_domain::ids::{ConferenceId, PersonId};
use nadwa_domain::{Entry, Instant, Refusal, Who};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::permits::{CardLink, DeviceSecret, Permit};
use crate::rooms::{Failure, Ground, lines, recall};
use crate::store::{Grown, NAMES, StoreError};
use crate::{edge, secrets};

/// The kind of its stream in the store.
pub(super) const KIND: &str = "conference";
/// How often a write is decided again when another node was first.
const TRIES: u32 = 8;
/// Most signed-out devices that are remembered as such.
const MOST_GONE: usize = 4_096;

/// The conference's room.
pub struct ConferenceRoom {
    ground: Ground,
    id: ConferenceId,
    state: RwLock<Arc<Conference>>,
    /// One writer at a time on this node.
    writing: Mutex<()>,
    /// Digests of devices that have signed out: nobody reads the store for them again.
    gone: std::sync::Mutex<HashSet<String>>,
    /// Its seq, for streams that must end when a pass is revoked.
    version: watch::Sender<u64>,
}

impl ConferenceRoom {
    pub(super) async fn open(ground: Ground) -> Result<Arc<Self>, StoreError> {
        let id = match ground.store.streams(KIND).await?.first() {
            Some(id) => *id,
            None => {
                // Two nodes that start at once on an empty store must mean the same one.
                let id = edge::derived_id("first conference", &[]);
                ground.store.create_stream(id, KIND).await?;
                id
            }
        };
        let room = Arc::new(Self {
            ground,
            id: ConferenceId(id),
            state: RwLock::default(),
            writing: Mutex::default(),
            gone: std::sync::Mutex::default(),
            version: watch::channel(0).0,
        });
        room.catch_up().await?;
        room.forget_codes().await?;
        let own = Arc::clone(&room);
        room.ground.tasks.keep("the conference's notices", move |again| Arc::clone(&own).follow(again));
        Ok(room)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> ConferenceId {
        self.id
    }

    /// Its state now.
    #[must_use]
    pub fn state(&self) -> Arc<Conference> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells when something changed.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// The pass that a device stands for, if it works now.
    #[must_use]
    pub fn pass_of_device(&self, secret: &str, now: Instant, _: Permit<DeviceSecret>) -> Option<Pass> {
        self.state().pass_of_device(&edge::digest(secret), now).cloned()
    }

    /// Reads what another node has written, if a device's secret of ours is not known here: once, since a secret is
    /// written down before anybody gets it.
    pub async fn meet(&self, secret: &str) {
        let digest = edge::digest(secret);
        let known = || self.state().devices.values().any(|device| device.new.digest == digest);
        if known() || self.gone.lock().unwrap_or_else(PoisonError::into_inner).contains(&digest) {
            return;
        }
        let _one = self.writing.lock().await;
        match self.catch_up().await {
            Ok(()) if !known() => self.is_gone(digest),
            Ok(()) => {}
            Err(error) => tracing::warn!(%error, "the conference could not be read"),
        }
    }

    fn is_gone(&self, digest: String) {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        if gone.len() >= MOST_GONE {
            gone.clear();
        }
        gone.insert(digest);
    }

    /// The pass of a link's secret, if it works now.
    #[must_use]
    pub fn pass(&self, secret: &str, now: Instant, permit: Permit<CardLink>) -> Option<Pass> {
        secrets::pass_by_link(&self.state(), secret, now, permit)
    }

    /// Early versions kept the codes of children's cards, and beside them digests by which all codes can be tried in
    /// minutes: the cards go on working, and both are removed from the history (`G8`).
    async fn forget_codes(&self) -> Result<(), StoreError> {
        for line in self.ground.store.read(self.id.0, 0).await? {
            let entry = lines::entry::<ConferenceEvent>(&line).map_err(StoreError::from)?;
            let ConferenceEvent::PassIssued(new) = entry.event else { continue };
            let code = entry.words.plain("text");
            if code.is_empty() {
                continue;
            }
            let state = self.state();
            let plain = state.passes.get(&new.id).is_some_and(|pass| pass.issued.digest == edge::digest(&code));
            if plain {
                let rekey = Act::Rekey { pass: new.id, digest: secrets::keep_code(&state, &code) };
                self.act(Who::Server, &rekey).await.map_err(|failure| StoreError::Unavailable(failure.to_string()))?;
            }
            // The words last: while they are there it is begun again.
            let fact = lines::fact(&ConferenceEvent::PassIssued(NewPass { digest: String::new(), ..new }));
            self.ground.store.restate(self.id.0, line.seq, &fact).await?;
            self.ground.store.blank(self.id.0, line.seq).await?;
        }
        Ok(())
    }

    /// Takes what was told of somebody who was removed out of the history; the name is kept elsewhere.
    ///
    /// # Errors
    /// [`StoreError`] if it could not be done; once more does no harm.
    pub async fn forget_told(&self, person: PersonId) -> Result<(), StoreError> {
        for line in self.ground.store.read(self.id.0, 0).await? {
            let entry = lines::entry::<ConferenceEvent>(&line).map_err(StoreError::from)?;
            let tells = match entry.event {
                ConferenceEvent::PersonAdded(about) | ConferenceEvent::PersonChanged(about) => about.id == person,
                ConferenceEvent::ProfileSet { person: of, .. } => of == person,
                // No other event tells anything of a person.
                _ => false,
            };
            if tells && !entry.words.0.is_empty() {
                self.ground.store.blank(self.id.0, line.seq).await?;
            }
        }
        Ok(())
    }

    /// Does what an organizer asks for, durably.
    ///
    /// # Errors
    /// [`Failure`]: refused, or not saved.
    pub async fn act(&self, who: Who, act: &Act) -> Result<(), Failure> {
        self.act_all(who, std::slice::from_ref(act)).await
    }

    /// Does several things, all or none.
    ///
    /// # Errors
    /// As [`Self::act`]; the first refusal.
    pub async fn act_all(&self, who: Who, acts: &[Act]) -> Result<(), Failure> {
        let _one = self.writing.lock().await;
        for _ in 0..TRIES {
            let state = self.state();
            let entries = decided(&state, who, acts, self.ground.clock.now()).map_err(Failure::Refused)?;
            if entries.is_empty() {
                return Ok(());
            }
            let new = entries.iter().map(lines::line).collect();
            match self.ground.store.append(self.id.0, state.seq, new).await {
                Ok(()) => {
                    self.change(|conference| entries.iter().for_each(|entry| conference.apply(entry)));
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
                Ok(Grown { stream, .. }) => [self.id.0, NAMES, Uuid::nil()].contains(&stream),
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            };
            if mine {
                let _one = self.writing.lock().await;
                if let Err(error) = self.catch_up().await {
                    tracing::error!(%error, "the conference could not be read");
                }
            }
        }
    }

    async fn catch_up(&self) -> Result<(), StoreError> {
        let seq = self.state().seq;
        let entries = lines::read::<ConferenceEvent>(&self.ground, self.id.0, KIND, seq).await?;
        let called_as_before = {
            let _naming = self.ground.naming.lock().await;
            let names = recall(self.ground.store.as_ref()).await?;
            let mut kept = self.ground.kept.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *kept, names.clone()) == names
        };
        self.change(|conference| entries.iter().for_each(|entry| conference.apply(entry)));
        if !called_as_before {
            self.version.send_modify(|_| {});
        }
        Ok(())
    }

    fn change(&self, change: impl FnOnce(&mut Conference)) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut state));
        let seq = state.seq;
        drop(state);
        self.version.send_if_modified(|version| std::mem::replace(version, seq) != seq);
    }
}

/// What the acts make, each decided after the one before.
fn decided(state: &Conference, who: Who, acts: &[Act], now: Instant) -> Result<Vec<Entry<ConferenceEvent>>, Refusal> {
    let mut draft = state.clone();
    let mut entries = Vec::new();
    for act in acts {
        let new = lines::entries(draft.seq, now, who, draft.decide(who, act)?);
        new.iter().for_each(|entry| draft.apply(entry));
        entries.extend(new);
    }
    Ok(entries)
}
