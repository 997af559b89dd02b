//! Which questions come next.

use super::id::QuestionId;
use super::question::Role;

/// A question that was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub question: QuestionId,
    pub role: Role,
    pub week: u32,
}
