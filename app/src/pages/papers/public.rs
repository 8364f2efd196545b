//! Papers as everybody reads them: the list, and one paper with what was asked about it.

use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::field::Field;
use nadwa_domain::view::{PollState, PollView};
use uuid::Uuid;

use super::text::{Block, blocks};
use super::{FileView, Opener, field_name, file_line, when};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page};
use crate::pages::{Write, Written};
use crate::parts::phrase::{Names, own, shown_in};
use crate::parts::{Foot, Number, Plain, PollResults, Said, Shape, Skip, Top};
use crate::words::{Reader, common, numbers, paper as words};

/// A paper as everybody may see it.
#[derive(Clone, Debug, Default)]
pub struct PaperPage {
    pub paper: Uuid,
    /// What it is called.
    pub title: Phrase,
    /// How its authors are called; nobody where they or their guardians chose so.
    pub names: Vec<Phrase>,
    /// Its summary; empty unless its authors show it.
    pub summary: Phrase,
    /// Its key messages; none unless its authors show them.
    pub messages: Vec<Phrase>,
    /// Its text, part by part; none unless its authors show it.
    pub parts: Vec<(Field, Vec<Block>)>,
    /// Its files; none unless its authors show them.
    pub files: Vec<FileView>,
    /// Words and what they mean.
    pub glossary: Vec<(Phrase, Phrase)>,
    pub theme: Phrase,
    /// Where it is presented.
    pub session: Option<Presented>,
    /// What the hall asked about it, and whether it was answered.
    pub questions: Vec<Asked>,
    /// Polls that were asked about it, once their results were shown in the session.
    pub polls: Vec<PollView>,
}

/// Where a paper is presented.
#[derive(Clone, Debug)]
pub struct Presented {
    pub title: Phrase,
    /// Its join code, if the audience may come.
    pub code: Option<String>,
    /// When it begins.
    pub starts_at: Instant,
}

/// A question about a paper.
#[derive(Clone, Debug)]
pub struct Asked {
    pub text: Phrase,
    /// Whether it was answered in the session.
    pub answered: bool,
}

/// One paper.
#[must_use]
pub fn paper(page: &Page, data: PaperPage) -> Html {
    let r = page.reader;
    let head = Head {
        title: data.title.text.clone(),
        class: "phone leaf",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let offset = page.utc_offset;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let session = data.session.clone();
        let code = session.as_ref().and_then(|session| session.code.clone());
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <div class="head">
                <p class="label"><Shape name="paper"/> {words::title(r)}</p>
                <h1><Plain phrase=data.title.clone()/></h1>
                <p><b>{by(r, &data.names)}</b> {shown_in(r, &data.title)}</p>
                {session.map(|session| presented(r, offset, &session))}
            </div>
            <main id="main">
                {content(r, &data, 2)}
                {questions(r, &data.questions)}
                {polls(r, &data.polls)}
                <p class="no-print"><a class="button" href="/papers">{words::list(r)}</a></p>
            </main>
            <Foot reader=r code=code/>
        }
    })
}

/// «Mariam, Lina and Salem», or that children wrote it.
pub(super) fn by(r: Reader, who: &[Phrase]) -> impl IntoView + use<> {
    if who.is_empty() {
        return view! { <Plain phrase=own(r, words::by_children(r))/> }.written();
    }
    view! { <Names reader=r names=who.to_vec()/> }.written()
}

fn presented(r: Reader, offset: i32, session: &Presented) -> impl IntoView + use<> {
    let sentence = words::presented_in(r, &session.title.text);
    let at = when(r, session.starts_at, offset);
    let link = session.code.clone().map(|code| {
        view! { <a class="button no-print" href=format!("/s/{code}")>{words::to_session(r)}</a> }
    });
    view! { <p class="note">{sentence} " · " {at}</p> {link} }
}

/// What its authors show of it. `under` is the level of the heading above it.
pub(crate) fn content(r: Reader, data: &PaperPage, under: u8) -> impl IntoView + use<> {
    let summary = (!data.summary.is_empty()).then(|| {
        let text = data.summary.clone();
        view! { <p class="lead" lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</p> }
    });
    let messages = data.messages.iter().zip(1..).map(|(message, n)| {
        view! { <li><Number text=numbers::number(r, n)/> <Plain phrase=message.clone()/></li> }
    });
    let messages = (!data.messages.is_empty()).then(|| {
        let heading = sub(r, under, words::key_messages(r).to_owned());
        view! { <section class="part ask">{heading}<ol>{messages.collect_view()}</ol></section> }
    });
    let id = data.paper.simple().to_string();
    let parts = data.parts.iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| {
        let key = field.key();
        let heading = sub(r, under, field_name(r, *field));
        view! { <section class="part">{heading}{blocks(text, under, &format!("{id}-{key}"))}</section> }
    });
    let glossary = data.glossary.iter().map(|(word, meaning)| {
        view! { <div><dt><Plain phrase=word.clone()/></dt><dd><Plain phrase=meaning.clone()/></dd></div> }
    });
    let glossary = (!data.glossary.is_empty()).then(|| {
        let heading = sub(r, under, words::glossary(r).to_owned());
        view! { <section class="part">{heading}<dl class="meanings">{glossary.collect_view()}</dl></section> }
    });
    view! { {summary} {messages} {parts.collect_view()} {glossary} {files(r, data, under)} }
}

/// A heading below another.
fn sub(r: Reader, under: u8, text: String) -> Written {
    let (lang, dir) = (r.lang.tag(), r.lang.dir().as_str());
    if under <= 2 {
        view! { <h2 lang=lang dir=dir>{text}</h2> }.written()
    } else {
        view! { <h3 lang=lang dir=dir>{text}</h3> }.written()
    }
}

fn files(r: Reader, data: &PaperPage, under: u8) -> impl IntoView + use<> {
    let paper = data.paper;
    let rows = data.files.iter().map(|file| {
        let seen = file.kind.is_picture().then(|| {
            let label = words::picture_of(r, &file.name);
            view! { <img class="picture" src=format!("/papers/{paper}/pages/{}/0", file.id) alt=label/> }
        });
        let heard = file.kind.is_sound().then(|| {
            view! {
                <audio
                    class="no-print"
                    controls=true
                    preload="none"
                    src=format!("/papers/{paper}/files/{}", file.id)
                    aria-label=words::listen(r)
                ></audio>
            }
        });
        view! { <li>{file_line(r, paper, file, Opener::Child)} {seen} {heard}</li> }
    });
    (!data.files.is_empty()).then(|| {
        let heading = sub(r, under, words::files(r).to_owned());
        view! { <section class="part">{heading}<ul class="lines">{rows.collect_view()}</ul></section> }
    })
}

/// What the hall asked while it was presented. Only what the children showed stands here.
fn polls(r: Reader, asked: &[PollView]) -> impl IntoView + use<> {
    let one = |poll: &PollView| {
        let PollState::Shown(results) = poll.state.clone() else { return None };
        Some(view! {
            <li class="stack">
                <h3><Plain phrase=poll.question.clone()/></h3>
                <PollResults reader=r poll=poll.clone() results/>
            </li>
        })
    };
    let polls: Vec<_> = asked.iter().filter_map(one).collect();
    (!polls.is_empty()).then(|| {
        view! { <section class="part" id="polls"><h2>{words::polls(r)}</h2><ul class="stack">{polls}</ul></section> }
    })
}

pub(super) fn questions(r: Reader, asked: &[Asked]) -> impl IntoView + use<> {
    let rows = asked.iter().map(|asked| {
        let word = if asked.answered { words::answered(r) } else { words::shown_only(r) };
        view! { <li><Said phrase=asked.text.clone()/> <p class="note">{word}</p></li> }
    });
    let rows = rows.collect_view();
    (!asked.is_empty()).then(|| {
        view! { <section class="part" id="asked"><h2>{words::questions(r)}</h2><ul class="stack">{rows}</ul></section> }
    })
}

/// What the list shows.
#[derive(Clone, Debug)]
pub struct List {
    pub conference: ConferenceView,
    /// Papers by theme; the theme is empty for those without one.
    pub themes: Vec<(Phrase, Vec<PaperPage>)>,
    /// Whether there is a call for papers.
    pub call: bool,
}

/// All papers that everybody may read.
#[must_use]
pub fn list(page: &Page, data: List) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::list(r).to_owned(),
        class: "phone leaf",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let none = data.themes.iter().all(|(_, papers)| papers.is_empty());
        let themes = data.themes.into_iter().filter(|(_, papers)| !papers.is_empty()).map(|(theme, papers)| {
            let rows = papers.into_iter().map(|paper| {
                let fallback = shown_in(r, &paper.title);
                view! {
                    <li>
                        <Shape name="paper"/>
                        <span>
                            <b><a href=format!("/papers/{}", paper.paper)><Plain phrase=paper.title/></a></b>
                            <span class="note">{by(r, &paper.names)} {fallback}</span>
                        </span>
                    </li>
                }
            });
            let heading = (!theme.is_empty()).then(|| view! { <h2><Plain phrase=theme.clone()/></h2> });
            view! { <section>{heading}<ol class="programme">{rows.collect_view()}</ol></section> }
        });
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div>
                    <h1>{words::list(r)}</h1>
                    <p class="note"><Plain phrase=data.conference.name/> " · " {words::list_lead(r)}</p>
                </div>
                {none.then(|| view! { <p class="empty">{words::none_public(r)}</p> })}
                {themes.collect_view()}
                <div class="buttons">
                    {(!none).then(|| view! { <a class="button" href="/papers/booklet">{words::booklet(r)}</a> })}
                    {data.call.then(|| view! { <a class="button" href="/papers/call">{words::call_title(r)}</a> })}
                    <a class="button" href="/programme">{common::back(r)}</a>
                </div>
            </main>
            <Foot reader=r code=None/>
        }
    })
}
