//! What a screen reader hears of a clock: start, the slot's two gentle warnings (two minutes and one minute where it
//! has none of its own), thirty seconds, over, paused, extended.
//!
//! At most one sentence in ten seconds, in full words (`A3`). Nothing is said about what was there already when the
//! page was opened.

use leptos::prelude::*;
use nadwa_domain::time::{Instant, Span};
use nadwa_domain::view::{ClockState, ClockView};

use crate::parts::clock::Rules;
use crate::words::{Reader, clock as words, numbers};

/// The shortest silence between two sentences.
const APART: Span = Span::seconds(10);

/// The polite region beside a clock's face.
#[component]
pub fn ClockVoice(
    reader: Reader,
    #[prop(into)] clock: Signal<Option<ClockView>>,
    /// The server's time.
    #[prop(into)]
    now: Signal<Instant>,
    /// When it warns gently.
    #[prop(into)]
    rules: Signal<Rules>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    Effect::new(move |ear: Option<Ear>| {
        let (clock, now) = (clock.get(), now.get());
        let mut ear = ear.unwrap_or_else(|| Ear::new(clock, now));
        ear.warns_at([rules.get().soon, rules.get().second]);
        if let Some(sentence) = ear.sentence(reader, clock, now) {
            text.set(sentence);
        }
        ear
    });
    view! {
        <p class="unseen" role="status">
            {text}
        </p>
    }
}

/// Something worth saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Start(Span),
    Left(Span),
    HalfMinute,
    Over,
    Paused,
    Resumed,
    Extended(Span),
}

impl Told {
    fn sentence(self, r: Reader) -> String {
        match self {
            Self::Start(limit) => words::said_start(r, &numbers::spoken_span(r, limit)),
            Self::Extended(by) => words::said_extended(r, &numbers::spoken_span(r, by)),
            Self::Left(span) if span == Span::minutes(2) => words::said_two_minutes(r).to_owned(),
            Self::Left(span) if span == Span::minutes(1) => words::said_one_minute(r).to_owned(),
            Self::Left(span) => words::remaining(r, &numbers::spoken_span(r, span)),
            Self::HalfMinute => words::said_half_minute(r).to_owned(),
            Self::Over => words::said_over(r).to_owned(),
            Self::Paused => words::said_paused(r).to_owned(),
            Self::Resumed => words::said_resumed(r).to_owned(),
        }
    }
}

/// Remembers what was heard of a clock last, and knows what is worth saying.
pub struct Ear {
    clock: Option<ClockView>,
    /// What remained then.
    remaining: Span,
    /// When something was said last.
    said_at: Option<Instant>,
    /// What waits for the silence to end; a newer thing takes its place.
    waiting: Option<Told>,
    /// What remains when it warns gently.
    warns: [Span; 2],
}

/// Where nothing else is said.
const USUAL: [Span; 2] = [Span::minutes(2), Span::minutes(1)];

impl Ear {
    /// Nothing is said about this clock as it is now.
    #[must_use]
    pub fn new(clock: Option<ClockView>, now: Instant) -> Self {
        let remaining = clock.map_or(Span::ZERO, |clock| clock.remaining(now));
        Self { clock, remaining, said_at: None, waiting: None, warns: USUAL }
    }

    /// It warns when so much remains; where nothing is set, as usual.
    pub fn warns_at(&mut self, warns: [Span; 2]) {
        self.warns = if warns == [Span::ZERO; 2] { USUAL } else { warns };
    }

    /// What is to be said now, if anything.
    pub fn sentence(&mut self, reader: Reader, clock: Option<ClockView>, now: Instant) -> Option<String> {
        self.hear(clock, now).map(|told| told.sentence(reader))
    }

    fn hear(&mut self, clock: Option<ClockView>, now: Instant) -> Option<Told> {
        let remaining = clock.map_or(Span::ZERO, |clock| clock.remaining(now));
        let told = clock.and_then(|clock| self.change(clock).or_else(|| self.passed(clock, remaining)));
        self.clock = clock;
        self.remaining = remaining;
        self.waiting = if clock.is_some() { told.or(self.waiting) } else { None };
        if self.said_at.is_some_and(|at| now - at < APART) {
            return None;
        }
        let said = self.waiting.take()?;
        self.said_at = Some(now);
        Some(said)
    }

    /// What somebody did to the clock.
    fn change(&self, clock: ClockView) -> Option<Told> {
        use ClockState::{Paused, Ready, Running};
        let before = self.clock.unwrap_or(ClockView { state: Ready, ..clock });
        match (before.state, clock.state) {
            (Ready, Running { .. }) => Some(Told::Start(clock.limit)),
            (Running { .. }, Paused { .. }) => Some(Told::Paused),
            (Paused { .. }, Running { .. }) => Some(Told::Resumed),
            _ if clock.limit > before.limit => Some(Told::Extended(clock.limit - before.limit)),
            _ => None,
        }
    }

    /// What the time itself has done.
    fn passed(&self, clock: ClockView, remaining: Span) -> Option<Told> {
        if !matches!(clock.state, ClockState::Running { .. }) {
            return None;
        }
        let marks = [(Span::ZERO, Told::Over), (Span::seconds(30), Told::HalfMinute)];
        let crossed = |mark: Span| self.remaining > mark && remaining <= mark;
        let told = marks.into_iter().find(|(mark, _)| crossed(*mark)).map(|(_, told)| told);
        // The smaller of two that were crossed together.
        let warned = self.warns.into_iter().filter(|mark| mark.0 > 0 && crossed(*mark)).min();
        told.or(warned.map(Told::Left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Span = Span::minutes(3);

    fn running(ends_at: i64) -> Option<ClockView> {
        Some(ClockView { limit: LIMIT, state: ClockState::Running { ends_at: Instant(ends_at * 1000) } })
    }

    /// Everything that is said while the clocks go by, each from its second on, looked at every second.
    fn heard(clocks: &[(i64, Option<ClockView>)], until: i64) -> Vec<(i64, Told)> {
        let at = |second: i64| clocks.iter().rev().find(|(from, _)| *from <= second).and_then(|(_, clock)| *clock);
        let mut ear = Ear::new(at(0), Instant(0));
        (0..=until).filter_map(|s| ear.hear(at(s), Instant(s * 1000)).map(|told| (s, told))).collect()
    }

    #[test]
    fn a_speech_is_told_in_five_sentences() {
        let ready = Some(ClockView { limit: LIMIT, state: ClockState::Ready });
        let told = heard(&[(0, ready), (5, running(185))], 300);
        let expected = [
            (5, Told::Start(LIMIT)),
            (65, Told::Left(Span::minutes(2))),
            (125, Told::Left(Span::minutes(1))),
            (155, Told::HalfMinute),
            (185, Told::Over),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn the_gentle_warnings_of_a_slot_are_the_ones_that_are_told() {
        let mut ear = Ear::new(running(185), Instant(0));
        ear.warns_at([Span::seconds(90), Span::seconds(45)]);
        let told: Vec<_> =
            (1..=200).filter_map(|s| ear.hear(running(185), Instant(s * 1000)).map(|told| (s, told))).collect();
        let left = |seconds| Told::Left(Span::seconds(seconds));
        assert_eq!(told, [(95, left(90)), (140, left(45)), (155, Told::HalfMinute), (185, Told::Over)]);
        let arabic = Reader::new(nadwa_domain::Lang::AR, crate::words::Digits::Latin);
        assert_eq!(
            left(90).sentence(arabic),
            words::remaining(arabic, &numbers::spoken_span(arabic, Span::seconds(90)))
        );
    }

    #[test]
    fn ten_seconds_lie_between_two_sentences_and_the_newest_is_said() {
        let paused =
            |left| Some(ClockView { limit: LIMIT, state: ClockState::Paused { remaining: Span::seconds(left) } });
        let told = heard(&[(0, running(180)), (20, paused(160)), (23, running(183)), (26, paused(157))], 60);
        assert_eq!(told, [(20, Told::Paused), (30, Told::Paused)]);
    }

    #[test]
    fn nothing_is_said_about_what_was_there_before() {
        assert_eq!(heard(&[(0, running(100))], 30), []);
    }

    #[test]
    fn more_time_is_told_as_what_was_added() {
        let longer = ClockView { limit: Span::minutes(4), ..running(240).unwrap() };
        assert_eq!(heard(&[(0, running(180)), (30, Some(longer))], 40), [(30, Told::Extended(Span::minutes(1)))]);
    }
}
