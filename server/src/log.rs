//! What the operator is told: the log, and the few sentences that are printed. Neither may stop anything.
//!
//! A line goes through a bounded queue to a thread that writes. A reader that is gone costs an error that nobody hears
//! (`tracing` itself would answer it with `eprintln!`, which panics then). A reader that does not read, such as a
//! stopped terminal or a full pipe, costs lines, and never a thread that serves.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use tracing_subscriber::EnvFilter;

/// The variable that says how much is told.
pub const VARIABLE: &str = "NADWA_LOG";
/// What is told if nothing is said: the database's own library only when something is wrong.
const USUAL: &str = "info,sqlx=warn";
/// Libraries that tell of connections and of what came over them. Whatever an operator asks for, no address of a phone
/// and no word of a form may stand in a log (`S13`).
const QUIET: [&str; 7] = ["hyper", "h2", "axum", "tower", "mio", "rustls", "reqwest"];
/// Lines that may wait to be written.
const KEPT: usize = 4096;
/// The longest that ending waits for what is still to be written.
const PATIENCE: Duration = Duration::from_millis(500);

/// Where lines are written, one after the other, by a thread of its own.
#[derive(Clone)]
pub struct Log {
    pieces: SyncSender<Piece>,
    /// Lines that found no place, not told yet.
    lost: Arc<AtomicUsize>,
}

enum Piece {
    Line(Vec<u8>),
    /// All before it is written: tell whoever waits.
    Done(SyncSender<()>),
}

impl Log {
    /// A log that is written there.
    #[must_use]
    pub fn to(out: impl Write + Send + 'static) -> Self {
        let ((pieces, come), lost) = (sync_channel(KEPT), Arc::new(AtomicUsize::new(0)));
        let told = Arc::clone(&lost);
        // Without a thread the queue has no end that reads, and lines are let go.
        let _ = std::thread::Builder::new().name("log".to_owned()).spawn(move || write_down(&come, &told, out));
        Self { pieces, lost }
    }

    /// Says one sentence, whatever level is asked for.
    pub fn say(&self, sentence: &str) {
        self.put(format!("{sentence}\n").into_bytes());
    }

    /// Waits a moment until all is written.
    pub fn finish(&self) {
        let (done, waits) = sync_channel(1);
        if self.pieces.try_send(Piece::Done(done)).is_ok() {
            // Nobody reads: then nobody misses the rest.
            let _ = waits.recv_timeout(PATIENCE);
        }
    }

    fn put(&self, line: Vec<u8>) {
        if self.pieces.try_send(Piece::Line(line)).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What is written here never fails: `tracing` writes an event in one piece.
impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.put(line.to_vec());
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn write_down(pieces: &Receiver<Piece>, lost: &AtomicUsize, mut out: impl Write) {
    for piece in pieces {
        // A failed write is no reason for anything: the next one may succeed.
        match piece {
            Piece::Line(line) => drop(out.write_all(&line)),
            Piece::Done(done) => drop(done.try_send(())),
        }
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 && writeln!(out, "{missing} lines of the log were lost here").is_err() {
            lost.fetch_add(missing, Ordering::Relaxed);
        }
    }
}

/// Begins the log on standard error, with panics in it.
#[must_use]
pub fn begin() -> Log {
    let log = Log::to(std::io::stderr());
    let (filter, wrong) = filter(std::env::var(VARIABLE).ok().as_deref());
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal() && !plain)
        .log_internal_errors(false)
        .with_writer(move || writer.clone())
        .init();
    std::panic::set_hook(Box::new(tell_of_panic));
    if let Some(why) = wrong {
        tracing::warn!(why, "{VARIABLE} cannot be read: the log tells what it usually does");
    }
    log
}

/// What is told, and what is wrong with what was asked for.
fn filter(wished: Option<&str>) -> (EnvFilter, Option<String>) {
    let asked = wished.filter(|wished| !wished.is_empty()).map(EnvFilter::try_new);
    let (filter, wrong) = match asked {
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (EnvFilter::new(USUAL), Some(error.to_string())),
        None => (EnvFilter::new(USUAL), None),
    };
    let quiet = QUIET.iter().filter_map(|library| format!("{library}=warn").parse().ok());
    (quiet.fold(filter, EnvFilter::add_directive), wrong)
}

/// A panic's place is told. Its message only if it is a literal: what is formatted may hold a person's words.
fn tell_of_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
    tracing::error!(place, said, "panicked");
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        tracing::error!("{trace}");
    }
}

/// Prints for whoever started the program; says in the log if nobody can read it.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
        tracing::warn!("what was to be printed could not be: nothing reads the standard output");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Sender;
    use std::sync::{Barrier, Mutex, PoisonError};

    use super::*;

    /// A reader that is not there, or comes late.
    struct Reader {
        comes: Option<Arc<Barrier>>,
        reads: Sender<String>,
    }

    impl Write for Reader {
        fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
            if let Some(comes) = self.comes.take() {
                comes.wait();
            }
            self.reads.send(String::from_utf8_lossy(line).into_owned()).map_err(std::io::Error::other)?;
            Ok(line.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_does_not_read_holds_nobody_and_hears_how_much_was_lost() {
        let (comes, (reads, hears)) = (Arc::new(Barrier::new(2)), std::sync::mpsc::channel());
        let log = Log::to(Reader { comes: Some(Arc::clone(&comes)), reads });
        for n in 0..KEPT + 100 {
            log.say(&n.to_string());
        }
        comes.wait();
        drop(log);
        let read: Vec<String> = hears.iter().collect();
        assert!(read.iter().any(|line| line.ends_with(" lines of the log were lost here\n")), "{:?}", read.last());
        assert_eq!(read.first().map(String::as_str), Some("0\n"));
    }

    #[test]
    fn a_reader_that_is_gone_costs_nothing_and_the_next_one_hears_again() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        struct Gone(bool, Arc<Mutex<Vec<u8>>>);
        impl Write for Gone {
            fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
                if !std::mem::replace(&mut self.0, true) {
                    return Err(std::io::ErrorKind::BrokenPipe.into());
                }
                self.1.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
                Ok(line.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut log = Log::to(Gone(false, Arc::clone(&heard)));
        assert!(log.write_all(b"not read\n").is_ok());
        log.say("read");
        log.finish();
        assert_eq!(*heard.lock().unwrap_or_else(PoisonError::into_inner), b"read\n");
    }

    #[test]
    fn what_cannot_be_read_is_told_and_no_wish_makes_a_library_tell_of_connections() {
        assert!(filter(Some("info,nadwa=loud")).1.is_some());
        let (filter, wrong) = filter(Some("trace,hyper=trace"));
        assert!(wrong.is_none() && filter.to_string().contains("hyper=warn"), "{filter}");
        assert!(!filter.to_string().contains("hyper=trace"), "{filter}");
    }
}
