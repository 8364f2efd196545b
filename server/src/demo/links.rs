//! Every role's link of a demo: printed for people, written as JSON for programs.

use std::fmt;
use std::path::Path;

use serde::Serialize;

/// The links of one session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionLinks {
    /// What it is called, in English.
    pub title: String,
    pub id: String,
    /// The join code.
    pub code: String,
    /// A phone's page.
    pub audience: String,
    /// The moderator's tablet.
    pub console: String,
    /// The second moderator's tablet.
    pub console_two: String,
    /// The reading desk.
    pub desk: String,
    /// The projector.
    pub screen: String,
    /// The speaker's view.
    pub stage: String,
    /// The interpreters' page.
    pub interpreters: String,
}

/// Every link.
#[derive(Clone, Debug, Serialize)]
pub struct Links {
    /// Each session; the live one first.
    pub sessions: Vec<SessionLinks>,
    /// The organizers' board.
    pub organizer: String,
    /// The safeguarding inbox.
    pub safeguarding: String,
    /// A working paper that its authors are changing.
    pub authors: String,
    /// The mentors' table of papers.
    pub mentor: String,
    /// What an organisation owes the children.
    pub owner: String,
    /// All devices side by side.
    pub hall: String,
}

impl Links {
    /// Writes them as JSON.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn write(&self, file: &Path) -> Result<(), String> {
        let json = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        crate::private::write(file, (json + "\n").as_bytes())
            .map_err(|error| format!("cannot write {}: {error}", file.display()))
    }
}

impl fmt::Display for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let live = &self.sessions[0];
        writeln!(f, "\nA demo conference is live. Open this first:\n\n  {}\n", self.hall)?;
        writeln!(f, "The live session: {} (code {})", live.title, live.code)?;
        let devices = [
            ("phone", &live.audience),
            ("console (a child)", &live.console),
            ("second console", &live.console_two),
            ("desk (an adult)", &live.desk),
            ("screen", &live.screen),
            ("stage", &live.stage),
            ("interpreters", &live.interpreters),
            ("organizer", &self.organizer),
            ("safeguarding", &self.safeguarding),
            ("a paper's authors", &self.authors),
            ("mentor (an adult)", &self.mentor),
            ("owner (an adult)", &self.owner),
        ];
        for (name, link) in devices {
            writeln!(f, "  {name:<18} {link}")?;
        }
        write!(f, "\n{} more sessions are in the programme. Ctrl-C ends it all.", self.sessions.len() - 1)
    }
}
