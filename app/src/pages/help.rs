//! «I want to talk to someone now» (`S4`): a place, a number, and a way out. Plain HTML, without any script.

use leptos::prelude::*;
use nadwa_domain::conference::aloud::AloudPart;
use nadwa_domain::conference::exit::Elsewhere;
use nadwa_domain::inbox::Picture;
use nadwa_domain::lang::Phrase;

use crate::pages::Write;
use crate::pages::mine::message_card;
use crate::pages::safeguarding::picture_name;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{HelplineView, Page};
use crate::parts::{Aloud, FieldRefusal, Number, Plain, Shape, Skip, Top};
use crate::words::{Reader, common, error, help as words, numbers, running, way};

/// What the help page shows.
#[derive(Clone, Debug)]
pub struct Help {
    /// The session to go back to.
    pub code: Option<String>,
    /// Helplines that somebody has confirmed, the venue's country first (`N3`).
    pub helplines: Vec<HelplineView>,
    /// Whether an adult of the team is there now (`N2`); nothing for a page that a phone keeps, which cannot know.
    pub somebody: Option<bool>,
    /// Where a listening adult is.
    pub safe_place: Phrase,
    /// Why a call was not taken.
    pub refused: Option<String>,
    /// Whether somebody wrote to this phone in private.
    pub message: bool,
    /// Where the quick exit leads, if organizers chose a page outside.
    pub exit: Option<Elsewhere>,
}

/// Who listens, for a page that says it beside something else.
#[derive(Clone, Debug, Default)]
pub struct Listening {
    /// Helplines, the venue's country first.
    pub helplines: Vec<HelplineView>,
    /// Where a listening adult is.
    pub safe_place: Phrase,
}

/// The place and the numbers alone.
pub(crate) fn beside(r: Reader, listening: Listening) -> impl IntoView {
    ways(r, listening.safe_place, listening.helplines)
}

/// In every page, for where no network leads to the page of help (`V1`): what helps without anybody, and the pictures,
/// which wait in the page until there is one. They are kept nowhere: what a child presses here stays in no device.
pub(crate) fn near(r: Reader, code: Option<&str>, listening: Listening) -> impl IntoView + use<> {
    view! {
        <details class="near no-print">
            <summary><Shape name="safety"/> {words::title(r)}</summary>
            {beside(r, listening)}
            {pictures(r, code, false)}
            <p class="waits" aria-live="polite" data-says=words::waits(r)></p>
            <p class="note">{words::no_secret(r)}</p>
        </details>
        <script type="module" src="/near.js"></script>
    }
}

/// Where the quick exit leads unless organizers chose otherwise: a page of ours that says nothing (`S27`).
const OURS: &str = "/programme";

/// The page.
#[must_use]
pub fn help(page: &Page, data: Help) -> Html {
    let head = Head {
        title: words::open(page.reader).to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    let back = back(page, data.code.as_deref());
    let aloud = page.aloud(AloudPart::Help);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <section class="field safety-edge" data-moment="safety">
                <i class="shape safety big" aria-hidden="true"></i>
                <h1>{words::title(r)}</h1>
            </section>
            <main id="main">
                <p>{words::lead(r)}</p>
                <Aloud reader=r address=aloud/>
                {data.somebody.map(|here| somebody(r, here))}
                {if data.somebody == Some(true) {
                    view! { {calls(r, data.code.as_deref(), data.refused)} {ways(r, data.safe_place, data.helplines)} }.written()
                } else {
                    // With nobody there, what helps without anybody comes first.
                    view! { {ways(r, data.safe_place, data.helplines)} {calls(r, data.code.as_deref(), data.refused)} }.written()
                }}
                <p class="note">{words::no_secret(r)}</p>
                <p class="note">{words::not_your_fault(r)} " " {words::not_on_screen(r)}</p>
                {limits(r, data.exit.as_ref())}
            </main>
            {way_out(r, back, data.exit.as_ref())}
        }
    })
}

/// Whether somebody is there, as long as the page stands open (`N2`).
fn somebody(r: Reader, here: bool) -> impl IntoView {
    view! {
        <p id="somebody" data-follow="" role="status">{if here { words::here_now(r) } else { words::nobody_now(r) }}</p>
        <script type="module" src="/follow.js"></script>
    }
}

fn calls(r: Reader, code: Option<&str>, refused: Option<String>) -> impl IntoView + use<> {
    view! { {pictures(r, code, false)} {come(r, code, refused)} }
}

/// What helps whoever is there or not: the quiet place, and numbers that answer.
fn ways(r: Reader, safe_place: Phrase, helplines: Vec<HelplineView>) -> impl IntoView {
    view! { {place(r, safe_place)} {lines(r, helplines)} }
}

/// A picture says it without a word: each is one press (`S4`). Nothing in the page is of one person, so that it can be
/// kept on the phone and opened without a connection.
fn pictures(r: Reader, code: Option<&str>, author: bool) -> impl IntoView + use<> {
    let pictures = Picture::ALL.map(|picture| {
        let (key, form) = drawn(picture);
        view! {
            <button class="picture" name="picture" value=key>
                <Shape name=form/>
                <span>{picture_name(r, picture)}</span>
            </button>
        }
    });
    view! {
        <section>
            <h2>{words::pictures(r)}</h2>
            <form class="pictures" method="post" action="/help/call">
                {of_session(code)}
                {author.then(|| view! { <input type="hidden" name="from" value="paper"/> })}
                {pictures.into_iter().collect_view()}
            </form>
            <p class="note">{words::pictures_note(r)}</p>
        </section>
    }
}

/// The same behind one press, for authors, who are in no session: every adult who supports children hears at once that
/// an author calls, and the page after it says what became of it (`N1`).
pub(crate) fn quiet(r: Reader) -> impl IntoView {
    view! {
        <details class="more quiet-help">
            <summary class="button"><Shape name="safety"/> {running::help_title(r)}</summary>
            {pictures(r, None, true)}
        </details>
    }
}

/// «Come to me: I am in …».
fn come(r: Reader, code: Option<&str>, refused: Option<String>) -> impl IntoView + use<> {
    view! {
        <section>
            <h2>{words::come_to_me(r)}</h2>
            <form class="box" method="post" action="/help/call">
                {of_session(code)}
                <label for="place">{words::come_where(r)}</label>
                <input id="place" name="place" maxlength="160" dir="auto" autocomplete="off" aria-describedby="place-refusal"/>
                <FieldRefusal id="place-refusal" sentence=refused/>
                <button class="button main" data-moment="safety">
                    <Shape name="safety"/>
                    {words::come_send(r)}
                </button>
            </form>
        </section>
    }
}

fn of_session(code: Option<&str>) -> Option<impl IntoView + use<>> {
    code.map(|code| view! { <input type="hidden" name="code" value=code.to_owned()/> })
}

/// How a picture is sent, and its form.
const fn drawn(picture: Picture) -> (&'static str, &'static str) {
    match picture {
        Picture::Sit => ("sit", "sit"),
        Picture::Heard => ("heard", "heard"),
        Picture::Sad => ("sad", "sad"),
        Picture::Afraid => ("afraid", "afraid"),
        Picture::Friend => ("friend", "friend"),
        Picture::Rest => ("rest", "break"),
        Picture::Unsure => ("unsure", "question"),
    }
}

/// What is true of a call at this moment (`N2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Nobody has opened it, and nobody of the team is at their page.
    Alone,
    /// Nobody has opened it yet, and somebody of the team is at their page.
    Waits,
    /// It is an author's, and nobody has answered it in time (`N1`).
    Unheard,
    /// Somebody has opened it.
    Seen,
    /// Somebody looks after it.
    Taken,
    /// An adult is coming.
    Coming,
}

/// After a call: the same for every picture and every place. It follows what becomes of the call.
#[must_use]
pub fn sent(page: &Page, data: Help, came: Came) -> Html {
    let head = Head {
        title: words::open(page.reader).to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: Some(10),
    };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    let Help { code, helplines, safe_place, exit, message, .. } = data;
    let again = code.as_ref().map_or_else(|| "/help/sent".to_owned(), |code| ["/help/sent?code=", code].concat());
    let became = match came {
        Came::Alone => words::come_alone(r),
        Came::Waits => words::come_waits(r),
        Came::Seen => words::come_seen(r),
        Came::Unheard => words::come_unheard(r),
        Came::Taken => words::come_taken(r),
        Came::Coming => running::help_coming(r),
    };
    let back = back(page, code.as_deref());
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <section class="field safety-edge" data-moment="safety">
                <i class="shape safety big" aria-hidden="true"></i>
                <h1>{words::come_sent(r)}</h1>
            </section>
            <main id="main">
                <div id="became" data-follow="" role="status">
                    <p>{became}</p>
                    {message.then(|| message_card(r))}
                </div>
                <script type="module" src="/follow.js"></script>
                <p><a class="button quiet" href=again>{common::reload(r)}</a></p>
                {ways(r, safe_place, helplines)}
                <p class="note">{words::no_secret(r)}</p>
                {limits(r, exit.as_ref())}
            </main>
            {way_out(r, back, exit.as_ref())}
        }
    })
}

/// A person near comes before a number to call.
fn place(r: Reader, place: Phrase) -> Option<impl IntoView> {
    (!place.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words::in_hall(r)}</h2>
                <div class="card stack">
                    <b>
                        <Plain phrase=place/>
                    </b>
                    <span class="note">{words::someone_there(r)}</span>
                </div>
            </section>
        }
    })
}

fn lines(r: Reader, helplines: Vec<HelplineView>) -> impl IntoView {
    if helplines.is_empty() {
        return view! { <p class="note">{words::no_numbers(r)}</p> }.written();
    }
    let (own, others): (Vec<_>, Vec<_>) = helplines.into_iter().partition(|line| line.here);
    let heading = if own.is_empty() { words::numbers(r) } else { words::other_countries(r) };
    let own = own.into_iter().map(|line| {
        view! { <h2>{words::helpline_in(r, &line.country.text)}</h2> <ul class="lines">{helpline(r, line)}</ul> }
    });
    let others = (!others.is_empty()).then(|| {
        let rows = others.into_iter().map(|line| helpline(r, line)).collect_view();
        view! { <h2>{heading}</h2> <ul class="lines">{rows}</ul> }
    });
    view! { <section>{own.collect_view()} {others} <p class="note">{words::no_name(r)}</p></section> }.written()
}

/// A number is dialled by a tap.
fn helpline(r: Reader, line: HelplineView) -> impl IntoView {
    view! {
        <li>
            <Plain phrase=line.country/>
            <a class="button tinted" data-moment="safety" href=format!("tel:{}", line.number)>
                <Shape name="phone"/>
                <Number text=numbers::digits(r, &line.number)/>
            </a>
        </li>
    }
}

/// What leaving fast does and does not do, and where it leads (`S27`).
fn limits(r: Reader, exit: Option<&Elsewhere>) -> impl IntoView + use<> {
    let outside = exit.map(|page| [" ", &words::quick_exit_to(r, page.host())].concat());
    view! {
        <p class="note" id="exit-note">
            <b>{words::quick_exit(r)} ": "</b>
            {words::quick_exit_note(r)}
            {outside}
        </p>
    }
}

/// Where this device goes back to, and what the way is called: its own page before the session's (`N5`).
fn back(page: &Page, code: Option<&str>) -> (String, &'static str) {
    match (page.way_back(code), code) {
        (Some(own), _) => (own, way::back(page.reader)),
        (None, Some(code)) => (["/s/", code].concat(), words::back(page.reader)),
        (None, None) => ("/".to_owned(), error::home(page.reader)),
    }
}

/// Back, and away: a script takes the page out of the browser's way back, and covers it before the next one is there. A
/// page outside is asked for nothing before the press, and is not told where somebody comes from.
fn way_out(r: Reader, (back, word): (String, &'static str), exit: Option<&Elsewhere>) -> impl IntoView + use<> {
    let away = exit.map_or(OURS, Elsewhere::as_str).to_owned();
    view! {
        <footer class="foot two">
            <a class="button" href=back>
                {word}
            </a>
            <a class="button exit" href=away rel="noreferrer" aria-describedby="exit-note">
                <Shape name="close"/>
                {words::quick_exit(r)}
            </a>
        </footer>
        <script src="/exit.js" defer></script>
    }
}
