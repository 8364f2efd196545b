//! PDF documents are opened in a process of their own, and never in the server.
//!
//! A document can be made to unpack to more than there is, to be drawn for ever, or to bring down whoever reads it.
//! Then this process ends, and nothing else: it gets the document and no environment, little memory and little time.
//! So the server neither computes anything of a document nor holds it in memory.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nadwa_domain::ids::FileId;
use tokio::process::Command;
use tokio::sync::OwnedMutexGuard;

use crate::files::draw;

/// The longest that anybody waits for a turn, and then for an answer.
const LONGEST: Duration = Duration::from_secs(10);
/// Most seconds of computing of the process, and most bytes of memory.
const MOST_SECONDS: u64 = 10;
const MOST_MEMORY: u64 = 768 * 1024 * 1024;
/// The largest document that is read; no call takes larger ones.
const LARGEST: u64 = 100 * 1024 * 1024;
/// How often a page is tried again. The machine may have been busy once; a document that cannot be drawn stays so.
const TRIES: u8 = 3;

/// Has pages counted and drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Painter {
    /// The program that does it, called as `nadwa draw`. Without one, documents are downloads alone.
    program: Option<PathBuf>,
    /// One page is drawn at a time: several screens that ask for the same one have it drawn once.
    turn: Arc<tokio::sync::Mutex<()>>,
    /// How often a page could not be drawn, since the server began.
    failed: Arc<Mutex<HashMap<(FileId, u16), u8>>>,
}

impl Painter {
    pub(super) fn by(program: PathBuf) -> Self {
        Self { program: Some(program), ..Self::default() }
    }

    /// The program.
    pub(super) fn program(&self) -> Result<&PathBuf, Unpainted> {
        self.program.as_ref().ok_or(Unpainted::NoProgram)
    }

    /// A turn to have a page drawn.
    pub(super) async fn turn(&self) -> Result<OwnedMutexGuard<()>, Unpainted> {
        let turn = Arc::clone(&self.turn).lock_owned();
        tokio::time::timeout(LONGEST, turn).await.map_err(|_| Unpainted::TooLong)
    }

    /// How many pages of a document can be shown.
    pub(super) async fn count(&self, document: File) -> Result<u16, Unpainted> {
        let said = self.ask(document, None).await?;
        str::from_utf8(&said).ok().and_then(|said| said.parse().ok()).ok_or(Unpainted::Nonsense)
    }

    /// One page as a JPEG.
    pub(super) async fn draw(&self, document: File, page: u16) -> Result<Vec<u8>, Unpainted> {
        self.ask(document, Some(page)).await
    }

    /// Whether it is of no use to try a page again.
    pub(super) fn has_given_up(&self, file: FileId, page: u16) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(&(file, page)).is_some_and(|times| *times >= TRIES)
    }

    /// A page could not be drawn.
    pub(super) fn note_failure(&self, file: FileId, page: u16) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let times = failed.entry((file, page)).or_default();
        *times = times.saturating_add(1);
    }

    /// Calls the program with a document. Whoever stops waiting ends it.
    async fn ask(&self, document: File, page: Option<u16>) -> Result<Vec<u8>, Unpainted> {
        let mut call = Command::new(self.program()?);
        call.arg("draw").env_clear().stdin(document).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        if let Some(page) = page {
            call.arg("--page").arg(page.to_string());
        }
        let answer = tokio::time::timeout(LONGEST, call.spawn()?.wait_with_output()).await;
        let answer = answer.map_err(|_| Unpainted::TooLong)??;
        if answer.status.success() { Ok(answer.stdout) } else { Err(Unpainted::GaveUp(answer.status)) }
    }
}

/// Why a document was not opened, or a page of it not drawn; for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Unpainted {
    /// It, or what was before it, takes too long.
    #[error("it takes too long")]
    TooLong,
    /// The process ended without an answer.
    #[error("the process that draws gave up: {0}")]
    GaveUp(ExitStatus),
    /// The process answered with something else.
    #[error("the process that draws did not answer with a number")]
    Nonsense,
    /// It was tried often enough.
    #[error("it could not be drawn before, and is not tried again until the next start")]
    Before,
    /// Nobody said which program draws.
    #[error("there is no program that draws")]
    NoProgram,
    /// The process cannot be started or heard.
    #[error(transparent)]
    Process(#[from] std::io::Error),
}

/// `nadwa draw`: what the process does. Reads a document; says how many pages it has, or draws one.
///
/// # Errors
/// If it cannot be read or drawn. The server hears only that.
pub fn answer(page: Option<u16>) -> Result<(), String> {
    stay_small(MOST_MEMORY, MOST_SECONDS).map_err(|error| format!("cannot limit itself: {error}"))?;
    let mut document = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST).read_to_end(&mut document);
    read.map_err(|error| format!("cannot read the document: {error}"))?;
    let answer = match page {
        None => draw::count(document).to_string().into_bytes(),
        Some(page) => draw::page(document, page).ok_or("this page cannot be drawn")?,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(&answer).and_then(|()| out.flush()).map_err(|error| format!("cannot answer: {error}"))
}

/// Takes no more bytes of memory and seconds of computing than its work is worth, and leaves no image of what it held when it falls.
#[cfg(unix)]
pub(super) fn stay_small(memory: u64, seconds: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, most) in [(Resource::Data, memory), (Resource::Cpu, seconds), (Resource::Core, 0)] {
        // What is lower already stays so: nobody may raise it again.
        let most = getrlimit(resource).maximum.map_or(most, |already| already.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

/// Time alone is limited here, by the server.
#[cfg(not(unix))]
pub(super) fn stay_small(_: u64, _: u64) -> std::io::Result<()> {
    Ok(())
}
