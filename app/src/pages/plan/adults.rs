//! What is told of an adult besides the name: a part of the form of people (`C1`).

use leptos::prelude::*;
use nadwa_domain::conference::profile::Function;
use nadwa_domain::{Choice, Lang, Phrase};

use crate::pages::plan::{Filled, ours};
use crate::words::{Reader, profile as words};

/// The fields of adults alone, with the organisations that can be chosen.
pub(super) fn fields(
    r: Reader,
    form: &Filled,
    langs: &[Lang],
    organisations: &[(String, Phrase)],
) -> impl IntoView + use<> {
    let functions = Function::ALL.iter().map(|of| (of.key().to_owned(), ours(r, function_name(r, *of)))).collect();
    let none = (String::new(), ours(r, words::of_none(r)));
    let listed = std::iter::once(none).chain(organisations.iter().cloned()).collect();
    view! {
        <fieldset class="field-of form">
            <legend>{words::adults(r)}</legend>
            <p class="note">{words::adults_note(r)}</p>
            {form.any_of(words::functions(r), "functions", functions)}
            {form.said(words::title(r), "title", langs, 0)}
            {form.said(words::office(r), "office", langs, 0)}
            {form.choice(words::of(r), "of", listed)}
            {form.said(words::of_typed(r), "organisation", langs, 0)}
            {form.said(words::country(r), "country", langs, 0)}
            <p class="note">{words::country_note(r)}</p>
            {form.said(words::about(r), "about", langs, 3)}
            {form.number(words::order(r), "order")}
            <p class="note">{words::order_note(r)}</p>
        </fieldset>
    }
}

/// A function in words.
#[must_use]
pub fn function_name(r: Reader, function: Function) -> &'static str {
    match function {
        Function::Chair => words::chair(r),
        Function::Speaker => words::speaker(r),
        Function::Trainer => words::trainer(r),
        Function::Official => words::official(r),
        Function::Committee => words::committee(r),
        Function::Translator => words::translator(r),
        Function::Photographer => words::photographer(r),
        Function::Technician => words::technician(r),
        Function::Volunteer => words::volunteer(r),
    }
}
