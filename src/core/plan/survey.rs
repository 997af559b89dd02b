//! When a survey takes the place of a pulse, and what is asked once a pair has ended.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::when::closes;
use super::{civil, half_way, strike_on};
use crate::core::attention::Spent;
use crate::core::availability::Availability;
use crate::core::case::{EndingCase, PlanCase};
use crate::core::decision::{Change, Decision};
use crate::core::id::{PersonId, ProgramId, SurveyId};
use crate::core::message::{Message, Send};
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;
use crate::core::question::Role;
use crate::core::rest::{Pace, Rest};
use crate::core::survey::{Point, Survey, SurveyAsk, SurveyChange};

/// Weeks after half-way in which that survey is still asked; later it would compare nothing.
const MID_WITHIN: Duration = Duration::weeks(4);

/// How long after a pair has ended its two are still asked.
pub const END_WITHIN: Duration = Duration::days(14);

/// The survey in place of the pulse of this occurrence; `None` where there is none, it comes too late, or somebody's
/// week is full: then it is looked at again with the next one.
pub(super) fn in_place_of(
    case: &PlanCase,
    occurrence: NaiveDate,
    next: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<Decision> {
    let agreed = case.agreement.agreed.is_some();
    let point = survey_on(&case.program, &case.pair, (&case.surveys, agreed), case.mentee.zone, occurrence)?;
    let people = [(&case.mentee, Role::Mentee, &case.rests[0]), (&case.mentor, Role::Mentor, &case.rests[1])];
    let asked = people.into_iter().filter(|(_, _, rest)| rest.pace != Pace::Never);
    let asks: Option<Vec<SurveyAsk>> = asked
        .map(|(person, role, _)| {
            let strike = strike_on(&case.program, person.zone, occurrence)?;
            let first = case.side(role).next_open(strike.at);
            let until = closes(case, role, occurrence, first);
            let due = case.side(role).next_open(first.max(now));
            (due < until).then(|| SurveyAsk { person: person.id.clone(), role, due, closes: until })
        })
        .collect();
    let survey = survey(&case.pair.id, point, occurrence, false, asks.filter(|asks| !asks.is_empty())?);
    let zones = [case.mentee.zone, case.mentor.zone];
    let spends = spends(&survey, &case.program.id, zones);
    if !spends.iter().all(|spent| spent.fits(&case.spent, case.most(&spent.person))) {
        return None;
    }
    let messages = posts(&survey, &case.program.id);
    let planned = SurveyChange::Planned { survey: Box::new(survey), spends, next: Some(next) };
    Some(Decision { changes: vec![Change::Survey(planned)], messages, ..Decision::default() })
}

/// The survey that stands in the place of this occurrence's pulse, where `asked` are those that were asked before, and
/// whether the two have agreed.
pub fn survey_on(
    program: &Program,
    pair: &Pair,
    (asked, agreed): (&[Point], bool),
    zone: Tz,
    occurrence: NaiveDate,
) -> Option<Point> {
    let open = |point| (!asked.contains(&point)).then_some(point);
    let half = half_way(program, pair);
    if is_last(program, pair, zone, occurrence) {
        return open(Point::End);
    }
    if occurrence >= half && occurrence < half + MID_WITHIN {
        return open(Point::Mid);
    }
    (agreed && occurrence < half).then_some(Point::Start).and_then(open)
}

/// Whether the programme ends before the cadence strikes again.
fn is_last(program: &Program, pair: &Pair, zone: Tz, occurrence: NaiveDate) -> bool {
    let Some(ends) = program.ends else { return false };
    if occurrence < pair.starts.max(program.starts) + Duration::weeks(4) {
        return false;
    }
    let next = strike_on(program, zone, occurrence).and_then(|strike| program.cadence.next(zone, strike.at));
    next.is_none_or(|next| next.occurrence > ends)
}

/// What is asked of the two of a pair that has ended: each who is in, alone, in the next working hour.
pub fn ending(case: &EndingCase, now: DateTime<Utc>) -> Decision {
    let today = civil(case.program.zone, now);
    let sides = [
        (&case.mentee, Role::Mentee, case.standings[0], &case.rests[0]),
        (&case.mentor, Role::Mentor, case.standings[1], &case.rests[1]),
    ];
    let ask = |(person, role, standing, rest): (&Person, Role, Standing, &Rest)| {
        let is_in = matches!(standing, Standing::Started { .. }) && person.deactivated.is_none();
        let is_in = is_in && rest.pace != Pace::Never;
        let side = Availability::new(&case.program, person.zone, rest);
        let due = side.next_open(now);
        let closes = side.closes(due, case.program.open_days);
        let ask = SurveyAsk { person: person.id.clone(), role, due, closes };
        let own = Message::Surveys { program: case.program.id.clone(), person: person.id.clone(), occurrence: today };
        let weekly = case.weekly[usize::from(role == Role::Mentor)].min(case.program.weekly);
        let fits = Spent::on(&person.id, person.zone, due, own.name()).fits(&case.spent, weekly);
        (is_in && fits).then_some(ask)
    };
    let asks: Vec<SurveyAsk> = sides.into_iter().filter_map(ask).collect();
    let survey = survey(&case.pair.id, Point::End, today, true, asks);
    let spends = spends(&survey, &case.program.id, [case.mentee.zone, case.mentor.zone]);
    let messages = posts(&survey, &case.program.id);
    let planned = SurveyChange::Planned { survey: Box::new(survey), spends, next: None };
    Decision { changes: vec![Change::Survey(planned)], messages, ..Decision::default() }
}

/// Closes a survey whose time is over: answers are frozen, and its messages change once.
pub fn close_survey(survey: &Survey, program: &Program, homes: &[PersonId], now: DateTime<Utc>) -> Decision {
    let mut messages: Vec<Send> = posts(survey, &program.id).into_iter().map(|send| send.message.at(now)).collect();
    messages.extend(homes.iter().map(|person| Message::Home { person: person.clone() }.at(now)));
    let closed = SurveyChange::Closed { survey: survey.id.clone(), at: now };
    Decision { changes: vec![Change::Survey(closed)], messages, ..Decision::default() }
}

fn survey(
    pair: &crate::core::id::PairId,
    point: Point,
    occurrence: NaiveDate,
    early: bool,
    asks: Vec<SurveyAsk>,
) -> Survey {
    Survey { id: SurveyId::new(pair, point), pair: pair.clone(), occurrence, early, asks, closed: None }
}

fn post(survey: &Survey, program: &ProgramId, ask: &SurveyAsk) -> Message {
    Message::Surveys { program: program.clone(), person: ask.person.clone(), occurrence: survey.occurrence }
}

fn posts(survey: &Survey, program: &ProgramId) -> Vec<Send> {
    survey.asks.iter().map(|ask| post(survey, program, ask).at(ask.due)).collect()
}

/// The slot of each who is asked. `zones` are the mentee's and the mentor's.
fn spends(survey: &Survey, program: &ProgramId, zones: [Tz; 2]) -> Vec<Spent> {
    let zone = |role| match role {
        Role::Mentee => zones[0],
        Role::Mentor => zones[1],
    };
    let spent = |ask: &SurveyAsk| Spent::on(&ask.person, zone(ask.role), ask.due, post(survey, program, ask).name());
    survey.asks.iter().map(spent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::plan::plan;
    use crate::core::sample::{date, plan_case, short, utc};

    /// What stands in the place of the pulse of this Tuesday.
    fn check(name: &str, change: fn(&mut PlanCase), tuesday: &str, expected: &str) {
        let mut case = plan_case();
        change(&mut case);
        let decision = plan(&case, utc(&format!("{tuesday} 08:00")));
        let said = decision.changes.iter().find_map(|change| match change {
            Change::Survey(SurveyChange::Planned { survey, spends, .. }) => {
                let dues: Vec<String> = survey.asks.iter().map(|ask| short(ask.due)).collect();
                Some(format!("{}, {} slots, {}", survey.id.point()?, spends.len(), dues.join(" and ")))
            }
            Change::Planned { pulse, .. } => Some(format!("pulse {}", pulse.number)),
            _ => None,
        });
        assert_eq!(said.as_deref().unwrap_or("-"), expected, "{name}");
    }

    fn agreed(case: &mut PlanCase) {
        case.agreement.agreed = Some((utc("2026-05-04 08:00"), 14));
    }

    #[test]
    fn each_point_takes_the_place_of_one_pulse() {
        let both = "Tue 5 May 08:00 and Tue 5 May 08:00";
        check("agreed", agreed, "2026-05-05", &format!("start, 2 slots, {both}"));
        check("not agreed", |_| {}, "2026-05-05", "pulse 1");
        let done = |case: &mut PlanCase| {
            agreed(case);
            case.surveys = vec![Point::Start];
        };
        check("done", done, "2026-05-12", "pulse 2");
        check(
            "half-way, also without an agreement",
            |_| {},
            "2026-08-04",
            "mid, 2 slots, Tue 4 Aug 08:00 and Tue 4 Aug 08:00",
        );
        check("a little later", |_| {}, "2026-08-18", "mid, 2 slots, Tue 18 Aug 08:00 and Tue 18 Aug 08:00");
        check("much later", agreed, "2026-09-08", "pulse 1");
        let ends = |case: &mut PlanCase| case.program.ends = Some(date("2026-10-26"));
        check("the last", ends, "2026-10-20", "end, 2 slots, Tue 20 Oct 08:00 and Tue 20 Oct 08:00");
        check("without an end", |case| case.program.ends = None, "2026-10-20", "pulse 1");
        check("a programme of a week", |case| case.program.ends = Some(date("2026-05-08")), "2026-05-05", "pulse 1");
    }

    #[test]
    fn where_a_week_is_full_it_waits_for_the_next() {
        let full = |case: &mut PlanCase| {
            agreed(case);
            let spent = |n: usize| {
                Spent::on(&case.mentor.id, case.mentor.zone, utc("2026-05-05 08:00"), format!("m{n}").into())
            };
            case.spent = (0..3).map(spent).collect();
        };
        check("full", full, "2026-05-05", "pulse 1");
    }

    #[test]
    fn it_waits_for_ones_own_hours_and_not_beyond_its_end() {
        let late = |now: &str| {
            let mut case = plan_case();
            agreed(&mut case);
            let decision = plan(&case, utc(now));
            decision.changes.iter().find_map(|change| match change {
                Change::Survey(SurveyChange::Planned { survey, .. }) => Some(short(survey.asks[0].due)),
                _ => None,
            })
        };
        assert_eq!(late("2026-05-05 20:00").as_deref(), Some("Wed 6 May 07:00"));
        assert_eq!(late("2026-05-08 14:00").as_deref(), Some("Fri 8 May 14:00"));
        assert_eq!(late("2026-05-08 15:00"), None);
    }

    #[test]
    fn those_who_are_in_are_asked_once_when_a_pair_has_ended() {
        let started = Standing::Started { at: utc("2026-05-04 07:00") };
        let case = plan_case();
        let out = Standing::Declined { at: utc("2026-06-01 07:00") };
        let ended = EndingCase {
            program: case.program,
            pair: case.pair,
            mentee: case.mentee,
            mentor: case.mentor,
            standings: [started, out],
            spent: Vec::new(),
            weekly: [3; 2],
            rests: Default::default(),
        };
        let decision = ending(&ended, utc("2026-06-05 20:00"));
        let [Change::Survey(SurveyChange::Planned { survey, .. })] = decision.changes.as_slice() else {
            panic!("one survey")
        };
        assert!(survey.early);
        assert_eq!(survey.asks.iter().map(|ask| short(ask.due)).collect::<Vec<_>>(), ["Mon 8 Jun 07:00"]);
        assert_eq!(decision.messages.len(), 1);
    }
}
