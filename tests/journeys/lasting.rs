//! What a device keeps, and for how long (`V3`, `S11`): each cookie has an end, and the browser's own is none.

use std::sync::Arc;

use nadwa::config::Listen;
use nadwa::serve::Server;
use nadwa_app::pages::Assets;
use nadwa_domain::Role;
use nadwa_domain::ids::SessionId;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{BEGIN, Hall};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, StatusCode, header};

use crate::routes::card;

const DAY: i64 = 24 * 60 * 60;

/// A browser of which a test sees each cookie.
struct Browser {
    http: reqwest::Client,
    base: String,
}

impl Browser {
    fn at(hall: &Hall) -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy();
        Self { http: http.build().unwrap(), base: hall.url().to_owned() }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.base))
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.base)).form(fields)
    }

    async fn set_by(request: RequestBuilder) -> Vec<(String, i64)> {
        kept(&request.send().await.unwrap()).into_iter().map(|(cookie, lasts)| (name(&cookie), lasts)).collect()
    }

    /// What a link of ours, with its secret behind `#`, puts on a device.
    async fn by(&self, link: &str) -> Vec<(String, i64)> {
        let path = link.strip_prefix(&self.base).unwrap_or(link);
        let (door, secret) = path.split_once('#').unwrap();
        kept(&self.post(door, &[("secret", secret)]).send().await.unwrap())
    }
}

/// `name=value` and the seconds that each cookie stays.
fn kept(response: &Response) -> Vec<(String, i64)> {
    let set = response.headers().get_all(header::SET_COOKIE).iter().map(|set| set.to_str().unwrap());
    let parts = |set: &str| {
        let lasts = set.split("; ").find_map(|part| part.strip_prefix("Max-Age=")?.parse().ok());
        (set.split(';').next().unwrap().to_owned(), lasts.unwrap_or_else(|| panic!("ends with the browser: {set}")))
    };
    set.map(parts).collect()
}

fn name(cookie: &str) -> String {
    cookie.split('=').next().unwrap().to_owned()
}

fn lasts(kept: &[(String, i64)], of: &str) -> i64 {
    kept.iter().find(|(cookie, _)| name(cookie) == of).unwrap_or_else(|| panic!("no {of} in {kept:?}")).1
}

#[tokio::test]
async fn every_cookie_lasts_as_long_as_what_it_is_for() {
    let hall = Hall::open().await;
    let (browser, state) = (Browser::at(&hall), hall.app().rooms.conference().state());
    let live = SessionId(hall.sessions[0].id.parse().unwrap());
    let seconds = |until: nadwa_domain::Instant| (until - BEGIN).0 / 1000;
    let over = seconds(state.listing(live).unwrap().ends_at);
    let last = seconds(state.sessions.iter().map(|session| session.ends_at).max().unwrap());
    let page = format!("/s/{}", hall.live.code);
    for (request, cookie, expected) in [
        (browser.get("/wall"), "nadwa_screen", 400 * DAY),
        (browser.get(&page), "nadwa_phone", last + DAY),
        (browser.get(&format!("{page}?lang=fr")), "nadwa_came", last + DAY),
        (browser.get("/lang/fr"), "nadwa_lang", last + DAY),
        (browser.get("/digits/latn"), "nadwa_digits", last + DAY),
        (browser.get("/theme/dark"), "nadwa_theme", last + DAY),
        (browser.get("/words/younger"), "nadwa_words", last + DAY),
        (browser.post("/comfort", &[("size", "large")]), "nadwa_comfort", last + DAY),
    ] {
        let set = Browser::set_by(request).await;
        assert_eq!(lasts(&set, cookie), expected, "{cookie}");
    }
    let console = browser.by(&card(&hall, Role::Timekeeper, Some(live)).await.0).await;
    assert_eq!(lasts(&console, "nadwa_pass"), over + DAY, "a console's, until its session is over");
    let desk = browser.by(&card(&hall, Role::Steward, None).await.0).await;
    assert_eq!(lasts(&desk, "nadwa_pass"), last + DAY, "a desk of all sessions, until all are");
    let organizer = browser.by(&hall.organizer).await;
    assert_eq!(lasts(&organizer, "nadwa_pass"), 14 * DAY);
    hall.close().await;
}

#[tokio::test]
async fn an_adults_browser_that_was_closed_for_a_while_is_locked_when_it_is_opened_again() {
    let hall = Hall::open().await;
    let (browser, link) = (Browser::at(&hall), hall.safeguarding.clone());
    let kept = browser.by(&link).await;
    assert!((20 * 60..=22 * 60).contains(&lasts(&kept, "nadwa_awake")), "as long as the page's own lock waits");
    let with = |but: &str| {
        let cookies: Vec<_> = kept.iter().map(|(cookie, _)| cookie.as_str()).filter(|it| name(it) != but).collect();
        cookies.join("; ")
    };
    let status =
        async |cookies: String| browser.get("/safeguarding").header(header::COOKIE, cookies).send().await.unwrap();
    assert_eq!(status(with("none")).await.status(), StatusCode::OK, "opened again at once");
    assert_eq!(status(with("nadwa_awake")).await.status(), StatusCode::FORBIDDEN, "opened again an hour later");
    let (door, secret) = link.strip_prefix(hall.url()).unwrap_or(&link).split_once('#').unwrap();
    let again = browser.post(door, &[("secret", secret)]).header(header::COOKIE, with("nadwa_awake")).send().await;
    let again = self::kept(&again.unwrap());
    assert!(
        lasts(&again, "nadwa_pass") > DAY && lasts(&again, "nadwa_awake") > 0,
        "its card opens it again: {again:?}"
    );
    // As long as somebody is there it stays awake.
    hall.clock.advance(120_000);
    let stays = self::kept(&status(with("none")).await);
    assert!(lasts(&stays, "nadwa_awake") >= 20 * 60, "{stays:?}");
    hall.close().await;
}

#[tokio::test]
async fn a_childs_console_whose_browser_starts_anew_is_a_console_still() {
    let hall = Hall::open().await;
    let (browser, live) = (Browser::at(&hall), SessionId(hall.sessions[0].id.parse().unwrap()));
    let kept = browser.by(&card(&hall, Role::Moderator, Some(live)).await.0).await;
    let cookies: Vec<_> = kept.iter().map(|(cookie, _)| cookie.as_str()).collect();
    let console = browser.get(&format!("/s/{}/console", hall.live.code)).header(header::COOKIE, cookies.join("; "));
    assert_eq!(console.send().await.unwrap().status(), StatusCode::OK, "{kept:?}");
    hall.close().await;
}

/// `G5`: where there is TLS, cookies that say who somebody is have names of their own (`__Host-`), and whoever clears a
/// browser must mean those.
#[tokio::test]
async fn where_there_is_tls_leaving_and_locking_take_each_cookie_off_by_its_own_name() {
    let folder = Folder::new();
    let store = nadwa::store::open(&folder.path().display().to_string()).await.unwrap();
    let hall = Hall::open_on(Arc::clone(&store), folder).await;
    let public_url = Some("https://nadwa.example.org".to_owned());
    let listen = Listen { public_url, behind_proxy: true, ..Listen::at(([127, 0, 0, 1], 0).into()) };
    let server = Server::bind_with(store, hall.clock.clone(), &listen, Assets::default()).await.unwrap();
    let browser = Browser { base: format!("http://{}", server.addr().unwrap()), ..Browser::at(&hall) };
    let running = tokio::spawn(server.run());
    let kept = browser.by(hall.safeguarding.strip_prefix(hall.url()).unwrap_or(&hall.safeguarding)).await;
    assert!(lasts(&kept, "__Host-nadwa_pass") > DAY && lasts(&kept, "__Host-nadwa_awake") > 0, "{kept:?}");
    // Late enough for an open page to be told again that it is awake.
    hall.clock.advance(120_000);
    let cookies: Vec<_> = kept.iter().map(|(cookie, _)| cookie.as_str()).collect();
    for (path, gone) in
        [("/lock", &["__Host-nadwa_awake"][..]), ("/leave", &["__Host-nadwa_awake", "__Host-nadwa_pass"])]
    {
        let request = browser.post(path, &[]).header(header::COOKIE, cookies.join("; "));
        let set = Browser::set_by(request).await;
        for cookie in gone {
            let lives: Vec<_> = set.iter().filter(|(name, _)| name == cookie).map(|(_, lasts)| *lasts).collect();
            assert_eq!(lives, [0], "{path} {cookie}: {set:?}");
        }
    }
    running.abort();
    hall.close().await;
}
