//! The release server with a demo, started as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use nadwa_tests::client::Client;
use serde_json::Value;

pub struct Started {
    child: Child,
    pub url: String,
    pub links: Value,
}

impl Started {
    pub fn new() -> Self {
        let program =
            std::env::var_os("NADWA_BIN").map_or_else(|| PathBuf::from("target/release/nadwa"), PathBuf::from);
        let links = std::env::temp_dir().join(format!("nadwa-crowd-{}.json", std::process::id()));
        let mut child = Command::new(&program)
            .args(["demo", "--addr", "127.0.0.1:0", "--no-phones", "--poll-open", "0", "--links"])
            .arg(&links)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}: run `make build` first", program.display()));
        let mut said = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        said.find(|line| line.contains("/hall")).expect("it says its links");
        std::thread::spawn(move || said.for_each(drop));
        let links: Value =
            serde_json::from_str(&std::fs::read_to_string(&links).expect("the links are written")).expect("JSON");
        let hall = links["hall"].as_str().expect("a link");
        let url = hall.strip_suffix("/hall").expect("the hall's address").to_owned();
        Self { child, url, links }
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

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
