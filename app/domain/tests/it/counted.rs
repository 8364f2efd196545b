//! What a report counts (`R2`, `S2`, `P9`).

use nadwa_domain::command::FloorCommand;
use nadwa_domain::conference::people::Group;
use nadwa_domain::session::question::NotUsedReason;
use nadwa_domain::view::counted::{questions, speaking};
use nadwa_domain::{Command, Lang, Span};

use crate::support::cast::{MODERATOR, ONE, OTHER_PHONE, PAPER, PHONE, SPEECH, THREE, TWO};
use crate::support::given;
use crate::support::press::{
    Press, answered, asks, by, desk, floor, held, open, passed, safeguarded, set_aside, shown, start_timer, wait,
};

#[test]
fn questions_are_counted_by_what_became_of_them_and_nothing_tells_of_safeguarding() {
    let story = given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), passed(TWO)]);
    let story = story.and([shown(ONE), answered(ONE), set_aside(TWO), wait(40), desk(), asks(PHONE, THREE)]);
    let waits = questions(&story.session);
    assert_eq!((waits.reached, waits.answered, waits.open, waits.held), (2, 1, 0, 0));
    assert_eq!(waits.not_used, [(NotUsedReason::NoTime, 1)]);
    assert_eq!(waits.languages, [(Some(Lang::AR), 2)]);
    assert_eq!(waits.asked_by, (0, 0, 2));
    let guarded = story.clone().and([safeguarded(THREE)]);
    assert_eq!(questions(&guarded.session), waits, "not a number differs from that of what waits");
    assert_eq!(questions(&story.and([held(THREE)]).session).held, 1);
}

fn yields() -> Press {
    by(MODERATOR, Command::Floor(FloorCommand::YieldFloor))
}

#[test]
fn speaking_time_is_shared_by_what_people_are_noted_as() {
    let story = given([open(), floor(PAPER), start_timer(), wait(60), yields(), floor(SPEECH), start_timer()])
        .and([wait(30), yields()]);
    let slots = [PAPER, SPEECH].map(|slot| story.session.slot(slot).expect("planned").speakers.clone());
    let group = |person| if slots[0].contains(&person) { Some(Group::Child) } else { Some(Group::Adult) };
    let shared = speaking(&story.session, group);
    assert_eq!((shared.children, shared.adults), (Span::seconds(60), Span::seconds(30)));
    let unknown = speaking(&story.session, |_| None);
    assert_eq!((unknown.children, unknown.others), (Span::ZERO, Span::seconds(90)));
}
