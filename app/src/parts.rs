//! Shared pieces of pages: markup that looks and reads the same wherever it stands.
//!
//! A piece takes what it shows and decides nothing. What changes is rendered again as a whole by one closure of its
//! page, and changes in place: the elements stay, and with them focus and typed text.

pub mod aloud;
pub mod choices;
pub mod clock;
pub mod drawing;
pub mod foot;
pub mod frame;
pub mod given;
pub mod link;
pub mod message;
pub mod moment;
pub mod number;
pub mod phrase;
pub mod poll_kind;
pub mod qr;
pub mod results;
pub mod shape;
pub mod team;
mod terms;
pub mod text_area;
pub mod which;

pub use aloud::Aloud;
pub use choices::Choices;
pub use clock::{ClockFace, ClockVoice};
pub use foot::{Foot, HelpLink, Promises};
pub use frame::{Brand, Langs, OtherWays, Skip, Top, Ways, Worker};
pub use link::{LinkWord, Strip};
pub use message::{FieldRefusal, Message, Refusal};
pub use number::Number;
pub use phrase::{Plain, Said};
pub use qr::Qr;
pub use results::PollResults;
pub use shape::Shape;
pub use terms::Terms;
pub use text_area::TextArea;
pub use which::{which, which_body};
