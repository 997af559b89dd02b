//! Whether a nudge that was decided is still to be sent, looked at in the moment before.

use chrono::{DateTime, NaiveDate, Utc};

use super::facts::{NudgeCase, Nudged, PairFacts};
use super::plan::runs;
use super::{Kind, NudgeChange, Reaction};
use crate::core::attention::Week;
use crate::core::cadence::civil;
use crate::core::decision::{Change, Decision};
use crate::core::id::NudgeId;
use crate::core::message::Message;

/// What to do instead of sending this nudge, or the second coming of it on `day`; `None`: it is still wanted.
///
/// It belongs to a week: held up beyond it, it would come on top of the next one's. A nudge that is not sent gives its slot
/// back; what is said once more had none.
pub fn instead(case: &NudgeCase, nudge: &NudgeId, day: NaiveDate, now: DateTime<Utc>) -> Option<Decision> {
    let Some(found) = case.past.iter().find(|one| one.id == *nudge) else { return Some(Decision::default()) };
    if is_wanted(case, found, day, now) {
        return None;
    }
    let message = Message::Nudge { nudge: found.id.clone(), person: case.id().clone(), day };
    let dropped =
        NudgeChange::Dropped { nudge: found.id.clone(), person: case.id().clone(), message: message.name(), at: now };
    let changes = if day == found.day { vec![Change::Nudge(dropped)] } else { Vec::new() };
    Some(Decision { changes, ..Decision::default() })
}

fn is_wanted(case: &NudgeCase, nudge: &Nudged, day: NaiveDate, now: DateTime<Utc>) -> bool {
    let Some(pair) = case.pairs.iter().find(|one| one.pair.id == nudge.pair) else { return false };
    let (is_first, week) = (day == nudge.day, Week::of(case.person.zone, now));
    let is_its_week = if is_first { nudge.week == week.to_string() } else { Week::on(day) == week };
    // Of two words to it the later counts: who said `Done` after `Tomorrow` is not told once more.
    let is_asked = is_first || (nudge.again == Some(day) && nudge.reaction == Some(Reaction::Tomorrow));
    let is_stopped = case.stopped.iter().any(|stopped| stopped.is_none_or(|kind| kind == nudge.kind));
    let today = civil(pair.program.zone, now).date();
    is_its_week
        && is_asked
        && !is_stopped
        && runs(pair, now)
        && !pair.facts.is_paused(today)
        && !is_settled(nudge, pair)
}

/// What it is about has happened meanwhile: its words would not be true any more.
fn is_settled(nudge: &Nudged, pair: &PairFacts) -> bool {
    let facts = &pair.facts;
    let met_since = facts.last_met().is_some_and(|met| met > nudge.episode);
    match nudge.kind {
        Kind::FirstMeeting => facts.date_ahead || !facts.met.is_empty(),
        Kind::BookNext | Kind::OverdueMentor | Kind::OverdueMentee => facts.date_ahead || met_since,
        Kind::RhythmCheck => facts.agreed.is_some_and(|agreed| agreed >= nudge.day),
        Kind::NoGoal => facts.goals.is_some_and(|goals| goals.moved.is_some()),
        Kind::GoalStalled => facts.goals.is_none_or(|goals| !goals.open || goals.moved != Some(nudge.episode)),
        Kind::OwnCommunication => pair.helped.is_some(),
        Kind::WelcomeBack => facts.date_ahead,
        Kind::MentorLoad | Kind::AskFeedback | Kind::FeedbackCard => false,
        Kind::AfterSession | Kind::EndNear | Kind::Anniversary => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::nudge::sample::case;
    use crate::core::pause::Span;
    use crate::core::question::Role;
    use crate::core::sample::{date, utc};

    /// A nudge about the first meeting, of Monday 11 May and once more on Tuesday: whether it still goes.
    fn goes(day: &str, now: &str, change: fn(&mut NudgeCase)) -> bool {
        let mut ana = case(Role::Mentee);
        let (pair, monday) = (ana.pairs[0].pair.id.clone(), date("2026-05-11"));
        let id = NudgeId::new(ana.id(), &pair, Kind::FirstMeeting, date("2026-05-04"), 0);
        ana.past.push(Nudged {
            id: id.clone(),
            pair,
            kind: Kind::FirstMeeting,
            episode: date("2026-05-04"),
            day: monday,
            week: Week::on(monday).to_string(),
            due: utc("2026-05-11 08:00"),
            held: false,
            reaction: Some(Reaction::Tomorrow),
            again: Some(date("2026-05-12")),
            outcome: None,
        });
        change(&mut ana);
        let instead = instead(&ana, &id, date(day), utc(now));
        let returns = instead.as_ref().map(|decision| decision.changes.len());
        assert!(returns.is_none_or(|count| count == usize::from(day == "2026-05-11")), "{returns:?}");
        instead.is_none()
    }

    #[test]
    fn what_is_not_true_or_not_wanted_any_more_is_not_sent() {
        for day in ["2026-05-11", "2026-05-12"] {
            let still = |change| goes(day, "2026-05-12 10:00", change);
            assert!(still(|_| {}), "{day}");
            assert!(!still(|case| case.pairs[0].facts.met = [date("2026-05-11")].into()));
            assert!(!still(|case| case.pairs[0].facts.date_ahead = true));
            assert!(!still(|case| case.stopped = vec![None]));
            assert!(!still(|case| case.stopped = vec![Some(Kind::FirstMeeting)]));
            assert!(still(|case| case.stopped = vec![Some(Kind::NoGoal)]));
            assert!(!still(|case| case.pairs.clear()), "the pair has ended");
            assert!(!still(|case| {
                let (from, until) = (date("2026-05-12"), date("2026-05-20"));
                case.pairs[0].facts.pauses = vec![Span { from, until }];
            }));
        }
    }

    #[test]
    fn what_was_held_up_into_the_next_week_does_not_come_on_top_of_its_nudge() {
        assert!(goes("2026-05-11", "2026-05-15 14:00", |_| {}));
        assert!(!goes("2026-05-11", "2026-05-18 07:00", |_| {}));
        assert!(!goes("2026-05-12", "2026-05-18 07:00", |_| {}));
    }

    #[test]
    fn tomorrow_is_taken_back_by_another_word() {
        let done = |case: &mut NudgeCase| case.past[0].reaction = Some(Reaction::Done);
        assert!(!goes("2026-05-12", "2026-05-12 10:00", done));
        assert!(!goes("2026-05-13", "2026-05-13 10:00", |_| {}), "nobody asked for that day");
    }
}
