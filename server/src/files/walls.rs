//! The walls (sandbox: Landlock, seccomp, rlimits) around the processes that open what came from outside (`nadwa draw`,
//! `bind`, `remake`): nothing is opened there before they stand (`G10`).
//!
//! Such a process has read what it needs and keeps the pipes that it answers through. From then on it can gain no
//! right, open no file, reach no network, start no process; it takes a bounded share of memory, computing and output,
//! and steps back behind the server. Whoever takes it over from within a document holds that document and nothing else.

/// The resource limits of one process.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Bytes of memory.
    pub memory: u64,
    /// Seconds of processor time.
    pub seconds: u64,
    /// Bytes of a file that it writes.
    pub output: u64,
}

/// Walls that this system cannot build, by their names; the others stand.
pub type Missing = Vec<&'static str>;

/// Starts a process from a thread that stands behind the first walls, which the process has from its first instruction:
/// also while it is loaded, and before it has shut itself in, it can gain no right and reach no network. Where the
/// kernel has no such walls it is started all the same, and [`shut`] says so.
///
/// # Errors
/// Whatever `start` says; or if there can be no more threads.
pub fn behind<T: Send>(start: impl FnOnce() -> std::io::Result<T> + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, || {
            begin();
            start()
        })?;
        thread.join().unwrap_or_else(|_| Err(std::io::Error::other("the thread that starts it fell")))
    })
}

/// Shuts the calling process in for good. It must not have begun another thread.
///
/// # Errors
/// If its share cannot be bounded: then it must not go on.
pub fn shut(most: Most) -> Result<Missing, String> {
    share::bound(most).map_err(|error| format!("cannot limit itself: {error}"))?;
    Ok(rise())
}

#[cfg(unix)]
mod share {
    use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};

    use super::Most;

    /// What the program itself takes of the address space, unpacked and with all that is built in.
    const OURSELVES: u64 = 1024 * 1024 * 1024;
    /// Its niceness: whoever waits for a page waits longer, and nobody else does.
    const BEHIND: i32 = 10;

    pub(super) fn bound(most: Most) -> std::io::Result<()> {
        let shares = [
            (Resource::Data, most.memory),
            (Resource::As, most.memory + OURSELVES),
            (Resource::Cpu, most.seconds),
            (Resource::Fsize, most.output),
            (Resource::Nproc, 0),
            (Resource::Core, 0),
        ];
        for (resource, most) in shares {
            // A hard limit that is lower already stays so: an ordinary process may not raise it.
            let most = getrlimit(resource).maximum.map_or(most, |already| already.min(most));
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
        }
        nice(BEHIND)?;
        Ok(())
    }
}

#[cfg(not(unix))]
mod share {
    use super::Most;

    /// Time alone is limited here, by the server.
    pub(super) fn bound(_: Most) -> std::io::Result<()> {
        Ok(())
    }
}

/// A wall: what it is called, and how it is put up; whether that was possible.
type Wall = (&'static str, fn() -> bool);

/// Raises every wall that the kernel has, for this thread and all that it would begin.
#[cfg(target_os = "linux")]
fn rise() -> Missing {
    let walls: [Wall; 3] =
        [("no_new_privs", linux::no_new_rights), ("Landlock", linux::landlock), ("seccomp", linux::seccomp)];
    walls.into_iter().filter(|(_, build)| !build()).map(|(name, _)| name).collect()
}

/// The first walls, for this thread and all that it begins.
#[cfg(target_os = "linux")]
fn begin() {
    linux::no_new_rights();
    linux::seccomp_first();
}

#[cfg(not(target_os = "linux"))]
fn begin() {}

#[cfg(not(target_os = "linux"))]
fn rise() -> Missing {
    vec!["no_new_privs", "Landlock", "seccomp"]
}

#[cfg(target_os = "linux")]
mod linux {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetError, RulesetStatus, Scope};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    /// The system calls that are allowed: memory, the clock, and pipes that are open already. None takes a path, a
    /// network address or a process.
    const CALLS: &[libc::c_long] = &[
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_mmap,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_gettid,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    /// System calls that the dynamic loader has no need of: the network, other processes, the machine itself.
    const NEVER: &[libc::c_long] = &[
        libc::SYS_socket,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_swapon,
    ];

    pub(super) fn no_new_rights() -> bool {
        rustix::thread::set_no_new_privs(true).is_ok()
    }

    /// A Landlock ruleset without a rule: no file, no TCP port, no signal or abstract socket of others.
    pub(super) fn landlock() -> bool {
        let build = || -> Result<RulesetStatus, RulesetError> {
            let rules = Ruleset::default()
                .handle_access(AccessFs::from_all(ABI::V6))?
                .handle_access(AccessNet::from_all(ABI::V6))?
                .scope(Scope::from_all(ABI::V6))?;
            Ok(rules.create()?.restrict_self()?.ruleset)
        };
        build().is_ok_and(|status| status != RulesetStatus::NotEnforced)
    }

    /// The filter for the work: any other system call fails with `ENOSYS`, after which libraries do without threads.
    pub(super) fn seccomp() -> bool {
        filter(CALLS, unheard(), SeccompAction::Allow)
    }

    /// The first filter, which is inherited through `execve`: these calls fail, all others are made.
    pub(super) fn seccomp_first() -> bool {
        filter(NEVER, SeccompAction::Allow, unheard())
    }

    fn unheard() -> SeccompAction {
        SeccompAction::Errno(libc::ENOSYS.unsigned_abs())
    }

    fn filter(calls: &[libc::c_long], others: SeccompAction, these: SeccompAction) -> bool {
        let build = || -> Option<BpfProgram> {
            let calls = calls.iter().map(|call| (*call, vec![])).collect();
            let arch = std::env::consts::ARCH.try_into().ok()?;
            SeccompFilter::new(calls, others, these, arch).ok()?.try_into().ok()
        };
        build().is_some_and(|filter| seccompiler::apply_filter(&filter).is_ok())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpStream;
    use std::process::Command;

    use super::*;

    #[test]
    fn behind_the_walls_there_is_no_file_no_network_and_no_other_process() {
        // Walls are a thread's own: the other tests stay outside.
        let inside = std::thread::spawn(|| {
            let missing = rise();
            let file = std::fs::read("/proc/self/status").is_ok();
            let made = std::fs::write("made-behind-walls", "x").is_ok();
            let network = TcpStream::connect("127.0.0.1:9").err().and_then(|error| error.raw_os_error());
            let process = Command::new("true").status().is_ok();
            (missing, file, made, network, process)
        });
        let (missing, file, made, network, process) = inside.join().unwrap();
        assert!(!missing.contains(&"seccomp") && !missing.contains(&"no_new_privs"), "this kernel lacks {missing:?}");
        assert_eq!((file, made, process), (false, false, false));
        assert_eq!(network, Some(libc::ENOSYS), "not even a socket: no answer of a port is heard");
    }

    #[test]
    fn a_process_has_its_first_walls_before_it_does_anything() {
        let own =
            || std::fs::read_to_string("/proc/thread-self/status").map(|own| own.contains("NoNewPrivs:\t1")).unwrap();
        let (mut look, before) = (Command::new("cat"), own());
        let said = behind(|| look.arg("/proc/self/status").output()).unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        let says = |line: &str| said.lines().any(|said| said.split_whitespace().collect::<Vec<_>>().join(" ") == line);
        assert!(says("NoNewPrivs: 1") && says("Seccomp: 2"), "{said}");
        assert_eq!(own(), before, "it alone");
    }

    #[test]
    fn landlock_alone_shuts_files_off_where_the_kernel_has_it() {
        let inside = std::thread::spawn(|| (linux::landlock(), std::fs::read("/proc/self/status").is_ok()));
        let (stands, file) = inside.join().unwrap();
        assert_ne!(stands, file, "a wall that stands lets nothing be read; one that does not is said to be missing");
    }

    #[test]
    fn a_kernel_without_walls_is_told_and_nothing_falls() {
        // Behind the walls no wall can be built: so looks a kernel that has none.
        let inside = std::thread::spawn(|| {
            rise();
            rise()
        });
        assert_eq!(inside.join().unwrap(), ["no_new_privs", "Landlock", "seccomp"]);
    }
}
