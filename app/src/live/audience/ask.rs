//! The form for a question, what is said before it (`S6`), and the thanks after it (`S3`).

use leptos::prelude::*;

use super::{Hall, Phone, draft, part};
use crate::live::feed::Link;
use crate::parts::given::still;
use crate::parts::{FieldRefusal, Message, Shape, TextArea};
use crate::words::{self, Reader};

/// The id of the way to another question: where the focus goes once the form is away.
pub(super) const ANOTHER: &str = "another";

/// So many digits in a text look like somebody's number (`S15`).
const NUMBER_LIKE: usize = 6;

/// The form stays in the page while it cannot be used, only hidden: what was typed in it is never lost.
pub(super) fn ask(hall: Hall, phone: &Phone) -> impl IntoView + use<> {
    let r = phone.place.reader;
    let closed = (phone.goes_on() && !phone.view.intake_open).then(|| intake_closed(r));
    let thanks = phone.thanks.clone().filter(|_| phone.goes_on()).map(|text| thanks(hall, phone, text));
    let lost = phone.link == Link::Lost;
    view! {
        {closed}
        {thanks}
        <form
            class="box"
            method="post"
            action=phone.to(&["/questions"])
            hidden=phone.thanks.is_some() || !phone.asks()
            on:input:capture=move |_| typing(hall)
        >
            <input type="hidden" name="id" value=phone.mine.fresh.to_string()/>
            <label for=draft::TEXT>{words::audience::form_label(r)}</label>
            {still("notice")}
            <TextArea
                text=phone.typed.clone()
                attr:id=draft::TEXT
                attr:name="text"
                attr:rows="2"
                attr:placeholder=words::audience::placeholder(r)
                attr:aria-describedby="notice refusal"
                attr:aria-invalid=if phone.refused.is_some() { "true" } else { "false" }
            />
            {still("said")}
            {phone.private.then(|| view! { <p class="note">{words::audience::nudge(r)}</p> })}
            <FieldRefusal id="refusal" sentence=phone.refused.clone()/>
            <button class=if lost { "button main waits" } else { "button main" } data-moment="question">
                <Shape name="question"/>
                {if lost { words::link::send_later(r) } else { words::audience::send(r) }}
            </button>
            {still("more")}
        </form>
    }
}

/// Keeps the text; the page is rendered again only if something in it changes.
fn typing(hall: Hall) {
    let Some(text) = draft::area().map(|area| area.value()) else { return };
    let (writing, private) = (!text.is_empty(), may_be_private(&text));
    let same = hall.phone.with_untracked(|phone| {
        draft::keep(&phone.code, &text);
        (phone.writing, phone.private) == (writing, private)
    });
    if !same {
        hall.phone.update(|phone| (phone.writing, phone.private) = (writing, private));
    }
}

/// Nobody could read questions now (`S7`).
fn intake_closed(r: Reader) -> impl IntoView {
    let text = [words::audience::intake_closed(r), "\n", words::audience::intake_closed_why(r)].concat();
    view! { <Message moment="plain" shape="hold" text/> }
}

/// In the place of the form; another question is one press away.
fn thanks(hall: Hall, phone: &Phone, text: String) -> impl IntoView + use<> {
    let again = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        hall.phone.update(|phone| phone.thanks = None);
        part::focus_soon(draft::TEXT);
    };
    view! {
        <div class="stack">
            <Message moment="speech" shape="check" text still=true/>
            <a class="button" id=ANOTHER href=phone.to(&[]) on:click:capture=again>
                {words::audience::another(phone.place.reader)}
            </a>
        </div>
    }
}

/// A nudge and no more: a number, an address, a handle may be in the text (`S15`).
fn may_be_private(text: &str) -> bool {
    let digits = text.chars().filter(|c| matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')).count();
    digits >= NUMBER_LIKE || text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_handles_are_noticed_in_any_digits() {
        for private in ["رقمي ٥٥١ ٢٣٤٤٥", "call +974 4401 1222", "أنا @sara"] {
            assert!(may_be_private(private), "{private}");
        }
        assert!(!may_be_private("الجلسة من 10:30، والسؤال 3؟"));
    }
}
