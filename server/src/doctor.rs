//! Whether a machine can carry a conference (`V7`): each line is fine, or one sentence and one step.
//!
//! `lines` is pure: what it is told about the machine, it judges. `examine` finds that out for a server at work, and
//! `nadwa doctor` for a folder whose server may be at work or not.

pub mod examine;

use nadwa_app::pages::doctor::{Line, Place, Trouble};
use nadwa_domain::{Instant, Span};

use crate::listen::Certificate;
use crate::reach::{Address, Reach};

/// Below this a full hall finds no place.
pub const FILES: u64 = 4096;
/// Room for a conference with its papers and recordings.
pub const ROOM: u64 = 1 << 30;
/// A backup older than this is none.
const BACKUP: Span = Span::minutes(24 * 60);
/// A certificate lasts at least so long after the last day: papers and reports are read then.
const AFTERWARDS: Span = Span::minutes(7 * 24 * 60);
/// Clocks may be so far apart.
const APART: Span = Span::minutes(2);

/// What was found out.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The machine's clock.
    pub now: Instant,
    /// The newest line that was written.
    pub newest: Option<Instant>,
    /// Whether nothing is erased because the date was not confirmed.
    pub unconfirmed: bool,
    /// The address that phones are told.
    pub address: String,
    /// The machine's own addresses.
    pub addresses: Vec<Address>,
    /// Whether phones may reach where it listens; nothing if a server in front does that.
    pub listens_to_phones: Option<bool>,
    /// The certificate that the program shows itself, or why it cannot; nothing where it shows none.
    pub certificate: Option<Result<Certificate, String>>,
    /// When the last day ends, once somebody said so.
    pub last: Option<Instant>,
    /// Whether the venue's time zone is known by its name.
    pub zone: bool,
    /// How many files may be open.
    pub files: u64,
    /// How many bytes are free where things are kept; nothing if that is not told.
    pub room: Option<u64>,
    /// Whether every line can be read and written.
    pub reads: bool,
    /// When the last backup was made that is known of; a database elsewhere has its own.
    pub backup: Option<Option<Instant>>,
    /// How many helplines somebody has confirmed.
    pub helplines: usize,
    /// Whether another device has come; nothing where no server is at work.
    pub met: Option<bool>,
    /// Whether every screen that was there is; nothing where there was none.
    pub screens: Option<bool>,
}

/// The whole list, in the order in which one looks.
#[must_use]
pub fn lines(facts: &Facts) -> Vec<Line> {
    let line = |place, trouble| Some(Line { place, trouble });
    // Of what is not there, or not known, nothing is said: least of all that it is fine.
    let all = [
        line(Place::Address, address(facts)),
        line(Place::Secure, secure(facts)),
        facts.certificate.as_ref().and_then(|shown| line(Place::Certificate, certificate(facts, shown))),
        line(Place::Clock, clock(facts)),
        line(Place::Days, days(facts)),
        line(Place::Files, (facts.files < FILES).then_some(Trouble::FewFiles)),
        facts.room.and_then(|room| line(Place::Disk, (room < ROOM).then_some(Trouble::LittleRoom))),
        line(Place::Database, (!facts.reads).then_some(Trouble::Unreadable)),
        facts.backup.and_then(|last| line(Place::Backup, backup(facts.now, last))),
        line(Place::Helplines, (facts.helplines == 0).then_some(Trouble::NoHelpline)),
        facts.met.and_then(|met| line(Place::Second, (!met).then_some(Trouble::NobodyCame))),
        facts.screens.and_then(|all| line(Place::Screens, (!all).then_some(Trouble::ScreenAway))),
    ];
    all.into_iter().flatten().collect()
}

fn is_secure(facts: &Facts) -> bool {
    facts.address.starts_with("https://")
}

fn address(facts: &Facts) -> Option<Trouble> {
    let host = url::Url::parse(&facts.address).ok();
    let ip = host.as_ref().and_then(|url| match url.host()? {
        url::Host::Ipv4(ip) => Some(std::net::IpAddr::from(ip)),
        url::Host::Ipv6(ip) => Some(ip.into()),
        url::Host::Domain(_) => None,
    });
    let own = |ip| facts.addresses.iter().find(|address| address.ip == ip);
    match () {
        () if crate::reach::is_nobodys(&facts.address) => Some(Trouble::NobodysAddress),
        () if facts.listens_to_phones == Some(false) => Some(Trouble::ListensToItself),
        () if !facts.addresses.iter().any(|address| address.reach == Reach::Phones) => Some(Trouble::NoNetwork),
        // A server in front may have it.
        () if ip.is_some_and(|ip| own(ip).is_none()) && facts.listens_to_phones.is_some() => {
            Some(Trouble::AddressMoved)
        }
        () => None,
    }
}

fn secure(facts: &Facts) -> Option<Trouble> {
    (!is_secure(facts)).then_some(Trouble::NotSecure)
}

fn certificate(facts: &Facts, shown: &Result<Certificate, String>) -> Option<Trouble> {
    let Ok(certificate) = shown else { return Some(Trouble::BadCertificate) };
    let needed = facts.last.unwrap_or(facts.now).max(facts.now) + AFTERWARDS;
    match () {
        () if facts.now < certificate.from || certificate.until <= facts.now => Some(Trouble::CertificateOver),
        () if !certificate.is_for(&facts.address) => Some(Trouble::OthersCertificate),
        () if certificate.until < needed => Some(Trouble::CertificateEnds),
        () => None,
    }
}

fn clock(facts: &Facts) -> Option<Trouble> {
    let behind = facts.newest.is_some_and(|newest| facts.now + APART < newest);
    (behind || facts.unconfirmed).then_some(Trouble::WrongClock)
}

fn days(facts: &Facts) -> Option<Trouble> {
    (facts.last.is_none() || !facts.zone).then_some(Trouble::NoDays)
}

fn backup(now: Instant, last: Option<Instant>) -> Option<Trouble> {
    match last {
        None => Some(Trouble::NoBackup),
        Some(at) if now - at > BACKUP => Some(Trouble::OldBackup),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests;
