//! Display names: reserved ones, and those that say too much (`S12`, `S25`).
//!
//! Nobody may be called like a role or like an organizer, not even with letters that look alike. A name that tells an
//! age, a class or a whole family is kept as it is, with an offer to show less.

pub mod telling;

use crate::fold;
use telling::Tells;

/// What is to be said of a display name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// It is fine.
    Fine,
    /// Two names, of which one may be a family's: offer to show less.
    MayTell,
    /// It tells more than a first name: offer to show less.
    TellsMuch,
    /// It looks like a role or like somebody else: not to be used.
    Reserved,
}

/// Words of roles, folded, in the languages of the interface.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "مشرف", "مشرفه", "ميسر", "ميسره", "مدير", "مديره", "مدير الجلسه", "منظم", "منظمه", "منظمون", "المنظمون",
    "فريق التنظيم", "فريق الحمايه", "الحمايه", "مسوول", "مسووله", "مسوول الحمايه", "مكتب القراءه",
    "خط المسانده", "الاداره", "اداره", "ادمن", "النظام", "ندوه", "المذيع", "ضابط الوقت", "شرطه", "الشرطه",
    "moderator", "moderators", "comoderator", "mod", "mods", "admin", "administrator", "organizer", "organiser",
    "organizers", "organisers", "safeguarding", "safeguarding lead", "lead", "deputy", "steward", "host",
    "staf", "suport", "helpline", "system", "nadwa", "oficial", "police", "moderateur", "moderatrice",
    "animateur", "animatrice", "organisateur", "organisatrice", "responsable", "administrateur", "protection",
    "officiel",
];
/// What is to be said of a display name; `taken` are the names of organizers and others that may not be borrowed.
#[must_use]
pub fn advice<'a>(name: &str, taken: impl IntoIterator<Item = &'a str>) -> Advice {
    let own = seen(name);
    let looks_like = |other: &str| !own.is_empty() && seen(other) == own;
    let articled = || own.strip_prefix("ال").unwrap_or_default().to_owned();
    let role = ROLES.iter().any(|role| looks_like(role) || seen(role) == articled());
    let counted = fold::ascii_digits(name);
    let uncounted = seen(counted.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()));
    if role || ROLES.iter().any(|role| seen(role) == uncounted) || taken.into_iter().any(looks_like) {
        return Advice::Reserved;
    }
    match telling::tells(name) {
        Tells::First => Advice::Fine,
        Tells::Family => Advice::MayTell,
        Tells::Much => Advice::TellsMuch,
    }
}

/// Whether nobody may be called so.
#[must_use]
pub fn reserved<'a>(name: &str, taken: impl IntoIterator<Item = &'a str>) -> bool {
    advice(name, taken) == Advice::Reserved
}

/// A name as an eye takes it: folded, without spaces, with letters that look alike made one.
fn seen(name: &str) -> String {
    let spread: String = name.chars().map(alike).collect();
    let letters = fold::tight_words(&spread).concat();
    let alike: String = letters.chars().map(|c| if c == '0' { 'o' } else { c }).collect();
    // `vv` for `w` and `rn` for `m`: to a hurried eye they are the same.
    alike.replace("vv", "w").replace("rn", "m").replace('1', "l").replace('l', "i")
}

/// Letters of other alphabets that look like Latin ones.
const fn alike(c: char) -> char {
    match c {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'е' | 'Е' | 'ё' | 'ε' | 'Ε' => 'e',
        'о' | 'О' | 'ο' | 'Ο' | 'σ' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'с' | 'С' | 'ϲ' => 'c',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'γ' | 'Υ' => 'y',
        'і' | 'І' | 'ι' | 'Ι' | '|' | '!' => 'i',
        'ѕ' | 'Ѕ' | '$' => 's',
        'ԁ' => 'd',
        'м' | 'М' | 'Μ' => 'm',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'н' | 'Н' | 'Η' => 'h',
        'в' | 'В' | 'Β' | 'β' => 'b',
        'ո' => 'n',
        '@' => 'a',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Advice {
        advice(name, ["مريم المنظمة", "Dr. Hana"])
    }

    #[test]
    fn nobody_is_called_like_a_role_or_an_organizer() {
        for name in [
            "مشرف",
            "المشرف",
            "مـيـسّـر",
            "منظِّم",
            "Moderator",
            "m0derat0r",
            "Mоdеrаtоr",
            "ADMIN 1",
            "Organisateur",
            "مريم المنظمه",
            "dr hana",
            "staff",
        ] {
            assert_eq!(of(name), Advice::Reserved, "{name}");
        }
    }

    #[test]
    fn first_names_and_nicknames_are_fine() {
        for name in ["مريم", "Jamal", "Zoé-Maëlle", "Sara", "أمل", "Omar B"] {
            assert_eq!(of(name), Advice::Fine, "{name}");
        }
    }

    #[test]
    fn two_names_may_tell_a_family() {
        for name in ["Zoé-Maëlle N’Diaye", "سارة محمد", "نجمة البحر"] {
            assert_eq!(of(name), Advice::MayTell, "{name}");
        }
    }

    #[test]
    fn a_name_that_tells_much_is_kept_with_an_offer_to_show_less() {
        for name in ["آمنة (١١ سنة)", "Sara Example, Grade 6B, Example School", "سارة بنت خالد آل فلان"]
        {
            assert_eq!(of(name), Advice::TellsMuch, "{name}");
        }
    }
}
