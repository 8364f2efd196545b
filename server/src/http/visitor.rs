//! Who is there: the cookies of a request, and nothing else about anybody.
//!
//! Three kinds of cookie: what the reader chose (language, digits, theme), a phone's random token, and the secrets of
//! passes. A tablet may hold several passes (`S17` keeps children's and adults' apart by their links).

mod device;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum_extra::extract::cookie::Cookie;
use nadwa_app::pages::comfort::Comfort;
use nadwa_app::pages::{OwnPlace, Page, Theme};
use nadwa_app::words::{Digits, Reader};
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::lasts::Kept;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::{PhoneId, SessionId};
use nadwa_domain::{Command, Lang, Role, Span, Who};
use serde::Deserialize;

use crate::http::floods::{Flood, Standing};
use crate::http::phones::Held;
use crate::http::{App, awake, cookies, guard, language, passes, public};
use crate::permits::buckets::Wait;
use crate::permits::{Caller, JoinCode, Origin, Permit, Secret};
use crate::rooms::phone::Phone;
use crate::zone;
use device::secrets;
pub use device::sign_in;

const LANG: &str = "nadwa_lang";
/// The language of the link by which somebody came: a choice is stronger, and so is another link.
pub(super) const CAME: &str = "nadwa_came";
const DIGITS: &str = "nadwa_digits";
const REGISTER: &str = "nadwa_words";
const THEME: &str = "nadwa_theme";
const COMFORT: &str = "nadwa_comfort";
const PHONE: &str = "nadwa_phone";
/// The `__Host-` prefix where there is TLS: no other host and no plain page can set it.
const PHONE_OF_HOST: &str = "__Host-nadwa_phone";
/// The session that the phone has looked at last: its first page leads back there (`N5`). A closed meeting leaves none.
const AT: &str = "nadwa_at";
const PASSES: &str = "nadwa_pass";
/// An adult's device after its browser was closed, or after it has locked itself: opens nothing without the link.
const AGAIN: &str = "nadwa_again";
/// How long that is kept: longer than a conference.
const AGAIN_FOR: Span = Span::minutes(14 * 24 * 60);
/// The register of easier words.
const YOUNGER: &str = "younger";
/// Most passes that one device holds; the oldest leaves.
const MOST_PASSES: usize = 8;

/// A request's cookies and address, understood.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Language and digits.
    pub reader: Reader,
    theme: Option<Theme>,
    comfort: Comfort,
    pinned: bool,
    phone: Option<Held>,
    /// Whether the browser brought the token of a phone whose device was handed on.
    left: bool,
    /// Whether it comes from the offline outbox.
    by_letter: bool,
    /// The address that it came from; counted and kept nowhere.
    from: Origin,
    /// The join code of the session that it looked at last.
    at: Option<Code>,
    secrets: Vec<String>,
    again: Vec<String>,
    here: String,
}

#[derive(Debug, Default, Deserialize)]
struct Wishes {
    /// A link's language: for whoever has not chosen one (`L1`).
    lang: Option<String>,
    /// A device's language: a screen's or a frame's, whatever anybody chose.
    pin: Option<String>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        // Parsed once for each request and kept in its extensions.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let jar = cookies::ours(app, &parts.headers);
        let value = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
        let wishes: Wishes = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
        let pinned = wishes.pin.as_deref().and_then(Lang::from_tag);
        let chosen = value(LANG).as_deref().and_then(Lang::from_tag);
        let came = value(CAME).as_deref().and_then(Lang::from_tag);
        let linked = wishes.lang.as_deref().and_then(Lang::from_tag);
        let conference = app.rooms.conference().state();
        let reading = conference.reading;
        let asked = || language::asked_for(&parts.headers, parts.uri.path(), conference.spoken());
        let lang = pinned.or(chosen).or(linked).or(came).or_else(asked).unwrap_or(reading.lang);
        let own = if reading.own_digits { Digits::ArabicIndic } else { Digits::Latin };
        let digits = value(DIGITS).as_deref().and_then(Digits::parse).unwrap_or(own);
        let younger = value(REGISTER).map_or(reading.younger, |register| register == YOUNGER);
        let brought = value(phone_cookie(app)).and_then(|token| app.phones.verify(&token));
        let left = brought.as_ref().is_some_and(|held| app.rooms.left().has_left(&held.phone));
        let comfort = value(COMFORT).as_deref().map(Comfort::parse).unwrap_or_default();
        let mut visitor = Self {
            reader: Reader { younger, vowels: comfort.vowels, months: reading.months, ..Reader::new(lang, digits) },
            comfort,
            theme: value(THEME).as_deref().and_then(Theme::parse),
            pinned: pinned.is_some(),
            // A request from the offline outbox names the phone that wrote it; the device that sends it may be
            // another's by now.
            phone: parts.extensions.get::<Held>().cloned().or(brought.filter(|_| !left)),
            left,
            by_letter: parts.extensions.get::<Held>().is_some(),
            from: origin(app, parts),
            at: value(AT).as_deref().and_then(Code::parse),
            secrets: secrets(value(PASSES)),
            again: secrets(value(AGAIN)),
            here: parts.uri.path().to_owned(),
        };
        for secret in visitor.secrets.iter().chain(&visitor.again).filter(|secret| app.phones.made(secret)) {
            app.rooms.conference().meet(secret).await;
        }
        if !awake::is(app, &jar) {
            visitor.sleeps(app);
        }
        visitor.keeps_one_kind(app);
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

impl Visitor {
    /// What a page needs of its reader.
    #[must_use]
    pub fn page(&self, app: &App) -> Page {
        let (conference, now) = (app.rooms.conference().state(), app.rooms.clock().now());
        Page {
            reader: self.reader,
            theme: self.theme,
            comfort: self.comfort,
            now,
            here: self.here.clone(),
            pinned: self.pinned,
            assets: app.assets.clone(),
            recordings: app.shelf.with_brought(&conference),
            utc_offset: zone::offset(&conference, now),
            demo: app.demo.is_some(),
            letter: None,
            listening: public::listening(&conference, self.reader.lang),
            locks: self.passes(app).iter().any(|pass| pass.issued.role.is_adult()) && !self.is_hall(app),
            own: self.own_places(app),
        }
    }

    /// The reader's text size and spacing.
    #[must_use]
    pub const fn comfort(&self) -> Comfort {
        self.comfort
    }

    /// The same visitor on the page that a form belongs to.
    #[must_use]
    pub fn back_at(&self, here: String) -> Self {
        Self { here, ..self.clone() }
    }

    /// Whether the request waited in the offline outbox: the device may be somebody else's by now (`G5`).
    #[must_use]
    pub const fn by_letter(&self) -> bool {
        self.by_letter
    }

    /// The phone, if it has been here before.
    #[must_use]
    pub fn phone(&self) -> Option<PhoneId> {
        Some(self.own_phone()?.id)
    }

    /// The same, with what its ballots need.
    #[must_use]
    pub fn own_phone(&self) -> Option<Phone> {
        self.phone.as_ref().map(|held| held.phone)
    }

    /// The phone's token, to be encrypted into what is sent later. Never stored, never logged.
    #[must_use]
    pub fn phone_token(&self) -> Option<&str> {
        self.phone.as_ref().map(|held| held.token.as_str())
    }

    /// The phone that looks at a page, and its new token: for one that has none, and for a new one that becomes known.
    #[must_use]
    pub fn phone_at_page(&self, app: &App) -> (Phone, Option<Cookie<'static>>) {
        match &self.phone {
            Some(held) if held.phone.since.is_some() => (held.phone, None),
            held => {
                let minted = app.phones.mint(self.from, held.as_ref(), app.rooms.clock().now());
                let token = Some(minted.token).filter(|token| Some(token.as_str()) != self.phone_token());
                (minted.phone, token.map(|token| cookie(app, phone_cookie(app), token, Kept::Phone)))
            }
        }
    }

    /// The cookie of a phone at a page that must look alike for all and each time, whatever it is asked about (`S18`).
    #[must_use]
    pub fn phone_told(&self, app: &App) -> Cookie<'static> {
        let token = self.phone.as_ref().map(|held| held.token.clone()).unwrap_or_default();
        let kept = cookie(app, phone_cookie(app), token, Kept::Phone);
        self.phone_at_page(app).1.unwrap_or(kept)
    }

    /// The phone that presses; one that never looked at a page is a new device from now on. What was on its way when the
    /// device was handed on is nobody's: it goes on, and gives the browser no token (`G5`).
    #[must_use]
    pub fn phone_at_press(&mut self, app: &App) -> (Phone, Option<Cookie<'static>>) {
        if let Some(phone) = self.own_phone() {
            return (phone, None);
        }
        let minted = app.phones.mint_new(app.rooms.clock().now());
        let set = cookie(app, phone_cookie(app), minted.token.clone(), Kept::Phone);
        let phone = minted.phone;
        self.phone = Some(minted);
        (phone, Some(set).filter(|_| !self.left))
    }

    /// How what this phone writes now stands among what others write (`G3`).
    #[must_use]
    pub fn standing(&self, app: &App, phone: &Phone, flood: Flood) -> Standing {
        app.phones.standing(phone, flood, self.from, app.rooms.clock().now())
    }

    /// As whom this visitor's wrong secrets are counted (`G1`). A phone that never looked at a page is nobody in
    /// particular.
    #[must_use]
    pub fn caller(&self) -> Caller {
        let known = self.own_phone().filter(|phone| phone.since.is_some());
        Caller { from: self.from, phone: known.map(|phone| phone.id) }
    }

    /// A permit to look at what this visitor sent.
    ///
    /// # Errors
    /// [`Wait`] if nothing may be compared now.
    pub fn permit<S: Secret>(&self, app: &App) -> Result<Permit<S>, Wait> {
        app.permits.take(self.caller(), app.rooms.clock().now())
    }

    /// A permit to look whether there is a session at an address.
    pub fn permit_for_address(&self, app: &App) -> Permit<JoinCode> {
        app.permits.for_address(self.caller(), app.rooms.clock().now())
    }

    /// The public session that this device has looked at last.
    #[must_use]
    pub fn session(&self, app: &App) -> Option<Listing> {
        let (code, permit) = (self.at.as_ref()?, self.permit_for_address(app));
        let conference = app.rooms.conference().state();
        let found = conference.by_code(code, &permit).filter(|listing| listing.is_public()).cloned();
        permit.judge(found)
    }

    /// Keeps that this device looks at a session now; nothing where that is known, or leaves no trace.
    #[must_use]
    pub fn looks_at(&self, app: &App, listing: &Listing) -> Option<Cookie<'static>> {
        let code = listing.code.as_ref().filter(|code| listing.is_public() && self.at.as_ref() != Some(*code))?;
        Some(cookie(app, AT, code.as_str().to_owned(), Kept::Phone))
    }

    /// The passes on this device that work now.
    #[must_use]
    pub fn passes(&self, app: &App) -> Vec<Pass> {
        let now = app.rooms.clock().now();
        self.secrets
            .iter()
            .filter_map(|secret| app.rooms.conference().pass_of_device(secret, now, Permit::long()))
            .collect()
    }

    /// Every pass on this device, those too that are asleep or locked: what may stand beside them is the same.
    #[must_use]
    pub fn passes_and_asleep(&self, app: &App) -> Vec<Pass> {
        let now = app.rooms.clock().now();
        let all = self.secrets.iter().chain(&self.again);
        all.filter_map(|secret| app.rooms.conference().pass_of_device(secret, now, Permit::long())).collect()
    }

    /// Where they work.
    fn own_places(&self, app: &App) -> Vec<OwnPlace> {
        if !self.has_secrets() {
            return Vec::new();
        }
        let conference = app.rooms.conference().state();
        let place = |pass: Pass| {
            let path = passes::home(&conference, &pass)?;
            let listing = pass.issued.session.and_then(|session| conference.listing(session));
            let session = listing.map(|listing| listing.title.for_reader(self.reader.lang)).unwrap_or_default();
            Some(OwnPlace { role: pass.issued.role, session, path })
        };
        self.passes(app).into_iter().filter_map(place).collect()
    }

    /// The first of them that fits.
    #[must_use]
    pub fn pass_with(&self, app: &App, fits: impl Fn(Role) -> bool, session: Option<SessionId>) -> Option<Pass> {
        let covers = |pass: &Pass| session.is_none_or(|session| pass.covers(session));
        self.passes(app).into_iter().find(|pass| fits(pass.issued.role) && covers(pass))
    }

    /// Whether a pass still works on this very device: it may be stopped, over, or in use on another one.
    #[must_use]
    pub fn holds(&self, app: &App, pass: &Pass) -> bool {
        self.passes(app).iter().any(|own| own.issued.id == pass.issued.id)
    }

    /// The secret of a pass on this device that fits, for another device to take over.
    #[must_use]
    pub fn secret_with(&self, app: &App, fits: impl Fn(Role) -> bool, session: SessionId) -> Option<String> {
        let now = app.rooms.clock().now();
        let works = |secret: &&String| {
            let pass = app.rooms.conference().pass_of_device(secret, now, Permit::long());
            pass.is_some_and(|pass| fits(pass.issued.role) && pass.covers(session))
        };
        self.secrets.iter().find(works).cloned()
    }

    /// Whether any pass was ever shown here, working or not.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        !self.secrets.is_empty()
    }

    /// As whom this device may send a command in a session: by a pass, else as a phone. If nobody may, whoever is
    /// refused: the domain says why.
    #[must_use]
    pub fn who_may(&self, app: &App, session: SessionId, command: &Command) -> Option<Who> {
        let passes = self.passes(app);
        let shown = passes.iter().filter(|pass| pass.covers(session)).map(Pass::who);
        let phone = self.phone().map(Who::Phone);
        shown.chain(phone).find(|who| command.permits(*who))
    }
}

/// The language of the link by which somebody came.
#[must_use]
pub fn came_cookie(app: &App, lang: Lang) -> Cookie<'static> {
    cookie(app, CAME, lang.tag().to_owned(), Kept::Choice)
}

/// The reader's choice of language, as a cookie that stays.
#[must_use]
pub fn language_cookie(app: &App, lang: Lang) -> Cookie<'static> {
    cookie(app, LANG, lang.tag().to_owned(), Kept::Choice)
}

/// The reader's choice of theme; nothing gives the choice back to the device.
#[must_use]
pub fn theme_cookie(app: &App, theme: Option<Theme>) -> Cookie<'static> {
    cookie(app, THEME, theme.map(Theme::as_str).unwrap_or_default().to_owned(), Kept::Choice)
}

/// The reader's choice of digits.
#[must_use]
pub fn digits_cookie(app: &App, digits: Digits) -> Cookie<'static> {
    cookie(app, DIGITS, digits.as_str().to_owned(), Kept::Choice)
}

/// The reader's choice of register.
#[must_use]
pub fn register_cookie(app: &App, younger: bool) -> Cookie<'static> {
    cookie(app, REGISTER, if younger { YOUNGER } else { "older" }.to_owned(), Kept::Choice)
}

/// The reader's text size and spacing.
#[must_use]
pub fn comfort_cookie(app: &App, comfort: Comfort) -> Cookie<'static> {
    cookie(app, COMFORT, comfort.to_text(), Kept::Choice)
}

/// What this device keeps as long as it is good for something (`V3`).
fn cookie(app: &App, name: &'static str, value: String, kept: Kept) -> Cookie<'static> {
    let lasts = app.rooms.conference().state().lasts(kept, app.rooms.clock().now());
    cookies::lasting(app, name, value, lasts)
}

/// The name of the cookie with a phone's token.
fn phone_cookie(app: &App) -> &'static str {
    if app.public_url.starts_with("https://") { PHONE_OF_HOST } else { PHONE }
}

fn origin(app: &App, parts: &Parts) -> Origin {
    let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    Origin::of(guard::address(app, &parts.headers, connection))
}
