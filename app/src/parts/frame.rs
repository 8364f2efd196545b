//! The frame of a page: skip link, head, languages.

use leptos::prelude::*;
use nadwa_domain::Lang;

use crate::parts::{Shape, given};
use crate::words::{self, Reader};

/// The first link of a page, for keyboards and screen readers. `main` has the id `main`.
#[component]
pub fn Skip(reader: Reader) -> impl IntoView {
    view! {
        <a class="skip" href="#main">
            {words::common::skip(reader)}
        </a>
    }
}

/// The head: the brand, what the page puts between, and the languages at the far end.
///
/// The first of `children` that stands at the far end has the class `push`; without any, the languages do.
#[component]
pub fn Top(
    reader: Reader,
    /// The path of this page, for the languages to come back to.
    here: String,
    /// Whether the address pins the language (a screen, a frame): then the links pin another.
    pinned: bool,
    /// What else waits behind the press that opens the languages: addresses and words.
    #[prop(optional)]
    ways: Vec<(String, &'static str)>,
    /// Whatever a page puts between.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let alone = children.is_none();
    // A page with ways of its own is the reader's own page: there the brand leads nowhere, and other pages are among them.
    let own_page = !ways.is_empty();
    let brand =
        given::fixed(move || if own_page { name(reader).into_any() } else { view! { <Brand reader/> }.into_any() });
    let langs = given::fixed(|| view! { <Langs reader here pinned alone ways/> });
    view! {
        <header class="top" translate="no">
            {brand}
            {children.map(|children| children())}
            {langs}
        </header>
    }
}

/// How many pages of its own this device has: its page says so to what stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Ways(pub usize);

/// The product's mark and name, and the way to its first page; on a device that holds cards, to its own pages (`N5`).
#[component]
pub fn Brand(reader: Reader) -> impl IntoView {
    let own = use_context::<Ways>().map_or(0, |ways| ways.0);
    view! {
        <a class="brand" href=if own == 0 { "/" } else { "/me" }>
            <Shape name="mark"/>
            <span>{words::common::name(reader)}</span>
            {(own > 0).then(|| view! { <span class="mine">{my_pages(reader, own)}</span> })}
        </a>
    }
}

/// The product's mark and name alone.
fn name(reader: Reader) -> impl IntoView {
    view! {
        <span class="brand">
            <Shape name="mark"/>
            <span>{words::common::name(reader)}</span>
        </span>
    }
}

/// The way to one's other pages, for a page without a head; one element, unseen where there is no other.
#[component]
pub fn OtherWays(reader: Reader) -> impl IntoView {
    let own = use_context::<Ways>().map_or(0, |ways| ways.0);
    view! { <a class="button" href="/me" hidden=own < 2>{words::way::pages(reader)}</a> }
}

fn my_pages(reader: Reader, own: usize) -> &'static str {
    if own > 1 { words::way::pages(reader) } else { words::way::page(reader) }
}

/// Registers the service worker, which caches the shell and the way to help for when no network is there. No page needs
/// it.
#[component]
pub fn Worker() -> impl IntoView {
    view! { <script src="/start.js" defer></script> }
}

/// The choice of language and of comfortable reading: a list that opens without a script.
#[component]
pub fn Langs(
    reader: Reader,
    /// The path of this page.
    here: String,
    /// Whether the address pins the language.
    pinned: bool,
    /// Whether it stands alone at the far end.
    #[prop(optional)]
    alone: bool,
    /// What else waits behind the same press.
    #[prop(optional)]
    ways: Vec<(String, &'static str)>,
) -> impl IntoView {
    let more = (!ways.is_empty()).then(|| [words::console::more(reader), " · "].concat());
    let own = use_context::<Ways>().map_or(0, |ways| ways.0);
    let pages = (!ways.is_empty() && own > 0).then(|| ("/me".to_owned(), my_pages(reader, own)));
    let ways: Vec<_> =
        pages.into_iter().chain(ways).map(|(to, word)| view! { <li><a href=to>{word}</a></li> }).collect();
    let links: Vec<_> = Lang::all().map(|lang| link(reader, lang, &here, pinned)).collect();
    let comfort = (!pinned).then(|| comfort(reader, &here));
    view! {
        <details class=if alone { "langs push" } else { "langs" }>
            <summary>
                {more}
                <span class="unseen">{words::common::language(reader)} ": "</span>
                {reader.lang.info().name}
            </summary>
            <ul>{ways} {links} {comfort}</ul>
        </details>
    }
}

/// The way to a reader's other choices: text size, spacing, colours (`A13`).
fn comfort(reader: Reader, here: &str) -> impl IntoView + use<> {
    view! {
        <li class="also">
            <a href=["/comfort?to=", here].concat()>
                <Shape name="comfort"/>
                {words::comfort::title(reader)}
            </a>
        </li>
    }
}

fn link(reader: Reader, lang: Lang, here: &str, pinned: bool) -> impl IntoView + use<> {
    let tag = lang.tag();
    let address = if pinned { [here, "?pin=", tag].concat() } else { ["/lang/", tag, "?to=", here].concat() };
    view! {
        <li>
            <a href=address lang=tag dir=lang.dir().as_str() aria-current=(lang == reader.lang).then_some("true")>
                {lang.info().name}
            </a>
        </li>
    }
}
