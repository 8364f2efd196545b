//! Words of a file's cells, in the languages that people fill them in: our own labels in each language, what our files
//! say, and what people write besides.

use nadwa_app::pages::plan::adults::function_name;
use nadwa_app::pages::plan::people::{consent_name, group_name, shows_name};
use nadwa_app::parts::moment::kind_name;
use nadwa_app::parts::team::role_name;
use nadwa_app::words::{Digits, Reader};
use nadwa_domain::conference::people::{Consent, Group, Shows};
use nadwa_domain::conference::profile::Function;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Choice, Lang, Role};

/// A word of a cell, and what it stands for.
pub(super) type Known<T> = Vec<(&'static str, T)>;

const GROUPS: &[(&str, Group)] = &[
    ("طفل", Group::Child),
    ("طفلة", Group::Child),
    ("enfant", Group::Child),
    ("بالغ", Group::Adult),
    ("بالغة", Group::Adult),
    ("adulte", Group::Adult),
];
const SHOWS: &[(&str, Shows)] = &[
    ("الدور", Shows::Role),
    ("rôle", Shows::Role),
    ("no", Shows::Role),
    ("لا", Shows::Role),
    ("pseudonym", Shows::Nickname),
    ("اسم مستعار", Shows::Nickname),
    ("surnom", Shows::Nickname),
    ("full name", Shows::FullName),
    ("الاسم الكامل", Shows::FullName),
    ("nom complet", Shows::FullName),
    ("first name", Shows::FirstName),
    ("yes", Shows::FirstName),
    ("نعم", Shows::FirstName),
    ("الاسم", Shows::FirstName),
    ("prénom", Shows::FirstName),
];
const CONSENTS: &[(&str, Consent)] = &[
    ("yes", Consent::Given),
    ("نعم", Consent::Given),
    ("موافق", Consent::Given),
    ("oui", Consent::Given),
    ("not given", Consent::NotGiven),
    ("no", Consent::NotGiven),
    ("لا", Consent::NotGiven),
    ("غير موافق", Consent::NotGiven),
    ("non", Consent::NotGiven),
    ("سحبت", Consent::Withdrawn),
    ("retiré", Consent::Withdrawn),
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
const FUNCTIONS: &[(&str, Function)] = &[
    ("رئيس الجلسة", Function::Chair),
    ("رئيسة الجلسة", Function::Chair),
    ("chairperson", Function::Chair),
    ("président", Function::Chair),
    ("متحدثة", Function::Speaker),
    ("intervenant", Function::Speaker),
    ("مدرب", Function::Trainer),
    ("مدربة", Function::Trainer),
    ("formateur", Function::Trainer),
    ("formatrice", Function::Trainer),
    ("مسؤول رسمي", Function::Official),
    ("مترجم", Function::Translator),
    ("مترجمة", Function::Translator),
    ("مصور", Function::Photographer),
    ("مصورة", Function::Photographer),
    ("فني", Function::Technician),
    ("متطوع", Function::Volunteer),
    ("متطوعة", Function::Volunteer),
    ("bénévole", Function::Volunteer),
];
/// Roles whose cards are made elsewhere: with the lead's agreement, by invitation, beside a paper.
const OF_OTHER_PAGES: [Role; 6] =
    [Role::SafeguardingLead, Role::SafeguardingDeputy, Role::Organizer, Role::Author, Role::Mentor, Role::Respondent];

/// Child or adult.
pub(super) fn groups() -> Known<Group> {
    known(GROUPS, Group::ALL, group_name)
}

/// What is shown of a name.
pub(super) fn shows() -> Known<Shows> {
    known(SHOWS, Shows::ALL, shows_name)
}

/// What an adult is in the conference.
pub(super) fn functions() -> Known<Function> {
    known(FUNCTIONS, Function::ALL, function_name)
}

/// Where a consent stands.
pub(super) fn consents() -> Known<Consent> {
    known(CONSENTS, Consent::ALL, consent_name)
}

/// Roles that a file may give.
pub(super) fn roles() -> Known<Role> {
    let given: Vec<Role> = Role::ALL.iter().copied().filter(|role| !OF_OTHER_PAGES.contains(role)).collect();
    known(ROLES, &given, role_name)
}

/// Kinds of sessions.
pub(super) fn kinds() -> Known<Kind> {
    known(KINDS, Kind::ALL, kind_name)
}

/// What our own files say, our labels in each language, and what people write besides.
fn known<T: Choice>(also: &[(&'static str, T)], all: &[T], label: fn(Reader, T) -> &'static str) -> Known<T> {
    let keys = all.iter().map(|value| (value.key(), *value));
    let in_each = |value: &T| {
        let value = *value;
        Lang::all().map(move |lang| (label(Reader::new(lang, Digits::Latin), value), value))
    };
    keys.chain(also.iter().copied()).chain(all.iter().flat_map(in_each)).collect()
}

const KINDS: &[(&str, Kind)] = &[
    ("جلسة نقاشية", Kind::Panel),
    ("talk", Kind::Panel),
    ("session", Kind::Panel),
    ("table ronde", Kind::Panel),
    ("ورشة", Kind::Workshop),
    ("ورشة تدريبية", Kind::Workshop),
    ("atelier", Kind::Workshop),
    ("training", Kind::Workshop),
    ("training workshop", Kind::Workshop),
    ("تدريب", Kind::Workshop),
    ("formation", Kind::Workshop),
    ("ندوة", Kind::Symposium),
    ("ندوة توعوية", Kind::Symposium),
    ("افتتاح", Kind::Opening),
    ("ouverture", Kind::Opening),
    ("ختام", Kind::Closing),
    ("clôture", Kind::Closing),
    ("اجتماع مغلق", Kind::ClosedMeeting),
    ("استراحة", Kind::Break),
    ("pause", Kind::Break),
];
