//! Words and phrases by which something is certain, and how they are matched.

pub(crate) mod pattern;
pub(crate) mod private;
pub(crate) mod rude;
pub(crate) mod topic;
pub(crate) mod worry;
