//! Pictures to choose from without writing: our own pictograms, each with a name in every language (`A11`), and those
//! that organizers bring, with the names that they give them.

use serde::{Deserialize, Serialize};

use crate::ids::FileId;

/// What stands for an option in a poll of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Pictured {
    /// A pictogram of ours.
    Ours(Picture),
    /// A picture that was brought; its name is the option's text.
    Brought(FileId),
}

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

impl From<Pictured> for String {
    fn from(picture: Pictured) -> Self {
        match picture {
            Pictured::Ours(picture) => picture.as_str().to_owned(),
            Pictured::Brought(file) => file.to_string(),
        }
    }
}

impl TryFrom<String> for Pictured {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let brought = || text.parse().ok().map(Self::Brought);
        Picture::parse(&text).map(Self::Ours).or_else(brought).ok_or("neither a pictogram nor a file")
    }
}

impl Picture {
    /// Reads [`Picture::as_str`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|picture| picture.as_str() == name)
    }
}
