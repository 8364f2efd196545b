//! Who of the adults is there now: every sentence that says so asks here (`N2`).

use nadwa_domain::Role;
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::gate::Missing;
use nadwa_domain::ids::{PassId, SessionId};

use crate::rooms::Rooms;

/// Who of safeguarding is at their page now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// The lead.
    pub lead: bool,
    /// The deputy.
    pub deputy: bool,
}

impl Present {
    /// Whether anybody of safeguarding is.
    #[must_use]
    pub const fn guards(self) -> bool {
        self.lead || self.deputy
    }

    /// Who of the two is not, as the checklist calls them.
    #[must_use]
    pub fn absent(self) -> Vec<Missing> {
        let lead = (!self.lead).then_some(Missing::Lead);
        lead.into_iter().chain((!self.deputy).then_some(Missing::Deputy)).collect()
    }
}

impl Rooms {
    /// Who of safeguarding is at their page now, with a card that works.
    #[must_use]
    pub fn present(&self) -> Present {
        let guards = self.guards();
        let there = |role: Role| guards.iter().any(|(_, guard)| *guard == role);
        Present { lead: there(Role::SafeguardingLead), deputy: there(Role::SafeguardingDeputy) }
    }

    fn guards(&self) -> Vec<(PassId, Role)> {
        let (inbox, conference, now) = (self.inbox().state(), self.conference().state(), self.clock().now());
        let works = |pass: &PassId| conference.passes.get(pass).is_some_and(|pass| pass.works(now));
        inbox.present(now).filter(|(pass, _)| works(pass)).collect()
    }

    /// How many of safeguarding are at their page beside this card's (`S24`), and whether this one's is (`G11`).
    #[must_use]
    pub fn guards_beside(&self, me: Option<PassId>) -> (u64, bool) {
        let guards = self.guards();
        let others = guards.iter().filter(|(pass, _)| Some(*pass) != me).count();
        (others as u64, others < guards.len())
    }

    /// How many texts no adult has read, in every session that is not a closed meeting (`N10`).
    pub async fn unread(&self) -> u64 {
        let conference = self.conference().state();
        let public = |id| conference.listing(id).is_some_and(Listing::is_public);
        let rooms = self.open_rooms().await.into_iter().filter(|room| public(room.id()));
        rooms.map(|room| room.look(|session, _| session.unread() as u64)).sum()
    }

    /// Whether a steward is at a desk: of one session (nothing, if there is no such session), or of any.
    pub async fn at_a_desk(&self, session: Option<Option<SessionId>>) -> bool {
        let now = self.clock().now();
        let rooms = self.open_rooms().await;
        let asked = |id: SessionId| session.is_none_or(|session| session == Some(id));
        rooms.iter().any(|room| asked(room.id()) && room.look(|session, _| session.at_desks(now) > 0))
    }
}
