//! What a name tells beyond a first name: a family, an age, a class, a school (`S12`).
//!
//! The same rule holds for every way in. It only ever holds a name back for an adult's eyes or proposes less: a name of
//! one word is a name, whatever else the word means («رابعة» is called so, and is in no fourth class).

use crate::fold;

/// How much a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tells {
    /// A first name or a nickname.
    First,
    /// A first name and something that may be a family's.
    Family,
    /// More than that: three names, an age, a class, a school.
    Much,
}

/// How much a name tells.
#[must_use]
pub fn tells(name: &str) -> Tells {
    let units = units(name);
    let numbers = name.chars().any(char::is_numeric) || name.contains(CHINESE);
    match units.as_slice() {
        _ if numbers => Tells::Much,
        [] => Tells::First,
        [only] => {
            if looks_like_two(only) {
                Tells::Family
            } else {
                Tells::First
            }
        }
        units if units.iter().any(|unit| is_telling(unit)) => Tells::Much,
        // «Omar B»: a letter tells of no family.
        [_, second] if second.chars().filter(|c| c.is_alphabetic()).count() == 1 => Tells::First,
        [_, _] => Tells::Family,
        _ => Tells::Much,
    }
}

/// Whether a text says an age, a class, a school or a family in so many words: no name of a group does.
#[must_use]
pub fn says_so(name: &str) -> bool {
    name.chars().any(char::is_numeric) || name.contains(CHINESE) || units(name).iter().any(|unit| is_telling(unit))
}

/// The part of a name that may be shown: nothing if all of it may.
#[must_use]
pub fn shorter(name: &str) -> Option<String> {
    let telling = tells(name) > Tells::First;
    let first = || units(name).into_iter().find(|unit| !is_telling(unit) && !unit.chars().any(char::is_numeric));
    telling.then(first).flatten()
}

/// What of a name everybody may read that nobody has looked at: all of a first name, of a delegation's or a team's; of
/// others the first name. `groups` are the session's own: «لينا – المغرب» is Lina of the delegation that all know of.
#[must_use]
pub fn before_all<'a>(name: &str, groups: impl Iterator<Item = &'a str>) -> Option<String> {
    let groups: Vec<String> = groups.flat_map(fold::words).collect();
    let without = units(name).into_iter().filter(|unit| !groups.contains(&folded(unit))).collect::<Vec<_>>().join(" ");
    let of_many = units(name).first().is_some_and(|first| OF_MANY.contains(&folded(first).as_str()));
    match tells(&without) {
        Tells::First if !name.chars().any(char::is_numeric) => Some(name.to_owned()),
        Tells::Family if of_many => Some(name.to_owned()),
        Tells::First | Tells::Family | Tells::Much => shorter(name),
    }
}

/// The names in a name: «نور الهدى» and «عبد الله» are one each, and so is «Zoé-Maëlle».
fn units(name: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut joins = false;
    for word in name.split(parts).map(|word| word.trim_matches(['\'', '’', '-'])).filter(|word| !word.is_empty()) {
        let folded = folded(word);
        match units.last_mut().filter(|_| joins || COMPLETES.contains(&folded.as_str())) {
            Some(last) => *last = [last, word].join(" "),
            None => units.push(word.to_owned()),
        }
        joins = STARTS.contains(&folded.as_str());
    }
    units
}

/// What parts words. A hyphen joins «Zoé-Maëlle», and no two Arabic names.
fn parts(c: char) -> bool {
    let joins = matches!(c, '\'' | '’' | '‘' | 'ʼ' | '-' | '‐' | '\u{200C}' | '\u{200D}');
    // Signs of vowels in the scripts of India, in Thai and in Hebrew.
    let signs = matches!(c, '\u{0591}'..='\u{05C7}' | '\u{0900}'..='\u{0963}' | '\u{0966}'..='\u{0E7F}');
    !c.is_alphanumeric() && !fold::is_dropped(c) && !joins && !signs
}

fn folded(word: &str) -> String {
    fold::tight_words(word).concat()
}

/// A name in letters that are written without a space, and «SaraHaddad», are two.
fn looks_like_two(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let arabic_joined = name.contains(['-', '‐']) && letters.iter().any(|c| ('\u{0620}'..='\u{06FF}').contains(c));
    let without_spaces = letters.iter().filter(|c| is_east_asian(**c)).count() >= 3;
    let camel = letters.windows(2).skip(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    arabic_joined || without_spaces || camel
}

const fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether a word beside a name tells an age, a class, a school or a family.
fn is_telling(unit: &str) -> bool {
    let folded = folded(unit);
    let bare = ["وال", "بال", "لل", "ال", "ب", "و"].iter().filter_map(|before| folded.strip_prefix(before));
    std::iter::once(folded.as_str()).chain(bare).any(|word| TELLING.contains(&word))
}

/// Years and classes, as they are written after a number or a name without a space.
const CHINESE: [char; 5] = ['岁', '歲', '歳', '级', '班'];

/// These begin a name and are none without the next word; folded, as all lists here.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "ام", "ابو", "ابا", "عبد", "عبيد", "امه", "um", "oum", "abu", "abou", "abd", "abdul", "abdel", "abdal",
];

/// These end a name that began with the word before.
#[rustfmt::skip]
const COMPLETES: &[&str] = &[
    "اله", "الدين", "الهدي", "الزهراء", "الاسلام", "الحق", "الايمان", "اليقين", "العين", "النساء", "الرحمن",
];

/// Who is called so is many.
#[rustfmt::skip]
const OF_MANY: &[&str] = &[
    "وفد", "فريق", "مجموعه", "لجنه", "delegation", "team", "group", "groupe", "equipe", "comite",
];

/// Words of ages, numbers, classes, schools, places and families, in the languages that names come in.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "سنه", "سنوات", "سنين", "عام", "عاما", "اعوام", "عمري", "عمره", "عمرها", "بعمر", "العمر", "مواليد",
    "ولدت", "سال", "ساله", "year", "years", "yr", "yrs", "old", "age", "aged", "ages", "born",
    "ans", "ane", "anes", "jahr", "jahre", "ano", "anos", "edad", "yas", "yasinda",
    "лет", "год", "года", "साल", "वरष", "tahun", "umur", "eves", "ثلاث", "ثلاثه", "اربع", "اربعه", "خمس",
    "خمسه", "سته", "سبع", "سبعه", "ثمان", "ثماني", "ثمانيه", "تسع", "تسعه", "عشر", "عشره", "احد", "احدي",
    "اثنا", "اثني", "اثنتا", "اثنتي", "احدعش", "اطنعش", "اثنعش", "ثلطعش", "اربعطعش", "خمسطعش", "thre", "four",
    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirten", "fourten", "fiften",
    "sixten", "seventen", "eighten", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "صف", "اول", "ثاني", "ثانيه", "ثالث", "ثالثه", "رابع", "رابعه",
    "خامس", "خامسه", "سادس", "سادسه", "سابع", "سابعه", "ثامن", "ثامنه", "تاسع", "تاسعه", "عاشر", "عاشره",
    "حادي", "حاديه", "شعبه", "مرحله", "ابتداي", "ابتدايه", "اعدادي", "اعداديه", "ثانوي", "ثانويه",
    "متوسط", "متوسطه", "طالب", "طالبه", "تلميذ", "تلميذه", "grade", "clas", "pupil", "student", "first",
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "grader", "clase", "eleve", "sixieme", "cinquieme", "quatrieme", "troisieme", "seconde", "premiere",
    "terminale", "primaire", "maternele", "primary", "secondary", "klase", "curso", "sinif", "клас", "कषा",
    "kelas", "كلاس", "جماعت", "مدرسه", "مدارس", "معهد", "اكاديميه", "حضانه", "schol", "academy", "colege",
    "kindergarten", "nursery", "institute", "ecole", "lyce", "schule", "escuela", "colegio", "scuola", "okul",
    "okulu", "школа", "sekolah", "اسكول", "دبستان", "stret", "شارع", "phone", "هاتف", "جوال",
    "بنت", "ابن", "بن", "ابنه", "ال", "عايله", "bint", "bin", "ibn", "daughter", "file",
    "fils", "famile", "family",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_a_class_or_a_school_is_told_in_figures_and_in_words_of_every_language() {
        for name in [
            "آمنة (١١ سنة)",
            "سارة ۱۱",
            "Sara 11",
            "सारा ११",
            "سارة أحد عشر عامًا",
            "سارة ابنة الحادية عشرة",
            "Sara, eleven years",
            "Léa onze ans",
            "Léa (onze)",
            "سارة، الصف السادس",
            "سارة بالصف السادس",
            "Sara Grade Six",
            "Sara 6B",
            "Lea Sixième",
            "سارة مدرسة الأمل",
            "Sara - Hope School",
            "Sara École",
            "Sara Lycée",
            "李小明 11岁",
            "李小明十一岁",
            "Сара лет",
            "Sara yaşında",
            "सारा साल",
            "سارة محمد آل فلان",
            "سارة بنت خالد",
            "Sara Example, Grade 6B, Example School",
            "Ⅺ Sara",
            "سـارة الـصـف الـرابـع",
        ] {
            assert_eq!(tells(name), Tells::Much, "{name}");
        }
    }

    #[test]
    fn two_names_may_be_a_family_in_every_script() {
        for name in [
            "سارة محمد",
            "سارة القحطاني",
            "عبد الله محمد",
            "Sara Haddad",
            "Sara.Haddad",
            "Sara_Haddad",
            "SaraHaddad",
            "Сара Иванова",
            "सारा शर्मा",
            "王小明",
            "김민수",
            "סרה לוי",
            "Σάρα Παπά",
            "Zoé-Maëlle N’Diaye",
            "سارة-محمد",
            "سارة\u{00a0}محمد",
            "سارة·محمد",
        ] {
            assert_eq!(tells(name), Tells::Family, "{name}");
        }
    }

    #[test]
    fn first_names_are_first_names() {
        for name in [
            "مريم",
            "أم كلثوم",
            "عبد الرحمن",
            "نور الهدى",
            "رابعة",
            "عمر",
            "روضة",
            "Zoé-Maëlle",
            "N’Diaye",
            "Jamal",
            "Omar B",
            "Omar B.",
            "Мария",
            "小明",
            "민수",
            "सारा",
            "McKenna",
            "مَريَم",
            "مـريم",
            "Seven",
        ] {
            assert_eq!((tells(name), shorter(name)), (Tells::First, None), "{name}");
        }
    }

    #[test]
    fn the_lists_are_folded() {
        for word in STARTS.iter().chain(COMPLETES).chain(TELLING).chain(OF_MANY) {
            assert_eq!(folded(word), *word);
        }
    }

    #[test]
    fn nobody_reads_more_than_a_first_name_that_no_adult_has_seen() {
        for (name, seen) in [
            ("لينا", Some("لينا")),
            ("لينا – المغرب", Some("لينا – المغرب")),
            ("لينا – الرياض", Some("لينا")),
            ("وفد قطر", Some("وفد قطر")),
            ("سارة محمد آل فلان، الصف السادس", Some("سارة")),
            ("١١", None),
        ] {
            assert_eq!(before_all(name, ["وفد المغرب"].into_iter()).as_deref(), seen, "{name}");
        }
    }

    #[test]
    fn a_group_is_called_by_no_class_and_no_school() {
        for name in ["الصف السادس", "مدرسة الأمل", "Grade 6B", "فريق ١١ سنة", "عائلة فلان"]
        {
            assert!(says_so(name), "{name}");
        }
        for name in ["أصوات الحي", "نادي القراءة بالدوحة", "Les enfants du quartier"] {
            assert!(!says_so(name), "{name}");
        }
    }

    #[test]
    fn less_is_proposed_of_whatever_tells_more() {
        for (name, less) in [
            ("آمنة (١١ سنة)", "آمنة"),
            ("Sara Example, Grade 6B, Example School", "Sara"),
            ("سارة محمد عبد الله", "سارة"),
            ("نور الهدى محمد علي", "نور الهدى"),
            ("عبد الله محمد", "عبد الله"),
            ("Zoé-Maëlle N’Diaye", "Zoé-Maëlle"),
        ] {
            assert_eq!(shorter(name).as_deref(), Some(less), "{name}");
        }
    }
}
