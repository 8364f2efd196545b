//! Enums that people choose from: their names and their list come from the types (`H2`).
//!
//! A form, an address, a file and the stored history say one and the same name for a variant: the one that serde writes.

use std::str::FromStr;

use strum::VariantArray;

/// An enum that people choose from.
pub trait Choice: Copy + 'static {
    /// Every variant, in the order of its declaration.
    const ALL: &'static [Self];

    /// Its name in forms, addresses and files.
    fn key(self) -> &'static str;

    /// The variant of that name.
    fn of_key(key: &str) -> Option<Self>;
}

impl<T> Choice for T
where
    T: VariantArray + FromStr + Into<&'static str> + Copy + 'static,
{
    const ALL: &'static [Self] = T::VARIANTS;

    fn key(self) -> &'static str {
        self.into()
    }

    fn of_key(key: &str) -> Option<Self> {
        key.parse().ok()
    }
}
