//! What has happened to a paper. Stored for ever: never rename or remove, only add (invariant 9).

use serde::{Deserialize, Serialize};

use crate::ids::{CommentId, FileId, PersonId};
use crate::lang::Lang;
use crate::paper::act::{Acceptance, Consent, Credit, DeclineReason, Publish};
use crate::paper::field::{Field, Form};
use crate::paper::file::FileKind;

/// One thing that happened to a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PaperEvent {
    /// The authors saved. Words: the fields that changed, by their keys; an emptied one is empty.
    Saved {
        /// The version that this makes.
        version: u32,
        /// How the paper is written.
        form: Form,
        lang: Lang,
        theme: Option<u8>,
    },
    /// An author was named.
    AuthorAdded { person: PersonId },
    /// An author's name was taken off.
    AuthorRemoved { person: PersonId },
    /// The paper was sent in.
    Submitted {
        /// The version that others read from now on.
        version: u32,
    },
    /// The authors took it back.
    Withdrawn,
    /// Something was written beside the text. Words: `text`, `quote`, `instead`.
    Commented {
        id: CommentId,
        /// Beside which text.
        about: Option<Field>,
        /// The version that was read.
        version: u32,
    },
    /// The authors took a suggestion over, or left it.
    Settled {
        id: CommentId,
        /// Whether they took it.
        taken: bool,
    },
    /// A change was asked for. Words: `text`.
    ChangeAsked,
    /// A mentor finds it ready.
    FoundReady {
        /// The version that was read.
        version: u32,
    },
    /// It was accepted into a session, moved to another, or accepted anew after a change.
    Accepted(Acceptance),
    /// It is not in the programme. Words: `text`.
    Declined {
        /// The short of it.
        reason: DeclineReason,
    },
    /// The authors chose what is public.
    Published {
        /// How much.
        publish: Publish,
        /// By which names.
        credit: Credit,
    },
    /// What guardians said was noted.
    ConsentNoted {
        person: PersonId,
        /// What they said.
        consent: Consent,
    },
    /// An organizer noted who of the conference's people an author is, or that they are none of them.
    AuthorKnown {
        person: PersonId,
        /// Who of the conference's people.
        of: Option<PersonId>,
    },
    /// What is not public was erased for good (`S14`). Words: what stays, by the fields' keys, and the names of files
    /// that stay as `file.{id}`.
    Erased,
    /// A checked file was added. Words: `text`, its name.
    FileAdded {
        id: FileId,
        kind: FileKind,
        /// How large.
        bytes: u64,
        /// How many pages can be shown.
        pages: u16,
        /// Whether it was made anew. Older entries do not say so: of them only pictures were.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        anew: bool,
    },
    /// A file was taken off.
    FileRemoved { id: FileId },
}
