//! What people write is text on every page (`S20`, G7): markup goes into every field that anybody can write into, and every
//! page is looked at. Neither is a list: pages are found by walking from link to link, fields by the forms on them.

use std::collections::BTreeSet;

use nadwa::edge::Clock;
use nadwa::store;
use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{BEGIN, Hall, Node};
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

/// What no form of a walk reaches: the set-up of an empty conference, and files.
#[tokio::test]
async fn whoever_sets_a_conference_up_and_whatever_comes_in_a_file_writes_text() {
    let folder = Folder::new();
    let store = store::open(&folder.path().display().to_string()).await.unwrap();
    let node = Node::start(store, Clock::by_hand(BEGIN)).await;
    let (organizer, stranger) = (Client::new(&node.url, ""), Client::new(&node.url, ""));
    let secret = node.app.setup.link("").strip_prefix("/setup#").expect("a link").to_owned();
    let mut wrong = BTreeSet::new();
    // All of it at once, each with a phrase that is too weak; then for good.
    let first = [("link", secret.as_str()), ("zone", "Asia/Qatar"), ("first", "2022-05-23"), ("last", "2022-05-24")];
    let texts = ["name.ar", "name.en", "venue.ar", "login"].map(|name| (name, SHORT));
    for (phrase, is_right) in [("قصيرة", false), ("نخلة قارب سماء وردة حجر", true)] {
        let fields: Vec<_> =
            first.into_iter().chain(texts).chain([("secret", phrase), ("languages.ar", "on")]).collect();
        let answer = organizer.post_form("/setup", &fields).await;
        assert_eq!(answer.status.is_success(), is_right, "{}", answer.body);
        look("organizer", "POST /setup", &answer.body, &mut wrong);
    }
    let phrases = [("now", MARKUP), ("secret", MARKUP), ("again", MARKUP)];
    look(
        "organizer",
        "POST /organizer/secret",
        &organizer.post_form("/organizer/secret", &phrases).await.body,
        &mut wrong,
    );
    let quoted = SHORT.replace('"', "\"\"");
    let people =
        format!("name.ar,group,guardian,office.ar\n\"ريم {quoted}\",child,given,\n\"{quoted}\",adult,,\"{quoted}\"\n");
    let programme = format!("day,from,to,title.ar,room\n2022-05-23,10:00,11:00,\"{quoted}\",\"{quoted}\"\n");
    for (kind, file) in [("people", people), ("programme", programme), ("other", MARKUP.to_owned())] {
        let name = format!("{}.csv", SHORT.replace('"', ""));
        let preview = organizer.bring("/organizer/import", &name, file.clone().into_bytes()).await;
        look("organizer", kind, &preview.body, &mut wrong);
        let written =
            organizer.post_form("/organizer/import/write", &[("kind", kind), ("text", &file), ("adults", "on")]).await;
        assert_eq!(written.status.is_success(), kind != "other", "{kind}: {}", written.body);
        look("organizer", kind, &written.body, &mut wrong);
    }
    let starts = ["/", "/organizer", "/programme", "/speakers"].map(str::to_owned).to_vec();
    for (name, client) in [("organizer", organizer), ("nobody", stranger)] {
        for (path, html) in (Walker { name, client, starts: starts.clone() }).pages().await {
            look(name, &path, &html, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "somebody's words are markup:\n{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    node.stop().await;
}

/// Forms that would end the walk: they lend or leave.
fn may_be_sent(form: &Form) -> bool {
    !NOT_WALKED.iter().any(|start| form.action.starts_with(start))
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
