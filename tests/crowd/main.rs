//! A hall full of phones against the release server, on this machine: `make bench`.
//!
//! Everything is measured in one run. Where a number depends on the machine, it stands beside a floor that was
//! measured in the same run. The load goes to loopback alone, is bounded in count, and stops by itself.

mod ballots;
mod fill;
mod floor;
mod growth;
mod guards;
mod honest;
mod kills;
mod server;
mod truth;
mod wire;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    // What is named is measured alone: `crowd polls`.
    let named = std::env::args().nth(1);
    let wanted = |part: &str| named.as_deref().is_none_or(|named| named == part);
    if wanted("hall") {
        clock_and_hall().await;
    }
    let mut bounds = Bounds::default();
    if wanted("growth") {
        growth(&mut bounds).await;
    }
    if wanted("polls") {
        polls(&mut bounds).await;
    }
    if wanted("honest") {
        honest(&mut bounds).await;
    }
    if wanted("guards") {
        guards(&mut bounds).await;
    }
    if bounds.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Bounds; a broken one fails the run.
#[derive(Default)]
struct Bounds {
    broken: u32,
}

impl Bounds {
    fn bound(&mut self, what: &str, told: String, holds: bool) {
        println!("  {what:<49} {told}{}", if holds { "" } else { "   BROKEN" });
        self.broken += u32::from(!holds);
    }
}

/// Halls behind one address, beside as many phones from many; and help while strangers guess phrases.
async fn honest(bounds: &mut Bounds) {
    for phones in [300, 2_000] {
        println!("an honest hall of {phones} behind one address, beside one behind a hundred addresses");
        let [one, many] = honest::halls(phones).await;
        let refused = one.refused + many.refused;
        bounds.bound("each page and ballot taken, no 429", format!("{refused} refused"), refused == 0);
        for (what, one, many) in [("a page", one.page, many.page), ("a ballot", one.ballot, many.ballot)] {
            let told = format!("{one:.2} ms, {many:.2} ms: {:.2}", one / many);
            bounds.bound(&format!("{what}, 1.1 times the other at most"), told, one / many <= 1.1);
        }
    }
    println!("500 sign-ins of nobody at once");
    let server = server::Started::new();
    let mut took = honest::help_during_sign_ins(&server, 500).await;
    let told = percentiles(&mut took, "ms");
    bounds.bound("/help meanwhile, within 300 ms (p95)", told, took[took.len() * 95 / 100] <= 300.0);
}

/// What stands before every handler, beside the handlers themselves.
async fn guards(bounds: &mut Bounds) {
    println!("what stands before every handler");
    for (what, cost) in guards::costs().await {
        let told = format!("{:.1} of {:.0} µs, {:.1} %", cost.guards, cost.whole, cost.added() * 100.0);
        bounds.bound(&format!("{what}, 5 % at most"), told, cost.added() <= 0.05);
    }
}

/// A press in a session that has grown, against the same press before.
async fn growth(bounds: &mut Bounds) {
    println!("one session grows: a press, to the last of 101 who follow");
    for (what, many, pass) in [("1,000 passed", 1_000, true), ("5,000 waiting", 5_000, false)] {
        let server = server::Started::new();
        let mut hall = growth::Growing::open(&server).await;
        let before = hall.press().await;
        hall.ask(many, pass).await;
        // An answer's own picture may still be due.
        hall.press().await;
        let after = hall.press().await;
        let (ratio, bytes) = (after / before, hall.page().await);
        let told = format!("{before:.1} ms at none, {after:.1} ms: {ratio:.2}");
        bounds.bound(&format!("{what}: 1.5 times its value at none, at most"), told, ratio <= 1.5);
        bounds.bound("the children's page, 150,000 bytes at most", bytes.to_string(), bytes <= 150_000);
    }
}

async fn clock_and_hall() {
    let server = server::Started::new();
    println!("the clock: shown remaining time against the server's truth");
    for (name, skew, jitter) in [
        ("clock an hour fast, 0 to 400 ms each way", 3_600_000.0, 400),
        ("clock seven hours slow, 0 to 400 ms each way", -25_200_000.0, 400),
        ("clock right, no jitter", 0.0, 0),
    ] {
        let mut errors = truth::errors(&server, skew, jitter).await;
        println!("  {name:<46} {}", percentiles(&mut errors, "ms"));
    }
    println!("a full hall: 300 phones follow the session");
    let mut hall = fill::Hall::open(&server, 300).await;
    println!("  a press at the console, to the last phone         {}", percentiles(&mut hall.fan_out(40).await, "ms"));
    println!("  300 phones ask within ten seconds, acknowledged   {}", percentiles(&mut hall.ask().await, "ms"));
    let desk = hall.frame_bytes("desk").await;
    println!("  bytes of the desk's frame while they all wait     {desk}");
    assert!(desk <= 60_000, "the desk's frame is small however much waits");
    println!("  300 ballots at once, acknowledged                 {}", percentiles(&mut hall.vote().await, "ms"));
    println!("  bytes of one audience frame                       {}", hall.frame_bytes("audience").await);
}

/// The bounds of live polls.
async fn polls(bounds: &mut Bounds) {
    let mut bound = |what: &str, told: String, holds: bool| bounds.bound(what, told, holds);
    println!("a poll: {} ballots from {} connections", ballots::CONNECTIONS * ballots::EACH, ballots::CONNECTIONS);
    let mut server = server::Started::new();
    let tokens = ballots::arrive(&server).await;
    let mut burst = ballots::burst(&server, &tokens, true).await;
    let waits = percentiles(&mut burst.waits, "ms");
    let p99 = burst.waits[burst.waits.len() * 99 / 100];
    bound("all acknowledged, each counted once, within 5 s", format!("{:.2} s", burst.took), burst.took <= 5.0);
    bound("acknowledged, p99 within 250 ms", waits, p99 <= 250.0);
    for (role, (each_second, fullest)) in &burst.pictures {
        let told = format!("{each_second:.1} a second, {fullest} in the fullest");
        bound(&format!("pictures to the {role}, 10 a second at most"), told, *fullest <= 10);
    }
    let burst = ballots::burst(&server, &tokens, false).await;
    let over_http = burst.waits.len() as f64 / burst.took;
    println!("durable ballots a second");
    // Twice, and the better of each: another program may have had the disk.
    let floor = floor::raw().await.max(floor::raw().await);
    let room = floor::room().await.max(floor::room().await);
    println!("  {:<49} {floor:.0}", "SQLite alone, 256 rows a transaction");
    bound("the room, half of that at least", format!("{room:.0}, {:.2} of it", room / floor), room / floor >= 0.5);
    println!("  {:<49} {over_http:.0}", "over HTTP, the phones on the same two cores");
    let killed = kills::under_load(&mut server, &tokens).await;
    let told = format!(
        "{} acknowledged, {} counted: {} lost, {} doubled; {} sent again",
        killed.acknowledged,
        killed.counted,
        killed.lost(),
        killed.doubled(),
        killed.again
    );
    println!("the same hall, and the server is killed meanwhile");
    bound(&format!("killed {} times", killed.kills), told, killed.lost() + killed.doubled() == 0);
}

/// Median, 95th and 99th percentile and the largest.
fn percentiles(values: &mut [f64], unit: &str) -> String {
    values.sort_by(f64::total_cmp);
    let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
    format!(
        "p50 {:.1}  p95 {:.1}  p99 {:.1}  max {:.1} {unit}  (n = {})",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        values.len()
    )
}
