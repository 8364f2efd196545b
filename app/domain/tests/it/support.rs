//! Tests as specification: `given([…]).when(WHO, what).then([…])` or `.refuses(why)`, all through one check.
//!
//! Every event of every story is also sent through JSON, and every state is compared with its replay.

pub mod cast;
pub mod press;

use std::collections::BTreeSet;

use nadwa_domain::command::PlanCommand;
use nadwa_domain::entry::PollEvent;
use nadwa_domain::entry::{Entry, Happened};
use nadwa_domain::hints::WordList;
use nadwa_domain::ids::{PersonId, PhoneId, PollId, QuestionId, SlotId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::floor::Clock;
use nadwa_domain::session::poll::ballot::Ballot;
use nadwa_domain::session::poll::{Voter, may_vote};
use nadwa_domain::session::question::{Question, Status};
use nadwa_domain::view::audience::{AudienceView, audience};
use nadwa_domain::view::backstage::backstage;
use nadwa_domain::view::console::{ConsoleView, Part, console};
use nadwa_domain::view::desk::{DeskView, desk};
use nadwa_domain::view::interpreter::interpreter;
use nadwa_domain::view::mine::{MyQuestion, MyState, my_questions};
use nadwa_domain::view::poll::{PollView, on_phones};
use nadwa_domain::view::report::report;
use nadwa_domain::view::running::RunningView;
use nadwa_domain::view::safeguarding::{SafeguardingItem, safeguarding};
use nadwa_domain::view::screen::{ScreenView, Shown, screen};
use nadwa_domain::view::stage::{StageView, stage};
use nadwa_domain::view::{Hall, Names};
use nadwa_domain::{Command, Event, Instant, Lang, Refusal, Session, Who};
use serde::Serialize;

use cast::{OTHER_PHONE, PHONE, SERVER, START, names, plan, words_of};
use press::{Press, What};

/// A planned session in which these things have happened. Each must have been accepted.
pub fn given<const N: usize>(presses: [Press; N]) -> Story {
    Story::new().and(presses)
}

/// A session that was never planned.
pub fn nothing() -> Story {
    Story {
        session: Session::default(),
        entries: vec![],
        now: START,
        names: names(),
        unrecorded: BTreeSet::new(),
        ballots: (vec![], 0),
        words: WordList::default(),
    }
}

/// What has happened so far, and the clock on the wall.
#[derive(Clone)]
pub struct Story {
    pub session: Session,
    pub entries: Vec<Entry>,
    pub now: Instant,
    pub names: Names,
    pub unrecorded: BTreeSet<PersonId>,
    ballots: (Vec<u32>, u32),
    pub words: WordList,
}

/// Somebody asks for something; what comes of it is told by `then` or `refuses`.
pub struct Asked {
    story: Story,
    who: Who,
    command: Command,
}

impl Asked {
    /// Exactly this happens.
    pub fn then(mut self, expected: impl IntoIterator<Item = Event>) -> Story {
        let events = check(&self.story, self.who, &self.command, Ok(expected.into_iter().collect()));
        self.story.record(self.who, events);
        self.story
    }

    /// Nothing happens, and nobody is told off: it is as was asked already.
    pub fn changes_nothing(self) -> Story {
        self.then([])
    }

    /// A person is told why not.
    pub fn refuses(self, refusal: Refusal) -> Story {
        check(&self.story, self.who, &self.command, Err(refusal));
        self.story
    }
}

/// The one check: `decide` answers what is expected, and has changed nothing.
fn check(story: &Story, who: Who, command: &Command, expected: Result<Vec<Event>, Refusal>) -> Vec<Happened> {
    let before = story.session.clone();
    let decision = story.session.decide(who, command, story.now);
    assert_eq!(before, story.session, "deciding changes nothing");
    let events = decision.clone().map(|happened| happened.into_iter().map(|h| h.event).collect());
    assert_eq!(events, expected, "{who:?} sends {command:?}");
    decision.unwrap_or_default()
}

impl Story {
    fn new() -> Self {
        nothing().and([press::by(SERVER, Command::Plan(PlanCommand::Plan(Box::new(plan()))))])
    }

    /// And then these things happen.
    pub fn and<const N: usize>(mut self, presses: [Press; N]) -> Self {
        for press in presses {
            match press {
                Press::Wait(span) => self.now = self.now + span,
                Press::Ballots(options, rather_not) => self.ballots = (options, rather_not),
                Press::By(who, what) => self.press(who, what),
            }
        }
        self
    }

    /// And then the big button is pressed, once a minute, until the session is in a slot.
    pub fn until(mut self, slot: SlotId) -> Self {
        while self.session.stage.slot != Some(slot) {
            self = self.and([press::wait(60), press::next()]);
        }
        self
    }

    /// And then the big button is pressed, once a minute, until the session is over.
    pub fn until_over(mut self) -> Self {
        while self.session.phase != Phase::Over {
            self = self.and([press::wait(60), press::next()]);
        }
        self
    }

    /// Somebody presses now.
    pub fn when(self, who: Who, what: impl Into<What>) -> Asked {
        let command = what.into().command(&self.session);
        Asked { story: self, who, command }
    }

    /// The clock on the wall shows this.
    pub fn at(mut self, now: Instant) -> Self {
        self.now = now;
        self
    }

    /// The same, but with this history.
    pub fn replayed(mut self, entries: Vec<Entry>) -> Self {
        self.session = Session::replay(&entries);
        self.entries = entries;
        self
    }

    fn press(&mut self, who: Who, what: What) {
        let command = what.command(&self.session);
        match self.session.decide(who, &command, self.now) {
            Ok(happened) => self.record(who, happened),
            Err(refusal) => panic!("given: {who:?} sends {command:?}, but {refusal:?}"),
        }
    }

    /// Records what was decided, as the store and the room do.
    pub fn record(&mut self, by: Who, happened: Vec<Happened>) {
        for Happened { event, words } in &happened {
            assert_eq!(through_json(event), *event);
            assert_eq!(through_json(words), *words);
        }
        self.apply(by, happened);
        assert_eq!(self.session, Session::replay(&self.entries), "a replay gives the same state");
    }

    /// Records it without another look.
    pub fn apply(&mut self, by: Who, happened: Vec<Happened>) {
        for Happened { mut event, words } in happened {
            self.count_ballots(&mut event);
            let seq = self.session.seq + 1;
            let entry = Entry { seq, at: self.now, by, event, words };
            self.session.apply(&entry);
            self.entries.push(entry);
        }
    }

    fn count_ballots(&mut self, event: &mut Event) {
        if let Event::Poll(PollEvent::PollClosed { totals, rather_not, .. }) = event
            && !self.ballots.0.is_empty()
        {
            // As the first version counted; what is counted now is in `counting.rs`.
            (*totals, *rather_not) = std::mem::take(&mut self.ballots);
        }
    }

    // What the stories look at.

    pub fn question(&self, id: QuestionId) -> &Question {
        self.session.question(id).expect("the story has this question")
    }

    pub fn status(&self, id: QuestionId) -> Status {
        self.question(id).status
    }

    pub fn clock(&self) -> Clock {
        self.session.stage.clock.expect("the story has a clock")
    }

    /// Seconds left on the clock now.
    pub fn left(&self) -> i64 {
        self.clock().remaining(self.now).0 / 1000
    }

    pub fn hall(&self) -> Hall<'_> {
        let voted = self.ballots.0.iter().sum::<u32>() + self.ballots.1;
        Hall { names: &self.names, unrecorded: &self.unrecorded, voted, phones: 200, words: &self.words }
    }

    pub fn audience(&self) -> AudienceView {
        audience(&self.session, self.hall(), Lang::AR)
    }

    pub fn poll_on_phones(&self) -> Option<PollView> {
        on_phones(&self.session, Lang::AR)
    }

    /// Whether a phone may vote this now.
    pub fn may_vote(&self, poll: PollId, answer: impl Into<Ballot>) -> Result<(), Refusal> {
        may_vote(&self.session, poll, Voter::Phone(PHONE), &answer.into())
    }

    pub fn console(&self) -> ConsoleView {
        console(&self.session, &self.session.deck(), self.hall(), Lang::AR, Part::default())
    }

    pub fn running(&self) -> RunningView {
        self.console().running
    }

    /// Who waits for the floor, in order.
    pub fn waiting(&self) -> Vec<String> {
        self.running().turns.into_iter().map(|turn| turn.name.text).collect()
    }

    pub fn screen(&self) -> ScreenView {
        screen(&self.session, self.hall(), Lang::AR)
    }

    pub fn shown(&self) -> Shown {
        self.screen().shown
    }

    pub fn stage(&self) -> StageView {
        stage(&self.session, self.hall(), Lang::AR)
    }

    pub fn desk(&self) -> DeskView {
        desk(&self.session, self.hall(), Lang::AR)
    }

    pub fn inbox(&self) -> Vec<SafeguardingItem> {
        safeguarding(&self.session, Lang::AR)
    }

    pub fn mine(&self, phone: PhoneId) -> Vec<MyQuestion> {
        my_questions(&self.session, phone, Lang::AR)
    }

    /// What its asker reads about a question; `None` once it was taken back.
    pub fn told(&self, id: QuestionId) -> Option<MyState> {
        let asker = self.question(id).asker;
        self.mine(asker).iter().find(|mine| mine.id == id).map(|mine| mine.state)
    }

    /// Every view, by who sees it, as it is sent.
    pub fn views(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let (session, hall) = (&self.session, self.hall());
        vec![
            ("asker", json(&my_questions(session, PHONE, lang))),
            ("other phone", json(&my_questions(session, OTHER_PHONE, lang))),
            ("desk", json(&desk(session, hall, lang))),
            ("lead", json(&safeguarding(session, lang))),
            ("console", json(&console(session, &session.deck(), hall, lang, Part::default()))),
            ("screen", json(&screen(session, hall, lang))),
            ("stage", json(&stage(session, hall, lang))),
            ("audience", json(&audience(session, hall, lang))),
            ("poll part", json(&on_phones(session, lang))),
        ]
    }

    /// The views of those who are behind the scenes.
    pub fn views_behind(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let (session, hall) = (&self.session, self.hall());
        vec![
            ("backstage", json(&backstage(session, hall, lang))),
            ("interpreter", json(&interpreter(session, hall, lang))),
            ("report", json(&report(session, hall, lang, self.now))),
        ]
    }

    /// Who of them sees a text.
    pub fn who_sees_behind(&self, text: &str) -> Vec<&'static str> {
        self.views_behind(Lang::AR).into_iter().filter(|(_, view)| view.contains(text)).map(|(who, _)| who).collect()
    }

    /// Every picture of everybody.
    pub fn all_views(&self, lang: Lang) -> Vec<(&'static str, String)> {
        [self.views(lang), self.views_behind(lang)].concat()
    }

    /// Whose views hold a text, whatever language they read.
    pub fn who_sees(&self, text: &str) -> Vec<&'static str> {
        let mut seen = vec![];
        for (who, view) in Lang::all().flat_map(|lang| self.views(lang)) {
            if view.contains(text) && !seen.contains(&who) {
                seen.push(who);
            }
        }
        seen
    }

    /// Whose views hold a question's words.
    pub fn who_reads(&self, id: QuestionId) -> Vec<&'static str> {
        self.who_sees(&words_of(id))
    }
}

pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("everything here has a JSON form")
}

/// The same, as it is after having been stored and read.
pub fn through_json<T: Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&json(value)).expect("what was stored can be read")
}
