//! Erasing: what children wrote and did not make public does not stay for ever (`S14`).
//!
//! A paper of which nothing is public becomes a fact without a word: no text, no note beside it, no file, no name. Of
//! a public one stays what its authors show of the accepted version; what was written before it and beside it goes.

use std::collections::BTreeMap;

use crate::entry::{Entry, Happened, Words};
use crate::ids::FileId;
use crate::paper::act::{Consent, Credit, Publish};
use crate::paper::event::PaperEvent;
use crate::paper::field::{Field, Form, Sheet};
use crate::paper::file::File;
use crate::paper::{Accepted, Decided, Paper, State, Version, Written};
use crate::session::erasing::Keeping;
use crate::time::Instant;

/// Whether something in it is to be erased at `now`.
#[must_use]
pub fn is_due(paper: &Paper, keeping: Keeping, now: Instant) -> bool {
    let Some(at) = keeping.all_at.filter(|at| *at <= now) else { return false };
    match paper.words_since {
        // Whoever said «now» meant what was there: what was written after it waits for the next time.
        Some(since) => since <= at,
        // All of it was there at the last erasure, and stays as long as it is public.
        None => holds_more(paper),
    }
}

/// What stays of a paper.
#[derive(Default)]
struct Kept {
    texts: BTreeMap<Field, String>,
    files: Vec<File>,
}

/// Of the accepted version as much as everybody may read.
fn kept(paper: &Paper) -> Kept {
    let Some(public) = paper.public() else { return Kept::default() };
    let sheet = &public.accepted.sheet;
    let shown = sheet.texts.iter().filter(|(field, _)| is_shown(**field, paper.publish, sheet.form));
    Kept {
        texts: shown.map(|(field, text)| (*field, text.clone())).collect(),
        files: public.files.into_iter().cloned().collect(),
    }
}

fn is_shown(field: Field, publish: Publish, form: Form) -> bool {
    match field {
        Field::Title(_) => true,
        Field::Summary(_) | Field::Message(_) => publish >= Publish::Summary,
        Field::Glossary => publish == Publish::Whole,
        Field::Seen | Field::Think | Field::Ask | Field::Body => {
            publish == Publish::Whole && form.parts().contains(&field)
        }
    }
}

/// Whether it holds anything that does not stay.
fn holds_more(paper: &Paper) -> bool {
    let kept = kept(paper);
    let accepted = paper.accepted.as_ref();
    let declined = paper.declined.as_ref().is_some_and(|declined| !declined.words.is_empty());
    let differs = |sheet: &Sheet| sheet.texts != kept.texts;
    let versions = paper.versions.iter().map(|version| &version.sheet);
    let mut sheets = versions.chain(accepted.map(|accepted| &accepted.sheet));
    let lists = [&paper.files, &paper.sent_files].into_iter();
    let mut lists = lists.chain(accepted.map(|accepted| &accepted.files));
    declined
        || !paper.comments.is_empty()
        || differs(&paper.sheet())
        || sheets.any(differs)
        || lists.any(|files| *files != kept.files)
}

/// The words that stay are written once more, so that every line before can be blanked.
pub(super) fn erase(paper: &Paper) -> Decided {
    if paper.words_since.is_none() && !holds_more(paper) {
        return Ok(vec![]);
    }
    let kept = kept(paper);
    let mut words = Words::none();
    words.0.extend(kept.texts.into_iter().map(|(field, text)| (field.key(), text)));
    words.0.extend(kept.files.into_iter().map(|file| (key_of(file.id), file.name)));
    Ok(vec![Happened { event: PaperEvent::Erased, words }])
}

/// Under which key a file's name stays.
fn key_of(file: FileId) -> String {
    format!("file.{file}")
}

impl Paper {
    pub(super) fn erase(&mut self, entry: &Entry<PaperEvent>) {
        (self.words_since, self.erased) = (None, Some(entry.seq));
        self.comments.clear();
        if let Some(declined) = &mut self.declined {
            declined.words.clear();
        }
        match self.accepted.take() {
            Some(accepted) if self.state == State::Accepted => self.keep_what_is_public(accepted, entry),
            _ => self.keep_nothing(),
        }
    }

    fn keep_nothing(&mut self) {
        self.texts.clear();
        self.versions.clear();
        self.authors.clear();
        self.files.clear();
        self.sent_files.clear();
        (self.submitted, self.ready) = (None, None);
        (self.publish, self.credit) = (Publish::default(), Credit::default());
    }

    fn keep_what_is_public(&mut self, accepted: Accepted, entry: &Entry<PaperEvent>) {
        let Accepted { place, sheet, files } = accepted;
        let said = entry.words.0.iter().filter_map(|(key, text)| Some((Field::parse(key)?, text.clone())));
        let sheet = Sheet { texts: said.collect(), ..sheet };
        let named = |file: File| File { name: entry.words.plain(&key_of(file.id)), ..file };
        let files: Vec<File> = files.into_iter().filter(|_| self.publish == Publish::Whole).map(named).collect();
        (self.form, self.lang, self.theme) = (sheet.form, sheet.lang, sheet.theme);
        let written = |(field, text): (&Field, &String)| (*field, Written::only(self.version, text.clone()));
        self.texts = sheet.texts.iter().map(written).collect();
        self.versions = self.versions_left(place.version, &sheet, entry.at);
        (self.submitted, self.ready) = (Some(place.version), self.ready.filter(|ready| *ready == place.version));
        let by_name = self.credit == Credit::Names;
        self.authors.retain(|author| by_name && (author.known.is_some() || author.consent == Consent::Given));
        (self.files, self.sent_files) = (files.clone(), files.clone());
        self.accepted = Some(Accepted { place, sheet, files });
    }

    /// The accepted version, and the one that is written on from; both say what stays.
    fn versions_left(&self, accepted: u32, sheet: &Sheet, at: Instant) -> Vec<Version> {
        let own = self.version_of(accepted);
        let (began, saved, by) = own.map_or((at, at, None), |own| (own.began, own.at, own.by));
        let of = |number, sent| Version { number, began, at: saved, by, sent, sheet: sheet.clone() };
        let later = (self.version != accepted).then(|| of(self.version, false));
        std::iter::once(of(accepted, true)).chain(later).collect()
    }
}
