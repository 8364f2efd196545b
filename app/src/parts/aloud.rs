//! Read aloud (`A15`): recordings that organizers supply, one a part of a page, language and register: by a form, or in
//! a folder. No voice of a machine, and nobody else's server.

use std::collections::BTreeMap;

use leptos::prelude::*;
use nadwa_domain::conference::aloud::{AloudPart, Passage, Recording};

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

    /// With those that were brought by the form: each takes the place of what lies in the folder.
    #[must_use]
    pub fn and<'a>(&self, brought: impl IntoIterator<Item = &'a Recording>) -> Self {
        let mut all = self.0.clone();
        all.extend(brought.into_iter().map(|recording| (recording.passage.key(), file_name(recording))));
        Self(all)
    }

    /// The address of a part's recording: in the reader's register, else in the usual one; never in another language.
    #[must_use]
    pub fn address(&self, r: Reader, part: AloudPart) -> Option<String> {
        let usual = Passage { part, lang: r.lang, younger: false };
        let younger = r.younger.then(|| self.address_of(Passage { younger: true, ..usual })).flatten();
        younger.or_else(|| self.address_of(usual))
    }

    /// The address of the recording of this very passage.
    #[must_use]
    pub fn address_of(&self, passage: Passage) -> Option<String> {
        self.0.get(&passage.key()).map(|file| ["/recordings/", file].concat())
    }
}

/// The name of a file that was brought: what stands at it never changes.
#[must_use]
pub fn file_name(recording: &Recording) -> String {
    [&recording.file.to_string(), ".", recording.kind.ending()].concat()
}

/// The recording of a part; nothing where there is none.
#[component]
pub fn Aloud(
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
    use nadwa_domain::ids::FileId;
    use nadwa_domain::paper::file::FileKind;
    use uuid::Uuid;

    use super::*;
    use crate::words::Digits;

    fn in_folder() -> Recordings {
        let names = ["promises.ar.mp3", "promises.ar-younger.ogg", "notice.fr.m4a", "../x.mp3", "notes.txt"];
        Recordings::of(names.map(str::to_owned))
    }

    #[test]
    fn a_reader_hears_their_own_language_and_register_or_nothing() {
        let there = in_folder();
        let ar = Reader::new(Lang::AR, Digits::Latin);
        let young = Reader { younger: true, ..ar };
        let hears = |r, part| there.address(r, part);
        assert_eq!(hears(ar, AloudPart::Promises).as_deref(), Some("/recordings/promises.ar.mp3"));
        assert_eq!(hears(young, AloudPart::Promises).as_deref(), Some("/recordings/promises.ar-younger.ogg"));
        assert_eq!(hears(ar, AloudPart::Notice), None);
        let fr = Reader { younger: true, ..Reader::new(Lang::FR, Digits::Latin) };
        assert_eq!(hears(fr, AloudPart::Notice).as_deref(), Some("/recordings/notice.fr.m4a"));
        assert!(there.has("notice.fr.m4a") && !there.has("../x.mp3") && !there.has("notes.txt"));
    }

    #[test]
    fn what_was_brought_takes_the_place_of_what_lies_in_the_folder() {
        let passage = Passage { part: AloudPart::Promises, lang: Lang::AR, younger: false };
        let brought = Recording { passage, file: FileId(Uuid::nil()), kind: FileKind::M4a, seconds: None };
        let all = in_folder().and([&brought]);
        let address = "/recordings/00000000-0000-0000-0000-000000000000.m4a";
        assert_eq!(all.address_of(passage).as_deref(), Some(address));
        let younger = Passage { younger: true, ..passage };
        assert_eq!(all.address_of(younger).as_deref(), Some("/recordings/promises.ar-younger.ogg"), "that one stays");
    }
}
