//! The people of the programme at their desks: what came for them, what they mean to do, and that they do it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Sim;
use super::super::message::Message;
use super::super::page::Label;
use super::super::person::NewPerson;
use super::agenda::Agenda;
use super::company::{Company, Member, Side};
use super::deed::Came;
use super::draw::Draw;
use super::hours::Hours;
use super::mind::{Mind, Part};

/// Everybody of a company, alive in a simulated Slack.
///
/// Whoever moves the clock calls [`Cast::look`] when something may have arrived, and [`Cast::act`] when
/// [`Cast::next_due`] is reached.
pub struct Cast {
    sim: Sim,
    company: Company,
    /// By Slack id.
    minds: BTreeMap<String, Mind>,
    /// Slack ids by e-mail address.
    ids: BTreeMap<String, String>,
    agenda: Agenda,
    alone: BTreeSet<String>,
    /// When the programme began for these people; the model counts its weeks from here.
    start: DateTime<Utc>,
    /// The `ts` of the newest message that was looked at.
    seen: String,
}

/// How many things were done, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// Acknowledged, or needing nobody's word.
    pub done: u64,
    /// Not possible any more: closed or gone.
    pub gone: u64,
    /// Never acknowledged.
    pub unanswered: u64,
}

impl Cast {
    /// Lets a company join the workspace. `now` is the beginning of the model's first week.
    pub fn enter(sim: &Sim, seed: u64, company: Company, now: DateTime<Utc>) -> Self {
        let draw = Draw::from_seed(seed).of("cast");
        let mut ids = BTreeMap::new();
        for member in company.members() {
            let mut person = NewPerson::named(&member.name).email(&member.email).zone(member.zone.name());
            if let Some(id) = &member.id {
                person = person.id(id);
            }
            ids.insert(member.email.clone(), sim.add_person(person).id().to_owned());
        }
        let mut minds: BTreeMap<String, Mind> = company
            .members()
            .into_iter()
            .map(|member| (ids[&member.email].clone(), Self::mind(&company, member, &draw)))
            .collect();
        for pair in &company.pairs {
            let own = draw.of(format!("pair {} {}", pair.mentor.email, pair.mentee.email));
            for (side, me, other) in
                [(Side::Mentor, &pair.mentor, &pair.mentee), (Side::Mentee, &pair.mentee, &pair.mentor)]
            {
                let partner = other.name.split_whitespace().next().unwrap_or_default().to_owned();
                let part = Part { side, temper: pair.temper, partner, pair: own.clone() };
                if let Some(mind) = minds.get_mut(&ids[&me.email]) {
                    mind.parts.push(part);
                }
            }
        }
        let sim = sim.clone();
        Self {
            sim,
            company,
            minds,
            ids,
            agenda: Agenda::default(),
            alone: BTreeSet::new(),
            start: now,
            seen: String::new(),
        }
    }

    fn mind(company: &Company, member: &Member, draw: &Draw) -> Mind {
        let draw = draw.of(&member.email);
        Mind {
            hours: Hours { zone: member.zone, begin: *draw.of("morning").pick(&[8, 9, 9, 9, 10]) },
            welcomed: member.welcomed,
            coordinates: company.coordinators.iter().any(|coordinator| coordinator.email == member.email),
            parts: Vec::new(),
            draw,
            occasions: HashMap::new(),
        }
    }

    /// Who they are: pairs for the roster, coordinators for the programme.
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// The Slack id of a member.
    pub fn id(&self, member: &Member) -> Option<&str> {
        self.ids.get(&member.email).map(String::as_str)
    }

    /// What each of them is, by Slack id, for the page.
    pub fn labels(&self) -> BTreeMap<String, Label> {
        let each = self.company.members().into_iter();
        each.map(|member| {
            let roles = self.company.roles(member).into_iter().map(str::to_owned).collect();
            (self.ids[&member.email].clone(), Label { roles, about: self.company.partners(member) })
        })
        .collect()
    }

    /// From now on this person does nothing by themselves: the newcomer plays them.
    pub fn leave_alone(&mut self, id: &str) {
        if self.alone.insert(id.to_owned()) {
            self.agenda.drop_all_of(id);
        }
    }

    /// Everybody looks at what has come since they last looked, and decides what to do about it.
    pub fn look(&mut self) {
        for (person, message) in self.news() {
            let week = (message.posted() - self.start).max(TimeDelta::zero()).num_days() / 7;
            let Some(mind) = self.minds.get_mut(&person) else { continue };
            for (at, about, deed) in mind.consider(&message, week as f64) {
                self.agenda.plan(at, &person, about, deed);
            }
        }
    }

    /// Messages of others than themselves, in order of their `ts`.
    fn news(&mut self) -> Vec<(String, Message)> {
        let since = (Bound::Excluded(self.seen.clone()), Bound::Unbounded);
        let mut newest = self.seen.clone();
        let mut news: Vec<(String, Message)> = self.sim.world.look(|state| {
            let mut news = Vec::new();
            for (channel, conversation) in &state.conversations {
                for post in conversation.posts.range::<String, _>((since.0.as_ref(), since.1)) {
                    newest = newest.clone().max(post.0.clone());
                    let readers = conversation.members.iter().filter(|member| {
                        post.1.only_for.as_ref().is_none_or(|only| only == *member)
                            && post.1.author == state.ids.bot_user
                            && self.minds.contains_key(*member)
                            && !self.alone.contains(*member)
                    });
                    news.extend(readers.map(|reader| (reader.clone(), state.shown(reader, channel, post.1))));
                }
            }
            news
        });
        self.seen = newest;
        news.sort_by(|a, b| (&a.1.at.ts, &a.0).cmp(&(&b.1.at.ts, &b.0)));
        news
    }

    /// When somebody next means to do something.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.agenda.next_due()
    }

    /// Does the first thing that is due by `now`, and waits until the app has acknowledged it or has not. The simulated
    /// Slack's clock shows `now` or later.
    ///
    /// One thing only: people see what came of it, and of what others did, before they do the next. Whoever moves the clock
    /// lets everything come to rest in between; then no deed depends on how fast the app draws.
    pub async fn act(&mut self, now: DateTime<Utc>) -> Deeds {
        let mut deeds = Deeds::default();
        if let Some(((at, person, about), deed)) = self.agenda.take(now) {
            match deed.be_done(&self.sim.person(&person)).await {
                Came::Done => deeds.done += 1,
                Came::Then(next) => {
                    deeds.done += 1;
                    self.agenda.plan(at, &person, about, *next);
                }
                Came::Gone => deeds.gone += 1,
                Came::Unanswered => match (self.minds.get(&person), deed.again()) {
                    (Some(mind), Some(deed)) => {
                        // Not in this round, even if the clock runs ahead of what is planned.
                        let at = mind.hours.after(now, TimeDelta::minutes(1));
                        self.agenda.plan(at, &person, about, deed);
                    }
                    _ => deeds.unanswered += 1,
                },
            }
        }
        deeds
    }

    #[cfg(test)]
    pub(super) fn meant(&self) -> Vec<(DateTime<Utc>, String, String, Option<String>)> {
        let each = self.agenda.slots().map(|((at, who, about), deed)| {
            let control = match deed {
                super::deed::Deed::Press { control, .. } => Some(control.clone()),
                super::deed::Deed::Choose { option, .. } => Some(option.clone()),
                _ => None,
            };
            (*at, who.clone(), about.clone(), control)
        });
        each.collect()
    }

    #[cfg(test)]
    pub(super) fn hours_of(&self, id: &str) -> Hours {
        self.minds[id].hours
    }
}
