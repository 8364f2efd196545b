//! The safeguarding inbox of the lead and the deputy: the child's own words, time and place (`S9`).

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::safeguarding::SafeguardingItem;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::team::size_of;
use crate::parts::{Foot, Number, Plain, Said, Shape, Skip, Top};
use crate::words::{Reader, numbers, safeguarding as words};

/// What the inbox shows.
#[derive(Clone, Debug)]
pub struct Safeguarding {
    /// What was handed over, the oldest first.
    pub items: Vec<Item>,
}

/// One text, with where it came from.
#[derive(Clone, Debug)]
pub struct Item {
    /// The session.
    pub session: Phrase,
    /// The room.
    pub room: Phrase,
    /// The words and the times.
    pub item: SafeguardingItem,
}

/// The inbox. It loads itself anew every fifteen seconds.
#[must_use]
pub fn safeguarding(page: &Page, data: Safeguarding) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "guarding",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: Some(15),
    };
    let offset = page.utc_offset;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::title(r)}</h1>
                <span class="note push">{words::only_you(r)}</span>
                <a class="button" href="/safeguarding">
                    {crate::words::common::reload(r)}
                </a>
            </Top>
            <main id="main">
                {queue(r, &data.items, offset)}
                {reading(r, data.items, offset)}
                <aside class="beside">
                    <h2>{words::guide_title(r)}</h2>
                    <p>{words::guide(r)}</p>
                </aside>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn queue(r: Reader, items: &[Item], offset: i32) -> impl IntoView + use<> {
    let rows: Vec<_> = items
        .iter()
        .map(|Item { session, item, .. }| {
            view! {
                <li>
                    <a class="waiting new" href=["#item-", &item.id.to_string()].concat()>
                        <Said phrase=item.text.clone()/>
                        <span class="note">
                            <Number text=numbers::time_of_day(r, item.handed_at, offset)/>
                            " · "
                            <Plain phrase=session.clone()/>
                        </span>
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="queue" aria-labelledby="waiting">
            <h2 id="waiting">{words::waiting(r, items.len() as u64)}</h2>
            <ol class="waitings">{rows}</ol>
        </section>
    }
}

fn reading(r: Reader, items: Vec<Item>, offset: i32) -> impl IntoView {
    let none = items.is_empty().then(|| {
        view! {
            <div class="empty" data-moment="safety">
                <Shape name="safety"/>
                <b>{words::empty(r)}</b>
                <span>{words::empty_note(r)}</span>
            </div>
        }
    });
    let items = items.into_iter().map(|item| one(r, item, offset)).collect_view();
    // It scrolls by itself on a wide window, so a keyboard must reach it.
    view! { <section class="reading" tabindex="0" aria-label=words::own_words(r)>{none} {items}</section> }
}

/// The child's own words, unchanged, with time and place.
fn one(r: Reader, item: Item, offset: i32) -> impl IntoView {
    let Item { session, room, item } = item;
    let size = ["said ", size_of(&item.text.text)].concat();
    let time = |at| view! { <Number text=numbers::time_of_day(r, at, offset)/> };
    view! {
        <article id=["item-", &item.id.to_string()].concat()>
            <p class="label">{words::own_words(r)}</p>
            <blockquote class=size lang=item.text.lang.tag() dir=item.text.dir.as_str()>{item.text.text}</blockquote>
            <dl class="facts">
                <dt>{words::asked_at(r)}</dt>
                <dd>{time(item.asked_at)}</dd>
                <dt>{words::handed_at(r)}</dt>
                <dd>{time(item.handed_at)}</dd>
                <dt>{words::in_session(r)}</dt>
                <dd><Plain phrase=session/></dd>
                <dt>{words::in_room(r)}</dt>
                <dd><Plain phrase=room/></dd>
            </dl>
        </article>
    }
}
