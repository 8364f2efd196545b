//! The conference: rooms, the programme, passes and helplines, prepared by organizers alone.

use nadwa_domain::conference::code::{Code, MayLook};
use nadwa_domain::conference::exit::Elsewhere;
use nadwa_domain::conference::pass::{NewPass, PaperScope, Pass};
use nadwa_domain::conference::reading::{Months, Reading};
use nadwa_domain::conference::{Act, Conference, ConferenceEvent, Listing};
use nadwa_domain::entry::{Entry, Words};
use nadwa_domain::ids::{PaperId, PassId, RoomId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Choice, Instant, Lang, Phrase, Refusal, Role, Said, Span, Who};
use uuid::Uuid;

use crate::support::cast::{
    CO_MODERATOR, DEPUTY, LEAD, MODERATOR, ONE, ORGANIZER, PHONE, PRESENTER, SARA, SERVER, START, STEWARD, TIMEKEEPER,
    phone, said,
};
use crate::support::through_json;

const ROOM: RoomId = RoomId(Uuid::from_u128(0x71));
const PANEL: SessionId = SessionId(Uuid::from_u128(0x81));
const CLOSED: SessionId = SessionId(Uuid::from_u128(0x82));

#[test]
fn only_organizers_and_the_server_prepare_a_conference() {
    for who in [ORGANIZER, SERVER] {
        assert!(Conference::default().decide(who, &prepare(180)).is_ok());
    }
    for who in [MODERATOR, CO_MODERATOR, TIMEKEEPER, PRESENTER, STEWARD, LEAD, DEPUTY, phone(PHONE)] {
        assert_eq!(Conference::default().decide(who, &prepare(180)), Err(Refusal::NotYours));
    }
}

#[test]
fn a_conference_is_named_once_and_its_clock_is_a_clock_of_this_earth() {
    let conference = prepared();
    assert_eq!(conference.name, said("ندوة الأطفال", "Children's conference"));
    refused(&conference, &prepare(180), Refusal::BadPlan);
    for minutes in [-840, 0, 345, 840] {
        assert!(Conference::default().decide(ORGANIZER, &prepare(minutes)).is_ok());
    }
    for minutes in [-841, 841, i32::MAX, i32::MIN] {
        refused(&Conference::default(), &prepare(minutes), Refusal::BadPlan);
    }
}

#[test]
fn a_conference_speaks_arabic_in_latin_digits_until_organizers_say_otherwise() {
    let latin = Reading { lang: Lang::AR, own_digits: false, younger: false, hijri: false, months: Months::Gulf };
    assert_eq!(prepared().reading, latin);
    let own = Reading { lang: Lang::EN, own_digits: true, younger: true, hijri: true, months: Months::Levant };
    assert_eq!(with([Act::SetReading(own)]).reading, own);
    assert_eq!(with([Act::SetReading(own)]).decide(ORGANIZER, &Act::SetReading(own)), Ok(vec![]));
    assert_eq!(prepared().decide(MODERATOR, &Act::SetReading(own)), Err(Refusal::NotYours));
}

/// The rules themselves try out nothing.
struct Rules;

impl MayLook for Rules {}

#[test]
fn a_public_session_is_found_by_its_code_in_any_digits() {
    let conference = with([list(PANEL, Kind::Panel, Some("٤٧١ ٩٢٦"))]);
    assert_eq!(conference.by_code(&code("471926"), &Rules).unwrap().session, PANEL);
    assert_eq!(conference.by_code(&code("471927"), &Rules), None);
    assert_eq!(conference.listing(PANEL).unwrap().title, said("أصواتنا", "Our voices"));
}

#[test]
fn what_is_not_published_can_be_and_what_is_published_already_makes_no_version() {
    let publish = |seen| Act::Publish { seen };
    assert_eq!(prepared().decide(ORGANIZER, &publish(0)), Ok(vec![]), "there is nothing to publish");
    // Listed for everybody at once, and not yet in any version.
    let listed = with([list(PANEL, Kind::Panel, Some("471926"))]);
    assert!(listed.unpublished().is_empty() && listed.can_be_published());
    let first = and(listed, [publish(0)]);
    assert_eq!((first.edition, first.can_be_published()), (1, false));
    assert_eq!(first.decide(ORGANIZER, &publish(1)), Ok(vec![]));
    let Act::List(mut listing) = list(PANEL, Kind::Closing, Some("471926")) else { unreachable!() };
    listing.title = said("الختام", "Closing");
    let changed = and(first, [Act::Save { seen: 1, listing }]);
    assert!(changed.can_be_published(), "whatever a version says otherwise");
    assert_eq!(and(changed, [publish(1)]).edition, 2);
}

#[test]
fn a_closed_meeting_has_no_code() {
    refused(&prepared(), &list(CLOSED, Kind::ClosedMeeting, Some("471926")), Refusal::BadPlan);
    assert!(with([list(CLOSED, Kind::ClosedMeeting, None)]).listing(CLOSED).is_some());
}

#[test]
fn no_two_sessions_have_the_same_code_or_the_same_id() {
    let conference = with([list(PANEL, Kind::Panel, Some("471926"))]);
    refused(&conference, &list(CLOSED, Kind::Panel, Some("471926")), Refusal::BadPlan);
    refused(&conference, &list(PANEL, Kind::Panel, Some("111111")), Refusal::BadPlan);
}

#[test]
fn a_session_is_listed_in_a_room_that_exists_and_ends_after_it_begins() {
    refused(&Conference::default(), &list(PANEL, Kind::Panel, None), Refusal::BadPlan);
    let Act::List(mut listing) = list(PANEL, Kind::Panel, None) else { unreachable!() };
    listing.ends_at = listing.starts_at;
    refused(&prepared(), &Act::List(listing), Refusal::BadPlan);
}

#[test]
fn a_childs_card_belongs_to_one_session_and_an_adults_may_cover_all() {
    let conference = with([list(PANEL, Kind::Panel, Some("471926"))]);
    for role in Role::ALL.iter().copied() {
        let whole = conference.decide(ORGANIZER, &issue(role, None));
        let one = conference.decide(ORGANIZER, &issue(role, Some(PANEL)));
        let of_a_session = !role.is_adult() && role != Role::Author;
        // Whoever answers for an organisation belongs to one, and this card is nobody's.
        let whole_fits = !of_a_session && role != Role::Respondent;
        assert_eq!(whole.is_ok(), whole_fits, "{role:?} for the whole conference");
        assert_eq!(
            one.is_ok(),
            of_a_session || matches!(role, Role::Steward | Role::Interpreter),
            "{role:?} for one session"
        );
    }
}

#[test]
fn an_authors_card_opens_one_paper_and_no_other_card_opens_any() {
    let Act::Issue(card) = issue(Role::Author, None) else { unreachable!() };
    assert!(card.scope_fits() && !NewPass { paper: None, ..card.clone() }.scope_fits());
    assert!(!NewPass { role: Role::Mentor, ..card.clone() }.scope_fits());
    let card = Pass::new(card);
    assert!(card.writes(PaperId(ONE.0)) && !card.writes(PaperId(SARA.0)));
}

#[test]
fn a_card_is_issued_once_and_for_a_session_that_exists() {
    let conference = with([list(PANEL, Kind::Panel, None), issue(Role::Moderator, Some(PANEL))]);
    refused(&conference, &issue(Role::Steward, None), Refusal::BadPlan);
    refused(&prepared(), &issue(Role::Moderator, Some(PANEL)), Refusal::BadPlan);
}

#[test]
fn a_revoked_card_works_no_more() {
    let conference = with([list(PANEL, Kind::Panel, None), issue(Role::Moderator, Some(PANEL))]);
    let card = conference.passes[&pass_id()].clone();
    assert!(card.works(START) && card.covers(PANEL) && !card.covers(CLOSED));
    assert_eq!(card.who(), Who::Pass { id: pass_id(), role: Role::Moderator });
    let conference = and(conference, [Act::Revoke { pass: pass_id() }]);
    assert!(!conference.passes[&pass_id()].works(START));
    assert_eq!(conference.decide(ORGANIZER, &Act::Revoke { pass: pass_id() }), Ok(vec![]), "again changes nothing");
    refused(&conference, &Act::Revoke { pass: PassId(ONE.0) }, Refusal::Unknown);
}

#[test]
fn a_card_works_until_its_end() {
    let until = START + Span::minutes(60);
    let Act::Issue(mut new) = issue(Role::Steward, None) else { unreachable!() };
    new.until = Some(until);
    let card = with([Act::Issue(new)]).passes[&pass_id()].clone();
    assert!(card.works(until - Span(1)) && !card.works(until));
    assert!(card.covers(PANEL) && card.covers(CLOSED), "a card for the whole conference");
}

#[test]
fn helplines_and_the_safe_place_are_kept_as_written() {
    let helpline =
        Act::AddHelpline { country: said("قطر", "Qatar"), number: "919".to_owned(), example: true, here: false };
    let conference = with([helpline, Act::SetSafePlace { place: said("الغرفة الزرقاء", "The blue room") }]);
    assert_eq!((conference.helplines[0].number.as_str(), conference.helplines[0].example), ("919", true));
    assert_eq!(conference.safe_place, said("الغرفة الزرقاء", "The blue room"));
}

#[test]
fn a_child_sees_only_numbers_that_somebody_has_confirmed_and_the_venues_own_country_first() {
    let add =
        |country, number: &str, example, here| Act::AddHelpline { country, number: number.to_owned(), example, here };
    let seen = |conference: &Conference| {
        conference.confirmed_helplines().iter().map(|line| line.number.clone()).collect::<Vec<_>>()
    };
    let (jordan, qatar) = (said("الأردن", "Jordan"), said("قطر", "Qatar"));
    let conference = with([add(jordan.clone(), "110", false, false), add(qatar.clone(), "919", false, true)]);
    assert!(seen(&conference).is_empty(), "nobody has confirmed them");
    let confirmed = and(conference, [Act::ConfirmHelplines]);
    assert_eq!(seen(&confirmed), ["919", "110"]);
    // One that comes later waits for itself alone, and takes nothing from the others.
    let later = and(confirmed, [add(said("تونس", "Tunisia"), "1809", false, false)]);
    assert_eq!(seen(&later), ["919", "110"]);
    assert!(!later.helplines_are_confirmed(Instant(i64::from(u32::MAX))), "and the gate waits for it");
    // Examples are none, whatever they are called; nobody confirms them, and the server's demo shows them to nobody.
    for (number, example) in [("919", true), ("000", false), ("00 00-0", false)] {
        let conference = with([add(jordan.clone(), number, example, false)]);
        refused(&conference, &Act::ConfirmHelplines, Refusal::ExampleNumber);
        let mut demo = conference;
        let by = Role::Organizer;
        let event = ConferenceEvent::HelplinesConfirmed { by };
        demo.apply(&Entry { seq: demo.seq + 1, at: START, by: ORGANIZER, event, words: Words::none() });
        assert!(seen(&demo).is_empty(), "{number}");
    }
    // Without a mark the venue's own words name the country.
    let mut named = with([add(jordan, "110", false, false), add(qatar, "919", false, false), Act::ConfirmHelplines]);
    named.venue = said("الدوحة، قطر", "Doha, Qatar");
    assert_eq!(seen(&named), ["919", "110"]);
}

#[test]
fn hard_words_are_explained_where_they_occur_in_the_language_of_the_text() {
    let words = Said::new([
        (Lang::AR, "أزمة: وقت صعب على ناس كثيرين\nخط المساندة: رقم نتصل به\nبلا معنى:\nخط: غير هذا"),
        (Lang::EN, "crisis: a hard time for many people"),
    ]);
    let set = Act::SetGlossary { words };
    let conference = and(prepared(), [set.clone()]);
    let explained = |text: &str, lang: Lang| -> Vec<String> {
        let text = Phrase { text: text.to_owned(), lang, dir: lang.dir() };
        conference.explains(&[&text, &text]).into_iter().map(|term| term.word.text).collect()
    };
    // Joined to what stands before it, with other spelling, of several words: once.
    assert_eq!(explained("ماذا نفعل في الأَزْمة، وللازمة حلّ", Lang::AR), ["أزمة"]);
    assert_eq!(explained("أصواتنا في خط المساندة", Lang::AR), ["خط المساندة", "خط"]);
    assert_eq!(explained("Children in a CRISIS", Lang::EN), ["crisis"]);
    // A part of another word is another word; a text in another language is explained in it.
    assert!(explained("الخطط والتخطيط، والأزمات", Lang::AR).is_empty());
    assert!(explained("أزمة", Lang::EN).is_empty());
    assert_eq!(conference.decide(ORGANIZER, &set), Ok(vec![]), "written again, nothing happens");
    assert_eq!(conference.decide(MODERATOR, &Act::SetGlossary { words: Said::default() }), Err(Refusal::NotYours));
}

#[test]
fn organizers_alone_choose_where_the_quick_exit_leads_and_may_take_it_back() {
    let page = Elsewhere::parse("https://weather.example.org/doha");
    let chosen = Act::SetExit { page: page.clone() };
    assert_eq!(prepared().exit, None, "a page of ours, until somebody chose");
    let conference = with([chosen.clone()]);
    assert!(page.is_some() && conference.exit == page);
    assert_eq!(conference.decide(ORGANIZER, &chosen), Ok(vec![]), "again changes nothing");
    for who in [MODERATOR, PRESENTER, STEWARD, LEAD, DEPUTY, phone(PHONE)] {
        assert_eq!(conference.decide(who, &Act::SetExit { page: None }), Err(Refusal::NotYours));
    }
    assert_eq!(and(conference, [Act::SetExit { page: None }]).exit, None);
    // What was written is blanked: the page of ours is there again.
    let mut blanked = Conference::default();
    for entry in &history([chosen]) {
        blanked.apply(&Entry { words: Words::none(), ..entry.clone() });
    }
    assert_eq!(blanked.exit, None);
}

#[test]
fn blanked_words_leave_a_conference_that_still_stands() {
    let mut blanked = Conference::default();
    for entry in &history([list(PANEL, Kind::Panel, Some("471926"))]) {
        blanked.apply(&Entry { words: Words::none(), ..entry.clone() });
    }
    assert_eq!(blanked.name, Said::default());
    assert_eq!(blanked.by_code(&code("471926"), &Rules).unwrap().title, Said::default());
}

fn prepare(utc_offset: i32) -> Act {
    let name = said("ندوة الأطفال", "Children's conference");
    Act::Prepare { name, venue: said("الدوحة", "Doha"), utc_offset }
}

fn list(session: SessionId, kind: Kind, typed: Option<&str>) -> Act {
    Act::List(Box::new(Listing {
        session,
        room: ROOM,
        kind,
        title: said("أصواتنا", "Our voices"),
        theme: Said::default(),
        about: Said::default(),
        speakers: vec![],
        starts_at: START,
        ends_at: START + Span::minutes(60),
        code: typed.map(code),
    }))
}

fn issue(role: Role, session: Option<SessionId>) -> Act {
    let paper = (role == Role::Author).then_some(PaperScope { paper: PaperId(ONE.0), late_until: None });
    let digest = "ab".repeat(32);
    Act::Issue(NewPass {
        id: pass_id(),
        role,
        session,
        person: Some(SARA),
        digest,
        until: None,
        one_device: false,
        paper,
        link: String::new(),
    })
}

const fn pass_id() -> PassId {
    PassId(Uuid::from_u128(0x91))
}

fn code(typed: &str) -> Code {
    Code::parse(typed).expect("the stories' codes are good codes")
}

fn prepared() -> Conference {
    with([])
}

fn with<const N: usize>(acts: [Act; N]) -> Conference {
    let mut conference = Conference::default();
    history(acts).iter().for_each(|entry| conference.apply(entry));
    conference
}

fn history<const N: usize>(acts: [Act; N]) -> Vec<Entry<ConferenceEvent>> {
    let room = Act::AddRoom { id: ROOM, name: said("القاعة الكبرى", "Main hall") };
    let mut conference = Conference::default();
    let mut entries = vec![];
    for act in [prepare(180), room].iter().chain(&acts) {
        entries.extend(record(&mut conference, act));
    }
    entries
}

fn and<const N: usize>(mut conference: Conference, acts: [Act; N]) -> Conference {
    acts.iter().for_each(|act| drop(record(&mut conference, act)));
    conference
}

fn record(conference: &mut Conference, act: &Act) -> Vec<Entry<ConferenceEvent>> {
    let happened = conference.decide(ORGANIZER, act).expect("given: an organizer's act that is accepted");
    let mut entries = vec![];
    for (seq, h) in (conference.seq + 1..).zip(happened) {
        let event = through_json(&h.event);
        assert_eq!(event, h.event);
        entries.push(Entry { seq, at: Instant(seq as i64), by: ORGANIZER, event, words: h.words });
        conference.apply(entries.last().expect("just pushed"));
    }
    entries
}

fn refused(conference: &Conference, act: &Act, refusal: Refusal) {
    assert_eq!(conference.decide(ORGANIZER, act), Err(refusal));
}
