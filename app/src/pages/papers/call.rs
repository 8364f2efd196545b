//! The call for papers, in words that a child understands.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::{Instant, Lang};

use super::text::{Block, blocks};
use super::when;
use crate::pages::Write;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page};
use crate::parts::{Foot, Plain, Shape, Skip, Top};
use crate::words::{clock, common, paper as words};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CallPage {
    pub conference: ConferenceView,
    /// The call, if there is one.
    pub call: Option<CallView>,
}

/// A call as everybody reads it.
#[derive(Clone, Debug)]
pub struct CallView {
    /// What is asked.
    pub asks: Vec<Block>,
    /// An example.
    pub example: Vec<Block>,
    /// What papers may be about.
    pub themes: Vec<Phrase>,
    /// In which languages.
    pub languages: Vec<Lang>,
    pub opens_at: Instant,
    /// Until when.
    pub closes_at: Instant,
    /// Most words.
    pub max_words: u32,
    /// The speaking time that a paper gets, in minutes.
    pub minutes: u32,
}

/// The page.
#[must_use]
pub fn call(page: &Page, data: CallPage) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::call_title(r).to_owned(),
        class: "phone leaf",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (now, offset) = (page.now, page.utc_offset);
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let body = match data.call {
            None => view! { <p class="empty">{words::call_none(r)}</p> }.written(),
            Some(call) => {
                let until = if now < call.opens_at {
                    words::open_from(r, &when(r, call.opens_at, offset))
                } else if now < call.closes_at {
                    words::open_until(r, &when(r, call.closes_at, offset))
                } else {
                    words::closed_since(r, &when(r, call.closes_at, offset))
                };
                let limits = words::limits(
                    r,
                    &common::words_count(r, u64::from(call.max_words)),
                    &clock::minutes(r, u64::from(call.minutes)),
                );
                let themes = call
                    .themes
                    .iter()
                    .map(|theme| view! { <li><Shape name="paper"/> <Plain phrase=theme.clone()/></li> });
                let langs = call
                    .languages
                    .iter()
                    .map(|lang| view! { <li lang=lang.tag()><Shape name="check"/> {lang.info().name}</li> });
                let example = (!call.example.is_empty()).then(|| {
                    view! { <details class="more"><summary>{words::example(r)}</summary><div class="stack">{blocks(&call.example, 1, "example")}</div></details> }
                });
                view! {
                    <section class="part">{blocks(&call.asks, 1, "asks")}</section>
                    <p class="message" data-moment="plain"><Shape name="onward"/> <span><b>{until}</b> {limits}</span></p>
                    <section class="part"><h2>{words::themes(r)}</h2><ul class="checks">{themes.collect_view()}</ul></section>
                    <section class="part"><h2>{words::languages(r)}</h2><ul class="checks">{langs.collect_view()}</ul></section>
                    {example}
                    <p class="note">{words::to_start(r)}</p>
                }
                .written()
            }
        };
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <div class="head">
                <p class="label"><Shape name="paper"/> <Plain phrase=data.conference.name/></p>
                <h1>{words::call_title(r)}</h1>
            </div>
            <main id="main">{body}</main>
            <Foot reader=r code=None/>
        }
    })
}
