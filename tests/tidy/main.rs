//! The invariants of the architecture, held by reading the sources themselves: no server, no browser, seconds.
//!
//! Each failure says where and what to do. Three invariants are held elsewhere because they need the program to run:
//! what a view may hold (7) and that every stored event still loads (9) by the domain's own tests, the bytes of a first
//! visit (10) by `make size`.

mod app;
mod arms;
mod cargo;
mod contrast;
mod crates;
mod css;
mod docs;
mod domain;
mod entries;
mod house;
mod lengths;
mod map;
mod rust;
mod security;
mod source;
mod style;
mod time;
mod types;
mod wasm;
mod words;
