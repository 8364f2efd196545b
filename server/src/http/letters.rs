//! Letters (`G5`), the offline outbox: a request of a phone without a network waits encrypted in its browser, and is
//! still sent, whoever has the device by then.
//!
//! A phone's page brings two things along: a *seal*, the phone's token encrypted (AEAD) by a key of the server's, and a
//! key derived from the seal. With no network the service worker encrypts the request by that key and keeps it beside
//! the seal; the key it forgets, and the page that had it is `no-store`. So what is kept can be decrypted by the server
//! alone. It is sent without cookies: it is the phone's that it was written under, whoever the device belongs to now.
//! Since a command has an id, a letter that is sent twice, or from two devices, is one.

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use ring::aead::{AES_256_GCM, Aad, Algorithm, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::edge;
use crate::http::phones::{Held, bytes};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::permits::Permit;

/// Where letters are sent.
const ADDRESS: &str = "/letters";
/// The largest letter, in bytes: hex, and longer than a form may be.
const LARGEST: usize = 64 * 1024;

/// Stands before a letter of a browser without Web Crypto: there the page itself encrypts, in ChaCha20-Poly1305
/// (`plain.js`).
const PLAIN: char = 'x';

/// What a browser has kept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Letter {
    seal: String,
    data: String,
    /// The key beside the seal: the tab that wrote it has it, and no other.
    key: String,
}

/// What a phone's page brings along: the seal of its token, and the key for what is kept beside it.
#[must_use]
pub fn seal(app: &App, token: &str) -> Option<String> {
    let seal = encipher(&app.phones.key_for("seals"), token)?;
    let key = edge::hex(&app.phones.key_for(&key_of(&seal)));
    Some(format!("{seal}.{key}"))
}

/// Middleware: decrypts a letter and routes the request within, as the phone that wrote it. What cannot be decrypted
/// gets a 404.
pub async fn open(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.uri().path() != ADDRESS {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    let opened = (parts.method == Method::POST).then(|| read(&app, &body)).flatten();
    parts.headers.remove(header::COOKIE);
    let Some((phone, address, form)) = opened else { return next.run(Request::from_parts(parts, Body::empty())).await };
    // In the language of whoever is told.
    let told = parts.uri.query().and_then(|query| format!("{}?{query}", address.path()).parse().ok());
    parts.uri = told.unwrap_or(address);
    parts.extensions.insert(phone);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    bare(next.run(Request::from_parts(parts, Body::from(form))).await).await
}

/// An answer without what is the phone's own: whoever has the device now may hold the letter, and shall read by it
/// neither its words nor the questions before it (`G5`).
async fn bare(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let said: Said = serde_json::from_slice(&body).unwrap_or_default();
    let said = if said.refusal.is_some() { said } else { Said::default() };
    parts.headers.remove(header::SET_COOKIE);
    parts.headers.remove(header::LOCATION);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let status = if parts.status.is_redirection() { StatusCode::OK } else { parts.status };
    let mut answer = (status, Json(said)).into_response();
    for (name, value) in &parts.headers {
        answer.headers_mut().insert(name, value.clone());
    }
    answer
}

/// What the worker reads of an answer.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// `POST /letters/back`: what could not be delivered, to the phone that wrote it and to nobody else (`N8`); its words to
/// the tab alone that wrote them, which knows their key (`G5`).
pub async fn back(State(app): State<App>, visitor: Visitor, body: Bytes) -> Response {
    let letter: Letter = serde_urlencoded::from_bytes(&body).unwrap_or_default();
    let own = open_letter(&app, &letter).filter(|(held, ..)| visitor.phone() == Some(held.phone.id));
    let Some((_, address, form)) = own else { return answers::error_page(&app, &visitor, ErrorKind::NotFound) };
    let form = Some(form).filter(|_| app.phones.is_key_for(&key_of(&letter.seal), &letter.key, Permit::long()));
    Json(json!({ "path": address.path(), "form": form })).into_response()
}

fn read(app: &App, body: &[u8]) -> Option<(Held, Uri, String)> {
    open_letter(app, &serde_urlencoded::from_bytes(body).ok()?)
}

fn open_letter(app: &App, letter: &Letter) -> Option<(Held, Uri, String)> {
    let token = decipher(&app.phones.key_for("seals"), &letter.seal)?;
    let key = app.phones.key_for(&key_of(&letter.seal));
    let text = match letter.data.strip_prefix(PLAIN) {
        Some(data) => decipher_in(&CHACHA20_POLY1305, &key, data)?,
        None => decipher(&key, &letter.data)?,
    };
    let (path, form) = text.split_once('\n')?;
    let address = path.parse().ok().filter(|_| is_kept(path))?;
    Some((app.phones.verify(&token)?, address, form.to_owned()))
}

/// What is kept are questions and ballots; nothing else is done in somebody's name later.
fn is_kept(path: &str) -> bool {
    // An address without a query or anything that is not a path's: what is looked at is what is asked for.
    let parts: Vec<&str> = path.split('/').collect();
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    let ends = match parts[..] {
        ["", "s", code, "questions"] | ["", "s", code, "polls", _, "ballot"] => !code.is_empty(),
        _ => false,
    };
    plain && ends
}

fn key_of(seal: &str) -> String {
    format!("letter\0{seal}")
}

fn cipher(algorithm: &'static Algorithm, key: &[u8; 32]) -> Option<LessSafeKey> {
    Some(LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?))
}

/// Encrypts (AEAD), as hex: a nonce, and then the ciphertext with its tag. Browsers do the same with Web Crypto.
fn encipher(key: &[u8; 32], text: &str) -> Option<String> {
    let salt = edge::fresh_salt();
    let nonce = Nonce::try_assume_unique_for_key(salt.get(..NONCE_LEN)?).ok()?;
    let mut sealed = text.as_bytes().to_vec();
    cipher(&AES_256_GCM, key)?.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed).ok()?;
    Some(edge::hex(salt.get(..NONCE_LEN)?) + &edge::hex(&sealed))
}

/// Decrypts hex of a nonce and the ciphertext with its tag.
fn decipher(key: &[u8; 32], hex: &str) -> Option<String> {
    decipher_in(&AES_256_GCM, key, hex)
}

fn decipher_in(algorithm: &'static Algorithm, key: &[u8; 32], hex: &str) -> Option<String> {
    let mut sealed = bytes(hex)?;
    let (nonce, text) = sealed.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let plain = cipher(algorithm, key)?.open_in_place(nonce, Aad::empty(), text).ok()?;
    String::from_utf8(plain.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [[u8; 32]; 2] = [[7; 32], [8; 32]];

    fn written(key: &[u8; 32], text: &str) -> String {
        encipher(key, text).unwrap()
    }

    #[test]
    fn a_letter_of_a_page_without_web_crypto_is_read_too() {
        // As the library in `chacha.js` has written it: a key of ones, a nonce of twos.
        let written = format!("{}3eaf2a8a5504315eefe55501b730cb81072bd0fc02926b09", "02".repeat(12));
        assert_eq!(decipher_in(&CHACHA20_POLY1305, &[1; 32], &written).as_deref(), Some("سؤال"));
        assert_eq!(decipher(&[1; 32], &written), None, "each cipher reads its own");
    }

    #[test]
    fn a_letter_is_read_by_the_server_alone_and_goes_where_letters_go() {
        let sealed = written(&KEYS[0], "/s/123456/questions\nid=1&text=x");
        assert_eq!(decipher(&KEYS[0], &sealed).as_deref(), Some("/s/123456/questions\nid=1&text=x"));
        assert_eq!(decipher(&KEYS[1], &sealed), None, "in another key it is nothing");
        assert_ne!(written(&KEYS[0], "x"), written(&KEYS[0], "x"), "nothing tells that two are alike");
        for place in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[place] = if changed[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(decipher(&KEYS[0], &String::from_utf8(changed).unwrap()), None, "{place}");
        }
        for odd in ["", "0", "zz", "ن", &"0".repeat(40_001)] {
            assert_eq!(decipher(&KEYS[0], odd), None);
        }
        for path in ["/s/123456/questions", "/s/123456/polls/x/ballot"] {
            assert!(is_kept(path));
        }
        for path in ["/leave", "/s/123456/next", "/organizer/questions", "/s/1/../../leave"] {
            assert!(!is_kept(path), "{path}");
        }
    }
}
