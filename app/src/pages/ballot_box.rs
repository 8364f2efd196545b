//! The ballot box: one vote for each person on a tablet that goes round. Plain HTML; a script of a few lines clears the
//! page when it is left, so that the back/forward cache shows nobody's vote.

use leptos::prelude::*;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::Ballot;
use nadwa_domain::view::{PollState, PollView};
use uuid::Uuid;

use crate::pages::Page;
use crate::pages::Write;
use crate::pages::poll::{choices, voices};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{FieldRefusal, Message, Plain, Shape, Skip, Top};
use crate::words::{Reader, audience, poll as words};

/// What the ballot box shows.
#[derive(Clone, Debug)]
pub struct BallotBox {
    /// The session's join code.
    pub code: String,
    /// The poll on the phones.
    pub poll: Option<PollView>,
    /// The id of this vote: a repeated press is the same vote.
    pub form: Uuid,
    /// Where it is.
    pub vote: BoxVote,
    /// Why the last press was not taken.
    pub refused: Option<String>,
}

/// Where one vote on the tablet is. What lies in the box is shown to nobody, not even to whoever put it there.
#[derive(Clone, Debug)]
pub enum BoxVote {
    /// Nothing is chosen.
    Blank,
    /// Chosen by several presses, and still in the voter's hand: it is on this one page and nowhere else.
    InHand(Ballot),
    /// It lies in the box.
    Dropped,
}

/// The page.
#[must_use]
pub fn ballot_box(page: &Page, data: BallotBox) -> Html {
    let head = Head {
        title: words::box_title(page.reader).to_owned(),
        class: "phone ballot-box",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    document(page, head, move || {
        let open = data.poll.clone().filter(|poll| poll.state == PollState::Open);
        let asked = open.clone().map(|poll| poll.question);
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <section class="field poll-edge" data-moment="poll">
                <p class="label"><Shape name="poll"/> {words::box_title(r)}</p>
                <h1>{match asked {
                    Some(question) => view! { <Plain phrase=question/> }.written(),
                    None => words::box_none(r).written(),
                }}</h1>
            </section>
            <main id="main">{inside(r, &data, open)}</main>
        }
    })
}

fn inside(r: Reader, data: &BallotBox, open: Option<PollView>) -> impl IntoView + use<> {
    let to_box = ["/s/", &data.code, "/box"].concat();
    let Some(poll) = open else {
        let look = view! { <a class="button" href=to_box>{words::box_look(r)}</a> };
        return view! { <p>{words::box_how(r)}</p> {look} }.written();
    };
    if poll.seats || poll.kind == PollKind::Words {
        return view! { <p>{words::box_not_here(r)}</p> }.written();
    }
    let held = match &data.vote {
        BoxVote::Dropped => return dropped(r, to_box).written(),
        BoxVote::InHand(ballot) => Some(ballot.clone()),
        BoxVote::Blank => None,
    };
    let action = ["/s/", &data.code, "/polls/", &poll.id.to_string(), "/box"].concat();
    let voice = held.as_ref().map(|ballot| ballot.voice).unwrap_or_default();
    let how = held.is_none().then(|| view! { <p class="note">{words::box_how(r)}</p> });
    let answer = held.map(|ballot| ballot.answer);
    let drop = answer.as_ref().filter(|answer| !answer.is_open()).map(|answer| {
        view! {
            <button class="button main" data-moment="poll" name="drop" value=answer.as_key()>
                {words::box_drop(r)}
            </button>
        }
    });
    view! {
        {how}
        <form method="post" class="stack ballot" action=action autocomplete="off">
            <input type="hidden" name="id" value=data.form.to_string()/>
            {poll.apart.then(|| voices(r, voice))}
            {choices(r, &poll, answer.as_ref(), true)}
            <FieldRefusal id="refusal-poll" sentence=data.refused.clone()/>
            {drop}
            <p class="note middle">{audience::vote_private(r)}</p>
        </form>
        <script src="/box.js" defer></script>
    }
    .written()
}

fn dropped(r: Reader, to_box: String) -> impl IntoView {
    let text = words::box_thanks(r).to_owned();
    view! {
        <Message moment="poll" shape="check" text/>
        <a class="button main" data-moment="poll" href=to_box>
            {words::box_next(r)}
        </a>
    }
}
