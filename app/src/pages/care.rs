//! Pages about care: who did what, how long texts are kept, words for the hints, what is known of anybody (`S9`, `S14`,
//! `S16`, `S26`). Plain forms, without a script.

use leptos::prelude::*;
use nadwa_domain::{Instant, Phrase, Role};

use crate::pages::Page;
use crate::pages::Write;
use crate::pages::plan::{Here, links};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::team::role_name;
use crate::parts::{Foot, Number, Plain, Skip, TextArea, Top};
use crate::words::{Reader, care as words, data, numbers};

/// One line of the record: when, in which role, where, what.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: Instant,
    /// In which role; nothing for the server.
    pub by: Option<Role>,
    /// The session; empty outside of sessions.
    pub session: Phrase,
    /// What, in words.
    pub what: String,
}

/// What organizers settle.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Hours that held texts stay.
    pub held_hours: u16,
    /// Days that everything else stays.
    pub days: u16,
    /// Minutes until what nobody has opened rings at the next person (`S8`).
    pub open_within: u16,
    /// Days until everything goes; nothing if it is over.
    pub days_left: Option<u64>,
    /// Texts that no adult has read: they go only if somebody says so (`N10`).
    pub unread: u64,
    /// Words for the hints: that may hurt, that worry, that are harmless here.
    pub typed: [String; 3],
    /// Whether keeping may be settled by this reader, or the words alone.
    pub organizer: bool,
    /// What the last press was answered.
    pub said: Option<String>,
}

fn page_of<V: IntoView + 'static>(
    page: &Page,
    title: String,
    class: &'static str,
    menu: Option<Here>,
    body: impl FnOnce() -> V,
) -> Html {
    let sheet = if class == "phone" { Sheet::Phone } else { Sheet::Team };
    let head = Head { title: title.clone(), class, bundle: Bundle::None, sheet, theme: None, refresh: None };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            {menu.map(|at| links(r, at))}
            <main id="main" class="care">
                <h1>{title}</h1>
                {body()}
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// Who did what, and when; no text is in it.
#[must_use]
pub fn record(page: &Page, lines: Vec<Line>, organizer: bool) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    page_of(page, words::record_title(r).to_owned(), "board", organizer.then_some(Here::Record), move || {
        let rows = lines.into_iter().map(|line| {
            view! {
                <tr>
                    <td>
                        {numbers::date(r, line.at, offset)}
                        " "
                        <Number text=numbers::time_of_day(r, line.at, offset)/>
                    </td>
                    <td>{line.by.map_or(words::the_server(r), |role| role_name(r, role))}</td>
                    <td>{line.what}</td>
                    <td><Plain phrase=line.session/></td>
                </tr>
            }
        });
        view! {
            <p class="note">{words::record_note(r)}</p>
            <div class="table" role="region" tabindex="0" aria-label=words::record_title(r)>
            <table class="record">
                <thead>
                    <tr>
                        <th scope="col">{words::when(r)}</th>
                        <th scope="col">{words::who(r)}</th>
                        <th scope="col">{words::what(r)}</th>
                        <th scope="col">{words::place(r)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            </div>
        }
    })
}

/// How long texts are kept, with what is left of it in sight; everything now; words for the hints.
#[must_use]
pub fn settings(page: &Page, data: Settings) -> Html {
    let r = page.reader;
    page_of(page, words::title(r).to_owned(), "board", data.organizer.then_some(Here::Care), move || {
        let said = data.said.clone().map(|said| view! { <p class="message" role="status">{said}</p> });
        view! {
            {said}
            {data.organizer.then(|| keeping(r, &data))}
            {hint_words(r, data.typed)}
            <p><a class="button" href="/record">{words::record_title(r)}</a></p>
        }
    })
}

fn keeping(r: Reader, of: &Settings) -> impl IntoView + use<> {
    let left = match of.days_left {
        Some(days) => data::how_long(r, days),
        None => words::erased_all(r).to_owned(),
    };
    // Not in silence: how many, and a press of its own.
    let unread = (of.unread > 0).then(|| {
        view! {
            <p class="message" role="status">{words::unread_stay(r, of.unread)}</p>
            <label class="tick"><input type="checkbox" name="unread" value="true"/> {words::unread_go(r)}</label>
        }
    });
    let number = |value: u16| numbers::number(Reader { digits: crate::words::Digits::Latin, ..r }, value.into());
    let (hours, days) = (number(of.held_hours), number(of.days));
    view! {
        <section>
            <h2>{words::keeping_title(r)}</h2>
            <p><b>{left}</b></p>
            <p class="note">{words::papers(r)}</p>
            <form class="box" method="post" action="/care/keeping">
                <label for="held">{words::held_hours(r)}</label>
                <input id="held" name="held_hours" inputmode="numeric" value=hours/>
                <label for="days">{words::days(r)}</label>
                <input id="days" name="days" inputmode="numeric" value=days/>
                <label for="open-within">{words::open_within(r)}</label>
                <input id="open-within" name="open_within" inputmode="numeric" value=number(of.open_within)/>
                <button class="button">{crate::words::common::save(r)}</button>
            </form>
            <details>
                <summary class="button">{words::erase_now(r)}</summary>
                <form method="post" action="/care/erase">
                    <p class="note">{words::erase_ask(r)}</p>
                    {unread}
                    <button class="button main" data-moment="plain">{words::erase_yes(r)}</button>
                </form>
            </details>
        </section>
    }
}

fn hint_words(r: Reader, [rude, worry, harmless]: [String; 3]) -> impl IntoView {
    let field = |id: &'static str, label: &'static str, text: String| {
        view! {
            <label for=id>{label}</label>
            <TextArea text attr:id=id attr:name=id attr:rows="3" attr:dir="auto"/>
        }
    };
    view! {
        <section>
            <h2>{words::words_title(r)}</h2>
            <p class="note">{words::words_note(r)}</p>
            <form class="box" method="post" action="/care/words">
                {field("rude", words::words_rude(r), rude)}
                {field("worry", words::words_worry(r), worry)}
                {field("harmless", words::words_harmless(r), harmless)}
                <button class="button">{crate::words::common::save(r)}</button>
            </form>
        </section>
    }
}

/// What is known of anybody, for how long, and how to have it erased (`S26`).
#[must_use]
pub fn data_page(page: &Page, conference: Phrase, contact: Phrase, days_left: Option<u64>) -> Html {
    let r = page.reader;
    let contact =
        (!contact.is_empty()).then(|| view! { <p><b>{data::organizers(r)}</b> " " <Plain phrase=contact/></p> });
    page_of(page, data::title(r).to_owned(), "phone", None, move || {
        let left = match days_left {
            Some(days) => data::how_long(r, days),
            None => words::erased_all(r).to_owned(),
        };
        view! {
            <p><b><Plain phrase=conference/></b></p>
            <p>{data::nothing_personal(r)}</p>
            <p>{data::named(r)}</p>
            <p>{data::cookie(r)}</p>
            <p>{data::language(r)}</p>
            <p>{data::who_reads(r)}</p>
            <p>{data::votes(r)}</p>
            <p><b>{left}</b></p>
            <p>{data::papers(r)}</p>
            <p>{data::held(r)}</p>
            <p>{data::unread(r)}</p>
            <p>{data::safeguarding(r)}</p>
            <p>{data::ask_erase(r)}</p>
            {contact}
            <p><a class="button quiet" href="/data/dpia">{words::dpia(r)}</a></p>
        }
    })
}

/// A data protection impact assessment to fill in: headings and sentences, one a line.
#[must_use]
pub fn dpia(page: &Page) -> Html {
    let r = page.reader;
    let text = match r.lang.tag() {
        "en" => include_str!("../../locales/dpia.en.txt"),
        "fr" => include_str!("../../locales/dpia.fr.txt"),
        _ => include_str!("../../locales/dpia.ar.txt"),
    };
    page_of(page, words::dpia(r).to_owned(), "board", None, move || {
        let lines = text.lines().filter(|line| !line.is_empty());
        let lines = lines.map(|line| match line.strip_prefix("# ") {
            Some(heading) => view! { <h2>{heading}</h2> }.written(),
            None => view! { <p>{line}</p> }.written(),
        });
        lines.collect_view()
    })
}
