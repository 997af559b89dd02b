//! Somebody says something to a nudge, or chooses what comes.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{refuse, say};
use crate::core::attention::WEEKLY;
use crate::core::availability::Availability;
use crate::core::cadence::civil;
use crate::core::case::NudgedCase;
use crate::core::content::{NudgeSaid, Said};
use crate::core::decision::{Change, Decision};
use crate::core::event::Act;
use crate::core::message::{Message, Send};
use crate::core::nudge::facts::Nudged;
use crate::core::nudge::{NudgeAct, NudgeChange, Reaction, Wanted};
use crate::core::refusal::Refusal;

/// Nobody waits longer than this for what they put off; who is away for good hears of it no more.
const YEAR: Duration = Duration::days(365);

/// A tap on a nudge, or a choice in App Home.
pub fn on_nudge(case: &NudgedCase, act: &Act, about: &NudgeAct, now: DateTime<Utc>) -> Decision {
    let mut decision = match about {
        NudgeAct::Reacted { reaction, .. } => reacted(case, act, *reaction, now),
        NudgeAct::Chose(Wanted::Weekly(weekly)) if !(1..=WEEKLY).contains(weekly) => refuse(Refusal::Unknown),
        NudgeAct::Chose(wanted) => chose(act, *wanted),
        NudgeAct::Revived(_) if !case.coordinates => refuse(Refusal::NotYourProgram),
        NudgeAct::Revived(kind) if !case.retired.contains(kind) => {
            say(Said::Nudge(NudgeSaid::NotRetired { kind: *kind }))
        }
        NudgeAct::Revived(kind) => {
            let (workspace, kind, at) = (act.by.workspace(), *kind, act.at);
            let changes = vec![Change::Nudge(NudgeChange::Revived { workspace, kind, at })];
            Decision { changes, ..say(Said::Nudge(NudgeSaid::Revived { kind })) }
        }
    };
    if case.home_opened && !decision.changes.is_empty() {
        decision.messages.push(Message::Home { person: act.by.clone() }.at(now));
    }
    decision
}

fn reacted(case: &NudgedCase, act: &Act, reaction: Reaction, now: DateTime<Utc>) -> Decision {
    let Some((nudge, program, owner)) = &case.nudge else { return refuse(Refusal::Gone) };
    if *owner != act.by {
        return refuse(Refusal::NotYourPair);
    }
    let reader = Availability::new(program, case.person.zone, &case.rest);
    let tomorrow = reader.next_open(reader.working_days_after(now, 1)).min(now + YEAR);
    let again = (reaction == Reaction::Tomorrow).then(|| civil(case.person.zone, tomorrow).date());
    let said = match reaction {
        Reaction::Done => NudgeSaid::Done,
        Reaction::Tomorrow => NudgeSaid::Tomorrow { until: tomorrow },
        Reaction::NotHelpful => NudgeSaid::NotHelpful,
        Reaction::Stopped => NudgeSaid::Stopped { kind: Some(nudge.kind) },
    };
    let mut changes =
        vec![Change::Nudge(NudgeChange::Reacted { nudge: nudge.id.clone(), reaction, again, at: act.at })];
    if reaction == Reaction::Stopped {
        changes.extend(chose(act, Wanted::Stop(Some(nudge.kind))).changes);
    }
    let mut messages = standing(nudge, act, now);
    messages.extend(again.map(|day| post(nudge, act, day).at(tomorrow)));
    Decision { changes, messages, ..say(Said::Nudge(said)) }
}

/// What stands of the nudge is drawn anew, without its buttons.
fn standing(nudge: &Nudged, act: &Act, now: DateTime<Utc>) -> Vec<Send> {
    let again = nudge.again.filter(|day| *day <= civil(chrono_tz::UTC, now).date());
    [Some(nudge.day), again].into_iter().flatten().map(|day| post(nudge, act, day).at(now)).collect()
}

fn post(nudge: &Nudged, act: &Act, day: NaiveDate) -> Message {
    Message::Nudge { nudge: nudge.id.clone(), person: act.by.clone(), day }
}

fn chose(act: &Act, wanted: Wanted) -> Decision {
    let said = match wanted {
        Wanted::Stop(kind) => NudgeSaid::Stopped { kind },
        Wanted::Again(_) => NudgeSaid::Again,
        Wanted::Weekly(weekly) => NudgeSaid::Weekly { weekly },
    };
    let changes = vec![Change::Nudge(NudgeChange::Wanted { person: act.by.clone(), wanted, at: act.at })];
    Decision { changes, ..say(Said::Nudge(said)) }
}
