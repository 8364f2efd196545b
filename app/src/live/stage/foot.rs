//! Words from the team to whoever speaks, the hall's gentle signs, and a presenter's own wishes.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::ids::TurnId;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::Help;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::running::{CallView, NoteView};
use nadwa_domain::view::stage::StageView;
use nadwa_domain::{Choice, Role};

use crate::live::console::beside::{called, help_word, ready_word, sign_word};
use crate::live::press::{Presses, Toast};
use crate::parts::{HelpLink, Number, OtherWays, Plain, Shape, given};
use crate::words::{Reader, numbers, running};

/// What these parts share.
#[derive(Clone, Copy)]
pub(super) struct Side {
    pub(super) r: Reader,
    pub(super) code: StoredValue<String>,
    pub(super) view: RwSignal<StageView>,
    pub(super) presses: Presses,
    pub(super) role: Role,
    /// Minutes east of UTC on the venue's clock.
    pub(super) utc_offset: i32,
}

impl Side {
    fn to(self, path: &str) -> String {
        self.code.with_value(|code| ["/s/", code, "/", path].concat())
    }
}

/// A word from the team is the only light surface, and waits for its tap; the hall's signs stand below it.
pub(super) fn words(side: Side) -> impl IntoView {
    let note = Memo::new(move |_| side.view.with(|view| view.notes.last().cloned()));
    let signs = Memo::new(move |_| side.view.with(|view| view.signs.clone()));
    let sign = move |(sign, count): (Signal, u32)| {
        view! { <li>{sign_word(side.r, sign)} " " <Number text=numbers::number(side.r, count.into())/></li> }
    };
    view! {
        <div role="status">{move || note.get().map(|note| word(side, note))}</div>
        {move || {
            let signs = signs.get();
            (!signs.is_empty()).then(|| view! { <ul class="signs">{signs.into_iter().map(sign).collect_view()}</ul> })
        }}
    }
}

fn word(side: Side, note: NoteView) -> impl IntoView {
    let action = side.to(&["team/read/", &note.id.to_string()].concat());
    let ready = note.ready.map(|ready| ready_word(side.r, ready));
    view! {
        <form class="word-to-speaker long" method="post" action=action>
            <input type="hidden" name="from" value="stage"/>
            <span>{ready} {note.text.map(|phrase| view! { <Plain phrase/> })}</span>
            <button class="button">{running::note_read(side.r)}</button>
        </form>
    }
}

/// A presenter asks for the floor, or for quiet help. Whoever else looks at the stage has nothing to press.
pub(super) fn foot(side: Side, turn: Option<TurnId>, fresh: TurnId) -> impl IntoView {
    let r = side.r;
    let own = Memo::new(move |_| side.view.with(|view| view.calls.clone()));
    let called = move || {
        let one = |call: CallView| called(r, call, side.to("team/help-over"), Some("stage"), side.utc_offset);
        own.get().into_iter().map(one).collect_view()
    };
    let calls = [Help::HelpMe, Help::SafeAdult].map(|help| {
        view! { <button class="button" name="help" value=help.key()><Shape name="safety"/> {help_word(r, help)}</button> }
    });
    let calls = calls.into_iter().collect_view();
    (side.role == Role::Presenter).then(|| {
        view! {
            <footer class="wishes">
                <Toast presses=side.presses/>
                {wish(side, turn, fresh)}
                <div role="status">{called}</div>
                <form method="post" action=side.to("team/help")>
                    <input type="hidden" name="from" value="stage"/>
                    {calls}
                </form>
                <HelpLink reader=r code=Some(side.code.get_value())/>
                {given::fixed(|| view! { <OtherWays reader=r/> })}
            </footer>
        }
    })
}

/// What is asked for changes with its page: it is a plain form's, and waits for the page. Nobody asks while an adult
/// has paused the session, nor after it.
fn wish(side: Side, turn: Option<TurnId>, fresh: TurnId) -> impl IntoView {
    let r = side.r;
    let over = Memo::new(move |_| side.view.with(|view| view.phase == PhaseView::Over));
    let paused = Memo::new(move |_| side.view.with(|view| view.paused));
    match turn {
        Some(turn) => Either::Left(view! {
            <form
                method="post"
                action=side.to(&["queue/", &turn.to_string(), "/withdraw"].concat())
                hidden=move || over.get()
            >
                <input type="hidden" name="from" value="stage"/>
                <span class="note">{running::floor_asked(r)}</span>
                <button class="button" disabled=move || paused.get()>{running::floor_withdraw(r)}</button>
            </form>
        }),
        None => Either::Right(view! {
            <form method="post" action=side.to("queue") hidden=move || over.get()>
                <input type="hidden" name="from" value="stage"/>
                <input type="hidden" name="id" value=fresh.to_string()/>
                <input type="hidden" name="first" value="true"/>
                <label class="tick"><input type="checkbox" name="read" value="true"/> {running::queue_read(r)}</label>
                <button class="button" disabled=move || paused.get()><Shape name="speech"/> {running::ask_floor(r)}</button>
            </form>
        }),
    }
}
