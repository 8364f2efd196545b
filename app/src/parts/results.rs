//! A poll's results: forms that nobody wins, the base of every share written out, and the same numbers as a table
//! (`A11`). Everything follows the reading: in Arabic bars grow from the right, and a line begins there.

mod labels;

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::count::Share;
use nadwa_domain::view::poll::{CloudWord, Counts};
use nadwa_domain::view::{PollView, Results};

use crate::parts::drawing::{Drawing, drawing};
use crate::parts::phrase::own;
use crate::parts::{Number, Plain};
use crate::words::{Reader, audience, numbers, poll as words};
pub use labels::labels;

/// Most hands that a row draws; beyond them each stands for several.
const MOST_DRAWN: u32 = 60;

/// One total, ready to be drawn.
#[derive(Clone)]
struct Row {
    label: Phrase,
    drawing: Option<Drawing>,
    count: u32,
    /// Percent of all who voted; nothing where that says nothing.
    percent: Option<u32>,
    /// How long it is drawn, of a hundred: its share of the base, or of the longest where there are no shares.
    length: u32,
    /// The first round's share, in percent of all who voted then.
    before: Option<u32>,
    hands: Option<u32>,
    /// «I'd rather not say» stands aside.
    aside: bool,
}

/// The results; or why there are none to show (`F7`).
#[component]
pub fn PollResults(reader: Reader, poll: PollView, results: Results) -> impl IntoView {
    let r = reader;
    match results {
        Results::TooFew => {
            let hands = poll.hands.clone().map(|hands| hands_alone(r, &poll, &hands));
            view! { <p class="note">{audience::results_few(r)}</p> {hands} }.into_any()
        }
        Results::Cloud { words, voters, .. } => cloud(r, &words, voters).into_any(),
        Results::Counts(counts) => counted(r, &poll, &counts).into_any(),
    }
}

fn counted(r: Reader, poll: &PollView, counts: &Counts) -> impl IntoView + use<> {
    let rows = rows(r, poll, counts);
    let drawn = match poll.kind {
        PollKind::Agree | PollKind::Estimate { .. } => columns(r, &rows).into_any(),
        PollKind::Pictures => tiles(r, &rows).into_any(),
        PollKind::Wave => hands_row(r, counts.options.first().copied().unwrap_or(0)).into_any(),
        PollKind::Ranking => bars(r, &ranked(rows.clone()), "bars ranked").into_any(),
        PollKind::Happy => bars(r, &happiest_first(rows.clone()), "bars faces").into_any(),
        PollKind::YesNo | PollKind::Single | PollKind::Several { .. } | PollKind::Dots | PollKind::Words => {
            bars(r, &rows, "bars").into_any()
        }
    };
    let apart = counts.apart.as_ref().map(|apart| {
        view! {
            <div class="apart">
                {group(r, poll, words::children(r), &apart.children)}
                {group(r, poll, words::adults(r), &apart.adults)}
            </div>
        }
    });
    view! {
        {drawn}
        {table(r, poll, &rows)}
        <p class="note base">{base(r, poll, counts)}</p>
        {apart}
    }
}

fn rows(r: Reader, poll: &PollView, counts: &Counts) -> Vec<Row> {
    let shares = !matches!(poll.kind, PollKind::Dots | PollKind::Ranking);
    let percent = |n: u32, of: u32| (shares && of > 0).then(|| part(n, of));
    let longest = counts.options.iter().copied().max().unwrap_or(0).max(counts.rather_not).max(1);
    let length = |n: u32| part(n, if shares { counts.voters.max(1) } else { longest });
    let first = |place: usize| {
        let before = poll.before.as_ref()?;
        percent(before.options.get(place).copied()?, before.voters)
    };
    let options = labels(r, poll).into_iter().zip(&counts.options).enumerate().map(|(place, (label, count))| Row {
        label,
        drawing: Drawing::of(poll.kind, &poll.pictures, place),
        count: *count,
        percent: percent(*count, counts.voters),
        length: length(*count),
        before: first(place),
        hands: poll.hands.as_ref().and_then(|hands| hands.get(place).copied()),
        aside: false,
    });
    let aside = Row {
        label: own(r, audience::rather_not(r)),
        drawing: None,
        count: counts.rather_not,
        percent: percent(counts.rather_not, counts.voters),
        length: length(counts.rather_not),
        before: poll.before.as_ref().and_then(|before| percent(before.rather_not, before.voters)),
        hands: None,
        aside: true,
    };
    options.chain([aside]).collect()
}

/// A share in whole percent, half a percent upwards.
fn part(n: u32, of: u32) -> u32 {
    u32::try_from((u64::from(n) * 200 + u64::from(of)) / (u64::from(of) * 2)).unwrap_or(100)
}

/// The option with the most points first; equals stay as they were asked.
fn ranked(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| (row.aside, std::cmp::Reverse(row.count)));
    rows
}

/// On a wall the warmest degree stands on top.
fn happiest_first(mut rows: Vec<Row>) -> Vec<Row> {
    let options = rows.len().saturating_sub(1);
    rows[..options].reverse();
    rows
}

/// How many voted, and what else the numbers mean.
fn base(r: Reader, poll: &PollView, counts: &Counts) -> String {
    let mut parts = vec![words::voters(r, counts.voters.into())];
    if poll.kind == PollKind::Ranking {
        parts.push(words::points_how(r).to_owned());
    }
    if let Some(middle) = counts.middle {
        let number = |n| numbers::number(r, n);
        parts.push(words::middle(r, &number(middle.half), &number(middle.low), &number(middle.high)));
    }
    if poll.before.is_some() {
        parts.push([words::round_one(r), " ▭ · ", words::round_two(r), " ▬"].concat());
    }
    parts.join(" · ")
}

fn bars(r: Reader, rows: &[Row], class: &'static str) -> impl IntoView + use<> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let before = row.before.map(|percent| view! { <svg class="length first" viewBox="0 0 100 1" preserveAspectRatio="none"><rect width=percent.to_string() height="1"></rect></svg> });
            view! {
                <li class=if row.aside { "bar aside" } else { "bar" }>
                    {row.drawing.map(drawing)}
                    <Plain phrase=row.label.clone()/>
                    <span class="told">
                        {share(r, row)}
                        <Number text=numbers::number(r, row.count.into())/>
                    </span>
                    <svg class="length" viewBox="0 0 100 1" preserveAspectRatio="none">
                        <rect width=row.length.to_string() height="1"></rect>
                    </svg>
                    {before}
                </li>
            }
        })
        .collect();
    view! { <ul class=class aria-hidden="true">{rows}</ul> }
}

fn share(r: Reader, row: &Row) -> Option<impl IntoView + use<>> {
    row.percent.map(|percent| view! { <bdi class="share" dir="ltr">{numbers::percent(r, percent.into())}</bdi> })
}

/// The agree line, and numbers from the least to the most: side by side as one reads.
fn columns(r: Reader, rows: &[Row]) -> impl IntoView + use<> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            view! {
                <li class=if row.aside { "column aside" } else { "column" }>
                    <span class="told"><Number text=numbers::number(r, row.count.into())/> {share(r, row)}</span>
                    <span class="heights">
                        {height("height", row.length)}
                        {row.before.map(|percent| height("height first", percent))}
                    </span>
                    {row.drawing.map(drawing)}
                    <Plain phrase=row.label.clone()/>
                </li>
            }
        })
        .collect();
    view! { <ul class="columns" aria-hidden="true">{rows}</ul> }
}

/// One column's own length, from the ground up.
fn height(class: &'static str, percent: u32) -> impl IntoView {
    let top = 100_u32.saturating_sub(percent);
    view! {
        <svg class=class viewBox="0 0 1 100" preserveAspectRatio="none">
            <rect y=top.to_string() width="1" height=percent.to_string()></rect>
        </svg>
    }
}

fn tiles(r: Reader, rows: &[Row]) -> impl IntoView + use<> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            view! {
                <li class=if row.aside { "counted aside" } else { "counted" }>
                    {row.drawing.map(drawing)}
                    <Plain phrase=row.label.clone()/>
                    <span class="told"><Number text=numbers::number(r, row.count.into())/> {share(r, row)}</span>
                    <svg class="length" viewBox="0 0 100 1" preserveAspectRatio="none">
                        <rect width=row.length.to_string() height="1"></rect>
                    </svg>
                </li>
            }
        })
        .collect();
    view! { <ul class="pictures" aria-hidden="true">{rows}</ul> }
}

/// A row of hands, one for each who raised theirs, or for several where there are many.
fn hands_row(r: Reader, hands: u32) -> impl IntoView + use<> {
    let each = hands.div_ceil(MOST_DRAWN).max(1);
    let hand = || drawing(Drawing::of(PollKind::Wave, &[], 0).expect("a wave has a hand"));
    let drawn: Vec<_> = (0..hands.div_ceil(each)).map(|_| hand()).collect();
    view! {
        <div class="wave" aria-hidden="true">
            <Number text=numbers::number(r, hands.into())/>
            <div class="row-of">{drawn}</div>
        </div>
    }
}

fn cloud(r: Reader, cloud: &[CloudWord], voters: u32) -> impl IntoView + use<> {
    let most = cloud.first().map_or(1, |word| word.count).max(1);
    let words: Vec<_> = cloud
        .iter()
        .map(|word| {
            // Five sizes, by the number of phones that said it.
            let size = ["size-1", "size-2", "size-3", "size-4", "size-5"];
            let place = usize::try_from(u64::from(word.count) * 4 / u64::from(most)).unwrap_or(0).min(4);
            view! {
                <li class=size[place]>
                    <Plain phrase=word.text.clone()/>
                    <span class="unseen">" " {audience::votes(r, word.count.into())}</span>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="cloud">{words}</ul>
        <p class="note base">{words::voters(r, voters.into())}</p>
    }
}

/// Children's or adults' answers as small bars.
fn group(r: Reader, poll: &PollView, name: &'static str, share: &Share) -> impl IntoView + use<> {
    let counts = Counts {
        options: share.options.clone(),
        rather_not: share.rather_not,
        voters: share.voters,
        ..Counts::default()
    };
    let plain = PollView { hands: None, before: None, ..poll.clone() };
    let rows = rows(r, &plain, &counts);
    view! {
        <section>
            <h3>{name}</h3>
            {bars(r, &rows, "bars small")}
            {table(r, &plain, &rows)}
            <p class="note base">{words::voters(r, share.voters.into())}</p>
        </section>
    }
}

/// Hands in the room where too few phones answered to be shown.
fn hands_alone(r: Reader, poll: &PollView, hands: &[u32]) -> impl IntoView + use<> {
    let voters = hands.iter().fold(0_u32, |sum, n| sum.saturating_add(*n));
    let counts = Counts { options: hands.to_vec(), voters, ..Counts::default() };
    let plain = PollView { hands: None, before: None, ..poll.clone() };
    let rows: Vec<Row> = rows(r, &plain, &counts).into_iter().filter(|row| !row.aside).collect();
    view! {
        <h3>{audience::results_hands(r)}</h3>
        {bars(r, &rows, "bars")}
        {table(r, &plain, &rows)}
    }
}

fn table(r: Reader, poll: &PollView, rows: &[Row]) -> impl IntoView + use<> {
    let (hands, before) = (poll.hands.is_some(), rows.iter().any(|row| row.before.is_some()));
    let head = (hands || before).then(|| {
        view! {
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{if poll.round > 1 { words::round_two(r) } else { audience::moment_results(r) }}</th>
                    {before.then(|| view! { <th scope="col">{words::round_one(r)}</th> })}
                    {hands.then(|| view! { <th scope="col">{audience::results_hands(r)}</th> })}
                </tr>
            </thead>
        }
    });
    let seen_hands = hands.then(|| hands_line(r, rows));
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let percent = row.percent.map(|percent| [" (", &numbers::percent(r, percent.into()), ")"].concat());
            let cell = |n: Option<String>| view! { <td>{n.unwrap_or_default()}</td> };
            view! {
                <tr>
                    <th scope="row"><Plain phrase=row.label.clone()/></th>
                    <td>{tells(r, poll.kind, row)} {percent}</td>
                    {before.then(|| cell(row.before.map(|n| numbers::percent(r, n.into()))))}
                    {hands.then(|| cell(row.hands.map(|n| numbers::number(r, n.into()))))}
                </tr>
            }
        })
        .collect();
    view! {
        {seen_hands}
        // A table grows to its rows whatever its height says: the box around it hides it.
        <div class="unseen">
            <table class="unseen">
                <caption>{audience::results_table(r)}</caption>
                {head}
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Hands in the room as one line: a source of its own, not added to the phones.
fn hands_line(r: Reader, rows: &[Row]) -> impl IntoView + use<> {
    let told: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let hands = numbers::number(r, row.hands?.into());
            Some(view! { <li><Plain phrase=row.label.clone()/> " " <Number text=hands/></li> })
        })
        .collect();
    view! {
        <div class="hands" aria-hidden="true">
            <b>{audience::results_hands(r)}</b>
            <ul>{told}</ul>
        </div>
    }
}

/// A total in words: votes, dots, or points.
fn tells(r: Reader, kind: PollKind, row: &Row) -> String {
    match kind {
        _ if row.aside => audience::votes(r, row.count.into()),
        PollKind::Dots => words::dots(r, row.count.into()),
        PollKind::Ranking => words::points(r, row.count.into()),
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Several { .. }
        | PollKind::Agree
        | PollKind::Happy
        | PollKind::Pictures
        | PollKind::Estimate { .. }
        | PollKind::Words
        | PollKind::Wave => audience::votes(r, row.count.into()),
    }
}

#[cfg(test)]
mod tests {
    use nadwa_domain::ids::PollId;
    use nadwa_domain::lang::Lang;

    use super::*;
    use crate::words::Digits;

    #[test]
    fn what_is_drawn_is_as_long_as_the_share_that_stands_beside_it() {
        let reader = Reader::new(Lang::AR, Digits::Latin);
        let counts = Counts { options: vec![2, 4], rather_not: 1, voters: 7, ..Counts::default() };
        let poll = PollView::open(PollId(uuid::Uuid::nil()), Phrase::default(), vec![Phrase::default(); 2]);
        let drawn = |poll: &PollView| rows(reader, poll, &counts).iter().map(|row| row.length).collect::<Vec<_>>();
        assert_eq!(drawn(&poll), [29, 57, 14]);
        // Dots and points have no share of the voters: the longest fills the line.
        assert_eq!(drawn(&PollView { kind: PollKind::Dots, ..poll }), [50, 100, 25]);
    }

    #[test]
    fn shares_are_whole_percents_rounded_to_the_nearest() {
        assert_eq!((part(1, 3), part(2, 3), part(1, 8), part(0, 5), part(5, 5)), (33, 67, 13, 0, 100));
    }
}
