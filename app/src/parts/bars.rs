//! A poll's results: bars that nobody wins, and the same numbers as a table (`A11`).

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::view::Results;

use crate::parts::phrase::own;
use crate::parts::{Number, Plain};
use crate::words::{self, Reader, numbers};

/// One bar, ready to be drawn.
struct Bar {
    label: Phrase,
    count: u32,
    /// Percent of the longest bar.
    width: u32,
    /// «I'd rather not say» stands aside.
    aside: bool,
}

/// The results; or why there are none to show (`F7`).
#[component]
pub fn Bars(
    /// Who reads.
    reader: Reader,
    /// What could be answered.
    options: Vec<Phrase>,
    /// What was.
    results: Results,
) -> impl IntoView {
    match results {
        Results::TooFew => Either::Left(view! { <p class="note">{words::audience::results_few(reader)}</p> }),
        Results::Counts { options: counts, rather_not } => {
            let bars = bars(reader, options, &counts, rather_not);
            Either::Right((drawn(reader, &bars), table(reader, &bars)))
        }
    }
}

fn bars(reader: Reader, options: Vec<Phrase>, counts: &[u32], rather_not: u32) -> Vec<Bar> {
    let longest = counts.iter().copied().max().unwrap_or_default().max(rather_not).max(1);
    let bar = |label, count: u32, aside| Bar { label, count, width: percent(count, longest), aside };
    let aside = bar(own(reader, words::audience::rather_not(reader)), rather_not, true);
    let given = options.into_iter().zip(counts).map(|(label, count)| bar(label, *count, false));
    given.chain([aside]).collect()
}

fn percent(count: u32, longest: u32) -> u32 {
    u32::try_from(u64::from(count) * 100 / u64::from(longest)).unwrap_or(100)
}

fn drawn(reader: Reader, bars: &[Bar]) -> impl IntoView + use<> {
    let rows: Vec<_> = bars
        .iter()
        .map(|bar| {
            view! {
                <li class=if bar.aside { "bar aside" } else { "bar" }>
                    <Plain phrase=bar.label.clone()/>
                    <Number text=numbers::number(reader, bar.count.into())/>
                    <svg class="length" viewBox="0 0 100 1" preserveAspectRatio="none">
                        <rect width=bar.width.to_string() height="1"></rect>
                    </svg>
                </li>
            }
        })
        .collect();
    view! { <ul class="bars" aria-hidden="true">{rows}</ul> }
}

fn table(reader: Reader, bars: &[Bar]) -> impl IntoView + use<> {
    let rows: Vec<_> = bars
        .iter()
        .map(|bar| {
            view! {
                <tr>
                    <th scope="row">
                        <Plain phrase=bar.label.clone()/>
                    </th>
                    <td>{words::audience::votes(reader, bar.count.into())}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="unseen">
            <caption>{words::audience::results_table(reader)}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
}
