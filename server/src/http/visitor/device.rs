//! The passes on a device: how they come onto it, are found again, and leave it (`G5`).

use axum_extra::extract::cookie::Cookie;
use nadwa_domain::Span;
use nadwa_domain::conference::Act;
use nadwa_domain::conference::lasts::Kept;
use nadwa_domain::conference::pass::{NewDevice, Pass};
use nadwa_domain::ids::DeviceId;
use nadwa_domain::role::Role;

use super::{
    AGAIN, AGAIN_FOR, AT, CAME, COMFORT, DIGITS, LANG, MOST_PASSES, PASSES, REGISTER, THEME, Visitor, phone_cookie,
};
use crate::edge;
use crate::http::phones::looks_like_a_secret;
use crate::http::{App, awake, cookies};
use crate::permits::Permit;
use crate::rooms::Failure;

impl Visitor {
    /// The devices that this browser is, whatever became of them.
    #[must_use]
    pub fn devices(&self, app: &App) -> Vec<DeviceId> {
        let state = app.rooms.conference().state();
        let digests: Vec<String> = self.secrets.iter().chain(&self.again).map(|secret| edge::digest(secret)).collect();
        let own = state.devices.values().filter(|device| digests.contains(&device.new.digest));
        own.map(|device| device.new.id).collect()
    }

    /// Shows a pass on this device: the cookies that keep it, or none if the device has it already.
    ///
    /// # Errors
    /// [`Failure`] if it could not be written down.
    pub async fn sign_in(&self, app: &App, pass: &Pass) -> Result<Vec<Cookie<'static>>, Failure> {
        if self.holds(app, pass) {
            return Ok(Vec::new());
        }
        let secret = match self.kept(app, pass) {
            Some(secret) => secret,
            None => sign_in(app, pass).await?,
        };
        Ok(self.with_pass(app, pass, &secret))
    }

    /// The cookies that put a pass on this device. An adult's is found again by its link after the browser was closed:
    /// what is kept for that opens nothing alone.
    fn with_pass(&self, app: &App, pass: &Pass, secret: &str) -> Vec<Cookie<'static>> {
        let mut cookies = vec![self.with_passes(app, std::iter::once(secret))];
        if pass.issued.role.is_adult() {
            let others = self.again.iter().map(String::as_str).filter(|other| *other != secret);
            let kept: Vec<&str> = std::iter::once(secret).chain(others).take(MOST_PASSES).collect();
            cookies.push(cookies::lasting(app, AGAIN, kept.join("."), AGAIN_FOR));
            cookies.push(awake::cookie(app));
        }
        cookies
    }

    /// The device's own secret of an adult's pass that it showed before: its link lets it in again (`G5`).
    #[must_use]
    pub fn kept(&self, app: &App, pass: &Pass) -> Option<String> {
        let now = app.rooms.clock().now();
        let own = |secret: &&String| {
            let of = app.rooms.conference().pass_of_device(secret, now, Permit::long());
            of.is_some_and(|of| of.issued.id == pass.issued.id)
        };
        self.again.iter().find(own).cloned()
    }

    /// Whether a pass is on this device, asleep or not, that never stands beside the one that is shown (`S17`, `G5`,
    /// `G9`). The demo shows every role on the device that looks at its hall.
    #[must_use]
    pub fn holds_the_other_kind(&self, app: &App, pass: &Pass) -> bool {
        let other = |own: &Pass| own.issued.role.is_kept_apart_from(pass.issued.role);
        self.passes_and_asleep(app).iter().any(other) && !self.is_hall(app)
    }

    /// Cookies that somebody put together are read as one kind: without the adults' passes (`G5`, `G9`).
    pub(super) fn keeps_one_kind(&mut self, app: &App) {
        if self.secrets.len() < 2 {
            return;
        }
        let passes = self.passes(app);
        let beside = |one: &Pass| passes.iter().any(|own| own.issued.role.is_kept_apart_from(one.issued.role));
        if passes.iter().any(beside) {
            self.sleeps(app);
        }
    }

    /// Whether the demo's hall has lent its passes to this device.
    pub(super) fn is_hall(&self, app: &App) -> bool {
        let lent = |secret: &String| app.demo.as_ref().is_some_and(|demo| demo.secrets().any(|own| own == secret));
        self.secrets.iter().any(lent)
    }

    /// An adult's pass that fits, on a device that has locked itself: it may be told that somebody must come, and no more.
    #[must_use]
    pub fn locked_with(&self, app: &App, fits: impl Fn(Role) -> bool) -> Option<Pass> {
        let now = app.rooms.clock().now();
        let mut locked =
            self.again.iter().filter_map(|secret| app.rooms.conference().pass_of_device(secret, now, Permit::long()));
        locked.find(|pass| fits(pass.issued.role))
    }

    /// The same visitor after some passes have left this device.
    #[must_use]
    pub fn without_those_that_ended(&self, app: &App) -> Self {
        let now = app.rooms.clock().now();
        let works = |secret: &&String| app.rooms.conference().pass_of_device(secret, now, Permit::long()).is_some();
        let still = |all: &[String]| all.iter().filter(works).cloned().collect();
        Self { secrets: still(&self.secrets), again: still(&self.again), ..self.clone() }
    }

    /// The cookie that adds several passes to this device.
    #[must_use]
    pub fn with_passes<'a>(&'a self, app: &App, secrets: impl Iterator<Item = &'a str>) -> Cookie<'static> {
        let mut kept: Vec<&str> = Vec::new();
        for secret in secrets.chain(self.secrets.iter().map(String::as_str)) {
            if !kept.contains(&secret) {
                kept.push(secret);
            }
        }
        kept.truncate(MOST_PASSES);
        let (conference, now) = (app.rooms.conference(), app.rooms.clock().now());
        let passes = kept.iter().filter_map(|secret| conference.pass_of_device(secret, now, Permit::long()));
        let longest = passes.map(|pass| conference.state().lasts(Kept::Pass(&pass), now)).max();
        cookies::lasting(app, PASSES, kept.join("."), longest.unwrap_or_default())
    }

    /// The cookies that lock this device: an adult's link finds its pass again, and a phrase does.
    #[must_use]
    pub fn locked(app: &App) -> [Cookie<'static>; 2] {
        [PASSES, awake::COOKIE].map(|name| cookies::lasting(app, name, String::new(), Span::ZERO))
    }

    /// Nobody has touched this device for a while: an adult's pass on it needs its link, card or phrase again (`G5`).
    pub(super) fn sleeps(&mut self, app: &App) {
        if self.is_hall(app) {
            return;
        }
        let (conference, now) = (app.rooms.conference(), app.rooms.clock().now());
        let is_adults = |secret: &String| {
            conference.pass_of_device(secret, now, Permit::long()).is_some_and(|pass| pass.issued.role.is_adult())
        };
        self.secrets.retain(|secret| !is_adults(secret));
    }

    /// The cookies that take everything of whoever was here off this device, choices too (`G5`).
    #[must_use]
    pub fn nothing(app: &App) -> Vec<Cookie<'static>> {
        let choices = [LANG, CAME, DIGITS, REGISTER, THEME, COMFORT];
        let names = choices.into_iter().chain([phone_cookie(app), AT, PASSES, AGAIN, awake::COOKIE]);
        names.map(|name| cookies::lasting(app, name, String::new(), Span::ZERO)).collect()
    }
}

/// The secrets in a cookie, as many as one device holds; what looks like none of ours is none (`G12`).
pub(super) fn secrets(value: Option<String>) -> Vec<String> {
    let value = value.unwrap_or_default();
    let mut secrets: Vec<String> = Vec::new();
    for secret in value.split('.').filter(|secret| looks_like_a_secret(secret)) {
        if secrets.len() < MOST_PASSES && !secrets.iter().any(|known| known == secret) {
            secrets.push(secret.to_owned());
        }
    }
    secrets
}

/// A new device that shows a pass; returns its own secret.
///
/// # Errors
/// [`Failure`] if it could not be written down.
pub async fn sign_in(app: &App, pass: &Pass) -> Result<String, Failure> {
    let secret = app.phones.device_secret();
    let device = NewDevice { id: DeviceId(edge::fresh_id()), pass: pass.issued.id, digest: edge::digest(&secret) };
    app.rooms.conference().act(pass.who(), &Act::SignIn(device)).await?;
    Ok(secret)
}
