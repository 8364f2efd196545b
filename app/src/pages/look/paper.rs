//! Specimens of what is printed: a child's card and an adult's, a cue card, a slip for a question.

use leptos::prelude::*;
use nadwa_domain::{Role, Span};

use super::{Sample, specimen, still};
use crate::pages::plan::cards::{Card, CardSheet, printed};
use crate::pages::{Write, Written};
use crate::parts::qr::Qr;
use crate::words::{audience, common, console, look as words};

pub(super) fn all(sample: Sample, qr: Qr) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::print_card(r), cards(sample, &qr))}
        {specimen(words::slip(r), slip(sample))}
    }
    .written()
}

/// With the code that is typed where no camera is, and without.
fn cards(sample: Sample, qr: &Qr) -> impl IntoView + use<> {
    let r = sample.r;
    let sheet = CardSheet { conference: sample.own(common::tagline(r)), site: "nadwa.example".to_owned(), each: 8 };
    let card = |role: Role, code: Option<&str>| Card {
        lang: r.lang,
        role,
        person: Some(sample.own(words::sample_name(r))),
        session: Some(sample.own(words::sample_paper(r))),
        room: None,
        times: Some((sample.now, sample.now + Span::minutes(60), sample.utc_offset)),
        code: code.map(str::to_owned),
        link: "https://nadwa.example/a/none".to_owned(),
        qr: qr.clone(),
    };
    let (child, adult) = (card(Role::Moderator, Some("471926083")), card(Role::Steward, None));
    still(sample, "card", view! { <ul class="paper-page">{printed(r, &sheet, child)} {printed(r, &sheet, adult)}</ul> })
}

/// A slip for a question on paper, as it is printed and cut; and what moderators say, for when no tablet works.
fn slip(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="slip">
            <b>{audience::form_label(r)}</b>
            <span class="note">{audience::notice(r)}</span>
            <span class="ruled"></span>
            <span class="ruled"></span>
        </div>
        <div class="cue-card">
            <p class="label">{console::say_now(r)}</p>
            <p class="say">{words::sample_cue(r)}</p>
        </div>
    }
}
