//! HTTP: pages, feeds and commands. The routes read as one table.

pub mod answers;
pub mod assets;
mod awake;
mod back;
mod backstage;
mod ballot_box;
pub mod call;
mod calls;
mod care;
pub mod choices;
pub mod comers;
mod commands;
mod conference;
mod cookies;
mod desks;
pub mod doors;
mod fates;
mod feed;
mod floods;
mod forms;
pub mod guard;
mod guarding;
pub mod guards;
pub mod handover;
mod health;
mod inbox;
pub mod language;
pub mod leaving;
mod letters;
mod look;
pub mod manage;
mod openapi;
mod outcomes;
mod pages;
pub mod papers;
pub mod parts;
mod passes;
pub mod phones;
mod pictures;
mod plan;
mod polls;
pub mod probes;
pub mod public;
mod queue;
pub mod recordings;
mod rehearsal;
pub mod screens;
mod seats;
mod silent;
mod team;
pub mod visitor;
mod worker;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use nadwa_app::pages::Assets;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;

use crate::demo::DemoHandle;
use crate::doctor::examine::Machine;
use crate::files::Files;
use crate::permits::Permits;
use crate::rooms::Rooms;
use crate::store::Store;
use manage::access::Setup;

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    /// Every live room.
    pub rooms: Arc<Rooms>,
    /// For `/readyz`.
    pub store: Arc<dyn Store>,
    /// How `/readyz` was answered last.
    pub looked: Arc<health::Looked>,
    /// Names of what the bundle made.
    pub assets: Arc<Assets>,
    /// The address that phones see, without a slash at its end.
    pub public_url: Arc<str>,
    /// Whether a proxy of the operator's own tells the phones' addresses.
    pub behind_proxy: bool,
    /// Tablets that may take over.
    pub handovers: Arc<handover::Handovers>,
    /// Passes that wait until one of the other kind has left a device.
    pub instead: Arc<leaving::Instead>,
    /// Every screen.
    pub screens: Arc<screens::Screens>,
    /// How much whoever comes may ask for.
    pub comers: Arc<comers::Comers>,
    /// Who may look at a secret.
    pub permits: Arc<Permits>,
    /// Phones' identities.
    pub phones: Arc<phones::Phones>,
    /// Parts of phones' pages that are nobody's own.
    pub parts: Arc<parts::Kept>,
    /// Recordings to be read aloud.
    pub shelf: Arc<recordings::Shelf>,
    /// Ends every stream.
    pub stop: CancellationToken,
    /// The link by which an empty conference is set up.
    pub setup: Arc<Setup>,
    /// The machine that it runs on.
    pub machine: Arc<Machine>,
    /// Where papers' files are kept.
    pub files: Files,
    /// The demo, if this is one.
    pub demo: Option<Arc<DemoHandle>>,
}

/// Every route.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(public::landing))
        .route("/join", post(public::join))
        .route("/j/{code}", get(public::join_by_link))
        .route("/help", get(public::help))
        .route("/programme", get(public::programme))
        .merge(conference::routes())
        .route("/look", get(look::look))
        .route("/look/words", get(look::sentences))
        .route("/door", get(look::door))
        .route("/offline", get(worker::offline))
        .route("/sw.js", get(worker::worker))
        .route("/start.js", get(worker::start))
        .route("/plain.js", get(worker::plain))
        .route("/chacha.js", get(worker::chacha))
        .route("/exit.js", get(worker::exit))
        .route("/box.js", get(worker::empty_box))
        .route("/compile.js", get(worker::compile))
        .route("/lang/{tag}", get(choices::set_language))
        .route("/theme/{theme}", get(choices::set_theme))
        .route("/digits/{family}", get(choices::set_digits))
        .route("/words/{register}", get(choices::set_register))
        .route("/recordings/{file}", get(recordings::recording))
        .route("/comfort", get(choices::comfort).post(choices::set_comfort))
        .route("/enter.js", get(worker::enter))
        .route("/p", get(doors::child).post(passes::enter_as_child))
        .route("/a", get(doors::adult).post(passes::enter_as_adult))
        .route("/p/{secret}", get(doors::old_child))
        .route("/a/{secret}", get(doors::old_adult))
        .route("/leave", post(leaving::leave))
        .route("/left", get(leaving::page))
        .route("/leave.js", get(worker::leave))
        .route("/near.js", get(worker::near))
        .route("/follow.js", get(worker::follow))
        .route("/stay.js", get(worker::stay))
        .route("/reached", get(manage::doctor::reached))
        .route("/instead", post(leaving::instead))
        .route("/lock", post(leaving::lock))
        .route("/locked", get(leaving::locked))
        .route("/hall", get(pages::hall))
        .route("/demo/phones", post(pages::switch_phones))
        .route("/card", get(passes::card_page).post(passes::enter_by_code))
        .route("/me", get(manage::access::where_i_work))
        .route("/setup", get(manage::access::setup_page).post(manage::access::set_up))
        .route("/sign-in", get(manage::access::sign_in_page).post(manage::access::sign_in))
        .route("/programme.ics", get(manage::export::calendar))
        .route("/programme.json", get(manage::export::schedule))
        .route("/s/{code}/calendar.ics", get(manage::export::session_calendar))
        .merge(organizer_routes())
        .route("/safeguarding", get(inbox::page))
        .route("/safeguarding/part", post(inbox::part))
        .route("/safeguarding/record", post(inbox::record))
        .route("/safeguarding/{verb}", get(inbox::back).post(inbox::act))
        .route("/safeguarding/here", get(inbox::back).post(guarding::here))
        .route("/safeguarding/cards/{id}/{verb}", post(guards::act))
        .route("/safeguarding/{item}/{verb}", post(inbox::act_by_address))
        .route("/desk", get(desks::page).post(desks::open))
        .route("/desk/part", get(desks::first_part).post(desks::part))
        .route("/desk/here", post(desks::here))
        .route("/record", get(care::record))
        .route("/care", get(care::settings))
        .route("/care/keeping", post(care::keeping))
        .route("/care/words", post(care::set_words))
        .route("/care/erase", post(care::erase))
        .route("/care/clock", post(care::confirm_clock))
        .route("/data", get(care::data))
        .route("/data/dpia", get(care::dpia))
        .route("/help/call", post(calls::call))
        .route("/help/sent", get(calls::call_sent))
        .route("/help/heard", post(silent::heard))
        .route("/letters/back", post(letters::back))
        .route("/messages", get(calls::thread))
        .route("/messages/answer", post(calls::write_back))
        .route("/messages/delete", post(calls::delete))
        .route("/s/{code}", get(pages::audience))
        .route("/pictures/{id}", get(pictures::picture))
        .route("/s/{code}/part/{name}", get(parts::part))
        .route("/s/{code}/box", get(ballot_box::page))
        .route("/s/{code}/seats", get(seats::page))
        .route("/s/{code}/help", get(public::help_in_session))
        .route("/s/{code}/console", get(pages::console))
        .route("/s/{code}/desk", get(pages::desk))
        .route("/s/{code}/screen", get(pages::screen))
        .route("/s/{code}/stage", get(pages::stage))
        .route("/s/{code}/console/plan", get(backstage::plan))
        .route("/s/{code}/backstage", get(backstage::backstage))
        .route("/s/{code}/interpreters", get(backstage::interpreters))
        .route("/s/{code}/handover", get(handover::page))
        .route("/s/{code}/rehearsal", get(rehearsal::page))
        .route("/s/{code}/rehearsal/dark", get(rehearsal::dark))
        .route("/t", get(doors::tablet).post(handover::take))
        .route("/wall", get(screens::wall).post(screens::choose))
        .route("/organizer/screens", get(screens::list))
        .route("/organizer/screens/{id}/{act}", post(screens::act))
        .route("/s/{code}/lower-third", get(pages::lower_third))
        .merge(command_routes())
        .merge(running_routes())
        .merge(papers::routes())
        .merge(fates::routes())
        .merge(outcomes::routes())
        .layer(CompressionLayer::new());
    let all = Router::new()
        .merge(pages)
        .route("/s/{code}/feed", get(feed::feed))
        .route("/safeguarding/feed", get(inbox::feed))
        .route("/organizer/feed", get(manage::board::feed))
        .route("/desk/feed", get(desks::feed))
        .route("/s/{code}/picture", get(feed::picture))
        .merge(papers::streams())
        .route("/api/openapi.json", get(openapi::openapi))
        .route("/clock", get(health::clock))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(public::nothing_here);
    guard::before(all, app)
}

/// What organizers do. Their forms hold descriptions in three languages, and files.
fn organizer_routes() -> Router<App> {
    use manage::{
        access, aloud, board, cards, doctor, export, import, on_paper, organisations, people, polls, programme, ready,
        session, settings, show,
    };
    Router::new()
        .route("/organizer", get(board::page))
        .route("/organizer/part", post(board::part))
        .route("/organizer/secret", get(access::secret_page).post(access::set_secret))
        .merge(settings::routes())
        .route("/organizer/reading", get(settings::reading).post(settings::set_reading))
        .route("/organizer/doctor", get(doctor::page))
        .route("/organizer/recordings", get(aloud::page))
        .route("/organizer/recordings/{passage}", post(aloud::bring).layer(DefaultBodyLimit::max(aloud::LARGEST_FORM)))
        .route("/organizer/recordings/{passage}/remove", post(aloud::remove))
        .route("/organizer/rooms", get(settings::rooms).post(settings::add_room))
        .route("/organizer/rooms/{id}", post(settings::rename_room))
        .route("/organizer/rooms/{id}/remove", post(settings::remove_room))
        .route("/organizer/programme", get(programme::page))
        .route("/organizer/programme/publish", post(programme::publish))
        .route("/organizer/programme.csv", get(export::programme_csv))
        .route("/organizer/programme.xlsx", get(export::programme_xlsx))
        .route("/organizer/sessions/new", get(session::new))
        .route("/organizer/sessions/{id}", get(session::page).post(session::save))
        .route("/organizer/sessions/{id}/remove", post(session::remove))
        .route("/organizer/sessions/{id}/copy", post(session::copy))
        .route("/organizer/sessions/{id}/paper", get(on_paper::page))
        .route("/organizer/sessions/{id}/show", get(show::page).post(show::add))
        .route("/organizer/sessions/{id}/show/template", post(show::template))
        .route("/organizer/sessions/{id}/show/{slot}", post(show::edit))
        .route("/organizer/sessions/{id}/show/{slot}/{what}", post(show::press))
        .route(
            "/organizer/sessions/{id}/polls",
            get(polls::page).post(polls::save).layer(DefaultBodyLimit::max(polls::LARGEST_FORM)),
        )
        .merge(people::routes())
        .route("/organizer/people.csv", get(export::people_csv))
        .route("/organizer/people.xlsx", get(export::people_xlsx))
        .merge(organisations::routes())
        .route("/organizer/cards", get(cards::page).post(cards::issue))
        .route("/organizer/cards/print", post(cards::print))
        .route("/organizer/cards/{id}/print", post(cards::print_one))
        .route("/organizer/cards/{id}/revoke", post(cards::revoke))
        .route("/organizer/cards/{id}/reissue", post(cards::reissue))
        .route("/organizer/ready", get(ready::page))
        .route("/organizer/ready/place", post(ready::place))
        .route("/organizer/ready/helplines", post(ready::add_helpline))
        .route("/organizer/ready/helplines/remove", post(ready::remove_helpline))
        .route("/organizer/ready/helplines/confirm", post(ready::confirm))
        .route("/organizer/access", get(access::page))
        .route("/organizer/access/invite", post(access::invite))
        .route("/organizer/access/devices/{id}/sign-out", post(access::sign_out))
        .route("/organizer/access/organizers/{id}/sign-out", post(access::sign_out_everywhere))
        .route("/organizer/access/organizers/{id}/revoke", post(access::revoke))
        .route("/organizer/import", get(import::page).post(import::look))
        .route("/organizer/import/write", post(import::write))
        .route("/organizer/import/people.csv", get(import::samples::people))
        .route("/organizer/import/programme.csv", get(import::samples::programme))
        // A percent-encoded Arabic character is six bytes: what came as a file comes back as a form.
        .layer(DefaultBodyLimit::max(import::LARGEST_FILE * 4))
}

/// What runs a session besides: turns, plan, team, short clocks.
fn running_routes() -> Router<App> {
    Router::new()
        .route("/s/{code}/timer/interpretation", post(queue::await_interpretation))
        .route("/s/{code}/timer/short", post(queue::start_short))
        .route("/s/{code}/screen/pin", post(queue::pin))
        .route("/s/{code}/queue", post(queue::raise))
        .route("/s/{code}/queue/close", post(queue::close))
        .route("/s/{code}/queue/{id}/{act}", post(queue::act))
        .route("/s/{code}/plan/add", post(plan::add))
        .route("/s/{code}/plan/pace", post(plan::pace))
        .route("/s/{code}/plan/groups", post(plan::group))
        .route("/s/{code}/plan/rules", post(plan::rules))
        .route("/s/{code}/plan/minutes", post(plan::minutes_kept))
        .route("/s/{code}/plan/{id}/{act}", post(plan::change))
        .route("/s/{code}/team/{act}", post(team::act))
        .route("/s/{code}/team/read/{id}", post(team::read))
        .route("/s/{code}/signal", post(team::signal))
        .route("/s/{code}/rehearsal/{act}", post(rehearsal::act))
}

/// One press, one route, one [`nadwa_domain::Command`].
fn command_routes() -> Router<App> {
    Router::new()
        .route("/s/{code}/open", post(commands::open))
        .route("/s/{code}/next", post(commands::next))
        .route("/s/{code}/undo", post(commands::undo))
        .route("/s/{code}/reopen", post(commands::reopen))
        .route("/s/{code}/floor/give", post(commands::give_floor))
        .route("/s/{code}/floor/yield", post(commands::yield_floor))
        .route("/s/{code}/timer/start", post(commands::start_timer))
        .route("/s/{code}/timer/pause", post(commands::pause_timer))
        .route("/s/{code}/timer/resume", post(commands::resume_timer))
        .route("/s/{code}/timer/extend", post(commands::extend_timer))
        .route("/s/{code}/screen", post(commands::show))
        .route("/s/{code}/screen/paper", post(commands::show_paper))
        .route("/s/{code}/questions", post(commands::ask))
        .route("/s/{code}/questions/mix", post(commands::take_mix))
        .route("/s/{code}/questions/change", post(commands::change))
        .route("/s/{code}/questions/read", post(commands::read))
        .route("/s/{code}/questions/{id}/read", post(commands::read))
        .route("/s/{code}/questions/sooner", post(commands::sooner))
        .route("/s/{code}/questions/{id}/sooner", post(commands::sooner))
        .route("/s/{code}/questions/later", post(commands::later))
        .route("/s/{code}/questions/{id}/later", post(commands::later))
        .route("/s/{code}/questions/join", post(commands::join_questions))
        .route("/s/{code}/questions/{id}/join", post(commands::join_questions))
        .route("/s/{code}/questions/part", post(commands::part_questions))
        .route("/s/{code}/questions/{id}/part", post(commands::part_questions))
        .route("/s/{code}/questions/owe", post(commands::owe))
        .route("/s/{code}/questions/{id}/owe", post(commands::owe))
        .route("/s/{code}/desk/slip", post(fates::receipts::slip))
        .route("/s/{code}/desk/slow", post(commands::slow))
        .route("/s/{code}/questions/withdraw", post(commands::withdraw))
        .route("/s/{code}/questions/pass", post(commands::pass))
        .route("/s/{code}/questions/{id}/pass", post(commands::pass))
        .route("/s/{code}/questions/hold", post(commands::hold))
        .route("/s/{code}/questions/{id}/hold", post(commands::hold))
        .route("/s/{code}/questions/safeguard", post(commands::safeguard))
        .route("/s/{code}/questions/{id}/safeguard", post(commands::safeguard))
        .route("/s/{code}/questions/take-back", post(commands::take_back))
        .route("/s/{code}/questions/{id}/take-back", post(commands::take_back))
        .route("/s/{code}/questions/choose", post(commands::choose))
        .route("/s/{code}/questions/{id}/choose", post(commands::choose))
        .route("/s/{code}/questions/put-back", post(commands::put_back))
        .route("/s/{code}/questions/{id}/put-back", post(commands::put_back))
        .route("/s/{code}/questions/show", post(commands::show_question))
        .route("/s/{code}/questions/{id}/show", post(commands::show_question))
        .route("/s/{code}/questions/answered", post(commands::answered))
        .route("/s/{code}/questions/{id}/answered", post(commands::answered))
        .route("/s/{code}/questions/not-used", post(commands::not_used))
        .route("/s/{code}/questions/{id}/not-used", post(commands::not_used))
        .route("/s/{code}/polls/put-away", post(polls::put_poll_away))
        .route("/s/{code}/polls", post(polls::make))
        .route("/s/{code}/polls/{id}/open", post(polls::open_poll))
        .route("/s/{code}/polls/{id}/close", post(polls::close_poll))
        .route("/s/{code}/polls/{id}/show", post(polls::show_poll))
        .route("/s/{code}/polls/{id}/ballot", post(polls::vote))
        .route("/s/{code}/polls/{id}/last-call", post(polls::last_call))
        .route("/s/{code}/polls/{id}/second-round", post(polls::second_round))
        .route("/s/{code}/polls/{id}/annul", post(polls::annul))
        .route("/s/{code}/polls/{id}/hands", post(polls::hands))
        .route("/s/{code}/polls/{id}/word", post(polls::say_word))
        .route("/s/{code}/polls/{id}/box", post(ballot_box::vote))
        .route("/s/{code}/seat", post(polls::take_seat))
        .route("/s/{code}/seats", post(seats::issue))
        .route("/s/{code}/desk/here", post(commands::at_desk))
        .route("/s/{code}/safety/pause", post(commands::safety_pause))
        .route("/s/{code}/safety/resume", post(commands::safety_resume))
}
