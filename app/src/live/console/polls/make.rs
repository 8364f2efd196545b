//! A new poll in a few seconds: ready ones open with one press; one's own words take a line or two.

use leptos::prelude::*;
use nadwa_domain::Lang;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::picture::Picture;

use crate::live::console::Tablet;
use crate::live::later;
use crate::parts::drawing::{Drawing, drawing, name};
use crate::parts::poll_kind::kind_name;
use crate::parts::{TextArea, given};
use crate::words::{Reader, poll as words};

pub(super) fn make(t: Tablet) -> impl IntoView {
    later::enliven(".templates > [name=step]", move || step(t));
    later::enliven(".own-poll > [name=step]", move || step(t));
    given::fixed(move || {
        view! {
            <div class="new-poll">
                <h3 class="label">{words::make(t.r)}</h3>
                {ready(t)}
                <details class="more">
                    <summary>{words::own(t.r)}</summary>
                    {own(t)}
                </details>
            </div>
        }
    })
}

fn step(t: Tablet) -> impl IntoView {
    view! { <input type="hidden" name="step" value=move || t.view.with(|view| view.step.to_string())/> }
}

/// One press makes and opens.
fn ready(t: Tablet) -> impl IntoView {
    let r = t.r;
    let ready = [
        ("happy", words::ask_happy(r), words::kind_happy(r)),
        ("wave", words::ask_wave(r), words::kind_wave(r)),
        ("yes_no", words::ask_yes_no(r), words::kind_yes_no(r)),
        ("agree", words::ask_agree(r), words::kind_agree(r)),
        ("pictures", words::ask_pictures(r), words::kind_pictures(r)),
        ("words", words::ask_words(r), words::kind_words(r)),
    ];
    let one = |(key, ask, kind): (&'static str, &'static str, &'static str)| {
        view! {
            <button class="button template" name="kind" value=key>
                <b>{ask}</b>
                <span class="note">{kind}</span>
            </button>
        }
    };
    view! {
        <form method="post" class="templates" action=t.to("polls")>
            <p class="note">{words::ready(r)}</p>
            {step(t)}
            {ready.map(one)}
        </form>
    }
}

fn own(t: Tablet) -> impl IntoView {
    let r = t.r;
    let kinds: Vec<_> =
        PollKind::all().map(|kind| view! { <option value=kind.key()>{kind_name(r, kind)}</option> }).collect();
    let pictures: Vec<_> = Picture::ALL
        .iter()
        .map(|picture| {
            view! {
                <label class="picture">
                    <input type="checkbox" name="picture" value=picture.as_str()/>
                    {drawing(Drawing::Picture(*picture))}
                    <span>{name(r, *picture)}</span>
                </label>
            }
        })
        .collect();
    view! {
        <form method="post" class="own-poll" action=t.to("polls")>
            {step(t)}
            <label class="tick"><input type="checkbox" name="seats" value="true"/> <span>{words::with_seats(r)}</span></label>
            <p class="note">{words::open_worth(r)}</p>
            <label>{words::kind(r)} <select name="kind">{kinds}</select></label>
            <label>{words::question(r)} <input name="question" maxlength="200" autocomplete="off" required/></label>
            {others(r)}
            <label class="lists">{words::options(r)} <TextArea attr:name="options" attr:rows="4"/></label>
            <label class="only-several">{words::most(r)} <input name="most" dir="ltr" inputmode="numeric" maxlength="1" value="2"/></label>
            <div class="only-estimate">
                <label>{words::low(r)} <input name="low" dir="ltr" inputmode="numeric" maxlength="11" value="0"/></label>
                <label>{words::high(r)} <input name="high" dir="ltr" inputmode="numeric" maxlength="11" value="100"/></label>
            </div>
            <div class="only-pictures picture-set">{pictures}</div>
            <label class="tick"><input type="checkbox" name="apart" value="true"/> <span>{words::apart(r)}</span></label>
            <div class="does">
                <button class="button main" data-moment="poll">{words::make_open(r)}</button>
                <button class="button quiet" name="open" value="later">{words::make_draft(r)}</button>
            </div>
            <p class="buttons">
                <a class="button quiet" href=t.to("box")>{words::box_open(r)}</a>
                <a class="button quiet" href=t.to("seats")>{words::seats_title(r)}</a>
            </p>
        </form>
    }
}

/// The same question in the other languages of the hall, if somebody writes it.
fn others(r: Reader) -> impl IntoView {
    let other = |lang: Lang| {
        view! {
            <label>
                {words::question_other(r, lang.info().name)}
                <input name=["question.", lang.tag()].concat() lang=lang.tag() dir=lang.dir().as_str() maxlength="200" autocomplete="off"/>
            </label>
        }
    };
    Lang::all().filter(|lang| *lang != r.lang).map(other).collect_view()
}
