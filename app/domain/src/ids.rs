//! Ids of things, each a type of its own, so that a question's id is never taken for a poll's.
//!
//! Ids are made at the edge (by the server when it renders a form, or by a client) and passed in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// The whole gathering; its stream carries programme, passes and helplines.
    ConferenceId
    /// One panel, workshop, opening or closed meeting; one stream.
    SessionId
    /// A hall or a room of the venue.
    RoomId
    /// One place in the run of show.
    SlotId
    /// One question from the hall.
    QuestionId
    /// One poll of a session.
    PollId
    /// A card that gives one person one role in one scope.
    PassId
    /// One device on which a pass was shown.
    DeviceId
    /// A named person. The name itself lives in the store's `people`, never in a fact.
    PersonId
    /// One organisation that takes part in the conference.
    OrganisationId
    /// One recommendation of the children.
    RecommendationId
    /// One phone among those that judged an answer: derived anew for each, with a key that is in no history.
    VoiceId
    /// One turn to speak, from the hall: asked for, given, over.
    TurnId
    /// One word to the moderators or to the stage, from behind the scenes.
    NoteId
    /// One phone in the hall: derived from a random cookie, and nothing about its owner.
    PhoneId
    /// One thing in the safeguarding inbox: a question that the desk handed over (the same id), or a call for somebody.
    ItemId
    /// One working paper; one stream.
    PaperId
    /// What somebody wrote beside a paper.
    CommentId
    /// A file that belongs to a paper.
    FileId
}
