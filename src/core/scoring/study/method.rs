//! What may raise an alarm: the published rules, and the simple rules of thumb that they are held against.

use super::super::evaluation::Evaluation;
use super::super::health::History;
use super::super::state::State;
use super::record::Record;

/// A way of saying which pairs need somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The published rules: the state `NeedsYou`.
    NeedsYou,
    /// The published rules: `Watch` or `NeedsYou`.
    WatchOrWorse,
    /// Points for taking part, below 40 of 100.
    Participation,
    /// The newest four answers have a mean below 3.
    LastFour,
    /// No known meeting for more than 21 active days.
    NoMeeting,
}

/// What a method says of a pair in one week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub alarm: bool,
    /// The higher, the worse; only the order counts.
    pub risk: i64,
}

/// One week of a pair as the methods see it.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub record: &'a Record,
    pub history: &'a History,
    pub seen: &'a Evaluation,
}

impl Method {
    pub const ALL: [Self; 5] =
        [Self::NeedsYou, Self::WatchOrWorse, Self::Participation, Self::LastFour, Self::NoMeeting];

    /// Its line in the table.
    pub fn title(self) -> &'static str {
        match self {
            Self::NeedsYou => "the rules: needs you",
            Self::WatchOrWorse => "the rules: watch or worse",
            Self::Participation => "points for taking part, below 40 of 100 (our definition)",
            Self::LastFour => "mean of the last four answers below 3",
            Self::NoMeeting => "no known meeting for more than 21 days",
        }
    }

    /// Its name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::NeedsYou => "needs_you",
            Self::WatchOrWorse => "watch_or_worse",
            Self::Participation => "participation_points_below_40",
            Self::LastFour => "mean_of_last_four_below_3",
            Self::NoMeeting => "no_meeting_for_21_days",
        }
    }

    pub fn judge(self, look: &Look) -> Verdict {
        match self {
            Self::NeedsYou => {
                Verdict { alarm: look.seen.state == State::NeedsYou, risk: -i64::from(look.seen.health.value) }
            }
            Self::WatchOrWorse => Verdict {
                alarm: matches!(look.seen.state, State::Watch | State::NeedsYou),
                risk: -i64::from(look.seen.health.value),
            },
            Self::Participation => participation(look),
            Self::LastFour => {
                let (sum, n) = look.record.last_four();
                // Twelfths, so that a mean of one, two, three or four answers is whole; nobody answered: a "mostly".
                Verdict { alarm: sum < 3 * n, risk: -if n == 0 { 48 } else { 12 * sum / n } }
            }
            Self::NoMeeting => {
                let days = i64::from(look.history.days_since_meeting);
                Verdict { alarm: days > 21, risk: days }
            }
        }
    }
}

/// The usual sum of taking part: 25 for pulses answered among the last four, 20 for meetings of the last eight weeks
/// against those agreed, 15 for a goal moved in the last four weeks, 10 for each side that answered its last pulse, 20
/// for the mean of the last four answers. Where nothing is known yet, all points are given. This is our own definition.
fn participation(look: &Look) -> Verdict {
    let (record, history) = (look.record, look.history);
    let missed = i64::from(history.missed[0] + history.missed[1]);
    let weeks = record.weeks().min(8);
    let agreed = (7 * weeks / i64::from(history.rhythm)).max(1);
    let met = record.meetings_in(8).min(agreed);
    let goal = if history.days_since_goal.is_some_and(|days| days < 28) { 15 } else { 0 };
    let sides = record.answered_last().map(|answered| if answered { 10 } else { 0 });
    let (sum, n) = record.last_four();
    let mood = if n == 0 { 20 } else { 5 * (sum - n) / n };
    let points = 25 * (8 - missed) / 8 + 20 * met / agreed + goal + sides[0] + sides[1] + mood;
    Verdict { alarm: points < 40, risk: -points }
}
