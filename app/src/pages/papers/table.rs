//! The table of papers: by state, theme and language, the longest wait first. Nothing about the children is in it.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::State;
use nadwa_domain::{Choice, Instant, Lang};
use uuid::Uuid;

use super::{state_name, state_shape, when};
use crate::pages::Write;
use crate::pages::organizer::FreshPass;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::team::role_name;
use crate::parts::{FieldRefusal, Foot, Plain, Qr, Refusal, Shape, Skip, TextArea, Top};
use crate::words::{Reader, organizer, paper as words};

/// What the table shows.
#[derive(Clone, Debug)]
pub struct Table {
    /// The papers, those that wait longest first.
    pub rows: Vec<Row>,
    /// What is shown of them.
    pub filter: Filter,
    /// The themes of the call.
    pub themes: Vec<Phrase>,
    /// What organizers do besides; nothing for mentors.
    pub organizing: Option<Organizing>,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
}

/// A paper in one row.
#[derive(Clone, Debug)]
pub struct Row {
    pub paper: Uuid,
    /// What it is called; empty before it was sent.
    pub title: Phrase,
    /// Where it is in its life.
    pub state: State,
    /// Whether a change of an accepted paper waits to be read.
    pub change_waits: bool,
    /// Whether a mentor found it ready.
    pub ready: bool,
    /// Whether it has no title since its words were erased.
    pub erased: bool,
    pub theme: Option<u8>,
    /// The language of its text.
    pub lang: Lang,
    /// Since when it is so.
    pub since: Instant,
}

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Papers in this state.
    pub state: Option<State>,
    /// Papers of this theme.
    pub theme: Option<u8>,
    /// Papers in this language.
    pub lang: Option<Lang>,
}

/// What organizers do besides.
#[derive(Clone, Debug)]
pub struct Organizing {
    /// A card that was just made: its link is shown this once.
    pub fresh: Option<FreshPass>,
    /// The call, as a form.
    pub call: CallForm,
}

/// The call, as a form. Times are on the venue's clock, as browsers write them: `2022-05-23T10:30`.
#[derive(Clone, Debug, Default)]
pub struct CallForm {
    /// What is asked, by language.
    pub asks: Vec<(Lang, String)>,
    /// An example, by language.
    pub example: Vec<(Lang, String)>,
    /// The themes, one a line, by language.
    pub themes: Vec<(Lang, String)>,
    pub opens: String,
    /// Until when.
    pub closes: String,
    /// Most words.
    pub max_words: String,
    /// The speaking time that a paper gets, in minutes.
    pub minutes: String,
    /// The languages in which papers may be written.
    pub languages: Vec<Lang>,
    /// Words a minute at a calm pace (`F14`): what is set, or the usual ones.
    pub pace: Vec<(Lang, String)>,
    /// The field in which something is missing or wrong, as it was typed.
    pub wrong: Option<String>,
}

/// The page.
#[must_use]
pub fn table(page: &Page, data: Table) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::table(r).to_owned(),
        class: "writing papers-table",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let offset = page.utc_offset;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let beside = data.organizing.is_some();
        let fresh = data.organizing.as_ref().and_then(|organizing| organizing.fresh.clone());
        let refused = data.refused.clone();
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::table(r)}</h1>
                {beside.then(|| view! { <a class="button push" href="/organizer">{organizer::title(r)}</a> })}
            </Top>
            <main id="main" class="stack whole">
                <p class="note">{words::table_lead(r)}</p>
                {refused.map(|refused| view! { <Refusal sentence=refused.sentence/> })}
                {fresh.map(|pass| card(r, pass))}
                {filter(r, &data)}
                {rows(r, offset, &data)}
                {data.organizing.map(|organizing| organize(r, organizing))}
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn filter(r: Reader, data: &Table) -> impl IntoView + use<> {
    let now = data.filter;
    let states = State::ALL.iter().copied().map(|state| {
        view! { <option value=state.key() selected=now.state == Some(state)>{state_name(r, state)}</option> }
    });
    let themes = (0_u8..).zip(&data.themes).map(|(place, theme)| {
        let on = now.theme == Some(place);
        view! { <option value=place.to_string() lang=theme.lang.tag() selected=on>{theme.text.clone()}</option> }
    });
    let langs = Lang::all().map(|lang| {
        let on = now.lang == Some(lang);
        view! { <option value=lang.tag() lang=lang.tag() selected=on>{lang.info().name}</option> }
    });
    view! {
        <form class="settings" method="get" action="/papers/table">
            <select name="state" aria-label=words::column_state(r)>
                <option value="">{words::state_all(r)}</option>
                {states.collect_view()}
            </select>
            <select name="theme" aria-label=words::theme_label(r)>
                <option value="">{words::all_themes(r)}</option>
                {themes.collect_view()}
            </select>
            <select name="language" aria-label=words::language_label(r)>
                <option value="">{words::all_languages(r)}</option>
                {langs.collect_view()}
            </select>
            <button class="button">{words::filter(r)}</button>
        </form>
    }
}

fn rows(r: Reader, offset: i32, data: &Table) -> impl IntoView + use<> {
    if data.rows.is_empty() {
        return view! { <p class="empty">{words::table_empty(r)}</p> }.written();
    }
    let rows = data.rows.iter().map(|row| {
        let nameless = if row.erased { words::erased_title(r) } else { words::untitled(r) };
        let title = if row.title.is_empty() { crate::parts::phrase::own(r, nameless) } else { row.title.clone() };
        let theme = row.theme.and_then(|theme| data.themes.get(usize::from(theme)).cloned()).unwrap_or_default();
        let to = format!("/papers/{}/read", row.paper);
        let waits = row.change_waits.then(|| view! { <span class="chip">{words::state_change_waits(r)}</span> });
        let ready =
            row.ready.then(|| view! { <span class="chip"><Shape name="check"/> {words::found_ready(r)}</span> });
        view! {
            <tr>
                <th scope="row"><a href=to><Plain phrase=title/></a></th>
                <td><Shape name=state_shape(row.state)/> " " {state_name(r, row.state)} " " {waits} {ready}</td>
                <td><Plain phrase=theme/></td>
                <td lang=row.lang.tag()>{row.lang.info().name}</td>
                <td>{(row.since != Instant::default()).then(|| when(r, row.since, offset))}</td>
            </tr>
        }
    });
    view! {
        <div class="table" role="region" tabindex="0" aria-label=words::table(r)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words::column_paper(r)}</th>
                        <th scope="col">{words::column_state(r)}</th>
                        <th scope="col">{words::theme_label(r)}</th>
                        <th scope="col">{words::language_label(r)}</th>
                        <th scope="col">{words::column_since(r)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .written()
}

fn card(r: Reader, pass: FreshPass) -> impl IntoView {
    view! {
        <section class="card attention" role="status">
            <h2>{organizer::fresh_title(r, role_name(r, pass.role))}</h2>
            <div class="pass">
                <Qr qr=pass.qr label=organizer::pass_link(r).to_owned()/>
                <div>
                    <b>{organizer::pass_once(r)}</b>
                    <a class="button quiet code-of" href=pass.link.clone()>
                        <bdi class="number" dir="ltr">{pass.link.clone()}</bdi>
                    </a>
                </div>
            </div>
        </section>
    }
}

fn organize(r: Reader, organizing: Organizing) -> impl IntoView {
    view! {
        <div class="pair">
            <form class="card box" method="post" action="/papers/new">
                <h2>{words::new_paper(r)}</h2>
                <p class="note">{words::new_paper_note(r)}</p>
                <label class="minor" for="late">{words::late_label(r)}</label>
                <input id="late" name="late" inputmode="numeric" value="0"/>
                <button class="button" name="role" value="author">{words::new_paper(r)}</button>
                <button class="button" name="role" value="mentor">{words::new_mentor(r)}</button>
            </form>
            {call_form(r, organizing.call)}
        </div>
    }
}

fn call_form(r: Reader, call: CallForm) -> impl IntoView {
    let area = |name: &'static str, word: &'static str, texts: Vec<(Lang, String)>| {
        let rows = texts.into_iter().map(move |(lang, text)| {
            let id = format!("{name}.{}", lang.tag());
            let label = words::in_language(r, word, lang.info().name);
            view! {
                <label class="minor" for=id.clone()>{label}</label>
                <TextArea text attr:id=id.clone() attr:name=id attr:rows="3" attr:lang=lang.tag() attr:dir=lang.dir().as_str()/>
            }
        });
        rows.collect_view()
    };
    let languages = Lang::all().map(|lang| {
        let on = call.languages.contains(&lang);
        view! {
            <label class="choice">
                <input type="checkbox" name=format!("language.{}", lang.tag()) value="yes" checked=on/>
                <span lang=lang.tag()>{lang.info().name}</span>
            </label>
        }
    });
    let languages = languages.collect_view();
    let wrong = call.wrong;
    let field = move |id: String, label: String, kind: &'static str, value: String| {
        let is_wrong = wrong.as_deref() == Some(id.as_str());
        let numeric = (kind == "text").then_some("numeric");
        view! {
            <label class="minor" for=id.clone()>{label}</label>
            <input id=id.clone() name=id type=kind inputmode=numeric value=value aria-invalid=is_wrong.then_some("true")
                aria-describedby=is_wrong.then_some("call-wrong") autofocus=is_wrong/>
            {is_wrong.then(|| view! { <FieldRefusal id="call-wrong" sentence=Some(words::call_wrong(r).to_owned())/> })}
        }
    };
    let plain = |id: &str, label: &str, kind, value| field(id.to_owned(), label.to_owned(), kind, value);
    let pace = call.pace.into_iter().map(|(lang, words)| {
        let label = words::in_language(r, words::pace_label(r), lang.info().name);
        field(format!("pace.{}", lang.tag()), label, "text", words)
    });
    let pace = pace.collect_view();
    view! {
        <form class="card box" id="call" method="post" action="/papers/call">
            <h2>{words::call_title(r)}</h2>
            {area("asks", words::asks_label(r), call.asks)}
            {area("themes", words::themes_label(r), call.themes)}
            {area("example", words::example(r), call.example)}
            {plain("opens", words::opens_label(r), "datetime-local", call.opens)}
            {plain("closes", words::closes_label(r), "datetime-local", call.closes)}
            {plain("max_words", words::max_words_label(r), "text", call.max_words)}
            {plain("minutes", words::minutes_label(r), "text", call.minutes)}
            <fieldset class="buttons">
                <legend class="minor">{words::languages(r)}</legend>
                {languages}
            </fieldset>
            {pace}
            <button class="button">{words::set_call(r)}</button>
        </form>
    }
}
