//! Ballots of every kind, what is refused, and what the totals tell and hide (`F6`, `F7`, `S14`).

use nadwa_domain::Refusal;
use nadwa_domain::session::poll::ballot::{Answer, Ballot};
use nadwa_domain::session::poll::count::{Middle, count};
use nadwa_domain::session::poll::kind::{BINS, bin_ends};
use nadwa_domain::session::poll::{PollKind, Rule, ToldApart, Totals};

const AGES: PollKind = PollKind::Estimate { low: 0, high: 99 };

fn answer(key: &str) -> Answer {
    Answer::from_key(key).unwrap_or_else(|| panic!("{key} is a ballot"))
}

fn counted(rule: &Rule, options: usize, ballots: &[(&str, u32)]) -> Totals {
    let ballots: Vec<_> = ballots.iter().map(|(key, n)| (Ballot::from_key(key).expect("a ballot"), *n)).collect();
    count(rule, options, &ballots)
}

fn of(kind: PollKind) -> Rule {
    Rule { kind, ..Rule::default() }
}

/// One honest answer and a flood of new devices: still fewer than five (`F7`, `G3`).
#[test]
fn ballots_of_new_devices_are_told_apart_and_make_nobody_a_fifth_voter() {
    let told = counted(&of(PollKind::YesNo), 0, &[("0", 1), ("1", 3), ("1+new", 300), ("s+new", 9)]);
    assert!(told.too_few() && told.options == [0, 0, 0]);
    assert_eq!(told.more.told_apart, ToldApart { after: 0, not_counted: 300 });
    let told = counted(&of(PollKind::YesNo), 0, &[("0", 4), ("1+after", 2), ("1@child+after", 1), ("1+new", 300)]);
    assert_eq!((told.options.as_slice(), told.everybody()), ([4, 3, 0].as_slice(), 7));
    assert_eq!(told.more.told_apart, ToldApart { after: 3, not_counted: 300 });
}

#[test]
fn every_kind_takes_its_own_ballots_and_no_other() {
    use Refusal::{NoSuchOption, OutOfRange, TooManyChoices};
    let keys = ["0", "2", "5", "s.0.2", "s.0.1.2", "d.1.1.1", "d.2.2", "r.2.0.1", "n.42", "n.200", "rather_not"];
    let many = |most| Err(TooManyChoices { most });
    let (no, far) = (Err(NoSuchOption), Err(OutOfRange { low: 0, high: 99 }));
    let one = |places: usize| {
        let fits = |place: usize| if place < places { Ok(()) } else { Err(NoSuchOption) };
        [0, 2, 5].map(fits).to_vec()
    };
    for (kind, options, expected) in [
        (PollKind::YesNo, 0, one(3)),
        (PollKind::Single, 3, one(3)),
        (PollKind::Agree, 0, one(5)),
        (PollKind::Happy, 0, one(5)),
        (PollKind::Pictures, 6, one(6)),
        (PollKind::Wave, 0, one(1)),
    ] {
        let all: Vec<_> = keys.iter().map(|key| kind.accepts(options, &answer(key))).collect();
        assert_eq!(all[..3], expected, "{kind:?}");
        assert!(all[3..10].iter().all(|one| *one == no), "{kind:?}: {all:?}");
        assert_eq!(all[10], Ok(()), "{kind:?}: nobody must say");
    }
    for (kind, expected) in [
        (
            PollKind::Several { most: 2 },
            [no.clone(), Ok(()), many(2), no.clone(), no.clone(), no.clone(), no.clone(), no.clone()],
        ),
        (PollKind::Dots, [no.clone(), no.clone(), no.clone(), Ok(()), many(3), no.clone(), no.clone(), no.clone()]),
        (
            PollKind::Ranking,
            [no.clone(), no.clone(), no.clone(), no.clone(), no.clone(), Ok(()), no.clone(), no.clone()],
        ),
        (AGES, [no.clone(), no.clone(), no.clone(), no.clone(), no.clone(), no.clone(), Ok(()), far]),
        (PollKind::Words, [const { Err(NoSuchOption) }; 8]),
    ] {
        let all: Vec<_> = keys[2..].iter().map(|key| kind.accepts(3, &answer(key))).collect();
        assert_eq!(all[..8], expected, "{kind:?}");
        assert_eq!(all[8], Ok(()), "{kind:?}: nobody must say");
    }
}

#[test]
fn three_dots_and_never_four() {
    for (key, expected) in [
        ("d.3", Ok(())),
        ("d.1.1.1", Ok(())),
        ("d", Ok(())),
        ("d.4", Err(Refusal::TooManyChoices { most: 3 })),
        ("d.0.0.0.1", Err(Refusal::NoSuchOption)),
    ] {
        assert_eq!(PollKind::Dots.accepts(3, &answer(key)), expected, "{key}");
    }
}

#[test]
fn each_kind_is_counted_as_it_is_asked() {
    let several =
        counted(&of(PollKind::Several { most: 2 }), 3, &[("s.0.2", 3), ("s.2", 4), ("s", 9), ("rather_not", 1)]);
    assert_eq!((several.options, several.rather_not, several.more.voters), (vec![3, 0, 7], 1, 8));
    let dots = counted(&of(PollKind::Dots), 3, &[("d.1.0.2", 3), ("d.0.3", 2)]);
    assert_eq!((dots.options, dots.more.voters), (vec![3, 6, 6], 5));
    let ranking = counted(&of(PollKind::Ranking), 3, &[("r.2.0.1", 4), ("r.1", 1)]);
    assert_eq!((ranking.options, ranking.more.voters), (vec![8, 7, 12], 5));
    let happy = counted(&of(PollKind::Happy), 0, &[("0", 1), ("4", 5)]);
    assert_eq!(happy.options, [1, 0, 0, 0, 5]);
    let wave = counted(&of(PollKind::Wave), 0, &[("0", 42)]);
    assert_eq!((wave.options, wave.more.voters), (vec![42], 42));
}

#[test]
fn estimates_become_bars_and_a_middle_and_no_list_of_numbers() {
    let ages = counted(&of(AGES), 0, &[("n.10", 4), ("n.12", 2), ("n.50", 1), ("n.99", 1)]);
    assert_eq!(ages.options.len(), usize::from(BINS));
    assert_eq!((ages.options[0], ages.options[7]), (6, 1));
    assert_eq!(ages.more.middle, Some(Middle { low: 10, half: 12, high: 12 }));
    assert_eq!((bin_ends(0, 99, 0), bin_ends(0, 99, 7)), ((0, 12), (88, 99)));
}

#[test]
fn of_fewer_than_five_voters_nothing_but_their_number_is_kept() {
    let totals = counted(&of(PollKind::YesNo), 0, &[("0", 3), ("rather_not", 1)]);
    assert_eq!((totals.options.clone(), totals.rather_not, totals.everybody()), (vec![0, 0, 0], 0, 4));
    assert!(totals.too_few());
    assert!(!counted(&of(PollKind::YesNo), 0, &[("0", 4), ("rather_not", 1)]).too_few());
}

#[test]
fn children_and_adults_are_shown_apart_only_where_that_tells_nobody() {
    let rule = Rule { apart: true, ..of(PollKind::YesNo) };
    let apart = |ballots: &[(&str, u32)]| counted(&rule, 0, ballots).more.apart;
    let both = apart(&[("0@child", 6), ("1@child", 1), ("1@adult", 5), ("2", 5)]).unwrap();
    assert_eq!((both.children.options, both.children.voters), (vec![6, 1, 0], 7));
    assert_eq!((both.adults.options, both.adults.voters), (vec![0, 5, 0], 5));
    assert!(apart(&[("0@child", 9), ("1@adult", 9)]).is_some());
    // A group of four, or a rest of one that could be told by subtraction.
    assert_eq!(apart(&[("0@child", 9), ("1@adult", 4)]), None);
    assert_eq!(apart(&[("0@child", 9), ("1@adult", 9), ("2", 1)]), None);
    assert_eq!(counted(&of(PollKind::YesNo), 0, &[("0@child", 9), ("1@adult", 9)]).more.apart, None);
}
