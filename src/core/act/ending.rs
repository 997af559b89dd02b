//! A coordinator, or one of the two, ends a pair.

use chrono::{DateTime, Utc};

use super::{mend, open, refuse, say};
use crate::core::content::{EndForm, EndSaid, Form, Said};
use crate::core::decision::{Decision, Field};
use crate::core::ending::{EndAct, EndCase, EndReason, end};
use crate::core::event::Act;
use crate::core::question::Role;
use crate::core::refusal::Refusal;

/// An act about the end of a pair. One of the two needs no reason; a coordinator says one.
pub fn on_ending(case: &EndCase, act: &Act, what: &EndAct, now: DateTime<Utc>) -> Decision {
    let pair = &case.facts.pair;
    let role = pair.role_of(&act.by);
    if role.is_none() && !case.program.coordinators.contains(&act.by) {
        return refuse(Refusal::NotYourPair);
    }
    if pair.ended.is_some() {
        return refuse(Refusal::Ended);
    }
    let pair_name = case.facts.name();
    match what {
        EndAct::Open { pair } => {
            let partner = role.map(|role| match role {
                Role::Mentee => case.facts.mentor.name.clone(),
                Role::Mentor => case.facts.mentee.name.clone(),
            });
            let others = case.coordinators.iter().filter(|one| case.facts.pair.role_of(&one.id).is_none());
            let coordinators = others.map(|one| one.name.clone()).collect();
            open(Form::End(EndForm { pair: pair.clone(), pair_name, partner, coordinators }))
        }
        EndAct::End { reason, .. } => {
            let reason = reason.or(role.map(|_| EndReason::RatherNotSay));
            match reason {
                Some(EndReason::Planned) | None => mend(Field::Reason, "Please choose a reason.".to_owned()),
                Some(reason) => Decision {
                    reply: say(Said::End(EndSaid::Ended { pair_name })).reply,
                    ..end(case, reason, Some(&act.by), act.at, now)
                },
            }
        }
    }
}
