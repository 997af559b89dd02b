//! A person of the pair acts on a pulse.

use chrono::{DateTime, Utc};

use super::{open, refuse, say, too_long};
use crate::core::answer::{Answer, Audience, Comment};
use crate::core::availability::Availability;
use crate::core::case::PulseCase;
use crate::core::content::{Form, Item, Said};
use crate::core::decision::{Change, Decision};
use crate::core::event::{Act, What};
use crate::core::id::QuestionId;
use crate::core::message::Message;
use crate::core::person::Person;
use crate::core::pulse::{self, Ask, AskState};
use crate::core::question::Role;
use crate::core::refusal::Refusal;

/// An act about a pulse: an answer, a comment, an audience, a meeting, "not this week", "tomorrow".
pub fn on_pulse(case: &PulseCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some(actor) = Actor::of(case, act) else {
        return refuse(Refusal::NotYourPair);
    };
    let mut decision = actor.decide(now).unwrap_or_else(refuse);
    decision.changes.splice(0..0, actor.unfolded());
    if case.home_opened {
        decision.messages.push(Message::Home { person: act.by.clone() }.at(now));
    }
    decision
}

/// One of the two, acting on a pulse of theirs.
struct Actor<'a> {
    case: &'a PulseCase,
    act: &'a Act,
    role: Role,
    ask: &'a Ask,
    partner: &'a str,
}

impl<'a> Actor<'a> {
    fn of(case: &'a PulseCase, act: &'a Act) -> Option<Self> {
        let role = case.pair.role_of(&act.by)?;
        let partner = match role {
            Role::Mentee => &case.mentor.name,
            Role::Mentor => &case.mentee.name,
        };
        Some(Self { case, act, role, ask: case.pulse.ask(role), partner })
    }

    fn decide(&self, now: DateTime<Utc>) -> Result<Decision, Refusal> {
        self.check_open()?;
        match &self.act.what {
            What::Answered { question, value, .. } => self.answer(question, *value),
            What::Met { met, .. } => Ok(self.met(*met)),
            What::Skipped { .. } => self.skip(),
            What::Snoozed { .. } => self.snooze(now),
            What::Reopened { question, .. } => {
                Ok(say(Said::Again { pulse: self.case.pulse.id.clone(), item: self.item(question)? }))
            }
            What::OpenedComment { question, .. } => self.open_comment(question),
            What::Commented { question, words, .. } => self.comment(question, words),
            What::OpenedAudience { question, .. } => self.open_audience(question),
            What::ChoseAudience { question, audience, .. } => self.choose_audience(question, *audience),
            _ => Err(Refusal::Unknown),
        }
    }

    fn check_open(&self) -> Result<(), Refusal> {
        if self.case.pair.ended.is_some() {
            return Err(Refusal::Ended);
        }
        let closed = self.case.pulse.closed.or((self.act.at >= self.ask.closes).then_some(self.ask.closes));
        match (closed, self.ask.state) {
            (Some(at), _) | (None, AskState::Closed { at }) => Err(Refusal::PulseClosed { at }),
            _ => Ok(()),
        }
    }

    /// What was folded was never asked, as far as we knew: its post was not known to stand. A tap shows that it does,
    /// and what stands is asked. One post serves both in the group DM.
    fn unfolded(&self) -> Vec<Change> {
        let is_folded = |ask: &&Ask| matches!(ask.state, AskState::Folded { .. });
        if !is_folded(&self.ask) || self.check_open().is_err() {
            return Vec::new();
        }
        let pulse = &self.case.pulse;
        let asks = match pulse.form {
            pulse::Form::Shared => vec![&pulse.mentee, &pulse.mentor],
            pulse::Form::Private | pulse::Form::PrivateRows => vec![self.ask],
        };
        let unfold = |ask: &Ask| Change::AskUnfolded { pulse: pulse.id.clone(), person: ask.person.clone() };
        asks.into_iter().filter(is_folded).map(unfold).collect()
    }

    fn answer(&self, question: &QuestionId, value: u8) -> Result<Decision, Refusal> {
        let item = self.item(question)?;
        if item.label(value).is_none() {
            return Err(Refusal::Unknown);
        }
        let before = self.answered(question);
        if let Some(newer) = before.filter(|answer| answer.at > self.act.at) {
            return Ok(self.saved(item, newer.value, newer.audience));
        }
        let audience = before.map_or(item.audience, |answer| answer.audience);
        let audience_at = before.and_then(|answer| answer.audience_at);
        let shown = before.and_then(|answer| answer.followed_up);
        let follow_up = if shown.is_none() { self.follow_up(question, value) } else { None };
        let followed_up = shown.or(follow_up.as_ref().map(|_| self.act.at));
        let (pulse, person, at) = (self.case.pulse.id.clone(), self.act.by.clone(), self.act.at);
        let (id, question) = (pulse.clone(), question.clone());
        let answer = Answer { pulse: id, person, question, value, audience, audience_at, followed_up, at };
        let mut changes = vec![Change::Answered(answer)];
        if !matches!(self.ask.state, AskState::Answered { .. }) {
            changes.push(Change::AskAnswered { pulse, role: self.role, at });
        }
        Ok(Decision { changes, ..self.saved_with(item, value, audience, follow_up) })
    }

    fn saved(&self, item: Item, value: u8, audience: Audience) -> Decision {
        self.saved_with(item, value, audience, None)
    }

    fn saved_with(&self, item: Item, value: u8, audience: Audience, follow_up: Option<String>) -> Decision {
        let label = item.label(value).unwrap_or_default().to_owned();
        say(Said::Saved {
            follow_up,
            pulse: self.case.pulse.id.clone(),
            commented: !self.words(&item.question).is_empty(),
            second: self.second(&item.question),
            question: item.question,
            label,
            audience,
            partner: self.partner.to_owned(),
        })
    }

    /// The other question of the pulse, as long as it has no answer.
    fn second(&self, first: &QuestionId) -> Option<Item> {
        let other = self.ask.questions.iter().find(|question| *question != first)?;
        if self.answered(other).is_some() { None } else { self.item(other).ok() }
    }

    fn met(&self, met: bool) -> Decision {
        let (pulse, person, at) = (self.case.pulse.id.clone(), self.act.by.clone(), self.act.at);
        let said = say(Said::Met { met, partner: self.partner.to_owned() });
        Decision { changes: vec![Change::Met { pulse, person, met, at }], ..said }
    }

    fn skip(&self) -> Result<Decision, Refusal> {
        self.check_unanswered()?;
        let skipped = Change::AskSkipped { pulse: self.case.pulse.id.clone(), role: self.role, at: self.act.at };
        Ok(Decision { changes: vec![skipped], ..say(Said::Skipped { closes: self.ask.closes }) })
    }

    fn snooze(&self, now: DateTime<Utc>) -> Result<Decision, Refusal> {
        self.check_unanswered()?;
        if matches!(self.ask.state, AskState::Skipped { at } if at > self.act.at) {
            return Ok(say(Said::Skipped { closes: self.ask.closes }));
        }
        let person = self.person();
        let own = Availability::new(&self.case.program, person.zone, &self.case.rest);
        let until = own.next_open(own.working_days_after(now, 1));
        if until >= self.ask.closes {
            return Err(Refusal::ClosesBefore { at: self.ask.closes });
        }
        let pulse = self.case.pulse.id.clone();
        let day = until.with_timezone(&person.zone).date_naive();
        let reminder = Message::PrivatePulse { pulse: pulse.clone(), person: person.id.clone(), day }.at(until);
        let changes = vec![Change::AskSnoozed { pulse, role: self.role, until, at: self.act.at }];
        Ok(Decision { changes, messages: vec![reminder], ..say(Said::Snoozed { until }) })
    }

    fn person(&self) -> &Person {
        match self.role {
            Role::Mentee => &self.case.mentee,
            Role::Mentor => &self.case.mentor,
        }
    }

    fn check_unanswered(&self) -> Result<(), Refusal> {
        match self.ask.state {
            AskState::Answered { .. } => Err(Refusal::AnsweredAlready),
            _ => Ok(()),
        }
    }

    fn open_comment(&self, question: &QuestionId) -> Result<Decision, Refusal> {
        let item = self.item(question)?;
        let answer = self.answered(question).ok_or(Refusal::AnswerFirst)?;
        Ok(open(Form::Comment {
            pulse: self.case.pulse.id.clone(),
            question: item.question,
            text: item.text,
            words: self.words(question).to_owned(),
            audience: answer.audience,
            partner: self.partner.to_owned(),
        }))
    }

    fn comment(&self, question: &QuestionId, words: &str) -> Result<Decision, Refusal> {
        let answer = self.answered(question).ok_or(Refusal::AnswerFirst)?;
        let words = words.trim();
        if let Some(mend) = too_long(words) {
            return Ok(mend);
        }
        let said =
            |withdrawn| say(Said::Commented { withdrawn, audience: answer.audience, partner: self.partner.to_owned() });
        if let Some(newer) = self.comment_on(question).filter(|comment| comment.at > self.act.at) {
            return Ok(said(newer.words.is_empty()));
        }
        let commented = Change::Commented {
            pulse: self.case.pulse.id.clone(),
            person: self.act.by.clone(),
            question: question.clone(),
            words: words.to_owned(),
            at: self.act.at,
        };
        Ok(Decision { changes: vec![commented], ..said(words.is_empty()) })
    }

    fn open_audience(&self, question: &QuestionId) -> Result<Decision, Refusal> {
        let item = self.item(question)?;
        let answer = self.answered(question).ok_or(Refusal::AnswerFirst)?;
        Ok(open(Form::Audience {
            pulse: self.case.pulse.id.clone(),
            question: item.question,
            text: item.text,
            audience: answer.audience,
            partner: self.partner.to_owned(),
            threshold: self.case.program.threshold,
        }))
    }

    fn choose_audience(&self, question: &QuestionId, audience: Audience) -> Result<Decision, Refusal> {
        let item = self.item(question)?;
        let answer = self.answered(question).ok_or(Refusal::AnswerFirst)?;
        let stands = answer.audience_after(audience, self.act.at);
        let saved = self.saved(item, answer.value, stands);
        if stands != audience {
            return Ok(saved);
        }
        let (pulse, person, question) = (self.case.pulse.id.clone(), self.act.by.clone(), question.clone());
        let chosen = Change::AudienceChosen { pulse, person, question, audience, at: self.act.at };
        Ok(Decision { changes: vec![chosen], ..saved })
    }

    /// The question as this person was asked it in this pulse.
    fn item(&self, question: &QuestionId) -> Result<Item, Refusal> {
        if !self.ask.questions.contains(question) {
            return Err(Refusal::NotAsked);
        }
        Item::of(&self.case.program, question, self.role).ok_or(Refusal::Gone)
    }

    /// The line that follows a low answer to this question.
    fn follow_up(&self, question: &QuestionId, value: u8) -> Option<String> {
        let question = self.case.program.question(question.as_str())?;
        question.is_low(value).then(|| question.follow_up.clone())
    }

    fn answered(&self, question: &QuestionId) -> Option<&Answer> {
        self.case.answers.iter().find(|answer| answer.question == *question)
    }

    fn comment_on(&self, question: &QuestionId) -> Option<&Comment> {
        self.case.comments.iter().find(|comment| comment.question == *question)
    }

    /// The words that stand; empty where there are none.
    fn words(&self, question: &QuestionId) -> &str {
        self.comment_on(question).map(|comment| comment.words.as_str()).unwrap_or_default()
    }
}
