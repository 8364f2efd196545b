//! Short names for contents.

use sha2::{Digest, Sha256};

/// Ten hexadecimal digits that differ when any of the parts does.
pub(crate) fn short(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}
