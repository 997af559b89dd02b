//! What people's acts and the passing of time lead to: decided on current rows, inside the transaction that writes it.

mod confided;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::outbox::{Claim, Settlement};
use super::vault::Vault;
use super::{Key, Store, StoreError, Urgency, read, write};
use crate::core::content::Content;
use crate::core::decision::{Decision, Reply};
use crate::core::ending::{self, EndReason};
use crate::core::event::{Act, What};
use crate::core::id::{PairId, PersonId, PulseId, SurveyId, WorkspaceId};
use crate::core::message::Message;
use crate::core::person::Person;
use crate::core::scoring::digest::{LineId, Subject};
use crate::core::{plan, unreachable};

/// A confirmation belongs to the process that took the tap for as long as the tap's `response_url` lives.
const CONFIRM_WITHIN: TimeDelta = TimeDelta::minutes(30);

/// One of many that could not be written, and why; it says nothing of the others.
pub type Failed<T> = (T, StoreError);

/// What an act led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// What the person is answered in the act.
    pub reply: Reply,
    /// The event had been here before: nothing was done, and nothing is said again.
    pub repeated: bool,
    /// For settling the words of the reply, where they go through a `response_url`.
    pub claim: Option<Claim>,
}

/// Whom a message reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// Both of a pair (mentee first), one person, or nobody who is known here.
    pub people: Vec<Person>,
    /// The pair's group DM, if it is open already.
    pub channel: Option<String>,
}

/// All that is needed to send a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// What it says now; `None`: there is nothing to say any more.
    pub content: Option<Content>,
    pub destination: Destination,
    /// What to do instead, when it was never sent and comes too late.
    pub too_late: Option<Instead>,
    /// Until when it waits, when it was never sent and this is no time for it.
    pub waits: Option<DateTime<Utc>>,
}

/// What to do instead of sending a message for the first time.
#[derive(Clone, Debug, PartialEq)]
pub enum Instead {
    /// This, and it is not sent.
    Drop(Decision),
    /// This, and then the rest of it is looked at anew.
    LeaveOut(Decision),
}

impl Store {
    /// Decides and writes what a person's act leads to. `confirms`: there is a `response_url` for the words of the
    /// reply, so they get a row in the outbox that is born claimed by this process.
    ///
    /// # Errors
    /// When nothing was stored; the person must not be told "saved".
    pub async fn act(
        &self,
        act: Act,
        vault: &Arc<Vault>,
        confirms: bool,
        now: DateTime<Utc>,
    ) -> Result<Acted, StoreError> {
        let key = key_of(&act);
        let holder = confirms.then(|| self.holder().to_owned());
        let vault = vault.clone();
        write!(self, key, Urgency::Act, (act, vault, holder, now), |conn| async move {
            let until = *now + CONFIRM_WITHIN;
            let speaker = holder.as_deref().map(|holder| operations::act::Speaker { holder, until });
            let acted = operations::act::act(conn, vault, act, *now, speaker).await?;
            let says = !acted.repeated && speaker.is_some() && matches!(acted.reply, Reply::Say(_));
            let claim = says.then(|| {
                let name = Message::Said { event: act.id.clone(), person: act.by.clone() }.name();
                Claim { name, until: until.timestamp_millis() }
            });
            Ok((Acted { reply: acted.reply, repeated: acted.repeated, claim }, acted.raises))
        }, raises: |(_, raises)| *raises)
        .map(|(acted, _)| acted)
    }

    /// What a claimed message says now, and to whom.
    pub async fn prepare(
        &self,
        message: Message,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Prepared, StoreError> {
        let vault = vault.clone();
        read!(self, (message, vault, now), |conn| async move {
            let content = operations::contents::content(conn, vault, message, *now).await?;
            let to = operations::destinations::destination(conn, message).await?;
            let too_late = operations::late::instead(conn, message, *now).await?;
            let waits = operations::late::waits(conn, message, *now).await?;
            let destination = Destination { people: to.people, channel: to.channel };
            Ok(Prepared { content, destination, too_late, waits })
        })
    }

    /// Says what became of messages, with what follows from it, in one commit.
    pub async fn settle_all(
        &self,
        settled: Vec<(Claim, Settlement, Decision)>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (holder, vault) = (self.holder().to_owned(), vault.clone());
        write!(self, Key::OUTBOX, Urgency::Keeping, (settled, holder, vault, now), |conn| async move {
            let claims: Vec<_> = settled.iter().map(|(claim, fate, _)| (claim.clone(), fate.clone())).collect();
            operations::outbox::settle(conn, holder, *now, &claims).await?;
            // What follows a message sets facts and raises nothing, so that it needs no workspace.
            let nowhere = WorkspaceId::from("");
            for (_, _, follows) in settled {
                operations::apply::apply(conn, vault, follows, &nowhere, *now).await?;
            }
            Ok(())
        })
    }

    /// Plans these pairs, each on its own current rows. Returns those that could not be.
    pub async fn plan(
        &self,
        pairs: Vec<PairId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<PairId>>, StoreError> {
        each(pairs, PairId::as_str, |pair, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (pair, vault, now), |conn| async move {
                    let Some(case) = operations::cases::plan_case(conn, pair, *now).await? else { return Ok(()) };
                    let workspace = case.program.id.workspace();
                    let over = ending::is_over(&case.program, &case.pair, *now);
                    let ends = if over { operations::cases::end_case(conn, pair, *now).await? } else { None };
                    let decision = match ends {
                        Some(ends) => ending::end(&ends, EndReason::Planned, None, *now, *now),
                        None => plan::plan(&case, *now),
                    };
                    operations::apply::apply(conn, vault, &decision, &workspace, *now).await
                })
            }
        })
        .await
    }

    /// Closes these pulses: answers are frozen, and their posts change once. Returns those that could not be.
    pub async fn close_pulses(
        &self,
        pulses: Vec<PulseId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<PulseId>>, StoreError> {
        each(pulses, PulseId::as_str, |pulse, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (pulse, vault, now), |conn| async move {
                    let Some(case) = operations::cases::closing_case(conn, pulse).await? else { return Ok(()) };
                    let workspace = case.program.id.workspace();
                    let decision = plan::close(&case, *now);
                    operations::apply::apply(conn, vault, &decision, &workspace, *now).await
                })
            }
        })
        .await
    }

    /// Closes these surveys: answers are frozen, and their messages change once. Returns those that could not be.
    pub async fn close_surveys(
        &self,
        surveys: Vec<SurveyId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<SurveyId>>, StoreError> {
        each(surveys, SurveyId::as_str, |survey, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (survey, vault, now), |conn| async move {
                    let Some((survey, program, homes)) = operations::cases::closing_survey(conn, survey).await? else {
                        return Ok(());
                    };
                    let decision = plan::close_survey(&survey, &program, &homes, *now);
                    operations::apply::apply(conn, vault, &decision, &program.id.workspace(), *now).await
                })
            }
        })
        .await
    }

    /// Asks the two of each of these pairs, which have ended, their last questions. Returns those that could not be.
    pub async fn ask_last(
        &self,
        pairs: Vec<PairId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<PairId>>, StoreError> {
        each(pairs, PairId::as_str, |pair, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (pair, vault, now), |conn| async move {
                    let Some(case) = operations::cases::last_survey_case(conn, pair).await? else { return Ok(()) };
                    let decision = plan::last_survey(&case, *now);
                    operations::apply::apply(conn, vault, &decision, &case.program.id.workspace(), *now).await
                })
            }
        })
        .await
    }

    /// Slack refuses messages to this pair: its coordinators are told, once.
    pub async fn pair_unreachable(
        &self,
        pair: &PairId,
        why: &str,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (key, pair, why, vault) = (Key::of(pair.as_str()), pair.clone(), why.to_owned(), vault.clone());
        write!(self, key, Urgency::Keeping, (pair, why, vault, now), |conn| async move {
            let Some(case) = operations::cases::pair_case(conn, pair).await? else { return Ok(()) };
            let workspace = case.program.id.workspace();
            let decision = unreachable::unreachable(&case.pair, &case.program, why, *now);
            operations::apply::apply(conn, vault, &decision, &workspace, *now).await
        })
    }

    /// Slack refuses messages to this person: the coordinators of each of their pairs are told, once.
    pub async fn person_unreachable(
        &self,
        person: &PersonId,
        why: &str,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let person = person.clone();
        let pairs = read!(self, (person), |conn| operations::unreachable::pairs_of(conn, person))?;
        for pair in pairs {
            self.pair_unreachable(&pair, why, vault, now).await?;
        }
        Ok(())
    }

    /// The pair's group DM is open, or, with `None`, gone.
    pub async fn set_channel(&self, pair: &PairId, channel: Option<&str>) -> Result<(), StoreError> {
        let (key, pair, channel) = (Key::of(pair.as_str()), pair.clone(), channel.map(str::to_owned));
        write!(self, key, Urgency::Keeping, (pair, channel), |conn| {
            operations::destinations::set_channel(conn, pair, channel.as_deref())
        })
    }
}

/// Writes each of these by itself, all at once, so that they share commits. Returns those that failed alone.
///
/// They go in the order in which the writer sorts a group, so that it is the same order wherever a group happens to end:
/// of two pairs that compete for the last slot of somebody's week, the same one gets it.
///
/// # Errors
/// When the database fails, for whatever is written.
pub(super) async fn each<T, W>(
    mut these: Vec<T>,
    name: impl Fn(&T) -> &str,
    write: impl Fn(T, Key) -> W,
) -> Result<Vec<Failed<T>>, StoreError>
where
    T: Clone,
    W: Future<Output = Result<(), StoreError>>,
{
    these.sort_by_key(|one| Key::of(name(one)));
    let jobs = these.into_iter().map(|one| {
        let written = write(one.clone(), Key::of(name(&one)));
        async move { Some((one, written.await.err()?)) }
    });
    let failed: Vec<_> = futures_util::future::join_all(jobs).await.into_iter().flatten().collect();
    match failed.iter().position(|(_, error)| !error.is_of_one()) {
        Some(at) => Err(failed.into_iter().nth(at).expect("it was found there").1),
        None => Ok(failed),
    }
}

/// The row that an act locks first: acts on the same one go one after the other.
fn key_of(act: &Act) -> Key {
    match &act.what {
        What::Answered { pulse, .. }
        | What::Met { pulse, .. }
        | What::Skipped { pulse }
        | What::Snoozed { pulse }
        | What::Reopened { pulse, .. }
        | What::OpenedComment { pulse, .. }
        | What::Commented { pulse, .. }
        | What::OpenedAudience { pulse, .. }
        | What::ChoseAudience { pulse, .. } => Key::of(pulse.as_str()),
        What::Rested(_) => Key::of(act.by.as_str()),
        What::Cared(care) => match (care.pair(), care.line()) {
            (Some(pair), _) => Key::of(pair.as_str()),
            (None, Some(line)) => key_of_line(line),
            (None, None) => Key::NONE,
        },
        What::Agreement(act) => Key::of(act.pair().as_str()),
        What::Survey(act) => Key::of(act.survey().as_str()),
        What::WroteToBoth { about, .. } => Key::of(about.pair.as_str()),
        What::Thanks(act) => Key::of(act.pair().as_str()),
        What::Record(act) => act.pair().map_or(Key::NONE, |pair| Key::of(pair.as_str())),
        What::Goal(act) => act.pair().map_or(Key::NONE, |pair| Key::of(pair.as_str())),
        What::OpenedReply { step } | What::Replied { step, .. } => Key::of(step.as_str()),
        What::Help(act) => confided::key_of_help(act),
        What::Fit(act) => Key::of(act.pair().as_str()),
        What::End(act) => Key::of(act.pair().as_str()),
        What::OpenedAgenda { pair } => Key::of(pair.as_str()),
        What::AskedHow { program } | What::Started { program } | What::Declined { program } => {
            Key::of(program.as_str())
        }
        What::OpenedSession { pair: Some(pair), .. }
        | What::LoggedSession { pair, .. }
        | What::FilledSession { pair, .. }
        | What::RatedSession { pair, .. }
        | What::OpenedDates { pair }
        | What::SuggestedDates { pair, .. }
        | What::ChoseDate { pair, .. }
        | What::CalledOff { pair, .. } => Key::of(pair.as_str()),
        What::Nudge(_) => Key::of(act.by.as_str()),
        What::OpenedSession { pair: None, .. } | What::OpenedHome | What::Commanded { .. } | What::Unknown { .. } => {
            Key::NONE
        }
    }
}

/// Who acts on a line locks its pair, where it names one.
fn key_of_line(line: &LineId) -> Key {
    match line.read() {
        Some((_, Subject::Pair(pair) | Subject::Gap(pair))) => Key::of(pair.as_str()),
        _ => Key::of(line.as_str()),
    }
}
