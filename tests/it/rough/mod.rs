//! What goes wrong on the way, and what becomes of it.

mod lost_replies;

use chrono::TimeDelta;
use rapport::sim::Message;

use crate::world::World;

/// The pulse as it stands in the first line of its post.
pub const PULSE: &str = "Pulse 1 of";

impl World {
    /// All that this person can see and that says `words`, wherever it stands.
    pub fn all(&self, name: &str, words: &str) -> Vec<Message> {
        let someone = self.person(name);
        let places = someone.conversations();
        let all = places.iter().flat_map(|place| someone.messages(&place.id));
        all.filter(|message| message.as_text().contains(words)).collect()
    }

    /// The one that says `words`.
    pub fn only(&self, name: &str, words: &str) -> Message {
        let mut all = self.all(name, words);
        let texts: Vec<String> = all.iter().map(Message::as_text).collect();
        assert_eq!(all.len(), 1, "{name} sees {words:?} once: {texts:#?}");
        all.remove(0)
    }

    /// How often `method` was called.
    pub fn called(&self, method: &str) -> usize {
        self.sim.calls().iter().filter(|call| call.method == method).count()
    }

    /// Both are in, and it is a minute before the first pulse is due.
    pub async fn before_the_first_pulse(&self) {
        self.all_start().await;
        self.berlin("2026-05-05 09:59").await;
    }

    pub async fn pass(&self, time: TimeDelta) {
        self.advance_to(self.now() + time).await;
    }
}
