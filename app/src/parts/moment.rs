//! Moments: each has one hue and one form, by one word of the style sheet.

use nadwa_domain::session::plan::{Kind, SlotKind};
use nadwa_domain::view::Moment;

use crate::words::{Reader, programme, slot};

/// The value of `data-moment`.
#[must_use]
pub const fn hue(moment: Moment) -> &'static str {
    match moment {
        Moment::Speech => "speech",
        Moment::Question => "question",
        Moment::Poll => "poll",
        Moment::Break => "break",
        Moment::Plain | Moment::Thanks => "plain",
    }
}

/// The moment that a slot is.
#[must_use]
pub const fn of_slot(kind: SlotKind) -> Moment {
    match kind {
        SlotKind::Opening => Moment::Plain,
        SlotKind::Paper | SlotKind::Speech => Moment::Speech,
        SlotKind::Questions => Moment::Question,
        SlotKind::Poll => Moment::Poll,
        SlotKind::Break | SlotKind::Energiser => Moment::Break,
        SlotKind::Closing => Moment::Thanks,
    }
}

/// The form of a moment; the mark where it has none of its own.
#[must_use]
pub const fn shape(moment: Moment) -> &'static str {
    match moment {
        Moment::Plain | Moment::Thanks => "mark",
        other @ (Moment::Speech | Moment::Question | Moment::Poll | Moment::Break) => hue(other),
    }
}

/// What a slot is called, if nobody gave it a title.
#[must_use]
pub fn slot_name(reader: Reader, kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Opening => slot::opening(reader),
        SlotKind::Paper => slot::paper(reader),
        SlotKind::Speech => slot::speech(reader),
        SlotKind::Questions => slot::questions(reader),
        SlotKind::Poll => slot::poll(reader),
        SlotKind::Break => slot::break_time(reader),
        SlotKind::Energiser => slot::energizer(reader),
        SlotKind::Closing => slot::closing(reader),
    }
}

/// What kind of session it is.
#[must_use]
pub fn kind_name(reader: Reader, kind: Kind) -> &'static str {
    match kind {
        Kind::Opening => programme::kind_opening(reader),
        Kind::Panel => programme::kind_panel(reader),
        Kind::Workshop => programme::kind_workshop(reader),
        Kind::Symposium => programme::kind_symposium(reader),
        Kind::ClosedMeeting => programme::kind_closed(reader),
        Kind::Break => programme::kind_break(reader),
        Kind::Closing => programme::kind_closing(reader),
    }
}

/// The form of a kind of session.
#[must_use]
pub const fn kind_shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Opening | Kind::Closing => "mark",
        Kind::Panel | Kind::Symposium => "speech",
        Kind::Workshop | Kind::ClosedMeeting => "workshop",
        Kind::Break => "break",
    }
}
