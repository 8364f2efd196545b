//! Finding out what the doctor has to know.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nadwa_app::pages::doctor::says;
use nadwa_app::words::{Digits, Reader};
use nadwa_domain::conference::Conference;
use nadwa_domain::{Instant, Lang};
use tokio_util::sync::CancellationToken;

use crate::config::{Doctor, Listen};
use crate::doctor::{Facts, lines};
use crate::edge::Clock;
use crate::http::App;
use crate::listen::{Certificate, Tls, most_files};
use crate::rooms::Rooms;
use crate::rooms::clocks::ClockTrouble;
use crate::store::Store;
use crate::{archive, edge, log, reach, store, zone};

/// Where a server listens, and where it keeps what it keeps.
#[derive(Clone)]
pub struct Machine {
    /// Where it listens.
    pub listens: SocketAddr,
    /// Whether a web server stands in front.
    pub proxied: bool,
    /// Its own certificate.
    pub tls: Option<Arc<Tls>>,
    /// The folder; nothing while it is not known, or for a database elsewhere.
    pub folder: Option<PathBuf>,
    /// Whether a device that is not the machine itself has come.
    pub met: Arc<AtomicBool>,
}

impl Machine {
    /// A device comes from this address.
    pub fn meet(&self, from: IpAddr) {
        let from = from.to_canonical();
        if !from.is_loopback() && !reach::addresses().iter().any(|own| own.ip == from) {
            self.met.store(true, Ordering::Relaxed);
        }
    }
}

/// Everything about a server at work.
pub async fn of_server(app: &App) -> Facts {
    let works = app.store.ready().await.is_ok() && app.files.ready().await.is_ok();
    let certificate = app.machine.tls.as_ref().map(|tls| shown(tls));
    let asked = Asked { address: app.public_url.to_string(), machine: &app.machine, certificate, works };
    let facts = asked.with(&app.rooms, app.store.as_ref(), app.rooms.clock().now()).await;
    Facts { met: Some(app.machine.met.load(Ordering::Relaxed)), screens: app.screens.connected(), ..facts }
}

/// `nadwa doctor`: a copy of the folder is opened, and read to the end. That is a restore as well.
///
/// # Errors
/// A sentence for the operator, if something needs mending or cannot even be looked at.
pub async fn of_folder(asked: Doctor, clock: Clock) -> Result<(), String> {
    let Listen { addr, public_url, tls_cert, behind_proxy, .. } = &asked.listen;
    let tls = asked.listen.tls().map(|tls| tls.map(Arc::new));
    let scheme = if tls_cert.is_some() { "https" } else { "http" };
    let address = public_url.clone().unwrap_or_else(|| format!("{scheme}://{}", reach::seen_at(*addr)));
    let certificate = match &tls {
        Ok(tls) => tls.as_ref().map(|tls| shown(tls)),
        Err(sentence) => Some(Err(sentence.clone())),
    };
    let folder = Some(asked.data.clone());
    let machine =
        Machine { listens: *addr, proxied: *behind_proxy, tls: tls.ok().flatten(), folder, met: Arc::default() };
    let copy = tempfile::tempdir().map_err(|error| format!("no copy can be made: {error}"))?;
    let copied = copy.path().join("copy");
    archive::copy(&asked.data, &copied).await?;
    let store = store::open(&copied.display().to_string())
        .await
        .map_err(|error| format!("the copy cannot be opened: {error}"))?;
    let now = clock.now();
    let stop = CancellationToken::new();
    let rooms = Rooms::open(Arc::clone(&store), clock, "doctor", stop.clone());
    let rooms = rooms.await.map_err(|error| format!("the stored conference cannot be read: {error}"))?;
    let facts = Asked { address, machine: &machine, certificate, works: true }.with(&rooms, store.as_ref(), now).await;
    stop.cancel();
    rooms.finish().await;
    tell(&facts)
}

fn tell(facts: &Facts) -> Result<(), String> {
    let r = Reader::new(Lang::EN, Digits::Latin);
    let all = lines(facts);
    let line =
        |(name, sentence): (&str, &str), sick: bool| format!("{} {name}: {sentence}\n", if sick { "--" } else { "ok" });
    let text: String = all.iter().map(|one| line(says(r, *one), one.trouble.is_some())).collect();
    log::print(&text);
    let sick = all.iter().filter(|line| line.trouble.is_some()).count();
    if sick == 0 { Ok(()) } else { Err(format!("lines that need mending: {sick}")) }
}

struct Asked<'a> {
    address: String,
    machine: &'a Machine,
    certificate: Option<Result<Certificate, String>>,
    works: bool,
}

impl Asked<'_> {
    async fn with(self, rooms: &Rooms, store: &dyn Store, now: Instant) -> Facts {
        let conference: Arc<Conference> = rooms.conference().state();
        let folder = self.machine.folder.as_deref();
        let listens = self.machine.listens.ip();
        Facts {
            now,
            newest: store.newest().await.ok().flatten().map(Instant),
            unconfirmed: rooms.clock_troubles().iter().any(|trouble| matches!(trouble, ClockTrouble::Unconfirmed(_))),
            address: self.address,
            addresses: reach::addresses(),
            listens_to_phones: (!self.machine.proxied).then_some(!listens.is_loopback()),
            certificate: self.certificate,
            last: conference.days.map(|(_, until)| until),
            zone: zone::by_name(&conference.zone).is_some(),
            files: most_files(),
            room: folder.and_then(room),
            reads: self.works && rooms.unreadable().is_empty() && rooms.lost().is_empty(),
            backup: folder.map(backed_up),
            helplines: conference.confirmed_helplines().len(),
            met: None,
            screens: None,
        }
    }
}

fn shown(tls: &Tls) -> Result<Certificate, String> {
    tls.certificate().ok_or_else(|| "it cannot be read".to_owned())
}

/// When a copy was made last.
fn backed_up(folder: &Path) -> Option<Instant> {
    let file = std::fs::metadata(folder.join(archive::BACKED_UP)).ok()?;
    i64::try_from(edge::changed(&file)?.as_millis()).ok().map(Instant)
}

#[cfg(unix)]
fn room(folder: &Path) -> Option<u64> {
    let of = rustix::fs::statvfs(folder).ok()?;
    Some(of.f_bavail.saturating_mul(of.f_frsize))
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<u64> {
    None
}
