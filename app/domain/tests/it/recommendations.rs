//! What the children recommend, and what became of it (`R3`, `P5` to `P7`).

use nadwa_domain::conference::organisations::Organisation;
use nadwa_domain::conference::pass::NewPass;
use nadwa_domain::conference::people::{Group, NewPerson, Shows};
use nadwa_domain::conference::profile::Profile;
use nadwa_domain::conference::programme::Listing;
use nadwa_domain::conference::recommendations::{Answer, Progress, Promise};
use nadwa_domain::conference::verdicts::{FEWEST, Judged, Verdict};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{OrganisationId, PassId, PersonId, QuestionId, RecommendationId, RoomId, SessionId, VoiceId};
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
const COURT: OrganisationId = OrganisationId(Uuid::from_u128(0xd2));
const HANAN: PersonId = PersonId(Uuid::from_u128(0xe1));
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
    issue(Role::Moderator, session.0, Some(session), None)
}

fn issue(role: Role, id: Uuid, session: Option<SessionId>, person: Option<PersonId>) -> Act {
    let (id, digest) = (PassId(id), format!("{:064x}", id.as_u128()));
    Act::Issue(NewPass {
        id,
        role,
        session,
        person,
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

/// Hanan belongs to the ministry, and has a card to answer in its name.
fn hanan() -> Who {
    Who::Pass { id: PassId(HANAN.0), role: Role::Respondent }
}

fn belongs(of: Option<OrganisationId>) -> Act {
    Act::SetProfile { person: HANAN, profile: Box::new(Profile { of, ..Profile::default() }) }
}

fn owed_by_hanans() -> Conference {
    let court = Organisation { name: said("محكمة", "Court"), ..Organisation::default() };
    let person = NewPerson { id: HANAN, group: Group::Adult, shows: Shows::Role, lang: Lang::AR };
    let acts = [
        Act::WriteOrganisation { id: COURT, about: Box::new(court) },
        Act::AddPerson { person, organisation: Said::default() },
        belongs(Some(MINISTRY)),
        issue(Role::Respondent, HANAN.0, None, Some(HANAN)),
        promise(Progress::Received, NOW + Span::minutes(60), Said::default()),
    ];
    then(adopted(), ORGANIZER, &acts)
}

fn answer(progress: Progress, answer: Said, seen: Instant) -> Act {
    Act::Answer(Box::new(Answer { id: ONE, progress, answer, seen }))
}

#[test]
fn an_organisation_answers_for_itself_in_words_and_changes_neither_who_owes_nor_when() {
    let owed = owed_by_hanans();
    let empty = answer(Progress::NotNow, Said::default(), NOW);
    assert_eq!(owed.decide(hanan(), &empty), Err(Refusal::AnswerNeeded));
    let said = answer(Progress::NotNow, said("لا مال الآن", "No money"), NOW);
    let before = owed.recommendations[&ONE].promise.clone().expect("a promise").0;
    let answered = then(owed, hanan(), std::slice::from_ref(&said));
    let after = answered.recommendations[&ONE].promise.clone().expect("a promise").0;
    assert_eq!((after.by, after.due, after.progress), (before.by, before.due, Progress::NotNow));
    assert_eq!(answered.decide(hanan(), &said), Ok(vec![]), "the same form twice is once");
    let old = answer(Progress::Agreed, night(), NOW - Span::minutes(1));
    assert_eq!(answered.decide(hanan(), &old), Err(Refusal::AlreadyMoved { by: None }), "written meanwhile");
}

#[test]
fn nobody_answers_for_another_organisation_and_whoever_left_it_answers_no_more() {
    let yes = answer(Progress::Agreed, night(), NOW);
    for who in [moderator(PANEL), STEWARD, ORGANIZER] {
        assert_eq!(owed_by_hanans().decide(who, &yes), Err(Refusal::NotYours), "{who:?}");
    }
    for of in [Some(COURT), None] {
        let moved = then(owed_by_hanans(), ORGANIZER, &[belongs(of)]);
        assert_eq!(moved.decide(hanan(), &yes), Err(Refusal::NotYours), "{of:?}");
    }
    let gone = then(owed_by_hanans(), ORGANIZER, &[Act::RemoveRecommendation { id: ONE }]);
    assert_eq!(gone.decide(hanan(), &yes), Err(Refusal::NotYours), "what is not public is nobody's to answer");
    let nobodys = issue(Role::Respondent, Uuid::from_u128(0xf1), None, None);
    assert_eq!(owed_by_hanans().decide(ORGANIZER, &nobodys), Err(Refusal::NoOrganisation));
}

fn judge(voice: u128, verdict: Verdict, seen: Instant) -> Act {
    Act::Judge(Judged { id: ONE, voice: VoiceId(Uuid::from_u128(voice)), verdict, seen })
}

fn answered() -> Conference {
    then(owed_by_hanans(), hanan(), &[answer(Progress::Partly, said("بعضه", "Some of it"), NOW)])
}

fn judged(conference: &Conference) -> Option<Vec<(Verdict, u32)>> {
    conference.recommendations[&ONE].judged()
}

#[test]
fn children_say_whether_an_answer_is_enough_and_nothing_is_told_of_fewer_than_five() {
    let four: Vec<Act> = (1..FEWEST as u128).map(|voice| judge(voice, Verdict::Yes, NOW)).collect();
    let four = then(answered(), Who::Server, &four);
    assert_eq!(judged(&four), None);
    let again = then(four, Who::Server, &[judge(1, Verdict::No, NOW)]);
    assert_eq!(judged(&again), None, "whoever changes their mind is no fifth");
    let five = then(again, Who::Server, &[judge(5, Verdict::Partly, NOW)]);
    assert_eq!(judged(&five), Some(vec![(Verdict::Yes, 3), (Verdict::Partly, 1), (Verdict::No, 1)]));
    let anew = then(five, hanan(), &[answer(Progress::Agreed, said("كله", "All of it"), NOW)]);
    assert_eq!(judged(&anew), None, "another answer is judged anew");
}

#[test]
fn what_is_not_answered_or_has_changed_is_not_judged_and_nobody_judges_for_phones() {
    let early = owed_by_hanans().decide(Who::Server, &judge(1, Verdict::No, NOW));
    assert_eq!(early, Err(Refusal::Unknown));
    let old = answered().decide(Who::Server, &judge(1, Verdict::No, NOW - Span::minutes(1)));
    assert_eq!(old, Err(Refusal::AlreadyMoved { by: None }));
    for who in [hanan(), ORGANIZER, moderator(PANEL)] {
        assert_eq!(answered().decide(who, &judge(1, Verdict::Yes, NOW)), Err(Refusal::NotYours), "{who:?}");
    }
}
