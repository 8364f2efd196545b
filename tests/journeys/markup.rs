//! What people write is text on every page (`S20`, G7): markup goes into every field that anybody can write into, and every
//! page is looked at. Neither is a list: pages are found by walking from link to link, fields by the forms on them.

use std::collections::BTreeSet;

use nadwa_tests::hall::Hall;
use nadwa_tests::page::{Form, forms};
use serde_json::json;

use crate::walk::{NOT_WALKED, Walker, pattern, walkers};

/// Ends whatever it may stand in, and then is markup of three kinds.
const MARKUP: &str = "\"'></textarea></title></option></script></style>--><meta http-equiv=\"refresh\" content=\"0;url=//evil\">\
    <i data-evil>";
/// Short enough for a name.
const SHORT: &str = "\"'><i data-evil>";
/// Signs of it, as they stand only where it is no text.
const SIGNS: [&str; 3] = ["<i data-evil", "<meta http-equiv=\"refresh\" content=\"0;url=//evil", "</textarea></title>"];
/// Fewer were not written into the last time that somebody looked: the walk has lost its way.
const LEAST_FIELDS: usize = 100;

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
