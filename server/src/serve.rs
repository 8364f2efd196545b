//! Starting and stopping: a server is its rooms, its routes, and one signal that ends it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use nadwa_app::pages::Assets;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::Listen;
use crate::demo::DemoHandle;
use crate::doctor::examine::Machine;
use crate::edge::Clock;
use crate::files::{Files, left};
use crate::http::comers::Comers;
use crate::http::phones::Phones;
use crate::http::recordings::Shelf;
use crate::http::screens::Screens;
use crate::http::{App, assets, probes, router};
use crate::listen::{self, Connections, Door, Limits, Tls};
use crate::permits::Permits;
use crate::reach;
use crate::rooms::{Rooms, key, rehearsal};
use crate::store::Store;

/// The longest that stopping takes; what was acknowledged is on disk long before.
const STOP_WITHIN: Duration = Duration::from_millis(2500);

/// A server that is bound and not yet serving.
pub struct Server {
    listener: TcpListener,
    /// The demo's second address.
    second: Option<TcpListener>,
    /// Where plain http comes beside TLS.
    plain: Option<TcpListener>,
    /// Where it speaks TLS itself.
    tls: Option<Arc<Tls>>,
    /// Whether it answers what phones ask of a network.
    answers_probes: bool,
    /// How many connections the system has places for.
    places: usize,
    app: App,
}

impl Server {
    /// Opens the rooms and binds the address.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn bind(store: Arc<dyn Store>, clock: Clock, listen: &Listen) -> Result<Self, String> {
        rehearsal::sweep(&std::env::temp_dir());
        left::sweep_temporary(&std::env::temp_dir());
        Self::bind_with(store, clock, listen, assets::assets()?).await
    }

    /// The same, with other assets: for tests that need no bundle.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn bind_with(
        store: Arc<dyn Store>,
        clock: Clock,
        listen: &Listen,
        assets: Assets,
    ) -> Result<Self, String> {
        let bound = |addr: SocketAddr, flag: &str| {
            listen::bind(addr).map_err(|error| format!("cannot listen on {addr}: {error}; choose another with {flag}"))
        };
        let listener = bound(listen.addr, "--addr")?;
        let plain = listen.http_addr.map(|addr| bound(addr, "--http-addr")).transpose()?;
        let addr = listener.local_addr().map_err(|error| error.to_string())?;
        let tls = listen.tls()?.map(Arc::new);
        let scheme = if tls.is_some() { "https" } else { "http" };
        let (stop, places) = (CancellationToken::new(), listen::open_files());
        let rooms = Rooms::open(Arc::clone(&store), clock.clone(), &assets.build, stop.clone())
            .await
            .map_err(|error| format!("the stored conference cannot be read: {error}"))?;
        let rooms = Arc::new(rooms);
        let key = key::server_key(store.as_ref(), clock.now())
            .await
            .map_err(|error| format!("the server's key cannot be read: {error}"))?;
        if rooms.follow_all_papers().await.is_err() {
            tracing::error!("a session does not follow its papers yet");
        }
        let app = App {
            rooms,
            store,
            looked: Arc::default(),
            assets: Arc::new(assets),
            public_url: listen
                .public_url
                .clone()
                .unwrap_or_else(|| format!("{scheme}://{}", reach::seen_at(addr)))
                .into(),
            behind_proxy: listen.behind_proxy,
            parts: Arc::default(),
            handovers: Arc::default(),
            instead: Arc::default(),
            screens: Arc::new(Screens::new(&key)),
            comers: Arc::new(Comers::new(clock.now())),
            permits: Arc::new(Permits::new(clock.now())),
            phones: Arc::new(Phones::new(&key, clock.now())),
            shelf: Arc::new(Shelf::open(listen.recordings.as_deref())?),
            stop,
            setup: Arc::default(),
            machine: Arc::new(Machine {
                listens: addr,
                proxied: listen.behind_proxy,
                tls: tls.clone(),
                folder: None,
                met: Arc::default(),
            }),
            files: Files::in_memory(),
            demo: None,
        };
        Ok(Self { listener, second: None, plain, tls, answers_probes: listen.answer_probes, places, app })
    }

    /// What every handler reaches.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Keeps papers' files here.
    #[must_use]
    pub fn with_files(mut self, files: Files) -> Self {
        self.app.files = files;
        self
    }

    /// Everything but a database elsewhere is kept in this folder.
    #[must_use]
    pub fn with_folder(mut self, folder: &Path) -> Self {
        self.app.machine = Arc::new(Machine { folder: Some(folder.to_owned()), ..Machine::clone(&self.app.machine) });
        self
    }

    /// Makes it a demo.
    #[must_use]
    pub fn with_demo(mut self, demo: Arc<DemoHandle>) -> Self {
        self.app.demo = Some(demo);
        self
    }

    /// Listens on one more port of the same address; returns its origin. A browser keeps at most six connections to one
    /// origin, and the demo's hall shows six pages that each hold one open: a press would wait for ever.
    ///
    /// # Errors
    /// If there is no port left.
    pub fn open_second(&mut self) -> std::io::Result<String> {
        let listener = listen::bind((self.addr()?.ip(), 0).into())?;
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let origin = format!("{scheme}://{}", reach::seen_at(listener.local_addr()?));
        self.second = Some(listener);
        Ok(origin)
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the operating system does not say.
    pub fn addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Where plain http comes beside TLS, and is led there.
    #[must_use]
    pub fn plain_addr(&self) -> Option<SocketAddr> {
        self.plain.as_ref()?.local_addr().ok()
    }

    /// Ends it from elsewhere.
    #[must_use]
    pub fn stopper(&self) -> CancellationToken {
        self.app.stop.clone()
    }

    /// Serves until it is stopped. Streams end at once; what was taken on is finished.
    ///
    /// # Errors
    /// If something has ended without which nothing works.
    pub async fn run(self) -> std::io::Result<()> {
        let (rooms, stop) = (Arc::clone(&self.app.rooms), self.app.stop.clone());
        self.supervise();
        let connections = self.listen();
        let lost = tokio::select! {
            what = rooms.tasks().lost() => Some(what),
            () = stop.cancelled() => None,
        };
        stop.cancel();
        // A connection that never ends must not hold the server: it has a moment, then it is left.
        if tokio::time::timeout(STOP_WITHIN / 2, connections.end()).await.is_err() {
            tracing::debug!("a connection did not end in time");
        }
        if tokio::time::timeout(STOP_WITHIN / 2, rooms.finish()).await.is_err() {
            tracing::warn!("a room did not finish in time");
        }
        let ended =
            |what| format!("{what} has ended, and nothing works without it; start nadwa again: what was saved is kept");
        lost.map_or(Ok(()), |what| Err(std::io::Error::other(ended(what))))
    }

    /// Lets phones in, at one address or two.
    fn listen(self) -> Arc<Connections> {
        let (stop, tasks) = (self.app.stop.clone(), self.app.rooms.tasks().clone());
        let connections = Connections::new(Limits::with_places(self.places));
        self.app.comers.have_places(self.places);
        let (own, stopped) = (Arc::clone(&connections), stop.clone());
        tasks.keep("the clock of connections", move |_| Arc::clone(&own).keep_time(stopped.clone()));
        if let Some(tls) = &self.tls {
            let (tls, stop) = (Arc::clone(tls), stop.clone());
            tasks.keep("looking at the certificate", move |_| Arc::clone(&tls).keep_watching(stop.clone()));
        }
        let address = Arc::clone(&self.app.public_url);
        // The questions of phones come by plain http, whatever else is spoken.
        let around = |router| if self.answers_probes { probes::around(router) } else { router };
        let tls = self.tls.map(|tls| (tls, around(listen::elsewhere(&address))));
        let door = Door { router: around(router(self.app)), tls };
        for listener in [Some(self.listener), self.second, self.plain].into_iter().flatten() {
            let accepting = listen::accept(listener, door.clone(), Arc::clone(&connections), stop.clone());
            tasks.need("what lets phones in", accepting);
        }
        connections
    }

    /// Begins what works by itself, each so that it cannot end unseen.
    fn supervise(&self) {
        let (rooms, stop, files) = (&self.app.rooms, &self.app.stop, &self.app.files);
        let own = || (Arc::clone(rooms), stop.clone());
        let (ringing, naming, timing, erasing) = (own(), own(), own(), (own(), files.clone()));
        let tasks = rooms.tasks();
        tasks.keep("ringing at the safeguarding team", move |_| Arc::clone(&ringing.0).keep_ringing(ringing.1.clone()));
        tasks.keep("naming the papers' authors", move |behind| {
            Arc::clone(&naming.0).keep_naming(behind, naming.1.clone())
        });
        tasks.keep("looking at the clock", move |_| Arc::clone(&timing.0).keep_time(timing.1.clone()));
        tasks.keep("erasing by the calendar", move |_| {
            let ((rooms, stop), files) = &erasing;
            Arc::clone(rooms).keep_erasing(files.clone(), stop.clone())
        });
        let (store, stop) = (Arc::clone(&self.app.store), stop.clone());
        tasks.need("what writes the database", async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = store.died() => {}
            }
        });
    }
}

/// Ends the server on Ctrl-C, when its terminal is closed, and on the signal by which service managers stop it; from this
/// moment on, so that whoever stops it as soon as it says that it is ready stops it cleanly.
pub fn stop_on_signal(stop: CancellationToken) {
    let signals = signals();
    tokio::spawn(async move {
        one_of(signals).await;
        tracing::info!("stopping");
        stop.cancel();
    });
}

#[cfg(unix)]
type Signals = Vec<tokio::signal::unix::Signal>;
#[cfg(not(unix))]
type Signals = ();

#[cfg(unix)]
fn signals() -> Signals {
    use tokio::signal::unix::{SignalKind, signal};
    let hangup = (!hangup_is_ignored()).then(SignalKind::hangup);
    let kinds = [Some(SignalKind::interrupt()), Some(SignalKind::terminate()), hangup];
    kinds.into_iter().flatten().filter_map(|kind| signal(kind).ok()).collect()
}

#[cfg(not(unix))]
fn signals() -> Signals {}

#[cfg(unix)]
async fn one_of(mut signals: Signals) {
    std::future::poll_fn(|context| {
        let came = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
        if came { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[cfg(not(unix))]
async fn one_of((): Signals) {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

/// Whether whoever started it wants it to outlive its terminal, as `nohup` says. Where the system does not tell, no.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    /// Its place in the mask: the first signal.
    const HANGUP: u64 = 1;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & HANGUP != 0)
}
