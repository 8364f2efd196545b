//! What has happened is recorded: a paper is the sum of its entries.

use crate::entry::Entry;
use crate::ids::CommentId;
use crate::paper::act::{Acceptance, Consent};
use crate::paper::event::PaperEvent;
use crate::paper::file::File;
use crate::paper::{Accepted, Author, Comment, Declined, Paper, State};
use crate::time::Instant;

impl Paper {
    /// Records what has happened. Cannot fail.
    pub fn apply(&mut self, entry: &Entry<PaperEvent>) {
        if self.seq == 0 {
            self.since = entry.at;
        }
        self.seq = entry.seq;
        if brings_words(&entry.event) {
            self.words_since.get_or_insert(entry.at);
        }
        let text = |name: &str| entry.words.0.get(name).cloned().unwrap_or_default();
        match &entry.event {
            PaperEvent::Saved { version, form, lang, theme } => {
                (self.form, self.lang, self.theme) = (*form, *lang, *theme);
                self.save(*version, entry);
            }
            PaperEvent::AuthorAdded { person } => {
                self.authors.push(Author { person: *person, consent: Consent::default(), known: None });
            }
            PaperEvent::AuthorRemoved { person } => self.authors.retain(|author| author.person != *person),
            PaperEvent::Submitted { version } => {
                self.submitted = Some(*version);
                self.sent_files = self.files.clone();
                self.mark_sent(*version);
                if self.state != State::Accepted {
                    self.enter(State::Submitted, entry.at);
                }
            }
            PaperEvent::Withdrawn => {
                self.accepted = None;
                self.enter(State::Withdrawn, entry.at);
            }
            PaperEvent::Commented { id, about, version } => self.comments.push(Comment {
                id: *id,
                at: entry.at,
                by: entry.by,
                about: *about,
                version: *version,
                text: text("text"),
                quote: text("quote"),
                instead: text("instead"),
                taken: None,
            }),
            PaperEvent::Settled { id, taken } => {
                if let Some(comment) = self.comments.iter_mut().find(|comment| comment.id == *id) {
                    comment.taken = Some(*taken);
                }
            }
            PaperEvent::ChangeAsked => {
                self.comments.push(asked(entry, self.submitted.unwrap_or_default(), text("text")));
                self.enter(State::ChangeAsked, entry.at);
            }
            PaperEvent::FoundReady { version } => self.ready = Some(*version),
            PaperEvent::Accepted(place) => self.accept(*place, entry.at),
            PaperEvent::Declined { reason } => {
                self.declined = Some(Declined { reason: *reason, words: text("text") });
                self.enter(State::Declined, entry.at);
            }
            PaperEvent::Published { publish, credit } => (self.publish, self.credit) = (*publish, *credit),
            PaperEvent::ConsentNoted { person, consent } => {
                if let Some(author) = self.authors.iter_mut().find(|author| author.person == *person) {
                    author.consent = *consent;
                }
            }
            PaperEvent::AuthorKnown { person, of } => {
                if let Some(author) = self.authors.iter_mut().find(|author| author.person == *person) {
                    author.known = *of;
                }
            }
            PaperEvent::Erased => self.erase(entry),
            PaperEvent::FileAdded { id, kind, bytes, pages, anew } => {
                let (name, anew) = (text("text"), *anew || kind.was_always_made_anew());
                self.files.push(File { id: *id, kind: *kind, bytes: *bytes, pages: *pages, anew, name });
            }
            PaperEvent::FileRemoved { id } => {
                // What its authors take off is nowhere any more, accepted or not.
                let accepted = self.accepted.iter_mut().map(|accepted| &mut accepted.files);
                for files in [&mut self.files, &mut self.sent_files].into_iter().chain(accepted) {
                    files.retain(|file| file.id != *id);
                }
            }
        }
    }

    fn accept(&mut self, place: Acceptance, at: Instant) {
        let sheet = self.versions.iter().find(|version| version.number == place.version).map(|v| v.sheet.clone());
        let sheet = sheet.unwrap_or_default();
        self.accepted = Some(Accepted { place, sheet, files: self.sent_files.clone() });
        self.declined = None;
        if self.state != State::Accepted {
            self.enter(State::Accepted, at);
        }
    }

    fn enter(&mut self, state: State, at: Instant) {
        self.state = state;
        self.since = at;
    }
}

/// Whether people wrote something with it, or named themselves: told by the fact, since words may have been blanked.
const fn brings_words(event: &PaperEvent) -> bool {
    use PaperEvent as E;
    matches!(
        event,
        E::Saved { .. }
            | E::AuthorAdded { .. }
            | E::Commented { .. }
            | E::ChangeAsked
            | E::Declined { .. }
            | E::FileAdded { .. }
    )
}

/// What is asked for stands beside the whole paper, like any comment.
fn asked(entry: &Entry<PaperEvent>, version: u32, text: String) -> Comment {
    Comment {
        // Each is one entry of this stream: its place tells it apart.
        id: CommentId(uuid::Uuid::from_u128(u128::from(entry.seq))),
        at: entry.at,
        by: entry.by,
        about: None,
        version,
        text,
        quote: String::new(),
        instead: String::new(),
        taken: None,
    }
}
