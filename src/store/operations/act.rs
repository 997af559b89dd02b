//! A person's act, from the event to its rows: recognise a repeat, load, decide, write. One transaction of the caller.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::contents::page;
use super::rows::ms;
use super::{Conn, apply, cases, contents, outbox, raise, record};
use crate::core::cadence::civil;
use crate::core::care::{About, Care};
use crate::core::decision::{Change, Decision, Reply};
use crate::core::ending::EndAct;
use crate::core::event::{Act, What};
use crate::core::fit::FitAct;
use crate::core::goal::GoalAct;
use crate::core::help::HelpAct;
use crate::core::id::{DigestId, EventId};
use crate::core::record::RecordAct;
use crate::core::{act, command};
use crate::store::vault::Vault;

/// What an act led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// What the person is answered in the act.
    pub reply: Reply,
    /// The event had been here before: nothing was done, and nothing is said again.
    pub repeated: bool,
    /// The outbox may have something to send.
    pub raises: bool,
}

/// Who says the words of a reply: the process that has the tap's `response_url`, and until when it is meant to.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    pub holder: &'a str,
    pub until: DateTime<Utc>,
}

/// Decides and writes what `act` leads to. Without a `speaker` words of the reply leave no row.
pub async fn act(
    conn: &mut Conn,
    vault: &Vault,
    act: &Act,
    now: DateTime<Utc>,
    speaker: Option<Speaker<'_>>,
) -> Result<Acted> {
    if !is_new(conn, &act.id, now).await? {
        return Ok(Acted { reply: Reply::Nothing, repeated: true, raises: false });
    }
    let mut raises = false;
    if let Some(proof) = &act.proof {
        raises |= outbox::found(conn, &proof.key, &proof.receipt, now).await?;
    }
    let decision = decide(conn, vault, act, now).await?;
    apply::apply(conn, vault, &decision, &act.by.workspace(), now).await?;
    raises |= !decision.messages.is_empty() || decision.changes.iter().any(is_of_the_outbox);
    if let (Reply::Say(_), Some(speaker)) = (&decision.reply, speaker) {
        raise::raise_said(conn, &act.id, &act.by, speaker.holder, speaker.until, now).await?;
    }
    Ok(Acted { reply: decision.reply, repeated: false, raises })
}

fn is_of_the_outbox(change: &Change) -> bool {
    matches!(change, Change::Found { .. })
}

/// Loads what the act is about and decides. About what is not here, there is nothing but a kind word.
async fn decide(conn: &mut Conn, vault: &Vault, act: &Act, now: DateTime<Utc>) -> Result<Decision> {
    let meant = match understood(conn, act, now).await? {
        Understood::Act(meant) => meant,
        Understood::Decided(decision) => return Ok(decision),
    };
    let act = meant.as_ref();
    let decision = match &act.what {
        What::Answered { pulse, .. }
        | What::Met { pulse, .. }
        | What::Skipped { pulse }
        | What::Snoozed { pulse }
        | What::Reopened { pulse, .. }
        | What::OpenedComment { pulse, .. }
        | What::Commented { pulse, .. }
        | What::OpenedAudience { pulse, .. }
        | What::ChoseAudience { pulse, .. } => {
            cases::pulse_case(conn, pulse, &act.by, vault).await?.map(|case| act::on_pulse(&case, act, now))
        }
        What::Help(what @ (HelpAct::Open { pair } | HelpAct::Ask { pair, .. })) => {
            let case = cases::asking_case(conn, vault, pair, &act.by, now).await?;
            case.map(|case| act::on_asking(&case, act, what, now))
        }
        What::Fit(what @ (FitAct::Open { pair } | FitAct::Answer { pair, .. } | FitAct::Know { pair, .. })) => {
            cases::fit_case(conn, pair, &act.by).await?.map(|case| act::on_fit(&case, act, what, now))
        }
        What::End(what @ (EndAct::Open { pair } | EndAct::End { pair, .. })) => {
            cases::end_case(conn, pair, now).await?.map(|case| act::on_ending(&case, act, what, now))
        }
        What::Help(what @ (HelpAct::Read { help } | HelpAct::Handle { help })) => {
            let case = cases::help_case(conn, vault, help, &act.by).await?;
            case.map(|case| act::on_request(&case, act, what, now))
        }
        What::AskedHow { program } | What::Started { program } | What::Declined { program } => {
            cases::program_case(conn, program, &act.by).await?.map(|case| act::on_program(&case, act, now))
        }
        What::OpenedSession { pair: Some(pair), .. }
        | What::LoggedSession { pair, .. }
        | What::FilledSession { pair, .. }
        | What::RatedSession { pair, .. }
        | What::OpenedDates { pair }
        | What::SuggestedDates { pair, .. }
        | What::ChoseDate { pair, .. }
        | What::CalledOff { pair, .. } => {
            cases::session_case(conn, pair, &act.by, now).await?.map(|case| act::on_session(&case, act, now))
        }
        What::Rested(rest) => {
            cases::rest_case(conn, &act.by, now).await?.map(|case| act::on_rest(&case, rest, act, now))
        }
        What::Agreement(of) => {
            cases::agreement_case(conn, vault, of.pair()).await?.map(|case| act::on_agreement(&case, act, now))
        }
        What::Survey(of) => {
            let case = cases::survey_case(conn, vault, of.survey(), &act.by).await?;
            case.map(|case| act::on_survey(&case, act, now))
        }
        What::Cared(_) | What::WroteToBoth { .. } => cared(conn, vault, act, now).await?,
        What::Goal(what) => on_goal(conn, vault, what, act, now).await?,
        What::Record(what) => on_record(conn, vault, what, act, now).await?,
        What::Thanks(what) => {
            let case = cases::thanks_case(conn, vault, what.pair(), &act.by, now).await?;
            case.map(|case| act::on_thanks(&case, act, what, now))
        }
        What::OpenedAgenda { pair } => {
            let case = cases::agenda_case(conn, vault, pair, &act.by).await?;
            case.map(|case| act::on_agenda(&case, act, now))
        }
        What::OpenedReply { step } | What::Replied { step, .. } => {
            cases::reply_case(conn, step, &act.by).await?.map(|case| act::on_reply(&case, act, now))
        }
        What::Nudge(about) => {
            cases::nudged_case(conn, about, &act.by).await?.map(|case| act::on_nudge(&case, act, about, now))
        }
        What::OpenedSession { pair: None, .. } | What::OpenedHome | What::Commanded { .. } | What::Unknown { .. } => {
            None
        }
    };
    Ok(decision.unwrap_or_else(|| act::on_nothing(act, now)))
}

/// What a coordinator does about a line or a pair.
async fn cared(conn: &mut Conn, vault: &Vault, act: &Act, now: DateTime<Utc>) -> Result<Option<Decision>> {
    if let What::Cared(Care::OpenMore { digest, .. } | Care::Export(digest)) = &act.what {
        return on_digest(conn, vault, digest, act, now).await;
    }
    let Some(case) = cases::care_case(conn, &act.what, &act.by, now).await? else { return Ok(None) };
    // Nothing of a pair is read for somebody who may not see it.
    if let Some(refusal) = act::barred(&case, &act.by) {
        return Ok(Some(act::refused(refusal)));
    }
    let on_page = |about: &About| about.line.is_none();
    Ok(Some(match (&act.what, &case.pair) {
        (What::Cared(Care::OpenPair(_)), Some(facts)) => {
            act::on_page(&case, page::page(conn, &case.program, facts, now).await?, act)
        }
        (What::Cared(Care::OpenAnswers { skip, .. }), Some(facts)) => {
            act::on_answers(&case, page::answers(conn, vault, &case.program, facts, *skip).await?, act, now)
        }
        (What::Cared(Care::Resume(_)), Some(facts)) => {
            act::on_page_care(&case, page::page(conn, &case.program, facts, now).await?, act, now)
        }
        (What::Cared(Care::Pause(about) | Care::AskEach(about)), Some(facts)) if on_page(about) => {
            act::on_page_care(&case, page::page(conn, &case.program, facts, now).await?, act, now)
        }
        _ => act::on_care(&case, act, now),
    }))
}

/// What somebody does about goals.
async fn on_goal(
    conn: &mut Conn,
    vault: &Vault,
    what: &GoalAct,
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Option<Decision>> {
    let pair = match what {
        GoalAct::OpenAll { skip } => {
            let (pairs, more) = contents::goals::of_mentees(conn, vault, &act.by, *skip, now).await?;
            return Ok(Some(act::on_all_goals(pairs, *skip, more)));
        }
        GoalAct::OpenAny { with, .. } => {
            match act::goal_pair(&cases::mentee_pairs(conn, &act.by).await?, with.as_deref()) {
                Ok(pair) => Some(pair),
                Err(refusal) => return Ok(Some(act::refused(refusal))),
            }
        }
        _ => what.pair().cloned(),
    };
    let Some(pair) = pair else { return Ok(None) };
    let case = cases::goal_case(conn, vault, &pair, &act.by).await?;
    Ok(case.map(|case| act::on_goal(&case, act, what, now)))
}

/// What somebody does about a record: words are opened for whoever may read them.
async fn on_record(
    conn: &mut Conn,
    vault: &Vault,
    what: &RecordAct,
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Option<Decision>> {
    let Some(pair) = what.pair() else {
        let Some((person, _)) = cases::commander(conn, &act.by).await? else { return Ok(None) };
        let page = record::own(conn, vault, &act.by, now).await?;
        return Ok(Some(act::on_record(page, act, what, civil(person.zone, now).date(), now)));
    };
    let Some(case) = cases::record_case(conn, pair).await? else { return Ok(None) };
    Ok(Some(match what {
        RecordAct::Share { shared, .. } => {
            let page = record::own(conn, vault, &act.by, now).await?;
            act::on_share(&case, page, act, *shared, now)
        }
        _ => act::on_shared(&case, record::shared(conn, vault, pair, &act.by).await?, act),
    }))
}

/// What a coordinator does about a whole digest.
async fn on_digest(
    conn: &mut Conn,
    vault: &Vault,
    digest: &DigestId,
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Option<Decision>> {
    let Some(case) = cases::digest_case(conn, digest, &act.by, now).await? else { return Ok(None) };
    let What::Cared(Care::OpenMore { skip, .. }) = &act.what else {
        return Ok(Some(act::on_export(&case, act, now)));
    };
    let page = contents::digest::page(conn, vault, digest).await?;
    Ok(page.map(|page| act::on_more(&case, page, *skip, act)))
}

/// An act whose pair is known, or what to say where it is not.
enum Understood<'a> {
    Act(Cow<'a, Act>),
    Decided(Decision),
}

/// Finds out what a command says, and which pair somebody means who named none.
async fn understood<'a>(conn: &mut Conn, act: &'a Act, now: DateTime<Utc>) -> Result<Understood<'a>> {
    if !matches!(act.what, What::Commanded { .. } | What::OpenedSession { pair: None, .. }) {
        return Ok(Understood::Act(Cow::Borrowed(act)));
    }
    if let What::Commanded { text } = &act.what
        && let Some(words) = command::pair_words(text)
    {
        let pairs = cases::coordinated(conn, &act.by).await?;
        return Ok(match command::pair_named(&pairs, &words) {
            Ok(pair) => {
                let what = What::Cared(Care::OpenPair(pair));
                Understood::Act(Cow::Owned(Act { what, ..act.clone() }))
            }
            Err(refusal) => Understood::Decided(act::refused(refusal)),
        });
    }
    let Some((person, pairs)) = cases::commander(conn, &act.by).await? else {
        return Ok(Understood::Decided(act::on_nothing(act, now)));
    };
    Ok(match act::meant(act, &person, &pairs, now) {
        Ok(Some(what)) => Understood::Act(Cow::Owned(Act { what, ..act.clone() })),
        Ok(None) => Understood::Act(Cow::Borrowed(act)),
        Err(decision) => Understood::Decided(*decision),
    })
}

/// Whether an event is new; it is known from now on.
async fn is_new(conn: &mut Conn, event: &EventId, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into event (event_id, at)
        values ($1, $2)
        on conflict (event_id) do nothing",
    )
    .bind(event.as_str())
    .bind(ms(now))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
