//! How many wrong secrets of a kind are looked at: the numbers, and the arithmetic behind them.

use super::buckets::Rate;

/// How wrong secrets of a kind are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Of one phone that looked at a page.
    pub phone: Rate,
    /// Of all such phones behind one address.
    pub phones: Rate,
    /// Of everybody else behind one address.
    pub strangers: Rate,
    /// Of all addresses together.
    pub all: Rate,
}

/// A rule by its rates, from the narrowest to the widest.
const fn rule(phone: Rate, phones: Rate, strangers: Rate, all: Rate) -> Rule {
    Rule { phone, phones, strangers, all }
}

/// Whoever brings no phone's token steps back as if after so many more mistakes: programs do not look at pages.
pub(super) const STRANGERS_STEP_BACK: f64 = 10.0;

/// Digits of the number on a child's card, in groups of three.
///
/// Were a hundred addresses, or a million, to guess all day: all of them together are looked at 65 times a second
/// (`all` of [`CARD_NUMBERS`]) and 1,000 times at once each day, which is 2.05 × 10⁹ times a year. Of 10¹⁵ numbers 300 are
/// cards, so that one guess fits some card with 3 × 10⁻¹³, and half a chance takes ln 2 ÷ (3 × 10⁻¹³) = 2.3 × 10¹²
/// guesses: more than a thousand years. Twelve digits would take one year, and nine ten hours. A test says so, too.
pub(super) const CARD_DIGITS: usize = 15;

/// Three hundred children with a mistake each, all at once behind one address, hear that the number is wrong, and not to
/// wait. One look takes three milliseconds of a processor.
const CARD_NUMBERS: Rule =
    rule(Rate::one_in(10, 10), Rate::per_second(20, 400), Rate::one_in(2, 120), Rate::per_second(65, 1_000));

/// Digits of the numbers that versions before 2 printed. They go on working, and the page of cards says that there are
/// some: they are few enough that half a chance of one of 300 takes more than a year.
pub(super) const OLD_CARD_DIGITS: usize = 9;

const OLD_CARD_NUMBERS: Rule =
    rule(Rate::one_in(20, 5), Rate::one_in(20, 300), Rate::one_in(20, 60), Rate::one_in(20, 400));

/// Sessions are no secrets: the programme lists them. This keeps the codes of those that are not published yet from being
/// counted through by one device, and lets a hall mistype, and a page that is open ask for its parts after its session
/// was closed.
const JOIN_CODES: Rule =
    rule(Rate::per_second(1, 80), Rate::per_second(100, 5_000), Rate::one_in(1, 60), Rate::per_second(500, 10_000));

/// Seats live for one session: at nine guesses a second over all addresses, two hours find one of three hundred seats
/// among a hundred million codes with a chance of one in five; and whose seat was taken says so.
const SEAT_CODES: Rule =
    rule(Rate::one_in(10, 10), Rate::per_second(5, 400), Rate::one_in(5, 60), Rate::per_second(9, 1_000));

/// An organizer's phrase has twelve letters and more. One look takes nineteen megabytes and some thirty milliseconds.
const PHRASES: Rule = rule(Rate::one_in(20, 10), Rate::one_in(2, 60), Rate::one_in(10, 30), Rate::per_second(6, 80));

/// A receipt has fifteen random digits and shows no word: of a hundred thousand some one is found with a chance of one in
/// five by a year of guessing over all addresses, and it is nobody's that is known. One look takes three milliseconds.
const RECEIPTS: Rule = CARD_NUMBERS;

/// Of the kinds that are counted, in the order of their places.
pub(super) const RULES: [Rule; 6] = [CARD_NUMBERS, OLD_CARD_NUMBERS, JOIN_CODES, SEAT_CODES, PHRASES, RECEIPTS];
