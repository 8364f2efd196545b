use std::collections::BTreeMap;
use std::fmt::Debug;

use nadwa_domain::ids::{PollId, QuestionId};
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::picture::{Picture, Pictured};
use nadwa_domain::session::question::HoldReason;
use nadwa_domain::view::audience::{AudienceView, HeardQuestion};
use nadwa_domain::view::mine::{MineView, MyQuestion, MyState};
use nadwa_domain::view::poll::{Counts, PollHead, Stand};
use nadwa_domain::view::screen::{ScreenView, Shown};
use nadwa_domain::view::{ClockState, ClockView, Moment, PhaseView, PollState, PollView, Results};
use nadwa_domain::{Dir, Instant, Lang, Phrase, Span};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::*;

/// Reads back what the server's library writes, and what it writes for people's eyes.
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    assert_eq!(read::<T>(&serde_json::to_string(value).unwrap()).as_ref(), Ok(value));
    assert_eq!(read::<T>(&serde_json::to_string_pretty(value).unwrap()).as_ref(), Ok(value));
}

fn phrase(text: &str) -> Phrase {
    Phrase { text: text.to_owned(), lang: Lang::AR, dir: Dir::Rtl }
}

#[test]
fn views_are_read_as_they_were_written() {
    let poll = |state| {
        let open = PollView::open(PollId(Uuid::from_u128(7)), phrase("كيف؟"), vec![phrase("أ"), phrase("ب")]);
        PollView {
            kind: PollKind::Estimate { low: -3, high: 9 },
            pictures: vec![Pictured::Ours(Picture::Hand)],
            state,
            ..open
        }
    };
    let clock = |state| ClockView { limit: Span::minutes(5), state };
    let view = AudienceView {
        phase: PhaseView::Open,
        title: phrase("«أصواتنا» \"and\" \\ \n\t\u{1} 👩‍👧"),
        starts_at: Instant(1_653_286_200_000),
        moment: Moment::Speech,
        names: vec![phrase("مريم"), phrase("")],
        clock: Some(clock(ClockState::Running { ends_at: Instant(-5) })),
        question: Some(phrase("<script>alert(1)</script>")),
        poll: Some(PollHead { question: phrase("كيف؟"), stand: Stand::Shown }),
        parts: "poll=7".to_owned(),
        heard: vec![HeardQuestion {
            id: QuestionId(Uuid::from_u128(1)),
            text: phrase("؟"),
            owed_by: Some(phrase("ج")),
        }],
        paused: true,
        ..AudienceView::default()
    };
    same(&view);
    same(&AudienceView::default());
    let counts = Results::Counts(Counts { options: vec![0, u32::MAX], rather_not: 3, ..Counts::default() });
    let states = [PollState::Open, PollState::Closed, PollState::Shown(Results::TooFew), PollState::Shown(counts)];
    same(&states.map(poll).to_vec());
    same(&vec![clock(ClockState::Ready), clock(ClockState::Paused { remaining: Span(-1) })]);
    same(&ScreenView {
        shown: Shown::Break { clock: None, energiser: true, title: Phrase::default() },
        ..ScreenView::default()
    });
}

#[test]
fn a_phones_own_things_are_read_as_they_were_written() {
    let states = [MyState::Received, MyState::Held(HoldReason::PersonalData), MyState::OnScreen];
    let text = phrase("س");
    let id = QuestionId(Uuid::from_u128(2));
    let questions =
        states.map(|state| MyQuestion { id, text: text.clone(), state, owed_by: None, anew: 1, sent_later: false });
    let (parts, fresh) = ("poll=1f".to_owned(), QuestionId(Uuid::from_u128(3)));
    same(&questions.to_vec());
    // Its page shows questions as a part that the server renders: a phone does not read them.
    let written = MineView { questions: questions.to_vec(), parts, fresh };
    let json = serde_json::to_string(&written).expect("a view is JSON");
    assert_eq!(read::<MineView>(&json), Ok(MineView { questions: vec![], ..written }));
}

#[test]
fn what_another_build_has_more_is_passed_over() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Old {
        kept: u8,
        #[serde(default)]
        missing: Option<String>,
    }
    let text = r#"{"new":{"deep":[1,-2,{"x":null}],"s":"]}\""},"kept":7,"also":true}"#;
    assert_eq!(read(text), Ok(Old { kept: 7, missing: None }));
}

#[test]
fn escapes_are_read_in_every_spelling() {
    assert_eq!(read::<String>(r#""\u0633\u003c\ud83d\udc4d\/""#).as_deref(), Ok("س<👍/"));
    for broken in [r#""\ud83d""#, r#""\ud83dx""#, r#""\ud83dA""#, r#""\x""#, r#""\u12"#, "\"", r#"""#] {
        assert_eq!(read::<String>(broken), Err(Unreadable), "{broken}");
    }
}

#[test]
fn whatever_else_comes_is_unreadable_and_nothing_worse() {
    type Any = BTreeMap<String, Vec<Option<i64>>>;
    let good = r#"{"a":[1,null,-3],"b":[]}"#;
    assert!(read::<Any>(good).is_ok());
    for end in 0..good.len() {
        assert_eq!(read::<Any>(&good[..end]), Err(Unreadable), "{}", &good[..end]);
    }
    for broken in
        [r#"{"a":[1.5]}"#, r#"{"a":[1e3]}"#, r#"{"a":[1,]"#, "{}{}", "nul", "", r#"{"a" []}"#, r#"{"a":[1 2]}"#]
    {
        assert_eq!(read::<Any>(broken), Err(Unreadable), "{broken}");
    }
}
