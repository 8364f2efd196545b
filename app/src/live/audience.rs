//! The phone in the hall, live: what is on stage, one thing to do, my own questions.
//!
//! One state and one view of it, for the sake of every phone's bytes: whatever happens changes [`Phone`], and the page
//! is rendered again in place. Elements stay where they are, and with them focus and typed text. Listeners stand on
//! their own elements (`capture`): delegation to the document would cost more than it saves.

mod ask;
mod draft;
mod field;
mod part;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::audience::AudienceView;
use nadwa_domain::view::mine::MineView;
use nadwa_domain::view::part::{MINE, POLL};
use nadwa_domain::view::poll::Stand;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use web_sys::SubmitEvent;

use crate::live::feed::{self, Link};
use crate::live::send::{Letter, Outcome};
use crate::live::{clock, later, send};
use crate::parts::clock::voice::Ear;
use crate::parts::given::{self, still};
use crate::parts::{Refusal, link};
use crate::wire::{Answer, Place, Refused, event};
use crate::words;

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
    /// What is only spoken, once.
    spoken: String,
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
        <p class="unseen" role="status">
            {phone.spoken.clone()}
        </p>
        {field::field(hall, phone)}
    }
}

/// What there is to do.
fn main(hall: Hall, phone: &Phone) -> impl IntoView + use<> {
    view! {
        <main id="main" translate="no" on:submit:capture=move |event| hall.submit(&event)>
            {phone.notice.clone().map(|sentence| view! { <Refusal sentence/> })}
            // A part stands still until it is asked for again; a pause takes it away at once.
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
        let Refused { sentence, field, typed } = refused.unwrap_or_default();
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

    fn answered(&mut self, letter: &Letter, outcome: Outcome) {
        let sentence = outcome.sentence(self.place.reader);
        let is_question = letter.action.ends_with("/questions");
        match outcome {
            Outcome::Done(answer) => self.done(letter, answer, sentence),
            Outcome::Refused(_) if is_question => self.refused = sentence,
            // A part that says it beside its own field needs no notice; it is spoken all the same.
            Outcome::Refused(answer) if answer.part.is_some() => {
                self.spoken = sentence.unwrap_or_default();
                part::swap(answer.part);
            }
            Outcome::Refused(_) => self.notice = sentence,
            Outcome::Unreachable => {
                if is_question {
                    self.refused = sentence;
                }
                self.waiting.retain(|older| older.action != letter.action);
                self.waiting.push(letter.clone());
            }
        }
    }

    fn done(&mut self, letter: &Letter, answer: Answer, thanks: Option<String>) {
        let r = self.place.reader;
        if let Some(mine) = answer.mine {
            self.mine = mine;
        }
        self.notice = None;
        if letter.action.ends_with("/questions") {
            self.refused = None;
            self.thanks = thanks;
            words::audience::thanks_title(r).clone_into(&mut self.spoken);
            if draft::done(&self.code, letter) {
                self.writing = false;
            }
        } else {
            self.spoken = thanks.unwrap_or_else(|| words::audience::withdrawn_note(r).to_owned());
        }
        part::swap(answer.part);
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
                self.phone.update(|phone| phone.view = new);
                clock::tick();
                self.refresh();
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
                self.phone.update(|phone| phone.spoken = sentence);
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
                (_, Link::Lost) => words::link::lost_spoken(r).clone_into(&mut phone.spoken),
                (Link::Lost, Link::Live) => words::link::back(r).clone_into(&mut phone.spoken),
                _ => {}
            }
            if link == Link::Live {
                for letter in phone.waiting.drain(..) {
                    spawn_local(self.send(letter));
                }
            }
        });
        self.refresh();
    }

    async fn send(self, letter: Letter) {
        let outcome = letter.send().await;
        self.phone.update(|phone| phone.answered(&letter, outcome));
    }

    fn submit(self, event: &SubmitEvent) {
        let Some((letter, form)) = Letter::of(event) else { return };
        event.prevent_default();
        part::press(event, &form);
        let sent = letter.clone();
        send::post(letter, form, move |outcome, form| {
            part::sent(&form, &outcome);
            self.phone.update(|phone| phone.answered(&sent, outcome));
        });
    }
}
