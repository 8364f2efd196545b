//! Cards: issued, printed, revoked, replaced. No secret is kept: a card is printed in the answer to the press that made
//! its code, and to print it again is to issue it anew (`G8`).

mod fresh;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use axum::extract::Path;
use axum::response::Response;
use nadwa_app::pages::PassView;
use nadwa_app::pages::plan::Filled;
use nadwa_app::pages::plan::cards::{self as view, Card, CardGroup, CardSheet, Cards};
use nadwa_app::words::cards as words;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::conference::people::Group;
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::ids::{PassId, PersonId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Instant, Lang, Phrase, Refusal, Role, Said};

use crate::collation::sort_by_name;
use crate::costly::Queue;
use crate::http::forms::word;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{Organizing, Wrong, kept, sync};
use crate::http::{App, answers, public};
use crate::permits::buckets::Wait;
use crate::{secrets, when, zone};

pub use fresh::{Fresh, Secrets, link_of, new_pass};

/// `GET /organizer/cards`.
pub async fn page(left: Left, o: Organizing) -> Response {
    let open = left.get("open").map(String::as_str);
    let done = left.get("asked").map(|_| words::asked(o.r()).to_owned()).or_else(|| saved(o.r(), &left));
    page_with(&o, open, kept(BTreeMap::new(), done))
}

fn page_with(o: &Organizing, open: Option<&str>, form: Filled) -> Response {
    let conference = o.conference();
    let lang = o.r().lang;
    let sessions = conference.sessions.iter().filter(|session| session.kind != Kind::Break);
    let now = o.app.rooms.clock().now();
    let count = |again| {
        let cards = conference.passes.values().filter(|pass| pass.works(now) && prints(pass, again));
        u32::try_from(cards.count()).unwrap_or(u32::MAX)
    };
    let data = Cards {
        groups: groups(o, open),
        sessions: sessions.map(|session| (session.session.to_string(), session.title.for_reader(lang))).collect(),
        people: o.people(),
        printable: count(false),
        again: count(true),
        short: conference.passes.values().any(|pass| pass.works(now) && secrets::is_short(&pass.issued.digest)),
        form,
    };
    let refused = data.form.problem.is_some();
    o.page(refused, view::cards(&o.at("/organizer/cards"), data))
}

/// So many cards are shown at once; of more, one session's at a time.
const SHOWN_AT_ONCE: usize = 120;

/// The whole conference's cards, then each session's as the programme has them.
fn groups(o: &Organizing, open: Option<&str>) -> Vec<CardGroup> {
    let (conference, lang) = (o.conference(), o.r().lang);
    let cards = cards(o);
    let all_at_once = cards.len() <= SHOWN_AT_ONCE;
    let mut by_session: BTreeMap<_, Vec<PassView>> = BTreeMap::new();
    for (session, card) in cards {
        let listing = session.and_then(|id| conference.listing(id));
        by_session.entry((listing.map(|listing| listing.starts_at), session)).or_default().push(card);
    }
    let group = |((_, session), cards): ((Option<Instant>, Option<SessionId>), Vec<PassView>)| {
        let key = session.map_or_else(|| "all".to_owned(), |id| id.to_string());
        let chosen = open == Some(key.as_str());
        let works = u32::try_from(cards.iter().filter(|card| card.works).count()).unwrap_or(u32::MAX);
        let title = session.and_then(|id| conference.listing(id)).map(|listing| listing.title.for_reader(lang));
        CardGroup { key, session: title, works, chosen, cards: (chosen || all_at_once).then_some(cards) }
    };
    by_session.into_iter().map(group).collect()
}

fn cards(o: &Organizing) -> Vec<(Option<SessionId>, PassView)> {
    let (conference, now, lang) = (o.conference(), o.app.rooms.clock().now(), o.r().lang);
    let view = |pass: &Pass| {
        (
            pass.issued.session,
            PassView {
                id: pass.issued.id.0,
                role: pass.issued.role,
                person: pass
                    .issued
                    .person
                    .and_then(|id| o.app.rooms.kept_name_of(id))
                    .map(|name| name.for_reader(lang)),
                works: pass.works(now),
                used: pass.used,
                printable: !pass.was_shown() && !pass.asked,
                asked: pass.asked && !pass.revoked,
                own: o.who.pass() == Some(pass.issued.id),
            },
        )
    };
    let shown = |pass: &&Pass| pass.issued.role != Role::Organizer;
    let mut cards: Vec<(Option<SessionId>, PassView)> = conference.passes.values().filter(shown).map(view).collect();
    sort_by_name(lang, &mut cards, |(_, card)| card.person.as_ref().map_or("", |person| person.text.as_str()));
    cards.sort_by_key(|(_, card)| (!card.works, card.role));
    cards
}

/// `POST /organizer/cards`: the card is shown this once, or the lead is asked for it.
pub async fn issue(o: Organizing) -> Response {
    match wanted(&o) {
        Ok((role, session, person, until)) => match issue_one(&o, role, session, person, until).await {
            Ok(response) => response,
            Err(wrong) => refuse(&o, wrong),
        },
        Err(wrong) => refuse(&o, wrong),
    }
}

type Wanted = (Role, Option<SessionId>, Option<PersonId>, Option<Instant>);

fn wanted(o: &Organizing) -> Result<Wanted, Wrong> {
    let conference = o.conference();
    let role = word::<Role>(Some(o.sent.get("role"))).filter(|role| *role != Role::Organizer);
    let role = role.ok_or_else(|| o.problem("role", &Refusal::Unknown))?;
    let id = |field: &str| Some(o.sent.get(field)).filter(|value| !value.is_empty());
    // The session's join code names it as well.
    let by_code = |typed: &str| {
        let code = nadwa_domain::conference::code::Code::parse(typed)?;
        let permit = o.visitor.permit_for_address(&o.app);
        let found = conference.by_code(&code, &permit).map(|listing| listing.session);
        permit.judge(found)
    };
    let session = match id("session") {
        None => None,
        Some(typed) => {
            let known = typed.parse::<SessionId>().ok().or_else(|| by_code(typed));
            Some(known.ok_or_else(|| o.problem("session", &Refusal::Unknown))?)
        }
    };
    let person = match id("person") {
        None => None,
        Some(typed) => {
            let known = typed.parse::<PersonId>().ok().filter(|id| conference.people.contains_key(id));
            Some(known.ok_or_else(|| o.problem("person", &Refusal::Unknown))?)
        }
    };
    let adult = person.and_then(|id| conference.people.get(&id)).is_some_and(|of| of.about.group == Group::Adult);
    if adult && role.is_childs() && !o.sent.is_on("adult") {
        return Err(Wrong::Form(o.says("adult", words::adult_in_childs_role(o.r()))));
    }
    Ok((role, session, person, until(o, &conference)?))
}

/// Until when a card works; without an hour, to the end of that day.
fn until(o: &Organizing, conference: &Conference) -> Result<Option<Instant>, Wrong> {
    let (day, time) = (o.sent.get("until_day").trim(), o.sent.get("until_time").trim());
    if day.is_empty() && time.is_empty() {
        return Ok(None);
    }
    let wrong = || o.says("until_day", words::bad_until(o.r()));
    let zone = zone::of(conference);
    let date = zone::parse_date(day).ok_or_else(wrong)?;
    let at = if time.is_empty() {
        date.tomorrow().ok().and_then(|next| zone::begin(&zone, next))
    } else {
        when::time(time).and_then(|time| zone::instant(&zone, date, time))
    };
    Ok(Some(at.ok_or_else(wrong)?))
}

async fn issue_one(
    o: &Organizing,
    role: Role,
    session: Option<SessionId>,
    person: Option<PersonId>,
    until: Option<Instant>,
) -> Result<Response, Wrong> {
    let fresh = Fresh::new(o.conference().as_ref(), role, session, person, until);
    o.act("role", &[fresh.act()]).await?;
    finish(o, fresh).await
}

/// After a card was issued: the session's team follows, and the card is shown once; one that is only asked for has no
/// secret yet.
async fn finish(o: &Organizing, fresh: Fresh) -> Result<Response, Wrong> {
    if let Some(session) = fresh.pass.session {
        sync::session(&o.app, session).await.map_err(|failure| o.wrong("role", failure))?;
    }
    let conference = o.conference();
    match conference.passes.get(&fresh.pass.id) {
        Some(pass) if pass.asked => Ok(answers::see("/organizer/cards?asked=1")),
        Some(pass) => Ok(shown_once(o, &conference, pass, &fresh.secrets)),
        None => Ok(o.nothing()),
    }
}

fn shown_once(o: &Organizing, conference: &Conference, pass: &Pass, secrets: &Secrets) -> Response {
    let card = card_of(o, conference, pass, secrets, &o.app.rooms.names_on_cards());
    print_page(o, vec![card], 1)
}

/// `POST /organizer/cards/{id}/revoke`: whoever holds it is out at once.
pub async fn revoke(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(pass) = id.parse::<PassId>() else { return o.nothing() };
    let session = o.conference().passes.get(&pass).and_then(|pass| pass.issued.session);
    if let Err(wrong) = o.act("", &[Act::Revoke { pass }]).await {
        return refuse(&o, wrong);
    }
    if let Some(session) = session
        && let Err(failure) = sync::session(&o.app, session).await
    {
        return refuse(&o, o.wrong("", failure));
    }
    answers::see("/organizer/cards?done=1")
}

/// `POST /organizer/cards/{id}/reissue`: the old one stops, a new one begins, both at once.
pub async fn reissue(Path(id): Path<String>, o: Organizing) -> Response {
    let conference = o.conference();
    let old = id.parse::<PassId>().ok().and_then(|id| conference.passes.get(&id));
    let Some(old) = old.filter(|pass| pass.issued.role != Role::Organizer) else { return o.nothing() };
    let of = &old.issued;
    let fresh = Fresh::new(&conference, of.role, of.session, of.person, of.until);
    let outcome = match o.act("", &[Act::Revoke { pass: of.id }, fresh.act()]).await {
        Ok(()) => finish(&o, fresh).await,
        Err(wrong) => Err(wrong),
    };
    outcome.unwrap_or_else(|wrong| refuse(&o, wrong))
}

/// `POST /organizer/cards/print`: every child's card that was never printed, with codes that are made in this moment; with
/// `again` those that nobody has shown yet, whose old codes stop. Of one session with `session`.
pub async fn print(o: Organizing) -> Response {
    let each = if o.sent.get("each") == "1" { 1 } else { 8 };
    let only = Some(o.sent.get("session")).filter(|id| !id.is_empty());
    let Ok(only) = only.map(str::parse::<SessionId>).transpose() else { return o.nothing() };
    let again = o.sent.is_on("again");
    match printed(&o, |pass| prints(pass, again) && only.is_none_or(|only| pass.issued.session == Some(only))).await {
        Ok(cards) => print_page(&o, cards, each),
        Err(wrong) => refuse(&o, wrong),
    }
}

/// `POST /organizer/cards/{id}/print`: one that was never printed.
pub async fn print_one(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(id) = id.parse::<PassId>() else { return o.nothing() };
    match printed(&o, |pass| pass.issued.id == id && !pass.was_shown()).await {
        Ok(cards) if cards.is_empty() => o.nothing(),
        Ok(cards) => print_page(&o, cards, 1),
        Err(wrong) => refuse(&o, wrong),
    }
}

/// Whether a card is printed with the others: a child's that was never printed, or with `again` never shown.
fn prints(pass: &Pass, again: bool) -> bool {
    let of_a_child = !pass.issued.role.is_adult() && pass.issued.role != Role::Author;
    of_a_child && if again { pass.was_shown() && !pass.used } else { !pass.was_shown() }
}

/// Making the numbers of a sheet of cards.
static MAKING: LazyLock<Queue> = LazyLock::new(|| Queue::new(1, 8));

/// Gives cards new secrets and lays them out, by session and role.
async fn printed(o: &Organizing, wanted: impl Fn(&Pass) -> bool) -> Result<Vec<Card>, Wrong> {
    let (conference, now) = (o.conference(), o.app.rooms.clock().now());
    let chosen = conference.passes.values().filter(|pass| pass.works(now) && wanted(pass));
    let mut passes: Vec<Pass> = chosen.cloned().collect();
    let begins = |session: Option<SessionId>| session.and_then(|id| conference.listing(id)).map(|l| l.starts_at);
    passes.sort_by_key(|pass| (begins(pass.issued.session), pass.issued.session, pass.issued.role));
    let roles: Vec<Role> = passes.iter().map(|pass| pass.issued.role).collect();
    let seen = Arc::clone(&conference);
    // Each takes milliseconds: not beside the requests of the hall, and one sheet after the other (`G2`).
    let made = MAKING.run(move || -> Vec<Fresh> {
        // All with one salt, also where there is none yet.
        let mut seen = Conference::clone(&seen);
        let mut made = Vec::new();
        for role in roles {
            let fresh = Fresh::new(&seen, role, None, None, None);
            if made.is_empty() {
                seen.passes.insert(fresh.pass.id, Pass::new(fresh.pass.clone()));
            }
            made.push(fresh);
        }
        made
    });
    let Ok(made) = made.await else {
        return Err(Wrong::Page(Box::new(answers::wait(&o.app, &o.visitor, Wait::A_MOMENT))));
    };
    let recode = |(pass, fresh): (&Pass, &Fresh)| Act::Recode {
        pass: pass.issued.id,
        seen: pass.issued.digest.clone(),
        digest: fresh.pass.digest.clone(),
        link: fresh.pass.link.clone(),
    };
    let acts: Vec<Act> = passes.iter().zip(&made).map(recode).collect();
    o.act("", &acts).await?;
    let names = o.app.rooms.names_on_cards();
    let card = |(pass, fresh): (&Pass, &Fresh)| card_of(o, &conference, pass, &fresh.secrets, &names);
    Ok(passes.iter().zip(&made).map(card).collect())
}

fn print_page(o: &Organizing, cards: Vec<Card>, each: u8) -> Response {
    let sheet = CardSheet { conference: o.conference().name.for_reader(o.r().lang), site: site(&o.app), each };
    o.page(false, view::print(&o.at("/organizer/cards"), sheet, cards))
}

/// The first page's address as a child types it.
fn site(app: &App) -> String {
    app.public_url.split_once("://").map_or(&*app.public_url, |(_, site)| site).to_owned()
}

fn card_of(
    o: &Organizing,
    conference: &Conference,
    pass: &Pass,
    secrets: &Secrets,
    names: &BTreeMap<PassId, Said>,
) -> Card {
    let issued = &pass.issued;
    let person = issued.person.and_then(|id| conference.people.get(&id));
    let main = conference.spoken().next().unwrap_or_default();
    let lang: Lang = person.map_or(main, |person| person.about.lang);
    let listing: Option<&Listing> = issued.session.and_then(|id| conference.listing(id));
    let link = link_of(&o.app.public_url, issued.role, &secrets.link);
    let room = |listing: &Listing| super::programme::room_name(conference, listing, lang);
    let times = |listing: &Listing| (listing.starts_at, listing.ends_at, zone::offset(conference, listing.starts_at));
    Card {
        lang,
        role: issued.role,
        person: names.get(&issued.id).map(|name| name.for_reader(lang)),
        session: listing.map(|listing| listing.title.for_reader(lang)),
        room: listing.map(room).filter(|room: &Phrase| !room.is_empty()),
        times: listing.map(times),
        code: secrets.code.clone(),
        qr: public::square(&o.app, o.r(), &link),
        link,
    }
}

fn refuse(o: &Organizing, wrong: Wrong) -> Response {
    match wrong {
        Wrong::Page(page) => *page,
        Wrong::Form(problem) => page_with(o, None, Filled { problem: Some(problem), ..o.sent.filled() }),
    }
}
