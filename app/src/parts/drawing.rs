//! Drawings of poll options: faces, pictograms, the five signs of the agree line. Always beside words (`A11`).

use leptos::prelude::*;
use nadwa_domain::ids::FileId;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::picture::{Picture, Pictured};

use crate::words::{Reader, poll as words};

/// A drawing beside an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// One of five degrees, all good; 0 for the least.
    Face(u8),
    /// One of five points of the agree line; 0 for full agreement.
    Agree(u8),
    /// A pictogram.
    Picture(Picture),
    /// A picture that was brought.
    Brought(FileId),
}

impl Drawing {
    /// The drawing of an option, where its kind has one.
    #[must_use]
    pub fn of(kind: PollKind, pictures: &[Pictured], place: usize) -> Option<Self> {
        let degree = u8::try_from(place).unwrap_or(0);
        match kind {
            PollKind::Happy => Some(Self::Face(degree)),
            PollKind::Agree => Some(Self::Agree(degree)),
            PollKind::Wave => Some(Self::Picture(Picture::Hand)),
            PollKind::Pictures => pictures.get(place).map(|picture| match picture {
                Pictured::Ours(picture) => Self::Picture(*picture),
                Pictured::Brought(file) => Self::Brought(*file),
            }),
            PollKind::YesNo
            | PollKind::Single
            | PollKind::Several { .. }
            | PollKind::Dots
            | PollKind::Ranking
            | PollKind::Estimate { .. }
            | PollKind::Words => None,
        }
    }
}

/// The drawing; screen readers get the words beside it.
#[must_use]
pub fn drawing(of: Drawing) -> impl IntoView {
    let (class, frame, lines) = match of {
        Drawing::Face(degree) => ("face", "-9 -9 82 82", face(degree)),
        Drawing::Agree(degree) => ("face", "-9 -9 82 82", agree(degree)),
        Drawing::Picture(picture) => ("draw", "0 0 72 72", pictogram(picture)),
        Drawing::Brought(file) => return view! { <img class="draw" src=brought(file) alt=""/> }.into_any(),
    };
    view! { <svg class=class viewBox=frame aria-hidden="true" inner_html=lines></svg> }.into_any()
}

/// Where a picture that was brought is to be had.
#[must_use]
pub fn brought(file: FileId) -> String {
    ["/pictures/", &file.to_string()].concat()
}

/// What a pictogram is called.
#[must_use]
pub fn name(r: Reader, picture: Picture) -> &'static str {
    match picture {
        Picture::Phone => words::pic_phone(r),
        Picture::Chat => words::pic_chat(r),
        Picture::Letter => words::pic_letter(r),
        Picture::Together => words::pic_together(r),
        Picture::House => words::pic_house(r),
        Picture::School => words::pic_school(r),
        Picture::Book => words::pic_book(r),
        Picture::Pencil => words::pic_pencil(r),
        Picture::Ball => words::pic_ball(r),
        Picture::Music => words::pic_music(r),
        Picture::Tree => words::pic_tree(r),
        Picture::Sun => words::pic_sun(r),
        Picture::Moon => words::pic_moon(r),
        Picture::Water => words::pic_water(r),
        Picture::Heart => words::pic_heart(r),
        Picture::Hand => words::pic_hand(r),
        Picture::Star => words::pic_star(r),
        Picture::Clock => words::pic_clock(r),
    }
}

/// Five faces, the least content to the most: all of them are well.
const fn face(degree: u8) -> &'static str {
    match degree {
        0 => {
            r#"<circle class="head" cx="32" cy="32" r="30"/><circle class="solid" cx="23" cy="26" r="3.6"/><circle class="solid" cx="41" cy="26" r="3.6"/><path class="line" d="M24 41q8 4 16 0"/>"#
        }
        1 => {
            r#"<circle class="head" cx="32" cy="32" r="30"/><circle class="solid" cx="23" cy="26" r="3.6"/><circle class="solid" cx="41" cy="26" r="3.6"/><path class="line" d="M21 39q11 9 22 0"/>"#
        }
        2 => {
            r#"<circle class="head" cx="32" cy="32" r="30"/><circle class="solid" cx="23" cy="26" r="3.6"/><circle class="solid" cx="41" cy="26" r="3.6"/><path class="solid" d="M19 37h26q-2 12 -13 12t-13 -12z"/>"#
        }
        3 => {
            r#"<circle class="head" cx="32" cy="32" r="30"/><path class="line" d="M18 27q5 -6 10 0M36 27q5 -6 10 0"/><path class="solid" d="M17 36h30q-1 16 -15 16t-15 -16z"/>"#
        }
        _ => {
            r#"<circle class="head" cx="32" cy="32" r="30"/><path class="line" d="M18 27q5 -6 10 0M36 27q5 -6 10 0"/><path class="solid" d="M16 35h32q0 19 -16 19t-16 -19z"/><path class="line" d="M32 -1v-7M10 6l-5 -5M54 6l5 -5M-1 22l-7 -2M65 22l7 -2"/>"#
        }
    }
}

/// A disc that is full, and less and less so: agreement by form, never by colour.
const fn agree(degree: u8) -> &'static str {
    match degree {
        0 => r#"<circle class="head" cx="32" cy="32" r="30"/><circle class="solid" cx="32" cy="32" r="24"/>"#,
        1 => r#"<circle class="head" cx="32" cy="32" r="30"/><path class="solid" d="M32 32V8a24 24 0 1 1 -24 24z"/>"#,
        2 => r#"<circle class="head" cx="32" cy="32" r="30"/><path class="solid" d="M32 8a24 24 0 1 1 0 48z"/>"#,
        3 => r#"<circle class="head" cx="32" cy="32" r="30"/><path class="solid" d="M32 32V8a24 24 0 0 1 24 24z"/>"#,
        _ => r#"<circle class="head" cx="32" cy="32" r="30"/><circle class="line" cx="32" cy="32" r="22"/>"#,
    }
}

const fn pictogram(picture: Picture) -> &'static str {
    match picture {
        Picture::Phone => {
            r#"<path class="fill" d="M20 8h14l5 16-8 5c3 7 7 11 13 14l6-8 15 6v14c0 6-5 9-10 8C29 60 13 42 10 18c0-5 4-10 10-10z"/>"#
        }
        Picture::Chat => {
            r#"<path class="fill" d="M8 14h56v34H34L20 62V48H8z"/><circle class="hole" cx="24" cy="31" r="4"/><circle class="hole" cx="36" cy="31" r="4"/><circle class="hole" cx="48" cy="31" r="4"/>"#
        }
        Picture::Letter => {
            r#"<rect class="fill" x="6" y="16" width="60" height="42" rx="5"/><path class="gap" d="M10 22l26 20 26-20"/>"#
        }
        Picture::Together => {
            r#"<circle class="fill" cx="22" cy="20" r="11"/><circle class="fill" cx="50" cy="20" r="11"/><path class="fill" d="M4 62c0-16 8-26 18-26 6 0 11 4 14 10 3-6 8-10 14-10 10 0 18 10 18 26z"/>"#
        }
        Picture::House => {
            r#"<path class="fill" d="M36 8 6 36h9v26h42V36h9z"/><rect class="hole" x="30" y="42" width="12" height="20"/>"#
        }
        Picture::School => {
            r#"<path class="fill" d="M36 16 4 30l32 14 32-14z"/><path class="fill" d="M16 40v14c8 8 32 8 40 0V40L36 49z"/><path d="M66 31v20"/>"#
        }
        Picture::Book => {
            r#"<path class="fill" d="M6 14c12-4 22-2 30 4 8-6 18-8 30-4v42c-12-3-22-1-30 5-8-6-18-8-30-5z"/><path class="gap" d="M36 20v36"/>"#
        }
        Picture::Pencil => {
            r#"<path class="fill" d="M48 8l16 16-36 36-20 4 4-20z"/><path class="gap" d="M42 16l14 14"/>"#
        }
        Picture::Ball => {
            r#"<circle class="fill" cx="36" cy="36" r="29"/><path class="gap" d="M7 36h58M36 7c-14 16-14 42 0 58M36 7c14 16 14 42 0 58"/>"#
        }
        Picture::Music => {
            r#"<path class="fill" d="M26 12l36-6v14l-30 5v27h-6z"/><path class="fill" d="M56 18h6v28h-6z"/><circle class="fill" cx="22" cy="54" r="10"/><circle class="fill" cx="52" cy="47" r="10"/>"#
        }
        Picture::Tree => {
            r#"<circle class="fill" cx="36" cy="24" r="18"/><circle class="fill" cx="20" cy="36" r="13"/><circle class="fill" cx="52" cy="36" r="13"/><path class="fill" d="M31 40h10v26H31z"/>"#
        }
        Picture::Sun => {
            r#"<circle class="fill" cx="36" cy="36" r="16"/><path d="M36 4v10M36 58v10M4 36h10M58 36h10M13 13l8 8M51 51l8 8M13 59l8-8M51 21l8-8"/>"#
        }
        Picture::Moon => r#"<path class="fill" d="M46 8a29 29 0 1 0 18 38A24 24 0 0 1 46 8z"/>"#,
        Picture::Water => r#"<path class="fill" d="M36 6c14 18 22 28 22 39a22 22 0 0 1-44 0C14 34 22 24 36 6z"/>"#,
        Picture::Heart => {
            r#"<path class="fill" d="M36 64C12 46 6 36 6 25a15 15 0 0 1 30-5 15 15 0 0 1 30 5c0 11-6 21-30 39z"/>"#
        }
        Picture::Hand => {
            r#"<path class="fill" d="M18 36V20a4.5 4.5 0 0 1 9 0v12-20a4.5 4.5 0 0 1 9 0v20-18a4.5 4.5 0 0 1 9 0v20-12a4.5 4.5 0 0 1 9 0v24c0 14-8 22-19 22-10 0-15-5-19-13l-8-15c-2-5 4-9 8-5z"/>"#
        }
        Picture::Star => r#"<path class="fill" d="M36 6l9 20 22 2-17 15 5 22-19-12-19 12 5-22L5 28l22-2z"/>"#,
        Picture::Clock => r#"<circle class="fill" cx="36" cy="36" r="29"/><path class="gap" d="M36 18v18l12 9"/>"#,
    }
}
