//! The server's time on this device. The only file of the browser's half that reads a clock.
//!
//! The device's own clock may be wrong by hours. A few probes of `/clock` give the offset of the sample with the
//! shortest round trip; from then on the device counts alone on its monotonic clock. Shown seconds change on the
//! server's whole seconds, so that two devices show the same second.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::view::{ClockState, ClockView};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Probes of one synchronisation; the one with the shortest round trip counts.
const PROBES: u32 = 5;
/// Milliseconds between two synchronisations.
const EVERY_MS: u32 = 60_000;
/// The longest sleep of the ticker: a device that was suspended comes back soon.
const LONGEST_MS: f64 = 1_000.0;

#[derive(Clone, Copy, Default)]
struct Offset {
    /// Server time minus monotonic time, in milliseconds.
    millis: f64,
    /// Half of the round trip that it was measured with: the bound of its error.
    error: f64,
}

thread_local! {
    static OFFSET: RefCell<Option<Offset>> = const { RefCell::new(None) };
    static TICK: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Milliseconds on this device's monotonic clock.
#[must_use]
pub fn monotonic() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// The server's time now. Until the first probe has come back: `rendered`, moved on by the time since.
#[must_use]
pub fn server_now(rendered: Instant, hydrated_at: f64) -> Instant {
    let offset = OFFSET.with_borrow(|offset| offset.map(|o| o.millis));
    let now = monotonic() + offset.unwrap_or(whole(rendered) - hydrated_at);
    Instant(now as i64)
}

/// Takes the instant of a beat: a first guess before any probe; a probe is better.
pub fn hint(server: f64) {
    OFFSET.with_borrow_mut(|offset| {
        if offset.is_none() {
            *offset = Some(Offset { millis: server - monotonic(), error: f64::MAX });
        }
    });
}

/// Keeps `now` on the server's time, ticking when the shown second of `clock` changes.
pub fn keep(now: RwSignal<Instant>, clock: Signal<Option<ClockView>>) {
    let rendered = now.get_untracked();
    let hydrated_at = monotonic();
    tick(now, clock, rendered, hydrated_at);
    spawn_local(async move {
        loop {
            synchronise().await;
            tick(now, clock, rendered, hydrated_at);
            TimeoutFuture::new(EVERY_MS).await;
        }
    });
    // A new clock (started, paused, extended) has another whole second.
    Effect::new(move |_| {
        clock.track();
        tick(now, clock, rendered, hydrated_at);
    });
}

/// Measures again now: after sleep, or a lost connection.
pub fn resynchronise() {
    OFFSET.with_borrow_mut(|offset| {
        if let Some(offset) = offset {
            offset.error = f64::MAX;
        }
    });
    spawn_local(synchronise());
}

fn tick(now: RwSignal<Instant>, clock: Signal<Option<ClockView>>, rendered: Instant, hydrated_at: f64) {
    let at = server_now(rendered, hydrated_at);
    now.set(at);
    let wait = until_next_second(at, clock.get_untracked());
    let next = Timeout::new(wait as u32, move || tick(now, clock, rendered, hydrated_at));
    TICK.with_borrow_mut(|timeout| timeout.replace(next));
}

/// Milliseconds until the shown second changes: of a running clock, or of the wall.
fn until_next_second(now: Instant, clock: Option<ClockView>) -> f64 {
    let end = match clock.map(|clock| clock.state) {
        Some(ClockState::Running { ends_at }) => ends_at,
        _ => Instant(0),
    };
    let left = whole(end) - whole(now);
    // One millisecond more, so that the second has surely changed.
    (left.rem_euclid(1000.0) + 1.0).min(LONGEST_MS)
}

async fn synchronise() {
    let mut best: Option<Offset> = None;
    for _ in 0..PROBES {
        if let Some(sample) = probe().await
            && best.is_none_or(|b| sample.error < b.error)
        {
            best = Some(sample);
        }
    }
    if let Some(best) = best {
        OFFSET.with_borrow_mut(|offset| {
            // A much worse measurement than the last would only add noise.
            if offset.is_none_or(|old| best.error <= old.error * 2.0) {
                *offset = Some(best);
            }
        });
    }
}

/// One question to `/clock`: what the server says, in the middle of the round trip.
async fn probe() -> Option<Offset> {
    let sent = monotonic();
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str("/clock")).await.ok()?;
    let response: web_sys::Response = wasm_bindgen::JsCast::dyn_into(answer).ok()?;
    let received = monotonic();
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let server: f64 = text.trim().parse().ok()?;
    let error = (received - sent) / 2.0;
    Some(Offset { millis: server + error - received, error })
}

/// Milliseconds are far below 2^53: exact as `f64`.
#[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53 milliseconds")]
fn whole(at: Instant) -> f64 {
    at.0 as f64
}
