//! What only the person who tapped sees.

use crate::core::content::{Item, Said};
use crate::core::id::{MessageKey, PulseId, QuestionId};
use crate::slack::action::Action;

use super::block::{Blocks, button};
use super::pulse::{QUESTION, bold, scale};
use super::text::{coordinators, day, line, name, sentence, time};
use super::{Rendered, agreement, audience, care, ending, fit, goal, help, refused, rest, session};

/// The words after a tap.
pub fn said(said: &Said, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    let text = match said {
        Said::Saved { pulse, question, label, audience, partner, follow_up, commented, second } => {
            let sees = audience::after(*audience, partner);
            blocks.section(&format!("Saved: *{}*. {sees}", line(label, 75)));
            // Not in the text: on a lock screen it would tell that the answer was a low one.
            if let Some(follow_up) = follow_up {
                blocks.context(&format!("A thought, only for you: {}", line(follow_up, QUESTION)));
            }
            blocks.row(afterwards(pulse, question, *commented));
            let mut text = format!("Your answer is saved. {sees}");
            if let Some(item) = second {
                text.push_str(&one_more(pulse, item, partner, &mut blocks));
            }
            text
        }
        Said::Again { pulse, item } => {
            let asked = line(&item.text, QUESTION);
            blocks.section(&format!("{}\nWhat you tap now takes the place of your answer.", bold(&asked)));
            blocks.row(scale(pulse, item, None));
            format!("{asked} What you tap now takes the place of your answer.")
        }
        Said::Met { met, partner } => {
            let partner = name(partner);
            blocks.section(&if *met {
                format!("Noted: you and {partner} have met.")
            } else {
                format!("Noted: you and {partner} have not met since.")
            });
            "Noted. You can say otherwise until the pulse closes.".to_owned()
        }
        Said::Skipped { closes } => one(
            &mut blocks,
            format!(
                "Not this week, then. It counts neither as answered nor as missed. Should you change your mind, the buttons \
                 work until {}.",
                time(*closes)
            ),
        ),
        Said::Snoozed { until } => {
            one(&mut blocks, format!("You will be asked again {}, in a message only to you.", time(*until)))
        }
        Said::Commented { withdrawn: true, .. } => {
            one(&mut blocks, "Your comment is withdrawn and deleted.".to_owned())
        }
        Said::Commented { withdrawn: false, audience, partner } => {
            one(&mut blocks, format!("Your comment is saved. {}", audience::comment(*audience, partner)))
        }
        Said::Fit(said) => fit::said(said, &mut blocks),
        Said::End(said) => ending::said(said, &mut blocks),
        Said::Help(said) => help::said(said, &mut blocks),
        Said::How(how) => {
            for paragraph in audience::how(how) {
                blocks.section(&paragraph);
            }
            let paragraphs: Vec<String> =
                audience::how(how).iter().map(|paragraph| paragraph.replace('*', "")).collect();
            paragraphs.join("\n")
        }
        Said::SessionLogged { pair, partner, day, minutes, joined, ask } => {
            session::logged(pair, (partner, *day, *minutes), *joined, ask, &mut blocks)
        }
        Said::SessionWithdrawn { partner, day: on } => {
            one(&mut blocks, format!("Noted: the session with {} on {} did not take place.", name(partner), day(*on)))
        }
        Said::SessionRated { pair, day, label, ask } => {
            blocks.section(&format!("Noted: *{}*. Thank you.", line(label, 75)));
            session::questions(pair, *day, ask, &mut blocks);
            "Noted. Thank you.".to_owned()
        }
        Said::DatesSuggested { partner, count } => {
            let are = if *count == 1 { "The date is" } else { "The dates are" };
            one(&mut blocks, format!("{are} in your conversation; {} taps the one that works.", name(partner)))
        }
        Said::DateSet { partner, date } => {
            one(&mut blocks, format!("Set: you and {} meet {}.", name(partner), time(*date)))
        }
        Said::CalledOff { partner } => one(
            &mut blocks,
            format!(
                "Called off. {} sees it in your conversation; you can suggest other dates at any time.",
                name(partner)
            ),
        ),
        Said::Rest(said) => one(&mut blocks, rest::said(said)),
        Said::Survey(said) => one(&mut blocks, super::survey::said(said)),
        Said::Agreement(said) => one(&mut blocks, agreement::said(said)),
        Said::Commands => {
            let words = "*/rapport log 45m yesterday*: you met, for how long and when; with several pairs add *with Ana*.\n\
                 */rapport dates*: suggest dates for the next session.\n\
                 */rapport goal*: write a goal, as a mentee.\n\
                 */rapport thanks*: say thanks to the other of your pair.\n\
                 */rapport record*: what became of your goals, sessions and thanks, for you alone.\n\
                 */rapport pause 2 weeks*, */rapport away 3 June to 14 June*, */rapport back*: nothing is asked of you meanwhile.\n\
                 Your open pulses, your answers and your sessions are in the Home tab of this app. Each pulse has a menu with \
                 “Not this week”, “Ask me tomorrow”, “I need help” and “How this works”.";
            blocks.section(words);
            words.replace('*', "")
        }
        Said::Started { program_name } => one(
            &mut blocks,
            format!(
                "You are in {}. The first question comes at its next time, in your working hours. Should you change your \
                 mind, press “Not for me” in the Home tab of this app.",
                name(program_name)
            ),
        ),
        Said::Declined { program_name, coordinators: names } => {
            let told = match names.len() {
                0 => "Nobody is told, because nobody outside your pair coordinates it.".to_owned(),
                1 => format!("{} is told, nobody else.", sentence(&coordinators(names))),
                _ => format!("{} are told, nobody else.", sentence(&coordinators(names))),
            };
            one(
                &mut blocks,
                format!(
                    "You are out of {}: nothing is asked of you. {told} Should you change your mind, press Start on the \
                     welcome.",
                    name(program_name)
                ),
            )
        }
        Said::Cared(cared) => {
            blocks.section(&care::cared(cared));
            care::in_short(cared).to_owned()
        }
        Said::Replied { coordinator, partner } => {
            let coordinator = name(coordinator);
            blocks.section(&format!("{coordinator} has your words, and nobody else. {} is not told.", name(partner)));
            format!("{coordinator} has your words, and nobody else.")
        }
        Said::Nudge(said) => super::nudge::said(*said, &mut blocks),
        Said::Goal(told) => one(&mut blocks, goal::said(told)),
        Said::RecordSent => one(&mut blocks, super::record::sent()),
        Said::Thanks(told) => one(&mut blocks, super::thanks::said(told)),
        Said::Refused(refusal) => one(&mut blocks, refused(refusal)),
    };
    Rendered::unmarked(text, blocks)
}

/// The same words where no tap can be answered, as in a modal that has been sent: what is asked next waits in App Home.
pub fn without_taps(said: &Said) -> Said {
    let mut said = said.clone();
    match &mut said {
        Said::Saved { second, .. } => *second = None,
        Said::SessionLogged { ask, .. } | Said::SessionRated { ask, .. } => ask.clear(),
        _ => {}
    }
    said
}

/// What one can do with an answer.
pub fn afterwards(pulse: &PulseId, question: &QuestionId, commented: bool) -> [Option<serde_json::Value>; 3] {
    let (pulse, question) = (pulse.clone(), question.clone());
    let comment = if commented { "Edit comment" } else { "Add a comment" };
    [
        button("Change", &Action::Reopen { pulse: pulse.clone(), question: question.clone() }),
        button(comment, &Action::OpenComment { pulse: pulse.clone(), question: question.clone() }),
        button("Who sees this", &Action::OpenAudience { pulse, question }),
    ]
}

fn one_more(pulse: &PulseId, item: &Item, partner: &str, blocks: &mut Blocks<'_>) -> String {
    let asked = line(&item.text, QUESTION);
    let sees = audience::before(item.audience, partner);
    blocks.section(&format!("One more, only for you: {}", bold(&asked)));
    blocks.row(scale(pulse, item, None));
    blocks.context(&format!("{sees} You can change that."));
    format!(" One more, only for you: {asked} {sees} You can change that.")
}

fn one(blocks: &mut Blocks<'_>, sentence: String) -> String {
    blocks.section(&sentence);
    sentence
}
