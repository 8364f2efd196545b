//! The demo: a conference made afresh at each start, with a live session, every role's link, and a little life.
//!
//! It is modelled on the conference that Nadwa began with. Children appear by first name only; helplines are examples
//! and marked as such; nothing of it is real.

mod build;
mod folder;
mod guests;
pub mod links;
mod outcomes;
mod papers;
mod phones;
pub(crate) mod texts;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nadwa_app::pages::hall::{Device, DeviceKind, Hall};
use nadwa_domain::{Role, Span};

use crate::config::Demo;
use crate::edge::Clock;
use crate::files::Files;
use crate::http::App;
use crate::http::public::qr;
use crate::serve::{Server, stop_on_signal};
use crate::{log, store};
pub use build::Built;
pub use links::Links;

/// The demo's own switches and links.
pub struct DemoHandle {
    phones_on: AtomicBool,
    built: Built,
    /// A second origin of this server, for half of the hall's frames.
    second: Option<String>,
}

impl DemoHandle {
    /// Every role's link.
    #[must_use]
    pub fn links(&self) -> &Links {
        &self.built.links
    }

    /// Whether the simulated phones ask and vote.
    #[must_use]
    pub fn phones_on(&self) -> bool {
        self.phones_on.load(Ordering::Relaxed)
    }

    /// Switches the simulated phones.
    pub fn switch_phones(&self, on: bool) {
        self.phones_on.store(on, Ordering::Relaxed);
    }

    /// Secrets of the passes that the hall page's own frames need.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.built.secrets.iter().map(String::as_str)
    }

    /// The second origin, if there is one.
    #[must_use]
    pub fn second(&self) -> Option<&str> {
        self.second.as_deref()
    }

    /// What the hall page shows. `second` is whether the visitor reaches the second origin too.
    #[must_use]
    pub fn hall(&self, second: bool) -> Hall {
        let links = &self.built.links;
        let live = &links.sessions[0];
        let page = |name: &str| format!("/s/{}{name}", live.code);
        let there = self.second().filter(|_| second).unwrap_or_default();
        let near = |kind, path: String, link: &str| Device { kind, frame: path.clone(), url: path, qr: qr(link) };
        let far =
            |kind, path: String, link: &str| Device { kind, frame: format!("{there}{path}"), url: path, qr: qr(link) };
        Hall {
            devices: vec![
                near(DeviceKind::PhoneAr, page("?pin=ar"), &live.audience),
                near(DeviceKind::PhoneEn, page("?pin=en"), &live.audience),
                near(DeviceKind::Console, page("/console"), &live.console),
                far(DeviceKind::Desk, page("/desk"), &live.desk),
                far(DeviceKind::Screen, page("/screen"), &live.screen),
                far(DeviceKind::Stage, page("/stage"), &live.stage),
            ],
            phones_on: self.phones_on(),
            organizer: links.organizer.clone(),
            safeguarding: links.safeguarding.clone(),
            authors: links.authors.clone(),
            mentor: links.mentor.clone(),
            audience_code: live.code.clone(),
        }
    }
}

/// Makes the demo conference in the rooms of `app`, and the handle that its pages need.
///
/// # Errors
/// A sentence for the operator.
pub async fn prepare(
    app: &App,
    phones: bool,
    min_open: Span,
    second: Option<String>,
) -> Result<Arc<DemoHandle>, String> {
    let built = build::conference(app, min_open).await.map_err(|error| format!("the demo cannot be made: {error}"))?;
    Ok(Arc::new(DemoHandle { phones_on: AtomicBool::new(phones), built, second }))
}

/// `nadwa demo`.
///
/// # Errors
/// A sentence for the operator.
pub async fn run(wish: &Demo) -> Result<(), String> {
    let folder = folder::fresh(wish.data.as_deref())?;
    let place = folder.display().to_string();
    let store = store::open(&place).await.map_err(|error| format!("cannot open {place}: {error}"))?;
    let files = Files::in_folder(&folder.join("files"))?.drawn_by_ourselves();
    files.tell_missing_walls().await;
    let mut server = Server::bind(store, Clock::system(), &wish.listen).await?.with_files(files);
    stop_on_signal(server.stopper());
    // Behind a proxy of somebody's own, browsers speak HTTP/2 and need no second address.
    let second = match wish.listen.public_url {
        None => server.open_second().ok(),
        Some(_) => None,
    };
    let handle = prepare(server.app(), !wish.no_phones, Span::seconds(i64::from(wish.poll_open)), second).await?;
    if let Some(file) = &wish.links {
        handle.links().write(file)?;
    }
    log::print(&handle.links().to_string());
    let server = server.with_demo(Arc::clone(&handle));
    let app = server.app().clone();
    server.app().rooms.tasks().keep("the demo's phones", move |_| phones::live(app.clone(), Arc::clone(&handle)));
    server.run().await.map_err(|error| error.to_string())
}

/// Which roles the demo hands a link to, for each session.
const ROLES: [Role; 5] = [Role::Moderator, Role::CoModerator, Role::Steward, Role::Presenter, Role::Interpreter];
