//! The safeguarding inbox of the lead and the deputy: the child's own words, time and place, what was done about it, a
//! private reply, hand-over and erasure (`S5`, `S8`, `S9`, `S10`).
//!
//! Words are shown once somebody has opened an item: then it is known that they were read, and by whom. Where a child is
//! who calls stands in the list at once: whoever hears it ring goes there.

pub mod cards;
mod item;
mod record;

use leptos::prelude::*;
use nadwa_domain::ids::ItemId;
use nadwa_domain::inbox::{Alert, InboxEvent, Picture};
use nadwa_domain::{Instant, Phrase, Role};

use crate::live::desk::calls::{self, Calling};
use crate::live::desk::foot::here;
use crate::live::watch::{Start, WatchIsland, Watched};
use crate::pages::Write;
use crate::pages::desks::buddies;
use crate::pages::organizer;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, part};
use crate::parts::given::Given;
use crate::parts::team::role_name;
use crate::parts::{Foot, Number, Plain, Shape, Skip, Top};
use crate::wire::Fragment;
use crate::words::{self, Reader, numbers, safeguarding as own};

pub use item::step;
pub use record::record;

/// The name of the part of the page that is kept up to date.
pub const PART: &str = Watched::Inbox.into_str();

/// Where a page says that somebody is at it.
const HERE: &str = "/safeguarding/here";

/// What the inbox shows.
#[derive(Clone, Debug, Default)]
pub struct Safeguarding {
    /// What is in it: calls first, what may be one device many times last.
    pub items: Vec<InboxItem>,
    /// Which is read.
    pub open: Option<ItemId>,
    /// Silent calls of those who run sessions (`N1`).
    pub calls: Vec<Calling>,
    /// Sessions that are open.
    pub open_sessions: Vec<OpenSession>,
    /// Texts that no adult has read, of all sessions (`N10`).
    pub unread: u64,
    /// How many others of safeguarding are at their page (`S24`).
    pub others: u64,
    /// Whether this page counts as somebody who is there (`G11`).
    pub counted: bool,
    /// The cards of lead and deputy.
    pub cards: Vec<cards::GuardCard>,
    /// How many stay beyond the day of erasing, since they were not handed over (`S10`).
    pub kept: u64,
    /// What is wrong with the server itself, each a sentence.
    pub alarms: Vec<organizer::Alarm>,
    /// Why the last press was refused.
    pub refused: Option<String>,
}

/// A session that is open: the way behind its scenes, and whether it is paused for safety.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// Its join code.
    pub code: String,
    /// What it is called.
    pub title: Phrase,
    /// Whether an adult has paused it.
    pub paused: bool,
}

/// One item.
#[derive(Clone, Debug)]
pub struct InboxItem {
    pub id: ItemId,
    /// How many unopened calls its row stands for, itself included.
    pub stands_for: u64,
    /// Whether those come from new devices, more than is usual (`G3`).
    pub one_of_many: bool,
    /// When it came into the inbox.
    pub arrived_at: Instant,
    /// When the child wrote it, or called.
    pub asked_at: Instant,
    /// The session; empty outside of sessions.
    pub session: Phrase,
    /// The room; empty outside of sessions.
    pub room: Phrase,
    pub what: What,
    /// When it was opened, and in which role.
    pub opened: Option<(Instant, Option<Role>)>,
    /// Who looks after it.
    pub taken: Option<Role>,
    /// At whom it rang, or should have rung.
    pub alerts: Vec<Alert>,
    /// Whether a device of the deputy was there to ring (`N2`).
    pub told: bool,
    /// Messages with the phone.
    pub messages: Vec<(Instant, Option<Role>, Phrase)>,
    /// Whether the phone can be written to.
    pub has_phone: bool,
    /// When it was handed over, and to whom.
    pub handed_over: Option<(Instant, Phrase)>,
    /// Everything that was done, in order.
    pub steps: Vec<(Instant, Option<Role>, InboxEvent)>,
}

/// What an item is.
#[derive(Clone, Debug)]
pub enum What {
    /// A text that the desk handed over.
    Question {
        /// The child's own words.
        text: Phrase,
        /// What it was before the child said it anew.
        earlier: Vec<Phrase>,
        /// Whether the child took it back.
        withdrawn: bool,
    },
    /// A call for somebody.
    Call {
        picture: Option<Picture>,
        /// Where the child is.
        place: Option<Phrase>,
    },
}

/// The inbox. With wasm it stays up to date and rings; without, it loads itself anew every fifteen seconds.
#[must_use]
pub fn safeguarding(page: &Page, data: Safeguarding, key: String, ring: bool) -> Html {
    let r = page.reader;
    let head = Head {
        title: own::title(r).to_owned(),
        class: "guarding",
        bundle: Bundle::Team,
        sheet: Sheet::Team,
        theme: None,
        // Whoever reads an item came by a press: to load that anew would press again.
        refresh: data.open.is_none().then_some(15),
    };
    let place = page.place();
    let inside = fragment(page, data, key);
    let start =
        Start { place: place.clone(), home: "/safeguarding".to_owned(), part: Watched::Inbox, ring, stays: true };
    let given = Given::new(&start).with_html(PART, part::element(&inside));
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here=place.here.clone() pinned=place.pinned>
                <h1>{own::title(r)}</h1>
                <span class="note push">{own::only_you(r)}</span>
            </Top>
            {given.provide()}
            <main id="main">
                <WatchIsland/>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// The part that is kept up to date.
#[must_use]
pub fn fragment(page: &Page, data: Safeguarding, key: String) -> Fragment {
    part::fragment(PART, key, inside(page.reader, data, page.utc_offset))
}

fn inside(r: Reader, data: Safeguarding, offset: i32) -> impl IntoView {
    let Safeguarding { items, open, calls, open_sessions, unread, others, counted, cards, kept, alarms, refused } =
        data;
    let calm = items.is_empty() && calls.is_empty();
    let asked = cards::asked(r, &cards);
    let read = items.iter().find(|item| Some(item.id) == open && item.opened.is_some()).cloned();
    let query = open.map(|id| ["item=", &id.to_string()].concat());
    let kept = (kept > 0).then(|| view! { <p class="message" role="status">{own::kept(r, kept)}</p> });
    let refused = refused.map(|sentence| view! { <p class="refusal" role="alert">{sentence}</p> });
    view! {
        {queue(r, &items, open, calls, offset)}
        <section class="reading" tabindex="0" data-query=query aria-label=own::own_words(r)>
            {organizer::alarms(r, alarms)}
            {refused}
            {(!counted).then(|| uncounted(r))}
            {asked}
            {match read {
                Some(item) => item::item(r, item, offset).written(),
                None => nothing(r, calm, items.is_empty()).written(),
            }}
        </section>
        <aside class="beside">
            {kept}
            {counted.then(|| here(r, HERE.to_owned()))}
            <p class="note">{buddies(r, others)}</p>
            {(unread > 0).then(|| view! { <p class="note">{words::organizer::texts_wait(r, unread)}</p> })}
            {behind(r, open_sessions)}
            <h2>{own::guide_title(r)}</h2>
            <p>{own::guide(r)}</p>
            <p class="note">{own::guide_record(r)}</p>
            <a class="button" href="/record">{own::to_record(r)}</a>
            {cards::held(r, cards)}
        </aside>
    }
}

/// The ways behind the scenes of what is open now, and the one power over a live session (`P3`).
fn behind(r: Reader, sessions: Vec<OpenSession>) -> impl IntoView {
    let each = sessions.into_iter().map(|OpenSession { code, title, paused }| {
        let (verb, word) =
            if paused { ("resume", words::desk::safety_resume(r)) } else { ("pause", words::desk::safety_pause(r)) };
        view! {
            <li class="stack">
                <a class="button quiet" href=["/s/", &code, "/backstage"].concat()><Plain phrase=title/></a>
                <form method="post" action=["/s/", &code, "/safety/", verb].concat()>
                    <input type="hidden" name="from" value="inbox"/>
                    <button class="button quiet">{word}</button>
                </form>
            </li>
        }
    });
    let each = each.collect::<Vec<_>>();
    (!each.is_empty()).then(|| view! { <h2>{words::backstage::title(r)}</h2> <ul class="checks">{each}</ul> })
}

/// Somebody has opened this page and pressed nothing: to the children nobody is there (`G11`, `N2`).
fn uncounted(r: Reader) -> impl IntoView {
    view! {
        <div class="message" data-moment="plain" role="status">
            <Shape name="hold"/>
            <div>
                <p>{own::uncounted(r)}</p>
                {here(r, HERE.to_owned())}
            </div>
        </div>
    }
}

/// What stands where nothing is read: calm only where nothing waits, silent calls included (`N1`).
fn nothing(r: Reader, calm: bool, empty: bool) -> impl IntoView {
    let (strong, note) = match (calm, empty) {
        (true, _) => (own::empty(r), own::empty_note(r)),
        (false, true) => (own::call_waits(r), own::call_note(r)),
        (false, false) => (own::choose_one(r), own::choose_note(r)),
    };
    view! {
        <div class="empty" data-moment="safety">
            <Shape name="safety"/>
            <b>{strong}</b>
            <span>{note}</span>
        </div>
    }
}

/// What an item is, in words that say nothing of what was written.
#[must_use]
pub fn kind_of(r: Reader, what: &What) -> &'static str {
    match what {
        What::Question { .. } => own::from_question(r),
        What::Call { picture: Some(_), .. } => own::from_picture(r),
        What::Call { picture: None, .. } => own::from_call(r),
    }
}

/// The name of a picture.
#[must_use]
pub fn picture_name(r: Reader, picture: Picture) -> &'static str {
    match picture {
        Picture::Sit => words::help::picture_sit(r),
        Picture::Heard => words::help::picture_heard(r),
        Picture::Sad => words::help::picture_sad(r),
        Picture::Afraid => words::help::picture_afraid(r),
        Picture::Friend => words::help::picture_friend(r),
        Picture::Rest => words::help::picture_rest(r),
        Picture::Unsure => words::help::picture_unsure(r),
    }
}

fn queue(
    r: Reader,
    items: &[InboxItem],
    open: Option<ItemId>,
    calls: Vec<Calling>,
    offset: i32,
) -> impl IntoView + use<> {
    let rows: Vec<_> = items.iter().map(|item| row(r, item, open == Some(item.id), offset)).collect();
    let unopened = items.iter().filter(|item| item.opened.is_none()).map(|item| item.stands_for).sum();
    view! {
        <section class="queue" aria-labelledby="waiting">
            {calls::above(r, calls, "inbox", offset)}
            <h2 id="waiting">{own::waiting(r, unopened)}</h2>
            <ol class="waitings">{rows}</ol>
        </section>
    }
}

/// Opening is a press of its own: it is written down that it was read.
fn row(r: Reader, item: &InboxItem, is_open: bool, offset: i32) -> impl IntoView + use<> {
    let class = match item {
        _ if item.handed_over.is_some() => "waiting handed",
        _ if item.opened.is_some() => "waiting opened",
        _ => "waiting new",
    };
    let class = if is_open { [class, " is-open"].concat() } else { class.to_owned() };
    let late = (item.opened.is_none() && !item.alerts.is_empty())
        .then(|| if item.told { own::late(r) } else { own::late_unheard(r) });
    let late = late.map(|late| view! { <span class="hint"><Shape name="hold"/>{late}</span> });
    let taken = item.taken.map(|role| view! { <span class="note">{own::taken(r, role_name(r, role))}</span> });
    let alike = match item.one_of_many && item.opened.is_none() {
        true => Some(own::alike_new(r, item.stands_for)),
        false => (item.stands_for > 1).then(|| own::alike(r, item.stands_for)),
    };
    let alike = alike.map(|n| view! { <span class="hint"><Shape name="question"/>{n}</span> });
    // Of a row that stands for many, each is somewhere else.
    let at = match &item.what {
        What::Call { place: Some(place), .. } if item.stands_for == 1 => Some(place.clone()),
        What::Call { .. } | What::Question { .. } => None,
    };
    let at = at.map(|place| view! { <span class="at"><Plain phrase=place/></span> });
    view! {
        <li>
            <form method="post" action="/safeguarding/open">
                <input type="hidden" name="item" value=item.id.to_string()/>
                <button class=class aria-current=is_open.then_some("true")>
                    <b class="said">{kind_of(r, &item.what)}</b>
                    <span class="note">
                        <Number text=numbers::time_of_day(r, item.arrived_at, offset)/>
                        " · "
                        <Plain phrase=item.room.clone()/>
                    </span>
                    {at}
                    {alike}
                    {taken}
                    {late}
                </button>
            </form>
        </li>
    }
}
