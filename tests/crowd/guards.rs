//! What stands before every handler, beside the handlers themselves, in one run and in this process (`G4`): all of it, as
//! the server stands it there.

use std::net::SocketAddr;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use nadwa::http::visitor::Visitor;
use nadwa::http::{guard, router};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use tower_service::Service;

use crate::ballots::open_poll;

/// Rounds, one after the other, and requests in each.
const ROUNDS: usize = 7;
const EACH: usize = 200;

/// What one kind of request costs, in microseconds.
pub struct Cost {
    /// The guards alone.
    pub guards: f64,
    /// The whole request, guards included.
    pub whole: f64,
}

impl Cost {
    /// How much the guards add to what the request would cost without them.
    pub fn added(&self) -> f64 {
        self.guards / (self.whole - self.guards)
    }
}

/// A page of the audience, and a ballot, by a phone that looked at the page before.
pub async fn costs() -> [(&'static str, Cost); 2] {
    let hall = Hall::open().await;
    let page = format!("/s/{}", hall.live.code);
    let phone = Client::new(hall.url(), &hall.live.code).get(&page).await;
    let cookie = phone.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let poll = open_poll(&hall.moderator().await).await;
    let look = || Request::get(&page).header(header::COOKIE, &cookie);
    let vote = || {
        let path = format!("{page}/polls/{poll}/ballot");
        let form = header::HeaderValue::from_static("application/x-www-form-urlencoded");
        Request::post(path).header(header::COOKIE, &cookie).header(header::CONTENT_TYPE, form)
    };
    let whole = router(hall.app().clone());
    // Whoever answers has to know who asks, with or without guards.
    let bare = Router::new().fallback(async |_: Visitor| "");
    let guarded = guard::before(bare.clone(), hall.app().clone());
    let routers = [whole, guarded, bare.with_state(hall.app().clone())];
    let page = cost(&routers, || look().body(Body::empty())).await;
    let ballot = cost(&routers, || vote().body(Body::from("choice=0"))).await;
    hall.close().await;
    [("a page of the audience", page), ("a ballot", ballot)]
}

async fn cost(routers: &[Router; 3], request: impl Fn() -> axum::http::Result<Request<Body>>) -> Cost {
    let mut took = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for (router, took) in routers.iter().zip(&mut took) {
            took.push(round(router, &request).await);
        }
    }
    let [whole, guarded, bare] = took.map(|mut took: Vec<f64>| {
        took.sort_by(f64::total_cmp);
        took[ROUNDS / 2]
    });
    Cost { guards: (guarded - bare).max(0.0), whole }
}

/// Microseconds of one request.
async fn round(router: &Router, request: impl Fn() -> axum::http::Result<Request<Body>>) -> f64 {
    let begun = Instant::now();
    for _ in 0..EACH {
        let mut request = request().expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let Ok(answer) = router.clone().call(request).await;
        assert!(answer.status().is_success() || answer.status().is_redirection(), "{}", answer.status());
    }
    begun.elapsed().as_secs_f64() * 1e6 / EACH as f64
}
