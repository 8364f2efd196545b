//! Hashing that is slow on purpose, in memory that is used again.
//!
//! An organizer's phrase takes nineteen megabytes. What a thread gives back the allocator keeps for that thread, and a
//! flood of sign-ins is looked at by many, one after another: so a flood would leave a quarter of a gigabyte behind,
//! although few are looked at at once. These pieces are all there ever are (`G2`).

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::{Output, PasswordHash, PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::edge;

/// Pieces of memory for computations of one kind: as many as its queue lets in at once.
#[derive(Debug)]
pub struct Memory(Mutex<Vec<Vec<Block>>>);

/// For phrases.
pub static PHRASES: Memory = Memory::new();
/// For numbers of cards.
pub static NUMBERS: Memory = Memory::new();

impl Memory {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Computes a hash; nothing if the parameters are none.
    pub fn hash(&self, params: Params, secret: &[u8], salt: &[u8], hash: &mut [u8]) -> Option<()> {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut memory = self.pieces().pop().unwrap_or_default();
        memory.resize(argon.params().block_count(), Block::default());
        let done = argon.hash_password_into_with_memory(secret, salt, hash, &mut memory);
        // Nothing of a secret lies there until the next one comes.
        memory.fill(Block::default());
        self.pieces().push(memory);
        done.ok()
    }

    fn pieces(&self) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is kept of a phrase.
#[must_use]
pub fn keep_phrase(phrase: &str) -> Option<String> {
    let salt = SaltString::encode_b64(&edge::fresh_salt()).ok()?;
    Some(Argon2::default().hash_password(phrase.as_bytes(), &salt).ok()?.to_string())
}

/// Whether a phrase is the one that was kept.
#[must_use]
pub fn is_phrase(phrase: &str, kept: &str) -> bool {
    let compare = || -> Option<bool> {
        let kept = PasswordHash::new(kept).ok()?;
        let (wanted, mut bytes) = (kept.hash?, [0; 64]);
        let salt = kept.salt?.decode_b64(&mut bytes).ok()?;
        let mut hash = vec![0; wanted.len()];
        PHRASES.hash(Params::try_from(&kept).ok()?, phrase.as_bytes(), salt, &mut hash)?;
        // Compared in the same time whatever differs.
        Some(Output::new(&hash).ok()? == wanted)
    };
    compare().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_known_again_and_its_memory_is_used_again_empty() {
        let kept = keep_phrase("four words that fit").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        for (phrase, right) in [("four words that fit", true), ("four words that fix", false), ("", false)] {
            assert_eq!(is_phrase(phrase, &kept), right, "{phrase}");
        }
        assert!(!is_phrase("four words that fit", "no hash"));
        let pieces = PHRASES.pieces();
        assert!(!pieces.is_empty() && pieces.len() <= 2, "{}", pieces.len());
        let empty = Block::default();
        assert!(pieces.iter().flatten().all(|block| block.as_ref() == empty.as_ref()));
    }
}
