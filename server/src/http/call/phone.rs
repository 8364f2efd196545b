//! What a phone presses: it needs no pass, and gets an identity with its first press.

use axum::response::{IntoResponse, Response};
use nadwa_app::wire::Answer;
use nadwa_app::words;
use nadwa_domain::command::{PollCommand, QuestionCommand};
use nadwa_domain::ids::PollId;
use nadwa_domain::session::poll::ballot::Ballot;
use nadwa_domain::{Command, Refusal, Who};
use uuid::Uuid;

use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::floods::Flood;
use crate::http::{answers, parts};
use crate::permits::Permit;
use crate::rooms::phone::{Phone, Voting};

impl Call {
    /// Sends a command as a phone; a phone without a token gets one.
    pub async fn act_as_phone(mut self, make: impl FnOnce(&Self) -> Result<Command, Refusal>) -> Response {
        let (phone, cookie) = self.visitor.phone_at_press(&self.app);
        let response = match make(&self).and_then(|command| self.weighed(command, &phone)) {
            Err(refusal) => self.refuse(refusal, Back::Audience).await,
            Ok(command) => {
                let outcome = self.room.act(Who::Phone(phone.id), command).await;
                self.answer(outcome, Back::Audience, Some(phone)).await
            }
        };
        answers::with_phone(response, cookie)
    }

    /// The command, with whether what is written stands below what known phones write (`G3`). A rehearsal takes no text:
    /// no adult would read it (`S1`).
    fn weighed(&self, mut command: Command, phone: &Phone) -> Result<Command, Refusal> {
        if writes(&command) && self.app.rooms.rehearsals().find(&self.code, Permit::long()).is_some() {
            return Err(Refusal::Rehearsed);
        }
        if let Command::Question(QuestionCommand::Ask { said, .. }) = &mut command {
            let stands = self.visitor.standing(&self.app, phone, Flood::Texts);
            (said.one_of_many, said.after) = (!stands.alone, stands.after);
            said.sent_later = self.visitor.by_letter();
        } else if let Command::Poll(PollCommand::SayWord { one_of_many, after, .. }) = &mut command {
            let stands = self.visitor.standing(&self.app, phone, Flood::Texts);
            (*one_of_many, *after) = (!stands.alone, stands.after);
        }
        Ok(command)
    }

    /// The same call about what the phone's own form names: in the body, since a log of addresses would tell which
    /// phone asked what (G6).
    pub fn about_its_own(mut self) -> Self {
        self.id = self.fields.id.as_deref().and_then(|id| Uuid::parse_str(id).ok());
        self
    }

    /// Takes a ballot. A ballot is no entry: the store keeps it until the poll closes.
    pub async fn vote(mut self, poll: PollId, ballot: Ballot) -> Response {
        let (phone, cookie) = self.visitor.phone_at_press(&self.app);
        let outcome = self.room.vote(Voting::Phone(phone), poll, ballot.clone()).await;
        let response = match outcome {
            Ok(()) => self.changed_the_part(phone, Some((poll, ballot))).await,
            outcome => self.answer(outcome, Back::Audience, Some(phone)).await,
        };
        answers::with_phone(response, cookie)
    }

    /// Sends what a phone does in a poll besides voting: a word, a seat.
    pub async fn act_in_poll(mut self, make: impl FnOnce(&Self) -> Result<Command, Refusal>) -> Response {
        let (phone, cookie) = self.visitor.phone_at_press(&self.app);
        let response = match make(&self).and_then(|command| self.weighed(command, &phone)) {
            Err(refusal) => self.refuse(refusal, Back::Audience).await,
            Ok(command) => match self.room.act(Who::Phone(phone.id), command).await {
                Ok(()) => self.changed_the_part(phone, None).await,
                outcome => self.answer(outcome, Back::Audience, Some(phone)).await,
            },
        };
        answers::with_phone(response, cookie)
    }

    /// It is on disk: the part of the page as it looks with it. `cast` is the ballot, if it was one.
    async fn changed_the_part(self, phone: Phone, cast: Option<(PollId, Ballot)>) -> Response {
        if !self.json {
            return answers::see(&Back::Audience.path(&self.code));
        }
        let reader = self.visitor.reader;
        let known = cast.filter(|(poll, _)| self.room.open_poll() == Some(*poll));
        let part = match known {
            Some((_, ballot)) => Some(parts::poll_with(&self.app, &self.room, &self.code, reader, phone, ballot)),
            None => parts::poll(&self.app, &self.room, &self.code, reader, Some(phone), None).await.ok(),
        };
        let message = Some(words::audience::vote_recorded(reader).to_owned());
        axum::Json(Answer { message, part, ..Answer::default() }).into_response()
    }
}

/// Whether a command brings a text that others would read.
fn writes(command: &Command) -> bool {
    matches!(
        command,
        Command::Question(QuestionCommand::Ask { .. } | QuestionCommand::Change { .. })
            | Command::Poll(PollCommand::SayWord { .. })
    )
}
