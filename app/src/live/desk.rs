//! The reading desk, live: what waits, one text as large as it was written, three outcomes, and what was decided.
//!
//! The list stands still: what is new waits behind a button (`A9`). After a decision the next text opens, and for a
//! moment nothing can be pressed: no text is decided about by a finger that was quicker than the eye.

pub(crate) mod beside;
pub mod calls;
pub(crate) mod foot;
pub(crate) mod keys;
pub(crate) mod queue;
mod reading;
mod slip;

use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::desk::{DeskQuestion, DeskView};
use serde::{Deserialize, Serialize};

use crate::live::bell::bell;
use crate::live::clock;
use crate::live::desk::calls::Calling;
use crate::live::feed::{self, Link};
use crate::live::press::{Notice, Presses};
use crate::parts::{LinkWord, Plain, Shape, Skip, Strip, Top, given, which_body};
use crate::wire::{Place, event};
use crate::words::{Reader, backstage, desk};

/// What every part of the desk shares.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    r: Reader,
    code: StoredValue<String>,
    /// The number of this desk.
    me: u32,
    utc_offset: i32,
    view: RwSignal<DeskView>,
    /// Calls in other sessions that nobody has answered in time (`N1`).
    elsewhere: RwSignal<Vec<Calling>>,
    now: RwSignal<Instant>,
    presses: Presses,
    /// The questions of the list, in its order; those that do not wait any more are not shown.
    listed: RwSignal<Vec<QuestionId>>,
    /// The question that is read.
    open: RwSignal<Option<QuestionId>>,
    /// A question whose decision is being taken back: it is read again.
    returning: StoredValue<Option<QuestionId>>,
}

impl Table {
    /// An address of this session.
    fn to(self, path: &str) -> String {
        self.code.with_value(|code| ["/s/", code, "/", path].concat())
    }

    /// The address of a decision about a question; which one is meant stands in the form ([`which`], G6).
    fn decides(self, verb: &str) -> String {
        self.to(&["questions/", verb].concat())
    }

    /// Opens a question, and says so to the other desks; presses wait until eyes have had a moment.
    fn read(self, id: Option<QuestionId>) {
        if self.open.get_untracked() != id {
            self.open.set(id);
            self.presses.calm();
            keys::close_dialog();
            if let Some(id) = id {
                keys::say(self.decides("read"), which_body(id));
            }
        }
    }

    /// Whether no other desk reads it.
    fn is_free(self, question: &DeskQuestion) -> bool {
        let now = self.now.get_untracked();
        question.read_by.is_none_or(|by| by.desk == self.me || by.until <= now)
    }

    /// Lets what is new into the list.
    fn refresh(self) {
        self.listed.set(self.view.with_untracked(ids));
    }

    /// Keeps a waiting question open, after every frame.
    fn keep_open(self) {
        let view = self.view.read();
        if let Some(id) = self.returning.get_value().filter(|id| waits(&view, *id)) {
            self.returning.set_value(None);
            return self.read(Some(id));
        }
        let free = |id: QuestionId| find(&view, id).is_some_and(|question| self.is_free(question));
        if self.open.get().is_some_and(free) {
            return;
        }
        let next = self.listed.with_untracked(|listed| listed.iter().copied().find(|id| free(*id)));
        if next.is_none() {
            self.refresh();
        }
        let first = view.waiting.iter().find(|question| self.is_free(question));
        self.read(next.or_else(|| first.map(|question| question.id)));
    }
}

fn ids(view: &DeskView) -> Vec<QuestionId> {
    view.waiting.iter().map(|question| question.id).collect()
}

fn find(view: &DeskView, id: QuestionId) -> Option<&DeskQuestion> {
    view.waiting.iter().find(|question| question.id == id)
}

fn waits(view: &DeskView, id: QuestionId) -> bool {
    find(view, id).is_some()
}

/// What the desk begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The session's join code.
    pub code: String,
    /// What the desk sees.
    pub view: DeskView,
    /// The number of this desk.
    pub me: u32,
    /// Whether this steward reads for other sessions too.
    pub several: bool,
    /// Calls in other sessions that nobody has answered in time (`N1`).
    pub elsewhere: Vec<Calling>,
    /// A fresh id for a slip of paper.
    pub fresh: QuestionId,
    /// The question that the address names.
    pub open: Option<QuestionId>,
    /// What the last plain form was answered.
    pub notice: Option<Notice>,
}

/// The whole desk. It begins with the [`Start`] that its page gives.
#[island]
pub fn DeskIsland() -> impl IntoView {
    let Start { place, code, view, me, several, elsewhere, fresh, open, notice } = given::start();
    let Place { reader: r, now, build, here, pinned, utc_offset } = place;
    let title = view.title.clone();
    let first = open.filter(|id| waits(&view, *id)).or_else(|| view.waiting.first().map(|question| question.id));
    let listed = RwSignal::new(ids(&view));
    let t = Table {
        r,
        code: StoredValue::new(code),
        me,
        utc_offset,
        view: RwSignal::new(view),
        elsewhere: RwSignal::new(elsewhere),
        now: RwSignal::new(now),
        presses: Presses::new(r, notice),
        listed,
        open: RwSignal::new(first),
        returning: StoredValue::new(None),
    };
    let link = RwSignal::new(Link::Live);
    Effect::new(move |_| follow(t, link, build.clone()));
    Effect::new(move |_| t.keep_open());
    let rings = Memo::new(move |_| {
        t.view.with(|view| calls::ring(&view.calls))
            || t.elsewhere.with(|calls| calls::ring(calls.iter().map(|c| &c.call)))
    });
    let intake = Memo::new(move |_| t.view.with(|view| view.intake_open));
    view! {
        <div class="desk" translate="no" on:submit=move |event| t.presses.submit(&event)>
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{desk::title(r)} " · " <Plain phrase=title/></h1>
                <LinkWord reader=r link/>
                {move || chip(r, intake.get())}
                {bell(r, rings, backstage::ring(r))}
                <Strip reader=r link/>
            </Top>
            <main id="main">{queue::queue(t)} {reading::reading(t)} {beside::beside(t, fresh, several)}</main>
            {foot::foot(t)}
        </div>
    }
}

/// Follows the feed, keeps the time, says that somebody is here, listens to the keys.
fn follow(t: Table, link: RwSignal<Link>, build: String) {
    let url = [&t.to("feed"), "?as=desk&lang=", t.r.lang.tag()].concat();
    let here = keys::stay(t.to("desk/here"));
    let elsewhere = feed::pictures(t.elsewhere, build.clone());
    let heard = vec![(event::FRAME, feed::pictures(t.view, build)), (event::CALLS, elsewhere), (event::BEAT, here)];
    feed::follow(url, heard, link);
    clock::keep(t.now, Signal::stored(None));
    keys::listen(t);
}

/// Whether questions are taken in (`S7`).
fn chip(r: Reader, open: bool) -> impl IntoView {
    match open {
        true => view! { <span class="chip" data-moment="speech"><Shape name="check"/>{desk::intake_open(r)}</span> },
        false => view! { <span class="chip" data-moment="plain"><Shape name="hold"/>{desk::intake_closed(r)}</span> },
    }
}
