//! The weekly digest as a value. It holds ids and numbers, never names or words, and is stored whole.

mod line;
mod standing;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::blocks::Group;
use super::pool::Batch;
use super::rules::RulesVersion;
use super::statistics::Comparison;
use super::surveys::SurveysTold;
use crate::core::content::StepShown;
use crate::core::id::{DigestId, PairId, PersonId, ProgramId, PulseId, QuestionId};
use crate::core::question::{Indicator, Role};
pub use line::{ActionLine, LINES, LineId, Subject, What};
pub use standing::{
    Became, Before, Goals, KindLine, Meetings, Nudges, Outcome, PairHealth, ProgramHealth, Shows, States, Week,
};

/// Weeks in the chart: as many points as Slack's chart block takes.
pub const WEEKS: usize = 20;

/// What a coordinator reads on Monday, as it was computed at the cut-off.
///
/// A digest of rules version 0 has neither states nor anything else that is scored; it is read and shown all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The version of the rules that made these numbers.
    pub rules: u16,
    pub program: ProgramId,
    pub cutoff: DateTime<Utc>,
    /// The seven civil days before the cut-off, in the programme's zone, both included.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Week of the programme, from 1, and how many there are if the end is known.
    pub week: u32,
    pub weeks: Option<u32>,
    /// Pairs that have begun, have not ended, and in which nobody pressed `Not for me`.
    pub pairs: u32,
    /// Asks that closed this week, and last week if there was one.
    pub answered: Rate,
    pub answered_before: Option<Rate>,
    /// People who were asked nothing this week: paused, away, or by their own wish.
    #[serde(default)]
    pub resting: u32,
    /// How the pairs stand. `None` before there was a score.
    #[serde(default)]
    pub states: Option<States>,
    /// `None` before there was a score.
    #[serde(default)]
    pub health: Option<ProgramHealth>,
    /// What to do this week, at most [`LINES`], by need: direct signals, then pairs by their Health, hints last.
    #[serde(default)]
    pub actions: Vec<ActionLine>,
    /// What found no place among them, in the same order, as many as may be named.
    #[serde(default)]
    pub more: Vec<ActionLine>,
    /// Pairs to watch, lowest Health first, as many as may be named.
    #[serde(default)]
    pub watch: Vec<PairHealth>,
    /// What became of the lines of last week's list, in their order.
    #[serde(default)]
    pub last_week: Vec<Outcome>,
    /// Pairs that ended this week.
    #[serde(default)]
    pub ended: Vec<PairId>,
    /// The weeks up to this one, oldest first, at most [`WEEKS`].
    #[serde(default)]
    pub series: Vec<Week>,
    /// `None` before it was computed.
    #[serde(default)]
    pub meetings: Option<Meetings>,
    /// `None` while nothing is known of goals.
    #[serde(default)]
    pub goals: Option<Goals>,
    /// `None` while nothing is known of nudges.
    #[serde(default)]
    pub nudges: Option<Nudges>,
    /// The five indicators over the last four weeks, in their order.
    pub indicators: Vec<IndicatorLine>,
    /// The same for each group of which something was released in these weeks, in the order of their names.
    #[serde(default)]
    pub groups: Vec<GroupLine>,
    /// How mentees and mentors compare, by the newest eight weeks that were compared: one for each indicator at most.
    #[serde(default)]
    pub comparisons: Vec<Comparison>,
    /// Sealed batches of answers for totals only that came out with this digest, and may be shown.
    #[serde(default)]
    pub batches: Vec<Batch>,
    /// What came of surveys; `None` in a week without any.
    #[serde(default)]
    pub surveys: Option<Box<SurveysTold>>,
    /// Groups of which nothing, or not everything, was released this week.
    #[serde(default)]
    pub withheld: WithheldGroups,
    /// Pairs of which one side or both have not answered the last three pulses.
    pub silent: Vec<Silent>,
    /// Pairs that are not known to have met, with days since they began, longest first.
    pub never_met: Vec<NeverMet>,
    /// How many more there are of `silent` and of `never_met` than are named.
    #[serde(default)]
    pub silent_beyond: u32,
    #[serde(default)]
    pub never_met_beyond: u32,
    /// Pairs that said this week that they had met.
    pub met: u32,
    /// Comments that were shared with coordinators in pulses that closed this week.
    pub comments: Vec<CommentRef>,
    /// People who pressed `Not for me` this week.
    pub declined: Vec<PersonId>,
}

impl Digest {
    /// Whether its numbers may be held against those of now.
    pub fn is_of_current_rules(&self) -> bool {
        self.rules == RulesVersion::CURRENT.number()
    }

    /// From where to where a Health of this digest is to be read, by the rules that made it.
    pub fn band(&self, health: u8) -> (u8, u8) {
        RulesVersion::try_from(self.rules).unwrap_or(RulesVersion::CURRENT).rules().band(health)
    }
}

/// Answered of asked. Skipped and folded asks are in neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub answered: u32,
    pub asked: u32,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorLine {
    pub indicator: Indicator,
    pub shown: Shown,
}

/// The indicators of one group of pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupLine {
    /// `None`: pairs without a group, or people in several.
    pub group: Group,
    /// Those of which a mean can be told.
    pub indicators: Vec<IndicatorLine>,
}

/// Groups that are not shown, by their names, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WithheldGroups {
    /// Fewer people answered than the threshold.
    pub small: Vec<Group>,
    /// Enough answered, but from their numbers those of a small group could be worked out.
    pub beside: Vec<Group>,
}

/// What may be said of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// No closed pulse of the last four weeks asked for it.
    NotAsked,
    /// In none of these weeks enough people answered by name, or they said so much the same that a total would tell what
    /// each of them said.
    Withheld,
    /// The mean of 1 to 5 in hundredths, over `n` answers of at least `people` people.
    Mean { hundredths: u32, n: u32, people: u32, change: MeanChange },
}

/// The mean against the four weeks before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeanChange {
    /// Fewer than eight people in one of the two windows.
    TooFew,
    /// In hundredths; `proven` when the interval of two standard errors leaves out zero.
    By { hundredths: i32, proven: bool },
}

/// A pair that fell silent. A fact about asking; silence has many reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Silent {
    pub pair: PairId,
    pub roles: Vec<Role>,
}

/// A pair without a known meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeverMet {
    pub pair: PairId,
    pub days: u32,
}

/// Where a comment is found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommentRef {
    pub pulse: PulseId,
    pub person: PersonId,
    pub question: QuestionId,
}

/// A digest with what a renderer needs beside it: names and words as they are now.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestPage {
    pub digest: Digest,
    pub program_name: String,
    /// The zone of the programme's own dates.
    pub zone: Tz,
    /// Whether the workspace takes Slack's chart block, as far as we know.
    pub charts: bool,
    /// Mentor's and mentee's names of each pair that is named in the digest. A pair that was erased is not here.
    pub pairs: BTreeMap<PairId, (String, String)>,
    /// Names of the people in `declined` and in the lines.
    pub people: BTreeMap<PersonId, String>,
    /// The reader is in a pair, which is left out of this copy.
    pub is_own_copy: bool,
    /// The comments of `digest.comments` that still exist, in their order.
    pub comments: Vec<SharedComment>,
    /// The stories that come out this week and still exist, in their order: words, and the name where it may be told.
    pub stories: Vec<(Option<String>, String)>,
    /// What its buttons need, and what was done with them.
    pub care: DigestCare,
}

/// What coordinators did about the lines of a digest, and with whom they can speak about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DigestCare {
    /// The digest itself, where it is stored: what is only looked at has no buttons.
    pub digest: Option<DigestId>,
    /// In the order in which it was done.
    pub steps: Vec<StepShown>,
    /// Mentee and mentor, with their names, of each pair that a line is about.
    pub members: BTreeMap<PairId, [(PersonId, String); 2]>,
}

/// A comment that its writer shared with the coordinators.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedComment {
    pub name: String,
    pub pair: PairId,
    /// The question as the writer read it, and the label of the answer.
    pub question: String,
    pub label: String,
    pub words: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As rapport stored it before there was a score.
    const BEFORE_SCORES: &str = r#"{"rules":0,"program":"T1:engineering","cutoff":"2026-05-11T07:00:00Z",
        "from":"2026-05-04","until":"2026-05-10","week":1,"weeks":26,"pairs":9,"answered":{"answered":17,"asked":18},
        "answered_before":null,"indicators":[{"indicator":"growth","shown":{"mean":{"hundredths":450,"n":17,
        "people":17,"change":"too_few"}}},{"indicator":"communication","shown":"not_asked"}],
        "silent":[{"pair":"p1","roles":["mentee"]}],"never_met":[{"pair":"p2","days":7}],"met":8,
        "comments":[],"declined":["T1:U1"]}"#;

    #[test]
    fn a_digest_of_before_the_scores_can_still_be_read() {
        let digest: Digest = serde_json::from_str(BEFORE_SCORES).expect("a digest");
        assert_eq!((digest.rules, digest.met, digest.states), (0, 8, None));
        assert!(digest.actions.is_empty() && digest.series.is_empty());
        let again = serde_json::to_string(&digest).expect("json");
        assert_eq!(serde_json::from_str::<Digest>(&again).expect("a digest"), digest);
    }
}
