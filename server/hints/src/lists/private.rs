//! What could lead to a person: numbers in any digits, addresses, handles, names, schools, homes (`S15`).

use super::pattern::Text;
use nadwa_domain::fold;

/// So many digits in a row look like a number that is dialled or an identity's.
const DIGITS: usize = 7;
/// So many number words in a row are a spelled number.
const SPELLED: usize = 5;

/// A name is said, or where somebody lives or learns.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    // Names.
    "اسمي", "واسمي", "انا اسمي", "اسم امي", "اسم ابي", "اسم ابوي", "اسم صديقتي", "اسم صديقي", "اسم المعلم",
    "معلمتي اسمها", "معلمي اسمه", "صديقتي اسمها", "صديقي اسمه", "زميلتي اسمها", "زميلي اسمه", "my name",
    "my names", "name is", "im caled", "i am caled", "her name is", "his name is", "je m apele", "mon nom",
    "mon prenom", "s apele", "ismi", "esmi", "asmi", "isme", "smiti",
    // Schools.
    "مدرستي", "من مدرسه", "طالب في مدرسه", "طالبه في مدرسه", "ادرس في", "ادرس بمدرسه", "بمدرسه", "في مدرسه ال*",
    "الصف الاول", "الصف الثاني", "الصف الثالث", "الصف الرابع", "الصف الخامس", "الصف السادس", "الصف السابع",
    "الصف الثامن", "الصف التاسع", "الصف العاشر", "معلمتي ابله", "my schol is", "my schol caled",
    "i go to .. schol", "i study at", "i study in", "in grade", "im in grade", "my clas is", "mon ecole",
    "mon colege", "je suis en clase de", "je vais a l ecole", "madrasti", "madraste",
    // Homes.
    "عنواني", "عنوان بيتنا", "عنوان بيتي", "بيتنا في", "بيتنا قريب", "بيتنا وراء", "بيتنا جنب", "ساكن في",
    "ساكنه في", "اسكن في", "اعيش في منطقه", "نسكن في", "حارتنا", "شقتنا", "my adres", "i live in", "i live at",
    "we live in", "we live at", "my house is", "j habite", "nous habitons", "on habite", "mon adrese",
    "saken b*", "sakne b*", "bayti b*", "beti b*",
    // Ways to write or call.
    "رقمي", "رقم جوالي", "رقم تلفوني", "رقم هاتفي", "جوالي", "حسابي", "سنابي", "انستقرامي", "ضيفوني", "ضيفني",
    "ايميلي", "كلموني علي", "راسلوني علي", "my number", "my phone number", "my phone is", "my snap*", "my insta*", "my tiktok",
    "my email", "ad me on",
];
/// Whose full name is said, before a name.
const INTRODUCES: &[&str] = &[
    "im", "i'm", "i’m", "am", "suis", "ana", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "mme", "madame", "monsieur",
    "sister", "brother", "friend", "sœur", "soeur", "frère", "copain", "copine", "cousin", "cousine",
];
/// What a street is called, after its number or before it.
#[rustfmt::skip]
const STREETS: &[&str] = &[
    "rue", "avenue", "boulevard", "impase", "alee", "chemin", "stret", "road", "lane", "شارع", "زنقه", "حاره",
];
/// Where a room's number says who sleeps there.
const ROOMS: &[&str] = &["chambre", "hotel", "غرفتي", "شاليه", "apartment", "flat", "apartement", "شقه"];
/// More of them.
#[rustfmt::skip]
const MORE: &[&str] = &[
    "cal me on", "text me", "dm me", "mon numero", "mon insta*", "mon snap*", "mon mail", "mon telephone",
    "ajoutez moi", "ajoute moi", "rakmi", "ra2mi", "raqmi", "7sabi", "snapi", "jawali",
    // Homes beside what everybody knows.
    "i live over", "i live by", "i live near", "i live next to", "i live behind", "i live above", "i live oposite",
    "i live betwen", "our house is", "our flat is", "lives at", "lives in flat", "ma maison est", "notre maison est",
    "je vis a", "on vit a", "بيتنا ورا", "بيتنا مقابل", "بيتنا بجانب", "بيتنا خلف", "بيتنا عند", "بيتنا فوق",
    "ساكنين في", "ساكنين ورا", "ساكنين ب*", "ساكنين جنب", "دارنا حدا", "دارنا ورا", "كنسكن ف*", "sakn*", "sakin*",
    "kanskon", "nskon",
    // Schools by their kind and their classes.
    "في ثانويه", "في متوسطه", "في اعداديه", "في ابتدايه", "بثانويه", "عاشر علمي", "f madras*", "fi madras*",
    "b madras*", "bi madras*", "madraset", "en cm*", "en sixieme", "en cinquieme", "en quatrieme", "en troisieme",
    // Names in games.
    "ايدي", "يوزري", "my id is", "my gamertag", "my discord", "mon discord", "mon pseudo", "my roblox",
    // A class.
    "in year", "en 6eme",
];
/// Digits as words.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "صفر", "واحد", "اثنين", "اثنان", "ثلاثه", "اربعه", "خمسه", "سته", "سبعه", "ثمانيه", "ثمانه", "تسعه", "عشره",
    "zero", "oh", "one", "two", "thre", "four", "five", "six", "seven", "eight", "nine", "double", "un", "deux",
    "trois", "quatre", "cinq", "sept", "huit", "neuf", "sifr", "wa7ad", "tnen", "tlate", "arb3a", "5amse",
    "siten", "saba3", "tmane", "tis3a", "dix",
];
/// What addresses of the net hold, in lower case.
#[rustfmt::skip]
const NET: &[&str] = &[
    "http", "www.", ".com", ".net", ".org", ".qa", ".sa", ".fr", "t.me/", "wa.me", "gmail", "hotmail",
    "outlook", "yahoo", "جيميل", "هوتميل", "ياهو", "icloud",
];

/// Whether something in it could lead to a person.
pub fn is_private(raw: &str, text: &Text) -> bool {
    let digits = fold::ascii_digits(raw);
    let raw_words: Vec<&str> = digits.split_whitespace().collect();
    let raw = digits.to_lowercase();
    has_number(&raw)
        || has_handle(&raw)
        || NET.iter().any(|part| raw.contains(part))
        || names_a_class(text)
        || names_a_street(text)
        || introduces(&raw_words)
        || raw_words.iter().any(|word| is_a_games_name(word))
        || spells_a_number(text)
        || text.says_any(PHRASES)
        || text.says_any(MORE)
}

/// A row of digits, with what is written between the digits of a number. Times, parts and years are none.
fn has_number(text: &str) -> bool {
    let mut run = String::new();
    let mut found = false;
    for c in text.chars().chain(std::iter::once('\n')) {
        match c {
            // The last two make a key of a digit: 4️⃣.
            '\u{fe0f}' | '\u{20e3}' => {}
            '0'..='9' | '+' | '(' | ')' | '-' | '.' | ' ' | '\u{a0}' | '_' => run.push(c),
            _ => {
                found |= is_number(&run);
                run.clear();
            }
        }
    }
    found
}

fn is_number(run: &str) -> bool {
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let year = |group: &&str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    digits >= DIGITS && !groups.iter().all(year)
}

/// `@sara`: somebody can be found by it.
fn has_handle(text: &str) -> bool {
    text.split('@')
        .skip(1)
        .any(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || "._".contains(*c)).count() >= 3)
}

/// «6B», «grade 6», «الصف ٦», «5ème A».
fn names_a_class(text: &Text) -> bool {
    let section = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| c.is_ascii_digit())
            && letters.next().is_some_and(|c| ('a'..='f').contains(&c))
            && letters.next().is_none()
    };
    let counts = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit()) && word.len() <= 4;
    let clas = ["grade", "clas", "year", "الصف", "صف", "clase", "niveau", "sixth"];
    text.words.windows(2).any(|pair| clas.contains(&pair[0].plain.as_str()) && counts(&pair[1].plain))
        || text.words.iter().any(|word| section(&word.plain))
}

/// «14 rue …», «9 Puddle Lane», «شارع … 12», «chambre 218».
fn names_a_street(text: &Text) -> bool {
    let words: Vec<&str> = text.words.iter().map(|word| word.plain.as_str()).collect();
    let counts =
        |word: &&str, most: usize| !word.is_empty() && word.len() <= most && word.chars().all(|c| c.is_ascii_digit());
    let street =
        |near: &[&str]| near.iter().any(|word| STREETS.contains(word)) && near.iter().any(|word| counts(word, 4));
    let room = |pair: &[&str]| ROOMS.contains(&pair[0]) && counts(&pair[1], 4) && pair[1].len() > 1;
    words.windows(3).any(street) || words.windows(2).any(room)
}

/// «I'm Noor Example», «ma sœur Ana Exemple»: whoever is named by two names can be found. Letters without capitals say no
/// such thing.
fn introduces(words: &[&str]) -> bool {
    let name = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let ends = |word: &str| word.ends_with(['.', '!', '?', ',', ';', ':']);
    words.windows(3).any(|three| {
        let first = three[0].to_lowercase();
        INTRODUCES.contains(&first.as_str()) && name(three[1]) && !ends(three[1]) && name(three[2])
    })
}

/// `name_of_somebody_99`: letters and digits tied by a line, as players are called.
fn is_a_games_name(word: &str) -> bool {
    let has = |fits: fn(&char) -> bool| word.chars().filter(fits).count();
    has(|c| *c == '_') > 0 && has(char::is_ascii_alphabetic) >= 3 && word.chars().count() >= 6 && !word.contains("__")
}

fn spells_a_number(text: &Text) -> bool {
    text.words.windows(SPELLED).any(|row| row.iter().all(|word| NUMBERS.contains(&word.plain.as_str())))
}

#[cfg(test)]
mod tests {
    use super::super::pattern::folded;

    #[test]
    fn the_lists_are_folded() {
        folded(super::PHRASES);
        folded(super::MORE);
        folded(super::NUMBERS);
    }

    #[test]
    fn times_parts_and_years_are_no_numbers() {
        for harmless in ["الجلسة من 10:30 إلى 11:15، والسؤال 3/10", "between 2022 - 2026", "919 أو 116111"]
        {
            assert!(!super::has_number(harmless), "{harmless}");
        }
        assert!(super::has_number("+974 4401-1222"));
    }
}
