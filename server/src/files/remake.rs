//! What comes from outside is made anew in a process of its own, a few at once; the server reads nothing of it (`G10`,
//! `G2`).

use std::fs::File;
use std::io::{Read, Write};
use std::time::Duration;

use nadwa_domain::Refusal;
use nadwa_domain::paper::file::FileKind;
use serde::{Deserialize, Serialize};
use tempfile::TempPath;
use uuid::Uuid;

use crate::files::Files;
use crate::files::call::{Call, Unanswered};
use crate::files::left::temporary;
use crate::files::made::{self, Unmade};
use crate::files::turns::Turns;
use crate::files::walls::{self, Most};

/// The longest that a file may take. A page of it may have to be drawn while the same person waits.
const LONGEST: Duration = Duration::from_secs(8);
const MOST: Most = Most { memory: 768 * 1024 * 1024, seconds: 6, output: 128 * 1024 * 1024 };
/// The largest file that is read; no call takes larger ones.
const LARGEST: u64 = 100 * 1024 * 1024;
/// Most bytes of what the process says of it.
const MOST_SAID: u64 = 4 * 1024;
/// Files that are made anew at once, and that wait behind them.
const AT_ONCE: usize = 2;
const WAITING: usize = 16;

/// Who owns what organizers bring: theirs is made anew one after the other too.
pub const ORGANIZERS: Uuid = Uuid::nil();

pub(super) fn turns() -> Turns {
    Turns::new(AT_ONCE, WAITING)
}

/// A file that may be kept.
#[derive(Debug)]
pub struct Checked {
    pub kind: FileKind,
    /// Whether it was made anew. If not, it is as it was brought.
    pub anew: bool,
    /// How large it is now.
    pub bytes: u64,
    /// How many pages of it can be shown on a screen.
    pub pages: u16,
    /// How long it sounds, if it does and says so.
    pub seconds: Option<u16>,
    /// Where it is; removed when this is dropped.
    pub path: TempPath,
}

/// What the process says of a file.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
enum Verdict {
    /// It is made anew.
    Anew { kind: FileKind, pages: u16, seconds: Option<u16> },
    /// It cannot be.
    AsBrought { kind: FileKind },
    /// Nobody knows such a file.
    OtherKind,
    /// There is a program in it.
    WithProgram,
    /// It cannot be read.
    Broken,
}

impl Files {
    /// Makes a file anew; those of one owner one after the other.
    ///
    /// # Errors
    /// [`Refusal::FileOfOtherKind`], [`Refusal::FileWithProgram`], [`Refusal::FileBroken`]; [`Refusal::FileWaits`] if too
    /// many wait already.
    pub async fn made_anew(&self, path: TempPath, owner: Uuid) -> Result<Checked, Refusal> {
        let _turn = self.remaking.turn(owner, LONGEST * 3).await.map_err(|_| Refusal::FileWaits)?;
        match self.remade(&path).await {
            Ok((Verdict::Anew { kind, pages, seconds }, made)) => {
                let bytes = std::fs::metadata(&made).map_err(|_| Refusal::FileBroken)?.len();
                Ok(Checked { kind, anew: true, bytes, pages, seconds, path: made })
            }
            Ok((Verdict::AsBrought { kind }, _)) => self.as_brought(path, kind).await,
            Ok((Verdict::OtherKind, _)) => Err(Refusal::FileOfOtherKind),
            Ok((Verdict::WithProgram, _)) => Err(Refusal::FileWithProgram),
            Ok((Verdict::Broken, _)) => Err(Refusal::FileBroken),
            Err(error) => {
                tracing::warn!(%error, "a file was not made anew");
                // What only takes too much may be a document all the same; no other file does.
                if is_pdf(&path) { self.as_brought(path, FileKind::Pdf).await } else { Err(Refusal::FileBroken) }
            }
        }
    }

    async fn as_brought(&self, path: TempPath, kind: FileKind) -> Result<Checked, Refusal> {
        let bytes = std::fs::metadata(&path).map_err(|_| Refusal::FileBroken)?.len();
        let pages = if kind == FileKind::Pdf { self.count_pages(&path).await } else { 0 };
        Ok(Checked { kind, anew: false, bytes, pages, seconds: None, path })
    }

    async fn remade(&self, path: &TempPath) -> Result<(Verdict, TempPath), Unanswered> {
        let folder = tempfile::tempdir()?;
        let call = Call {
            program: self.painter.program(),
            does: &["remake"],
            folder: folder.path(),
            reads: File::open(path)?.into(),
            longest: LONGEST,
            most: MOST_SAID,
        };
        let (into, made) = temporary()?.into_parts();
        let said = call.writes(into).await?;
        Ok((serde_json::from_slice(&said).map_err(|_| Unanswered::Nonsense)?, made))
    }
}

fn is_pdf(path: &TempPath) -> bool {
    let mut head = [0; 5];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && &head == b"%PDF-"
}

/// `nadwa remake`: what the process does. Reads a file; writes it anew, and says on its standard error what it is.
///
/// # Errors
/// If it cannot be read or written.
pub fn answer() -> Result<(), String> {
    walls::shut(MOST)?;
    let mut file = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST).read_to_end(&mut file);
    read.map_err(|error| format!("cannot read the file: {error}"))?;
    let verdict = match made::anew(file) {
        Ok(made) => {
            let mut out = std::io::stdout().lock();
            let written = out.write_all(&made.bytes).and_then(|()| out.flush());
            written.map_err(|error| format!("cannot write the file: {error}"))?;
            Verdict::Anew { kind: made.kind, pages: made.pages(), seconds: made.seconds() }
        }
        Err(Unmade::AsBrought(kind)) => Verdict::AsBrought { kind },
        Err(Unmade::OtherKind) => Verdict::OtherKind,
        Err(Unmade::WithProgram) => Verdict::WithProgram,
        Err(Unmade::Broken) => Verdict::Broken,
    };
    let said = serde_json::to_string(&verdict).map_err(|error| error.to_string())?;
    std::io::stderr().write_all(said.as_bytes()).map_err(|error| format!("cannot answer: {error}"))
}
