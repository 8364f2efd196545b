//! New cards and their secrets, which are seen once (`G8`).

use nadwa_domain::conference::pass::NewPass;
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PassId, PersonId, SessionId};
use nadwa_domain::{Instant, Role};

use crate::http::doors;
use crate::permits::{CardNumber, OnCards};
use crate::{edge, secrets};

/// A card that is about to be issued, with its secret.
pub struct Fresh {
    pub pass: NewPass,
    /// What opens it.
    pub secrets: Secrets,
}

/// What opens a card, seen once.
pub struct Secrets {
    /// In its link and its square: 244 random bits.
    pub link: String,
    /// The number that a child types; nothing on an adult's card.
    pub code: Option<String>,
}

impl Fresh {
    /// A new one. A child's works on one device at a time, and has a number to type (`S17`).
    #[must_use]
    pub fn new(
        conference: &Conference,
        role: Role,
        session: Option<SessionId>,
        person: Option<PersonId>,
        until: Option<Instant>,
    ) -> Self {
        let adult = role.is_adult();
        let (secrets, digest, link) = fresh_secrets(conference, adult);
        let id = PassId(edge::fresh_id());
        let pass = NewPass { id, role, session, person, digest, until, one_device: !adult, paper: None, link };
        Self { pass, secrets }
    }

    /// The same for many at once, each without a secret until it is printed.
    #[must_use]
    pub fn unprinted(role: Role, session: Option<SessionId>, person: Option<PersonId>) -> Act {
        let (id, digest) = (PassId(edge::fresh_id()), String::new());
        let one_device = !role.is_adult();
        let link = String::new();
        Act::Issue(NewPass { id, role, session, person, digest, until: None, one_device, paper: None, link })
    }

    /// What issues it.
    #[must_use]
    pub fn act(&self) -> Act {
        Act::Issue(self.pass.clone())
    }
}

/// Secrets of a card, and what is kept of them: of an adult's link as its digest, of a child's number and link.
fn fresh_secrets(conference: &Conference, adult: bool) -> (Secrets, String, String) {
    let link = edge::fresh_secret();
    let digest = edge::digest(&link);
    if adult {
        return (Secrets { link, code: None }, digest, String::new());
    }
    let code = edge::fresh_card_number(CardNumber::DIGITS);
    let kept = secrets::keep_code(conference, &code);
    (Secrets { link, code: Some(code) }, kept, digest)
}

/// A pass with a long secret and its link, which is seen once.
#[must_use]
pub fn new_pass(public_url: &str, role: Role, session: Option<SessionId>) -> (NewPass, String) {
    let secret = edge::fresh_secret();
    let id = PassId(edge::fresh_id());
    let digest = edge::digest(&secret);
    let link = link_of(public_url, role, &secret);
    let pass = NewPass {
        id,
        role,
        session,
        person: None,
        digest,
        until: None,
        one_device: false,
        paper: None,
        link: String::new(),
    };
    (pass, link)
}

/// The link of a card.
#[must_use]
pub fn link_of(public_url: &str, role: Role, secret: &str) -> String {
    doors::link(public_url, if role.is_adult() { "/a" } else { "/p" }, secret)
}
