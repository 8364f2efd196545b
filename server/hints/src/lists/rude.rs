//! Words that may hurt, by token, in Arabic, Gulf Arabic, Arabizi, English and French.
//!
//! Three kinds: those that always hurt; those that do not where a sentence speaks *about* such words («why do bullies
//! say …»); and animals and the like, which hurt only when somebody is called so.

use super::pattern::{Text, Word};
use nadwa_domain::fold;

/// Hurt always. Arabic is compared without its clitics.
#[rustfmt::skip]
const ALWAYS: &[&str] = &[
    // Arabic and the Gulf.
    "حقير", "سافل", "سافله", "حقيره", "حثاله", "خسيس", "ديوث", "عرص", "شرموط", "شرموطه", "شراميط", "قحبه",
    "قحاب", "عاهره", "عاهرات", "كسمك", "كس", "كسختك", "كسم", "طيز", "طيزك", "زبي", "منيوك", "منيك", "نيك",
    "انيك", "ينيك", "انيك", "خول", "لوطي", "خرا", "خره", "خراء", "مخنث", "يلعن", "العنك", "انقلع", "انقلعي",
    "انقلعو", "انطم", "انطمو", "اخرس", "اخرسي", "اخرسو", "تفو", "كلزق", "زق", "سربوت", "معفن", "معفنه", "هطف",
    "دلخ", "دلخه", "اثول", "ثول", "خبل", "خبله", "تيس", "جحش", "بهيمه", "طرطور",
    // English.
    "fuck*", "fuk*", "fck*", "motherfuck*", "shit*", "bulshit", "bitch*", "bastard*", "ashole*", "dumbas*",
    "jackas", "cunt*", "whore*", "slut*", "fagot*", "niga", "retard", "retards", "retarded",
    "wanker*", "dickhead*", "stfu", "twat*", "wtf",
    // French.
    "merd*", "conard*", "conas*", "salop*", "salaud*", "putain*", "pute*", "enculer*", "encule*", "batard*",
    "pd", "ntm", "fdp",
];

/// Hurt, unless the sentence is about such words.
#[rustfmt::skip]
const MOSTLY: &[&str] = &[
    "غبي", "غبيه", "اغبياء", "غبيات", "احمق", "حمقاء", "حمقي", "اهبل", "هبله", "هبيله", "ابله", "بلهاء", "تافه",
    "تافه", "تافهين", "سخيف", "سخيفه", "قذر", "قذره", "وسخ", "وسخه", "متخلف", "متخلفه", "متخلفين", "واطي",
    "منحط", "مقرف", "مقرفه", "نذل", "وقح", "وقحه", "stupid", "idiot", "idiots", "idiotic", "moron*", "dumb",
    "loser", "losers", "ugly", "crap*", "damn", "jerk", "jerks", "sucks", "imbecile*", "idiote", "idiotes",
    "debile", "debiles", "cretin*", "abruti*", "conerie*", "nulard*", "nulos", "degage", "degagez", "ghabi",
    "ghabiya", "ghabye", "8abi", "3abit", "3abet", "ahbal", "habla", "tafih",
];

/// Hurt if somebody is called so.
#[rustfmt::skip]
const CALLED: &[&str] = &[
    "حمار", "حماره", "حمير", "كلب", "كلبه", "كلاب", "حيوان", "حيوانه", "حيوانات", "زباله", "خنزير", "بقره",
    "ثور", "قرد", "قرده", "دب", "دبه", "زفت", "معاق", "معاقه", "فاشل", "فاشله", "فاشلين", "مجنون", "مجنونه",
    "مريض", "مريضه", "بشع", "بشعه", "سمين", "سمينه", "كذاب", "كذابه", "كذابين", "جبان", "مل", "7mar", "hmar",
    "7imar", "7emar", "himar", "homar", "7mara", "kalb", "kaleb", "chalb", "7ayawan", "7aywan", "hayawan",
    "zbala", "zbale", "majnon", "fashel", "pig", "trash", "nul", "nule", "moche", "con", "cone",
];

/// Somebody is spoken to, or of.
#[rustfmt::skip]
const TO_SOMEBODY: [&str; 36] = [
    "انت", "انتي", "انته", "انتم", "انتو", "انتوا", "يا", "هو", "هي", "هم", "هال", "ابن", "بنت", "كلكم", "كلك",
    "enta", "inta", "enti", "inti", "ente", "into", "ya", "ibn", "you", "u", "ur", "your", "youre", "he", "she",
    "es", "tes", "etes", "espece", "sale", "gros",
];

/// Several words that hurt together.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "كل تبن", "كلي تبن", "كلو تبن", "اكل تبن", "كل زق", "سكر حلقك", "سد بوزك", "سدي بوزك", "قليل ادب",
    "قليله ادب", "قليل الادب", "عديم التربيه", "ما عندك عقل", "ما تستحي", "ما تستحون", "ابن الكلب", "بنت الكلب",
    "ابن حرام", "اله ياخذك", "اله يلعنك", "روح موت", "وجهك بشع", "لعنه عليك", "shut up", "shut the", "get lost",
    "go to hel", "screw you", "hate you", "you suck", "u suck", "piece of .. shit", "son of a", "ferme la",
    "ta gueule", "vos gueules", "va te faire", "nique ta", "case toi", "gros porc", "sale con", "pauvre con",
    "je te deteste", "kol tiben", "kol khara", "el3an abok", "yel3an",
];

/// The sentence speaks about hurtful words.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "تنمر", "متنمر", "متنمرين", "المتنمر", "التنمر", "كلمه", "كلمات", "يسمون", "يسموني", "يسميني", "يقولون",
    "يقول", "وصف", "يصفون", "ينادون", "ينادوني", "شتم", "شتيمه", "buly*", "bulied", "bulies", "cal", "cals",
    "caled", "caling", "word", "words", "mot", "mots", "traite*",
];

/// Whether a word in it may hurt.
pub(crate) fn is_rude(text: &Text) -> bool {
    let about = || text.words.iter().any(|word| one_of(word, ABOUT));
    text.says_any(PHRASES)
        || text.words.iter().any(|word| one_of(word, ALWAYS))
        || (text.words.iter().any(|word| one_of(word, MOSTLY)) && !about())
        || (calls_somebody(text) && !about())
}

fn one_of(word: &Word, list: &[&str]) -> bool {
    let clean = fold::without_clitics(&word.plain);
    list.iter().any(|entry| word.is(entry) || clean.contains(entry))
}

/// Whether somebody is called an animal or the like: the word stands at most three words behind whom it is said of.
fn calls_somebody(text: &Text) -> bool {
    let calls = |(place, word): (usize, &Word)| {
        let before = &text.words[place.saturating_sub(3)..place];
        let joined = word.plain.strip_prefix("يا").is_some_and(|rest| CALLED.contains(&rest));
        joined || (one_of(word, CALLED) && before.iter().any(|word| TO_SOMEBODY.iter().any(|to| word.is(to))))
    };
    text.words.iter().enumerate().any(calls)
}

#[cfg(test)]
mod tests {
    use super::super::pattern::folded;

    #[test]
    fn the_lists_are_folded() {
        folded(super::ALWAYS);
        folded(super::MOSTLY);
        folded(super::CALLED);
        folded(super::PHRASES);
        folded(super::ABOUT);
    }
}
