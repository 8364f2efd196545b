//! The wall's one line below: the session, what comes, the code; and an honest word when the wall is not live.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::SlotView;
use nadwa_domain::view::screen::{ScreenView, Shown};

use crate::live::feed::Link;
use crate::live::screen::Wall;
use crate::parts::phrase::{self, names};
use crate::parts::team::{JoinCode, two_lines};
use crate::parts::{Plain, Shape, moment};
use crate::words::{self, Reader, audience, screen};

/// What stands in the middle of the line: a hue, a form, words.
struct Middle {
    moment: &'static str,
    form: Option<&'static str>,
    words: String,
}

/// The line.
pub(super) fn foot(wall: Wall, view: &ScreenView) -> impl IntoView + use<> {
    let r = wall.r;
    let rehearses = wall.rehearses();
    let joins = matches!(view.shown, Shown::Join) && !rehearses;
    let calm = matches!(view.shown, Shown::Calm);
    let welcomes = matches!(view.shown, Shown::Welcome { .. });
    let title = (!joins && !calm && !welcomes).then(|| view.title.clone());
    let site = joins.then(|| wall.around.with_value(|around| around.site.clone()));
    let rules = match &view.shown {
        Shown::Welcome { rules, .. } => Some(ground_rules(r, rules)),
        Shown::Join
        | Shown::Plan { .. }
        | Shown::Speaker { .. }
        | Shown::Question { .. }
        | Shown::Poll(_)
        | Shown::Break { .. }
        | Shown::Queue { .. }
        | Shown::Rules { .. }
        | Shown::Thanks { .. }
        | Shown::Paper { .. }
        | Shown::Calm => None,
    };
    let code = (!joins && !calm && !rehearses).then(|| wall.around.with_value(|around| around.code.clone()));
    view! {
        {(title.is_some() || joins).then(|| view! { <Shape name="mark"/> })}
        {title.map(|phrase| view! { <Plain phrase/> })}
        {site.map(|site| view! { <bdi dir="ltr">{site}</bdi> })}
        {rules.map(|rules| {
            let rules = rules.into_iter().map(|phrase| view! { <li><Plain phrase/></li> }).collect_view();
            view! { <ul class="rules">{rules}</ul> }
        })}
        {middle(wall, view).map(|Middle { moment, form, words }| view! {
            <span class="push" data-moment=moment>{form.map(|name| view! { <Shape name/> })} {words}</span>
        })}
        {code.map(|code| view! { <JoinCode r code/> })}
    }
}

/// The children's own, as they stand on the wall of rules; the usual ones until they have written theirs (`F16`).
fn ground_rules(r: Reader, own: &[Phrase]) -> Vec<Phrase> {
    let usual = || [screen::rule_slow(r), screen::rule_listen(r), screen::rule_ask(r)].map(|rule| phrase::own(r, rule));
    if own.is_empty() { usual().to_vec() } else { own.to_vec() }
}

fn middle(wall: Wall, view: &ScreenView) -> Option<Middle> {
    let r = wall.r;
    match &view.shown {
        Shown::Join | Shown::Calm => {
            Some(Middle { moment: "safety", form: Some("safety"), words: screen::help_note(r).to_owned() })
        }
        Shown::Question { names: by, .. } if !by.is_empty() => {
            Some(Middle { moment: "plain", form: None, words: audience::answering(r, &names(r, by).text) })
        }
        Shown::Speaker { .. } | Shown::Paper { .. } if view.unrecorded => {
            Some(Middle { moment: "safety", form: Some("hold"), words: screen::no_pictures(r).to_owned() })
        }
        Shown::Speaker { .. } | Shown::Break { .. } => view.next.as_ref().map(|next| coming(wall, next)),
        Shown::Welcome { .. }
        | Shown::Plan { .. }
        | Shown::Question { .. }
        | Shown::Poll(_)
        | Shown::Queue { .. }
        | Shown::Rules { .. }
        | Shown::Thanks { .. }
        | Shown::Paper { .. } => None,
    }
}

fn coming(wall: Wall, next: &SlotView) -> Middle {
    let of = moment::of_slot(next.kind);
    let (who, _) = two_lines(wall.r, next);
    Middle { moment: moment::hue(of), form: Some(moment::shape(of)), words: audience::next_up(wall.r, &who.text) }
}

/// A small word, only when the wall is not live.
pub(super) fn connection(wall: Wall, link: RwSignal<Link>) -> impl IntoView {
    let said = move || match link.get() {
        Link::Live => None,
        Link::Late => Some(("link late", words::link::late(wall.r))),
        Link::Lost => Some(("link lost", words::link::lost(wall.r))),
    };
    move || said().map(|(class, word)| view! { <span class=class>{word}</span> })
}
