//! How those of the hall who speak are called: before everybody, and before the children who wrote the names.

use crate::lang::{Lang, Phrase};
use crate::names::telling::before_all;
use crate::session::Session;
use crate::session::queue::Turn;
use crate::view::Hall;

/// How somebody of the hall is called before everybody: as a moderator wrote, without a family, an age, a class
/// or a school (`S12`), else as the pass's person; empty if neither may be said.
#[must_use]
pub fn name_of(session: &Session, turn: &Turn, hall: Hall, lang: Lang) -> Phrase {
    let groups = || session.groups.iter().flat_map(|group| group.0.values()).map(String::as_str);
    let written =
        turn.name.as_deref().and_then(|name| before_all(name, groups())).map(|name| Phrase::written(&name, lang));
    let person = || turn.person.and_then(|person| hall.names.get(&person)).map(|name| name.for_reader(lang));
    written.or_else(person).unwrap_or_default()
}

/// How the children who run the session have written somebody down: they alone read it.
#[must_use]
pub fn written_name_of(session: &Session, turn: &Turn, hall: Hall, lang: Lang) -> Phrase {
    let written = turn.name.as_deref().map(|name| Phrase::written(name, lang));
    written.unwrap_or_else(|| name_of(session, turn, hall, lang))
}
