//! The sentences that say who sees what. Every message takes them from here, so that they all promise the same.

use crate::core::answer::Audience;
use crate::core::content::How;

use super::{rules, text};

/// Before the tap, where both read it.
pub fn before_for_both(audience: Audience) -> &'static str {
    match audience {
        Audience::Coordinator => "Your coordinator can see your answer, your partner cannot.",
        Audience::Partner => "Your coordinator and your partner can see your answer.",
        Audience::OnlyTotals => "Nobody sees your answer by name: it counts in totals only.",
    }
}

/// Before the tap, to one person alone.
pub fn before(audience: Audience, partner: &str) -> String {
    let partner = text::name(partner);
    match audience {
        Audience::Coordinator => format!("Your coordinator can see your answer, {partner} cannot."),
        Audience::Partner => format!("Your coordinator and {partner} can see your answer."),
        Audience::OnlyTotals => "Nobody sees your answer by name: it counts in totals only.".to_owned(),
    }
}

/// After the tap.
pub fn after(audience: Audience, partner: &str) -> String {
    let partner = text::name(partner);
    match audience {
        Audience::Coordinator => format!("Your coordinator can see it, {partner} cannot."),
        Audience::Partner => format!("Your coordinator and {partner} can see it."),
        Audience::OnlyTotals => "Nobody sees it by name: it counts in totals only.".to_owned(),
    }
}

/// About a comment, which enters no totals.
pub fn comment(audience: Audience, partner: &str) -> String {
    match audience {
        Audience::OnlyTotals => "Nobody but you sees it.".to_owned(),
        shown => after(shown, partner),
    }
}

/// What is asked, who sees what, and what is never read.
pub fn how(how: &How) -> Vec<String> {
    let (program, threshold) = (text::name(&how.program_name), how.threshold);
    let who = text::who_coordinates(&how.coordinators, how.coordinates);
    let who = who.map(|who| format!("{who}. ")).unwrap_or_default();
    vec![
        format!(
            "*How {program} works*\n{who}You are asked one or two short questions at a time, and whether you two have met. \
             One tap is an answer. You can change it until the pulse closes, add a comment, or leave it out: \
             “Not this week” counts neither as answered nor as missed."
        ),
        format!(
            "*Who sees an answer*\nEach question says it before you tap, and you can change it for each answer.\n\
             • *My coordinator*: coordinators see it with your name. Your partner does not.\n\
             • *My coordinator and my partner*: both see it with your name.\n\
             • *Nobody by name*: it counts in totals only, and a total is shown only when it is about {threshold} people or \
             more."
        ),
        "*In a pair of two nothing is anonymous.* What you share with your partner, they know to be yours. \
         If no answer comes three times in a row, coordinators see that; your partner does not."
            .to_owned(),
        "*How a pair's health is computed*\nCoordinators see a number from 0 to 100 for each pair, so that they know where help \
         may be welcome. It is made of what both answer, held against what they usually answer, of meetings, missed pulses \
         and goals. “Nobody by name” leaves no trace in it. Neither of you sees it, as with your own answers you \
         could work out the other's. It judges nobody."
            .to_owned(),
        rules::in_short(),
        "*What is never read*\nYour conversations, here or anywhere else in Slack: rapport has no permission to read them. \
         It knows what you tell it by a button, a form or a command, and nothing more."
            .to_owned(),
    ]
}
