//! The command line: what `nadwa` does when it is called.

use std::process::ExitCode;

use crate::config::{Cli, Serve, Verb};
use crate::edge::Clock;
use crate::files::{Files, painter, press};
use crate::serve::{Server, stop_on_signal};
use crate::{archive, demo, private, store};
use clap::Parser;
use tracing_subscriber::EnvFilter;

/// Does what the command line asks for.
pub async fn main() -> ExitCode {
    private::begin();
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("NADWA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
    let outcome = match cli.verb {
        Verb::Serve(serve) => serve_conference(&serve).await,
        Verb::Demo(wish) => demo::run(&wish).await,
        Verb::Export(carry) => archive::export(&carry.data, &carry.file).await,
        Verb::Import(carry) => archive::import(&carry.data, &carry.file).await,
        Verb::Backup(backup) => archive::backup(&backup.data, &backup.to).await,
        Verb::Draw(draw) => painter::answer(draw.page),
        Verb::Bind(bind) => press::answer(&bind.folder),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("nadwa: {sentence}");
            ExitCode::FAILURE
        }
    }
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
    let server = Server::bind(store, Clock::system(), &serve.listen).await?.with_files(files);
    tracing::info!(address = %server.app().public_url, kept_in = said, "Nadwa is ready");
    if !server.app().rooms.conference().state().prepared {
        // Printed, not logged: it opens everything, once.
        let link = server.app().setup.link(&server.app().public_url);
        println!("\nThis conference is empty. Set it up here; the link works once:\n\n  {link}\n");
    }
    stop_on_signal(server.stopper());
    server.run().await.map_err(|error| error.to_string())
}
