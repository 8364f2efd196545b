//! What one session needs on paper, for when no tablet works (`F9`, `N7`): plan, cue cards, rescue cards, slips, helplines, roles.
//!
//! In the reader's language: whoever wants another prints the page again in it.

use leptos::prelude::*;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::{Choice, Instant, Phrase, Role, Span};

use crate::pages::plan::{Here, manage, ours};
use crate::pages::receipt::stub;
use crate::pages::shell::Html;
use crate::pages::{HelplineView, Page, Write, Written};
use crate::parts::moment::slot_name;
use crate::parts::phrase::names;
use crate::parts::qr::Qr;
use crate::parts::team::role_name;
use crate::parts::{Number, Plain};
use crate::words::{Reader, audience, console, help, kit as words, manage as plan, numbers, running, screen};

/// Slips of one kind on a page: they are cut and handed out.
pub const SLIPS: usize = 8;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct OnPaper {
    pub id: String,
    /// What it is called.
    pub title: Phrase,
    /// When it should begin.
    pub starts_at: Instant,
    /// The venue's clock: minutes east of UTC.
    pub utc_offset: i32,
    /// The parts in order.
    pub parts: Vec<PartOnPaper>,
    /// Questions of polls, each with its options; none where an answer is written.
    pub polls: Vec<(Phrase, Vec<Phrase>)>,
    /// The children's own ground rules; none if they wrote none.
    pub rules: Vec<Phrase>,
    /// Confirmed numbers alone (`S4`).
    pub helplines: Vec<HelplineView>,
    /// Where a listening adult is.
    pub safe_place: Phrase,
    /// Numbers of receipts, one for each slip, and the same for a camera (`R1`).
    pub receipts: Vec<(String, Qr)>,
}

/// One part of the run of show.
#[derive(Clone, Debug)]
pub struct PartOnPaper {
    pub kind: SlotKind,
    /// What it is called; may be empty.
    pub title: Phrase,
    pub who: Vec<Phrase>,
    /// Its length.
    pub planned: Span,
    /// What the children wrote to be said; may be empty.
    pub cue: Phrase,
}

/// The page.
#[must_use]
pub fn on_paper(page: &Page, data: OnPaper) -> Html {
    let r = page.reader;
    manage(page, words::title(r).to_owned(), Here::Programme, move || {
        let back = ["/organizer/sessions/", &data.id, "/show"].concat();
        view! {
            <section class="card no-print">
                <p>{words::how(r)}</p>
                <p><a class="button quiet" href=back>{plan::run_of_show(r)}</a></p>
            </section>
            {sheet(words::plan_sheet(r), &data.title, table(r, &data))}
            {sheet(words::cue_sheet(r), &data.title, cues(r, &data))}
            {sheet(console::rescue_title(r), &data.title, rescue(r, &data))}
            {sheet(words::question_sheet(r), &data.title, questions(r, data.receipts.clone()))}
            {data.polls.iter().map(|(asked, options)| sheet(words::ballot_sheet(r), &data.title, ballots(r, asked, options))).collect_view()}
            {sheet(words::help_sheet(r), &data.title, helplines(r, &data))}
            {sheet(words::role_sheet(r), &data.title, roles(r))}
        }
    })
}

/// One sheet: on paper it begins a page.
fn sheet(name: &'static str, title: &Phrase, inside: Written) -> impl IntoView + use<> {
    view! {
        <section class="card sheet-of-paper">
            <h2>{name}</h2>
            <p class="note"><Plain phrase=title.clone()/></p>
            {inside}
        </section>
    }
}

/// The plan, with the time at which each part should begin, and room to write when it did.
fn table(r: Reader, data: &OnPaper) -> Written {
    let mut at = data.starts_at;
    let line = |part: &PartOnPaper| {
        let begins = numbers::time_of_day(r, at, data.utc_offset);
        at = at + part.planned;
        view! {
            <tr>
                <td><Number text=begins/></td>
                <th scope="row">{called(r, part)}</th>
                <td><Plain phrase=names(r, &part.who)/></td>
                <td>{numbers::spoken_span(r, part.planned)}</td>
                <td class="ruled"></td>
            </tr>
        }
    };
    let lines: Vec<_> = data.parts.iter().map(line).collect();
    view! {
        <table class="plan-table">
            <thead>
                <tr>
                    <th scope="col">{words::begins(r)}</th>
                    <th scope="col">{words::part(r)}</th>
                    <th scope="col">{words::who(r)}</th>
                    <th scope="col">{words::length(r)}</th>
                    <th scope="col">{words::really(r)}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .written()
}

/// A part by its own title, or by its kind.
fn called(r: Reader, part: &PartOnPaper) -> impl IntoView + use<> {
    let title = if part.title.is_empty() { ours(r, slot_name(r, part.kind)) } else { part.title.clone() };
    view! { <Plain phrase=title/> }
}

/// What is said when each part begins; after a speech, the thanks.
fn cues(r: Reader, data: &OnPaper) -> Written {
    let total = data.parts.len() as u64;
    let card = |(place, part): (usize, &PartOnPaper)| {
        let who = names(r, &part.who).text;
        let say = if part.cue.is_empty() { ours(r, &usual(r, part.kind, &who)) } else { part.cue.clone() };
        let thanks = (part.kind.has_floor() && !who.is_empty()).then(|| view! { <p>{console::cue_thank(r, &who)}</p> });
        view! {
            <li class="cue-card">
                <p class="label">{console::card(r, place as u64 + 1, total)} " · " {called(r, part)}</p>
                <p class="say" lang=say.lang.tag() dir=say.dir.as_str()>{say.text}</p>
                {thanks}
            </li>
        }
    };
    view! { <ol class="cards-on-paper">{data.parts.iter().enumerate().map(card).collect_view()}</ol> }.written()
}

/// What is said where the plan has no words of its own.
fn usual(r: Reader, kind: SlotKind, who: &str) -> String {
    match kind {
        SlotKind::Paper | SlotKind::Speech if who.is_empty() => console::cue_speech(r, running::somebody(r)),
        SlotKind::Paper | SlotKind::Speech => console::cue_speech(r, who),
        SlotKind::Opening => console::cue_welcome(r).to_owned(),
        SlotKind::Questions => console::cue_questions(r).to_owned(),
        SlotKind::Poll => console::cue_poll(r).to_owned(),
        SlotKind::Break => console::cue_break(r).to_owned(),
        SlotKind::Energiser => console::cue_energiser(r).to_owned(),
        SlotKind::Closing => console::cue_thanks(r).to_owned(),
    }
}

fn rescue(r: Reader, data: &OnPaper) -> Written {
    let cards = [
        (console::rescue_stop(r), words::stop_on_paper(r)),
        (console::rescue_silence(r), console::rescue_silence_text(r)),
        (console::rescue_upset(r), words::upset_on_paper(r)),
        (console::rescue_tech(r), console::rescue_tech_text(r)),
    ];
    let cards = cards.map(|(when, what)| view! { <li class="cue-card"><p class="label">{when}</p><p>{what}</p></li> });
    let usual = [screen::rule_slow(r), screen::rule_listen(r), screen::rule_ask(r)].map(|rule| ours(r, rule)).to_vec();
    let rules = if data.rules.is_empty() { usual } else { data.rules.clone() };
    let rules = rules.into_iter().map(|phrase| view! { <li><Plain phrase/></li> }).collect_view();
    view! {
        <ul class="cards-on-paper">
            {cards.into_iter().collect_view()}
            <li class="cue-card"><p class="label">{running::screen_rules(r)}</p><ul class="rules">{rules}</ul></li>
        </ul>
    }
    .written()
}

/// A question is written by hand, and a trained adult reads it first, as one from a phone.
fn questions(r: Reader, receipts: Vec<(String, Qr)>) -> Written {
    let slip = move |(number, qr): (String, Qr)| {
        view! {
            <li class="slip">
                <b>{audience::form_label(r)}</b>
                <span class="note">{audience::notice(r)}</span>
                <span class="ruled"></span>
                <span class="ruled"></span>
                {stub(r, &number, qr)}
            </li>
        }
    };
    view! { <ul class="slips">{receipts.into_iter().map(slip).collect_view()}</ul> }.written()
}

fn ballots(r: Reader, asked: &Phrase, options: &[Phrase]) -> Written {
    let slip = |_| {
        let mut boxes: Vec<_> = options.iter().cloned().map(tick).collect();
        if boxes.is_empty() {
            return view! {
                <li class="slip"><b><Plain phrase=asked.clone()/></b> <span class="ruled"></span> <span class="ruled"></span></li>
            }
            .into_any();
        }
        boxes.push(tick(ours(r, audience::rather_not(r))));
        view! { <li class="slip"><b><Plain phrase=asked.clone()/></b> <ul class="ticks">{boxes}</ul></li> }.into_any()
    };
    view! { <ul class="slips">{(0..SLIPS).map(slip).collect_view()}</ul> }.written()
}

fn tick(phrase: Phrase) -> impl IntoView {
    view! { <li><span class="empty-box" aria-hidden="true"></span> <Plain phrase/></li> }
}

/// One for each pocket: whom to talk to, with numbers that somebody dialled.
fn helplines(r: Reader, data: &OnPaper) -> Written {
    let lines = data.helplines.iter().map(|line| view! { <li><Plain phrase=line.country.clone()/> " " <b><Number text=numbers::digits(r, &line.number)/></b></li> });
    let lines: Vec<_> = lines.collect();
    let none = lines.is_empty().then(|| view! { <p>{help::no_numbers(r)}</p> });
    let place = (!data.safe_place.is_empty()).then(|| view! { <p>{help::safe_place(r, &data.safe_place.text)}</p> });
    view! {
        <div class="cue-card">
            <p class="label">{help::open(r)}</p>
            {place}
            {none}
            <ul>{lines}</ul>
            <p>{help::not_your_fault(r)}</p>
            <p class="note">{help::no_secret(r)}</p>
        </div>
    }
    .written()
}

/// Six acts of each role, and whom to tell.
fn roles(r: Reader) -> Written {
    let cards = Role::ALL.iter().copied().filter_map(|role| Some((role, acts(r, role)?)));
    let card = |(role, acts): (Role, [&'static str; 6])| {
        let acts = acts.map(|act| view! { <li>{act}</li> });
        let tell = if !role.is_adult() { words::tell_child(r) } else { words::tell_adult(r) };
        view! {
            <li class="cue-card">
                <p class="label">{words::my_role(r)}</p>
                <p class="say">{role_name(r, role)}</p>
                <ol>{acts.into_iter().collect_view()}</ol>
                <p><b>{tell}</b></p>
            </li>
        }
    };
    view! { <ul class="cards-on-paper roles">{cards.map(card).collect_view()}</ul> }.written()
}

/// What a role does in a session; roles that have no part in one have no card here.
fn acts(r: Reader, role: Role) -> Option<[&'static str; 6]> {
    let acts = match role {
        Role::Moderator | Role::CoModerator => [
            words::moderator_open(r),
            words::moderator_read(r),
            words::moderator_give(r),
            words::moderator_choose(r),
            words::moderator_rest(r),
            words::moderator_close(r),
        ],
        Role::Timekeeper => [
            words::timekeeper_start(r),
            words::timekeeper_last(r),
            words::timekeeper_thanks(r),
            words::timekeeper_more(r),
            words::timekeeper_wait(r),
            words::timekeeper_write(r),
        ],
        Role::Presenter => [
            words::presenter_breathe(r),
            words::presenter_slow(r),
            words::presenter_idea(r),
            words::presenter_clock(r),
            words::presenter_ask(r),
            words::presenter_no(r),
        ],
        Role::Interpreter => [
            words::interpreter_see(r),
            words::interpreter_all(r),
            words::interpreter_slow(r),
            words::interpreter_slips(r),
            words::interpreter_turns(r),
            words::interpreter_keep(r),
        ],
        Role::Steward => [
            words::steward_read(r),
            words::steward_pass(r),
            words::steward_back(r),
            words::steward_hand(r),
            words::steward_stay(r),
            words::steward_slips(r),
        ],
        Role::Member
        | Role::SafeguardingLead
        | Role::SafeguardingDeputy
        | Role::Organizer
        | Role::Author
        | Role::Mentor
        | Role::Respondent => return None,
    };
    Some(acts)
}
