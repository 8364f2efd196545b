//! The poll on the phone: large options, my own choice, and the results once the children show them (`F7`).

use leptos::either::EitherOf3;
use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::poll::Choice;
use nadwa_domain::view::{PollState, PollView};

use super::Phone;
use crate::parts::phrase::own;
use crate::parts::{Bars, Message, Plain};
use crate::words;

/// Whatever the poll is now; nothing while the session is paused for safety.
pub(super) fn poll(phone: &Phone) -> Option<impl IntoView + use<>> {
    let r = phone.place.reader;
    let poll = phone.view.poll.as_ref().filter(|_| phone.goes_on())?;
    Some(match &poll.state {
        PollState::Open => EitherOf3::A(options(phone, poll)),
        PollState::Closed => {
            let text = [words::audience::poll_closed(r), "\n", words::audience::results_hidden(r)].concat();
            EitherOf3::B(view! { <Message moment="poll" shape="poll" text/> })
        }
        PollState::Shown(results) => EitherOf3::C(view! {
            <section>
                // The question stands in the field above while the poll is the moment, and here when something else is.
                <h2 class=phone.polling().then_some("unseen")>
                    <Plain phrase=poll.question.clone()/>
                </h2>
                <Bars reader=r options=poll.options.clone() results=results.clone()/>
            </section>
        }),
    })
}

fn options(phone: &Phone, poll: &PollView) -> impl IntoView + use<> {
    let r = phone.place.reader;
    let mine = chosen(phone, poll);
    let option = |choice: Choice, label: Phrase, class: &str| {
        let is_mine = mine == Some(choice);
        view! {
            <button
                class=[class, if is_mine { " is-mine" } else { "" }].concat()
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
        <form method="post" class="stack" action=phone.to(&["/polls/", &poll.id.to_string(), "/ballot"])>
            <fieldset class="options">
                <legend class=phone.polling().then_some("unseen")>
                    <Plain phrase=poll.question.clone()/>
                </legend>
                {rows}
            </fieldset>
            <p class="note middle" role="status">
                {progress(phone, mine)}
            </p>
        </form>
    }
}

/// The choice that is on its way, else the one that has arrived.
fn chosen(phone: &Phone, poll: &PollView) -> Option<Choice> {
    let arrived = phone.mine.ballot.filter(|ballot| ballot.poll == poll.id);
    phone.pressed.or(arrived.map(|ballot| ballot.choice))
}

/// What has become of my vote, honestly.
fn progress(phone: &Phone, mine: Option<Choice>) -> &'static str {
    let r = phone.place.reader;
    let waits = phone.waiting.iter().any(|letter| letter.action.ends_with("/ballot"));
    match mine {
        None => words::audience::vote_private(r),
        Some(_) if waits => words::audience::vote_waits(r),
        Some(_) if phone.pressed.is_some() => words::common::sending(r),
        Some(_) => words::audience::vote_arrived(r),
    }
}
