//! Who may send what: the whole table, reviewed by reading (`P3`, `S17`).

use std::collections::BTreeSet;

use nadwa_domain::command::ScreenChoice;
use nadwa_domain::role::permits;
use nadwa_domain::session::change::PlanChange;
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::floor::Short;
use nadwa_domain::session::pace::Pace;
use nadwa_domain::session::poll::AnnulReason;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::session::queue::QueueAct;
use nadwa_domain::session::reading::DeskAct;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::{Help, Place, TeamAct};
use nadwa_domain::text::WordText;
use nadwa_domain::{Choice, Command, Instant, Refusal, Role, Span, Who};

use crate::support::cast::{
    A_PAPER, AUTHOR, CO_MODERATOR, DEPUTY, INTERPRETER, LEAD, MEMBER, MENTOR, MODERATOR, ONE, ORGANIZER, PAPER, PHONE,
    POLL, PRESENTER, RESERVE, REST, SERVER, STEWARD, TIMEKEEPER, TWO, note, paper_slot, phone, plan, said, text_of,
    turn,
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
    "plan": Command::Plan(_) => Command::Plan(Box::new(plan()));
    "plan_poll": Command::PlanPoll(_) => Command::PlanPoll(Box::new(plan().polls[0].clone()));
    "replan": Command::Replan { .. } => Command::Replan { seen: 1, plan: Box::new(plan()) };
    "keep_minutes": Command::KeepMinutes { .. } => Command::KeepMinutes { keep: true };
    "open": Command::Open => Command::Open;
    "next": Command::Next { .. } => Command::Next { step: 0 };
    "undo": Command::Undo { .. } => Command::Undo { step: 0 };
    "reopen": Command::Reopen => Command::Reopen;
    "give_floor": Command::GiveFloor { .. } => Command::GiveFloor { slot: PAPER };
    "yield_floor": Command::YieldFloor => Command::YieldFloor;
    "start_timer": Command::StartTimer => Command::StartTimer;
    "pause_timer": Command::PauseTimer => Command::PauseTimer;
    "resume_timer": Command::ResumeTimer => Command::ResumeTimer;
    "extend": Command::Extend { .. } => Command::Extend { by: Span::minutes(1), step: None };
    "show": Command::Show(_) => Command::Show(ScreenChoice::Plan);
    "choose": Command::Choose { .. } => Command::Choose { id: ONE };
    "put_back": Command::PutBack { .. } => Command::PutBack { id: ONE };
    "show_question": Command::ShowQuestion { .. } => Command::ShowQuestion { id: ONE };
    "answered": Command::Answered { .. } => Command::Answered { id: ONE };
    "not_used": Command::NotUsed { .. } => Command::NotUsed { id: ONE, reason: NotUsedReason::NoTime };
    "open_poll": Command::OpenPoll { .. } => Command::OpenPoll { id: POLL };
    "close_poll": Command::ClosePoll { .. } => Command::ClosePoll { id: POLL };
    "show_poll": Command::ShowPoll { .. } => Command::ShowPoll { id: POLL };
    "put_poll_away": Command::PutPollAway => Command::PutPollAway;
    "make_poll": Command::MakePoll { .. } => Command::MakePoll { poll: Box::new(plan().polls.remove(0)), open: true };
    "last_call": Command::LastCall { .. } => Command::LastCall { id: POLL };
    "second_round": Command::SecondRound { .. } => Command::SecondRound { of: POLL, new: RESERVE };
    "annul_poll": Command::AnnulPoll { .. } => {
        Command::AnnulPoll { id: POLL, reason: AnnulReason::Unclear, again: RESERVE }
    };
    "count_hands": Command::CountHands { .. } => Command::CountHands { id: POLL, hands: vec![1, 2, 3] };
    "issue_seats": Command::IssueSeats { .. } => Command::IssueSeats { seed: ONE.0, count: 10 };
    "take_seat": Command::TakeSeat { .. } => Command::TakeSeat { seat: 0 };
    "say_word": Command::SayWord { .. } => {
        Command::SayWord { poll: POLL, id: ONE, text: WordText::parse("أمان", |t| t.chars().count()).expect("a word"), one_of_many: false }
    };
    "ask": Command::Ask { .. } => ask(ONE);
    "change": Command::Change { .. } => Command::Change { id: ONE, text: text_of(TWO) };
    "desk": Command::Desk(_) => Command::Desk(DeskAct::Claim { id: ONE });
    "cards": Command::Cards(_) => Command::Cards(CardAct::TakeMix);
    "erase_question": Command::EraseQuestion { .. } => Command::EraseQuestion { id: ONE };
    "erase_pictures": Command::ErasePictures => Command::ErasePictures;
    "withdraw": Command::Withdraw { .. } => Command::Withdraw { id: ONE };
    "at_desk": Command::AtDesk => Command::AtDesk;
    "pass": Command::Pass { .. } => Command::Pass { id: ONE };
    "hold": Command::Hold { .. } => Command::Hold { id: ONE, reason: HoldReason::Language };
    "safeguard": Command::Safeguard { .. } => Command::Safeguard { id: ONE };
    "take_back": Command::TakeBack { .. } => Command::TakeBack { id: ONE };
    "safety_pause": Command::SafetyPause => Command::SafetyPause;
    "safety_resume": Command::SafetyResume => Command::SafetyResume;
    "await_interp": Command::AwaitInterpretation => Command::AwaitInterpretation;
    "start_short": Command::StartShort(_) => Command::StartShort(Short::Answer);
    "raise_named": Command::Queue(QueueAct::Raise { name: Some(_), .. }) => raise(1, Some("لينا"), None, true);
    "raise_own": Command::Queue(QueueAct::Raise { name: None, .. }) => raise(2, None, None, true);
    "withdraw_turn": Command::Queue(QueueAct::Withdraw { .. }) => Command::Queue(QueueAct::Withdraw { id: turn(2) });
    "move_turn": Command::Queue(_) => Command::Queue(QueueAct::Move { id: turn(1), up: true });
    "change_plan": Command::ChangePlan(_) => Command::ChangePlan(Box::new(PlanChange::Move { slot: REST, up: true }));
    "set_pace": Command::SetPace(_) => Command::SetPace(Pace { stretch: 150, ..Pace::default() });
    "name_group": Command::NameGroup { .. } => Command::NameGroup { group: 0, name: said("المغرب", "Morocco") };
    "write_rules": Command::WriteRules { .. } => Command::WriteRules { rules: vec![said("نستمع", "We listen")] };
    "call_help": Command::Team(TeamAct::CallHelp(_) | TeamAct::HelpOver(_)) => Command::Team(TeamAct::CallHelp(Help::HelpMe));
    "answer_help": Command::Team(TeamAct::AnswerHelp { .. } | TeamAct::SeeHelp { .. }) =>
        Command::Team(TeamAct::AnswerHelp { by: Role::Moderator, help: Help::HelpMe });
    "unheard_help": Command::Team(TeamAct::Unheard { .. }) =>
        Command::Team(TeamAct::Unheard { by: Role::Moderator, help: Help::HelpMe });
    "rest": Command::Team(TeamAct::Rest | TeamAct::Back) => Command::Team(TeamAct::Rest);
    "written_word": Command::Team(TeamAct::Send { text: Some(_), .. }) => word(1, Place::Console, Some("أنا هنا"));
    "word_to_stage": Command::Team(TeamAct::Send { to: Place::Stage, .. }) => word(2, Place::Stage, None);
    "word_to_console": Command::Team(TeamAct::Send { .. }) => word(3, Place::Console, None);
    "read_word": Command::Team(TeamAct::Read { .. }) => Command::Team(TeamAct::Read { id: note(2) });
    "seen_signs": Command::Team(TeamAct::SeenSigns) => Command::Team(TeamAct::SeenSigns);
    "signal": Command::Signal(_) => Command::Signal(Signal::Slower);
    "pin": Command::Pin { .. } => Command::Pin { on: true };
    "run_over": Command::RunOver => Command::RunOver;
    "place_paper": Command::PlacePaper(_) => Command::PlacePaper(Box::new(paper_slot()));
    "take_paper_out": Command::TakePaperOut { .. } => Command::TakePaperOut { paper: A_PAPER };
    "show_paper": Command::ShowPaper { .. } => Command::ShowPaper { page: None };
    "lapse_intake": Command::LapseIntake { .. } => Command::LapseIntake { since: Instant(0) };
}

/// Everybody, in the order of the table.
pub const EVERYBODY: [Who; 10] =
    [phone(PHONE), SERVER, MODERATOR, CO_MODERATOR, TIMEKEEPER, PRESENTER, STEWARD, LEAD, DEPUTY, ORGANIZER];

#[test]
fn an_interpreter_sends_words_that_are_ready_and_nothing_else() {
    let may: Vec<_> = one_of_each().iter().filter(|command| permits(INTERPRETER, command)).map(name_of).collect();
    assert_eq!(may, ["word_to_stage", "word_to_console"]);
}

/// Who works on papers and never on a session; and members of a closed meeting, who ask and vote as phones.
const OF_PAPERS: [Who; 3] = [AUTHOR, MENTOR, MEMBER];

#[test]
fn authors_mentors_and_members_send_nothing_to_a_session() {
    for command in one_of_each() {
        for who in OF_PAPERS {
            assert!(!permits(who, &command), "{who:?} sends {}", name_of(&command));
        }
    }
}

#[test]
fn each_role_may_send_what_the_table_says_and_nothing_else() {
    for (name, allowed) in table() {
        let command = one_of_each().into_iter().find(|command| name_of(command) == name).unwrap();
        for (who, allowed) in EVERYBODY.into_iter().zip(allowed) {
            assert_eq!(permits(who, &command), allowed, "{who:?} sends {name}");
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
            for who in EVERYBODY.into_iter().filter(|who| !permits(*who, &command)) {
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
            assert!(!permits(adult, &command), "{adult:?} sends {}", name_of(&command));
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
            assert!(!permits(child, &command), "{child:?} sends {}", name_of(&command));
        }
    }
}

#[test]
fn the_co_moderator_has_the_same_controls_as_the_moderator() {
    for command in one_of_each() {
        assert_eq!(permits(MODERATOR, &command), permits(CO_MODERATOR, &command));
    }
}

#[test]
fn only_phones_ask_and_take_questions_back() {
    for command in [ask(ONE), Command::Change { id: ONE, text: text_of(TWO) }, Command::Withdraw { id: ONE }] {
        assert!(EVERYBODY.iter().filter(|who| permits(**who, &command)).eq([&phone(PHONE)]));
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
        },
    }
}
