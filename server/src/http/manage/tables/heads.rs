//! Which column a head means: by our own names, by the labels of our pages, and as other programs call it (`C6`).

use std::sync::LazyLock;

use nadwa_app::words::{Digits, Reader, import as words, profile};
use nadwa_domain::text::clean;
use nadwa_domain::{Lang, fold};

/// The columns of people. A name without a language is in the language that it is written in.
pub const PEOPLE: &[&str] = &[
    "person",
    "name",
    "name.ar",
    "name.en",
    "name.fr",
    "first",
    "last",
    "group",
    "shows",
    "lang",
    "organisation",
    "organisation.ar",
    "organisation.en",
    "organisation.fr",
    "function",
    "prefix",
    "prefix.ar",
    "prefix.en",
    "prefix.fr",
    "office",
    "office.ar",
    "office.en",
    "office.fr",
    "country",
    "country.ar",
    "country.en",
    "country.fr",
    "bio",
    "bio.ar",
    "bio.en",
    "bio.fr",
    "order",
    "guardian",
    "media",
    "role",
    "session",
];
/// The columns of the programme.
pub const PROGRAMME: &[&str] = &[
    "id", "day", "from", "until", "duration", "room", "kind", "title", "title.ar", "title.en", "title.fr", "theme",
    "theme.ar", "theme.en", "theme.fr", "about", "about.ar", "about.en", "about.fr", "speakers", "code", "lang",
];

/// Other names of columns: what people write, and what the exports of other programs have.
const ALSO: &[(&str, &str)] = &[
    ("الاسم", "name"),
    ("اسم", "name"),
    ("الاسم الكامل", "name"),
    ("full name", "name"),
    ("display name", "name"),
    ("attendee name", "name"),
    ("participant", "name"),
    ("speaker name", "name"),
    ("nom", "name"),
    ("nom complet", "name"),
    ("first name", "first"),
    ("given name", "first"),
    ("prénom", "first"),
    ("الاسم الأول", "first"),
    ("last name", "last"),
    ("surname", "last"),
    ("family name", "last"),
    ("nom de famille", "last"),
    ("اسم العائلة", "last"),
    ("id", "person"),
    ("رقم الشخص", "person"),
    ("المعرف", "person"),
    ("personne", "person"),
    ("numéro", "person"),
    ("guardian consent", "guardian"),
    ("parental consent", "guardian"),
    ("موافقة الأهل", "guardian"),
    ("موافقة الوالدين", "guardian"),
    ("موافقة الأسرة", "guardian"),
    ("موافقة ولي الأمر", "guardian"),
    ("accord parental", "guardian"),
    ("accord du responsable", "guardian"),
    ("autorisation parentale", "guardian"),
    ("media consent", "media"),
    ("photo consent", "media"),
    ("consent to be recorded", "media"),
    ("موافقة التسجيل", "media"),
    ("موافقة التصوير", "media"),
    ("accord photo", "media"),
    ("droit à l'image", "media"),
    ("accord d’enregistrement", "media"),
    ("الفئة", "group"),
    ("groupe", "group"),
    ("يظهر", "shows"),
    ("اللغة", "lang"),
    ("language", "lang"),
    ("langue", "lang"),
    ("الجهة", "organisation"),
    ("المؤسسة", "organisation"),
    ("organization", "organisation"),
    ("affiliation", "organisation"),
    ("company", "organisation"),
    ("institution", "organisation"),
    ("organisme", "organisation"),
    ("المهمة", "function"),
    ("fonction", "function"),
    ("honorific", "prefix"),
    ("salutation", "prefix"),
    ("اللقب", "prefix"),
    ("civilité", "prefix"),
    ("job title", "office"),
    ("position", "office"),
    ("المنصب", "office"),
    ("الوظيفة", "office"),
    ("poste", "office"),
    ("الدولة", "country"),
    ("pays", "country"),
    ("biography", "bio"),
    ("short bio", "bio"),
    ("نبذة", "bio"),
    ("السيرة", "bio"),
    ("biographie", "bio"),
    ("protocol", "order"),
    ("الترتيب", "order"),
    ("rang", "order"),
    ("الدور", "role"),
    ("rôle", "role"),
    ("الجلسة", "session"),
    ("séance", "session"),
    ("guid", "id"),
    ("uid", "id"),
    ("session id", "id"),
    ("session key", "id"),
    ("proposal id", "id"),
    ("date", "day"),
    ("session date", "day"),
    ("start date", "day"),
    ("اليوم", "day"),
    ("التاريخ", "day"),
    ("jour", "day"),
    ("start", "from"),
    ("starts", "from"),
    ("start time", "from"),
    ("time start", "from"),
    ("begin", "from"),
    ("session start", "from"),
    ("session start time", "from"),
    ("start date & time", "from"),
    ("start (local)", "from"),
    ("من", "from"),
    ("البداية", "from"),
    ("وقت البداية", "from"),
    ("début", "from"),
    ("heure de début", "from"),
    ("end", "until"),
    ("ends", "until"),
    ("end time", "until"),
    ("time end", "until"),
    ("session end", "until"),
    ("session end time", "until"),
    ("end date & time", "until"),
    ("to", "until"),
    ("إلى", "until"),
    ("النهاية", "until"),
    ("وقت النهاية", "until"),
    ("fin", "until"),
    ("heure de fin", "until"),
    ("duration (minutes)", "duration"),
    ("length", "duration"),
    ("المدة", "duration"),
    ("durée", "duration"),
    ("القاعة", "room"),
    ("المكان", "room"),
    ("salle", "room"),
    ("venue", "room"),
    ("location", "room"),
    ("room/location", "room"),
    ("lieu", "room"),
    ("النوع", "kind"),
    ("type", "kind"),
    ("session type", "kind"),
    ("contribution type", "kind"),
    ("العنوان", "title"),
    ("titre", "title"),
    ("name", "title"),
    ("session", "title"),
    ("session title", "title"),
    ("session name", "title"),
    ("proposal title", "title"),
    ("track", "theme"),
    ("tracks", "theme"),
    ("session track", "theme"),
    ("المحور", "theme"),
    ("thème", "theme"),
    ("abstract", "about"),
    ("description", "about"),
    ("session description", "about"),
    ("résumé", "about"),
    ("الوصف", "about"),
    ("المتحدثون", "speakers"),
    ("speaker", "speakers"),
    ("speaker names", "speakers"),
    ("presenters", "speakers"),
    ("intervenants", "speakers"),
];

/// What a column that somebody named in their own way may be about: it is asked about, not passed over (`N4`).
const CONSENTS: &[&str] = &[
    "consent",
    "permission",
    "agree",
    "guardian",
    "parent",
    "photo",
    "media",
    "موافقة",
    "إذن",
    "تصوير",
    "ولي",
    "accord",
    "autoris",
    "consentement",
    "droit",
];

/// [`ALSO`] and the labels of our pages by the folded name: folding them again for each column takes seconds.
static FOLDED: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let labels = Lang::all().flat_map(|lang| labels(Reader::new(lang, Digits::Latin)));
    ALSO.iter().copied().chain(labels).map(|(name, of)| (key(name), of)).collect()
});

/// What the heads of our own pages mean.
fn labels(r: Reader) -> Vec<(&'static str, &'static str)> {
    vec![
        (words::head_name(r), "name"),
        (words::head_group(r), "group"),
        (words::head_shows(r), "shows"),
        (words::head_lang(r), "lang"),
        (words::head_organisation(r), "organisation"),
        (profile::functions(r), "function"),
        (profile::title(r), "prefix"),
        (profile::office(r), "office"),
        (profile::country(r), "country"),
        (profile::about(r), "bio"),
        (profile::order(r), "order"),
        (words::head_guardian(r), "guardian"),
        (words::head_media(r), "media"),
        (words::head_role(r), "role"),
        (words::head_day(r), "day"),
        (words::head_room(r), "room"),
        (words::head_kind(r), "kind"),
        (words::head_title(r), "title"),
        (words::head_theme(r), "theme"),
        (words::head_about(r), "about"),
        (words::head_speakers(r), "speakers"),
    ]
}

fn key(head: &str) -> String {
    let words: String = clean(head).to_lowercase().replace(['_', '.', '*', '#', ':'], " ");
    fold::key(words.trim())
}

/// The column that a head means, among those that are known.
#[must_use]
pub fn column(head: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let exact = clean(head).to_lowercase().replace([' ', '_'], ".");
    let own = known.iter().find(|name| **name == exact);
    own.copied().or_else(|| {
        let folded = key(head);
        FOLDED.iter().find(|(name, of)| *name == folded && known.contains(of)).map(|(_, of)| *of)
    })
}

/// Whether a head that is not known may speak of a consent.
#[must_use]
pub fn may_be_a_consent(head: &str) -> bool {
    let head = key(head);
    CONSENTS.iter().any(|part| head.contains(&fold::key(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_ours_of_people_and_of_other_programs_mean_their_columns() {
        for (head, means) in [
            ("title.ar", "title.ar"),
            ("Title AR", "title.ar"),
            ("العنوان", "title"),
            ("Proposal title", "title"),
            ("*Session Title", "title"),
            ("Room/Location", "room"),
            ("SESSION_START_TIME", "from"),
            ("Speaker names", "speakers"),
            ("Durée", "duration"),
        ] {
            assert_eq!(column(head, PROGRAMME), Some(means), "{head}");
        }
        for (head, means) in [("First Name", "first"), ("Affiliation", "organisation"), ("موافقه ولي الامر", "guardian")]
        {
            assert_eq!(column(head, PEOPLE), Some(means), "{head}");
        }
        assert_eq!(column("shoe size", PEOPLE), None);
    }

    #[test]
    fn what_is_misspelt_and_may_be_a_consent_is_noticed() {
        for head in ["gardian consent", "Parents agree?", "موافقه الام", "autorisation des parents", "Photo OK"]
        {
            assert!(column(head, PEOPLE).is_none() && may_be_a_consent(head), "{head}");
        }
        assert!(!may_be_a_consent("shoe size"));
    }
}
