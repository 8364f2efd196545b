//! Every route for everybody: the table beside this file is reviewed by reading; a route that is not in it fails here.
//!
//! `x`: let in, whatever the rules then say; `-`: 403; `0`: nothing is there for them, 404. Nobody is told more of a
//! closed meeting than of an address that never was (`S18`).

use std::fs;
use std::path::Path;

use nadwa::http::manage::cards::new_pass;
use nadwa::permits::Permit;
use nadwa_domain::conference::Act;
use nadwa_domain::ids::{PassId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Role, Who};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::{StatusCode, header};
use serde_json::json;
use uuid::Uuid;

/// The id of nothing.
const SOME_ID: &str = "6f1a52c8-52d5-4a57-9f0d-3c1a5b1f9e77";

/// The same for everybody, and of no person: scripts, icons, pictures of polls, recordings, the description of addresses.
const MAY_BE_KEPT: [&str; 18] = [
    "/manifest.webmanifest",
    "/robots.txt",
    "/favicon.ico",
    "/start.js",
    "/plain.js",
    "/chacha.js",
    "/exit.js",
    "/enter.js",
    "/follow.js",
    "/leave.js",
    "/near.js",
    "/stay.js",
    "/box.js",
    "/compile.js",
    "/sw.js",
    "/pictures/{id}",
    "/recordings/{file}",
    "/api/openapi.json",
];

/// Who asks for the head alone as well: nobody, a steward, an organizer.
const HEADS: [usize; 3] = [0, 8, 11];

const TABLE: &str = include_str!("routes.txt");

/// Whoever may come, in the order of the table's columns.
#[derive(Clone, Copy)]
enum Comer {
    /// Without a cookie.
    Nobody,
    /// A phone of the hall.
    Phone,
    /// With a pass of this session, or of the whole conference.
    Here(Role),
    /// With a pass of another session.
    Elsewhere(Role),
    /// With a pass that was taken back.
    Gone(Role),
    /// Authors of the paper in the address.
    Authors,
}

const COMERS: [Comer; 18] = [
    Comer::Nobody,
    Comer::Phone,
    Comer::Here(Role::Moderator),
    Comer::Here(Role::CoModerator),
    Comer::Here(Role::Timekeeper),
    Comer::Here(Role::Presenter),
    Comer::Here(Role::Member),
    Comer::Here(Role::Interpreter),
    Comer::Here(Role::Steward),
    Comer::Here(Role::SafeguardingLead),
    Comer::Here(Role::SafeguardingDeputy),
    Comer::Here(Role::Organizer),
    Comer::Here(Role::Mentor),
    Comer::Authors,
    Comer::Elsewhere(Role::Moderator),
    Comer::Elsewhere(Role::Steward),
    Comer::Gone(Role::Moderator),
    Comer::Gone(Role::Organizer),
];

#[tokio::test]
async fn every_route_lets_in_whom_the_table_says_and_nobody_else() {
    let hall = Hall::open().await;
    let things = Things::of(&hall).await;
    let (mut everybody, mut wrong) = (everybody(&hall).await, Vec::new());
    for (method, route, expected) in rows() {
        let mut found = Vec::new();
        let path = things.path(route);
        for (place, client) in everybody.iter().enumerate() {
            hall.clock.advance(1_000);
            let (status, headers) = client.head(method, &path, &fields(route)).await;
            let calm = !status.is_server_error() || status == StatusCode::SERVICE_UNAVAILABLE;
            assert!(calm, "{method} {path}: {status}");
            // G6: nothing is kept by a browser or a proxy but what is the same for everybody.
            let keep = headers.get(header::CACHE_CONTROL).and_then(|keep| keep.to_str().ok()).unwrap_or_default();
            let may_be_kept = MAY_BE_KEPT.contains(&route) && status.is_success();
            assert!(keep.contains("no-store") || may_be_kept, "{method} {route} may be kept: {keep:?}");
            if method == "GET" && HEADS.contains(&place) {
                let (head, _) = client.head("HEAD", &path, &[]).await;
                assert_eq!(head, status, "HEAD {route} is answered as GET is");
            }
            found.push(match status {
                StatusCode::FORBIDDEN => "-",
                StatusCode::NOT_FOUND => "0",
                _ => "x",
            });
        }
        let found = found.join(" ");
        if found != expected {
            wrong.push(format!("{method:<4} {route:<48} {found}"));
        }
        // The demo's own hall lends every pass to whoever looks at it, and leaving takes every pass away.
        if ["/hall", "/demo/phones", "/leave", "/lock"].contains(&route) {
            everybody = self::everybody(&hall).await;
        }
    }
    assert!(wrong.is_empty(), "these lines say something else now:\n{}", wrong.join("\n"));
    hall.close().await;
}

#[tokio::test]
async fn a_closed_meeting_is_to_outsiders_what_never_was() {
    let hall = Hall::open().await;
    let (things, closed, never) = (Things::of(&hall).await, closed_meeting(&hall), Uuid::new_v4().to_string());
    let member = with_pass(&hall, Role::Member, closed).await.0;
    assert_eq!(member.get(&format!("/s/{closed}")).await.status, StatusCode::OK, "its members are let in");
    let (outsiders, closed) = (everybody(&hall).await, closed.to_string());
    for (method, route, _) in rows().filter(|(_, route, _)| route.contains("{code}")) {
        for (place, client) in outsiders.iter().enumerate() {
            hall.clock.advance(1_000);
            let [real, none] = [&closed, &never].map(|code| things.path(&route.replace("{code}", code)));
            let (real, none) = (client.answer(method, &real).await, client.answer(method, &none).await);
            assert_eq!(real.status, none.status, "{method} {route} tells comer {place} that there is something");
            let (real_says, none_says) = (real.body.replace(&closed, ""), none.body.replace(&never, ""));
            assert_eq!(real_says, none_says, "{method} {route} tells comer {place} something");
            // The way to help is there at any address.
            assert!(real.status == StatusCode::NOT_FOUND || route.ends_with("/help"), "{method} {route}: {place}");
        }
    }
    for path in ["/", "/programme", "/programme.json", "/programme.ics", "/papers", "/api/openapi.json"] {
        let page = outsiders[1].get(path).await.body;
        assert!(!page.contains("اللقاء التشاوري") && !page.contains(&closed), "{path}");
    }
    hall.close().await;
}

/// `M4`: what is made of a session follows its rule.
#[tokio::test]
async fn a_closed_meetings_rehearsal_is_to_outsiders_what_never_was() {
    let hall = Hall::open().await;
    let (things, closed) = (Things::of(&hall).await, closed_meeting(&hall));
    let child = with_pass(&hall, Role::Moderator, closed).await.0.within(&closed.to_string());
    let menu = child.submit("/rehearsal/start", &[]).await.body;
    let rest = menu.split("/s/try").nth(1).expect("it began");
    let code = format!("try{}", rest.split('/').next().unwrap());
    assert!(code.len() - 3 >= 128 / 4 + 2, "128 random bits and the fixed ones of an id: {code}");
    assert_eq!(child.get(&format!("/s/{code}/console")).await.status, StatusCode::OK, "the team is let in");
    let (outsiders, never) = (everybody(&hall).await, format!("try{}", "0".repeat(code.len() - 3)));
    for (method, route, _) in rows().filter(|(_, route, _)| route.contains("{code}")) {
        for (place, client) in outsiders.iter().enumerate() {
            hall.clock.advance(1_000);
            let [real, none] = [&code, &never].map(|code| things.path(&route.replace("{code}", code)));
            let (real, none) = (client.answer(method, &real).await, client.answer(method, &none).await);
            let (real_says, none_says) = (real.body.replace(&code, ""), none.body.replace(&never, ""));
            assert_eq!((real.status, real_says), (none.status, none_says), "{method} {route} tells comer {place}");
        }
    }
    let left = child.within(&code).submit("/rehearsal/leave", &[]).await;
    assert_eq!(left.status, StatusCode::OK, "and leads back to the meeting");
    hall.close().await;
}

#[test]
fn every_route_is_in_the_table() {
    let mut missing = Vec::new();
    for (route, methods) in routes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src")) {
        for method in methods {
            let known = rows().any(|(known, path, _)| known == method && path.split('?').next() == Some(&route));
            if !known {
                missing.push(format!("{method:<4} {route}"));
            }
        }
    }
    assert!(missing.is_empty(), "say in tests/journeys/routes.txt who may:\n{}", missing.join("\n"));
}

/// Method, route and what everybody finds, of each line of the table.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut words = line.split_whitespace();
        let (method, route) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        (method, route, words.collect::<Vec<_>>().join(" "))
    })
}

/// Files of the bundle, which are everybody's.
const FILES: [&str; 3] = ["/pkg/", "/fonts/", "/icons/"];

fn routes(folder: &Path) -> Vec<(String, Vec<&'static str>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(routes(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source");
            for part in text.split(".route(").skip(1).filter(|part| part.starts_with("\"/")) {
                let route = part.split('"').nth(1).unwrap_or_default().to_owned();
                let methods = [("get(", "GET"), ("post(", "POST")].into_iter();
                let methods = methods.filter(|(call, _)| part.contains(call)).map(|(_, name)| name).collect();
                if !FILES.iter().any(|start| route.starts_with(start)) {
                    found.push((route, methods));
                }
            }
        }
    }
    found
}

/// What the addresses name, so that what is asked for is there.
struct Things {
    code: String,
    question: String,
    guarded: String,
    poll: String,
    paper: String,
}

impl Things {
    async fn of(hall: &Hall) -> Self {
        let steward = hall.steward().await;
        let question = hall.phone().await.ask("سؤال لكل من يحاول").await;
        steward.does(&format!("/questions/{question}/pass"), json!({})).await;
        let guarded = hall.phone().await.ask("سؤال لفريق الحماية وحده").await;
        steward.does(&format!("/questions/{guarded}/safeguard"), json!({})).await;
        let view = hall.moderator().await.follow("console").await.picture().await;
        let poll = view["polls"][0]["id"].as_str().expect("a poll").to_owned();
        let secret = hall.authors.rsplit(['/', '#']).next().expect("a link").to_owned();
        let pass =
            hall.app().rooms.conference().pass(&secret, hall.clock.now(), Permit::long()).expect("the authors' pass");
        let paper = pass.issued.paper.expect("a paper").paper.to_string();
        Self { code: hall.live.code.clone(), question: question.to_string(), guarded: guarded.to_string(), poll, paper }
    }

    fn path(&self, route: &str) -> String {
        // What would take something away from the others is asked of nothing.
        let taken = ["remove", "revoke", "reissue", "sign-out"].iter().any(|verb| route.ends_with(verb));
        let of_session = route.starts_with("/s/");
        let id = match () {
            () if route.contains("/polls/") => self.poll.clone(),
            () if of_session && !taken => self.question.clone(),
            () => Uuid::nil().to_string(),
        };
        let given = [
            ("{code}", self.code.as_str()),
            ("{id}", &id),
            ("{item}", &self.guarded),
            ("{paper}", &self.paper),
            ("{verb}", "open"),
            ("{name}", "mine"),
            ("{secret}", "none"),
            ("{token}", "none"),
            ("{tag}", "ar"),
            ("{theme}", "dark"),
            ("{family}", "latn"),
            ("{register}", "older"),
            ("{file}", "none.mp3"),
            ("{passage}", "join.ar"),
            ("{slot}", &id),
            ("{page}", "1"),
        ];
        given.into_iter().fold(route.to_owned(), |path, (name, value)| path.replace(name, value))
    }
}

/// Fields that make sense to most forms: so it is the rules that let in or not, and not what is missing.
fn fields(route: &str) -> Vec<(&'static str, &'static str)> {
    let reason = match route {
        route if route.ends_with("/hold") => "language",
        route if route.ends_with("/annul") => "unclear",
        _ => "no_time",
    };
    vec![
        ("step", "0"),
        ("slot", SOME_ID),
        ("to", SOME_ID),
        ("id", SOME_ID),
        ("reason", reason),
        ("show", "join"),
        ("seconds", "10"),
        ("text", "سؤال من الجدول"),
        ("choice", "0"),
        ("kind", "yes_no"),
        ("held_hours", "24"),
        ("days", "30"),
    ]
    .into_iter()
    // A question that is named in the body.
    .chain(route.contains("/questions/").then_some(("item", SOME_ID)))
    .collect()
}

async fn everybody(hall: &Hall) -> Vec<Client> {
    let here = SessionId(hall.sessions[0].id.parse().expect("an id"));
    let elsewhere = SessionId(hall.sessions[1].id.parse().expect("an id"));
    let mut everybody = Vec::new();
    for comer in COMERS {
        everybody.push(match comer {
            Comer::Nobody => Client::new(hall.url(), &hall.live.code),
            Comer::Phone => hall.phone().await,
            Comer::Authors => hall.by(&hall.authors).await,
            Comer::Here(role) => with_pass(hall, role, here).await.0,
            Comer::Elsewhere(role) => with_pass(hall, role, elsewhere).await.0,
            Comer::Gone(role) => {
                let (client, pass) = with_pass(hall, role, here).await;
                let revoke = Act::Revoke { pass };
                hall.app().rooms.conference().act(Who::Server, &revoke).await.expect("it is taken back");
                client
            }
        });
    }
    everybody
}

/// Somebody with a fresh pass: of a session, if the role works in one.
pub async fn with_pass(hall: &Hall, role: Role, session: SessionId) -> (Client, PassId) {
    let (link, id) = card(hall, role, Some(session)).await;
    (hall.by(&link).await, id)
}

/// The link of a fresh pass.
pub async fn card(hall: &Hall, role: Role, session: Option<SessionId>) -> (String, PassId) {
    let (mut pass, link) = new_pass(hall.url(), role, session);
    if !pass.scope_fits() {
        pass.session = None;
    }
    let id = pass.id;
    hall.app().rooms.conference().act(Who::Server, &Act::Issue(pass)).await.expect("it is issued");
    (link, id)
}

/// The meeting of the demo that is in no programme.
pub fn closed_meeting(hall: &Hall) -> SessionId {
    let state = hall.app().rooms.conference().state();
    let mut closed = state.sessions.iter().filter(|listing| listing.kind == Kind::ClosedMeeting);
    closed.next().expect("the demo has one").session
}
