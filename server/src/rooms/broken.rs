//! Streams that cannot be read whole: each is named, shown to the adults, and gone round.
//!
//! What cannot be read is written on no more. Everything else works, safeguarding first: its inbox shows what can be
//! read of a broken session too. Nothing of a broken stream is erased by the calendar, since the line that cannot be
//! read may be the one that forbids it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Place;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use nadwa_domain::conference::ConferenceEvent;
use nadwa_domain::ids::{PaperId, SessionId};
use nadwa_domain::inbox::InboxEvent;
use nadwa_domain::paper::event::PaperEvent;
use nadwa_domain::{Event, Session};
use uuid::Uuid;

use crate::rooms::{Rooms, conference, inbox, lines, papers, session};
use crate::store::StoreError;

/// What cannot be read, by its stream.
#[derive(Debug, Default)]
pub(crate) struct Broken(RwLock<BTreeMap<Uuid, Fault>>);

#[derive(Debug)]
struct Fault {
    kind: &'static str,
    /// The line and what could not be done with it.
    why: String,
    /// What can be read of a session.
    session: Option<Arc<Session>>,
}

impl Broken {
    /// Notes that a stream cannot be read; logged once, not each time that somebody tries.
    pub(super) fn note(&self, stream: Uuid, kind: &'static str, why: &str) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match all.entry(stream) {
            // More may have been written behind it since: what can be read is read again.
            Place::Occupied(mut known) if known.get().why == why => known.get_mut().session = None,
            place => {
                tracing::error!(kind, %stream, why, "a stream cannot be read; everything else goes on without it");
                let fault = Fault { kind, why: why.to_owned(), session: None };
                place.insert_entry(fault);
            }
        }
    }

    /// A stream was read from its beginning.
    pub(super) fn is_whole(&self, stream: Uuid) {
        // Hardly ever is there anything to remove: readers do not wait for each other.
        if self.has(stream) && self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&stream).is_some() {
            tracing::info!(%stream, "a stream can be read again");
        }
    }

    pub(super) fn has(&self, stream: Uuid) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(&stream)
    }

    fn all(&self) -> Vec<(Uuid, &'static str)> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|(stream, fault)| (*stream, fault.kind)).collect()
    }
}

/// A stream that cannot be read whole, as adults are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Whose stream it is.
    pub what: Whose,
    /// Whether a later version wrote it; else it is damaged.
    pub later: bool,
}

impl fmt::Display for Unreadable {
    /// For operators: by the id, and never by a title.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            Whose::Conference => f.write_str("the conference"),
            Whose::Inbox => f.write_str("the safeguarding inbox"),
            Whose::Session(id) => write!(f, "session {id}"),
            Whose::Paper(id) => write!(f, "paper {}", id.0),
        }?;
        f.write_str(if self.later { ", written by a later version" } else { ", damaged" })
    }
}

/// Whose stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The conference's: programme and passes.
    Conference,
    /// The safeguarding inbox's.
    Inbox,
    /// A session's.
    Session(SessionId),
    /// A paper's.
    Paper(PaperId),
}

impl Whose {
    fn of(stream: Uuid, kind: &str) -> Self {
        match kind {
            inbox::KIND => Self::Inbox,
            papers::KIND => Self::Paper(PaperId(stream)),
            session::KIND => Self::Session(SessionId(stream)),
            // The server's key is the conference's as well.
            _ => Self::Conference,
        }
    }
}

impl Rooms {
    /// What cannot be read.
    #[must_use]
    pub fn unreadable(&self) -> Vec<Unreadable> {
        let all = self.ground.broken.0.read().unwrap_or_else(PoisonError::into_inner);
        let told = all.iter().map(|(stream, fault)| Unreadable {
            what: Whose::of(*stream, fault.kind),
            later: fault.why.contains(lines::LATER),
        });
        told.collect()
    }

    /// Whose last lines were gone at the start, though they had been on the disk.
    #[must_use]
    pub fn lost(&self) -> Vec<Whose> {
        self.store().missing().iter().map(|lost| Whose::of(lost.stream, &lost.kind)).collect()
    }

    /// Looks at a session, or at what can be read of it.
    ///
    /// # Errors
    /// [`StoreError`] if the store does not answer.
    pub async fn look_at<T>(&self, id: SessionId, read: impl FnOnce(&Session) -> T) -> Result<T, StoreError> {
        if let Some(session) = self.what_is_left(id) {
            return Ok(read(&session));
        }
        // A room that was open before knows nothing of what stands behind the line.
        if !self.ground.broken.has(id.0) {
            match self.session(id).await {
                Ok(room) => return Ok(room.look(|session, _| read(session))),
                Err(StoreError::Corrupt(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read(self.go_round(id).await?.as_ref()))
    }

    fn what_is_left(&self, id: SessionId) -> Option<Arc<Session>> {
        self.ground.broken.0.read().unwrap_or_else(PoisonError::into_inner).get(&id.0)?.session.clone()
    }

    /// Reads what can be read of a session, once.
    async fn go_round(&self, id: SessionId) -> Result<Arc<Session>, StoreError> {
        let mut session = Session::default();
        match lines::around::<Event>(self.store().as_ref(), id.0).await {
            Ok((entries, _)) => entries.iter().for_each(|entry| session.apply(entry)),
            // Not even how many lines there are: nothing is left of it.
            Err(StoreError::Corrupt(_)) => {}
            Err(error) => return Err(error),
        }
        let session = Arc::new(session);
        let mut all = self.ground.broken.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = all.get_mut(&id.0) {
            fault.session = Some(Arc::clone(&session));
        }
        Ok(session)
    }

    /// Reads every stream once, so that what cannot be read is known before somebody needs it. One stream at a time is
    /// in memory.
    ///
    /// # Errors
    /// [`StoreError`] if the store does not answer.
    pub(super) async fn look_through(&self) -> Result<(), StoreError> {
        for kind in [session::KIND, papers::KIND] {
            for stream in self.store().streams(kind).await? {
                self.look_into(stream, kind).await?;
            }
        }
        Ok(())
    }

    /// Looks whether what could not be read can be read now.
    ///
    /// # Errors
    /// [`StoreError`] if the store does not answer.
    pub(super) async fn look_again(&self) -> Result<(), StoreError> {
        for (stream, kind) in self.ground.broken.all() {
            self.look_into(stream, kind).await?;
        }
        Ok(())
    }

    async fn look_into(&self, stream: Uuid, kind: &'static str) -> Result<(), StoreError> {
        let read = match kind {
            conference::KIND => lines::read::<ConferenceEvent>(&self.ground, stream, kind, 0).await.map(drop),
            inbox::KIND => lines::read::<InboxEvent>(&self.ground, stream, kind, 0).await.map(drop),
            papers::KIND => lines::read::<PaperEvent>(&self.ground, stream, kind, 0).await.map(drop),
            _ => lines::read::<Event>(&self.ground, stream, kind, 0).await.map(drop),
        };
        match read {
            Ok(()) | Err(StoreError::Corrupt(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
