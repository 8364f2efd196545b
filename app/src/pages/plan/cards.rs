//! Cards: issued, printed eight or one to a page, revoked and replaced.

use leptos::prelude::*;
use nadwa_domain::lang::Lang;
use nadwa_domain::{Choice, Instant, Phrase, Role};

use crate::pages::Write;
use crate::pages::plan::{Filled, Here, asked, manage, ours, press};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, PassView};
use crate::parts::qr::Qr;
use crate::parts::team::role_name;
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, cards as words, manage as common, numbers, organizer, programme};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Cards {
    /// Cards by session.
    pub groups: Vec<CardGroup>,
    /// The form of a new one.
    pub form: Filled,
    /// Sessions by id.
    pub sessions: Vec<(String, Phrase)>,
    /// People by id.
    pub people: Vec<(String, Phrase)>,
    /// Cards of children that were never printed.
    pub printable: u32,
    /// Those that were printed, and that nobody has shown yet.
    pub again: u32,
    /// Whether some still have the short codes of an early version.
    pub short: bool,
}

/// The cards of one session, or of the whole conference.
#[derive(Clone, Debug)]
pub struct CardGroup {
    /// What names it in the address.
    pub key: String,
    /// The session; nothing for the whole conference.
    pub session: Option<Phrase>,
    /// How many of its cards work.
    pub works: u32,
    /// Whether the address asks for it.
    pub chosen: bool,
    /// Its cards; nothing while a long list has this group closed.
    pub cards: Option<Vec<PassView>>,
}

/// A card as it is printed.
#[derive(Clone, Debug)]
pub struct Card {
    /// In whose language.
    pub lang: Lang,
    /// What it lets somebody do.
    pub role: Role,
    /// Whose it is.
    pub person: Option<Phrase>,
    pub session: Option<Phrase>,
    pub room: Option<Phrase>,
    /// When: beginning, end, and minutes east of UTC then.
    pub times: Option<(Instant, Instant, i32)>,
    /// The code on it; nothing for adults.
    pub code: Option<String>,
    pub link: String,
    /// The same for a camera.
    pub qr: Qr,
}

/// What the cards of a sheet have in common.
#[derive(Clone, Debug)]
pub struct CardSheet {
    /// What the conference is called.
    pub conference: Phrase,
    /// Where a code is typed: the first page's address, without its scheme.
    pub site: String,
    /// How many cards a page has: one, or else eight.
    pub each: u8,
}

/// Roles that belong to one session.
const IN_SESSION: [Role; 7] = [
    Role::Moderator,
    Role::CoModerator,
    Role::Timekeeper,
    Role::Presenter,
    Role::Member,
    Role::Interpreter,
    Role::Steward,
];
/// Roles of the whole conference.
const EVERYWHERE: [Role; 5] =
    [Role::Interpreter, Role::Steward, Role::SafeguardingLead, Role::SafeguardingDeputy, Role::Respondent];

/// The page.
#[must_use]
pub fn cards(page: &Page, data: Cards) -> Html {
    let r = page.reader;
    manage(page, common::cards(r).to_owned(), Here::Cards, move || {
        let none = data.groups.is_empty().then(|| view! { <p class="note">{organizer::no_passes(r)}</p> });
        let groups = data.groups.iter().cloned().map(|of| group(r, of)).collect_view();
        view! {
            {data.form.says()}
            <section class="card" aria-labelledby="cards">
                <h2 class="unseen" id="cards">{common::cards(r)}</h2>
                <p class="note">{organizer::passes_note(r)}</p>
                {data.short.then(|| view! { <p class="note">{words::short_codes(r)}</p> })}
                {none}
                {groups}
            </section>
            <aside class="beside">
                {printing(r, data.printable)}
                {printing_again(r, data.again)}
                {new_card(r, &data)}
            </aside>
        }
    })
}

fn printing(r: Reader, printable: u32) -> Option<impl IntoView> {
    (printable > 0).then(|| {
        view! {
            <section class="card">
                <h2>{words::print(r)}</h2>
                <p class="note">{words::printable(r, printable.into())}</p>
                <p class="note">{words::print_once(r)}</p>
                {sheets(r, vec![])}
            </section>
        }
    })
}

/// For a sheet that was lost: what was on it opens nothing any more.
fn printing_again(r: Reader, again: u32) -> Option<impl IntoView> {
    (again > 0).then(|| {
        view! {
            <details class="card more">
                <summary>{words::print_again(r)}</summary>
                <p class="note">{words::printable(r, again.into())}</p>
                <p class="note">{words::print_again_note(r)}</p>
                {sheets(r, vec![("again", "on".to_owned())])}
            </details>
        }
    })
}

fn sheets(r: Reader, with: Vec<(&'static str, String)>) -> impl IntoView {
    let sheet = |each: &str, label: &'static str| {
        let fields = with.iter().cloned().chain([("each", each.to_owned())]).collect();
        press("/organizer/cards/print".to_owned(), fields, label)
    };
    view! {
        <div class="buttons">{sheet("8", words::eight(r))} {sheet("1", words::one(r))}</div>
    }
}

fn new_card(r: Reader, data: &Cards) -> impl IntoView + use<> {
    let roles = |roles: &[Role]| {
        roles.iter().map(|role| (role.key().to_owned(), ours(r, role_name(r, *role)))).collect::<Vec<_>>()
    };
    let mut people = vec![(String::new(), ours(r, words::nobody_named(r)))];
    people.extend(data.people.iter().cloned());
    let form = &data.form;
    let in_session = (!data.sessions.is_empty()).then(|| {
        view! {
            <form class="card form" method="post" action="/organizer/cards">
                <h2>{organizer::new_pass(r)}</h2>
                {form.choice(organizer::session_label(r), "session", data.sessions.clone())}
                {form.choice(organizer::role_label(r), "role", roles(&IN_SESSION))}
                {form.choice(words::person(r), "person", people.clone())}
                {form.typed(words::until_day(r), "until_day", "date")}
                {form.typed(words::until_time(r), "until_time", "time")}
                {asks_of_adult(r, form)}
                <p class="note">{organizer::scope_note(r)}</p>
                <button class="button is-on">{organizer::issue(r)}</button>
            </form>
        }
    });
    let form = Filled { scope: "all".to_owned(), ..data.form.clone() };
    view! {
        {in_session}
        <form class="card form" method="post" action="/organizer/cards">
            <h2>{organizer::whole_conference(r)}</h2>
            {form.choice(organizer::role_label(r), "role", roles(&EVERYWHERE))}
            {form.choice(words::person(r), "person", people)}
            <p class="note">{words::adult_note(r)}</p>
            <button class="button">{organizer::issue(r)}</button>
        </form>
    }
}

/// A child's role for an adult is asked about once, beside the card that was wanted.
fn asks_of_adult(r: Reader, form: &Filled) -> Option<impl IntoView + use<>> {
    form.problem.as_ref().filter(|problem| problem.field == "adult").map(|_| {
        view! {
            <label class="choice">
                <input type="checkbox" name="adult" value="on"/>
                <span>{words::adult_in_childs_role(r)}</span>
            </label>
        }
    })
}

fn group(r: Reader, of: CardGroup) -> impl IntoView {
    let name = match of.session {
        Some(session) => view! { <Plain phrase=session/> }.written(),
        None => organizer::whole_conference(r).written(),
    };
    let id = ["cards-", &of.key].concat();
    let count = view! { <span class="count"><Number text=numbers::number(r, of.works.into())/></span> };
    let Some(cards) = of.cards else {
        let open = ["?open=", &of.key, "#", &id].concat();
        return view! { <p class="more"><a class="group" id=id href=open>{name} " " {count}</a></p> }.written();
    };
    let list = cards.into_iter().map(|card| one(r, card)).collect_view();
    view! {
        <details class="more" id=id open=of.chosen>
            <summary>{name} " " {count}</summary>
            <ul class="passes">{list}</ul>
        </details>
    }
    .written()
}

fn one(r: Reader, card: PassView) -> impl IntoView {
    let base = ["/organizer/cards/", &card.id.to_string()].concat();
    let person = card.person.map(|person| view! { <span class="note"><Plain phrase=person/></span> });
    let (class, shape, state) = match (card.works, card.used) {
        _ if card.asked => ("pass", "hold", words::waits(r)),
        (true, _) if card.printable => ("pass", "ready", words::unprinted(r)),
        (true, true) => ("pass is-used", "check", organizer::pass_used(r)),
        (true, false) => ("pass", "ready", organizer::pass_unused(r)),
        (false, _) => ("pass is-revoked", "hold", organizer::pass_revoked(r)),
    };
    // Who has come in for safeguarding is shut out by nobody but the lead and the deputy (`G9`).
    let ours = !(card.role.safeguards() && card.used);
    let does = (card.works && !card.own && ours).then(|| {
        view! {
            <div class="does">
                {card.printable.then(|| press([&base, "/print"].concat(), vec![], organizer_print(r)))}
                {(!card.printable).then(|| press([&base, "/reissue"].concat(), vec![], organizer::replace(r)))}
                {asked(r, [&base, "/revoke"].concat(), vec![], organizer::revoke(r))}
            </div>
        }
    });
    view! {
        <li class=class>
            <Shape name=shape/>
            <div>
                <b>{role_name(r, card.role)}</b>
                {person}
                <span class="note">{state}</span>
            </div>
            {does}
        </li>
    }
}

fn organizer_print(r: Reader) -> &'static str {
    crate::words::common::print(r)
}

/// A sheet of cards: eight to a page, or one.
#[must_use]
pub fn print(page: &Page, sheet: CardSheet, cards: Vec<Card>) -> Html {
    let r = page.reader;
    let each = sheet.each;
    let head = Head {
        title: words::print(r).to_owned(),
        class: if each == 1 { "on-paper one-each" } else { "on-paper eight-each" },
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: Some("light"),
        refresh: None,
    };
    let per_page = if each == 1 { 1 } else { 8 };
    document(page, head, move || {
        let pages = cards.chunks(per_page).map(|cards| {
            let cards = cards.iter().cloned().map(|card| printed(r, &sheet, card)).collect_view();
            view! { <ul class="paper-page">{cards}</ul> }
        });
        view! {
            <header class="no-print print-head">
                <p><b>{words::shown_once(r)}</b></p>
                <p class="note">{words::print_note(r)}</p>
                <a class="button" href="/organizer/cards">{crate::words::common::back(r)}</a>
            </header>
            <main id="main">
                <h1 class="unseen">{words::print(r)}</h1>
                {pages.collect_view()}
            </main>
        }
    })
}

/// A card speaks its holder's language, whoever prints it.
pub(crate) fn printed(printer: Reader, sheet: &CardSheet, card: Card) -> impl IntoView + use<> {
    let r = Reader { lang: card.lang, ..printer };
    let times = card.times.map(|(from, until, offset)| {
        let day = numbers::weekday_date(r, from, offset);
        let times =
            programme::from_to(r, &numbers::time_of_day(r, from, offset), &numbers::time_of_day(r, until, offset));
        view! { <p class="when">{day} " · " {times}</p> }
    });
    let code = card.code.map(|code| {
        view! {
            <p class="card-code"><span class="note">{words::code(r)}</span> " " <Number text=numbers::code(r, &code)/></p>
        }
    });
    let child = !card.role.is_adult();
    let how = if child { words::how_child(r) } else { words::how_adult(r) };
    // The code is typed on the first page: whoever has no camera has to know where that is.
    let site = child.then(|| view! { " " <b class="card-site"><Number text=sheet.site.clone()/></b> });
    let conference = sheet.conference.clone();
    view! {
        <li class="print-card" lang=card.lang.tag() dir=card.lang.dir().as_str()>
            <Qr qr=card.qr label=organizer::pass_link(r).to_owned()/>
            <div class="card-words">
                <p class="note"><Plain phrase=conference/></p>
                <p class="card-role">{role_name(r, card.role)}</p>
                {card.person.map(|person| view! { <p class="card-who"><Plain phrase=person/></p> })}
                {card.session.map(|session| view! { <p><Plain phrase=session/></p> })}
                {card.room.map(|room| view! { <p><Plain phrase=room/></p> })}
            </div>
            <div class="card-foot">
                {times}
                {code}
                <p class="note">{how} {site}</p>
                {(!child).then(|| view! { <p class="note"><bdi class="number wraps" dir="ltr">{card.link}</bdi></p> })}
            </div>
        </li>
    }
}
