//! The calm page: the run of show with planned and actual time, and what can be changed in it.

use leptos::prelude::*;
use nadwa_domain::Span;
use nadwa_domain::session::record::What;
use nadwa_domain::view::SlotView;
use nadwa_domain::view::console::ConsoleView;
use nadwa_domain::view::running::{DidView, RanView};

use crate::live::console::{Tablet, course, settings};
use crate::live::press::Toast;
use crate::parts::given::still;
use crate::parts::phrase::shown_in;
use crate::parts::team::{role_name, two_lines};
use crate::parts::{HelpLink, Number, Plain, Shape, moment};
use crate::words::{Reader, console, numbers, plan, rehearsal, running};

/// One part of the run of show, as the page needs it.
#[derive(Clone, PartialEq)]
struct Part {
    slot: SlotView,
    ran: RanView,
    /// Before, on, or after what is on.
    begun: bool,
    now: bool,
}

/// The page.
pub(super) fn page(t: Tablet) -> impl IntoView {
    let r = t.r;
    let ids = Memo::new(move |_| t.view.with(|view| view.slots.iter().map(|slot| slot.id).collect::<Vec<_>>()));
    view! {
        <main id="main" class="calm-page">
            <h2 class="title">{plan::title(r)}</h2>
            {course::course(t)}
            <ol class="rows parts">
                <For each=move || ids.get() key=|id| *id children=move |id| {
                    let part = Memo::new(move |_| t.view.with(|view| part(view, id)));
                    move || part.get().map(|part| row(t, part))
                }/>
            </ol>
            {still("terms")}
            {minutes(t)}
            {settings::add(t)}
            {settings::pace(t)}
            {settings::groups(t)}
            {settings::rules(t)}
            {did(t)}
            <p class="buttons">
                <a class="button quiet" href=t.to("report")>{plan::report(r)}</a>
                <a class="button quiet" href=t.to("handover")>{running::hand_over(r)}</a>
                <a class="button quiet" href=t.to("rehearsal")>{rehearsal::short(r)}</a>
            </p>
        </main>
        <footer class="foot"><Toast presses=t.presses/> <HelpLink reader=r code=Some(t.code.get_value())/></footer>
    }
}

/// The members of a closed meeting choose whether its minutes stay (`S18`).
fn minutes(t: Tablet) -> impl IntoView {
    let r = t.r;
    let kept = Memo::new(move |_| t.view.with(|view| view.running.minutes));
    move || {
        kept.get().map(|kept| {
            let (says, verb) = if kept {
                (plan::minutes_stay(r), plan::minutes_drop(r))
            } else {
                (plan::minutes_go(r), plan::minutes_keep(r))
            };
            view! {
                <section class="minutes card">
                    <h3 class="label">{plan::minutes_title(r)}</h3>
                    <p>{says}</p>
                    <form method="post" action=t.to("plan/minutes")>
                        <input type="hidden" name="keep" value=(!kept).to_string()/>
                        <button class="button">{verb}</button>
                    </form>
                </section>
            }
        })
    }
}

fn part(view: &ConsoleView, id: nadwa_domain::ids::SlotId) -> Option<Part> {
    let place = view.slots.iter().position(|slot| slot.id == id)?;
    let ran = view.running.slots.get(place)?.clone();
    let now = view.place.is_some_and(|here| here as usize == place + 1);
    Some(Part { slot: view.slots[place].clone(), begun: now || ran.took.is_some(), now, ran })
}

fn row(t: Tablet, part: Part) -> impl IntoView {
    let r = t.r;
    let of = moment::of_slot(part.slot.kind);
    let (who, note) = two_lines(r, &part.slot);
    let look = if part.now { "row now" } else { "row" };
    let word = match (part.now, part.begun) {
        (true, _) => Some(console::this_step(r)),
        (false, true) => Some(console::step_done(r)),
        _ => None,
    };
    let planned = numbers::clock(r, part.slot.planned);
    let owner = part.ran.owner.clone();
    let other = shown_in(r, &part.slot.title);
    view! {
        <li class=look data-moment=moment::hue(of) aria-current=part.now.then_some("step")>
            <Shape name=moment::shape(of)/>
            <span>
                <span class="who"><Plain phrase=who/></span>
                {note.map(|note| view! { <span class="note"><Plain phrase=note/></span> })}
                {other.map(|other| view! { <span class="note">{other}</span> })}
                {owner.map(|owner| view! { <span class="note"><Plain phrase=owner/></span> })}
                {word.map(|word| view! { <span class="unseen">{word}</span> })}
            </span>
            <span class="spans">
                <span><span class="note">{plan::planned(r)}</span> <Number text=planned/></span>
                {actual(t, &part.ran)}
            </span>
            {settings::change(t, &part.slot, &part.ran, part.begun)}
        </li>
    }
}

/// How long it took, or takes so far.
fn actual(t: Tablet, ran: &RanView) -> impl IntoView + use<> {
    let r = t.r;
    let (took, since) = (ran.took, ran.since);
    took.map(|took| {
        let text = move || {
            let now = since.map_or(Span::ZERO, |since| t.now.get() - since);
            course::spent(r, took + now)
        };
        view! { <span><span class="note">{plan::actual(r)}</span> {move || view! { <Number text=text()/> }}</span> }
    })
}

/// Who did what (`F4`).
fn did(t: Tablet) -> impl IntoView {
    let r = t.r;
    let did = Memo::new(move |_| t.view.with(|view| view.running.did.clone()));
    let offset = t.utc_offset;
    view! {
        <section class="did">
            <h2 class="label">{plan::did(r)}</h2>
            <div role="log"><ol>{move || did.get().into_iter().map(|did| did_row(r, did, offset)).collect_view()}</ol></div>
        </section>
    }
}

/// One press: when, who, what.
pub(crate) fn did_row(r: Reader, did: DidView, utc_offset: i32) -> impl IntoView {
    let who = did.by.map_or(plan::server(r), |by| role_name(r, by));
    view! {
        <li>
            <Number text=numbers::time_of_day(r, did.at, utc_offset)/>
            <span><b>{who}</b> " · " {did_word(r, did.what)}</span>
        </li>
    }
}

fn did_word(r: Reader, what: What) -> &'static str {
    match what {
        What::Opened => plan::did_opened(r),
        What::WentOn => plan::did_went_on(r),
        What::GaveFloor => plan::did_gave_floor(r),
        What::Thanked => plan::did_thanked(r),
        What::Started => plan::did_started(r),
        What::Paused => plan::did_paused(r),
        What::Resumed => plan::did_resumed(r),
        What::Extended => plan::did_extended(r),
        What::Screen => plan::did_screen(r),
        What::Queue => plan::did_queue(r),
        What::Plan => plan::did_plan(r),
        What::Poll => plan::did_poll(r),
        What::Question => plan::did_question(r),
        What::Undid => plan::did_undid(r),
        What::Closed => plan::did_closed(r),
    }
}
