//! What the demo's children recommended, and what became of it (`P5`, `P6`): one answered, one late, one that nobody owns
//! yet, and one that is still being worded.

use nadwa_domain::conference::Act;
use nadwa_domain::conference::organisations::OrganisationKind;
use nadwa_domain::conference::recommendations::{Progress, Promise};
use nadwa_domain::ids::{OrganisationId, PersonId, RecommendationId, SessionId};
use nadwa_domain::{Instant, Lang, Role, Said, Span, Who};

use crate::demo::texts::{Text, said};
use crate::edge;
use crate::http::App;
use crate::http::manage::cards::new_pass;
use crate::rooms::Failure;

#[rustfmt::skip]
const WORDED: [Text; 4] = [
    ["أن يعمل خط مساندة الأطفال ليلًا ونهارًا، وبلا مال.", "The children’s helpline works day and night, and costs nothing.", "La ligne d’aide aux enfants répond jour et nuit, et gratuitement."],
    ["أن يُكتب رقم الخط في كل مدرسة، حيث يراه كل طفل.", "The helpline’s number stands in every school, where each child sees it.", "Le numéro de la ligne est affiché dans chaque école, là où tout enfant le voit."],
    ["أن يُسأل الأطفال قبل أي قرار يخصّهم.", "Children are asked before anything is decided about them.", "Les enfants sont consultés avant toute décision qui les concerne."],
    ["أن يردّ على الخط من يتكلم لغتنا.", "Whoever answers the line speaks our language.", "Celui qui répond parle notre langue."],
];
const ANSWER: Text = [
    "نعم. يعمل الخط ليلًا ابتداءً من الشهر القادم، وهو مجاني من كل هاتف.",
    "Yes. From next month on the line works at night, and it is free from every phone.",
    "Oui. La ligne répondra la nuit dès le mois prochain, et l’appel est gratuit.",
];

/// Makes them, as children of a session. Answers the link of whoever answers for the organisation that is late.
pub async fn make(app: &App, session: SessionId) -> Result<String, Failure> {
    let (conference, now) = (app.rooms.conference(), app.rooms.clock().now());
    let state = conference.state();
    let delegate = |of| state.people.iter().find(|(_, person)| person.profile.of == Some(of)).map(|(id, _)| *id);
    let owner = |kind| {
        let mut listed = state.listed_organisations().filter(|(_, about)| about.kind == kind);
        listed.find_map(|(id, _)| Some((id, delegate(id)?)))
    };
    let owners: Vec<(OrganisationId, PersonId)> =
        [OrganisationKind::Helpline, OrganisationKind::Ministry].into_iter().filter_map(owner).collect();
    let mut acts = Vec::new();
    for (place, text) in WORDED.into_iter().enumerate() {
        let id = RecommendationId(edge::fresh_id());
        acts.push(Act::WordRecommendation { id, session, question: None, text: said(text), seen: 0 });
        if place == 3 {
            break;
        }
        // One of them is not confirmed in French: it is shown in another language there.
        let confirmed = Lang::all().filter(|lang| place != 1 || *lang != Lang::FR);
        acts.extend(confirmed.map(|lang| Act::ConfirmRecommendation { id, lang, seen: 1 }));
        acts.push(Act::AdoptRecommendation { id });
        let Some(by) = owners.get(place).map(|(by, _)| *by) else { continue };
        let (progress, due, answer) = match place {
            0 => (Progress::Agreed, now + DAY, said(ANSWER)),
            _ => (Progress::LookedAt, now - DAY, Said::default()),
        };
        // It was promised the day before it was due.
        let promise = Box::new(Promise { by, due, progress, answer });
        acts.push(Act::Promise { id, promise, now: Instant(due.0 - DAY.0) });
    }
    let (mut pass, link) = new_pass(&app.public_url, Role::Respondent, None);
    pass.person = owners.last().map(|(_, person)| *person);
    acts.push(Act::Issue(pass));
    conference.act_all(Who::Server, &acts).await?;
    Ok(link)
}

const DAY: Span = Span::minutes(24 * 60);
