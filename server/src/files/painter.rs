//! PDF documents are opened in a process of their own, and never in the server.
//!
//! A document can be made to unpack to more than there is, to be drawn for ever, or to bring down whoever reads it.
//! Then this process ends, and nothing else: it gets the document and no environment, little memory and little time.
//! So the server neither computes anything of a document nor holds it in memory.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nadwa_domain::ids::{FileId, PaperId};

use crate::files::call::{Call, Unanswered};
use crate::files::draw;
use crate::files::turns::{Mine, Turns};
use crate::files::walls::{self, Most};

/// The longest that anybody waits for a turn, and then for an answer.
const LONGEST: Duration = Duration::from_secs(10);
/// What the process may cost. It writes no file.
pub(super) const MOST: Most = Most { memory: 768 * 1024 * 1024, seconds: 10, output: 0 };
/// Most bytes of a page, and of a number.
const MOST_ANSWERED: u64 = 32 * 1024 * 1024;
/// Pages that are drawn at once, and that wait behind them.
const AT_ONCE: usize = 2;
const WAITING: usize = 32;
/// The largest document that is read; no call takes larger ones.
const LARGEST: u64 = 100 * 1024 * 1024;
/// How often a page is tried again. The machine may have been busy once; a document that cannot be drawn stays so.
const TRIES: u8 = 3;

/// Has pages counted and drawn.
#[derive(Clone, Debug)]
pub(super) struct Painter {
    /// The program that does it, called as `nadwa draw`. Without one, documents are downloads alone.
    program: Option<PathBuf>,
    /// Of one paper one page is drawn at a time: several screens that ask for the same one have it drawn once, and a
    /// paper whose pages are slow keeps no other waiting.
    turns: Turns,
    /// How often a page could not be drawn, since the server began.
    failed: Arc<Mutex<HashMap<(FileId, u16), u8>>>,
}

impl Default for Painter {
    fn default() -> Self {
        Self { program: None, turns: Turns::new(AT_ONCE, WAITING), failed: Arc::default() }
    }
}

impl Painter {
    pub(super) fn by(program: PathBuf) -> Self {
        Self { program: Some(program), ..Self::default() }
    }

    /// The program.
    pub(super) const fn program(&self) -> Option<&PathBuf> {
        self.program.as_ref()
    }

    /// A turn to have a page of a paper drawn.
    pub(super) async fn turn(&self, paper: PaperId) -> Result<Mine, Unanswered> {
        self.turns.turn(paper.0, LONGEST).await
    }

    /// How many pages of a document can be shown.
    pub(super) async fn count(&self, document: File) -> Result<u16, Unanswered> {
        let said = self.ask(document, None).await?;
        str::from_utf8(&said).ok().and_then(|said| said.parse().ok()).ok_or(Unanswered::Nonsense)
    }

    /// One page as a JPEG.
    pub(super) async fn draw(&self, document: File, page: u16) -> Result<Vec<u8>, Unanswered> {
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

    async fn ask(&self, document: File, page: Option<u16>) -> Result<Vec<u8>, Unanswered> {
        let folder = tempfile::tempdir()?;
        let page = page.map(|page| page.to_string());
        let does: Vec<&str> = match &page {
            None => vec!["draw"],
            Some(page) => vec!["draw", "--page", page],
        };
        let call = Call {
            program: self.program(),
            does: &does,
            folder: folder.path(),
            reads: document.into(),
            longest: LONGEST,
            most: MOST_ANSWERED,
        };
        call.answer().await
    }
}

/// `nadwa draw`: what the process does. Reads a document; says how many pages it has, or draws one.
///
/// # Errors
/// If it cannot be read or drawn. The server hears only that.
pub fn answer(page: Option<u16>) -> Result<(), String> {
    walls::shut(MOST)?;
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
