//! Parts of the phone's page that the server renders, and the keys by which a phone sees that one has changed.
//!
//! A phone loads no code for them: it asks for the part again when its key is another one. What everybody sees of a
//! part has its key in the frame ([`keys`]); what is a phone's own has one in [`crate::view::mine`]. Both together are
//! the key of the part as that phone sees it ([`key`]).

use crate::session::question::Status;
use crate::session::{Phase, Session};
use crate::view::Moment;
use crate::view::audience::{moment, was_heard};

/// The poll: what can be answered, the phone's own ballot, the results.
pub const POLL: &str = "poll";

/// My own questions, a private message, and what the hall has heard.
pub const MINE: &str = "mine";

/// Every part.
pub const ALL: [&str; 2] = [POLL, MINE];

/// The keys of what everybody sees, as `name=key` with spaces between.
#[must_use]
pub fn keys(session: &Session) -> String {
    [POLL, "=", &poll(session), " ", MINE, "=", &mine(session)].concat()
}

/// What changes everybody's part of questions: what was heard, whether anything can be asked, a safety pause.
fn mine(session: &Session) -> String {
    let open = u8::from(session.phase == Phase::Open) + 2 * u8::from(session.paused_since.is_some());
    let heard = session.questions.iter().filter(|q| was_heard(q));
    let heard = heard.map(|q| if q.status == Status::FollowUp { 100 } else { 1 }).sum::<u32>();
    let open = open + 4 * u8::from(session.desk.open);
    [&open.to_string(), ".", &heard.to_string()].concat()
}

/// The key of a part as a phone sees it, of the frame's keys and of its own.
#[must_use]
pub fn key(name: &str, keys: &str, own: &str) -> String {
    [of(name, keys), "/", of(name, own)].concat()
}

/// What the list says of one part; nothing if it is not in it.
fn of<'a>(name: &str, keys: &'a str) -> &'a str {
    keys.split(' ').find_map(|one| one.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
}

/// The place of the last entry that changed what phones see of the poll, and whether the poll is the moment.
fn poll(session: &Session) -> String {
    if session.phase != Phase::Open || session.paused_since.is_some() {
        return String::new();
    }
    let here = if moment(session) == Moment::Poll { "." } else { "" };
    [&session.poll_changed.to_string(), here].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_the_key_of_everybody_and_its_own() {
        assert_eq!(key("poll", "mine=7 poll=118.", "poll=a3"), "118./a3");
        assert_eq!(key("poll", "", "mine=1"), "/");
    }
}
