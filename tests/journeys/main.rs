//! Journeys: people doing things, over real HTTP and server-sent events.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test, as it should")]

mod addresses;
mod alike;
mod aloud;
mod api;
mod archive;
mod bad_input;
mod booklet;
mod broken;
mod clocks;
mod desks;
mod door;
mod duties;
mod growth;
mod heard;
mod leaks;
mod leaving;
mod markup;
mod nodes;
mod organizing;
mod paper_desk;
mod paper_erasing;
mod paper_files;
mod paper_kills;
mod paper_names;
mod paper_pages;
mod papers;
mod passes;
mod phones;
mod polls;
mod polls_guarded;
mod polls_hidden;
mod polls_made;
mod polls_planned;
mod preparing;
mod process;
mod questions;
mod reading;
mod routes;
mod running;
mod safeguarding;
mod safety;
mod supervised;
mod turns;
mod wire;
