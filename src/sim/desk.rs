//! What one person has in front of them: what is unread, open modals, App Home, half-filled forms.

use std::collections::{BTreeMap, BTreeSet};

use super::form::Form;
use super::message::MessageRef;
use super::view::Panel;

#[derive(Default)]
pub(super) struct Desk {
    /// In order of arrival.
    pub unread: BTreeMap<u64, MessageRef>,
    arrivals: u64,
    pub home: Option<Panel>,
    /// The topmost is the last.
    pub modals: Vec<Panel>,
    /// Messages beside whose buttons Slack shows its warning sign.
    pub warnings: BTreeSet<MessageRef>,
    /// What was chosen in the selects of messages.
    pub forms: BTreeMap<MessageRef, Form>,
    /// What this person did, what was opened for them and how often something was drawn for them: each is counted by
    /// itself, so that the names made from it are the same in every run, whatever the order of threads.
    pub gestures: u64,
    pub opened: u64,
    pub drawn: u64,
}

impl Desk {
    pub fn arrived(&mut self, at: MessageRef) {
        self.arrivals += 1;
        self.unread.insert(self.arrivals, at);
    }

    pub fn forget(&mut self, at: &MessageRef) {
        self.unread.retain(|_, unread| unread != at);
        self.warnings.remove(at);
        self.forms.remove(at);
    }

    pub fn panel(&mut self, view_id: &str) -> Option<&mut Panel> {
        self.modals.iter_mut().chain(&mut self.home).find(|panel| panel.id == view_id)
    }
}
