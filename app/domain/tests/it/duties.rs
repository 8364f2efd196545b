//! Duties apart (`G9`): who may issue which card, who agrees, who may hold it.

use nadwa_domain::conference::pass::{Login, NewDevice, NewPass, PaperScope, Pass};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{DeviceId, PaperId, PassId};
use nadwa_domain::{Choice, Instant, Refusal, Role, Span, Who};
use uuid::Uuid;

use crate::support::cast::{DEPUTY, LEAD, ORGANIZER, SERVER, START};

const ONE: PassId = PassId(Uuid::from_u128(0xa1));
const TWO: PassId = PassId(Uuid::from_u128(0xa2));

fn card(id: PassId, role: Role) -> NewPass {
    let digest = format!("digest of {id}");
    NewPass {
        id,
        role,
        session: None,
        person: None,
        digest,
        until: None,
        one_device: false,
        paper: None,
        link: String::new(),
    }
}

fn device(number: u128, pass: PassId) -> NewDevice {
    NewDevice { id: DeviceId(Uuid::from_u128(number)), pass, digest: format!("device {number}") }
}

fn comes_in(number: u128, id: PassId) -> (Who, Act) {
    (SERVER, Act::SignIn(device(number, id)))
}

fn given<const N: usize>(acts: [(Who, Act); N]) -> Conference {
    and(Conference::default(), acts)
}

fn and<const N: usize>(mut conference: Conference, acts: [(Who, Act); N]) -> Conference {
    for (who, act) in acts {
        let happened = conference.decide(who, &act).unwrap_or_else(|refusal| panic!("{act:?}: {refusal:?}"));
        for happened in happened {
            let (seq, at) = (conference.seq + 1, Instant(0));
            conference.apply(&Entry { seq, at, by: who, event: happened.event, words: happened.words });
        }
    }
    conference
}

fn has_lead() -> Conference {
    given([(ORGANIZER, Act::Issue(card(ONE, Role::SafeguardingLead))), comes_in(1, ONE)])
}

fn lead() -> Who {
    Who::Pass { id: ONE, role: Role::SafeguardingLead }
}

#[test]
fn the_first_lead_is_the_organizers_to_name_and_from_then_on_the_lead_agrees() {
    for role in [Role::SafeguardingLead, Role::SafeguardingDeputy] {
        let first = given([(ORGANIZER, Act::Issue(card(ONE, role)))]);
        assert!(first.passes[&ONE].works(START), "{role:?} at set-up");
        assert!(!first.is_held(role, START), "a card on paper is nobody (N2)");
        assert!(and(first, [comes_in(1, ONE)]).is_held(role, START), "a device that came in with it is somebody");
        let conference = and(has_lead(), [(ORGANIZER, Act::Issue(card(TWO, role)))]);
        let asked = &conference.passes[&TWO];
        assert!(asked.asked && !asked.was_shown() && !asked.works(START), "{role:?} is asked for");
        for who in [ORGANIZER, Who::Pass { id: TWO, role }].into_iter().filter(|who| who.role() != lead().role()) {
            assert_eq!(conference.decide(who, &Act::Agree { pass: TWO }), Err(Refusal::NotYours));
        }
        let recode = |seen: &str, digest: &str, link: &str| {
            let [seen, digest, link] = [seen, digest, link].map(str::to_owned);
            Act::Recode { pass: TWO, seen, digest, link }
        };
        let first = recode("", "new", "");
        assert_eq!(conference.decide(ORGANIZER, &first), Err(Refusal::NoSuchPass), "nothing to print yet");
        let agreed = and(conference, [(lead(), Act::Agree { pass: TWO }), (ORGANIZER, first.clone())]);
        assert!(agreed.passes[&TWO].works(START));
        let again = recode("new", "newer", "");
        assert_eq!(agreed.decide(ORGANIZER, &again), Err(Refusal::NotYours), "it is shown once");
    }
    // A second card before anybody came in is one too many as well: it may be somebody's own.
    let named = given([(ORGANIZER, Act::Issue(card(ONE, Role::SafeguardingLead)))]);
    assert!(and(named, [(ORGANIZER, Act::Issue(card(TWO, Role::SafeguardingLead)))]).passes[&TWO].asked);
    // Whoever holds the machine can always name one.
    assert!(!and(has_lead(), [(SERVER, Act::Issue(card(TWO, Role::SafeguardingLead)))]).passes[&TWO].asked);
}

#[test]
fn the_deputy_agrees_while_no_lead_is_signed_in() {
    let conference = and(has_lead(), [(ORGANIZER, Act::Issue(card(TWO, Role::SafeguardingLead)))]);
    assert!(!conference.agrees(DEPUTY) && conference.agrees(LEAD));
    let gone = and(conference, [(SERVER, Act::SignOutAll { pass: ONE }), (DEPUTY, Act::Agree { pass: TWO })]);
    assert!(!gone.passes[&TWO].asked);
}

#[test]
fn organizers_do_not_shut_out_who_has_come_in_for_safeguarding() {
    let conference = has_lead();
    let acts = [
        Act::Revoke { pass: ONE },
        Act::SignOutAll { pass: ONE },
        Act::SignOut { device: DeviceId(Uuid::from_u128(1)) },
    ];
    for act in acts {
        assert_eq!(conference.decide(ORGANIZER, &act), Err(Refusal::NotYours), "{act:?}");
        assert!(conference.decide(DEPUTY, &act).is_ok(), "{act:?}");
    }
    let unused = given([(ORGANIZER, Act::Issue(card(ONE, Role::SafeguardingLead)))]);
    assert!(unused.decide(ORGANIZER, &Act::Revoke { pass: ONE }).is_ok(), "a slip is taken back");
    assert_eq!(unused.decide(LEAD, &Act::Revoke { pass: TWO }), Err(Refusal::NotYours), "and nothing else is theirs");
}

#[test]
fn a_device_that_organizes_is_no_childs_and_nobodys_of_safeguarding() {
    let conference = has_lead();
    let held = |role: Role, known_to: Option<PassId>| Pass { known_to, ..Pass::new(card(TWO, role)) };
    let organizer = [Pass::new(card(ONE, Role::Organizer))];
    for role in Role::ALL.iter().copied() {
        let apart = !role.is_adult() || role.safeguards();
        let outcome = conference.may_come_in(&held(role, None), &organizer);
        assert_eq!(outcome == Err(Refusal::OwnCard), apart, "{role:?}");
        assert!(conference.may_come_in(&held(role, Some(ONE)), &[]).is_ok(), "{role:?} on another device");
    }
}

#[test]
fn an_invitation_opens_once_and_a_phrase_gives_way_to_whoever_knows_it() {
    let invitation = NewPass { until: Some(START + Span::minutes(1)), ..card(ONE, Role::Organizer) };
    let invited = given([(ORGANIZER, Act::Issue(invitation)), comes_in(1, ONE)]);
    assert_eq!(invited.decide(SERVER, &Act::SignIn(device(2, ONE))), Err(Refusal::NoSuchPass));
    let own = Who::Pass { id: ONE, role: Role::Organizer };
    let login = |hash: &str, old: &str| Act::SetLogin {
        pass: ONE,
        login: Login { name: "sara".to_owned(), hash: hash.to_owned() },
        old: old.to_owned(),
        stays: Some(DeviceId(Uuid::from_u128(1))),
    };
    let chosen = and(invited, [(own, login("first", "")), comes_in(2, ONE)]);
    assert!(chosen.passes[&ONE].works(START + Span::minutes(9)), "what ended was the link");
    assert_eq!(chosen.decide(own, &login("second", "")), Err(Refusal::WrongSecret));
    let changed = and(chosen, [(own, login("second", "first"))]);
    assert_eq!(changed.devices.keys().collect::<Vec<_>>(), [&DeviceId(Uuid::from_u128(1))], "the other one is out");
}

/// `G5`: what stands in the history of one device opens no other.
#[test]
fn an_adults_link_opens_one_device_and_a_new_link_another_and_a_childs_card_goes_on_moving() {
    let mentor = given([(ORGANIZER, Act::Issue(card(ONE, Role::Mentor))), comes_in(1, ONE)]);
    let second = Act::SignIn(device(2, ONE));
    assert_eq!(mentor.decide(SERVER, &second), Err(Refusal::NoSuchPass));
    let left = and(mentor.clone(), [(SERVER, Act::SignOut { device: DeviceId(Uuid::from_u128(1)) })]);
    assert_eq!(left.decide(SERVER, &second), Err(Refusal::NoSuchPass), "nor once the first has left");
    let anew =
        Act::Recode { pass: ONE, seen: format!("digest of {ONE}"), digest: "new".to_owned(), link: String::new() };
    let anew = and(mentor, [(ORGANIZER, anew), comes_in(2, ONE)]);
    assert_eq!(anew.devices.keys().collect::<Vec<_>>(), [&DeviceId(Uuid::from_u128(2))]);
    let author = NewPass {
        paper: Some(PaperScope { paper: PaperId(Uuid::from_u128(7)), late_until: None }),
        ..card(ONE, Role::Author)
    };
    given([(ORGANIZER, Act::Issue(author)), comes_in(1, ONE), comes_in(2, ONE)]);
}
