//! Specimens of forms: every kind of field, and what is said beside one that was refused.

use std::collections::BTreeMap;

use leptos::prelude::*;
use nadwa_domain::Lang;
use nadwa_domain::lang::{Dir, Phrase};

use super::{Sample, specimen};
use crate::pages::plan::{Filled, Problem};
use crate::pages::{Write, Written};
use crate::parts::choices::offer;
use crate::parts::{Choices, FieldRefusal, TextArea};
use crate::words::{
    audience, clock, comfort, common, landing, look as words, manage, numbers, organizer, paper, refusal,
};

pub(super) fn all(sample: Sample) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::fields(r), fields(sample))}
        {specimen(words::other_fields(r), others(sample))}
        {specimen(words::length(r), length(sample))}
    }
    .written()
}

fn fields(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let (code, text) = (sample.id("code"), sample.id("ask"));
    // The two directions stand on one page: ids and names of groups are each side's own.
    let (why, name) = match r.lang.dir() {
        Dir::Rtl => ("look-refusal-rtl", "look-size-rtl"),
        Dir::Ltr => ("look-refusal-ltr", "look-size-ltr"),
    };
    let offers = vec![
        offer("usual", comfort::size_usual(r), false),
        offer("large", comfort::size_large(r), true),
        offer("largest", comfort::size_largest(r), false),
    ];
    view! {
        <div class="box">
            <label for=code.clone()>{landing::code_label(r)}</label>
            <input class="code" id=code type="text" inputmode="numeric" dir="ltr" autocomplete="off"
                aria-describedby=why aria-invalid="true" value=numbers::digits(r, "47192")/>
            <FieldRefusal id=why sentence=Some(refusal::incomplete_code(r).to_owned())/>
        </div>
        <div class="box">
            <label for=text.clone()>{audience::form_label(r)}</label>
            <p class="note">{audience::notice(r)}</p>
            <TextArea attr:id=text attr:rows="3" attr:placeholder=audience::placeholder(r)/>
        </div>
        <Choices title=comfort::size(r) name offers/>
    }
}

/// The organizers' form: one refused, one in each language, a list, boxes, a day, a file.
fn others(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let text = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let form = Filled {
        scope: sample.id("plan"),
        fields: BTreeMap::from([
            text("title", words::sample_paper(r)),
            text("limit", "-5"),
            text("day", "2022-05-23"),
            text("kind", "two"),
            text(&["said.", r.lang.tag()].concat(), words::sample_question(r)),
            text(&["who-", r.lang.tag(), ".one"].concat(), "on"),
        ]),
        problem: Some(Problem { field: "limit".to_owned(), sentence: manage::needs_minutes(r).to_owned() }),
        done: None,
    };
    let file = sample.id("file");
    let who = ["who-", r.lang.tag()].concat();
    let options = || -> Vec<(String, Phrase)> {
        let options = [("one", words::option_one(r)), ("two", words::option_two(r)), ("three", words::option_three(r))];
        options.map(|(value, text)| (value.to_owned(), sample.own(text))).to_vec()
    };
    view! {
        <div class="stack">
            {form.says()}
            {form.line(manage::title(r), "title")}
            {form.number(manage::limit(r), "limit")}
            {form.typed(manage::day(r), "day", "date")}
            {form.said(manage::about(r), "said", &Lang::all().collect::<Vec<_>>(), 2)}
            {form.choice(manage::kind(r), "kind", options())}
            {form.any_of(manage::speakers(r), &who, options())}
            <div class="field-of">
                <label for=file.clone()>{manage::poll_own_picture(r)}</label>
                <input id=file type="file" accept="image/png,image/jpeg"/>
            </div>
            {Filled { done: Some(common::saved(r).to_owned()), ..Filled::default() }.says()}
            <p class="note">{organizer::scope_note(r)}</p>
        </div>
    }
}

/// How long a paper is, as time to say it: within the time there is, and beyond it.
fn length(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let one = |words: u64, minutes: u64| {
        let said = paper::length(r, &common::words_count(r, words), &clock::minutes(r, minutes));
        let longer = (minutes > 5).then(|| view! { <p class="note">{paper::longer_than(r)}</p> });
        view! {
            <div class="length-of">
                <p>
                    <b>{said}</b>
                    <span class="note">{paper::room_for(r, &clock::minutes(r, 5))}</span>
                </p>
                <meter min="0" max="500" value=words.to_string() aria-hidden="true"></meter>
                {longer}
            </div>
        }
    };
    view! { <div class="sheet">{one(120, 2)} {one(640, 7)}</div> }
}
