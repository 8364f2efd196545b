//! A second language beside the first: its words, while clock and forms are there once.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::screen::{ScreenView, Shown};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::live::screen::Wall;
use crate::parts::Plain;
use crate::parts::phrase::{names, own};
use crate::wire::{Frame, json};
use crate::words::{Reader, audience, console, rehearsal, running, screen, slot};

/// The second language's reader, and its view.
pub(super) type Second = (Reader, RwSignal<ScreenView>);

/// Fetches the view in the second language whenever the first has changed.
pub(super) fn follow(second: Option<(Reader, ScreenView)>, code: &str, first: RwSignal<ScreenView>) -> Option<Second> {
    let (reader, view) = second?;
    let url = ["/s/", code, "/picture?lang=", reader.lang.tag()].concat();
    let view = RwSignal::new(view);
    Effect::new(move |before: Option<()>| {
        first.track();
        if before.is_some() {
            let url = url.clone();
            spawn_local(async move {
                if let Some(new) = fetch(&url).await {
                    view.set(new);
                }
            });
        }
    });
    Some((reader, view))
}

async fn fetch(url: &str) -> Option<ScreenView> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(url)).await.ok()?;
    let response: web_sys::Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    json::read::<Frame<ScreenView>>(&text).ok().map(|frame| frame.view)
}

/// Its words.
pub(super) fn beside(wall: Wall, (r, view): Second) -> impl IntoView {
    let (lang, rehearses) = (r.lang, wall.rehearses());
    let told = Memo::new(move |_| view.with(|view| told(r, rehearses, view)));
    view! {
        <aside class="second" lang=lang.tag() dir=lang.dir().as_str()>
            {move || told.get().into_iter().enumerate().map(|(place, phrase)| {
                view! { <p class=if place == 0 { "voice" } else { "about" }><Plain phrase/></p> }
            }).collect_view()}
        </aside>
    }
}

/// What is large, and what explains it.
fn told(r: Reader, rehearses: bool, view: &ScreenView) -> Vec<Phrase> {
    let title = || view.title.clone();
    match &view.shown {
        Shown::Welcome { team, .. } => vec![title(), own(r, &audience::run_by(r, &names(r, team).text))],
        Shown::Join if rehearses => vec![own(r, console::screen_join(r)), own(r, rehearsal::no_join(r))],
        Shown::Join => vec![own(r, screen::join_title(r)), own(r, screen::join_how(r)), own(r, screen::join_note(r))],
        Shown::Plan { slots, current } => {
            let here = current.map_or(0, |place| place as usize);
            let rows = slots.iter().skip(here).take(4).map(|slot| crate::parts::team::two_lines(r, slot).0);
            std::iter::once(own(r, screen::plan(r))).chain(rows).collect()
        }
        Shown::Speaker { names: who, about, .. } => vec![names(r, who), about.clone()],
        Shown::Paper { names: who, about, messages, .. } => {
            [about.clone(), names(r, who)].into_iter().chain(messages.iter().cloned()).collect()
        }
        // What a person wrote is not translated (`L15`).
        Shown::Question { .. } => vec![own(r, audience::moment_question(r))],
        Shown::Poll(poll) => std::iter::once(poll.question.clone()).chain(poll.options.iter().cloned()).collect(),
        Shown::Break { title, .. } if !title.is_empty() => vec![title.clone()],
        Shown::Break { energiser: true, .. } => vec![own(r, slot::energizer(r))],
        Shown::Break { .. } => vec![own(r, slot::break_time(r)), own(r, screen::break_text(r))],
        Shown::Thanks { team } => vec![own(r, screen::thanks(r)), names(r, team)],
        Shown::Queue { .. } => vec![own(r, running::queue_title(r))],
        Shown::Rules { rules } => {
            std::iter::once(own(r, running::rules_title(r))).chain(rules.iter().cloned()).collect()
        }
        Shown::Calm => vec![own(r, screen::paused(r)), own(r, screen::paused_text(r))],
    }
}
