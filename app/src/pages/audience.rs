//! The phone in the hall.

use leptos::prelude::*;
use nadwa_domain::view::audience::AudienceView;
use nadwa_domain::view::mine::MineView;
use nadwa_domain::view::part::POLL;

use crate::live::audience::{AudienceIsland, Start};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused, part};
use crate::parts::given::Given;
use crate::parts::{Brand, Foot, Langs, Promises, Skip};
use crate::wire::Fragment;
use crate::words::{self, Reader};

/// What the phone in the hall shows.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The session's join code.
    pub code: String,
    /// What everybody sees.
    pub view: AudienceView,
    /// What this phone alone sees.
    pub mine: MineView,
    /// The poll, as this phone sees it.
    pub poll: Fragment,
    /// What the last plain form was refused.
    pub refused: Option<Refused>,
    /// What the last plain form was answered: [`thanks`].
    pub said: Option<String>,
}

/// The thank-you: the same for every question that arrives, whatever it says (`S3`). Its first line is the heading.
///
/// To be sent as [`Audience::said`] and as the message of a question's answer.
#[must_use]
pub fn thanks(reader: Reader, helpline: Option<&str>) -> String {
    let mut text = [words::audience::thanks_title(reader), "\n", words::audience::thanks_text(reader), " "].concat();
    match helpline {
        Some(number) => text.push_str(&words::audience::thanks_help(reader, number)),
        None => text.push_str(words::audience::thanks_button(reader)),
    }
    text
}

/// The page.
#[must_use]
pub fn audience(page: &Page, data: Audience) -> Html {
    let head = Head {
        title: data.view.title.text.clone(),
        class: "phone",
        bundle: Bundle::Phone,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let Audience { code, view, mine, poll, refused, said } = data;
    let (r, place) = (page.reader, page.place());
    document(page, head, move || {
        let (here, pinned) = (place.here.clone(), place.pinned);
        let given = Given::new(&Start { place, code: code.clone(), view, mine, refused, said })
            .with("brand", view! { <Brand reader=r/> })
            .with("langs", view! { <Langs reader=r here pinned/> })
            .with("notice", view! { <p class="note" id="notice">{words::audience::notice(r)}</p> })
            .with("promises", promises(r, &code))
            .with_html(POLL, part::element(&poll));
        view! {
            <Skip reader=r/>
            {given.provide()}
            <AudienceIsland/>
            <Foot reader=r code=Some(code)/>
        }
    })
}

/// What a child should know before anything else (`P1`), one tap away, and the way out.
fn promises(r: Reader, code: &str) -> impl IntoView + use<> {
    let papers = ["/papers?session=", code].concat();
    view! {
        <div class="stack">
            <a class="button quiet" href=papers>{words::paper::of_session(r)}</a>
        <details class="more">
            <summary>{words::landing::promises_title(r)}</summary>
            <Promises reader=r/>
            <a class="button quiet" href="/">
                {words::audience::leave(r)}
            </a>
        </details>
        </div>
    }
}
