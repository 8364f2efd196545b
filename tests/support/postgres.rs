//! A temporary PostgreSQL for the tests: one for a test process, started by the first test that needs it.
//!
//! It stops when the test process ends, however that ends (`postgres.sh`).

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Said when PostgreSQL is not there. The tests that need it fail: what is skipped is not tested.
const MISSING: &str = "PostgreSQL's programs (initdb, pg_ctl) were not found: run `make test`, which sets them up";

/// An empty database of its own for one test.
pub struct Database {
    name: String,
}

impl Database {
    /// Makes one.
    ///
    /// # Panics
    /// If PostgreSQL is not installed or does not start: the test fails and says why.
    #[must_use]
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed));
        Cluster::get().run("createdb", &[&name]);
        Self { name }
    }

    /// Its address, for [`nadwa::store::open`].
    #[must_use]
    pub fn address(&self) -> String {
        format!("postgres://nadwa@localhost/{}?host={}", self.name, Cluster::get().folder)
    }

    /// Runs a statement as the database's operator would; what it answered.
    ///
    /// # Panics
    /// If it fails.
    #[must_use]
    pub fn say(&self, sql: &str) -> String {
        Cluster::get().run("psql", &["-qAt", "-v", "ON_ERROR_STOP=1", "-d", &self.name, "-c", sql])
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

struct Cluster {
    /// Its folder, which holds its socket too.
    folder: String,
    /// PostgreSQL's programs.
    programs: PathBuf,
    /// Holds the script's standard input: when this process ends, the script stops the cluster.
    _script: Child,
}

impl Cluster {
    fn get() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(Self::start)
    }

    fn start() -> Self {
        const SCRIPT: &str = include_str!("postgres.sh");
        let programs = programs().expect(MISSING);
        let mut script = Command::new("sh")
            .args(["-c", SCRIPT, "sh"])
            .arg(&programs)
            .arg(SCRIPT)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("there is a shell");
        let mut folder = String::new();
        let said = script.stdout.take().expect("it is piped");
        BufReader::new(said).read_line(&mut folder).expect("the script says its folder");
        if folder.is_empty() {
            let mut why = String::new();
            script.stderr.take().expect("it is piped").read_to_string(&mut why).expect("the script says why");
            panic!("PostgreSQL did not start: {why}");
        }
        Self { folder: folder.trim().into(), programs, _script: script }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(self.programs.join(program))
            .args(["-h", &self.folder, "-U", "nadwa"])
            .args(arguments)
            .output()
            .expect("the programs are there");
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().into()
    }
}

/// The folder of PostgreSQL's programs: by `PATH`, or where Debian keeps them out of it.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = debian.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    std::env::split_paths(&path).chain(folders).find_map(|folder| {
        // Links in `PATH` lead to the folder where all the programs are.
        let folder = folder.join("initdb").canonicalize().ok()?.parent().map(Path::to_owned)?;
        folder.join("pg_ctl").exists().then_some(folder)
    })
}
