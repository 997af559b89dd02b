//! The nudges of the bank: what may be said to whom, when, and on the ground of what.

use serde::{Deserialize, Serialize};

use super::words;

words! {
    /// To whom a nudge goes.
    pub enum Recipient: "a recipient" {
        Both = "both",
        Mentee = "mentee",
        Mentor = "mentor",
        /// The person whose behaviour or answers triggered it.
        Oneself = "self",
        Partner = "partner",
        Coordinator = "coordinator",
        Everyone = "everyone",
    }
}

words! {
    /// What a nudge may be derived from. Its text, time and fact stay the same whatever the partner answered.
    pub enum Input: "an input" {
        /// Facts that both know: meetings, goals, dates.
        PairBehaviour = "pair_behaviour",
        OwnBehaviour = "own_behaviour",
        OwnAnswers = "own_answers",
        Calendar = "calendar",
        /// Released totals.
        KTotals = "k_totals",
        /// Sent by the partner, on purpose.
        SentByPartner = "sent_by_partner",
        /// Sent by the person, on purpose.
        SentByPerson = "sent_by_person",
        /// Health; for coordinators only.
        Health = "health",
    }
}

/// One kind of nudge. Words in braces are filled in when it is sent; times are active days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nudge {
    pub id: String,
    pub to: Recipient,
    /// The occasion, for people to read.
    pub when: String,
    /// What holds it back, for people to read.
    pub unless: String,
    /// Full days between the occasion and the message.
    pub wait_days: u16,
    /// Days before the same kind goes to the same pair again.
    pub cooldown_days: u16,
    pub max_per_pair: u16,
    pub text: String,
    /// Why the person gets it, said on the message.
    pub why: String,
    pub action: String,
    /// What counts as success.
    pub outcome: String,
    pub derived_from: Input,
    pub evidence: String,
}
