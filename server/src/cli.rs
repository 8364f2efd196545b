//! The command line: what `nadwa` does when it is called.

use std::process::ExitCode;

use crate::config::{Cli, Serve, Verb};
use crate::edge::Clock;
use crate::files::{Files, call, painter, press, remake};
use crate::http::manage::cards::new_pass;
use crate::serve::{Server, stop_on_signal};
use crate::{archive, demo, private, store};
use clap::Parser;
use nadwa_domain::conference::Act;
use nadwa_domain::{Role, Who};
use tracing_subscriber::EnvFilter;

/// Does what the command line asks for.
#[must_use]
pub fn main() -> ExitCode {
    private::begin();
    let cli = Cli::parse();
    let outcome = match cli.verb {
        // Walls are raised around a process that has one thread.
        Verb::Draw(draw) => painter::answer(draw.page),
        Verb::Bind(bind) => press::answer(&bind.folder),
        Verb::Remake => remake::answer(),
        Verb::Walls => call::walls(),
        Verb::Serve(serve) => working(serve_conference(&serve)),
        Verb::Demo(wish) => working(demo::run(&wish)),
        Verb::Export(carry) => working(archive::export(&carry.data, &carry.file)),
        Verb::Import(carry) => working(archive::import(&carry.data, &carry.file)),
        Verb::Backup(backup) => working(archive::backup(&backup.data, &backup.to)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("nadwa: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// With all processors, and a log.
fn working(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let filter = EnvFilter::try_from_env("NADWA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
    let all = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    all.map_err(|error| format!("cannot begin to work: {error}"))?.block_on(work)
}

async fn serve_conference(serve: &Serve) -> Result<(), String> {
    let folder = serve.data.display().to_string();
    let place = serve.database_url.as_deref().unwrap_or(&folder);
    // The address of a database may hold a password: it is not said.
    let said = if serve.database_url.is_some() { "the database" } else { place };
    let store = store::open(place).await.map_err(|error| format!("cannot open {said}: {error}"))?;
    let files = match &serve.files {
        Some(place) => Files::at(place)?,
        None => Files::in_folder(&serve.data.join("files"))?,
    };
    let files = files.drawn_by_ourselves();
    files.tell_missing_walls().await;
    let server = Server::bind(store, Clock::system(), &serve.listen).await?.with_files(files);
    tracing::info!(address = %server.app().public_url, kept_in = said, "Nadwa is ready");
    if !server.app().rooms.conference().state().prepared {
        // Printed, not logged: it opens everything, once.
        let link = server.app().setup.link(&server.app().public_url);
        println!("\nThis conference is empty. Set it up here; the link works once:\n\n  {link}\n");
    }
    if serve.new_lead {
        println!("\nOne more safeguarding lead, by this link:\n\n  {}\n", new_lead(&server).await?);
    }
    stop_on_signal(server.stopper());
    server.run().await.map_err(|error| error.to_string())
}

/// A card that needs nobody's agreement: whoever starts the server holds everything already (`G9`).
async fn new_lead(server: &Server) -> Result<String, String> {
    let app = server.app();
    let (pass, link) = new_pass(&app.public_url, Role::SafeguardingLead, None);
    let issued = app.rooms.conference().act(Who::Server, &Act::Issue(pass)).await;
    issued.map(|()| link).map_err(|failure| format!("no card could be issued: {failure}"))
}
