//! What the children recommend, and what became of it (`R3`, `P5` to `P7`).

use nadwa_domain::conference::organisations::Organisation;
use nadwa_domain::conference::pass::NewPass;
use nadwa_domain::conference::programme::Listing;
use nadwa_domain::conference::recommendations::{Progress, Promise};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{OrganisationId, PassId, QuestionId, RecommendationId, RoomId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Instant, Lang, Refusal, Role, Said, Span, Who};
use uuid::Uuid;

use crate::support::cast::{ORGANIZER, STEWARD, said};

const PANEL: SessionId = SessionId(Uuid::from_u128(0xa1));
const CLOSED: SessionId = SessionId(Uuid::from_u128(0xa2));
const ONE: RecommendationId = RecommendationId(Uuid::from_u128(0xb1));
const TWO: RecommendationId = RecommendationId(Uuid::from_u128(0xb2));
const ASKED: QuestionId = QuestionId(Uuid::from_u128(0xc1));
const MINISTRY: OrganisationId = OrganisationId(Uuid::from_u128(0xd1));
const NOW: Instant = Instant(1_000_000);

fn moderator(of: SessionId) -> Who {
    Who::Pass { id: PassId(of.0), role: Role::Moderator }
}

fn then(mut conference: Conference, by: Who, acts: &[Act]) -> Conference {
    for act in acts {
        let happened = conference.decide(by, act).unwrap_or_else(|refusal| panic!("{act:?}: {refusal:?}"));
        for happened in happened {
            let seq = conference.seq + 1;
            conference.apply(&Entry { seq, at: NOW, by, event: happened.event, words: happened.words });
        }
    }
    conference
}

fn listed(session: SessionId, kind: Kind) -> [Act; 2] {
    let room = RoomId(session.0);
    let listing = Listing {
        session,
        room,
        kind,
        title: said("أصواتنا", "Our voices"),
        theme: Said::default(),
        about: Said::default(),
        speakers: vec![],
        starts_at: NOW,
        ends_at: NOW + Span::minutes(60),
        code: None,
    };
    [Act::AddRoom { id: room, name: said("قاعة", "Hall") }, Act::List(Box::new(listing))]
}

fn card(session: SessionId) -> Act {
    let (id, digest) = (PassId(session.0), format!("{:064x}", session.0.as_u128()));
    Act::Issue(NewPass {
        id,
        role: Role::Moderator,
        session: Some(session),
        person: None,
        digest,
        until: None,
        one_device: true,
        paper: None,
        link: String::new(),
    })
}

/// A panel and a closed meeting, each with its moderator, and a ministry.
fn given() -> Conference {
    let ministry =
        Organisation { name: said("وزارة المثال", "Ministry of examples"), ..Organisation::default() };
    let mut acts = vec![Act::WriteOrganisation { id: MINISTRY, about: Box::new(ministry) }];
    acts.extend(listed(PANEL, Kind::Panel));
    acts.extend(listed(CLOSED, Kind::ClosedMeeting));
    acts.extend([card(PANEL), card(CLOSED)]);
    then(Conference::default(), Who::Server, &acts)
}

fn word(id: RecommendationId, session: SessionId, text: Said, seen: u32) -> Act {
    Act::WordRecommendation { id, session, question: (id == ONE).then_some(ASKED), text, seen }
}

fn night() -> Said {
    said("خط يعمل ليلًا", "A line at night")
}

fn confirm(lang: Lang, seen: u32) -> Act {
    Act::ConfirmRecommendation { id: ONE, lang, seen }
}

/// Worded, confirmed in Arabic, adopted.
fn adopted() -> Conference {
    let acts = [word(ONE, PANEL, night(), 0), confirm(Lang::AR, 1), Act::AdoptRecommendation { id: ONE }];
    then(given(), moderator(PANEL), &acts)
}

fn public(conference: &Conference) -> Option<Said> {
    conference.recommendations[&ONE].public()
}

fn promise(progress: Progress, due: Instant, answer: Said) -> Act {
    Act::Promise { id: ONE, promise: Box::new(Promise { by: MINISTRY, due, progress, answer }), now: NOW }
}

#[test]
fn nothing_is_public_before_the_children_confirmed_and_adopted_it_and_only_in_those_languages() {
    let worded = then(given(), moderator(PANEL), &[word(ONE, PANEL, night(), 0)]);
    assert_eq!(public(&worded), None);
    let early = worded.decide(moderator(PANEL), &Act::AdoptRecommendation { id: ONE });
    assert_eq!(early, Err(Refusal::NotConfirmed));
    let confirmed = then(worded, moderator(PANEL), &[confirm(Lang::AR, 1)]);
    assert_eq!(public(&confirmed), None, "adopted it is not");
    let adopted = then(confirmed, moderator(PANEL), &[Act::AdoptRecommendation { id: ONE }]);
    assert_eq!(public(&adopted), Some(Said::new([(Lang::AR, "خط يعمل ليلًا")])), "English was not confirmed");
    assert_eq!(adopted.recommended(ASKED).map(|known| known.number), Some(1), "its question finds it");
}

#[test]
fn a_language_that_is_worded_anew_is_unconfirmed_and_the_others_stay() {
    let both = then(adopted(), moderator(PANEL), &[confirm(Lang::EN, 1)]);
    let anew = then(both, moderator(PANEL), &[word(ONE, PANEL, said("خط مجاني ليلًا", "A line at night"), 1)]);
    assert_eq!(public(&anew), Some(Said::new([(Lang::EN, "A line at night")])));
    let old = anew.decide(moderator(PANEL), &confirm(Lang::AR, 1));
    assert_eq!(old, Err(Refusal::AlreadyMoved { by: None }), "what was seen is confirmed, and nothing else");
}

#[test]
fn of_two_who_word_one_at_once_the_second_is_told() {
    let first = then(adopted(), moderator(PANEL), &[word(ONE, PANEL, said("أول", "First"), 1)]);
    let second = word(ONE, PANEL, said("ثان", "Second"), 1);
    assert_eq!(first.decide(moderator(PANEL), &second), Err(Refusal::AlreadyMoved { by: None }));
    let again = word(ONE, PANEL, said("أول", "First"), 1);
    assert_eq!(first.decide(moderator(PANEL), &again), Ok(vec![]), "the same form twice is once");
}

#[test]
fn only_the_moderators_of_its_session_word_it_and_a_closed_meeting_recommends_nothing() {
    let new = word(TWO, PANEL, night(), 0);
    for who in [moderator(CLOSED), ORGANIZER, STEWARD] {
        assert_eq!(given().decide(who, &new), Err(Refusal::NotYours), "{who:?}");
    }
    let closed = word(TWO, CLOSED, night(), 0);
    assert_eq!(given().decide(moderator(CLOSED), &closed), Err(Refusal::Unknown));
    for who in [moderator(CLOSED), ORGANIZER] {
        assert_eq!(adopted().decide(who, &confirm(Lang::EN, 1)), Err(Refusal::NotYours), "{who:?}");
    }
    let own = promise(Progress::Received, NOW + Span::minutes(1), Said::default());
    assert_eq!(adopted().decide(moderator(PANEL), &own), Err(Refusal::NotYours), "nobody promises for others");
}

#[test]
fn what_is_taken_away_is_not_public_and_comes_back_as_it_was() {
    let gone = then(adopted(), moderator(PANEL), &[Act::RemoveRecommendation { id: ONE }]);
    assert_eq!((public(&gone), gone.recommended(ASKED)), (None, None));
    let late = gone.decide(moderator(PANEL), &confirm(Lang::EN, 1));
    assert_eq!(late, Err(Refusal::Unknown));
    let back = then(gone, ORGANIZER, &[Act::PutRecommendationBack { id: ONE }]);
    assert_eq!(public(&back), public(&adopted()));
}

#[test]
fn an_answer_needs_words_a_promise_a_day_to_come_and_what_is_not_kept_is_late() {
    let day = NOW + Span::minutes(24 * 60);
    for progress in [Progress::Agreed, Progress::Partly, Progress::NotNow] {
        let empty = promise(progress, day, Said::default());
        assert_eq!(adopted().decide(ORGANIZER, &empty), Err(Refusal::AnswerNeeded), "{progress:?}");
    }
    let past = promise(Progress::Received, NOW, Said::default());
    assert_eq!(adopted().decide(ORGANIZER, &past), Err(Refusal::DatePast));
    let promised = then(adopted(), ORGANIZER, &[promise(Progress::LookedAt, day, Said::default())]);
    let is_late = |conference: &Conference, now| {
        conference.recommendations[&ONE].promise.as_ref().is_some_and(|(promise, _)| promise.is_late(now))
    };
    assert!(!is_late(&promised, day - Span::seconds(1)) && is_late(&promised, day));
    // After the day the answer may still be written, for the same promise.
    let answer = Promise {
        by: MINISTRY, due: day, progress: Progress::NotNow, answer: said("لا مال الآن", "No money")
    };
    let answered = Act::Promise { id: ONE, promise: Box::new(answer), now: day + Span::minutes(60) };
    assert!(!is_late(&then(promised, ORGANIZER, &[answered]), day + Span::minutes(120)));
}

#[test]
fn an_organisation_that_owes_an_answer_is_not_removed() {
    let remove = Act::RemoveOrganisation { id: MINISTRY };
    let day = NOW + Span::minutes(60);
    let owes = then(adopted(), ORGANIZER, &[promise(Progress::Received, day, Said::default())]);
    assert_eq!(owes.decide(ORGANIZER, &remove), Err(Refusal::OwesAnswers));
    let answered = then(owes, ORGANIZER, &[promise(Progress::Agreed, day, said("نعم", "Yes"))]);
    assert!(answered.decide(ORGANIZER, &remove).is_ok());
}
