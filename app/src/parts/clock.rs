//! The clock of speaking time. It tells time by form, number and word, never by colour alone (`A4`).
//!
//! Hollow ring (ready), thick arc with a hand (running), the arc at rest under two bars (paused), six beads of ten
//! seconds (last minute), six hollow ones (grace), full disc (over time). Nothing blinks; over time counts up calmly
//! (`A5`). Where the gentle warnings come, the arc has a notch.

pub mod voice;

use leptos::prelude::*;
use nadwa_domain::time::{Instant, Span};
use nadwa_domain::view::running::ClockRules;
use nadwa_domain::view::{ClockState, ClockView};

use crate::parts::Number;
use crate::words::{Reader, clock as words, numbers, running};

pub use voice::ClockVoice;

/// The last minute, and the length of one bead in it.
const LAST: Span = Span::minutes(1);
const BEAD: i64 = 10_000;
/// Where the six beads hang on their thread, from the top clockwise.
const BEADS: [(&str, &str); 6] =
    [("100", "17"), ("171.9", "58.5"), ("171.9", "141.5"), ("100", "183"), ("28.1", "141.5"), ("28.1", "58.5")];

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Ready,
    Running,
    Paused,
    Last,
    Grace,
    Over,
}

/// When the words change: gentle warnings, and a grace. A phone has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    soon: Span,
    second: Span,
    grace: Span,
}

impl From<&ClockRules> for Rules {
    fn from(rules: &ClockRules) -> Self {
        let at = |place: usize| rules.warn_at.get(place).copied().unwrap_or_default();
        Self { soon: at(0), second: at(1), grace: rules.grace }
    }
}

/// Everything that a clock shows at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dial {
    form: Form,
    /// The time that remains; over time after a plus.
    number: String,
    /// One or two words under it.
    word: &'static str,
    /// All of it in full words.
    label: String,
    drawing: String,
}

/// A clock that counts by itself; nothing where there is no clock.
#[component]
pub fn ClockFace(
    reader: Reader,
    #[prop(into)] clock: Signal<Option<ClockView>>,
    /// The server's time.
    #[prop(into)]
    now: Signal<Instant>,
    /// `small`, `medium`, `large` or `hall`.
    size: &'static str,
    /// Whether it counts a break instead of a speech.
    #[prop(optional)]
    resting: bool,
    /// When its words change.
    #[prop(optional)]
    rules: Rules,
) -> impl IntoView {
    let dial = Memo::new(move |_| clock.get().map(|clock| dial(reader, clock, now.get(), resting, rules)));
    move || dial.get().map(|dial| face(dial, size))
}

/// The same clock at one instant.
pub fn face_at(
    reader: Reader,
    clock: ClockView,
    now: Instant,
    size: &'static str,
    resting: bool,
) -> impl IntoView + use<> {
    face_by(reader, clock, now, size, resting, Rules::default())
}

/// The same by the rules of a console: gentle warnings, and a grace.
pub fn face_by(
    reader: Reader,
    clock: ClockView,
    now: Instant,
    size: &'static str,
    resting: bool,
    rules: Rules,
) -> impl IntoView + use<> {
    face(dial(reader, clock, now, resting, rules), size)
}

fn face(dial: Dial, size: &'static str) -> impl IntoView {
    view! {
        <div class=["clock ", size, " ", dial.form.class()].concat() role="timer" aria-label=dial.label>
            // One string: drawings that share nothing, made of numbers and of what stands in this file.
            <svg viewBox="0 0 200 200" aria-hidden="true" inner_html=dial.drawing></svg>
            <span class="read">
                <Number text=dial.number/>
                <span class="word">{dial.word}</span>
            </span>
        </div>
    }
}

impl Form {
    fn of(clock: ClockView, remaining: Span, grace: Span) -> Self {
        match clock.state {
            ClockState::Ready => Self::Ready,
            ClockState::Paused { .. } => Self::Paused,
            // Begun seconds count whole: 0:00 stands for a second before it is over time.
            ClockState::Running { .. } if remaining.0 <= -1000 - grace.0 => Self::Over,
            ClockState::Running { .. } if remaining.0 <= -1000 => Self::Grace,
            ClockState::Running { .. } if remaining <= LAST => Self::Last,
            ClockState::Running { .. } => Self::Running,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Last | Self::Grace => "last",
            Self::Over => "over",
        }
    }

    fn word(self, reader: Reader, resting: bool) -> &'static str {
        match self {
            Self::Ready => words::ready(reader),
            Self::Running if resting => words::until_back(reader),
            Self::Running => words::left(reader),
            Self::Paused => words::paused(reader),
            Self::Last => words::last_minute(reader),
            Self::Grace => running::finish(reader),
            Self::Over if resting => words::time_to_return(reader),
            Self::Over => words::closing(reader),
        }
    }
}

fn dial(reader: Reader, clock: ClockView, now: Instant, resting: bool, rules: Rules) -> Dial {
    let remaining = clock.remaining(now);
    let form = Form::of(clock, remaining, rules.grace);
    let soon = form == Form::Running && remaining <= rules.soon;
    Dial {
        form,
        number: numbers::clock(reader, remaining),
        word: if soon { running::soon(reader) } else { form.word(reader, resting) },
        label: numbers::spoken_clock(reader, remaining),
        drawing: drawing(form, clock.limit, remaining, rules),
    }
}

/// What is inside the `svg`.
fn drawing(form: Form, limit: Span, remaining: Span, rules: Rules) -> String {
    let spent = (limit.0 - remaining.0).clamp(0, limit.0.max(1)) * 1000 / limit.0.max(1);
    match form {
        Form::Ready => r#"<circle class="ring" cx="100" cy="100" r="89"/>"#.to_owned(),
        Form::Running => [
            &arc(spent),
            r#"<circle class="tip" cx="100" cy="18" r="13" transform="rotate("#,
            &tenths(spent * 36 / 10),
            r#" 100 100)"/>"#,
            &notches(limit, rules),
        ]
        .concat(),
        Form::Paused => [&arc(spent), r#"<path class="bars" d="M89 38v22M111 38v22"/>"#].concat(),
        Form::Last | Form::Grace => beads(remaining),
        Form::Over => r#"<circle class="disc" cx="100" cy="100" r="96"/>"#.to_owned(),
    }
}

/// Where the gentle warnings come.
fn notches(limit: Span, rules: Rules) -> String {
    let mut drawing = String::new();
    for at in [rules.soon, rules.second].into_iter().filter(|at| at.0 > 0 && *at < limit) {
        let turn = (limit.0 - at.0) * 3600 / limit.0.max(1);
        drawing.push_str(r#"<path class="notch" d="M100 6v24" transform="rotate("#);
        drawing.push_str(&tenths(turn));
        drawing.push_str(r#" 100 100)"/>"#);
    }
    drawing
}

/// What is left, as a thick arc; `spent` is in tenths of a percent.
fn arc(spent: i64) -> String {
    let (spent, left) = (tenths(spent), tenths(1000 - spent));
    [
        r#"<circle class="track" cx="100" cy="100" r="82"/><circle class="arc" cx="100" cy="100" r="82" pathLength="100" stroke-dasharray=""#,
        &left,
        " ",
        &spent,
        r#"" stroke-dashoffset="-"#,
        &spent,
        r#""/>"#,
    ]
    .concat()
}

/// Six beads on a thread, those of the time that is gone hollow.
fn beads(remaining: Span) -> String {
    let full = (remaining.0.max(0) + BEAD - 1) / BEAD;
    let mut drawing = String::from(r#"<circle class="thread" cx="100" cy="100" r="83"/>"#);
    for (place, (x, y)) in (0..).zip(BEADS) {
        let look = if place < 6 - full { r#"spent" r="14""# } else { r#"bead" r="16.5""# };
        for part in [r#"<circle class=""#, look, r#" cx=""#, x, r#"" cy=""#, y, r#""/>"#] {
            drawing.push_str(part);
        }
    }
    drawing
}

/// `936` as `93.6`.
fn tenths(n: i64) -> String {
    let mut text = (n / 10).to_string();
    text.push('.');
    text.push_str(&(n % 10).to_string());
    text
}

#[cfg(test)]
mod tests {
    use nadwa_domain::Lang;

    use super::*;
    use crate::words::Digits;

    fn shown(state: ClockState, now: i64) -> Dial {
        let reader = Reader::new(Lang::AR, Digits::Latin);
        dial(reader, ClockView { limit: Span::minutes(5), state }, Instant(now), false, Rules::default())
    }

    #[test]
    fn each_state_has_a_form_a_number_and_a_word() {
        let running = ClockState::Running { ends_at: Instant(300_000) };
        let seen = |dial: Dial| (dial.form, dial.number, dial.word);
        assert_eq!(seen(shown(ClockState::Ready, 0)), (Form::Ready, "5:00".into(), "جاهزة"));
        assert_eq!(seen(shown(running, 78_000)), (Form::Running, "3:42".into(), "باقية"));
        assert_eq!(
            seen(shown(ClockState::Paused { remaining: Span(30_000) }, 0)),
            (Form::Paused, "0:30".into(), "متوقفة")
        );
        assert_eq!(seen(shown(running, 252_000)), (Form::Last, "0:48".into(), "آخر دقيقة"));
        assert_eq!(seen(shown(running, 300_000)).0, Form::Last);
        assert_eq!(seen(shown(running, 320_000)), (Form::Over, "+0:20".into(), "وقت الختام"));
    }

    #[test]
    fn a_gentle_warning_changes_the_word_and_a_grace_lets_a_sentence_end() {
        let reader = Reader::new(Lang::AR, Digits::Latin);
        let warn_at = vec![Span::minutes(2), Span::minutes(1)];
        let rules = Rules::from(&ClockRules { warn_at, grace: Span::seconds(15) });
        let clock = ClockView { limit: Span::minutes(5), state: ClockState::Running { ends_at: Instant(300_000) } };
        let seen = |now| {
            let dial = dial(reader, clock, Instant(now), false, rules);
            (dial.form, dial.word)
        };
        assert_eq!(seen(170_000), (Form::Running, "باقية"));
        assert_eq!(seen(180_000), (Form::Running, "اقتراب الختام"));
        assert_eq!(seen(240_000).0, Form::Last);
        assert_eq!(seen(301_000), (Form::Grace, "إكمال الجملة"));
        assert_eq!(seen(316_000), (Form::Over, "وقت الختام"));
    }

    #[test]
    fn the_arc_and_its_hand_agree() {
        let drawing = shown(ClockState::Running { ends_at: Instant(300_000) }, 75_000).drawing;
        assert!(drawing.contains(r#"stroke-dasharray="75.0 25.0" stroke-dashoffset="-25.0""#), "{drawing}");
        assert!(drawing.contains("rotate(90.0 100 100)"), "{drawing}");
    }

    #[test]
    fn a_bead_goes_every_ten_seconds() {
        let left = |seconds| beads(Span::seconds(seconds)).matches(r#""bead""#).count();
        assert_eq!([60, 51, 50, 48, 10, 1, 0].map(left), [6, 6, 5, 5, 1, 1, 0]);
    }
}
