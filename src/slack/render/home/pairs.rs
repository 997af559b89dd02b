//! A person's pairs on App Home: with whom, what was said to the welcome, sessions, pauses, and who looked.

use crate::core::care::Looked;
use crate::core::content::{HomePair, LookShown, PauseShown, Started};
use crate::core::question::Role;
use crate::slack::action::Action;

use super::super::block::{Blocks, button, primary};
use super::super::care::weekday;
use super::super::session;
use super::super::text::{listed, name, time};

/// Programmes whose Start and "Not for me" stand here.
const PROGRAMS: usize = 4;

/// Pairs whose sessions stand here with buttons, the blocks that one can take, and those that the rest of the page needs.
const SESSIONS: usize = 6;
const SESSION_BLOCKS: usize = 7;
const REST: usize = 40;

pub(super) fn pairs(pairs: &[HomePair], blocks: &mut Blocks<'_>) {
    if pairs.is_empty() {
        return;
    }
    blocks.header(if pairs.len() == 1 { "Your pair" } else { "Your pairs" });
    let lines: Vec<String> = pairs
        .iter()
        .map(|pair| {
            let kind = match pair.role {
                Role::Mentee => "your mentor",
                Role::Mentor => "your mentee",
            };
            let paused = pair.paused.as_ref().map(paused).unwrap_or_default();
            format!("*{}*, {kind} in {}{paused}", name(&pair.partner), name(&pair.program_name))
        })
        .collect();
    blocks.section(&listed(&lines, "\n", 40, 2_900));
    sessions(pairs, blocks);
    let mut programs: Vec<&HomePair> = Vec::new();
    for pair in pairs {
        if programs.iter().all(|seen| seen.program != pair.program) {
            programs.push(pair);
        }
    }
    for pair in programs.into_iter().take(PROGRAMS) {
        standing(pair, blocks);
    }
}

/// Sessions of the pairs in which nobody is out: with buttons for few, by command for many.
fn sessions(pairs: &[HomePair], blocks: &mut Blocks<'_>) {
    let running = pairs.iter().filter(|pair| pair.said != Some(Started::No));
    for (n, pair) in running.enumerate() {
        if n == SESSIONS || blocks.left() < SESSION_BLOCKS + REST {
            blocks.context("For the other pairs: */rapport log 45m yesterday with* and a name.");
            return;
        }
        session::on_home(pair, blocks);
    }
}

/// Nothing is asked until a day.
fn paused(pause: &PauseShown) -> String {
    let by = pause.by.as_ref().map(|by| format!(" by {}", name(by))).unwrap_or_default();
    format!(
        ". Paused{by}: nothing is asked until {}, and nothing counts as missed. What is open stays until it closes.",
        weekday(pause.until)
    )
}

fn standing(pair: &HomePair, blocks: &mut Blocks<'_>) {
    let program = name(&pair.program_name);
    let start = primary("Start", &Action::Start { program: pair.program.clone() });
    let decline = button("Not for me", &Action::Decline { program: pair.program.clone() });
    match pair.said {
        None => {
            blocks.section(&format!("{program} waits for your word."));
            blocks.row([start, decline]);
        }
        Some(Started::Yes) => blocks.section_with(&format!("You take part in {program}."), decline),
        Some(Started::No) => blocks.section_with(&format!("Nothing is asked of you in {program}."), start),
    }
}

/// Who looked at named answers.
pub(super) fn looks(looks: &[LookShown], blocks: &mut Blocks<'_>) {
    if looks.is_empty() {
        return;
    }
    blocks.header("Who looked");
    let several = looks.iter().any(|look| look.partner != looks[0].partner);
    let lines: Vec<String> = looks
        .iter()
        .map(|look| {
            let what = match look.what {
                Looked::Answers => "answers by name",
            };
            let pair = if several { format!(" of you and {}", name(&look.partner)) } else { String::new() };
            format!("{} looked at {what}{pair} · {}", name(&look.coordinator), time(look.at))
        })
        .collect();
    blocks.section(&listed(&lines, "\n", 10, 2_900));
}
