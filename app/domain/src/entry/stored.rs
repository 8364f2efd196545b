//! Reading a stored event: its name says of which noun it is, and that noun reads it.
//!
//! Serde's `untagged` would try noun after noun and could only say that none fits. A line of a later version must be told
//! from a damaged one, and long histories are read at every start.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use strum::VariantNames;

use super::{DeskEvent, Event, FloorEvent, PlanEvent, PollEvent, QuestionEvent, ScreenEvent, SessionEvent};

/// The field that names the event; it is written first.
const NAME: &str = "event";

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Stored)
    }
}

struct Stored;

impl<'de> Visitor<'de> for Stored {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an event, its name first")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Event, A::Error> {
        if map.next_key::<Text>()?.is_none_or(|key| key.0 != NAME) {
            return Err(A::Error::missing_field(NAME));
        }
        let name = map.next_value::<Text>()?.0;
        let is_of = |names: &[&str]| names.contains(&&*name);
        match &*name {
            "queue" => return of_a_noun(map).map(Event::Queue),
            "team" => return of_a_noun(map).map(Event::Team),
            _ => {}
        }
        let named = Named { name: &name, read: Read::Nothing, rest: map };
        if is_of(QuestionEvent::VARIANTS) {
            of_a_noun(named).map(Event::Question)
        } else if is_of(DeskEvent::VARIANTS) {
            of_a_noun(named).map(Event::Desk)
        } else if is_of(SessionEvent::VARIANTS) {
            of_a_noun(named).map(Event::Session)
        } else if is_of(FloorEvent::VARIANTS) {
            of_a_noun(named).map(Event::Floor)
        } else if is_of(ScreenEvent::VARIANTS) {
            of_a_noun(named).map(Event::Screen)
        } else if is_of(PollEvent::VARIANTS) {
            of_a_noun(named).map(Event::Poll)
        } else if is_of(PlanEvent::VARIANTS) {
            of_a_noun(named).map(Event::Plan)
        } else {
            Err(A::Error::custom(format_args!("unknown variant `{name}`, no noun has such an event")))
        }
    }
}

fn of_a_noun<'de, E: Deserialize<'de>, A: MapAccess<'de>>(map: A) -> Result<E, A::Error> {
    E::deserialize(MapAccessDeserializer::new(map))
}

/// A text of the line, without a copy where the format lends it.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// A map whose first field was read already: it is handed out once more.
struct Named<'n, A> {
    name: &'n str,
    read: Read,
    rest: A,
}

enum Read {
    Nothing,
    Key,
    Name,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Named<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.read {
            Read::Nothing => {
                self.read = Read::Key;
                seed.deserialize(BorrowedStrDeserializer::new(NAME)).map(Some)
            }
            Read::Key | Read::Name => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.read {
            Read::Nothing | Read::Key => {
                self.read = Read::Name;
                let name: StrDeserializer<'_, A::Error> = self.name.into_deserializer();
                seed.deserialize(name)
            }
            Read::Name => self.rest.next_value_seed(seed),
        }
    }
}
