//! CLDR's cardinal plural rules for whole numbers, without its library.
//!
//! Compared with the library in a test; a fourth family of rules is one arm here and one in `build/check.rs`.

use nadwa_domain::lang::Plurals;

/// A plural category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Nothing, in Arabic.
    Zero,
    /// One; in French also nothing.
    One,
    /// Two, in Arabic.
    Two,
    /// 3 to 10, 103 to 110 …, in Arabic.
    Few,
    /// 11 to 99, 111 to 199 …, in Arabic; millions in French.
    Many,
    /// All else.
    Other,
}

/// The category of `n` by a language's rules.
#[must_use]
pub const fn category(rules: Plurals, n: u64) -> Category {
    match (rules, n) {
        (Plurals::Arabic, 0) => Category::Zero,
        (Plurals::Arabic, 2) => Category::Two,
        (Plurals::Arabic | Plurals::OneOther, 1) | (Plurals::French, 0 | 1) => Category::One,
        (Plurals::Arabic, _) => match n % 100 {
            3..=10 => Category::Few,
            11..=99 => Category::Many,
            _ => Category::Other,
        },
        (Plurals::French, _) if n.is_multiple_of(1_000_000) => Category::Many,
        (Plurals::OneOther | Plurals::French, _) => Category::Other,
    }
}

#[cfg(test)]
mod tests {
    use icu_locale_core::Locale;
    use icu_plurals::{PluralCategory, PluralRules};
    use nadwa_domain::lang::LANGS;

    use super::*;
    use crate::words::check;

    #[test]
    fn agrees_with_the_library() {
        for lang in LANGS {
            let locale: Locale = lang.tag.parse().unwrap();
            let library = PluralRules::try_new_cardinal(locale.into()).unwrap();
            for n in (0..=10_000).chain([100_000, 1_000_000, 1_000_001, 2_000_000, 10_000_000]) {
                let expected = match library.category_for(n) {
                    PluralCategory::Zero => Category::Zero,
                    PluralCategory::One => Category::One,
                    PluralCategory::Two => Category::Two,
                    PluralCategory::Few => Category::Few,
                    PluralCategory::Many => Category::Many,
                    PluralCategory::Other => Category::Other,
                };
                assert_eq!(category(lang.plurals, n), expected, "{n} in {}", lang.tag);
            }
        }
    }

    #[test]
    fn the_build_asks_for_the_forms_that_can_occur_and_no_others() {
        for lang in LANGS {
            let mut found: Vec<_> = (0..=1_000).chain([1_000_000]).map(|n| category(lang.plurals, n)).collect();
            found.sort_unstable();
            found.dedup();
            let names: Vec<_> = found.into_iter().map(|c| check::FORMS[c as usize]).collect();
            assert_eq!(names, check::forms(lang.plurals), "{}", lang.tag);
        }
    }
}
