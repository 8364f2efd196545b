//! What the conference says of itself to everybody: aims, themes, committee, how to take part, what children do here, and
//! for press (`C2`). Hosts, partners, venue and days are known from elsewhere, and are not written twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::choice::Choice;
use crate::conference::act::ConferenceEvent;
use crate::conference::{Conference, Decided};
use crate::entry::{Happened, Words};
use crate::lang::{Lang, Said};
use crate::refusal::Refusal;

/// One part of the conference's own page, in the order of reading.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Section {
    /// What it is held for.
    Aims,
    /// What it speaks of, besides what each session says.
    Themes,
    /// What children do here.
    Children,
    /// How to take part.
    TakePart,
    /// Who organizes it, in words; those who are written down as such stand beside.
    Committee,
    /// How journalists are answered, and what they may not do.
    Press,
}

pub(super) fn set(conference: &Conference, seen: u32, texts: &BTreeMap<Section, Said>) -> Decided {
    if seen != conference.about_version {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    let texts: BTreeMap<Section, Said> =
        texts.iter().filter(|(_, text)| !text.0.is_empty()).map(|(of, text)| (*of, text.clone())).collect();
    if texts == conference.about {
        return Ok(vec![]);
    }
    let words = texts.iter().fold(Words::none(), |words, (section, text)| words.with(section.key(), text));
    Ok(vec![Happened { event: ConferenceEvent::AboutSet, words }])
}

impl Conference {
    /// What it says of itself in one part; may be empty.
    #[must_use]
    pub fn says(&self, section: Section) -> Said {
        self.about.get(&section).cloned().unwrap_or_default()
    }

    /// The languages of the conference in which a part is missing that is there in another.
    #[must_use]
    pub fn unsaid(&self, section: Section) -> Vec<Lang> {
        let said = self.says(section);
        self.spoken().filter(|lang| !said.0.is_empty() && !said.0.contains_key(lang)).collect()
    }

    pub(super) fn apply_about(&mut self, words: &Words) {
        let said = |section: &Section| (*section, words.said(section.key()));
        self.about = Section::ALL.iter().map(said).filter(|(_, text)| !text.0.is_empty()).collect();
        self.about_version += 1;
    }
}
