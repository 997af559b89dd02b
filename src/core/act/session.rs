//! A person of the pair logs a session, corrects one, answers the two questions after it, or plans the next.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{mend, open, refuse, say};
use crate::core::case::SessionCase;
use crate::core::content::{Form, Said, SessionItem};
use crate::core::decision::{Change, Decision, Field};
use crate::core::event::{Act, What};
use crate::core::id::{ProposalId, QuestionId};
use crate::core::message::Message;
use crate::core::person::Person;
use crate::core::question::{Bank, Role};
use crate::core::refusal::Refusal;
use crate::core::session::{self, AHEAD, DATES, Proposal, ProposalState, Session, Trouble};

/// How long after a session its two questions are asked, in days.
pub const ASK_WITHIN: i64 = 14;

/// An act about the sessions of a pair. Each of the two may log, correct, suggest; both see the same.
pub fn on_session(case: &SessionCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some(actor) = Actor::of(case, act) else { return refuse(Refusal::NotYourPair) };
    if case.pair.ended.is_some() {
        return refuse(Refusal::Ended);
    }
    let mut decision = match &act.what {
        What::OpenedSession { day, .. } => actor.form(*day, now),
        What::LoggedSession { day, minutes, .. } => {
            let day = day.unwrap_or_else(|| actor.today(now));
            actor.log(day, *minutes, now).unwrap_or_else(|(_, trouble)| refuse(Refusal::Session(trouble)))
        }
        What::FilledSession { was, day, minutes, .. } => {
            actor.fill(*was, *day, *minutes, now).unwrap_or_else(|(field, trouble)| mend(field, trouble.sentence()))
        }
        What::RatedSession { day, item, value, .. } => actor.rate(*day, item, *value),
        What::OpenedDates { .. } => open(actor.dates_form(now)),
        What::SuggestedDates { dates, .. } => actor.suggest(dates, now),
        What::ChoseDate { proposal, date, .. } => actor.choose(proposal, *date, now),
        What::CalledOff { proposal, .. } => actor.call_off(proposal, now),
        _ => refuse(Refusal::Unknown),
    };
    if !decision.changes.is_empty() {
        decision.messages.extend(case.homes.iter().map(|person| Message::Home { person: person.clone() }.at(now)));
    }
    decision
}

/// The questions after a session that have no answer yet, in the words of the bank.
pub fn unanswered<'a>(is_answered: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = SessionItem> + 'a {
    let bank = Bank::built_in();
    bank.session.items.iter().filter(move |item| !is_answered(&item.id)).filter_map(|item| {
        let labels = bank.labels_of(item)?;
        Some(SessionItem { item: QuestionId::from(item.id.as_str()), text: item.text.clone(), labels })
    })
}

/// One of the two.
struct Actor<'a> {
    case: &'a SessionCase,
    act: &'a Act,
    person: &'a Person,
    partner: &'a str,
}

impl<'a> Actor<'a> {
    fn of(case: &'a SessionCase, act: &'a Act) -> Option<Self> {
        let (person, partner) = match case.pair.role_of(&act.by)? {
            Role::Mentee => (&case.mentee, &case.mentor.name),
            Role::Mentor => (&case.mentor, &case.mentee.name),
        };
        Some(Self { case, act, person, partner })
    }

    fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.person.zone).date_naive()
    }

    fn session(&self, day: NaiveDate) -> Option<&Session> {
        self.case.sessions.iter().find(|session| session.day == day)
    }

    fn form(&self, was: Option<NaiveDate>, now: DateTime<Utc>) -> Decision {
        let stands = was.and_then(|was| self.session(was));
        if was.is_some() && stands.is_none() {
            return refuse(Refusal::Gone);
        }
        open(Form::Session {
            pairs: vec![(self.case.pair.id.clone(), self.partner.to_owned())],
            was: stands.map(|session| session.day),
            day: stands.map_or_else(|| self.today(now), |session| session.day),
            minutes: stands.and_then(|session| session.minutes),
        })
    }

    fn check(&self, day: NaiveDate, minutes: Option<u16>, now: DateTime<Utc>) -> Result<(), (Field, Trouble)> {
        let begins = self.case.pair.starts.max(self.case.program.starts);
        session::check_day(day, begins, self.today(now)).map_err(|trouble| (Field::Day, trouble))?;
        session::check_length(minutes).map_err(|trouble| (Field::Minutes, trouble))
    }

    fn log(&self, day: NaiveDate, minutes: Option<u16>, now: DateTime<Utc>) -> Result<Decision, (Field, Trouble)> {
        self.check(day, minutes, now)?;
        let known = session::same(&self.case.sessions, day, &self.act.by);
        let day = known.map_or(day, |session| session.day);
        let minutes = minutes.or(known.and_then(|session| session.minutes));
        let other = known.map(|session| &session.by).filter(|by| **by != self.act.by);
        // It stays the session of whoever logged it first: said again, a day off, it is still the same.
        let by = other.unwrap_or(&self.act.by);
        Ok(self.noted(None, Session { day, minutes, by: by.clone(), at: self.act.at }, other.is_some()))
    }

    fn fill(
        &self,
        was: Option<NaiveDate>,
        day: Option<NaiveDate>,
        minutes: Option<u16>,
        now: DateTime<Utc>,
    ) -> Result<Decision, (Field, Trouble)> {
        match (was, day) {
            (None, Some(day)) => self.log(day, minutes, now),
            (Some(was), _) if self.session(was).is_none() => Ok(refuse(Refusal::Gone)),
            (Some(was), Some(day)) => {
                self.check(day, minutes, now)?;
                if was != day && self.session(day).is_some() {
                    return Err((Field::Day, Trouble::Taken));
                }
                let session = Session { day, minutes, by: self.act.by.clone(), at: self.act.at };
                Ok(self.noted((was != day).then_some(was), session, false))
            }
            (Some(was), None) => {
                let withdrawn = Change::SessionWithdrawn { pair: self.case.pair.id.clone(), day: was, at: self.act.at };
                let said = Said::SessionWithdrawn { partner: self.partner.to_owned(), day: was };
                Ok(Decision { changes: vec![withdrawn], ..say(said) })
            }
            (None, None) => Ok(refuse(Refusal::Unknown)),
        }
    }

    fn noted(&self, in_place_of: Option<NaiveDate>, session: Session, joined: bool) -> Decision {
        let Session { day, minutes, .. } = session;
        let pair = self.case.pair.id.clone();
        let said = Said::SessionLogged {
            pair: pair.clone(),
            partner: self.partner.to_owned(),
            day,
            minutes,
            joined,
            ask: self.ask(day, None),
        };
        Decision { changes: vec![Change::SessionLogged { pair, session, in_place_of }], ..say(said) }
    }

    /// What the actor has not answered about the session of that day.
    fn ask(&self, day: NaiveDate, now_answered: Option<&QuestionId>) -> Vec<SessionItem> {
        let is_answered = |item: &str| {
            now_answered.is_some_and(|one| one.as_str() == item)
                || self.case.rated.iter().any(|(at, one)| *at == day && one.as_str() == item)
        };
        unanswered(is_answered).collect()
    }

    fn rate(&self, day: NaiveDate, item: &QuestionId, value: u8) -> Decision {
        if self.session(day).is_none() {
            return refuse(Refusal::Gone);
        }
        let asked = unanswered(|_| false).find(|one| one.item == *item);
        let Some(label) = asked.and_then(|one| one.labels.get(usize::from(value).checked_sub(1)?).cloned()) else {
            return refuse(Refusal::Unknown);
        };
        let pair = self.case.pair.id.clone();
        let (person, item, at) = (self.act.by.clone(), item.clone(), self.act.at);
        let ask = self.ask(day, Some(&item));
        let rated = Change::SessionRated { pair: pair.clone(), day, person, item, value, at };
        Decision { changes: vec![rated], ..say(Said::SessionRated { pair, day, label, ask }) }
    }

    fn dates_form(&self, now: DateTime<Utc>) -> Form {
        // The working day after tomorrow, at the time of day that it is now or when work begins.
        let hours = &self.case.program.hours;
        let first = hours.next_open(self.person.zone, hours.working_days_after(self.person.zone, now, 2));
        Form::Dates { pair: self.case.pair.id.clone(), partner: self.partner.to_owned(), first: on_the_half(first) }
    }

    fn suggest(&self, dates: &[Option<DateTime<Utc>>], now: DateTime<Utc>) -> Decision {
        for (place, date) in dates.iter().enumerate() {
            let trouble = match *date {
                None => continue,
                Some(date) if date <= now => Trouble::Past,
                Some(date) if date > now + Duration::days(AHEAD) => Trouble::Far,
                Some(_) => continue,
            };
            return mend(Field::Date(place), trouble.sentence());
        }
        let mut dates: Vec<DateTime<Utc>> = dates.iter().copied().flatten().collect();
        dates.sort_unstable();
        dates.dedup();
        dates.truncate(DATES);
        if dates.is_empty() {
            return mend(Field::Date(0), Trouble::Past.sentence());
        }
        let proposal = ProposalId::new(&self.act.id);
        let pair = self.case.pair.id.clone();
        let said = Said::DatesSuggested { partner: self.partner.to_owned(), count: dates.len() };
        let (by, at) = (self.act.by.clone(), self.act.at);
        let mut messages = vec![Message::Dates { pair: pair.clone(), proposal: proposal.clone() }.at(now)];
        messages.extend(self.standing().map(|before| self.post(&before.id).at(now)));
        let suggested = Change::DatesSuggested { pair, proposal, by, dates, at };
        Decision { changes: vec![suggested], messages, ..say(said) }
    }

    /// The suggestion that is open or set.
    fn standing(&self) -> Option<&Proposal> {
        self.case.proposal.as_ref().filter(|proposal| !matches!(proposal.state, ProposalState::Over))
    }

    fn post(&self, proposal: &ProposalId) -> Message {
        Message::Dates { pair: self.case.pair.id.clone(), proposal: proposal.clone() }
    }

    fn choose(&self, proposal: &ProposalId, date: DateTime<Utc>, now: DateTime<Utc>) -> Decision {
        let Some(standing) = self.standing().filter(|standing| standing.id == *proposal) else {
            return refuse(Refusal::SuggestionOver);
        };
        if standing.by == self.act.by {
            return refuse(Refusal::OwnSuggestion { partner: self.partner.to_owned() });
        }
        match standing.state {
            ProposalState::Set { date: set } if set == date => {}
            ProposalState::Set { .. } | ProposalState::Over => return refuse(Refusal::SuggestionOver),
            ProposalState::Open if !standing.dates.contains(&date) => return refuse(Refusal::Gone),
            ProposalState::Open if date <= now => return refuse(Refusal::Session(Trouble::Past)),
            ProposalState::Open => {}
        }
        let set = Change::DateSet { proposal: proposal.clone(), date, at: self.act.at };
        let said = Said::DateSet { partner: self.partner.to_owned(), date };
        Decision { changes: vec![set], messages: vec![self.post(proposal).at(now)], ..say(said) }
    }

    fn call_off(&self, proposal: &ProposalId, now: DateTime<Utc>) -> Decision {
        if self.standing().is_none_or(|standing| standing.id != *proposal) {
            return refuse(Refusal::SuggestionOver);
        }
        let over = Change::DatesOver { proposal: proposal.clone(), at: self.act.at };
        let said = Said::CalledOff { partner: self.partner.to_owned() };
        Decision { changes: vec![over], messages: vec![self.post(proposal).at(now)], ..say(said) }
    }
}

/// The next full or half hour: nobody meets at 10:17.
fn on_the_half(at: DateTime<Utc>) -> DateTime<Utc> {
    const HALF: i64 = 30 * 60;
    let seconds = at.timestamp().div_euclid(HALF) * HALF;
    let floor = DateTime::from_timestamp(seconds, 0).unwrap_or(at);
    if floor == at { at } else { floor + Duration::seconds(HALF) }
}
