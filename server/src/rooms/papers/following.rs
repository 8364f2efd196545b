//! Sessions follow their papers: what is presented where, under which title, and by whom.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use nadwa_domain::command::PlanCommand;
use nadwa_domain::conference::people::Person;
use nadwa_domain::ids::{PaperId, PersonId};
use nadwa_domain::paper::Paper;
use nadwa_domain::paper::act::PaperAct;
use nadwa_domain::session::paper::PaperSlot;
use nadwa_domain::{Command, Who};
use tokio_util::sync::CancellationToken;

use crate::rooms::{Failure, Rooms};
use crate::store::StoreError;

/// How often the run of show is asked again to follow.
const FOLLOW_TRIES: u32 = 5;

impl Rooms {
    /// Makes every session follow one paper.
    pub(super) async fn follow_paper(&self, paper: &Paper) -> Result<(), Failure> {
        let conference = self.conference().state();
        let place = slot_of(paper, &conference.people);
        let wanted = paper.accepted.as_ref().map(|accepted| accepted.place.session);
        for listing in &conference.sessions {
            let room = match self.session(listing.session).await {
                Ok(room) => room,
                // It keeps no other session from following.
                Err(StoreError::Corrupt(_)) if wanted != Some(listing.session) => continue,
                Err(error) => return Err(error.into()),
            };
            let command = match &place {
                Some(slot) if wanted == Some(listing.session) => {
                    Command::Plan(PlanCommand::PlacePaper(Box::new(slot.clone())))
                }
                _ if room.look(|session, _| session.slot_of_paper(paper.id).is_some()) => {
                    Command::Plan(PlanCommand::TakePaperOut { paper: paper.id })
                }
                _ => continue,
            };
            room.act(Who::Server, command).await?;
        }
        Ok(())
    }

    /// Makes every session follow every paper: what a server that died in between left undone is done at the start.
    ///
    /// # Errors
    /// [`Failure`] if something could not be read or saved.
    pub async fn follow_all_papers(&self) -> Result<(), Failure> {
        let mut failed = None;
        for room in self.papers().await? {
            let paper = room.state();
            // One that cannot be followed keeps none of the others from it.
            if (paper.submitted.is_some() || paper.erased.is_some())
                && let Err(error) = self.follow_paper(&paper).await
            {
                failed.get_or_insert(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Makes the run of show follow what is noted of people, again and again until the server stops: a family that
    /// changes its mind is heard in every session (`S21`).
    pub async fn keep_naming(self: Arc<Self>, behind: bool, stop: CancellationToken) {
        let mut changes = self.conference().changes();
        let mut people = self.conference().state().people.clone();
        if behind {
            people.clear();
            changes.mark_changed();
        }
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                changed = changes.changed() => if changed.is_err() { return },
            }
            let now = self.conference().state();
            if now.people == people {
                continue;
            }
            people.clone_from(&now.people);
            if let Err(error) = self.follow_known_authors().await {
                tracing::error!(%error, "the papers of a person could not be read");
            }
        }
    }

    /// Makes sessions follow the papers whose authors are people of the conference.
    async fn follow_known_authors(&self) -> Result<(), StoreError> {
        for room in self.papers().await? {
            let paper = room.state();
            let known = paper.authors.iter().any(|author| author.known.is_some());
            // One that cannot follow keeps none of the others from it.
            if known
                && paper.accepted.is_some()
                && let Err(error) = self.follow_paper(&paper).await
            {
                tracing::error!(%error, "a session does not follow what is noted of a person");
            }
        }
        Ok(())
    }

    pub(super) fn follow_later(self: &Arc<Self>, id: PaperId) {
        let rooms = Arc::clone(self);
        let stop = self.ground.stop.clone();
        self.ground.tasks.begin(async move {
            for turn in 1..=FOLLOW_TRIES {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(Duration::from_secs(u64::from(turn))) => {}
                }
                let Ok(Some(room)) = rooms.paper(id).await else { continue };
                let paper = room.state();
                if rooms.follow_paper(&paper).await.is_ok() {
                    return;
                }
            }
            tracing::error!("a session does not follow its paper; it will at the next start");
        });
    }
}

/// The slot that an accepted paper has; `people` are the conference's.
pub(super) fn slot_of(paper: &Paper, people: &BTreeMap<PersonId, Person>) -> Option<PaperSlot> {
    let public = paper.public()?;
    let place = public.accepted.place;
    Some(PaperSlot {
        paper: paper.id,
        slot: place.slot,
        after: place.after,
        title: public.title,
        messages: paper.messages_on_screen(),
        speakers: paper.credited(people),
        limit: place.limit,
        pages: paper.pages(),
    })
}

/// Whether a session may have to follow.
pub(super) const fn moves_the_run_of_show(act: &PaperAct) -> bool {
    use PaperAct as A;
    let of_names = matches!(act, A::NoteConsent { .. } | A::KnowAuthor { .. } | A::RemoveAuthor(_));
    of_names || matches!(act, A::Accept(_) | A::Withdraw | A::Publish { .. } | A::RemoveFile(_) | A::Erase)
}
