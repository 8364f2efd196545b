//! What people do to a paper, and who may.
//!
//! The children who write it change its words; nobody else does, ever (`P4`). Mentors and organizers write beside it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::{CommentId, FileId, PersonId, SessionId, SlotId};
use crate::lang::Lang;
use crate::paper::field::{Field, Form, PaperText};
use crate::paper::file::FileKind;
use crate::role::{Role, Who};
use crate::time::Span;

/// One press on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperAct {
    /// The authors save what they wrote; nothing that stands there is lost.
    Save(Box<Saving>),
    /// The authors name one of them; the name itself is in the store's `people`.
    AddAuthor(PersonId),
    /// The authors take a name off.
    RemoveAuthor(PersonId),
    /// The authors send the paper in, or a change of an accepted one.
    Submit,
    /// The authors take the paper back, at any time.
    Withdraw,
    /// Somebody writes beside the text.
    Comment(Box<NewComment>),
    /// The authors take a suggestion over, or leave it.
    Settle {
        id: CommentId,
        /// Whether they take it.
        taken: bool,
    },
    /// A mentor or organizer asks for a change, in plain words.
    AskChange(PaperText),
    /// A mentor says that the version they read is ready.
    Ready { version: u32 },
    /// An organizer accepts the version they read, into a session; again, to move it or to take over a change.
    Accept(Acceptance),
    /// An organizer declines, with a kind reason in words.
    Decline {
        /// The short of it.
        reason: DeclineReason,
        /// In words.
        words: PaperText,
    },
    /// The authors choose what is public, and how they are credited.
    Publish {
        /// How much.
        publish: Publish,
        /// By which names.
        credit: Credit,
    },
    /// An organizer notes what guardians said; the document stays with them (`S21`).
    NoteConsent {
        person: PersonId,
        /// What they said.
        consent: Consent,
    },
    /// An organizer notes who of the conference's people an author is: from then on that person's consents count.
    KnowAuthor {
        person: PersonId,
        /// Who of the conference's people; nothing if nobody of them.
        of: Option<PersonId>,
    },
    /// The authors add a file that the server has checked.
    AddFile(Box<NewFile>),
    /// The authors take a file off.
    RemoveFile(FileId),
    /// What is not public goes for good, since its time has come (`S14`). The server's alone.
    Erase,
}

/// What is saved at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// The version that the writer began from.
    pub base: u32,
    /// How the paper is written.
    pub form: Form,
    pub lang: Lang,
    /// Its theme, from 0.
    pub theme: Option<u8>,
    /// The texts that may have changed.
    pub texts: Vec<(Field, PaperText)>,
}

/// What somebody writes beside a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// Made when the form was rendered: a repeated submit is the same comment.
    pub id: CommentId,
    /// Beside which text; nothing for the whole paper.
    pub about: Option<Field>,
    /// The words; may be empty beside a suggestion.
    pub words: PaperText,
    /// The authors' words that the suggestion is about; empty without one.
    pub quote: PaperText,
    /// Other words for them.
    pub instead: PaperText,
}

/// Where an accepted paper goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The version that was read.
    pub version: u32,
    pub session: SessionId,
    /// Its slot there.
    pub slot: SlotId,
    /// The slot after which it comes; nothing for the place after the last paper.
    pub after: Option<SlotId>,
    /// The speaking limit.
    pub limit: Span,
}

/// A file that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    pub id: FileId,
    /// What it is, by its content.
    pub kind: FileKind,
    /// How large.
    pub bytes: u64,
    /// How many pages can be shown on the screen.
    pub pages: u16,
    /// Whether it was made anew.
    pub anew: bool,
    /// Its name, made safe.
    pub name: PaperText,
}

/// Why a paper is not in the programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// There are more papers than there is time.
    #[default]
    NoRoom,
    /// It is about something else than this conference.
    OtherTheme,
    /// Another paper says nearly the same.
    SaidAlready,
}

/// How much of a paper everybody may read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publish {
    /// What it is called.
    #[default]
    Title,
    /// Also its summary and its key messages.
    Summary,
    /// All of it, with its files.
    Whole,
}

/// How the authors are called in public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credit {
    /// Not by name.
    #[default]
    Unnamed,
    /// By a name for the group.
    Group,
    /// By their first names or pseudonyms.
    Names,
}

/// What guardians said about a child's name in public (`S21`).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Consent {
    /// Nothing yet: the name is not shown.
    #[default]
    NotGiven,
    /// It may be shown.
    Given,
    /// It may not be shown any more.
    Withdrawn,
}

/// Whether `who` may do `act` at all. That an author's pass is for this very paper is looked at where the pass is.
#[must_use]
pub const fn may(who: Who, act: &PaperAct) -> bool {
    use PaperAct as A;
    let Who::Pass { role, .. } = who else { return matches!((who, act), (Who::Server, A::Erase)) };
    match act {
        A::Save(_)
        | A::AddAuthor(_)
        | A::RemoveAuthor(_)
        | A::Submit
        | A::Withdraw
        | A::Settle { .. }
        | A::Publish { .. }
        | A::AddFile(_)
        | A::RemoveFile(_) => matches!(role, Role::Author),
        A::Comment(_) => matches!(role, Role::Author | Role::Mentor | Role::Organizer),
        A::AskChange(_) => matches!(role, Role::Mentor | Role::Organizer),
        A::Ready { .. } => matches!(role, Role::Mentor),
        A::Accept(_) | A::Decline { .. } | A::NoteConsent { .. } | A::KnowAuthor { .. } => {
            matches!(role, Role::Organizer)
        }
        A::Erase => false,
    }
}
