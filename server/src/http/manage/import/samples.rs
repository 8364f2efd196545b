//! What a file may look like: a sample of each kind that is taken as it is, and the words that its cells may have.

use axum::response::Response;
use nadwa_app::pages::plan::import::Values;
use nadwa_app::words::{Reader, import as words, profile};
use nadwa_domain::Choice;

use super::values::{consents, functions, groups, kinds, roles, shows};
use crate::http::manage::Organizing;
use crate::http::manage::export::{self, Table};
use crate::zone;

/// The words that cells may have, column by column, as the page tells them: our own name, then what people write.
#[must_use]
pub fn values(r: Reader) -> Vec<Values> {
    vec![
        of("group", words::head_group(r), groups()),
        of("shows", words::head_shows(r), shows()),
        of("function", profile::functions(r), functions()),
        of("guardian, media", words::head_guardian(r), consents()),
        of("role", words::head_role(r), roles()),
        of("kind", words::head_kind(r), kinds()),
    ]
}

fn of<T: Choice + PartialEq>(column: &'static str, label: &'static str, known: Vec<(&'static str, T)>) -> Values {
    let mut lines: Vec<Vec<&'static str>> = Vec::new();
    for value in T::ALL.iter().filter(|value| known.iter().any(|(_, of)| of == *value)) {
        let mut names: Vec<&str> = known.iter().filter(|(_, of)| of == value).map(|(name, _)| *name).collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        lines.push(names);
    }
    Values { column, label, lines }
}

/// `GET /organizer/import/people.csv`: a child and an adult, as a file has them.
pub async fn people(_: Organizing) -> Response {
    let heads = [
        "name.ar",
        "name.en",
        "group",
        "shows",
        "lang",
        "organisation",
        "function",
        "prefix.ar",
        "office.ar",
        "country.ar",
        "order",
        "guardian",
        "media",
        "role",
    ];
    #[rustfmt::skip]
    let rows = [
        ["هند", "Hind", "child", "first-name", "ar", "", "", "", "", "", "", "given", "not-given", ""],
        ["سامي ناصر", "Sami Nasser", "adult", "full-name", "en", "", "speaker; chair", "د.", "مدير", "قطر", "1", "", "", "steward"],
    ];
    export::csv(&table("people-sample", &heads, &rows))
}

/// `GET /organizer/import/programme.csv`: two sessions on the first day.
pub async fn programme(o: Organizing) -> Response {
    let conference = o.conference();
    let day = zone::days(&conference).first().map_or_else(|| "2026-12-05".to_owned(), ToString::to_string);
    let heads = ["day", "from", "until", "room", "kind", "title.ar", "title.en", "theme.ar", "speakers"];
    let rows = [
        [&*day, "09:30", "10:30", "القاعة الأولى", "panel", "أصواتنا", "Our voices", "الأمان", ""],
        [&*day, "11:00", "12:30", "القاعة الثانية", "workshop", "ورشة الخريطة", "The map workshop", "", ""],
    ];
    export::csv(&table("programme-sample", &heads, &rows))
}

fn table<const N: usize>(name: &'static str, heads: &[&str; N], rows: &[[&str; N]]) -> Table {
    let owned = |cells: &[&str; N]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    Table { name, heads: owned(heads), rows: rows.iter().map(owned).collect() }
}
