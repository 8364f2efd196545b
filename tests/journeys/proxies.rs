//! The samples for web servers in front (`V9`, G6), with the programs that Debian ships: pages, feeds, the address of a phone,
//! and what stands in their logs.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::tls::{NAME, renew, trusting};

/// A sample and the program that reads it.
#[derive(Clone, Copy, Debug)]
enum Sample {
    Caddy,
    Nginx,
}

/// A web server in front of a hall, as a sample sets it up; it ends with the test.
struct Proxy {
    child: Child,
    port: u16,
    trusts: TlsConnector,
    folder: Folder,
}

impl Sample {
    /// Its configuration, for a test's folder and ports.
    fn set_up(self, folder: &Path, behind: &str, port: u16) -> String {
        let at = folder.display();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/samples");
        let sample = samples.join(match self {
            Self::Caddy => "Caddyfile",
            Self::Nginx => "nginx.conf",
        });
        let sample = std::fs::read_to_string(sample).unwrap();
        let own =
            [("/etc/nadwa", at.to_string()), ("/var/log/nginx", at.to_string()), ("127.0.0.1:4700", behind.to_owned())];
        let sample = own.iter().fold(sample, |text, (from, to)| text.replace(from, to));
        match self {
            Self::Caddy => sample
                .replace("# tls ", "tls ")
                .replace("nadwa.example.org {", &format!("https://{NAME}:{port} {{"))
                .replacen(
                    "{\n",
                    &format!("{{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system {at}\n"),
                    1,
                ),
            Self::Nginx => {
                let sample = sample.replace("443 ssl", &format!("127.0.0.1:{port} ssl"));
                let sample = sample.replace("nadwa.example.org", NAME);
                let kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
                let kept = kept.map(|kind| format!("{kind}_temp_path {at}/{kind};")).concat();
                format!("daemon off; pid {at}/pid; events {{}} http {{ {kept}\n{sample}\n}}")
            }
        }
    }

    /// The command that serves by a configuration.
    fn command(self, set_up: &Path, folder: &Path) -> Command {
        let mut command = match self {
            Self::Caddy => Command::new("caddy"),
            Self::Nginx => {
                Command::new(if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" })
            }
        };
        match self {
            Self::Caddy => command.args(["run", "--adapter", "caddyfile", "--config"]).arg(set_up).env("HOME", folder),
            Self::Nginx => command.arg("-e").arg(folder.join("early.log")).arg("-c").arg(set_up),
        };
        command
    }
}

impl Proxy {
    async fn start(sample: Sample, hall: &Hall) -> Self {
        let folder = Folder::new();
        let trusts = trusting(&renew(folder.path()));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let set_up = folder.path().join("set-up");
        let behind = hall.url().strip_prefix("http://").unwrap();
        std::fs::write(&set_up, sample.set_up(folder.path(), behind, port)).unwrap();
        let told = |name| Stdio::from(std::fs::File::create(folder.path().join(name)).unwrap());
        let mut command = sample.command(&set_up, folder.path());
        let child = command.stdout(told("stdout.log")).stderr(told("stderr.log")).spawn();
        let child = child.unwrap_or_else(|error| panic!("{sample:?}: {error}; run `make test`, which sets it up"));
        let proxy = Self { child, port, trusts, folder };
        let reached = async { while TcpStream::connect(proxy.address()).await.is_err() {} };
        let reached = tokio::time::timeout(Duration::from_secs(20), reached).await;
        assert!(reached.is_ok(), "{sample:?} does not start: {}", proxy.logs());
        proxy
    }

    fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Asks as a phone of some address.
    async fn ask_from(&self, last: u8, head: &str, body: &str) -> TlsStream<TcpStream> {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, last], 0).into()).unwrap();
        let stream = socket.connect(self.address()).await.unwrap();
        let mut stream = self.trusts.connect(ServerName::try_from(NAME).unwrap(), stream).await.unwrap();
        let asked = format!("{head} HTTP/1.1\r\nhost: {NAME}\r\nconnection: close\r\n{}\r\n\r\n{body}", sent(body));
        stream.write_all(asked.as_bytes()).await.unwrap();
        stream
    }

    async fn answer_to(&self, last: u8, head: &str, body: &str) -> String {
        let mut answer = Vec::new();
        // A server that closes without a last word has answered all the same.
        let _ = self.ask_from(last, head, body).await.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Whatever it has written down.
    fn logs(&self) -> String {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let logs = files.filter(|path: &PathBuf| path.extension().is_some_and(|end| end == "log"));
        logs.map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()).collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // Asked to end, and not killed: nginx's master takes its workers with it.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// Who somebody wants to be next.
static FORGED: AtomicU8 = AtomicU8::new(1);

/// The headers of a form; and what somebody who wants to be somebody else says.
fn sent(body: &str) -> String {
    let form = "content-type: application/x-www-form-urlencoded\r\naccept: text/html";
    format!(
        "{form}\r\ncontent-length: {}\r\nx-forwarded-for: 192.0.2.{}",
        body.len(),
        FORGED.fetch_add(1, Ordering::Relaxed)
    )
}

/// Reads until a text has come.
async fn until(stream: &mut TlsStream<TcpStream>, text: &str) {
    let mut seen = String::new();
    let come = async {
        let mut part = vec![0; 64 * 1024];
        while !seen.contains(text) {
            let read = stream.read(&mut part).await.unwrap();
            assert!(read > 0, "it ended before {text}: {seen}");
            seen.push_str(&String::from_utf8_lossy(&part[..read]));
        }
    };
    tokio::time::timeout(Duration::from_secs(20), come).await.unwrap_or_else(|_| panic!("{text} does not come"));
}

/// How often a wrong code is looked at, at most so often, before an address is told to wait.
async fn wrong_codes(proxy: &Proxy, last: u8, most: usize) -> usize {
    for sent in 0..most {
        let answer = proxy.answer_to(last, "POST /join", "code=000001").await;
        if answer.starts_with("HTTP/1.1 429") {
            return sent;
        }
        assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    }
    most
}

async fn a_hall_behind(sample: Sample) {
    let hall = Hall::open().await;
    let proxy = Proxy::start(sample, &hall).await;
    let code = hall.live.code.clone();
    let page = proxy.answer_to(2, &format!("GET /s/{code}?lang=en"), "").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("</html>"), "{sample:?}: {page}");
    // What the hall sees comes at once.
    let mut feed = proxy.ask_from(2, &format!("GET /s/{code}/feed?as=audience&lang=ar"), "").await;
    until(&mut feed, "event: frame").await;
    hall.steward().await.does("/safety/pause", json!({})).await;
    until(&mut feed, "event: frame").await;
    // Whoever tries out codes is known by its own address, whatever it says; and others are others.
    let looked_at = wrong_codes(&proxy, 2, 200).await;
    assert!((4..200).contains(&looked_at), "{sample:?}: {looked_at}");
    assert_eq!(wrong_codes(&proxy, 3, 3).await, 3, "{sample:?}: the neighbour is not asked to wait");
    drop(feed);
    hall.close().await;
    // Without Nadwa behind it, it says so; and neither then nor before it wrote down who looked at what.
    let away = proxy.answer_to(4, "GET /s/away-from-here", "").await;
    assert!(away.starts_with("HTTP/1.1 502"), "{sample:?}: {away}");
    let logs = proxy.logs();
    for told in [&format!("/s/{code}"), "/join", "away-from-here", "127.0.0.2", "127.0.0.3", "127.0.0.4", "192.0.2."] {
        assert!(!logs.contains(told), "{sample:?}: {told} in {logs}");
    }
}

#[tokio::test]
async fn behind_nginx_by_its_sample_feeds_come_at_once_phones_are_apart_and_no_log_tells_who_looked_at_what() {
    a_hall_behind(Sample::Nginx).await;
}

#[tokio::test]
async fn behind_caddy_by_its_sample_feeds_come_at_once_phones_are_apart_and_no_log_tells_who_looked_at_what() {
    a_hall_behind(Sample::Caddy).await;
}
