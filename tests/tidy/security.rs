//! `SECURITY.md` says what is defended and which test shows it: each of these tests is there.

use crate::source::{expect_none, file};

#[test]
fn every_test_that_security_names_is_there() {
    let text = file("SECURITY.md").text;
    let table = text.split("## Threat model").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("its table");
    let named: Vec<(&str, &str)> =
        table.split('`').filter_map(|part| part.split_once(": ")).filter(|(path, _)| path.ends_with(".rs")).collect();
    let rows = table.lines().filter(|line| line.starts_with("| ")).count();
    assert!(rows > 12 && named.len() >= rows - 2, "every row names one: {rows} rows, {} tests", named.len());
    let missing = named.iter().filter(|(path, name)| !file(path).text.contains(&format!("fn {name}(")));
    let findings: Vec<String> = missing.map(|(path, name)| format!("{path}: {name}")).collect();
    expect_none(
        &findings,
        "What no test shows is not promised: name the test that took its place, or say what is not defended.",
    );
}
