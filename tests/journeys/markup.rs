//! What people write is text on every page (`S20`, G7): markup goes into every field that anybody can write into, and every
//! page is looked at. Neither is a list: pages are found by walking from link to link, fields by the forms on them.

use std::collections::BTreeSet;

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::{Form, forms, links};
use serde_json::json;

/// Ends whatever it may stand in, and then is markup of three kinds.
const MARKUP: &str = "\"'></textarea></title></option></script></style>--><meta http-equiv=\"refresh\" content=\"0;url=//evil\">\
    <i data-evil>";
/// Short enough for a name.
const SHORT: &str = "\"'><i data-evil>";
/// Signs of it, as they stand only where it is no text.
const SIGNS: [&str; 3] = ["<i data-evil", "<meta http-equiv=\"refresh\" content=\"0;url=//evil", "</textarea></title>"];
/// What would lend somebody else's pass, end the walk or lead back to where it began.
const NOT_WALKED: [&str; 10] =
    ["/hall", "/look", "/lang/", "/theme/", "/digits/", "/words/", "/p/", "/a/", "/leave", "/comfort"];
/// More than there are; a walk that finds no end is a fault of this test.
const MOST_PAGES: usize = 400;
/// Fewer were not written into the last time that somebody looked: the walk has lost its way.
const LEAST_FIELDS: usize = 100;

struct Walker {
    name: &'static str,
    client: Client,
    starts: Vec<String>,
}

#[tokio::test]
async fn whatever_anybody_writes_anywhere_is_text_on_every_page() {
    let hall = Hall::open().await;
    let walkers = walkers(&hall).await;
    let mut wrong = BTreeSet::new();
    let (mut fields, mut taken) = (BTreeSet::new(), BTreeSet::new());
    for walker in &walkers {
        for (path, html) in walker.pages().await {
            for form in forms(&html).into_iter().filter(|form| form.posts && may_be_sent(form)) {
                for name in &form.written {
                    let field = format!("{} {name}", pattern(&form.action));
                    if fields.insert(format!("{} {field}", walker.name))
                        && write(&hall, walker, &path, &form, name, &mut wrong).await
                    {
                        taken.insert(field);
                    }
                }
            }
        }
    }
    bring_on(&hall).await;
    for walker in &walkers {
        for (path, html) in walker.pages().await {
            look(walker.name, &path, &html, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "somebody's words are markup:\n{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(fields.len() >= LEAST_FIELDS, "{} fields were found", fields.len());
    assert!(taken.len() >= LEAST_FIELDS / 2, "{} fields took it: {taken:#?}", taken.len());
    hall.close().await;
}

/// One of each kind.
async fn walkers(hall: &Hall) -> Vec<Walker> {
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
        walker("moderator", hall.moderator().await, &["{s}/console", "{s}/console/plan", "{s}/stage", "{s}/report"]),
        walker("steward", hall.steward().await, &["{s}/desk", "/desk", "{s}/backstage"]),
        walker("interpreter", hall.by(&hall.live.interpreters).await, &["{s}/interpreters"]),
        walker("authors", hall.by(&hall.authors).await, &["/me"]),
        walker("mentor", hall.by(&hall.mentor).await, &["/papers/table"]),
        walker("lead", hall.by(&hall.safeguarding).await, &["/safeguarding", "/record", "/care"]),
    ];
    walkers.push(walker("organizer", hall.by(&hall.organizer).await, &["/organizer", "/care", "/papers/table"]));
    walkers
}

impl Walker {
    /// Every page that this one gets to, one of each form of address.
    async fn pages(&self) -> Vec<(String, String)> {
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
fn pattern(path: &str) -> String {
    let one_of_many = |part: &str| part.len() == 36 || part.chars().any(|c| c.is_ascii_digit());
    path.split(['/', '?', '&', '='])
        .map(|part| if one_of_many(part) { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Forms that would end the walk: they lend, leave, or set the reader's own phrase.
fn may_be_sent(form: &Form) -> bool {
    !NOT_WALKED.iter().chain(&["/organizer/secret", "/setup"]).any(|start| form.action.starts_with(start))
}

/// Writes it into one field; again in short, where it was too long. The page that answers is looked at too.
async fn write(
    hall: &Hall,
    walker: &Walker,
    path: &str,
    form: &Form,
    name: &str,
    wrong: &mut BTreeSet<String>,
) -> bool {
    let action = if form.action.is_empty() { path } else { &form.action };
    for text in [MARKUP, SHORT] {
        hall.clock.advance(60_000);
        let fields = form.with(name, text);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = walker.client.post_form(action, &fields).await;
        look(walker.name, &format!("POST {action} {name}"), &answer.body, wrong);
        if answer.status.is_success() {
            return true;
        }
    }
    false
}

/// What was asked is passed and shown, and what was given to safeguarding is read and answered: all pages of it exist.
async fn bring_on(hall: &Hall) {
    let (steward, moderator) = (hall.steward().await, hall.moderator().await);
    let passed = hall.phone().await.ask(&format!("سؤال {SHORT}")).await;
    steward.does(&format!("/questions/{passed}/pass"), json!({})).await;
    moderator.does(&format!("/questions/{passed}/show"), json!({})).await;
    let (phone, lead) = (hall.phone().await, hall.by(&hall.safeguarding).await);
    let guarded = phone.ask(&format!("سؤال آخر {SHORT}")).await;
    steward.does(&format!("/questions/{guarded}/safeguard"), json!({})).await;
    for (verb, text) in [("open", ""), ("reply", MARKUP), ("hand-over", "")] {
        let body = json!({"item": guarded, "text": text, "to": SHORT});
        lead.post_json(&format!("/safeguarding/{guarded}/{verb}"), body).await;
    }
    let mut wrong = BTreeSet::new();
    for path in [format!("/s/{}", hall.live.code), "/messages".to_owned()] {
        look("asker", &path, &phone.get(&path).await.body, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn look(who: &str, path: &str, html: &str, wrong: &mut BTreeSet<String>) {
    for sign in SIGNS {
        if let Some(at) = html.find(sign) {
            let near: String = html[..at].chars().rev().take(90).collect::<Vec<_>>().into_iter().rev().collect();
            wrong.insert(format!("{who} {}: …{near}{sign}", pattern(path)));
        }
    }
}
