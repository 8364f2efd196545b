//! Signs that somebody may be in danger: somebody hurts, threatens or touches them, they fear home, they do not want
//! to live, they must keep a secret, or they fear for a friend. No list finds them all: a person reads every text.

use super::pattern::Text;

/// Arabic and the Gulf.
#[rustfmt::skip]
const ARABIC: &[&str] = &[
    "يضربني", "تضربني", "يضربوني", "يضربوني", "ضربني", "ضربوني", "يضربنا", "بيضربني", "يطقني", "تطقني",
    "يطقوني", "طقني", "يوذيني", "توذيني", "يوذوني", "اذاني", "يعذبني", "يلمسني", "لمسني", "تلمسني",
    "يتحرش .. بي", "تحرش .. بي", "يتحرش فيني", "يهدني", "هدني", "تهدني", "يهدوني", "يبتزني", "ابتزني", "يحبسني",
    "حبسني", "يصورني", "اخاف ارجع", "اخاف .. البيت", "خايف ارجع", "خايفه ارجع", "اخاف من ابي", "اخاف من ابوي",
    "اخاف من امي", "اخاف من اخي", "اخاف من اخوي", "اخاف من زوج", "اخاف من عمي", "اخاف من خالي",
    "اخاف من احد", "خايف من احد", "خايفه من احد", "اخاف من شخص", "اخاف من واحد",
    "ما ابي ارجع .. البيت", "لا اريد .. ارجع .. البيت", "لا اريد العوده الي البيت", "اهرب من البيت",
    "هربت من البيت", "اريد .. اموت", "ابي اموت", "ابغي اموت", "بدي موت", "اتمني الموت", "اتمني اني اموت",
    "ودي اموت", "انتحر", "سانتحر", "انهي حياتي", "اقتل نفسي", "اذي نفسي", "اجرح نفسي", "اوذي نفسي",
    "اكره حياتي", "مالي احد", "ما احد يحبني", "لا احد يحبني", "لا تخبر احد*", "لا اخبر احد*", "ما اقول لاحد",
    "خايف علي*", "خايفه علي*", "اخاف علي صديق*",
];
/// English.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "hurts me", "hurting me", "hurt me", "hit me", "hits me", "hiting me", "beat me", "beats me", "beating me",
    "touches me", "touched me", "touching me", "threatens me", "threatened me", "threatening me",
    "blackmail* me", "locks me", "locked me", "foling me", "folows me", "abuses me", "abused me",
    "i am being abused", "i was raped", "afraid .. go home", "scared .. go home", "afraid of my",
    "scared of my", "dont want to go home", "don t want to go home", "don t want to live",
    "not want to go home", "run away from home", "ran away", "kil myself", "hurt myself", "cut myself",
    "cuting myself", "end my life", "want to die", "wish i was dead", "dont want to live", "not to tel",
    "nobody loves me", "woried about my friend", "want to disapear",
];
/// French.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "me frape*", "me tape", "me tapent", "me bat", "me batent", "me touche", "m a touche", "me fait .. mal",
    "me font .. mal", "me menace*", "m a frape*", "m a viole*", "me force*", "me fait chanter",
    "peur de rentrer", "peur de mon", "peur de ma", "peur chez moi", "veux pas rentrer", "envie de mourir",
    "veux mourir", "me suicider", "me tuer", "me faire du mal", "me faire mal", "plus envie de vivre",
    "persone ne m aime", "ne le dire a persone", "rien dire a persone", "inquiet* pour mon*",
    "inquiet* pour une amie",
];
/// Arabizi.
#[rustfmt::skip]
const ARABIZI: &[&str] = &[
    "yodrobni", "byodrobni", "byodrobna", "bydrobni", "byedrobni", "yedrobni", "ydrobni", "ydrbni", "darabni",
    "tadrobni", "btedrobni", "yo2zini", "y2zini", "yelmesni", "ylmsni", "yhadedni", "yehadedni", "byhadedni",
    "5ayef arja3", "5ayfe arja3", "khayef arja3", "khayfe arja3", "a5af arja3", "akhaf arja3", "badi mot",
    "bdi mot", "abi amot", "antiher",
];

/// Whether something in it worries.
pub(crate) fn worries(text: &Text) -> bool {
    [ARABIC, ENGLISH, FRENCH, ARABIZI].iter().any(|list| text.says_any(list))
}

#[cfg(test)]
mod tests {
    use super::super::pattern::folded;

    #[test]
    fn the_lists_are_folded() {
        folded(super::ARABIC);
        folded(super::ENGLISH);
        folded(super::FRENCH);
        folded(super::ARABIZI);
    }
}
