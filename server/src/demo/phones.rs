//! A few simulated phones, so that a newcomer sees life: they ask harmless questions and vote, at a human pace.

use std::sync::Arc;
use std::time::Duration;

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::Phase;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::session::question::{AskedAs, Status};
use nadwa_domain::text::QuestionText;
use nadwa_domain::{Command, Who};

use crate::demo::{DemoHandle, texts};
use crate::edge;
use crate::http::App;
use crate::played::{answer, graphemes, open_poll};
use crate::rooms::phone::Phone;
use crate::rooms::session::SessionRoom;

/// How many phones the hall has.
const PHONES: u64 = 24;
/// Between two things that happen, in milliseconds: at least, and spread over as much again and more.
const PACE: (u64, u64) = (1_500, 3_000);
/// One in so many is a question, while no poll is open.
const ASK_ONE_IN: u64 = 9;
/// So many unread questions are enough: the newcomer has to read them.
const ENOUGH_WAITING: usize = 4;

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
            let _ = room.act(demo.built.colleague, Command::Desk(DeskCommand::Here { by: Sign::Hand })).await;
            live_a_moment(&room, &hall).await;
        }
    }
}

async fn live_a_moment(room: &SessionRoom, hall: &[Phone]) {
    let place = usize::try_from(edge::below(PHONES)).unwrap_or(0);
    let phone = hall[place];
    if let Some(open) = room.look(|session, _| open_poll(session)) {
        answer(room, phone, open).await;
    } else if edge::below(ASK_ONE_IN) == 0
        && let Some(text) = room.look(|session, _| next_question(session))
    {
        let _ = room
            .act(
                Who::Phone(phone.id),
                Command::Question(QuestionCommand::Ask {
                    id: QuestionId(edge::fresh_id()),
                    text,
                    said: AskedAs::default(),
                }),
            )
            .await;
    }
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
