//! The poll on the phone: large options, my own choice, and the results once the children show them (`F7`).

use leptos::either::EitherOf4;
use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::poll::Choice;
use nadwa_domain::view::{PollState, PollView};

use crate::parts::phrase::own;
use crate::parts::{Bars, FieldRefusal, Message, Plain};
use crate::words::{self, Reader};

/// The poll as one phone sees it.
#[derive(Clone, Debug)]
pub struct PollPart {
    /// The session's join code.
    pub code: String,
    /// The poll; nothing while there is none, and while the session is paused for safety.
    pub poll: Option<PollView>,
    /// This phone's own ballot.
    pub mine: Option<Choice>,
    /// Whether the poll is the moment: then its question stands in the field above.
    pub here: bool,
    /// Why the last ballot was not taken.
    pub refused: Option<String>,
}

/// What stands in the part.
#[must_use]
pub fn poll(r: Reader, part: PollPart) -> impl IntoView {
    let Some(poll) = part.poll.clone() else { return EitherOf4::A(()) };
    match poll.state.clone() {
        PollState::Open => EitherOf4::B(options(r, &part, &poll)),
        PollState::Closed => {
            let text = [words::audience::poll_closed(r), "\n", words::audience::results_hidden(r)].concat();
            EitherOf4::C(view! { <Message moment="poll" shape="poll" text/> })
        }
        PollState::Shown(results) => EitherOf4::D(view! {
            <section>
                <h2 class=part.here.then_some("unseen")>
                    <Plain phrase=poll.question/>
                </h2>
                <Bars reader=r options=poll.options results/>
            </section>
        }),
    }
}

fn options(r: Reader, part: &PollPart, poll: &PollView) -> impl IntoView + use<> {
    let option = |choice: Choice, label: Phrase, class: &str| {
        let is_mine = part.mine == Some(choice);
        view! {
            <button
                class=[class, if is_mine { " is-mine" } else { "" }].concat()
                id=["choice-", &choice.as_key()].concat()
                name="choice"
                value=choice.as_key()
                aria-pressed=if is_mine { "true" } else { "false" }
            >
                <Plain phrase=label/>
                <i class="shape check tick" aria-hidden="true"></i>
            </button>
        }
    };
    let mut rows: Vec<_> =
        (0..).zip(&poll.options).map(|(place, label)| option(Choice::Option(place), label.clone(), "option")).collect();
    rows.push(option(Choice::RatherNot, own(r, words::audience::rather_not(r)), "option aside"));
    view! {
        <form method="post" class="stack ballot" action=["/s/", &part.code, "/polls/", &poll.id.to_string(), "/ballot"].concat()>
            <fieldset class="options one">
                <legend class=part.here.then_some("unseen")>
                    <Plain phrase=poll.question.clone()/>
                </legend>
                {rows}
            </fieldset>
            <FieldRefusal id="refusal-poll" sentence=part.refused.clone()/>
            {progress(r, part.mine.is_some())}
        </form>
    }
}

/// What has become of my vote, honestly: the style sheet shows the line that holds.
fn progress(r: Reader, voted: bool) -> impl IntoView {
    view! {
        <p class="note middle is-there">
            {if voted { words::audience::vote_arrived(r) } else { words::audience::vote_private(r) }}
        </p>
        <p class="note middle is-busy">{words::common::sending(r)}</p>
        <p class="note middle is-waiting">{words::audience::vote_waits(r)}</p>
    }
}
