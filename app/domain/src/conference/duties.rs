//! Duties apart (`S17`, `G9`): who may issue which card, who agrees, who may hold it.
//!
//! Whoever organizes does not read what children wrote, and does not run their session. So the cards of the
//! safeguarding lead and the deputy need the present lead's agreement, once somebody has come in with one; what an
//! organizer has issued opens nothing on their own device; and who issued, agreed and came in stands in the record.

use super::pass::{Device, Login, NewDevice, NewPass, Pass, Recoded};
use super::people::Group;
use super::programme::Listing;
use super::{Act, Conference, ConferenceEvent, Decided, one};
use crate::entry::{Entry, Happened, Words};
use crate::ids::{DeviceId, PassId, PersonId, SessionId};
use crate::refusal::Refusal;
use crate::role::{Role, Who};

impl Conference {
    /// Whether an act is about a card of lead or deputy, which the two may agree to, take back and sign out.
    pub(super) fn is_about_a_guard(&self, act: &Act) -> bool {
        let of_guards = |pass: &PassId| self.passes.get(pass).is_some_and(|pass| pass.issued.role.safeguards());
        match act {
            Act::Agree { pass } | Act::Revoke { pass } | Act::SignOutAll { pass } => of_guards(pass),
            Act::SignOut { device } => self.devices.get(device).is_some_and(|device| of_guards(&device.new.pass)),
            // No other act is about a card.
            _ => false,
        }
    }

    /// Whether an act about a card is theirs alone: organizers shut nobody out who has come in for safeguarding.
    pub(super) fn is_the_guards_own(&self, act: &Act) -> bool {
        match act {
            Act::Agree { .. } => true,
            Act::Revoke { pass } | Act::SignOutAll { pass } => self.guards_in_use(*pass),
            Act::SignOut { device } => {
                self.devices.get(device).is_some_and(|device| self.guards_in_use(device.new.pass))
            }
            // No other act takes a card away.
            _ => false,
        }
    }

    /// Whether it is a card with which somebody of safeguarding has come in: organizers do not shut them out.
    pub(super) fn guards_in_use(&self, pass: PassId) -> bool {
        self.passes.get(&pass).is_some_and(|pass| pass.issued.role.safeguards() && pass.used && !pass.revoked)
    }

    /// Whether whoever is `who` agrees to cards of safeguarding: the lead, and the deputy while no lead is signed in.
    #[must_use]
    pub fn agrees(&self, who: Who) -> bool {
        let leads = |device: &Device| {
            let pass = self.passes.get(&device.new.pass);
            pass.is_some_and(|pass| pass.issued.role == Role::SafeguardingLead && !pass.revoked)
        };
        match who.role() {
            Some(Role::SafeguardingLead) => true,
            Some(Role::SafeguardingDeputy) => !self.devices.values().any(leads),
            _ => false,
        }
    }

    /// The first lead and the first deputy are the organizers' to name. From then on the lead agrees.
    fn needs_agreement(&self, who: Who, role: Role) -> bool {
        let of_guards = || self.passes.values().filter(|pass| pass.issued.role.safeguards());
        let begun = of_guards().any(|pass| pass.used);
        let named = of_guards().any(|pass| pass.issued.role == role && !pass.revoked);
        role.safeguards() && who != Who::Server && (begun || named)
    }

    pub(super) fn issue(&self, who: Who, new: &NewPass) -> Decided {
        let again = self.passes.contains_key(&new.id);
        let unknown = new.session.is_some_and(|session| self.listing(session).is_none());
        if again || unknown || self.is_taken(&new.digest) || self.is_taken(&new.link) || !new.scope_fits() {
            return Err(Refusal::BadPlan);
        }
        if new.role.is_adult() && new.person.is_some_and(|person| self.is_child(person)) {
            return Err(Refusal::AdultsOnly);
        }
        let of = new.person.and_then(|person| self.people.get(&person)).and_then(|person| person.profile.of);
        if new.role == Role::Respondent && of.is_none() {
            return Err(Refusal::NoOrganisation);
        }
        if self.needs_agreement(who, new.role) {
            return one(ConferenceEvent::PassAsked(NewPass {
                digest: String::new(),
                link: String::new(),
                ..new.clone()
            }));
        }
        one(ConferenceEvent::PassIssued(new.clone()))
    }

    /// Whether somebody is noted as a child.
    fn is_child(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|person| person.about.group == Group::Child)
    }

    /// Whether somebody holds a card of an adult's role.
    pub(super) fn holds_adults_card(&self, person: PersonId) -> bool {
        let own = |pass: &&Pass| !pass.revoked && pass.issued.person == Some(person);
        self.passes.values().filter(own).any(|pass| pass.issued.role.is_adult())
    }

    /// Whether a child runs a session, as far as is noted (`P1`): a card of a moderator is for somebody who is noted as a
    /// child, or, outside of closed meetings, for nobody in particular while none is an adult's.
    #[must_use]
    pub fn is_run_by_a_child(&self, session: SessionId) -> bool {
        let runs = |pass: &&Pass| {
            !pass.revoked && !pass.asked && pass.issued.session == Some(session) && pass.issued.role.moderates()
        };
        let groups = self.passes.values().filter(runs).map(|pass| {
            let person = pass.issued.person.and_then(|id| self.people.get(&id));
            person.map(|person| person.about.group)
        });
        let groups: Vec<Option<Group>> = groups.collect();
        let is_public = self.listing(session).is_some_and(Listing::is_public);
        let unnamed = is_public && groups.contains(&None) && !groups.contains(&Some(Group::Adult));
        groups.contains(&Some(Group::Child)) || unnamed
    }

    /// Two cards with one code would open two doors at once.
    fn is_taken(&self, digest: &str) -> bool {
        let has = |pass: &Pass| pass.issued.digest == digest || pass.issued.link == digest;
        !digest.is_empty() && self.passes.values().any(|pass| has(pass) && !pass.revoked)
    }

    pub(super) fn agree(&self, who: Who, pass: PassId) -> Decided {
        match self.passes.get(&pass) {
            _ if !self.agrees(who) => Err(Refusal::NotYours),
            Some(asked) if asked.asked && !asked.revoked => one(ConferenceEvent::PassAgreed { pass }),
            Some(asked) if !asked.revoked => Ok(vec![]),
            Some(_) | None => Err(Refusal::Unknown),
        }
    }

    /// A card gets another secret, and whoever holds the old one is out. A card of safeguarding is shown once: its
    /// secret is in nobody's hands but its holder's.
    pub(super) fn recode(&self, seen: &str, new: Recoded) -> Decided {
        let Some(found) = self.passes.get(&new.pass).filter(|pass| !pass.revoked && !pass.asked) else {
            return Err(Refusal::NoSuchPass);
        };
        let role = found.issued.role;
        if role == Role::Organizer || (found.was_shown() && role.safeguards()) {
            return Err(Refusal::NotYours);
        }
        if found.issued.digest != seen {
            return Err(Refusal::AlreadyMoved { by: Some(Role::Organizer) });
        }
        if new.digest.is_empty() || self.is_taken(&new.digest) || self.is_taken(&new.link) {
            return Err(Refusal::BadPlan);
        }
        let mut happened: Vec<_> = self.sign_out_all(new.pass, None).collect();
        happened.push(ConferenceEvent::PassRecoded(new).into());
        Ok(happened)
    }

    pub(super) fn revoke(&self, who: Who, pass: PassId) -> Decided {
        match self.passes.get(&pass) {
            // Nobody locks themselves out by a slip: another organizer takes an organizer's pass back.
            _ if who.pass() == Some(pass) => Err(Refusal::NotYours),
            None => Err(Refusal::Unknown),
            Some(pass) if pass.revoked => Ok(vec![]),
            Some(_) => one(ConferenceEvent::PassRevoked { pass }),
        }
    }

    /// Whether a device that holds the passes `here` may come in with `pass`: an organizer's device is no child's and
    /// nobody's of safeguarding, and what an organizer issued opens nothing on a device of theirs.
    ///
    /// # Errors
    /// [`Refusal::OwnCard`], [`Refusal::NoSuchPass`] for an invitation that was opened before.
    pub fn may_come_in(&self, pass: &Pass, here: &[Pass]) -> Result<(), Refusal> {
        let role = pass.issued.role;
        let apart = !role.is_adult() || role.safeguards();
        let organizes = |own: &Pass| own.issued.role == Role::Organizer;
        if apart && here.iter().any(|own| organizes(own) || pass.known_to == Some(own.issued.id)) {
            return Err(Refusal::OwnCard);
        }
        if pass.is_invitation() && pass.used && !here.iter().any(|own| own.issued.id == pass.issued.id) {
            return Err(Refusal::NoSuchPass);
        }
        Ok(())
    }

    /// Whether an adult's link has opened its one device (`G5`): a new one comes from whoever may issue it. Whoever has
    /// chosen a phrase signs in with that, on several.
    #[must_use]
    pub fn is_spent(&self, pass: &Pass) -> bool {
        pass.issued.role.is_adult() && pass.opened && !self.logins.contains_key(&pass.issued.id)
    }

    /// On another device the first one leaves, if the card works on one at a time. An invitation works once, and an
    /// adult's link opens one device.
    pub(super) fn sign_in(&self, device: &NewDevice) -> Decided {
        let Some(pass) = self.passes.get(&device.pass).filter(|pass| !pass.revoked) else {
            return Err(Refusal::NoSuchPass);
        };
        if (pass.is_invitation() && pass.used) || self.is_spent(pass) {
            return Err(Refusal::NoSuchPass);
        }
        if self.devices.contains_key(&device.id) {
            return Err(Refusal::BadPlan);
        }
        let leaves = pass.issued.one_device.then(|| self.sign_out_all(device.pass, None));
        let mut happened: Vec<Happened<ConferenceEvent>> = leaves.into_iter().flatten().collect();
        happened.push(ConferenceEvent::DeviceSignedIn(device.clone()).into());
        Ok(happened)
    }

    pub(super) fn sign_out_all(
        &self,
        pass: PassId,
        but: Option<DeviceId>,
    ) -> impl Iterator<Item = Happened<ConferenceEvent>> {
        let devices = self.devices.values().filter(move |device| device.new.pass == pass && Some(device.new.id) != but);
        devices.map(|device| ConferenceEvent::DeviceSignedOut { device: device.new.id }.into())
    }

    /// The first phrase is chosen on the device that was invited; another one asks for the one before. Every other
    /// device leaves: whoever knew the old phrase, or the link, is out.
    pub(super) fn set_login(&self, pass: PassId, login: &Login, old: &str, stays: Option<DeviceId>) -> Decided {
        let organizer = |pass: &Pass| pass.issued.role == Role::Organizer && !pass.revoked;
        if !self.passes.get(&pass).is_some_and(organizer) {
            return Err(Refusal::NoSuchPass);
        }
        if self.logins.get(&pass).is_some_and(|login| login.hash != old) {
            return Err(Refusal::WrongSecret);
        }
        let taken = |(of, other): (&PassId, &Login)| *of != pass && other.name.eq_ignore_ascii_case(&login.name);
        if login.name.is_empty() || self.logins.iter().any(taken) {
            return Err(Refusal::BadPlan);
        }
        let words = Words::none().with_plain("login", &login.name).with_plain("hash", &login.hash);
        let mut happened = vec![Happened { event: ConferenceEvent::LoginSet { pass }, words }];
        happened.extend(self.sign_out_all(pass, stays));
        Ok(happened)
    }

    pub(super) fn apply_passes(&mut self, entry: &Entry<ConferenceEvent>) {
        match &entry.event {
            ConferenceEvent::PassIssued(new) => {
                let known_to = entry.by.pass().filter(|_| !new.digest.is_empty());
                self.passes.insert(new.id, Pass { known_to, ..Pass::new(new.clone()) });
            }
            ConferenceEvent::PassAsked(new) => {
                self.passes.insert(new.id, Pass { asked: true, ..Pass::new(new.clone()) });
            }
            ConferenceEvent::PassAgreed { pass } => {
                if let Some(pass) = self.passes.get_mut(pass) {
                    pass.asked = false;
                }
            }
            ConferenceEvent::PassRecoded(Recoded { pass, digest, link }) => {
                if let Some(pass) = self.passes.get_mut(pass) {
                    pass.issued.digest.clone_from(digest);
                    (pass.opened, pass.left) = (false, false);
                    if !link.is_empty() {
                        pass.issued.link.clone_from(link);
                    }
                    pass.known_to = entry.by.pass().or(pass.known_to);
                }
            }
            ConferenceEvent::PassRevoked { pass } => {
                self.devices.retain(|_, device| device.new.pass != *pass);
                self.logins.remove(pass);
                if let Some(pass) = self.passes.get_mut(pass) {
                    pass.revoked = true;
                }
            }
            ConferenceEvent::DeviceSignedIn(new) => {
                if let Some(pass) = self.passes.get_mut(&new.pass) {
                    (pass.used, pass.opened) = (true, true);
                }
                self.devices.insert(new.id, Device { new: new.clone(), since: entry.at });
            }
            ConferenceEvent::DeviceSignedOut { device } => {
                let gone = self.devices.remove(device).and_then(|device| self.passes.get_mut(&device.new.pass));
                // The server signs a device out for whoever hands it on; else the card went elsewhere, or was taken back.
                if let Some(pass) = gone.filter(|_| entry.by == Who::Server) {
                    pass.left = true;
                }
            }
            ConferenceEvent::LoginSet { pass } => {
                let login = Login { name: entry.words.plain("login"), hash: entry.words.plain("hash") };
                self.logins.insert(*pass, login);
                // The invitation has done its work: what ended was its link.
                if let Some(pass) = self.passes.get_mut(pass) {
                    pass.issued.until = None;
                }
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }
}
