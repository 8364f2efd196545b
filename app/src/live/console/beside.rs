//! What stands beside the work: links, who leads, words from behind the scenes, quiet help, the hall's signs.

use leptos::prelude::*;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::call::Step;
use nadwa_domain::session::team::{Help, Ready};
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::running::{CallView, NoteView};
use nadwa_domain::{Choice, Role};

use crate::live::console::Tablet;
use crate::parts::team::{rehearses, role_name};
use crate::parts::{Number, Plain, Shape, given};
use crate::words::{Reader, fate, numbers, rehearsal, running};

/// What is seldom wanted while a session runs, one press away in the head (`N6`): the calm page or the way back from it,
/// and another tablet.
pub(super) fn ways(t: Tablet, calm: bool) -> Vec<(String, &'static str)> {
    let r = t.r;
    let (to, word) = if calm { ("console", running::to_console(r)) } else { ("console/plan", running::to_plan(r)) };
    let page = t.role.moderates().then(|| (t.to(to), word));
    let fates = (calm && t.role.moderates()).then(|| (t.to("fates"), fate::open_title(r)));
    page.into_iter().chain(fates).chain((!calm).then(|| (t.to("handover"), running::hand_over(r)))).collect()
}

/// Who leads now, said only when somebody rests; to whoever rests with the way back.
pub(super) fn lead(t: Tablet) -> impl IntoView {
    let r = t.r;
    let told = Memo::new(move |_| {
        t.view.with(|view| {
            let running = &view.running;
            if view.phase == PhaseView::Over {
                return None;
            }
            if running.resting.contains(&t.role) {
                return Some((running::rest_now(r).to_owned(), true));
            }
            let lead = running.lead.filter(|_| running.resting.iter().any(|role| role.moderates()));
            let keeper = running.resting.contains(&Role::Timekeeper).then(|| running::rest_keeper(r).to_owned());
            let told = lead.map(|lead| {
                if lead == t.role {
                    running::lead_you(r).to_owned()
                } else {
                    running::lead_other(r, role_name(r, lead))
                }
            });
            told.or(keeper).map(|told| (told, false))
        })
    });
    view! {
        <div role="status">
            {move || told.get().map(|(told, rests)| view! {
                <div class="message" data-moment="speech">
                    <Shape name="speech"/>
                    <div><b>{told}</b> {rests.then(|| back(t))}</div>
                </div>
            })}
        </div>
    }
}

/// The way back from a rest stands open (`P2`).
fn back(t: Tablet) -> impl IntoView {
    view! { <form method="post" action=t.to("team/back")><button class="button">{running::rest_back(t.r)}</button></form> }
}

/// Words to the console, one after the other: each waits for its tap.
pub(super) fn notes(t: Tablet) -> impl IntoView {
    let r = t.r;
    let notes = Memo::new(move |_| t.view.with(|view| view.running.notes.clone()));
    let one = move |note: NoteView| {
        let action = t.to(&["team/read/", &note.id.to_string()].concat());
        view! {
            <form class="message word" method="post" action=action>
                <Shape name="message"/>
                <div>
                    <span class="note">{running::note_from(r, role_name(r, note.by))}</span>
                    <b>{words_of(r, &note)}</b>
                </div>
                <button class="button">{running::note_read(r)}</button>
            </form>
        }
    };
    view! { <div role="status">{move || notes.get().into_iter().next().map(one)}</div> }
}

/// What a word says.
pub(crate) fn words_of(r: Reader, note: &NoteView) -> impl IntoView + use<> {
    let ready = note.ready.map(|ready| ready_word(r, ready));
    view! { {ready} {note.text.clone().map(|phrase| view! { <Plain phrase/> })} }
}

/// A word that is ready.
pub(crate) fn ready_word(r: Reader, ready: Ready) -> &'static str {
    match ready {
        Ready::Slower => running::ready_slower(r),
        Ready::Louder => running::ready_louder(r),
        Ready::Microphone => running::ready_microphone(r),
        Ready::Finish => running::ready_finish(r),
        Ready::Well => running::ready_well(r),
        Ready::WithYou => running::ready_with_you(r),
        Ready::Interpreters => running::ready_interpreters(r),
    }
}

/// What the hall signs, where some have (`F10`). Words from behind the scenes come first: one thing at a time (`N6`).
pub(super) fn signs(t: Tablet) -> impl IntoView {
    let r = t.r;
    let signs = Memo::new(move |_| {
        t.view.with(|view| if view.running.notes.is_empty() { view.running.signs.clone() } else { Vec::new() })
    });
    move || {
        let signs = signs.get();
        (!signs.is_empty()).then(|| {
            let row = |(sign, count): (Signal, u32)| {
                view! { <li>{sign_word(r, sign)} " " <Number text=numbers::number(r, count.into())/></li> }
            };
            view! {
                <form class="signs" method="post" action=t.to("team/signs-seen")>
                    <h2 class="label">{running::signs_title(r)}</h2>
                    <ul>{signs.into_iter().map(row).collect_view()}</ul>
                    <button class="button">{running::signs_seen(r)}</button>
                </form>
            }
        })
    }
}

/// A sign in words.
pub(crate) fn sign_word(r: Reader, sign: Signal) -> &'static str {
    match sign {
        Signal::Slower => running::sign_slower(r),
        Signal::Louder => running::sign_louder(r),
        Signal::Word => running::sign_word(r),
    }
}

/// What is called for, in words.
pub(crate) fn help_word(r: Reader, help: Help) -> &'static str {
    match help {
        Help::HelpMe => running::help_me(r),
        Help::SlowDown => running::help_slow(r),
        Help::SafeAdult => running::help_adult(r),
    }
}

/// A call as whoever called sees it: the truth at each step (`N1`), and that it is not needed any more.
pub(crate) fn called(
    r: Reader,
    call: CallView,
    over: String,
    from: Option<&'static str>,
    utc_offset: i32,
) -> impl IntoView {
    let (form, said) = match call.step {
        // In a rehearsal it reaches nobody: that is said, and where help is (`N1`, `P14`).
        _ if over.strip_prefix("/s/").is_some_and(rehearses) => ("hold", rehearsal::calls_nobody(r)),
        Step::Unheard => ("hold", running::help_unheard(r)),
        Step::OnItsWay => ("hold", running::help_sent(r)),
        Step::Seen => ("check", running::help_seen(r)),
        Step::Coming => ("check", running::help_coming(r)),
    };
    view! {
        <form class="called" class:unheard=call.step == Step::Unheard method="post" action=over>
            {from.map(|from| view! { <input type="hidden" name="from" value=from/> })}
            <input type="hidden" name="help" value=call.help.key()/>
            <span>
                <Shape name=form/> " " <b>{help_word(r, call.help)}</b> " · "
                <Number text=numbers::time_of_day(r, call.at, utc_offset)/> " · " {said}
            </span>
            <button class="button">{running::help_over(r)}</button>
        </form>
    }
}

/// Three silent calls, and a rest (`F5`, `P2`). What was called stays in sight with its time and its small mark.
pub(super) fn help(t: Tablet) -> impl IntoView {
    let r = t.r;
    let own = Memo::new(move |_| {
        t.view.with(|view| view.running.calls.iter().filter(|call| call.by == t.role).copied().collect::<Vec<_>>())
    });
    let called = move || {
        let one = |call: CallView| called(r, call, t.to("team/help-over"), None, t.utc_offset);
        own.get().into_iter().map(one).collect_view()
    };
    let calls = given::fixed(move || {
        let call = |help| view! { <button class="button" name="help" value=help.key()>{help_word(r, help)}</button> };
        let calls = [Help::HelpMe, Help::SlowDown, Help::SafeAdult].map(call);
        view! { <form method="post" action=t.to("team/help")>{calls.into_iter().collect_view()}</form> }
    });
    view! {
        <div role="status">{called}</div>
        <details class="more quiet-help">
            <summary class="button">{running::help_title(r)}</summary>
            {calls}
            {rest(t)}
        </details>
    }
}

/// A rest; not where one has begun, and not after the session.
fn rest(t: Tablet) -> impl IntoView {
    let r = t.r;
    let none =
        Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Over || view.running.resting.contains(&t.role)));
    view! {
        <form method="post" action=t.to("team/rest") hidden=move || none.get()>
            <button class="button">{running::rest(r)}</button>
        </form>
    }
}

/// Words that are ready for whoever speaks, and whether they were read; nobody speaks after the session.
pub(super) fn to_stage(t: Tablet) -> impl IntoView {
    let (r, over) = (t.r, t.over());
    let sent = Memo::new(move |_| t.view.with(|view| view.running.sent.clone()));
    let ready = [Ready::Slower, Ready::Louder, Ready::Microphone, Ready::Finish, Ready::WithYou].map(|ready| {
        given::fixed(|| view! { <button class="button" name="ready" value=ready.key()>{ready_word(r, ready)}</button> })
    });
    let row = move |note: NoteView| {
        let read = note
            .read_by
            .map_or_else(|| running::note_unread(r).to_owned(), |by| running::note_was_read(r, role_name(r, by)));
        view! { <li>{words_of(r, &note)} " " <span class="note">{read}</span></li> }
    };
    view! {
        <details class="more" hidden=move || over.get()>
            <summary class="button">{running::to_stage(r)}</summary>
            <form method="post" action=t.to("team/send")>
                <input type="hidden" name="id" value=move || t.fresh.get().to_string()/>
                <input type="hidden" name="to" value="stage"/>
                {ready.into_iter().collect_view()}
            </form>
            <ul class="sent" role="status">{move || sent.get().into_iter().map(row).collect_view()}</ul>
        </details>
    }
}
