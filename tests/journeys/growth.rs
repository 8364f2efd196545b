//! A hall passes a thousand questions: the children's page stays small, and each of them is a press away, live and
//! without a script.

use std::collections::BTreeSet;

use futures::future::join_all;
use nadwa_domain::command::{DeskCommand, QuestionCommand};
use nadwa_domain::ids::{PassId, PhoneId, QuestionId, SessionId};
use nadwa_domain::session::question::AskedAs;
use nadwa_domain::text::QuestionText;
use nadwa_domain::{Command, Role, Who};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::forms;
use serde_json::Value;
use uuid::Uuid;

/// As long as a child writes.
const TEXT: &str = "كيف يصل صوتنا إلى من يقرر بعد هذا المؤتمر، ومتى نسمع الجواب في مدرستنا؟";

/// Asks and passes so many questions behind the pages' back; the desk is staffed.
async fn pass_many(hall: &Hall, many: usize) -> Vec<Uuid> {
    let session = hall.live.id.parse().map(SessionId).expect("the live session");
    let room = hall.app().rooms.session(session).await.expect("its room");
    let steward = Who::Pass { id: PassId(Uuid::from_u128(7)), role: Role::Steward };
    let ids: Vec<Uuid> = (0..many).map(|_| Uuid::new_v4()).collect();
    for some in ids.chunks(50) {
        let ask = |id: &Uuid| {
            let text = QuestionText::parse(&format!("{TEXT} {}", id.simple()), |text| text.chars().count());
            let text = text.expect("a question");
            let command =
                Command::Question(QuestionCommand::Ask { id: QuestionId(*id), text, said: AskedAs::default() });
            room.act(Who::Phone(PhoneId(Uuid::new_v4())), command)
        };
        join_all(some.iter().map(ask)).await.into_iter().for_each(|asked| asked.expect("it is asked"));
        let pass = |id: &Uuid| room.act(steward, Command::Desk(DeskCommand::Pass { id: QuestionId(*id) }));
        join_all(some.iter().map(pass)).await.into_iter().for_each(|passed| passed.expect("it is passed"));
    }
    ids
}

fn listed(html: &str, ids: &BTreeSet<String>) -> BTreeSet<String> {
    let fields = forms(html).into_iter().flat_map(|form| form.fields);
    fields.filter(|(name, id)| name == "item" && ids.contains(id)).map(|(_, id)| id).collect()
}

fn after(html: &str) -> Option<String> {
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let from = |link: &str| link.split("from=").nth(1)?.split(['#', '&']).next()?.parse::<u32>().ok();
    let links = links.filter(|link| link.contains("/console?") && !link.contains("hand="));
    links.filter_map(|link| Some((from(link)?, link.replace("&amp;", "&")))).max().map(|(_, link)| link)
}

async fn page(client: &Client, address: &str) -> String {
    let answer = client.get(address.split('#').next().unwrap()).await;
    assert!(answer.status.is_success(), "{address}: {}", answer.status);
    assert!(answer.body.len() <= 150_000, "{address} has {} bytes", answer.body.len());
    answer.body
}

#[tokio::test]
async fn a_thousand_passed_questions_are_a_small_page_and_each_is_reached() {
    let hall = Hall::open().await;
    let (_desk, moderator) = (hall.steward().await, hall.moderator().await);
    let ids: BTreeSet<String> = pass_many(&hall, 1_000).await.iter().map(Uuid::to_string).collect();
    let mut address = Some(format!("/s/{}/console", hall.live.code));
    let (mut found, mut pages) = (BTreeSet::new(), Vec::new());
    while let Some(here) = address {
        let html = page(&moderator, &here).await;
        found.extend(listed(&html, &ids));
        pages.push(here);
        address = after(&html).filter(|next| !pages.contains(next));
    }
    assert_eq!(found.len(), 1_000, "over {} pages", pages.len());
    let frame = moderator.follow("console").await.picture().await.to_string().len();
    assert!(frame <= 60_000, "{frame} bytes a picture");
    hall.close().await;
}

#[tokio::test]
async fn a_further_part_is_live_and_a_card_in_hand_is_joined_there() {
    let hall = Hall::open().await;
    let (_desk, moderator) = (hall.steward().await, hall.moderator().await);
    let ids = pass_many(&hall, 30).await;
    let code = &hall.live.code;
    let mut further = moderator.follow_at(&format!("/s/{code}/feed?as=console&lang=ar&from=20")).await;
    let holds = |id: Uuid| move |view: &Value| view["questions"].to_string().contains(&id.to_string());
    further.until(holds(ids[29])).await;
    let later = pass_many(&hall, 1).await[0];
    further.until(holds(later)).await;
    // A card of the first page is joined to one of the second: by a plain form, on a page that knows what is in hand.
    let html = page(&moderator, &format!("/s/{code}/console?from=20&hand={}", ids[0])).await;
    assert!(
        html.contains(&format!("/s/{code}/questions/join"))
            && html.contains(&format!("name=\"item\" value=\"{}\"", ids[0]))
            && html.contains(&format!("value=\"{later}\""))
    );
    moderator.submit(&format!("/questions/{}/join", ids[0]), &[("to", &later.to_string())]).await;
    let joined = |view: &Value| view["questions"].to_string().contains("\"joined_of\":1");
    further.until(joined).await;
    let alone = page(&moderator, &format!("/s/{code}/console?card={later}")).await;
    assert!(alone.contains("/questions/part") && alone.contains(&format!("name=\"item\" value=\"{}\"", ids[0])));
    for odd in ["from=-3", "from=x", "card=x", "hand=x&from=999999999999", &format!("card={}", ids[0])] {
        page(&moderator, &format!("/s/{code}/console?{odd}")).await;
    }
    hall.close().await;
}
