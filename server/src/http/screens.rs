//! Screens: any browser becomes one by opening `/wall`, or by typing a session's code there.
//!
//! The organizer sees every screen, names it, asks it to say its name, and moves it. A screen carries its name and its
//! place in a cookie of its own: after a restart it comes back to the same place, and the list is whole again.
//!
//! The list is one server's. Where several share the work, an organizer sees and moves the screens that are connected
//! to the same one; a screen whose connection goes to another comes along with its cookie.
//!
//! A cookie is its holder's to write: a name in it counts only with the server's MAC, so that no stranger's words stand
//! on the organizers' page (`G12`). A screen without one is its number.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use nadwa_app::pages;
use nadwa_app::pages::screens::{ScreenRow, Screens as ScreensPage};
use nadwa_domain::Role;
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::lasts::Kept;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::edge;
use crate::http::forms;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, cookies, pages as session_pages, public};
use crate::permits::JoinCode;

const COOKIE: &str = "nadwa_screen";
/// Most screens that one server remembers.
const MOST: usize = 200;
/// Most that have come once: whoever looks at the address only makes a row, and pushes out others that did.
const MOST_NEW: usize = 16;

/// What a screen is told.
#[derive(Clone, Debug)]
pub enum Told {
    /// Say your name.
    Identify(String),
    /// Go there.
    Place(String),
}

/// One screen.
struct Screen {
    name: String,
    /// The code of the session that it shows.
    place: Option<String>,
    /// Whether it came again with its cookie, or somebody has named it: a visit alone is no screen yet.
    stays: bool,
    tell: broadcast::Sender<Told>,
}

/// Every screen of this server.
pub struct Screens {
    all: Mutex<BTreeMap<Uuid, Screen>>,
    /// The key of the names' MAC.
    key: String,
}

impl Screens {
    /// None yet. Names are sealed with the server's lasting key: a screen has its own still after a restart.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { all: Mutex::default(), key: key.to_owned() }
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<Uuid, Screen>) -> T) -> T {
        work(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The MAC of a name.
    fn seal(&self, id: Uuid, name: &str) -> Uuid {
        edge::derived_id("screen's name", &[self.key.as_bytes(), id.as_bytes(), name.as_bytes()])
    }

    /// A screen is there, as its cookie says; what the organizer has changed since is what counts. When there are too many,
    /// those are forgotten that nobody has named and that are not connected; one more is not remembered then.
    fn meet(&self, seen: &Seen, again: bool) -> (String, Option<String>) {
        self.with(|all| {
            let new: Vec<Uuid> = all.iter().filter(|(_, screen)| !screen.stays).map(|(id, _)| *id).collect();
            if let Some(first) = new.first().filter(|_| !again && new.len() >= MOST_NEW) {
                all.remove(first);
            }
            if all.len() >= MOST && !all.contains_key(&seen.id) {
                all.retain(|_, screen| screen.tell.receiver_count() > 0 || !screen.name.is_empty());
                if all.len() >= MOST {
                    return (seen.name.clone(), seen.place.clone());
                }
            }
            let screen = all.entry(seen.id).or_insert_with(|| Screen {
                name: seen.name.clone(),
                place: seen.place.clone(),
                stays: again,
                tell: broadcast::channel(8).0,
            });
            screen.stays |= again;
            (screen.name.clone(), screen.place.clone())
        })
    }

    /// Whether every screen is connected that was; nothing while there was none.
    #[must_use]
    pub fn connected(&self) -> Option<bool> {
        self.with(|all| {
            let mut screens = all.values().filter(|screen| screen.stays).peekable();
            screens.peek().is_some().then(|| screens.all(|screen| screen.tell.receiver_count() > 0))
        })
    }

    /// What is told to a screen, while it is connected.
    #[must_use]
    pub fn follow(&self, jar: &CookieJar) -> Option<broadcast::Receiver<Told>> {
        let seen = Seen::of(self, jar)?;
        self.meet(&seen, true);
        self.with(|all| all.get(&seen.id).map(|screen| screen.tell.subscribe()))
    }
}

/// What a screen's cookie says.
struct Seen {
    id: Uuid,
    name: String,
    place: Option<String>,
}

impl Seen {
    fn of(screens: &Screens, jar: &CookieJar) -> Option<Self> {
        let value = jar.get(COOKIE)?.value().to_owned();
        let mut parts = value.splitn(4, '.');
        let id = Uuid::parse_str(parts.next()?).ok()?;
        let place = parts.next().filter(|code| Code::parse(code).is_some()).map(str::to_owned);
        let name = parts.next().and_then(unhex).unwrap_or_default();
        // Whoever writes a cookie of their own is no screen of ours (`G12`).
        let sealed = parts.next().and_then(|seal| Uuid::parse_str(seal).ok()) == Some(screens.seal(id, &name));
        sealed.then_some(Self { id, name, place })
    }

    fn fresh() -> Self {
        Self { id: edge::fresh_id(), name: String::new(), place: None }
    }

    fn cookie(&self, app: &App) -> Cookie<'static> {
        let hex: String = self.name.bytes().map(|byte| format!("{byte:02x}")).collect();
        let (place, seal) = (self.place.as_deref().unwrap_or_default(), app.screens.seal(self.id, &self.name).simple());
        let value = format!("{}.{place}.{hex}.{seal}", self.id.simple());
        let lasts = app.rooms.conference().state().lasts(Kept::Wall, app.rooms.clock().now());
        cookies::lasting(app, COOKIE, value, lasts)
    }
}

fn unhex(hex: &str) -> Option<String> {
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..hex.len() / 2).map(|place| byte(place * 2)).collect();
    String::from_utf8(bytes?).ok()
}

/// Four digits by which people tell screens apart that have no name yet.
fn number(id: Uuid) -> String {
    format!("{:04}", id.as_u128() % 10_000)
}

/// `GET /wall`: the screen, where it was placed; else its number, and a field for a code. It looks again by itself.
pub async fn wall(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let jar = cookies::ours(&app, &headers);
    // The page comes again by itself; whoever only looked does not.
    let held = Seen::of(&app.screens, &jar);
    let again = held.is_some();
    let mut seen = held.unwrap_or_else(Seen::fresh);
    (seen.name, seen.place) = app.screens.meet(&seen, again);
    let cookie = Some(seen.cookie(&app));
    if let Some(code) = &seen.place {
        let wish = session_pages::ScreenWish::default();
        let response = session_pages::wall(app.clone(), visitor, code.clone(), wish, false).await;
        return answers::with_cookie(response, cookie);
    }
    let name = if seen.name.is_empty() { number(seen.id) } else { seen.name.clone() };
    let page = pages::screens::waiting(&visitor.page(&app), &name, None);
    let mut response = answers::html(&app, StatusCode::OK, page);
    response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("4"));
    answers::with_cookie(response, cookie)
}

/// `POST /wall`: a code was typed on the screen itself.
pub async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let mut seen = Seen::of(&app.screens, &cookies::ours(&app, &headers)).unwrap_or_else(Seen::fresh);
    let typed = nadwa_app::words::numbers::parse_code(fields.get("code").map(String::as_str).unwrap_or_default());
    let permit = match visitor.permit::<JoinCode>(&app) {
        Ok(permit) => permit,
        Err(wait) => return answers::wait(&app, &visitor, wait),
    };
    let conference = app.rooms.conference().state();
    let known = Code::parse(&typed).filter(|code| conference.by_code(code, &permit).is_some());
    let Some(code) = permit.judge(known) else {
        let page = visitor.page(&app);
        let refused = answers::refused(&page, &nadwa_domain::Refusal::Unknown, typed);
        let html = pages::screens::waiting(&page, &number(seen.id), Some(refused));
        return answers::html(&app, StatusCode::NOT_FOUND, html);
    };
    app.screens.meet(&seen, false);
    seen.place = Some(code.as_str().to_owned());
    app.screens.with(|all| {
        if let Some(screen) = all.get_mut(&seen.id) {
            screen.place.clone_from(&seen.place);
        }
    });
    answers::with_cookie(answers::see("/wall"), Some(seen.cookie(&app)))
}

/// `GET /organizer/screens`.
pub async fn list(State(app): State<App>, visitor: Visitor) -> Response {
    if !organizes(&app, &visitor) {
        return session_pages::not_yours(&app, &visitor);
    }
    let rows = app.screens.with(|all| {
        let row = |(id, screen): (&Uuid, &Screen)| ScreenRow {
            id: *id,
            number: number(*id),
            name: screen.name.clone(),
            place: screen.place.clone(),
            live: screen.tell.receiver_count() > 0,
        };
        all.iter().map(row).collect()
    });
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let coded = conference.sessions.iter().filter_map(|listing| {
        let code = listing.code.as_ref()?.as_str().to_owned();
        Some((code, listing.title.for_reader(lang)))
    });
    let address = format!("{}/wall", app.public_url);
    let data =
        ScreensPage { rows, sessions: coded.collect(), qr: public::square(&app, visitor.reader, &address), address };
    answers::html(&app, StatusCode::OK, pages::screens::screens(&visitor.page(&app), data))
}

/// `POST /organizer/screens/{id}/{act}`: names it, moves it, or asks it to say its name.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, act)): Path<(Uuid, String)>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    if !organizes(&app, &visitor) {
        return session_pages::not_yours(&app, &visitor);
    }
    let known = Code::parse(fields.get("place").map(String::as_str).unwrap_or_default());
    let (conference, permit) = (app.rooms.conference().state(), visitor.permit_for_address(&app));
    let known = known.filter(|code| conference.by_code(code, &permit).is_some());
    let known = permit.judge(known);
    let name = fields.get("name").and_then(|name| forms::line(name).ok());
    app.screens.with(|all| {
        let Some(screen) = all.get_mut(&id) else { return };
        screen.stays = true;
        // Nobody listens to a screen that is not connected: it hears it when it comes back.
        match act.as_str() {
            "name" => screen.name = name.map(|name| name.as_str().to_owned()).unwrap_or_default(),
            "place" => {
                screen.place = known.map(|code| code.as_str().to_owned());
                let _ = screen.tell.send(Told::Place("/wall".to_owned()));
            }
            _ => {
                let shown = if screen.name.is_empty() { number(id) } else { screen.name.clone() };
                let _ = screen.tell.send(Told::Identify(shown));
            }
        }
    });
    answers::see("/organizer/screens")
}

fn organizes(app: &App, visitor: &Visitor) -> bool {
    visitor.pass_with(app, |role| role == Role::Organizer, None).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_the_cookie() {
        let hex: String = "شاشة المدخل".bytes().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(unhex(&hex).as_deref(), Some("شاشة المدخل"));
        assert_eq!(unhex("zz"), None);
        assert_eq!(unhex("ff"), None);
    }

    #[test]
    fn a_name_that_a_stranger_wrote_into_the_cookie_is_no_name() {
        let (ours, theirs) = (Screens::new("ours"), Screens::new("theirs"));
        let (id, hex) = (edge::fresh_id(), "4c6f626279");
        let seen = |seal: String| {
            let jar = CookieJar::new().add(Cookie::new(COOKIE, format!("{}.123456.{hex}{seal}", id.simple())));
            Seen::of(&ours, &jar)
        };
        let own = seen(format!(".{}", ours.seal(id, "Lobby").simple())).unwrap();
        assert_eq!((own.name.as_str(), own.place.as_deref()), ("Lobby", Some("123456")));
        let foreign = [theirs.seal(id, "Lobby"), ours.seal(edge::fresh_id(), "Lobby"), ours.seal(id, "Hall")];
        for seal in foreign.map(|seal| format!(".{}", seal.simple())).into_iter().chain([String::new(), ".x".into()]) {
            assert!(seen(seal).is_none(), "and the number is the server's too");
        }
    }
}
