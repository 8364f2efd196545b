//! Rooms: one actor for each live stream, and the one for the conference.
//!
//! A room owns its stream's state. It takes commands in batches, decides, appends the batch durably, applies, answers,
//! and publishes each role's picture if its bytes changed.

mod batch;
pub mod conference;
pub mod feeds;
mod lines;
pub mod papers;
pub mod session;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use nadwa_domain::ids::{PersonId, SessionId};
use nadwa_domain::view::Names;
use nadwa_domain::{Refusal, Said};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::edge::Clock;
use crate::store::{Store, StoreError};
use conference::ConferenceRoom;
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
    pub names: Arc<RwLock<Names>>,
    pub stop: CancellationToken,
    pub tasks: TaskTracker,
}

/// Every live room.
pub struct Rooms {
    ground: Ground,
    conference: Arc<ConferenceRoom>,
    sessions: tokio::sync::Mutex<HashMap<SessionId, Arc<SessionRoom>>>,
    papers: papers::Papers,
}

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
        let names = Arc::new(RwLock::new(recall(store.as_ref()).await?));
        let ground = Ground { store, clock, build: build.into(), names, stop, tasks: TaskTracker::new() };
        let conference = ConferenceRoom::open(ground.clone()).await?;
        Ok(Self { ground, conference, sessions: tokio::sync::Mutex::default(), papers: papers::Papers::default() })
    }

    /// The conference's room.
    #[must_use]
    pub fn conference(&self) -> &Arc<ConferenceRoom> {
        &self.conference
    }

    /// The clock that everything here goes by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.ground.clock
    }

    /// A session's room, replayed from the store when it is first asked for.
    ///
    /// # Errors
    /// [`StoreError`] if its history cannot be read.
    pub async fn session(&self, id: SessionId) -> Result<Arc<SessionRoom>, StoreError> {
        let mut sessions = self.sessions.lock().await;
        if let Some(room) = sessions.get(&id) {
            return Ok(Arc::clone(room));
        }
        let room = SessionRoom::open(id, self.ground.clone()).await?;
        sessions.insert(id, Arc::clone(&room));
        Ok(room)
    }

    /// Remembers how a person is called; every open picture follows.
    ///
    /// # Errors
    /// [`StoreError`] if it could not be saved.
    pub async fn remember(&self, person: PersonId, name: Said) -> Result<(), StoreError> {
        let json = serde_json::to_string(&name).unwrap_or_default();
        self.ground.store.remember(person.0, &json).await?;
        self.ground.names.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(person, name);
        for room in self.sessions.lock().await.values() {
            room.look_again();
        }
        self.papers.look_again().await;
        Ok(())
    }

    /// How a person is called.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> Option<Said> {
        self.ground.names.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&person).cloned()
    }

    /// Waits until every room has finished what it had taken on. Call after the stop signal.
    pub async fn finish(&self) {
        self.ground.tasks.close();
        self.ground.tasks.wait().await;
        self.ground.store.close().await;
    }
}

pub(crate) async fn recall(store: &dyn Store) -> Result<Names, StoreError> {
    let kept = store.recall_all().await?;
    Ok(kept.into_iter().filter_map(|(id, json)| Some((PersonId(id), serde_json::from_str(&json).ok()?))).collect())
}
