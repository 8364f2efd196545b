//! Nadwa's server: everything impure around the rules.
//!
//! `http` takes requests and serves pages, feeds and commands; `rooms` own the state of every live stream; `store` is
//! what must not be lost; `edge` is the clock and the ids.

#![recursion_limit = "512"]

pub mod archive;
pub mod calendar;
pub mod cli;
pub mod collation;
pub mod config;
pub mod costly;
pub mod demo;
pub mod doctor;
pub mod edge;
pub mod files;
pub mod http;
pub mod listen;
pub mod log;
pub mod markdown;
pub mod permits;
pub mod played;
pub mod private;
pub mod reach;
pub mod receipts;
pub mod rooms;
pub mod secrets;
pub mod serve;
pub mod slow;
pub mod store;
pub mod tasks;
pub mod venue;
pub mod when;
pub mod zone;
