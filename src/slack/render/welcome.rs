//! The welcome: who, what, how often, who sees what, before anything is asked.

use crate::core::content::{Started, Welcome};
use crate::core::id::MessageKey;
use crate::core::question::Role;
use crate::slack::action::Action;

use super::Rendered;
use super::block::{Blocks, button, primary};
use super::text::{and, coordinators, listed, name, plain_name, sentence};

/// Partners of one role that are named; a mentor may have many.
const PARTNERS: usize = 8;

/// The welcome in each of its three states.
pub fn welcome(welcome: &Welcome, key: &MessageKey, revision: i64) -> Rendered {
    let program = name(&welcome.program_name);
    let who = coordinators(&welcome.coordinators);
    let invited = match welcome.coordinators.len() {
        0 => "Your coordinator has put you in.".to_owned(),
        1 => format!("{} coordinates this programme and has put you in.", sentence(&who)),
        _ => format!("{} coordinate this programme and have put you in.", sentence(&who)),
    };
    let partners = partners(&welcome.pairs);
    let often = match welcome.weekly {
        1 => "at most one message a week".to_owned(),
        weekly => format!("at most {weekly} messages a week"),
    };

    let mut blocks = Blocks::message(key, revision);
    blocks.header(&format!("Welcome to {}", plain_name(&welcome.program_name)));
    blocks.section(&format!("{invited} {partners}"));
    blocks.section(&format!(
        "*What happens*\nrapport is a bot that helps mentoring pairs to notice early when something does not work. It asks \
         short questions that take one tap: {often}, in your working hours."
    ));
    blocks.section(&format!(
        "*What the coordinator sees*\nYour answers with your name, unless a question says otherwise or you choose otherwise \
         for an answer. Your partner sees an answer only if you share it. Totals are shown of {} people or more.",
        welcome.threshold
    ));
    blocks.section(
        "*What is never read*\nYour conversations. rapport knows what you tell it by a button, a form or a command, and \
         nothing more.",
    );
    let program_id = || welcome.program.clone();
    let start = || primary("Start", &Action::Start { program: program_id() });
    let sees = || button("Who sees what", &Action::WhoSeesWhat { program: program_id() });
    let text = match welcome.said {
        None => {
            let next = format!(
                "Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to \
                 {}.",
                only(&welcome.told)
            );
            blocks.context(&next);
            blocks.row([start(), button("Not for me", &Action::Decline { program: program_id() }), sees()]);
            format!(
                "Welcome to {program}. {invited} {partners} rapport asks short questions, {often}, and never reads your \
                 conversations. {next}"
            )
        }
        Some(Started::Yes) => {
            blocks.section(
                "You pressed *Start*: you are in. Should you change your mind, press “Not for me” in the Home tab of this app.",
            );
            format!("Welcome to {program}. You are in. You can change your mind in the Home tab.")
        }
        Some(Started::No) => {
            blocks.section(&format!(
                "You pressed *Not for me*: nothing is asked of you. It is told to {}. Should you change your mind, press Start.",
                only(&welcome.told)
            ));
            blocks.row([start()]);
            format!("Welcome to {program}. Nothing is asked of you. Should you change your mind, press Start.")
        }
    };
    Rendered::post(key, text, blocks)
}

/// Who is told, and that others are not.
fn only(told: &[String]) -> String {
    if told.is_empty() { "nobody".to_owned() } else { format!("{} only", coordinators(told)) }
}

/// `Your mentee is Ana. Your mentor is Kim.`
fn partners(pairs: &[(Role, String)]) -> String {
    let of = |role: Role| -> Vec<String> {
        pairs.iter().filter(|(own, _)| *own == role).map(|(_, partner)| name(partner)).collect()
    };
    let sentences: Vec<String> = [(of(Role::Mentee), "mentor"), (of(Role::Mentor), "mentee")]
        .into_iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, kind)| match names.len() {
            1 => format!("Your {kind} is {}.", names[0]),
            n if n > PARTNERS => format!("Your {kind}s are {}.", listed(&names, ", ", PARTNERS, 1_000)),
            _ => format!("Your {kind}s are {}.", and(&names)),
        })
        .collect();
    sentences.join(" ")
}
