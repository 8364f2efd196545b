//! The files of a paper on its authors' page, and the form that brings one.

use leptos::prelude::*;

use super::writing::{Writing, refusal_of};
use super::{Opener, file_line};
use crate::parts::FieldRefusal;
use crate::words::{Reader, paper as words};

/// The list, and the form. The id comes with the page: a file that is sent again is the same file.
pub(super) fn files(r: Reader, action: &str, data: &Writing) -> impl IntoView + use<> {
    let paper = data.paper;
    let rows = data.files.iter().map(|file| {
        let remove = format!("{action}/files/{}/remove", file.id);
        let pages = (file.pages > 0).then(|| {
            view! { <span class="note">{words::pages_for_screen(r, u64::from(file.pages))}</span> }
        });
        view! {
            <li>
                {file_line(r, paper, file, Opener::Child)}
                {pages}
                <form method="post" action=remove>
                    <button class="button quiet">{words::remove_file(r, &file.name)}</button>
                </form>
            </li>
        }
    });
    view! {
        <section class="card stack" id="files" aria-labelledby="files-title">
            <h2 id="files-title">{words::files(r)}</h2>
            <ul class="lines">{rows.collect_view()}</ul>
            <form class="box" id="bring" method="post" action=format!("{action}/files") enctype="multipart/form-data">
                <input type="hidden" id="file-id" name="id" value=data.fresh.to_string()/>
                <label class="minor" for="file">{words::file_label(r)}</label>
                <p class="note" id="file-hint">{words::file_hint(r, data.file_limit)}</p>
                <input id="file" r#type="file" name="file" required=true aria-describedby="file-hint file-refusal"/>
                <FieldRefusal id="file-refusal" sentence=refusal_of(data, "file")/>
                // Filled by the tablet, where it sends the file without leaving the page.
                <p class="note" id="file-said" role="status"></p>
                <progress id="file-sent" max="100" value="0" hidden=true aria-label=words::sending_file(r)></progress>
                <button class="button" id="file-send">{words::add_file(r)}</button>
            </form>
        </section>
    }
}
