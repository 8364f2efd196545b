//! The islands: one for each page, and what they share.
//!
//! A page's island hydrates the same HTML that the server rendered, follows the session's feed, keeps the server's
//! time, and sends the page's own forms without leaving the page. Nothing critical depends on it: the forms work
//! without wasm.

pub mod clock;
pub mod feed;
pub mod later;
pub mod send;

#[cfg(any(feature = "ssr", feature = "phone"))]
pub mod audience;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod backstage;
#[cfg(any(feature = "ssr", feature = "team"))]
mod bell;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod console;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod desk;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod fit;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod interpreters;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod press;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod screen;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod stage;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod watch;
#[cfg(any(feature = "ssr", feature = "team"))]
pub mod writing;

/// An element's id. Its property is no answer: in a form a field called `id` stands in its place.
fn id(element: &web_sys::Element) -> Option<String> {
    element.get_attribute("id").filter(|id| !id.is_empty())
}
