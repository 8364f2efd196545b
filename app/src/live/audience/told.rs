//! What a phone tells: how a send ended, and what is only spoken (`N8`, `N9`).

use crate::live::audience::{Phone, QUESTIONS, ask, draft, part};
use crate::live::send::{Letter, Outcome};
use crate::wire::{Answer, Fragment};
use crate::words;

/// Whether a question is refused only because another of this phone was taken a moment ago.
pub(super) fn comes_too_soon(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused(answer) if answer.refusal.as_deref() == Some("TooSoon"))
}

impl Phone {
    /// Says something once, to whoever does not see it.
    pub(super) fn say(&mut self, sentence: String) {
        if !sentence.is_empty() {
            self.turn = !self.turn;
            self.spoken = sentence;
        }
    }

    /// Why a question was not taken, beside its text; where the same stands there already, it is only spoken.
    pub(super) fn refuse(&mut self, sentence: String) {
        if self.refused.as_ref() == Some(&sentence) { self.say(sentence) } else { self.refused = Some(sentence) }
    }

    /// The same of anything else.
    pub(super) fn notify(&mut self, sentence: String) {
        if self.notice.as_ref() == Some(&sentence) { self.say(sentence) } else { self.notice = Some(sentence) }
    }

    /// Puts a part into its place.
    pub(super) fn swap(&mut self, part: Option<Fragment>) {
        let said = part::swap(part, &mut self.heard);
        self.say(said);
    }

    pub(super) fn answered(&mut self, letter: &Letter, outcome: Outcome) {
        let sentence = outcome.sentence(self.place.reader);
        let is_question = letter.action.ends_with(QUESTIONS);
        match outcome {
            Outcome::Done(answer) => self.done(letter, answer, sentence),
            // Nobody could read it now: it waits, and goes by itself (`N8`).
            Outcome::Refused(answer) if is_question && answer.refusal.as_deref() == Some("IntakeClosed") => {
                self.wait(letter);
                self.refused = Some(words::audience::waits_for_intake(self.place.reader).to_owned());
            }
            Outcome::Refused(_) if is_question => self.came_back(draft::text_of(letter), sentence),
            // A part says it beside its own field.
            Outcome::Refused(answer) if answer.part.is_some() => self.swap(answer.part),
            Outcome::Refused(_) => self.came_back(None, sentence),
            Outcome::Unreachable => {
                if is_question {
                    self.refused = sentence;
                }
                self.wait(letter);
            }
        }
    }

    /// It is kept, and sent again by itself; of several for one address the newest.
    pub(super) fn wait(&mut self, letter: &Letter) {
        self.waiting.retain(|older| older.action != letter.action);
        self.waiting.push(letter.clone());
    }

    /// The session ends while somebody writes: the field goes, and the text stands where it can be read and taken (`N8`).
    pub(super) fn gives_back(&mut self) {
        let text = draft::area().map(|area| area.value()).filter(|text| !text.trim().is_empty());
        if let Some(text) = text {
            let sentence = words::audience::unsent_at_end(self.place.reader);
            self.notify([sentence, " \u{2068}", &text, "\u{2069}"].concat());
        }
    }

    /// What was not taken comes back with the reason: the text to its field, or beside the reason where there is none.
    pub(super) fn came_back(&mut self, text: Option<String>, sentence: Option<String>) {
        let sentence = sentence.unwrap_or_else(|| words::refusal::not_saved(self.place.reader).to_owned());
        match text {
            Some(text) if self.goes_on() && draft::take_back(&self.code, &text) => {
                self.thanks = None;
                self.writing = true;
                self.refuse(sentence);
            }
            Some(text) => self.notify([&sentence, " \u{2068}", &text, "\u{2069}"].concat()),
            None => self.notify(sentence),
        }
    }

    pub(super) fn done(&mut self, letter: &Letter, answer: Answer, thanks: Option<String>) {
        let r = self.place.reader;
        if let Some(mine) = answer.mine {
            self.mine = mine;
        }
        self.notice = None;
        let is_question = letter.action.ends_with(QUESTIONS);
        let said = part::swap(answer.part, &mut self.heard);
        let told = match &thanks {
            _ if is_question => words::audience::thanks_title(r),
            Some(sentence) => sentence,
            None if letter.action.ends_with("/withdraw") => words::audience::withdrawn_note(r),
            // A sign: the page has nothing else that would show it.
            None if letter.action.ends_with("/signal") => {
                self.notify(words::audience::sign_sent(r).to_owned());
                return;
            }
            None => "",
        };
        self.say([told, " ", &said].concat());
        if is_question {
            self.refused = None;
            self.thanks = thanks;
            if draft::has_focus() {
                part::focus_soon(ask::ANOTHER);
            }
            if draft::done(&self.code, letter) {
                self.writing = false;
            }
        }
    }
}
