//! The phone in the hall, live: what is on stage, one thing to do, my own questions.
//!
//! One state and one view of it, for the sake of every phone's bytes: whatever happens changes [`Phone`], and the page
//! is rendered again in place. Elements stay where they are, and with them focus and typed text. Listeners stand on
//! their own elements (`capture`): delegation to the document would cost more than it saves.

mod ask;
mod draft;
mod field;
mod part;
mod told;

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::audience::AudienceView;
use nadwa_domain::view::mine::MineView;
use nadwa_domain::view::part::{MINE, POLL};
use nadwa_domain::view::poll::Stand;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, SubmitEvent};

use crate::live::feed::{self, Link};
use crate::live::send::{Letter, Outcome};
use crate::live::{clock, later, send};
use crate::parts::clock::voice::Ear;
use crate::parts::given::{self, still};
use crate::parts::{Refusal, link};
use crate::wire::{Place, Refused, event};
use crate::words;

/// Where questions are sent to.
const QUESTIONS: &str = "/questions";

/// What could not be sent is tried again so much later, in milliseconds, even if nothing says that it can arrive.
const AGAIN_MS: u32 = 10_000;

/// What the page begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The session's join code.
    pub code: String,
    /// What everybody sees.
    pub view: AudienceView,
    /// What this phone alone sees.
    pub mine: MineView,
    /// What the last plain form was refused.
    pub refused: Option<Refused>,
    /// What the last plain form was answered.
    pub said: Option<String>,
}

/// Everything that the page shows, but for the time.
struct Phone {
    place: Place,
    code: String,
    view: AudienceView,
    mine: MineView,
    link: Link,
    /// The thank-you: the same for every question that arrives (`S3`).
    thanks: Option<String>,
    /// Why a question was not taken; beside the text.
    refused: Option<String>,
    /// Why anything else was not done.
    notice: Option<String>,
    /// What only screen readers announce, once: by two live regions in turn, so that a repeated sentence is a change
    /// too.
    spoken: String,
    /// Which live region announces next.
    turn: bool,
    /// What was announced from server-rendered parts, by the id of the element that holds it.
    heard: Vec<(String, String)>,
    /// What was typed into a plain form that was refused.
    typed: String,
    /// Something is typed: the form stays, whatever else comes.
    writing: bool,
    /// There may be a name or a number in it.
    private: bool,
    /// A part of the page is being asked for.
    asking: bool,
    /// What could not be sent: it is sent again by itself, with the same ids, so never doubled.
    waiting: Vec<Letter>,
}

/// The state of the page, and the time.
#[derive(Clone, Copy)]
struct Hall {
    phone: RwSignal<Phone>,
    now: RwSignal<Instant>,
}

/// The whole page between skip link and foot. Its page gives it a [`Start`], and the still parts `brand`, `langs`,
/// `notice`, `said`, `signs` and `promises`.
#[island]
pub fn AudienceIsland() -> impl IntoView {
    later::whole_of(given::start, Hall::new, live)
}

fn live(hall: Hall) -> impl IntoView {
    let main = later::part("#main", move || move || hall.phone.with(|phone| main(hall, phone)));
    later::then(move || hall.take_up());
    later::then(move || hall.listen());
    later::then(move || hall.keep_time());
    later::then(move || hall.take_back());
    view! { {move || hall.phone.with(|phone| head(hall, phone))} {main} }
}

/// What stands over everything: the connection, and the moment.
fn head(hall: Hall, phone: &Phone) -> impl IntoView + use<> {
    let r = phone.place.reader;
    view! {
        <header class="top" translate="no">
            {still("brand")}
            {link::link_word(r, phone.link)}
            {still("langs")}
        </header>
        {link::strip(r, phone.link)}
        {ear(phone, true)}
        {ear(phone, false)}
        {field::field(hall, phone)}
    }
}

/// One of the two ARIA live regions that announce in turn.
fn ear(phone: &Phone, turn: bool) -> impl IntoView + use<> {
    let spoken = if turn == phone.turn { phone.spoken.clone() } else { String::new() };
    view! {
        <p class="unseen" role="status">
            {spoken}
        </p>
    }
}

/// What there is to do.
fn main(hall: Hall, phone: &Phone) -> impl IntoView + use<> {
    view! {
        <main id="main" translate="no" on:submit:capture=move |event| hall.submit(&event)>
            {phone.notice.clone().map(|sentence| view! { <Refusal sentence/> })}
            // A server-rendered part stays as it is until it is fetched again; a pause hides it at once.
            <div class="parts" hidden=!phone.goes_on()>
                {still(POLL)}
            </div>
            {ask::ask(hall, phone)}
            <div class="parts">{still(MINE)}</div>
            <div class="parts" hidden=!phone.goes_on()>{still("signs")}</div>
            {still("promises")}
        </main>
    }
}

impl Phone {
    fn new(start: Start) -> Self {
        let Start { place, code, view, mine, refused, said } = start;
        let Refused { sentence, field, typed, .. } = refused.unwrap_or_default();
        let sentence = Some(sentence).filter(|sentence| !sentence.is_empty());
        let (refused, notice) = if field == "text" { (sentence, None) } else { (None, sentence) };
        Self {
            place,
            code,
            view,
            mine,
            link: Link::Live,
            thanks: said,
            refused,
            notice,
            spoken: String::new(),
            turn: false,
            heard: Vec::new(),
            writing: !typed.is_empty(),
            typed,
            private: false,
            asking: false,
            waiting: Vec::new(),
        }
    }

    /// An address of this session; the page's own without a path.
    fn to(&self, path: &[&str]) -> String {
        ["/s/", &self.code, &path.concat()].concat()
    }

    /// Whether the session goes on: nothing can be sent before, after, and while it is paused for safety.
    fn goes_on(&self) -> bool {
        self.view.phase == PhaseView::Open && !self.view.paused
    }

    /// Whether a question may be asked now. A poll that is open comes first, a text that was begun stays.
    fn asks(&self) -> bool {
        let votes = self.view.poll.as_ref().is_some_and(|poll| matches!(poll.stand, Stand::Open | Stand::LastCall));
        self.goes_on() && (self.writing || (self.view.intake_open && !votes))
    }
}

impl Hall {
    fn new(start: Start) -> Self {
        Self { now: RwSignal::new(start.place.now), phone: RwSignal::new(Phone::new(start)) }
    }

    /// Takes up what was typed before.
    fn take_up(self) {
        let text = self.phone.with_untracked(|phone| draft::restore(&phone.code));
        let writing = text.map(|text| !text.is_empty());
        if writing.is_some_and(|writing| self.phone.with_untracked(|phone| phone.writing != writing)) {
            self.phone.update(|phone| phone.writing = !phone.writing);
        }
    }

    /// Follows the session's feed.
    fn listen(self) {
        let (build, url) = self.phone.with_untracked(|phone| {
            let lang = phone.place.reader.lang.tag();
            (phone.place.build.clone(), phone.to(&["/feed?as=audience&lang=", lang]))
        });
        let picture = move |new: AudienceView| {
            if self.phone.with_untracked(|phone| phone.view != new) {
                self.phone.update(|phone| {
                    let ends = new.phase == PhaseView::Over && phone.view.phase != PhaseView::Over;
                    phone.view = new;
                    if ends {
                        phone.gives_back();
                    }
                });
                clock::tick();
                self.refresh();
                self.send_waiting();
            }
        };
        let own = move |new: MineView| {
            if self.phone.with_untracked(|phone| phone.mine.parts != new.parts) {
                self.phone.update(|phone| phone.mine = new);
                self.refresh();
            }
        };
        let handlers = vec![(event::FRAME, feed::frames(build, picture)), (event::MINE, feed::things(own))];
        feed::listen(url, handlers, Rc::new(move |link| self.linked(link)));
    }

    /// Shows the server's time, and says the marks of the speaker's.
    fn keep_time(self) {
        let (r, began, clock) =
            self.phone.with_untracked(|phone| (phone.place.reader, phone.place.now, phone.view.clock));
        let ear = RefCell::new(Ear::new(clock, began));
        clock::run(began, move |at| {
            self.now.set(at);
            let clock = self.phone.with_untracked(|phone| phone.view.clock);
            if let Some(sentence) = ear.borrow_mut().sentence(r, clock, at) {
                self.phone.update(|phone| phone.say(sentence));
            }
            clock
        });
    }

    /// The connection has changed: it is spoken once, and what waits is sent again when it is back.
    fn linked(self, link: Link) {
        self.phone.update(|phone| {
            let r = phone.place.reader;
            let was = std::mem::replace(&mut phone.link, link);
            match (was, link) {
                (_, Link::Lost) => phone.say(words::link::lost_spoken(r).to_owned()),
                (Link::Lost, Link::Live) => phone.say(words::link::back(r).to_owned()),
                _ => {}
            }
        });
        self.refresh();
        self.send_waiting();
    }

    /// Sends what waits, where it may arrive: a question while questions are taken.
    fn send_waiting(self) {
        let mut ready = Vec::new();
        self.phone.update_untracked(|phone| {
            let asks = phone.view.intake_open;
            if phone.link == Link::Live {
                let may = |letter: &Letter| asks || !letter.action.ends_with(QUESTIONS);
                (ready, phone.waiting) = phone.waiting.drain(..).partition(may);
            }
        });
        ready.into_iter().for_each(|letter| spawn_local(self.send(letter)));
    }

    /// What was promised goes on waiting where it comes too soon after another (`N8`).
    async fn send(self, letter: Letter) {
        let outcome = letter.send().await;
        if told::comes_too_soon(&outcome) {
            self.phone.update_untracked(|phone| phone.wait(&letter));
            return self.send_later();
        }
        self.answered(&letter, outcome);
    }

    fn answered(self, letter: &Letter, outcome: Outcome) {
        if outcome == Outcome::Unreachable {
            // A proxy on the way may answer with an error while the feed works.
            self.send_later();
        }
        self.phone.update(|phone| phone.answered(letter, outcome));
    }

    fn send_later(self) {
        Timeout::new(AGAIN_MS, move || self.send_waiting()).forget();
    }

    /// What the service worker could not deliver comes back by an event of the page's script (`start.js`).
    fn take_back(self) {
        let act = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            let detail = js_sys::Reflect::get(&event, &"detail".into()).unwrap_or_default();
            let read = |name: &str| js_sys::Reflect::get(&detail, &name.into()).ok().and_then(|text| text.as_string());
            self.phone.update(|phone| phone.came_back(read("text"), read("message")));
        });
        // On failure the request stays in the service worker's outbox.
        let _ = document().add_event_listener_with_callback("returned", act.as_ref().unchecked_ref());
        act.forget();
    }

    fn submit(self, event: &SubmitEvent) {
        if send::is_whole(event) {
            return;
        }
        let Some((letter, form)) = Letter::of(event) else { return };
        event.prevent_default();
        part::press(event, &form);
        let sent = letter.clone();
        // What waits for the same address is older: this takes its place.
        self.phone.update_untracked(|phone| phone.waiting.retain(|older| older.action != letter.action));
        send::post(letter, form, move |outcome, form| {
            part::sent(&form, &outcome);
            self.answered(&sent, outcome);
        });
    }
}
