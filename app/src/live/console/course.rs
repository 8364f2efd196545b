//! The course of a session: three clocks at once, the expected end, ahead or behind.

use leptos::prelude::*;
use nadwa_domain::view::running::Course;
use nadwa_domain::view::{ClockView, PhaseView};
use nadwa_domain::{Instant, Span};

use crate::live::console::Tablet;
use crate::parts::Number;
use crate::words::{Reader, console, numbers, plan};

/// A minute: less than it is no delay.
const MINUTE: i64 = 60_000;

/// The three clocks and the expected end.
pub(super) fn course(t: Tablet) -> impl IntoView {
    let r = t.r;
    let course = Memo::new(move |_| t.view.with(|view| view.running.course));
    let open = Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Open));
    let speech = Memo::new(move |_| {
        let clock = t.view.with(|view| view.clock);
        clock.map(|clock: ClockView| numbers::clock(r, clock.remaining(t.now.get())))
    });
    let part = Memo::new(move |_| {
        let ends = course.get().slot_ends.filter(|_| open.get());
        ends.map(|ends| numbers::clock(r, ends - t.now.get()))
    });
    let whole = Memo::new(move |_| open.get().then(|| numbers::clock(r, course.get().planned_end - t.now.get())));
    let one = |word: &'static str, text: Memo<Option<String>>| {
        view! {
            <div class="time">
                <span class="label">{word}</span>
                {move || match text.get() {
                    Some(text) => view! { <Number text/> }.into_any(),
                    None => view! { <span class="note">"–"</span> }.into_any(),
                }}
            </div>
        }
    };
    let end = Memo::new(move |_| {
        let at = course.get().expected_end(t.now.get());
        plan::expected(r, &numbers::time_of_day(r, at, t.utc_offset))
    });
    let late = Memo::new(move |_| open.get().then(|| lateness(r, course.get(), t.now.get())));
    view! {
        <div class="times">
            {one(plan::speech(r), speech)}
            {one(plan::part(r), part)}
            {one(plan::session(r), whole)}
            <div class="time">
                <span class="label">{move || end.get()}</span>
                <b>{move || late.get()}</b>
            </div>
        </div>
    }
}

/// A span that has passed, in whole seconds.
pub(crate) fn spent(r: Reader, span: Span) -> String {
    numbers::clock(r, Span(span.0 - span.0.rem_euclid(1000)))
}

/// Ahead, on time, or late, in whole minutes.
fn lateness(r: Reader, course: Course, now: Instant) -> String {
    let Span(behind) = course.behind(now);
    match behind / MINUTE {
        0 => plan::on_time(r).to_owned(),
        late if late > 0 => console::minutes_late(r, late.unsigned_abs()),
        early => plan::ahead(r, early.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use nadwa_domain::Lang;

    use super::*;
    use crate::words::Digits;

    #[test]
    fn less_than_a_minute_is_no_delay() {
        let r = Reader::new(Lang::EN, Digits::Latin);
        let course = |minutes| Course {
            slot_ends: Some(Instant(0) + Span::minutes(minutes)),
            planned_end: Instant(0) + Span::minutes(10),
            ..Course::default()
        };
        assert_eq!(lateness(r, course(10), Instant(59_000)), "On time");
        assert_eq!(lateness(r, course(10), Instant(21 * MINUTE)), console::minutes_late(r, 11));
        assert_eq!(lateness(r, course(8), Instant(0)), plan::ahead(r, 2));
    }
}
