//! `nadwa venue` (`V6`): which of this machine's addresses phones can open, what the venue's DNS needs, and the sheet for
//! the hall's door.

use std::fmt::Write;

use nadwa_app::words::{Digits, Reader, venue as words};
use nadwa_domain::Lang;
use nadwa_domain::conference::code::Code;

use crate::config;
use crate::http::{probes, public};
use crate::reach::{self, Reach};
use crate::{log, private};

/// Does it.
///
/// # Errors
/// A sentence for the operator: no code is made that no phone can open.
pub fn run(venue: &config::Venue) -> Result<(), String> {
    let listen = &venue.listen;
    let scheme = if listen.tls_cert.is_some() { "https" } else { "http" };
    let seen = || format!("{scheme}://{}", reach::seen_at(listen.addr));
    let address = listen.public_url.clone().unwrap_or_else(seen);
    log::print(&told(&address));
    if reach::is_nobodys(&address) {
        return Err(format!(
            "no code is made of {address}: no phone can open it. Start with --addr 0.0.0.0:4700, or say --public-url"
        ));
    }
    let Some(file) = &venue.sheet else { return Ok(()) };
    let page = sheet(venue, &address)?;
    private::write(file, page.as_bytes()).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    log::print(&format!("\nThe sheet for the door: {}\n", file.display()));
    Ok(())
}

fn told(address: &str) -> String {
    let mut text = "Addresses of this machine:\n".to_owned();
    for own in reach::addresses() {
        let reach = match own.reach {
            Reach::Phones => "phones in this network can open it, unless its access points keep devices apart",
            Reach::Inside => "of programs on this machine; no phone can open it",
            Reach::NoLease => "the network has given no address; no phone can open it",
            Reach::Itself => "this machine alone",
        };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "  {:<40} {}: {reach}", own.ip.to_string(), own.device);
    }
    let _ = writeln!(text, "\nPhones are told: {address}");
    text + "\n" + &dns()
}

/// For dnsmasq, which most small routers run.
fn dns() -> String {
    let first = reach::addresses().into_iter().find(|own| own.reach == Reach::Phones && own.ip.is_ipv4());
    let Some(own) = first else { return String::new() };
    let mut text =
        "A Wi-Fi without Internet: phones stay on it if the server listens at port 80 with --answer-probes, and the\n\
        router's DNS (dnsmasq, OpenWrt: /etc/dnsmasq.conf) has these lines, and none for other names:\n\n"
            .to_owned();
    for name in probes::names() {
        let _ = writeln!(text, "  address=/{name}/{}", own.ip);
    }
    // Windows asks for this name's address alone, and knows which one it has to be.
    text + "  address=/dns.msftncsi.com/131.107.255.255\n\nPhones with Android may still ask whether to stay: they ask by TLS as well.\n"
}

/// One page: the Wi-Fi's code and the session's, in three languages.
fn sheet(venue: &config::Venue, address: &str) -> Result<String, String> {
    let session = match venue.session.as_deref().map(nadwa_app::words::numbers::parse_code) {
        Some(typed) => Some(Code::parse(&typed).ok_or("--session takes the digits of a session's code")?),
        None => None,
    };
    fits(venue)?;
    let link = session.as_ref().map_or_else(|| address.to_owned(), |code| format!("{address}/j/{}", code.as_str()));
    let wifi = venue.wifi.as_deref().map(|name| {
        let of = |r| words::wifi(r, name);
        part(of, &wifi_code(name, venue.wifi_password.as_deref()), venue.wifi_password.as_deref().unwrap_or_default())
    });
    let open = part(|r| words::then(r).to_owned(), &link, session.as_ref().map_or(address, Code::as_str));
    let stay: String = readers().map(|r| said(r, words::stay(r), "p")).collect();
    let wifi = wifi.unwrap_or_default();
    Ok(format!(
        "<!DOCTYPE html><html lang=ar dir=rtl><meta charset=utf-8><title>Nadwa</title>{STYLE}{wifi}{open}<footer>{stay}</footer></html>\n"
    ))
}

const STYLE: &str = "<style>@page{margin:12mm}body{font:18pt/1.5 'Noto Sans Arabic','Noto Sans',sans-serif;text-align:center;color:#000;background:#fff}\
    section{break-inside:avoid;margin-block:8mm}h2{font-size:18pt;margin:0}svg{inline-size:62mm;block-size:62mm;padding:6mm}\
    b{font-size:30pt;letter-spacing:.06em;direction:ltr;unicode-bidi:isolate}p{font-size:12pt;margin:0}</style>";

fn readers() -> impl Iterator<Item = Reader> {
    [Lang::AR, Lang::EN, Lang::FR].into_iter().map(|lang| Reader::new(lang, Digits::Latin))
}

fn part(heading: impl Fn(Reader) -> String, code: &str, typed: &str) -> String {
    let headings: String = readers().map(|r| said(r, &heading(r), "h2")).collect();
    let square = public::qr(code);
    let size = square.size;
    let path = square.path;
    format!(
        "<section>{headings}<svg viewBox=\"0 0 {size} {size}\" shape-rendering=crispEdges><path d=\"{path}\"/></svg><div><b>{}</b></div></section>",
        escaped(typed)
    )
}

fn said(r: Reader, sentence: &str, tag: &str) -> String {
    format!("<{tag} lang={} dir={}>{}</{tag}>", r.lang.tag(), r.lang.dir().as_str(), escaped(sentence))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether there can be such a network: a code that no phone joins by is paper for the bin.
fn fits(venue: &config::Venue) -> Result<(), String> {
    let name = venue.wifi.as_deref().is_none_or(|name| (1..=32).contains(&name.len()));
    let word = |word: &&str| !word.is_empty();
    let word = venue.wifi_password.as_deref().filter(word).is_none_or(|word| (8..=63).contains(&word.len()));
    match (name, word) {
        (false, _) => Err("--wifi: a network's name has 1 to 32 letters (16 Arabic ones)".to_owned()),
        (true, false) => Err("--wifi-password: a network's password has 8 to 63 letters".to_owned()),
        (true, true) => Ok(()),
    }
}

/// What cameras of phones join a Wi-Fi by. Five characters have a meaning of their own in it.
fn wifi_code(name: &str, password: Option<&str>) -> String {
    let plain = |text: &str| {
        let escape = |c: char| if "\\;,\":".contains(c) { vec!['\\', c] } else { vec![c] };
        text.chars().flat_map(escape).collect::<String>()
    };
    match password.filter(|password| !password.is_empty()) {
        Some(password) => format!("WIFI:T:WPA;S:{};P:{};;", plain(name), plain(password)),
        None => format!("WIFI:T:nopass;S:{};;", plain(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_joins_by_what_its_camera_reads_whatever_the_network_is_called() {
        assert_eq!(wifi_code("قاعة", None), "WIFI:T:nopass;S:قاعة;;");
        assert_eq!(wifi_code("a;b", Some("p:\"\\,")), "WIFI:T:WPA;S:a\\;b;P:p\\:\\\"\\\\\\,;;");
        assert_eq!(escaped("<b>&\""), "&lt;b&gt;&amp;&quot;");
    }
}
