use super::rules::{CARD_DIGITS, OLD_CARD_DIGITS};
use super::*;

const NOW: Instant = Instant(1_700_000_000_000);

fn caller(address: u32, phone: Option<u32>) -> Caller {
    let phone = phone.map(|phone| PhoneId(uuid::Uuid::from_u128(u128::from(phone))));
    Caller { from: Origin::of(Some(IpAddr::from(address.to_be_bytes()))), phone }
}

/// Sends a wrong one; whether it was looked at.
fn wrong<S: Secret>(permits: &Permits, from: Caller, now: Instant) -> bool {
    permits.take::<S>(from, now).map(|permit| permit.judge(None::<()>)).is_ok()
}

fn right<S: Secret>(permits: &Permits, from: Caller, now: Instant) -> bool {
    permits.take::<S>(from, now).is_ok_and(|permit| permit.judge(Some(())).is_some())
}

/// One second of addresses that guess all the time, half of it with phones; how many were looked at.
fn flood<S: Secret>(permits: &Permits, addresses: u32, second: i64) -> u32 {
    let mut looked = 0;
    for turn in 0..10 {
        let now = NOW + Span(second * 1000 + turn * 100);
        for address in 0..addresses {
            // Three phones for each address: known ones, minted one after another.
            let phone = (turn % 2 == 0).then(|| address * 3 + u32::try_from(second + turn).unwrap() % 3);
            looked += u32::from(wrong::<S>(permits, caller(1 << 24 | address, phone), now));
        }
    }
    looked
}

#[test]
fn half_a_chance_of_some_card_of_three_hundred_takes_more_than_thirty_years() {
    fn years<S: OnCards>(digits: usize) -> f64 {
        let guesses = std::f64::consts::LN_2 * 10_f64.powi(i32::try_from(digits).unwrap()) / 300.0;
        guesses / RULES[S::COUNTED.unwrap()].all.in_a_day() / 365.0
    }
    assert!(years::<CardNumber>(CARD_DIGITS) > 1_000.0);
    assert!(years::<CardNumber>(OLD_CARD_DIGITS) < 0.01, "as few digits as before would be hours");
    assert!(years::<OldCardNumber>(OLD_CARD_DIGITS) > 1.0, "what was printed before is looked at more slowly");
    // What the arithmetic says is what happens, with a hundred addresses and with six hundred.
    for addresses in [100, 600] {
        let permits = Permits::new(NOW);
        let looked: u32 = (0..30).map(|second| flood::<CardNumber>(&permits, addresses, second)).sum();
        assert!(looked <= 1_000 + 30 * 65, "{looked}");
    }
}

#[test]
fn after_too_many_wrong_ones_the_right_one_is_not_looked_at_either() {
    fn holds<S: Secret>(phone: Option<u32>) {
        let (permits, from) = (Permits::new(NOW), caller(1, phone));
        assert!((0..190).any(|_| !wrong::<S>(&permits, from, NOW)));
        assert!(!right::<S>(&permits, from, NOW));
        assert!(right::<S>(&permits, from, NOW + Span(20_000)), "after the wait it is");
    }
    for phone in [None, Some(7)] {
        holds::<CardNumber>(phone);
        holds::<OldCardNumber>(phone);
        holds::<JoinCode>(phone);
        holds::<SeatCode>(phone);
        holds::<Phrase>(phone);
    }
}

#[test]
fn three_hundred_people_behind_one_address_never_wait() {
    let permits = Permits::new(NOW);
    // Each phone mistypes once, and is right then; and whoever is right never waits, with a phone or without.
    for n in 0..300 {
        assert!(wrong::<CardNumber>(&permits, caller(1, Some(n)), NOW), "{n} is told that it is wrong");
    }
    assert!((0..3_000).all(|n| right::<CardNumber>(&permits, caller(1, (n % 2 == 0).then_some(n / 10)), NOW)));
}

#[test]
fn whoever_guesses_behind_the_same_address_takes_nothing_from_the_others_there() {
    let (permits, guesser) = (Permits::new(NOW), caller(1, None));
    while wrong::<CardNumber>(&permits, guesser, NOW) {}
    let child = caller(1, Some(7));
    assert!(wrong::<CardNumber>(&permits, child, NOW) && right::<CardNumber>(&permits, child, NOW));
    // A thousand phones of one guesser, again and again.
    for second in 0..120 {
        let now = NOW + Span(second * 1000);
        for phone in 1_000..2_000 {
            wrong::<CardNumber>(&permits, caller(1, Some(phone)), now);
        }
    }
    let later = NOW + Span(120_000);
    let honest = caller(1, Some(8));
    assert!(wrong::<CardNumber>(&permits, honest, later) && right::<CardNumber>(&permits, honest, later));
    assert!(wrong::<JoinCode>(&permits, guesser, NOW), "and each kind has buckets of its own");
}

#[test]
fn a_flood_that_goes_on_slows_others_down_by_seconds_at_most_and_does_not_touch_long_secrets() {
    fn holds<S: Secret>(addresses: u32) {
        let permits = Permits::new(NOW);
        let looked: u32 = (0..40).map(|second| flood::<S>(&permits, addresses, second)).sum();
        assert!(looked > 0);
        // A hall comes in while the flood goes on: everybody mistypes once, and is right then.
        let mut waited = 0;
        for n in 0..30 {
            let honest = caller(2 << 24, Some(n));
            let mut sends = |sent: &dyn Fn(&Permits, Caller, Instant) -> bool| {
                for second in 0_i64.. {
                    if sent(&permits, honest, NOW + Span((40 + waited + second) * 1000 + 999)) {
                        waited += second;
                        break;
                    }
                    assert!(second < 3, "{n} waits");
                    flood::<S>(&permits, addresses, 40 + waited + second);
                }
            };
            sends(&wrong::<S>);
            sends(&right::<S>);
        }
        assert!(right::<CardLink>(&permits, caller(1 << 24, None), NOW));
    }
    holds::<CardNumber>(600);
    holds::<JoinCode>(600);
    holds::<SeatCode>(100);
    holds::<Phrase>(100);
}

#[test]
fn a_session_in_an_address_is_found_whoever_guesses_and_a_wrong_one_is_told_to_wait() {
    let (permits, from) = (Permits::new(NOW), caller(1, None));
    while wrong::<JoinCode>(&permits, from, NOW) {}
    let permit = permits.for_address(from, NOW);
    assert!(permit.over().is_some() && permit.judge(Some(())).is_some());
    assert_eq!(permits.for_address(caller(1, Some(1)), NOW).over(), None);
}

#[test]
fn a_clock_that_jumps_in_a_lock_out_does_no_harm() {
    let (permits, from) = (Permits::new(NOW), caller(1, Some(1)));
    while wrong::<CardNumber>(&permits, from, NOW) {}
    let back = NOW + Span(-48 * 3_600_000);
    assert!(!wrong::<CardNumber>(&permits, from, back), "two days back: still locked");
    assert!(wrong::<CardNumber>(&permits, from, back + Span(20_000)), "and not for longer than before");
    let on = NOW + Span(48 * 3_600_000);
    assert!(
        (0..190).any(|_| !wrong::<CardNumber>(&permits, from, on)),
        "two days on: a few more, and no more than that"
    );
}

#[test]
fn a_household_is_one_address() {
    let of = |text: &str| Origin::of(Some(text.parse().unwrap()));
    assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
    assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
    assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
}

#[tokio::test]
async fn three_hundred_right_ones_at_once_wait_for_each_other_and_none_is_refused() {
    let (permits, queue, clock) = (Arc::new(Permits::new(NOW)), Queue::new(2, 300), Clock::by_hand(NOW));
    let all: Vec<_> = (0..300)
        .map(|_| {
            let (permits, queue, clock) = (Arc::clone(&permits), queue.clone(), clock.clone());
            tokio::spawn(async move {
                let who = (caller(1, None), &clock);
                permits.look::<CardNumber, ()>(&queue, who, |permit| permit.judge(Some(()))).await
            })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), Ok(Some(())));
    }
}
