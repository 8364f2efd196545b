//! How long a device keeps what it was given (`V3`, `S11`): as long as it is good for something, and a day more, because
//! halls run late and texts that are held stay a day. The browser's own end is none: tablets start anew.

use super::Conference;
use super::pass::Pass;
use crate::ids::SessionId;
use crate::role::Role;
use crate::time::{Instant, Span};

/// After the end of what it is for.
const MARGIN: Span = Span::minutes(24 * 60);
/// Where nobody has said yet when the conference is.
const UNSAID: Span = Span::minutes(14 * 24 * 60);
/// An organizer then signs in again, whatever the days of the conference are.
const ORGANIZER: Span = Span::minutes(14 * 24 * 60);
/// A wall stays until it is taken down, and answers are owed for months; browsers keep nothing for longer.
const LONGEST: Span = Span::minutes(400 * 24 * 60);

/// What a device keeps.
#[derive(Clone, Copy, Debug)]
pub enum Kept<'a> {
    /// Which screen it is and where it hangs.
    Wall,
    /// What its reader chose: language, digits, letters.
    Choice,
    /// Which phone it is.
    Phone,
    /// A pass that was shown on it.
    Pass(&'a Pass),
}

impl Conference {
    /// For how long from `now` a device keeps it. Never nothing: what is used after its end was put off.
    #[must_use]
    pub fn lasts(&self, kept: Kept, now: Instant) -> Span {
        let until = |end: Instant| (end + MARGIN - now).max(MARGIN);
        match kept {
            Kept::Wall => LONGEST,
            Kept::Choice | Kept::Phone => self.end().map_or(UNSAID, until),
            Kept::Pass(pass) => match pass.issued.role {
                Role::Organizer => ORGANIZER,
                Role::Respondent => LONGEST,
                Role::SafeguardingLead | Role::SafeguardingDeputy | Role::Author | Role::Mentor => {
                    self.end().map_or(UNSAID, until)
                }
                Role::Steward
                | Role::Interpreter
                | Role::Moderator
                | Role::CoModerator
                | Role::Timekeeper
                | Role::Presenter
                | Role::Member => self.end_of(pass.issued.session).map_or(UNSAID, until),
            },
        }
    }

    /// When the last day ends, or the last session if nobody has named the days or it ends later.
    fn end(&self) -> Option<Instant> {
        let days = self.days.map(|(_, until)| until);
        days.into_iter().chain(self.sessions.iter().map(|listing| listing.ends_at)).max()
    }

    /// When a session ends; all of them, if it is none in particular.
    fn end_of(&self, session: Option<SessionId>) -> Option<Instant> {
        match session.and_then(|session| self.listing(session)) {
            Some(listing) => Some(listing.ends_at),
            None => self.end(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::Listing;
    use super::super::pass::NewPass;
    use super::*;
    use crate::ids::{PassId, RoomId};
    use crate::lang::Said;
    use crate::session::plan::Kind;

    const NOW: Instant = Instant(1_000_000_000);
    const HOUR: Span = Span::minutes(60);

    fn session(id: u128, ends_at: Instant) -> Listing {
        Listing {
            session: SessionId(Uuid::from_u128(id)),
            room: RoomId(Uuid::nil()),
            kind: Kind::Panel,
            title: Said::default(),
            theme: Said::default(),
            about: Said::default(),
            starts_at: ends_at - HOUR,
            ends_at,
            code: None,
            speakers: Vec::new(),
        }
    }

    fn pass(role: Role, session: Option<u128>) -> Pass {
        let (id, session) = (PassId(Uuid::nil()), session.map(|id| SessionId(Uuid::from_u128(id))));
        let (digest, link) = (String::new(), String::new());
        Pass::new(NewPass { id, role, session, person: None, digest, until: None, one_device: true, paper: None, link })
    }

    fn conference() -> Conference {
        let sessions = vec![session(1, NOW + HOUR), session(2, NOW + Span(3 * HOUR.0))];
        Conference { sessions, days: Some((NOW, NOW + Span(9 * HOUR.0))), ..Conference::default() }
    }

    #[test]
    fn a_console_lasts_until_its_session_is_over_and_a_desk_until_all_of_its_are() {
        let (conference, lasts) = (conference(), |hours: i64| Span(hours * HOUR.0) + MARGIN);
        for (role, own, hours) in [
            (Role::Moderator, Some(1), 1),
            (Role::Presenter, Some(2), 3),
            (Role::Steward, Some(1), 1),
            (Role::Steward, None, 9),
            (Role::SafeguardingLead, None, 9),
        ] {
            let pass = pass(role, own);
            assert_eq!(conference.lasts(Kept::Pass(&pass), NOW), lasts(hours), "{role:?} {own:?}");
        }
        assert_eq!(conference.lasts(Kept::Pass(&pass(Role::Organizer, None)), NOW), ORGANIZER);
    }

    #[test]
    fn a_phone_and_its_choices_are_the_conferences_and_a_wall_stays() {
        let (conference, end) = (conference(), Span(9 * HOUR.0) + MARGIN);
        assert_eq!((conference.lasts(Kept::Phone, NOW), conference.lasts(Kept::Choice, NOW)), (end, end));
        assert_eq!(conference.lasts(Kept::Phone, NOW + Span(900 * HOUR.0)), MARGIN, "used after the end");
        assert_eq!(Conference::default().lasts(Kept::Phone, NOW), UNSAID, "nobody has said when it is");
        assert_eq!(conference.lasts(Kept::Wall, NOW), LONGEST);
    }
}
