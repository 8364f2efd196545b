//! Markup that is rendered to text as soon as it is made: type erasure for what is never hydrated.
//!
//! Nothing around an island is ever hydrated, so what a function of a page gives can be text already: branches of
//! different markup have one type, and the compiler builds no code for a page as one enormous type, once for each way
//! in which Leptos could treat it (`AnyView` asks for all of them: it doubled the time to compile and tripled the
//! binary).

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use crate::parts::given::fixed;

/// Markup as text.
pub type Written = InertElement;

/// Turns any view of a page into text.
pub(crate) trait Write: IntoView {
    /// This view as text; the browser never hydrates it.
    fn written(self) -> Written {
        fixed(move || self)
    }
}

impl<V: IntoView> Write for V {}
