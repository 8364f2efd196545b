//! What a phone loads is made of reviewed crates alone (`style.md`, P11).

use std::collections::BTreeSet;

use crate::cargo::cargo;
use crate::source::file;

const LIST: &str = "tests/tidy/wasm-dependencies.txt";

#[test]
fn what_browsers_load_is_made_of_reviewed_crates() {
    let tree = cargo(&[
        "tree",
        "--locked",
        "--package",
        "nadwa-app",
        "--no-default-features",
        "--features",
        "phone,team",
        "--target",
        "wasm32-unknown-unknown",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let linked: BTreeSet<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty()).collect();
    let reviewed = file(LIST);
    let reviewed: BTreeSet<&str> =
        reviewed.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let come: Vec<String> = linked.difference(&reviewed).map(|name| format!("+ {name}")).collect();
    let gone: Vec<String> = reviewed.difference(&linked).map(|name| format!("- {name}")).collect();
    assert!(
        come.is_empty() && gone.is_empty(),
        "\n{}\n\n{LIST} names what is linked into the wasm of a phone or a tablet. A crate that is new (+) costs every \
         phone bytes: is it worth them (`make size`)? Then write it into the list; what is gone (-), take out.\n",
        [come, gone].concat().join("\n")
    );
}
