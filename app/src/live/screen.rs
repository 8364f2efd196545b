//! The projector, live: one thing at a time, legible from the last row.

mod foot;
mod kinds;
mod lower;
mod more;
mod paper;
mod poll;
mod second;

pub(crate) use poll::told;

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::conference::reading::Months;
use nadwa_domain::view::screen::{ScreenView, Shown};
use nadwa_domain::view::{ClockView, PollState};
use nadwa_domain::{Instant, Phrase};
use serde::{Deserialize, Serialize};

use crate::live::feed::{self, Link};
use crate::live::{clock, fit};
use crate::parts::given;
use crate::parts::qr::Qr;
use crate::parts::team::rehearses;
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
    /// The same in a second language, side by side.
    pub second: Option<(Reader, ScreenView)>,
    /// Only a name and the time, over somebody else's picture.
    pub lower: bool,
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
    pub room: Phrase,
    /// How the conference calls the months.
    pub months: Months,
}

/// What every part of the wall shares.
#[derive(Clone, Copy)]
pub(crate) struct Wall {
    r: Reader,
    around: StoredValue<Around>,
    utc_offset: i32,
    now: RwSignal<Instant>,
}

impl Wall {
    /// Whether it is a rehearsal's wall, which invites no phones (`P14`).
    fn rehearses(self) -> bool {
        self.around.with_value(|around| rehearses(&around.code))
    }
}

/// The whole wall. It begins with the [`Start`] that its page gives.
#[island]
pub fn ScreenIsland() -> impl IntoView {
    let Start { place, view, around, second, lower } = given::start();
    let Place { reader: r, now, build, utc_offset, .. } = place;
    let feed = ["/s/", &around.code, "/feed?as=screen&lang=", r.lang.tag()].concat();
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let link = RwSignal::new(Link::Live);
    let code = around.code.clone();
    let wall = Wall { r, around: StoredValue::new(around), utc_offset, now };
    let second = second::follow(second, &code, view);
    let called = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let handlers = vec![
            (event::FRAME, feed::pictures(view, build.clone())),
            (event::IDENTIFY, more::identify(called)),
            (event::PLACE, more::placed()),
        ];
        feed::follow(feed.clone(), handlers, link);
        clock::keep(now, Memo::new(move |_| view.with(|view| running(&view.shown))).into());
    });
    let kind = Memo::new(move |_| {
        view.with(|view| match view.shown {
            Shown::Join if wall.rehearses() => "welcome",
            Shown::Welcome { .. }
            | Shown::Join
            | Shown::Plan { .. }
            | Shown::Speaker { .. }
            | Shown::Question { .. }
            | Shown::Poll(_)
            | Shown::Break { .. }
            | Shown::Queue { .. }
            | Shown::Rules { .. }
            | Shown::Thanks { .. }
            | Shown::Paper { .. }
            | Shown::Calm => kind(&view.shown),
        })
    });
    let shown = Memo::new(move |_| view.with(|view| view.shown.clone()));
    if lower {
        return Either::Left(lower::strip(wall, view));
    }
    fit::keep(move || view.track());
    let two = if second.is_some() { "hall two-languages " } else { "hall " };
    Either::Right(view! {
        <div class=move || [two, kind.get()].concat() translate="no">
            {more::name_tag(wall, called)}
            <main id="main">{move || view.with_untracked(|view| shown.with(|shown| kinds::main(wall, shown, &view.title)))}</main>
            {second.map(|second| second::beside(wall, second))}
            <footer class="foot">{move || view.with(|view| foot::foot(wall, view))} {foot::connection(wall, link)}</footer>
        </div>
    })
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
        Shown::Thanks { .. } => "thanks",
        Shown::Queue { .. } => "planning queueing",
        Shown::Rules { .. } => "planning ruling",
        Shown::Break { energiser: true, .. } => "resting moving",
        Shown::Break { .. } => "resting",
        Shown::Paper { page: None, .. } => "presenting",
        Shown::Paper { page: Some(_), .. } => "paging",
        Shown::Calm => "calm",
    }
}

fn running(shown: &Shown) -> Option<ClockView> {
    match shown {
        Shown::Speaker { clock, .. } | Shown::Break { clock, .. } | Shown::Paper { clock, .. } => *clock,
        Shown::Welcome { .. }
        | Shown::Join
        | Shown::Plan { .. }
        | Shown::Question { .. }
        | Shown::Poll(_)
        | Shown::Queue { .. }
        | Shown::Rules { .. }
        | Shown::Thanks { .. }
        | Shown::Calm => None,
    }
}
