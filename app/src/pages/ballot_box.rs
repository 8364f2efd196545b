//! The ballot box: one vote for each person on a tablet that goes round. Plain HTML, without any script.

use leptos::prelude::*;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::Ballot;
use nadwa_domain::view::{PollState, PollView};
use uuid::Uuid;

use crate::pages::Page;
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
    /// What has arrived of it.
    pub ballot: Option<Ballot>,
    /// Why the last press was not taken.
    pub refused: Option<String>,
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
                    Some(question) => view! { <Plain phrase=question/> }.into_any(),
                    None => words::box_none(r).into_any(),
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
        return view! { <p>{words::box_how(r)}</p> {look} }.into_any();
    };
    if poll.seats || poll.kind == PollKind::Words {
        return view! { <p>{words::box_not_here(r)}</p> }.into_any();
    }
    let next = data.ballot.is_some().then(|| {
        view! { <a class="button main" data-moment="poll" href=to_box>{words::box_next(r)}</a> }
    });
    // What was pressed once is not shown to whoever gets the tablet next.
    let by_steps = matches!(poll.kind, PollKind::Several { .. } | PollKind::Dots | PollKind::Ranking);
    if data.ballot.is_some() && !by_steps {
        let text = words::box_thanks(r).to_owned();
        return view! { <Message moment="poll" shape="check" text/> {next} }.into_any();
    }
    let action = ["/s/", &data.code, "/polls/", &poll.id.to_string(), "/box"].concat();
    let voice = data.ballot.as_ref().map(|ballot| ballot.voice).unwrap_or_default();
    let how = data.ballot.is_none().then(|| view! { <p class="note">{words::box_how(r)}</p> });
    view! {
        {how}
        <form method="post" class="stack ballot" action=action>
            <input type="hidden" name="id" value=data.form.to_string()/>
            {poll.apart.then(|| voices(r, voice))}
            {choices(r, &poll, data.ballot.as_ref().map(|ballot| &ballot.answer), true)}
            <FieldRefusal id="refusal-poll" sentence=data.refused.clone()/>
            <p class="note middle">{audience::vote_private(r)}</p>
        </form>
        {next}
    }
    .into_any()
}
