//! The lower third: a name, what about, the time; over somebody else's picture, with nothing behind it.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::screen::{ScreenView, Shown};

use crate::live::screen::Wall;
use crate::parts::clock::Rules;
use crate::parts::phrase::names;
use crate::parts::{ClockFace, Plain};

/// The strip; nothing while nobody speaks and nothing is asked.
pub(super) fn strip(wall: Wall, view: RwSignal<ScreenView>) -> impl IntoView {
    let shown = Memo::new(move |_| view.with(|view| view.shown.clone()));
    let unrecorded = Memo::new(move |_| view.with(|view| view.unrecorded));
    view! {
        <main id="main" class="lower-third" translate="no">
            {move || shown.with(|shown| line(wall, shown, unrecorded.get()))}
        </main>
    }
}

/// Whoever is in no recording is named in none (`S21`).
fn line(wall: Wall, shown: &Shown, unrecorded: bool) -> impl IntoView + use<> {
    let (head, about, clock, rules): (Phrase, Option<Phrase>, _, _) = match shown {
        Shown::Speaker { about, clock, rules, .. } if unrecorded => (about.clone(), None, *clock, Rules::from(rules)),
        Shown::Speaker { names: who, about, clock, rules } => {
            (names(wall.r, who), Some(about.clone()), *clock, Rules::from(rules))
        }
        Shown::Question { text, .. } => (text.clone(), None, None, Rules::default()),
        Shown::Poll(poll) => (poll.question.clone(), None, None, Rules::default()),
        Shown::Welcome { .. }
        | Shown::Join
        | Shown::Plan { .. }
        | Shown::Break { .. }
        | Shown::Queue { .. }
        | Shown::Rules { .. }
        | Shown::Thanks { .. }
        | Shown::Paper { .. }
        | Shown::Calm => return None,
    };
    let about = about.filter(|about| !about.is_empty());
    Some(view! {
        <div class="strip-box">
            <ClockFace reader=wall.r clock=Signal::stored(clock) now=wall.now size="medium" rules/>
            <div>
                <h1><Plain phrase=head/></h1>
                {about.map(|phrase| view! { <p><Plain phrase/></p> })}
            </div>
        </div>
    })
}
