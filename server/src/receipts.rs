//! Receipts (`R1`): a number by which whoever asked finds what became of it: on any device, after the phone was left, and
//! after all words were erased.
//!
//! - A **number** has fifteen random digits and one that checks them, in groups of four. A phone's is derived from its
//!   secret and the question's id: the phone can show it again, and it is stored nowhere. A paper slip's is drawn when
//!   the slip is printed.
//! - What is **kept** is one row for each receipt that was shown: a key, and where it leads. Both come from the number by
//!   one slow function under the server's key: the first half is the row's key, the second encrypts the place. Without
//!   the number nobody can tell to which question a row belongs, not even with the whole database and the server's key;
//!   trying all numbers would take tens of thousands of years.
//! - Where it leads is a session and a question, so that the fate is always the newest. It shows no word of it.

use argon2::Params;
use nadwa_domain::ids::{QuestionId, SessionId};
use uuid::Uuid;

use crate::edge;
use crate::permits::{Permit, ReceiptNumber};
use crate::slow;

/// Random digits of a number.
const RANDOM: usize = 15;
/// Digits of a number: one more checks them.
pub const DIGITS: usize = RANDOM + 1;
/// Kibibytes and rounds of one computation, as for numbers of cards.
const COST: (u32, u32) = (4096, 1);

/// The number of a receipt. Never stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt(String);

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receipt")
    }
}

/// Where a receipt leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub session: SessionId,
    pub question: QuestionId,
}

/// What follows from a number: under which key its row is, and what decrypts it.
#[derive(Clone)]
pub struct Keys {
    /// The row's key.
    pub row: Uuid,
    pad: [u8; 32],
}

impl Receipt {
    /// Of something random: a phone's own seed, or one drawn for a slip.
    #[must_use]
    pub fn of(seed: Uuid) -> Self {
        let random = format!("{:015}", seed.as_u128() % 10_u128.pow(15));
        let check = check_digit(&random);
        Self(format!("{random}{check}"))
    }

    /// For a slip of paper.
    #[must_use]
    pub fn fresh() -> Self {
        Self::of(edge::fresh_id())
    }

    /// What somebody typed: digits of any family, with whatever stands between them, and letters that look like digits. A
    /// slip of the finger is found by the last digit.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().take(100).filter_map(digit).collect();
        let (random, check) = digits.split_at_checked(RANDOM)?;
        (check.len() == 1 && check == check_digit(random)).then(|| Self(digits.clone()))
    }

    /// The digits, ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows from it under the server's key, for whoever may look (`G1`); takes milliseconds. Nothing if it cannot
    /// be computed.
    #[must_use]
    pub fn keys(&self, server: &[u8; 32], _: &Permit<ReceiptNumber>) -> Option<Keys> {
        let mut made = [0; 48];
        let params = Params::new(COST.0, COST.1, 1, Some(made.len())).ok()?;
        slow::NUMBERS.hash(params, self.0.as_bytes(), server, &mut made)?;
        let (row, pad) = made.split_at(16);
        Some(Keys {
            row: uuid::Builder::from_custom_bytes(row.try_into().ok()?).into_uuid(),
            pad: pad.try_into().ok()?,
        })
    }
}

impl Keys {
    /// Where it leads, as it is kept.
    #[must_use]
    pub fn seal(&self, place: Place) -> String {
        let bytes = [place.session.0.into_bytes(), place.question.0.into_bytes()].concat();
        edge::hex(&self.padded(&bytes))
    }

    /// Where it leads, from what is kept.
    #[must_use]
    pub fn open(&self, kept: &str) -> Option<Place> {
        let bytes = crate::http::phones::bytes(kept).filter(|bytes| bytes.len() == self.pad.len())?;
        let open = self.padded(&bytes);
        let (session, question) = open.split_at(16);
        Some(Place {
            session: SessionId(Uuid::from_slice(session).ok()?),
            question: QuestionId(Uuid::from_slice(question).ok()?),
        })
    }

    /// A pad that is used for one text alone: a receipt leads to one place for ever.
    fn padded(&self, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().zip(self.pad).map(|(byte, pad)| byte ^ pad).collect()
    }
}

/// The digit that a sign stands for; nothing for what stands between.
fn digit(sign: char) -> Option<char> {
    const ZEROS: [u32; 6] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10, 0x0030];
    let value = |zero: &u32| u32::from(sign).checked_sub(*zero).filter(|value| *value < 10);
    if let Some(value) = ZEROS.iter().find_map(value) {
        return char::from_digit(value, 10);
    }
    match sign {
        'o' | 'O' | 'о' | 'О' | 'ο' | 'Ο' => Some('0'),
        'i' | 'I' | 'l' | 'L' | '|' | 'ا' => Some('1'),
        'z' | 'Z' => Some('2'),
        's' | 'S' | 'ه' => Some('5'),
        'b' | 'B' => Some('8'),
        _ => None,
    }
}

/// The digit that makes the sum of all a multiple of ten, every second one doubled (Luhn): it finds one wrong digit, and
/// nearly every two that changed places.
fn check_digit(random: &str) -> String {
    let digits = random.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    ((10 - sum % 10) % 10).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: [u8; 32] = [7; 32];

    fn place() -> Place {
        Place { session: SessionId(Uuid::from_u128(1)), question: QuestionId(Uuid::from_u128(2)) }
    }

    #[test]
    fn a_number_is_read_in_any_digits_and_with_letters_that_look_like_them() {
        let receipt = Receipt::of(Uuid::from_u128(120_058_120_058_123));
        let number = receipt.as_str().to_owned();
        assert!(number.starts_with("120058120058123") && number.len() == DIGITS);
        let arabic: String = number.chars().filter_map(|c| char::from_u32(0x0660 + c.to_digit(10)?)).collect();
        let grouped = format!("\u{200f}{} - {}", &number[..8], &number[8..]);
        let letters = number.replace('0', "O").replace('1', "l").replace('5', "S").replace('8', "B").replace('2', "z");
        for typed in [number.clone(), arabic, grouped, letters] {
            assert_eq!(Receipt::parse(&typed), Some(receipt.clone()), "{typed}");
        }
    }

    #[test]
    fn one_wrong_digit_or_two_that_changed_places_are_found() {
        let number = Receipt::of(Uuid::from_u128(102_938_475_601_928)).as_str().to_owned();
        for place in 0..DIGITS {
            for other in '0'..='9' {
                let mut wrong = number.clone();
                wrong.replace_range(place..=place, &other.to_string());
                assert_eq!(Receipt::parse(&wrong).is_some(), wrong == number, "{wrong}");
            }
        }
        let mut swapped = number.clone().into_bytes();
        swapped.swap(0, 1);
        assert_eq!(Receipt::parse(&String::from_utf8_lossy(&swapped)), None);
        for none in ["", "0", &number[1..], &format!("{number}0")] {
            assert_eq!(Receipt::parse(none), None);
        }
    }

    #[test]
    fn what_is_kept_is_read_by_the_number_alone() {
        let (own, other) = (Receipt::of(Uuid::from_u128(5)), Receipt::of(Uuid::from_u128(6)));
        let (keys, others) = (own.keys(&SERVER, &Permit::own()).unwrap(), other.keys(&SERVER, &Permit::own()).unwrap());
        let kept = keys.seal(place());
        assert_eq!(keys.open(&kept), Some(place()));
        assert_ne!(others.open(&kept), Some(place()));
        assert_ne!(others.row, keys.row);
        assert_ne!(own.keys(&[8; 32], &Permit::own()).unwrap().row, keys.row, "another server's numbers lead nowhere");
        assert!(!kept.contains(&place().question.0.simple().to_string()), "nothing of the place stands in it");
        assert_eq!(keys.open("no hex"), None);
    }
}
