//! The demo hall: a whole session on one page, every device the real page in an `iframe`.

use leptos::prelude::*;
use nadwa_domain::Lang;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::qr::Qr;
use crate::parts::{HelpLink, Number, Shape, Skip, Top};
use crate::words::{Reader, hall as words, numbers, organizer, paper, programme, safeguarding};

/// What the demo hall shows.
#[derive(Clone, Debug)]
pub struct Hall {
    /// The devices, in the order of showing.
    pub devices: Vec<Device>,
    /// Whether simulated phones ask and vote.
    pub phones_on: bool,
    /// The organizers' board, with a pass of the demo.
    pub organizer: String,
    /// The safeguarding inbox, with a pass of the demo.
    pub safeguarding: String,
    /// A working paper that its authors are changing, with their pass.
    pub authors: String,
    /// The mentors' table of papers, with a pass of the demo.
    pub mentor: String,
    /// The join code, for one's own phone.
    pub audience_code: String,
}

/// One device of the hall.
#[derive(Clone, Debug)]
pub struct Device {
    pub kind: DeviceKind,
    /// Its page, with a pass of the demo where it needs one.
    pub url: String,
    /// The same page for the frame, perhaps by another address of this server.
    pub frame: String,
    /// The same address for a camera.
    pub qr: Qr,
}

/// Which device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKind {
    /// A phone in the hall, in Arabic.
    PhoneAr,
    /// A phone in the hall, in English.
    PhoneEn,
    /// The child moderators' tablet.
    Console,
    /// The reading desk.
    Desk,
    /// The projector.
    Screen,
    /// In front of the speaker.
    Stage,
}

impl DeviceKind {
    /// The class that gives it its size and frame.
    const fn class(self) -> &'static str {
        match self {
            Self::PhoneAr | Self::PhoneEn => "device is-phone",
            Self::Console => "device is-tablet",
            Self::Desk => "device is-laptop",
            Self::Screen => "device is-wall",
            Self::Stage => "device is-stage",
        }
    }

    /// Its name, and one sentence about it.
    fn said(self, r: Reader) -> (String, &'static str) {
        let phone = |lang: Lang| (words::phone_in(r, lang.info().name), words::phone_note(r));
        match self {
            Self::PhoneAr => phone(Lang::AR),
            Self::PhoneEn => phone(Lang::EN),
            Self::Console => (words::console(r).to_owned(), words::console_note(r)),
            Self::Desk => (words::desk(r).to_owned(), words::desk_note(r)),
            Self::Screen => (words::screen(r).to_owned(), words::screen_note(r)),
            Self::Stage => (words::stage(r).to_owned(), words::stage_note(r)),
        }
    }
}

/// The demo hall.
#[must_use]
pub fn hall(page: &Page, data: Hall) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "showcase",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div class="intro">
                    <h1>{words::title(r)}</h1>
                    <p>{words::lead(r)}</p>
                    {steps(r)}
                    {own_phone(r, &data.audience_code)}
                    {phones(r, data.phones_on)}
                </div>
                <ul class="devices">{data.devices.into_iter().map(|one| device(r, one)).collect_view()}</ul>
                {links(r, data.organizer, data.safeguarding, data.authors, data.mentor)}
            </main>
        }
    })
}

/// A question's way in four steps, to be tried in five minutes.
fn steps(r: Reader) -> impl IntoView {
    let steps = [
        ("phone", words::try_ask(r)),
        ("reads", words::try_pass(r)),
        ("check", words::try_choose(r)),
        ("question", words::try_see(r)),
    ];
    let steps = steps.map(|(form, step)| view! { <li><Shape name=form/><span>{step}</span></li> });
    view! {
        <section class="card">
            <h2>{words::try_title(r)}</h2>
            <ol class="checks">{steps.into_iter().collect_view()}</ol>
        </section>
    }
}

fn own_phone(r: Reader, code: &str) -> impl IntoView + use<> {
    view! { <p class="note">{words::own_phone(r)} " " <Number text=numbers::code(r, code)/></p> }
}

/// The switch of the simulated phones: the button says what it will do.
fn phones(r: Reader, on: bool) -> impl IntoView {
    let (word, value) = if on { (words::simulated_off(r), "false") } else { (words::simulated_on(r), "true") };
    view! {
        <form method="post" action="/demo/phones" class="buttons">
            <button class="button" name="on" value=value>{word}</button>
            <span class="note">{words::simulated_note(r)}</span>
        </form>
    }
}

fn device(r: Reader, device: Device) -> impl IntoView {
    let (name, note) = device.kind.said(r);
    view! {
        <li class=device.kind.class()>
            <div class="glass">
                <iframe src=device.frame title=name.clone()></iframe>
            </div>
            <div class="about">
                <h2>{name.clone()}</h2>
                <p class="note">{note}</p>
                <a class="button" href=device.url target="_blank" rel="noopener">{words::open_part(r)}</a>
                <Qr qr=device.qr label=name/>
            </div>
        </li>
    }
}

/// Pages that are no device.
fn links(r: Reader, board: String, inbox: String, authors: String, mentor: String) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{words::more(r)}</h2>
            <div class="buttons">
                <a class="button" href=board>{organizer::title(r)}</a>
                <a class="button" href=inbox>{safeguarding::title(r)}</a>
                <a class="button" href=authors>{paper::our_paper(r)}</a>
                <a class="button" href=mentor>{paper::table(r)}</a>
                <a class="button" href="/papers">{paper::list(r)}</a>
                <a class="button" href="/programme">{programme::title(r)}</a>
                <HelpLink reader=r code=None/>
            </div>
            <p class="note">{words::secret_link(r)} " " {words::example_note(r)}</p>
        </section>
    }
}
