//! Seat codes on slips of paper: eight digits, made of a seed, that give one phone one seat.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::seats::{Seats as SeatsPage, seats as seats_page};
use nadwa_domain::command::PollCommand;
use nadwa_domain::session::poll::seats::Seats;
use nadwa_domain::{Command, Refusal, Role, fold};
use uuid::Uuid;

use crate::edge;
use crate::http::back::Back;
use crate::http::call::{Call, find};
use crate::http::polls::whole;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages};
use crate::permits::{Permit, SeatCode};

/// Digits of a code: a hall's codes are one in a hundred thousand, and wrong ones are slowed down.
const DIGITS: u128 = 100_000_000;

/// The code of one seat.
fn code_of(seed: Uuid, seat: u16) -> String {
    let id = edge::derived_id("seat", &[seed.as_bytes(), &seat.to_le_bytes()]);
    format!("{:08}", id.as_u128() % DIGITS)
}

/// The seat that a typed code belongs to, in whatever digits.
pub(super) fn seat_of(seats: &Seats, typed: &str, permit: Permit<SeatCode>) -> Option<u16> {
    let code: String = fold::ascii_digits(typed).chars().filter(char::is_ascii_digit).collect();
    let seed = seats.seed?;
    permit.judge((0..seats.count).find(|seat| code_of(seed, *seat) == code))
}

/// `GET /s/{code}/seats`: the slips, to be printed and cut.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let may = |role: Role| role.moderates() || role == Role::Organizer;
    if visitor.pass_with(&app, may, Some(listing.session)).is_none() {
        return pages::not_yours(&app, &visitor);
    }
    let (codes, taken) = room.look(|session, _| {
        let seats = &session.seats;
        let codes = seats.seed.map(|seed| (0..seats.count).map(|seat| code_of(seed, seat)).collect::<Vec<_>>());
        (codes.unwrap_or_default(), seats.taken())
    });
    let title = room.look(|session, _| {
        session.about.as_ref().map(|about| about.title.for_reader(visitor.reader.lang)).unwrap_or_default()
    });
    let data = SeatsPage { code, title, codes, taken, fresh: edge::fresh_id(), join: app.public_url.to_string() };
    answers::html(&app, StatusCode::OK, seats_page(&visitor.page(&app), data))
}

/// `POST /s/{code}/seats`.
pub async fn issue(call: Call) -> Response {
    let typed = call.field("number").and_then(whole).and_then(|count| u16::try_from(count).ok());
    let seed = call.fields.id.as_deref().and_then(|id| Uuid::parse_str(id).ok());
    let (Some(count), Some(seed)) = (typed, seed) else {
        return call.refuse(Refusal::OutOfRange { low: 1, high: 1000 }, Back::Console).await;
    };
    let to = format!("/s/{}/seats", call.code);
    call.act_then(Command::Poll(PollCommand::IssueSeats { seed, count }), &to).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permits::{Caller, Origin, Permits};
    use nadwa_domain::Instant;

    #[test]
    fn a_code_is_found_in_any_digits_and_no_other_is() {
        let mut session = nadwa_domain::Session::default();
        let seed = Uuid::from_u128(7);
        session.seats.seed = Some(seed);
        session.seats.count = 300;
        let code = code_of(seed, 42);
        let arabic: String = code.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0x660).unwrap()).collect();
        let permits = Permits::new(Instant(0));
        let seat_of = |seats: &Seats, typed: &str| {
            let permit = permits.take(Caller { from: Origin::of(None), phone: None }, Instant(0)).unwrap();
            seat_of(seats, typed, permit)
        };
        for typed in [code.clone(), format!("{} {}", &code[..4], &code[4..]), arabic] {
            assert_eq!(seat_of(&session.seats, &typed), Some(42), "{typed}");
        }
        assert_eq!(seat_of(&session.seats, "1"), None);
        assert_eq!(seat_of(&Seats::default(), &code), None);
    }
}
