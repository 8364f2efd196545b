//! What texts may hold, a cache of the classifier's answers: a desk's view has the same questions again and again.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use nadwa_domain::hints::{Hints, Notice, WordList};

/// So many texts are remembered; then it begins anew.
const MOST: usize = 20_000;

/// The lists as organizers changed them, and what was found by them. No text is kept, only its digest.
#[derive(Debug, Default)]
pub struct Noticed {
    words: WordList,
    digest: RandomState,
    found: Mutex<HashMap<(u64, usize), Hints>>,
}

impl Noticed {
    /// With these lists.
    #[must_use]
    pub fn new(words: WordList) -> Self {
        Self { words, ..Self::default() }
    }

    /// The lists.
    #[must_use]
    pub const fn words(&self) -> &WordList {
        &self.words
    }
}

impl Notice for Noticed {
    fn hints_in(&self, text: &str) -> Hints {
        let key = (self.digest.hash_one(text), text.len());
        let known = self.found.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let hints = nadwa_hints::hints(text, &self.words);
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            if found.len() >= MOST {
                found.clear();
            }
            found.insert(key, hints.clone());
            hints
        })
    }
}
