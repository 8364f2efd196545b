//! What the conference says of itself: aims, themes, how to take part (`C2`).

use std::collections::BTreeMap;

use axum::response::Response;
use nadwa_app::pages::plan::{Filled, about as view};
use nadwa_domain::conference::about::Section;
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::{Choice, Said};

use crate::http::answers;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{Organizing, Wrong, kept, put_said};

/// Most grapheme clusters of one part, in each language.
const PART: u32 = 4000;

/// `GET /organizer/about`.
pub async fn page(left: Left, o: Organizing) -> Response {
    show(&o, kept(fields(&o.conference()), saved(o.r(), &left)))
}

fn fields(conference: &Conference) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::from([("seen".to_owned(), conference.about_version.to_string())]);
    for (section, text) in &conference.about {
        put_said(&mut fields, section.key(), text);
    }
    fields
}

fn show(o: &Organizing, form: Filled) -> Response {
    let conference = o.conference();
    let unsaid = Section::ALL.iter().map(|section| (*section, conference.unsaid(*section)));
    let unsaid = unsaid.filter(|(_, langs)| !langs.is_empty()).collect();
    o.page(form.problem.is_some(), view::about(&o.at("/organizer/about"), o.langs(), form, unsaid))
}

/// `POST /organizer/about`.
pub async fn save(o: Organizing) -> Response {
    match write(&o).await {
        Ok(()) => answers::see("/organizer/about?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let mut form = Filled { problem: Some(problem), ..o.sent.filled() };
            // Whoever has seen the refusal has seen the newest.
            form.fields.insert("seen".to_owned(), o.conference().about_version.to_string());
            show(&o, form)
        }
    }
}

async fn write(o: &Organizing) -> Result<(), Wrong> {
    let mut texts: BTreeMap<Section, Said> = BTreeMap::new();
    for section in Section::ALL {
        let said = o.sent.lines(section.key(), PART).map_err(|refusal| o.problem(section.key(), &refusal))?;
        texts.insert(*section, said);
    }
    o.act("", &[Act::SetAbout { seen: o.sent.number("seen").unwrap_or(0), texts }]).await
}
