//! What recommendations can be made of: questions whose answer is owed, key messages of papers, options of polls.

use nadwa_app::pages::outcomes::Source;
use nadwa_domain::conference::Conference;
use nadwa_domain::session::poll::State;
use nadwa_domain::session::question::Status;
use nadwa_domain::{Lang, Phrase, Said};

use crate::rooms::session::SessionRoom;

/// Most of a list.
const MOST: usize = 60;

/// Questions that somebody owes an answer to, and that are no recommendation yet.
pub(super) fn owed(room: &SessionRoom, conference: &Conference, lang: Lang) -> Vec<Source> {
    room.look(|session, _| {
        let owed = session.with_fate().filter(|question| question.status == Status::FollowUp);
        let new = owed.filter(|question| conference.recommended(question.id).is_none());
        let source = |question: &nadwa_domain::session::question::Question| {
            let text = Phrase::written(question.text.as_deref()?, lang);
            let typed = (format!("text.{}", text.lang.tag()), text.text.clone());
            Some(Source { text, fields: vec![("question".to_owned(), question.id.to_string()), typed] })
        };
        new.filter_map(source).take(MOST).collect()
    })
}

/// What papers of the session say in short, and what could be chosen in polls that are over.
pub(super) fn said(room: &SessionRoom, lang: Lang) -> Vec<Source> {
    room.look(|session, _| {
        let papers = session.slots.iter().filter_map(|slot| slot.paper.as_ref());
        let messages = papers.flat_map(|paper| &paper.messages);
        let polls = session.polls.iter().filter(|poll| matches!(poll.state, State::Closed(_) | State::Shown(_)));
        let said = messages.chain(polls.flat_map(|poll| &poll.options));
        said.filter(|said| !said.0.is_empty()).map(|said| source(said, lang)).take(MOST).collect()
    })
}

fn source(said: &Said, lang: Lang) -> Source {
    let fields = said.0.iter().map(|(lang, text)| (format!("text.{}", lang.tag()), text.clone())).collect();
    Source { text: said.for_reader(lang), fields }
}
