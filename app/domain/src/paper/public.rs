//! What everybody may know of a paper: as much as its authors chose, of the version that was accepted.

use std::collections::BTreeMap;

use crate::conference::people::Person;
use crate::ids::PersonId;
use crate::lang::{Lang, Said};
use crate::paper::act::{Consent, Credit, Publish};
use crate::paper::field::Sheet;
use crate::paper::file::{File, PageOf};
use crate::paper::{Accepted, Author, Paper, State};

/// A paper as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicPaper<'a> {
    /// What it is called.
    pub title: Said,
    /// What it says in a few sentences; empty unless the authors chose so.
    pub summary: Said,
    /// Its key messages; none unless the authors chose so.
    pub messages: Vec<String>,
    /// All of it, if the authors chose so.
    pub whole: Option<&'a Sheet>,
    /// Its files that were made anew, if the authors chose to show all of it.
    pub files: Vec<&'a File>,
    /// What was accepted.
    pub accepted: &'a Accepted,
}

impl Paper {
    /// What everybody may know of it; nothing before it is accepted, and nothing after it was taken back.
    #[must_use]
    pub fn public(&self) -> Option<PublicPaper<'_>> {
        let accepted = self.accepted.as_ref().filter(|_| self.state == State::Accepted)?;
        let sheet = &accepted.sheet;
        let (some, all) = (self.publish >= Publish::Summary, self.publish == Publish::Whole);
        Some(PublicPaper {
            title: sheet.title(),
            summary: if some { sheet.summary() } else { Said::default() },
            messages: if some { sheet.messages().map(str::to_owned).collect() } else { vec![] },
            whole: all.then_some(sheet),
            files: accepted.files.iter().filter(|file| all && file.anew).collect(),
            accepted,
        })
    }

    /// Who is named in public: as the authors chose, and of them only those whose guardians agree (`S21`). `people` are
    /// the conference's: whoever is one of them is called by the name, and under the consents, that are noted there.
    ///
    /// A group's own name is kept like a person's, under the paper's id.
    #[must_use]
    pub fn credited(&self, people: &BTreeMap<PersonId, Person>) -> Vec<PersonId> {
        match self.credit {
            Credit::Unnamed => vec![],
            Credit::Group => vec![self.group()],
            Credit::Names => self.authors.iter().filter_map(|author| named(author, people)).collect(),
        }
    }

    /// The id under which the group's name is kept.
    #[must_use]
    pub const fn group(&self) -> PersonId {
        PersonId(self.id.0)
    }

    /// The pages that the screen can show while the paper is presented: of the files that were accepted.
    #[must_use]
    pub fn pages(&self) -> Vec<PageOf> {
        let files = self.accepted.iter().flat_map(|accepted| &accepted.files);
        files.flat_map(|file| (0..file.pages).map(|page| PageOf { file: file.id, page })).collect()
    }

    /// The key messages of the accepted version, in the paper's own language.
    #[must_use]
    pub fn messages_on_screen(&self) -> Vec<Said> {
        let sheet = self.accepted.iter().map(|accepted| &accepted.sheet);
        let own = |sheet: &Sheet| -> Vec<Said> {
            let said = |text: &str| Said::new([(sheet.lang, text)]);
            sheet.messages().map(said).collect()
        };
        sheet.flat_map(own).collect()
    }

    /// The language of the accepted version, else of the draft.
    #[must_use]
    pub fn language(&self) -> Lang {
        self.accepted.as_ref().map_or(self.lang, |accepted| accepted.sheet.lang)
    }
}

/// By whose name an author is called in public; by nobody's while a family has not agreed.
fn named(author: &Author, people: &BTreeMap<PersonId, Person>) -> Option<PersonId> {
    match author.known {
        Some(known) => people.get(&known).filter(|person| person.is_named()).map(|_| known),
        None => Some(author.person).filter(|_| author.consent == Consent::Given),
    }
}
