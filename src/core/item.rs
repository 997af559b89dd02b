//! A question as one side reads it.

use super::content::Item;
use super::id::QuestionId;
use super::program::Program;
use super::question::{Bank, Role};

impl Item {
    /// The question as `role` reads it; `None` when the programme does not know it (any more) or that side is not asked.
    pub fn of(program: &Program, question: &QuestionId, role: Role) -> Option<Self> {
        let question = program.question(question.as_str())?;
        let text = question.text(role)?.to_owned();
        let audience = question.default_audience;
        Some(Self { question: question.id.clone(), text, labels: Bank::built_in().labels(question).clone(), audience })
    }

    /// What the button of this value says; `None` outside 1 to 5.
    pub fn label(&self, value: u8) -> Option<&str> {
        self.labels.get(usize::from(value).checked_sub(1)?).map(String::as_str)
    }
}
