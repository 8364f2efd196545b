//! Set-up, signing in, devices and organizers.

use std::sync::LazyLock;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::own;
use nadwa_app::pages::plan::access::{self, Access, DeviceView, OrganizerView};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{card, refusals};
use nadwa_domain::conference::Act;
use nadwa_domain::conference::pass::{Login, NewPass};
use nadwa_domain::ids::{DeviceId, PassId};
use nadwa_domain::{Refusal, Role, Span, Who};

use crate::costly::Queue;
use crate::http::doors;
use crate::http::manage::settings::settings_of;
use crate::http::manage::{LINE, Organizing, Sent, Wrong, line};
use crate::http::passes::welcome;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::permits::buckets::Wait;
use crate::permits::{Permit, Phrase, SetUpLink};
use crate::rooms::Failure;
use crate::{edge, slow, zone};

/// The least length of an organizer's secret.
const LEAST: usize = 12;

/// How long an invitation's link works, unless it was opened before; choosing name and phrase lifts the end (`G9`).
pub const INVITED_FOR: Span = Span::minutes(24 * 60);

/// The one-time set-up link: kept in memory alone, and useless once the conference has a name.
#[derive(Debug)]
pub struct Setup(String);

impl Setup {
    /// A new one, at each start.
    #[must_use]
    pub fn new() -> Self {
        Self(edge::fresh_secret())
    }

    /// Its address.
    #[must_use]
    pub fn link(&self, public_url: &str) -> String {
        doors::link(public_url, "/setup", &self.0)
    }

    fn is(&self, secret: &str, permit: Permit<SetUpLink>) -> bool {
        // Digests are compared, so that the time of the comparison tells nothing of the secret (timing side channel).
        permit.judge((edge::digest(&self.0) == edge::digest(secret)).then_some(())).is_some()
    }
}

impl Default for Setup {
    fn default() -> Self {
        Self::new()
    }
}

fn may_set_up(app: &App, secret: &str) -> bool {
    !app.rooms.conference().state().prepared && app.setup.is(secret, Permit::long())
}

/// `GET /setup`: the form, for as long as there is no conference. What stands behind the link's `#` goes with it.
pub async fn setup_page(State(app): State<App>, visitor: Visitor) -> Response {
    if app.rooms.conference().state().prepared {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    }
    let languages = nadwa_domain::Lang::all().map(|lang| (format!("languages.{}", lang.tag()), "on".to_owned()));
    let form = Filled { fields: languages.collect(), ..Filled::default() };
    setup_with(&app, &visitor, StatusCode::OK, form)
}

fn setup_with(app: &App, visitor: &Visitor, status: StatusCode, mut form: Filled) -> Response {
    form.fields.remove("secret");
    let page = access::setup(&visitor.page(app), form, zone::names());
    answers::html(app, status, page)
}

/// `POST /setup`: the conference exists, and its first organizer is signed in.
pub async fn set_up(State(app): State<App>, visitor: Visitor, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let sent = Sent(fields);
    let link = sent.get("link");
    if link.is_empty() && !app.rooms.conference().state().prepared {
        // No script has read the link: it is typed.
        let problem = Problem { field: "link".to_owned(), sentence: card::behind(visitor.reader).to_owned() };
        let form = Filled { problem: Some(problem), ..sent.filled() };
        return setup_with(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, form);
    }
    if !may_set_up(&app, link) {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    }
    match first_acts(&app, &visitor, &sent).await {
        Err(problem) => {
            let form = Filled { problem: Some(problem), ..sent.filled() };
            setup_with(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, form)
        }
        Ok((acts, pass)) => match app.rooms.conference().act_all(Who::Server, &acts).await {
            Ok(()) => {
                let state = app.rooms.conference().state();
                let Some(pass) = state.passes.get(&pass) else {
                    return answers::error_page(&app, &visitor, ErrorKind::NotSaved);
                };
                welcome(&app, &visitor, pass).await
            }
            // Somebody else was first with the same link.
            Err(Failure::Refused(_)) => answers::error_page(&app, &visitor, ErrorKind::NotFound),
            Err(_) => answers::error_page(&app, &visitor, ErrorKind::NotSaved),
        },
    }
}

async fn first_acts(app: &App, visitor: &Visitor, sent: &Sent) -> Result<(Vec<Act>, PassId), Problem> {
    let r = visitor.reader;
    let settings = settings_of(r, sent)?;
    let login = login_of(app, visitor, sent).await?;
    let id = PassId(edge::fresh_id());
    // Nobody knows this secret: the organizer signs in with name and phrase.
    let digest = edge::digest(&edge::fresh_secret());
    let pass = NewPass {
        id,
        role: Role::Organizer,
        session: None,
        person: None,
        digest,
        until: None,
        one_device: false,
        paper: None,
        link: String::new(),
    };
    let prepare =
        Act::Prepare { name: settings.name.clone(), venue: settings.venue.clone(), utc_offset: settings.utc_offset };
    let configure = Act::Configure { seen: 0, settings: Box::new(settings) };
    let login = Act::SetLogin { pass: id, login, old: String::new(), stays: None };
    Ok((vec![prepare, configure, Act::Issue(pass), login], id))
}

/// Name and hash of what was typed.
async fn login_of(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Login, Problem> {
    let problem = |field: &str, refusal: &Refusal| Problem {
        field: field.to_owned(),
        sentence: refusals::sentence(visitor.reader, refusal, app.rooms.clock().now()),
    };
    let login = line(sent.get("login"), LINE).map_err(|refusal| problem("login", &refusal))?;
    if login.is_empty() {
        return Err(problem("login", &Refusal::Empty));
    }
    let secret = sent.get("secret").to_owned();
    if secret.chars().count() < LEAST {
        let least = u32::try_from(LEAST).unwrap_or(u32::MAX);
        return Err(problem("secret", &Refusal::WeakSecret { least }));
    }
    let busy = |_| Problem {
        field: "secret".to_owned(),
        sentence: nadwa_app::words::error::too_many_text(visitor.reader).to_owned(),
    };
    let hashed = HASHING.run(move || slow::keep_phrase(&secret)).await.map_err(busy)?;
    let hash = hashed.ok_or_else(|| problem("secret", &Refusal::BadPlan))?;
    Ok(Login { name: login, hash })
}

/// One hash takes nineteen megabytes: so many at once, and so many who wait, whoever asks (`G2`).
static HASHING: LazyLock<Queue> = LazyLock::new(|| Queue::new(2, 60));

fn fits(secret: &str, hash: &str, permit: Permit<Phrase>) -> Option<()> {
    permit.judge(slow::is_phrase(secret, hash).then_some(()))
}

/// The same, when its turn has come.
async fn looked_at(app: &App, visitor: &Visitor, secret: String, hash: String) -> Result<bool, Wait> {
    let compare = move |permit| fits(&secret, &hash, permit);
    Ok(app.permits.look(&HASHING, (visitor.caller(), app.rooms.clock()), compare).await?.is_some())
}

/// `GET /sign-in`.
pub async fn sign_in_page(State(app): State<App>, visitor: Visitor) -> Response {
    let (_, cookie) = visitor.phone_at_page(&app);
    let page = access::sign_in(&visitor.page(&app), Filled::default());
    answers::with_cookie(answers::html(&app, StatusCode::OK, page), cookie)
}

/// `POST /sign-in`.
pub async fn sign_in(State(app): State<App>, visitor: Visitor, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let sent = Sent(fields);
    let typed = nadwa_domain::text::clean(sent.get("login"));
    let state = app.rooms.conference().state();
    let found = state.logins.iter().find(|(_, login)| login.name.eq_ignore_ascii_case(&typed));
    let pass = found.and_then(|(pass, _)| state.passes.get(pass)).filter(|pass| pass.works(app.rooms.clock().now()));
    // A name that nobody has takes as long as one that somebody has: a hash is computed in any case.
    let hash = found.map_or_else(|| NOBODYS.to_owned(), |(_, login)| login.hash.clone());
    let secret = sent.get("secret").to_owned();
    let right = match looked_at(&app, &visitor, secret, hash).await {
        Ok(right) => right,
        Err(wait) => return answers::wait(&app, &visitor, wait),
    };
    match pass.filter(|_| right) {
        Some(pass) => welcome(&app, &visitor, pass).await,
        None => {
            let mut form = sent.filled();
            form.fields.remove("secret");
            let now = app.rooms.clock().now();
            let sentence = refusals::sentence(visitor.reader, &Refusal::WrongSecret, now);
            form.problem = Some(Problem { field: "secret".to_owned(), sentence });
            answers::html(&app, StatusCode::UNPROCESSABLE_ENTITY, access::sign_in(&visitor.page(&app), form))
        }
    }
}

/// The hash of no secret that anybody knows.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5c3NhbHQxMjM0NQ$7n0Y2m9cQhVYJ3q7cM0C2l4dXx2m0m2mS0m9m1Yx7Xg";

/// `GET /organizer/secret`: after an invitation, or to change name and phrase.
pub async fn secret_page(o: Organizing) -> Response {
    let form = Filled { fields: kept_name(&o).into_iter().collect(), ..Filled::default() };
    o.page(false, access::choose_secret(&o.at("/organizer/secret"), form, has_login(&o)))
}

fn kept_name(o: &Organizing) -> Option<(String, String)> {
    let name = o.conference().logins.get(&o.who.pass()?)?.name.clone();
    Some(("login".to_owned(), name))
}

fn has_login(o: &Organizing) -> bool {
    kept_name(o).is_some()
}

/// `POST /organizer/secret`.
pub async fn set_secret(o: Organizing) -> Response {
    let Some(pass) = o.who.pass() else { return o.nothing() };
    let outcome = match (old_of(&o, pass).await, login_of(&o.app, &o.visitor, &o.sent).await) {
        (Ok(old), Ok(login)) => {
            let here = o.visitor.devices(&o.app).into_iter();
            let mut stays =
                here.filter(|device| o.conference().devices.get(device).is_some_and(|it| it.new.pass == pass));
            o.act("login", &[Act::SetLogin { pass, login, old, stays: stays.next_back() }]).await
        }
        (Err(problem), _) | (_, Err(problem)) => Err(Wrong::Form(problem)),
    };
    match outcome {
        Ok(()) => answers::see("/organizer"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let mut form = Filled { problem: Some(problem), ..o.sent.filled() };
            form.fields.remove("secret");
            form.fields.remove("old");
            o.page(true, access::choose_secret(&o.at("/organizer/secret"), form, has_login(&o)))
        }
    }
}

/// The hash that the phrase before was found to fit; empty where there is none yet.
async fn old_of(o: &Organizing, pass: PassId) -> Result<String, Problem> {
    let Some(hash) = o.conference().logins.get(&pass).map(|login| login.hash.clone()) else { return Ok(String::new()) };
    let (typed, kept) = (o.sent.get("old").to_owned(), hash.clone());
    let right = looked_at(&o.app, &o.visitor, typed, kept).await;
    let right = right.map_err(|_| o.says("old", nadwa_app::words::error::too_many_text(o.r())))?;
    if right { Ok(hash) } else { Err(o.says("old", nadwa_app::words::access::wrong_old(o.r()))) }
}

/// `GET /organizer/access`.
pub async fn page(o: Organizing) -> Response {
    page_with(&o, None, Filled::default())
}

fn page_with(o: &Organizing, invitation: Option<String>, form: Filled) -> Response {
    let refused = form.problem.is_some();
    let data = Access { devices: devices(o), organizers: organizers(o), invitation, form };
    o.page(refused, access::access(&o.at("/organizer/access"), data))
}

fn devices(o: &Organizing) -> Vec<DeviceView> {
    let (conference, lang, own) = (o.conference(), o.r().lang, o.visitor.devices(&o.app));
    let names = o.app.rooms.names_on_cards();
    let mut devices: Vec<DeviceView> = conference
        .devices
        .values()
        .filter_map(|device| {
            let pass = &conference.passes.get(&device.new.pass)?.issued;
            let login = conference.logins.get(&pass.id).map(|login| nadwa_domain::Phrase::written(&login.name, lang));
            let name = names.get(&pass.id).map(|name| name.for_reader(lang));
            Some(DeviceView {
                id: device.new.id.0,
                role: pass.role,
                session: pass.session.and_then(|id| conference.listing(id)).map(|s| s.title.for_reader(lang)),
                person: name.or(login),
                since: device.since,
                own: own.contains(&device.new.id),
            })
        })
        .collect();
    devices.sort_by_key(|device| std::cmp::Reverse(device.since));
    devices
}

fn organizers(o: &Organizing) -> Vec<OrganizerView> {
    let (conference, now) = (o.conference(), o.app.rooms.clock().now());
    let on = |pass: PassId| conference.devices.values().filter(|device| device.new.pass == pass).count();
    conference
        .passes
        .values()
        .filter(|pass| pass.issued.role == Role::Organizer && pass.works(now))
        .map(|pass| OrganizerView {
            pass: pass.issued.id.0,
            name: conference.logins.get(&pass.issued.id).map(|login| login.name.clone()),
            used: pass.used,
            devices: u32::try_from(on(pass.issued.id)).unwrap_or(u32::MAX),
            own: o.who.pass() == Some(pass.issued.id),
        })
        .collect()
}

/// `POST /organizer/access/invite`: another organizer; the link is shown once.
pub async fn invite(o: Organizing) -> Response {
    let (mut pass, link) = crate::http::manage::cards::new_pass(&o.app.public_url, Role::Organizer, None);
    pass.until = Some(o.app.rooms.clock().now() + INVITED_FOR);
    match o.act("", &[Act::Issue(pass)]).await {
        Ok(()) => page_with(&o, Some(link), Filled::default()),
        Err(wrong) => refuse(&o, wrong),
    }
}

/// `POST /organizer/access/devices/{id}/sign-out`.
pub async fn sign_out(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(device) = id.parse::<DeviceId>() else { return o.nothing() };
    finish(&o, Act::SignOut { device }).await
}

/// `POST /organizer/access/organizers/{id}/sign-out`: every device of one organizer.
pub async fn sign_out_everywhere(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(pass) = id.parse::<PassId>() else { return o.nothing() };
    finish(&o, Act::SignOutAll { pass }).await
}

/// `POST /organizer/access/organizers/{id}/revoke`.
pub async fn revoke(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(pass) = id.parse::<PassId>() else { return o.nothing() };
    finish(&o, Act::Revoke { pass }).await
}

async fn finish(o: &Organizing, act: Act) -> Response {
    match o.act("", std::slice::from_ref(&act)).await {
        Ok(()) => answers::see(if o.visitor.passes(&o.app).is_empty() { "/sign-in" } else { "/organizer/access" }),
        Err(wrong) => refuse(o, wrong),
    }
}

fn refuse(o: &Organizing, wrong: Wrong) -> Response {
    match wrong {
        Wrong::Page(page) => *page,
        Wrong::Form(problem) => page_with(o, None, Filled { problem: Some(problem), ..Filled::default() }),
    }
}

/// `GET /me`: where whoever holds a pass on this device works; with several, a link to each (`N5`).
pub async fn where_i_work(State(app): State<App>, visitor: Visitor) -> Response {
    let page = visitor.page(&app);
    match page.own.as_slice() {
        [] => answers::see("/card"),
        [only] => answers::see(&only.path),
        _ => answers::html(&app, StatusCode::OK, own::own(&page)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permits::{Caller, Origin, Permits};
    use nadwa_domain::Instant;

    #[test]
    fn a_secret_fits_its_own_hash_and_no_other() {
        let hash = slow::keep_phrase("أربع كلمات لا علاقة بينها").unwrap();
        let permits = Permits::new(Instant(0));
        let fits = |secret: &str, hash: &str| {
            let permit = permits.take(Caller { from: Origin::of(None), phone: None }, Instant(0)).unwrap();
            fits(secret, hash, permit).is_some()
        };
        assert!(fits("أربع كلمات لا علاقة بينها", &hash));
        assert!(!fits("أربع كلمات", &hash) && !fits("", &hash));
        assert!(!fits("x", NOBODYS) && argon2::password_hash::PasswordHash::new(NOBODYS).is_ok());
    }

    #[test]
    fn ticked_boxes_are_found_by_their_field() {
        let sent = Sent::read(b"speakers.a=on&speakers.b=on&x=1").unwrap();
        assert_eq!(sent.ticked("speakers").collect::<Vec<_>>(), ["a", "b"]);
    }
}
