//! An answer of a pulse or of a survey, in the words that its author read.

use sqlx::Result;

use super::super::answers::AnswerKey;
use super::super::rows::{self, Row, id, number, raw};
use super::super::surveys;
use crate::core::content::Item;
use crate::core::id::{PersonId, PulseId, QuestionId, SurveyId};
use crate::core::program::Program;
use crate::core::survey;
use crate::store::vault::Vault;

/// How an answer in words is named where others have a label.
const IN_WORDS: &str = "In words";

/// What was asked, what was answered, and the words to it.
pub(super) struct Given {
    pub question: String,
    pub label: String,
    pub words: Option<String>,
}

impl Given {
    /// From the columns `asked_id`, `survey` (0 or 1), `person_id`, `question_id`, `value`, `role` and `sealed`. A
    /// question that the programme no longer knows is named by its id, its answer by the value.
    pub fn read(row: &Row, vault: &Vault, program: &Program) -> Result<Self> {
        let (person, question): (PersonId, QuestionId) =
            (id(row, "answer", "person_id")?, id(row, "answer", "question_id")?);
        let value = raw::<Option<i64>>(row, "answer", "value")?.and_then(|value| u8::try_from(value).ok());
        let role = rows::role(row)?;
        let sealed = raw::<Option<&str>>(row, "answer", "sealed")?;
        let open = |name: &str| sealed.map(|sealed| vault.open(name, sealed).map_err(rows::sealed)).transpose();
        if number::<i64>(row, "answer", "survey")? == 1 {
            let survey: SurveyId = id(row, "answer", "asked_id")?;
            let key = surveys::Key { survey: &survey, person: &person, item: &question };
            let words = open(&key.row())?;
            let label = value.filter(|_| words.is_none()).and_then(|value| survey::label(&question, value));
            return Ok(Self {
                question: survey::text(&question, role).unwrap_or_else(|| question.to_string()),
                label: label.unwrap_or_else(|| IN_WORDS.to_owned()),
                words,
            });
        }
        let pulse: PulseId = id(row, "answer", "asked_id")?;
        let key = AnswerKey { pulse: &pulse, person: &person, question: &question };
        let item = Item::of(program, &question, role);
        let value = value.unwrap_or_default();
        Ok(Self {
            label: item.as_ref().and_then(|item| item.label(value)).map_or_else(|| value.to_string(), str::to_owned),
            question: item.map_or_else(|| question.to_string(), |item| item.text),
            words: open(&key.comment_row())?,
        })
    }
}
