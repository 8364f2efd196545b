//! A few simulated phones, so that a newcomer sees life: they ask harmless questions and vote, at a human pace.

use std::sync::Arc;
use std::time::Duration;

use nadwa_domain::ids::{PollId, QuestionId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::session::question::{AskedAs, Status};
use nadwa_domain::session::reading::DeskAct;
use nadwa_domain::text::{QuestionText, WordText};
use nadwa_domain::{Command, Who};
use unicode_segmentation::UnicodeSegmentation;

use crate::demo::{DemoHandle, texts};
use crate::edge;
use crate::http::App;
use crate::rooms::Failure;
use crate::rooms::phone::{Phone, Voting};
use crate::rooms::session::SessionRoom;

/// How many phones the hall has.
const PHONES: u64 = 24;
/// Between two things that happen, in milliseconds: at least, and spread over as much again and more.
const PACE: (u64, u64) = (1_500, 3_000);
/// One in so many is a question, while no poll is open.
const ASK_ONE_IN: u64 = 9;
/// So many unread questions are enough: the newcomer has to read them.
const ENOUGH_WAITING: usize = 4;

/// Grapheme clusters of a text.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Lives until the server stops; the switch is looked at before every act.
pub async fn live(app: App, demo: Arc<DemoHandle>) {
    let hall: Vec<Phone> = (0..PHONES).map(|_| Phone::played()).collect();
    let Ok(room) = app.rooms.session(demo.built.live).await else { return };
    loop {
        let pause = Duration::from_millis(PACE.0 + edge::below(PACE.1));
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        if demo.phones_on() {
            // A refusal is part of life: too soon, closed, paused.
            // A colleague is a person, as far as the demo goes.
            let _ = room.act(demo.built.colleague, Command::Desk(DeskAct::Here { by: Sign::Hand })).await;
            live_a_moment(&room, &hall).await;
        }
    }
}

async fn live_a_moment(room: &SessionRoom, hall: &[Phone]) {
    let place = usize::try_from(edge::below(PHONES)).unwrap_or(0);
    let phone = hall[place];
    if let Some((poll, kind, options)) = room.look(|session, _| open_poll(session)) {
        match opinion(kind, options) {
            Some(answer) => drop(room.vote(Voting::Phone(phone), poll, answer.into()).await),
            None => drop(say_a_word(room, phone, poll).await),
        }
    } else if edge::below(ASK_ONE_IN) == 0
        && let Some(text) = room.look(|session, _| next_question(session))
    {
        let _ = room
            .act(
                Who::Phone(phone.id),
                Command::Ask { id: QuestionId(edge::fresh_id()), text, said: AskedAs::default() },
            )
            .await;
    }
}

fn open_poll(session: &nadwa_domain::Session) -> Option<(PollId, PollKind, u64)> {
    let poll = session.polls.iter().find(|poll| poll.is_open())?;
    Some((poll.id, poll.rule.kind, poll.places() as u64))
}

/// What a phone votes; nothing where words are asked for. Opinions differ, and not evenly.
fn opinion(kind: PollKind, places: u64) -> Option<Answer> {
    let places = places.max(1);
    let place = || {
        let place = (edge::below(places) * edge::below(places + 1) / places) % places;
        u8::try_from(place).unwrap_or(0)
    };
    let mut order: Vec<u8> = Vec::new();
    (0..3).map(|_| place()).for_each(|place| {
        if !order.contains(&place) {
            order.push(place);
        }
    });
    Some(match kind {
        PollKind::Words => return None,
        PollKind::Several { most } => Answer::Some(order.into_iter().take(usize::from(most)).collect()),
        PollKind::Ranking => Answer::Order(order),
        PollKind::Dots => {
            let mut dots = vec![0; usize::try_from(places).unwrap_or(0)];
            (0..3).for_each(|_| dots[usize::from(place())] += 1);
            Answer::Dots(dots)
        }
        PollKind::Estimate { low, high } => {
            let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0) / 2 + 1;
            let far = edge::below(width) + edge::below(width);
            Answer::Number(low.saturating_add(i64::try_from(far).unwrap_or(0)).min(high))
        }
        _ => Answer::One(place()),
    })
}

async fn say_a_word(room: &SessionRoom, phone: Phone, poll: PollId) -> Result<(), Failure> {
    let place = usize::try_from(edge::below(texts::WORDS.len() as u64)).unwrap_or(0);
    let text = WordText::parse(texts::WORDS[place], graphemes).map_err(Failure::Refused)?;
    room.act(
        Who::Phone(phone.id),
        Command::SayWord { poll, id: QuestionId(edge::fresh_id()), text, one_of_many: false },
    )
    .await
}

/// A harmless question that nobody is reading just now.
fn next_question(session: &nadwa_domain::Session) -> Option<QuestionText> {
    let waiting: Vec<&str> = session
        .questions
        .iter()
        .filter(|question| matches!(question.status, Status::Received | Status::Passed | Status::Chosen))
        .filter_map(|question| question.text.as_deref())
        .collect();
    let unread = session.questions.iter().filter(|question| question.status == Status::Received).count();
    if session.phase != Phase::Open || unread >= ENOUGH_WAITING {
        return None;
    }
    let text = texts::QUESTIONS.iter().find(|text| !waiting.contains(text))?;
    QuestionText::parse(text, graphemes).ok()
}
