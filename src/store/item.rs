//! A question of the bank as one side reads it: the only place where the store asks the bank.

use crate::core::answer::Audience;
use crate::core::content::Item;
use crate::core::id::QuestionId;
use crate::core::question::Role;

/// The question as `role` reads it; `None` when the bank does not know it, or not for this side.
///
/// Stands in until the bank is here: the text is the question's id.
pub fn item(question: &QuestionId, role: Role) -> Option<Item> {
    let labels = ["No", "Not really", "Partly", "Mostly", "Yes"].map(str::to_owned);
    let text = format!("{question} ({role:?})");
    Some(Item { question: question.clone(), text, labels, audience: Audience::Coordinator })
}
