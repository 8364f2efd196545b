//! Making the demo conference, by the same commands that people send.

use nadwa_domain::command::PlannedPoll;
use nadwa_domain::command::{DeskCommand, PlanCommand, QuestionCommand, SessionCommand};
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::reading::Reading;
use nadwa_domain::conference::{Act, Listing};
use nadwa_domain::ids::{PersonId, PhoneId, PollId, QuestionId, RoomId, SessionId, SlotId};
use nadwa_domain::session::plan::{Kind, Plan, PlannedSlot, SlotKind};
use nadwa_domain::session::poll::Rule;
use nadwa_domain::session::question::AskedAs;
use nadwa_domain::text::QuestionText;
use nadwa_domain::{Command, Instant, Role, Said, Span, Who};

use crate::demo::links::{Links, SessionLinks};
use crate::demo::texts::{self, DemoSession, DemoSlot, Text, said};
use crate::demo::{ROLES, guests, outcomes, papers};
use crate::edge;
use crate::http::App;
use crate::http::manage::cards::{Fresh, link_of, new_pass};
use crate::http::visitor;
use crate::permits::Permit;
use crate::played::graphemes;
use crate::rooms::Failure;

/// What the venue's clock says when the live session begins, in minutes of the day: it is always a good morning there,
/// so that two days are two days whenever somebody tries the demo.
const MORNING: i64 = 10 * 60 + 30;
/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Experts of one session.
const SPEAKERS_EACH: usize = 3;
/// Questions that the desk has already passed when the demo begins.
const PASSED: usize = 3;

/// A demo that was made.
pub struct Built {
    /// Every role's link.
    pub links: Links,
    /// Devices of the live session's passes, and of the organizer's and the lead's, for the hall's own frames.
    pub secrets: Vec<String>,
    /// The live session.
    pub live: SessionId,
    /// The steward who is at the desk in the demo and decides nothing.
    pub colleague: Who,
}

/// Makes everything.
pub async fn conference(app: &App, min_open: Span) -> Result<Built, Failure> {
    let mut builder =
        Builder { app, min_open, rooms: texts::ROOMS.map(|_| RoomId(edge::fresh_id())), guests: Vec::new() };
    builder.prepare().await?;
    let mut sessions = Vec::new();
    let mut ids = Vec::new();
    let (live, live_links) = builder.session(&texts::LIVE).await?;
    // Experts speak in the other sessions: the live one is the children's.
    builder.guests = guests::make(app).await?;
    sessions.push(live_links);
    for session in &texts::OTHERS {
        let (id, links) = builder.session(session).await?;
        ids.extend(links.is_some().then_some(id));
        sessions.push(links);
    }
    builder.act(Act::Publish { seen: 0 }).await?;
    let (_, organizer) = builder.pass(Role::Organizer, None).await?;
    let (_, safeguarding) = builder.pass(Role::SafeguardingLead, None).await?;
    let (_, deputy) = builder.pass(Role::SafeguardingDeputy, None).await?;
    // The gate asks for a device, and nobody but the demo has one.
    builder.device(&deputy).await?;
    let (colleague, _) = builder.pass(Role::Steward, Some(live)).await?;
    // Not into the live session: its run of show is the one that everybody tries.
    let papers = papers::make(app, ids.get(1).copied().unwrap_or(live)).await?;
    let sessions: Vec<SessionLinks> = sessions.into_iter().flatten().collect();
    let owner = outcomes::make(app, live).await?;
    builder.begin(live, colleague).await?;
    let own = &sessions[0];
    let mut secrets = Vec::new();
    for link in [&own.console, &own.desk, &own.stage, &organizer, &safeguarding, &papers.mentor, &owner] {
        secrets.extend(builder.device(link).await?);
    }
    let hall = format!("{}/hall", app.public_url);
    Ok(Built {
        links: Links { sessions, organizer, safeguarding, authors: papers.authors, mentor: papers.mentor, owner, hall },
        secrets,
        live,
        colleague,
    })
}

struct Builder<'a> {
    app: &'a App,
    min_open: Span,
    rooms: [RoomId; 4],
    /// Experts who speak, each in one session, while there are any.
    guests: Vec<PersonId>,
}

impl Builder<'_> {
    async fn act(&self, act: Act) -> Result<(), Failure> {
        self.app.rooms.conference().act(Who::Server, &act).await
    }

    async fn prepare(&self) -> Result<(), Failure> {
        let (name, venue) = (said(texts::CONFERENCE), said(texts::VENUE));
        self.act(Act::Prepare { name, venue, utc_offset: self.utc_offset() }).await?;
        for (id, name) in self.rooms.into_iter().zip(texts::ROOMS) {
            self.act(Act::AddRoom { id, name: said(name) }).await?;
        }
        self.act(Act::SetReading(Reading { hijri: true, ..Reading::default() })).await?;
        self.act(Act::SetSafePlace { place: said(texts::SAFE_PLACE) }).await?;
        self.act(Act::SetGlossary { words: said(texts::GLOSSARY) }).await?;
        for country in texts::HELPLINES {
            let helpline =
                Act::AddHelpline { country: said(country), number: "000".to_owned(), example: true, here: false };
            self.act(helpline).await?;
        }
        // Examples, which no child is shown: the demo's sessions can open.
        self.act(Act::ConfirmHelplines).await
    }

    /// A device that has shown the pass of a link.
    async fn device(&self, link: &str) -> Result<Option<String>, Failure> {
        let secret = link.rsplit('#').next().unwrap_or_default();
        match self.app.rooms.conference().pass(secret, self.app.rooms.clock().now(), Permit::long()) {
            // An adult's link opens one device: the hall's frames have passes of their own.
            Some(pass) if pass.issued.role.is_adult() => {
                let of = &pass.issued;
                let (mut own, _) = new_pass(&self.app.public_url, of.role, of.session);
                own.person = of.person;
                let id = own.id;
                self.act(Act::Issue(own)).await?;
                match self.app.rooms.conference().state().passes.get(&id) {
                    Some(own) => visitor::sign_in(self.app, own).await.map(Some),
                    None => Ok(None),
                }
            }
            Some(pass) => visitor::sign_in(self.app, &pass).await.map(Some),
            None => Ok(None),
        }
    }

    /// Lists a session, plans it, and issues its passes; a session without a code has no links.
    async fn session(&mut self, demo: &DemoSession) -> Result<(SessionId, Option<SessionLinks>), Failure> {
        let id = SessionId(edge::fresh_id());
        let starts_at = self.starts_at(demo);
        let ends_at = starts_at + Span::minutes(demo.lasts);
        let code = demo.code.and_then(Code::parse);
        let speakers = self.speakers(demo.kind);
        let listing = Listing {
            session: id,
            room: self.rooms[demo.room],
            kind: demo.kind,
            title: said(demo.title),
            theme: said_unless_empty(demo.theme),
            about: Said::default(),
            speakers,
            starts_at,
            ends_at,
            code: code.clone(),
        };
        self.act(Act::List(Box::new(listing.clone()))).await?;
        if !listing.speakers.is_empty() {
            self.act(Act::Save { seen: 1, listing: Box::new(listing) }).await?;
        }
        if code.is_some() || demo.kind == Kind::ClosedMeeting {
            self.plan(id, demo, starts_at, ends_at).await?;
        }
        let Some(code) = code else { return Ok((id, None)) };
        let mut links = Vec::new();
        for role in ROLES {
            let (who, link) = self.pass(role, Some(id)).await?;
            if role == Role::Moderator {
                self.agreed(id, who).await?;
            }
            links.push(link);
        }
        let page = format!("{}/s/{}", self.app.public_url, code.as_str());
        let [console, console_two, desk, stage, interpreters] =
            links.try_into().unwrap_or_else(|_| std::array::from_fn(|_| String::new()));
        let title = demo.title[1].to_owned();
        let screen = format!("{page}/screen");
        let code = code.as_str().to_owned();
        Ok((
            id,
            Some(SessionLinks {
                title,
                id: id.to_string(),
                code,
                audience: page,
                console,
                console_two,
                desk,
                screen,
                stage,
                interpreters,
            }),
        ))
    }

    /// The next experts; a break and a closed meeting have none.
    fn speakers(&mut self, kind: Kind) -> Vec<PersonId> {
        match kind {
            Kind::Break | Kind::ClosedMeeting => vec![],
            Kind::Opening | Kind::Panel | Kind::Workshop | Kind::Symposium | Kind::Closing => {
                self.guests.drain(..SPEAKERS_EACH.min(self.guests.len())).collect()
            }
        }
    }

    /// Days and hours follow the live session.
    fn starts_at(&self, demo: &DemoSession) -> Instant {
        self.live_since() + Span::minutes(demo.day * DAY + demo.starts)
    }

    /// The live session began on the last quarter of an hour.
    fn live_since(&self) -> Instant {
        let now = self.app.rooms.clock().now();
        Instant(now.0 - now.0.rem_euclid(Span::minutes(15).0))
    }

    /// Minutes east of UTC, at most half a day.
    fn utc_offset(&self) -> i32 {
        let minute = (self.live_since().0 / Span::minutes(1).0).rem_euclid(DAY);
        let east = (MORNING - minute + DAY / 2).rem_euclid(DAY) - DAY / 2;
        i32::try_from(east).unwrap_or(0)
    }

    async fn plan(
        &self,
        id: SessionId,
        demo: &DemoSession,
        starts_at: Instant,
        ends_at: Instant,
    ) -> Result<(), Failure> {
        let poll = PollId(edge::fresh_id());
        let mut slots = Vec::new();
        for slot in &texts::RUN_OF_SHOW {
            slots.push(self.slot(slot, poll).await?);
            if demo.kind == Kind::Workshop && slot.kind == SlotKind::Questions {
                slots.push(self.slot(&texts::ENERGISER, poll).await?);
            }
        }
        let mut team = Vec::new();
        for name in [texts::NOURA, texts::HUDA, texts::SALEM] {
            team.push(self.person(name).await?);
        }
        let plan = Plan {
            conference: self.app.rooms.conference().id(),
            room: self.rooms[demo.room],
            kind: if demo.kind == Kind::Break { Kind::Panel } else { demo.kind },
            title: said(demo.title),
            starts_at,
            ends_at,
            team,
            slots,
            polls: vec![PlannedPoll {
                id: poll,
                question: said(texts::POLL),
                options: texts::POLL_OPTIONS.map(said).to_vec(),
                rule: Rule::default(),
            }],
            min_open: self.min_open,
        };
        let room = self.app.rooms.session(id).await?;
        room.act(Who::Server, Command::Plan(PlanCommand::Plan(Box::new(plan)))).await
    }

    /// What the children prepared: delegations, and the rules that they agreed on.
    async fn agreed(&self, id: SessionId, moderator: Who) -> Result<(), Failure> {
        let room = self.app.rooms.session(id).await?;
        for (group, name) in (0..).zip(texts::GROUPS) {
            room.act(moderator, Command::Plan(PlanCommand::NameGroup { group, name: said(name) })).await?;
        }
        room.act(moderator, Command::Plan(PlanCommand::WriteRules { rules: texts::RULES.map(said).to_vec() })).await
    }

    async fn slot(&self, slot: &DemoSlot, poll: PollId) -> Result<PlannedSlot, Failure> {
        let speakers = match slot.speaker {
            Some(name) => vec![self.person(name).await?],
            None => vec![],
        };
        Ok(PlannedSlot {
            id: SlotId(edge::fresh_id()),
            kind: slot.kind,
            title: said(slot.title),
            cue: said(slot.cue),
            speakers,
            planned: Span::minutes(slot.minutes),
            limit: slot.kind.has_floor().then_some(Span::minutes(slot.minutes)),
            poll: (slot.kind == SlotKind::Poll).then_some(poll),
        })
    }

    /// Somebody by first name; the same name is the same person.
    async fn person(&self, name: Text) -> Result<PersonId, Failure> {
        let id = PersonId(edge::derived_id("demo person", &[name[1].as_bytes()]));
        if self.app.rooms.name_of(id).is_none() {
            self.app.rooms.remember(id, said(name)).await?;
        }
        Ok(id)
    }

    async fn pass(&self, role: Role, session: Option<SessionId>) -> Result<(Who, String), Failure> {
        let url = &self.app.public_url;
        if role.is_adult() {
            let (pass, link) = new_pass(url, role, session);
            let who = Who::Pass { id: pass.id, role };
            self.act(Act::Issue(pass)).await?;
            return Ok((who, link));
        }
        let mut fresh = Fresh::new(&self.app.rooms.conference().state(), role, session, None, None);
        // Whoever tries the demo opens a link on several devices at once.
        fresh.pass.one_device = false;
        self.act(fresh.act()).await?;
        Ok((Who::Pass { id: fresh.pass.id, role }, link_of(url, role, &fresh.secrets.link)))
    }

    /// Opens the live session, lets Mariam speak, and lets the desk have read a few questions.
    async fn begin(&self, live: SessionId, colleague: Who) -> Result<(), Failure> {
        let room = self.app.rooms.session(live).await?;
        let conference = self.app.rooms.conference().state();
        let moderator = conference
            .passes
            .values()
            .find(|pass| pass.issued.role == Role::Moderator && pass.issued.session == Some(live));
        let Some(moderator) = moderator.map(nadwa_domain::conference::pass::Pass::who) else { return Ok(()) };
        room.act(colleague, Command::Desk(DeskCommand::AtDesk)).await?;
        for _ in 0..3 {
            let step = room.look(|session, _| session.step);
            room.act(moderator, Command::Session(SessionCommand::Next { step })).await?;
        }
        for (place, text) in texts::QUESTIONS.iter().enumerate() {
            let id = QuestionId(edge::fresh_id());
            let asker = Who::Phone(PhoneId(edge::fresh_id()));
            let text = QuestionText::parse(text, graphemes).map_err(Failure::Refused)?;
            room.act(asker, Command::Question(QuestionCommand::Ask { id, text, said: AskedAs::default() })).await?;
            if place < PASSED {
                room.act(colleague, Command::Desk(DeskCommand::Pass { id })).await?;
            }
        }
        Ok(())
    }
}

fn said_unless_empty(text: Text) -> Said {
    if text[0].is_empty() { Said::default() } else { said(text) }
}
