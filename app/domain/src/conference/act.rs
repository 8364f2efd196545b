//! What organizers do to a conference, and what has happened to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::conference::about::Section;
use crate::conference::aloud::{Passage, Recording};
use crate::conference::code::Code;
use crate::conference::exit::Elsewhere;
use crate::conference::organisations::{Organisation, OrganisationKind, Standing};
use crate::conference::pass::{Login, NewDevice, NewPass, Recoded};
use crate::conference::people::{Asked, Consent, NewPerson};
use crate::conference::profile::{Function, Profile};
use crate::conference::programme::Listing;
use crate::conference::reading::Reading;
use crate::conference::recommendations::{Answer, Progress, Promise};
use crate::conference::settings::Settings;
use crate::conference::verdicts::{Judged, Verdict};
use crate::ids::{
    DeviceId, OrganisationId, PassId, PersonId, QuestionId, RecommendationId, RoomId, SessionId, VoiceId,
};
use crate::lang::{Lang, Said};
use crate::paper::call::{Call, CallTerms};
use crate::role::Role;
use crate::session::plan::Kind;
use crate::time::Instant;

/// What organizers do to a conference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Names the conference, its venue and its clock. Once.
    Prepare {
        /// What it is called.
        name: Said,
        /// Where it takes place.
        venue: Said,
        /// The venue's clock: minutes east of UTC, between -840 and 840.
        utc_offset: i32,
    },
    /// Changes name, venue, languages, time zone and days.
    Configure {
        /// How often they were changed when this was seen.
        seen: u32,
        /// As they shall be.
        settings: Box<Settings>,
    },
    /// Adds a room.
    AddRoom {
        id: RoomId,
        /// What it is called.
        name: Said,
    },
    /// Gives a room another name.
    RenameRoom {
        id: RoomId,
        /// What it is called from now on.
        name: Said,
    },
    /// Takes a room away in which nothing takes place.
    RemoveRoom { id: RoomId },
    /// Lists a session in the programme, for everybody to see at once.
    List(Box<Listing>),
    /// Writes a session of the draft: a new one, or one that is there.
    Save {
        /// How often it was written when this was seen; 0 for a new one.
        seen: u32,
        /// As it shall be.
        listing: Box<Listing>,
    },
    /// Takes a session out of the draft.
    Remove {
        session: SessionId,
        /// How often it was written when this was seen.
        seen: u32,
    },
    /// Makes the draft the programme that everybody sees.
    Publish {
        /// How many times it was published when this was seen.
        seen: u32,
    },
    /// Says where a child finds a listening adult (`S4`).
    SetSafePlace {
        /// In words that a child can follow.
        place: Said,
    },
    /// Adds a helpline, which no child sees before it was confirmed (`N3`), or an example that is marked as one.
    AddHelpline {
        /// Country or region.
        country: Said,
        /// As dialled.
        number: String,
        /// Whether it is an example that must not be dialled.
        example: bool,
        /// Whether it is the line of the country in which the conference takes place (`N3`).
        here: bool,
    },
    /// Says how the conference speaks to whoever has chosen nothing.
    SetReading(Reading),
    /// Brings a recording, to be read aloud (`A15`); it takes the place of the one before.
    SetRecording(Recording),
    /// Takes a recording away.
    RemoveRecording(Passage),
    /// Writes down the hard words and what they mean (`P10`).
    SetGlossary {
        /// One a line, in each language.
        words: Said,
    },
    /// Says where the quick exit of the help page leads (`S27`).
    SetExit {
        /// A neutral page outside; nothing for a page of ours.
        page: Option<Elsewhere>,
    },
    /// Takes a helpline away.
    RemoveHelpline {
        /// Its place, from 0.
        place: u32,
        /// How many there were when it was seen.
        of: u32,
    },
    /// Somebody has dialled every helpline and says so (`S19`).
    ConfirmHelplines,
    /// Writes a person down. The name goes to the store's `people`.
    AddPerson {
        person: NewPerson,
        /// Whom they speak for; adults alone.
        organisation: Said,
    },
    /// Writes it anew.
    ChangePerson {
        person: NewPerson,
        /// Whom they speak for; adults alone.
        organisation: Said,
    },
    /// Takes a person out; their cards are revoked.
    RemovePerson { id: PersonId },
    /// Says what an adult is in the conference (`C1`).
    SetProfile { person: PersonId, profile: Box<Profile> },
    /// Writes an organisation down, or anew (`C2`).
    WriteOrganisation { id: OrganisationId, about: Box<Organisation> },
    /// Takes an organisation out of the list to which nobody belongs.
    RemoveOrganisation { id: OrganisationId },
    /// Puts it back.
    PutOrganisationBack { id: OrganisationId },
    /// Words a recommendation of a session, anew or for the first time (`R3`).
    WordRecommendation {
        /// Made when the form was rendered: a repeated submit is the same.
        id: RecommendationId,
        session: SessionId,
        /// The question that it comes from.
        question: Option<QuestionId>,
        /// The wording, in each language that it has.
        text: Said,
        /// How often it was worded when this was seen; 0 for a new one.
        seen: u32,
    },
    /// The children confirm one language of it (`P7`).
    ConfirmRecommendation {
        id: RecommendationId,
        lang: Lang,
        /// How often it was worded when this was seen.
        seen: u32,
    },
    /// The children adopt it.
    AdoptRecommendation { id: RecommendationId },
    /// Takes it away.
    RemoveRecommendation { id: RecommendationId },
    /// Puts it back.
    PutRecommendationBack { id: RecommendationId },
    /// Writes down who owes an answer to it, until when, and what it is (`P5`).
    Promise {
        id: RecommendationId,
        promise: Box<Promise>,
        /// Said by the server.
        now: Instant,
    },
    /// An organisation that owes an answer says how far it is, and what it answers (`P5`).
    Answer(Box<Answer>),
    /// A phone says whether an answer is enough.
    Judge(Judged),
    /// Writes what the conference says of itself.
    SetAbout {
        /// How often it was written when this was seen.
        seen: u32,
        /// As it shall be, part by part.
        texts: BTreeMap<Section, Said>,
    },
    /// An organizer has looked at a child's name that tells more than a first one, and lets it stand (`S12`).
    LetNameStand { person: PersonId },
    /// Notes where a consent stands.
    NoteConsent {
        person: PersonId,
        asked: Asked,
        /// Where it stands.
        state: Consent,
    },
    /// Issues a pass; without a digest it is a card that is not printed yet. One of safeguarding is asked for, once
    /// somebody has come in with one (`G9`).
    Issue(NewPass),
    /// The lead agrees to a card of safeguarding that was asked for.
    Agree { pass: PassId },
    /// Gives a card a new secret, which is printed: to print again is to issue anew (`G8`).
    Recode {
        pass: PassId,
        /// The digest that was seen: two who print at once do not print two sheets of which one opens nothing.
        seen: String,
        /// What is kept of the new secret.
        digest: String,
        /// What is kept of the new one in its square, if that is another.
        link: String,
    },
    /// The server keeps the same secret in another way.
    Rekey {
        pass: PassId,
        /// What is kept of it from now on.
        digest: String,
    },
    /// Revokes a pass: whoever holds it is out at once.
    Revoke { pass: PassId },
    /// A device shows a pass.
    SignIn(NewDevice),
    /// A device leaves.
    SignOut { device: DeviceId },
    /// Every device of a pass leaves.
    SignOutAll { pass: PassId },
    /// An organizer chooses name and secret.
    SetLogin {
        pass: PassId,
        /// The name that is typed, and the new secret's hash.
        login: Login,
        /// The hash that the old secret was found to fit; empty where there is none yet.
        old: String,
        /// The device on which this is done; every other one leaves.
        stays: Option<DeviceId>,
    },
    /// Calls for papers, or changes the call.
    SetCall(Box<Call>),
}

/// What has happened to a conference. Stored for ever: only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ConferenceEvent {
    /// It exists. Words: `name`, `venue`.
    Prepared {
        /// Minutes east of UTC.
        utc_offset: i32,
    },
    /// Its settings. Words: `name`, `venue`, `contact`, and `zone` without a language.
    Configured {
        /// The languages of its texts, the main one first.
        languages: Vec<Lang>,
        /// Minutes east of UTC, where the zone is unknown.
        utc_offset: i32,
        /// When the first day begins.
        from: Instant,
        /// When the last day ends.
        until: Instant,
    },
    /// A room was added. Words: `name`.
    RoomAdded { id: RoomId },
    /// A room has another name. Words: `name`.
    RoomRenamed { id: RoomId },
    /// A room was taken away.
    RoomRemoved { id: RoomId },
    /// A session was listed. Words: `title`, `theme`.
    SessionListed {
        session: SessionId,
        room: RoomId,
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The join code.
        code: Option<Code>,
    },
    /// A session of the draft was written. Words: `title`, `theme`, `about`.
    SessionSaved {
        session: SessionId,
        room: RoomId,
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The join code.
        code: Option<Code>,
        speakers: Vec<PersonId>,
    },
    /// A session was taken out of the draft.
    SessionRemoved { session: SessionId },
    /// The draft became the programme that everybody sees.
    ProgrammePublished,
    /// The safe place was described. Words: `place`.
    SafePlaceSet,
    /// A helpline was added. Words: `country`, and `number` as text.
    HelplineAdded {
        /// Whether it is an example.
        example: bool,
        /// Whether it is the venue's own country's.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        here: bool,
    },
    /// How the conference speaks to whoever has chosen nothing.
    ReadingSet(Reading),
    /// A recording was brought, to be read aloud.
    RecordingSet(Recording),
    /// A recording was taken away.
    RecordingRemoved(Passage),
    /// The hard words were written down. Words: `words`, one a line.
    GlossarySet,
    /// The quick exit leads elsewhere. Words: the address as `text`; none for a page of ours.
    ExitSet,
    /// A helpline was taken away.
    HelplineRemoved {
        /// Its place, from 0.
        place: u32,
    },
    /// Somebody has dialled every helpline.
    HelplinesConfirmed { by: Role },
    /// A person was written down. Words: `organisation`.
    PersonAdded(NewPerson),
    /// It was written anew. Words: `organisation`.
    PersonChanged(NewPerson),
    /// A person was taken out.
    PersonRemoved { id: PersonId },
    /// What an adult is here. Words: `title`, `office`, `country`, `about`.
    ProfileSet {
        person: PersonId,
        organisation: Option<OrganisationId>,
        /// The place in the order of protocol.
        order: Option<u32>,
        functions: Vec<Function>,
    },
    /// An organisation was written, new or anew. Words: `name`, `country`.
    OrganisationWritten { id: OrganisationId, kind: OrganisationKind, standing: Standing },
    /// An organisation was taken out of the list.
    OrganisationRemoved { id: OrganisationId },
    /// It was put back.
    OrganisationPutBack { id: OrganisationId },
    /// A recommendation was worded. Words: `text`.
    RecommendationWorded {
        id: RecommendationId,
        session: SessionId,
        /// The question that it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<QuestionId>,
    },
    /// The children confirmed one language of it.
    RecommendationConfirmed { id: RecommendationId, lang: Lang },
    /// The children adopted it.
    RecommendationAdopted { id: RecommendationId },
    /// It was taken away.
    RecommendationRemoved { id: RecommendationId },
    /// It was put back.
    RecommendationPutBack { id: RecommendationId },
    /// An answer is promised, or given. Words: `answer`.
    PromiseMade {
        id: RecommendationId,
        /// Who owes it.
        by: OrganisationId,
        due: Instant,
        progress: Progress,
    },
    /// A phone said whether an answer is enough, anew or for the first time.
    AnswerJudged { id: RecommendationId, voice: VoiceId, verdict: Verdict },
    /// What the conference says of itself. Words: each part by its name.
    AboutSet,
    /// An organizer has looked at a name that tells more than a first one, and lets it stand until it is written anew.
    NameLetStand { person: PersonId },
    /// A consent was checked.
    ConsentNoted {
        person: PersonId,
        asked: Asked,
        /// Where it stands.
        state: Consent,
    },
    /// A pass was issued. Words of early versions: the code of a child's card as `text`; removed at the next start.
    PassIssued(NewPass),
    /// A card of safeguarding was asked for.
    PassAsked(NewPass),
    /// The lead agreed to it.
    PassAgreed { pass: PassId },
    /// A card has another secret.
    PassRecoded(Recoded),
    /// A pass was revoked.
    PassRevoked { pass: PassId },
    /// A device showed a pass.
    DeviceSignedIn(NewDevice),
    /// A device left.
    DeviceSignedOut { device: DeviceId },
    /// An organizer chose name and secret. Words, without a language: `login`, `hash`.
    LoginSet { pass: PassId },
    /// Papers were called for, or the call was changed. Words: `asks`, `example`, `theme.0` …
    CallSet(CallTerms),
}
