//! App Home: what is open, what one has answered, and what the bot knows. One file for each part of the page.

mod agreements;
mod attention;
mod goals;
mod pairs;
mod pulses;
mod surveys;
mod thanks;

use serde_json::{Value, json};

use crate::core::content::Home;
use crate::core::id::{MessageKey, ProgramId};
use crate::slack::action::Action;

use super::block::{Blocks, button};
use super::record;
use super::rest;
use super::text::{listed, name};

/// The view for `views.publish`.
pub fn home(home: &Home, key: &MessageKey, revision: i64) -> Value {
    json!({"type": "home", "callback_id": "home", "blocks": blocks(home, key, revision)})
}

/// Its blocks.
pub fn blocks(home: &Home, key: &MessageKey, revision: i64) -> Value {
    let mut blocks = Blocks::view(key, revision);
    let was_in_none = home.open.is_empty() && home.past.is_empty() && home.former.is_empty() && home.help.is_empty();
    if home.pairs.is_empty() && home.coordinates.is_empty() && was_in_none {
        blocks.header("You are in no mentoring pair");
        blocks.section(
            "rapport asks short questions of mentoring pairs. Whoever coordinates a programme can put you in; you are \
             welcomed first, and nothing is asked before.",
        );
        knows(None, &mut blocks);
        return blocks.done();
    }
    pulses::open(&home.open, home.surveys.is_empty(), &mut blocks);
    surveys::surveys(&home.surveys, &mut blocks);
    pairs::pairs(&home.pairs, &mut blocks);
    thanks::waiting(&home.thanks, &mut blocks);
    agreements::agreements(&home.agreements, &mut blocks);
    goals::goals(&home.goals, &mut blocks);
    if let Some(rest) = &home.rest {
        rest::on_home(rest, &mut blocks);
    }
    super::help::on_home(&home.help, &mut blocks);
    record::on_home(&home.record, &mut blocks);
    if !home.coordinates.is_empty() {
        let programs: Vec<String> = home.coordinates.iter().map(|program| name(program)).collect();
        blocks.section(&format!(
            "*You coordinate* {}\nThe digest comes to you once a week, in a message of this app.",
            listed(&programs, ", ", 20, 2_000)
        ));
    }
    pulses::shared(&home.shared, home.shared_besides, &mut blocks);
    pulses::past(&home.past, &mut blocks);
    pairs::looks(&home.looks, &mut blocks);
    super::ending::on_home(&home.former, &mut blocks);
    let program = home.pairs.first().map(|pair| &pair.program).or(home.open.first().map(|pulse| &pulse.frame.program));
    knows(program, &mut blocks);
    if let (Some(attention), false) = (&home.attention, home.pairs.is_empty()) {
        attention::attention(attention, &mut blocks);
    }
    blocks.done()
}

fn knows(program: Option<&ProgramId>, blocks: &mut Blocks<'_>) {
    let sees = program.and_then(|program| button("Who sees what", &Action::WhoSeesWhat { program: program.clone() }));
    blocks.section_with(
        "*What rapport knows of you*\nYour name and time zone in Slack, your pairs, what you tapped and wrote here, and whether \
         you two have met, as you said it. It reads no conversations.",
        sees,
    );
}
