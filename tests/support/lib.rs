//! Support for the tests.

pub mod folder;
pub mod postgres;
