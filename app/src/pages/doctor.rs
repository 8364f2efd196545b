//! Whether the machine can carry a conference (`V7`): each line is fine, or one sentence and one step.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::plan::{Here, manage};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Brand, Foot, Qr, Shape, Skip};
use crate::words::{Reader, doctor as words};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The address that phones are told.
    Address,
    /// What works in a secure context alone.
    Secure,
    /// The program's own certificate.
    Certificate,
    /// The machine's clock.
    Clock,
    /// The conference's days and zone.
    Days,
    /// How many files may be open.
    Files,
    /// Room on the disk.
    Disk,
    /// What is kept.
    Database,
    /// The copy of it.
    Backup,
    /// Numbers that answer.
    Helplines,
    /// A phone in the hall.
    Second,
    /// Walls and stages.
    Screens,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The address is the machine's own, or none.
    NobodysAddress,
    /// It listens to the machine alone.
    ListensToItself,
    /// The machine is in no network of phones.
    NoNetwork,
    /// The machine has another address by now.
    AddressMoved,
    /// There is no TLS.
    NotSecure,
    /// The certificate cannot be shown.
    BadCertificate,
    /// It is not good today.
    CertificateOver,
    /// It is for another name.
    OthersCertificate,
    /// It ends too soon.
    CertificateEnds,
    /// The clock does not fit what was written.
    WrongClock,
    /// Days or zone were not said.
    NoDays,
    /// Too few files may be open.
    FewFiles,
    /// The disk is almost full.
    LittleRoom,
    /// Something cannot be read or written.
    Unreadable,
    /// No backup is known of.
    NoBackup,
    /// The last one is old.
    OldBackup,
    /// Nobody has confirmed a number.
    NoHelpline,
    /// No other device has come since the start.
    NobodyCame,
    /// A screen that was there is not.
    ScreenAway,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was looked at.
    pub place: Place,
    /// What is wrong with it; nothing if it is fine.
    pub trouble: Option<Trouble>,
}

/// What a line is about, and what it says.
#[must_use]
pub fn says(r: Reader, line: Line) -> (&'static str, &'static str) {
    (name(r, line.place), line.trouble.map_or(words::fine(r), |trouble| sentence(r, trouble)))
}

fn name(r: Reader, place: Place) -> &'static str {
    match place {
        Place::Address => words::address(r),
        Place::Secure => words::secure(r),
        Place::Certificate => words::certificate(r),
        Place::Clock => words::clock(r),
        Place::Days => words::days(r),
        Place::Files => words::files(r),
        Place::Disk => words::disk(r),
        Place::Database => words::database(r),
        Place::Backup => words::backup(r),
        Place::Helplines => words::helplines(r),
        Place::Second => words::second(r),
        Place::Screens => words::screens(r),
    }
}

fn sentence(r: Reader, trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NobodysAddress => words::nobodys_address(r),
        Trouble::ListensToItself => words::listens_to_itself(r),
        Trouble::NoNetwork => words::no_network(r),
        Trouble::AddressMoved => words::address_moved(r),
        Trouble::NotSecure => words::not_secure(r),
        Trouble::BadCertificate => words::bad_certificate(r),
        Trouble::CertificateOver => words::certificate_over(r),
        Trouble::OthersCertificate => words::others_certificate(r),
        Trouble::CertificateEnds => words::certificate_ends(r),
        Trouble::WrongClock => words::wrong_clock(r),
        Trouble::NoDays => words::no_days(r),
        Trouble::FewFiles => words::few_files(r),
        Trouble::LittleRoom => words::little_room(r),
        Trouble::Unreadable => words::unreadable(r),
        Trouble::NoBackup => words::no_backup(r),
        Trouble::OldBackup => words::old_backup(r),
        Trouble::NoHelpline => words::no_helpline(r),
        Trouble::NobodyCame => words::nobody_came(r),
        Trouble::ScreenAway => words::screen_away(r),
    }
}

/// The page; `reached` is the address that a phone in the hall opens, and its code.
#[must_use]
pub fn doctor(page: &Page, lines: Vec<Line>, reached: (String, Qr)) -> Html {
    let r = page.reader;
    let (address, qr) = reached;
    manage(page, words::title(r).to_owned(), Here::Board, move || {
        let each = lines.into_iter().map(|line| {
            let (name, sentence) = says(r, line);
            let shape = if line.trouble.is_some() { "hold" } else { "check" };
            view! { <li><Shape name=shape/> " " <span><b>{name}</b> " · " {sentence}</span></li> }
        });
        view! {
            <section class="card" aria-labelledby="list">
                <h2 id="list">{words::title(r)}</h2>
                <p class="note">{words::lead(r)}</p>
                <ul class="checks">{each.collect_view()}</ul>
            </section>
            <section class="card" aria-labelledby="scan">
                <h2 id="scan">{words::scan(r)}</h2>
                <Qr qr label=words::scan(r).to_owned()/>
                <p class="note"><bdi dir="ltr">{address}</bdi></p>
            </section>
        }
    })
}

/// What a phone sees that has come so far (`V7`).
#[must_use]
pub fn reached(page: &Page) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "phone errors",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <header class="top">
                <Brand reader=r/>
            </header>
            <main id="main">
                <h1>{words::reached(r)}</h1>
                <p>{words::reached_note(r)}</p>
            </main>
            <Foot reader=r code=None/>
        }
    })
}
