//! The demo's guests: speakers, the organisations that they speak for, and what the conference says of itself (`C2`).
//! Nobody and nothing of it is real. One organisation and one text are not translated, as in every conference.

use std::collections::BTreeMap;

use nadwa_domain::conference::Act;
use nadwa_domain::conference::about::Section;
use nadwa_domain::conference::organisations::{Organisation, OrganisationKind, Standing};
use nadwa_domain::conference::people::{Group, NewPerson, Shows};
use nadwa_domain::conference::profile::{Function, Profile};
use nadwa_domain::ids::{OrganisationId, PersonId};
use nadwa_domain::{Lang, Said, Who};

use crate::demo::texts::{Text, said};
use crate::edge;
use crate::http::App;
use crate::rooms::Failure;

const COUNTRIES: [Text; 3] = [
    ["بلد النخيل", "Land of Palms", "Pays des Palmiers"],
    ["بلد الأرز", "Land of Cedars", "Pays des Cèdres"],
    ["بلد اللؤلؤ", "Land of Pearls", "Pays des Perles"],
];

#[rustfmt::skip]
const ORGANISATIONS: [(OrganisationKind, Text); 10] = [
    (OrganisationKind::Ministry, ["وزارة الأسرة والطفولة", "Ministry of Family and Childhood", "Ministère de la Famille et de l’Enfance"]),
    (OrganisationKind::Court, ["محكمة الأسرة", "Family Court", "Tribunal de la famille"]),
    (OrganisationKind::Prosecution, ["نيابة الأسرة والطفل", "Prosecution for Family and Children", "Parquet de la famille et des enfants"]),
    (OrganisationKind::Authority, ["هيئة حماية الطفل", "Child Protection Authority", "Autorité de protection de l’enfant"]),
    (OrganisationKind::Association, ["جمعية آذان مصغية", "Listening Ears Association", "Association Oreilles attentives"]),
    (OrganisationKind::International, ["المكتب الإقليمي لاتحاد خطوط المثال", "Regional Office of the Union of Example Lines", "Bureau régional de l’Union des lignes d’exemple"]),
    (OrganisationKind::University, ["كلية التربية في جامعة المرفأ", "Harbour University, Faculty of Education", "Université du Port, faculté d’éducation"]),
    (OrganisationKind::School, ["مدرسة المنارة", "Lighthouse School", "École du Phare"]),
    (OrganisationKind::Helpline, ["خط الطفل المثال", "Example Child Line", "Ligne d’enfants d’exemple"]),
    (OrganisationKind::Media, ["إذاعة الأطفال", "Children’s Radio", "Radio des enfants"]),
];

/// What somebody of each of these is.
#[rustfmt::skip]
const OFFICES: [Text; 10] = [
    ["مديرة الإدارة", "Head of department", "Direction de service"],
    ["قاضٍ", "Judge", "Juge"],
    ["وكيلة النيابة", "Public prosecutor", "Procureure"],
    ["مستشار", "Adviser", "Conseil"],
    ["رئيسة الجمعية", "President of the association", "Présidence de l’association"],
    ["منسق إقليمي", "Regional coordinator", "Coordination régionale"],
    ["أستاذة التربية", "Professor of education", "Professeure d’éducation"],
    ["مدير المدرسة", "Head of the school", "Direction de l’école"],
    ["مسؤولة الخط", "Head of the helpline", "Responsable de la ligne"],
    ["محرر", "Editor", "Rédaction"],
];

const SPEAKERS: [Text; 25] = [
    ["ليلى النخيل", "Layla Al-Nakheel", "Leïla Al-Nakhil"],
    ["سمير البحري", "Samir Al-Bahri", "Samir Al-Bahri"],
    ["حنان الأرزي", "Hanan Al-Arzi", "Hanane Al-Arzi"],
    ["ياسين اللؤلؤي", "Yassin Al-Lului", "Yassine Al-Louloui"],
    ["رنا الصفصافي", "Rana Al-Safsafi", "Rana Al-Safsafi"],
    ["ليلى البحري", "Layla Al-Bahri", "Leïla Al-Bahri"],
    ["سمير الأرزي", "Samir Al-Arzi", "Samir Al-Arzi"],
    ["حنان اللؤلؤي", "Hanan Al-Lului", "Hanane Al-Louloui"],
    ["ياسين الصفصافي", "Yassin Al-Safsafi", "Yassine Al-Safsafi"],
    ["رنا النخيل", "Rana Al-Nakheel", "Rana Al-Nakhil"],
    ["ليلى الأرزي", "Layla Al-Arzi", "Leïla Al-Arzi"],
    ["سمير اللؤلؤي", "Samir Al-Lului", "Samir Al-Louloui"],
    ["حنان الصفصافي", "Hanan Al-Safsafi", "Hanane Al-Safsafi"],
    ["ياسين النخيل", "Yassin Al-Nakheel", "Yassine Al-Nakhil"],
    ["رنا البحري", "Rana Al-Bahri", "Rana Al-Bahri"],
    ["ليلى اللؤلؤي", "Layla Al-Lului", "Leïla Al-Louloui"],
    ["سمير الصفصافي", "Samir Al-Safsafi", "Samir Al-Safsafi"],
    ["حنان النخيل", "Hanan Al-Nakheel", "Hanane Al-Nakhil"],
    ["ياسين البحري", "Yassin Al-Bahri", "Yassine Al-Bahri"],
    ["رنا الأرزي", "Rana Al-Arzi", "Rana Al-Arzi"],
    ["ليلى الصفصافي", "Layla Al-Safsafi", "Leïla Al-Safsafi"],
    ["سمير النخيل", "Samir Al-Nakheel", "Samir Al-Nakhil"],
    ["حنان البحري", "Hanan Al-Bahri", "Hanane Al-Bahri"],
    ["ياسين الأرزي", "Yassin Al-Arzi", "Yassine Al-Arzi"],
    ["رنا اللؤلؤي", "Rana Al-Lului", "Rana Al-Louloui"],
];

const DOCTOR: Text = ["د.", "Dr", "Dr"];
const ABOUT: Text = [
    "خبرة طويلة في الاستماع إلى الأطفال وفي تدريب من يردّون على خطوط المساندة.",
    "Long experience in listening to children and in training those who answer helplines.",
    "Une longue expérience de l’écoute des enfants et de la formation des écoutants.",
];

const SAYS: [(Section, Text); 4] = [
    (
        Section::Aims,
        [
            "التوعية بحقوق الطفل ومناصرتها.\nتشجيع الدول على إنشاء خطوط لمساندة الطفل.\nبناء القدرات وتبادل الخبرات في الإقليم.",
            "To make children’s rights known and to stand up for them.\nTo encourage countries to found child helplines.\nTo build capacity and to share experience in the region.",
            "Faire connaître les droits de l’enfant et les défendre.\nEncourager les pays à créer des lignes d’aide aux enfants.\nRenforcer les capacités et partager l’expérience dans la région.",
        ],
    ),
    (
        Section::Themes,
        [
            "حماية الطفل وتجربة الخط الساخن.\nالاستجابة الطارئة للأطفال في الأزمات.\nدور خطوط المساندة في أهداف التنمية.\nأفضل الممارسات والقوانين والسياسات.",
            "Child protection and the experience of a hotline.\nEmergency response for children in crises.\nThe role of helplines in the development goals.\nBest practices, laws and policies.",
            "La protection de l’enfant et l’expérience d’une ligne directe.\nLa réponse d’urgence pour les enfants dans les crises.\nLe rôle des lignes d’aide dans les objectifs de développement.\nBonnes pratiques, lois et politiques.",
        ],
    ),
    (
        Section::Children,
        [
            "يدير الأطفال جلساتهم ويقدّمون أوراق عملهم، ويسألهم الحضور ويصوّتون.",
            "Children run their own sessions and present their working papers; the hall asks and votes.",
            "Les enfants animent leurs séances et présentent leurs travaux ; la salle pose des questions et vote.",
        ],
    ),
    (
        Section::TakePart,
        [
            "من في القاعة يكتب الرمز الظاهر على الشاشة الكبيرة، ثم يسأل ويصوّت بلا اسم.",
            "Whoever is in the hall types the code from the big screen, then asks and votes without a name.",
            "Dans la salle, on saisit le code du grand écran, puis on pose des questions et on vote sans nom.",
        ],
    ),
];
/// Not translated yet.
const PRESS: &str = "يجيب مكتب الإعلام عن أسئلة الصحفيين عند مدخل القاعة. لا يُصوَّر طفل إلا بموافقة.";

/// Writes everybody down; answers the speakers, in the order of protocol.
pub async fn make(app: &App) -> Result<Vec<PersonId>, Failure> {
    let mut acts = Vec::new();
    let organisations: Vec<OrganisationId> = all().map(|about| organisation(&mut acts, about)).collect();
    let ids: Vec<PersonId> = SPEAKERS.iter().map(|_| PersonId(edge::fresh_id())).collect();
    for (place, id) in ids.iter().enumerate() {
        let person = NewPerson { id: *id, group: Group::Adult, shows: Shows::FullName, lang: Lang::AR };
        acts.push(Act::AddPerson { person, organisation: Said::default() });
        let profile = Box::new(profile(place, organisations.get(place).copied()));
        acts.push(Act::SetProfile { person: *id, profile });
    }
    acts.push(Act::SetAbout { seen: 0, texts: says() });
    let names: Vec<(PersonId, Said)> = ids.iter().copied().zip(SPEAKERS.map(said)).collect();
    app.rooms.remember_all(&names).await?;
    app.rooms.conference().act_all(Who::Server, &acts).await?;
    Ok(ids)
}

/// Thirty, ten of each country; the last is not translated.
fn all() -> impl Iterator<Item = Organisation> {
    let of = |place: usize| {
        let (kind, name) = ORGANISATIONS[place % ORGANISATIONS.len()];
        let name = if place == 29 { Said::new([(Lang::AR, name[0])]) } else { said(name) };
        let standing = match place {
            4 => Standing::Host,
            3 | 5 | 16 => Standing::Partner,
            _ => Standing::Guest,
        };
        Organisation { name, country: said(COUNTRIES[place / ORGANISATIONS.len()]), kind, standing }
    };
    (0..COUNTRIES.len() * ORGANISATIONS.len()).map(of)
}

fn organisation(acts: &mut Vec<Act>, about: Organisation) -> OrganisationId {
    let id = OrganisationId(edge::fresh_id());
    acts.push(Act::WriteOrganisation { id, about: Box::new(about) });
    id
}

fn profile(place: usize, of: Option<OrganisationId>) -> Profile {
    let mut functions = vec![Function::Speaker];
    functions.extend((place.is_multiple_of(5)).then_some(Function::Chair));
    functions.extend((place < 4).then_some(Function::Official));
    functions.extend(matches!(place, 4 | 6 | 16).then_some(Function::Committee));
    functions.extend((place % 6 == 5).then_some(Function::Trainer));
    Profile {
        title: if place.is_multiple_of(3) { said(DOCTOR) } else { Said::default() },
        office: said(OFFICES[place % OFFICES.len()]),
        of,
        about: if place.is_multiple_of(2) { said(ABOUT) } else { Said::default() },
        order: (place < 4).then_some(u32::try_from(place).unwrap_or_default() + 1),
        functions,
        ..Profile::default()
    }
}

fn says() -> BTreeMap<Section, Said> {
    let press = (Section::Press, Said::new([(Lang::AR, PRESS)]));
    SAYS.into_iter().map(|(section, text)| (section, said(text))).chain([press]).collect()
}
