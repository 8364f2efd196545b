//! Behind the scenes, live: silent calls and their answer, words to console and stage, and whether they were read.

use leptos::prelude::*;
use nadwa_domain::ids::NoteId;
use nadwa_domain::session::team::Ready;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::backstage::{BackstageView, ComingView};
use nadwa_domain::view::running::{CallView, NoteView};
use nadwa_domain::{Choice, Instant, Phrase, Role};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::live::bell::bell;
use crate::live::clock;
use crate::live::console::beside::{ready_word, words_of};
use crate::live::console::plan::did_row;
use crate::live::desk::calls::{self, Calling};
use crate::live::feed::{self, Link};
use crate::live::press::{Notice, Presses, Toast};
use crate::parts::phrase::names;
use crate::parts::team::{role_name, two_lines};
use crate::parts::{ClockFace, HelpLink, LinkWord, Plain, Skip, Strip, Top, given};
use crate::wire::{Place, event};
use crate::words::{Reader, audience, backstage, numbers, plan, running};

/// What the page begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The session's join code.
    pub code: String,
    /// What supporting adults see.
    pub view: BackstageView,
    /// Authors' calls, and calls in other sessions that nobody has answered in time (`N1`).
    pub elsewhere: Vec<Calling>,
    /// Who looks.
    pub role: Role,
    /// An id for the next word.
    pub fresh: NoteId,
    /// What the last plain form was answered.
    pub notice: Option<Notice>,
}

#[derive(Clone, Copy)]
struct Wings {
    r: Reader,
    code: StoredValue<String>,
    view: RwSignal<BackstageView>,
    elsewhere: RwSignal<Vec<Calling>>,
    now: RwSignal<Instant>,
    fresh: RwSignal<Uuid>,
    utc_offset: i32,
}

impl Wings {
    fn to(self, path: &str) -> String {
        self.code.with_value(|code| ["/s/", code, "/", path].concat())
    }
}

/// The whole page. It begins with the [`Start`] that its page gives.
#[island]
pub fn BackstageIsland() -> impl IntoView {
    let Start { place, code, view, elsewhere, role, fresh, notice } = given::start();
    let Place { reader: r, now, build, here, pinned, utc_offset } = place;
    let title = view.title.clone();
    let (view, elsewhere) = (RwSignal::new(view), RwSignal::new(elsewhere));
    let now = RwSignal::new(now);
    let link = RwSignal::new(Link::Live);
    let presses = Presses::new(r, notice);
    let fresh = RwSignal::new(fresh.0);
    let w = Wings { r, code: StoredValue::new(code.clone()), view, elsewhere, now, fresh, utc_offset };
    let clock = Memo::new(move |_| view.with(|view| view.clock));
    let url = [&w.to("feed"), "?as=backstage&lang=", r.lang.tag()].concat();
    Effect::new(move |_| {
        let calls = feed::pictures(elsewhere, build.clone());
        let heard = vec![(event::FRAME, feed::pictures(view, build.clone())), (event::CALLS, calls)];
        feed::follow(url.clone(), heard, link);
        clock::keep(now, clock.into());
    });
    let rings = Memo::new(move |_| {
        let far = elsewhere.with(|calls| calls::ring(calls.iter().map(|calling| &calling.call)));
        far || view.with(|view| calls::ring(&view.calls))
    });
    // What was sent has its id: the next word needs another.
    Effect::new(move |_| {
        let id = fresh.get();
        if view.with(|view| view.notes.iter().any(|note| note.id.0 == id)) {
            fresh.set(Uuid::from_u128(id.as_u128().wrapping_add(1)));
        }
    });
    view! {
        <div class="wings" translate="no" on:submit=move |event| presses.submit(&event)>
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1><Plain phrase=title/></h1>
                <LinkWord reader=r link/>
                <Strip reader=r link/>
            </Top>
            <main id="main" class="calm-page">
                <h2 class="title">{backstage::title(r)}</h2>
                {bell(r, rings, backstage::ring(r))}
                {silent_calls(w)}
                {now_on(w, clock)}
                {coming(w)}
                {say(w, role)}
                {sent(w)}
                {did(w)}
                <p><a class="button quiet" href=w.to("report")>{plan::report(r)}</a></p>
            </main>
            <footer class="foot"><Toast presses/> <HelpLink reader=r code=Some(code)/></footer>
        </div>
    }
}

fn silent_calls(w: Wings) -> impl IntoView {
    let r = w.r;
    let here = move |call: CallView| Calling {
        code: w.code.get_value(),
        item: None,
        meeting: None,
        session: Phrase::default(),
        call,
    };
    let called = Memo::new(move |_| {
        let authors = w.elsewhere.get().into_iter().filter(|calling| calling.item.is_some());
        w.view.with(|view| view.calls.iter().copied().map(here).chain(authors).collect::<Vec<_>>())
    });
    let row = move |calling| calls::row(r, calling, "backstage", w.utc_offset);
    view! {
        <section>
            <h2 class="label">{backstage::calls(r)}</h2>
            <ul class="calls" role="status">{move || called.get().into_iter().map(row).collect_view()}</ul>
            {move || called.with(Vec::is_empty).then(|| view! { <p class="note">{backstage::calls_none(r)}</p> })}
            <div role="status">{move || calls::elsewhere(r, w.elsewhere.get(), "backstage", w.utc_offset)}</div>
        </section>
    }
}

fn now_on(w: Wings, clock: Memo<Option<nadwa_domain::view::ClockView>>) -> impl IntoView {
    let r = w.r;
    let who = Memo::new(move |_| w.view.with(|view| names(r, &view.names)));
    let over = over(w);
    let lead = Memo::new(move |_| {
        w.view.with(|view| {
            view.lead.filter(|_| !view.resting.is_empty()).map(|lead| running::lead_other(r, role_name(r, lead)))
        })
    });
    view! {
        <section class="now-on card">
            <ClockFace reader=r clock now=w.now size="medium"/>
            <div>
                <b>{move || view! { <Plain phrase=who.get()/> }}</b>
                {move || over.get().then(|| view! { <b>{audience::over(r)}</b> })}
                {move || lead.get().map(|lead| view! { <p class="note">{lead}</p> })}
            </div>
        </section>
    }
}

fn over(w: Wings) -> Memo<bool> {
    Memo::new(move |_| w.view.with(|view| view.phase == PhaseView::Over))
}

/// Who waits for their part, and when they should be here: a time that moves with the session.
fn coming(w: Wings) -> impl IntoView {
    let r = w.r;
    let rows = Memo::new(move |_| {
        w.view.with(|view| {
            let row = |coming: &ComingView| {
                let (who, about) = two_lines(r, &coming.slot);
                (who, about, numbers::time_of_day(r, view.come_at(coming, w.now.get()), w.utc_offset))
            };
            view.coming.iter().map(row).collect::<Vec<_>>()
        })
    });
    let row = move |(who, about, time): (Phrase, Option<Phrase>, String)| {
        let about = about.map(|about| view! { " · " <Plain phrase=about/> });
        view! { <li><span><b><Plain phrase=who/></b> {about}</span> " " <span>{backstage::come_at(r, &time)}</span></li> }
    };
    move || {
        rows.with(|rows| !rows.is_empty()).then(|| {
            view! {
                <section>
                    <h2 class="label">{backstage::interpreter_next(r)}</h2>
                    <ul class="sent coming">{rows.get().into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// A word to console or stage: one that is ready; a steward may write their own.
fn say(w: Wings, role: Role) -> impl IntoView {
    let r = w.r;
    let ready = [Ready::WithYou, Ready::Well, Ready::Slower, Ready::Louder, Ready::Microphone, Ready::Finish];
    let ready =
        ready.map(|word| view! { <button class="button" name="ready" value=word.key()>{ready_word(r, word)}</button> });
    let choice = |to: &'static str, word: &'static str, on: bool| {
        view! { <label class="tick"><input type="radio" name="to" value=to checked=on/> {word}</label> }
    };
    let own = (role == Role::Steward).then(|| {
        view! {
            <label>{backstage::own_words(r)} <input name="text" maxlength="160" dir="auto" autocomplete="off"/></label>
            <p class="note">{backstage::own_words_note(r)}</p>
            <button class="button">{crate::words::common::send(r)}</button>
        }
    });
    let over = over(w);
    view! {
        <section class="card" hidden=move || over.get()>
            <h2 class="label">{backstage::say(r)}</h2>
            <form class="small-form" method="post" action=w.to("team/send")>
                <input type="hidden" name="from" value="backstage"/>
                <input type="hidden" name="id" value=move || w.fresh.get().to_string()/>
                {choice("console", backstage::to_console(r), true)}
                {choice("stage", backstage::to_stage(r), false)}
                <div class="verbs">{ready.into_iter().collect_view()}</div>
                {own}
            </form>
        </section>
    }
}

fn sent(w: Wings) -> impl IntoView {
    let r = w.r;
    let notes = Memo::new(move |_| w.view.with(|view| view.notes.clone()));
    let row = move |note: NoteView| {
        let read = note
            .read_by
            .map_or_else(|| running::note_unread(r).to_owned(), |by| running::note_was_read(r, role_name(r, by)));
        let by = role_name(r, note.by);
        view! { <li><span>{words_of(r, &note)}</span> " " <span class="note">{by} " · " {read}</span></li> }
    };
    view! {
        <section>
            <h2 class="label">{backstage::sent(r)}</h2>
            <ul class="sent" role="status">{move || notes.get().into_iter().map(row).collect_view()}</ul>
            {move || notes.with(Vec::is_empty).then(|| view! { <p class="note">{backstage::nothing_sent(r)}</p> })}
        </section>
    }
}

fn did(w: Wings) -> impl IntoView {
    let did = Memo::new(move |_| w.view.with(|view| view.did.clone()));
    view! {
        <section class="did">
            <h2 class="label">{plan::did(w.r)}</h2>
            <ol>{move || did.get().into_iter().map(|did| did_row(w.r, did, w.utc_offset)).collect_view()}</ol>
        </section>
    }
}
