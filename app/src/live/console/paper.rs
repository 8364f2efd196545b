//! The current working paper on the moderators' tablet: its messages, and its pages one by one.

use leptos::prelude::*;
use nadwa_domain::view::console::PaperView;
use nadwa_domain::view::screen::PageView;

use crate::live::console::Tablet;
use crate::parts::Shape;
use crate::words::{Reader, paper};

/// «Page 2 of 5».
pub(super) fn page_of(r: Reader, page: &PageView) -> String {
    paper::page_of(r, u64::from(page.place), u64::from(page.of))
}

/// Buttons while a paper is presented; nothing else at other times.
pub(super) fn pages(t: Tablet) -> impl IntoView {
    let now = Memo::new(move |_| t.view.with(|view| view.paper));
    move || now.get().map(|now| turn(t, now))
}

fn turn(t: Tablet, now: PaperView) -> impl IntoView {
    let r = t.r;
    let to = |page: u16| ["page-", &page.to_string()].concat();
    let back = now.page.and_then(|page| page.checked_sub(1));
    let on = now.page.map_or(0, |page| page + 1);
    let at = now.page.map(|page| {
        view! { <span class="note">{paper::page_of(r, u64::from(page) + 1, u64::from(now.pages))}</span> }
    });
    view! {
        <form class="switch turning" method="post" action=t.to("screen/paper") aria-label=paper::on_screen(r)>
            <button
                class="button"
                class:is-on=now.messages_shown
                name="page"
                value=""
                aria-pressed=if now.messages_shown { "true" } else { "false" }
            >
                <Shape name="paper"/>
                {paper::key_messages(r)}
            </button>
            {back.map(|page| view! { <button class="button" name="page" value=to(page)>{paper::page_back(r)}</button> })}
            {(on < now.pages).then(|| {
                let word = if on == 0 { paper::pages(r) } else { paper::page_on(r) };
                view! { <button class="button" name="page" value=to(on)>{word}</button> }
            })}
            {at}
        </form>
    }
}
