//! Erasing papers by the calendar (`S14`): the words that stay are said once more in the history, then every line before
//! is blanked, files and names are removed, and sessions keep no word that their slot does not show.
//!
//! A server that dies in between goes on where it stopped: each process looks once at what an erasure left undone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use futures::future::try_join_all;
use nadwa_domain::entry::PlanEvent;
use nadwa_domain::ids::{FileId, PaperId, PersonId, SessionId, SlotId};
use nadwa_domain::paper::Paper;
use nadwa_domain::paper::act::{Credit, PaperAct};
use nadwa_domain::paper::erasing::is_due;
use nadwa_domain::paper::event::PaperEvent;
use nadwa_domain::session::erasing::Keeping;
use nadwa_domain::{Entry, Event, Session, Who};
use uuid::Uuid;

use crate::files::Files;
use crate::rooms::{Failure, Rooms, lines, session};
use crate::store::StoreError;

/// Lines that are blanked at once: the store makes one write of them.
const TOGETHER: usize = 64;

impl Rooms {
    /// Erases of every paper what its authors did not make public, if its time has come; how many papers.
    ///
    /// # Errors
    /// [`Failure`] if something could not be read or saved; what was erased before stays so.
    pub(in crate::rooms) async fn erase_papers(&self, files: &Files, keeping: Keeping) -> Result<u32, Failure> {
        let now = self.clock().now();
        let (mut erased, mut swept) = (0, Vec::new());
        for room in self.papers().await? {
            if is_due(&room.state(), keeping, now) {
                room.act(self.conference(), Who::Server, &PaperAct::Erase, None).await?;
                erased += 1;
                if let Err(error) = self.follow_paper(&room.state()).await {
                    tracing::warn!(%error, "a session does not follow an erased paper yet");
                }
            }
            let paper = room.state();
            if let Some(until) = paper.erased.filter(|until| room.swept.load(Ordering::Acquire) < *until) {
                self.sweep(&paper, until, files).await?;
                swept.push((room, until));
            }
        }
        if !swept.is_empty() {
            files.clear_booklets();
        }
        let papers: BTreeSet<PaperId> = swept.iter().map(|(room, _)| room.id).collect();
        self.forget_in_sessions(&papers).await?;
        swept.iter().for_each(|(room, until)| room.swept.store(*until, Ordering::Release));
        Ok(erased)
    }

    /// Blanks what stands before the last erasure, and removes the files and the names that went with it.
    async fn sweep(&self, paper: &Paper, until: u64, files: &Files) -> Result<(), Failure> {
        let mut history = self.store().read(paper.id.0, 0).await?;
        history.retain(|line| line.seq < until);
        let worded: Vec<u64> = history.iter().filter(|line| line.words.is_some()).map(|line| line.seq).collect();
        self.blank_all(paper.id.0, &worded).await?;
        for line in &history {
            let entry: Entry<PaperEvent> = lines::entry(line).map_err(StoreError::from)?;
            if let PaperEvent::AuthorAdded { person } = entry.event
                && !goes_by(paper, person)
            {
                self.forget_kept(person).await?;
            }
        }
        let left: Vec<FileId> = paper.files.iter().map(|file| file.id).collect();
        let removed = files.keep_only(paper.id, &left).await;
        removed.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        if paper.credit == Credit::Group { Ok(()) } else { self.forget_kept(paper.group()).await }
    }

    async fn forget_kept(&self, person: PersonId) -> Result<(), Failure> {
        match self.kept_name_of(person) {
            Some(_) => Ok(self.forget(person).await?),
            None => Ok(()),
        }
    }

    async fn blank_all(&self, stream: Uuid, seqs: &[u64]) -> Result<(), Failure> {
        for some in seqs.chunks(TOGETHER) {
            try_join_all(some.iter().map(|seq| self.store().blank(stream, *seq))).await?;
        }
        Ok(())
    }

    /// Sessions keep of these papers what stands in their slots now, and no word besides.
    async fn forget_in_sessions(&self, papers: &BTreeSet<PaperId>) -> Result<(), Failure> {
        if papers.is_empty() {
            return Ok(());
        }
        for stream in self.store().streams(session::KIND).await? {
            let (entries, _) = lines::around::<Event>(self.store().as_ref(), stream).await?;
            let slots = slots_of(&entries, papers);
            if slots.is_empty() {
                continue;
            }
            let shown = self.shown_in(SessionId(stream), papers).await?;
            let told = entries.iter().filter(|entry| is_about(entry, &slots) && says_more(entry, &shown));
            let told: Vec<u64> = told.map(|entry| entry.seq).collect();
            self.blank_all(stream, &told).await?;
        }
        Ok(())
    }

    /// The words of these papers that stand in a session's slots.
    async fn shown_in(&self, session: SessionId, papers: &BTreeSet<PaperId>) -> Result<BTreeSet<String>, Failure> {
        // One that was taken out of the programme shows nothing.
        if self.conference().state().listing(session).is_none() {
            return Ok(BTreeSet::new());
        }
        Ok(self.session(session).await?.look(|session, _| words_of(session, papers)))
    }
}

/// Whether an author is still called by the name that was typed here.
fn goes_by(paper: &Paper, person: PersonId) -> bool {
    paper.authors.iter().any(|author| author.person == person && author.known.is_none())
}

fn words_of(session: &Session, papers: &BTreeSet<PaperId>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for slot in &session.slots {
        if let Some(paper) = slot.paper.as_ref().filter(|paper| papers.contains(&paper.id)) {
            let said = paper.messages.iter().chain([&slot.title]);
            words.extend(said.flat_map(|said| said.0.values().cloned()));
        }
    }
    words
}

/// The slots that these papers ever had in a session.
fn slots_of(entries: &[Entry], papers: &BTreeSet<PaperId>) -> BTreeMap<SlotId, PaperId> {
    let placed = entries.iter().filter_map(|entry| {
        let Event::Plan(PlanEvent::PaperPlaced { paper, slot, .. }) = &entry.event else { return None };
        papers.contains(paper).then_some((*slot, *paper))
    });
    placed.collect()
}

/// Whether it told a session of a paper: when the paper came, or when the plan was written anew around it.
fn is_about(entry: &Entry, slots: &BTreeMap<SlotId, PaperId>) -> bool {
    if let Event::Plan(PlanEvent::PaperPlaced { slot, .. } | PlanEvent::SlotPlanned { slot, .. }) = &entry.event {
        slots.contains_key(slot)
    } else {
        false
    }
}

fn says_more(entry: &Entry, shown: &BTreeSet<String>) -> bool {
    let of_paper = |key: &str| key.starts_with("title.") || key.starts_with("message.");
    entry.words.0.iter().any(|(key, text)| of_paper(key) && !shown.contains(text))
}
