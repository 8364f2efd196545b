//! Calling the processes that open what came from outside. They are this very program, called by its own name: with no
//! environment, in an empty folder of their own, behind the [`walls`](crate::files::walls), for a bounded time.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::runtime::Handle;

use crate::files::{Files, painter, walls};

/// Why a process did not do its work; for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// It, or what was before it, takes too long.
    #[error("it takes too long")]
    TooLong,
    /// So many wait already that one more is not put at the end.
    #[error("too many wait for the same work")]
    Busy,
    /// The process ended without an answer.
    #[error("the process gave up: {0}")]
    GaveUp(ExitStatus),
    /// The process answered with something else, or with too much.
    #[error("the process did not answer as it should")]
    Nonsense,
    /// It was tried often enough.
    #[error("it could not be done before, and is not tried again until the next start")]
    Before,
    /// Nobody said which program does it.
    #[error("there is no program that does it")]
    NoProgram,
    /// The process cannot be started or heard.
    #[error(transparent)]
    Process(#[from] std::io::Error),
}

/// One call of the program.
pub(super) struct Call<'a> {
    /// The program.
    pub(super) program: Option<&'a PathBuf>,
    /// What it is to do.
    pub(super) does: &'a [&'a str],
    /// Where it stands: a folder made for it, and empty but for what it is given.
    pub(super) folder: &'a Path,
    /// What it reads.
    pub(super) reads: Stdio,
    /// The longest that it may take.
    pub(super) longest: Duration,
    /// Most bytes of its answer.
    pub(super) most: u64,
}

impl Call<'_> {
    /// What it answers on its standard output.
    pub(super) async fn answer(self) -> Result<Vec<u8>, Unanswered> {
        let (longest, most) = (self.longest, self.most);
        let mut child = self.start(Stdio::piped(), Stdio::null())?;
        let out = child.stdout.take();
        waited(child, out, longest, most).await
    }

    /// What it says on its standard error, while it writes what it makes into a file.
    pub(super) async fn writes(self, into: std::fs::File) -> Result<Vec<u8>, Unanswered> {
        let (longest, most) = (self.longest, self.most);
        let mut child = self.start(into.into(), Stdio::piped())?;
        let said = child.stderr.take();
        waited(child, said, longest, most).await
    }

    /// Whoever stops waiting ends it.
    fn start(self, out: Stdio, says: Stdio) -> Result<Child, Unanswered> {
        let mut call = Command::new(self.program.ok_or(Unanswered::NoProgram)?);
        call.args(self.does).env_clear().current_dir(self.folder).kill_on_drop(true);
        call.stdin(self.reads).stdout(out).stderr(says);
        let runtime = Handle::current();
        Ok(walls::behind(|| {
            let _here = runtime.enter();
            call.spawn()
        })?)
    }
}

async fn waited(
    mut child: Child,
    said: Option<impl AsyncRead + Unpin>,
    longest: Duration,
    most: u64,
) -> Result<Vec<u8>, Unanswered> {
    let answer = async {
        let mut answer = Vec::new();
        if let Some(said) = said {
            said.take(most + 1).read_to_end(&mut answer).await?;
        }
        if answer.len() as u64 > most {
            return Err(Unanswered::Nonsense);
        }
        let ended = child.wait().await?;
        if ended.success() { Ok(answer) } else { Err(Unanswered::GaveUp(ended)) }
    };
    tokio::time::timeout(longest, answer).await.map_err(|_| Unanswered::TooLong)?
}

impl Files {
    /// Says in the log, once, around what the processes that open files have no walls.
    pub async fn tell_missing_walls(&self) {
        match self.missing_walls().await {
            Ok(missing) if missing.is_empty() => {}
            Ok(missing) => tracing::warn!(missing, "files are opened behind fewer walls: this system lacks some"),
            Err(error) => tracing::warn!(%error, "whether files are opened behind walls is not known"),
        }
    }

    async fn missing_walls(&self) -> Result<String, Unanswered> {
        let folder = tempfile::tempdir()?;
        let call = Call {
            program: self.painter.program(),
            does: &["walls"],
            folder: folder.path(),
            reads: Stdio::null(),
            longest: Duration::from_secs(10),
            most: 1024,
        };
        let said = call.answer().await?;
        Ok(String::from_utf8_lossy(&said).trim().to_owned())
    }
}

/// `nadwa walls`: says which walls this system cannot build. Nothing is opened.
///
/// # Errors
/// If its share cannot be bounded.
pub fn walls() -> Result<(), String> {
    let missing = walls::shut(painter::MOST)?.join(", ");
    writeln!(std::io::stdout(), "{missing}").map_err(|error| format!("cannot answer: {error}"))
}
