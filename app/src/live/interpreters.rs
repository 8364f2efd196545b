//! The interpreters' page, live (`F12`): who speaks, the time, what comes; one button, for a slower pace.

use leptos::prelude::*;
use nadwa_domain::ids::NoteId;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::interpreter::InterpreterView;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::live::clock;
use crate::live::feed::{self, Link};
use crate::live::press::{Notice, Presses, Toast};
use crate::parts::clock::Rules;
use crate::parts::given::still;
use crate::parts::phrase::names;
use crate::parts::team::{Step, role_name};
use crate::parts::{ClockFace, ClockVoice, HelpLink, LinkWord, Plain, Said, Shape, Skip, Strip, Top, given};
use crate::wire::{Place, event};
use crate::words::{Reader, audience, backstage, running};

/// What the page begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The session's join code.
    pub code: String,
    /// What interpreters see.
    pub view: InterpreterView,
    /// An id for the next word.
    pub fresh: NoteId,
    /// What the last plain form was answered.
    pub notice: Option<Notice>,
}

/// The whole page. It begins with the [`Start`] that its page gives.
#[island]
pub fn InterpretersIsland() -> impl IntoView {
    let Start { place, code, view, fresh, notice } = given::start();
    let Place { reader: r, now, build, here, pinned, .. } = place;
    let title = view.title.clone();
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let link = RwSignal::new(Link::Live);
    let presses = Presses::new(r, notice);
    let fresh = RwSignal::new(fresh.0);
    let clock = Memo::new(move |_| view.with(|view| view.clock));
    let rules = Memo::new(move |_| view.with(|view| Rules::from(&view.rules)));
    let over = Memo::new(move |_| view.with(|view| view.phase == PhaseView::Over));
    let url = ["/s/", &code, "/feed?as=interpreters&lang=", r.lang.tag()].concat();
    Effect::new(move |_| {
        feed::follow(url.clone(), vec![(event::FRAME, feed::pictures(view, build.clone()))], link);
        clock::keep(now, clock.into());
    });
    Effect::new(move |_| {
        let id = fresh.get();
        if view.with(|view| view.sent.iter().any(|note| note.id.0 == id)) {
            fresh.set(Uuid::from_u128(id.as_u128().wrapping_add(1)));
        }
    });
    let action = ["/s/", &code, "/team/send"].concat();
    view! {
        <div class="wings" translate="no" on:submit=move |event| presses.submit(&event)>
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1><Plain phrase=title/></h1>
                <LinkWord reader=r link/>
                <Strip reader=r link/>
            </Top>
            <main id="main" class="calm-page booth">
                <h2 class="title">{backstage::interpreter_title(r)}</h2>
                <section class="now-on card">
                    {move || view! { <ClockFace reader=r clock now size="large" rules=rules.get()/> }}
                    <div>{move || view.with(|view| speaking(r, view))}</div>
                </section>
                <form method="post" action=action hidden=move || over.get()>
                    <input type="hidden" name="from" value="interpreters"/>
                    <input type="hidden" name="id" value=move || fresh.get().to_string()/>
                    <input type="hidden" name="to" value="stage"/>
                    <button class="button main" data-moment="speech" name="ready" value="interpreters">
                        {backstage::interpreter_slower(r)}
                    </button>
                </form>
                <p class="note" role="status">{move || view.with(|view| sent(r, view))}</p>
                <section>
                    <h2 class="label">{backstage::interpreter_next(r)}</h2>
                    <ol class="rows">{move || view.with(|view| coming(r, view))}</ol>
                </section>
                {still("papers")}
            </main>
            <footer class="foot"><Toast presses/> <HelpLink reader=r code=Some(code)/></footer>
            <ClockVoice reader=r clock now rules/>
        </div>
    }
}

fn speaking(r: Reader, view: &InterpreterView) -> impl IntoView + use<> {
    let who = names(r, &view.names);
    let question = view.question.clone().map(|phrase| {
        view! { <p class="label" data-moment="question"><Shape name="question"/> {audience::moment_question(r)}</p><p><Said phrase/></p> }
    });
    let poll = view.poll.clone().map(|poll| {
        let options = poll.options.into_iter().map(|phrase| view! { <li><Plain phrase/></li> }).collect_view();
        view! { <p><Plain phrase=poll.question/></p><ul class="sent">{options}</ul> }
    });
    let cue = (!view.cue.is_empty()).then(|| {
        view! { <p class="label">{backstage::interpreter_cue(r)}</p><p><Plain phrase=view.cue.clone()/></p> }
    });
    let over = (view.phase == PhaseView::Over).then(|| view! { <p><b>{audience::over(r)}</b></p> });
    view! {
        {over}
        {(!who.is_empty()).then(|| view! { <p class="voice"><Plain phrase=who/></p> })}
        <p><Plain phrase=view.about.clone()/></p>
        {view.interpreting.then(|| view! { <p class="note">{running::interpreting(r)}</p> })}
        {question} {poll} {cue}
    }
}

fn sent(r: Reader, view: &InterpreterView) -> Option<String> {
    let note = view.sent.first()?;
    Some(
        note.read_by
            .map_or_else(|| running::note_unread(r).to_owned(), |by| running::note_was_read(r, role_name(r, by))),
    )
}

fn coming(r: Reader, view: &InterpreterView) -> impl IntoView + use<> {
    let row = |(step, cue): (nadwa_domain::view::SlotView, nadwa_domain::Phrase)| {
        let cue = (!cue.is_empty()).then(|| view! { <li class="note cue-line"><Plain phrase=cue/></li> });
        view! { <Step r step look="row" word=None/> {cue} }
    };
    view.next.clone().into_iter().map(row).collect_view()
}
