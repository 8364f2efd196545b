//! The form for a question, what is said before it (`S6`), and the thanks after it (`S3`).

use leptos::prelude::*;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::audience::AudienceView;

use super::{Phone, draft};
use crate::live::feed::Link;
use crate::parts::{FieldRefusal, Message, Shape};
use crate::words;

/// Digits in a row of words that look like somebody's number (`S15`).
const NUMBER_LIKE: usize = 6;

/// The form stays in the page while it cannot be used, only hidden: what was typed in it is never lost.
pub(super) fn ask(phone: Phone, typed: &str) -> impl IntoView + use<> {
    let r = phone.reader;
    let closed = Memo::new(move |_| phone.view.with(takes_nothing));
    let private = RwSignal::new(false);
    let typing = move |_| {
        let Some(area) = phone.text.get_untracked() else { return };
        let text = area.value();
        phone.code.with_value(|code| draft::keep(code, &text));
        phone.writing.set(!text.is_empty());
        private.set(may_be_private(&text));
    };
    view! {
        {move || closed.get().then(|| intake_closed(phone))}
        {move || phone.thanks.get().map(|text| thanks(phone, text))}
        <form
            class="box"
            method="post"
            action=phone.to("questions")
            hidden=move || phone.thanks.with(Option::is_some) || !phone.asks()
        >
            <input type="hidden" name="id" value=move || phone.mine.with(|mine| mine.fresh.to_string())/>
            <label for="text">{words::audience::form_label(r)}</label>
            <p class="note" id="notice">
                {words::audience::notice(r)}
            </p>
            <textarea
                id="text"
                name="text"
                rows="3"
                placeholder=words::audience::placeholder(r)
                aria-describedby="notice refusal"
                aria-invalid=move || phone.refused.with(|refused| if refused.is_some() { "true" } else { "false" })
                node_ref=phone.text
                on:input=typing
                inner_html=escaped(typed)
            ></textarea>
            {move || private.get().then(|| view! { <p class="note">{words::audience::nudge(r)}</p> })}
            {move || view! { <FieldRefusal id="refusal" sentence=phone.refused.get()/> }}
            <button class=move || if lost(phone) { "button main waits" } else { "button main" } data-moment="question">
                <Shape name="question"/>
                {move || if lost(phone) { words::link::send_later(r) } else { words::audience::send(r) }}
            </button>
        </form>
    }
}

fn lost(phone: Phone) -> bool {
    phone.link.get() == Link::Lost
}

/// Whether questions would be asked now, if only somebody could read them (`S7`).
fn takes_nothing(view: &AudienceView) -> bool {
    view.phase == PhaseView::Open && !view.paused && !view.intake_open
}

fn intake_closed(phone: Phone) -> impl IntoView {
    let r = phone.reader;
    let text = [words::audience::intake_closed(r), "\n", words::audience::intake_closed_why(r)].concat();
    view! { <Message moment="plain" shape="hold" text/> }
}

/// In the place of the form; another question is one press away.
fn thanks(phone: Phone, text: String) -> impl IntoView {
    let again = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        phone.thanks.set(None);
    };
    view! {
        <div class="stack">
            <Message moment="speech" shape="check" text/>
            <a class="button" href=phone.home() on:click=again>
                {words::audience::another(phone.reader)}
            </a>
        </div>
    }
}

/// A nudge and no more: a number, an address, a handle may be in the text (`S15`).
fn may_be_private(text: &str) -> bool {
    let digits = text.chars().filter(|c| matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')).count();
    digits >= NUMBER_LIKE || text.contains('@') || text.contains("://")
}

/// As content of a text area, where tags mean nothing and only its own end could.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_handles_are_noticed_in_any_digits() {
        for private in ["رقمي ٥٥١ ٢٣٤٤٥", "call +974 4401 1222", "أنا @sara", "http://x.example"] {
            assert!(may_be_private(private), "{private}");
        }
        assert!(!may_be_private("الجلسة من 10:30، والسؤال 3؟"));
    }

    #[test]
    fn what_was_typed_cannot_end_the_text_area() {
        assert_eq!(escaped("</textarea>&amp;"), "&lt;/textarea>&amp;amp;");
    }
}
