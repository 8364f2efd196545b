//! Silent calls for help wherever an adult works (`F5`, `N1`): who calls, for what, since when, and "I am coming".

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::session::team::Help;
use nadwa_domain::view::running::CallView;

use crate::live::console::beside::help_word;
use crate::parts::team::{role_key, role_name};
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, backstage, numbers};

/// A call and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calling {
    /// The session's join code, or its id.
    pub code: String,
    /// What the session is called; empty on a page of that very session.
    pub session: Phrase,
    /// The call.
    pub call: CallView,
}

/// One call. `from` names the page that the answer's form comes back to.
pub fn row(r: Reader, calling: Calling, from: &'static str, utc_offset: i32) -> impl IntoView {
    let Calling { code, session, call } = calling;
    let answer = (!call.answered).then(|| {
        view! {
            <form method="post" action=["/s/", &code, "/team/answer"].concat()>
                <input type="hidden" name="from" value=from/>
                <input type="hidden" name="by" value=role_key(call.by)/>
                <button class="button large" name="help" value=help_key(call.help)>{backstage::answer(r)}</button>
            </form>
        }
    });
    let done =
        call.answered.then(|| view! { <span class="note"><Shape name="check"/> " " {backstage::answered(r)}</span> });
    let session = (!session.is_empty()).then(|| view! { <span class="note"><Plain phrase=session/></span> });
    view! {
        <li class="message" data-moment=if call.answered { "plain" } else { "safety" }>
            <Shape name="safety"/>
            <div>
                <b>{help_word(r, call.help)}</b>
                <span>{role_name(r, call.by)} " · " <Number text=numbers::time_of_day(r, call.at, utc_offset)/></span>
                {session}
            </div>
            {answer} {done}
        </li>
    }
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

const fn help_key(help: Help) -> &'static str {
    match help {
        Help::HelpMe => "help_me",
        Help::SlowDown => "slow_down",
        Help::SafeAdult => "safe_adult",
    }
}
