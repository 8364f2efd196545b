//! What is kept of secrets (`G8`): of a long one its digest; of a code that is short enough to be typed something slow.
//!
//! A code has few enough values to try them all. So it is kept by a function that takes memory and milliseconds, with a
//! salt that all cards of a conference share: a typed code names no card, and is looked for by one computation.

use std::collections::BTreeSet;

use argon2::{Algorithm, Argon2, Params, Version};
use nadwa_domain::conference::Conference;

use crate::edge;

/// How a kept code begins; what follows is the salt and the hash.
const SLOW: &str = "slow1";
/// Kibibytes and rounds of one computation: about three milliseconds. Of nine digits all would take a month of one
/// processor's time, and of codes as long as today's ten thousand years.
const COST: (u32, u32) = (4096, 1);
/// From this length on a secret cannot be tried out, and is no code.
pub const LONG: usize = 32;

/// What is kept of a new card's code.
#[must_use]
pub fn keep_code(conference: &Conference, code: &str) -> String {
    let salt = salts(conference).pop_first().map_or_else(edge::fresh_secret, str::to_owned);
    slow(code, &salt)
}

/// What may be kept of a secret that somebody shows.
#[must_use]
pub fn candidates(conference: &Conference, secret: &str) -> Vec<String> {
    let mut all = vec![edge::digest(secret)];
    if secret.len() < LONG {
        all.extend(salts(conference).into_iter().map(|salt| slow(secret, salt)));
    }
    all
}

/// One, unless two servers issued the first card at once.
fn salts(conference: &Conference) -> BTreeSet<&str> {
    let salt = |kept: &'_ str| -> Option<(usize, usize)> {
        let rest = kept.strip_prefix(SLOW)?.strip_prefix('.')?;
        let end = rest.find('.')?;
        Some((kept.len() - rest.len(), kept.len() - rest.len() + end))
    };
    let kept = conference.passes.values().map(|pass| pass.issued.digest.as_str());
    kept.filter_map(|kept| salt(kept).map(|(from, to)| &kept[from..to])).collect()
}

fn slow(code: &str, salt: &str) -> String {
    let mut hash = [0; 32];
    let made = Params::new(COST.0, COST.1, 1, Some(hash.len())).and_then(|params| {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password_into(code.as_bytes(), salt.as_bytes(), &mut hash)
    });
    // The cost is a constant that fits and the salt is long enough: if not, nothing may be found by it.
    if made.is_err() {
        return edge::fresh_secret();
    }
    format!("{SLOW}.{salt}.{}", edge::hex(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nadwa_domain::Role;
    use nadwa_domain::conference::pass::{NewPass, Pass};
    use nadwa_domain::ids::PassId;

    #[test]
    fn a_code_is_found_by_what_is_kept_and_what_is_kept_is_no_plain_digest() {
        let mut conference = Conference::default();
        for (number, code) in [(1, "123456789"), (2, "987654321")] {
            let digest = keep_code(&conference, code);
            assert!(!digest.contains(&edge::digest(code)));
            let id = PassId(uuid::Uuid::from_u128(number));
            let issued = NewPass {
                id,
                role: Role::Moderator,
                session: None,
                person: None,
                digest,
                until: None,
                one_device: true,
                paper: None,
            };
            conference.passes.insert(id, Pass::new(issued));
        }
        assert_eq!(salts(&conference).len(), 1, "one computation finds the card");
        for pass in conference.passes.values() {
            let found = |code| candidates(&conference, code).contains(&pass.issued.digest);
            assert!(found("123456789") != found("987654321") && !found("123456788"));
        }
        assert_eq!(candidates(&conference, &edge::fresh_secret()).len(), 1, "a long secret costs nothing");
    }
}
