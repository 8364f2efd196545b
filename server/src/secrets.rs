//! What is kept of secrets (`G8`): of a long one its digest; of a code that is short enough to be typed something slow.
//!
//! A code has few enough values to try them all. So it is kept by a function that takes memory and milliseconds, with a
//! salt that all cards of a conference share: a typed code names no card, and is looked for by one computation.

use std::collections::BTreeSet;

use argon2::Params;
use nadwa_domain::Instant;
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::pass::Pass;

use crate::edge;
use crate::permits::{CardLink, CardNumber, OnCards, Permit};
use crate::slow;

/// How a kept code begins; what follows is the salt and the hash.
const SLOW: &str = "slow2";
/// The same of the shorter codes of early versions.
const SLOW_AND_SHORT: &str = "slow1";
/// Kibibytes and rounds of one computation: about three milliseconds. Of nine digits all would take a month of one
/// processor's time, and of codes as long as today's ten thousand years.
const COST: (u32, u32) = (4096, 1);
/// From this length on a secret cannot be tried out, and is no code.
const LONG: usize = 32;

/// What is kept of a new card's code.
#[must_use]
pub fn keep_code(conference: &Conference, code: &str) -> String {
    let known = salts(conference, SLOW).pop_first().or_else(|| salts(conference, SLOW_AND_SHORT).pop_first());
    slowly(kind(code), code, &known.map_or_else(edge::fresh_secret, str::to_owned))
}

/// Whether a card has a code that is easier to guess than today's.
#[must_use]
pub fn is_short(kept: &str) -> bool {
    kept.starts_with(SLOW_AND_SHORT)
}

fn kind(code: &str) -> &'static str {
    if code.len() < CardNumber::DIGITS { SLOW_AND_SHORT } else { SLOW }
}

/// The pass with a code that somebody typed, if it works now. One look takes milliseconds, unless the conference has no
/// card with a code of this length.
#[must_use]
pub fn pass_by_code<S: OnCards>(conference: &Conference, code: &str, now: Instant, permit: Permit<S>) -> Option<Pass> {
    let fits = code.len() == S::DIGITS && code.bytes().all(|digit| digit.is_ascii_digit());
    let kept: Vec<String> = match fits {
        true => salts(conference, kind(code)).into_iter().map(|salt| slowly(kind(code), code, salt)).collect(),
        false => vec![],
    };
    let has = |pass: &&Pass| kept.contains(&pass.issued.digest) && pass.works(now);
    permit.judge(conference.passes.values().find(has).cloned())
}

/// The pass with a link's secret, if it works now.
#[must_use]
pub fn pass_by_link(conference: &Conference, secret: &str, now: Instant, permit: Permit<CardLink>) -> Option<Pass> {
    let kept = (secret.len() >= LONG).then(|| edge::digest(secret));
    let has = |pass: &&Pass| kept.as_ref().is_some_and(|kept| *kept == pass.issued.digest || *kept == pass.issued.link);
    permit.judge(conference.passes.values().find(|pass| has(pass) && pass.works(now)).cloned())
}

/// One, unless two servers issued the first card at once.
fn salts<'a>(conference: &'a Conference, kind: &str) -> BTreeSet<&'a str> {
    let salt = |kept: &'_ str| -> Option<(usize, usize)> {
        let rest = kept.strip_prefix(kind)?.strip_prefix('.')?;
        let end = rest.find('.')?;
        Some((kept.len() - rest.len(), kept.len() - rest.len() + end))
    };
    let kept = conference.passes.values().map(|pass| pass.issued.digest.as_str());
    kept.filter_map(|kept| salt(kept).map(|(from, to)| &kept[from..to])).collect()
}

fn slowly(kind: &str, code: &str, salt: &str) -> String {
    let mut hash = [0; 32];
    let params = Params::new(COST.0, COST.1, 1, Some(hash.len())).ok();
    let made = params.and_then(|params| slow::NUMBERS.hash(params, code.as_bytes(), salt.as_bytes(), &mut hash));
    // The cost is a constant that fits and the salt is long enough: if not, nothing may be found by it.
    if made.is_none() {
        return edge::fresh_secret();
    }
    format!("{kind}.{salt}.{}", edge::hex(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permits::{Caller, OldCardNumber, Origin, Permits};
    use nadwa_domain::Role;
    use nadwa_domain::conference::pass::NewPass;
    use nadwa_domain::ids::PassId;

    const NOW: Instant = Instant(0);

    fn with(cards: &[(&str, &str)]) -> Conference {
        let mut conference = Conference::default();
        for (number, (code, link)) in (1..).zip(cards) {
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
                link: edge::digest(link),
            };
            conference.passes.insert(id, Pass::new(issued));
        }
        conference
    }

    fn found<S: OnCards>(conference: &Conference, code: &str) -> bool {
        let permit = Permits::new(NOW).take::<S>(Caller { from: Origin::of(None), phone: None }, NOW).unwrap();
        pass_by_code(conference, code, NOW, permit).is_some()
    }

    #[test]
    fn a_code_is_found_by_what_is_kept_and_what_is_kept_is_no_plain_digest() {
        let (link, other) = (edge::fresh_secret(), edge::fresh_secret());
        let conference = with(&[("123456789012345", &link), ("987654321098765", &other)]);
        assert_eq!(salts(&conference, SLOW).len(), 1, "one computation finds the card");
        assert!(found::<CardNumber>(&conference, "123456789012345"));
        assert!(!found::<CardNumber>(&conference, "123456789012346"));
        let by_link = |secret: &str| pass_by_link(&conference, secret, NOW, Permit::long()).is_some();
        assert!(by_link(&link) && by_link(&other) && !by_link(&edge::fresh_secret()));
        assert!(!by_link("123456789012345") && !by_link(""), "no code is a link");
    }

    #[test]
    fn a_code_of_an_early_version_is_looked_at_as_such_and_costs_nothing_where_there_is_none() {
        let old = with(&[("123456789", "")]);
        assert!(found::<OldCardNumber>(&old, "123456789") && !found::<CardNumber>(&old, "123456789"));
        assert!(old.passes.values().all(|pass| is_short(&pass.issued.digest)));
        let new = with(&[("123456789012345", "")]);
        assert!(salts(&new, SLOW_AND_SHORT).is_empty() && !found::<OldCardNumber>(&new, "123456789"));
    }
}
