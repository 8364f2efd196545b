//! Set-up, signing in, and who is signed in where.

use leptos::prelude::*;
use nadwa_domain::{Lang, Phrase, Role};
use uuid::Uuid;

use crate::pages::Page;
use crate::pages::link::Exchange;
use crate::pages::plan::{Filled, Here, asked, entrance, manage, ours, press};
use crate::pages::shell::Html;
use crate::pages::{Write, Written};
use crate::parts::Plain;
use crate::parts::team::role_name;
use crate::words::{Reader, access as words, common, numbers};

/// The set-up of an empty conference, behind its one-time link.
#[must_use]
pub fn setup(page: &Page, form: Filled, zones: Vec<String>) -> Html {
    let r = page.reader;
    entrance(page, words::setup(r).to_owned(), move || {
        let all: Vec<Lang> = Lang::all().collect();
        view! {
            {form.says()}
            <form class="card form" method="post" action="/setup">
                <p class="note">{words::setup_lead(r)}</p>
                {link_field(r, &form)}
                {conference_fields(r, &form, &all, zones)}
                {secret_fields(r, &form)}
                <button class="button main">{words::begin(r)}</button>
            </form>
            <Exchange/>
        }
    })
}

/// The link's secret, which a script takes from behind `#`; typed where there was none.
fn link_field(r: Reader, form: &Filled) -> Written {
    if form.problem.as_ref().is_some_and(|problem| problem.field == "link") {
        return form.line(words::setup_link(r), "link");
    }
    view! { <input type="hidden" name="link" data-secret="" value=form.value("link")/> }.written()
}

/// Name, venue, languages, zone and days: of the set-up, and of the settings later.
pub(super) fn conference_fields(r: Reader, form: &Filled, langs: &[Lang], zones: Vec<String>) -> Written {
    let languages = Lang::all().map(|lang| {
        let name = Phrase { text: lang.info().name.to_owned(), lang, dir: lang.dir() };
        (lang.tag().to_owned(), name)
    });
    let zones = zones.into_iter().map(|zone| view! { <option value=zone></option> }).collect_view();
    view! {
        {form.said(words::name(r), "name", langs, 0)}
        {form.said(words::venue(r), "venue", langs, 0)}
        {form.any_of(words::languages(r), "languages", languages.collect())}
        <div class="pair">
            {form.typed(words::first_day(r), "first", "date")}
            {form.typed(words::last_day(r), "last", "date")}
        </div>
        <div class="field-of">
            <label for="zone">{words::zone(r)}</label>
            <input id="zone" name="zone" list="zones" dir="ltr" value=form.value("zone") autocomplete="off" maxlength="60"
                aria-describedby="zone-note"/>
            <datalist id="zones">{zones}</datalist>
            <p class="note" id="zone-note">{words::zone_note(r)}</p>
            {form.problem.as_ref().filter(|p| p.field == "zone").map(|p| super::beside(p.sentence.clone()))}
        </div>
    }
    .written()
}

fn secret_fields(r: Reader, form: &Filled) -> Written {
    view! {
        {form.line(words::sign_in_name(r), "login")}
        {form.typed(words::secret(r), "secret", "password")}
        <p class="note">{words::secret_note(r)}</p>
    }
    .written()
}

/// Where an organizer signs in.
#[must_use]
pub fn sign_in(page: &Page, form: Filled) -> Html {
    let r = page.reader;
    entrance(page, words::sign_in(r).to_owned(), move || {
        view! {
            {form.says()}
            <form class="card form" method="post" action="/sign-in">
                {form.line(words::sign_in_name(r), "login")}
                {form.typed(words::secret(r), "secret", "password")}
                <button class="button main">{words::sign_in(r)}</button>
                <a class="button bare" href="/card">{words::have_card(r)}</a>
            </form>
        }
    })
}

/// Where an organizer chooses name and secret; whoever has one types it before another takes its place.
#[must_use]
pub fn choose_secret(page: &Page, form: Filled, has_one: bool) -> Html {
    let r = page.reader;
    entrance(page, words::choose_secret(r).to_owned(), move || {
        view! {
            {form.says()}
            <form class="card form" method="post" action="/organizer/secret">
                {has_one.then(|| form.typed(words::old_secret(r), "old", "password"))}
                {secret_fields(r, &form)}
                {has_one.then(|| view! { <p class="note">{words::others_leave(r)}</p> })}
                <button class="button main">{common::save(r)}</button>
            </form>
        }
    })
}

/// Devices and organizers.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Devices that are signed in, the newest first.
    pub devices: Vec<DeviceView>,
    /// Who may organize.
    pub organizers: Vec<OrganizerView>,
    /// The link of an invitation that was just made: shown this once.
    pub invitation: Option<String>,
    /// Refusals.
    pub form: Filled,
}

/// A device that is signed in.
#[derive(Clone, Debug)]
pub struct DeviceView {
    pub id: Uuid,
    pub role: Role,
    pub session: Option<Phrase>,
    /// Whose card it showed.
    pub person: Option<Phrase>,
    /// Since when, on the venue's clock.
    pub since: nadwa_domain::Instant,
    /// Whether it is this very browser.
    pub own: bool,
}

/// Somebody who may organize.
#[derive(Clone, Debug)]
pub struct OrganizerView {
    /// The id of their pass.
    pub pass: Uuid,
    /// The name that they sign in with; nothing before they chose one.
    pub name: Option<String>,
    /// Whether they have ever come in.
    pub used: bool,
    /// On how many devices.
    pub devices: u32,
    /// Whether it is who reads this.
    pub own: bool,
}

/// The page of both.
#[must_use]
pub fn access(page: &Page, data: Access) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    manage(page, crate::words::manage::access(r).to_owned(), Here::Access, move || {
        let devices = data.devices.into_iter().map(|d| device(r, offset, d)).collect_view();
        let organizers = data.organizers.into_iter().map(|o| organizer(r, o)).collect_view();
        let invitation = data.invitation.map(|link| {
            view! {
                <section class="card attention whole" role="status">
                    <h2>{words::invitation(r)}</h2>
                    <p>{crate::words::organizer::pass_once(r)}</p>
                    <p>{words::invitation_note(r)}</p>
                    <p><bdi class="number wraps" dir="ltr">{link}</bdi></p>
                </section>
            }
        });
        view! {
            {data.form.says()}
            {invitation}
            <section class="card whole" aria-labelledby="devices">
                <h2 id="devices">{words::devices(r)}</h2>
                <p class="note">{words::devices_note(r)}</p>
                <ul class="lines">{devices}</ul>
            </section>
            <section class="card whole" aria-labelledby="organizers">
                <h2 id="organizers">{words::organizers(r)}</h2>
                <ul class="lines">{organizers}</ul>
                <div class="buttons">
                    {press("/organizer/access/invite".to_owned(), vec![], words::invite(r))}
                    <a class="button quiet" href="/organizer/secret">{words::choose_secret(r)}</a>
                </div>
            </section>
        }
    })
}

fn device(r: Reader, offset: i32, device: DeviceView) -> impl IntoView {
    let action = format!("/organizer/access/devices/{}/sign-out", device.id);
    let since = [numbers::date(r, device.since, offset), numbers::time_of_day(r, device.since, offset)].join(" · ");
    view! {
        <li>
            <span>
                <b>{role_name(r, device.role)}</b>
                {device.person.map(|person| view! { " · " <Plain phrase=person/> })}
                {device.session.map(|session| view! { <span class="note block"><Plain phrase=session/></span> })}
                <span class="note block"><span class="when">{since}</span> {device.own.then(|| [" · ", words::this_device(r)].concat())}</span>
            </span>
            <div class="does">{press(action, vec![], words::sign_out(r))}</div>
        </li>
    }
}

fn organizer(r: Reader, organizer: OrganizerView) -> impl IntoView {
    let base = format!("/organizer/access/organizers/{}", organizer.pass);
    let unnamed = if organizer.used { words::no_name(r) } else { words::not_yet(r) };
    let name = organizer.name.map_or_else(|| ours(r, unnamed), |name| Phrase::written(&name, r.lang));
    let everywhere =
        (organizer.devices > 0).then(|| press([&base, "/sign-out"].concat(), vec![], words::sign_out_everywhere(r)));
    let revoke =
        (!organizer.own).then(|| asked(r, [&base, "/revoke"].concat(), vec![], crate::words::organizer::revoke(r)));
    view! {
        <li>
            <span>
                <b><Plain phrase=name/></b>
                {organizer.own.then(|| [" · ", words::you(r)].concat())}
                <span class="note block">{words::on_devices(r, organizer.devices.into())}</span>
            </span>
            <div class="does">{everywhere} {revoke}</div>
        </li>
    }
}
