//! What to prepare for the next session, as a page.

use serde_json::{Value, json};

use crate::core::content::Agenda;
use crate::core::goal::OPEN;
use crate::core::id::MessageName;

use super::block::{Blocks, plain};
use super::goal;
use super::text::{line, name, time};

/// The longest that a question and what to prepare is shown.
const WORDS: usize = 300;

/// The modal.
pub fn agenda(agenda: &Agenda) -> Value {
    let key = MessageName::from("agenda").key();
    let mut blocks = Blocks::view(&key, 1);
    let partner = name(&agenda.partner);
    let next = agenda.next.map(|at| format!(" · {}", time(at))).unwrap_or_default();
    blocks.section(&format!("Your next session with *{partner}*{next}"));
    let ask: Vec<String> = agenda.ask.iter().take(3).map(|question| format!("• {}", line(question, WORDS))).collect();
    blocks.section(&format!("*{}*\n{}", line(&agenda.title, WORDS), ask.join("\n")));
    blocks.section(&format!("*For you to prepare*\n{}", line(&agenda.prepare, WORDS)));
    let goals: Vec<String> = agenda.goals.iter().take(OPEN).map(goal::with_next).collect();
    if !goals.is_empty() {
        let whose = if agenda.own { "Your open goals".to_owned() } else { format!("Open goals of {partner}") };
        blocks.section(&format!("*{whose}*\n{}", goals.join("\n")));
    }
    blocks.context(&format!(
        "You and {partner} are offered the same questions; take what helps. They follow from the weeks, the goals and the \
         sessions that you both see, never from an answer. After: {}",
        line(&agenda.source, WORDS)
    ));
    json!({
        "type": "modal",
        "callback_id": "agenda",
        "title": plain("What to prepare", 24),
        "close": plain("Close", 24),
        "blocks": blocks.done(),
    })
}
