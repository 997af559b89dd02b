//! What people do about a nudge: some say that it is done, some never say anything.

use super::super::message::Control;
use super::mind::{Mind, Thought};
use super::reading::named;

/// The buttons of a nudge that a person knows.
#[derive(Debug)]
pub(super) struct Nudge {
    pub done: String,
    pub tomorrow: Option<String>,
    pub not_helpful: String,
}

impl Nudge {
    /// `None`: these are the buttons of something else.
    pub fn of(buttons: &[&Control]) -> Option<Self> {
        let found = |label: &str| buttons.iter().find(|button| button.label == label).map(|button| named(button));
        Some(Self { done: found("Done")?, tomorrow: found("Tomorrow"), not_helpful: found("Not helpful")? })
    }
}

impl Mind {
    /// Three in ten never touch a button of a nudge; the others do about half of the time.
    pub(super) fn is_nudged(&self, nudge: &Nudge, thought: &mut Thought<'_>) {
        let what = thought.draw.of("nudge").unit();
        let button = match what {
            _ if self.draw.of("heeds nudges").chance(0.3) => None,
            _ if what < 0.45 => Some(&nudge.done),
            _ if what < 0.52 => nudge.tomorrow.as_ref(),
            _ if what < 0.57 => Some(&nudge.not_helpful),
            _ => None,
        };
        match button {
            Some(button) => thought.press(self.in_a_while(thought, "nudge"), "nudge", button),
            None => self.only_reads(thought),
        }
    }
}
