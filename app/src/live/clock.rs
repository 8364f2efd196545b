//! The server's time on this device. The only file of the browser's half that reads a clock.
//!
//! The device's own clock may be wrong by hours. A few probes of `/clock` give the offset, as closely as the network
//! lets it be known ([`Offset`]); from then on the device counts alone on its monotonic clock. Shown seconds change on
//! the server's whole seconds, so that two devices show the same second.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use nadwa_domain::offset::Synchronising;
use nadwa_domain::view::{ClockState, ClockView};
use nadwa_domain::{Instant, Offset};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Milliseconds between two synchronisations.
const EVERY_MS: u32 = 60_000;

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

/// `responseStart` of the navigation, on the monotonic clock: soon after the server rendered the page, however long the
/// connection and the request took.
fn answered() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    let navigation = performance.map(|performance| performance.get_entries_by_type("navigation").get(0));
    let start = navigation.and_then(|entry| js_sys::Reflect::get(&entry, &"responseStart".into()).ok());
    start.and_then(|start| start.as_f64()).unwrap_or(0.0)
}

/// Takes the instant of a heartbeat: a first guess before any probe; a probe is better.
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
/// `rendered` is the instant at which the server rendered the page. Call once, from an effect: what hydration finds is
/// the server's.
pub fn run(rendered: Instant, show: impl Fn(Instant) -> Option<ClockView> + 'static) {
    // Until something is measured: the instant of rendering, moved on by the time since the answer came.
    let came = answered();
    OFFSET.set(Some(Offset { millis: whole(rendered) - came, error: f64::INFINITY, at: came }));
    SHOW.set(Some(Rc::new(show)));
    tick();
    Timeout::new(0, resynchronise).forget();
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
    let Some(known) = OFFSET.get() else { return };
    let mut all = Synchronising::from(known);
    while all.goes_on() {
        all.take(probe().await);
    }
    OFFSET.set(Some(all.known()));
    tick();
}

/// One request to `/clock`: the server's instant is taken as that of the middle of the round trip, as NTP does.
async fn probe() -> Option<Offset> {
    let sent = monotonic();
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str("/clock")).await.ok()?;
    let at = monotonic();
    let response: web_sys::Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let server = whole(Instant(text.trim().parse().ok()?));
    Some(Offset::probed(sent, server, at))
}

/// Milliseconds are far below 2^53: exact as `f64`.
#[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53 milliseconds")]
const fn whole(at: Instant) -> f64 {
    at.0 as f64
}
