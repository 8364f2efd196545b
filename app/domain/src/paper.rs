//! A working paper by children: a draft, then submitted, then accepted into a session, or not.
//!
//! A paper is a stream of its own. A draft is its authors' alone; others read the version that was sent. Whoever
//! helps writes beside the text, and asks; only the authors ever change a letter (`P4`). They may take it back at any
//! time. What the screen and the public see is the version that was accepted, never a later one.

pub mod act;
mod apply;
pub mod call;
mod decide;
pub mod erasing;
pub mod event;
pub mod field;
pub mod file;
pub mod history;
pub mod length;
pub mod merge;
pub mod public;

use std::collections::BTreeMap;

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::{CommentId, FileId, PaperId, PersonId};
use crate::lang::Lang;
use crate::role::Who;
use crate::time::Instant;
use act::{Acceptance, Consent, Credit, DeclineReason, PaperAct, Publish};
use call::Call;
use event::PaperEvent;
use field::{Field, Form, Sheet};
use file::File;
pub use history::{Version, Written};

/// Where a paper is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Its authors write.
    #[default]
    Draft,
    /// It was sent; somebody reads it.
    Submitted,
    /// Somebody asks for a change.
    ChangeAsked,
    /// It is in the programme.
    Accepted,
    /// It is not in the programme, for a kind reason.
    Declined,
    /// Its authors took it back.
    Withdrawn,
}

/// One of the children who write it. The name is in the store's `people`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// Who, as they were named here.
    pub person: PersonId,
    /// Whether the name may be shown in public (`S21`), as long as they are nobody of the conference's people.
    pub consent: Consent,
    /// Who of the conference's people they are: from then on that person's own name and consents count.
    pub known: Option<PersonId>,
}

/// What somebody wrote beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    pub at: Instant,
    pub by: Who,
    /// Beside which text; nothing for the whole paper.
    pub about: Option<Field>,
    /// The version that was read.
    pub version: u32,
    /// The words; empty if they were removed.
    pub text: String,
    /// The authors' words that a suggestion is about; empty without one.
    pub quote: String,
    /// Other words for them.
    pub instead: String,
    /// Whether the authors took the suggestion over; nothing as long as they have not decided.
    pub taken: Option<bool>,
}

/// What was accepted: the version, its files, and where it is presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Where, and which version.
    pub place: Acceptance,
    pub sheet: Sheet,
    pub files: Vec<File>,
}

/// Why it was declined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// The short of it.
    pub reason: DeclineReason,
    /// In words; empty if they were removed.
    pub words: String,
}

/// A paper's state: the sum of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its id, and its stream's.
    pub id: PaperId,
    /// The place of the last entry.
    pub seq: u64,
    /// Where it is in its life.
    pub state: State,
    pub since: Instant,
    /// The last version that was saved; 0 before anything was.
    pub version: u32,
    /// How it is written.
    pub form: Form,
    /// The language of its text.
    pub lang: Lang,
    /// The theme of the call that it belongs to.
    pub theme: Option<u8>,
    pub texts: BTreeMap<Field, Written>,
    /// Its versions, oldest first: one a sitting, and each that was sent.
    pub versions: Vec<Version>,
    /// Who writes it.
    pub authors: Vec<Author>,
    /// What was written beside it, oldest first.
    pub comments: Vec<Comment>,
    pub files: Vec<File>,
    /// The files that were there when it was sent.
    pub sent_files: Vec<File>,
    /// The version that was sent last.
    pub submitted: Option<u32>,
    /// The version that a mentor found ready last.
    pub ready: Option<u32>,
    /// What was accepted, while it is.
    pub accepted: Option<Accepted>,
    /// Why it was declined, while it is.
    pub declined: Option<Declined>,
    /// How much is public.
    pub publish: Publish,
    /// By which names.
    pub credit: Credit,
    /// Since when words stand in it that no erasure has looked at; nothing if there are none.
    pub words_since: Option<Instant>,
    /// The place of the entry by which its words were erased last.
    pub erased: Option<u64>,
}

/// What a decision needs besides the paper's own history.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The conference's call, if there is one.
    pub call: Option<&'a Call>,
    /// The extension on the pass of whoever acts.
    pub late_until: Option<Instant>,
}

impl Paper {
    /// A paper of which nothing is known yet.
    #[must_use]
    pub fn new(id: PaperId) -> Self {
        Self {
            id,
            seq: 0,
            state: State::default(),
            since: Instant::default(),
            version: 0,
            form: Form::default(),
            lang: Lang::default(),
            theme: None,
            texts: BTreeMap::new(),
            versions: vec![],
            authors: vec![],
            comments: vec![],
            files: vec![],
            sent_files: vec![],
            submitted: None,
            ready: None,
            accepted: None,
            declined: None,
            publish: Publish::default(),
            credit: Credit::default(),
            words_since: None,
            erased: None,
        }
    }

    /// What stands in it now.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let texts = self.texts.iter().map(|(field, written)| (*field, written.text.clone()));
        let texts = texts.filter(|(_, text)| !text.is_empty()).collect();
        Sheet { form: self.form, lang: self.lang, theme: self.theme, texts }
    }

    /// What mentors and organizers read: the version that was sent last. A draft is its authors' alone.
    #[must_use]
    pub fn sent(&self) -> Option<&Version> {
        let sent = self.submitted.filter(|_| self.state != State::Withdrawn)?;
        self.versions.iter().find(|version| version.number == sent)
    }

    /// Whether an accepted paper has a change that nobody has taken over yet.
    #[must_use]
    pub fn change_waits(&self) -> bool {
        self.accepted.as_ref().is_some_and(|accepted| self.submitted > Some(accepted.place.version))
    }

    /// A comment by its id.
    #[must_use]
    pub fn comment(&self, id: CommentId) -> Option<&Comment> {
        self.comments.iter().find(|comment| comment.id == id)
    }

    /// A file by its id.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.iter().find(|file| file.id == id)
    }
}

/// Acts are decided in [`decide`].
pub type Decided = Result<Vec<crate::entry::Happened<PaperEvent>>, crate::refusal::Refusal>;

impl Paper {
    /// What happens if `who` does `act` at `now`.
    ///
    /// # Errors
    /// A [`crate::Refusal`]: not theirs, the call is closed, somebody was first, it is past this.
    pub fn decide(&self, who: Who, act: &PaperAct, now: Instant, terms: Terms) -> Decided {
        decide::decide(self, who, act, now, terms)
    }
}
