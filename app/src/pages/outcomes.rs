//! Recommendations, and what became of them (`R3`, `P5` to `P7`): the moderators word them, everybody reads what was
//! adopted and how it was answered, organizers write down what was promised. All of it works without a script.

mod heard;
pub mod owner;
mod sources;
pub mod stage;

pub use sources::Source;

use leptos::prelude::*;
use nadwa_domain::conference::recommendations::Progress;
use nadwa_domain::conference::verdicts::Verdict;
use nadwa_domain::{Choice, Instant, Lang, Phrase};

use crate::pages::backstage::team_head;
use crate::pages::plan::{Filled, Here, manage, ours, press};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Write, Written};
use crate::parts::phrase::shown_in;
use crate::parts::{Foot, Plain, Said, Shape, Skip, Top, Worker};
use crate::words::{Reader, common, fate, numbers, outcome as words, owner as owners, running, statement};

/// One language of a wording.
#[derive(Clone, Debug)]
pub struct Wording {
    pub lang: Lang,
    pub text: Phrase,
    /// Whether the children have confirmed it.
    pub confirmed: bool,
}

/// A recommendation, as its session's moderators work on it.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: String,
    pub number: u32,
    pub wordings: Vec<Wording>,
    pub adopted: bool,
    pub form: Filled,
}

/// What a session's moderators see.
#[derive(Clone, Debug, Default)]
pub struct Team {
    pub session: Phrase,
    pub code: String,
    /// The conference's languages.
    pub langs: Vec<Lang>,
    pub there: Vec<Work>,
    /// Taken away: id, number and wording.
    pub removed: Vec<(String, u32, Phrase)>,
    /// Questions whose answer is owed, and that are no recommendation yet.
    pub owed: Vec<Source>,
    /// What papers and polls of the session say.
    pub said: Vec<Source>,
    pub new: Filled,
}

/// The moderators' page.
#[must_use]
pub fn team(page: &Page, data: Team) -> Html {
    let r = page.reader;
    let head = team_head(words::team_title(r), Bundle::None, None);
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let base = ["/s/", &data.code, "/recommendations"].concat();
        let console = ["/s/", &data.code, "/console"].concat();
        let works = data.there.into_iter().map(|work| one_work(r, &base, &data.langs, work));
        view! {
            <div class="wings">
                <Skip reader=r/>
                <Top reader=r here pinned><h1><Plain phrase=data.session/></h1></Top>
                <main id="main" class="calm-page">
                    <h2 class="title">{words::team_title(r)}</h2>
                    <p class="note">{words::team_how(r)}</p>
                    {data.new.says()}
                    <ul class="stack">{works.collect_view()}</ul>
                    <form class="card form stack" method="post" action=base.clone()>
                        <h3>{words::new(r)}</h3>
                        {data.new.hidden("id")}
                        {data.new.hidden("question")}
                        {data.new.said(words::text(r), "text", &data.langs, 2)}
                        <button class="button main">{common::save(r)}</button>
                    </form>
                    {sources::list(r, &base, (words::owed_here(r), words::take(r)), data.owed)}
                    {sources::list(r, &base, (words::said_here(r), words::begin(r)), data.said)}
                    {removed(r, &base, data.removed)}
                    <div class="buttons">
                        <a class="button quiet" href=console>{running::to_console(r)}</a>
                        <a class="button quiet" href="/outcomes">{words::title(r)}</a>
                    </div>
                </main>
                <Foot reader=r code=Some(data.code)/>
            </div>
        }
    })
}

/// One recommendation: what is confirmed of it, and, folded, the form that words it anew.
fn one_work(r: Reader, base: &str, langs: &[Lang], work: Work) -> impl IntoView + use<> {
    let action = [base, "/", &work.id].concat();
    let seen = work.form.value("seen");
    let open = work.form.problem.is_some();
    let first = work.wordings.first().map(|wording| wording.text.text.clone()).unwrap_or_default();
    let vote = base.replace("/recommendations", "/polls");
    let each = work.wordings.into_iter().map(|wording| {
        let fields = vec![("lang", wording.lang.tag().to_owned()), ("seen", seen.clone())];
        let state = if wording.confirmed {
            view! { <span class="note"><Shape name="check"/> {words::confirmed(r)}</span> }.written()
        } else {
            press([&action, "/confirm"].concat(), fields, words::confirm(r))
        };
        view! { <li><p><Said phrase=wording.text/></p> {state}</li> }
    });
    let adopt = if work.adopted {
        view! { <p class="note"><Shape name="check"/> {words::is_adopted(r)}</p> }.written()
    } else {
        press([&action, "/adopt"].concat(), vec![], words::adopt(r))
    };
    let ballot = vec![
        ("kind", "agree".to_owned()),
        ("question", first.chars().take(190).collect()),
        ("open", "later".to_owned()),
    ];
    view! {
        <li class="card stack" id=["r-", &work.number.to_string()].concat()>
            <h3>{words::number(r, &numbers::number(r, work.number.into()))}</h3>
            {work.form.says()}
            <ul class="stack">{each.collect_view()}</ul>
            {adopt}
            <details class="more" open=open>
                <summary>{words::change(r)}</summary>
                <form class="form stack" method="post" action=action.clone()>
                    {work.form.hidden("seen")}
                    {work.form.said(words::text(r), "text", langs, 2)}
                    <button class="button">{common::save(r)}</button>
                </form>
                <div class="buttons">
                    {press(vote, ballot, words::vote(r))}
                    {press([&action, "/remove"].concat(), vec![], words::remove(r))}
                </div>
            </details>
        </li>
    }
}

fn removed(r: Reader, base: &str, rows: Vec<(String, u32, Phrase)>) -> Option<impl IntoView + use<>> {
    let base = base.to_owned();
    (!rows.is_empty()).then(|| {
        let each = rows.into_iter().map(|(id, _, text)| {
            view! { <li><p><Said phrase=text/></p> {press([&base, "/", &id, "/back"].concat(), vec![], words::put_back(r))}</li> }
        });
        view! {
            <details class="more"><summary>{words::removed(r)}</summary><ul class="stack">{each.collect_view()}</ul></details>
        }
    })
}

/// What is promised, as everybody reads it.
#[derive(Clone, Debug)]
pub struct Promised {
    /// Who owes the answer.
    pub by: Phrase,
    pub due: Instant,
    pub progress: Progress,
    pub answer: Phrase,
    /// Since when that is so.
    pub since: Instant,
    pub late: bool,
}

/// A recommendation, as everybody reads it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: String,
    pub number: u32,
    pub text: Phrase,
    /// The session whose children adopted it, and when they did.
    pub session: Phrase,
    pub adopted_at: Instant,
    pub promise: Option<Promised>,
    /// How many said what of the answer; nothing of fewer than five.
    pub judged: Option<Vec<(Verdict, u32)>>,
    /// Whether the reader's phone may say whether it is enough, and what it has said.
    pub asks: Option<Option<Verdict>>,
}

/// How far an answer is, in words.
#[must_use]
pub fn progress_name(r: Reader, progress: Progress) -> &'static str {
    match progress {
        Progress::Received => words::received(r),
        Progress::LookedAt => words::looked_at(r),
        Progress::Agreed => words::agreed(r),
        Progress::Partly => words::partly(r),
        Progress::NotNow => words::not_now(r),
    }
}

/// The closing statement, and what happened with what was said.
#[must_use]
pub fn outcomes(page: &Page, all: Vec<Outcome>) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    let head = Head {
        title: words::title(r).to_owned(),
        class: "phone leaf",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let full = !all.is_empty();
        let none = (!full).then(|| view! { <p class="note">{words::none(r)}</p> });
        let each = all.into_iter().map(|outcome| one_outcome(r, offset, outcome));
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::title(r)}</h1>
                <p class="note">{words::what_happened(r)}</p>
                {none}
                <ol class="plain stack">{each.collect_view()}</ol>
                <nav class="buttons no-print" aria-label=words::title(r)>
                    <a class="button quiet" href="/conference">{crate::words::conference::title(r)}</a>
                    <a class="button quiet" href="/r">{fate::title(r)}</a>
                    {ways(r, full)}
                    <a class="button quiet" href="/outcomes.atom">{words::feed(r)}</a>
                </nav>
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
}

/// To keep it, to read it out, to remember its days.
fn ways(r: Reader, full: bool) -> Option<impl IntoView> {
    full.then(|| {
        view! {
            <a class="button quiet" href="/outcomes.pdf">{statement::pdf(r)}</a>
            <a class="button quiet" href="/outcomes/read">{statement::stage(r)}</a>
            <a class="button quiet" href="/outcomes.ics">{statement::calendar(r)}</a>
        }
    })
}

fn one_outcome(r: Reader, offset: i32, outcome: Outcome) -> impl IntoView + use<> {
    let adopted = words::adopted(r, &numbers::date_with_year(r, outcome.adopted_at, offset));
    let other = shown_in(r, &outcome.text);
    let heard = heard::heard(r, &outcome);
    let promise = match outcome.promise {
        Some(promise) => promised(r, offset, promise),
        None => view! { <p class="note">{words::no_owner(r)}</p> }.written(),
    };
    view! {
        <li class="card stack" id=["r-", &outcome.number.to_string()].concat()>
            <h2>{words::number(r, &numbers::number(r, outcome.number.into()))}</h2>
            <p><Said phrase=outcome.text/> <span class="note">{other}</span></p>
            <p class="note"><Plain phrase=outcome.session/> " · " {adopted}</p>
            {promise}
            {heard}
        </li>
    }
}

fn promised(r: Reader, offset: i32, promise: Promised) -> Written {
    let day = |at| numbers::date_with_year(r, at, offset);
    let late = promise.late.then(|| view! { <p class="refusal"><Shape name="hold"/> {words::late(r)}</p> });
    let other = shown_in(r, &promise.answer);
    let answer = (!promise.answer.is_empty()).then(|| {
        let day = day(promise.since);
        view! {
            <p><b>{words::answer(r)} ": "</b><Said phrase=promise.answer/></p>
            <p class="note">{other} " " {day}</p>
        }
    });
    let due = (!promise.progress.answers()).then(|| view! { <p class="note">{words::due(r, &day(promise.due))}</p> });
    view! {
        <div class="stack">
            {late}
            <p><span class="link">{progress_name(r, promise.progress)}</span> " · " {fate::owed_by(r)} " " <Plain phrase=promise.by/></p>
            {answer}
            {due}
        </div>
    }
    .written()
}

/// What organizers see: all that is public, the late ones first.
#[must_use]
pub fn list(page: &Page, all: Vec<Outcome>) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    manage(page, words::manage_title(r).to_owned(), Here::Board, move || {
        let none = all.is_empty().then(|| view! { <p class="note">{words::none(r)}</p> });
        let row = |outcome: Outcome| {
            let link = ["/organizer/outcomes/", &outcome.id].concat();
            let number = words::number(r, &numbers::number(r, outcome.number.into()));
            let promise = match outcome.promise {
                Some(promise) => promised(r, offset, promise),
                None => view! { <p class="note">{words::no_owner(r)}</p> }.written(),
            };
            view! {
                <li class="card stack">
                    <h2><a href=link>{number}</a></h2>
                    <p><Said phrase=outcome.text/></p>
                    <p class="note"><Plain phrase=outcome.session/></p>
                    {promise}
                </li>
            }
        };
        view! {
            <p class="note">{words::manage_how(r)}</p>
            {none}
            <ul class="stack">{all.into_iter().map(row).collect_view()}</ul>
            <p><a class="button quiet" href="/outcomes">{words::title(r)}</a></p>
        }
    })
}

/// One of them: who answers, until when, and what.
#[derive(Clone, Debug)]
pub struct Owing {
    pub outcome: Outcome,
    pub langs: Vec<Lang>,
    /// Organisations of the list.
    pub organisations: Vec<(String, Phrase)>,
    pub form: Filled,
    /// A reminder, to be sent by mail.
    pub reminder: Option<Phrase>,
}

/// The form of one.
#[must_use]
pub fn owing(page: &Page, data: Owing) -> Html {
    let r = page.reader;
    manage(page, words::manage_title(r).to_owned(), Here::Board, move || {
        let action = ["/organizer/outcomes/", &data.outcome.id].concat();
        let progresses = Progress::ALL.iter().map(|of| (of.key().to_owned(), ours(r, progress_name(r, *of))));
        let number = words::number(r, &numbers::number(r, data.outcome.number.into()));
        let reminder = data.reminder.map(|text| {
            view! { <section class="card stack"><h2>{words::reminder(r)}</h2><p><Said phrase=text/></p></section> }
        });
        view! {
            {data.form.says()}
            <form class="card form" method="post" action=action>
                <h2>{number}</h2>
                <p><Said phrase=data.outcome.text/></p>
                {data.form.choice(words::organisation(r), "by", data.organisations)}
                {data.form.typed(words::due_label(r), "due", "date")}
                {data.form.choice(words::progress(r), "progress", progresses.collect())}
                {data.form.said(words::answer_plain(r), "answer", &data.langs, 3)}
                <button class="button is-on">{common::save(r)}</button>
            </form>
            <aside class="beside">
                {reminder}
                <p class="note">{owners::ask_them(r)}</p>
                <div class="buttons">
                    <a class="button quiet" href="/organizer/cards">{crate::words::manage::cards(r)}</a>
                    <a class="button quiet" href="/organizer/outcomes">{words::manage_title(r)}</a>
                    <a class="button quiet" href="/organizer/organisations">{crate::words::organisation::title(r)}</a>
                </div>
            </aside>
        }
    })
}
