//! The cookies of a request, read with bounds (`G12`): ours alone, as many as there are kinds, as long as they may be.
//! Whatever else a client sends along is skipped in one pass, and costs no more than that.
//!
//! And the one way to set one: each has an end (`V3`).

use std::borrow::Cow;

use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use nadwa_domain::Span;

use crate::http::App;

/// Every cookie of ours, by the name that it has without TLS.
const OURS: [&str; 12] = [
    "nadwa_lang",
    "nadwa_came",
    "nadwa_digits",
    "nadwa_words",
    "nadwa_theme",
    "nadwa_comfort",
    "nadwa_phone",
    "nadwa_at",
    "nadwa_pass",
    "nadwa_again",
    "nadwa_awake",
    "nadwa_screen",
];
/// What somebody is on this device: where there is TLS their names begin with [`HOST`], so that no neighbour's host can
/// set them (`G3`, `G5`).
const OF_HOST: [&str; 4] = ["nadwa_pass", "nadwa_again", "nadwa_awake", "nadwa_screen"];
/// The prefix of cookies that browsers take from this very host alone.
const HOST: &str = "__Host-";
/// The longest that is read, in bytes; browsers keep none that is longer.
const LONGEST: usize = 4096;

/// Ours, each once: of one name the first counts.
pub fn ours(app: &App, headers: &HeaderMap) -> CookieJar {
    read(headers, has_tls(app))
}

fn has_tls(app: &App) -> bool {
    app.public_url.starts_with("https://")
}

fn read(headers: &HeaderMap, tls: bool) -> CookieJar {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut jar = CookieJar::new();
    for cookie in lines.flat_map(|line| line.split(';').map(str::trim)).filter(|cookie| cookie.len() <= LONGEST) {
        let Some(name) = cookie.split('=').next().and_then(|name| known(name.trim(), tls)) else { continue };
        if jar.get(name).is_none()
            && let Ok(mut cookie) = Cookie::parse_encoded(cookie.to_owned())
        {
            if OF_HOST.contains(&name) {
                cookie.set_name(name.to_owned());
            }
            jar = jar.add(cookie);
        }
    }
    jar
}

/// The name under which a cookie is read; none of a name that is not ours, or not ours where there is TLS.
fn known(name: &str, tls: bool) -> Option<&str> {
    let plain = name.strip_prefix(HOST);
    match plain {
        // The phone's has both names, and whoever reads it chooses.
        Some("nadwa_phone") => Some(name),
        Some(of_host) => Some(of_host).filter(|name| tls && OF_HOST.contains(name)),
        None => Some(name).filter(|name| OURS.contains(name) && !(tls && OF_HOST.contains(name))),
    }
}

/// The name under which one of ours is set.
pub fn name_of(app: &App, name: &'static str) -> Cow<'static, str> {
    if has_tls(app) && OF_HOST.contains(&name) { format!("{HOST}{name}").into() } else { Cow::Borrowed(name) }
}

/// `Set-Cookie` of one of ours: `SameSite=Lax`, `HttpOnly`, with a `Max-Age` (`S11`). Without any time left it is
/// deleted.
pub fn lasting(app: &App, name: &'static str, value: String, lasts: Span) -> Cookie<'static> {
    Cookie::build((name_of(app, name), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(has_tls(app))
        .max_age(time::Duration::milliseconds(lasts.0.max(0)))
        .build()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn jar(lines: &[&str]) -> CookieJar {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        read(&headers, false)
    }

    #[test]
    fn our_cookies_are_found_among_those_of_others_and_in_several_lines() {
        let jar =
            jar(&["other=1; nadwa_lang=fr;nadwa_pass=a.b", "نص=1; nadwa_digits=latin", "__Host-nadwa_phone=x%20y"]);
        let value = |name| jar.get(name).map(Cookie::value);
        assert_eq!((value("nadwa_lang"), value("nadwa_pass")), (Some("fr"), Some("a.b")));
        assert_eq!((value("__Host-nadwa_phone"), value("other")), (Some("x y"), None));
    }

    #[test]
    fn ten_thousand_cookies_and_one_of_sixty_kilobytes_push_none_of_ours_out() {
        let many: String = (0..10_000).map(|n| format!("nadwa_{n}=1;")).collect();
        let all = jar(&[&many, "nadwa_pass=a", "nadwa_pass=b"]);
        assert_eq!((all.iter().count(), all.get("nadwa_pass").map(Cookie::value)), (1, Some("a")));
        assert_eq!(jar(&[&format!("nadwa_pass={}", "f".repeat(60_000))]).iter().count(), 0);
    }

    #[test]
    fn where_there_is_tls_no_neighbours_host_sets_who_somebody_is() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("nadwa_pass=theirs; __Host-nadwa_pass=own; nadwa_lang=fr"),
        );
        let value = |tls, name| read(&headers, tls).get(name).map(|cookie| cookie.value().to_owned());
        assert_eq!((value(true, "nadwa_pass"), value(true, "nadwa_lang")), (Some("own".into()), Some("fr".into())));
        assert_eq!(value(false, "nadwa_pass"), Some("theirs".into()));
    }
}
