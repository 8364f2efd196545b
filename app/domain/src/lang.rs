//! Languages, writing directions, and texts that know both.
//!
//! Arabic is the source and the default (`L1`). A further language is one line in [`LANGS`] and one file of
//! sentences; nothing may assume that right-to-left means Arabic (`L18`).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which way a text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dir {
    /// Right to left.
    #[default]
    Rtl,
    /// Left to right.
    Ltr,
}

impl Dir {
    /// The value of HTML's `dir`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rtl => "rtl",
            Self::Ltr => "ltr",
        }
    }
}

/// Which plural forms a language has (CLDR cardinals).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plurals {
    /// zero, one, two, few, many, other.
    Arabic,
    /// one (1), other.
    OneOther,
    /// one (0 and 1), many (millions), other.
    French,
}

/// What is known of a language of the interface.
#[derive(Debug)]
pub struct LangInfo {
    /// BCP 47 tag, also the name of its file of sentences.
    pub tag: &'static str,
    /// Which way it runs.
    pub dir: Dir,
    /// Its own name for itself, short enough for a button.
    pub name: &'static str,
    /// Its plural forms.
    pub plurals: Plurals,
}

/// Every language of the interface, the source first. One line adds one.
pub const LANGS: &[LangInfo] = &[
    LangInfo { tag: "ar", dir: Dir::Rtl, name: "العربية", plurals: Plurals::Arabic },
    LangInfo { tag: "en", dir: Dir::Ltr, name: "English", plurals: Plurals::OneOther },
    LangInfo { tag: "fr", dir: Dir::Ltr, name: "Français", plurals: Plurals::French },
];

/// One of [`LANGS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(u8);

impl Lang {
    /// Arabic: the source and the default.
    pub const AR: Self = Self(0);
    /// English.
    pub const EN: Self = Self(1);
    /// French.
    pub const FR: Self = Self(2);

    /// All of them, the source first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGS.len()).map(|i| Self(u8::try_from(i).expect("there are fewer than 256 languages")))
    }

    /// The language of a tag; a region or a script after it is ignored (`ar-QA` is `ar`).
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::all().find(|lang| lang.tag().eq_ignore_ascii_case(main))
    }

    /// Place in [`LANGS`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// What is known of it.
    #[must_use]
    pub const fn info(self) -> &'static LangInfo {
        &LANGS[self.0 as usize]
    }

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.info().tag
    }

    /// Which way it runs.
    #[must_use]
    pub const fn dir(self) -> Dir {
        self.info().dir
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Lang {
    /// An unknown tag reads as the source language: an old entry never fails to load (invariant 9).
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(input)?;
        Ok(Self::from_tag(&tag).unwrap_or_default())
    }
}

/// The same thing said in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Said(pub BTreeMap<Lang, String>);

impl Said {
    /// Said in these languages.
    pub fn new<T: Into<String>>(texts: impl IntoIterator<Item = (Lang, T)>) -> Self {
        Self(texts.into_iter().map(|(lang, text)| (lang, text.into())).collect())
    }

    /// What a reader of `lang` gets: that language, else the source's order, visibly marked by its own `lang` (`L15`).
    #[must_use]
    pub fn for_reader(&self, lang: Lang) -> Phrase {
        let (lang, text) = match self.0.get_key_value(&lang).or_else(|| self.0.iter().next()) {
            Some((lang, text)) => (*lang, text.clone()),
            None => (lang, String::new()),
        };
        Phrase { text, lang, dir: lang.dir() }
    }
}

/// A text with its language and direction, as a page needs it (`L4`, `L13`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    pub text: String,
    /// The language they are in.
    pub lang: Lang,
    /// Which way they run.
    pub dir: Dir,
}

impl Phrase {
    /// A person's own text: language and base direction from its characters (`L4`).
    #[must_use]
    pub fn written(text: &str, reader: Lang) -> Self {
        let dir = direction_of(text, reader.dir());
        Self { text: text.to_owned(), lang: language_of(text, dir, reader), dir }
    }

    /// Whether there are no words in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Base direction by the majority of strong characters; a tie takes the direction of the interface (`L4`).
///
/// Not by the first strong character, as `dir="auto"` does: «UNICEF …» may begin an Arabic sentence.
#[must_use]
pub fn direction_of(text: &str, interface: Dir) -> Dir {
    let rtl = text.chars().filter(|c| is_rtl_letter(*c)).count();
    let ltr = text.chars().filter(|c| c.is_alphabetic() && !is_rtl_letter(*c)).count();
    match rtl.cmp(&ltr) {
        std::cmp::Ordering::Greater => Dir::Rtl,
        std::cmp::Ordering::Less => Dir::Ltr,
        std::cmp::Ordering::Equal => interface,
    }
}

fn is_rtl_letter(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Stop words that nearly every sentence of a language has, and none of the other.
const SMALL: [(Lang, &str); 2] = [
    (Lang::EN, "the and of is are with this that from your who what will not can we you to in how do does be"),
    (Lang::FR, "le la les des une est avec dans pour qui que sur vous nous pas et du au comment pourquoi ce je"),
];

/// A guess for `lang`, so that a screen reader picks a voice (`L13`): by the script, then by small words; where nothing
/// tells, the reader's own language, if it runs the same way.
fn language_of(text: &str, dir: Dir, reader: Lang) -> Lang {
    if dir == Dir::Rtl {
        return if reader.dir() == dir { reader } else { Lang::AR };
    }
    let lower = text.to_lowercase();
    let words = |of: &str| lower.split(|c: char| !c.is_alphabetic()).filter(|w| of.split(' ').any(|s| s == *w)).count();
    let [english, french] = SMALL.map(|(_, small)| words(small));
    let own = if reader.dir() == dir { reader } else { Lang::EN };
    match english.cmp(&french) {
        std::cmp::Ordering::Greater => Lang::EN,
        std::cmp::Ordering::Less => Lang::FR,
        std::cmp::Ordering::Equal if lower.chars().any(|c| "éèêëàâçôùûîïœ".contains(c)) => Lang::FR,
        std::cmp::Ordering::Equal => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arabic_sentence_that_begins_with_a_latin_name_runs_right_to_left() {
        assert_eq!(direction_of("UNICEF ما رأيها في تطبيق «ساعدني»؟", Dir::Ltr), Dir::Rtl);
        assert_eq!(direction_of("Is the word \"أمان\" the same as safety?", Dir::Rtl), Dir::Ltr);
        assert_eq!(direction_of("12:30", Dir::Rtl), Dir::Rtl);
    }

    #[test]
    fn a_reader_gets_their_language_or_a_marked_fallback() {
        let title = Said::new([(Lang::AR, "أصواتنا"), (Lang::EN, "Our voices")]);
        assert_eq!(title.for_reader(Lang::EN).text, "Our voices");
        assert_eq!(title.for_reader(Lang::FR), Phrase { text: "أصواتنا".into(), lang: Lang::AR, dir: Dir::Rtl });
    }

    #[test]
    fn a_text_is_read_by_a_voice_of_its_own_language() {
        let lang = |text, reader| Phrase::written(text, reader).lang;
        assert_eq!(lang("كيف نوصل صوتنا؟", Lang::FR), Lang::AR);
        for reader in [Lang::AR, Lang::EN, Lang::FR] {
            assert_eq!(lang("What will happen with the ideas we gave today?", reader), Lang::EN);
            assert_eq!(lang("Que deviendront les idées que nous avons données ?", reader), Lang::FR);
            assert_eq!(lang("Zoé", reader), Lang::FR);
        }
        assert_eq!([Lang::AR, Lang::FR].map(|reader| lang("Merci", reader)), [Lang::EN, Lang::FR]);
    }

    #[test]
    fn a_tag_with_a_region_is_its_language() {
        assert_eq!(Lang::from_tag("ar-QA"), Some(Lang::AR));
        assert_eq!(Lang::from_tag("xx"), None);
    }
}
