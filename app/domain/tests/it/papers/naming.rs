//! Names beside a paper follow what is noted of the conference's people (`S21`).

use std::collections::BTreeMap;

use nadwa_domain::Lang;
use nadwa_domain::Refusal;
use nadwa_domain::conference::people::{Checked, Consent as OfFamily, Group, NewPerson, Person, Shows};
use nadwa_domain::ids::PersonId;
use nadwa_domain::paper::act::{Consent, Credit, PaperAct, Publish};

use super::story::{Story, accepted, publish};
use crate::support::cast::{AUTHOR, MENTOR, OMAR, ORGANIZER, REEM, SARA};

fn people(group: Group, shows: Shows, guardian: OfFamily) -> BTreeMap<PersonId, Person> {
    let about = NewPerson { id: OMAR, group, shows, lang: Lang::AR };
    let guardian = Checked { state: guardian, ..Checked::default() };
    let person = Person { guardian, ..Person::new(about, nadwa_domain::Said::default()) };
    BTreeMap::from([(OMAR, person)])
}

/// Sara, whose family agreed beside the paper, is Omar of the conference's people.
fn known() -> Story {
    let story = accepted().act(AUTHOR, publish(Publish::Whole, Credit::Names));
    let story = story.act(ORGANIZER, PaperAct::NoteConsent { person: SARA, consent: Consent::Given });
    story.act(ORGANIZER, PaperAct::KnowAuthor { person: SARA, of: Some(OMAR) })
}

#[test]
fn whoever_is_known_is_called_as_the_conference_calls_them() {
    let story = known();
    let called = |people: &BTreeMap<PersonId, Person>| story.paper.credited(people);
    let child = |shows, guardian| called(&people(Group::Child, shows, guardian));
    assert_eq!(child(Shows::FirstName, OfFamily::Given), [OMAR]);
    assert_eq!(child(Shows::Nickname, OfFamily::Given), [OMAR]);
    assert_eq!(child(Shows::Role, OfFamily::Given), [], "a role is no name");
    for state in [OfFamily::Unchecked, OfFamily::NotGiven, OfFamily::Withdrawn] {
        assert_eq!(child(Shows::FirstName, state), [], "{state:?}: whatever was noted beside the paper");
    }
    assert_eq!(called(&people(Group::Adult, Shows::FirstName, OfFamily::Unchecked)), [OMAR]);
    assert_eq!(called(&BTreeMap::new()), [], "somebody who was removed");
}

#[test]
fn who_an_author_is_can_be_taken_back() {
    let story = known();
    let again = story.clone().act(ORGANIZER, PaperAct::KnowAuthor { person: SARA, of: None });
    assert_eq!(again.credited(), [SARA], "then what was noted beside the paper counts");
    let same = PaperAct::KnowAuthor { person: SARA, of: Some(OMAR) };
    assert_eq!(story.decide(ORGANIZER, &same), Ok(vec![]));
    for who in [AUTHOR, MENTOR] {
        story.refused(who, &same, Refusal::NotYours);
    }
    story.refused(ORGANIZER, &PaperAct::KnowAuthor { person: OMAR, of: Some(REEM) }, Refusal::Unknown);
}
