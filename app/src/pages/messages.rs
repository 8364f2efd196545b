//! The private messages of one phone (`S5`): plain, neutral, without a script, and away with one press.

use leptos::prelude::*;
use nadwa_domain::ids::ItemId;
use nadwa_domain::{Instant, Phrase};

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{FieldRefusal, Foot, Number, Said, Shape, Skip, TextArea, Top};
use crate::words::{Reader, messages as words, numbers};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// Each talk, the oldest first.
    pub threads: Vec<Thread>,
    /// The code of the session that the last talk is about.
    pub code: Option<String>,
    /// Why the last answer was refused.
    pub refused: Option<(ItemId, String)>,
}

/// One talk.
#[derive(Clone, Debug)]
pub struct Thread {
    /// What it is about.
    pub id: ItemId,
    /// When, whether it came to this phone, and the words.
    pub messages: Vec<(Instant, bool, Phrase)>,
}

/// The page.
#[must_use]
pub fn messages(page: &Page, data: Messages) -> Html {
    let head = Head {
        title: words::title(page.reader).to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: Some(30),
    };
    let (r, here, pinned, offset) = (page.reader, page.here.clone(), page.pinned, page.utc_offset);
    let Messages { threads, code, refused } = data;
    let session = code.as_ref().map_or_else(|| "/".to_owned(), |code| ["/s/", code].concat());
    let back = page.way_back(code.as_deref()).unwrap_or(session);
    let is_empty = threads.is_empty();
    document(page, head, move || {
        let none = threads.is_empty().then(|| {
            view! {
                <div class="empty">
                    <Shape name="message"/>
                    <b>{words::none(r)}</b>
                </div>
            }
        });
        let threads = threads.into_iter().map(|thread| {
            let sentence = refused.clone().filter(|(id, _)| *id == thread.id).map(|(_, sentence)| sentence);
            one(r, thread, sentence, offset)
        });
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::title(r)}</h1>
                <p class="note">{words::who(r)}</p>
                // What is typed in a talk stays: its words follow alone.
                <div id="talks" data-follow=is_empty.then_some("")>
                    {none}
                    {threads.collect_view()}
                </div>
                <script type="module" src="/follow.js"></script>
                <a class="button" href=back>{words::back(r)}</a>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn one(r: Reader, thread: Thread, refused: Option<String>, offset: i32) -> impl IntoView {
    let item = thread.id.to_string();
    let field = ["answer-", &item].concat();
    let rows = thread.messages.into_iter().map(|(at, came, phrase)| {
        view! {
            <li class=if came { "from-us" } else { "from-phone" }>
                <span class="note">
                    {if came { words::from_them(r) } else { words::from_here(r) }}
                    " · "
                    <Number text=numbers::time_of_day(r, at, offset)/>
                </span>
                <Said phrase/>
            </li>
        }
    });
    view! {
        <section class="thread">
            <ol class="messages" id=["talk-", &item].concat() data-follow="" aria-live="polite">{rows.collect_view()}</ol>
            <form class="box" method="post" action="/messages/answer">
                <input type="hidden" name="item" value=item.clone()/>
                <label for=field.clone()>{words::answer(r)}</label>
                <TextArea attr:id=field attr:name="text" attr:rows="3" attr:dir="auto"/>
                <FieldRefusal id="answer-refusal" sentence=refused/>
                <p class="note">{words::no_secret(r)}</p>
                <button class="button main">{words::send(r)}</button>
            </form>
            <details class="more">
                <summary class="button quiet">{words::delete(r)}</summary>
                <form method="post" action="/messages/delete">
                    <input type="hidden" name="item" value=item/>
                    <p class="note">{words::delete_note(r)}</p>
                    <button class="button">{words::delete_now(r)}</button>
                </form>
            </details>
        </section>
    }
}
