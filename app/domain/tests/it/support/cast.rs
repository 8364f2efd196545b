//! Who and what the stories are about: one small session in Doha, planned to run across midnight.

use nadwa_domain::command::PlannedPoll;
use nadwa_domain::ids::{
    ConferenceId, FileId, NoteId, PaperId, PassId, PersonId, PhoneId, PollId, QuestionId, RoomId, SlotId, TurnId,
};
use nadwa_domain::paper::file::PageOf;
use nadwa_domain::session::paper::PaperSlot;
use nadwa_domain::session::plan::{Kind, Plan, PlannedSlot, SlotKind};
use nadwa_domain::session::poll::{MIN_OPEN, Rule};
use nadwa_domain::text::QuestionText;
use nadwa_domain::view::Names;
use nadwa_domain::{Instant, Lang, Role, Said, Span, Who};
use uuid::Uuid;

/// 23:50 in Doha, ten minutes before midnight.
pub const START: Instant = Instant(1_653_339_000_000);

pub const MODERATOR: Who = pass(1, Role::Moderator);
pub const CO_MODERATOR: Who = pass(2, Role::CoModerator);
pub const TIMEKEEPER: Who = pass(3, Role::Timekeeper);
pub const PRESENTER: Who = pass(4, Role::Presenter);
pub const MEMBER: Who = pass(10, Role::Member);
pub const STEWARD: Who = pass(5, Role::Steward);
pub const SECOND_STEWARD: Who = pass(6, Role::Steward);
pub const LEAD: Who = pass(7, Role::SafeguardingLead);
pub const DEPUTY: Who = pass(8, Role::SafeguardingDeputy);
pub const ORGANIZER: Who = pass(9, Role::Organizer);
pub const INTERPRETER: Who = pass(13, Role::Interpreter);
pub const SERVER: Who = Who::Server;
pub const AUTHOR: Who = pass(10, Role::Author);
pub const MENTOR: Who = pass(12, Role::Mentor);
pub const RESPONDENT: Who = pass(14, Role::Respondent);

pub const PHONE: PhoneId = PhoneId(Uuid::from_u128(0x11));
pub const OTHER_PHONE: PhoneId = PhoneId(Uuid::from_u128(0x12));

pub const ONE: QuestionId = question(1);
pub const TWO: QuestionId = question(2);
pub const THREE: QuestionId = question(3);

pub const OPENING: SlotId = slot(1);
pub const PAPER: SlotId = slot(2);
pub const SPEECH: SlotId = slot(3);
pub const QUESTIONS: SlotId = slot(4);
pub const VOTE: SlotId = slot(5);
pub const REST: SlotId = slot(6);
pub const CLOSING: SlotId = slot(7);

/// The poll of the run of show: three options.
pub const POLL: PollId = PollId(Uuid::from_u128(0x41));
/// A poll in reserve: two options, in no slot.
pub const RESERVE: PollId = PollId(Uuid::from_u128(0x42));

pub const SARA: PersonId = PersonId(Uuid::from_u128(0x51));
pub const OMAR: PersonId = PersonId(Uuid::from_u128(0x52));
pub const REEM: PersonId = PersonId(Uuid::from_u128(0x53));

/// A working paper, and the slot that it gets.
pub const A_PAPER: PaperId = PaperId(Uuid::from_u128(0x71));
pub const ITS_SLOT: SlotId = slot(8);

/// The paper as it comes into the session.
pub fn paper_slot() -> PaperSlot {
    let page = |page| PageOf { file: FileId(Uuid::from_u128(0x72)), page };
    PaperSlot {
        paper: A_PAPER,
        slot: ITS_SLOT,
        after: Some(PAPER),
        title: said("خط كما نتمناه", "The line we wish for"),
        messages: vec![said("ردّ سريع", "A quick answer"), said("الكتابة أسهل", "Writing is easier")],
        speakers: vec![REEM],
        limit: PAPER_LIMIT,
        pages: vec![page(0), page(1)],
    }
}

pub const PAPER_LIMIT: Span = Span::minutes(5);
pub const SPEECH_LIMIT: Span = Span::minutes(3);
pub const REST_LENGTH: Span = Span::minutes(10);

const fn pass(id: u128, role: Role) -> Who {
    Who::Pass { id: PassId(Uuid::from_u128(id)), role }
}

pub const fn question(id: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(0x2000 + id))
}

pub const fn slot(id: u128) -> SlotId {
    SlotId(Uuid::from_u128(0x3000 + id))
}

pub const fn turn(id: u128) -> TurnId {
    TurnId(Uuid::from_u128(0x4000 + id))
}

pub const fn note(id: u128) -> NoteId {
    NoteId(Uuid::from_u128(0x5000 + id))
}

pub const fn phone(id: PhoneId) -> Who {
    Who::Phone(id)
}

/// A phone for each question.
pub const fn phone_of(question: QuestionId) -> PhoneId {
    PhoneId(question.0)
}

/// What a question says. No text is part of another.
pub fn words_of(id: QuestionId) -> String {
    match id {
        ONE => "كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟".to_owned(),
        TWO => "ليش ما في خط مساندة يرد علينا بالواتساب؟".to_owned(),
        THREE => "What will happen with the ideas we gave today?".to_owned(),
        QuestionId(other) => format!("سؤال رقم ({})", other.as_u128()),
    }
}

pub fn text_of(id: QuestionId) -> QuestionText {
    QuestionText::parse(&words_of(id), |text| text.chars().count()).expect("the stories' questions are good questions")
}

pub fn said(ar: &str, en: &str) -> Said {
    Said::new([(Lang::AR, ar), (Lang::EN, en)])
}

/// How the children in the stories are called.
pub fn names() -> Names {
    Names::from([(SARA, said("سارة", "Sara")), (OMAR, said("عمر", "Omar")), (REEM, said("ريم", "Reem"))])
}

/// One of each kind of slot.
pub fn plan() -> Plan {
    Plan {
        conference: ConferenceId(Uuid::from_u128(0x61)),
        room: RoomId(Uuid::from_u128(0x62)),
        kind: Kind::Panel,
        title: said("أصواتنا على الخط", "Our voices on the line"),
        starts_at: START,
        ends_at: START + Span::minutes(60),
        team: vec![REEM, OMAR],
        slots: vec![
            planned(OPENING, SlotKind::Opening, said("الافتتاح", "Welcome")),
            PlannedSlot {
                speakers: vec![SARA],
                limit: Some(PAPER_LIMIT),
                ..planned(PAPER, SlotKind::Paper, said("من يسمعنا؟", "Who hears us?"))
            },
            PlannedSlot {
                speakers: vec![OMAR],
                limit: Some(SPEECH_LIMIT),
                ..planned(SPEECH, SlotKind::Speech, said("كلمة الشباب", "A word from the young"))
            },
            planned(QUESTIONS, SlotKind::Questions, said("أسئلتكم", "Your questions")),
            PlannedSlot { poll: Some(POLL), ..planned(VOTE, SlotKind::Poll, said("تصويت", "A poll")) },
            planned(REST, SlotKind::Break, said("استراحة", "A break")),
            planned(CLOSING, SlotKind::Closing, said("شكرًا", "Thank you")),
        ],
        polls: vec![
            poll(
                POLL,
                said("كيف نتصل؟", "How do we call?"),
                &[("هاتف", "Phone"), ("رسالة", "Text"), ("لقاء", "Visit")],
            ),
            poll(RESERVE, said("هل نكمل؟", "Do we go on?"), &[("نعم", "Yes"), ("لا", "No")]),
        ],
        min_open: MIN_OPEN,
    }
}

pub fn planned(id: SlotId, kind: SlotKind, title: Said) -> PlannedSlot {
    let cue = said("قولوا بهدوء", "Say it calmly");
    PlannedSlot { id, kind, title, cue, speakers: vec![], planned: REST_LENGTH, limit: None, poll: None }
}

fn poll(id: PollId, question: Said, options: &[(&str, &str)]) -> PlannedPoll {
    PlannedPoll { id, question, options: options.iter().map(|(ar, en)| said(ar, en)).collect(), rule: Rule::default() }
}
