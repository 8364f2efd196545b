//! How a reader likes to read (`A13`): a page of choices that stay on this device, a plain form.

use leptos::prelude::*;
use nadwa_domain::Lang;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Theme};
use crate::parts::choices::{Offer, digits, offer, registers};
use crate::parts::{Choices, Foot, Skip, Top};
use crate::words::{Reader, comfort as words, common, numbers};

/// What is chosen beside language, digits, register and theme. Kept on the device alone, as one short text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comfort {
    /// How large the text is.
    pub size: Size,
    /// Whether lines stand further apart.
    pub wide_lines: bool,
    /// Whether word spacing is wider; letter spacing never is (`L8`).
    pub wide_words: bool,
    /// Whether Arabic has its vowel marks, where somebody has provided them.
    pub vowels: bool,
}

/// How large the text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As designed.
    #[default]
    Usual,
    /// About a fifth larger.
    Large,
    /// About two fifths larger.
    Largest,
}

impl Size {
    /// The value of `data-size`, if it is not the usual one.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::Large => Some("large"),
            Self::Largest => Some("largest"),
        }
    }

    /// Reads [`Size::as_str`]; anything else is the usual size.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        [Self::Large, Self::Largest].into_iter().find(|size| size.as_str() == Some(name)).unwrap_or_default()
    }
}

impl Comfort {
    /// As the device keeps it: `large.lines.words`.
    #[must_use]
    pub fn to_text(self) -> String {
        let [lines, words, vowels] = [(self.wide_lines, "lines"), (self.wide_words, "words"), (self.vowels, "vowels")]
            .map(|(on, name)| on.then_some(name));
        let parts = [self.size.as_str(), lines, words, vowels];
        parts.into_iter().flatten().collect::<Vec<_>>().join(".")
    }

    /// Reads [`Comfort::to_text`]; what is unknown is left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let has = |part| text.split('.').any(|p| p == part);
        let size = text.split('.').map(Size::parse).find(|size| *size != Size::Usual).unwrap_or_default();
        Self { size, wide_lines: has("lines"), wide_words: has("words"), vowels: has("vowels") }
    }
}

/// The page; `to` is the page that the reader came from.
#[must_use]
pub fn comfort(page: &Page, to: String) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "phone comfort",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    let (chosen, theme) = (page.comfort, page.theme);
    let arabic = r.lang == Lang::AR;
    let sample = words::sample(r, &numbers::time_of_day(r, page.now, page.utc_offset));
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div>
                    <h1>{words::title(r)}</h1>
                    <p class="note">{words::lead(r)}</p>
                </div>
                <p class="card sample">{sample}</p>
                <form class="stack" method="post" action="/comfort">
                    <input type="hidden" name="to" value=to.clone()/>
                    <Choices title=words::size(r) name="size" offers=sizes(r, chosen.size)/>
                    <Choices title=words::lines(r) name="lines" offers=spaces(r, chosen.wide_lines)/>
                    <Choices title=words::words(r) name="words" offers=spaces(r, chosen.wide_words)/>
                    {arabic.then(|| view! { <Choices title=words::vowels(r) name="vowels" offers=vowels(r, chosen.vowels)/> })}
                    <Choices title=words::colours(r) name="theme" offers=themes(r, theme)/>
                    <Choices title=common::digits(r) name="digits" offers=digits(r, r.digits)/>
                    <Choices title=words::register(r) name="register" offers=registers(r, r.younger)/>
                    <button class="button main">{words::keep(r)}</button>
                    <a class="button bare" href=to>{common::back(r)}</a>
                </form>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn sizes(r: Reader, chosen: Size) -> Vec<Offer> {
    let name = |size| match size {
        Size::Usual => words::size_usual(r),
        Size::Large => words::size_large(r),
        Size::Largest => words::size_largest(r),
    };
    let each = [Size::Usual, Size::Large, Size::Largest];
    each.into_iter().map(|size| offer(size.as_str().unwrap_or("usual"), name(size), size == chosen)).collect()
}

fn spaces(r: Reader, wide: bool) -> Vec<Offer> {
    vec![offer("usual", words::space_usual(r), !wide), offer("wide", words::space_wide(r), wide)]
}

fn vowels(r: Reader, on: bool) -> Vec<Offer> {
    vec![offer("none", words::vowels_none(r), !on), offer("all", words::vowels_all(r), on)]
}

fn themes(r: Reader, chosen: Option<Theme>) -> Vec<Offer> {
    let name = |theme| match theme {
        Theme::Light => words::colours_light(r),
        Theme::Calm => words::colours_calm(r),
        Theme::Dark => words::colours_dark(r),
        Theme::Contrast => words::colours_contrast(r),
    };
    let own = Theme::ALL.map(|theme| offer(theme.as_str(), name(theme), chosen == Some(theme)));
    [offer("auto", words::colours_device(r), chosen.is_none())].into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_keeps_a_choice_as_a_short_text() {
        let wide = Comfort { size: Size::Largest, wide_lines: true, wide_words: false, vowels: true };
        assert_eq!(wide.to_text(), "largest.lines.vowels");
        for comfort in [wide, Comfort::default(), Comfort { wide_words: true, ..wide }] {
            assert_eq!(Comfort::parse(&comfort.to_text()), comfort);
        }
        assert_eq!(Comfort::parse("huge.<b>.lines"), Comfort { wide_lines: true, ..Comfort::default() });
    }
}
