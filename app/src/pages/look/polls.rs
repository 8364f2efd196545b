//! Specimens of polls: every kind as a phone answers it, every state of one, and every kind of result.

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::poll::ballot::{Answer, Ballot, Voice};
use nadwa_domain::session::poll::count::{Apart, Middle, Share};
use nadwa_domain::session::poll::picture::{Picture, Pictured};
use nadwa_domain::session::poll::{AnnulReason, PollKind};
use nadwa_domain::view::mine::{MyQuestion, MyState};
use nadwa_domain::view::poll::{CloudWord, Counts, MyPoll};
use nadwa_domain::view::{PollState, PollView, Results};
use uuid::Uuid;

use super::{Sample, specimen, still};
use crate::pages::poll::{PollPart, poll};
use crate::pages::{Write, Written};
use crate::parts::PollResults;
use crate::words::{look as words, refusal};

/// Numbers between these two.
const ESTIMATE: PollKind = PollKind::Estimate { low: 0, high: 100 };

pub(super) fn all(sample: Sample) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::poll(r), kinds(sample))}
        {specimen(words::poll_states(r), states(sample))}
        {specimen(words::results(r), results(sample))}
        {specimen(words::second_round(r), second_round(sample))}
    }
    .written()
}

/// What a phone shows of a poll, with its own ballot.
fn part(sample: Sample, name: &str, poll_view: PollView, answer: Option<Answer>) -> Written {
    let ballot = answer.map(Ballot::from);
    still(sample, name, poll(sample.r, PollPart { poll: Some(poll_view), ballot, ..empty() }))
}

fn empty() -> PollPart {
    PollPart {
        code: "look".to_owned(),
        poll: None,
        ballot: None,
        mine: MyPoll::default(),
        fresh: Uuid::nil(),
        here: false,
        refused: None,
    }
}

/// Every kind, answered.
fn kinds(sample: Sample) -> impl IntoView {
    let one = |name: &str, kind, answer| part(sample, name, sample.poll(kind), Some(answer));
    let pictures = [Picture::Phone, Picture::Chat, Picture::Together].map(Pictured::Ours).to_vec();
    let pictured = PollView { pictures, ..sample.poll(PollKind::Pictures) };
    view! {
        {one("single", PollKind::Single, Answer::One(1))}
        {one("yes-no", PollKind::YesNo, Answer::One(0))}
        {one("several", PollKind::Several { most: 2 }, Answer::Some(vec![0, 2]))}
        {one("agree", PollKind::Agree, Answer::One(1))}
        {one("happy", PollKind::Happy, Answer::One(3))}
        {part(sample, "pictures", pictured, Some(Answer::One(0)))}
        {one("dots", PollKind::Dots, Answer::Dots(vec![2, 1]))}
        {one("ranking", PollKind::Ranking, Answer::Order(vec![1, 0]))}
        {one("estimate", ESTIMATE, Answer::Number(42))}
        {one("wave", PollKind::Wave, Answer::One(0))}
        {said_words(sample)}
    }
}

/// My own words with their honest state.
fn said_words(sample: Sample) -> Written {
    let word = |(place, state): (usize, MyState)| MyQuestion {
        id: QuestionId(Uuid::nil()),
        text: sample.own(words::sample_words(sample.r).get(place).copied().unwrap_or_default()),
        state,
        owed_by: None,
        anew: 0,
        sent_later: false,
    };
    let said = [MyState::Passed, MyState::Received].into_iter().enumerate().map(word).collect();
    let mine = MyPoll { seat: false, words: said };
    let open = PollPart { poll: Some(sample.poll(PollKind::Words)), mine, ..empty() };
    still(sample, "words", poll(sample.r, open))
}

/// Open and untouched, closing soon, by seats, apart, refused, on its way, waiting for the network; closed; annulled, for
/// each reason.
fn states(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let single = || sample.poll(PollKind::Single);
    let soon = PollView { last_call: true, ..single() };
    let refused = Some(refusal::malformed(r).to_owned());
    let seats = PollPart {
        poll: Some(PollView { seats: true, ..single() }),
        refused: Some(refusal::no_such_seat(r).to_owned()),
        ..empty()
    };
    let apart = PollPart {
        poll: Some(PollView { apart: true, ..single() }),
        ballot: Some(Ballot { voice: Voice::Child, ..Ballot::from(Answer::RatherNot) }),
        refused,
        ..empty()
    };
    let annulled = [AnnulReason::Unclear, AnnulReason::Options, AnnulReason::Devices].map(|reason| {
        let view = PollView { state: PollState::Annulled(reason), ..single() };
        part(sample, "annulled", view, None)
    });
    view! {
        {part(sample, "open", single(), None)}
        {part(sample, "soon", soon, None)}
        {part(sample, "hand-down", sample.poll(PollKind::Wave), None)}
        {still(sample, "seats", poll(r, seats))}
        {still(sample, "apart", poll(r, apart))}
        {sending(sample, "busy", "data-busy")}
        {sending(sample, "waits", "data-waits")}
        {part(sample, "closed", PollView { state: PollState::Closed, ..single() }, None)}
        {annulled}
    }
}

/// A choice on its way, or waiting for the network: a live page marks the form and what was pressed.
fn sending(sample: Sample, name: &str, mark: &str) -> Written {
    let open = PollPart { poll: Some(sample.poll(PollKind::Single)), ..empty() };
    let html = poll(sample.r, open).into_view().to_html();
    let marked = html.replace("class=\"stack ballot\"", &["class=\"stack ballot\" ", mark, "=\"\""].concat());
    let pressed = marked.replacen("id=\"choice-", "data-pressed=\"\" id=\"choice-", 1);
    still(sample, name, Written::new(pressed))
}

fn counts(options: &[u32]) -> Counts {
    let rather_not = 6;
    let voters = options.iter().sum::<u32>() + rather_not;
    Counts { options: options.to_vec(), rather_not, voters, ..Counts::default() }
}

fn shown(sample: Sample, poll: PollView, counts: Counts) -> Written {
    view! { <PollResults reader=sample.r poll=poll results=Results::Counts(counts)/> }.written()
}

/// Every kind of result; nobody wins in any.
fn results(sample: Sample) -> impl IntoView {
    let of = |kind, options: &[u32]| shown(sample, sample.poll(kind), counts(options));
    let pictures = [Picture::Phone, Picture::Chat, Picture::Together].map(Pictured::Ours).to_vec();
    let pictured = PollView { pictures, ..sample.poll(PollKind::Pictures) };
    let middle = Some(Middle { low: 30, half: 45, high: 70 });
    let guesses: Vec<u32> = (0_u32..).take(ESTIMATE.places(0)).map(|place| 2 + place * 3 % 11).collect();
    let guessed = Counts { middle, ..counts(&guesses) };
    let few = PollView { hands: Some(vec![4, 7, 2]), ..sample.poll(PollKind::Single) };
    view! {
        {of(PollKind::Single, &[18, 44, 9])}
        {of(PollKind::YesNo, &[31, 12, 8])}
        {of(PollKind::Agree, &[20, 31, 12, 6, 3])}
        {of(PollKind::Happy, &[4, 9, 20, 26, 11])}
        {shown(sample, pictured, counts(&[22, 17, 30]))}
        {of(PollKind::Dots, &[40, 66, 23])}
        {of(PollKind::Ranking, &[88, 120, 61])}
        {shown(sample, sample.poll(ESTIMATE), guessed)}
        {of(PollKind::Wave, &[23])}
        {cloud(sample)}
        <PollResults reader=sample.r poll=sample.poll(PollKind::Single) results=Results::TooFew/>
        <PollResults reader=sample.r poll=few results=Results::TooFew/>
    }
}

fn cloud(sample: Sample) -> Written {
    let said = words::sample_words(sample.r).iter().zip([14, 9, 6, 3, 1]);
    let said = said.map(|(word, count)| CloudWord { text: sample.own(word), count }).collect();
    let results = Results::Cloud { words: said, voters: 24, rather_not: 2 };
    view! { <PollResults reader=sample.r poll=sample.poll(PollKind::Words) results=results/> }.written()
}

/// A second round beside its first, hands in the room, children and adults apart; as bars and as a line.
fn second_round(sample: Sample) -> impl IntoView {
    let again = |kind, before: &[u32], hands: Option<Vec<u32>>| {
        let before = Some(counts(before));
        PollView { round: 2, before, hands, ..sample.poll(kind) }
    };
    let bars = again(PollKind::Single, &[30, 21, 20], Some(vec![6, 11, 3]));
    let line = again(PollKind::Agree, &[9, 18, 25, 14, 6], None);
    let share =
        |options: &[u32]| Share { options: options.to_vec(), rather_not: 3, voters: options.iter().sum::<u32>() + 3 };
    let apart = Some(Apart { children: share(&[10, 30, 4]), adults: share(&[8, 14, 5]) });
    view! {
        {shown(sample, bars, counts(&[18, 44, 9]))}
        {shown(sample, line, counts(&[20, 31, 12, 6, 3]))}
        {shown(sample, sample.poll(PollKind::Single), Counts { apart, ..counts(&[18, 44, 9]) })}
    }
}
