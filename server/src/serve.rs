//! Starting and stopping: a server is its rooms, its routes, and one signal that ends it.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use nadwa_app::pages::Assets;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::Listen;
use crate::demo::DemoHandle;
use crate::edge::Clock;
use crate::files::{Files, left};
use crate::http::phones::Phones;
use crate::http::recordings::Shelf;
use crate::http::{App, assets, guard, router};
use crate::rooms::{Rooms, key, rehearsal};
use crate::store::Store;

/// The longest that stopping takes; what was acknowledged is on disk long before.
const STOP_WITHIN: Duration = Duration::from_millis(2500);

/// A server that is bound and not yet serving.
pub struct Server {
    listener: TcpListener,
    /// The demo's second address.
    second: Option<TcpListener>,
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
        let listener = TcpListener::bind(listen.addr)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}; choose another with --addr", listen.addr))?;
        let addr = listener.local_addr().map_err(|error| error.to_string())?;
        let stop = CancellationToken::new();
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
            assets: Arc::new(assets),
            public_url: listen.public_url.clone().unwrap_or_else(|| format!("http://{addr}")).into(),
            behind_proxy: listen.behind_proxy,
            parts: Arc::default(),
            handovers: Arc::default(),
            screens: Arc::default(),
            limits: Arc::new(guard::Limits::new(clock.now())),
            phones: Arc::new(Phones::new(&key, clock.now())),
            shelf: Arc::new(Shelf::open(listen.recordings.as_deref())?),
            stop,
            setup: Arc::default(),
            files: Files::in_memory(),
            demo: None,
        };
        Ok(Self { listener, second: None, app })
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
    pub async fn open_second(&mut self) -> std::io::Result<String> {
        let listener = TcpListener::bind((self.addr()?.ip(), 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
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

    /// Ends it from elsewhere.
    #[must_use]
    pub fn stopper(&self) -> CancellationToken {
        self.app.stop.clone()
    }

    /// Serves until it is stopped. Streams end at once; what was taken on is finished.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn run(self) -> std::io::Result<()> {
        let (rooms, stop) = (Arc::clone(&self.app.rooms), self.app.stop.clone());
        tokio::spawn(Arc::clone(&rooms).keep_ringing(stop.clone()));
        tokio::spawn(Arc::clone(&rooms).keep_naming(stop.clone()));
        tokio::spawn(Arc::clone(&rooms).keep_erasing(self.app.files.clone(), stop.clone()));
        let service = router(self.app).into_make_service_with_connect_info::<SocketAddr>();
        if let Some(second) = self.second {
            let stopped = stop.clone();
            let serving = axum::serve(second, service.clone())
                .with_graceful_shutdown(async move { stopped.cancelled().await })
                .into_future();
            tokio::spawn(serving);
        }
        let stopped = stop.clone();
        let serving = axum::serve(self.listener, service)
            .with_graceful_shutdown(async move { stopped.cancelled().await })
            .into_future();
        tokio::pin!(serving);
        tokio::select! {
            ended = &mut serving => ended?,
            // A connection that never ends must not hold the server: it has a moment, then it is left.
            () = async { stop.cancelled().await; tokio::time::sleep(STOP_WITHIN / 2).await } => {}
        }
        stop.cancel();
        if tokio::time::timeout(STOP_WITHIN / 2, rooms.finish()).await.is_err() {
            tracing::warn!("a room did not finish in time");
        }
        Ok(())
    }
}

/// Ends the server on Ctrl-C, and on the signal by which service managers stop it.
pub fn stop_on_signal(stop: CancellationToken) {
    tokio::spawn(async move {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        let terminate = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        #[cfg(not(unix))]
        let terminate = std::future::pending::<()>();
        tokio::select! {
            _ = interrupt => {}
            () = terminate => {}
        }
        tracing::info!("stopping");
        stop.cancel();
    });
}
