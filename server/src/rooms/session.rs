//! A session's room: the actor that owns one session's state.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::rooms::noticed::Noticed;
use nadwa_domain::command::DeskCommand;
use nadwa_domain::entry::PollEvent;
use nadwa_domain::ids::{PersonId, PhoneId, PollId, SessionId};
use nadwa_domain::lang::Lang;
use nadwa_domain::session::poll::ballot::{Ballot, NOT_COUNTED};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::session::team::TeamCommand;
use nadwa_domain::view::console::{ConsoleView, Part};
use nadwa_domain::view::mine::{MyQuestion, my_questions};
use nadwa_domain::view::{Hall, Names};
use nadwa_domain::{Command, Entry, Event, Session, Who};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::rooms::batch::Batch;
use crate::rooms::concerns::{about_question, concerns_safeguarding};
use crate::rooms::feeds::{FeedRole, Feeds, Picture};
use crate::rooms::phone::{Phone, Voting};
use crate::rooms::{Failure, Ground, lines};
use crate::store::{Grown, StoreError};

/// The kind of its stream in the store.
pub(super) const KIND: &str = "session";
/// Most orders taken at once: ballots arrive in hundreds when a poll opens, and one transaction serves them all.
const BATCH: usize = 256;
/// Orders that may wait; beyond it a handler waits too.
const INBOX: usize = 1024;
/// The least time between two frames while ballots and questions pour in (throttling).
const PACE: Duration = Duration::from_millis(100);

/// What a room is asked to do.
pub(super) enum Order {
    /// A command; answered once it is on disk.
    Act { who: Who, command: Command, reply: oneshot::Sender<Result<(), Failure>> },
    /// A ballot; answered once it is on disk.
    Vote { by: Voting, poll: PollId, ballot: Ballot, reply: oneshot::Sender<Result<(), Failure>> },
    /// Something outside the session changed what it looks like.
    LookAgain,
}

/// A session's room, as handlers see it.
pub struct SessionRoom {
    pub(super) id: SessionId,
    pub(super) ground: Ground,
    orders: mpsc::Sender<Order>,
    state: RwLock<Arc<Session>>,
    voted: AtomicU32,
    /// How often it was looked.
    looks: AtomicU64,
    feeds: Feeds,
    line: CancellationToken,
}

impl SessionRoom {
    pub(super) async fn open(id: SessionId, ground: Ground) -> Result<Arc<Self>, StoreError> {
        ground.store.create_stream(id.0, KIND).await?;
        let (orders, inbox) = mpsc::channel(INBOX);
        let feeds = Feeds::new(Arc::clone(&ground.build));
        // Listening begins before reading, so that nothing falls between the two.
        let grown = ground.store.grown();
        let (line, voted, looks) = (ground.stop.child_token(), AtomicU32::new(0), AtomicU64::new(0));
        let state = RwLock::default();
        let room = Arc::new(Self { id, ground, orders, state, voted, looks, feeds, line });
        room.catch_up().await?;
        room.count_ballots().await?;
        let tasks = room.ground.tasks.clone();
        let actor =
            Actor { room: Arc::clone(&room), inbox, grown, publish_at: None, published: None, uncounted: false };
        let line = room.line.clone();
        tasks.watch("a session's room", actor.run(), move || line.cancel());
        Ok(room)
    }

    /// Does what somebody asks for; returns once it is on disk.
    ///
    /// # Errors
    /// [`Failure`]: refused, not saved, or stopping.
    pub async fn act(&self, who: Who, command: Command) -> Result<(), Failure> {
        let (reply, answer) = oneshot::channel();
        self.orders.send(Order::Act { who, command, reply }).await.map_err(|_| Failure::Stopping)?;
        answer.await.unwrap_or(Err(Failure::Stopping))
    }

    /// Takes a ballot; returns once it is on disk.
    ///
    /// # Errors
    /// [`Failure`]: refused, not saved, or stopping.
    pub async fn vote(&self, by: Voting, poll: PollId, ballot: Ballot) -> Result<(), Failure> {
        let (reply, answer) = oneshot::channel();
        self.orders.send(Order::Vote { by, poll, ballot, reply }).await.map_err(|_| Failure::Stopping)?;
        answer.await.unwrap_or(Err(Failure::Stopping))
    }

    /// Reads the state as it is on disk. Nobody waits for whoever reads: the locks are held no longer than it takes to
    /// get hold of what they guard.
    pub fn look<T>(&self, read: impl FnOnce(&Session, Hall) -> T) -> T {
        self.look_in_turn(|session, hall, _| read(session, hall))
    }

    /// The same, with a number that is the higher the later it was looked: of two frames the newer one stays.
    fn look_in_turn<T>(&self, read: impl FnOnce(&Session, Hall, u64) -> T) -> T {
        let words = Arc::clone(&self.ground.words.read().unwrap_or_else(PoisonError::into_inner));
        let names = self.ground.names.read().unwrap_or_else(PoisonError::into_inner);
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        // Counted while both are held: who counts later can have seen nothing older.
        let turn = self.looks.fetch_add(1, Ordering::Relaxed) + 1;
        let (seen, called) = (Arc::clone(&state), Arc::clone(&names));
        drop((state, names));
        let unrecorded = Arc::clone(&self.ground.unrecorded.read().unwrap_or_else(PoisonError::into_inner));
        read(&seen, self.hall((&called, &unrecorded), &words), turn)
    }

    /// Follows one role's frames in one language; of the console, with one part of the questions.
    #[must_use]
    pub fn follow(&self, role: FeedRole, lang: Lang, part: Part) -> watch::Receiver<Arc<Picture>> {
        self.look_in_turn(|session, hall, turn| self.feeds.follow((role, lang, part), session, hall, turn))
    }

    /// What child moderators see, with one part of the questions.
    #[must_use]
    pub fn console(&self, lang: Lang, part: Part) -> ConsoleView {
        self.look(|session, hall| self.feeds.console(session, hall, lang, part))
    }

    /// How many connections one role has here.
    #[must_use]
    pub fn listeners(&self, role: FeedRole) -> usize {
        self.feeds.listeners(role)
    }

    /// Tells when something of one phone's own changed.
    #[must_use]
    pub fn follow_phone(&self, phone: PhoneId) -> watch::Receiver<u64> {
        self.feeds.follow_phone(phone)
    }

    /// One phone's questions.
    #[must_use]
    pub fn questions_of(&self, phone: PhoneId, lang: Lang) -> Vec<MyQuestion> {
        self.look(|session, _| my_questions(session, phone, lang))
    }

    /// One phone's ballot in the poll that is open.
    ///
    /// # Errors
    /// [`StoreError`] if the ballots cannot be read.
    pub async fn ballot_of(&self, phone: Phone) -> Result<Option<Ballot>, StoreError> {
        self.ballot_by(Voting::Phone(phone)).await
    }

    pub(super) async fn ballot_by(&self, by: Voting) -> Result<Option<Ballot>, StoreError> {
        let Some(poll) = self.open_poll() else { return Ok(None) };
        let key = self.ground.store.ballot_of(poll.0, by.token(poll)).await?;
        Ok(key.and_then(|key| Ballot::from_key(&key)))
    }

    /// The poll that is open.
    #[must_use]
    pub fn open_poll(&self) -> Option<PollId> {
        self.look(|session, _| open_poll(session))
    }

    /// Ends the streams of this room: when the server stops, and when the room fell, so that whoever follows comes back
    /// to the one that is opened instead.
    #[must_use]
    pub const fn line(&self) -> &CancellationToken {
        &self.line
    }

    /// Whether it takes orders. One that fell does not, and never will.
    pub(super) fn works(&self) -> bool {
        !self.orders.is_closed()
    }

    /// Whose room it is.
    #[must_use]
    pub const fn id(&self) -> SessionId {
        self.id
    }

    pub(super) fn look_again(&self) {
        // A full mailbox will lead to a new frame anyway.
        let _ = self.orders.try_send(Order::LookAgain);
    }

    pub(super) fn touch(&self, phone: PhoneId) {
        self.feeds.touch(phone);
    }

    pub(super) fn state(&self) -> Arc<Session> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Applies what is on disk now, and tells the phones that it concerns.
    pub(super) fn apply(&self, entries: &[Entry]) {
        let mut shared = self.state.write().unwrap_or_else(PoisonError::into_inner);
        // Copy on write: whoever still reads the state before keeps it.
        let state = Arc::make_mut(&mut shared);
        let mut guarded = false;
        for entry in entries {
            let before = state.question_on_screen().map(|question| question.asker);
            state.apply(entry);
            let after = state.question_on_screen().map(|question| question.asker);
            let own = about_question(&entry.event).and_then(|id| state.question(id)).map(|question| question.asker);
            let seated =
                if let Event::Poll(PollEvent::SeatTaken { phone, .. }) = entry.event { Some(phone) } else { None };
            for phone in [own, before, after, seated].into_iter().flatten() {
                self.feeds.touch(phone);
            }
            self.touch_joined(state, &entry.event);
            guarded |= concerns_safeguarding(state, &entry.event);
        }
        drop(shared);
        if guarded {
            self.ground.guarded.send_modify(|version| *version += 1);
        }
    }

    /// What was joined to a question goes its way, and so its askers are told too.
    fn touch_joined(&self, state: &Session, event: &Event) {
        let shown = if let Screen::Question { id } = state.stage.screen { Some(id) } else { None };
        let leads = about_question(event).into_iter().chain(shown);
        for phone in leads.flat_map(|id| state.joined_to(id)).map(|question| question.asker) {
            self.feeds.touch(phone);
        }
    }

    /// Reads what other nodes have added.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        let seq = self.look(|session, _| session.seq);
        let entries = lines::read(&self.ground, self.id.0, KIND, seq).await?;
        self.apply(&entries);
        Ok(())
    }

    pub(super) async fn count_ballots(&self) -> Result<(), StoreError> {
        let count = match self.open_poll() {
            Some(poll) => self.ground.store.ballots_cast(poll.0, NOT_COUNTED).await?,
            None => 0,
        };
        self.voted.store(u32::try_from(count).unwrap_or(u32::MAX), Ordering::Relaxed);
        Ok(())
    }

    fn publish(&self) {
        self.look_in_turn(|session, hall, turn| self.feeds.publish(session, hall, turn));
    }

    fn hall<'a>(&self, (names, unrecorded): (&'a Names, &'a BTreeSet<PersonId>), words: &'a Noticed) -> Hall<'a> {
        let phones = u32::try_from(self.listeners(FeedRole::Audience)).unwrap_or(u32::MAX);
        Hall { names, unrecorded, voted: self.voted.load(Ordering::Relaxed), phones, words }
    }
}

fn open_poll(session: &Session) -> Option<PollId> {
    session.polls.iter().find(|poll| poll.is_open()).map(|poll| poll.id)
}

/// The loop: it owns the channels, the room owns the data.
struct Actor {
    room: Arc<SessionRoom>,
    inbox: mpsc::Receiver<Order>,
    grown: broadcast::Receiver<Grown>,
    /// When the next frame is due, if something changed that may wait a moment.
    publish_at: Option<Instant>,
    published: Option<Instant>,
    /// Whether ballots came in since they were counted. They are counted for a frame, not for each batch.
    uncounted: bool,
}

impl Actor {
    async fn run(mut self) {
        let stop = self.room.ground.stop.clone();
        let mut orders = Vec::with_capacity(BATCH);
        loop {
            let lapse = self.until_lapse();
            let unheard = self.until_unheard();
            tokio::select! {
                taken = self.inbox.recv_many(&mut orders, BATCH) => {
                    if taken == 0 { return }
                    self.work(&mut orders).await;
                }
                notice = self.grown.recv() => self.hear(notice).await,
                () = at(self.publish_at) => self.publish().await,
                () = at(lapse) => self.lapse().await,
                () = at(unheard) => self.unheard().await,
                () = stop.cancelled() => break,
            }
        }
        // What was taken on before the stop is finished; what comes later is told that the server is stopping.
        self.inbox.close();
        while self.inbox.recv_many(&mut orders, BATCH).await > 0 {
            self.work(&mut orders).await;
        }
    }

    async fn work(&mut self, orders: &mut Vec<Order>) {
        let outcome = Batch::new(&self.room).run(orders.drain(..)).await;
        self.uncounted |= outcome.voted;
        if outcome.urgent { self.publish().await } else { self.publish_soon().await }
    }

    /// Another node changed a stream; or notices may have been missed.
    async fn hear(&mut self, notice: Result<Grown, broadcast::error::RecvError>) {
        match notice {
            Ok(Grown { stream, .. }) if stream != self.room.id.0 && !stream.is_nil() => return,
            Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
        }
        if let Err(error) = self.room.catch_up().await {
            tracing::error!(%error, "the session could not be read");
        }
        self.uncounted = true;
        self.publish().await;
    }

    async fn publish_soon(&mut self) {
        let due = self.published.map_or_else(Instant::now, |last| last + PACE);
        if due <= Instant::now() {
            self.publish().await;
        } else {
            self.publish_at.get_or_insert(due);
        }
    }

    async fn publish(&mut self) {
        self.publish_at = None;
        self.published = Some(Instant::now());
        if self.uncounted {
            match self.room.count_ballots().await {
                Ok(()) => self.uncounted = false,
                Err(error) => tracing::warn!(%error, "the ballots could not be counted"),
            }
        }
        self.room.publish();
    }

    /// When the desk has been silent for too long.
    fn until_lapse(&self) -> Option<Instant> {
        self.room.look(|session, _| session.lapses_at()).map(|at| self.when(at))
    }

    /// When a call goes to more people (`N1`): by the server's clock.
    fn until_unheard(&self) -> Option<Instant> {
        self.room.look(|session, _| session.team.next_unheard()).map(|(at, ..)| self.when(at))
    }

    fn when(&self, due: nadwa_domain::Instant) -> Instant {
        let left = due - self.room.ground.clock.now();
        Instant::now() + Duration::from_millis(u64::try_from(left.0).unwrap_or(0) + 5)
    }

    async fn unheard(&mut self) {
        let Some((_, by, help)) = self.room.look(|session, _| session.team.next_unheard()) else { return };
        self.does(Command::Team(TeamCommand::Unheard { by, help })).await;
    }

    async fn lapse(&mut self) {
        let Some(since) = self.room.look(|session, _| session.desk.heard.values().max().copied()) else { return };
        self.does(Command::Desk(DeskCommand::LapseIntake { since })).await;
    }

    /// Does what the clock asks for.
    async fn does(&mut self, command: Command) {
        let (reply, answer) = oneshot::channel();
        self.work(&mut vec![Order::Act { who: Who::Server, command, reply }]).await;
        if let Ok(Err(Failure::NotSaved(error))) = answer.await {
            tracing::warn!(%error, "what the clock asks for could not be noted");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

async fn at(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
