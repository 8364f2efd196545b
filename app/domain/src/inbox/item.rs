//! One item of the inbox: what is known of it, and everything that was done about it.

use crate::ids::{PassId, PhoneId, SessionId};
use crate::inbox::{Alert, InboxEvent, Picture};
use crate::role::Role;
use crate::session::team::call::Call;
use crate::time::Instant;

/// One step of an item's own record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: Instant,
    /// In which role; nothing for the child's phone and for the server.
    pub by: Option<Role>,
    pub what: InboxEvent,
}

/// A call from the help page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub at: Instant,
    pub picture: Option<Picture>,
    /// Where the child is.
    pub place: Option<String>,
    /// From which session's page.
    pub session: Option<SessionId>,
    /// Whether it is one of many from new devices.
    pub one_of_many: bool,
    /// How many of the phones that came when this one did had called just before it (`G3`).
    pub after: u32,
}

/// One message between the safeguarding people and a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub at: Instant,
    /// In which role; nothing for the phone.
    pub by: Option<Role>,
    /// The words; nothing once they were erased.
    pub text: Option<String>,
}

/// What is known of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The call, if it is one; else it is a question.
    pub called: Option<Called>,
    /// An author's silent call, as adults hear it (`N1`).
    pub silent: Option<Call>,
    /// The phone that it belongs to, once it is known here.
    pub phone: Option<PhoneId>,
    /// When it was opened first, and in which role.
    pub opened: Option<(Instant, Option<Role>)>,
    /// Who looks after it.
    pub taken: Option<(PassId, Role)>,
    /// At whom it rang, or should have rung.
    pub alerts: Vec<Alert>,
    /// Those of them whose device was not there to ring (`N2`).
    pub unheard: Vec<Alert>,
    /// The messages, the first first.
    pub messages: Vec<Message>,
    /// Whether the phone took them off itself.
    pub thread_deleted: bool,
    /// When it was handed over, and to whom; the name goes with the erasure.
    pub handed_over: Option<(Instant, Option<String>)>,
    /// When its words were erased.
    pub erased: Option<Instant>,
    /// Everything that was done, in order (`S9`).
    pub steps: Vec<Step>,
    /// Places of the entries that hold words.
    pub entries: Vec<u64>,
}

impl Item {
    pub(super) fn erase(&mut self, at: Instant) {
        self.erased = Some(at);
        self.messages.clear();
        if let Some(called) = &mut self.called {
            called.place = None;
        }
        if let Some((_, to)) = &mut self.handed_over {
            *to = None;
        }
    }
}
