//! Silent calls of those who run sessions, wherever an adult works (`N1`). A closed meeting's stay in it (`S18`), a
//! rehearsal's in the rehearsal.

use nadwa_app::live::desk::calls::Calling;
use nadwa_domain::Lang;
use nadwa_domain::ids::SessionId;
use nadwa_domain::session::team::call::Step;
use nadwa_domain::view::running;

use crate::http::App;

/// Every call in a public session, the oldest first.
pub async fn everywhere(app: &App, lang: Lang) -> Vec<Calling> {
    let conference = app.rooms.conference().state();
    let mut calls = Vec::new();
    for room in app.rooms.open_rooms().await {
        let Some(listing) = conference.listing(room.id()).filter(|listing| listing.is_public()) else { continue };
        let Some(code) = &listing.code else { continue };
        let session = listing.title.for_reader(lang);
        let calling = |call| Calling { code: code.as_str().to_owned(), session: session.clone(), call };
        calls.extend(room.look(|session, _| running::calls(session)).into_iter().map(calling));
    }
    calls.sort_by_key(|calling| calling.call.at);
    calls
}

/// Calls in other public sessions that nobody has answered in time: they are told to more people.
pub async fn elsewhere(app: &App, own: SessionId, lang: Lang) -> Vec<Calling> {
    let conference = app.rooms.conference().state();
    let own = conference.listing(own).and_then(|listing| listing.code.as_ref()).map(|code| code.as_str().to_owned());
    let mut calls = everywhere(app, lang).await;
    calls.retain(|calling| calling.call.step == Step::Unheard && Some(&calling.code) != own.as_ref());
    calls
}
