//! What is told of surveys: totals that come out once enough people are together, and how the start, the middle and the
//! end compare. An answer is in one total only, and in nothing else that is told of a programme or a pair.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::digest::{MeanChange, Rate};
use super::statistics::COMPARE_FROM;
use super::suppression::{Sum, Thresholds, is_counted};
use crate::core::id::{PersonId, QuestionId, SurveyId};
use crate::core::question::Role;
use crate::core::survey::Point;

/// An answer for totals only that waited this long for company leaves unseen.
const WAITS: TimeDelta = TimeDelta::weeks(12);

/// An answer of a closed survey that has come out in no total yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub survey: SurveyId,
    pub point: Point,
    pub person: PersonId,
    /// The other one of the pair.
    pub partner: PersonId,
    pub role: Role,
    pub item: QuestionId,
    /// 1 to 5, already turned the right way round.
    pub points: u8,
    /// Coordinators may read it by name.
    pub named: bool,
    pub given: DateTime<Utc>,
    pub closed: DateTime<Utc>,
}

/// What a total is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    pub point: Point,
    pub item: QuestionId,
    pub role: Role,
    pub named: bool,
}

/// Answers that came out together.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyTotal {
    pub about: About,
    pub cutoff: DateTime<Utc>,
    pub people: u32,
    /// The sum over people of their own mean, a whole number from 1 to 5 each; `None` where it may not be shown.
    pub points: Option<u32>,
    /// The sum of their squares, of named answers alone. Shown nowhere.
    pub squares: Option<u32>,
}

/// Words that somebody lets be shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryRef {
    pub survey: SurveyId,
    pub person: PersonId,
    /// With the name.
    pub named: bool,
}

/// Such words as they wait.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingStory {
    pub story: StoryRef,
    pub partner: PersonId,
    pub given: DateTime<Utc>,
}

/// What a cut-off releases of surveys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SurveyRelease<'a> {
    pub totals: Vec<SurveyTotal>,
    pub stories: Vec<StoryRef>,
    /// Answers that wait no longer, and whether they are in a total.
    pub left: Vec<(&'a Waiting, bool)>,
}

/// What is known of surveys at a cut-off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surveys {
    /// All totals that were released so far.
    pub totals: Vec<SurveyTotal>,
    /// Stories that come out at this cut-off.
    pub stories: Vec<StoryRef>,
    /// Surveys that closed this week: answered of asked.
    pub rates: Vec<(Point, Rate)>,
}

/// How an item compares over a programme, as one side answered it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyLine {
    pub item: QuestionId,
    pub role: Role,
    /// Means in hundredths and numbers of people, by the time they were asked.
    pub means: Vec<(Point, u32, u32)>,
    /// The last of them against the first.
    pub change: Option<MeanChange>,
}

/// What a digest tells of surveys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SurveysTold {
    /// Surveys that closed this week: answered of asked.
    pub rates: Vec<(Point, Rate)>,
    /// How the times compare, in the weeks in which something new came out.
    pub lines: Vec<SurveyLine>,
    /// Words that people let be shared, which come out this week.
    pub stories: Vec<StoryRef>,
}

/// Takes out of what waits whatever has enough people together at the cut-off. When that is depends on numbers of people and
/// on time alone, never on what was said.
pub fn release<'a>(
    waiting: &'a [Waiting],
    stories: &[WaitingStory],
    coordinators: &[PersonId],
    thresholds: &Thresholds,
    cutoff: DateTime<Utc>,
) -> SurveyRelease<'a> {
    let mut together: BTreeMap<About, Vec<&Waiting>> = BTreeMap::new();
    let counted = |one: &&Waiting| one.closed < cutoff && is_counted([&one.person, &one.partner], coordinators);
    for one in waiting.iter().filter(counted) {
        let about = About { point: one.point, item: one.item.clone(), role: one.role, named: one.named };
        together.entry(about).or_default().push(one);
    }
    let mut release = SurveyRelease::default();
    for (about, answers) in together {
        let Some(oldest) = answers.iter().map(|one| one.given).min() else { continue };
        let means = means(&answers);
        if means.len() >= thresholds.since(oldest) {
            release.left.extend(answers.iter().map(|one| (*one, true)));
            release.totals.push(total(about, &means, cutoff));
        } else if !about.named {
            let over = answers.iter().filter(|one| cutoff - one.closed >= WAITS);
            release.left.extend(over.map(|one| (*one, false)));
        }
    }
    // Without a name a story needs as much company as a total.
    let company = |one: &&WaitingStory| {
        let unnamed = stories.iter().filter(|other| !other.story.named);
        let oldest = unnamed.clone().map(|other| other.given).min().unwrap_or(one.given);
        one.story.named || unnamed.count() >= thresholds.since(oldest)
    };
    let told = stories.iter().filter(|one| is_counted([&one.story.person, &one.partner], coordinators));
    release.stories = told.filter(company).map(|one| one.story.clone()).collect();
    release
}

/// Each person's mean as a whole number, halves up.
fn means(answers: &[&Waiting]) -> Vec<u32> {
    let mut people: BTreeMap<&PersonId, (u32, u32)> = BTreeMap::new();
    for one in answers {
        let (answers, points) = people.entry(&one.person).or_default();
        *answers += 1;
        *points += u32::from(one.points);
    }
    people.into_values().map(|(answers, points)| (2 * points + answers) / (2 * answers)).collect()
}

fn total(about: About, means: &[u32], cutoff: DateTime<Utc>) -> SurveyTotal {
    let people = u32::try_from(means.len()).unwrap_or(u32::MAX);
    let points = means.iter().sum::<u32>();
    let sum = Sum { answers: people, points };
    // As a sealed batch: with a mean from 1.5 to 4.5, and where knowing one person's answer does not tell the others'.
    let is_between = 3 * people <= 2 * points && 2 * points <= 9 * people;
    let is_shown = if about.named { sum.leaves_doubt() } else { is_between && sum.leaves_doubt_beside(1) };
    let squares = about.named.then(|| means.iter().map(|mean| mean * mean).sum());
    SurveyTotal { about, cutoff, people, points: is_shown.then_some(points), squares: squares.filter(|_| is_shown) }
}

/// How the times compare by the totals that were released up to the cut-off; nothing where none is new.
pub fn compared(totals: &[SurveyTotal], cutoff: DateTime<Utc>) -> Vec<SurveyLine> {
    if totals.iter().all(|total| total.cutoff != cutoff) {
        return Vec::new();
    }
    let mut items: BTreeMap<(&QuestionId, Role), BTreeMap<Point, Mean>> = BTreeMap::new();
    for total in totals.iter().filter(|total| total.cutoff <= cutoff) {
        let Some(points) = total.points else { continue };
        let squares = total.squares.unwrap_or_else(|| widest(total.people, points));
        let about = &total.about;
        let mean = items.entry((&about.item, about.role)).or_default().entry(about.point).or_default();
        mean.people += total.people;
        mean.points += points;
        mean.squares += squares;
    }
    let line = |((item, role), means): ((&QuestionId, Role), BTreeMap<Point, Mean>)| {
        let (first, last) = (means.first_key_value()?, means.last_key_value()?);
        let change = (means.len() > 1).then(|| first.1.against(last.1));
        let means = means.iter().map(|(point, mean)| (*point, mean.hundredths(), mean.people)).collect();
        Some(SurveyLine { item: item.clone(), role, means, change })
    };
    items.into_iter().filter_map(line).collect()
}

/// People, the sum of their means, and of the squares of those.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    people: u32,
    points: u32,
    squares: u32,
}

impl Mean {
    fn hundredths(&self) -> u32 {
        (200 * self.points + self.people) / (2 * self.people).max(1)
    }

    fn mean(&self) -> f64 {
        f64::from(self.points) / f64::from(self.people)
    }

    /// The squared standard error of the mean.
    fn error(&self) -> f64 {
        let (people, points, squares) = (f64::from(self.people), f64::from(self.points), f64::from(self.squares));
        (squares - points * points / people).max(0.0) / (people - 1.0) / people
    }

    /// From this to `later`: proven where the interval of two standard errors leaves out zero (docs/SCORING.md).
    fn against(&self, later: &Self) -> MeanChange {
        if self.people.min(later.people) < COMPARE_FROM {
            return MeanChange::TooFew;
        }
        let by = later.mean() - self.mean();
        let margin = 2.0 * (self.error() + later.error()).sqrt();
        MeanChange::By { hundredths: (by * 100.0).round() as i32, proven: by.abs() > margin }
    }
}

/// The largest sum of squares that so many whole numbers from 1 to 5 of this sum can have. For answers for totals only it
/// stands in place of the true one: then whether a change is proven tells no more than the sums that are shown.
fn widest(people: u32, points: u32) -> u32 {
    let over = points.saturating_sub(people);
    let (fives, rest) = (over / 4, over % 4);
    let ones = people.saturating_sub(fives + u32::from(rest > 0));
    25 * fives + if rest > 0 { (1 + rest) * (1 + rest) } else { 0 } + ones
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::utc;

    const CUTOFF: &str = "2026-06-01 07:00";

    /// `4 3 5` are three mentees who said so at this time, by name or not.
    fn said(point: Point, text: &str, named: bool) -> Vec<Waiting> {
        let one = |(n, points): (usize, &str)| Waiting {
            survey: SurveyId::from(format!("survey:p{n}:{point}")),
            point,
            person: PersonId::from(format!("T1:U{n}")),
            partner: PersonId::from(format!("T1:P{n}")),
            role: Role::Mentee,
            item: "growth-confidence".into(),
            points: points.parse().expect("points"),
            named,
            given: utc("2026-05-26 08:00"),
            closed: utc("2026-05-29 15:00"),
        };
        text.split_whitespace().enumerate().map(one).collect()
    }

    fn released(waiting: &[Waiting]) -> Vec<SurveyTotal> {
        release(waiting, &[], &[], &Thresholds::new(5, Vec::new()), utc(CUTOFF)).totals
    }

    fn sums(waiting: &[Waiting]) -> String {
        let shown = |total: &SurveyTotal| format!("{} people, {:?}", total.people, total.points);
        released(waiting).iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn totals_wait_for_enough_people_and_for_doubt() {
        assert_eq!(sums(&said(Point::Start, "4 3 5 4", true)), "");
        assert_eq!(sums(&said(Point::Start, "4 3 5 4 4", true)), "5 people, Some(20)");
        assert_eq!(sums(&said(Point::Start, "5 5 5 5 5", true)), "5 people, None");
        assert_eq!(sums(&said(Point::Start, "5 5 5 5 4", false)), "5 people, None", "nearly all said 5");
        let both = [said(Point::Start, "4 3 5 4 4", true), said(Point::Start, "2 2 3", false)].concat();
        assert_eq!(sums(&both), "5 people, Some(20)", "hidden answers are never mixed with named ones");
    }

    #[test]
    fn what_came_out_waits_no_longer_and_what_waited_too_long_neither() {
        let thresholds = Thresholds::new(5, Vec::new());
        let waiting = [said(Point::Start, "4 3 5 4 4", true), said(Point::Mid, "2 2 3", false)].concat();
        let left = |cutoff| release(&waiting, &[], &[], &thresholds, utc(cutoff)).left.len();
        assert_eq!(left(CUTOFF), 5);
        assert_eq!(left("2026-08-24 07:00"), 8);
        let coordinator = [PersonId::from("T1:P0")];
        let release = release(&waiting, &[], &coordinator, &thresholds, utc(CUTOFF));
        assert_eq!(release.totals, [], "a pair in which a coordinator takes part is in no total");
    }

    #[test]
    fn a_change_is_proven_where_its_interval_leaves_out_zero() {
        let of = |start: &str, end: &str, named: bool| {
            let waiting = [said(Point::Start, start, named), said(Point::End, end, named)].concat();
            let lines = compared(&released(&waiting), utc(CUTOFF));
            lines.first().and_then(|line| line.change)
        };
        let (low, high) = ("3 3 2 3 3 4 3 3", "4 4 5 4 4 4 5 4");
        assert_eq!(of(low, high, true), Some(MeanChange::By { hundredths: 125, proven: true }));
        assert_eq!(of(low, low, true), Some(MeanChange::By { hundredths: 0, proven: false }));
        assert_eq!(of("3 3 2 3 3 4 3", high, true), Some(MeanChange::TooFew));
        // Of hidden answers no more is used than the sums that are shown.
        assert_eq!(of(low, high, false), Some(MeanChange::By { hundredths: 125, proven: false }));
    }

    #[test]
    fn nothing_is_said_again_in_a_week_without_news() {
        let totals = released(&said(Point::Start, "4 3 5 4 4", true));
        assert_eq!(compared(&totals, utc(CUTOFF)).len(), 1);
        assert_eq!(compared(&totals, utc("2026-06-08 07:00")), []);
    }

    #[test]
    fn the_widest_spread_of_a_sum() {
        assert_eq!([widest(5, 5), widest(5, 25), widest(2, 6), widest(2, 7)], [5, 125, 26, 29]);
    }

    #[test]
    fn a_story_without_a_name_waits_for_company() {
        let story = |n: usize, named| WaitingStory {
            story: StoryRef {
                survey: SurveyId::from(format!("survey:p{n}:end")),
                person: PersonId::from(format!("T1:U{n}")),
                named,
            },
            partner: PersonId::from(format!("T1:P{n}")),
            given: utc("2026-05-26 08:00"),
        };
        let told = |stories: &[WaitingStory]| {
            release(&[], stories, &[], &Thresholds::new(3, Vec::new()), utc(CUTOFF)).stories.len()
        };
        assert_eq!(told(&[story(1, true), story(2, false), story(3, false)]), 1);
        assert_eq!(told(&[story(1, true), story(2, false), story(3, false), story(4, false)]), 4);
    }
}
