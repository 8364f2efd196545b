//! What an organisation owes to the children, for whoever answers in its name (`P5`): an answer is seen as children will
//! read it before it is published.

use leptos::prelude::*;
use nadwa_domain::conference::recommendations::Progress;
use nadwa_domain::{Choice, Lang, Phrase};

use super::{Outcome, Promised, progress_name, promised};
use crate::pages::plan::{Filled, entrance, ours};
use crate::pages::shell::Html;
use crate::pages::{Page, Write};
use crate::parts::{Plain, Said};
use crate::words::{Reader, numbers, outcome as words, owner as say};

/// What one organisation owes, the late ones first.
#[derive(Clone, Debug)]
pub struct Owed {
    pub organisation: Phrase,
    pub all: Vec<Outcome>,
}

/// The list.
#[must_use]
pub fn list(page: &Page, data: Owed) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    entrance(page, say::title(r).to_owned(), move || {
        let none = data.all.is_empty().then(|| view! { <p class="note">{say::none(r)}</p> });
        let row = |outcome: Outcome| {
            let link = ["/answers/", &outcome.id].concat();
            let state = outcome.promise.map(|promise| promised(r, offset, promise));
            let number = number(r, outcome.number);
            view! {
                <li class="card stack">
                    <h2>{number.clone()}</h2>
                    <p><Said phrase=outcome.text/></p>
                    {state}
                    <p><a class="button" href=link aria-label=[say::write(r), ": ", &number].concat()>{say::write(r)}</a></p>
                </li>
            }
        };
        view! {
            <p><b><Plain phrase=data.organisation/></b></p>
            <p class="note">{say::how(r)}</p>
            {none}
            <ul class="stack">{data.all.into_iter().map(row).collect_view()}</ul>
            <p><a class="button quiet" href="/outcomes">{words::title(r)}</a></p>
        }
    })
}

fn number(r: Reader, number: u32) -> String {
    words::number(r, &numbers::number(r, number.into()))
}

/// One answer that is being written.
#[derive(Clone, Debug)]
pub struct Answering {
    pub outcome: Outcome,
    pub langs: Vec<Lang>,
    pub form: Filled,
    /// What was typed, as it would be read.
    pub preview: Option<Promised>,
}

/// The form of one answer.
#[must_use]
pub fn answer(page: &Page, data: Answering) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    entrance(page, say::title(r).to_owned(), move || {
        let action = ["/answers/", &data.outcome.id].concat();
        let progresses = Progress::ALL.iter().map(|of| (of.key().to_owned(), ours(r, progress_name(r, *of))));
        let read = |title: &'static str, promise: Promised| {
            view! { <section class="card stack"><h2>{title}</h2>{promised(r, offset, promise)}</section> }
        };
        let seen = match (data.preview, data.outcome.promise) {
            (Some(preview), _) => Some(read(say::as_read(r), preview)),
            (None, now) => now.map(|now| read(say::now(r), now)),
        };
        view! {
            {data.form.says()}
            <form class="card form" method="post" action=action>
                <h2>{number(r, data.outcome.number)}</h2>
                <p><Said phrase=data.outcome.text/></p>
                {data.form.hidden("seen")}
                {data.form.choice(words::progress(r), "progress", progresses.collect())}
                {data.form.said(words::answer_plain(r), "answer", &data.langs, 3)}
                <div class="buttons">
                    <button class="button" name="preview" value="on">{say::preview(r)}</button>
                    <button class="button is-on">{say::publish(r)}</button>
                </div>
            </form>
            <aside class="beside">
                {seen}
                <p class="note">{say::how(r)}</p>
                <p><a class="button quiet" href="/answers">{say::title(r)}</a></p>
            </aside>
        }
        .written()
    })
}
