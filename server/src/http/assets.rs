//! What the bundle made, embedded in the release binary and precompressed; read from disk while developing.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use nadwa_app::pages::Assets;
use rust_embed::{Embed, EmbeddedFile};

use crate::http::App;

#[derive(Embed)]
#[folder = "../target/site"]
struct Site;

/// Names of what the bundle made.
///
/// # Errors
/// A sentence for the operator if the bundle was not made.
pub fn assets() -> Result<Assets, String> {
    let missing = "the browser bundle is missing: build with `make build`, or run with `make run`";
    let index = Site::get("assets.json").ok_or(missing)?;
    let names: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(&index.data).map_err(|error| format!("the bundle's index cannot be read: {error}"))?;
    let name = |key: &str| names.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let list = |key: &str| names.get(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
    let fonts = |key: &str| list(key).iter().filter_map(|v| v.as_str()).map(str::to_owned).collect();
    Ok(Assets {
        build: name("build"),
        phone: name("phone"),
        team: name("team"),
        phone_css: name("phone.css"),
        team_css: name("team.css"),
        screen_css: name("screen.css"),
        whole_css: name("nadwa.css"),
        arabic_fonts: fonts("preload-arabic"),
        latin_fonts: fonts("preload-latin"),
    })
}

/// Everything under `/pkg`, `/fonts`, `/icons`, and the few files at the root.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/pkg/{*file}", get(|Path(file): Path<String>, headers: HeaderMap| async move {
            serve(&format!("pkg/{file}"), &headers, true)
        }))
        .route("/fonts/{*file}", get(|Path(file): Path<String>, headers: HeaderMap| async move {
            serve(&format!("fonts/{file}"), &headers, true)
        }))
        .route("/icons/{*file}", get(|Path(file): Path<String>, headers: HeaderMap| async move {
            serve(&format!("icons/{file}"), &headers, false)
        }))
        .route("/manifest.webmanifest", get(|headers: HeaderMap| async move { serve("manifest.webmanifest", &headers, false) }))
        .route("/robots.txt", get(|headers: HeaderMap| async move { serve("robots.txt", &headers, false) }))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { serve("icons/favicon.svg", &headers, false) }))
}

/// Serves a file; what has a hash in its name is `immutable` for a year.
fn serve(path: &str, headers: &HeaderMap, hashed: bool) -> Response {
    let Some((file, encoding)) = smallest(path, headers) else { return StatusCode::NOT_FOUND.into_response() };
    let keep = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let mut response = file.data.into_owned().into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The precompressed file by `Accept-Encoding`, else the plain one.
fn smallest(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if accepts.contains(encoding)
            && let Some(file) = Site::get(&format!("{path}.{suffix}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Site::get(path).map(|file| (file, None))
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "wasm" => "application/wasm",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
