//! Pictures to choose from without writing: our own pictograms. Each has a name in every language (`A11`).

use serde::{Deserialize, Serialize};

macro_rules! pictures {
    ($($(#[$doc:meta])* $name:ident $key:literal)*) => {
        /// A pictogram of the built-in set. Stored by its name: never rename, only add.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Picture { $($(#[$doc])* $name),* }

        impl Picture {
            /// Every one, in the order of a list to choose from.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As a form sends it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

pictures! {
    /// A telephone: a call.
    Phone "phone"
    /// A bubble of speech: a chat.
    Chat "chat"
    /// A letter.
    Letter "letter"
    /// Two people beside each other.
    Together "together"
    /// A house.
    House "house"
    /// A school.
    School "school"
    /// A book.
    Book "book"
    /// A pencil.
    Pencil "pencil"
    /// A ball: play.
    Ball "ball"
    /// A note of music.
    Music "music"
    /// A tree.
    Tree "tree"
    /// The sun.
    Sun "sun"
    /// The moon: night.
    Moon "moon"
    /// A drop of water.
    Water "water"
    /// A heart.
    Heart "heart"
    /// A hand.
    Hand "hand"
    /// A star.
    Star "star"
    /// A clock.
    Clock "clock"
}

impl Picture {
    /// Reads [`Picture::as_str`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|picture| picture.as_str() == name)
    }
}
