//! The release server with a demo, started as a process of its own.

use std::io::{BufRead, BufReader, Lines};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use serde_json::Value;

pub struct Started {
    child: Child,
    folder: Folder,
    pub url: String,
    pub links: Value,
}

impl Started {
    pub fn new() -> Self {
        let folder = Folder::new();
        std::fs::create_dir_all(folder.path()).expect("a folder");
        let links = folder.path().join("links.json");
        let mut child = program()
            .args(["demo", "--addr", "127.0.0.1:0", "--no-phones", "--poll-open", "0", "--links"])
            .arg(&links)
            .arg("--data")
            .arg(folder.path().join("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("the server does not start: {error}: run `make build` first"));
        until(BufReader::new(child.stdout.take().expect("it is piped")).lines(), "/hall");
        let links: Value =
            serde_json::from_str(&std::fs::read_to_string(&links).expect("the links are written")).expect("JSON");
        let hall = links["hall"].as_str().expect("a link");
        let url = hall.strip_suffix("/hall").expect("the hall's address").to_owned();
        Self { child, folder, url, links }
    }

    /// Kills it in the middle of whatever it does, and starts a new one on the same data and address.
    pub fn kill_and_start_again(&mut self) {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it ends");
        self.child = program()
            .args(["serve", "--addr", self.host(), "--data"])
            .arg(self.folder.path().join("data"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts again");
        until(BufReader::new(self.child.stderr.take().expect("it is piped")).lines(), "ready");
    }

    /// Its address without `http://`.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub fn code(&self) -> &str {
        self.links["sessions"][0]["code"].as_str().expect("a code")
    }

    pub async fn by(&self, role: &str) -> Client {
        let client = Client::new(&self.url, self.code());
        let link = self.links["sessions"][0][role].as_str().expect("a link");
        client.get(link.strip_prefix(&self.url).expect("our own link")).await;
        client
    }
}

fn program() -> Command {
    Command::new(std::env::var_os("NADWA_BIN").map_or_else(|| PathBuf::from("target/release/nadwa"), PathBuf::from))
}

/// Reads until a line says so; the rest is read away.
fn until<T: std::io::Read + Send + 'static>(lines: Lines<BufReader<T>>, ready: &str) {
    let mut said = lines.map_while(Result::ok);
    said.find(|line| line.contains(ready)).unwrap_or_else(|| panic!("it never says {ready}"));
    std::thread::spawn(move || said.for_each(drop));
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
