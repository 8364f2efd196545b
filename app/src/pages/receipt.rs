//! Receipts (`R1`): the page that shows one, and the page that finds what became of a question. Both work without a script,
//! and hold no word of what was asked.

use leptos::prelude::*;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::view::fate::{Fate, FateView};

use crate::pages::link::Exchange;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused, Write, Written};
use crate::parts::qr::Qr;
use crate::parts::{FieldRefusal, Foot, Number, Plain, Said, Skip, Top};
use crate::words::{Reader, audience, fate as words, numbers, outcome};

/// A receipt, to be kept.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The session's join code.
    pub code: String,
    /// Its digits, ASCII.
    pub number: String,
    /// Where it is typed.
    pub address: String,
    /// The same for a camera, with the number.
    pub qr: Qr,
}

/// Shows a receipt.
#[must_use]
pub fn receipt(page: &Page, data: Receipt) -> Html {
    let r = page.reader;
    let Receipt { code, number, address, qr } = data;
    let back = ["/s/", &code].concat();
    whole(page, words::receipt(r), Some(code), false, move || {
        view! {
            <p>{words::keep(r)}</p>
            <p class="number-of"><Number text=numbers::code(r, &number)/></p>
            <Qr qr label=words::receipt(r).to_owned()/>
            <p class="note">{words::keep_how(r)}</p>
            <p class="note">{words::place(r)} " " <bdi dir="ltr">{address}</bdi></p>
            <p class="note">{words::who_sees(r)}</p>
            <a class="button main" href=back>{words::back(r)}</a>
        }
    })
}

/// Asks for the number of a receipt; `refused` is why the last one found nothing.
#[must_use]
pub fn ask(page: &Page, refused: Option<Refused>) -> Html {
    let r = page.reader;
    whole(page, words::title(r), None, true, move || form(r, refused))
}

fn form(r: Reader, refused: Option<Refused>) -> impl IntoView {
    let typed = refused.as_ref().map(|refused| refused.typed.clone()).unwrap_or_default();
    let wrong = refused.is_some().then_some("true");
    view! {
        <p>{words::how(r)}</p>
        <form class="box" method="post" action="/r" data-once="">
            <label for="secret">{words::number(r)}</label>
            <input class="code" id="secret" name="secret" type="text" inputmode="numeric" autocomplete="off" dir="ltr"
                maxlength="100" required data-secret="" aria-describedby="refusal where" aria-invalid=wrong value=typed/>
            <FieldRefusal id="refusal" sentence=refused.map(|refused| refused.sentence)/>
            <p class="note" id="where">{words::on_paper(r)}</p>
            <button class="button main">{words::find(r)}</button>
        </form>
    }
}

/// What a question became part of: nothing of it is told before everybody may read it.
#[derive(Clone, Copy, Debug)]
pub struct Recommended {
    /// Its number, once it is public.
    pub public: Option<u32>,
}

fn became(r: Reader, of: Recommended) -> impl IntoView {
    let link = of.public.map(|number| {
        let to = ["/outcomes#r-", &number.to_string()].concat();
        view! { <p><a class="button quiet" href=to>{outcome::read(r)}</a></p> }
    });
    view! { <p>{outcome::taken(r)}</p> {link} }
}

/// What became of a question.
#[must_use]
pub fn fate(page: &Page, view: FateView, recommended: Option<Recommended>) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    let day = move |at| numbers::date_with_year(r, at, offset);
    let time = move |at| numbers::time_of_day(r, at, offset);
    let why = why(r, view.fate);
    let since = view.since.map(|at| view! { <p class="note">{words::since(r, &day(at), &time(at))}</p> });
    whole(page, words::title(r), None, false, move || {
        view! {
            <p class="note"><Plain phrase=view.session/></p>
            <p class="note">{words::asked(r, &day(view.asked_at), &time(view.asked_at))}</p>
            <section class="card">
                <h2>{told(r, view.fate)}</h2>
                {view.owed_by.map(|by| view! { <p>{words::owed_by(r)} " " <Said phrase=by/></p> })}
                {why.map(|why| view! { <p>{why}</p> })}
                {since}
                {recommended.map(|of| became(r, of))}
            </section>
            <p class="note">{words::no_words(r)}</p>
            <a class="button quiet" href="/r">{words::another(r)}</a>
        }
    })
}

/// What became of it, in one sentence.
pub(crate) fn told(r: Reader, fate: Fate) -> &'static str {
    match fate {
        Fate::BeingRead => words::being_read(r),
        Fate::WithModerators => words::with_moderators(r),
        Fate::OnScreen => words::on_screen(r),
        Fate::Late => words::late(r),
        Fate::Answered => words::answered(r),
        Fate::Owed => words::owed(r),
        Fate::NotUsed(_) => words::not_used(r),
        Fate::Held(_) => words::held(r),
        Fate::Withdrawn => words::withdrawn(r),
    }
}

fn why(r: Reader, fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Late => Some(words::late_why(r)),
        Fate::NotUsed(NotUsedReason::AlreadyAsked) => Some(audience::why_asked(r)),
        Fate::NotUsed(NotUsedReason::NoTime) => Some(audience::why_no_time(r)),
        Fate::NotUsed(NotUsedReason::OtherTopic) => Some(audience::why_other_topic(r)),
        Fate::NotUsed(NotUsedReason::OtherSession) => Some(audience::why_other_session(r)),
        Fate::Held(HoldReason::Language) => Some(words::held_language(r)),
        Fate::Held(HoldReason::PersonalData) => Some(words::held_personal(r)),
        Fate::Held(HoldReason::ForAdults) => Some(words::held_adults(r)),
        Fate::BeingRead | Fate::WithModerators | Fate::OnScreen | Fate::Answered | Fate::Owed | Fate::Withdrawn => None,
    }
}

/// On a paper slip: what the sender tears off and keeps. The number stands on the slip as well, for whoever types it in.
#[must_use]
pub fn stub(r: Reader, number: &str, qr: Qr) -> Written {
    let number = numbers::code(r, number);
    view! {
        <span class="note">{words::number(r)} " " <Number text=number.clone()/></span>
        <span class="stub">
            <Qr qr label=words::receipt(r).to_owned()/>
            <span><b>{words::stub(r)}</b> <br/> <Number text=number/></span>
        </span>
    }
    .written()
}

fn whole<V: IntoView + 'static>(
    page: &Page,
    title: &'static str,
    code: Option<String>,
    takes: bool,
    body: impl FnOnce() -> V,
) -> Html {
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    let head = Head {
        title: title.to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{title}</h1>
                {body()}
            </main>
            <Foot reader=r code=code/>
            {takes.then(|| view! { <Exchange/> })}
        }
    })
}
