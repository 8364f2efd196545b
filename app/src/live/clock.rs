//! The server's time on this device. The only file of the browser's half that reads a clock.
//!
//! The device's own clock may be wrong by hours. A few probes of `/clock` give the offset of the sample with the
//! shortest round trip; from then on the device counts alone on its monotonic clock. Shown seconds change on the
//! server's whole seconds, so that two devices show the same second.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::view::{ClockState, ClockView};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Probes of one synchronisation; the one with the shortest round trip counts.
const PROBES: u32 = 5;
/// Most probes, where round trips differ so much that a shorter one may come.
const MORE_PROBES: u32 = 20;
/// An error that nobody sees, in milliseconds.
const UNSEEN: f64 = 20.0;
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

/// Shows an instant, and says which clock is shown at it.
type Show = Rc<dyn Fn(Instant) -> Option<ClockView>>;

thread_local! {
    static OFFSET: Cell<Option<Offset>> = const { Cell::new(None) };
    static SHOW: RefCell<Option<Show>> = const { RefCell::new(None) };
    static TICK: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Milliseconds on this device's monotonic clock, since it began to load the page.
#[must_use]
pub fn monotonic() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// Takes the instant of a beat: a first guess before any probe; a probe is better.
pub fn hint(server: Instant) {
    // Half of a round trip that nobody measured is some seconds at most.
    let error = 5_000.0;
    if OFFSET.get().is_none_or(|known| known.error > error) {
        let at = monotonic();
        OFFSET.set(Some(Offset { millis: whole(server) - at, error, at }));
    }
}

/// Keeps `now` on the server's time, ticking when the shown second of `clock` changes. Call once, from an effect.
pub fn keep(now: RwSignal<Instant>, clock: Signal<Option<ClockView>>) {
    run(now.get_untracked(), move |at| {
        now.set(at);
        clock.get_untracked()
    });
    // A new clock (started, paused, extended) has another whole second.
    Effect::new(move |_| {
        clock.track();
        tick();
    });
}

/// Shows the server's time at each of its whole seconds, or at those of the clock that `show` says is shown.
///
/// `rendered` is the instant at which the server rendered the page. Call once, from an effect: the first picture is
/// the server's.
pub fn run(rendered: Instant, show: impl Fn(Instant) -> Option<ClockView> + 'static) {
    // Until something is measured: the instant of rendering, moved on by the time since the page began to load.
    OFFSET.set(Some(Offset { millis: whole(rendered), error: f64::INFINITY, at: 0.0 }));
    SHOW.set(Some(Rc::new(show)));
    tick();
    resynchronise();
    Interval::new(EVERY_MS, || spawn_local(synchronise())).forget();
}

/// Shows the time now, and again when the shown second changes.
pub fn tick() {
    let Some(show) = SHOW.with_borrow(Clone::clone) else { return };
    let now = server_now();
    let wait = until_next_second(now, show(now));
    TICK.set(Some(Timeout::new(wait, tick)));
}

/// Measures again now, whatever was measured before: after sleep, or a lost connection.
pub fn resynchronise() {
    if let Some(offset) = OFFSET.get() {
        OFFSET.set(Some(Offset { error: f64::INFINITY, ..offset }));
    }
    spawn_local(synchronise());
}

#[expect(clippy::cast_possible_truncation, reason = "instants are far below 2^53 milliseconds")]
fn server_now() -> Instant {
    let offset = OFFSET.get().map_or(0.0, |offset| offset.millis);
    Instant((offset + monotonic()) as i64)
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
    let mut worst = 0.0_f64;
    for count in 0..MORE_PROBES {
        if count >= PROBES && !best.is_some_and(|best| may_improve(best, worst)) {
            break;
        }
        let Some(sample) = probe().await else { continue };
        worst = worst.max(sample.error);
        if best.is_none_or(|best| sample.error < best.error) {
            best = Some(sample);
        }
    }
    if let Some(best) = best
        // A worse measurement than what is known would only add noise.
        && OFFSET.get().is_none_or(|known| best.error <= known.error_at(best.at))
    {
        OFFSET.set(Some(best));
        tick();
    }
}

/// Whether more probes help: on a way whose round trips differ much, and while nothing better is known already.
fn may_improve(best: Offset, worst: f64) -> bool {
    let known = OFFSET.get().map_or(f64::INFINITY, |known| known.error_at(best.at));
    best.error.min(known) > UNSEEN && worst > best.error * 1.5
}

/// One question to `/clock`: what the server says, in the middle of the round trip.
async fn probe() -> Option<Offset> {
    let sent = monotonic();
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str("/clock")).await.ok()?;
    let at = monotonic();
    let response: web_sys::Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let server = whole(Instant(text.trim().parse().ok()?));
    Some(Offset { millis: server - (sent + at) / 2.0, error: (at - sent) / 2.0, at })
}

/// Milliseconds are far below 2^53: exact as `f64`.
#[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53 milliseconds")]
const fn whole(at: Instant) -> f64 {
    at.0 as f64
}
