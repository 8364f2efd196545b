//! Erasing by the calendar: what its time has come is blanked on the disk, and everybody who has it open is told
//! (`S14`). What the safeguarding team has not handed over stays, and their page says so (`S10`).

use std::sync::Arc;
use std::time::Duration;

use nadwa_domain::Instant;
use nadwa_domain::command::PollCommand;
use nadwa_domain::conference::act::Act;
use nadwa_domain::ids::SessionId;
use nadwa_domain::inbox::InboxAct;
use nadwa_domain::session::erasing::{Keeping, due, pictures_due};
use nadwa_domain::{Command, Who};
use tokio_util::sync::CancellationToken;

use crate::files::Files;
use crate::rooms::{Failure, Rooms, SessionRoom};
use crate::store::StoreError;

/// How often it is looked whether something's time has come.
const LOOK_EVERY: Duration = Duration::from_secs(30);

impl Rooms {
    /// When the last session of the programme ends.
    #[must_use]
    pub fn last_end(&self) -> Option<Instant> {
        self.conference().state().sessions.iter().map(|listing| listing.ends_at).max()
    }

    /// When everything goes that may go, or went last; nothing before there is a programme.
    #[must_use]
    pub fn erases_at(&self) -> Option<Instant> {
        self.inbox().state().care.keeping(self.last_end(), self.clock().now()).all_at
    }

    /// When everything goes by the calendar, as long as that is still to come.
    #[must_use]
    pub fn erases_next(&self) -> Option<Instant> {
        let planned = self.inbox().state().care.by_plan(self.last_end());
        planned.filter(|at| *at > self.clock().now())
    }

    /// Erases what its time has come; how many texts, pictures and papers.
    ///
    /// # Errors
    /// [`Failure`] if something could not be saved; what was erased before stays so.
    pub async fn erase_due(&self, files: &Files) -> Result<u32, Failure> {
        // A clock that is wrong must not erase anything.
        if self.erasing_waits() {
            return Ok(0);
        }
        if !self.inbox().is_whole() {
            return Err(StoreError::Corrupt("what was settled about erasing cannot be read".to_owned()).into());
        }
        let now = self.clock().now();
        let keeping = self.inbox().state().care.keeping(self.last_end(), now);
        let (mut erased, mut failed) = (0, None);
        let mut count = |outcome: Result<u32, Failure>| match outcome {
            Ok(more) => erased += more,
            // What fails in one place keeps nothing from being erased in another.
            Err(error) => {
                failed.get_or_insert(error);
            }
        };
        for listing in &self.conference().state().sessions {
            count(self.erase_in(listing.session, files, keeping).await);
        }
        count(self.erase_papers(files, keeping).await);
        if keeping.all_at.is_some_and(|at| at <= now) {
            count(self.erase_handed_over().await);
        }
        count(self.erase_recordings(files, keeping.all_at).await);
        if erased > 0 {
            // A booklet in memory may quote a question that is gone now.
            files.clear_booklets();
        }
        failed.map_or(Ok(erased), Err)
    }

    /// What is due of one session; nothing of a broken one.
    async fn erase_in(&self, session: SessionId, files: &Files, keeping: Keeping) -> Result<u32, Failure> {
        if self.ground.broken.has(session.0) {
            return Ok(0);
        }
        let (room, now) = (self.session(session).await?, self.clock().now());
        let mut erased = 0;
        for id in room.look(|session, _| due(session, keeping, now)) {
            self.erase_question(&room, id).await?;
            erased += 1;
        }
        Ok(erased + erase_pictures(&room, files, keeping, now).await?)
    }

    /// What was read aloud, each voice: first removed, then said to be gone.
    async fn erase_recordings(&self, files: &Files, all_at: Option<Instant>) -> Result<u32, Failure> {
        let due = self.conference().state().recordings_due(all_at, self.clock().now());
        let mut erased = 0;
        for recording in due {
            let removed = files.remove_recording(recording.file, recording.kind).await;
            removed.map_err(|error| StoreError::Unavailable(error.to_string()))?;
            self.conference().act(Who::Server, &Act::RemoveRecording(recording.passage)).await?;
            erased += 1;
        }
        Ok(erased)
    }

    /// What was handed over and forgotten goes with everything else.
    async fn erase_handed_over(&self) -> Result<u32, Failure> {
        let state = self.inbox().state();
        let over = state.items.iter().filter(|(_, item)| item.handed_over.is_some() && item.erased.is_none());
        let mut erased = 0;
        for (item, _) in over {
            self.act_in_inbox(Who::Server, InboxAct::Erase { item: *item }).await?;
            erased += 1;
        }
        Ok(erased)
    }

    /// Looks again and again, until the server stops.
    pub async fn keep_erasing(self: Arc<Self>, files: Files, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = look.tick() => {}
            }
            files.let_booklets_go(self.clock().now());
            if let Err(error) = self.look_again().await {
                tracing::warn!(%error, "what could not be read was not looked at again");
            }
            match self.erase_due(&files).await {
                Ok(0) => {}
                Ok(erased) => tracing::info!(erased, "erased, since their time has come"),
                Err(error) => tracing::error!(%error, "what is due could not be erased"),
            }
        }
    }
}

/// The polls' own pictures of one session: first removed, then said to be gone.
async fn erase_pictures(room: &SessionRoom, files: &Files, keeping: Keeping, now: Instant) -> Result<u32, Failure> {
    let due = room.look(|session, _| pictures_due(session, keeping, now));
    let mut erased = 0;
    for picture in due {
        files.remove_picture(picture).await.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        erased += 1;
    }
    if erased > 0 {
        room.act(Who::Server, Command::Poll(PollCommand::ErasePictures)).await?;
    }
    Ok(erased)
}
