//! The booklet: every public paper, theme by theme, each in its own direction, to be printed or kept as a PDF.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;

use super::public::{PaperPage, by, content, questions};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page};
use crate::parts::{Foot, Plain, Skip, Top};
use crate::words::{Reader, common, paper as words};

/// What the booklet holds.
#[derive(Clone, Debug)]
pub struct Booklet {
    pub conference: ConferenceView,
    /// Papers by theme; the theme is empty for those without one.
    pub themes: Vec<(Phrase, Vec<PaperPage>)>,
    /// The one theme that it is made of; nothing for all.
    pub only: Option<Phrase>,
    /// Where the same booklet is as a PDF.
    pub pdf: String,
}

/// What it is called.
#[must_use]
pub fn title(r: Reader, only: Option<&Phrase>) -> String {
    only.map_or_else(|| words::booklet(r).to_owned(), |theme| words::booklet_of(r, &theme.text))
}

/// The booklet. Its pages break where it is printed.
#[must_use]
pub fn booklet(page: &Page, data: Booklet) -> Html {
    let r = page.reader;
    let title = title(r, data.only.as_ref());
    let head = Head {
        title: title.clone(),
        class: "booklet",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: Some("light"),
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let themes: Vec<_> = data.themes.into_iter().filter(|(_, papers)| !papers.is_empty()).collect();
        let contents = themes.iter().flat_map(|(_, papers)| papers).map(|paper| {
            let to = format!("#p-{}", paper.paper.simple());
            view! { <li><a href=to><Plain phrase=paper.title.clone()/></a></li> }
        });
        let contents = contents.collect_view();
        let full = !themes.is_empty();
        let none = themes.is_empty().then(|| view! { <p class="empty">{words::none_public(r)}</p> });
        let chapters = themes.into_iter().map(|(theme, papers)| {
            let leaves = papers.into_iter().map(|paper| {
                let lang = paper.title.lang;
                // All of it in the paper's own language: what stands around the children's words, too.
                let r = Reader { lang, ..r };
                view! {
                    <article class="leaf-of-booklet" id=format!("p-{}", paper.paper.simple()) lang=lang.tag() dir=lang.dir().as_str()>
                        <h2><Plain phrase=paper.title.clone()/></h2>
                        <p class="by">{by(r, &paper.names)}</p>
                        {content(r, &paper, 3)}
                        {questions(r, &paper.questions)}
                    </article>
                }
            });
            let heading = (!theme.is_empty()).then(|| view! { <p class="theme"><Plain phrase=theme.clone()/></p> });
            view! { <section>{heading}{leaves.collect_view()}</section> }
        });
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <header class="cover">
                    <p><Plain phrase=data.conference.name/></p>
                    <h1>{title}</h1>
                    <p class="note">{words::list_lead(r)}</p>
                    {none}
                    <nav aria-label=words::contents(r)><ol class="contents">{contents}</ol></nav>
                    <p class="no-print buttons">
                        {full.then(|| view! { <a class="button" href=data.pdf.clone() download="">{words::booklet_pdf(r)}</a> })}
                        <a class="button" href="/papers">{common::back(r)}</a>
                    </p>
                </header>
                {chapters.collect_view()}
            </main>
            <Foot reader=r code=None/>
        }
    })
}
