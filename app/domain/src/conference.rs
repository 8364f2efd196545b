//! A conference: settings, rooms, the programme, people, passes, helplines and the safe place.
//!
//! Its stream is the programme's truth. Sessions have streams of their own; the conference lists them, with the code
//! by which the audience joins the public ones. A closed meeting has no code (`S18`).

pub mod about;
pub mod act;
pub mod aloud;
pub mod code;
pub mod duties;
pub mod exit;
pub mod gate;
pub mod glossary;
pub mod lasts;
pub mod organisations;
pub mod pass;
pub mod people;
pub mod profile;
pub mod programme;
pub mod reading;
pub mod recommendations;
pub mod settings;
pub mod suits;
pub mod verdicts;

use std::collections::BTreeMap;

use crate::entry::{Entry, Happened, Words};
use crate::ids::{DeviceId, OrganisationId, PassId, PersonId, RecommendationId, RoomId, SessionId};
use crate::lang::{Lang, Said};
use crate::paper::call::Call;
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::time::Instant;
use about::Section;
pub use act::{Act, ConferenceEvent};
use aloud::{Passage, Recording};
use exit::Elsewhere;
use organisations::Listed;
use pass::{Device, Login, Pass, Recoded};
use people::Person;
use programme::Change;
pub use programme::Listing;
use reading::Reading;
use recommendations::Recommendation;
pub use settings::Helpline;

/// What `decide` answers.
pub(crate) type Decided = Result<Vec<Happened<ConferenceEvent>>, Refusal>;

/// A conference's state: the sum of its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conference {
    /// The place of the last entry.
    pub seq: u64,
    /// Whether it has a name.
    pub prepared: bool,
    /// What it is called.
    pub name: Said,
    /// Where it takes place.
    pub venue: Said,
    /// Who organizes it, and how they are reached: whoever wants something erased asks them (`S26`).
    pub contact: Said,
    /// The languages of its texts, the main one first; empty until somebody chose.
    pub languages: Vec<Lang>,
    /// The name of the venue's time zone; empty if only its clock is known.
    pub zone: String,
    /// Minutes east of UTC, where the zone is unknown.
    pub utc_offset: i32,
    /// When the first day begins and the last one ends, once somebody said so.
    pub days: Option<(Instant, Instant)>,
    /// How often the settings were written.
    pub settings_version: u32,
    /// Rooms by id.
    pub rooms: BTreeMap<RoomId, Said>,
    /// Sessions of the draft, in the order of listing.
    pub sessions: Vec<Listing>,
    /// Sessions as everybody sees them.
    pub published: Vec<Listing>,
    /// How many times the programme was published.
    pub edition: u32,
    /// When it was, the last time.
    pub published_at: Option<Instant>,
    /// What the last time changed.
    pub news: Vec<Change>,
    /// Where a child finds a listening adult.
    pub safe_place: Said,
    /// Helplines, the country of the venue first.
    pub helplines: Vec<Helpline>,
    /// When the helplines were confirmed, and in which role; nothing since one was changed.
    pub confirmed: Option<(Instant, Role)>,
    /// How it speaks to whoever has chosen nothing.
    pub reading: Reading,
    /// What was recorded, to be read aloud.
    pub recordings: BTreeMap<Passage, Recording>,
    /// When the last of them was brought.
    pub recorded_at: Option<Instant>,
    /// Where the quick exit leads, if not to a page of ours.
    pub exit: Option<Elsewhere>,
    /// Hard words and what they mean, one a line, by language.
    pub glossary: Said,
    /// Named people by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Organisations by id, those that were taken out as well.
    pub organisations: BTreeMap<OrganisationId, Listed>,
    /// What the children recommend, those that were taken away as well.
    pub recommendations: BTreeMap<RecommendationId, Recommendation>,
    /// What it says of itself to everybody.
    pub about: BTreeMap<Section, Said>,
    /// How often that was written.
    pub about_version: u32,
    /// Passes by id.
    pub passes: BTreeMap<PassId, Pass>,
    /// Devices that are signed in.
    pub devices: BTreeMap<DeviceId, Device>,
    /// How organizers sign in.
    pub logins: BTreeMap<PassId, Login>,
    /// Every session as it was each time it was written.
    written: BTreeMap<SessionId, Vec<Listing>>,
    /// The call for papers.
    pub call: Option<Call>,
}

impl Conference {
    /// What happens if `who` does `act`. Only organizers and the server's own set-up may; a pass signs itself in and
    /// out; the safeguarding adults confirm helplines, too.
    ///
    /// # Errors
    /// [`Refusal::NotYours`], and what each act says in its own file.
    pub fn decide(&self, who: Who, act: &Act) -> Decided {
        if !self.may(who, act) {
            return Err(Refusal::NotYours);
        }
        match act {
            Act::Prepare { name, venue, utc_offset } => settings::prepare(self, name, venue, *utc_offset),
            Act::Configure { seen, settings } => settings::configure(self, *seen, settings),
            Act::AddRoom { id, name } => said(ConferenceEvent::RoomAdded { id: *id }, "name", name),
            Act::RenameRoom { id, .. } if !self.rooms.contains_key(id) => Err(Refusal::Unknown),
            Act::RenameRoom { id, name } => said(ConferenceEvent::RoomRenamed { id: *id }, "name", name),
            Act::RemoveRoom { id } => self.remove_room(*id),
            Act::List(listing) => programme::list(self, listing),
            Act::Save { seen, listing } => programme::save(self, *seen, listing),
            Act::Remove { session, seen } => programme::remove(self, *session, *seen),
            Act::Publish { seen } => programme::publish(self, *seen),
            Act::SetSafePlace { place } => said(ConferenceEvent::SafePlaceSet, "place", place),
            Act::AddHelpline { country, number, example, here } => {
                let words = Words::text(number).with("country", country);
                let event = ConferenceEvent::HelplineAdded { example: *example, here: *here };
                Ok(vec![Happened { event, words }])
            }
            Act::RemoveHelpline { place, of } => settings::remove_helpline(self, *place, *of),
            Act::ConfirmHelplines => settings::confirm_helplines(self, who),
            Act::AddPerson { person, organisation } => self.add_person(*person, organisation),
            Act::ChangePerson { person, organisation } => self.change_person(*person, organisation),
            Act::RemovePerson { id } => self.remove_person(*id),
            Act::SetProfile { person, profile } => profile::set(self, *person, profile),
            Act::WriteOrganisation { id, about } => organisations::write(self, *id, about),
            Act::RemoveOrganisation { id } => organisations::remove(self, *id),
            Act::PutOrganisationBack { id } => organisations::put_back(self, *id),
            Act::WordRecommendation { id, session, question, text, seen } => {
                recommendations::word(self, *id, (*session, *question), text, *seen)
            }
            Act::ConfirmRecommendation { id, lang, seen } => recommendations::confirm(self, *id, *lang, *seen),
            Act::AdoptRecommendation { id } => recommendations::adopt(self, *id),
            Act::RemoveRecommendation { id } => recommendations::remove(self, *id),
            Act::PutRecommendationBack { id } => recommendations::put_back(self, *id),
            Act::Promise { id, promise, now } => recommendations::promise(self, *id, promise, *now),
            Act::Answer(answer) => recommendations::answer(self, answer),
            Act::Judge(judged) => verdicts::judge(self, judged),
            Act::SetAbout { seen, texts } => about::set(self, *seen, texts),
            Act::LetNameStand { person } => match self.people.get(person) {
                None => Err(Refusal::Unknown),
                Some(person) if person.looked_at => Ok(vec![]),
                Some(_) => one(ConferenceEvent::NameLetStand { person: *person }),
            },
            Act::NoteConsent { person, .. } if !self.people.contains_key(person) => Err(Refusal::Unknown),
            Act::NoteConsent { person, asked, state } => {
                one(ConferenceEvent::ConsentNoted { person: *person, asked: *asked, state: *state })
            }
            Act::SetReading(reading) if *reading == self.reading => Ok(vec![]),
            Act::SetReading(reading) => one(ConferenceEvent::ReadingSet(*reading)),
            Act::SetRecording(recording) => aloud::set(self, *recording),
            Act::RemoveRecording(passage) => aloud::remove(self, *passage),
            Act::SetExit { page } if *page == self.exit => Ok(vec![]),
            Act::SetExit { page } => Ok(vec![exit::set(page.as_ref())]),
            Act::SetGlossary { words } if *words == self.glossary => Ok(vec![]),
            Act::SetGlossary { words } => said(ConferenceEvent::GlossarySet, "words", words),
            Act::Issue(new) => self.issue(who, new),
            Act::Agree { pass } => self.agree(who, *pass),
            Act::Recode { pass, seen, digest, link } => {
                self.recode(seen, Recoded { pass: *pass, digest: digest.clone(), link: link.clone() })
            }
            Act::Rekey { pass, digest } => {
                one(ConferenceEvent::PassRecoded(Recoded { pass: *pass, digest: digest.clone(), link: String::new() }))
            }
            Act::Revoke { pass } => self.revoke(who, *pass),
            Act::SignIn(device) => self.sign_in(device),
            Act::SignOut { device } if !self.devices.contains_key(device) => Ok(vec![]),
            Act::SignOut { device } => one(ConferenceEvent::DeviceSignedOut { device: *device }),
            Act::SignOutAll { pass } => Ok(self.sign_out_all(*pass, None).collect()),
            Act::SetLogin { pass, login, old, stays } => self.set_login(*pass, login, old, *stays),
            Act::SetCall(call) => {
                call.check()?;
                let stored = call.stored();
                Ok(vec![Happened { event: ConferenceEvent::CallSet(stored.event), words: stored.words }])
            }
        }
    }

    fn may(&self, who: Who, act: &Act) -> bool {
        let own = |pass: &PassId| who.pass() == Some(*pass);
        match (who, act) {
            (Who::Server, _) => true,
            (_, Act::SignIn(device)) => own(&device.pass),
            (_, Act::SetLogin { pass, .. }) => own(pass),
            (_, Act::SignOut { device }) if self.devices.get(device).is_some_and(|device| own(&device.new.pass)) => {
                true
            }
            (_, Act::ConfirmHelplines) if who.role().is_some_and(Role::safeguards) => true,
            (_, Act::WordRecommendation { session, .. }) => self.words_for(who, Some(*session)),
            (_, Act::ConfirmRecommendation { id, .. } | Act::AdoptRecommendation { id }) => {
                self.words_for(who, self.session_of(*id))
            }
            (_, Act::RemoveRecommendation { id } | Act::PutRecommendationBack { id })
                if self.words_for(who, self.session_of(*id)) =>
            {
                true
            }
            (_, Act::Answer(answer)) => self.answers_for(who, answer.id),
            // The server says it for a phone, so that no history names the phone.
            (_, Act::Judge(_)) => false,
            (_, Act::Rekey { .. }) => false,
            _ if who.role().is_some_and(Role::safeguards) => self.is_about_a_guard(act),
            _ if self.is_the_guards_own(act) => false,
            _ => who.role() == Some(Role::Organizer),
        }
    }

    fn remove_room(&self, id: RoomId) -> Decided {
        let mut listings = self.sessions.iter().chain(&self.published);
        match self.rooms.contains_key(&id) {
            false => Err(Refusal::Unknown),
            true if listings.any(|listing| listing.room == id) => Err(Refusal::StillNeeded),
            true => one(ConferenceEvent::RoomRemoved { id }),
        }
    }

    /// The pass that a device's own secret stands for, by its digest, if it works now.
    #[must_use]
    pub fn pass_of_device(&self, digest: &str, now: Instant) -> Option<&Pass> {
        let device = self.devices.values().find(|device| device.new.digest == digest)?;
        self.passes.get(&device.new.pass).filter(|pass| pass.works(now))
    }

    /// Records what has happened. Cannot fail.
    pub fn apply(&mut self, entry: &Entry<ConferenceEvent>) {
        self.seq = entry.seq;
        let words = &entry.words;
        match &entry.event {
            ConferenceEvent::Prepared { .. } | ConferenceEvent::Configured { .. } => self.apply_settings(entry),
            ConferenceEvent::RoomAdded { id } | ConferenceEvent::RoomRenamed { id } => {
                self.rooms.insert(*id, words.said("name"));
            }
            ConferenceEvent::RoomRemoved { id } => {
                self.rooms.remove(id);
            }
            ConferenceEvent::SessionListed { .. }
            | ConferenceEvent::SessionSaved { .. }
            | ConferenceEvent::SessionRemoved { .. }
            | ConferenceEvent::ProgrammePublished => self.apply_programme(entry),
            ConferenceEvent::SafePlaceSet => self.safe_place = words.said("place"),
            ConferenceEvent::HelplineAdded { .. }
            | ConferenceEvent::HelplineRemoved { .. }
            | ConferenceEvent::HelplinesConfirmed { .. } => self.apply_helplines(entry),
            ConferenceEvent::PersonAdded(_)
            | ConferenceEvent::PersonChanged(_)
            | ConferenceEvent::PersonRemoved { .. }
            | ConferenceEvent::ProfileSet { .. }
            | ConferenceEvent::NameLetStand { .. }
            | ConferenceEvent::ConsentNoted { .. } => self.apply_people(entry),
            ConferenceEvent::OrganisationWritten { .. }
            | ConferenceEvent::OrganisationRemoved { .. }
            | ConferenceEvent::OrganisationPutBack { .. } => self.apply_organisations(entry),
            ConferenceEvent::RecommendationWorded { .. }
            | ConferenceEvent::RecommendationConfirmed { .. }
            | ConferenceEvent::RecommendationAdopted { .. }
            | ConferenceEvent::RecommendationRemoved { .. }
            | ConferenceEvent::RecommendationPutBack { .. }
            | ConferenceEvent::PromiseMade { .. }
            | ConferenceEvent::AnswerJudged { .. } => self.apply_recommendations(entry),
            ConferenceEvent::AboutSet => self.apply_about(words),
            ConferenceEvent::PassIssued(_)
            | ConferenceEvent::PassAsked(_)
            | ConferenceEvent::PassAgreed { .. }
            | ConferenceEvent::PassRecoded(_)
            | ConferenceEvent::PassRevoked { .. }
            | ConferenceEvent::DeviceSignedIn(_)
            | ConferenceEvent::DeviceSignedOut { .. }
            | ConferenceEvent::LoginSet { .. } => self.apply_passes(entry),
            ConferenceEvent::ReadingSet(reading) => self.reading = *reading,
            ConferenceEvent::RecordingSet(_) | ConferenceEvent::RecordingRemoved(_) => self.apply_recordings(entry),
            ConferenceEvent::ExitSet => self.exit = Elsewhere::parse(&words.plain("text")),
            ConferenceEvent::GlossarySet => self.glossary = words.said("words"),
            ConferenceEvent::CallSet(terms) => self.call = Some(Call::from_stored(terms, words)),
        }
    }

    fn apply_settings(&mut self, entry: &Entry<ConferenceEvent>) {
        self.name = entry.words.said("name");
        self.venue = entry.words.said("venue");
        self.contact = entry.words.said("contact");
        match &entry.event {
            ConferenceEvent::Prepared { utc_offset } => {
                self.prepared = true;
                self.utc_offset = *utc_offset;
            }
            ConferenceEvent::Configured { languages, utc_offset, from, until } => {
                self.languages.clone_from(languages);
                self.utc_offset = *utc_offset;
                self.days = Some((*from, *until));
                self.zone = entry.words.plain("zone");
                self.settings_version += 1;
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }
}

fn one(event: ConferenceEvent) -> Decided {
    Ok(vec![event.into()])
}

fn said(event: ConferenceEvent, field: &str, text: &Said) -> Decided {
    Ok(vec![Happened { event, words: Words::none().with(field, text) }])
}
