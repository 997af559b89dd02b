//! A kind "no": one sentence each, with what the person can do where there is something.

use crate::core::refusal::Refusal;

use super::text::time;

/// The sentence of a refusal.
pub fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotYourPair => "These buttons belong to another pair, so nothing was saved.".to_owned(),
        Refusal::PulseClosed { at } => {
            format!("This pulse closed {}, so its answers stay as they are; the next one comes by itself.", time(*at))
        }
        Refusal::Gone => {
            "What this belonged to is no longer there, so nothing was saved; the Home tab shows what is open."
                .to_owned()
        }
        Refusal::NotAsked => {
            "This question was not asked of you this time, so nothing was saved; yours are in the Home tab.".to_owned()
        }
        Refusal::AnswerFirst => {
            "Please tap an answer first; then you can add a comment and choose who sees it.".to_owned()
        }
        Refusal::AnsweredAlready => {
            "You have answered this pulse, so there is nothing to put off; you can still change your answer.".to_owned()
        }
        Refusal::NobodyToAsk => {
            "The two of you are this programme's only coordinators, so there is nobody else here to ask.".to_owned()
        }
        Refusal::ClosesBefore { at } => {
            format!(
                "This pulse closes {}, before tomorrow's question could come; until then you can answer here.",
                time(*at)
            )
        }
        Refusal::Unknown => {
            "rapport does not know this button or command; your pulses and answers are in the Home tab.".to_owned()
        }
        Refusal::Ended => "This pair has ended, so nothing more is asked or saved.".to_owned(),
        Refusal::TryAgain => "That could not be saved in time, so nothing was; please try once more.".to_owned(),
    }
}
