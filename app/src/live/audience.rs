//! The phone in the hall, live: what is on stage, one thing to do, my own questions.

mod ask;
mod ballot;
mod draft;
mod field;
mod mine;

use leptos::html::Textarea;
use leptos::prelude::*;
use nadwa_domain::session::poll::Choice;
use nadwa_domain::view::audience::AudienceView;
use nadwa_domain::view::mine::MineView;
use nadwa_domain::view::{Moment, PhaseView, PollState, PollView};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlFormElement, SubmitEvent};

use crate::live::feed::{self, Link};
use crate::live::send::{Letter, Outcome};
use crate::live::{clock, send};
use crate::parts::{ClockVoice, LinkWord, Refusal, Shape, Strip, Top};
use crate::wire::{Answer, Place, Refused, event};
use crate::words::{self, Reader};

/// What every part of the phone's page shares.
#[derive(Clone, Copy)]
struct Phone {
    reader: Reader,
    utc_offset: i32,
    code: StoredValue<String>,
    view: RwSignal<AudienceView>,
    mine: RwSignal<MineView>,
    link: RwSignal<Link>,
    /// The thank-you: the same for every question that arrives (`S3`).
    thanks: RwSignal<Option<String>>,
    /// Why a question was not taken; beside the text.
    refused: RwSignal<Option<String>>,
    /// Why anything else was not done.
    notice: RwSignal<Option<String>>,
    /// What is only spoken.
    spoken: RwSignal<&'static str>,
    /// Something is typed: the form stays, whatever else comes.
    writing: RwSignal<bool>,
    /// The choice that is on its way.
    pressed: RwSignal<Option<Choice>>,
    /// What could not be sent: it is sent again by itself, with the same ids, so never doubled.
    waiting: RwSignal<Vec<Letter>>,
    text: NodeRef<Textarea>,
}

/// The whole page between skip link and foot.
#[island]
pub fn AudienceIsland(
    /// Where and for whom.
    place: Place,
    /// The session's join code.
    code: String,
    /// The first picture.
    view: AudienceView,
    /// The phone's own things.
    mine: MineView,
    /// What the last plain form was refused.
    refused: Option<Refused>,
    /// What the last plain form was answered.
    said: Option<String>,
) -> impl IntoView {
    let reader = place.reader;
    let typed = refused.as_ref().map(|refused| refused.typed.clone()).unwrap_or_default();
    let phone = Phone::new(&place, code, view, mine, refused, said);
    let now = RwSignal::new(place.now);
    let clock = Memo::new(move |_| phone.view.with(|view| view.clock));
    phone.come_alive(place.build);
    clock::keep(now, clock.into());
    view! {
        <Top reader here=place.here pinned=place.pinned>
            <LinkWord reader link=phone.link/>
        </Top>
        <Strip reader link=phone.link/>
        <p class="unseen" role="status">
            {phone.spoken}
        </p>
        <ClockVoice reader clock now/>
        {field::field(phone, clock.into(), now.into())}
        <main id="main" translate="no" on:submit=move |event| phone.submit(&event)>
            {move || phone.notice.get().map(|sentence| view! { <Refusal sentence/> })}
            {ballot::poll(phone)}
            {ask::ask(phone, &typed)}
            {mine::mine(phone)}
            {mine::heard(phone)}
            {promises(reader)}
        </main>
    }
}

/// What a child should know before anything else (`P1`), one tap away, and the way out.
fn promises(r: Reader) -> impl IntoView {
    let line = |shape, text| view! { <li><Shape name=shape/>{text}</li> };
    view! {
        <details class="more">
            <summary>{words::landing::promises_title(r)}</summary>
            <ul class="promises">
                {line("mark", words::landing::promise_children(r))}
                {line("reads", words::landing::promise_reading(r))}
                {line("nameless", words::landing::promise_nothing(r))}
                {line("stop", words::landing::promise_stop(r))}
            </ul>
            <a class="button quiet" href="/">{words::audience::leave(r)}</a>
        </details>
    }
}

impl Phone {
    fn new(
        place: &Place,
        code: String,
        view: AudienceView,
        mine: MineView,
        refused: Option<Refused>,
        said: Option<String>,
    ) -> Self {
        let (beside, notice) = match refused {
            Some(refused) if refused.field == "text" => (Some(refused), None),
            refused => (None, refused),
        };
        Self {
            reader: place.reader,
            utc_offset: place.utc_offset,
            code: StoredValue::new(code),
            view: RwSignal::new(view),
            mine: RwSignal::new(mine),
            link: RwSignal::new(Link::Live),
            thanks: RwSignal::new(said),
            writing: RwSignal::new(beside.as_ref().is_some_and(|refused| !refused.typed.is_empty())),
            refused: RwSignal::new(beside.map(|refused| refused.sentence)),
            notice: RwSignal::new(notice.map(|refused| refused.sentence)),
            spoken: RwSignal::new(""),
            pressed: RwSignal::new(None),
            waiting: RwSignal::new(Vec::new()),
            text: NodeRef::new(),
        }
    }

    /// Begins to listen, once the page is hydrated.
    fn come_alive(self, build: String) {
        let url = [&self.to("feed"), "?as=audience&lang=", self.reader.lang.tag()].concat();
        let handlers = vec![(event::FRAME, feed::pictures(self.view, build)), (event::MINE, feed::things(self.mine))];
        feed::follow(url, handlers, self.link);
        Effect::new(move |_| self.code.with_value(|code| draft::restore(code, self)));
        Effect::new(move |_| {
            if self.link.get() == Link::Live {
                for letter in std::mem::take(&mut *self.waiting.write_untracked()) {
                    spawn_local(async move { self.answered(&letter, letter.send().await) });
                }
            }
        });
    }

    /// The address of this page.
    fn home(self) -> String {
        self.code.with_value(|code| ["/s/", code].concat())
    }

    /// An address of this session.
    fn to(self, path: &str) -> String {
        self.code.with_value(|code| ["/s/", code, "/", path].concat())
    }

    /// The poll, unless the session is paused for safety.
    fn poll(self) -> Option<PollView> {
        self.view.with(|view| view.poll.clone().filter(|_| !view.paused))
    }

    /// Whether the moment is a poll: then the field asks, and the options stand under it.
    fn polling(self) -> bool {
        self.view.with(|view| view.moment == Moment::Poll)
    }

    /// Whether a question may be asked now. A poll that is open comes first, a text that was begun stays.
    fn asks(self) -> bool {
        let writing = self.writing.get();
        self.view.with(|view| {
            let votes = view.poll.as_ref().is_some_and(|poll| poll.state == PollState::Open);
            view.phase == PhaseView::Open && !view.paused && (writing || (view.intake_open && !votes))
        })
    }

    fn submit(self, event: &SubmitEvent) {
        let Some((letter, form)) = Letter::of(event) else { return };
        event.prevent_default();
        if letter.action.ends_with("/ballot") {
            self.pressed.set(letter.body.strip_prefix("choice=").and_then(Choice::from_key));
        }
        let sent = letter.clone();
        send::post(letter, form, move |outcome, _: HtmlFormElement| self.answered(&sent, outcome));
    }

    fn answered(self, letter: &Letter, outcome: Outcome) {
        let sentence = outcome.sentence(self.reader);
        let is_question = letter.action.ends_with("/questions");
        match outcome {
            Outcome::Done(answer) => self.done(letter, answer, sentence),
            Outcome::Refused(_) if is_question => self.refused.set(sentence),
            Outcome::Refused(_) => {
                self.pressed.set(None);
                self.notice.set(sentence);
            }
            Outcome::Unreachable => {
                if is_question {
                    self.refused.set(sentence);
                }
                self.waiting.update(|waiting| {
                    waiting.retain(|older| older.action != letter.action);
                    waiting.push(letter.clone());
                });
            }
        }
    }

    fn done(self, letter: &Letter, answer: Answer, thanks: Option<String>) {
        if let Some(mine) = answer.mine {
            self.mine.set(mine);
        }
        self.notice.set(None);
        if letter.action.ends_with("/ballot") {
            self.pressed.set(None);
        } else if letter.action.ends_with("/questions") {
            self.refused.set(None);
            self.thanks.set(thanks);
            self.spoken.set(words::audience::thanks_title(self.reader));
            self.code.with_value(|code| draft::done(code, self, letter));
        } else {
            self.spoken.set(words::audience::withdrawn_note(self.reader));
        }
    }
}
