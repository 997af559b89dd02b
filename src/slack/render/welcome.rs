//! The welcome: who, what, how often, who sees what, before anything is asked.

use crate::core::content::{Started, Welcome};
use crate::core::id::MessageKey;
use crate::core::question::Role;
use crate::slack::action::Action;

use super::Rendered;
use super::block::{Blocks, button, primary};
use super::text::{and, coordinators, listed, name, plain_name, who_coordinates};

/// Partners of one role that are named; a mentor may have many.
const PARTNERS: usize = 8;

/// The welcome in each of its three states.
pub fn welcome(welcome: &Welcome, key: &MessageKey, revision: i64) -> Rendered {
    let program = name(&welcome.program_name);
    let invited = match (who_coordinates(&welcome.coordinators, welcome.coordinates), welcome.coordinators.len()) {
        (Some(you), _) if welcome.coordinates => format!("{you} and are in it yourself."),
        (Some(who), 1) => format!("{who} and has put you in."),
        (Some(who), _) => format!("{who} and have put you in."),
        (None, _) => "Your coordinator has put you in.".to_owned(),
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
         short questions that take one tap, and now and then it proposes one small thing to do (a nudge): {often}, in \
         your working hours. You can choose fewer, or no nudges, in the Home tab of this app."
    ));
    blocks.section(&sees(welcome));
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
                only(welcome)
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
                only(welcome)
            ));
            blocks.row([start()]);
            format!("Welcome to {program}. Nothing is asked of you. Should you change your mind, press Start.")
        }
    };
    Rendered::post(key, text, blocks)
}

/// What coordinators see, or that none does: a digest leaves its reader's own pairs out.
fn sees(welcome: &Welcome) -> String {
    let heading = if welcome.coordinates { "What other coordinators see" } else { "What the coordinator sees" };
    let alone = welcome.coordinates && welcome.coordinators.is_empty();
    let seen = if alone || (welcome.told.is_empty() && welcome.pairs.len() == 1) {
        "Nothing of your pair: nobody outside it coordinates this programme, and a digest leaves its reader's own pair out."
    } else {
        "Your answers with your name, unless a question says otherwise or you choose otherwise for an answer."
    };
    format!(
        "*{heading}*\n{seen} Your partner sees an answer only if you share it. A total is shown only when it is about {} \
         people or more.",
        welcome.threshold
    )
}

/// Who is told, and that others are not.
fn only(welcome: &Welcome) -> String {
    if welcome.told.is_empty() {
        let pairs = if welcome.pairs.len() > 1 { "pairs" } else { "pair" };
        return format!("nobody, because nobody outside your {pairs} coordinates this programme");
    }
    format!("{} only", coordinators(&welcome.told))
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
