//! Feeds: each role's frame, rendered once a change and language, and shared by every connection.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use nadwa_app::wire::{Frame, event};
use nadwa_domain::ids::PhoneId;
use nadwa_domain::session::mix::Deck;
use nadwa_domain::view::console::{ConsoleView, Part};
use nadwa_domain::view::{self, Hall};
use nadwa_domain::{Choice, Lang, Session};
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};
use tokio::sync::watch;

/// Whose view a feed carries. In the order of serving: the hall's own devices before the phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum FeedRole {
    /// The projector.
    Screen,
    /// The person speaking.
    Stage,
    /// Child moderators.
    Console,
    /// Stewards.
    Desk,
    /// Interpreters.
    Interpreters,
    /// Supporting adults.
    Backstage,
    /// Phones.
    Audience,
}

/// One published frame: the bytes of its server-sent event, the same for every connection.
#[derive(Debug, Default)]
pub struct Picture {
    /// What `Last-Event-ID` must be for whoever has seen it: seq and a short hash, since names and the number of voters
    /// change a view without an entry.
    pub id: String,
    /// The whole event: `id`, `event`, `data`.
    pub bytes: Bytes,
    /// The view alone, to see whether it changed.
    view: String,
    /// The turn (a counter of reads of the state) of the newest rendering.
    turn: AtomicU64,
}

/// Whose frame, in which language; of the console, with which part of the questions.
pub type Wanted = (FeedRole, Lang, Part);

type Channel = watch::Sender<Arc<Picture>>;

/// The feeds of one session.
pub struct Feeds {
    build: Arc<str>,
    pictures: HashMap<(FeedRole, Lang), Channel>,
    /// The console's with a further part of the questions, as long as somebody looks at it.
    parts: Mutex<HashMap<(Lang, Part), Channel>>,
    /// The children's cards as they were worked out last, with the place of the entry that changed them.
    dealt: Mutex<(u64, Arc<Deck>)>,
    /// Phones that listen, so that what is theirs alone reaches them alone.
    phones: Mutex<HashMap<PhoneId, watch::Sender<u64>>>,
}

impl Feeds {
    pub(super) fn new(build: Arc<str>) -> Self {
        let keys = FeedRole::ALL.iter().copied().flat_map(|role| Lang::all().map(move |lang| (role, lang)));
        let pictures = keys.map(|key| (key, watch::channel(Arc::default()).0)).collect();
        Self { build, pictures, parts: Mutex::default(), dealt: Mutex::default(), phones: Mutex::default() }
    }

    /// Follows one role's frames in one language, beginning with the current one.
    #[must_use]
    pub fn follow(&self, wanted: Wanted, session: &Session, hall: Hall, turn: u64) -> watch::Receiver<Arc<Picture>> {
        let channel = self.channel(wanted);
        let mut receiver = channel.subscribe();
        self.render(wanted, session, hall, turn, &channel);
        receiver.mark_changed();
        receiver
    }

    fn channel(&self, (role, lang, part): Wanted) -> Channel {
        match role {
            FeedRole::Console if part != Part::default() => {
                let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
                parts.entry((lang, part)).or_insert_with(|| watch::channel(Arc::default()).0).clone()
            }
            FeedRole::Screen
            | FeedRole::Stage
            | FeedRole::Console
            | FeedRole::Desk
            | FeedRole::Audience
            | FeedRole::Backstage
            | FeedRole::Interpreters => self.pictures[&(role, lang)].clone(),
        }
    }

    /// How many connections one role has.
    #[must_use]
    pub fn listeners(&self, role: FeedRole) -> usize {
        Lang::all().map(|lang| self.pictures[&(role, lang)].receiver_count()).sum()
    }

    /// Publishes every frame that somebody follows and whose bytes changed.
    pub(super) fn publish(&self, session: &Session, hall: Hall, turn: u64) {
        for role in FeedRole::ALL.iter().copied() {
            for lang in Lang::all() {
                let channel = &self.pictures[&(role, lang)];
                if channel.receiver_count() > 0 {
                    self.render((role, lang, Part::default()), session, hall, turn, channel);
                }
            }
        }
        for ((lang, part), channel) in self.further() {
            self.render((FeedRole::Console, lang, part), session, hall, turn, &channel);
        }
    }

    /// Further parts that somebody still looks at.
    fn further(&self) -> Vec<((Lang, Part), Channel)> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.retain(|_, channel| channel.receiver_count() > 0);
        parts.iter().map(|(key, channel)| (*key, channel.clone())).collect()
    }

    fn render(&self, (role, lang, part): Wanted, session: &Session, hall: Hall, turn: u64, to: &Channel) {
        let view = match role {
            FeedRole::Screen => json(&view::screen::screen(session, hall, lang)),
            FeedRole::Stage => json(&view::stage::stage(session, hall, lang)),
            FeedRole::Console => json(&self.console(session, hall, lang, part)),
            FeedRole::Desk => json(&view::desk::desk(session, hall, lang)),
            FeedRole::Backstage => json(&view::backstage::backstage(session, hall, lang)),
            FeedRole::Interpreters => json(&view::interpreter::interpreter(session, hall, lang)),
            FeedRole::Audience => json(&view::audience::audience(session, hall, lang)),
        };
        to.send_if_modified(|picture| {
            // Whoever read the state earlier and rendered more slowly does not replace a newer frame by an older one.
            if turn < picture.turn.fetch_max(turn, Ordering::Relaxed) || picture.view == view {
                return false;
            }
            *picture = Arc::new(self.picture(session.seq, view, turn));
            true
        });
    }

    /// What child moderators see. The cards are worked out once a change, for all languages, parts and pages.
    pub(super) fn console(&self, session: &Session, hall: Hall, lang: Lang, part: Part) -> ConsoleView {
        view::console::console(session, &self.deck(session), hall, lang, part)
    }

    fn deck(&self, session: &Session) -> Arc<Deck> {
        let known = |dealt: &(u64, Arc<Deck>)| (dealt.0 == session.cards_changed).then(|| Arc::clone(&dealt.1));
        if let Some(deck) = known(&self.dealt.lock().unwrap_or_else(PoisonError::into_inner)) {
            return deck;
        }
        let deck = Arc::new(session.deck());
        let mut dealt = self.dealt.lock().unwrap_or_else(PoisonError::into_inner);
        if dealt.0 < session.cards_changed {
            *dealt = (session.cards_changed, Arc::clone(&deck));
        }
        deck
    }

    fn picture(&self, seq: u64, view: String, turn: u64) -> Picture {
        let raw = serde_json::value::RawValue::from_string(view.clone()).expect("a view's JSON is JSON");
        let frame = Frame { build: self.build.to_string(), seq, view: raw };
        let mut hash = DefaultHasher::new();
        view.hash(&mut hash);
        let id = format!("{seq}.{:08x}", hash.finish() & 0xffff_ffff);
        let bytes = Bytes::from(format!("id: {id}\nevent: {}\ndata: {}\n\n", event::FRAME, json(&frame)));
        Picture { id, bytes, view, turn: AtomicU64::new(turn) }
    }

    /// Follows what concerns one phone alone.
    #[must_use]
    pub fn follow_phone(&self, phone: PhoneId) -> watch::Receiver<u64> {
        let mut phones = self.phones.lock().unwrap_or_else(PoisonError::into_inner);
        phones.retain(|_, sender| sender.receiver_count() > 0);
        phones.entry(phone).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Tells one phone that something of its own changed.
    pub(super) fn touch(&self, phone: PhoneId) {
        let phones = self.phones.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = phones.get(&phone) {
            sender.send_modify(|version| *version += 1);
        }
    }
}

fn json(view: &impl Serialize) -> String {
    serde_json::to_string(view).expect("views are made of strings, numbers and enums")
}
