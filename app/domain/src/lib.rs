//! The rules of Nadwa, as a pure crate.
//!
//! [`Session::decide`] says what a command means now, or refuses it; [`Session::apply`] records what was decided
//! and cannot fail; the functions in [`view`] say what each role may see. No clock is read and no id is made here:
//! instants and ids are arguments. Server and browser share this crate.

pub mod choice;
pub mod command;
pub mod conference;
pub mod entry;
pub mod fold;
pub mod hints;
pub mod ids;
pub mod inbox;
pub mod lang;
pub mod names;
pub mod offset;
pub mod paper;
pub mod refusal;
pub mod role;
pub mod session;
pub mod text;
pub mod time;
pub mod view;
pub mod words;

pub use choice::Choice;
pub use command::Command;
pub use entry::{Entry, Event, Happened, Words};
pub use lang::{Dir, Lang, Phrase, Said};
pub use offset::Offset;
pub use paper::Paper;
pub use refusal::Refusal;
pub use role::{Role, Who};
pub use session::Session;
pub use time::{Instant, Span};
