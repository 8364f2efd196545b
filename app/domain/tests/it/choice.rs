//! Enums that people choose from have one name, in forms and in what is stored (`H2`).

use std::fmt::Debug;

use nadwa_domain::conference::people::{Asked, Consent, Group, Shows};
use nadwa_domain::inbox::Heard;
use nadwa_domain::paper::act;
use nadwa_domain::session::plan::{Kind, SlotKind};
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::{Help, Place, Ready};
use nadwa_domain::{Choice, Role};
use serde::Serialize;

fn is_stored_by_its_key<T: Choice + Serialize + PartialEq + Debug>() {
    for value in T::ALL.iter().copied() {
        assert_eq!(serde_json::to_value(value).expect("it is stored"), value.key(), "{value:?}");
        assert_eq!(T::of_key(value.key()), Some(value));
    }
    assert_eq!(T::of_key("of no kind"), None);
}

#[test]
fn what_a_form_says_is_what_is_stored() {
    is_stored_by_its_key::<Role>();
    is_stored_by_its_key::<Kind>();
    is_stored_by_its_key::<SlotKind>();
    is_stored_by_its_key::<Group>();
    is_stored_by_its_key::<Shows>();
    is_stored_by_its_key::<Consent>();
    is_stored_by_its_key::<Asked>();
    is_stored_by_its_key::<act::Consent>();
    is_stored_by_its_key::<Help>();
    is_stored_by_its_key::<Ready>();
    is_stored_by_its_key::<Place>();
    is_stored_by_its_key::<Signal>();
    is_stored_by_its_key::<Heard>();
}

#[test]
fn a_kind_of_poll_is_stored_by_its_key_whatever_else_it_says() {
    for kind in PollKind::all() {
        let stored = serde_json::to_value(kind).expect("it is stored");
        let name = stored.as_str().or_else(|| stored.as_object()?.keys().next().map(String::as_str));
        assert_eq!(name, Some(kind.key()));
        assert_eq!(PollKind::of_key(kind.key()), Some(kind));
    }
}
