//! The covering desk: one queue of every session that a steward reads for, and one text of it, as it was written. While
//! this page is open, questions are taken in for all of them (`S7`).

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::desk::{DecidedQuestion, DeskQuestion};
use nadwa_domain::{Instant, Phrase};

use crate::live::desk::beside::outcome;
use crate::live::desk::calls::{self, Calling};
use crate::live::desk::foot::here;
use crate::live::desk::queue::{alike, because, hints, said_besides};
use crate::live::watch::{Start, WatchIsland, Watched};
use crate::pages::Write;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, part};
use crate::parts::given::Given;
use crate::parts::team::size_of;
use crate::parts::{Foot, Number, Plain, Said, Shape, Skip, Top, which};
use crate::wire::Fragment;
use crate::words::{Reader, desk as words, numbers};

/// The name of the part that is kept up to date.
pub const PART: &str = Watched::Desks.into_str();

/// What the covering desk shows.
#[derive(Clone, Debug)]
pub struct Desks {
    pub covered: Vec<Covered>,
    /// What waits in all of them, in the order of reading.
    pub waiting: Vec<Waiting>,
    /// Silent calls for help in any of them, the oldest first.
    pub calls: Vec<Calling>,
    /// To be looked at once more before a session ends (`N10`).
    pub again: Vec<Again>,
    /// How many others read in one of the sessions now: nobody should read alone for long (`S24`).
    pub others: u64,
    /// Which is read.
    pub open: Option<QuestionId>,
    /// Whether a press on this very page has chosen it.
    pub by_press: bool,
    /// Whether something waits somewhere and nobody has touched anything for a while (`G11`).
    pub asks: bool,
    /// When this was so.
    pub now: Instant,
}

/// One session of the covering desk.
#[derive(Clone, Debug)]
pub struct Covered {
    /// Its join code.
    pub code: String,
    /// What it is called.
    pub title: Phrase,
    pub room: Phrase,
    /// How many wait.
    pub waiting: u64,
}

/// A decision that is looked at once more.
#[derive(Clone, Debug)]
pub struct Again {
    /// The session's join code.
    pub code: String,
    /// What the session is called.
    pub session: Phrase,
    /// The question, and what was decided.
    pub question: DecidedQuestion,
}

/// A question that waits somewhere.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The session's join code.
    pub code: String,
    /// What the session is called.
    pub session: Phrase,
    /// The number of this desk in it.
    pub me: u32,
    pub question: DeskQuestion,
}

impl Waiting {
    /// Whether no other desk reads it.
    #[must_use]
    pub fn is_free(&self, now: Instant) -> bool {
        self.question.read_by.is_none_or(|by| by.desk == self.me || by.until <= now)
    }
}

/// The page. With wasm it stays up to date; without, it loads itself anew every twenty seconds, which says that somebody
/// is there.
#[must_use]
pub fn desks(page: &Page, data: Desks, key: String, ring: bool) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::covering(r).to_owned(),
        class: "desk covering",
        bundle: Bundle::Team,
        sheet: Sheet::Team,
        theme: None,
        // Whoever has chosen a text came by a press, and no text changes under their eyes.
        refresh: (!data.by_press).then_some(20),
    };
    let place = page.place();
    let inside = fragment(page, data, key);
    let start = Start { place: place.clone(), home: "/desk".to_owned(), part: Watched::Desks, ring, stays: true };
    let given = Given::new(&start).with_html(PART, part::element(&inside));
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here=place.here.clone() pinned=place.pinned>
                <h1>{words::covering(r)}</h1>
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
pub fn fragment(page: &Page, data: Desks, key: String) -> Fragment {
    part::fragment(PART, key, inside(page.reader, data, page.utc_offset))
}

fn inside(r: Reader, data: Desks, offset: i32) -> impl IntoView {
    let Desks { covered, waiting, calls, again, others, open, now, asks, by_press: _ } = data;
    let read = waiting.iter().find(|waiting| Some(waiting.question.id) == open).cloned();
    let rows: Vec<_> = waiting.iter().map(|waiting| row(r, waiting, open, now, offset)).collect();
    let all = covered.iter().map(|covered| covered.waiting).sum::<u64>();
    let query = open.map(|id| ["q=", &id.to_string()].concat());
    view! {
        <section class="queue" aria-labelledby="waiting">
            {calls::above(r, calls, "desks", offset)}
            <h2 id="waiting">
                {words::waiting(r)}
                " "
                <Number text=numbers::number(r, i64::try_from(all).unwrap_or_default())/>
            </h2>
            <ol class="waitings">{rows}</ol>
        </section>
        <section class="reading" tabindex="0" data-query=query aria-label=words::as_written(r)>
            {asks.then(|| still_here(r))}
            {match read {
                Some(waiting) => text(r, waiting).written(),
                None => nothing(r).written(),
            }}
        </section>
        {beside(r, covered, again, others)}
    }
}

fn row(r: Reader, waiting: &Waiting, open: Option<QuestionId>, now: Instant, offset: i32) -> impl IntoView + use<> {
    let Waiting { session, question, .. } = waiting.clone();
    let is_open = open == Some(question.id);
    let taken = !waiting.is_free(now);
    let class = match (is_open, taken) {
        (true, _) => "waiting is-open",
        (_, true) => "waiting is-taken",
        _ => "waiting",
    };
    let other = question.read_by.filter(|_| taken).map(|by| {
        view! { <span class="hint"><Shape name="reads"/>{words::read_by(r, by.desk.into())}</span> }
    });
    view! {
        <li>
            <form method="post" action="/desk">
                <input type="hidden" name="q" value=question.id.to_string()/>
                <button class=class aria-current=is_open.then_some("true")>
                    <Said phrase=question.text.clone()/>
                    <span class="note"><b><Plain phrase=session/></b></span>
                    <span class="note">
                        <Number text=numbers::time_of_day(r, question.asked_at, offset)/>
                        {said_besides(r, &question)}
                    </span>
                    {hints(r, &question.hints)}
                    {alike(r, &question).map(|n| view! { <span class="hint"><Shape name="question"/>{n}</span> })}
                    {twice(r, question.times)}
                    {other}
                </button>
            </form>
        </li>
    }
}

fn twice(r: Reader, times: u32) -> Option<impl IntoView> {
    (times > 1)
        .then(|| view! { <span class="hint"><Shape name="question"/>{words::hint_twice(r, times.into())}</span> })
}

/// The intake lapses, in the sessions that wait, unless somebody is here: the same as at a session's own desk (`G11`).
fn still_here(r: Reader) -> impl IntoView {
    view! {
        <div class="message" role="alert">
            <Shape name="hold"/>
            <div><b>{words::still_here(r)}</b> {words::still_here_note(r)}</div>
            {here(r, "/desk/here".to_owned())}
        </div>
    }
}

fn nothing(r: Reader) -> impl IntoView {
    view! {
        <div class="empty">
            <Shape name="check"/>
            <b>{words::nothing_waiting(r)}</b>
            <span>{words::nothing_waiting_note(r)}</span>
        </div>
    }
}

/// One text, as large as it was written, where it was asked, and the three outcomes.
fn text(r: Reader, waiting: Waiting) -> impl IntoView {
    let Waiting { code, session, question, .. } = waiting;
    let class = ["said ", size_of(&question.text.text)].concat();
    let (told, because, said) = (hints(r, &question.hints), because(r, &question), said_besides(r, &question));
    let adults_only = question.adults_only;
    let Phrase { text, lang, dir } = question.text;
    view! {
        <h2 class="label">{words::as_written(r)}</h2>
        <p class="of-session"><Shape name="mark"/><Plain phrase=session/></p>
        <blockquote class=class lang=lang.tag() dir=dir.as_str()>{text}</blockquote>
        <div class="hints">{told} {because} {twice(r, question.times)} <span class="note">{said}</span></div>
        <p class="note">{words::hints_note(r)} " " {words::safety_only(r)}</p>
        {adults_only.then(|| view! { <p class="note"><b>{words::adults_only_note(r)}</b></p> })}
        {outcomes(r, &code, question.id, adults_only)}
    }
}

/// Which question is meant, and that the answer is this desk again.
fn from(id: QuestionId) -> impl IntoView {
    view! { {which(move || Some(id))} <input type="hidden" name="from" value="desks"/> }
}

/// What a child would see after it: only where its sender wants that.
fn pass_or_hold(r: Reader, id: QuestionId, pass: String, hold: String) -> impl IntoView {
    view! {
        <form method="post" action=pass>
            {from(id)}
            <button class="button pass"><span><Shape name="question"/>{words::pass(r)}</span></button>
        </form>
        <form method="post" action=hold aria-label=words::hold(r)>
            {from(id)}
            <button class="button stay" name="reason" value="language">
                <span><Shape name="hold"/>{words::hold_for_language(r)}</span>
            </button>
            <button class="button stay" name="reason" value="personal_data">
                <span><Shape name="hold"/>{words::hold_for_personal(r)}</span>
            </button>
        </form>
    }
}

/// An adult has read it: it goes nowhere (`N10`).
fn was_read(r: Reader, id: QuestionId, hold: String) -> impl IntoView {
    view! {
        <form method="post" action=hold>
            {from(id)}
            <button class="button pass" name="reason" value="for_adults">
                <span><Shape name="check"/>{words::was_read(r)}</span>
            </button>
        </form>
    }
}

/// The same outcomes as at a session's own desk; to safeguarding is asked once more by a fold.
fn outcomes(r: Reader, code: &str, id: QuestionId, adults_only: bool) -> impl IntoView + use<> {
    let action = |verb: &str| ["/s/", code, "/questions/", verb].concat();
    let first = match adults_only {
        true => was_read(r, id, action("hold")).written(),
        false => pass_or_hold(r, id, action("pass"), action("hold")).written(),
    };
    view! {
        <div class="outcomes">
            {first}
            <details class="guard-fold" id=["guard-", &id.to_string()].concat()>
                <summary class="button tinted guard" data-moment="safety">
                    <span><Shape name="safety"/>{words::safeguard(r)}</span>
                    <small>{words::safeguard_note(r)}</small>
                </summary>
                <form class="box" method="post" action=action("safeguard")>
                    {from(id)}
                    <p>{words::safeguard_ask(r)} " " {words::safeguard_ask_note(r)}</p>
                    <button class="button main" data-moment="safety">{words::safeguard_confirm(r)}</button>
                </form>
            </details>
        </div>
    }
}

/// The sessions, each with the way to its own desk, where slips are typed in and decisions are taken back.
fn beside(r: Reader, covered: Vec<Covered>, again: Vec<Again>, others: u64) -> impl IntoView {
    let none = covered.is_empty().then(|| view! { <p class="empty">{words::covering_none(r)}</p> });
    let rows = covered.into_iter().map(|session| {
        view! {
            <li>
                <a class="waiting" href=["/s/", &session.code, "/desk"].concat()>
                    <b><Plain phrase=session.title/></b>
                    <span class="note">
                        <Plain phrase=session.room/>
                        " · "
                        {words::questions_waiting(r, session.waiting)}
                    </span>
                </a>
            </li>
        }
    });
    view! {
        <aside class="beside">
            <p class="note">{words::covering_note(r)}</p>
            <p class="note">{buddies(r, others)}</p>
            {here(r, "/desk/here".to_owned())}
            {second_look(r, again)}
            {none}
            <ul class="waitings">{rows.collect_view()}</ul>
        </aside>
    }
}

/// Who is there beside whoever looks: nobody should read alone for long (`S24`).
pub(super) fn buddies(r: Reader, others: u64) -> String {
    if others == 0 { words::alone(r).to_owned() } else { words::buddies(r, others) }
}

/// Before the end: what was decided although something was noticed in it. It can still go to safeguarding (`N10`).
fn second_look(r: Reader, again: Vec<Again>) -> impl IntoView {
    let none = again.is_empty();
    let rows = again.into_iter().map(|Again { code, session, question }| {
        let (shape, word) = outcome(r, question.outcome);
        let id = question.id;
        let action = ["/s/", &code, "/questions/safeguard"].concat();
        view! {
            <li>
                <Said phrase=question.text/>
                <p class="note"><Shape name=shape/> " " {word} " · " <Plain phrase=session/></p>
                <details id=["again-", &id.to_string()].concat()>
                    <summary class="button quiet">{words::safeguard(r)}</summary>
                    <form method="post" action=action>
                        {from(id)}
                        <p class="note">{words::safeguard_ask_note(r)}</p>
                        <button class="button tinted" data-moment="safety">
                            <Shape name="safety"/>
                            {words::safeguard_confirm(r)}
                        </button>
                    </form>
                </details>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!none).then(|| {
        view! {
            <h2 id="again">{words::again(r)}</h2>
            <p class="note">{words::again_note(r)}</p>
            <ul class="decided">{rows}</ul>
        }
    })
}
