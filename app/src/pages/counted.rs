//! What a session's report counts (`R2`): questions, languages, speaking time, polls. Tables first, since they print and are
//! read aloud.

use leptos::prelude::*;
use nadwa_domain::session::question::NotUsedReason;
use nadwa_domain::view::PollView;
use nadwa_domain::view::counted::{QuestionCounts, Speaking};
use nadwa_domain::view::poll::PollState;
use nadwa_domain::view::report::ReportView;
use nadwa_domain::{Lang, Phrase, Span};

use crate::live::console::course::spent;
use crate::pages::{Write, Written};
use crate::parts::results::PollResults;
use crate::parts::{Number, Plain};
use crate::words::{Reader, console, numbers, report as words, slot};

/// One line of a report's table: what it is, and its number or time.
pub type Line = (String, String);

/// Every count of a report below the run of show; nothing where the session leaves none.
#[must_use]
pub fn counted(r: Reader, view: &ReportView) -> Written {
    let Some(counts) = &view.questions else { return ().written() };
    let speaking = lines(r, words::speaking(r), &speaking(r, &view.speaking));
    let questions = lines(r, words::questions(r), &questions(r, counts));
    let languages = lines(r, words::languages(r), &languages(r, counts));
    let asked = lines(r, words::asked_by(r), &asked_by(r, counts));
    let polls: Vec<_> = view.polls.iter().cloned().map(|poll| one_poll(r, poll)).collect();
    view! { {speaking} {questions} <p class="note">{words::questions_note(r)}</p> {languages} {asked} {polls} }
        .written()
}

fn lines(r: Reader, caption: &'static str, lines: &[Line]) -> Written {
    if lines.is_empty() {
        return ().written();
    }
    let row = |(name, count): &Line| {
        view! { <tr><th scope="row"><Plain phrase=Phrase::written(name, r.lang)/></th><td><Number text=numbers::digits(r, count)/></td></tr> }
    };
    view! {
        <table class="report">
            <caption>{caption}</caption>
            <tbody>{lines.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .written()
}

/// How speaking time was shared.
#[must_use]
pub fn speaking(r: Reader, speaking: &Speaking) -> Vec<Line> {
    let all = [
        (words::children(r), speaking.children),
        (words::adults(r), speaking.adults),
        (words::hall(r), speaking.hall),
        (words::others(r), speaking.others),
    ];
    let said = all.into_iter().filter(|(_, time)| *time > Span::ZERO);
    said.map(|(name, time)| (name.to_owned(), spent(r, time))).collect()
}

/// What became of the questions that reached the children.
#[must_use]
pub fn questions(r: Reader, counts: &QuestionCounts) -> Vec<Line> {
    let mut all = vec![
        (words::reached(r).to_owned(), counts.reached),
        (words::answered(r).to_owned(), counts.answered),
        (words::owed(r).to_owned(), counts.owed),
    ];
    all.extend(counts.not_used.iter().map(|(reason, count)| (words::not_used(r, reason_name(r, *reason)), *count)));
    all.push((words::open(r).to_owned(), counts.open));
    all.push((words::held(r).to_owned(), counts.held));
    all.into_iter().map(|(name, count)| (name, count.to_string())).collect()
}

fn reason_name(r: Reader, reason: NotUsedReason) -> &'static str {
    match reason {
        NotUsedReason::AlreadyAsked => console::reason_asked(r),
        NotUsedReason::NoTime => console::reason_no_time(r),
        NotUsedReason::OtherTopic => console::reason_other_topic(r),
        NotUsedReason::OtherSession => console::reason_other_session(r),
    }
}

/// The languages of the questions, each by its own name.
#[must_use]
pub fn languages(r: Reader, counts: &QuestionCounts) -> Vec<Line> {
    let name = |lang: Option<Lang>| lang.map_or_else(|| words::no_language(r), |lang| lang.info().name);
    counts.languages.iter().map(|(lang, count)| (name(*lang).to_owned(), count.to_string())).collect()
}

/// Who asked, as far as they said so.
#[must_use]
pub fn asked_by(r: Reader, counts: &QuestionCounts) -> Vec<Line> {
    let (children, adults, unsaid) = counts.asked_by;
    let all = [(words::children(r), children), (words::adults(r), adults), (words::unsaid(r), unsaid)];
    let said = all.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(name, count)| (name.to_owned(), count.to_string())).collect()
}

/// One poll whose results the children have shown, with its chart and its table.
fn one_poll(r: Reader, poll: PollView) -> impl IntoView {
    let PollState::Shown(results) = poll.state.clone() else { return ().written() };
    view! {
        <section class="card">
            <h3>{slot::poll(r)} ": " <Plain phrase=poll.question.clone()/></h3>
            <PollResults reader=r poll results/>
        </section>
    }
    .written()
}
