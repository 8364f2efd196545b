//! The projector's wall.

use leptos::prelude::*;
use nadwa_domain::view::screen::ScreenView;
use nadwa_domain::{Lang, Phrase};

use crate::live::screen::{Around, ScreenIsland, Start};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page};
use crate::parts::given::Given;
use crate::words::{self, Reader};

pub use crate::parts::qr::Qr;

/// What the wall shows.
#[derive(Clone, Debug)]
pub struct Screen {
    /// The session's join code.
    pub code: String,
    /// What the screen sees.
    pub view: ScreenView,
    /// The address that joins the session, as a phone opens it.
    pub join_url: String,
    /// The same address for a camera.
    pub qr: Qr,
    pub conference: ConferenceView,
    /// Where the session takes place.
    pub room: Phrase,
    /// A second language, side by side.
    pub second: Option<(Lang, ScreenView)>,
    /// Only name and time, with nothing behind them.
    pub lower: bool,
}

/// The projector's wall: one thing at a time. Without wasm it loads itself anew every five seconds.
#[must_use]
pub fn screen(page: &Page, data: Screen) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::screen::title(r).to_owned(),
        class: if data.lower { "see-through" } else { "" },
        bundle: Bundle::Team,
        sheet: Sheet::Screen,
        theme: Some("projector"),
        refresh: Some(5),
    };
    let around = Around {
        code: data.code,
        site: site(&data.join_url).to_owned(),
        qr: data.qr,
        conference: data.conference.name,
        room: data.room,
        months: r.months,
    };
    let second = data.second.map(|(lang, view)| (Reader::new(lang, r.digits), view));
    let given = Given::new(&Start { place: page.place(), view: data.view, around, second, lower: data.lower });
    document(page, head, move || view! { {given.provide()} <ScreenIsland/> })
}

/// The part of an address that people type: its host.
fn site(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_the_host_alone() {
        assert_eq!(site("https://nadwa.example/s/471926"), "nadwa.example");
        assert_eq!(site("http://10.0.0.7:4700/s/471926"), "10.0.0.7:4700");
        assert_eq!(site("nadwa.example"), "nadwa.example");
    }
}
