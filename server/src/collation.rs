//! Lists of names in the order of their language, not of their bytes (`L11`).
//!
//! Bytes would put Latin before Arabic and tear families apart: أحمد, احمد and إحسان stand together here. The article
//! «ال» and the word «آل» are part of a name and stay. On the server alone: the tables are too heavy for a phone.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use nadwa_domain::Lang;

/// Sorts by what `name` says of each; equal names keep their order.
pub fn sort_by_name<T>(lang: Lang, items: &mut [T], name: impl Fn(&T) -> &str) {
    let collator = collator(lang);
    items.sort_by(|a, b| order(collator.as_ref(), name(a), name(b)));
}

fn order(collator: Option<&CollatorBorrowed<'static>>, a: &str, b: &str) -> Ordering {
    collator.map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
}

/// A language that the library does not know has the order of all languages together.
fn collator(lang: Lang) -> Option<CollatorBorrowed<'static>> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    let locale: Locale = lang.tag().parse().unwrap_or(Locale::UNKNOWN);
    Collator::try_new(locale.into(), options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(lang: Lang, mut names: [&str; N]) -> [&str; N] {
        sort_by_name(lang, &mut names, |name| name);
        names
    }

    #[test]
    fn families_stand_together_however_their_hamza_is_written() {
        let names = ["يوسف", "إبراهيم", "أحمد", "Zoé", "هدى", "احمد", "ابراهيم", "آمنة"];
        let expected = ["آمنة", "ابراهيم", "إبراهيم", "احمد", "أحمد", "هدى", "يوسف", "Zoé"];
        assert_eq!(sorted(Lang::AR, names), expected);
    }

    #[test]
    fn accents_do_not_send_a_name_to_the_end() {
        assert_eq!(sorted(Lang::FR, ["Zoé", "Éric", "Emma", "Fatou"]), ["Emma", "Éric", "Fatou", "Zoé"]);
    }
}
