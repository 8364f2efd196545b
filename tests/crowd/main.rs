//! A hall full of phones against the release server, on this machine: `make bench`.
//!
//! Everything is measured in one run. Where a number depends on the machine, it stands beside a floor that was
//! measured in the same run. The load goes to loopback alone, is bounded in count, and stops by itself.

mod fill;
mod server;
mod truth;

#[tokio::main]
async fn main() {
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
