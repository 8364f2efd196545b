//! How people are called: what is kept of a name, and what of it may be seen now (`S12`, `S21`).
//!
//! A name is shown as its person, and the consents, allow at this moment: a consent that is withdrawn hides it from
//! every open view at once. Whoever shows no name is called by role and number.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use nadwa_app::words::{self, Digits, Reader, people, refusals};
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::conference::people::Person;
use nadwa_domain::ids::{PassId, PersonId};
use nadwa_domain::view::Names;
use nadwa_domain::{Lang, Role, Said};

use crate::rooms::conference::ConferenceRoom;
use crate::rooms::papers::Papers;
use crate::rooms::{Ground, Sessions};

/// Follows the conference: what a consent hides, no view shows.
pub(super) async fn follow(
    conference: Arc<ConferenceRoom>,
    ground: Ground,
    (sessions, papers): (Sessions, Arc<Papers>),
) {
    let mut changes = conference.changes();
    loop {
        if refresh(&conference.state(), &ground) {
            for room in sessions.lock().await.values() {
                room.look_again();
            }
            papers.look_again().await;
        }
        tokio::select! {
            () = ground.stop.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
        }
    }
}

/// Works out anew how everybody is called; says whether anything changed.
pub(super) fn refresh(conference: &Conference, ground: &Ground) -> bool {
    let shown = shown(conference, &ground.kept.read().unwrap_or_else(PoisonError::into_inner));
    let hidden = conference.people.iter().filter(|(_, person)| !person.is_recorded());
    let unrecorded: BTreeSet<PersonId> = hidden.map(|(id, _)| *id).collect();
    replace(&ground.names, shown) | replace(&ground.unrecorded, unrecorded)
}

/// Says whether it was another one before.
fn replace<T: PartialEq>(place: &RwLock<Arc<T>>, now: T) -> bool {
    let mut place = place.write().unwrap_or_else(PoisonError::into_inner);
    let changed = **place != now;
    *place = Arc::new(now);
    changed
}

/// How everybody is called.
fn shown(conference: &Conference, kept: &Names) -> Names {
    let mut shown = kept.clone();
    let mut counted: BTreeMap<Option<Role>, u64> = BTreeMap::new();
    for (id, person) in &conference.people {
        let role = role_of(conference, *id);
        let number = counted.entry(role).or_default();
        *number += 1;
        if !may_be_shown(person, kept) {
            shown.insert(*id, by_role(role, *number));
        }
    }
    shown
}

/// Whether the very name that is kept may be seen now.
pub(super) fn may_be_shown(person: &Person, kept: &Names) -> bool {
    kept.get(&person.about.id).is_some_and(|name| person.shows(name))
}

/// What stands on each card for its holder, worked out at once: frames follow an act only a moment later.
///
/// The name that may be seen; else role and number, if they are this card's own. A card never says another role.
pub(super) fn on_cards(conference: &Conference, kept: &Names) -> BTreeMap<PassId, Said> {
    let called = shown(conference, kept);
    let on_card = |pass: &Pass| {
        let person = pass.issued.person?;
        let named = conference.people.get(&person).is_some_and(|person| may_be_shown(person, kept));
        let own = named || role_of(conference, person) == Some(pass.issued.role);
        let name = called.get(&person).filter(|_| own)?;
        Some((pass.issued.id, name.clone()))
    };
    conference.passes.values().filter_map(on_card).collect()
}

/// The first role that a person has a card for.
fn role_of(conference: &Conference, person: PersonId) -> Option<Role> {
    let cards = conference.passes.values().filter(|pass| !pass.revoked && pass.issued.person == Some(person));
    cards.map(|pass| pass.issued.role).min()
}

/// «Moderator 2», in every language.
fn by_role(role: Option<Role>, number: u64) -> Said {
    Said::new(Lang::all().map(|lang| {
        let r = Reader::new(lang, Digits::Latin);
        let role = role.map_or_else(|| people::speaker(r), |role| refusals::role_name(r, role));
        (lang, words::role::unnamed(r, role, number))
    }))
}
