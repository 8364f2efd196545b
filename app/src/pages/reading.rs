//! How the conference speaks to whoever has chosen nothing (`L1`, `L5`, `L16`, `P11`): an organizer's form.

use leptos::prelude::*;
use nadwa_domain::Lang;
use nadwa_domain::conference::reading::{Months, Reading as Defaults};

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::choices::{Offer, digits, offer, registers};
use crate::parts::{Choices, Foot, Skip, Top};
use crate::words::{Digits, Reader, common, numbers, organizer as board, reading as words};

/// The page. `kept` says that the last form was kept.
#[must_use]
pub fn reading(page: &Page, now: Defaults, kept: bool) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "board",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let family = if now.own_digits { Digits::ArabicIndic } else { Digits::Latin };
        let kept = kept.then(|| view! { <p class="note" role="status">{common::saved(r)}</p> });
        // The choice of digits is shown in Arabic, which has two families, whatever the organizer reads.
        let arabic = Reader { lang: Lang::AR, ..r };
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::title(r)}</h1>
                <a class="button push" href="/organizer">{board::title(r)}</a>
            </Top>
            <main id="main">
                <form class="card stack" method="post" action="/organizer/reading">
                    <p>{words::lead(r)}</p>
                    <Choices title=common::language(r) name="lang" offers=languages(now.lang)/>
                    <Choices title=common::digits(r) name="digits" offers=digits(arabic, family)/>
                    <Choices title=words::register(r) name="register" offers=registers(r, now.younger)/>
                    <Choices title=words::months(r) name="months" offers=months(r, now.months)/>
                    <Choices title=words::hijri(r) name="hijri" offers=yes_or_no(r, now.hijri)/>
                    {kept}
                    <button class="button main">{common::save(r)}</button>
                </form>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// Each by its own name for itself.
fn languages(chosen: Lang) -> Vec<Offer> {
    let label = |lang: Lang| {
        let info = lang.info();
        view! { <bdi lang=info.tag dir=info.dir.as_str()>{info.name}</bdi> }.into_any()
    };
    Lang::all().map(|lang| Offer { value: lang.tag(), label: label(lang), chosen: lang == chosen }).collect()
}

/// Where they are called so, and three of them as they are written: in Arabic, whatever the organizer reads.
fn months(r: Reader, chosen: Months) -> Vec<Offer> {
    let label = |months: Months| {
        let place = match months {
            Months::Gulf => words::months_gulf(r),
            Months::Levant => words::months_levant(r),
            Months::Maghreb => words::months_maghreb(r),
            Months::Morocco => words::months_morocco(r),
            Months::Both => words::months_both(r),
        };
        let arabic = Reader { lang: Lang::AR, months, ..r };
        let names = numbers::month_names(arabic);
        let some = [names[4], names[7], names[11]].join("، ");
        view! { {place} ": " <bdi lang="ar" dir="rtl">{some}</bdi> }.into_any()
    };
    Months::ALL
        .into_iter()
        .map(|months| Offer { value: months.as_str(), label: label(months), chosen: months == chosen })
        .collect()
}

fn yes_or_no(r: Reader, yes: bool) -> Vec<Offer> {
    vec![offer("yes", common::yes(r), yes), offer("no", common::no(r), !yes)]
}
