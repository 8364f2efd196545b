//! Walks the pages of every role as people do, from link to link: pages are found, not listed.

use std::collections::BTreeSet;

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::links;

/// What would lend somebody else's pass, end the walk or lead back to where it began.
pub(crate) const NOT_WALKED: [&str; 10] =
    ["/hall", "/look", "/lang/", "/theme/", "/digits/", "/words/", "/p/", "/a/", "/leave", "/comfort"];
/// More than there are; a walk that finds no end is a fault of this test.
const MOST_PAGES: usize = 400;

/// Somebody who walks, and where they begin.
pub(crate) struct Walker {
    pub(crate) name: &'static str,
    pub(crate) client: Client,
    pub(crate) starts: Vec<String>,
}

/// One of each kind.
pub(crate) async fn walkers(hall: &Hall) -> Vec<Walker> {
    let s = format!("/s/{}", hall.live.code);
    let starts = |paths: &[&str]| paths.iter().map(|path| (*path).replace("{s}", &s)).collect();
    let walker = |name, client, paths: &[&str]| Walker { name, client, starts: starts(paths) };
    let mut walkers = vec![
        walker(
            "nobody",
            Client::new(hall.url(), &hall.live.code),
            &["/", "/card", "/sign-in", "/wall", "{s}/screen", "{s}/lower-third"],
        ),
        walker("phone", hall.phone().await, &["{s}", "/messages"]),
        walker(
            "moderator",
            hall.moderator().await,
            &["{s}/console", "{s}/console/plan", "{s}/stage", "{s}/report", "{s}/box"],
        ),
        walker("steward", hall.steward().await, &["{s}/desk", "/desk", "{s}/backstage"]),
        walker("interpreter", hall.by(&hall.live.interpreters).await, &["{s}/interpreters"]),
        walker("authors", hall.by(&hall.authors).await, &["/me"]),
        walker("mentor", hall.by(&hall.mentor).await, &["/papers/table"]),
        walker("owner", hall.by(&hall.owner).await, &["/answers"]),
        walker("lead", hall.by(&hall.safeguarding).await, &["/safeguarding", "/record", "/care"]),
    ];
    walkers.push(walker("organizer", hall.by(&hall.organizer).await, &["/organizer", "/care", "/papers/table"]));
    walkers
}

impl Walker {
    /// Every page that this one gets to, one of each form of address.
    pub(crate) async fn pages(&self) -> Vec<(String, String)> {
        let (mut waiting, mut seen, mut pages) = (self.starts.clone(), BTreeSet::new(), Vec::new());
        while let Some(path) = waiting.pop() {
            let path = path.split('#').next().unwrap_or_default().to_owned();
            if NOT_WALKED.iter().any(|start| path.starts_with(start)) || !seen.insert(pattern(&path)) {
                continue;
            }
            let answer = self.client.get(&path).await;
            if answer.header("content-type").starts_with("text/html") {
                waiting.extend(links(&answer.body));
                pages.push((path, answer.body));
            }
            assert!(pages.len() < MOST_PAGES, "{}: the walk finds no end", self.name);
        }
        pages
    }
}

/// An address without what makes it one of many: ids, numbers, languages.
pub(crate) fn pattern(path: &str) -> String {
    let one_of_many = |part: &str| part.len() == 36 || part.chars().any(|c| c.is_ascii_digit());
    path.split(['/', '?', '&', '='])
        .map(|part| if one_of_many(part) { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}
