//! Journeys: people doing things, over real HTTP and server-sent events.

mod bad_input;
mod nodes;
mod passes;
mod polls;
mod process;
mod questions;
mod running;
mod safety;
