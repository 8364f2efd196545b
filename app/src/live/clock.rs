//! The server's time on this device. The only file of the browser's half that reads a clock.
//!
//! The device's own clock may be wrong by hours. A few probes of `/clock` give the offset of the sample with the
//! shortest round trip; from then on the device counts alone on its monotonic clock. Shown seconds change on the
//! server's whole seconds, so that two devices show the same second.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::view::{ClockState, ClockView};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Probes of one synchronisation; the one with the shortest round trip counts.
const PROBES: u32 = 5;
/// Milliseconds between two synchronisations.
const EVERY_MS: u32 = 60_000;
/// How far two clocks may drift apart, at worst: milliseconds in a millisecond.
const DRIFT: f64 = 1e-4;

#[derive(Clone, Copy)]
struct Offset {
    /// Server time minus monotonic time, in milliseconds.
    millis: f64,
    /// Half of the round trip that it was measured with: the bound of its error.
    error: f64,
    /// When it was measured, on the monotonic clock.
    at: f64,
}

impl Offset {
    /// The bound of its error by now: an old measurement is worth less.
    fn error_at(&self, now: f64) -> f64 {
        self.error + (now - self.at) * DRIFT
    }
}

thread_local! {
    static OFFSET: Cell<Option<Offset>> = const { Cell::new(None) };
    static TICK: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Milliseconds on this device's monotonic clock, since it began to load the page.
#[must_use]
pub fn monotonic() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// Takes the instant of a beat: a first guess before any probe; a probe is better.
pub fn hint(server: f64) {
    if OFFSET.get().is_none() {
        let at = monotonic();
        OFFSET.set(Some(Offset { millis: server - at, error: f64::MAX, at }));
    }
}

/// Keeps `now` on the server's time, ticking when the shown second of `clock` changes. Call once, while hydrating:
/// it begins after that, so that the first picture is the server's.
pub fn keep(now: RwSignal<Instant>, clock: Signal<Option<ClockView>>) {
    let rendered = now.get_untracked();
    Effect::new(move |running: Option<()>| {
        // A new clock (started, paused, extended) has another whole second.
        clock.track();
        tick(now, clock, rendered);
        if running.is_none() {
            resynchronise();
            Interval::new(EVERY_MS, || spawn_local(synchronise())).forget();
        }
    });
}

/// Measures again now, whatever was measured before: after sleep, or a lost connection.
pub fn resynchronise() {
    if let Some(offset) = OFFSET.get() {
        OFFSET.set(Some(Offset { error: f64::MAX, ..offset }));
    }
    spawn_local(synchronise());
}

/// The server's time. Until something was measured: the instant of rendering, moved on by the time since.
fn server_now(rendered: Instant) -> Instant {
    let offset = OFFSET.get().map_or_else(|| whole(rendered), |offset| offset.millis);
    #[expect(clippy::cast_possible_truncation, reason = "instants are far below 2^53 milliseconds")]
    Instant((offset + monotonic()) as i64)
}

fn tick(now: RwSignal<Instant>, clock: Signal<Option<ClockView>>, rendered: Instant) {
    let at = server_now(rendered);
    now.set(at);
    let wait = until_next_second(at, clock.get_untracked());
    let next = Timeout::new(wait, move || tick(now, clock, rendered));
    TICK.set(Some(next));
}

/// Milliseconds until the shown second changes: of a running clock, or of the wall.
fn until_next_second(now: Instant, clock: Option<ClockView>) -> u32 {
    let end = match clock.map(|clock| clock.state) {
        Some(ClockState::Running { ends_at }) => ends_at,
        _ => Instant(0),
    };
    // One millisecond more, so that the second has surely changed.
    u32::try_from((end - now).0.rem_euclid(1000)).unwrap_or_default() + 1
}

async fn synchronise() {
    let mut best: Option<Offset> = None;
    for _ in 0..PROBES {
        if let Some(sample) = probe().await
            && best.is_none_or(|best| sample.error < best.error)
        {
            best = Some(sample);
        }
    }
    if let Some(best) = best
        // A worse measurement than what is known would only add noise.
        && OFFSET.get().is_none_or(|known| best.error <= known.error_at(best.at))
    {
        OFFSET.set(Some(best));
    }
}

/// One question to `/clock`: what the server says, in the middle of the round trip.
async fn probe() -> Option<Offset> {
    let sent = monotonic();
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str("/clock")).await.ok()?;
    let at = monotonic();
    let response: web_sys::Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let server: f64 = text.trim().parse().ok()?;
    let error = (at - sent) / 2.0;
    Some(Offset { millis: server - (sent + at) / 2.0, error, at })
}

/// Milliseconds are far below 2^53: exact as `f64`.
#[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53 milliseconds")]
const fn whole(at: Instant) -> f64 {
    at.0 as f64
}
