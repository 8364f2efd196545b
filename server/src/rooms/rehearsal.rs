//! Rehearsals: the same session, in a store of its own that is erased on leaving (`P14`).
//!
//! A rehearsal begins with what was planned and nothing of what has happened. It has its own room, its own folder and
//! its own code; nothing that is pressed in it can reach the real session, because it has no way there.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nadwa_domain::command::{DeskCommand, FloorCommand, QuestionCommand};
use nadwa_domain::entry::{DeskEvent, SessionEvent};
use nadwa_domain::ids::{PassId, PhoneId, QuestionId, SessionId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::question::AskedAs;
use nadwa_domain::session::question::Status;
use nadwa_domain::text::QuestionText;
use nadwa_domain::{Command, Event, Instant, Role, Session, Span, Who};
use tokio_util::sync::CancellationToken;

use crate::demo::texts::WORDS;
use crate::edge;
use crate::permits::{Permit, RehearsalCode};
use crate::played::{Open, answer, graphemes, open_poll};
use crate::private;
use crate::rooms::phone::Phone;
use crate::rooms::session::SessionRoom;
use crate::rooms::{Failure, Ground, lines};
use crate::store::{self, NewLine, Store, StoreError};

/// How the code of every rehearsal begins; no join code does.
pub const PREFIX: &str = "try";
/// How the name of every rehearsal's folder begins.
const FOLDER: &str = "nadwa-rehearsal-";
/// The file that its server holds.
const HELD: &str = "held";
/// Hexadecimal digits of a rehearsal's code: 34 of a secret's, of which twelve bits are fixed, are at least 128 random bits.
const DIGITS: usize = 34;
/// Most rehearsals of one session at once: the one that is left open on a tablet, and the next.
const MOST_OF_ONE: usize = 2;
/// Most rehearsals at once on one server.
const MOST: usize = 40;
/// Milliseconds between two things that the simulated hall does: at least, and spread over as much again.
const PACE: (u64, u64) = (2_000, 3_000);
/// So long the network is away, when it is.
const AWAY: Span = Span::seconds(15);
/// So many unread questions are enough, except when there are too many.
const ENOUGH: usize = 3;
/// So many come at once, when there are too many.
const FLOOD: usize = 15;

/// What the simulated hall asks. Harmless, and true to what children ask.
const QUESTIONS: [&str; 6] = [
    "كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟",
    "ليش ما في خط مساندة يرد علينا بالواتساب؟",
    "What will happen with the ideas we gave today?",
    "ما رأيكم في يوم للأطفال كل سنة؟",
    "Who reads our papers after today?",
    "Comment pouvons-nous aider d’autres enfants ?",
];

/// One rehearsal.
pub struct Rehearsal {
    /// The code in its address.
    pub code: String,
    /// The session that is rehearsed.
    pub session: SessionId,
    pub room: Arc<SessionRoom>,
    /// How many began on this server before it.
    begun: u64,
    folder: PathBuf,
    /// Locked for as long as this server lives: [`sweep`] of another one leaves the folder alone.
    _held: File,
    stop: CancellationToken,
    line: Mutex<CancellationToken>,
    away_until: Mutex<Instant>,
}

impl Rehearsal {
    /// Ends the streams that are open now, when the network drops.
    pub fn line(&self) -> CancellationToken {
        self.line.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the network is away.
    #[must_use]
    pub fn is_away(&self, now: Instant) -> bool {
        now < *self.away_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The network drops for a while: what is open ends, what comes is not served.
    pub fn drop_network(&self, now: Instant) {
        *self.away_until.lock().unwrap_or_else(PoisonError::into_inner) = now + AWAY;
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.cancel();
        *line = self.stop.child_token();
    }

    /// Too many questions at once; the simulated desk passes them all.
    pub async fn flood(&self) {
        // Nothing is taken in before the simulated desk was heard.
        let _ = self.room.act(steward(), Command::Desk(DeskCommand::AtDesk)).await;
        for place in 0..FLOOD {
            // Each another one: what children ask alike is one question.
            let text = format!("{} ({})", QUESTIONS[place % QUESTIONS.len()], place + 1);
            let Ok(text) = QuestionText::parse(&text, graphemes) else { continue };
            let id = QuestionId(edge::fresh_id());
            let _ = self
                .room
                .act(
                    Who::Phone(PhoneId(edge::fresh_id())),
                    Command::Question(QuestionCommand::Ask { id, text, said: AskedAs::default() }),
                )
                .await;
            let _ = self.room.act(steward(), Command::Desk(DeskCommand::Pass { id })).await;
        }
    }

    /// The simulated speaker does not stop: the clock is nearly used up.
    ///
    /// # Errors
    /// [`Failure::Refused`] if nobody speaks.
    pub async fn run_over(&self) -> Result<(), Failure> {
        self.room.act(Who::Server, Command::Floor(FloorCommand::RunOver)).await
    }

    fn erase(&self) {
        self.stop.cancel();
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a rehearsal's folder could not be erased");
        }
    }
}

/// Every rehearsal of this server.
#[derive(Default)]
pub struct Rehearsals {
    all: Mutex<HashMap<String, Arc<Rehearsal>>>,
    begun: AtomicU64,
}

impl Rehearsals {
    /// A rehearsal by its code; one whose room fell is over.
    #[must_use]
    pub fn find(&self, code: &str, _: Permit<RehearsalCode>) -> Option<Arc<Rehearsal>> {
        let found = self.all.lock().unwrap_or_else(PoisonError::into_inner).get(code).cloned()?;
        if found.room.works() || found.stop.is_cancelled() {
            return Some(found);
        }
        self.leave(code);
        None
    }

    /// Leaves one: it is erased.
    pub fn leave(&self, code: &str) {
        if let Some(gone) = self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(code) {
            gone.erase();
        }
    }

    /// Begins one with what was planned for `session`, with a hall that asks and a desk that passes.
    pub(super) async fn begin(&self, ground: &Ground, session: SessionId) -> Result<Arc<Rehearsal>, StoreError> {
        let code = format!("{PREFIX}{}", &edge::fresh_secret()[..DIGITS]);
        let folder = std::env::temp_dir().join(format!("{FOLDER}{code}"));
        let held = hold(&folder).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let store = store::open(&folder.display().to_string()).await?;
        let id = SessionId(edge::fresh_id());
        store.create_stream(id.0, "session").await?;
        store.append(id.0, 0, planned(ground.store.as_ref(), session).await?).await?;
        let stop = ground.stop.child_token();
        let own = Ground { store, stop: stop.clone(), ..ground.clone() };
        let room = SessionRoom::open(id, own).await?;
        let line = Mutex::new(stop.child_token());
        let away_until = Mutex::new(Instant::default());
        let begun = self.begun.fetch_add(1, Ordering::Relaxed);
        let code_of = code.clone();
        let rehearsal =
            Arc::new(Rehearsal { code: code_of, session, room, begun, folder, _held: held, stop, line, away_until });
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let running = |all: &HashMap<String, Arc<Rehearsal>>| -> Vec<(SessionId, u64)> {
            all.values().map(|running| (running.session, running.begun)).collect()
        };
        while let Some(gives_way) = gives_way(&running(&all), session) {
            all.retain(|_, running| {
                let stays = running.begun != gives_way;
                if !stays {
                    running.erase();
                }
                stays
            });
        }
        all.insert(code, Arc::clone(&rehearsal));
        drop(all);
        let own = Arc::clone(&rehearsal);
        ground.tasks.keep("a rehearsal's hall", move |_| live(Arc::clone(&own)));
        Ok(rehearsal)
    }
}

/// Which rehearsal ends before one more of `session` begins: the oldest of its own if it has enough of them; else,
/// on a full server, the oldest that is not its session's only one. A team pushes out nobody else's while that is
/// possible. Nothing if there is room.
fn gives_way(running: &[(SessionId, u64)], session: SessionId) -> Option<u64> {
    let of = |session: SessionId| running.iter().filter(move |(of, _)| *of == session);
    let own = of(session).map(|(_, begun)| *begun);
    if running.len() < MOST {
        return own.clone().min().filter(|_| own.count() >= MOST_OF_ONE);
    }
    let second = running.iter().filter(|(session, _)| of(*session).count() > 1).map(|(_, begun)| *begun).min();
    let oldest = running.iter().map(|(_, begun)| *begun).min();
    own.min().or(second).or(oldest)
}

/// Makes a rehearsal's folder, held by this server.
fn hold(folder: &Path) -> std::io::Result<File> {
    private::folder(folder)?;
    let held = private::create(&folder.join(HELD))?;
    held.lock()?;
    Ok(held)
}

/// Erases what rehearsals of servers left behind that were killed: nothing of a rehearsal stays.
pub fn sweep(within: &Path) {
    let Ok(entries) = std::fs::read_dir(within) else { return };
    let folders = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(FOLDER));
    for folder in folders.map(|entry| entry.path()) {
        // Whoever holds it lives.
        let left = File::open(folder.join(HELD)).is_ok_and(|held| held.try_lock().is_ok());
        if left && let Err(error) = std::fs::remove_dir_all(&folder) {
            tracing::warn!(%error, "a rehearsal's folder could not be erased");
        }
    }
}

/// The lines of a session before its first step: its plan, and what the children prepared.
async fn planned(store: &dyn Store, session: SessionId) -> Result<Vec<NewLine>, StoreError> {
    let mut kept = Vec::new();
    for line in store.read(session.0, 0).await? {
        let entry = lines::entry::<Event>(&line).map_err(StoreError::from)?;
        match entry.event {
            Event::Session(SessionEvent::Stepped { .. } | SessionEvent::Opened) => break,
            Event::Desk(DeskEvent::DeskSeen { .. } | DeskEvent::IntakeLapsed) | Event::Team(_) => {}
            Event::Session(_)
            | Event::Desk(DeskEvent::SlowModeSet { .. })
            | Event::Floor(_)
            | Event::Question(_)
            | Event::Poll(_)
            | Event::Screen(_)
            | Event::Queue(_)
            | Event::Plan(_) => kept.push(NewLine { at: line.at, by: line.by, fact: line.fact, words: line.words }),
        }
    }
    Ok(kept)
}

/// The simulated steward; nobody holds this pass.
fn steward() -> Who {
    Who::Pass { id: PassId(edge::derived_id("rehearsal steward", &[])), role: Role::Steward }
}

fn question(place: usize) -> Option<QuestionText> {
    let text = QUESTIONS[place % QUESTIONS.len()];
    QuestionText::parse(text, graphemes).ok()
}

/// The simulated hall and desk, until the rehearsal is left.
async fn live(rehearsal: Arc<Rehearsal>) {
    let phones: Vec<Phone> = (0..12).map(|_| Phone::played()).collect();
    let mut turn = 0_usize;
    loop {
        let pause = Duration::from_millis(PACE.0 + edge::below(PACE.1));
        tokio::select! {
            () = rehearsal.stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        turn = turn.wrapping_add(1);
        let room = &rehearsal.room;
        // A refusal is part of life: not open yet, paused.
        let _ = room.act(steward(), Command::Desk(DeskCommand::AtDesk)).await;
        let phone = phones[turn % phones.len()];
        match room.look(|session, _| wish(session)) {
            Wish::Answer(open) => answer(room, phone, open).await,
            Wish::Pass(id) => drop(room.act(steward(), Command::Desk(DeskCommand::Pass { id })).await),
            Wish::Ask => {
                if let Some(text) = question(turn) {
                    let _ = room
                        .act(
                            Who::Phone(phone.id),
                            Command::Question(QuestionCommand::Ask {
                                id: QuestionId(edge::fresh_id()),
                                text,
                                said: AskedAs::default(),
                            }),
                        )
                        .await;
                }
            }
            Wish::Nothing => {}
        }
    }
}

/// What the simulated people do next.
enum Wish {
    Answer(Open),
    Pass(QuestionId),
    Ask,
    Nothing,
}

fn wish(session: &Session) -> Wish {
    if session.phase != Phase::Open {
        return Wish::Nothing;
    }
    // Words of a cloud wait at the desk as questions do. What anybody else has written no adult reads here, and nobody
    // passes it (`S1`).
    let played = |text: &str| QUESTIONS.contains(&text) || WORDS.contains(&text);
    let mut waiting = session.questions.iter().filter(|question| question.status == Status::Received);
    if let Some(waiting) = waiting.find(|question| question.text.as_deref().is_some_and(played)) {
        return Wish::Pass(waiting.id);
    }
    if let Some(open) = open_poll(session) {
        return Wish::Answer(open);
    }
    let with_us = session.questions.iter().filter(|q| matches!(q.status, Status::Passed | Status::Chosen)).count();
    if with_us < ENOUGH { Wish::Ask } else { Wish::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_that_rehearses_again_and_again_ends_its_own_rehearsals_and_nobody_elses() {
        let session = |number: u128| SessionId(uuid::Uuid::from_u128(number));
        let mut running = vec![(session(1), 0), (session(2), 1), (session(3), 2)];
        for begun in 3..200 {
            while let Some(gone) = gives_way(&running, session(4)) {
                running.retain(|(_, begun)| *begun != gone);
            }
            running.push((session(4), begun));
        }
        assert_eq!(running[..3], [(session(1), 0), (session(2), 1), (session(3), 2)]);
        assert_eq!(running[3..], [(session(4), 198), (session(4), 199)], "the oldest of its own went");
        // A full server: the oldest that is not its session's only one, and only then the oldest of all.
        let mut full: Vec<_> = (0..MOST as u64).map(|begun| (session(u128::from(begun)), begun)).collect();
        full[7].0 = session(3);
        assert_eq!(gives_way(&full, session(99)), Some(3));
        full[7].0 = session(7);
        assert_eq!(gives_way(&full, session(99)), Some(0));
        assert_eq!(gives_way(&full, session(5)), Some(5), "its own first");
    }

    #[test]
    fn what_a_killed_server_left_is_erased_and_what_a_living_one_holds_stays() {
        let within = std::env::temp_dir().join(format!("nadwa-sweep-{}", edge::fresh_secret()));
        let (mine, left) = (within.join("nadwa-rehearsal-mine"), within.join("nadwa-rehearsal-left"));
        let other = within.join("something-else");
        std::fs::create_dir_all(&other).unwrap();
        let held = hold(&mine).unwrap();
        drop(hold(&left).unwrap());
        sweep(&within);
        assert!(mine.exists() && other.exists() && !left.exists());
        drop(held);
        sweep(&within);
        assert!(!mine.exists() && other.exists());
        std::fs::remove_dir_all(&within).unwrap();
    }
}
