//! Surveys: a few more questions at the start, in the middle and at the end, each in place of that week's pulse.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Audience;
use super::attention::Spent;
use super::id::{MessageName, PairId, PersonId, QuestionId, SurveyId};
use super::question::{self, Bank, Form, Role};
use super::words::words;

/// The longest that somebody writes in one place, in characters: a line or two.
pub const LONGEST: usize = 1_000;

/// The item that is asked only of those who stopped early.
const WHY_EARLY: &str = "end-reason";

words! {
    /// When a survey is asked.
    pub enum Point: "a time of a survey" {
        /// With the first pulse after both have agreed on how they work together.
        Start = "start",
        /// Half-way.
        Mid = "mid",
        /// With the last pulse, or once the pair has ended.
        End = "end",
    }
}

/// One survey of one pair: each of the two is asked alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    pub id: SurveyId,
    pub pair: PairId,
    /// The civil date of the pulse in whose place it stands, or the day on which it is asked after the pair has ended.
    pub occurrence: NaiveDate,
    /// The pair had ended: nothing else is asked any more.
    pub early: bool,
    /// Those who are asked.
    pub asks: Vec<SurveyAsk>,
    /// Since when nothing can be answered or changed.
    pub closed: Option<DateTime<Utc>>,
}

/// One person's part of a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyAsk {
    pub person: PersonId,
    pub role: Role,
    pub due: DateTime<Utc>,
    /// Until when it can be answered.
    pub closes: DateTime<Utc>,
}

/// Something that a survey asks, as one side reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyItem {
    pub id: QuestionId,
    pub text: String,
    pub kind: Kind,
    /// Who sees the answer unless the person says otherwise.
    pub audience: Audience,
}

/// How an item is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// By one of these labels, left to right.
    Labels(Vec<String>),
    /// In words; with `consent`, the labels of how far they may be shared: not, without the name, with it.
    Words { consent: Option<Vec<String>> },
}

/// What somebody answered to an item.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyAnswer {
    pub item: QuestionId,
    /// The place of the label, from 1; for words, that of the consent.
    pub value: Option<u8>,
    pub words: Option<String>,
    pub audience: Audience,
    /// When the person chose that; `None` while it is what the item says by itself.
    pub audience_at: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
}

/// What stands in the text inputs of the form at some moment, by item, and the consent that was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub words: BTreeMap<String, String>,
    pub consent: Option<u8>,
}

/// What a person does about a survey. Whatever they do, what they have typed so far comes along and is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum SurveyAct {
    /// Opens the form.
    Opened { survey: SurveyId },
    /// Tapped a label.
    Tapped { survey: SurveyId, item: QuestionId, value: u8, typed: Typed },
    /// Chose who sees an answer.
    Audience { survey: SurveyId, item: QuestionId, audience: Audience, typed: Typed },
    /// Whether the two have met: asked beside it, as beside the pulse in whose place it stands.
    Met { survey: SurveyId, met: bool },
    /// Sent the form: done for now.
    Sent { survey: SurveyId, typed: Typed },
}

/// What becomes true of a survey.
#[derive(Clone, Debug, PartialEq)]
pub enum SurveyChange {
    /// It is asked. `spends`: the slots that its messages take. The pair is looked at again at `next`, unless it ended.
    Planned { survey: Box<Survey>, spends: Vec<Spent>, next: Option<DateTime<Utc>> },
    /// A label was tapped. `audience` holds until the person has chosen one.
    Answered { survey: SurveyId, person: PersonId, item: QuestionId, value: u8, audience: Audience, at: DateTime<Utc> },
    /// Words to be sealed; empty ones take them back.
    Wrote {
        survey: SurveyId,
        person: PersonId,
        item: QuestionId,
        words: String,
        consent: Option<u8>,
        audience: Audience,
        at: DateTime<Utc>,
    },
    /// Who sees an answer, as the person chose.
    AudienceChosen { survey: SurveyId, person: PersonId, item: QuestionId, audience: Audience, at: DateTime<Utc> },
    /// Whether the two have met since they were last asked, as this person says.
    Met { survey: SurveyId, person: PersonId, met: bool, at: DateTime<Utc> },
    /// This person's part was never asked, and `message`, in which it would have been, gives its slot back unless it asks
    /// about another pair. Once no part is left, the survey is to be planned as if it never had been.
    Folded { survey: SurveyId, person: PersonId, message: MessageName },
    /// It is over.
    Closed { survey: SurveyId, at: DateTime<Utc> },
}

/// Why something about a survey was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyTrouble {
    /// It is over.
    Closed { at: DateTime<Utc> },
}

impl SurveyAct {
    /// The survey that it is about.
    pub fn survey(&self) -> &SurveyId {
        match self {
            Self::Opened { survey }
            | Self::Tapped { survey, .. }
            | Self::Audience { survey, .. }
            | Self::Met { survey, .. }
            | Self::Sent { survey, .. } => survey,
        }
    }
}

impl Survey {
    /// The part of this person.
    pub fn ask_of(&self, person: &PersonId) -> Option<&SurveyAsk> {
        self.asks.iter().find(|ask| ask.person == *person)
    }

    /// The instant after which nothing can be answered any more.
    pub fn closes(&self) -> Option<DateTime<Utc>> {
        self.asks.iter().map(|ask| ask.closes).max()
    }
}

/// What a survey asks of a side, in the order of the bank: questions first, then what it asks beside them.
pub fn items(point: Point, role: Role, early: bool, left_out: &[QuestionId]) -> Vec<SurveyItem> {
    let (bank, survey) = (Bank::built_in(), of(point));
    let asked = survey.items.iter().filter(|id| !left_out.contains(id)).filter_map(|id| {
        let question = bank.question(id.as_str())?;
        Some(SurveyItem {
            id: question.id.clone(),
            text: question.text(role)?.to_owned(),
            kind: Kind::Labels(bank.labels(question).to_vec()),
            audience: question.default_audience,
        })
    });
    let beside = survey.extra.iter().filter(|item| early || item.id != WHY_EARLY).map(|item| {
        let kind = match (&item.form, bank.labels_of(item)) {
            (Form::Text { consent }, _) => Kind::Words { consent: consent.clone() },
            (_, labels) => Kind::Labels(labels.unwrap_or_default()),
        };
        // Why somebody stopped is told to nobody by name, unless they choose to.
        let audience = if item.id == WHY_EARLY { Audience::OnlyTotals } else { Audience::Coordinator };
        SurveyItem { id: item.id.as_str().into(), text: item.text.clone(), kind, audience }
    });
    asked.chain(beside).collect()
}

/// The ids of what a survey asks for in words, in the order of the bank.
pub fn written(point: Point) -> impl Iterator<Item = &'static str> {
    let words = of(point).extra.iter().filter(|item| matches!(item.form, Form::Text { .. }));
    words.map(|item| item.id.as_str())
}

/// The item whose words are shared only as far as their author agrees, and the consent to do so with the name.
pub const STORY: (&str, u8) = ("end-story", 3);

/// The label of an answer, or `None` where it is in words.
pub fn label(item: &QuestionId, value: u8) -> Option<String> {
    let bank = Bank::built_in();
    let labels = match bank.question(item.as_str()) {
        Some(question) => bank.labels(question).to_vec(),
        None => bank.labels_of(extra(item)?)?,
    };
    labels.get(usize::from(value).checked_sub(1)?).cloned()
}

/// Points from 1 to 5 of a tapped label, a reversed question turned round; `None` for what has no such scale.
pub fn points(item: &QuestionId, value: u8) -> Option<u8> {
    let bank = Bank::built_in();
    if let Some(question) = bank.question(item.as_str()) {
        return Some(question.upright(value));
    }
    bank.labels_of(extra(item)?).filter(|labels| labels.len() == 5).map(|_| value)
}

/// The words of an item as this side reads it.
pub fn text(item: &QuestionId, role: Role) -> Option<String> {
    let bank = Bank::built_in();
    if let Some(question) = bank.question(item.as_str()) {
        return question.text(role).map(str::to_owned);
    }
    extra(item).map(|extra| extra.text.clone())
}

/// What a survey asks beside the bank's questions.
fn extra(item: &QuestionId) -> Option<&'static question::Item> {
    Point::ALL.iter().flat_map(|point| &of(*point).extra).find(|extra| extra.id == item.as_str())
}

fn of(point: Point) -> &'static question::Survey {
    let bank = Bank::built_in();
    match point {
        Point::Start => &bank.start,
        Point::Mid => &bank.mid,
        Point::End => &bank.end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(point: Point, role: Role, early: bool) -> String {
        let items = items(point, role, early, &["org-belong".into()]);
        items.iter().map(|item| item.id.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_side_is_asked_what_is_worded_for_it() {
        assert_eq!(ids(Point::Start, Role::Mentee, false), "growth-confidence growth-performance growth-self-worth");
        assert!(ids(Point::Mid, Role::Mentor, false).ends_with("org-learn-other mid-keep mid-change"));
        assert!(!ids(Point::Mid, Role::Mentee, false).contains("org-learn-other"));
        assert!(!ids(Point::End, Role::Mentee, false).contains("end-reason"), "only of those who stopped early");
        assert!(ids(Point::End, Role::Mentee, true).contains("end-recommend end-reason end-story"));
    }

    #[test]
    fn at_most_seven_taps_and_two_lines_half_way() {
        for role in Role::ALL {
            let items = items(Point::Mid, role, false, &[]);
            let lines = items.iter().filter(|item| matches!(item.kind, Kind::Words { .. })).count();
            assert!(items.len() - lines <= 7 && lines == 2, "{items:?}");
        }
        assert_eq!(written(Point::End).collect::<Vec<_>>(), ["end-story"]);
    }

    #[test]
    fn scales_have_points_and_reasons_have_none() {
        assert_eq!(points(&"growth-confidence".into(), 4), Some(4));
        assert_eq!(points(&"end-recommend".into(), 2), Some(2));
        assert_eq!(points(&"end-reason".into(), 2), None);
        assert_eq!(points(&"end-story".into(), 2), None);
        assert_eq!(label(&"end-recommend".into(), 5).as_deref(), Some("Yes"));
        let consent = items(Point::End, Role::Mentee, false, &[]).into_iter().find_map(|item| match item.kind {
            Kind::Words { consent: Some(labels) } if item.id.as_str() == STORY.0 => Some(labels.len()),
            _ => None,
        });
        assert_eq!(consent, Some(usize::from(STORY.1)));
    }
}
