//! What the operating system is asked for: the limit of open files, and socket options that notice dead peers.

use std::io::Result;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// The listen backlog: connections that wait for `accept`. The system may allow fewer.
const BACKLOG: u32 = 4096;
/// File descriptors that are not connections of phones: database, papers, pictures, logs.
const KEPT: (u64, u64) = (32, 512);
/// Most connections, however many files may be opened: each takes some twenty kilobytes when somebody wants it to.
const MOST: u64 = 40_000;
/// Below this the operator is told: 300 phones with six connections each, and as many again.
const LOW: u64 = 4096;
/// Enough open files for the largest hall.
#[cfg(unix)]
const ENOUGH: u64 = 65_536;
/// `TCP_NOTSENT_LOWAT`: what a phone has not read yet waits in the server and not in the kernel's send buffer, so that
/// it gets the newest frame and not old ones.
#[cfg(any(target_os = "linux", target_os = "android"))]
const UNSENT: u32 = 16 * 1024;
/// `TCP_USER_TIMEOUT`: a peer that acknowledges nothing is given up after this.
#[cfg(any(target_os = "linux", target_os = "android"))]
const GONE: Duration = Duration::from_secs(30);
/// TCP keep-alive: the idle time before the first probe, and between further ones.
const ASKED: (Duration, Duration) = (Duration::from_secs(45), Duration::from_secs(15));

/// Listens there.
///
/// # Errors
/// If the address is taken, or not this machine's.
pub fn bind(addr: SocketAddr) -> Result<TcpListener> {
    let socket = if addr.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // `SO_REUSEADDR`: a port in TIME_WAIT may be bound again. On Windows it would allow to take a port that is in use.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(addr)?;
    socket.listen(BACKLOG)
}

/// Sets the options that notice a dead peer. What a system does not know is left out.
pub(super) fn tune(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    let asked = TcpKeepalive::new().with_time(ASKED.0).with_interval(ASKED.1);
    let _ = stream.set_nodelay(true);
    let _ = socket.set_tcp_keepalive(&asked);
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        let _ = socket.set_tcp_user_timeout(Some(GONE));
        let _ = socket.set_tcp_notsent_lowat(UNSENT);
    }
}

/// Raises the limit of open files to what the system allows; how many connections have a place then. Tells if few.
#[must_use]
pub fn open_files() -> usize {
    let files = raise();
    let places = places(files);
    if files < LOW {
        tracing::warn!(
            files,
            places,
            "few files may be opened here: a full hall needs {LOW}; raise the hard limit (LimitNOFILE, ulimit -Hn)"
        );
    }
    places
}

/// How many files may be open here, once the limit is raised.
#[must_use]
pub fn most_files() -> u64 {
    raise()
}

fn places(files: u64) -> usize {
    let kept = (files / 8).clamp(KEPT.0, KEPT.1);
    usize::try_from(files.saturating_sub(kept).clamp(8, MOST)).unwrap_or(usize::MAX)
}

#[cfg(unix)]
fn raise() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Some systems report no hard limit (`RLIM_INFINITY`) and accept a number alone.
    for wish in [limit.maximum, Some(ENOUGH)] {
        let is_more = limit.current.is_some_and(|now| wish.is_none_or(|wish| wish > now));
        if is_more && setrlimit(Resource::Nofile, Rlimit { current: wish, maximum: limit.maximum }).is_ok() {
            break;
        }
    }
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
fn raise() -> u64 {
    LOW
}

/// Whether the process or the system is out of file descriptors or memory (`EMFILE`, `ENFILE`, …): that passes.
/// Anything else is not expected to.
#[cfg(unix)]
pub(super) fn is_full(error: &std::io::Error) -> bool {
    use rustix::io::Errno;
    let full = [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM];
    Errno::from_io_error(error).is_some_and(|errno| full.contains(&errno))
}

#[cfg(not(unix))]
pub(super) fn is_full(_: &std::io::Error) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hall_fits_into_the_few_files_that_most_systems_begin_with() {
        assert_eq!((places(1024), places(20_000), places(u64::MAX)), (896, 19_488, 40_000));
        assert!(places(1024) > 300 * 2, "each phone's feed, and one more");
    }

    #[test]
    #[cfg(unix)]
    fn the_limit_is_raised_to_what_the_system_allows() {
        use rustix::process::{Resource, getrlimit};
        let raised = raise();
        let limit = getrlimit(Resource::Nofile);
        assert!(limit.maximum.is_none_or(|most| raised >= most.min(ENOUGH)), "{raised} of {:?}", limit.maximum);
    }
}
