//! A coordinator does something about a pair: from a line of the digest, or from the pair's page.

use chrono::{DateTime, NaiveDate, Utc};

use super::{mend, open, refuse, say, too_long};
use crate::core::availability::{Availability, together};
use crate::core::cadence::civil;
use crate::core::care::{About, Care, Looked, Step, StepKind, Whereof};
use crate::core::case::{CareCase, CarePair};
use crate::core::content::{AnswersPage, Cared, Form, MessageForm, PairPage, PauseShown, Said, StepShown};
use crate::core::decision::{Change, Decision, Field, Reply};
use crate::core::event::{Act, What};
use crate::core::id::{PersonId, StepId};
use crate::core::message::{Message, Send};
use crate::core::pause::{Of, Pause, Span, TWO_WEEKS, Why};
use crate::core::person::{Person, Standing};
use crate::core::pulse::{Ask, AskState};
use crate::core::refusal::Refusal;
use crate::core::scoring::digest::LineId;

/// Why this person may not act on it as a coordinator; `None`: they may. Nobody acts on a pair of their own, and the
/// partner of somebody who pressed `Not for me` is not to learn of it.
pub fn barred(case: &CareCase, person: &PersonId) -> Option<Refusal> {
    if !case.program.coordinators.contains(person) {
        return Some(Refusal::NotYourProgram);
    }
    let own = case.pair.as_ref().is_some_and(|facts| facts.pair.role_of(person).is_some());
    (own || case.kept_from.contains(person)).then_some(Refusal::YourOwnPair)
}

/// An act of a coordinator about a line or a pair.
pub fn on_care(case: &CareCase, act: &Act, now: DateTime<Utc>) -> Decision {
    if let Some(refusal) = barred(case, &act.by) {
        return refuse(refusal);
    }
    let caring = Caring { case, act, now, today: civil(case.program.zone, now).date() };
    let decided = match &act.what {
        What::Cared(Care::Handle(line)) => Ok(caring.on_line(StepKind::Handled, line, Cared::Handled)),
        What::Cared(Care::Label { line, needed_help }) => Ok(caring.label(line, *needed_help)),
        What::Cared(care) => caring.about_pair(care),
        What::WroteToBoth { about, words } => caring.write_to_both(about, words),
        _ => Err(Refusal::Unknown),
    };
    decided.unwrap_or_else(refuse)
}

/// The pair's page, for those who may see it.
pub fn on_page(case: &CareCase, page: PairPage, act: &Act) -> Decision {
    match barred(case, &act.by) {
        Some(refusal) => refuse(refusal),
        None => open(Form::Pair(Box::new(page))),
    }
}

/// Something done on the pair's page itself, which is then drawn anew.
pub fn on_page_care(case: &CareCase, mut page: PairPage, act: &Act, now: DateTime<Utc>) -> Decision {
    let decision = on_care(case, act, now);
    let Reply::Say(Said::Cared(done)) = &decision.reply else { return decision };
    match done {
        Cared::Paused { until, .. } => {
            page.paused = Some(PauseShown { until: *until, by: Some(case.actor.clone()) });
        }
        Cared::Resumed { .. } => page.paused = None,
        _ => {}
    }
    let kind = match done {
        Cared::Paused { until, .. } => Some((StepKind::Paused, Some(*until))),
        Cared::AskedEach { .. } => Some((StepKind::AskedEach, None)),
        _ => None,
    };
    page.steps.splice(
        0..0,
        kind.map(|(kind, until)| StepShown { kind, line: None, by: case.actor.clone(), at: act.at, replied: 0, until }),
    );
    page.done = Some(done.clone());
    Decision { reply: Reply::Redraw(Form::Pair(Box::new(page))), ..decision }
}

/// Named answers are handed out and the look is noted, in one decision: the one is not had without the other.
pub fn on_answers(case: &CareCase, answers: AnswersPage, act: &Act, now: DateTime<Utc>) -> Decision {
    if let Some(refusal) = barred(case, &act.by) {
        return refuse(refusal);
    }
    let looked = Change::Looked {
        event: act.id.clone(),
        pair: answers.pair.clone(),
        by: act.by.clone(),
        what: Looked::Answers,
        at: act.at,
    };
    let homes = case.pair.iter().flat_map(|facts| &facts.home_opened);
    let homes = homes.map(|person| Message::Home { person: person.clone() }.at(now));
    let older = answers.skip > 0;
    let changes = if answers.answers.is_empty() { Vec::new() } else { vec![looked] };
    let messages = if changes.is_empty() { Vec::new() } else { homes.collect() };
    let form = Form::Answers(Box::new(answers));
    let reply = if older { Reply::Redraw(form) } else { Reply::Open(form) };
    Decision { changes, messages, reply }
}

/// A coordinator who may act on the case.
struct Caring<'a> {
    case: &'a CareCase,
    act: &'a Act,
    now: DateTime<Utc>,
    /// By the programme's own calendar.
    today: NaiveDate,
}

impl Caring<'_> {
    fn about_pair(&self, care: &Care) -> Result<Decision, Refusal> {
        let facts = self.case.pair.as_ref().ok_or(Refusal::Gone)?;
        if facts.pair.ended.is_some() {
            return Err(Refusal::Ended);
        }
        match care {
            Care::OpenMessage(about) => self.open_message(facts, about),
            Care::AskEach(about) => self.ask_each(facts, about),
            Care::Pause(about) => Ok(self.pause(facts, about)),
            Care::Resume(_) => self.resume(facts),
            _ => Err(Refusal::Unknown),
        }
    }

    /// What was done before about the same, by this one or another.
    fn before(&self, kind: StepKind) -> Option<Cared> {
        let done = self.case.steps.iter().find(|(step, _)| step.kind == kind);
        done.map(|(step, name)| {
            let by = (step.by != self.act.by).then(|| name.clone());
            Cared::Before { kind, by, at: step.at }
        })
    }

    fn step(&self, kind: StepKind, whereof: &Whereof, words: Option<String>) -> Change {
        let (line, pair) = match whereof {
            Whereof::Line(line) => (Some(line.clone()), self.case.pair.as_ref().map(|facts| facts.pair.id.clone())),
            Whereof::Pair(pair) => (None, Some(pair.clone())),
            Whereof::Digest(..) => (None, None),
        };
        let id = StepId::new(kind, whereof, self.today);
        let step = Step { id, kind, line, pair, by: self.act.by.clone(), at: self.act.at };
        Change::Stepped { step, program: self.case.program.id.clone(), words }
    }

    /// The digests in which the line stands are drawn anew, so that everybody sees what was done.
    fn redrawn(&self) -> impl Iterator<Item = Send> {
        self.case.posted.iter().map(|(digest, coordinator)| {
            let (digest, coordinator) = (digest.clone(), coordinator.clone());
            Message::Digest { digest, coordinator }.at(self.now)
        })
    }

    fn on_line(&self, kind: StepKind, line: &LineId, done: Cared) -> Decision {
        if let Some(before) = self.before(kind) {
            return say(Said::Cared(before));
        }
        let changes = vec![self.step(kind, &Whereof::Line(line.clone()), None)];
        Decision { changes, messages: self.redrawn().collect(), ..say(Said::Cared(done)) }
    }

    fn label(&self, line: &LineId, needed_help: bool) -> Decision {
        let kind = if needed_help { StepKind::NeededHelp } else { StepKind::AllWell };
        self.on_line(kind, line, Cared::Labelled { needed_help })
    }

    /// Nobody is written to who does not take part, or cannot be reached.
    fn check_taking_part(&self, facts: &CarePair) -> Result<(), Refusal> {
        let is_out = |standing: &Option<Standing>| matches!(standing, Some(Standing::Declined { .. }));
        if facts.standings.iter().any(is_out) {
            return Err(Refusal::OutOfProgram);
        }
        let is_unknown = facts.standings.contains(&None) || facts.pair.unreachable.is_some();
        if is_unknown { Err(Refusal::CannotWrite) } else { Ok(()) }
    }

    fn open_message(&self, facts: &CarePair, about: &About) -> Result<Decision, Refusal> {
        self.check_taking_part(facts)?;
        if let Some(before) = self.before(StepKind::WroteToBoth) {
            return Ok(say(Said::Cared(before)));
        }
        let program_name = self.case.program.name.clone();
        Ok(open(Form::Message(MessageForm { about: about.clone(), pair_name: facts.name(), program_name })))
    }

    fn write_to_both(&self, about: &About, words: &str) -> Result<Decision, Refusal> {
        let facts = self.case.pair.as_ref().ok_or(Refusal::Gone)?;
        if facts.pair.ended.is_some() {
            return Err(Refusal::Ended);
        }
        self.check_taking_part(facts)?;
        let words = words.trim();
        if let Some(mend) = too_long(words) {
            return Ok(mend);
        }
        if words.is_empty() {
            return Ok(mend(Field::Words, "A word or two are needed here.".to_owned()));
        }
        if let Some(before) = self.before(StepKind::WroteToBoth) {
            return Ok(say(Said::Cared(before)));
        }
        let due = together(self.sides(facts), self.now);
        let whereof = about.whereof();
        let id = StepId::new(StepKind::WroteToBoth, &whereof, self.today);
        let word = Message::WordToBoth { step: id, pair: facts.pair.id.clone() }.at(due);
        let changes = vec![self.step(StepKind::WroteToBoth, &whereof, Some(words.to_owned()))];
        let messages = std::iter::once(word).chain(self.redrawn()).collect();
        Ok(Decision { changes, messages, ..say(Said::Cared(Cared::WroteToBoth { pair_name: facts.name(), due })) })
    }

    fn ask_each(&self, facts: &CarePair, about: &About) -> Result<Decision, Refusal> {
        self.check_taking_part(facts)?;
        if let Some(before) = self.before(StepKind::AskedEach) {
            return Ok(say(Said::Cared(before)));
        }
        let whereof = about.whereof();
        let id = StepId::new(StepKind::AskedEach, &whereof, self.today);
        let question = |(person, own_time): (&Person, Availability<'_>)| {
            let due = own_time.next_open(self.now);
            Message::PrivateQuestion { step: id.clone(), person: person.id.clone() }.at(due)
        };
        let both = [&facts.mentee, &facts.mentor].into_iter().zip(self.sides(facts));
        let messages = both.map(question).chain(self.redrawn()).collect();
        let changes = vec![self.step(StepKind::AskedEach, &whereof, None)];
        let (mentee, mentor) = (facts.mentee.name.clone(), facts.mentor.name.clone());
        Ok(Decision { changes, messages, ..say(Said::Cared(Cared::AskedEach { mentee, mentor })) })
    }

    /// When the mentee and the mentor may be written to.
    fn sides<'a>(&'a self, facts: &'a CarePair) -> [Availability<'a>; 2] {
        let sides = [(&facts.mentee, &facts.rests[0]), (&facts.mentor, &facts.rests[1])];
        sides.map(|(person, rest)| Availability::new(&self.case.program, person.zone, rest))
    }

    fn pause(&self, facts: &CarePair, about: &About) -> Decision {
        if let Some((pause, by)) = self.running(facts) {
            let by = by.clone().filter(|_| pause.by.as_ref() != Some(&self.act.by));
            let (pair_name, until) = (facts.name(), pause.span.until);
            return say(Said::Cared(Cared::PausedBefore { pair_name, until, by }));
        }
        let span = Span { from: self.today, until: self.today + TWO_WEEKS };
        let (of, by) = (Of::Pair(facts.pair.id.clone()), Some(self.act.by.clone()));
        let pause = Pause { of, span, by, why: Why::Coordinator };
        let mut changes = vec![Change::Paused { pause, at: self.act.at }];
        changes.push(self.step(StepKind::Paused, &about.whereof(), None));
        // What is planned and was not sent yet is not asked; what stands already stays until it closes.
        let asks = facts.open.iter().flat_map(|pulse| [(pulse, &pulse.mentee), (pulse, &pulse.mentor)]);
        let (mut open, mut folded) = (None, Vec::new());
        for (pulse, ask) in asks {
            match ask.state {
                AskState::Open if ask.due > self.now => {
                    folded.push(Change::AskFolded { pulse: pulse.id.clone(), role: ask.role, at: self.now });
                }
                _ => open = open.max(closing(ask)),
            }
        }
        changes.extend(folded);
        let homes = facts.home_opened.iter().map(|person| Message::Home { person: person.clone() }.at(self.now));
        let messages = homes.chain(self.redrawn()).collect();
        let said = Cared::Paused { pair_name: facts.name(), until: span.until, open };
        Decision { changes, messages, ..say(Said::Cared(said)) }
    }

    /// The pair's own pause that runs today.
    fn running<'a>(&self, facts: &'a CarePair) -> Option<&'a (Pause, Option<String>)> {
        let of_pair = Of::Pair(facts.pair.id.clone());
        facts.pauses.iter().find(|(pause, _)| pause.of == of_pair && pause.span.is_on(self.case.program.zone, self.now))
    }

    fn resume(&self, facts: &CarePair) -> Result<Decision, Refusal> {
        self.running(facts).ok_or(Refusal::NotPaused)?;
        let (pair, by) = (facts.pair.id.clone(), self.act.by.clone());
        let changes = vec![Change::Resumed { pair, day: self.today, by, at: self.act.at }];
        let homes = facts.home_opened.iter().map(|person| Message::Home { person: person.clone() }.at(self.now));
        let messages = homes.chain(self.redrawn()).collect();
        Ok(Decision { changes, messages, ..say(Said::Cared(Cared::Resumed { pair_name: facts.name() })) })
    }
}

/// Until when an ask that stands can be answered.
fn closing(ask: &Ask) -> Option<DateTime<Utc>> {
    match ask.state {
        AskState::Folded { .. } | AskState::Closed { .. } => None,
        _ => Some(ask.closes),
    }
}
