//! What a recommendation can be made of: questions, papers, polls of its session.

use leptos::prelude::*;
use nadwa_domain::Phrase;

use crate::parts::Said;
use crate::words::Reader;

/// One thing that was said, and the fields of a new recommendation that it fills.
#[derive(Clone, Debug)]
pub struct Source {
    pub text: Phrase,
    pub fields: Vec<(String, String)>,
}

/// The list, folded: what it is called, and what each button says. A press fills the form of a new one.
pub(super) fn list(
    r: Reader,
    base: &str,
    (title, press): (&'static str, &'static str),
    sources: Vec<Source>,
) -> Option<impl IntoView + use<>> {
    let action = base.to_owned();
    (!sources.is_empty()).then(|| {
        let each = sources.into_iter().map(|source| {
            let fields = source.fields.into_iter();
            let fields = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
            view! {
                <li>
                    <p><Said phrase=source.text/></p>
                    <form method="get" action=action.clone()>
                        {fields.collect_view()}
                        <button class="button quiet" lang=r.lang.tag()>{press}</button>
                    </form>
                </li>
            }
        });
        view! {
            <details class="more"><summary>{title}</summary><ul class="stack">{each.collect_view()}</ul></details>
        }
    })
}
