//! Sending the page's own forms without leaving the page.
//!
//! Every control is a form that works without wasm. With it, one listener on the island takes each submit, sends the
//! same fields, and shows the sentence of a refusal; what changed comes back by the feed.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, FormData, Headers, HtmlButtonElement, HtmlFormElement, RequestInit, Response, SubmitEvent,
    UrlSearchParams,
};

use crate::live::feed::{self, Link};
use crate::wire::{Answer, json};
use crate::words::{self, Reader};

/// Time-out of a request, in milliseconds.
const PATIENCE_MS: u32 = 10_000;

/// How a send ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has it on disk.
    Done(Answer),
    /// The server says no, and why, in the reader's language.
    Refused(Answer),
    /// Nothing came back: it may or may not have arrived, and may be sent again as it is.
    Unreachable,
}

impl Outcome {
    /// What to tell the person; nothing if what happened speaks for itself.
    #[must_use]
    pub fn sentence(&self, reader: Reader) -> Option<String> {
        match self {
            Self::Done(answer) => answer.message.clone(),
            // A proxy on the way refused it with a body that is not ours.
            Self::Refused(answer) => {
                Some(answer.message.clone().unwrap_or_else(|| words::refusal::not_saved(reader).to_owned()))
            }
            Self::Unreachable => Some(words::link::not_sent(reader).to_owned()),
        }
    }
}

/// A form as a request: its action and its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its action.
    pub action: String,
    /// Its fields, URL-encoded.
    pub body: String,
}

impl Letter {
    /// The form that was submitted, with the pressed button's own value.
    #[must_use]
    pub fn of(event: &SubmitEvent) -> Option<(Self, HtmlFormElement)> {
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let data = FormData::new_with_form(&form).ok()?;
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
        if let Some(button) = event.submitter().and_then(|by| by.dyn_into::<HtmlButtonElement>().ok())
            && !button.name().is_empty()
        {
            fields.append(&button.name(), &button.value());
        }
        let body = fields.to_string().as_string().unwrap_or_default();
        Some((Self { action: form.action(), body }, form))
    }

    /// Sends it. Safe to repeat: the ids in it make a repeated submit the same command.
    pub async fn send(&self) -> Outcome {
        exchange(&self.action, Some(&self.body)).await
    }
}

/// Asks for what changes nothing, and hears an [`Answer`].
pub async fn get(address: &str) -> Outcome {
    exchange(address, None).await
}

async fn exchange(address: &str, body: Option<&str>) -> Outcome {
    let Ok((status, text)) = try_exchange(address, body).await else {
        feed::say(Link::Lost);
        return Outcome::Unreachable;
    };
    let answer = json::read::<Answer>(&text);
    match answer {
        Ok(answer) if status < 300 => Outcome::Done(answer),
        // A reverse proxy that cannot reach the server answers in its place (502, 504).
        Err(_) if status >= 500 => Outcome::Unreachable,
        answer => Outcome::Refused(answer.unwrap_or_default()),
    }
}

/// The status and the body of an answer, whatever it is.
///
/// # Errors
/// If nothing came back in time.
pub(crate) async fn try_exchange(address: &str, body: Option<&str>) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let patience = AbortController::new()?;
    let init = RequestInit::new();
    if let Some(body) = body {
        headers.set("content-type", "application/x-www-form-urlencoded")?;
        init.set_method("POST");
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    init.set_signal(Some(&patience.signal()));
    // Dropped with the answer, and then it never fires.
    let _give_up = Timeout::new(PATIENCE_MS, move || patience.abort());
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await?;
    let response: Response = answer.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response.status(), text))
}

/// Whether the form's answer is a page of its own, which the browser shows in place of this one.
#[must_use]
pub fn is_whole(event: &SubmitEvent) -> bool {
    let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    form.is_some_and(|form| form.has_attribute("data-whole"))
}

/// Takes every submit of an island; `done` hears how it ended. A form that is on its way is not sent twice.
pub fn intercept(event: &SubmitEvent, done: impl FnOnce(Outcome, HtmlFormElement) + 'static) {
    let Some((letter, form)) = Letter::of(event) else { return };
    event.prevent_default();
    post(letter, form, done);
}

/// Sends a form's request; a form whose request is in flight is not sent twice.
pub fn post(letter: Letter, form: HtmlFormElement, done: impl FnOnce(Outcome, HtmlFormElement) + 'static) {
    if form.has_attribute("data-busy") {
        return;
    }
    // Not `disabled`: that would take the focus away from whoever uses a keyboard.
    let _ = form.set_attribute("data-busy", "");
    spawn_local(async move {
        let outcome = letter.send().await;
        let _ = form.remove_attribute("data-busy");
        done(outcome, form);
    });
}

/// Puts what a press was answered into `notice`: a sentence, or nothing.
pub fn say(notice: RwSignal<Option<String>>, outcome: &Outcome, reader: Reader) {
    notice.set(outcome.sentence(reader));
}
