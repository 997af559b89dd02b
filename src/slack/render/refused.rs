//! A kind "no": one sentence each, with what the person can do where there is something.

use crate::core::refusal::Refusal;

use super::text::{line, listed, name, safe, time};

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
        Refusal::NobodyToAsk { partner, safety } => {
            let nobody = format!(
                "Nothing was sent: whoever is asked for help in this programme is one of you two, and what you write must \
                 not land with {}. Somebody outside the programme whom you trust, or your people team, is there for you.",
                name(partner)
            );
            match safety.as_deref().map(safe).filter(|safety| !safety.trim().is_empty()) {
                Some(safety) => format!("{nobody}\n{}", safety.trim()),
                None => nobody,
            }
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
        Refusal::Session(trouble) => trouble.sentence(),
        Refusal::Rest(trouble) => trouble.sentence(),
        Refusal::NoPair => "You are in no mentoring pair at the moment, so there is no session to note.".to_owned(),
        Refusal::WhichPair { names } => {
            format!(
                "Please add which of your pairs you mean: with {}.",
                listed(&escaped(names), ", or with ", 8, 1_000)
            )
        }
        Refusal::NotUnderstood { word } => format!(
            "“{}” is neither a length like 45m or 1h30 nor a day like yesterday, monday or 2026-05-12, so nothing was noted.",
            line(word, 40)
        ),
        Refusal::OwnSuggestion { partner } => {
            format!("This is your own suggestion: the date is set when {} taps “Works”.", name(partner))
        }
        Refusal::SuggestionOver => {
            "This suggestion does not hold any more; what holds is in your conversation and in the Home tab.".to_owned()
        }
        Refusal::Survey(trouble) => super::survey::trouble(trouble),
        Refusal::Agreement(trouble) => super::agreement::trouble(trouble),
        Refusal::NotYourProgram => {
            "Only the coordinators of this programme can do that, so nothing was done.".to_owned()
        }
        Refusal::YourOwnPair => {
            "This is about a pair of your own, which another coordinator looks after; nothing was done.".to_owned()
        }
        Refusal::OutOfProgram => {
            "One of the two pressed “Not for me”, so rapport writes nothing to them; you can write to them yourself."
                .to_owned()
        }
        Refusal::CannotWrite => {
            "rapport writes nothing to this pair at the moment; you can write to the two yourself.".to_owned()
        }
        Refusal::NoPairCalled { words } if words.trim().is_empty() => {
            "Please add a name: /rapport pair Ana, or both names.".to_owned()
        }
        Refusal::NoPairCalled { words } => {
            format!("None of the pairs that you coordinate is called “{}”.", line(words, 80))
        }
        Refusal::SeveralPairs { names } => format!(
            "Several pairs fit: {}. Please add more of the name you mean.",
            listed(&escaped(names), " · ", 8, 1_000)
        ),
        Refusal::NotPaused => "This pair is not paused, so there is nothing to end.".to_owned(),
        Refusal::Goal(refusal) => super::goal::refused(refusal),
        Refusal::Record(refusal) => super::record::refused(*refusal),
        Refusal::Thanks(refusal) => super::thanks::refused(*refusal),
        Refusal::TryAgain => "That could not be saved in time, so nothing was; please try once more.".to_owned(),
    }
}

fn escaped(names: &[String]) -> Vec<String> {
    names.iter().map(|one| name(one)).collect()
}
