//! A hall for journeys: a server in this process with the demo conference, on a store and a clock of the test's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nadwa::config::Listen;
use nadwa::demo;
use nadwa::demo::links::SessionLinks;
use nadwa::edge::Clock;
use nadwa::files::Files;
use nadwa::serve::Server;
use nadwa::store::{self, Store};
use nadwa_app::pages::Assets;
use nadwa_domain::{Instant, Span};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::client::Client;
use crate::folder::Folder;

/// 23 May 2022, 10:30 in Doha.
pub const BEGIN: Instant = Instant(1_653_291_000_000);

/// A running server with the demo conference.
pub struct Hall {
    /// Moved by hand.
    pub clock: Clock,
    /// Links of the live session.
    pub live: SessionLinks,
    /// The organizers' board.
    pub organizer: String,
    /// The safeguarding inbox.
    pub safeguarding: String,
    /// A working paper that its authors are changing.
    pub authors: String,
    /// The mentors' table of papers.
    pub mentor: String,
    /// What an organisation owes the children.
    pub owner: String,
    /// Every session's links; the live one first.
    pub sessions: Vec<SessionLinks>,
    /// The devices that adults' links have opened: each opens one.
    opened: Mutex<BTreeMap<String, Client>>,
    node: Node,
    _folder: Folder,
}

/// One server process, so to speak.
pub struct Node {
    /// Its address.
    pub url: String,
    /// Its state, to look behind the scenes.
    pub app: nadwa::http::App,
    stop: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
}

impl Node {
    /// Serves what is in a store.
    ///
    /// # Panics
    /// If it cannot start.
    pub async fn start(store: Arc<dyn Store>, clock: Clock) -> Self {
        let server = bind(store, clock, None, Files::in_memory()).await;
        Self::run(server)
    }

    fn run(server: Server) -> Self {
        let url = server.app().public_url.to_string();
        let (app, stop) = (server.app().clone(), server.stopper());
        Self { url, app, stop, running: tokio::spawn(server.run()) }
    }

    /// Stops it, and waits until it is gone.
    ///
    /// # Panics
    /// If it fails.
    pub async fn stop(self) {
        self.stop.cancel();
        self.running.await.expect("it ends").expect("it ends well");
    }
}

async fn bind(store: Arc<dyn Store>, clock: Clock, recordings: Option<&Path>, files: Files) -> Server {
    let recordings = recordings.map(Path::to_owned);
    let listen = Listen { behind_proxy: true, recordings, ..Listen::at(([127, 0, 0, 1], 0).into()) };
    let assets = Assets { build: "test".to_owned(), ..Assets::default() };
    let server = Server::bind_with(store, clock, &listen, assets).await.expect("it binds");
    server.with_files(files.drawn_by(product()))
}

/// The product, built beside the tests: documents are opened in a process of its own.
///
/// # Panics
/// If the tests run where cargo did not build them.
#[must_use]
pub fn product() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    let built = test.parent().and_then(Path::parent).expect("it stands in target/*/deps");
    built.join("nadwa-under-test")
}

impl Hall {
    /// A hall on SQLite in a folder of its own.
    ///
    /// # Panics
    /// If it cannot start.
    pub async fn open() -> Self {
        let folder = Folder::new();
        let store = store::open(&folder.path().display().to_string()).await.expect("the folder opens");
        Self::open_on(store, folder).await
    }

    /// A hall on a store.
    ///
    /// # Panics
    /// If it cannot start.
    pub async fn open_on(store: Arc<dyn Store>, folder: Folder) -> Self {
        Self::open_with(store, folder, None, Files::in_memory()).await
    }

    /// A hall that keeps everything in a folder of the test's own, files too.
    ///
    /// # Panics
    /// If it cannot start.
    pub async fn open_in(folder: &Path) -> Self {
        let store = store::open(&folder.display().to_string()).await.expect("the folder opens");
        let files = Files::in_folder(&folder.join("files")).expect("files can be kept there");
        Self::open_with(store, Folder::new(), None, files).await
    }

    /// A hall whose organizers have recorded some of its parts.
    ///
    /// # Panics
    /// If it cannot start.
    pub async fn open_with_recordings(recordings: &Path) -> Self {
        let folder = Folder::new();
        let store = store::open(&folder.path().display().to_string()).await.expect("the folder opens");
        Self::open_with(store, folder, Some(recordings), Files::in_memory()).await
    }

    async fn open_with(store: Arc<dyn Store>, folder: Folder, recordings: Option<&Path>, files: Files) -> Self {
        let clock = Clock::by_hand(BEGIN);
        let server = bind(store, clock.clone(), recordings, files).await;
        let handle = demo::prepare(server.app(), false, Span::ZERO, None).await.expect("the demo is made");
        let links = handle.links().clone();
        let live = links.sessions[0].clone();
        let node = Node::run(server.with_demo(handle));
        Self {
            clock,
            live,
            organizer: links.organizer,
            safeguarding: links.safeguarding,
            authors: links.authors,
            mentor: links.mentor,
            owner: links.owner,
            sessions: links.sessions,
            opened: Mutex::default(),
            node,
            _folder: folder,
        }
    }

    /// The server's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.node.url
    }

    /// The server's state.
    #[must_use]
    pub fn app(&self) -> &nadwa::http::App {
        &self.node.app
    }

    /// A phone in the hall that has opened the page.
    pub async fn phone(&self) -> Client {
        let phone = Client::new(&self.node.url, &self.live.code);
        phone.get(&format!("/s/{}", self.live.code)).await;
        phone
    }

    /// Somebody who came by a link. An adult's opens one device, which they have by them from then on.
    pub async fn by(&self, link: &str) -> Client {
        let opened = || self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(device) = opened().get(link) {
            return device.clone();
        }
        let client = self.new_device_by(link).await;
        if link.contains("/a#") {
            opened().insert(link.to_owned(), client.clone());
        }
        client
    }

    /// A device that nobody has used, by a link.
    pub async fn new_device_by(&self, link: &str) -> Client {
        let client = Client::new(&self.node.url, &self.live.code);
        client.get(link.strip_prefix(&self.node.url).unwrap_or(link)).await;
        client
    }

    /// A child at the console.
    pub async fn moderator(&self) -> Client {
        self.by(&self.live.console).await
    }

    /// The second child at a console.
    pub async fn co_moderator(&self) -> Client {
        self.by(&self.live.console_two).await
    }

    /// An adult at the desk.
    pub async fn steward(&self) -> Client {
        let steward = self.by(&self.live.desk).await;
        steward.does("/desk/here", json!({"by": "hand"})).await;
        steward
    }

    /// Stops the server.
    pub async fn close(self) {
        self.node.stop().await;
    }
}
