//! The language of whoever has chosen none: a link's, which is kept in a cookie, and then `Accept-Language` (`L1`).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use nadwa_domain::Lang;
use serde::Deserialize;

use crate::http::visitor::{CAME, came_cookie};
use crate::http::{App, cookies};

/// So many entries of `Accept-Language` are read.
const MOST_WISHES: usize = 20;

#[derive(Default, Deserialize)]
struct Link {
    lang: Option<String>,
}

/// Whoever came into a session by a link in a language reads the next page in it as well, until they choose one. Other
/// pages are looked at in a language without taking it on.
pub async fn stays(State(app): State<App>, request: Request, next: Next) -> Response {
    let link: Link = serde_urlencoded::from_str(request.uri().query().unwrap_or_default()).unwrap_or_default();
    let before = cookies::ours(&app, request.headers()).get(CAME).and_then(|came| Lang::from_tag(came.value()));
    let path = request.uri().path();
    let comes = request.method() == Method::GET && path.starts_with("/s/") && !is_a_screen(path);
    let linked = link.lang.as_deref().and_then(Lang::from_tag).filter(|lang| comes && before != Some(*lang));
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    if let Some(lang) = linked.filter(|_| is_page)
        && let Ok(cookie) = came_cookie(&app, lang).to_string().parse()
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The preferred language of `Accept-Language` that the conference speaks. A screen belongs to the hall, and not to
/// whoever set up its computer.
pub fn asked_for(headers: &HeaderMap, path: &str, mut spoken: impl Iterator<Item = Lang>) -> Option<Lang> {
    let wishes = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().filter(|_| !is_a_screen(path))?;
    let spoken: Vec<Lang> = spoken.by_ref().collect();
    let mut wished: Vec<(u16, Lang)> = wishes.split(',').take(MOST_WISHES).filter_map(wish).collect();
    wished.retain(|(weight, lang)| *weight > 0 && spoken.contains(lang));
    // A stable sort: of two with the same weight the first counts.
    wished.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wished.first().map(|(_, lang)| *lang)
}

/// `fr-CH;q=0.9`: the language and its weight in thousandths.
fn wish(part: &str) -> Option<(u16, Lang)> {
    let mut words = part.split(';').map(str::trim);
    let tag = words.next()?.split('-').next()?.to_ascii_lowercase();
    let lang = Lang::all().find(|lang| lang.tag() == tag)?;
    let weight = words.find_map(|word| word.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
    let thousandths = weight.filter(|weight| (0.0..=1.0).contains(weight))? * 1000.0;
    Some((thousandths.round() as u16, lang))
}

fn is_a_screen(path: &str) -> bool {
    path == "/wall" || ["/screen", "/lower-third", "/feed"].iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(wishes: &str, path: &str, spoken: &[Lang]) -> Option<Lang> {
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, wishes.parse().unwrap())]);
        asked_for(&headers, path, spoken.iter().copied())
    }

    #[test]
    fn a_device_is_answered_in_the_first_of_its_languages_that_the_conference_speaks() {
        let all = [Lang::AR, Lang::EN, Lang::FR];
        for (wishes, expected) in [
            ("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", Some(Lang::FR)),
            ("de-DE,de;q=0.9,en;q=0.7,ar;q=0.8", Some(Lang::AR)),
            ("EN-us", Some(Lang::EN)),
            ("fr;q=0, en;q=0.1", Some(Lang::EN)),
            ("de, *;q=0.5", None),
            ("fr;q=9, ;;;, q=1", None),
        ] {
            assert_eq!(asked(wishes, "/", &all), expected, "{wishes}");
        }
        assert_eq!(asked("fr, en;q=0.5", "/", &[Lang::AR, Lang::EN]), Some(Lang::EN), "the conference has no French");
        assert_eq!(asked("fr", "/s/123456/screen", &all), None, "a wall is the hall's");
    }
}
