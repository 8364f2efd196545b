//! Words for a cloud: a field for the next one, and my own words with their honest state.

use leptos::prelude::*;
use nadwa_domain::session::poll::words::WORDS_EACH;
use nadwa_domain::view::PollView;
use nadwa_domain::view::mine::{MyQuestion, MyState};

use crate::pages::poll::PollPart;
use crate::parts::{FieldRefusal, Said};
use crate::words::{Reader, audience, poll as words};

pub(super) fn words(r: Reader, part: &PollPart, poll: &PollView) -> impl IntoView + use<> {
    let left = WORDS_EACH.saturating_sub(part.mine.words.len());
    let action = ["/s/", &part.code, "/polls/", &poll.id.to_string(), "/word"].concat();
    let field = (left > 0).then(|| {
        // Another word has another field: what was typed for the last one is not typed into it.
        let id = ["word-", &left.to_string()].concat();
        view! {
            <label for=id.clone()>{words::word(r)}</label>
            <p class="note" id="word-notice">{words::word_notice(r)}</p>
            <input
                id=id
                name="text"
                maxlength="60"
                autocomplete="off"
                required
                aria-describedby="word-notice refusal-word"
            />
            <FieldRefusal id="refusal-word" sentence=part.refused.clone()/>
            <button class="button main" data-moment="poll" id="send-word">{words::word_send(r)}</button>
        }
    });
    view! {
        <form method="post" class="box" action=action>
            <input type="hidden" name="id" value=part.fresh.to_string()/>
            {field}
            <p class="note middle">{words::words_left(r, left as u64)}</p>
            {mine(r, &part.mine.words)}
        </form>
    }
}

fn mine(r: Reader, said: &[MyQuestion]) -> Option<impl IntoView + use<>> {
    let word = |mine: &MyQuestion| {
        let state = match mine.state {
            MyState::Received => audience::state_received(r),
            MyState::Held(nadwa_domain::session::question::HoldReason::Language) => audience::state_held_language(r),
            MyState::Held(_) => audience::state_held_personal(r),
            MyState::Passed
            | MyState::Chosen
            | MyState::OnScreen
            | MyState::Answered
            | MyState::FollowUp
            | MyState::NotUsed(_) => audience::vote_recorded(r),
        };
        view! { <li><Said phrase=mine.text.clone()/> <span class="note">{state}</span></li> }
    };
    let all: Vec<_> = said.iter().map(word).collect();
    (!said.is_empty()).then(|| view! { <h2>{words::my_words(r)}</h2> <ul class="words">{all}</ul> })
}
