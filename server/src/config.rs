//! What the server is told at start: by flag or environment, checked before anything is opened.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::listen::Tls;
use crate::reach;

/// Conference sessions that children run themselves.
#[derive(Debug, Parser)]
#[command(name = "nadwa", version, after_help = LEARN)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

const LEARN: &str = "\
Begin here:
  nadwa demo                        a live demo conference, erased and made afresh at each start
  nadwa serve --data ./conference   your own conference, kept in a folder

A hall of 300 phones needs one small computer and the venue's Wi-Fi. Phones join with a code: no app, no account.
Behind a web server with TLS, say the address that phones see: --public-url https://nadwa.example.org

NADWA_LOG says how much is told on the standard error: error, warn, info (as it is), debug, trace; or by part, as in
info,nadwa::rooms=debug. Nobody has to read it, and no address of a phone and no word of a person stands in it.
Ctrl-C, SIGTERM and a closed terminal (SIGHUP) end the server cleanly; under nohup it outlives its terminal.";

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serves the conference that is kept in a folder or a database.
    Serve(Serve),
    /// Serves a demo conference, made afresh, with a live session, and prints every role's link.
    Demo(Demo),
    /// Writes the whole conference of a folder into one file; a server may be at work in the folder.
    Export(Carry),
    /// Makes a conference of such a file, in a folder where there is none.
    Import(Carry),
    /// Copies the folder as it is at one moment, while the server runs; the copy can be served.
    Backup(Backup),
    /// Says of this machine, line by line, whether it can carry a conference: fine, or one sentence and one step.
    Doctor(Doctor),
    /// Says which of this machine's addresses phones can open, and makes the sheet for the hall's door.
    Venue(Venue),
    /// Reads a PDF document; says how many of its pages can be shown, or draws one. The server calls itself so.
    #[command(hide = true)]
    Draw(Draw),
    /// Sets the booklet of papers that a folder describes, as a PDF. The server calls itself so.
    #[command(hide = true)]
    Bind(Bind),
    /// Makes a file on the standard input anew. The server calls itself so.
    #[command(hide = true)]
    Remake,
    /// Says which walls around the processes that open files this system cannot build. The server calls itself so.
    #[command(hide = true)]
    Walls,
}

/// `nadwa bind`.
#[derive(Clone, Debug, Args)]
pub struct Bind {
    /// The folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// `nadwa draw`.
#[derive(Clone, Debug, Args)]
pub struct Draw {
    /// The page to draw, counted from 0.
    #[arg(long, value_name = "PAGE")]
    pub page: Option<u16>,
}

/// `nadwa export` and `nadwa import`.
#[derive(Clone, Debug, Args)]
pub struct Carry {
    /// The folder that keeps the conference.
    #[arg(long, env = "NADWA_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// The file. It holds everything, names included: keep it as safe as the folder, and erase it with it.
    pub file: PathBuf,
}

/// `nadwa backup`.
#[derive(Clone, Debug, Args)]
pub struct Backup {
    /// The folder that keeps the conference.
    #[arg(long, env = "NADWA_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// An empty folder for the copy; made if it is missing. Erase it when the conference is erased.
    pub to: PathBuf,
}

/// `nadwa doctor`.
#[derive(Clone, Debug, Args)]
pub struct Doctor {
    /// As the server is started.
    #[command(flatten)]
    pub listen: Listen,
    /// The folder that keeps the conference; a server may be at work in it.
    #[arg(long, env = "NADWA_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
}

/// `nadwa venue`.
#[derive(Clone, Debug, Args)]
pub struct Venue {
    /// As the server is started.
    #[command(flatten)]
    pub listen: Listen,
    /// The name of the venue's Wi-Fi.
    #[arg(long, value_name = "NAME")]
    pub wifi: Option<String>,
    /// Its password, if it has one. It stands on the door's sheet.
    #[arg(long, env = "NADWA_WIFI_PASSWORD", value_name = "WORD", hide_env_values = true)]
    pub wifi_password: Option<String>,
    /// The code of the session that the door leads to.
    #[arg(long, value_name = "DIGITS")]
    pub session: Option<String>,
    /// Writes the sheet to this file, to be opened by a browser and printed.
    #[arg(long, value_name = "FILE")]
    pub sheet: Option<PathBuf>,
}

/// Where to listen and how the world reaches it.
#[derive(Clone, Debug, Args)]
pub struct Listen {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "NADWA_ADDR", default_value = "127.0.0.1:4700", value_name = "IP:PORT")]
    pub addr: SocketAddr,
    /// The address that phones see, for links and QR codes [default: http:// and where it listens].
    #[arg(long, env = "NADWA_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Speaks TLS itself, with the certificate chain in this file (PEM). The file is watched: a renewed one is taken at once.
    #[arg(long, env = "NADWA_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The key of that certificate (PEM).
    #[arg(long, env = "NADWA_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Listens here for plain http as well and leads it to https: phones whose owner types a name come to port 80.
    #[arg(long, env = "NADWA_HTTP_ADDR", value_name = "ADDR", requires = "tls_cert")]
    pub http_addr: Option<SocketAddr>,
    /// Trust `X-Forwarded-For`: only behind a web server of your own that sets it.
    #[arg(long, env = "NADWA_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Answers the questions by which phones find out whether a network leads anywhere, so that they stay on a Wi-Fi without
    /// Internet; `nadwa venue` says which names the venue's DNS has to lead here, at port 80.
    #[arg(long, env = "NADWA_ANSWER_PROBES")]
    pub answer_probes: bool,
    /// A folder with recordings that pages read aloud: promises.ar.mp3, notice.fr.ogg, help.en-younger.m4a.
    #[arg(long, env = "NADWA_RECORDINGS", value_name = "DIR")]
    pub recordings: Option<PathBuf>,
}

/// `nadwa serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[command(flatten)]
    pub listen: Listen,
    /// The folder that keeps everything; made if it is missing.
    #[arg(long, env = "NADWA_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Where papers' files are kept: a folder, or `s3://bucket/folder` with credentials in `AWS_…` variables [default:
    /// `files` in the data folder].
    #[arg(long, env = "NADWA_FILES", value_name = "DIR|s3://…")]
    pub files: Option<String>,
    /// Prints a link for one more safeguarding lead at start: when nobody of safeguarding has a card that works.
    #[arg(long)]
    pub new_lead: bool,
    /// Prints an organizer's link at start, which works once and for a day: when nobody knows a phrase that works.
    #[arg(long)]
    pub new_organizer: bool,
    /// A PostgreSQL database instead of the folder, when several servers share the work.
    #[arg(long, env = "NADWA_DATABASE_URL", value_name = "postgres://…", value_parser = database_url, hide_env_values = true)]
    pub database_url: Option<String>,
}

/// `nadwa demo`.
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// Where to listen.
    #[command(flatten)]
    pub listen: Listen,
    /// A folder to keep the demo in [default: a new one in the system's temporary folder]. What a demo left there is
    /// erased; a folder with anything else in it is refused.
    #[arg(long, env = "NADWA_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Writes every role's link to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub links: Option<PathBuf>,
    /// Without the simulated phones that ask and vote.
    #[arg(long)]
    pub no_phones: bool,
    /// The shortest time that a poll stays open, in seconds.
    #[arg(long, default_value_t = 45, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(0..=3600))]
    pub poll_open: u32,
}

impl Listen {
    /// At an address, and everything else as it is unless somebody says otherwise.
    #[must_use]
    pub fn at(addr: SocketAddr) -> Self {
        let (public_url, tls_cert, tls_key, recordings) = (None, None, None, None);
        let (http_addr, behind_proxy, answer_probes) = (None, false, false);
        Self { addr, public_url, tls_cert, tls_key, http_addr, behind_proxy, answer_probes, recordings }
    }

    /// The certificate that it shows itself, if it speaks TLS.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn tls(&self) -> Result<Option<Tls>, String> {
        let Some((certificate, key)) = self.tls_cert.as_deref().zip(self.tls_key.as_deref()) else { return Ok(None) };
        if self.public_url.as_deref().is_some_and(|url| url.starts_with("http://")) {
            return Err(
                "with --tls-cert the address that phones see begins with https://; change --public-url".to_owned()
            );
        }
        Tls::open(certificate, key).map(Some)
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => {
            if reach::is_nowhere(url) {
                return Err("is no address that anybody can open: say the one that phones see".to_owned());
            }
            Ok(url.to_owned())
        }
        _ => Err("begins with https:// or http:// and has no path, for example https://nadwa.example.org".to_owned()),
    }
}

fn database_url(text: &str) -> Result<String, String> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(text.to_owned())
    } else {
        Err("begins with postgres://, for example postgres://nadwa@localhost/nadwa".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn a_wrong_address_is_refused_with_an_example() {
        for wrong in [
            &format!("http://{}:4700", std::net::Ipv4Addr::UNSPECIFIED),
            "http://[::]:4700",
            "nadwa.example.org",
            "https://",
            "https://a/b",
            "ftp://a",
            "https://me@a",
        ] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
        assert_eq!(public_url("https://nadwa.example.org/").unwrap(), "https://nadwa.example.org");
        assert!(database_url("mysql://x").is_err());
    }
}
