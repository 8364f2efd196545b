//! One batch of a room: decide, append, apply, answer.
//!
//! Orders are decided one after another. What they make is appended together, and nobody is answered before that is on
//! disk. If another node was first, the room reads what is new and decides again.

use std::mem;
use std::sync::Arc;

use nadwa_domain::command::{FloorCommand, QuestionCommand};
use nadwa_domain::entry::PollEvent;
use nadwa_domain::ids::PollId;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::poll::ballot::{Ballot as Vote, Came};
use nadwa_domain::session::poll::{Rule, count, may_vote};
use nadwa_domain::{Command, Entry, Event, Happened, Refusal, Session, Who};
use tokio::sync::oneshot;

use crate::rooms::phone::Voting;
use crate::rooms::session::{Order, SessionRoom};
use crate::rooms::{Failure, lines};
use crate::store::{Ballot, NewLine, StoreError, Totals};

/// How often an order is decided again when another node was first.
const TRIES: u32 = 16;

type Reply = oneshot::Sender<Result<(), Failure>>;

/// What a batch leaves to do.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Ballots came in, or those of another poll count from now on.
    pub voted: bool,
    /// Somebody moved the session: frames must not wait for the pace.
    pub urgent: bool,
}

struct Act {
    who: Who,
    command: Command,
    reply: Reply,
}

struct Cast {
    by: Voting,
    poll: PollId,
    ballot: Vote,
    reply: Reply,
}

pub(super) struct Batch<'a> {
    room: &'a SessionRoom,
    acts: Vec<Act>,
    votes: Vec<Cast>,
    outcome: Outcome,
}

impl<'a> Batch<'a> {
    pub(super) fn new(room: &'a SessionRoom) -> Self {
        Self { room, acts: Vec::new(), votes: Vec::new(), outcome: Outcome::default() }
    }

    /// Works through the orders; acts and votes keep their order among each other.
    pub(super) async fn run(mut self, orders: impl Iterator<Item = Order>) -> Outcome {
        for order in orders {
            match order {
                Order::Act { who, command, reply } => {
                    self.cast().await;
                    self.outcome.urgent |= !matches!(
                        command,
                        Command::Question(QuestionCommand::Ask { .. })
                            | Command::Question(QuestionCommand::Change { .. })
                            | Command::Desk(DeskCommand::AtDesk)
                            | Command::Desk(DeskCommand::Here { .. })
                            | Command::Floor(FloorCommand::Signal(_))
                    );
                    self.acts.push(Act { who, command, reply });
                }
                Order::Vote { by, poll, ballot, reply } => {
                    self.act().await;
                    self.votes.push(Cast { by, poll, ballot, reply });
                }
                Order::LookAgain => self.outcome.urgent = true,
            }
        }
        self.act().await;
        self.cast().await;
        self.outcome
    }

    async fn act(&mut self) {
        let mut acts = mem::take(&mut self.acts);
        let mut tries = 0;
        while !acts.is_empty() {
            let mut round = Round::new(self.room.state());
            let later = round.decide(acts, self.room);
            let saved = round.append(self.room).await;
            acts = match saved {
                Err(StoreError::Conflict) if tries < TRIES => {
                    tries += 1;
                    if let Err(error) = self.room.catch_up().await {
                        return round.fail(error.into(), later);
                    }
                    round.acts.into_iter().chain(later).collect()
                }
                Err(error) => return round.fail(error.into(), later),
                Ok(()) => {
                    self.outcome.voted |= round.poll.is_some();
                    round.answer(self.room);
                    later
                }
            };
        }
    }

    /// What was put in the ballot box stays as it is: the tablet is in the next voter's hands.
    async fn lies_in_the_box(&self, vote: &Cast) -> bool {
        let token = vote.by.token(vote.poll);
        let in_box = matches!(vote.by, Voting::Box(_));
        in_box && self.room.ground.store.ballot_of(vote.poll.0, token).await.is_ok_and(|ballot| ballot.is_some())
    }

    async fn cast(&mut self) {
        let votes = mem::take(&mut self.votes);
        if votes.is_empty() {
            return;
        }
        let mut cast = Vec::with_capacity(votes.len());
        for vote in votes {
            let (may, came) = self.room.look(|session, _| {
                let came = session.poll(vote.poll).map_or(Came::New, |poll| vote.by.came(poll));
                (may_vote(session, vote.poll, vote.by.voter(), &vote.ballot), came)
            });
            let vote = Cast { ballot: Vote { came, ..vote.ballot }, ..vote };
            match may {
                Ok(()) if self.lies_in_the_box(&vote).await => drop(vote.reply.send(Ok(()))),
                Ok(()) => cast.push(vote),
                Err(refusal) => drop(vote.reply.send(Err(Failure::Refused(refusal)))),
            }
        }
        let ballots = cast.iter().map(|vote| Ballot {
            poll: vote.poll.0,
            voter: vote.by.token(vote.poll),
            choice: vote.ballot.as_key(),
        });
        match self.room.ground.store.cast(ballots.collect()).await {
            Ok(counted) => {
                self.outcome.voted = true;
                for (vote, counts) in cast.into_iter().zip(counted) {
                    if let Voting::Phone(phone) = vote.by {
                        self.room.touch(phone.id);
                    }
                    // Whoever gives up waiting has voted all the same.
                    let _ = vote.reply.send(if counts { Ok(()) } else { Err(Failure::Refused(Refusal::PollNotOpen)) });
                }
            }
            Err(error) => fail_all(cast.into_iter().map(|vote| vote.reply), error.into()),
        }
    }
}

/// Acts that are appended together: any number of plain ones, or one that opens or closes a poll.
struct Round {
    state: Arc<Session>,
    /// The state with what was decided so far, for whoever comes second in a round: one who is alone, as a moderator at
    /// the big button mostly is, copies nothing.
    draft: Option<Session>,
    acts: Vec<Act>,
    entries: Vec<Entry>,
    poll: Option<PollStep>,
}

enum PollStep {
    Opens(PollId),
    Closes(PollId),
}

impl Round {
    fn new(state: Arc<Session>) -> Self {
        Self { state, draft: None, acts: Vec::new(), entries: Vec::new(), poll: None }
    }

    /// The state with all that was decided before.
    fn so_far(&mut self) -> &Session {
        if self.entries.is_empty() {
            return &self.state;
        }
        let draft = self.draft.get_or_insert_with(|| Session::clone(&self.state));
        let known = draft.seq;
        self.entries.iter().filter(|entry| entry.seq > known).for_each(|entry| draft.apply(entry));
        draft
    }

    /// Decides acts until one needs a transaction of its own; returns those that come after. Refusals that rest on
    /// what is on disk are answered at once.
    fn decide(&mut self, acts: Vec<Act>, room: &SessionRoom) -> Vec<Act> {
        let mut acts = acts.into_iter();
        while let Some(act) = acts.next() {
            let now = room.ground.clock.now();
            let so_far = self.so_far();
            let seq = so_far.seq;
            let happened = match so_far.decide(act.who, &act.command, now) {
                Ok(happened) => happened,
                Err(refusal) => {
                    let _ = act.reply.send(Err(Failure::Refused(refusal)));
                    continue;
                }
            };
            let step = poll_step(&happened);
            if step.is_some() && !self.acts.is_empty() {
                return std::iter::once(act).chain(acts).collect();
            }
            self.entries.extend(lines::entries(seq, now, act.who, happened));
            self.acts.push(act);
            if step.is_some() {
                self.poll = step;
                return acts.collect();
            }
        }
        Vec::new()
    }

    async fn append(&mut self, room: &SessionRoom) -> Result<(), StoreError> {
        let (store, stream, start) = (&room.ground.store, room.id.0, self.state.seq);
        match &self.poll {
            None => store.append(stream, start, new_lines(&self.entries)).await,
            Some(PollStep::Opens(poll)) => store.append_opening(stream, start, new_lines(&self.entries), poll.0).await,
            Some(PollStep::Closes(poll)) => {
                let tally = Tally::of(&self.state, *poll, &self.entries);
                let (entries, tell) = (self.entries.clone(), tally.clone());
                let tell = Box::new(move |totals: &Totals| new_lines(&tell.told(&entries, totals)));
                let totals = store.append_closing(stream, start, poll.0, tell).await?;
                self.entries = tally.told(&self.entries, &totals);
                Ok(())
            }
        }
    }

    fn answer(self, room: &SessionRoom) {
        let Self { state, acts, entries, .. } = self;
        // Without another reference the state is changed in place (`Arc::make_mut`).
        drop(state);
        room.apply(&entries);
        for act in acts {
            // Whoever gives up waiting finds it done.
            let _ = act.reply.send(Ok(()));
        }
    }

    fn fail(self, failure: Failure, later: Vec<Act>) {
        fail_all(self.acts.into_iter().chain(later).map(|act| act.reply), failure);
    }
}

fn poll_step(happened: &[Happened]) -> Option<PollStep> {
    happened.iter().find_map(|happened| {
        if let Event::Poll(PollEvent::PollOpened { poll }) = happened.event {
            Some(PollStep::Opens(poll))
        } else if let Event::Poll(PollEvent::PollClosed { poll, .. }) = happened.event {
            Some(PollStep::Closes(poll))
        } else {
            None
        }
    })
}

fn new_lines(entries: &[Entry]) -> Vec<NewLine> {
    entries.iter().map(lines::line).collect()
}

/// How the ballots of a poll that closes are counted.
#[derive(Clone)]
struct Tally {
    rule: Rule,
    options: usize,
    /// A poll that does not count, or whose opening was taken back, leaves no totals behind.
    uncounted: bool,
}

impl Tally {
    fn of(state: &Session, poll: PollId, entries: &[Entry]) -> Self {
        let drops = |entry: &Entry| matches!(entry.event, Event::Poll(PollEvent::PollAnnulled { poll: id, .. } | PollEvent::PollTakenBack { poll: id }) if id == poll);
        let (rule, options) = state.poll(poll).map(|poll| (poll.rule.clone(), poll.options.len())).unwrap_or_default();
        Self { rule, options, uncounted: entries.iter().any(drops) }
    }

    /// The entries with the totals filled in.
    fn told(&self, entries: &[Entry], counted: &Totals) -> Vec<Entry> {
        let mut entries = entries.to_vec();
        if self.uncounted {
            return entries;
        }
        let ballot = |(key, n): (&String, &u64)| Some((Vote::from_key(key)?, u32::try_from(*n).unwrap_or(u32::MAX)));
        let ballots: Vec<_> = counted.iter().filter_map(ballot).collect();
        for entry in &mut entries {
            if let Event::Poll(PollEvent::PollClosed { totals, rather_not, more, .. }) = &mut entry.event {
                let all = count::count(&self.rule, self.options, &ballots);
                (*totals, *rather_not, *more) = (all.options, all.rather_not, all.more);
            }
        }
        entries
    }
}

fn fail_all(replies: impl Iterator<Item = Reply>, failure: Failure) {
    let shared = match failure {
        Failure::NotSaved(error) => {
            tracing::error!(%error, "not saved");
            Some(error)
        }
        Failure::Refused(_) | Failure::Stopping => None,
    };
    for reply in replies {
        let failure = shared.clone().map_or(Failure::Stopping, Failure::NotSaved);
        let _ = reply.send(Err(failure));
    }
}
