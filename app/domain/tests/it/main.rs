//! The rules of Nadwa, as sentences that are true. One file a subject; `support` is how a story is told.

mod asking;
mod children;
mod clock;
mod conference;
mod desk;
mod floor;
mod forgetting;
mod golden;
mod hints;
mod history;
mod intake;
mod next;
mod plan;
mod polls;
mod results;
mod roles;
mod safeguarding;
mod safety;
mod support;
mod text;
mod transitions;
mod undo;
mod unread;
mod views;
mod walk;
