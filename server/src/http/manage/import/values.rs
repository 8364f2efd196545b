//! Words of a file's cells, in the languages that people fill them in: our own labels in each language, what our files
//! say, and what people write besides.

use nadwa_app::pages::plan::people::{consent_name, group_name, shows_name};
use nadwa_app::parts::team::{role_key, role_name};
use nadwa_app::words::{Digits, Reader};
use nadwa_domain::conference::people::{Consent, Group, Shows};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Lang, Role};

/// A word of a cell, and what it stands for.
pub(super) type Known<T> = Vec<(&'static str, T)>;

const GROUPS: &[(&str, Group)] = &[
    ("child", Group::Child),
    ("طفل", Group::Child),
    ("طفلة", Group::Child),
    ("enfant", Group::Child),
    ("adult", Group::Adult),
    ("بالغ", Group::Adult),
    ("بالغة", Group::Adult),
    ("adulte", Group::Adult),
];
const SHOWS: &[(&str, Shows)] = &[
    ("role", Shows::Role),
    ("الدور", Shows::Role),
    ("rôle", Shows::Role),
    ("no", Shows::Role),
    ("لا", Shows::Role),
    ("nickname", Shows::Nickname),
    ("pseudonym", Shows::Nickname),
    ("اسم مستعار", Shows::Nickname),
    ("surnom", Shows::Nickname),
    ("first name", Shows::FirstName),
    ("first_name", Shows::FirstName),
    ("yes", Shows::FirstName),
    ("نعم", Shows::FirstName),
    ("الاسم", Shows::FirstName),
    ("prénom", Shows::FirstName),
];
const CONSENTS: &[(&str, Consent)] = &[
    ("given", Consent::Given),
    ("yes", Consent::Given),
    ("نعم", Consent::Given),
    ("موافق", Consent::Given),
    ("oui", Consent::Given),
    ("not_given", Consent::NotGiven),
    ("not given", Consent::NotGiven),
    ("no", Consent::NotGiven),
    ("لا", Consent::NotGiven),
    ("غير موافق", Consent::NotGiven),
    ("non", Consent::NotGiven),
    ("withdrawn", Consent::Withdrawn),
    ("سحبت", Consent::Withdrawn),
    ("retiré", Consent::Withdrawn),
    ("unchecked", Consent::Unchecked),
    ("not asked", Consent::Unchecked),
    ("pas demandé", Consent::Unchecked),
];
const ROLES: &[(&str, Role)] = &[
    ("إدارة الجلسة", Role::Moderator),
    ("co-moderator", Role::CoModerator),
    ("ضبط الوقت", Role::Timekeeper),
    ("متحدث", Role::Presenter),
    ("عضو", Role::Member),
];
/// Roles whose cards are made elsewhere: with the lead's agreement, by invitation, beside a paper.
const OF_OTHER_PAGES: [Role; 5] =
    [Role::SafeguardingLead, Role::SafeguardingDeputy, Role::Organizer, Role::Author, Role::Mentor];

/// Child or adult.
pub(super) fn groups() -> Known<Group> {
    with_labels(GROUPS, &[Group::Child, Group::Adult], group_name)
}

/// What is shown of a name.
pub(super) fn shows() -> Known<Shows> {
    with_labels(SHOWS, &[Shows::Role, Shows::Nickname, Shows::FirstName], shows_name)
}

/// Where a consent stands.
pub(super) fn consents() -> Known<Consent> {
    let all = [Consent::Given, Consent::NotGiven, Consent::Withdrawn, Consent::Unchecked];
    with_labels(CONSENTS, &all, consent_name)
}

/// Roles that a file may give.
pub(super) fn roles() -> Known<Role> {
    let given: Vec<Role> = Role::ALL.into_iter().filter(|role| !OF_OTHER_PAGES.contains(role)).collect();
    let keys = given.iter().map(|role| (role_key(*role), *role));
    keys.chain(with_labels(ROLES, &given, role_name)).collect()
}

fn with_labels<T: Copy>(words: &[(&'static str, T)], all: &[T], label: fn(Reader, T) -> &'static str) -> Known<T> {
    let in_each = |value: &T| {
        let value = *value;
        Lang::all().map(move |lang| (label(Reader::new(lang, Digits::Latin), value), value))
    };
    words.iter().copied().chain(all.iter().flat_map(in_each)).collect()
}

pub(super) const KINDS: &[(&str, Kind)] = &[
    ("panel", Kind::Panel),
    ("جلسة نقاشية", Kind::Panel),
    ("talk", Kind::Panel),
    ("session", Kind::Panel),
    ("table ronde", Kind::Panel),
    ("workshop", Kind::Workshop),
    ("ورشة", Kind::Workshop),
    ("ورشة تدريبية", Kind::Workshop),
    ("atelier", Kind::Workshop),
    ("training", Kind::Workshop),
    ("training workshop", Kind::Workshop),
    ("تدريب", Kind::Workshop),
    ("formation", Kind::Workshop),
    ("symposium", Kind::Symposium),
    ("ندوة", Kind::Symposium),
    ("ندوة توعوية", Kind::Symposium),
    ("opening", Kind::Opening),
    ("افتتاح", Kind::Opening),
    ("ouverture", Kind::Opening),
    ("closing", Kind::Closing),
    ("ختام", Kind::Closing),
    ("clôture", Kind::Closing),
    ("closed_meeting", Kind::ClosedMeeting),
    ("اجتماع مغلق", Kind::ClosedMeeting),
    ("break", Kind::Break),
    ("استراحة", Kind::Break),
    ("pause", Kind::Break),
];
