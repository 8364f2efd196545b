//! Read aloud (`A15`): recordings that organizers supply, one a part of a page and language. No voice of a machine, and
//! nobody else's server.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::parts::Shape;
use crate::words::{Reader, comfort as words};

/// The recordings that are there, by part and language: `promises.ar`, `notice.fr-younger`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recordings(BTreeMap<String, String>);

impl Recordings {
    /// Endings of files that every browser plays, or nearly.
    pub const KINDS: [&str; 4] = ["mp3", "m4a", "ogg", "wav"];

    /// Of file names such as `promises.ar.mp3`; what is no recording is left out.
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let known = |name: String| {
            let (part, kind) = name.rsplit_once('.')?;
            let plain = part.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '-');
            (plain && Self::KINDS.contains(&kind)).then(|| (part.to_owned(), name.clone()))
        };
        Self(names.into_iter().filter_map(known).collect())
    }

    /// Whether there is a file of this name.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.0.values().any(|name| name == file)
    }

    /// The address of a part's recording: in the reader's register, else in the usual one; never in another language.
    #[must_use]
    pub fn address(&self, r: Reader, part: &str) -> Option<String> {
        let usual = [part, ".", r.lang.tag()].concat();
        let younger = r.younger.then(|| [&usual, "-younger"].concat());
        let file = younger.and_then(|key| self.0.get(&key)).or_else(|| self.0.get(&usual))?;
        Some(["/recordings/", file].concat())
    }
}

/// The recording of a part; nothing where there is none.
#[component]
pub fn Aloud(
    /// Who reads.
    reader: Reader,
    /// Its address.
    address: Option<String>,
) -> impl IntoView {
    address.map(|address| {
        view! {
            <figure class="aloud">
                <figcaption class="label"><Shape name="speech"/> {words::listen(reader)}</figcaption>
                <audio controls preload="none" src=address aria-label=words::listen(reader)></audio>
            </figure>
        }
    })
}

#[cfg(test)]
mod tests {
    use nadwa_domain::Lang;

    use super::*;
    use crate::words::Digits;

    #[test]
    fn a_reader_hears_their_own_language_and_register_or_nothing() {
        let names = ["promises.ar.mp3", "promises.ar-younger.ogg", "notice.fr.m4a", "../x.mp3", "notes.txt"];
        let there = Recordings::of(names.map(str::to_owned));
        let ar = Reader::new(Lang::AR, Digits::Latin);
        let young = Reader { younger: true, ..ar };
        assert_eq!(there.address(ar, "promises").as_deref(), Some("/recordings/promises.ar.mp3"));
        assert_eq!(there.address(young, "promises").as_deref(), Some("/recordings/promises.ar-younger.ogg"));
        assert_eq!(there.address(ar, "notice"), None);
        let fr = Reader { younger: true, ..Reader::new(Lang::FR, Digits::Latin) };
        assert_eq!(there.address(fr, "notice").as_deref(), Some("/recordings/notice.fr.m4a"));
        assert!(there.has("notice.fr.m4a") && !there.has("../x.mp3") && !there.has("notes.txt"));
    }
}
