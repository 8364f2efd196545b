//! The command line: what `nadwa` does when it is called.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use crate::config::{Cli, Serve, Verb};
use crate::doctor::examine;
use crate::edge::Clock;
use crate::files::{Files, call, painter, press, remake};
use crate::http::manage::access::INVITED_FOR;
use crate::http::manage::cards::new_pass;
use crate::serve::{Server, stop_on_signal};
use crate::{archive, demo, log, private, store, venue};
use clap::Parser;
use nadwa_domain::conference::Act;
use nadwa_domain::{Role, Who};

/// The longest that a thread may hold the end of the process: what it does was promised to nobody.
const LEAVE_WITHIN: Duration = Duration::from_millis(500);

/// Does what the command line asks for.
#[must_use]
pub fn main() -> ExitCode {
    private::begin();
    match Cli::parse().verb {
        // Walls are raised around a process that has one thread.
        Verb::Draw(draw) => alone(painter::answer(draw.page)),
        Verb::Bind(bind) => alone(press::answer(&bind.folder)),
        Verb::Remake => alone(remake::answer()),
        Verb::Walls => alone(call::walls()),
        Verb::Serve(serve) => working(serve_conference(&serve)),
        Verb::Demo(wish) => working(demo::run(&wish)),
        Verb::Export(carry) => working(told(archive::export(&carry.data, &carry.file))),
        Verb::Import(carry) => working(told(archive::import(&carry.data, &carry.file))),
        Verb::Backup(backup) => working(told(archive::backup(&backup.data, &backup.to))),
        Verb::Doctor(doctor) => working(examine::of_folder(doctor, Clock::system())),
        Verb::Venue(venue) => alone(venue::run(&venue)),
    }
}

/// With all processors, and a log. It ends in time, whoever reads the log and whatever a thread does.
fn working(work: impl Future<Output = Result<(), String>>) -> ExitCode {
    let log = log::begin();
    let all = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = all.map_err(|error| format!("cannot begin to work: {error}")).and_then(|all| {
        let outcome = all.block_on(work);
        all.shutdown_timeout(LEAVE_WITHIN);
        outcome
    });
    if let Err(sentence) = &outcome {
        log.say(&format!("nadwa: {sentence}"));
    }
    log.finish();
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Says what was done.
async fn told(work: impl Future<Output = Result<String, String>>) -> Result<(), String> {
    work.await.map(|sentence| log::print(&sentence))
}

fn alone(outcome: Result<(), String>) -> ExitCode {
    let Err(sentence) = outcome else { return ExitCode::SUCCESS };
    // Whoever called hears by the code; there may be nobody to read.
    let _ = writeln!(std::io::stderr(), "nadwa: {sentence}");
    ExitCode::FAILURE
}

async fn serve_conference(serve: &Serve) -> Result<(), String> {
    let folder = serve.data.display().to_string();
    let place = serve.database_url.as_deref().unwrap_or(&folder);
    // The address of a database may hold a password: it is not said.
    let said = if serve.database_url.is_some() { "the database" } else { place };
    if serve.database_url.is_none() {
        archive::look_at_copy(&serve.data)?;
    }
    let store = store::open(place).await.map_err(|error| format!("cannot open {said}: {error}"))?;
    let files = match &serve.files {
        Some(place) => Files::at(place)?,
        None => Files::in_folder(&serve.data.join("files"))?,
    };
    if serve.database_url.is_none() {
        archive::note_elsewhere(&serve.data, serve.files.as_deref())?;
    }
    let files = files.drawn_by_ourselves();
    files.tell_missing_walls().await;
    let server = Server::bind(store, Clock::system(), &serve.listen).await?.with_files(files);
    // A database elsewhere has its own disk and its own backups.
    let server = if serve.database_url.is_none() { server.with_folder(&serve.data) } else { server };
    stop_on_signal(server.stopper());
    tracing::info!(address = %server.app().public_url, kept_in = said, "Nadwa is ready");
    if let Some(plain) = server.plain_addr() {
        tracing::info!(%plain, "plain http is led to that address");
    }
    if !server.app().rooms.conference().state().prepared {
        // Printed, not logged: it opens everything, once.
        let link = server.app().setup.link(&server.app().public_url);
        log::print(&format!("\nThis conference is empty. Set it up here; the link works once:\n\n  {link}\n"));
    }
    if serve.new_lead {
        let link = new_card(&server, Role::SafeguardingLead).await?;
        log::print(&format!("\nOne more safeguarding lead, by this link:\n\n  {link}\n"));
    }
    if serve.new_organizer {
        let link = new_card(&server, Role::Organizer).await?;
        log::print(&format!(
            "\nOne more organizer, by this link, who then takes back what nobody can use:\n\n  {link}\n"
        ));
    }
    server.run().await.map_err(|error| error.to_string())
}

/// A card that needs nobody's agreement: whoever starts the server holds everything already (`G9`).
async fn new_card(server: &Server, role: Role) -> Result<String, String> {
    let app = server.app();
    let (mut pass, link) = new_pass(&app.public_url, role, None);
    pass.until = (role == Role::Organizer).then(|| app.rooms.clock().now() + INVITED_FOR);
    let issued = app.rooms.conference().act(Who::Server, &Act::Issue(pass)).await;
    issued.map(|()| link).map_err(|failure| format!("no card could be issued: {failure}"))
}
