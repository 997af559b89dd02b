//! What is due, and the digests that come of it.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::vault::Vault;
use super::{Key, Store, StoreError, Urgency, read, write};
use crate::core::id::{DigestId, PairId, PersonId, ProgramId, PulseId, SurveyId, WorkspaceId};
use crate::core::person::Person;
use crate::core::plan;
use crate::core::scoring::digest::DigestPage;
use crate::core::scoring::explain::{self, Explanation};
use crate::core::scoring::{compose, release, schedule, surveys};

impl Store {
    /// Pairs that planning must look at by `now`, longest waiting first.
    pub async fn pairs_due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<PairId>, StoreError> {
        read!(self, (now, limit), |conn| operations::due::pairs(conn, *now, *limit))
    }

    /// Pulses whose time is over by `now`.
    pub async fn pulses_to_close(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<PulseId>, StoreError> {
        read!(self, (now, limit), |conn| operations::due::pulses_to_close(conn, *now, *limit))
    }

    /// Surveys whose time is over by `now`.
    pub async fn surveys_to_close(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<SurveyId>, StoreError> {
        read!(self, (now, limit), |conn| operations::survey_times::to_close(conn, *now, *limit))
    }

    /// Pairs that have ended lately, whose two were not asked their last questions.
    pub async fn pairs_to_end(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<PairId>, StoreError> {
        read!(self, (now, limit), |conn| operations::survey_times::to_end(conn, *now, plan::END_WITHIN, *limit))
    }

    /// Programmes whose digest is due by `now`.
    pub async fn digests_due(&self, now: DateTime<Utc>) -> Result<Vec<ProgramId>, StoreError> {
        let due = read!(self, (now), |conn| operations::due::digests(conn, *now))?;
        Ok(due.into_iter().map(|(program, _)| program).collect())
    }

    /// When planning, closing or a digest is due next.
    pub async fn next_plan(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        read!(self, (), |conn| operations::due::next_due(conn))
    }

    /// The people of these pairs whom Slack was asked about before `before`.
    pub async fn people_looked_before(
        &self,
        pairs: Vec<PairId>,
        before: DateTime<Utc>,
    ) -> Result<Vec<Person>, StoreError> {
        read!(self, (pairs, before), |conn| operations::people::of_pairs_looked_before(conn, pairs, *before))
    }

    /// Everybody of a workspace whom Slack was asked about before `before`, longest ago first.
    pub async fn workspace_looked_before(
        &self,
        workspace: WorkspaceId,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Person>, StoreError> {
        read!(self, (workspace, before, limit), |conn| {
            operations::people::looked_before(conn, workspace, *before, None, *limit)
        })
    }

    /// People by id; those not known here are left out.
    pub async fn people(&self, ids: Vec<PersonId>) -> Result<Vec<Person>, StoreError> {
        read!(self, (ids), |conn| operations::people::find(conn, ids))
    }

    /// Keeps what Slack said of people. Pairs of somebody whose zone or account changed are planned anew.
    pub async fn see_people(&self, people: Vec<Person>) -> Result<(), StoreError> {
        write!(self, Key::NONE, Urgency::Keeping, (people), |conn| operations::people::upsert(conn, people))
    }

    /// Computes the digest that is due, and releases the totals of its week: once, with the own copies of coordinators who
    /// are in pairs, in one commit.
    pub async fn compose_digest(&self, program: &ProgramId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (key, program) = (Key::of(program.as_str()), program.clone());
        write!(self, key, Urgency::Bulk, (program, now), |conn| async move {
            // Two processes must not release the same totals.
            let Some(settings) = operations::programs::locked(conn, program).await? else { return Ok(()) };
            let coordinators = operations::people::find(conn, &settings.coordinators).await?;
            let last = operations::digests::list(conn, program, 1).await?;
            let last = last.first().and_then(DigestId::occurrence);
            if let Some(due) = schedule::due(&settings, &coordinators, last, *now)
                && operations::nudges::effects::judge(conn, &settings.id.workspace(), due.cutoff).await?
                && let Some(mut window) = operations::window::window(conn, program, due.cutoff).await?
            {
                let pool = operations::releases::pool(conn, &settings, due.cutoff).await?;
                let release = release::release(&window, &pool, due.cutoff);
                operations::releases::store(conn, program, &release).await?;
                window.released.add(release.new);
                let (waiting, stories) = operations::survey_totals::waiting(conn, program, due.cutoff).await?;
                let thresholds = window.thresholds();
                let told = surveys::release(&waiting, &stories, &window.program.coordinators, &thresholds, due.cutoff);
                operations::survey_totals::store(conn, program, &told, due.cutoff).await?;
                window.surveys.totals.extend(told.totals);
                window.surveys.stories = told.stories;
                let composed = compose::all(&window, due.cutoff);
                operations::evaluations::store(conn, &composed.evaluations).await?;
                for (reader, digest) in composed.digests {
                    let id = DigestId::new(program, due.occurrence, reader.as_ref());
                    operations::digests::store(conn, &id, &digest, reader.as_ref()).await?;
                }
                let workspace = settings.id.workspace();
                for one in &coordinators {
                    let own = window.taking_part.contains_key(&one.id).then_some(&one.id);
                    let id = DigestId::new(program, due.occurrence, own);
                    let post = schedule::post(&settings, one, due.occurrence, id, *now);
                    operations::raise::raise(conn, &workspace, &post).await?;
                }
            }
            let next = schedule::next(&settings, &coordinators, *now);
            operations::programs::set_next_digest(conn, program, next).await
        })
    }

    /// The newest digest of a programme as it was computed, with names and words as they are now.
    pub async fn last_digest(&self, program: &ProgramId, vault: &Arc<Vault>) -> Result<Option<DigestPage>, StoreError> {
        let (program, vault) = (program.clone(), vault.clone());
        read!(self, (program, vault), |conn| async move {
            match operations::digests::list(conn, program, 1).await?.first() {
                Some(digest) => operations::contents::digest::page(conn, vault, digest).await,
                None => Ok(None),
            }
        })
    }

    /// The digest of the week before `cutoff`, computed now and stored nowhere. It releases nothing: its totals are those that
    /// were released by then.
    pub async fn preview(
        &self,
        program: &ProgramId,
        vault: &Arc<Vault>,
        cutoff: DateTime<Utc>,
    ) -> Result<Option<DigestPage>, StoreError> {
        let (program, vault) = (program.clone(), vault.clone());
        read!(self, (program, vault, cutoff), |conn| async move {
            let Some(window) = operations::window::window(conn, program, *cutoff).await? else { return Ok(None) };
            let digest = compose::compose(&window, *cutoff, None);
            operations::contents::digest::page_of(conn, vault, digest).await
        })
    }

    /// Why a pair's Health is what it is, as it would be computed at `cutoff`; `None` for a pair that is not known there.
    pub async fn explain(
        &self,
        program: &ProgramId,
        pair: &PairId,
        cutoff: DateTime<Utc>,
    ) -> Result<Option<Explanation>, StoreError> {
        let (program, pair) = (program.clone(), pair.clone());
        read!(self, (program, pair, cutoff), |conn| async move {
            let window = operations::window::window(conn, program, *cutoff).await?;
            Ok(window.and_then(|window| explain::explain(&window, pair, *cutoff)))
        })
    }
}
