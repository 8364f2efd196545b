//! The shell of every page: head, fonts, styles, and the script that hydrates its island.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use nadwa_domain::lang::Dir;

use crate::pages::{Assets, Page, Write, Written, help};
use crate::parts::team::rehearses;
use crate::parts::{Ways, Worker};
use crate::words;

/// Hydrates a page after its first paint: loads the glue and the wasm, then hydrates each island. In place of Leptos's
/// script, which walks through every element of the page and weighs three times as much: our islands have no children
/// and none within.
const LIVE: &str = include_str!("live.js");

/// So long nobody touches a device with an adult's pass until it locks itself (`G5`): longer than a look at the hall,
/// shorter than a break.
pub const LOCK_AFTER_MS: u32 = 20 * 60_000;

/// A rendered page, with the nonce that its script policy must name.
#[derive(Clone, Debug)]
pub struct Html {
    pub document: String,
    /// For `script-src 'nonce-…'`; nothing if the page has no script.
    pub nonce: Option<String>,
}

/// Which island a page has, and so which wasm it loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// None: plain HTML.
    None,
    /// A phone's.
    Phone,
    /// The team's and the screens'.
    Team,
}

/// Which style sheet a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Phones and public pages.
    Phone,
    /// Console, desk, organizer, safeguarding.
    Team,
    /// Screen and stage.
    Screen,
    /// All of them: for a page that shows every component.
    Whole,
}

/// What the shell has to know of a page.
#[derive(Clone, Debug)]
pub struct Head {
    /// The title, without the product's name.
    pub title: String,
    /// Classes of `body`.
    pub class: &'static str,
    /// Which island.
    pub bundle: Bundle,
    /// Which style sheet.
    pub sheet: Sheet,
    /// A theme that the page insists on: `projector` on a wall, `dark` on a stage.
    pub theme: Option<&'static str>,
    /// Seconds of `<meta http-equiv="refresh">` for a page without script; it keeps a desk present and a screen true.
    pub refresh: Option<u32>,
}

/// Renders a whole document around `body`.
pub fn document<V: IntoView + 'static>(page: &Page, head: Head, body: impl FnOnce() -> V) -> Html {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let nonce = (head.bundle != Bundle::None).then(Nonce::new);
        if let Some(nonce) = &nonce {
            provide_context(nonce.clone());
        }
        provide_context(Ways(page.own.len()));
        // What is around the islands is never hydrated.
        if let Some(shared) = Owner::current_shared_context() {
            shared.set_is_hydrating(false);
        }
        let markup = view(page, &head, body().written()).to_html();
        Html { document: format!("<!DOCTYPE html>{markup}"), nonce: nonce.map(|n| n.as_inner().to_string()) }
    });
    owner.unset_with_forced_cleanup();
    html
}

fn view(page: &Page, head: &Head, body: Written) -> impl IntoView + use<> {
    let lang = page.reader.lang;
    let theme = head.theme.or(page.theme.map(super::Theme::as_str));
    // A wall and a stage are for everybody who looks at them.
    let comfort = if head.theme.is_none() { page.comfort } else { super::comfort::Comfort::default() };
    let title = match head.title.as_str() {
        "" => words::common::name(page.reader).to_owned(),
        title => words::common::page_title(page.reader, title),
    };
    let css = sheet(page, head.sheet);
    let Assets { arabic_fonts, latin_fonts, .. } = &*page.assets;
    // The fonts of the other script, mostly for a name or two, are not preloaded: so it reads sooner on a slow line.
    // The team's pages have a clock in its digits, and are laid out again when they come: they ask for all at once.
    let (first, rest) = if lang.dir() == Dir::Rtl { (arabic_fonts, latin_fonts) } else { (latin_fonts, arabic_fonts) };
    let rest = rest.iter().filter(|_| head.bundle == Bundle::Team);
    let fonts = first.iter().chain(rest).map(|font| {
        view! { <link rel="preload" href=font.clone() r#as="font" r#type="font/woff2" crossorigin=""/> }
    });
    let refresh = head.refresh.map(|seconds| {
        // Only where there is no script: with it an island follows the feed, and a page that loads itself anew while
        // somebody reads it with a screen reader takes them back to its beginning.
        view! { <noscript><meta http-equiv="refresh" content=seconds.to_string()/></noscript> }
    });
    view! {
        <html
            lang=lang.tag()
            dir=lang.dir().as_str()
            data-theme=theme
            data-size=comfort.size.as_str()
            data-lines=comfort.wide_lines.then_some("wide")
            data-words=comfort.wide_words.then_some("wide")
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                <meta name="referrer" content="same-origin"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#FFFFFF" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#1D1A31" media="(prefers-color-scheme: dark)"/>
                {page.letter.clone().map(|letter| view! { <meta name="letter" content=letter/> })}
                <link rel="icon" href="/icons/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {fonts.collect_view()}
                <link rel="stylesheet" href=css/>
                {refresh}
                {scripts(page, head.bundle)}
                {(head.bundle != Bundle::None).then(|| view! { <Worker/> })}
                {stays_awake(page, head).then(|| view! { <script type="module" src="/stay.js"></script> })}
            </head>
            <body class=head.class>
                {rehearsing(page, head.sheet)} {body} {near(page, head)} {may_go_dark(page, head)} {hand_on(page, head.sheet)}
            </body>
        </html>
    }
}

/// Who listens, in the page itself (`V1`): a press on the way to help opens it there where no network leads to that page.
/// Without scripts it is one more line at the end.
fn near(page: &Page, head: &Head) -> Option<impl IntoView + use<>> {
    let is_there = page.here == "/help" || page.here == "/help/sent" || page.here.ends_with("/help");
    let code = page.here.strip_prefix("/s/").and_then(|rest| rest.split('/').next()).map(str::to_owned);
    (head.sheet != Sheet::Screen && !is_there).then(|| help::near(page.reader, code.as_deref(), page.listening.clone()))
}

/// Whether a page stands open for hours before people who look at it and do not touch it (`V2`).
fn stays_awake(page: &Page, head: &Head) -> bool {
    head.sheet == Sheet::Screen || head.bundle == Bundle::Team || page.here.ends_with("/box")
}

/// Said where it is so (`stay.js`), to whoever can do something about it: before a wall sits a hall.
fn may_go_dark(page: &Page, head: &Head) -> Option<impl IntoView + use<>> {
    let sentence = words::common::may_go_dark(page.reader);
    (stays_awake(page, head) && head.sheet != Sheet::Screen)
        .then(|| view! { <p class="may-go-dark note no-print" hidden=true>{sentence}</p> })
}

/// The one control of every page by which a device changes hands (`P2`, `G5`). On a wall it waits in a corner until
/// somebody points there, and nobody touches a wall: it does not lock itself. A speaker's stage is the speaker's. A
/// ballot box goes from hand to hand: whoever votes there must not end it by a press that is meant for their own turn.
fn hand_on(page: &Page, sheet: Sheet) -> impl IntoView + use<> {
    let r = page.reader;
    let on_a_wall = sheet == Sheet::Screen && !page.here.ends_with("/stage");
    let lock_after = (page.locks && !on_a_wall).then_some(LOCK_AFTER_MS);
    let class = if on_a_wall { "hand-on of-wall no-print" } else { "hand-on no-print" };
    let form = view! {
        <form class=class method="post" action="/leave" data-lock-after=lock_after>
            <input type="hidden" name="waiting" value="yes" disabled=true/>
            <button class="button bare">{words::common::hand_on(r)}</button>
        </form>
    };
    let form = if page.here.ends_with("/box") {
        let keeper = words::common::hand_on_keeper(r);
        view! { <details class="keeper no-print"><summary>{keeper}</summary>{form}</details> }.written()
    } else {
        form.written()
    };
    view! { {form} <script type="module" src="/leave.js"></script> }
}

/// A rehearsal says so on every page (`P14`).
fn rehearsing(page: &Page, sheet: Sheet) -> Option<impl IntoView + use<>> {
    let (class, word) = match sheet {
        Sheet::Screen => ("hall-rehearsing", words::rehearsal::short(page.reader)),
        Sheet::Phone | Sheet::Team | Sheet::Whole => ("rehearsing", words::rehearsal::banner(page.reader)),
    };
    let code = page.here.strip_prefix("/s/").unwrap_or_default();
    // Help is real wherever it is called for.
    let is_help = page.here.split('?').next().is_some_and(|path| path.ends_with("/help"));
    (rehearses(code) && !is_help).then(|| view! { <p class=class>{word}</p> })
}

fn sheet(page: &Page, sheet: Sheet) -> String {
    match sheet {
        Sheet::Phone => page.assets.phone_css.clone(),
        Sheet::Team => page.assets.team_css.clone(),
        Sheet::Screen => page.assets.screen_css.clone(),
        Sheet::Whole => page.assets.whole_css.clone(),
    }
}

fn scripts(page: &Page, bundle: Bundle) -> Option<impl IntoView + use<>> {
    let stem = match bundle {
        Bundle::None => return None,
        Bundle::Phone => page.assets.phone.clone(),
        Bundle::Team => page.assets.team.clone(),
    };
    let (glue, wasm) = (format!("/pkg/{stem}.js"), format!("/pkg/{stem}_bg.wasm"));
    // The team's is fetched and compiled by a web worker: on the main thread it would block input for too long.
    let compiler = if bundle == Bundle::Team { "/compile.js" } else { "" };
    let script = format!("{LIVE}({glue:?}, {wasm:?}, {compiler:?})");
    Some(view! {
        <script type="module" nonce=use_nonce()>{script}</script>
    })
}
