//! How a paper's authors are called, and who they are among the conference's people.

use nadwa_app::pages::papers::{KnownView, NameView};
use nadwa_app::pages::plan::people::{consent_name, shows_name};
use nadwa_app::words::{Reader, paper as words, people};
use nadwa_domain::conference::people::{Person, Shows};
use nadwa_domain::ids::PersonId;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::{Author, Paper};
use uuid::Uuid;

use crate::collation::sort_by_name;
use crate::http::App;

/// The authors, as their own page and the organizers' has them.
pub fn names(app: &App, paper: &Paper, r: Reader) -> Vec<NameView> {
    let name = |author: &Author| {
        let called = app.rooms.name_of(author.person).or_else(|| app.rooms.name_of(author.known?));
        NameView {
            person: author.person.0,
            name: called.map(|name| name.for_reader(r.lang)).unwrap_or_default(),
            consent: author.consent,
            known: author.known.map(|known| known_view(app, known, r)),
        }
    };
    paper.authors.iter().map(name).collect()
}

fn known_view(app: &App, known: PersonId, r: Reader) -> KnownView {
    let conference = app.rooms.conference().state();
    let name = app.rooms.kept_name_of(known).map(|name| name.for_reader(r.lang).text);
    let name = name.unwrap_or_else(|| words::nameless(r).to_owned());
    let stands = conference.people.get(&known).map_or_else(|| people::shows_role(r), |person| stands(r, person));
    KnownView { person: known.0, says: words::author_follows(r, &name, stands) }
}

/// What decides whether the name is shown.
fn stands(r: Reader, person: &Person) -> &'static str {
    match person.about.shows {
        Shows::Role => shows_name(r, Shows::Role),
        _ if person.has_guardian() => consent_name(r, person.guardian.state),
        Shows::Nickname | Shows::FirstName | Shows::FullName => people::no_guardian(r),
    }
}

/// Everybody of the conference by name, for a list.
pub fn people_of(app: &App, r: Reader) -> Vec<(Uuid, Phrase)> {
    let conference = app.rooms.conference().state();
    let name = |id: &PersonId| app.rooms.kept_name_of(*id).unwrap_or_default().for_reader(r.lang);
    let mut people: Vec<(Uuid, Phrase)> = conference.people.keys().map(|id| (id.0, name(id))).collect();
    sort_by_name(r.lang, &mut people, |(_, name)| &name.text);
    people
}
