//! Sending the page's own forms without leaving the page.
//!
//! Every control is a form that works without wasm. With it, one listener on the island takes each submit, sends the
//! same fields, and shows the sentence of a refusal; what changed comes back by the feed.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Headers, HtmlButtonElement, HtmlFormElement, RequestInit, Response, SubmitEvent, UrlSearchParams};

use crate::live::feed::{self, Link};
use crate::wire::Answer;

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

/// A form on its way: where it goes, and its fields.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its address.
    pub action: String,
    /// Its fields, URL-encoded.
    pub body: String,
}

impl Letter {
    /// The form that was submitted, with the pressed button's own value.
    #[must_use]
    pub fn of(event: &SubmitEvent) -> Option<(Self, HtmlFormElement)> {
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let fields = UrlSearchParams::new().ok()?;
        let data = web_sys::FormData::new_with_form(&form).ok()?;
        js_sys::Array::from(&data).iter().for_each(|pair| {
            let pair = js_sys::Array::from(&pair);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                fields.append(&name, &value);
            }
        });
        if let Some(button) = event.submitter().and_then(|s| s.dyn_into::<HtmlButtonElement>().ok())
            && !button.name().is_empty()
        {
            fields.append(&button.name(), &button.value());
        }
        let body = fields.to_string().as_string().unwrap_or_default();
        Some((Self { action: form.action(), body }, form))
    }

    /// Sends it. Safe to repeat: the ids in it make a repeated submit the same command.
    pub async fn send(&self) -> Outcome {
        match self.try_send().await {
            Ok((status, text)) => {
                let answer: Answer = serde_json::from_str(&text).unwrap_or_default();
                if status < 300 { Outcome::Done(answer) } else { Outcome::Refused(answer) }
            }
            Err(_) => {
                feed::say(Link::Lost);
                Outcome::Unreachable
            }
        }
    }

    async fn try_send(&self) -> Result<(u16, String), JsValue> {
        let headers = Headers::new()?;
        headers.set("content-type", "application/x-www-form-urlencoded")?;
        headers.set("accept", "application/json")?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_headers(&headers);
        init.set_body(&JsValue::from_str(&self.body));
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let response: Response =
            JsFuture::from(window.fetch_with_str_and_init(&self.action, &init)).await?.dyn_into()?;
        let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
        Ok((response.status(), text))
    }
}

/// Takes every submit of an island; `done` hears how it ended. A form that is on its way is not sent twice.
pub fn intercept(event: &SubmitEvent, done: impl Fn(Outcome, HtmlFormElement) + 'static) {
    let Some((letter, form)) = Letter::of(event) else { return };
    event.prevent_default();
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

/// What the last press was answered, as a sentence that stays a few seconds.
pub fn say(notice: RwSignal<Option<String>>, outcome: &Outcome, unreachable: &str) {
    let sentence = match outcome {
        Outcome::Done(answer) | Outcome::Refused(answer) => answer.message.clone(),
        Outcome::Unreachable => Some(unreachable.to_owned()),
    };
    notice.set(sentence);
}
