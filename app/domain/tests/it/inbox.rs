//! The safeguarding inbox: who opens it, when it rings, private replies, hand-over before erasure.

use nadwa_domain::entry::Entry;
use nadwa_domain::ids::ItemId;
use nadwa_domain::inbox::order::{Listed, rows};
use nadwa_domain::inbox::{Alert, Heard, Inbox, InboxAct, InboxEvent, Item, KeepFor, Picture, Source, alerts_due};
use nadwa_domain::session::desk::Sign;
use nadwa_domain::session::team::call::{SEEN_HOLDS, Step, UNHEARD_AFTER};
use nadwa_domain::text::{Line, QuestionText};
use nadwa_domain::{Instant, Refusal, Role, Span, Who};
use uuid::Uuid;

use crate::roles::EVERYBODY;
use crate::support::cast::{DEPUTY, LEAD, ORGANIZER, OTHER_PHONE, PHONE, SERVER, START, STEWARD, phone};
use crate::support::through_json;

/// How long the lead has, as long as nobody has settled it.
const PATIENCE: Span = Span::minutes(3);

const ITEM: ItemId = ItemId(Uuid::from_u128(0x91));
const OTHER: ItemId = ItemId(Uuid::from_u128(0x92));

/// An inbox and its history.
#[derive(Clone, Default)]
struct Box {
    inbox: Inbox,
    entries: Vec<Entry<InboxEvent>>,
    now: Span,
}

impl Box {
    fn now(&self) -> Instant {
        START + self.now
    }

    fn after(mut self, seconds: i64) -> Self {
        self.now = self.now + Span::seconds(seconds);
        self
    }

    fn source(item: ItemId) -> Source {
        Source { item, at: START, asker: Some(PHONE) }
    }

    fn does(mut self, who: Who, act: InboxAct) -> Self {
        let source = (act_is_about(&act, ITEM)).then(|| Self::source(ITEM));
        let happened = self.inbox.decide(who, &act, source, self.now()).expect("it may be done");
        for happened in happened {
            let seq = self.inbox.seq + 1;
            assert_eq!(through_json(&happened.event), happened.event);
            let entry = Entry { seq, at: self.now(), by: who, event: happened.event, words: happened.words };
            self.inbox.apply(&entry);
            self.entries.push(entry);
        }
        self
    }

    fn refuses(&self, who: Who, act: InboxAct, refusal: Refusal) {
        let source = (act_is_about(&act, ITEM)).then(|| Self::source(ITEM));
        assert_eq!(self.inbox.decide(who, &act, source, self.now()), Err(refusal), "{who:?} {act:?}");
    }

    fn due(&self) -> Vec<(ItemId, Alert)> {
        alerts_due(&self.inbox, &[Self::source(ITEM)], self.now())
    }
}

fn act_is_about(act: &InboxAct, item: ItemId) -> bool {
    format!("{act:?}").contains(&format!("{item:?}"))
}

fn words(text: &str) -> QuestionText {
    QuestionText::parse(text, |text| text.chars().count()).expect("words")
}

/// Whoever prepares many phones in one moment has one first call, and not twenty (`G3`).
#[test]
fn of_calls_that_stand_each_cohorts_first_comes_before_the_second_of_any() {
    let mut story = Box::default();
    for (n, after) in [(0, 0), (1, 1), (2, 2), (3, 0)] {
        let item = ItemId(Uuid::from_u128(0x1000 + n));
        let who = phone(nadwa_domain::ids::PhoneId(Uuid::from_u128(0x5000 + n)));
        let InboxAct::Call { picture, session, one_of_many, author, .. } = call(item) else { unreachable!() };
        let place = Some(line(["الباب", "المكتبة", "الدرج", "الساحة"][n as usize]));
        story = story.does(who, InboxAct::Call { item, picture, place, session, one_of_many, after, author }).after(1);
    }
    assert_eq!(order_of(&story), [0, 3, 1, 2]);
    // What somebody has opened stays among the oldest.
    assert_eq!(order_of(&story.does(LEAD, InboxAct::Open { item: ItemId(Uuid::from_u128(0x1002)) })), [0, 2, 3, 1]);
}

fn order_of(story: &Box) -> Vec<u128> {
    let arrived = |item: &Item| item.called.as_ref().map_or(START, |called| called.at);
    let listed = story.inbox.items.iter().map(|(id, item)| Listed::new(*id, arrived(item), Some(item)));
    rows(listed.collect()).iter().map(|row| row.id.0.as_u128() - 0x1000).collect()
}

/// A real call stands in the first rows, whatever one device makes besides (`G3`).
#[test]
fn a_flood_of_calls_is_one_row_and_the_real_one_stands_above_it() {
    let call = |n: u128, place: &str, one_of_many| {
        let (item, place) = (ItemId(Uuid::from_u128(0x1000 + n)), Some(line(place)));
        let who = phone(nadwa_domain::ids::PhoneId(Uuid::from_u128(0x5000 + n)));
        (
            who,
            InboxAct::Call {
                item,
                picture: Some(Picture::Afraid),
                place,
                session: None,
                one_of_many,
                after: 0,
                author: false,
            },
        )
    };
    for one_of_many in [true, false] {
        let mut story = Box::default();
        for n in 0..400 {
            let (who, act) = match n {
                200 => call(n, "مكتبة المدرسة، الطابق الأول", false),
                _ => call(n, &format!("قاعة {n}"), one_of_many),
            };
            story = story.does(who, act).after(1);
        }
        let listed = story
            .inbox
            .items
            .iter()
            .map(|(id, item)| Listed::new(*id, item.called.as_ref().map_or(START, |called| called.at), Some(item)));
        let rows: Vec<_> =
            rows(listed.collect()).iter().map(|row| (row.id.0.as_u128() - 0x1000, row.stands_for)).collect();
        let expected = if one_of_many { [(200, 1), (0, 399)] } else { [(0, 399), (200, 1)] };
        assert_eq!(rows, expected);
        let rings = story.after(1_000).due().len();
        assert_eq!(rings, if one_of_many { 3 } else { 401 }, "of a flood one rings for all");
    }
}

fn line(text: &str) -> Line {
    Line::parse(text, |text| text.chars().count()).expect("a line")
}

fn call(item: ItemId) -> InboxAct {
    InboxAct::Call {
        item,
        picture: Some(Picture::Afraid),
        place: Some(line("غرفة الرسم")),
        session: None,
        one_of_many: false,
        after: 0,
        author: false,
    }
}

#[test]
fn only_the_lead_and_the_deputy_do_anything_with_what_was_handed_to_them() {
    let to = line("مكتب الحماية");
    let acts = [
        InboxAct::Open { item: ITEM },
        InboxAct::Take { item: ITEM },
        InboxAct::Reply { item: ITEM, text: words("نحن هنا") },
        InboxAct::HandOver { item: ITEM, to },
    ];
    for act in acts {
        for who in EVERYBODY {
            if who == LEAD || who == DEPUTY {
                Box::default().does(who, act.clone());
            } else {
                Box::default().refuses(who, act.clone(), Refusal::NotYours);
            }
        }
    }
}

#[test]
fn what_nobody_opens_rings_at_the_deputy_and_then_at_the_lead_and_every_step_has_its_time() {
    let story = Box::default().after(179);
    assert_eq!(story.due(), []);
    let story = story.after(1);
    assert_eq!(story.due(), [(ITEM, Alert::Deputy)]);
    let story = story.does(SERVER, InboxAct::Alert { item: ITEM, step: Alert::Deputy, unheard: false }).after(179);
    assert_eq!(story.due(), []);
    let story = story.after(1);
    assert_eq!(story.due(), [(ITEM, Alert::Lead)]);
    let story = story.does(SERVER, InboxAct::Alert { item: ITEM, step: Alert::Lead, unheard: false }).after(10_000);
    assert_eq!(story.due(), [], "it rings once at each");
    let times: Vec<_> = story.inbox.items[&ITEM].steps.iter().map(|step| step.at).collect();
    assert_eq!(times, [START + PATIENCE, START + PATIENCE + PATIENCE]);
    // Organizers settle how long, within reason; nobody else does.
    let settle = |open_within| InboxAct::SetKeeping { keep: KeepFor { open_within, ..KeepFor::default() } };
    let calm = Box::default().does(ORGANIZER, settle(5)).after(299);
    assert_eq!((calm.due(), calm.clone().after(1).due()), (vec![], vec![(ITEM, Alert::Deputy)]));
    for minutes in [0, 31] {
        Box::default().refuses(ORGANIZER, settle(minutes), Refusal::BadPlan);
    }
    Box::default().refuses(STEWARD, settle(1), Refusal::NotYours);
}

#[test]
fn what_was_opened_rings_no_more() {
    let story = Box::default().does(DEPUTY, InboxAct::Open { item: ITEM }).after(10_000);
    assert_eq!(story.due(), []);
    let late = story.does(SERVER, InboxAct::Alert { item: ITEM, step: Alert::Deputy, unheard: false });
    assert_eq!(late.inbox.items[&ITEM].alerts, []);
}

#[test]
fn a_private_reply_belongs_to_the_phone_that_wrote_and_to_no_other() {
    let story = Box::default().does(LEAD, InboxAct::Reply { item: ITEM, text: words("شكرًا لأنك كتبت") });
    assert_eq!(story.inbox.threads_of(PHONE).count(), 1);
    assert_eq!(story.inbox.threads_of(OTHER_PHONE).count(), 0);
    let answer = || InboxAct::Answer { item: ITEM, text: words("أنا عند الباب") };
    story.refuses(phone(OTHER_PHONE), answer(), Refusal::Unknown);
    let story = story.does(phone(PHONE), answer());
    let sides: Vec<_> = story.inbox.items[&ITEM].messages.iter().map(|message| message.by.is_some()).collect();
    assert_eq!(sides, [true, false]);
}

#[test]
fn the_child_takes_the_messages_off_the_phone_and_a_new_reply_comes_all_the_same() {
    let reply = || InboxAct::Reply { item: ITEM, text: words("نحن هنا") };
    let story = Box::default().does(LEAD, reply());
    story.refuses(phone(OTHER_PHONE), InboxAct::DeleteThread { item: ITEM }, Refusal::Unknown);
    let story = story.does(phone(PHONE), InboxAct::DeleteThread { item: ITEM });
    assert_eq!(story.inbox.threads_of(PHONE).count(), 0);
    assert_eq!(story.inbox.items[&ITEM].messages.len(), 1, "the record stays with the lead");
    assert_eq!(story.does(DEPUTY, reply()).inbox.threads_of(PHONE).count(), 1);
}

#[test]
fn nobody_writes_to_the_team_before_the_team_has_written() {
    Box::default().refuses(phone(PHONE), InboxAct::Answer { item: ITEM, text: words("هل من أحد؟") }, Refusal::Unknown);
}

#[test]
fn nothing_is_erased_before_it_was_handed_over_to_somebody() {
    let story = Box::default().does(LEAD, InboxAct::Open { item: ITEM });
    for who in [LEAD, SERVER] {
        story.refuses(who, InboxAct::Erase { item: ITEM }, Refusal::NotHandedOver);
    }
    let story = story.does(LEAD, InboxAct::HandOver { item: ITEM, to: line("خط 919") });
    let story = story.does(LEAD, InboxAct::Erase { item: ITEM });
    let item = &story.inbox.items[&ITEM];
    assert!(item.erased.is_some() && item.messages.is_empty());
    assert_eq!(item.handed_over.as_ref().map(|(_, to)| to.clone()), Some(None));
    assert_eq!(item.steps.len(), 3, "who did what and when stays");
    story.refuses(LEAD, InboxAct::Reply { item: ITEM, text: words("نعم") }, Refusal::Unknown);
}

#[test]
fn a_call_needs_no_words_and_a_hurried_second_press_is_the_same_call() {
    let picture = |item| InboxAct::Call {
        item,
        picture: Some(Picture::Sit),
        place: None,
        session: None,
        one_of_many: false,
        after: 0,
        author: false,
    };
    let story = Box::default().does(phone(PHONE), picture(OTHER)).after(2);
    let story = story.does(phone(PHONE), picture(ItemId(Uuid::from_u128(0x93))));
    assert_eq!(story.inbox.items.len(), 1);
    let story = story.does(phone(OTHER_PHONE), picture(ItemId(Uuid::from_u128(0x94))));
    assert_eq!(story.inbox.items.len(), 2);
    story.refuses(LEAD, picture(ITEM), Refusal::NotYours);
    let nothing = InboxAct::Call {
        item: ITEM,
        picture: None,
        place: None,
        session: None,
        one_of_many: false,
        after: 0,
        author: false,
    };
    story.refuses(phone(PHONE), nothing, Refusal::Empty);
}

#[test]
fn a_call_rings_like_a_question_and_can_be_answered() {
    let story =
        Box::default().does(LEAD, InboxAct::Open { item: ITEM }).does(phone(OTHER_PHONE), call(OTHER)).after(180);
    assert_eq!(story.due(), [(OTHER, Alert::Deputy)]);
    let story = story.does(DEPUTY, InboxAct::Reply { item: OTHER, text: words("نأتي الآن") });
    assert_eq!(story.inbox.threads_of(OTHER_PHONE).count(), 1);
    assert_eq!(story.due(), []);
}

#[test]
fn no_fact_of_the_inbox_holds_a_word_and_blanked_words_leave_no_trace() {
    let story = Box::default().does(phone(PHONE), call(OTHER));
    let story = story.does(LEAD, InboxAct::Reply { item: OTHER, text: words("نأتي الآن") });
    let story = story.does(LEAD, InboxAct::HandOver { item: OTHER, to: line("مكتب الحماية") });
    let mut replayed = Inbox::default();
    for entry in &story.entries {
        assert!(crate::support::json(&entry.event).is_ascii());
        replayed.apply(&Entry { words: nadwa_domain::Words::none(), ..entry.clone() });
    }
    let left = format!("{replayed:?}");
    assert!(!["غرفة", "نأتي", "مكتب"].iter().any(|word| left.contains(word)), "{left}");
}

#[test]
fn somebody_of_safeguarding_is_here_by_a_press_and_only_while_they_are() {
    let here = |by| InboxAct::Here { by };
    let there = |inbox: &Box| inbox.inbox.present(inbox.now()).map(|(_, role)| role).collect::<Vec<_>>();
    // given: a page that is open, and no hand on it; then: it is nobody
    assert_eq!(there(&Box::default().does(LEAD, here(Sign::Page)).does(LEAD, here(Sign::Beat))), []);
    // when: a hand is on it; then: somebody is there for as long as the page is heard
    let inbox = Box::default().does(LEAD, here(Sign::Hand)).after(50).does(LEAD, here(Sign::Beat)).after(59);
    assert_eq!(there(&inbox), [Role::SafeguardingLead]);
    assert_eq!(there(&inbox.clone().after(1)), [], "a minute of silence is nobody");
    // given: a call that waits; when: the page is heard and no hand is on it for three minutes; then: it is nobody
    let call = InboxAct::Call {
        item: OTHER,
        picture: Some(Picture::Sit),
        place: None,
        session: None,
        one_of_many: false,
        after: 0,
        author: false,
    };
    let mut inbox = inbox.does(LEAD, here(Sign::Hand)).does(phone(OTHER_PHONE), call);
    for _ in 0..6 {
        inbox = inbox.after(30).does(LEAD, here(Sign::Beat));
    }
    assert_eq!(there(&inbox), []);
    // when: they open it, on a page without a script too; then: they are there
    assert_eq!(there(&inbox.does(LEAD, InboxAct::Open { item: OTHER }).after(90)), [Role::SafeguardingLead]);
    // then: nobody else says of themselves that they are
    for who in EVERYBODY.into_iter().filter(|who| !who.role().is_some_and(Role::safeguards)) {
        Box::default().refuses(who, here(Sign::Hand), Refusal::NotYours);
    }
}

/// An author is in no session: every adult who supports children hears the call, and none of them opens it (`N1`).
#[test]
fn an_authors_call_is_heard_by_every_adult_who_supports_children() {
    let author = |item| match call(item) {
        InboxAct::Call { picture, session, one_of_many, .. } => {
            InboxAct::Call { item, picture, place: None, session, one_of_many, after: 0, author: true }
        }
        other => other,
    };
    let hear = |how| InboxAct::Hear { item: OTHER, how };
    let steps = |story: &Box| story.inbox.silent(story.now()).iter().map(|(_, call)| call.step()).collect::<Vec<_>>();
    // given: an author who has pressed twice, and a call from the help page, which is not theirs
    let again = ItemId(Uuid::from_u128(0x93));
    let story = Box::default().does(phone(PHONE), author(OTHER)).after(11).does(phone(PHONE), author(again));
    let story = story.does(phone(OTHER_PHONE), call(ITEM));
    assert_eq!(steps(&story), [Step::OnItsWay], "one child is one call");
    for who in EVERYBODY {
        let may = |how| story.inbox.decide(who, &hear(how), None, story.now()).is_ok();
        assert_eq!(may(Heard::Answer), who.role().is_some_and(Role::supports), "{who:?}");
        assert_eq!(may(Heard::Unheard), who == SERVER, "{who:?}");
    }
    story.refuses(STEWARD, InboxAct::Hear { item: ITEM, how: Heard::See }, Refusal::Unknown);
    // when: nobody answers; then: it is told larger, by the server, once
    assert_eq!(story.inbox.unheard(story.now()), []);
    let story = story.after(UNHEARD_AFTER.0 / 1000);
    assert_eq!(story.inbox.unheard(story.now()), [OTHER, again]);
    let story = story.does(SERVER, hear(Heard::Unheard));
    assert!(story.inbox.unheard(story.now()).is_empty() && steps(&story) == [Step::Unheard]);
    // when: a steward has seen it; then: that holds for two minutes, and no longer
    let story = story.does(STEWARD, hear(Heard::See));
    assert!(steps(&story) == [Step::Seen] && story.inbox.items[&OTHER].opened.is_none());
    let late = story.clone().after(SEEN_HOLDS.0 / 1000);
    assert_eq!(late.inbox.unheard(late.now()).len(), 2);
    // when: somebody comes, twice; then: that is seen for a while, and for ever in the record
    let story = story.does(STEWARD, hear(Heard::Answer)).does(LEAD, hear(Heard::Answer));
    assert_eq!(steps(&story), [Step::Coming]);
    assert_eq!(steps(&story.clone().after(600)), []);
    // whoever safeguards and opens it has seen it, and comes by taking it
    let opened = Box::default().does(phone(PHONE), author(OTHER)).does(LEAD, InboxAct::Open { item: OTHER });
    assert_eq!(steps(&opened), [Step::Seen]);
    assert_eq!(steps(&opened.does(LEAD, InboxAct::Take { item: OTHER })), [Step::Coming]);
}
