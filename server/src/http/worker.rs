//! The service worker: caches the pages' shell and the way to help, and sends what was typed without a network. And the
//! other small scripts that pages load.
//!
//! The service worker's script begins with what it cannot know: the build, and the addresses of the shell.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::{self, Assets};
use serde_json::json;

use crate::http::visitor::Visitor;
use crate::http::{App, answers};

const OUTBOX: &str = include_str!("worker/outbox.js");
const WORKER: &str = include_str!("worker/worker.js");
const PLAIN: &str = include_str!("worker/plain.js");
const CHACHA: &str = include_str!("worker/chacha.js");
const START: &str = include_str!("worker/start.js");
const EXIT: &str = include_str!("worker/exit.js");
const LEAVE: &str = include_str!("worker/leave.js");
const NEAR: &str = include_str!("worker/near.js");
const STAY: &str = include_str!("worker/stay.js");
const FOLLOW: &str = include_str!("worker/follow.js");
const ENTER: &str = include_str!("worker/enter.js");
const BOX: &str = include_str!("worker/box.js");
const COMPILE: &str = include_str!("worker/compile.js");

/// `GET /sw.js`: other bytes for each build, so that browsers update it. A worker has a Content-Security-Policy of its
/// own: without `connect-src` for us it could fetch no page.
pub async fn worker(State(app): State<App>) -> Response {
    let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
    ([(header::CONTENT_SECURITY_POLICY, policy)], script(worker_of(&app.assets))).into_response()
}

/// `GET /start.js`: registers the service worker.
pub async fn start() -> Response {
    script(START.to_owned())
}

/// `GET /plain.js`: the outbox of a page whose browser has no service worker.
pub async fn plain() -> Response {
    script([OUTBOX, PLAIN].concat())
}

/// `GET /chacha.js`: the cipher of that page, which no Web Crypto is there for.
pub async fn chacha() -> Response {
    let keep = (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=604800"));
    ([keep], script(CHACHA.to_owned())).into_response()
}

/// `GET /exit.js`: leaves a page by `location.replace`, so that it is not in the history (`S27`).
pub async fn exit() -> Response {
    script(EXIT.to_owned())
}

/// `GET /enter.js`: takes a link's secret out of the fragment and sends it once.
pub async fn enter() -> Response {
    script(ENTER.to_owned())
}

/// `GET /near.js`: opens what a page itself says of help, where the way to it leads nowhere.
pub async fn near() -> Response {
    script(NEAR.to_owned())
}

/// `GET /stay.js`: keeps screens and the team's tablets awake.
pub async fn stay() -> Response {
    script(STAY.to_owned())
}

/// `GET /follow.js`: keeps what became of a call, and a talk, up to date on a page without an island.
pub async fn follow() -> Response {
    script(FOLLOW.to_owned())
}

/// `GET /leave.js`: what a page does when its device changes hands.
pub async fn leave() -> Response {
    script(LEAVE.to_owned())
}

/// `GET /box.js`: empties the ballot box's page when it is left.
pub async fn empty_box() -> Response {
    script(BOX.to_owned())
}

/// `GET /compile.js`: a web worker that compiles a page's wasm off the main thread. Its policy lets it fetch that
/// alone.
pub async fn compile() -> Response {
    let policy = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'";
    ([(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))], script(COMPILE.to_owned())).into_response()
}

/// `GET /offline`: what the service worker answers where there is no network and nothing in its cache.
pub async fn offline(State(app): State<App>, visitor: Visitor) -> Response {
    answers::html(&app, StatusCode::OK, pages::offline::offline(&visitor.page(&app)))
}

fn worker_of(assets: &Assets) -> String {
    let stem = &assets.phone;
    // The fast way out is kept as well: the help page that has it is.
    let bundle = [format!("/pkg/{stem}.js"), format!("/pkg/{stem}_bg.wasm"), "/exit.js".to_owned()];
    let fonts = assets.arabic_fonts.iter().chain(&assets.latin_fonts);
    let shell: Vec<&String> = [&assets.phone_css].into_iter().chain(fonts).chain(&bundle).collect();
    format!("const BUILD = {}\nconst SHELL = {}\n{OUTBOX}{WORKER}", json!(assets.build), json!(shell))
}

fn script(text: String) -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    let keep = (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    ([kind, keep], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_knows_the_build_and_the_shell() {
        let assets = Assets {
            build: "b1".into(),
            phone: "phone-1".into(),
            phone_css: "/pkg/phone-2.css".into(),
            arabic_fonts: vec!["/fonts/a.woff2".into()],
            latin_fonts: vec!["/fonts/l.woff2".into()],
            ..Assets::default()
        };
        let expected = "const BUILD = \"b1\"\nconst SHELL = [\"/pkg/phone-2.css\",\"/fonts/a.woff2\",\"/fonts/l.woff2\",\
            \"/pkg/phone-1.js\",\"/pkg/phone-1_bg.wasm\",\"/exit.js\"]\n";
        assert!(worker_of(&assets).starts_with(expected));
    }
}
