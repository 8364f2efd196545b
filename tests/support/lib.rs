//! Support for the tests.

pub mod client;
pub mod folder;
pub mod hall;
pub mod page;
pub mod postgres;
