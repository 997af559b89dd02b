//! The question bank: the built-in one, or a programme's own file of the same form.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::item::Form as ItemForm;
use super::{BankError, Item, Nudge, Question, QuestionId, Scale, Stage, check, draft};

/// All that people are asked or told in the bank's words. A `Bank` that exists has passed every check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    pub version: u32,
    /// The only questions that make sense while the two have not met.
    pub before_first_meeting: Vec<QuestionId>,
    pub scales: Scales,
    pub skip: Skip,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
    pub agreement: Agreement,
    pub met: Met,
    pub fit: Fit,
    pub session: Session,
    pub start: Survey,
    pub mid: Survey,
    pub end: Survey,
    pub silence: Silence,
    #[serde(rename = "nudge")]
    pub nudges: Vec<Nudge>,
}

/// The labels of each scale for the values 1 to 5, left to right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scales {
    pub agree: [String; 5],
    pub often: [String; 5],
    pub amount: [String; 5],
}

/// The way not to answer a pulse. Counts as neither answered nor missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    pub label: String,
}

/// What the two agree on at the start; shown side by side before either signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub title: String,
    pub sign: String,
    pub review_at: Stage,
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// "Did you two meet": a fact for both, not an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Met {
    pub text: String,
    /// Yes, not yet.
    pub options: [String; 2],
}

/// Whether the pairing is right; private, never part of health.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    pub text: String,
    /// Good, still finding out, not good.
    pub options: [String; 3],
    /// The occasion, for people to read.
    pub ask_after: String,
    pub ask_again_after_weeks: u16,
    pub on_not_fit: String,
}

/// What each side is asked after a logged session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// A survey, which takes the place of the pulse in its week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub items: Vec<QuestionId>,
    #[serde(default)]
    pub extra: Vec<Item>,
}

/// Asked once after three pulses without an answer, then obeyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    pub text: String,
    /// Less often, pause, stop, keep.
    pub options: [String; 4],
}

static BUILT_IN: LazyLock<Bank> =
    LazyLock::new(|| Bank::parse(include_str!("bank.toml")).expect("a test reads the built-in bank"));

impl Bank {
    /// The bank that comes with rapport.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads a bank of the form of `bank.toml`.
    ///
    /// # Errors
    /// All that is wrong with it, each with the line and a sentence.
    pub fn parse(text: &str) -> Result<Self, BankError> {
        check::parse(text)
    }

    /// Whether a file has a programme's own questions alone, and is no whole bank.
    pub fn has_only_questions(text: &str) -> bool {
        draft::is_own(text)
    }

    /// Reads a programme's own questions, which are to stand beside these: `[[question]]` sections and nothing else.
    ///
    /// # Errors
    /// All that is wrong with them, each with the line and a sentence.
    pub fn parse_own(&self, text: &str) -> Result<Vec<Question>, BankError> {
        check::parse_own(text, self)
    }

    /// The question of that name.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }

    /// The labels for the answers 1 to 5 to `question`.
    pub fn labels(&self, question: &Question) -> &[String; 5] {
        self.scales.labels(question.scale)
    }

    /// The labels of an item that is answered by a tap; `None` for one that is answered in words.
    pub fn labels_of(&self, item: &Item) -> Option<Vec<String>> {
        match &item.form {
            ItemForm::Options(labels) => Some(labels.clone()),
            ItemForm::Scale(scale) => Some(self.scales.labels(*scale).to_vec()),
            ItemForm::Text { .. } => None,
        }
    }

    /// The bank of a programme that does not ask some of its questions.
    pub fn without(&self, left_out: &[QuestionId]) -> Cow<'_, Self> {
        if left_out.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut bank = self.clone();
        bank.questions.retain(|question| !left_out.contains(&question.id));
        Cow::Owned(bank)
    }

    /// Whether pairs can still be asked when some questions are left out.
    ///
    /// # Errors
    /// A sentence that says what is missing then.
    pub fn check_without(&self, left_out: &[QuestionId]) -> Result<(), String> {
        let bank = self.without(left_out);
        let always =
            |question: &&Question| question.is_shared() && question.stage == Stage::Any && question.needs.is_empty();
        let first = bank.questions.iter().filter(always).any(|question| bank.before_first_meeting(question));
        if first {
            return Ok(());
        }
        let needed: Vec<_> =
            self.questions.iter().filter(always).filter(|one| self.before_first_meeting(one)).collect();
        let needed: Vec<_> = needed.iter().map(|question| format!("`{}`", question.id)).collect();
        Err(format!("A pair that has not met yet could not be asked anything. Keep {}.", needed.join(" or ")))
    }

    /// Whether `question` makes sense while the two have not met.
    pub fn before_first_meeting(&self, question: &Question) -> bool {
        self.before_first_meeting.contains(&question.id)
    }
}

impl Scales {
    /// The labels of `scale` for the values 1 to 5.
    pub fn labels(&self, scale: Scale) -> &[String; 5] {
        match scale {
            Scale::Agree => &self.agree,
            Scale::Often => &self.often,
            Scale::Amount => &self.amount,
        }
    }
}
