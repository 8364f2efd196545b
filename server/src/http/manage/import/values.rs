//! Words of a file's cells, in the languages that people fill them in.

use nadwa_domain::Role;
use nadwa_domain::conference::people::{Consent, Group, Shows};
use nadwa_domain::session::plan::Kind;

pub(super) const GROUPS: &[(&str, Group)] = &[
    ("child", Group::Child),
    ("طفل", Group::Child),
    ("طفلة", Group::Child),
    ("enfant", Group::Child),
    ("adult", Group::Adult),
    ("بالغ", Group::Adult),
    ("بالغة", Group::Adult),
    ("adulte", Group::Adult),
];
pub(super) const SHOWS: &[(&str, Shows)] = &[
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
pub(super) const CONSENTS: &[(&str, Consent)] = &[
    ("given", Consent::Given),
    ("yes", Consent::Given),
    ("نعم", Consent::Given),
    ("oui", Consent::Given),
    ("not_given", Consent::NotGiven),
    ("not given", Consent::NotGiven),
    ("no", Consent::NotGiven),
    ("لا", Consent::NotGiven),
    ("non", Consent::NotGiven),
    ("withdrawn", Consent::Withdrawn),
    ("سحبت", Consent::Withdrawn),
    ("retiré", Consent::Withdrawn),
    ("unchecked", Consent::Unchecked),
];
pub(super) const ROLES: &[(&str, Role)] = &[
    ("moderator", Role::Moderator),
    ("إدارة الجلسة", Role::Moderator),
    ("co_moderator", Role::CoModerator),
    ("co-moderator", Role::CoModerator),
    ("timekeeper", Role::Timekeeper),
    ("ضبط الوقت", Role::Timekeeper),
    ("presenter", Role::Presenter),
    ("متحدث", Role::Presenter),
    ("member", Role::Member),
    ("عضو", Role::Member),
];
pub(super) const KINDS: &[(&str, Kind)] = &[
    ("panel", Kind::Panel),
    ("جلسة نقاشية", Kind::Panel),
    ("talk", Kind::Panel),
    ("workshop", Kind::Workshop),
    ("ورشة", Kind::Workshop),
    ("ورشة تدريبية", Kind::Workshop),
    ("atelier", Kind::Workshop),
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
