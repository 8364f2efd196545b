//! Silent calls for help wherever an adult works (`F5`, `N1`): who calls, for what, since when, and "I am coming".

use leptos::prelude::*;
use nadwa_domain::ids::{ItemId, SessionId};
use nadwa_domain::inbox::Heard;
use nadwa_domain::session::team::call::Step;
use nadwa_domain::view::running::CallView;
use nadwa_domain::{Choice, Phrase};
use serde::{Deserialize, Serialize};

use crate::live::console::beside::help_word;
use crate::parts::team::role_name;
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, backstage, numbers};

/// A call and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calling {
    /// The session's join code, or its id; of an author, who is in none, the page's own session, if it has one.
    pub code: String,
    /// An author's call, which stands in the inbox.
    #[serde(default)]
    pub item: Option<ItemId>,
    /// A closed meeting, which has no address that an adult outside could open.
    #[serde(default)]
    pub meeting: Option<SessionId>,
    /// What the session is called; empty on a page of that very session.
    pub session: Phrase,
    pub call: CallView,
}

/// One call. `from` names the page that the answer's form comes back to. What nobody has answered in time shows larger.
pub fn row(r: Reader, calling: Calling, from: &'static str, utc_offset: i32) -> impl IntoView {
    let Calling { code, item, meeting, session, call } = calling;
    let said = match call.step {
        Step::OnItsWay => None,
        Step::Unheard => Some(("hold", backstage::unheard(r))),
        Step::Seen => Some(("check", backstage::seen(r))),
        Step::Coming => Some(("check", backstage::answered(r))),
    };
    let said = said.map(|(form, word)| view! { <span class="note"><Shape name=form/> " " {word}</span> });
    let unseen = matches!(call.step, Step::OnItsWay | Step::Unheard);
    let to = Answers { code: &code, item, meeting, from, call };
    let see = unseen.then(|| to.by(Heard::See, backstage::see(r), "button"));
    let come = (!call.answered).then(|| to.by(Heard::Answer, backstage::answer(r), "button large"));
    let behind = (from != "backstage" && item.is_none() && meeting.is_none()).then(|| {
        let way = ["/s/", &code, "/backstage"].concat();
        view! { <a class="note" href=way>{backstage::link(r)}</a> }
    });
    let session = (!session.is_empty()).then(|| view! { <span class="note"><Plain phrase=session/></span> });
    let class = if call.step == Step::Unheard { "message unheard" } else { "message" };
    view! {
        <li class=class data-moment=if call.answered { "plain" } else { "safety" }>
            <Shape name="safety"/>
            <div>
                <b>{help_word(r, call.help)}</b>
                <span>{role_name(r, call.by)} " · " <Number text=numbers::time_of_day(r, call.at, utc_offset)/></span>
                {session} {said} {behind}
            </div>
            {come} {see}
        </li>
    }
}

/// What the forms that answer one call say.
struct Answers<'a> {
    code: &'a str,
    item: Option<ItemId>,
    meeting: Option<SessionId>,
    from: &'static str,
    call: CallView,
}

impl Answers<'_> {
    /// The form of one answer. Which author calls stands in its body, in no address (G6).
    fn by(&self, how: Heard, word: &'static str, class: &'static str) -> impl IntoView + use<> {
        let Self { code, item, meeting, from, call } = *self;
        // Neither has an address of its own.
        let heard = item.is_some() || meeting.is_some();
        let action = if heard { "/help/heard".to_owned() } else { ["/s/", code, "/team/", how.key()].concat() };
        let button = match heard {
            true => view! { <button class=class name="how" value=how.key()>{word}</button> },
            false => view! { <button class=class name="help" value=call.help.key()>{word}</button> },
        };
        let of_author = item.map(|item| {
            view! {
                <input type="hidden" name="item" value=item.to_string()/>
                <input type="hidden" name="code" value=code.to_owned()/>
            }
        });
        let of_meeting = meeting.map(|meeting| {
            view! {
                <input type="hidden" name="meeting" value=meeting.to_string()/>
                <input type="hidden" name="help" value=call.help.key()/>
            }
        });
        view! {
            <form method="post" action=action>
                <input type="hidden" name="from" value=from/>
                <input type="hidden" name="by" value=call.by.key()/>
                {of_author}
                {of_meeting}
                {button}
            </form>
        }
    }
}

/// Whether somebody must come: a call that no adult has answered.
#[must_use]
pub fn ring<'a>(calls: impl IntoIterator<Item = &'a CallView>) -> bool {
    calls.into_iter().any(|call| matches!(call.step, Step::OnItsWay | Step::Unheard))
}

/// The calls above an adult's own work; nothing while nobody calls.
pub fn above(r: Reader, calls: Vec<Calling>, from: &'static str, utc_offset: i32) -> impl IntoView {
    (!calls.is_empty()).then(|| {
        let rows = calls.into_iter().map(|calling| row(r, calling, from, utc_offset)).collect_view();
        view! {
            <h2 class="label">{backstage::calls(r)}</h2>
            <ul class="calls">{rows}</ul>
        }
    })
}

/// Calls in other sessions that nobody has answered in time; nothing while there are none.
pub fn elsewhere(r: Reader, mut calls: Vec<Calling>, from: &'static str, utc_offset: i32) -> impl IntoView {
    calls.retain(|calling| calling.item.is_none());
    (!calls.is_empty()).then(|| {
        let rows = calls.into_iter().map(|calling| row(r, calling, from, utc_offset)).collect_view();
        view! { <h2 class="label">{backstage::elsewhere(r)}</h2> <ul class="calls">{rows}</ul> }
    })
}
