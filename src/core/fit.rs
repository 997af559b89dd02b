//! Whether a pairing is right for one of the two: asked alone, open at any time, and nobody's fault.

use chrono::{DateTime, Days, Duration, Utc};

use super::attention::Spent;
use super::availability::Availability;
use super::cadence::instant;
use super::decision::{Change, Decision};
use super::id::{PairId, PersonId};
use super::message::Message;
use super::pause::Span;
use super::person::{Pair, Person, Standing};
use super::program::Program;
use super::question::Bank;
use super::rest::{Pace, Rest};
use super::words::words;

/// The question is not asked before the third week of the pair.
const FROM: Days = Days::new(14);

/// Asked once, and at most twice again.
const TIMES: u32 = 3;

/// What waits for room, or for a first meeting, is looked at again after this.
const AGAIN: Duration = Duration::days(1);

/// Somebody who is away for longer is asked when they are back, and looked at again after this at the latest; as is
/// somebody who wants to be asked nothing.
const SOON: Duration = Duration::days(4);
const LATER: Duration = Duration::days(7);

words! {
    /// What somebody says to it, in the order of the bank's options.
    pub enum Fit: "an answer" {
        Good = "good",
        FindingOut = "finding_out",
        NotGood = "not_good",
    }
}

words! {
    /// Who may know that it is not right, in the order of the bank's options. The partner is never among them.
    pub enum MayKnow: "somebody who may know" {
        Coordinator = "coordinator",
        Nobody = "nobody",
    }
}

impl Fit {
    /// The bank's words for it.
    pub fn label(self) -> &'static str {
        let place = Self::ALL.iter().position(|one| *one == self).unwrap_or_default();
        &Bank::built_in().fit.options[place]
    }
}

impl MayKnow {
    /// The bank's words for it.
    pub fn label(self) -> &'static str {
        let place = Self::ALL.iter().position(|one| *one == self).unwrap_or_default();
        who_may_know().labels.get(place).copied().unwrap_or_default()
    }
}

/// What follows "not a good fit", as the bank says it: a question, two choices between brackets, and a promise.
pub struct WhoMayKnow {
    pub question: &'static str,
    pub labels: Vec<&'static str>,
    pub promise: &'static str,
}

/// Reads it out of the bank.
pub fn who_may_know() -> WhoMayKnow {
    let text = Bank::built_in().fit.on_not_fit.as_str();
    let question = text.split('[').next().unwrap_or_default().trim();
    let labels = text.split('[').skip(1).filter_map(|rest| rest.split(']').next()).collect();
    let promise = text.rsplit(']').next().unwrap_or_default().trim_start_matches(['.', ' ']);
    WhoMayKnow { question, labels, promise }
}

/// What somebody may do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FitAct {
    /// Opens the form "this match is not right".
    Open { pair: PairId },
    /// Answers the question.
    Answer { pair: PairId, fit: Fit },
    /// Says that it is not right, and who may know; `None` where that was not chosen.
    Know { pair: PairId, may_know: Option<MayKnow> },
}

impl FitAct {
    /// The pair that it is about.
    pub fn pair(&self) -> &PairId {
        match self {
            Self::Open { pair } | Self::Answer { pair, .. } | Self::Know { pair, .. } => pair,
        }
    }
}

/// What one of the two was asked and said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FitState {
    /// How often it was asked.
    pub times: u32,
    pub answer: Option<Fit>,
    pub may_know: Option<MayKnow>,
    /// When it was said.
    pub at: Option<DateTime<Utc>>,
}

/// What became true of it.
#[derive(Clone, Debug, PartialEq)]
pub enum FitChange {
    /// It is asked, for the `times`th time. The message takes a slot.
    Asked { pair: PairId, person: PersonId, times: u32, spent: Spent, at: DateTime<Utc> },
    /// The later word counts. `again`: when it may be asked again.
    Said {
        pair: PairId,
        person: PersonId,
        fit: Fit,
        may_know: Option<MayKnow>,
        at: DateTime<Utc>,
        again: Option<DateTime<Utc>>,
    },
    /// The pair is looked at again then, or not any more.
    Look { pair: PairId, next: Option<DateTime<Utc>> },
}

/// One side of a pair that may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct FitSide {
    pub person: Person,
    pub standing: Standing,
    pub state: FitState,
    pub rest: Rest,
    /// Messages that the person allows in a week.
    pub weekly: u8,
    /// Pulses that this person may get in a week, over all pairs: they come first.
    pub pulses: u32,
}

/// About a pair that may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct FitPlanCase {
    pub program: Program,
    pub pair: Pair,
    pub sides: [FitSide; 2],
    /// A meeting of the two is known.
    pub met: bool,
    pub spent: Vec<Spent>,
    pub pauses: Vec<Span>,
}

/// When "still finding out", said then, may be asked again; `None` when it was asked often enough.
pub fn again(state: &FitState, fit: Fit, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let weeks = i64::from(Bank::built_in().fit.ask_again_after_weeks);
    (fit == Fit::FindingOut && state.times < TIMES).then(|| at + Duration::weeks(weeks))
}

/// Asks each of the two for whom it is time, and says when to look again. What one side is asked or says changes
/// nothing for the other.
pub fn plan(case: &FitPlanCase, now: DateTime<Utc>) -> Decision {
    let from = instant(case.program.zone, (case.pair.starts.max(case.program.starts) + FROM).into());
    let (mut decision, mut next) = (Decision::default(), Vec::new());
    for side in &case.sides {
        match due(case, side, from, now) {
            Due::Never => {}
            Due::At(at) => next.push(at),
            Due::Now => {
                let at = Availability::new(&case.program, side.person.zone, &side.rest).next_open(now);
                if at > now + SOON {
                    next.push(at.min(now + LATER));
                    continue;
                }
                let (times, person) = (side.state.times + 1, side.person.id.clone());
                let message = Message::FitQuestion { pair: case.pair.id.clone(), person: person.clone(), times };
                let spent = Spent::on(&person, side.person.zone, at, message.name());
                if !has_room(case, side, &spent) {
                    next.push(now + AGAIN);
                    continue;
                }
                let pair = case.pair.id.clone();
                decision.changes.push(Change::Fit(FitChange::Asked { pair, person, times, spent, at: now }));
                decision.messages.push(message.at(at));
            }
        }
    }
    let next = next.into_iter().min();
    decision.changes.push(Change::Fit(FitChange::Look { pair: case.pair.id.clone(), next }));
    decision
}

enum Due {
    Now,
    At(DateTime<Utc>),
    Never,
}

fn due(case: &FitPlanCase, side: &FitSide, from: DateTime<Utc>, now: DateTime<Utc>) -> Due {
    let over = super::ending::is_over(&case.program, &case.pair, now);
    let gone = side.person.deactivated.is_some();
    if case.pair.ended.is_some() || over || gone || matches!(side.standing, Standing::Declined { .. }) {
        return Due::Never;
    }
    let at = match (side.state.times, side.state.answer, side.state.at) {
        (0, None, _) => from,
        (_, Some(Fit::FindingOut), Some(said)) => match again(&side.state, Fit::FindingOut, said) {
            Some(again) => again.max(from),
            None => return Due::Never,
        },
        // Whoever did not answer is left in peace; it stays open under Help.
        _ => return Due::Never,
    };
    let paused = case.pauses.iter().any(|span| span.is_on(case.program.zone, now));
    let started = matches!(side.standing, Standing::Started { .. } | Standing::Welcomed { .. });
    match at > now {
        true => Due::At(at),
        false if side.rest.pace == Pace::Never => Due::At(now + LATER),
        false if paused || !started || !case.met => Due::At(now + AGAIN),
        false => Due::Now,
    }
}

/// Whether the week has room beside the pulses that are still to come in it: those never wait for this.
fn has_room(case: &FitPlanCase, side: &FitSide, spent: &Spent) -> bool {
    let own = case.spent.iter().filter(|one| one.person == spent.person && one.week == spent.week);
    let is_pulse = |one: &&Spent| ["pulse", "survey"].iter().any(|kind| one.message.as_str().starts_with(kind));
    let pulses = own.filter(is_pulse).count();
    let to_come = side.pulses.saturating_sub(u32::try_from(pulses).unwrap_or(u32::MAX));
    let most = side.weekly.min(case.program.weekly);
    spent.fits(&case.spent, most.saturating_sub(u8::try_from(to_come).unwrap_or(u8::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{pair, person, program, short, utc};

    fn case() -> FitPlanCase {
        let side = |name| FitSide {
            person: person(name),
            standing: Standing::Started { at: utc("2026-05-04 07:00") },
            state: FitState::default(),
            rest: Rest::default(),
            weekly: 3,
            pulses: 1,
        };
        let sides = [side("Ana"), side("Ravi")];
        FitPlanCase { program: program(), pair: pair(), sides, met: true, spent: Vec::new(), pauses: Vec::new() }
    }

    /// Who is asked when, and when the pair is looked at again.
    fn planned(case: &FitPlanCase, now: &str) -> (Vec<String>, Option<String>) {
        let decision = plan(case, utc(now));
        let asked = decision.messages.iter().map(|send| match &send.message {
            Message::FitQuestion { person, times, .. } => format!("{} {times} {}", person.user(), short(send.due)),
            other => panic!("{other:?}"),
        });
        let next = decision.changes.iter().find_map(|change| match change {
            Change::Fit(FitChange::Look { next, .. }) => *next,
            _ => None,
        });
        (asked.collect(), next.map(short))
    }

    #[test]
    fn each_is_asked_alone_once_they_have_met_and_not_before_the_third_week() {
        let (nobody, both) = (Vec::<String>::new(), ["UANA 1 Mon 18 May 07:00", "URAVI 1 Mon 18 May 07:00"]);
        assert_eq!(planned(&case(), "2026-05-06 08:00"), (nobody.clone(), Some("Sun 17 May 22:00".to_owned())));
        assert_eq!(planned(&case(), "2026-05-17 22:00"), (both.map(str::to_owned).to_vec(), None));
        let unmet = FitPlanCase { met: false, ..case() };
        assert_eq!(planned(&unmet, "2026-05-20 08:00"), (nobody, Some("Thu 21 May 08:00".to_owned())));
    }

    #[test]
    fn still_finding_out_is_asked_again_twice_and_nothing_else_is() {
        let after = |times, answer| {
            let mut case = case();
            let said = FitState { times, answer, may_know: None, at: Some(utc("2026-05-18 08:00")) };
            (case.sides[0].state, case.sides[1].state) = (said, FitState { answer: Some(Fit::Good), ..said });
            planned(&case, "2026-06-08 08:00")
        };
        assert_eq!(after(1, Some(Fit::FindingOut)).0, ["UANA 2 Mon 8 Jun 08:00"]);
        assert_eq!(after(2, Some(Fit::FindingOut)).0, ["UANA 3 Mon 8 Jun 08:00"]);
        for (times, answer) in [
            (3, Some(Fit::FindingOut)),
            (1, Some(Fit::Good)),
            (1, Some(Fit::NotGood)),
            (1, None),
            (0, Some(Fit::NotGood)),
        ] {
            assert_eq!(after(times, answer), (vec![], None), "{times} {answer:?}");
        }
    }

    #[test]
    fn a_pulse_that_is_still_to_come_has_its_slot() {
        let mut full = case();
        full.sides[0].pulses = 2;
        let now = "2026-05-18 08:00";
        let spent = |n: &str| Spent::on(&person("Ana").id, person("Ana").zone, utc(now), n.into());
        full.spent = vec![spent("welcome")];
        assert_eq!(planned(&full, now).0, ["URAVI 1 Mon 18 May 08:00"], "two pulses come first");
        full.spent = vec![spent("pulse:a"), spent("pulse:b")];
        assert_eq!(planned(&full, now).0.len(), 2, "both were asked, so there is room");
        full.spent = vec![spent("pulse:a"), spent("pulse:b"), spent("x")];
        let later = planned(&full, now);
        assert_eq!((later.0.len(), later.1), (1, Some("Tue 19 May 08:00".to_owned())));
    }

    #[test]
    fn whoever_is_out_or_over_is_not_asked() {
        let mut out = case();
        out.sides[0].standing = Standing::Declined { at: utc("2026-05-05 07:00") };
        assert_eq!(planned(&out, "2026-05-18 08:00").0, ["URAVI 1 Mon 18 May 08:00"]);
        let mut ended = case();
        ended.pair.ended = Some(utc("2026-05-15 07:00"));
        assert_eq!(planned(&ended, "2026-05-18 08:00"), (vec![], None));
    }

    #[test]
    fn the_words_are_the_banks() {
        assert_eq!(Fit::ALL.map(Fit::label), ["Good fit", "Still finding out", "Not a good fit"]);
        let asked = who_may_know();
        assert_eq!(
            (asked.question, asked.labels),
            ("Thank you. Who may know?", vec!["Coordinator only", "Nobody yet"])
        );
        assert_eq!(asked.promise, "Your partner is not told that you were asked or what you said.");
    }
}
