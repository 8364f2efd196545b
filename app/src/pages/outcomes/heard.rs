//! Whether an answer is enough: what children say of it, and how many of them (`P5`).

use leptos::prelude::*;
use nadwa_domain::Choice;
use nadwa_domain::conference::verdicts::Verdict;

use super::Outcome;
use crate::parts::{Number, Shape};
use crate::words::{Reader, numbers, verdict as words};

/// Three buttons for whoever reads on a phone, and the counts once there are five.
pub(super) fn heard(r: Reader, outcome: &Outcome) -> impl IntoView + use<> {
    let promise = outcome.promise.as_ref().filter(|promise| promise.progress.answers());
    let seen = promise.map(|promise| promise.since.0.to_string());
    let judged = outcome.judged.clone().map(|counts| {
        let each = counts.into_iter().map(|(verdict, count)| {
            let count = numbers::number(r, count.into());
            view! { <li>{name(r, verdict)} ": " <Number text=count/></li> }
        });
        view! { <p><b>{words::counted(r)}</b></p> <ul class="plain">{each.collect_view()}</ul> }
    });
    let action = ["/outcomes/", &outcome.id, "/enough"].concat();
    let asks = seen.zip(outcome.asks).map(|(seen, own)| asks(r, action, seen, own));
    view! { {judged} {asks} }
}

fn asks(r: Reader, action: String, seen: String, own: Option<Verdict>) -> impl IntoView + use<> {
    let press = |verdict: Verdict| {
        let chosen = own == Some(verdict);
        let mark = chosen.then(|| view! { <Shape name="check"/> " " });
        view! {
            <button class=if chosen { "button is-on" } else { "button" } name="verdict" value=verdict.key()>
                {mark} {name(r, verdict)}
            </button>
        }
    };
    let kept = own.map(|_| view! { <p class="note">{words::kept(r)}</p> });
    view! {
        <details class="more no-print" open=own.is_some()>
            <summary>{words::ask(r)}</summary>
            <form method="post" action=action>
                <input type="hidden" name="seen" value=seen/>
                <div class="buttons">{Verdict::ALL.iter().copied().map(press).collect_view()}</div>
            </form>
            {kept}
        </details>
    }
}

fn name(r: Reader, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => words::yes(r),
        Verdict::Partly => words::partly(r),
        Verdict::No => words::no(r),
    }
}
