//! The cards of lead and deputy: who holds one, and who asks for one more (`G9`).

use leptos::prelude::*;
use nadwa_domain::{Phrase, Role};
use uuid::Uuid;

use crate::pages::plan::press;
use crate::parts::team::role_name;
use crate::parts::{Number, Plain, Shape};
use crate::words::{Reader, access, numbers, organizer, safeguarding as words};

/// One card.
#[derive(Clone, Debug)]
pub struct GuardCard {
    pub id: Uuid,
    /// The lead's or the deputy's.
    pub role: Role,
    /// Whose it is.
    pub person: Option<Phrase>,
    /// Whether organizers ask for it.
    pub asked: bool,
    /// Whether somebody has come in with it.
    pub used: bool,
    /// Whether whoever reads this may agree to it.
    pub agrees: bool,
    /// On how many devices it is shown now.
    pub devices: u64,
    /// Whether it is who reads this.
    pub own: bool,
}

/// Those that are asked for stand in the middle of the page, the others in a list.
pub(super) fn asked(r: Reader, cards: &[GuardCard]) -> Vec<impl IntoView + use<>> {
    cards.iter().filter(|card| card.asked).map(|card| asked_for(r, card.clone())).collect()
}

fn asked_for(r: Reader, card: GuardCard) -> impl IntoView {
    let base = ["/safeguarding/cards/", &card.id.to_string()].concat();
    let agree = card.agrees.then(|| press([&base, "/agree"].concat(), vec![], words::card_agree(r)));
    view! {
        <section class="message attention" role="alert">
            <p>
                <Shape name="hold"/>
                <b>{words::card_asked(r, role_name(r, card.role))}</b>
                {card.person.map(|person| view! { " · " <Plain phrase=person/> })}
            </p>
            <p class="note">{words::card_asked_note(r)}</p>
            <div class="buttons">{agree} {press([&base, "/revoke"].concat(), vec![], words::card_decline(r))}</div>
        </section>
    }
}

/// Who holds a card now.
pub(super) fn held(r: Reader, cards: Vec<GuardCard>) -> impl IntoView {
    let rows: Vec<_> = cards.into_iter().filter(|card| !card.asked).map(|card| row(r, card)).collect();
    view! {
        <details class="more">
            <summary>{words::cards_title(r)} " " <span class="count"><Number text=numbers::number(r, i64::try_from(rows.len()).unwrap_or(i64::MAX))/></span></summary>
            <p class="note">{words::cards_note(r)}</p>
            <ul class="lines">{rows}</ul>
        </details>
    }
}

fn row(r: Reader, card: GuardCard) -> impl IntoView {
    let base = ["/safeguarding/cards/", &card.id.to_string()].concat();
    let state = if card.used { organizer::pass_used(r) } else { organizer::pass_unused(r) };
    let out = (card.devices > 0 && !card.own)
        .then(|| press([&base, "/sign-out"].concat(), vec![], access::sign_out_everywhere(r)));
    let revoke = (!card.own).then(|| press([&base, "/revoke"].concat(), vec![], organizer::revoke(r)));
    view! {
        <li>
            <span>
                <b>{role_name(r, card.role)}</b>
                {card.person.map(|person| view! { " · " <Plain phrase=person/> })}
                <span class="note block">{state} " · " {access::on_devices(r, card.devices)}</span>
            </span>
            <div class="does">{out} {revoke}</div>
        </li>
    }
}
