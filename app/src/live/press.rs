//! Presses on the team's pages: one listener for every form, and a moment of calm after each.
//!
//! Buttons change their meaning when the session moves. A second tap of a quick finger must not fall on what the
//! button has just become, so for a moment after a change presses do not count.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use nadwa_domain::Instant;
use serde::{Deserialize, Serialize};
use web_sys::SubmitEvent;

use crate::live::clock::monotonic;
use crate::live::send::{self, Outcome};
use crate::parts::Shape;
use crate::words::{Reader, console};

/// So long after a change a press does not count, in milliseconds.
const CALM_MS: f64 = 600.0;
/// So long a notice stays.
const NOTICE_MS: u32 = 8_000;

thread_local! {
    static FADE: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// A sentence about the last press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The sentence, in the reader's language.
    pub sentence: String,
    /// Whether it says why not.
    pub refused: bool,
}

/// What the presses of one page share.
#[derive(Clone, Copy)]
pub struct Presses {
    /// What the last press was answered; it stays a few seconds.
    pub notice: RwSignal<Option<Notice>>,
    /// Until when presses do not count.
    calm_until: StoredValue<f64>,
    r: Reader,
}

impl Presses {
    /// Presses of a page; `said` is what the server answered to a form without wasm.
    #[must_use]
    pub fn new(r: Reader, said: Option<Notice>) -> Self {
        let notice = RwSignal::new(said);
        Effect::new(move |_| {
            if notice.with(Option::is_some) {
                let fade = Timeout::new(NOTICE_MS, move || notice.set(None));
                FADE.with_borrow_mut(|timeout| timeout.replace(fade));
            }
        });
        Self { notice, calm_until: StoredValue::new(0.0), r }
    }

    /// Something changed under the finger: presses wait a moment.
    pub fn calm(self) {
        self.calm_until.set_value(monotonic() + CALM_MS);
    }

    /// Whether a press counts now.
    #[must_use]
    pub fn counts(self) -> bool {
        monotonic() >= self.calm_until.get_value()
    }

    /// Takes a submit of the page.
    pub fn submit(self, event: &SubmitEvent) {
        if !self.counts() {
            return event.prevent_default();
        }
        // Emptied while the request is in flight: the same sentence again changes the live region, and is announced
        // (`N9`).
        self.notice.set(None);
        send::intercept(event, move |outcome, _| self.answered(&outcome));
    }

    /// Says what a press was answered.
    pub fn answered(self, outcome: &Outcome) {
        let sentence = match outcome {
            Outcome::Unreachable => Some(console::not_arrived(self.r).to_owned()),
            heard @ (Outcome::Done(_) | Outcome::Refused(_)) => heard.sentence(self.r),
        };
        let refused = !matches!(outcome, Outcome::Done(_));
        self.calm();
        self.notice.set(sentence.map(|sentence| Notice { sentence, refused }));
    }
}

/// What the last press was answered: it floats above the foot and moves nothing.
#[component]
pub fn Toast(
    /// The page's presses.
    presses: Presses,
) -> impl IntoView {
    // A live region must be in the document before it changes, or it is not announced; empty it takes no room.
    view! {
        <div role="status">
            {move || presses.notice.get().map(|Notice { sentence, refused }| view! {
                <div class="toast">
                    <span>
                        <Shape name=if refused { "hold" } else { "check" }/>
                        " "
                        {sentence}
                    </span>
                </div>
            })}
        </div>
    }
}

/// Begun seconds until an instant; none once it is over.
#[must_use]
pub fn seconds_until(until: Instant, now: Instant) -> i64 {
    (until - now).0.max(0).saturating_add(999) / 1000
}
