//! The product as a process: killed, stopped, and given a folder that it cannot use.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use serde_json::{Value, json};

/// A started server, killed when the test ends.
pub struct Process {
    child: Child,
    pub url: String,
    /// What it said before.
    pub early: Vec<String>,
    /// The line by which it said that it is ready.
    ready: String,
    said: std::sync::mpsc::Receiver<String>,
}

impl Process {
    /// Starts it and waits until it says that it is ready.
    fn start_with(arguments: &[&str], ready: &str, temporary: &Path) -> Self {
        Self::begin(Command::new(env!("CARGO_BIN_EXE_nadwa-under-test")).args(arguments), ready, temporary)
    }

    /// The same, by a command that is the product in the end.
    fn begin(command: &mut Command, ready: &str, temporary: &Path) -> Self {
        let mut child = command
            .env("NADWA_LOG", "trace")
            .env("TMPDIR", temporary)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (say, said) = std::sync::mpsc::channel();
        for pipe in [Box::new(stdout) as Box<dyn std::io::Read + Send>, Box::new(stderr)] {
            let say = say.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    // Nobody reads any more: the pipe is closed, as by a log shipper that died.
                    if say.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        let limit = Duration::from_secs(60);
        let mut early = Vec::new();
        let line = loop {
            let line = said.recv_timeout(limit).expect("it says that it is ready");
            if line.contains(ready) {
                break line;
            }
            early.push(line);
        };
        let at = line.find("http://").expect("its address is said");
        let url: String = line[at + 7..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ':')).collect();
        Self { child, url: format!("http://{url}"), early, ready: line, said }
    }

    /// Dies without a word.
    fn die(&mut self) {
        self.signal("-KILL");
        self.child.wait().expect("it is gone");
    }

    /// From now on nobody reads what it says.
    fn leave_unread(&mut self) {
        self.said = std::sync::mpsc::channel().1;
    }

    fn signal(&self, signal: &str) {
        let done = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill is there");
        assert!(done.success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Demo {
    pub process: Process,
    pub links: Value,
    pub folder: Folder,
}

pub fn demo() -> Demo {
    demo_with(":")
}

/// A demo of a process for which a shell has done something first.
pub fn demo_with(first: &str) -> Demo {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    let (data, links) = (folder.path().join("data"), folder.path().join("links.json"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{first}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_nadwa-under-test")]);
    let process = Process::begin(
        shell.args([
            "demo",
            "--addr",
            "127.0.0.1:0",
            "--no-phones",
            "--poll-open",
            "0",
            "--data",
            text(&data),
            "--links",
            text(&links),
        ]),
        "/hall",
        &std::env::temp_dir(),
    );
    let links = serde_json::from_str(&std::fs::read_to_string(links).unwrap()).unwrap();
    Demo { process, links, folder }
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

impl Demo {
    pub fn data(&self) -> String {
        text(&self.folder.path().join("data")).to_owned()
    }

    /// Where it puts what it has not looked into yet, once it was started again.
    pub fn temporary(&self) -> PathBuf {
        self.folder.path().join("temporary")
    }

    /// Kills it and starts it again with what it has written, where it was.
    pub fn die_and_live(&mut self) {
        self.die_and_live_in(&self.data());
    }

    /// The same, with what lies in another folder.
    pub fn die_and_live_in(&mut self, data: &str) {
        self.process.die();
        let addr = self.process.url.strip_prefix("http://").unwrap().to_owned();
        let temporary = self.temporary();
        std::fs::create_dir_all(&temporary).unwrap();
        self.process = Process::start_with(&["serve", "--addr", &addr, "--data", data], "ready", &temporary);
    }

    pub async fn by(&self, role: &str) -> Client {
        let live = &self.links["sessions"][0];
        let client = Client::new(&self.process.url, live["code"].as_str().unwrap());
        let link = live[role].as_str().unwrap();
        client.get(link.strip_prefix(&self.process.url).unwrap()).await;
        client
    }
}

#[tokio::test]
async fn a_killed_server_has_everything_that_it_acknowledged_and_its_clock_runs_true() {
    let mut demo = demo();
    let (moderator, steward) = (demo.by("console").await, demo.by("desk").await);
    let clock = moderator.follow("console").await.picture().await["clock"].clone();
    let mut ids = Vec::new();
    for n in 0..5 {
        let phone = demo.by("audience").await;
        let id = phone.ask(&format!("سؤال رقم {n} قبل الانقطاع")).await;
        steward.does(&format!("/questions/{id}/pass"), json!({})).await;
        ids.push(id);
    }
    demo.die_and_live();
    let view = moderator.follow("console").await.picture().await;
    for id in ids {
        assert!(view["questions"].to_string().contains(&id.to_string()), "{id} was acknowledged");
    }
    assert_eq!(view["clock"], clock, "the speech goes on, to the millisecond");
    steward.does("/safety/pause", json!({})).await;
}

#[tokio::test]
async fn ctrl_c_ends_streams_at_once_and_the_process_within_three_seconds() {
    let mut demo = demo();
    let phone = demo.by("audience").await;
    let mut feed = phone.follow("audience").await;
    feed.picture().await;
    let begun = Instant::now();
    demo.process.signal("-INT");
    while feed.event().await.is_some() {}
    assert!(begun.elapsed() < Duration::from_secs(1), "the stream ended after {:?}", begun.elapsed());
    assert!(demo.process.child.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(3), "it took {:?}", begun.elapsed());
}

/// `L2.5`: the reader of the log dies (a log shipper, `tee`), the terminal is closed. Each line was a panic of whatever
/// wrote it: the database's writer first, and then nothing was saved ever again.
#[tokio::test]
async fn nobody_has_to_read_the_log_and_a_closed_terminal_ends_the_server_cleanly() {
    let mut demo = demo();
    demo.process.leave_unread();
    let (steward, moderator) = (demo.by("desk").await, demo.by("console").await);
    for n in 0..3 {
        let id = demo.by("audience").await.ask(&format!("سؤال {n} لا يقرأ أحد سجله")).await;
        steward.does(&format!("/questions/{id}/pass"), json!({})).await;
        moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    }
    let ready = reqwest::get(format!("{}/readyz", demo.process.url)).await.unwrap();
    assert_eq!(ready.status(), reqwest::StatusCode::OK);
    demo.process.signal("-HUP");
    assert!(demo.process.child.wait().unwrap().success(), "a clean stop");
}

/// `L2.5`: nothing that is written for people may fail a start, or hide why it failed.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_behind_what_it_says_is_no_reason_to_fail() {
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let folder = Folder::new();
    let mut start = Command::new(env!("CARGO_BIN_EXE_nadwa-under-test"));
    start.args(["serve", "--addr", "127.0.0.1:0", "--data", text(folder.path())]);
    let mut child = start.stdout(full()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.by_ref().any(|line| line.contains("nothing reads the standard output")), "the link was not seen");
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(child.wait().unwrap().success());
    let mut fails = Command::new(env!("CARGO_BIN_EXE_nadwa-under-test"));
    let to = folder.path().join("nowhere").join("file");
    fails.args(["export", "--data", text(&folder.path().join("none")), text(&to)]).stderr(full());
    assert_eq!(fails.status().unwrap().code(), Some(1), "its own failure, and no panic");
}

#[test]
fn a_corrupt_database_is_a_clear_error_and_is_left_as_it_is() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    let file = folder.path().join("nadwa.sqlite");
    let rubbish = "not a database at all ".repeat(500);
    std::fs::write(&file, &rubbish).unwrap();
    let output = run(&["serve", "--addr", "127.0.0.1:0", "--data", text(folder.path())]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("nadwa: cannot open") && !said.contains("panicked"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), rubbish);
}

#[test]
fn a_demo_erases_nothing_that_is_not_a_demos() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    std::fs::write(folder.path().join("nadwa.sqlite"), "precious").unwrap();
    let output = run(&["demo", "--addr", "127.0.0.1:0", "--data", text(folder.path())]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing was erased"));
    assert_eq!(std::fs::read_to_string(folder.path().join("nadwa.sqlite")).unwrap(), "precious");
}

#[test]
fn a_wrong_flag_is_explained() {
    for (arguments, word) in [
        (&["serve", "--addr", "nowhere"][..], "--addr"),
        (&["serve", "--public-url", "nadwa.example.org"][..], "https://"),
        (&["serve", "--database-url", "mysql://x"][..], "postgres://"),
        (&["demo", "--poll-open=-1"][..], "poll-open"),
    ] {
        let output = run(arguments);
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(word), "{arguments:?}");
    }
    assert!(String::from_utf8_lossy(&run(&["--help"]).stdout).contains("nadwa demo"));
}

pub fn run(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_nadwa-under-test")).args(arguments).output().expect("it runs")
}

#[tokio::test]
async fn no_line_of_the_log_holds_what_a_person_wrote_or_a_secret() {
    const AGENT: &str = "marked-browser/7";
    let demo = demo();
    let (steward, moderator) = (demo.by("desk").await, demo.by("console").await);
    let markers = ["علامة الحماية", "علامة القاعة", "علامة المكان"];
    let (guarded, shown) =
        (demo.by("audience").await.ask(markers[0]).await, demo.by("audience").await.ask(markers[1]).await);
    steward.does(&format!("/questions/{guarded}/safeguard"), json!({})).await;
    steward.does(&format!("/questions/{shown}/pass"), json!({})).await;
    moderator.does(&format!("/questions/{shown}/show"), json!({})).await;
    let phone = demo.by("audience").await;
    phone.post_form("/help/call", &[("place", markers[2])]).await;
    phone.raw("/questions", "application/json", format!("{{\"text\": \"{}\"", markers[1]).into_bytes()).await;
    // A device says what it is, too: neither that nor its address is written anywhere (`S13`).
    let device = reqwest::Client::builder().user_agent(AGENT).no_proxy().build().unwrap();
    device.get(format!("{}/help", demo.process.url)).send().await.expect("an answer");
    demo.process.signal("-TERM");
    // The pipes end when the process does.
    let log: Vec<String> = demo.process.said.iter().collect();
    assert!(!log.is_empty(), "it is told in all detail");
    let secret = demo.links["sessions"][0]["desk"].as_str().unwrap().rsplit(['/', '#']).next().unwrap();
    // The demo's own list of links is printed, not logged.
    for line in log.iter().filter(|line| !line.contains(&demo.process.url)) {
        let nowhere = markers.iter().chain([&secret, &AGENT, &"127.0.0.1"]);
        assert!(nowhere.into_iter().all(|words| !line.contains(words)), "{line}");
        assert!(!line.contains('\x1b'), "no colours where no terminal is: {line}");
    }
}

/// `G8`: a folder that the operator made for everybody to read, with what an earlier version wrote into it.
#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_what_it_makes() {
    use std::os::unix::fs::PermissionsExt;
    let mut demo = demo();
    let moderator = demo.by("console").await;
    let data = demo.folder.path().join("data");
    for (path, mode) in [(data.clone(), 0o755), (data.join("nadwa.sqlite"), 0o644)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    demo.die_and_live();
    assert_eq!(moderator.submit("/rehearsal/start", &[]).await.status, reqwest::StatusCode::OK);
    let (copy, file) = (demo.folder.path().join("copy"), demo.folder.path().join("conference.nadwa"));
    std::fs::create_dir_all(&copy).unwrap();
    for (verb, to) in [("backup", &copy), ("export", &file)] {
        assert!(run(&[verb, "--data", text(&data), text(to)]).status.success(), "{verb}");
    }
    let temporary = std::fs::read_dir(demo.temporary()).unwrap().map(|entry| entry.unwrap().path());
    let mut all = vec![data, copy, file, demo.folder.path().join("links.json")];
    all.extend(temporary);
    assert!(all.len() > 4, "the rehearsal has a folder");
    while let Some(path) = all.pop() {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} {mode:o}", path.display());
        if path.is_dir() {
            all.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

/// `G2`: as much memory as a few need, and the way to help answers meanwhile.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn five_hundred_sign_ins_at_once_cost_little_memory_and_help_answers_meanwhile() {
    let demo = demo();
    let url = demo.process.url.as_str();
    let most = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", demo.process.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let somebody = Client::new(url, "");
    somebody.get("/help").await;
    let before = most();
    let flood = futures::future::join_all((0..500).map(|_| async {
        let stranger = Client::new(url, "");
        stranger.post_form("/sign-in", &[("login", "x"), ("secret", "yyyyyyyyyyyyyyyy")]).await.status.as_u16()
    }));
    let meanwhile = async {
        let mut took = Vec::new();
        for _ in 0..15 {
            let began = Instant::now();
            assert!(somebody.get("/help").await.status.is_success());
            took.push(began.elapsed());
        }
        took.sort();
        took[7]
    };
    let (statuses, middle) = tokio::join!(flood, meanwhile);
    assert!(statuses.iter().all(|status| matches!(status, 422 | 429)), "{statuses:?}");
    let grown = (most() - before) / 1024;
    println!("500 sign-ins: {grown} MiB more, /help {middle:?}");
    assert!(grown < 100, "{grown} MiB more");
    assert!(middle < Duration::from_secs(1), "{middle:?}, of a server that is not optimised");
}

/// For the day on which nobody of safeguarding has a card that works (`G9`): whoever starts the server makes one, and it
/// stands in the record.
#[tokio::test]
async fn whoever_starts_the_server_makes_one_more_lead_and_the_record_says_so() {
    let mut demo = demo();
    demo.process.die();
    let data = demo.data();
    // And one more organizer, when nobody knows a phrase that works.
    for (flag, theirs) in [("--new-organizer", "/organizer"), ("--new-lead", "/safeguarding")] {
        let arguments = ["serve", "--addr", "127.0.0.1:0", "--data", &data, flag];
        let process = Process::start_with(&arguments, "/a#", &std::env::temp_dir());
        let link = process.ready[process.ready.find("/a#").unwrap()..].trim().to_owned();
        let adult = Client::new(&process.url, "");
        assert_eq!(adult.get(&link).await.status.as_u16(), 200, "{flag}");
        assert_eq!(adult.get(theirs).await.status.as_u16(), 200, "{flag}");
        assert_eq!(Client::new(&process.url, "").get(&link).await.status.as_u16(), 403, "it opens one device");
        if flag == "--new-lead" {
            let record = adult.get("/record").await.body;
            assert!(record.contains("إصدار بطاقة"), "{record}");
        }
    }
}
