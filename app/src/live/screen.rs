//! The projector, live: one thing at a time, legible from the last row.

mod foot;
mod kinds;
mod paper;
mod poll;

pub(crate) use poll::told;

use leptos::prelude::*;
use nadwa_domain::view::screen::{ScreenView, Shown};
use nadwa_domain::view::{ClockView, PollState};
use nadwa_domain::{Instant, Phrase};
use serde::{Deserialize, Serialize};

use crate::live::clock;
use crate::live::feed::{self, Link};
use crate::parts::given;
use crate::parts::qr::Qr;
use crate::wire::{Place, event};
use crate::words::Reader;

/// What the wall begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// What the screen sees.
    pub view: ScreenView,
    /// What does not change.
    pub around: Around,
}

/// What the wall says besides the session's own view; it does not change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Around {
    /// The session's join code.
    pub code: String,
    /// The address to type, without its scheme.
    pub site: String,
    /// The join address for a camera.
    pub qr: Qr,
    /// What the conference is called.
    pub conference: Phrase,
    /// The room.
    pub room: Phrase,
}

/// What every part of the wall shares.
#[derive(Clone, Copy)]
pub(crate) struct Wall {
    r: Reader,
    around: StoredValue<Around>,
    utc_offset: i32,
    now: RwSignal<Instant>,
}

/// The whole wall. It begins with the [`Start`] that its page gives.
#[island]
pub fn ScreenIsland() -> impl IntoView {
    let Start { place, view, around } = given::start();
    let Place { reader: r, now, build, utc_offset, .. } = place;
    let feed = ["/s/", &around.code, "/feed?as=screen&lang=", r.lang.tag()].concat();
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let link = RwSignal::new(Link::Live);
    let wall = Wall { r, around: StoredValue::new(around), utc_offset, now };
    Effect::new(move |_| {
        feed::follow(feed.clone(), vec![(event::FRAME, feed::pictures(view, build.clone()))], link);
        clock::keep(now, Memo::new(move |_| view.with(|view| running(&view.shown))).into());
    });
    let kind = Memo::new(move |_| view.with(|view| kind(&view.shown)));
    let shown = Memo::new(move |_| view.with(|view| view.shown.clone()));
    view! {
        <div class=move || ["hall ", kind.get()].concat() translate="no">
            <main id="main">{move || view.with_untracked(|view| shown.with(|shown| kinds::main(wall, shown, &view.title)))}</main>
            <footer class="foot">{move || view.with(|view| foot::foot(wall, view))} {foot::connection(wall, link)}</footer>
        </div>
    }
}

/// The class of the wall for what it shows.
fn kind(shown: &Shown) -> &'static str {
    match shown {
        Shown::Welcome { .. } => "welcome",
        Shown::Join => "joining",
        Shown::Plan { .. } => "planning",
        Shown::Speaker { .. } => "speaking",
        Shown::Question { .. } => "asking",
        Shown::Poll(poll) => match poll.state {
            PollState::Open | PollState::Closed | PollState::Annulled(_) => "voting",
            PollState::Shown(_) => "results",
        },
        Shown::Break { .. } => "resting",
        Shown::Thanks { .. } => "thanks",
        Shown::Paper { page: None, .. } => "presenting",
        Shown::Paper { page: Some(_), .. } => "paging",
        Shown::Calm => "calm",
    }
}

fn running(shown: &Shown) -> Option<ClockView> {
    match shown {
        Shown::Speaker { clock, .. } | Shown::Break { clock } | Shown::Paper { clock, .. } => *clock,
        _ => None,
    }
}
