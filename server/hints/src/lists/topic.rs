//! Grave subjects. At a conference of helplines they are mostly good questions: the label says "read with care".

use super::pattern::Text;
use nadwa_domain::fold;

/// Word beginnings in Latin letters.
#[rustfmt::skip]
const LATIN: &[&str] = &[
    "abus*", "sexual*", "rape*", "raping", "asault*", "molest*", "incest*", "suicid*", "selfharm*", "violen*",
    "bulied", "bulying", "buly*", "haras*", "traficking", "grom*", "porn*", "drug*", "neglect*", "trauma*",
    "viol", "viols", "agresion*", "harcel*", "maltrait*", "inceste*", "drogue*", "mutilat*", "exploitation",
    "3onf", "taharosh", "tanamor*", "ta7arosh", "scarification*",
];
/// Arabic words, compared without their clitics.
#[rustfmt::skip]
const ARABIC: &[&str] = &[
    "تحرش", "التحرش", "متحرش", "اعتداء", "اعتداءات", "يعتدي", "اغتصاب", "انتحار", "ينتحر", "عنف", "معنف",
    "معنفين", "ضرب", "جنسي", "جنسيه", "استغلال", "ابتزاز", "تنمر", "متنمر", "مخدرات", "اهمال", "ايذاء", "اساءه",
    "اساءات", "ختان", "زواج القاصرات", "قاصرات", "اتجار", "صدمه", "تعذيب", "خطف", "اذيه",
];

/// Whether a grave subject is named.
pub(crate) fn is_grave(text: &Text) -> bool {
    text.says_any(LATIN)
        || text.words.iter().any(|word| fold::without_clitics(&word.plain).iter().any(|w| ARABIC.contains(w)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_folded() {
        super::super::pattern::folded(super::LATIN);
        super::super::pattern::folded(super::ARABIC);
    }
}
