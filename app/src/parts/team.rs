//! Pieces of the team's pages: console, desk, screen, stage, and the organizers' board.

use leptos::prelude::*;
use nadwa_domain::view::SlotView;
use nadwa_domain::{Phrase, Role};

use crate::parts::phrase::names;
use crate::parts::{Number, Plain, Shape, moment};
use crate::words::{Reader, numbers, role, screen};

/// The name of a role; in Arabic and French it names the task.
#[must_use]
pub fn role_name(r: Reader, of: Role) -> &'static str {
    match of {
        Role::Moderator => role::moderator(r),
        Role::CoModerator => role::co_moderator(r),
        Role::Timekeeper => role::timekeeper(r),
        Role::Presenter => role::presenter(r),
        Role::Member => role::member(r),
        Role::Interpreter => role::interpreter(r),
        Role::Steward => role::steward(r),
        Role::SafeguardingLead => role::safeguarding_lead(r),
        Role::SafeguardingDeputy => role::safeguarding_deputy(r),
        Role::Organizer => role::organizer(r),
        Role::Author => role::author(r),
        Role::Mentor => role::mentor(r),
        Role::Respondent => role::respondent(r),
    }
}

/// A step of the run of show in two lines: who or what, and what about.
#[must_use]
pub fn two_lines(r: Reader, slot: &SlotView) -> (Phrase, Option<Phrase>) {
    let title = Some(slot.title.clone()).filter(|title| !title.is_empty());
    if slot.names.is_empty() {
        let kind = || Phrase { text: moment::slot_name(r, slot.kind).to_owned(), lang: r.lang, dir: r.lang.dir() };
        (title.unwrap_or_else(kind), None)
    } else {
        (names(r, &slot.names), title)
    }
}

/// A step of the run of show: its form, who, what about, and its planned length.
#[component]
pub fn Step(
    r: Reader,
    step: SlotView,
    /// `row`, `row now` or `row done`.
    look: &'static str,
    /// The same in words, for screen readers.
    word: Option<&'static str>,
) -> impl IntoView {
    let (who, note) = two_lines(r, &step);
    let of = moment::of_slot(step.kind);
    view! {
        <li class=look data-moment=moment::hue(of) aria-current=look.ends_with("now").then_some("step")>
            <Shape name=moment::shape(of)/>
            <span>
                <span class="who">
                    <Plain phrase=who/>
                </span>
                {note.map(|note| view! { <span class="note"><Plain phrase=note/></span> })}
                {word.map(|word| view! { <span class="unseen">{word}</span> })}
            </span>
            <Number text=numbers::clock(r, step.planned)/>
        </li>
    }
}

/// The number of base characters of a text: combining marks do not make it wider.
#[must_use]
pub fn letters(text: &str) -> usize {
    let joins = |c: &char| {
        let mark = matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{200D}' | '\u{FE0F}');
        // Isolates around a name in another script are invisible.
        mark || matches!(c, '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|c| !joins(c)).count()
}

/// The size of a question on a wall, by its length.
#[must_use]
pub fn size_of(text: &str) -> &'static str {
    match (letters(text), vowelled(text)) {
        (0..=60, false) => "short",
        (0..=60, true) => "short vowelled",
        (61..=110, false) => "medium",
        (61..=110, true) => "medium vowelled",
        (111..=180, false) => "long",
        (111..=180, true) => "long vowelled",
        (_, false) => "very-long",
        (_, true) => "very-long vowelled",
    }
}

/// Whether a text has many combining marks (vowels of Arabic): its lines need more height (`L8`).
fn vowelled(text: &str) -> bool {
    let marks = text.chars().filter(|c| matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}')).count();
    marks * 4 > letters(text)
}

/// Whether a code is a rehearsal's: it stands in addresses alone, and no phone comes in by it (`P14`).
#[must_use]
pub fn rehearses(code: &str) -> bool {
    code.starts_with("try")
}

/// «Join code 471 926», for the foot of a wall.
#[component]
pub fn JoinCode(
    r: Reader,
    /// The session's join code.
    code: String,
) -> impl IntoView {
    view! {
        <span class="push">
            {screen::join_code(r)}
            " "
            <Number text=numbers::code(r, &code)/>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowels_do_not_make_a_question_longer() {
        assert_eq!(letters("كيف نوصل صوتنا؟"), letters("كَيْفَ نُوصِلُ صَوْتَنا؟"));
        assert_eq!(letters("Zoé"), 3);
        assert_eq!(letters("\u{2068}Zoé\u{2069}"), 3, "nor what holds a name in other letters together");
    }

    #[test]
    fn a_short_question_is_the_largest() {
        assert_eq!(size_of("كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟"), "short");
        assert_eq!(size_of("كَيْفَ نُوصِلُ صَوْتَنا؟"), "short vowelled");
        assert_eq!(size_of(&"كلمة ".repeat(20)), "medium");
        assert_eq!(size_of(&"كلمة ".repeat(30)), "long");
        assert_eq!(size_of(&"كلمة ".repeat(40)), "very-long");
    }
}
