//! In and out: a file is read, shown as it was understood, and written down only after that.

use std::collections::BTreeMap;

use leptos::prelude::*;
use nadwa_domain::Phrase;

use crate::pages::Page;
use crate::pages::plan::{Filled, Here, manage, ours};
use crate::pages::shell::Html;
use crate::parts::{Plain, Shape, TextArea};
use crate::words::{Reader, import as words, manage as links, numbers};

/// What was understood of a file, before anything is written.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// `people` or `programme`.
    pub kind: String,
    /// The file's text, decoded; it comes back with the press that writes it down.
    pub text: String,
    /// The encoding that it was in.
    pub encoding: String,
    /// What would be written: heads, and a row each.
    pub heads: Vec<Phrase>,
    pub rows: Vec<Vec<Phrase>>,
    /// What is wrong: line, column, sentence.
    pub problems: Vec<RowProblem>,
    /// What is left out, each with its line: the same session twice, say.
    pub skipped: Vec<RowProblem>,
    /// What is written, and not as somebody might think.
    pub told: Vec<RowProblem>,
    /// Rows of which nobody can tell whose they are; of many, the first.
    pub questions: Vec<Question>,
    /// How many such rows there are.
    pub open: usize,
    /// Lines in which an adult gets a child's role.
    pub adults: Vec<u64>,
    /// Answers so far, by field.
    pub answers: BTreeMap<String, String>,
}

/// A row with a name that somebody else has as well.
#[derive(Clone, Debug)]
pub struct Question {
    /// The line of the file.
    pub line: u64,
    pub name: Phrase,
    /// Who it may be: the value of the answer, and how it is said.
    pub choices: Vec<(String, String)>,
}

/// What is wrong in a row.
#[derive(Clone, Debug)]
pub struct RowProblem {
    /// The line of the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// The column's name, as the file has it.
    pub column: String,
    /// In the reader's language.
    pub sentence: String,
}

/// The words that a column's cells may have.
#[derive(Clone, Debug)]
pub struct Values {
    /// Its name in a file.
    pub column: &'static str,
    /// How the page calls it.
    pub label: &'static str,
    /// A line for each value: its name, then what people write for it.
    pub lines: Vec<Vec<&'static str>>,
}

/// Most rows that a preview shows: the rest is counted.
const SHOWN: usize = 50;

/// Where a file is chosen, and where to take the conference along.
#[must_use]
pub fn import(page: &Page, form: Filled, encodings: &[&'static str], values: Vec<Values>) -> Html {
    let r = page.reader;
    let encodings: Vec<_> = std::iter::once((String::new(), ours(r, words::guessed(r))))
        .chain(encodings.iter().map(|name| ((*name).to_owned(), ours(r, name))))
        .collect();
    manage(page, links::import(r).to_owned(), Here::Import, move || {
        let kinds = vec![
            ("people".to_owned(), ours(r, words::people(r))),
            ("programme".to_owned(), ours(r, words::programme(r))),
        ];
        view! {
            {form.says()}
            <form class="card form" method="post" action="/organizer/import" enctype="multipart/form-data">
                <h2>{words::title(r)}</h2>
                {form.choice(words::what(r), "kind", kinds)}
                <div class="field-of">
                    <label for="file">{words::file(r)}</label>
                    <input id="file" type="file" name="file" accept=".xlsx,.ods,.csv,.tsv,.txt,.json,.xml,.ics,text/csv,text/calendar,application/json,application/xml" required/>
                </div>
                <details class="more">
                    <summary>{words::encoding_wrong(r)}</summary>
                    {form.choice(words::encoding_of(r), "encoding", encodings)}
                </details>
                <p class="note">{words::nothing_yet(r)}</p>
                <button class="button is-on">{words::look(r)}</button>
            </form>
            <aside class="beside">
                <section class="card">
                    <h2>{words::columns(r)}</h2>
                    <p class="note">{words::columns_people(r)}</p>
                    <p><bdi class="number wraps" dir="ltr">"person, name.ar, name.en, name.fr, group, shows, lang, organisation, function, prefix, office, country, bio, order, guardian, media, role, session"</bdi></p>
                    <p class="note">{words::columns_programme(r)}</p>
                    <p><bdi class="number wraps" dir="ltr">"id, day, from, until, duration, room, kind, title.ar, title.en, title.fr, theme, about, speakers"</bdi></p>
                    <p class="note">{words::other_names(r)}</p>
                    <div class="buttons">
                        <a class="button quiet" href="/organizer/import/people.csv">{words::sample_people(r)}</a>
                        <a class="button quiet" href="/organizer/import/programme.csv">{words::sample_programme(r)}</a>
                    </div>
                    {values.into_iter().map(|values| allowed(r, values)).collect_view()}
                </section>
                <section class="card">
                    <h2>{links::take_along(r)}</h2>
                    <div class="buttons">
                        <a class="button quiet" href=["/programme.ics?lang=", r.lang.tag()].concat()>"iCalendar"</a>
                        <a class="button quiet" href="/programme.json">"schedule.json"</a>
                        <a class="button quiet" href="/organizer/programme.csv">{words::programme(r)} " CSV"</a>
                        <a class="button quiet" href="/organizer/programme.xlsx">{words::programme(r)} " XLSX"</a>
                        <a class="button quiet" href="/organizer/people.csv">{words::people(r)} " CSV"</a>
                        <a class="button quiet" href="/organizer/people.xlsx">{words::people(r)} " XLSX"</a>
                    </div>
                    <p class="note">{words::archive(r)}</p>
                </section>
            </aside>
        }
    })
}

/// What may stand in a column's cells: any word of a line means the first.
fn allowed(r: Reader, values: Values) -> impl IntoView {
    let line = |names: Vec<&'static str>| {
        let names = names.into_iter().map(|name| view! { <bdi>{name}</bdi> " · " }).collect_view();
        view! { <li>{names}</li> }
    };
    view! {
        <details class="more">
            <summary><span>{words::allowed(r, values.label)} " " <bdi class="number wraps" dir="ltr">{values.column}</bdi></span></summary>
            <ul>{values.lines.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}

/// What a file would write down.
#[must_use]
pub fn preview(page: &Page, data: Preview) -> Html {
    let r = page.reader;
    manage(page, links::import(r).to_owned(), Here::Import, move || {
        let wrong = !data.problems.is_empty();
        let count = data.rows.len();
        let heads =
            data.heads.into_iter().map(|head| view! { <th scope="col"><Plain phrase=head/></th> }).collect_view();
        let row = |cells: Vec<Phrase>| {
            let cells = cells.into_iter().map(|cell| view! { <td><Plain phrase=cell/></td> });
            view! { <tr>{cells.collect_view()}</tr> }
        };
        let rows = data.rows.into_iter().take(SHOWN).map(row).collect_view();
        let asked = (!wrong).then(|| asked(r, &data.questions, data.open, &data.adults, &data.answers));
        let write = (!wrong && count > 0).then(|| {
            view! {
                <form class="form" method="post" action="/organizer/import/write">
                    {asked}
                    <input type="hidden" name="kind" value=data.kind.clone()/>
                    <TextArea text=data.text.clone() attr:class="unseen" attr:name="text" attr:aria-hidden="true" attr:tabindex="-1" attr:readonly=true/>
                    <button class="button main">{words::write(r, count as u64)}</button>
                </form>
            }
        });
        let more = count.saturating_sub(SHOWN) as u64;
        view! {
            <section class="card whole">
                <h2>{words::preview(r)}</h2>
                <p class="note">{words::encoding(r, &data.encoding)}</p>
                {problems(r, words::problems(r), data.problems)}
                {problems(r, words::skipped(r), data.skipped)}
                {problems(r, words::told(r), data.told)}
                {write}
                <p><a href="/organizer/import">{words::another(r)}</a></p>
                <div class="table" role="region" tabindex="0" aria-label=words::preview(r)>
                    <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
                </div>
                {(more > 0).then(|| view! { <p class="note">{words::more_rows(r, more)}</p> })}
            </section>
        }
    })
}

/// What only a person knows: who a row is about, and whether an adult really has a child's role.
fn asked(
    r: Reader,
    questions: &[Question],
    open: usize,
    adults: &[u64],
    answers: &BTreeMap<String, String>,
) -> impl IntoView + use<> {
    let answer = |name: &str| answers.get(name).cloned().unwrap_or_default();
    let all = (open > 1 || answers.contains_key("who")).then(|| {
        let choices = [("", words::each_asked(r)), ("new", words::all_new(r)), ("same", words::all_same(r))];
        let choices = choices.map(|(value, says)| (value.to_owned(), says.to_owned()));
        choice("who", words::who_all(r), &choices, &answer("who"))
    });
    let each = questions.iter().map(|question| {
        let name = format!("who.{}", question.line);
        let label = words::who_is(r, &numbers::number(r, question.line as i64), &question.name.text);
        let fixed =
            [(String::new(), words::choose(r).to_owned()), ("new".to_owned(), words::somebody_new(r).to_owned())];
        let choices: Vec<_> = fixed.into_iter().chain(question.choices.iter().cloned()).collect();
        choice(&name, &label, &choices, &answer(&name))
    });
    let each = each.collect_view();
    let asks = (open > 0).then(|| view! { <p><b>{words::names_alike(r, open as u64)}</b></p> });
    let adults = (!adults.is_empty()).then(|| {
        let lines = adults.iter().take(SHOWN).map(|line| numbers::number(r, *line as i64));
        let lines = lines.collect::<Vec<_>>().join("، ");
        view! {
            <label class="choice">
                <input type="checkbox" name="adults" value="on"/>
                <span>{words::adults_in_childs_roles(r, &lines)}</span>
            </label>
        }
    });
    view! { {asks} {all} {each} {adults} }
}

fn choice(name: &str, label: &str, choices: &[(String, String)], chosen: &str) -> impl IntoView + use<> {
    let options = choices.iter().map(|(value, says)| {
        view! { <option value=value.clone() selected=value == chosen>{says.clone()}</option> }
    });
    view! {
        <div class="field-of">
            <label for=name.to_owned()>{label.to_owned()}</label>
            <select id=name.to_owned() name=name.to_owned()>{options.collect_view()}</select>
        </div>
    }
}

fn problems(r: Reader, title: &'static str, problems: Vec<RowProblem>) -> Option<impl IntoView> {
    (!problems.is_empty()).then(|| {
        let each = problems.into_iter().take(100).map(|problem| {
            let column = Phrase::written(&problem.column, r.lang);
            let place = (problem.line > 0).then(|| {
                view! { <b>{words::line(r, &numbers::number(r, problem.line as i64))} " · " <Plain phrase=column/></b> ": " }
            });
            view! { <li><Shape name="hold"/><span>{place}{problem.sentence}</span></li> }
        });
        view! {
            <div class="message" data-moment="plain" role="alert">
                <Shape name="hold"/>
                <div><b>{title}</b><ul class="checks">{each.collect_view()}</ul></div>
            </div>
        }
    })
}
