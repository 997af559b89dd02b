//! What a survey says: the message to one person alone, the form, and the words after it was sent.

use chrono::{DateTime, NaiveDate, Utc};

use crate::core::id::SurveyId;
use crate::core::survey::{Point, SurveyAnswer, SurveyItem};

/// The message to one person: a row for each pair that is asked about on that day.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveysPost {
    pub program_name: String,
    /// At most 20.
    pub rows: Vec<SurveyRow>,
}

/// A survey about one pair, as one of the two may answer it.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyRow {
    pub survey: SurveyId,
    pub point: Point,
    pub partner: String,
    pub closes: DateTime<Utc>,
    pub closed: bool,
    /// The pair had ended.
    pub early: bool,
    /// The day on which they were last asked whether they had met, or on which the pair began.
    pub since: NaiveDate,
    /// Of what is tapped: answered, asked.
    pub taps: (usize, usize),
}

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyForm {
    pub survey: SurveyId,
    pub partner: String,
    /// Totals are shown of this many people or more.
    pub threshold: u8,
    pub closes: DateTime<Utc>,
    /// What is asked, with the reader's own answer.
    pub items: Vec<(SurveyItem, Option<SurveyAnswer>)>,
}

/// The words after the form was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveySaid {
    pub partner: String,
    /// How many taps are left out so far.
    pub left: usize,
    pub closes: DateTime<Utc>,
}
