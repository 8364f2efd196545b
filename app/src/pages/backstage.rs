//! Behind the scenes: supporting adults, interpreters, and what remains afterwards.

use leptos::prelude::*;
use nadwa_domain::ids::NoteId;
use nadwa_domain::view::SlotView;
use nadwa_domain::view::backstage::BackstageView;
use nadwa_domain::view::report::{Held, ReportView};
use nadwa_domain::{Instant, Role};

use crate::live::backstage::{BackstageIsland, Start};
use crate::live::console::course::spent;
use crate::live::desk::calls::Calling;
use crate::live::press::Notice;
use crate::pages::Write;
use crate::pages::counted::counted;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::given::Given;
use crate::parts::team::two_lines;
use crate::parts::{Foot, Number, Plain, Shape, Skip, Top, moment};
use crate::words::{self, Reader, numbers, plan};

/// What supporting adults see.
#[derive(Clone, Debug)]
pub struct Backstage {
    /// The session's join code.
    pub code: String,
    pub view: BackstageView,
    /// Authors' calls, and calls in other sessions that nobody has answered in time (`N1`).
    pub elsewhere: Vec<Calling>,
    /// Who looks.
    pub role: Role,
    /// An id for the next word.
    pub fresh: NoteId,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
}

/// Behind the scenes. Without wasm it loads itself anew every ten seconds.
#[must_use]
pub fn backstage(page: &Page, data: Backstage) -> Html {
    let head = team_head(words::backstage::title(page.reader), Bundle::Team, Some(10));
    let Backstage { code, view, elsewhere, role, fresh, refused } = data;
    let start = Start { place: page.place(), code, view, elsewhere, role, fresh, notice: notice(refused) };
    let given = Given::new(&start);
    document(page, head, move || view! { {given.provide()} <BackstageIsland/> })
}

pub(super) fn notice(refused: Option<Refused>) -> Option<Notice> {
    refused.map(|refused| Notice { sentence: refused.sentence, refused: true })
}

pub(super) fn team_head(title: &str, bundle: Bundle, refresh: Option<u32>) -> Head {
    Head { title: title.to_owned(), class: "", bundle, sheet: Sheet::Team, theme: None, refresh }
}

/// Planned and actual, part by part, and how speaking time was shared. Plain: it prints. `may_close` is whether the
/// reader decides what became of questions.
#[must_use]
pub fn report(page: &Page, code: &str, view: ReportView, may_close: bool) -> Html {
    let r = page.reader;
    let head = team_head(plan::report(r), Bundle::None, None);
    let (here, pinned, code) = (page.here.clone(), page.pinned, code.to_owned());
    let offset = page.utc_offset;
    let of = |page: &str| ["/s/", &code, page].concat();
    let (fates, recommends) = (of("/fates"), of("/recommendations"));
    let title = view.title.clone();
    let exports = view.questions.is_some().then(|| exports(r, &code));
    document(page, head, move || {
        view! {
            <div class="wings">
                <Skip reader=r/>
                <Top reader=r here pinned><h1><Plain phrase=title/></h1></Top>
                <main id="main" class="calm-page">
                    <h2 class="title">{plan::report(r)}</h2>
                    <table class="report">
                        <thead>
                            <tr>
                                <td></td><th scope="col">{plan::planned(r)}</th><th scope="col">{plan::actual(r)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {edge(r, plan::began(r), view.begins, offset)}
                            {view.parts.iter().map(|(part, took)| part_row(r, part, *took)).collect_view()}
                            {edge(r, plan::ended(r), view.ends, offset)}
                        </tbody>
                    </table>
                    {shared(r, &view)}
                    {counted(r, &view)}
                    {exports}
                    <p class="note">{plan::report_note(r)}</p>
                    {may_close.then(|| view! {
                        <p class="no-print buttons">
                            <a class="button quiet" href=fates>{words::fate::open_title(r)}</a>
                            <a class="button quiet" href=recommends>{words::outcome::team_title(r)}</a>
                        </p>
                    })}
                </main>
                <Foot reader=r code=Some(code)/>
            </div>
        }
    })
}

/// The same in other forms.
fn exports(r: Reader, code: &str) -> impl IntoView + use<> {
    let link = |form: &str| ["/s/", code, "/report.", form, "?lang=", r.lang.tag()].concat();
    view! {
        <p class="no-print buttons">
            <a class="button quiet" href=link("csv")>{words::report::as_csv(r)}</a>
            <a class="button quiet" href=link("xlsx")>{words::report::as_xlsx(r)}</a>
            <a class="button quiet" href=link("json")>{words::report::as_json(r)}</a>
        </p>
    }
}

fn edge(r: Reader, word: &'static str, (planned, actual): (Instant, Option<Instant>), offset: i32) -> impl IntoView {
    let time = move |at| numbers::time_of_day(r, at, offset);
    view! {
        <tr>
            <th scope="row">{word}</th>
            <td><Number text=time(planned)/></td>
            <td>{match actual {
                Some(at) => view! { <Number text=time(at)/> }.written(),
                None => plan::going_on(r).written(),
            }}</td>
        </tr>
    }
}

fn part_row(r: Reader, part: &SlotView, held: Held) -> impl IntoView + use<> {
    let of = moment::of_slot(part.kind);
    let (who, note) = two_lines(r, part);
    view! {
        <tr data-moment=moment::hue(of)>
            <th scope="row">
                <Shape name=moment::shape(of)/> " " <Plain phrase=who/>
                {note.map(|note| view! { <span class="note"><Plain phrase=note/></span> })}
            </th>
            <td><Number text=numbers::clock(r, part.planned)/></td>
            <td>{match held {
                Held::Took(took) => view! { <Number text=spent(r, took)/> }.written(),
                Held::ToCome => plan::to_come(r).written(),
                Held::Not => plan::not_held(r).written(),
            }}</td>
        </tr>
    }
}

/// How speaking time was shared among groups (`P9`); never by a child.
fn shared(r: Reader, view: &ReportView) -> impl IntoView + use<> {
    let turns = plan::turns_given(r, view.turns.into());
    let rows: Vec<_> = view
        .groups
        .iter()
        .map(|(name, time)| {
            let name = if name.is_empty() { plan::others(r).to_owned() } else { name.text.clone() };
            view! { <tr><th scope="row">{name}</th><td><Number text=spent(r, *time)/></td></tr> }
        })
        .collect();
    view! {
        <p>{turns}</p>
        {(!rows.is_empty()).then(|| view! {
            <table class="report">
                <caption>{plan::groups(r)}</caption>
                <tbody>{rows}</tbody>
            </table>
        })}
    }
}
