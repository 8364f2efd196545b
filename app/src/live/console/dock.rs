//! The dock: help, the one big button that becomes what there is to do, and the way back.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::view::console::NextAct;

use crate::live::console::{Tablet, says};
use crate::live::press::{Toast, seconds_until};
use crate::parts::{HelpLink, Number, Shape, moment};
use crate::words::{console, numbers};

/// The foot of the page.
pub(super) fn dock(t: Tablet) -> impl IntoView {
    view! {
        <footer class="foot dock">
            <Toast presses=t.presses/>
            <HelpLink reader=t.r code=Some(t.code.get_value())/>
            {big_button(t)}
            {undo(t)}
        </footer>
    }
}

/// The timekeeper's foot: help alone.
pub(super) fn keeper(t: Tablet) -> impl IntoView {
    view! { <footer class="foot"><Toast presses=t.presses/> <HelpLink reader=t.r code=Some(t.code.get_value())/></footer> }
}

fn big_button(t: Tablet) -> impl IntoView {
    let r = t.r;
    let next = Memo::new(move |_| t.view.with(|view| view.next.clone()));
    let step = Memo::new(move |_| t.view.with(|view| view.step));
    let over = Memo::new(move |_| next.with(|next| next.act == NextAct::Nothing));
    let paused = Memo::new(move |_| t.view.with(|view| view.paused));
    let sentence = Memo::new(move |_| next.with(|next| says::big_button(r, next)));
    // What the button does has changed: a second tap of the same finger must not do it.
    Effect::new(move |last: Option<()>| {
        sentence.track();
        if last.is_some() {
            t.presses.calm();
        }
    });
    let closed = move || over.get().then(|| view! { <p class="note middle">{console::closed(r)}</p> });
    let closes = Memo::new(move |_| next.with(|next| next.act == NextAct::Close));
    let face = move || view! { <span>{move || sentence.get()}</span> <Shape name="onward"/> };
    let hue = move || next.with(|next| moment::hue(says::leads_to(next)));
    let at = move || view! { <input type="hidden" name="step" value=move || step.get().to_string()/> };
    let press = move || {
        view! {
            <form method="post" action=t.to("next")>
                {at()}
                <button class="button main" data-moment=hue disabled=move || paused.get()>{face()}</button>
            </form>
        }
    };
    // The end is asked once, above the first press: a second tap of the same finger does not end a session.
    let ask = move || {
        view! {
            <details class="ask-once">
                <summary class="button main" data-moment=hue>{face()}</summary>
                <form method="post" action=t.to("next")>
                    {at()}
                    <p class="note middle">{console::close_note(r)}</p>
                    <button class="button main" data-moment=hue>{console::close_sure(r)}</button>
                </form>
            </details>
        }
    };
    let button = move || {
        (!over.get()).then(|| if closes.get() && !paused.get() { Either::Left(ask()) } else { Either::Right(press()) })
    };
    view! { {closed} {button} }
}

/// The way back, with the seconds that the device counts (`A7`). It keeps its place, unseen, when there is nothing to undo.
fn undo(t: Tablet) -> impl IntoView {
    let r = t.r;
    let step = Memo::new(move |_| t.view.with(|view| view.step));
    let until = Memo::new(move |_| t.view.with(|view| view.undo_until.filter(|_| !view.paused)));
    let left = Memo::new(move |_| until.get().map_or(0, |until| seconds_until(until, t.now.get())));
    let count = move || {
        let left = left.get();
        (left > 0).then(
            || view! { <span class="remaining" aria-hidden="true"><Number text=numbers::number(r, left)/></span> },
        )
    };
    view! {
        <form class="undo" class:is-idle=move || left.get() == 0 method="post" action=t.to("undo")>
            <input type="hidden" name="step" value=move || step.get().to_string()/>
            <button class="button large" disabled=move || left.get() == 0>
                <Shape name="undo"/>
                {console::undo(r)}
                {count}
            </button>
        </form>
    }
}
