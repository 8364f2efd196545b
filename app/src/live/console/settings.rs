//! What the children can change in the plan: parts, times, groups, their own rules. Plain forms, each behind a tap.

use leptos::prelude::*;
use nadwa_domain::Choice;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::time::Span;
use nadwa_domain::view::SlotView;
use nadwa_domain::view::running::{GroupView, RanView};

use crate::live::console::{Tablet, course};
use crate::parts::moment::slot_name;
use crate::parts::{Number, TextArea};
use crate::words::{Reader, numbers, plan, running};

/// What can be changed in one part. What has begun keeps its place and its time.
pub(super) fn change(t: Tablet, slot: &SlotView, ran: &RanView, begun: bool) -> impl IntoView + use<> {
    let (r, paused, over) = (t.r, t.paused(), t.over());
    let to = |act: &str| t.to(&["plan/", &slot.id.to_string(), "/", act].concat());
    let verb = |act: &str, word: &'static str| {
        view! { <form method="post" action=to(act)><button class="button">{word}</button></form> }
    };
    let moves = (!begun).then(|| {
        view! {
            <div class="verbs">
                {verb("up", plan::up(r))} {verb("down", plan::down(r))} {verb("remove", plan::remove(r))}
            </div>
        }
    });
    let limit = ran.limit.map(|limit| number(r, plan::limit(r), "limit", minutes(limit)));
    let time = (!begun).then(|| {
        view! {
            <form class="small-form" method="post" action=to("time")>
                {number(r, plan::minutes(r), "minutes", minutes(slot.planned))}
                {limit}
                {save(t)}
            </form>
        }
    });
    let speech = slot.kind.has_floor();
    let warn = |place: usize| ran.warn_at.get(place).map_or(0, |at| at.0 / 1000);
    let warnings = speech.then(|| {
        view! {
            {number(r, plan::warn_first(r), "warn_first", warn(0))}
            {number(r, plan::warn_second(r), "warn_second", warn(1))}
        }
    });
    let cue = ran.cue.text.clone();
    let say = ran.say.text.clone();
    view! {
        <details class="more" hidden=move || over.get()>
            <summary class="button">{plan::change(r)}</summary>
            <fieldset class="acts" disabled=move || paused.get()>
                <legend class="unseen">{plan::change(r)}</legend>
                {moves}
                {time}
                <form class="small-form" method="post" action=to("care")>
                    <label>{plan::cue(r)} <TextArea text=cue attr:name="cue" attr:rows="2" attr:maxlength="160" attr:dir="auto"/></label>
                    <label>{plan::say(r)} <input name="say" maxlength="160" dir="auto" value=say/></label>
                    {warnings}
                    {group_choice(t, ran.group)}
                    {save(t)}
                </form>
            </fieldset>
        </details>
    }
}

fn group_choice(t: Tablet, own: Option<u8>) -> impl IntoView {
    let groups = t.view.with_untracked(|view| view.running.groups.clone());
    let named: Vec<(usize, GroupView)> = groups.into_iter().enumerate().filter(|(_, g)| !g.name.is_empty()).collect();
    (!named.is_empty()).then(|| {
        let option = move |(place, group): (usize, GroupView)| {
            let chosen = own.is_some_and(|own| usize::from(own) == place);
            view! { <option value=place.to_string() selected=chosen>{group.name.text}</option> }
        };
        view! {
            <label>
                {running::queue_group(t.r)}
                <select name="group">
                    <option value="">{running::queue_no_group(t.r)}</option>
                    {named.into_iter().map(option).collect_view()}
                </select>
            </label>
        }
    })
}

/// Adds a part.
pub(super) fn add(t: Tablet) -> impl IntoView {
    let (r, paused, over) = (t.r, t.paused(), t.over());
    let people = Memo::new(move |_| t.view.with(|view| view.running.people.clone()));
    let ahead = Memo::new(move |_| {
        t.view.with(|view| {
            let begun = |place: usize| view.running.slots.get(place).is_none_or(|ran| ran.took.is_some());
            let ahead = view.slots.iter().enumerate().filter(|(place, _)| !begun(*place));
            ahead.map(|(_, slot)| (slot.id, crate::parts::team::two_lines(r, slot).0.text)).collect::<Vec<_>>()
        })
    });
    // A poll needs its question beforehand.
    let kinds = SlotKind::ALL.iter().filter(|kind| **kind != SlotKind::Poll).map(|kind| {
        view! { <option value=kind.key() selected=*kind == SlotKind::Speech>{slot_name(r, *kind)}</option> }
    });
    let kinds: Vec<_> = kinds.collect();
    let person = move || {
        people
            .get()
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string()>{name.text}</option> })
            .collect_view()
    };
    let before = move || {
        ahead.get().into_iter().map(|(id, name)| view! { <option value=id.to_string()>{name}</option> }).collect_view()
    };
    view! {
        <details class="more card" hidden=move || over.get()>
            <summary class="button">{plan::add(r)}</summary>
            <fieldset disabled=move || paused.get()>
                <legend class="unseen">{plan::add(r)}</legend>
                <form class="small-form" method="post" action=t.to("plan/add") autocomplete="off">
                    <input type="hidden" name="id" value=move || t.fresh.get().to_string()/>
                    <label>{plan::kind(r)} <select name="kind">{kinds.into_iter().collect_view()}</select></label>
                    <label>{plan::name(r)} <input name="title" maxlength="160" dir="auto"/></label>
                    <label>{plan::speaker(r)} <select name="person">{person}</select></label>
                    {number(r, plan::minutes(r), "minutes", 5)}
                    <label>
                        {plan::before(r)}
                        <select name="before">{before}<option value="">{plan::at_end(r)}</option></select>
                    </label>
                    {save(t)}
                </form>
            </fieldset>
        </details>
    }
}

/// How much time things get, and the rule of turns.
pub(super) fn pace(t: Tablet) -> impl IntoView {
    let r = t.r;
    let pace = Memo::new(move |_| t.view.with(|view| view.running.pace));
    let seconds = |span: Span| span.0 / 1000;
    view! {
        <details class="more card">
            <summary class="button">{plan::pace(r)}</summary>
            {move || {
                let pace = pace.get();
                view! {
                    <form class="small-form" method="post" action=t.to("plan/pace")>
                        {number(r, plan::stretch(r), "stretch", pace.stretch.into())}
                        {number(r, plan::grace(r), "grace", seconds(pace.grace))}
                        {number(r, plan::turn_time(r), "turn", seconds(pace.turn))}
                        {number(r, plan::question_time(r), "question", seconds(pace.question))}
                        {number(r, plan::answer_time(r), "answer", seconds(pace.answer))}
                        {tick(plan::rule_first(r), "rule_first", pace.first_timers_first)}
                        {tick(plan::rule_groups(r), "rule_groups", pace.groups_in_turn)}
                        {save(t)}
                    </form>
                }
            }}
        </details>
    }
}

/// How speaking time is shared; for moderators only (`P9`).
pub(super) fn groups(t: Tablet) -> impl IntoView {
    let r = t.r;
    let groups = Memo::new(move |_| t.view.with(|view| view.running.groups.clone()));
    let row = move |group: GroupView| {
        let name = if group.name.is_empty() { plan::others(r).to_owned() } else { group.name.text.clone() };
        let spoken = move || {
            let now = group.since.map_or(Span::ZERO, |since| t.now.get() - since);
            course::spent(r, group.spoken + now)
        };
        view! { <li><span>{name}</span> {move || view! { <Number text=spoken()/> }}</li> }
    };
    view! {
        <section class="groups card">
            <h2 class="label">{plan::groups(r)}</h2>
            <p class="note">{plan::groups_note(r)}</p>
            <ul>{move || groups.get().into_iter().map(row).collect_view()}</ul>
            <form class="small-form" method="post" action=t.to("plan/groups") autocomplete="off">
                <label>{plan::group_add(r)} <input name="name" required maxlength="160" dir="auto"/></label>
                <button class="button">{plan::group_add(r)}</button>
            </form>
        </section>
    }
}

/// The children's own ground rules (`F16`).
pub(super) fn rules(t: Tablet) -> impl IntoView {
    let r = t.r;
    let lines = t.view.with_untracked(|view| {
        view.running.ground_rules.iter().map(|rule| rule.text.clone()).collect::<Vec<_>>().join("\n")
    });
    view! {
        <details class="more card">
            <summary class="button">{running::rules_title(r)}</summary>
            <form class="small-form" method="post" action=t.to("plan/rules")>
                <label>{plan::rules(r)} <TextArea text=lines attr:name="rules" attr:rows="4" attr:dir="auto"/></label>
                {save(t)}
            </form>
        </details>
    }
}

fn minutes(span: Span) -> i64 {
    (span.0 / 60_000).max(1)
}

/// A number in whatever digits (`L6`): a field of the type `number` would take no other than ASCII ones.
fn number(r: Reader, label: &'static str, name: &'static str, value: i64) -> impl IntoView {
    let value = numbers::digits(r, &value.to_string());
    view! {
        <label>
            {label} " "
            <input name=name type="text" inputmode="numeric" maxlength="5" dir="ltr" autocomplete="off" value=value/>
        </label>
    }
}

fn tick(label: &'static str, name: &'static str, on: bool) -> impl IntoView {
    view! { <label class="tick"><input type="checkbox" name=name value="true" checked=on/> {label}</label> }
}

fn save(t: Tablet) -> impl IntoView {
    view! { <button class="button">{crate::words::common::save(t.r)}</button> }
}
