//! Language detection, for labels and a fair mix. A guess, never a reason.

use crate::fold;
use crate::lang::{Dir, Lang, direction_of};

/// Small words of English, folded.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "after", "al", "always", "am", "an", "and", "any", "anyone", "are", "at", "be", "because",
    "before", "being", "ben", "but", "by", "can", "children", "could", "did", "do", "does", "done", "everything",
    "fel", "for", "from", "get", "go", "got", "had", "has", "have", "he", "help", "her", "him", "his", "home",
    "how", "i", "if", "in", "into", "is", "it", "just", "kids", "know", "let", "lets", "like", "made", "make",
    "many", "me", "more", "most", "much", "my", "ned", "never", "no", "nobody", "not", "of", "on", "one", "only",
    "or", "our", "out", "over", "people", "phone", "please", "realy", "sad", "said", "say", "schol", "she",
    "should", "so", "some", "someone", "something", "stil", "tel", "than", "that", "the", "their", "them", "then",
    "there", "they", "this", "to", "told", "up", "us", "very", "want", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "wil", "with", "would", "yes", "you", "your",
];
/// Small words of French, folded, and what stands before an apostrophe.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "a", "ai", "alors", "as", "au", "aux", "avec", "avez", "avons", "bien", "c", "ca", "ce", "cela", "ces", "cet",
    "cete", "chez", "combien", "come", "coment", "d", "dans", "de", "depuis", "des", "dire", "dit", "donc", "du",
    "ecole", "ele", "eles", "en", "enfants", "es", "est", "et", "etait", "etre", "faire", "fait", "il", "ils", "j",
    "jamais", "je", "l", "la", "le", "les", "leur", "leurs", "ligne", "lui", "m", "ma", "mais", "maison", "me",
    "mes", "moi", "mon", "n", "ne", "nos", "notre", "nous", "on", "ont", "ou", "par", "parce", "parler", "pas",
    "persone", "peut", "peux", "plus", "pour", "pourquoi", "qu", "quand", "que", "quel", "quele", "queles",
    "quelqu", "quels", "qui", "quoi", "rien", "s", "sa", "sans", "se", "sera", "serait", "ses", "si", "somes",
    "son", "sont", "suis", "sur", "t", "ta", "te", "tes", "toi", "ton", "toujours", "tous", "tout", "toute",
    "toutes", "tu", "un", "une", "veut", "veux", "vos", "votre", "vous", "y",
];
/// Small words of Arabic in Latin letters.
#[rustfmt::skip]
const ARABIZI: &[&str] = &[
    "3ala", "3alashan", "3ami", "3an", "3andi", "3ashan", "3aslema", "3awez", "3awza", "3ayez", "3ayza", "3endi",
    "3la", "3lach", "3lah", "3lash", "3lashan", "3nd", "3ndi", "3shan", "7ad", "7ada", "7da", "7it", "a5af",
    "a7san", "abe", "abgha", "abi", "abl", "abouya", "ach", "ahad", "aish", "akhaf", "akhi", "akhoya", "al",
    "alach", "albait", "alshan", "ana", "anta", "antom", "ash3an", "atfal", "awza", "ayna", "aywa", "ayz", "b3d",
    "ba3d", "ba5af", "baba", "badi", "badna", "bait", "barcha", "bas", "beit", "bel", "bezaf", "bgha", "bghina",
    "bghit", "bidi", "bidna", "bil", "bkhaf", "bs", "bzaf", "chkoun", "chno", "chnu", "chou", "chwiya", "da",
    "daba", "dah", "dar", "di", "dial", "dih", "dol", "dyal", "dyali", "e7na", "eh", "ehna", "eish", "el",
    "elatfal", "elbeit", "elbet", "eli", "elmadrasa", "ely", "emta", "enta", "enti", "ento", "esh", "fe", "feh",
    "feha", "fel", "fi", "fih", "fiha", "fil", "fin", "ghadi", "had", "hada", "hadi", "hal", "hay", "hayda",
    "hayde", "heik", "hek", "heya", "heyk", "hik", "hiya", "hiye", "hna", "hnaya", "houwa", "howa", "huwa", "hya",
    "i7na", "ihna", "ila", "ili", "imta", "inshalah", "inta", "intu", "ish", "kaman", "kan", "kanet", "kant",
    "kayn", "kayna", "kef", "keif", "kel", "khali", "khalti", "khoya", "ki", "kif", "kifach", "kifash", "kman",
    "kol", "kter", "ktir", "kul", "lama", "lan", "law", "lazem", "lazim", "lech", "leh", "leish", "lesh", "li",
    "limada", "limatha", "limaza", "lma", "lmadrasa", "lmdrsa", "lw", "ma", "ma3", "ma3a", "ma3i", "ma7abech",
    "machi", "madrasa", "mafi", "mafish", "mama", "mata", "men", "mesh", "min", "mish", "mishan", "mn", "mnin",
    "mo", "mo5", "mosh", "msh", "mush", "n7na", "na7na", "nabgha", "nabi", "nahna", "nheb", "nta", "nta3", "nti",
    "okhti", "omi", "oumi", "rah", "raho", "rak", "rani", "shkoun", "shlon", "shlonak", "sho", "shou", "shu",
    "shway", "shwaya", "ta", "ta3", "tab", "tayeb", "w", "wa7da", "wa7ed", "wach", "wahda", "wahed", "wahid",
    "wajid", "wakha", "wala", "walah", "walo", "walou", "wash", "wayed", "wein", "wela", "wen", "y3ni", "ya",
    "ya3ni", "yala", "yali", "yezi",
];

/// The language that a text seems to be in; Arabic in Latin letters is Arabic. Nothing rather than a wrong one (`N10`).
#[must_use]
pub fn noticed(text: &str) -> Option<Lang> {
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    if direction_of(text, Dir::Ltr) == Dir::Rtl {
        return Some(Lang::AR);
    }
    let words = fold::words(text);
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.as_str())).count();
    let arabic = count(ARABIZI) + 2 * words.iter().filter(|word| is_arabizi(word)).count();
    let (english, french) = (count(ENGLISH), count(FRENCH));
    let latin = english.max(french);
    if arabic > latin {
        return Some(Lang::AR);
    }
    // A third of its words, and clearly more than of the others: else it is mixed, short or a guest's, and none is
    // said.
    let known = latin > 0 && latin * 10 >= words.len() * 3;
    let long = usize::from(words.len() >= 6);
    if !known || latin <= english.min(french) + long || latin < 2 * arabic {
        return None;
    }
    Some(if english > french { Lang::EN } else { Lang::FR })
}

/// `na3mel`, `7ata`: a digit within letters stands for one of Arabic.
fn is_arabizi(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    letters >= 2 && word.chars().any(|c| matches!(c, '2' | '3' | '5' | '7' | '9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_is_noticed_in_both_alphabets_and_french_without_accents() {
        assert_eq!(noticed("ما رأي UNICEF في تطبيق «ساعدني»؟"), Some(Lang::AR));
        assert_eq!(noticed("shu lazem na3mel ta nsa3ed el atfal el laji2in?"), Some(Lang::AR));
        assert_eq!(noticed("Is the word \"أمان\" the same as safety?"), Some(Lang::EN));
        assert_eq!(noticed("Que faire si un ami est triste ?"), Some(Lang::FR));
        assert_eq!(noticed("👍 12"), None);
    }

    #[test]
    fn what_is_short_mixed_or_a_guests_is_called_nothing_rather_than_something_else() {
        for arabic in [
            "baba bydrbni kol lela",
            "khoya kaydrebni f dar",
            "ana 5ayfa men 3ammi",
            "shu hal7aki",
            "wach kayn chi hed",
        ] {
            assert_eq!(noticed(arabic), Some(Lang::AR), "{arabic}");
        }
        for unclear in ["Merhaba arkadaşlar", "Apa kabar semua", "ok", "Sara", "Le the", "Quiero hablar de mi casa"] {
            assert_eq!(noticed(unclear), None, "{unclear}");
        }
    }
}
