//! The kinds of nudge that go to somebody of a pair, the most important first.

use std::sync::LazyLock;

use crate::core::question::{Bank, Nudge, Recipient, Role};
use crate::core::words::words;

words! {
    /// A kind, by its name in the bank. In the order of importance: of several that are due the first is sent.
    ///
    /// Help, thanks and the question after three unanswered pulses are no nudges of the week: somebody meant them to come.
    pub enum Kind: "a kind of nudge" {
        FirstMeeting = "first-meeting",
        OverdueMentor = "overdue-mentor",
        OverdueMentee = "overdue-mentee",
        RhythmCheck = "rhythm-check",
        MentorLoad = "mentor-load",
        OwnCommunication = "own-communication",
        NoGoal = "no-goal",
        GoalStalled = "goal-stalled",
        AskFeedback = "ask-feedback",
        FeedbackCard = "feedback-card",
        BookNext = "book-next",
        WelcomeBack = "welcome-back",
        AfterSession = "after-session",
        EndNear = "end-near",
        Anniversary = "anniversary",
    }
}

impl Kind {
    /// Its words and waits, as the bank has them.
    pub fn words(self) -> &'static Nudge {
        static ALL: LazyLock<Vec<&'static Nudge>> = LazyLock::new(|| {
            let of = |kind: Kind| Bank::built_in().nudges.iter().find(move |nudge| nudge.id == kind.as_str());
            Kind::ALL.map(|kind| of(kind).expect("a test holds the kinds against the bank")).to_vec()
        });
        ALL[self as usize]
    }

    /// Whether it is meant for this side at all.
    pub fn is_for(self, role: Role) -> bool {
        match self.words().to {
            Recipient::Both | Recipient::Oneself => self != Self::MentorLoad || role == Role::Mentor,
            Recipient::Mentee => role == Role::Mentee,
            Recipient::Mentor => role == Role::Mentor,
            Recipient::Partner | Recipient::Coordinator | Recipient::Everyone => false,
        }
    }

    /// Whether it is held back from some, so that its effect can be measured. The bank names those that never are.
    pub fn is_measured(self) -> bool {
        !matches!(self, Self::FirstMeeting | Self::WelcomeBack | Self::EndNear | Self::Anniversary)
    }

    /// Whether it is about the person rather than about one of their pairs: then it rests for all of these together.
    pub fn is_of_person(self) -> bool {
        matches!(self, Self::MentorLoad | Self::FeedbackCard)
    }

    /// Whether what occasioned it can occasion it once more, after its rest, while nothing has changed.
    pub(super) fn repeats(self) -> bool {
        use Kind::*;
        matches!(self, FirstMeeting | OverdueMentor | OverdueMentee | NoGoal | GoalStalled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_words_and_goes_to_somebody() {
        for kind in Kind::ALL {
            assert_eq!(kind.words().id, kind.as_str());
            assert!(kind.is_for(Role::Mentee) || kind.is_for(Role::Mentor), "{kind}");
            assert!(kind.words().max_per_pair > 0, "{kind}");
        }
    }

    #[test]
    fn what_never_holds_out_is_what_the_bank_names() {
        let never: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !kind.is_measured()).collect();
        assert_eq!(never, [Kind::FirstMeeting, Kind::WelcomeBack, Kind::EndNear, Kind::Anniversary]);
    }
}
