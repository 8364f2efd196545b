//! Rooms: what owns the state of a stream and is its one writer on this node. (Rooms of the venue are the domain's.)
//!
//! A session's room is an actor: it takes commands in batches, decides, appends the batch durably, applies, answers,
//! and publishes each role's frame if its bytes changed. The rooms of the conference, of papers, and of the inbox have
//! a mutex instead of a mailbox, and decide again when another node was first.

mod batch;
pub mod broken;
pub mod clocks;
mod concerns;
pub mod conference;
pub mod erasing;
pub mod feeds;
pub mod here;
pub mod inbox;
pub mod key;
pub mod left;
mod lines;
mod names;
pub mod noticed;
pub mod papers;
pub mod phone;
pub mod record;
pub mod rehearsal;
pub mod session;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, RwLock};

use crate::rooms::noticed::Noticed;
use nadwa_domain::ids::{PassId, PersonId, SessionId};
use nadwa_domain::view::Names;
use nadwa_domain::{Refusal, Said};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::edge::Clock;
use crate::store::{Missing, Store, StoreError};
use crate::tasks::Tasks;
use conference::ConferenceRoom;
use inbox::InboxRoom;
use left::LeftRoom;
use rehearsal::{Rehearsal, Rehearsals};
use session::SessionRoom;

/// Why a command has no effect.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule said no.
    #[error("refused")]
    Refused(Refusal),
    /// It could not be saved; nothing was acknowledged.
    #[error(transparent)]
    NotSaved(#[from] Arc<StoreError>),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::NotSaved(Arc::new(error))
    }
}

/// What every room needs.
#[derive(Clone)]
pub(crate) struct Ground {
    pub store: Arc<dyn Store>,
    pub clock: Clock,
    /// A short hash of the build, in every frame: a page of another build reloads itself.
    pub build: Arc<str>,
    /// How people are called in views.
    pub names: Arc<RwLock<Arc<Names>>>,
    /// Whom no photograph and no recording may show (`S21`).
    pub unrecorded: Arc<RwLock<Arc<BTreeSet<PersonId>>>>,
    /// What is kept of names, whatever is shown of them.
    pub kept: Arc<RwLock<Names>>,
    /// Held while names are written or read: an older reading must never put a forgotten one back (`G12`).
    pub naming: Arc<tokio::sync::Mutex<()>>,
    /// What organizers changed in the lists of hints.
    pub words: Arc<RwLock<Arc<Noticed>>>,
    /// What cannot be read.
    pub broken: Arc<broken::Broken>,
    /// Whether the clock can be trusted.
    pub watch: Arc<clocks::Watch>,
    /// Moves whenever something that belongs into the safeguarding inbox has changed.
    pub guarded: watch::Sender<u64>,
    pub stop: CancellationToken,
    pub tasks: Tasks,
}

/// Every live room.
pub struct Rooms {
    ground: Ground,
    conference: Arc<ConferenceRoom>,
    inbox: Arc<InboxRoom>,
    left: Arc<LeftRoom>,
    rehearsals: Rehearsals,
    sessions: Sessions,
    papers: Arc<papers::Papers>,
}

type Sessions = Arc<tokio::sync::Mutex<HashMap<SessionId, Arc<SessionRoom>>>>;

impl Rooms {
    /// Opens the conference of this store, empty if there is none yet. Session rooms open when they are needed.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be read.
    pub async fn open(
        store: Arc<dyn Store>,
        clock: Clock,
        build: &str,
        stop: CancellationToken,
    ) -> Result<Self, StoreError> {
        let kept = Arc::new(RwLock::new(recall(store.as_ref()).await?));
        let (names, naming, words, guarded) = (Arc::default(), Arc::default(), Arc::default(), watch::channel(0).0);
        let tasks = Tasks::new(stop.clone());
        let (broken, watch) = (Arc::default(), Arc::new(clocks::Watch::begin(store.as_ref(), &clock).await?));
        let (build, unrecorded) = (build.into(), Arc::default());
        let ground =
            Ground { store, clock, build, names, unrecorded, kept, naming, words, broken, watch, guarded, stop, tasks };
        let conference = ConferenceRoom::open(ground.clone()).await?;
        let inbox = InboxRoom::open(ground.clone()).await?;
        let left = LeftRoom::open(ground.clone()).await?;
        let sessions = Sessions::default();
        let (rehearsals, papers) = (Rehearsals::default(), Arc::<papers::Papers>::default());
        let (named, own) = (Arc::clone(&conference), ground.clone());
        let pictures = (Arc::clone(&sessions), Arc::clone(&papers));
        ground.tasks.keep("naming people", move |_| names::follow(Arc::clone(&named), own.clone(), pictures.clone()));
        for Missing { stream, kind, from, to } in ground.store.missing() {
            tracing::error!(kind, %stream, from, to, "these lines were on the disk, and are gone: something damaged it. Tell whoever must know, and then remove nadwa.lost");
        }
        let rooms = Self { ground, conference, inbox, left, rehearsals, sessions, papers };
        rooms.look_through().await?;
        Ok(rooms)
    }

    /// The conference's room.
    #[must_use]
    pub fn conference(&self) -> &Arc<ConferenceRoom> {
        &self.conference
    }

    /// The safeguarding inbox's room.
    #[must_use]
    pub fn inbox(&self) -> &Arc<InboxRoom> {
        &self.inbox
    }

    /// The phones whose device was handed on.
    #[must_use]
    pub fn left(&self) -> &LeftRoom {
        &self.left
    }

    /// The store.
    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        &self.ground.store
    }

    /// Every session's room that is open here.
    pub(crate) async fn open_rooms(&self) -> Vec<Arc<SessionRoom>> {
        self.sessions.lock().await.values().cloned().collect()
    }

    /// Every rehearsal.
    #[must_use]
    pub fn rehearsals(&self) -> &Rehearsals {
        &self.rehearsals
    }

    /// What works here without being waited for.
    pub(crate) fn tasks(&self) -> &Tasks {
        &self.ground.tasks
    }

    /// Begins a rehearsal of a session.
    ///
    /// # Errors
    /// [`StoreError`] if the plan cannot be read, or the rehearsal's own store cannot be made.
    pub async fn rehearse(&self, session: SessionId) -> Result<Arc<Rehearsal>, StoreError> {
        self.rehearsals.begin(&self.ground, session).await
    }

    /// The build, as every frame tells it.
    #[must_use]
    pub fn build(&self) -> &str {
        &self.ground.build
    }

    /// The clock that everything here goes by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.ground.clock
    }

    /// A session's room, replayed from the store when it is first asked for, and when it fell.
    ///
    /// # Errors
    /// [`StoreError`] if its history cannot be read.
    pub async fn session(&self, id: SessionId) -> Result<Arc<SessionRoom>, StoreError> {
        let mut sessions = self.sessions.lock().await;
        if let Some(room) = sessions.get(&id).filter(|room| room.works() || self.ground.stop.is_cancelled()) {
            return Ok(Arc::clone(room));
        }
        let room = SessionRoom::open(id, self.ground.clone()).await?;
        sessions.insert(id, Arc::clone(&room));
        Ok(room)
    }

    /// Remembers how a person is called; every open view follows.
    ///
    /// # Errors
    /// [`StoreError`] if it could not be saved.
    pub async fn remember(&self, person: PersonId, name: Said) -> Result<(), StoreError> {
        let json = serde_json::to_string(&name).unwrap_or_default();
        let naming = self.ground.naming.lock().await;
        self.ground.store.remember(person.0, &json).await?;
        self.ground.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(person, name);
        drop(naming);
        self.names_changed().await;
        Ok(())
    }

    /// The same for many, in as few writes as the store needs.
    ///
    /// # Errors
    /// [`StoreError`] if one could not be saved.
    pub async fn remember_all(&self, people: &[(PersonId, Said)]) -> Result<(), StoreError> {
        let kept = people.iter().map(|(person, name)| {
            let json = serde_json::to_string(name).unwrap_or_default();
            async move { self.ground.store.remember(person.0, &json).await }
        });
        let naming = self.ground.naming.lock().await;
        futures::future::try_join_all(kept).await?;
        self.ground.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner).extend(people.iter().cloned());
        drop(naming);
        self.names_changed().await;
        Ok(())
    }

    /// Forgets how a person is called; every open view follows.
    ///
    /// # Errors
    /// [`StoreError`] if it could not be saved.
    pub async fn forget(&self, person: PersonId) -> Result<(), StoreError> {
        let naming = self.ground.naming.lock().await;
        self.ground.store.forget(person.0).await?;
        self.ground.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&person);
        drop(naming);
        self.names_changed().await;
        Ok(())
    }

    async fn names_changed(&self) {
        names::refresh(&self.conference.state(), &self.ground);
        for room in self.sessions.lock().await.values() {
            room.look_again();
        }
        self.papers.look_again().await;
    }

    /// A person's name as it was written down, for organizers alone.
    #[must_use]
    pub fn kept_name_of(&self, person: PersonId) -> Option<Said> {
        self.ground.kept.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&person).cloned()
    }

    /// Every session's room that is open here.
    pub async fn open_sessions(&self) -> Vec<Arc<SessionRoom>> {
        self.sessions.lock().await.values().cloned().collect()
    }

    /// How a person is called where only a name will do: nothing while none may be seen.
    #[must_use]
    pub fn own_name_of(&self, person: PersonId) -> Option<Said> {
        let conference = self.conference.state();
        let kept = self.ground.kept.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seen = conference.people.get(&person).is_none_or(|person| names::may_be_shown(person, &kept));
        kept.get(&person).filter(|_| seen).cloned()
    }

    /// How a person is called where others see it.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> Option<Said> {
        self.ground.names.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&person).cloned()
    }

    /// What stands on each card for its holder, by what the conference says at this moment.
    #[must_use]
    pub fn names_on_cards(&self) -> BTreeMap<PassId, Said> {
        let kept = self.ground.kept.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        names::on_cards(&self.conference.state(), &kept)
    }

    /// Waits until every room has finished what it had taken on. Call after the stop signal.
    pub async fn finish(&self) {
        self.ground.tasks.finish().await;
        self.ground.store.close().await;
    }
}

pub(crate) async fn recall(store: &dyn Store) -> Result<Names, StoreError> {
    let kept = store.recall_all().await?;
    Ok(kept.into_iter().filter_map(|(id, json)| Some((PersonId(id), serde_json::from_str(&json).ok()?))).collect())
}
