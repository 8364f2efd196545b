//! Folding: what two spellings of the same words have in common. For matching and counting, never for showing.
//!
//! «المدرسه» and «المدرسة», «علي» and «على», `Ｈ３llo` and `h3lo` are one (`L10`). Folded are: invisible characters and
//! tatweel (dropped), vowel marks and accents (dropped), the forms of alef, yeh, kaf, heh and waw, letters in fancy
//! shapes, every family of digits, upper case, and letters that were stretched. A list of words that is matched is
//! folded too.

/// The folded words of a text with one space between them: what duplicates and search are found by.
#[must_use]
pub fn key(text: &str) -> String {
    words(text).join(" ")
}

/// The folded words of a text. Whatever is neither letter nor digit parts words.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    split(text, |c| if c.is_alphanumeric() { Part::Keep } else { Part::End })
}

/// The same, but punctuation within a word is left out instead: «غ.ب.ي» is one word.
#[must_use]
pub fn tight_words(text: &str) -> Vec<String> {
    split(text, |c| match c {
        c if c.is_alphanumeric() => Part::Keep,
        c if c.is_whitespace() => Part::End,
        _ => Part::Drop,
    })
}

/// A text as two readers agree that it is the same (`P4`): exact but for what is not part of a word, which is letters'
/// case, invisible characters, tatweel, vowel marks, and the joined forms in which old programs store letters. «خط» is
/// not «خطط», «كتابة» is not «كتابه», «على» is not «علي».
#[must_use]
pub fn exact(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.chars().flat_map(whole).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same without the hamza on an alef: phones write «امان» for «أمان», and nobody can tell which of «أمن» and «آمن»
/// was meant by «امن».
#[must_use]
pub fn without_hamza(exact: &str) -> String {
    exact.chars().map(|c| if matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ') { 'ا' } else { c }).collect()
}

/// What one character is for [`exact`]: accents stay, Arabic marks go, a joined form is its letter.
fn whole(c: char) -> impl Iterator<Item = char> {
    let accent = matches!(c, '\u{0300}'..='\u{036F}');
    let several = match c {
        '\u{FEF5}' | '\u{FEF6}' => "لآ",
        '\u{FEF7}' | '\u{FEF8}' => "لأ",
        '\u{FEF9}' | '\u{FEFA}' => "لإ",
        '\u{FEFB}' | '\u{FEFC}' => "لا",
        '\u{FE81}' | '\u{FE82}' => "آ",
        '\u{FE83}' | '\u{FE84}' => "أ",
        '\u{FE85}' | '\u{FE86}' => "ؤ",
        '\u{FE87}' | '\u{FE88}' => "إ",
        '\u{FE89}'..='\u{FE8C}' => "ئ",
        '\u{FE93}' | '\u{FE94}' => "ة",
        '\u{FEEF}' | '\u{FEF0}' => "ى",
        _ => "",
    };
    let stays = several.is_empty() && (accent || !is_dropped(c));
    let one = stays.then(|| if matches!(c, '\u{FE80}'..='\u{FEF4}') { joined(u32::from(c)) } else { c });
    several.chars().chain(one.into_iter().flat_map(char::to_lowercase))
}

/// One word or phrase as lists are folded: like [`key`].
#[must_use]
pub fn word(text: &str) -> String {
    key(text)
}

/// Every digit family as ASCII, all else as it is (`L6`).
#[must_use]
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// An Arabic word without the clitics that are written onto it: «والغبي» leads to «غبي». The word itself comes first,
/// and never less than three letters are left: «عكس» and «كسوة» hide no other word.
#[must_use]
pub fn without_clitics(word: &str) -> Vec<&str> {
    let mut all = vec![word];
    let mut next = 0;
    while let Some(word) = all.get(next).copied() {
        let shorter: Vec<&str> = peeled(word).filter(|word| !all.contains(word)).collect();
        all.extend(shorter);
        next += 1;
    }
    all
}

/// Proclitics: and, so, with, like, for, the, will; `يا` where it was joined.
const BEFORE: &[&str] = &["ال", "لل", "و", "ف", "ب", "ك", "ل", "يا", "هال"];
/// Suffixes: my, your, his, her, our, their; feminine, dual, plural.
const BEHIND: &[&str] = &["ي", "ك", "ه", "ها", "نا", "هم", "كم", "ات", "ين", "ون", "يه", "تك", "ته", "و"];
/// Fewer letters are left of no word: what is left would be part of many.
const LEFT: usize = 3;

fn peeled(word: &str) -> impl Iterator<Item = &str> {
    let arabic = word.chars().next().is_some_and(|c| ('\u{0620}'..='\u{064A}').contains(&c));
    let before = BEFORE.iter().filter_map(move |clitic| word.strip_prefix(clitic));
    let behind = BEHIND.iter().filter_map(move |clitic| word.strip_suffix(clitic));
    before.chain(behind).filter(move |rest| arabic && rest.chars().count() >= LEFT)
}

enum Part {
    Keep,
    Drop,
    End,
}

fn split(text: &str, part: impl Fn(char) -> Part) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars().flat_map(unfolded) {
        let Some(last) = words.last_mut() else { break };
        match part(c) {
            // Stretching a letter says it louder, and nothing else; a digit counts.
            Part::Keep if !c.is_ascii_digit() && last.ends_with(c) => {}
            Part::Keep => last.push(c),
            Part::Drop => {}
            Part::End => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What one character folds to: nothing, one or several.
fn unfolded(c: char) -> impl Iterator<Item = char> {
    let plain = shape(c);
    let (several, one) = match plain {
        c if is_dropped(c) => ("", None),
        'æ' | 'Æ' => ("ae", None),
        'œ' | 'Œ' => ("oe", None),
        'ß' => ("s", None),
        'ﷲ' => ("الله", None),
        '\u{FEF5}'..='\u{FEFC}' => ("لا", None),
        _ => ("", Some(letter(plain))),
    };
    several.chars().chain(one)
}

/// Invisible characters, tatweel and combining marks.
pub(crate) const fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{0640}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E007F}'
        | '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}'
        | '\u{20D0}'..='\u{20FF}')
}

/// The letter that a letter is written for.
fn letter(c: char) -> char {
    if let Some(digit) = digit(c) {
        return digit;
    }
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ے' | 'ئ' => 'ي',
        'ؤ' | 'ۇ' | 'ۆ' => 'و',
        'ک' | 'ڪ' => 'ك',
        'ة' | 'ۀ' | 'ھ' | 'ہ' => 'ه',
        // The Gulf writes what it says: چلب, گال.
        'چ' => 'ج',
        'گ' => 'ق',
        'پ' => 'ب',
        'ڤ' => 'ف',
        _ => latin(c),
    }
}

/// A Latin letter without its diacritic, in lower case.
fn latin(c: char) -> char {
    match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' | 'Ā' | 'Ă' | 'Ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'č' | 'Ć' | 'Č' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ę' | 'ě' | 'Ē' | 'Ę' | 'Ě' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'į' | 'ı' | 'Ī' | 'İ' => 'i',
        'ñ' | 'Ñ' | 'ń' | 'Ń' => 'n',
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'ō' | 'Ō' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' => 'u',
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => 'y',
        'š' | 'Š' | 'ś' | 'Ś' | 'ş' | 'Ş' => 's',
        'ž' | 'Ž' | 'ź' | 'Ź' | 'ż' | 'Ż' => 'z',
        'ğ' | 'Ğ' => 'g',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The digit of any family as an ASCII one.
fn digit(c: char) -> Option<char> {
    let first = match c {
        '0'..='9' => return Some(c),
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '０'..='９' => '０',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(first)).ok().map(|n| char::from(b'0' + n))
}

/// The base character of a compatibility form (as NFKC has it): full width, mathematical, circled, and the presentation
/// forms of Arabic.
fn shape(c: char) -> char {
    let code = u32::from(c);
    let from = |first: u8, place: u32| char::from(first + u8::try_from(place).unwrap_or(0));
    match code {
        0xFF21..=0xFF3A => from(b'a', code - 0xFF21),
        0xFF41..=0xFF5A => from(b'a', code - 0xFF41),
        0x24B6..=0x24CF => from(b'a', code - 0x24B6),
        0x24D0..=0x24E9 => from(b'a', code - 0x24D0),
        0x2460..=0x2468 => from(b'1', code - 0x2460),
        // Thirteen alphabets of 52 letters each, then five families of digits.
        0x1D400..=0x1D6A3 => from(b'a', (code - 0x1D400) % 26),
        0x1D7CE..=0x1D7FF => from(b'0', (code - 0x1D7CE) % 10),
        0xFE80..=0xFEF4 => joined(code),
        _ => c,
    }
}

/// Arabic Presentation Forms-B: each letter in two or four joined forms, in the order of the alphabet.
fn joined(code: u32) -> char {
    /// The first form of each letter.
    const FIRST: [(u32, char); 36] = [
        (0xFE80, 'ء'),
        (0xFE81, 'ا'),
        (0xFE83, 'ا'),
        (0xFE85, 'و'),
        (0xFE87, 'ا'),
        (0xFE89, 'ي'),
        (0xFE8D, 'ا'),
        (0xFE8F, 'ب'),
        (0xFE93, 'ه'),
        (0xFE95, 'ت'),
        (0xFE99, 'ث'),
        (0xFE9D, 'ج'),
        (0xFEA1, 'ح'),
        (0xFEA5, 'خ'),
        (0xFEA9, 'د'),
        (0xFEAB, 'ذ'),
        (0xFEAD, 'ر'),
        (0xFEAF, 'ز'),
        (0xFEB1, 'س'),
        (0xFEB5, 'ش'),
        (0xFEB9, 'ص'),
        (0xFEBD, 'ض'),
        (0xFEC1, 'ط'),
        (0xFEC5, 'ظ'),
        (0xFEC9, 'ع'),
        (0xFECD, 'غ'),
        (0xFED1, 'ف'),
        (0xFED5, 'ق'),
        (0xFED9, 'ك'),
        (0xFEDD, 'ل'),
        (0xFEE1, 'م'),
        (0xFEE5, 'ن'),
        (0xFEE9, 'ه'),
        (0xFEED, 'و'),
        (0xFEEF, 'ي'),
        (0xFEF1, 'ي'),
    ];
    let of = FIRST.iter().rev().find(|(first, _)| *first <= code);
    of.map_or('ء', |(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_arabic_spelling_is_one_with_the_dictionarys() {
        assert_eq!(
            key("هل المدرسه مسؤوله عن حمايه الاطفال علي الانترنت"),
            key("هل المدرسةُ مسؤولةٌ عن حماية الأطفال على الإنترنت؟")
        );
        assert_eq!(key("ســــــــؤال\u{200c}\u{200b} مهـــــم"), key("سؤال مهم"));
        assert_eq!(key("كَيْفَ نُوصِلُ صَوْتَنا؟"), key("كيف نوصل صوتنا"));
        assert_eq!(key("ﻣﺪﺭﺳﺔ ﻻ"), key("مدرسة لا"));
    }

    #[test]
    fn a_word_is_what_was_written_without_what_is_no_part_of_it() {
        for (one, other) in
            [("خط", "خطط"), ("أم", "أمم"), ("حق", "حقق"), ("كتابة", "كتابه"), ("علي", "على"), ("cole", "école")]
        {
            assert_ne!(exact(one), exact(other));
        }
        for (one, other) in [("سَلام", "سلام"), ("سـلام", "سلام"), ("Peace ", "peace"), ("ﺳﻼﻡ", "سلام"), ("ﻷﻣﻞ", "لأمل")]
        {
            assert_eq!(exact(one), exact(other));
        }
        assert_eq!(without_hamza(&exact("أمان")), exact("امان"));
    }

    #[test]
    fn stretched_letters_say_nothing_more_and_digits_do() {
        assert_eq!(key("جمييييل جدااا"), key("جميل جدا"));
        assert_eq!(key("ya 7maaaar"), "ya 7mar");
        assert_eq!(key("100 طفل"), "100 طفل");
    }

    #[test]
    fn digits_of_every_family_are_the_same() {
        assert_eq!(key("٥٥١٢ ۵۵۱۲ ５５１２ 5512"), "5512 5512 5512 5512");
        assert_eq!(ascii_digits("رقم ٤٧١٩٢٦"), "رقم 471926");
    }

    #[test]
    fn latin_letters_lose_accents_and_fancy_shapes() {
        assert_eq!(key("Zoé-Maëlle N’Diaye"), "zoe maele n diaye");
        assert_eq!(key("𝐇𝐞𝐥𝐥𝐨 Ⓦⓞⓡⓛⓓ ＡＢＣ cœur"), "helo world abc coeur");
    }

    #[test]
    fn punctuation_within_a_word_is_left_out_in_the_second_key() {
        assert_eq!(tight_words("أنت غ.ب.ي i-d-i-o-t!"), ["انت", "غبي", "idiot"]);
        assert_eq!(words("غ.ب.ي"), ["غ", "ب", "ي"]);
    }

    #[test]
    fn clitics_are_peeled_and_the_word_is_kept() {
        for word in ["والغبي", "بالغبي", "ياغبي", "غبيه", "للغبي", "غبيها"] {
            assert!(without_clitics(&key(word)).contains(&"غبي"), "{word}");
        }
        assert_eq!(without_clitics("idiot"), ["idiot"]);
        assert_eq!(without_clitics("مصر")[0], "مصر");
    }
}
