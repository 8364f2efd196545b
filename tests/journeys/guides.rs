//! Guides are tried as they are written (`V11`): the product takes each of their lines, their links lead somewhere, and who
//! restores a copy by them is back soon (`V9`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pulldown_cmark::{Event, Parser, Tag};
use serde_json::json;

use crate::process::{demo, run, text};

/// A broken machine is replaced within this time, once the copy is in the other one's folder.
const RESTORED: Duration = Duration::from_secs(60);

/// What somebody reads who sets a hall up.
const GUIDES: [&str; 3] = ["README.md", "docs/laptop.md", "docs/when-it-fails.md"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The words of a line that a shell reads, its comment left out.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or_default();
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(number, part)| match number % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn each_line_of_a_guide_is_one_that_the_product_takes() {
    let mut tried = 0;
    for guide in GUIDES {
        let text = std::fs::read_to_string(root().join(guide)).unwrap();
        let lines = text.lines().map(|line| line.trim().trim_start_matches("target/release/"));
        for line in lines.filter(|line| line.starts_with("nadwa ")) {
            // It reads every word before it comes to the last, which only tells.
            let mut command = Command::new(env!("CARGO_BIN_EXE_nadwa-under-test"));
            let said = command.args(&words(line)[1..]).arg("--help").output().unwrap();
            assert!(said.status.success(), "{guide}: {line}: {}", String::from_utf8_lossy(&said.stderr));
            tried += 1;
        }
    }
    assert!(tried >= 12, "{tried}");
}

#[test]
fn each_link_of_a_guide_to_another_file_leads_to_one() {
    for guide in GUIDES {
        let path = root().join(guide);
        let text = std::fs::read_to_string(&path).unwrap();
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url: to, .. }) = event else { continue };
            let to = to.split('#').next().unwrap_or_default();
            let leads = to.contains("://") || path.parent().unwrap().join(to).exists();
            assert!(leads, "{guide}: {to}");
        }
    }
}

#[tokio::test]
async fn whoever_has_a_copy_serves_it_from_another_folder_soon_and_the_running_clock_is_right() {
    let mut demo = demo();
    let (moderator, steward) = (demo.by("console").await, demo.by("desk").await);
    let clock = moderator.follow("console").await.picture().await["clock"].clone();
    let id = demo.by("audience").await.ask("سؤال قبل النسخة").await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    let copy = demo.folder.path().join("another machine");
    let made = run(&["backup", "--data", &demo.data(), text(&copy)]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let broken = Instant::now();
    demo.die_and_live_in(text(&copy));
    let view = moderator.follow("console").await.picture().await;
    assert!(broken.elapsed() < RESTORED, "{:?}", broken.elapsed());
    assert!(view["questions"].to_string().contains(&id.to_string()));
    assert!(clock.is_object() && view["clock"] == clock, "the speech goes on, to the millisecond: {view}");
    steward.does("/safety/pause", json!({})).await;
}
