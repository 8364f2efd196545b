//! Two devices show the same second: the page's way of keeping time, over a network with jitter.
//!
//! The page's own rule ([`Synchronising`]) over a real server. Here the device's clock is wrong by `skew`, and every
//! probe is delayed on its way there and on its way back by random times. The truth is the server's clock on this very
//! machine.

use std::time::{Duration, Instant};

use nadwa_domain::Offset;
use nadwa_domain::offset::Synchronising;
use uuid::Uuid;

use crate::server::Started;

/// Devices that are simulated.
const DEVICES: usize = 200;

/// For each device, how far the remaining time that it shows is from the truth, in milliseconds.
pub async fn errors(server: &Started, skew: f64, jitter: u64) -> Vec<f64> {
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let begun = Instant::now();
    // Without any delay on loopback, the answer is the truth to well below a millisecond of the round trip.
    let truth = offset(&http, server, begun, 0.0, 0).await;
    let mut errors = Vec::with_capacity(DEVICES);
    for batch in 0..DEVICES / 20 {
        let devices = (0..20).map(|_| offset(&http, server, begun, skew, jitter));
        let measured = futures::future::join_all(devices).await;
        errors.extend(measured.into_iter().map(|own| (own - skew - truth).abs()));
        assert!(batch < DEVICES, "bounded");
    }
    errors
}

/// Server time minus this device's clock, as the page measures it. The device's clock is `skew` behind.
async fn offset(http: &reqwest::Client, server: &Started, begun: Instant, skew: f64, jitter: u64) -> f64 {
    let clock = || begun.elapsed().as_secs_f64() * 1000.0 - skew;
    let mut all = Synchronising::from(Offset { millis: 0.0, error: f64::INFINITY, at: clock() });
    while all.goes_on() {
        let sent = clock();
        delay(jitter).await;
        let answer = http.get(format!("{}/clock", server.url)).send().await.expect("an answer");
        let said = answer.text().await.expect("text").trim().parse().expect("milliseconds");
        delay(jitter).await;
        all.take(Some(Offset::probed(sent, said, clock())));
    }
    all.known().millis
}

/// The network's jitter, which is what is being simulated: up to so many milliseconds.
async fn delay(jitter: u64) {
    if jitter > 0 {
        let millis = Uuid::new_v4().as_u128() % u128::from(jitter);
        tokio::time::sleep(Duration::from_millis(u64::try_from(millis).unwrap_or(0))).await;
    }
}
