//! A question of the bank as one side reads it.

use super::content::Item;
use super::id::QuestionId;
use super::question::{Bank, Role};

impl Item {
    /// The question as `role` reads it; `None` when it is not in the bank (any more) or that side is not asked.
    pub fn of(bank: &Bank, question: &QuestionId, role: Role) -> Option<Self> {
        let question = bank.question(question.as_str())?;
        let text = question.text(role)?.to_owned();
        let audience = question.default_audience;
        Some(Self { question: question.id.clone(), text, labels: bank.labels(question).clone(), audience })
    }

    /// What the button of this value says; `None` outside 1 to 5.
    pub fn label(&self, value: u8) -> Option<&str> {
        self.labels.get(usize::from(value).checked_sub(1)?).map(String::as_str)
    }
}
