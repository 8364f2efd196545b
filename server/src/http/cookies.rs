//! The cookies of a request, read with bounds (`G12`): ours alone, as many as there are kinds, as long as they may be.
//! Whatever else a client sends along is skipped in one pass, and costs no more than that.
//!
//! And the one way to set one: each has an end (`V3`).

use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use nadwa_domain::Span;

use crate::http::App;

/// The prefixes of our cookies' names: the plain one, and `__Host-` where there is TLS.
const OURS: [&str; 2] = ["nadwa_", "__Host-nadwa_"];
/// Most cookies of ours that are read. There are twelve kinds.
const MOST: usize = 16;
/// The longest that is read, in bytes; browsers keep none that is longer.
const LONGEST: usize = 4096;

/// Ours. Of one name the last counts.
pub fn ours(headers: &HeaderMap) -> CookieJar {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let ours = lines
        .flat_map(|line| line.split(';').map(str::trim))
        .filter(|cookie| cookie.len() <= LONGEST && OURS.iter().any(|name| cookie.starts_with(name)));
    let mut jar = CookieJar::new();
    for cookie in ours.take(MOST).filter_map(|cookie| Cookie::parse_encoded(cookie.to_owned()).ok()) {
        jar = jar.add(cookie);
    }
    jar
}

/// `Set-Cookie` of one of ours: `SameSite=Lax`, `HttpOnly`, with a `Max-Age` (`S11`). Without any time left it is
/// deleted.
pub fn lasting(app: &App, name: &'static str, value: String, lasts: Span) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.public_url.starts_with("https://"))
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
        ours(&headers)
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
    fn ten_thousand_cookies_and_one_of_sixty_kilobytes_are_passed_over() {
        let many: String = (0..10_000).map(|n| format!("nadwa_{n}=1;")).collect();
        assert_eq!(jar(&[&many]).iter().count(), MOST);
        assert_eq!(jar(&[&format!("nadwa_pass={}", "f".repeat(60_000))]).iter().count(), 0);
    }
}
