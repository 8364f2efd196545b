//! The poll on the phone: what can be answered, my own ballot, and the results once the children show them (`F7`).
//!
//! Every press sends the whole ballot as it is then: sending is idempotent, and the browser keeps no state of it.

mod ballot;
mod words_form;

use leptos::prelude::*;
use nadwa_domain::session::poll::ballot::{Ballot, Voice};
use nadwa_domain::session::poll::{AnnulReason, PollKind};
use nadwa_domain::view::poll::MyPoll;
use nadwa_domain::view::{PollState, PollView};
use uuid::Uuid;

use crate::pages::{Write, Written};
use crate::parts::{FieldRefusal, Message, Plain, PollResults};
use crate::words::{self, Reader};

pub use ballot::choices;

/// The poll as one phone sees it.
#[derive(Clone, Debug)]
pub struct PollPart {
    /// The session's join code.
    pub code: String,
    /// The poll; nothing while there is none, and while the session is paused for safety.
    pub poll: Option<PollView>,
    /// This phone's own ballot.
    pub ballot: Option<Ballot>,
    /// What else it has of its own.
    pub mine: MyPoll,
    /// The id for its next word, so that a repeated submit is the same word.
    pub fresh: Uuid,
    /// Whether the poll is the moment: then its question stands in the field above.
    pub here: bool,
    /// Why the last ballot was not taken.
    pub refused: Option<String>,
}

/// What stands in the part; above it the sentence of a refusal that has no field of its own to stand beside.
#[must_use]
pub fn poll(r: Reader, part: PollPart) -> Written {
    let open = part.poll.as_ref().is_some_and(|poll| matches!(poll.state, PollState::Open));
    let refused = part.refused.clone().filter(|_| !open).map(|sentence| {
        view! { <FieldRefusal id="refusal-poll" sentence=Some(sentence)/> }
    });
    let inside = stand(r, part);
    view! { {refused} {inside} }.written()
}

fn stand(r: Reader, part: PollPart) -> Written {
    let Some(poll) = part.poll.clone() else { return ().written() };
    match poll.state.clone() {
        PollState::Open if poll.seats && !part.mine.seat => seat(r, &part, &poll).written(),
        PollState::Open => open(r, &part, &poll).written(),
        PollState::Closed => {
            let text = [words::audience::poll_closed(r), "\n", words::audience::results_hidden(r)].concat();
            view! { <Message moment="poll" shape="poll" text/> }.written()
        }
        PollState::Annulled(reason) => annulled(r, reason).written(),
        PollState::Shown(results) => {
            let spoken = words::audience::results_here(r, &poll.question.text);
            view! {
                <section id="results" data-spoken=spoken>
                    <h2 class=part.here.then_some("unseen")>
                        <Plain phrase=poll.question.clone()/>
                    </h2>
                    <PollResults reader=r poll results/>
                </section>
            }
            .written()
        }
    }
}

/// The poll does not count, and why; nobody did anything wrong.
#[must_use]
pub fn annulled(r: Reader, reason: AnnulReason) -> impl IntoView {
    let text = [words::poll::annulled(r), "\n", why(r, reason)].concat();
    view! { <Message moment="poll" shape="hold" text/> }
}

/// The sentence that everybody is told.
#[must_use]
pub fn why(r: Reader, reason: AnnulReason) -> &'static str {
    match reason {
        AnnulReason::Unclear => words::poll::annulled_unclear(r),
        AnnulReason::Options => words::poll::annulled_options(r),
        AnnulReason::Devices => words::poll::annulled_devices(r),
    }
}

fn open(r: Reader, part: &PollPart, poll: &PollView) -> impl IntoView + use<> {
    let action = ["/s/", &part.code, "/polls/", &poll.id.to_string(), "/ballot"].concat();
    let call = poll.last_call.then(|| view! { <p class="last-call" id="last-call" data-spoken=words::poll::last_call(r)>{words::poll::last_call(r)}</p> });
    let voice = part.ballot.as_ref().map(|ballot| ballot.voice).unwrap_or_default();
    let words_part = (poll.kind == PollKind::Words).then(|| words_form::words(r, part, poll));
    view! {
        {call}
        {words_part}
        <form method="post" class="stack ballot" action=action id="poll" data-spoken=opened(r, poll)>
            {poll.apart.then(|| voices(r, voice))}
            {choices(r, poll, part.ballot.as_ref().map(|ballot| &ballot.answer), part.here)}
            <FieldRefusal id="refusal-poll" sentence=part.refused.clone()/>
            {progress(r, part.ballot.is_some())}
        </form>
    }
}

/// What is said once to whoever does not see that a poll has opened (`N9`); the same with a seat and without.
fn opened(r: Reader, poll: &PollView) -> String {
    words::audience::poll_opened(r, &poll.question.text)
}

/// Whether a child or an adult votes, if somebody wishes to say so.
pub(crate) fn voices(r: Reader, mine: Voice) -> impl IntoView {
    let all = [
        (Voice::Child, words::poll::voice_child(r)),
        (Voice::Adult, words::poll::voice_adult(r)),
        (Voice::Unsaid, words::poll::voice_unsaid(r)),
    ];
    let one = |(voice, word): (Voice, &'static str)| {
        let id = ["voice-", voice.as_str()].concat();
        view! {
            <label class="chip">
                <input type="radio" name="from" value=voice.as_str() id=id checked=voice == mine/>
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="voices">
            <legend>{words::poll::voice(r)}</legend>
            <div class="chips">{all.map(one)}</div>
        </fieldset>
    }
}

/// The seat code is asked for before anything else.
fn seat(r: Reader, part: &PollPart, poll: &PollView) -> impl IntoView + use<> {
    view! {
        <form method="post" class="box" action=["/s/", &part.code, "/seat"].concat() id="poll" data-spoken=opened(r, poll)>
            <p class=part.here.then_some("unseen")>
                <Plain phrase=poll.question.clone()/>
            </p>
            <label for="seat">{words::poll::seat(r)}</label>
            <p class="note" id="seat-why">{words::poll::seat_why(r)}</p>
            <input
                id="seat"
                name="seat"
                dir="ltr"
                inputmode="numeric"
                autocomplete="off"
                maxlength="20"
                required
                aria-describedby="seat-why refusal-poll"
            />
            <FieldRefusal id="refusal-poll" sentence=part.refused.clone()/>
            <button class="button main" data-moment="poll">{words::poll::seat_take(r)}</button>
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
