//! Shared pieces of pages.
