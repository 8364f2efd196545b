//! How a paper's story is told: acts by people, at a time, under a call.

use std::collections::BTreeMap;

use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{CommentId, PersonId, SessionId};
use nadwa_domain::paper::act::{Acceptance, Credit, NewComment, PaperAct, Publish, Saving};
use nadwa_domain::paper::call::Call;
use nadwa_domain::paper::event::PaperEvent;
use nadwa_domain::paper::field::{Field, Form, PaperText};
use nadwa_domain::paper::{Decided, Paper, Terms};
use nadwa_domain::{Instant, Lang, Refusal, Span, Who};
use uuid::Uuid;

use super::SEEN;
use crate::support::cast::{A_PAPER, AUTHOR, ITS_SLOT, ORGANIZER, REEM, SARA, START, said};
use crate::support::through_json;

const SESSION: SessionId = SessionId(Uuid::from_u128(0x81));

#[derive(Clone)]
pub struct Story {
    pub paper: Paper,
    pub entries: Vec<Entry<PaperEvent>>,
    pub now: Instant,
    pub call: Option<Call>,
    pub late_until: Option<Instant>,
}

impl Story {
    pub fn new() -> Self {
        Self { paper: Paper::new(A_PAPER), entries: vec![], now: START, call: Some(call()), late_until: None }
    }

    pub fn decide(&self, who: Who, act: &PaperAct) -> Decided {
        self.paper.decide(who, act, self.now, Terms { call: self.call.as_ref(), late_until: self.late_until })
    }

    pub fn try_act(mut self, who: Who, act: &PaperAct) -> Result<Self, Refusal> {
        for happened in self.decide(who, act)? {
            let event = through_json(&happened.event);
            assert_eq!(event, happened.event);
            let entry = Entry { seq: self.paper.seq + 1, at: self.now, by: who, event, words: happened.words };
            self.paper.apply(&entry);
            self.entries.push(entry);
        }
        Ok(self)
    }

    #[track_caller]
    pub fn act(self, who: Who, act: PaperAct) -> Self {
        self.try_act(who, &act).expect("given: an act that is accepted")
    }

    #[track_caller]
    pub fn refused(&self, who: Who, act: &PaperAct, refusal: Refusal) {
        assert_eq!(self.decide(who, act), Err(refusal), "{who:?} {act:?}");
    }

    #[track_caller]
    pub fn saves(self, field: Field, typed: &str) -> Self {
        let base = self.paper.version;
        self.act(AUTHOR, saving(base, field, typed))
    }

    /// Who is named where nobody of the conference's people is known.
    pub fn credited(&self) -> Vec<PersonId> {
        self.paper.credited(&BTreeMap::new())
    }

    pub fn at(mut self, now: Instant) -> Self {
        self.now = now;
        self
    }

    pub fn wait(mut self, span: Span) -> Self {
        self.now = self.now + span;
        self
    }

    pub fn late_until(mut self, until: Instant) -> Self {
        self.late_until = Some(until);
        self
    }

    pub fn without_call(mut self) -> Self {
        self.call = None;
        self
    }
}

pub fn ready_to_send() -> Story {
    Story::new()
        .saves(Field::Title(Lang::AR), "خط كما نتمناه")
        .saves(Field::Summary(Lang::AR), "نريد ردًّا أسرع.")
        .saves(Field::Seen, SEEN)
        .act(AUTHOR, PaperAct::AddAuthor(SARA))
        .act(AUTHOR, PaperAct::AddAuthor(REEM))
}

pub fn sent() -> Story {
    ready_to_send().act(AUTHOR, PaperAct::Submit)
}

pub fn accepted() -> Story {
    let story = sent();
    let version = story.paper.submitted.expect("it was sent");
    story.act(ORGANIZER, accept(version))
}

pub fn call() -> Call {
    Call {
        opens_at: START - Span::minutes(60),
        closes_at: START + Span::minutes(60),
        languages: vec![Lang::AR, Lang::EN],
        max_words: 900,
        max_files: 6,
        max_bytes: 20 * 1024 * 1024,
        speaking: Span::minutes(5),
        asks: said("ماذا رأيتم؟", "What did you see?"),
        ..Call::default()
    }
}

pub fn text(words: &str) -> PaperText {
    PaperText::parse(Field::Body, words, |t| t.chars().count()).expect("a short text")
}

pub fn saving(base: u32, field: Field, typed: &str) -> PaperAct {
    let typed = PaperText::parse(field, typed, |t| t.chars().count()).expect("not too long");
    let saving = Saving { base, form: Form::Guided, lang: Lang::AR, theme: None, texts: vec![(field, typed)] };
    PaperAct::Save(Box::new(saving))
}

pub fn comment(quote: &str, instead: &str) -> PaperAct {
    PaperAct::Comment(Box::new(NewComment {
        id: CommentId(Uuid::from_u128(1)),
        about: Some(Field::Seen),
        words: text("كم طفلًا أجاب؟"),
        quote: text(quote),
        instead: text(instead),
    }))
}

pub fn settle(taken: bool) -> PaperAct {
    PaperAct::Settle { id: CommentId(Uuid::from_u128(1)), taken }
}

pub fn accept(version: u32) -> PaperAct {
    let limit = Span::minutes(5);
    PaperAct::Accept(Acceptance { version, session: SESSION, slot: ITS_SLOT, after: None, limit })
}

pub fn publish(publish: Publish, credit: Credit) -> PaperAct {
    PaperAct::Publish { publish, credit }
}
