//! A pair comes to its end: what is open closes, no more pulses come, and both read the same kind words.

use chrono::{DateTime, Days, Duration, Utc};

use super::attention::{Spent, next_week};
use super::availability::{Availability, together};
use super::cadence::civil;
use super::case::CarePair;
use super::decision::{Change, Decision};
use super::id::{PairId, PersonId};
use super::message::{Message, Send};
use super::person::{Person, Standing};
use super::program::Program;
use super::pulse::{Ask, AskState};
use super::question::{Bank, Form as ItemForm};
use super::session::{Proposal, ProposalState};
use super::words::words;

words! {
    /// Why a pair ended: a kind, never words, in the order of the bank's question for it. The other one never sees it.
    pub enum EndReason: "a reason" {
        NoTime = "no_time",
        ChangedJob = "changed_job",
        GoalsReached = "goals_reached",
        DidNotFit = "did_not_fit",
        NeverStarted = "never_started",
        RatherNotSay = "rather_not_say",
        /// The programme came to its own end.
        Planned = "planned",
    }
}

impl EndReason {
    /// Those that somebody can choose.
    pub const CHOICES: [Self; 6] =
        [Self::NoTime, Self::ChangedJob, Self::GoalsReached, Self::DidNotFit, Self::NeverStarted, Self::RatherNotSay];

    /// The bank's words for it; `None` for an end that nobody chose.
    pub fn label(self) -> Option<&'static str> {
        let place = Self::CHOICES.iter().position(|one| *one == self)?;
        let item = Bank::built_in().end.extra.iter().find(|item| item.id == "end-reason")?;
        match &item.form {
            ItemForm::Options(labels) => labels.get(place).map(String::as_str),
            _ => None,
        }
    }
}

/// What somebody may do about the end of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndAct {
    /// Opens the form.
    Open { pair: PairId },
    /// Sent it; without a reason where none was chosen.
    End { pair: PairId, reason: Option<EndReason> },
}

impl EndAct {
    /// The pair that it is about.
    pub fn pair(&self) -> &PairId {
        match self {
            Self::Open { pair } | Self::End { pair, .. } => pair,
        }
    }
}

/// That a pair ended, as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    pub pair: PairId,
    pub reason: EndReason,
    /// `None`: the programme's end, or an operator.
    pub by: Option<PersonId>,
    pub at: DateTime<Utc>,
    /// The slots that the closing words take, of both.
    pub spends: Vec<Spent>,
}

/// About a pair that is to end.
#[derive(Clone, Debug, PartialEq)]
pub struct EndCase {
    pub program: Program,
    pub facts: CarePair,
    /// The newest suggestion of dates.
    pub proposal: Option<Proposal>,
    pub coordinators: Vec<Person>,
    /// Slots of the two people's weeks that messages have taken.
    pub spent: Vec<Spent>,
    /// Messages that the mentee, and the mentor, allow in a week.
    pub weekly: [u8; 2],
}

/// Where the closing words find no place within this time, they come too late to be kind.
const WITHIN: Duration = Duration::weeks(5);

/// Days after a programme's end in which its pairs are still told; later, they have long known.
const TOLD_WITHIN: Days = Days::new(7);

/// What follows when a pair ends. Whoever ended it and why, the two read and see the same.
pub fn end(
    case: &EndCase,
    reason: EndReason,
    by: Option<&PersonId>,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Decision {
    let pair = &case.facts.pair;
    let mut changes = Vec::new();
    let mut messages = Vec::new();
    if let Some(pulse) = &case.facts.open {
        // What nobody was asked yet is not asked; what stands closes, and counts neither as answered nor as missed.
        let (mut stands, part) = (false, |ask: &Ask| (pulse.id.clone(), ask.role));
        for ask in [&pulse.mentee, &pulse.mentor] {
            let (pulse, role) = part(ask);
            match ask.state {
                AskState::Open if ask.due > now => changes.push(Change::AskFolded { pulse, role, at: now }),
                AskState::Open => {
                    stands = true;
                    changes.push(Change::AskSkipped { pulse, role, at: now });
                }
                AskState::Folded { .. } => {}
                _ => stands = true,
            }
        }
        if stands {
            changes.push(Change::Closed { pulse: pulse.id.clone(), at: now });
        }
    }
    if let Some(proposal) = case.proposal.as_ref().filter(|one| !matches!(one.state, ProposalState::Over)) {
        changes.push(Change::DatesOver { proposal: proposal.id.clone(), at: now });
        messages.push(Message::Dates { pair: pair.id.clone(), proposal: proposal.id.clone() }.at(now));
    }
    let closing = closing(case, reason, now);
    let (closing, spends) = closing.map_or((None, Vec::new()), |(closing, spends)| (Some(closing), spends));
    messages.extend(closing);
    messages.extend(case.facts.home_opened.iter().map(|person| Message::Home { person: person.clone() }.at(now)));
    // Coordinators hear at once of an end that was not theirs; the two themselves are none here.
    if by.is_some_and(|by| pair.role_of(by).is_some()) {
        let others = case.coordinators.iter().filter(|one| pair.role_of(&one.id).is_none());
        messages.extend(
            others.map(|one| Message::EndedNote { pair: pair.id.clone(), coordinator: one.id.clone() }.at(now)),
        );
    }
    let ending = Ending { pair: pair.id.clone(), reason, by: by.cloned(), at, spends };
    changes.push(Change::Ended(ending));
    Decision { changes, messages, ..Decision::default() }
}

/// The kind words to both, in a common working hour of a week in which both have room for them. Nothing is written to
/// somebody who never said yes, nor long after the programme was over.
fn closing(case: &EndCase, reason: EndReason, now: DateTime<Utc>) -> Option<(Send, Vec<Spent>)> {
    let takes_part =
        |standing: &Option<Standing>| matches!(standing, Some(Standing::Started { .. } | Standing::Welcomed { .. }));
    let (facts, zone) = (&case.facts, case.program.zone);
    let late = reason == EndReason::Planned
        && case.program.ends.is_none_or(|ends| civil(zone, now).date() > ends + TOLD_WITHIN);
    if late || !facts.standings.iter().all(takes_part) || facts.pair.unreachable.is_some() {
        return None;
    }
    let message = Message::Closing { pair: facts.pair.id.clone() };
    let sides = [(&facts.mentee, &facts.rests[0]), (&facts.mentor, &facts.rests[1])];
    let both = sides.map(|(person, rest)| Availability::new(&case.program, person.zone, rest));
    let mut due = together(both, now);
    while due < now + WITHIN {
        let spends = [&facts.mentee, &facts.mentor].map(|one| Spent::on(&one.id, one.zone, due, message.name()));
        let most = case.weekly.map(|weekly| weekly.min(case.program.weekly));
        if spends.iter().zip(most).all(|(spent, most)| spent.fits(&case.spent, most)) {
            return Some((message.at(due), spends.into()));
        }
        let next = next_week(facts.mentee.zone, due).max(next_week(facts.mentor.zone, due));
        due = together(both, next);
    }
    None
}

/// Whether the pair's programme is over, so that the pair ends with it. A pair that was put in only afterwards waits for
/// its coordinator to say what was meant.
pub fn is_over(program: &Program, pair: &super::person::Pair, now: DateTime<Utc>) -> bool {
    let today = civil(program.zone, now).date();
    pair.ended.is_none() && program.ends.is_some_and(|ends| today > ends && pair.starts <= ends)
}

/// The first instant after the programme's last day, if that is still to come.
pub fn planned_end(program: &Program, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let after = program.ends?.succ_opt()?;
    Some(super::cadence::instant(program.zone, after.into())).filter(|end| *end > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{date, pair, person, program, pulse, short, utc};

    fn case() -> EndCase {
        let started = Standing::Started { at: utc("2026-05-04 07:00") };
        let facts = CarePair {
            pair: pair(),
            mentee: person("Ana"),
            mentor: person("Ravi"),
            standings: [Some(started); 2],
            pauses: Vec::new(),
            open: Some(pulse()),
            home_opened: Vec::new(),
            rests: Default::default(),
        };
        let coordinators = vec![person("Mia"), person("Ravi")];
        EndCase { program: program(), facts, proposal: None, coordinators, spent: Vec::new(), weekly: [3; 2] }
    }

    fn names(decision: &Decision) -> Vec<String> {
        let name = |send: &Send| send.message.name().to_string().split(':').next().unwrap_or_default().to_owned();
        decision.messages.iter().map(name).collect()
    }

    #[test]
    fn the_reasons_are_those_of_the_bank() {
        let item = Bank::built_in().end.extra.iter().find(|item| item.id == "end-reason").expect("the bank asks it");
        let ItemForm::Options(labels) = &item.form else { panic!("options") };
        let ours: Vec<&str> = EndReason::CHOICES.iter().filter_map(|one| one.label()).collect();
        assert_eq!(&ours, labels);
        assert_eq!((EndReason::RatherNotSay.label(), EndReason::Planned.label()), (Some("Rather not say"), None));
    }

    #[test]
    fn whoever_ends_it_the_two_get_the_same() {
        let now = utc("2026-05-06 08:00");
        let of_two = |by: Option<&str>, reason| {
            let by = by.map(|name| person(name).id);
            let mut decision = end(&case(), reason, by.as_ref(), now, now);
            decision.messages.retain(|send| !matches!(send.message, Message::EndedNote { .. }));
            (names(&decision), decision.messages)
        };
        let first = of_two(Some("Ana"), EndReason::DidNotFit);
        assert_eq!(first.0, ["closing"]);
        for (by, reason) in
            [(Some("Ravi"), EndReason::NoTime), (Some("Mia"), EndReason::NeverStarted), (None, EndReason::RatherNotSay)]
        {
            assert_eq!(of_two(by, reason), first);
        }
    }

    #[test]
    fn only_coordinators_outside_the_pair_hear_who_and_why() {
        let now = utc("2026-05-06 08:00");
        let told = |by: &str| {
            let decision = end(&case(), EndReason::NoTime, Some(&person(by).id), now, now);
            let to = |send: &Send| match &send.message {
                Message::EndedNote { coordinator, .. } => Some(coordinator.user().to_owned()),
                _ => None,
            };
            decision.messages.iter().filter_map(to).collect::<Vec<_>>()
        };
        assert_eq!(told("Ana"), ["UMIA"], "Ravi coordinates too, and is the partner");
        assert_eq!(told("Mia"), [""; 0]);
    }

    #[test]
    fn what_stands_closes_without_a_miss_and_what_was_not_sent_is_folded() {
        let kinds = |now: &str| {
            let decision = end(&case(), EndReason::NoTime, None, utc(now), utc(now));
            let kind = |change: &Change| format!("{change:?}").split([' ', '(']).next().unwrap_or_default().to_owned();
            decision.changes.iter().map(kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds("2026-05-06 08:00"), ["AskSkipped", "AskSkipped", "Closed", "Ended"]);
        assert_eq!(kinds("2026-05-05 07:00"), ["AskFolded", "AskFolded", "Ended"]);
    }

    #[test]
    fn the_closing_words_wait_for_room_in_both_weeks_and_are_not_for_everybody() {
        let now = utc("2026-05-06 20:00");
        let due = |case: &EndCase, reason| {
            let decision = end(case, reason, None, now, now);
            let closing = decision.messages.iter().find(|send| matches!(send.message, Message::Closing { .. }));
            closing.map(|send| short(send.due))
        };
        let morning = Some("Thu 7 May 07:00".to_owned());
        assert_eq!(due(&case(), EndReason::NoTime), morning);
        let mut full = case();
        let spent = |n| Spent::on(&person("Ravi").id, person("Ravi").zone, now, format!("m{n}").into());
        full.spent = (0..3).map(spent).collect();
        assert_eq!(due(&full, EndReason::NoTime), Some("Mon 11 May 07:00".to_owned()));
        let mut out = case();
        out.facts.standings[0] = Some(Standing::Declined { at: now });
        assert_eq!(due(&out, EndReason::NoTime), None);
        let mut over = case();
        over.program.ends = Some(date("2026-05-05"));
        assert_eq!(due(&over, EndReason::Planned), morning);
        over.program.ends = Some(date("2026-04-20"));
        assert_eq!(due(&over, EndReason::Planned), None, "long over");
    }

    #[test]
    fn a_programme_ends_its_pairs_the_day_after_its_last() {
        let over = |now| is_over(&program(), &pair(), utc(now));
        assert!(!over("2026-11-01 22:00") && over("2026-11-01 23:00"), "midnight in Berlin");
        let mut later = pair();
        later.starts = date("2026-11-05");
        assert!(!is_over(&program(), &later, utc("2026-11-10 08:00")), "put in after the end");
        assert_eq!(planned_end(&program(), utc("2026-10-30 08:00")), Some(utc("2026-11-01 23:00")));
        assert_eq!(planned_end(&program(), utc("2026-11-02 08:00")), None);
    }
}
