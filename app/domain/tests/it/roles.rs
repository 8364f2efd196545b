//! Who may send what: the whole table, reviewed by reading (`P3`, `S17`).

use std::collections::BTreeSet;

use nadwa_domain::command::ScreenChoice;
use nadwa_domain::command::{FloorCommand, PlanCommand, PollCommand, QuestionCommand, ScreenCommand, SessionCommand};
use nadwa_domain::session::change::PlanChange;
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::closing::CloseAs;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::floor::Short;
use nadwa_domain::session::pace::Pace;
use nadwa_domain::session::poll::AnnulReason;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::session::queue::QueueCommand;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::{Help, Place, TeamCommand};
use nadwa_domain::text::WordText;
use nadwa_domain::{Choice, Command, Instant, Refusal, Role, Span, Who};

use crate::support::cast::{
    A_PAPER, AUTHOR, CO_MODERATOR, DEPUTY, INTERPRETER, LEAD, MEMBER, MENTOR, MODERATOR, ONE, ORGANIZER, PAPER, PHONE,
    POLL, PRESENTER, RESERVE, RESPONDENT, REST, SERVER, STEWARD, TIMEKEEPER, TWO, note, paper_slot, phone, plan, said,
    text_of, turn,
};
use crate::support::given;
use crate::support::press::{ask, asks, desk, open, passed, raise, safety_pause, word};

const TABLE: &str = "
    command         phone server | moderator co_moderator timekeeper presenter | steward lead deputy organizer
    plan              -     x    |     -          -           -          -     |    -     -     -       x
    replan            -     x    |     -          -           -          -     |    -     -     -       x
    plan_poll         -     -    |     -          -           -          -     |    -     -     -       x
    open              -     -    |     x          x           -          -     |    -     -     -       x
    next              -     -    |     x          x           -          -     |    -     -     -       -
    keep_minutes      -     -    |     x          x           -          -     |    -     -     -       -
    undo              -     -    |     x          x           -          -     |    -     -     -       -
    reopen            -     -    |     x          x           -          -     |    -     -     -       -
    give_floor        -     -    |     x          x           -          -     |    -     -     -       -
    yield_floor       -     -    |     x          x           -          -     |    -     -     -       -
    start_timer       -     -    |     x          x           x          -     |    -     -     -       -
    pause_timer       -     -    |     x          x           x          -     |    -     -     -       -
    resume_timer      -     -    |     x          x           x          -     |    -     -     -       -
    extend            -     -    |     x          x           x          -     |    -     -     -       -
    show              -     -    |     x          x           -          -     |    -     -     -       -
    choose            -     -    |     x          x           -          -     |    -     -     -       -
    put_back          -     -    |     x          x           -          -     |    -     -     -       -
    show_question     -     -    |     x          x           -          -     |    -     -     -       -
    answered          -     -    |     x          x           -          -     |    -     -     -       -
    not_used          -     -    |     x          x           -          -     |    -     -     -       -
    close_out         -     -    |     x          x           -          -     |    -     -     -       -
    open_poll         -     -    |     x          x           -          -     |    -     -     -       -
    close_poll        -     -    |     x          x           -          -     |    -     -     -       -
    show_poll         -     -    |     x          x           -          -     |    -     -     -       -
    put_poll_away     -     -    |     x          x           -          -     |    -     -     -       -
    ask               x     -    |     -          -           -          -     |    -     -     -       -
    change            x     -    |     -          -           -          -     |    -     -     -       -
    desk              -     -    |     -          -           -          -     |    x     -     -       -
    cards             -     -    |     x          x           -          -     |    -     -     -       -
    erase_question    -     x    |     -          -           -          -     |    -     -     -       -
    erase_pictures    -     x    |     -          -           -          -     |    -     -     -       -
    withdraw          x     -    |     -          -           -          -     |    -     -     -       -
    say_word          x     -    |     -          -           -          -     |    -     -     -       -
    take_seat         x     -    |     -          -           -          -     |    -     -     -       -
    make_poll         -     -    |     x          x           -          -     |    -     -     -       -
    last_call         -     -    |     x          x           -          -     |    -     -     -       -
    second_round      -     -    |     x          x           -          -     |    -     -     -       -
    annul_poll        -     -    |     x          x           -          -     |    -     -     -       -
    count_hands       -     -    |     x          x           -          -     |    -     -     -       -
    issue_seats       -     -    |     x          x           -          -     |    -     -     -       x
    at_desk           -     -    |     -          -           -          -     |    x     -     -       -
    pass              -     -    |     -          -           -          -     |    x     -     -       -
    hold              -     -    |     -          -           -          -     |    x     -     -       -
    safeguard         -     -    |     -          -           -          -     |    x     -     -       -
    take_back         -     -    |     -          -           -          -     |    x     -     -       -
    safety_pause      -     -    |     -          -           -          -     |    x     x     x       -
    safety_resume     -     -    |     -          -           -          -     |    x     x     x       -
    lapse_intake      -     x    |     -          -           -          -     |    -     -     -       -
    await_interp      -     -    |     x          x           x          -     |    -     -     -       -
    start_short       -     -    |     x          x           x          -     |    -     -     -       -
    raise_named       -     -    |     x          x           -          -     |    -     -     -       -
    raise_own         -     -    |     x          x           -          x     |    -     -     -       -
    withdraw_turn     -     -    |     x          x           -          x     |    -     -     -       -
    move_turn         -     -    |     x          x           -          -     |    -     -     -       -
    change_plan       -     -    |     x          x           -          -     |    -     -     -       x
    set_pace          -     -    |     x          x           -          -     |    -     -     -       x
    name_group        -     -    |     x          x           -          -     |    -     -     -       x
    write_rules       -     -    |     x          x           -          -     |    -     -     -       x
    call_help         -     -    |     x          x           x          x     |    -     -     -       -
    answer_help       -     -    |     -          -           -          -     |    x     x     x       x
    unheard_help      -     x    |     -          -           -          -     |    -     -     -       -
    rest              -     -    |     x          x           x          -     |    -     -     -       -
    word_to_stage     -     -    |     x          x           x          -     |    x     x     x       x
    word_to_console   -     -    |     -          -           x          -     |    x     x     x       x
    written_word      -     -    |     -          -           -          -     |    x     -     -       -
    read_word         -     -    |     x          x           x          x     |    -     -     -       -
    seen_signs        -     -    |     x          x           -          -     |    -     -     -       -
    signal            x     -    |     -          -           -          -     |    -     -     -       -
    pin               -     -    |     x          x           -          -     |    -     -     -       -
    run_over          -     x    |     -          -           -          -     |    -     -     -       -
    place_paper       -     x    |     -          -           -          -     |    -     -     -       -
    take_paper_out    -     x    |     -          -           -          -     |    -     -     -       -
    show_paper        -     -    |     x          x           -          x     |    -     -     -       -
";

/// One of each command, by the name that it has in the table. A new command needs a line here, and one in the table.
macro_rules! commands {
    ($($name:literal: $pattern:pat => $example:expr;)*) => {
        pub fn name_of(command: &Command) -> &'static str {
            match command { $($pattern => $name,)* }
        }

        pub fn one_of_each() -> Vec<Command> {
            vec![$($example),*]
        }
    };
}

commands! {
    "plan": Command::Plan(PlanCommand::Plan(_)) => Command::Plan(PlanCommand::Plan(Box::new(plan())));
    "plan_poll": Command::Poll(PollCommand::PlanPoll(_)) => Command::Poll(PollCommand::PlanPoll(Box::new(plan().polls[0].clone())));
    "replan": Command::Plan(PlanCommand::Replan { .. }) => Command::Plan(PlanCommand::Replan { seen: 1, plan: Box::new(plan()) });
    "keep_minutes": Command::Session(SessionCommand::KeepMinutes { .. }) => Command::Session(SessionCommand::KeepMinutes { keep: true });
    "open": Command::Session(SessionCommand::Open) => Command::Session(SessionCommand::Open);
    "next": Command::Session(SessionCommand::Next { .. }) => Command::Session(SessionCommand::Next { step: 0 });
    "undo": Command::Session(SessionCommand::Undo { .. }) => Command::Session(SessionCommand::Undo { step: 0 });
    "reopen": Command::Session(SessionCommand::Reopen) => Command::Session(SessionCommand::Reopen);
    "give_floor": Command::Floor(FloorCommand::GiveFloor { .. }) => Command::Floor(FloorCommand::GiveFloor { slot: PAPER });
    "yield_floor": Command::Floor(FloorCommand::YieldFloor) => Command::Floor(FloorCommand::YieldFloor);
    "start_timer": Command::Floor(FloorCommand::StartTimer) => Command::Floor(FloorCommand::StartTimer);
    "pause_timer": Command::Floor(FloorCommand::PauseTimer) => Command::Floor(FloorCommand::PauseTimer);
    "resume_timer": Command::Floor(FloorCommand::ResumeTimer) => Command::Floor(FloorCommand::ResumeTimer);
    "extend": Command::Floor(FloorCommand::Extend { .. }) => Command::Floor(FloorCommand::Extend { by: Span::minutes(1), step: None });
    "show": Command::Screen(ScreenCommand::Show(_)) => Command::Screen(ScreenCommand::Show(ScreenChoice::Plan));
    "choose": Command::Question(QuestionCommand::Choose { .. }) => Command::Question(QuestionCommand::Choose { id: ONE });
    "put_back": Command::Question(QuestionCommand::PutBack { .. }) => Command::Question(QuestionCommand::PutBack { id: ONE });
    "show_question": Command::Question(QuestionCommand::ShowQuestion { .. }) => Command::Question(QuestionCommand::ShowQuestion { id: ONE });
    "answered": Command::Question(QuestionCommand::Answered { .. }) => Command::Question(QuestionCommand::Answered { id: ONE });
    "not_used": Command::Question(QuestionCommand::NotUsed { .. }) => Command::Question(QuestionCommand::NotUsed { id: ONE, reason: NotUsedReason::NoTime });
    "close_out": Command::Question(QuestionCommand::CloseOut { .. }) => Command::Question(QuestionCommand::CloseOut { ids: vec![ONE, TWO], how: CloseAs::Answered });
    "open_poll": Command::Poll(PollCommand::OpenPoll { .. }) => Command::Poll(PollCommand::OpenPoll { id: POLL });
    "close_poll": Command::Poll(PollCommand::ClosePoll { .. }) => Command::Poll(PollCommand::ClosePoll { id: POLL });
    "show_poll": Command::Poll(PollCommand::ShowPoll { .. }) => Command::Poll(PollCommand::ShowPoll { id: POLL });
    "put_poll_away": Command::Poll(PollCommand::PutPollAway) => Command::Poll(PollCommand::PutPollAway);
    "make_poll": Command::Poll(PollCommand::MakePoll { .. }) => Command::Poll(PollCommand::MakePoll { poll: Box::new(plan().polls.remove(0)), open: true });
    "last_call": Command::Poll(PollCommand::LastCall { .. }) => Command::Poll(PollCommand::LastCall { id: POLL });
    "second_round": Command::Poll(PollCommand::SecondRound { .. }) => Command::Poll(PollCommand::SecondRound { of: POLL, new: RESERVE });
    "annul_poll": Command::Poll(PollCommand::AnnulPoll { .. }) => {
        Command::Poll(PollCommand::AnnulPoll { id: POLL, reason: AnnulReason::Unclear, again: RESERVE })
    };
    "count_hands": Command::Poll(PollCommand::CountHands { .. }) => Command::Poll(PollCommand::CountHands { id: POLL, hands: vec![1, 2, 3] });
    "issue_seats": Command::Poll(PollCommand::IssueSeats { .. }) => Command::Poll(PollCommand::IssueSeats { seed: ONE.0, count: 10 });
    "take_seat": Command::Poll(PollCommand::TakeSeat { .. }) => Command::Poll(PollCommand::TakeSeat { seat: 0 });
    "say_word": Command::Poll(PollCommand::SayWord { .. }) => {
        Command::Poll(PollCommand::SayWord { poll: POLL, id: ONE, text: WordText::parse("أمان", |t| t.chars().count()).expect("a word"), one_of_many: false, after: 0 })
    };
    "ask": Command::Question(QuestionCommand::Ask { .. }) => ask(ONE);
    "change": Command::Question(QuestionCommand::Change { .. }) => Command::Question(QuestionCommand::Change { id: ONE, text: text_of(TWO) });
    "desk": Command::Desk(
        DeskCommand::Claim { .. } | DeskCommand::Slip { .. } | DeskCommand::Here { .. } | DeskCommand::Slow { .. }
    ) => Command::Desk(DeskCommand::Claim { id: ONE });
    "cards": Command::Question(QuestionCommand::Cards(_)) => Command::Question(QuestionCommand::Cards(CardAct::TakeMix));
    "erase_question": Command::Question(QuestionCommand::EraseQuestion { .. }) => Command::Question(QuestionCommand::EraseQuestion { id: ONE });
    "erase_pictures": Command::Poll(PollCommand::ErasePictures) => Command::Poll(PollCommand::ErasePictures);
    "withdraw": Command::Question(QuestionCommand::Withdraw { .. }) => Command::Question(QuestionCommand::Withdraw { id: ONE });
    "at_desk": Command::Desk(DeskCommand::AtDesk) => Command::Desk(DeskCommand::AtDesk);
    "pass": Command::Desk(DeskCommand::Pass { .. }) => Command::Desk(DeskCommand::Pass { id: ONE });
    "hold": Command::Desk(DeskCommand::Hold { .. }) => Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::Language });
    "safeguard": Command::Desk(DeskCommand::Safeguard { .. }) => Command::Desk(DeskCommand::Safeguard { id: ONE });
    "take_back": Command::Desk(DeskCommand::TakeBack { .. }) => Command::Desk(DeskCommand::TakeBack { id: ONE });
    "safety_pause": Command::Session(SessionCommand::SafetyPause) => Command::Session(SessionCommand::SafetyPause);
    "safety_resume": Command::Session(SessionCommand::SafetyResume) => Command::Session(SessionCommand::SafetyResume);
    "await_interp": Command::Floor(FloorCommand::AwaitInterpretation) => Command::Floor(FloorCommand::AwaitInterpretation);
    "start_short": Command::Floor(FloorCommand::StartShort(_)) => Command::Floor(FloorCommand::StartShort(Short::Answer));
    "raise_named": Command::Queue(QueueCommand::Raise { name: Some(_), .. }) => raise(1, Some("لينا"), None, true);
    "raise_own": Command::Queue(QueueCommand::Raise { name: None, .. }) => raise(2, None, None, true);
    "withdraw_turn": Command::Queue(QueueCommand::Withdraw { .. }) => Command::Queue(QueueCommand::Withdraw { id: turn(2) });
    "move_turn": Command::Queue(_) => Command::Queue(QueueCommand::Move { id: turn(1), up: true });
    "change_plan": Command::Plan(PlanCommand::ChangePlan(_)) => Command::Plan(PlanCommand::ChangePlan(Box::new(PlanChange::Move { slot: REST, up: true })));
    "set_pace": Command::Plan(PlanCommand::SetPace(_)) => Command::Plan(PlanCommand::SetPace(Pace { stretch: 150, ..Pace::default() }));
    "name_group": Command::Plan(PlanCommand::NameGroup { .. }) => Command::Plan(PlanCommand::NameGroup { group: 0, name: said("المغرب", "Morocco") });
    "write_rules": Command::Plan(PlanCommand::WriteRules { .. }) => Command::Plan(PlanCommand::WriteRules { rules: vec![said("نستمع", "We listen")] });
    "call_help": Command::Team(TeamCommand::CallHelp(_) | TeamCommand::HelpOver(_)) => Command::Team(TeamCommand::CallHelp(Help::HelpMe));
    "answer_help": Command::Team(TeamCommand::AnswerHelp { .. } | TeamCommand::SeeHelp { .. }) =>
        Command::Team(TeamCommand::AnswerHelp { by: Role::Moderator, help: Help::HelpMe });
    "unheard_help": Command::Team(TeamCommand::Unheard { .. }) =>
        Command::Team(TeamCommand::Unheard { by: Role::Moderator, help: Help::HelpMe });
    "rest": Command::Team(TeamCommand::Rest | TeamCommand::Back) => Command::Team(TeamCommand::Rest);
    "written_word": Command::Team(TeamCommand::Send { text: Some(_), .. }) => word(1, Place::Console, Some("أنا هنا"));
    "word_to_stage": Command::Team(TeamCommand::Send { to: Place::Stage, .. }) => word(2, Place::Stage, None);
    "word_to_console": Command::Team(TeamCommand::Send { .. }) => word(3, Place::Console, None);
    "read_word": Command::Team(TeamCommand::Read { .. }) => Command::Team(TeamCommand::Read { id: note(2) });
    "seen_signs": Command::Team(TeamCommand::SeenSigns) => Command::Team(TeamCommand::SeenSigns);
    "signal": Command::Floor(FloorCommand::Signal(_)) => Command::Floor(FloorCommand::Signal(Signal::Slower));
    "pin": Command::Screen(ScreenCommand::Pin { .. }) => Command::Screen(ScreenCommand::Pin { on: true });
    "run_over": Command::Floor(FloorCommand::RunOver) => Command::Floor(FloorCommand::RunOver);
    "place_paper": Command::Plan(PlanCommand::PlacePaper(_)) => Command::Plan(PlanCommand::PlacePaper(Box::new(paper_slot())));
    "take_paper_out": Command::Plan(PlanCommand::TakePaperOut { .. }) => Command::Plan(PlanCommand::TakePaperOut { paper: A_PAPER });
    "show_paper": Command::Screen(ScreenCommand::ShowPaper { .. }) => Command::Screen(ScreenCommand::ShowPaper { page: None });
    "lapse_intake": Command::Desk(DeskCommand::LapseIntake { .. }) => Command::Desk(DeskCommand::LapseIntake { since: Instant(0) });
}

/// Everybody, in the order of the table.
pub const EVERYBODY: [Who; 10] =
    [phone(PHONE), SERVER, MODERATOR, CO_MODERATOR, TIMEKEEPER, PRESENTER, STEWARD, LEAD, DEPUTY, ORGANIZER];

#[test]
fn an_interpreter_sends_words_that_are_ready_and_nothing_else() {
    let may: Vec<_> = one_of_each().iter().filter(|command| command.permits(INTERPRETER)).map(name_of).collect();
    assert_eq!(may, ["word_to_stage", "word_to_console"]);
}

/// Who works on papers, or answers afterwards, and never on a session; and members of a closed meeting, who ask and vote as phones.
const OF_PAPERS: [Who; 4] = [AUTHOR, MENTOR, MEMBER, RESPONDENT];

#[test]
fn authors_mentors_members_and_respondents_send_nothing_to_a_session() {
    for command in one_of_each() {
        for who in OF_PAPERS {
            assert!(!command.permits(who), "{who:?} sends {}", name_of(&command));
        }
    }
}

#[test]
fn each_role_may_send_what_the_table_says_and_nothing_else() {
    for (name, allowed) in table() {
        let command = one_of_each().into_iter().find(|command| name_of(command) == name).unwrap();
        for (who, allowed) in EVERYBODY.into_iter().zip(allowed) {
            assert_eq!(command.permits(who), allowed, "{who:?} sends {name}");
        }
    }
}

#[test]
fn the_table_has_every_command_and_every_role() {
    let named: BTreeSet<_> = table().into_iter().map(|(name, _)| name).collect();
    assert_eq!(named, one_of_each().iter().map(name_of).collect());
    let of_papers = OF_PAPERS.iter().chain(&[INTERPRETER]).filter_map(|who| who.role());
    let roles: BTreeSet<_> = EVERYBODY.iter().filter_map(|who| who.role()).chain(of_papers).collect();
    assert_eq!(roles, Role::ALL.iter().copied().collect());
}

#[test]
fn whoever_may_not_is_refused_before_anything_else_is_looked_at() {
    for story in [given([]), given([open()]), given([open(), desk(), asks(PHONE, ONE), passed(ONE), safety_pause()])] {
        for command in one_of_each() {
            for who in EVERYBODY.into_iter().filter(|who| !command.permits(*who)) {
                story.clone().when(who, command.clone()).refuses(Refusal::NotYours);
            }
        }
    }
}

#[test]
fn no_adult_gives_the_floor_works_the_clock_or_chooses_and_shows_questions_and_polls() {
    let live = one_of_each().into_iter().filter(|command| {
        !matches!(name_of(command), "plan" | "plan_poll" | "replan" | "open" | "at_desk" | "safety_pause" | "safety_resume")
            // Preparing ends when the children begin; a word from behind the scenes moves nothing.
            && !matches!(name_of(command), "change_plan" | "set_pace" | "name_group" | "write_rules")
            && !matches!(name_of(command), "answer_help" | "word_to_stage" | "word_to_console" | "written_word")
            && !matches!(name_of(command), "issue_seats" | "pass" | "hold" | "safeguard" | "take_back" | "desk")
    });
    for command in live {
        for adult in [STEWARD, LEAD, DEPUTY, ORGANIZER] {
            assert!(adult.role().unwrap().is_adult());
            assert!(!command.permits(adult), "{adult:?} sends {}", name_of(&command));
        }
    }
}

#[test]
fn no_child_passes_holds_or_hands_over_or_pauses_for_safety() {
    let adults_only = [
        "desk",
        "pass",
        "hold",
        "safeguard",
        "take_back",
        "at_desk",
        "safety_pause",
        "safety_resume",
        "plan",
        "plan_poll",
        "replan",
    ];
    for command in one_of_each().into_iter().filter(|command| adults_only.contains(&name_of(command))) {
        for child in [MODERATOR, CO_MODERATOR, TIMEKEEPER, PRESENTER] {
            assert!(!child.role().unwrap().is_adult());
            assert!(!command.permits(child), "{child:?} sends {}", name_of(&command));
        }
    }
}

#[test]
fn the_co_moderator_has_the_same_controls_as_the_moderator() {
    for command in one_of_each() {
        assert_eq!(command.permits(MODERATOR), command.permits(CO_MODERATOR));
    }
}

#[test]
fn only_phones_ask_and_take_questions_back() {
    for command in [
        ask(ONE),
        Command::Question(QuestionCommand::Change { id: ONE, text: text_of(TWO) }),
        Command::Question(QuestionCommand::Withdraw { id: ONE }),
    ] {
        assert!(EVERYBODY.iter().filter(|who| command.permits(**who)).eq([&phone(PHONE)]));
    }
}

fn table() -> Vec<(&'static str, Vec<bool>)> {
    let rows = TABLE.lines().map(|line| line.split_whitespace().filter(|cell| *cell != "|").collect::<Vec<_>>());
    let mut rows = rows.filter(|row| !row.is_empty());
    let heads = rows.next().expect("the table has a head");
    assert_eq!(heads[1..], EVERYBODY.map(name_of_who));
    rows.map(|row| (row[0], row[1..].iter().map(|cell| *cell == "x").collect())).collect()
}

fn name_of_who(who: Who) -> &'static str {
    match who {
        Who::Phone(_) => "phone",
        Who::Server => "server",
        Who::Pass { role, .. } => match role {
            Role::Moderator => "moderator",
            Role::CoModerator => "co_moderator",
            Role::Timekeeper => "timekeeper",
            Role::Presenter => "presenter",
            Role::Member => "member",
            Role::Interpreter => "interpreter",
            Role::Steward => "steward",
            Role::SafeguardingLead => "lead",
            Role::SafeguardingDeputy => "deputy",
            Role::Organizer => "organizer",
            Role::Author => "author",
            Role::Mentor => "mentor",
            Role::Respondent => "respondent",
        },
    }
}
