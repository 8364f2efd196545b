//! What a session's report counts (`R2`, `P9`): questions by what became of them and by language, and how speaking time was
//! shared. Nothing of it stands beside a name.
//!
//! What never reached the children is counted only as held (`S2`): neither what waits at the desk, nor what was taken back, nor
//! what was asked in all, since from these a number could be had by subtraction that nobody may have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::conference::people::Group;
use crate::ids::PersonId;
use crate::lang::Lang;
use crate::session::Session;
use crate::session::question::{Asks, HoldReason, NotUsedReason, Question, Status};
use crate::time::Span;

/// Questions that reached the children, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionCounts {
    /// All of them.
    pub reached: u32,
    pub answered: u32,
    /// An organisation owes the answer.
    pub owed: u32,
    /// Without a fate yet.
    pub open: u32,
    /// By reason; a reason that nobody gave is not there.
    pub not_used: Vec<(NotUsedReason, u32)>,
    /// Held back by the desk, for its two reasons (`S2`: a number, and no more). What is for adults alone is not in it.
    pub held: u32,
    /// By the language that they seem to be in; nothing where that is not known, or the words were erased.
    pub languages: Vec<(Option<Lang>, u32)>,
    /// Who asked, as far as the sender chose to say: children, adults, unsaid.
    pub asked_by: (u32, u32, u32),
}

/// How speaking time was shared, by what people are noted as; never by person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaking {
    /// Parts whose speakers are children.
    pub children: Span,
    pub adults: Span,
    /// Children and adults together, or nobody who is written down.
    pub others: Span,
    /// Turns of the hall.
    pub hall: Span,
}

/// Questions by what became of them.
#[must_use]
pub fn questions(session: &Session) -> QuestionCounts {
    let with_children = || session.with_fate().chain(session.without_fate());
    let count = |fits: &dyn Fn(&Question) -> bool| number(with_children().filter(|question| fits(question)).count());
    let became = |status: Status| count(&|question: &Question| question.status == status);
    let not_used = REASONS.map(|reason| (reason, became(Status::NotUsed(reason))));
    let mut languages: BTreeMap<Option<Lang>, u32> = BTreeMap::new();
    for question in with_children() {
        *languages.entry(question.noticed).or_default() += 1;
    }
    let said = |asks| count(&|question: &Question| question.said.asks == asks);
    let held = |question: &&Question| {
        let reason = matches!(question.status, Status::Held(HoldReason::Language | HoldReason::PersonalData));
        reason && question.poll.is_none()
    };
    QuestionCounts {
        reached: count(&|_| true),
        answered: became(Status::Answered),
        owed: became(Status::FollowUp),
        open: number(session.without_fate().count()),
        not_used: not_used.into_iter().filter(|(_, count)| *count > 0).collect(),
        held: number(session.questions.iter().filter(held).count()),
        languages: languages.into_iter().collect(),
        asked_by: (said(Some(Asks::Child)), said(Some(Asks::Adult)), said(None)),
    }
}

const REASONS: [NotUsedReason; 4] =
    [NotUsedReason::AlreadyAsked, NotUsedReason::NoTime, NotUsedReason::OtherTopic, NotUsedReason::OtherSession];

/// How speaking time was shared; `group` says as what a person is noted.
#[must_use]
pub fn speaking(session: &Session, group: impl Fn(PersonId) -> Option<Group>) -> Speaking {
    let mut speaking = Speaking::default();
    for spoken in &session.stage.spoken {
        let speakers = session.slot(spoken.slot).map(|slot| slot.speakers.as_slice()).unwrap_or_default();
        let all = |of| !speakers.is_empty() && speakers.iter().all(|person| group(*person) == Some(of));
        let time = match () {
            () if spoken.turn.is_some() => &mut speaking.hall,
            () if all(Group::Child) => &mut speaking.children,
            () if all(Group::Adult) => &mut speaking.adults,
            () => &mut speaking.others,
        };
        *time = *time + spoken.time;
    }
    speaking
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
