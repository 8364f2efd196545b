//! Parts of the phone's page that the server renders, and the keys by which a phone sees that one has changed.
//!
//! A phone loads no code for them: it asks for the part again when its key is another one. What everybody sees of a
//! part has its key in the frame ([`keys`]); what is a phone's own has one in [`crate::view::mine`]. Both together are
//! the key of the part as that phone sees it ([`key`]).

use crate::session::{Phase, Session};
use crate::view::Moment;
use crate::view::audience::moment;

/// The poll: what can be answered, the phone's own ballot, the results.
pub const POLL: &str = "poll";

/// Every part.
pub const ALL: [&str; 1] = [POLL];

/// The keys of what everybody sees, as `name=key` with spaces between.
#[must_use]
pub fn keys(session: &Session) -> String {
    [POLL, "=", &poll(session)].concat()
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
