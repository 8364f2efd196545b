//! Screens: one that waits for its place, and the organizer's list of all.

use leptos::prelude::*;
use nadwa_domain::{Lang, Phrase};
use uuid::Uuid;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::{FieldRefusal, Foot, Number, Plain, Qr, Shape, Skip, Top};
use crate::words::{Reader, landing, numbers, role, screens as say};

/// One screen in the list.
#[derive(Clone, Debug)]
pub struct ScreenRow {
    pub id: Uuid,
    /// Its four digits.
    pub number: String,
    /// Its name; empty if it has none yet.
    pub name: String,
    /// The code of the session that it shows.
    pub place: Option<String>,
    /// Whether it is connected now.
    pub live: bool,
}

/// The organizer's list.
#[derive(Clone, Debug)]
pub struct Screens {
    /// Every screen.
    pub rows: Vec<ScreenRow>,
    /// Sessions that can be shown: code and title.
    pub sessions: Vec<(String, Phrase)>,
    /// The address of `/wall` for a camera.
    pub qr: Qr,
    /// The same to type.
    pub address: String,
}

/// A screen that has no place yet: its number, and a field for a code.
#[must_use]
pub fn waiting(page: &Page, name: &str, refused: Option<Refused>) -> Html {
    let r = page.reader;
    let head = Head {
        title: say::title(r).to_owned(),
        class: "",
        bundle: Bundle::None,
        sheet: Sheet::Screen,
        theme: Some("projector"),
        refresh: None,
    };
    let name = name.to_owned();
    document(page, head, move || {
        let typed = refused.as_ref().map(|refused| refused.typed.clone());
        view! {
            <main id="main" class="waiting-screen">
                <Shape name="mark"/>
                <h1>{say::this_screen(r, &numbers::digits(r, &name))}</h1>
                <p>{say::wait(r)}</p>
                <form method="post" action="/wall">
                    <label>
                        <span class="unseen">{landing::code_label(r)}</span>
                        <input name="code" inputmode="numeric" dir="ltr" autocomplete="off" value=typed aria-describedby="refused"/>
                    </label>
                    <button class="button">{say::show(r)}</button>
                </form>
                <FieldRefusal id="refused" sentence=refused.map(|refused| refused.sentence)/>
            </main>
        }
    })
}

/// Every screen, with what can be done to it.
#[must_use]
pub fn screens(page: &Page, data: Screens) -> Html {
    let r = page.reader;
    let head = Head {
        title: say::title(r).to_owned(),
        class: "",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    let again = here.clone();
    document(page, head, move || {
        let Screens { rows, sessions, qr, address } = data;
        let none = rows.is_empty();
        let rows = rows.into_iter().map(|row| screen(r, row, &sessions)).collect_view();
        let others = sessions.into_iter().map(|(code, title)| others(r, &code, title)).collect_view();
        view! {
            <div class="wings">
                <Skip reader=r/>
                <Top reader=r here pinned><h1>{say::title(r)}</h1></Top>
                <main id="main" class="calm-page">
                    <p><a class="button quiet" href=again>{say::refresh(r)}</a></p>
                    <ul class="calls">{rows}</ul>
                    {none.then(|| view! { <p>{say::none(r)}</p> })}
                    <p><bdi dir="ltr">{address}</bdi></p>
                    <div class="handover"><Qr qr label=say::title(r).to_owned()/></div>
                    {others}
                </main>
                <Foot reader=r code=None/>
            </div>
        }
    })
}

/// A session's other screens: in two languages, and the strip that is laid over a stream.
fn others(r: Reader, code: &str, title: Phrase) -> impl IntoView + use<> {
    let screen = ["/s/", code, "/screen"].concat();
    let two = Lang::all().filter(|lang| *lang != r.lang).map(|lang| {
        let address = [&screen, "?with=", lang.tag()].concat();
        view! { <a class="button quiet" href=address>{say::bilingual(r, lang.info().name)}</a> }
    });
    let two = two.collect_view();
    view! {
        <section class="card">
            <h2><Plain phrase=title/></h2>
            <p class="buttons">
                <a class="button quiet" href=screen.clone()>{role::screen(r)}</a>
                {two}
                <a class="button quiet" href=["/s/", code, "/lower-third"].concat()>{say::lower_third(r)}</a>
            </p>
        </section>
    }
}

fn screen(r: Reader, row: ScreenRow, sessions: &[(String, Phrase)]) -> impl IntoView + use<> {
    let to = |act: &str| format!("/organizer/screens/{}/{act}", row.id);
    let (form, word) = if row.live { ("check", say::live(r)) } else { ("hold", say::gone(r)) };
    let options = sessions.iter().map(|(code, title)| {
        let chosen = row.place.as_ref() == Some(code);
        view! { <option value=code.clone() selected=chosen>{title.text.clone()}</option> }
    });
    let options = options.collect_view();
    let named = (!row.name.is_empty()).then(|| view! { <b><Plain phrase=Phrase::written(&row.name, r.lang)/></b> });
    view! {
        <li class="card">
            <p>{named} " " <Number text=numbers::digits(r, &row.number)/> " " <span class="note"><Shape name=form/> " " {word}</span></p>
            <form class="small-form" method="post" action=to("name")>
                <label>{say::name(r)} <input name="name" maxlength="80" dir="auto" value=row.name.clone()/></label>
                <button class="button">{crate::words::common::save(r)}</button>
            </form>
            <form class="small-form" method="post" action=to("place")>
                <label>{say::place(r)} <select name="place"><option value="">{say::no_place(r)}</option>{options}</select></label>
                <button class="button">{say::place_it(r)}</button>
            </form>
            <form method="post" action=to("identify")><button class="button">{say::identify(r)}</button></form>
        </li>
    }
}
