//! The questions by which phones and computers find out whether a network leads anywhere (`V6`), answered as each of them
//! expects, so that they stay on a Wi-Fi without Internet. Only where the operator asks for it: the venue's own DNS leads
//! the names that are asked for here. No page of ours has the path of a question; the first page is a name's alone.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

/// A question, and its answer to the byte.
struct Probe {
    /// Who asks.
    host: &'static str,
    path: &'static str,
    status: StatusCode,
    kind: &'static str,
    body: &'static str,
}

const fn says(host: &'static str, path: &'static str, kind: &'static str, body: &'static str) -> Probe {
    Probe { host, path, status: StatusCode::OK, kind, body }
}

const fn nothing(host: &'static str, path: &'static str) -> Probe {
    Probe { host, path, status: StatusCode::NO_CONTENT, kind: "", body: "" }
}

const HTML: &str = "text/html";
const TEXT: &str = "text/plain";
const APPLE: &str = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n";
const GNOME: &str = "NetworkManager is online\n";

/// Apple, Android, Windows, GNOME and its distributions, KDE, Firefox.
const PROBES: [Probe; 18] = [
    says("captive.apple.com", "/hotspot-detect.html", HTML, APPLE),
    says("captive.apple.com", "/", HTML, APPLE),
    says("www.apple.com", "/library/test/success.html", HTML, APPLE),
    nothing("connectivitycheck.gstatic.com", "/generate_204"),
    nothing("connectivitycheck.android.com", "/generate_204"),
    nothing("clients3.google.com", "/generate_204"),
    nothing("www.google.com", "/gen_204"),
    nothing("www.google.com", "/generate_204"),
    nothing("play.googleapis.com", "/generate_204"),
    says("www.msftconnecttest.com", "/connecttest.txt", TEXT, "Microsoft Connect Test"),
    says("ipv6.msftconnecttest.com", "/connecttest.txt", TEXT, "Microsoft Connect Test"),
    says("www.msftncsi.com", "/ncsi.txt", TEXT, "Microsoft NCSI"),
    says("nmcheck.gnome.org", "/check_network_status.txt", TEXT, GNOME),
    says("network-test.debian.org", "/nm", TEXT, GNOME),
    nothing("connectivity-check.ubuntu.com", "/"),
    says("fedoraproject.org", "/static/hotspot.txt", TEXT, "OK"),
    says("networkcheck.kde.org", "/", TEXT, "OK\n"),
    says("detectportal.firefox.com", "/success.txt", TEXT, "success\n"),
];

/// The names whose questions are answered and whose sites nobody in a hall would miss: for the venue's DNS. A whole search
/// engine or shop is never led here.
pub fn names() -> impl Iterator<Item = &'static str> {
    let whole = ["www.apple.com", "www.google.com", "clients3.google.com", "play.googleapis.com", "fedoraproject.org"];
    let mut names: Vec<&str> = PROBES.iter().map(|probe| probe.host).filter(|host| !whole.contains(host)).collect();
    names.dedup();
    names.into_iter()
}

/// Answers them before anything else is looked at.
pub fn around(router: Router) -> Router {
    Router::new().fallback_service(router).layer(from_fn(answer))
}

async fn answer(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).or(request.uri().host());
    let host = host.unwrap_or_default().split(':').next().unwrap_or_default().to_ascii_lowercase();
    let asked =
        PROBES.iter().find(|probe| probe.path == request.uri().path() && (probe.host == host || probe.path != "/"));
    let Some(probe) = asked else { return next.run(request).await };
    let mut answer = (probe.status, [(header::CACHE_CONTROL, "no-store")], probe.body).into_response();
    answer.headers_mut().remove(header::CONTENT_TYPE);
    if !probe.kind.is_empty() {
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(probe.kind));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_venue_leads_no_whole_site_here() {
        let names: Vec<_> = names().collect();
        assert!(names.contains(&"captive.apple.com") && names.contains(&"www.msftconnecttest.com"), "{names:?}");
        assert!(!names.iter().any(|name| ["www.google.com", "www.apple.com"].contains(name)), "{names:?}");
        assert_eq!(APPLE.len(), 69);
    }
}
