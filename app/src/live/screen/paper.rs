//! A working paper on the wall: its title and key messages, or one of its pages.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::ClockView;
use nadwa_domain::view::screen::PageView;

use crate::live::screen::Wall;
use crate::live::screen::kinds::length;
use crate::parts::clock::Rules;
use crate::parts::phrase::names;
use crate::parts::{ClockFace, Number, Plain, Shape};
use crate::words::{numbers, paper};

pub(super) fn main(
    wall: Wall,
    by: &[Phrase],
    about: &Phrase,
    messages: &[Phrase],
    page: Option<PageView>,
    clock: Option<(ClockView, Rules)>,
) -> impl IntoView + use<> {
    match page {
        Some(page) => Either::Left(sheet(wall, about, page)),
        None => Either::Right(told(wall, by, about, messages, clock)),
    }
}

/// One page, as large as the wall.
fn sheet(wall: Wall, about: &Phrase, page: PageView) -> impl IntoView + use<> {
    let label = paper::page_said(wall.r, &about.text, u64::from(page.place), u64::from(page.of));
    view! { <img class="page-of-paper" src=address(page) alt=label/> }
}

/// Where the picture of a page is.
pub(crate) fn address(page: PageView) -> String {
    format!("/papers/{}/pages/{}/{}", page.paper, page.file, page.page)
}

fn told(
    wall: Wall,
    by: &[Phrase],
    about: &Phrase,
    messages: &[Phrase],
    clock: Option<(ClockView, Rules)>,
) -> impl IntoView + use<> {
    let r = wall.r;
    let rules = clock.map(|(_, rules)| rules).unwrap_or_default();
    let clock = clock.map(|(clock, _)| clock);
    let who = (!by.is_empty()).then(|| view! { <p class="soft"><Plain phrase=names(r, by)/></p> });
    let rows = messages.iter().zip(1..).map(|(message, n)| {
        view! { <li><Number text=numbers::number(r, n)/> " " <Plain phrase=message.clone()/></li> }
    });
    view! {
        <div class="tell" data-moment="speech">
            <p class="label"><Shape name="paper"/> {paper::title(r)}</p>
            <h1 class=["title ", length(&about.text, 36)].concat()><Plain phrase=about.clone()/></h1>
            {who}
            <ol class="key-messages">{rows.collect_view()}</ol>
        </div>
        <ClockFace reader=r clock=Signal::stored(clock) now=wall.now size="hall" rules/>
    }
}
