//! Where a form comes back to.

use nadwa_domain::Choice;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The page that a form belongs to, and comes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Back {
    /// A phone's.
    Audience,
    /// The moderators'.
    Console,
    /// The stewards'.
    Desk,
    /// The stewards' desk for several sessions.
    Desks,
    /// The run of show.
    Plan,
    /// The speaker's.
    Stage,
    /// The supporting adults'.
    Backstage,
    /// The interpreters'.
    Interpreters,
    /// The safeguarding inbox.
    Inbox,
    /// The organizers' board.
    Board,
}

impl Back {
    /// The page that a form says it stands on.
    pub fn named(name: Option<&str>) -> Self {
        name.and_then(Self::of_key).unwrap_or(Self::Console)
    }

    /// Its address in a session.
    pub fn path(self, code: &str) -> String {
        let page = match self {
            Self::Audience => "",
            Self::Console => "/console",
            Self::Desk => "/desk",
            Self::Desks => return "/desk".to_owned(),
            Self::Inbox => return "/safeguarding".to_owned(),
            Self::Board => return "/organizer".to_owned(),
            Self::Plan => "/console/plan",
            Self::Stage => "/stage",
            Self::Backstage => "/backstage",
            Self::Interpreters => "/interpreters",
        };
        format!("/s/{code}{page}")
    }
}
