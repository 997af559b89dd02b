//! Programmes and pairs, as an operator writes them.

use chrono::{DateTime, Utc};

use super::exported::{
    AnswerLine, BatchLine, GoalLine, LabelLine, NudgeLine, OwnValue, PairLine, PauseLine, PulseLine, ShareLine,
    SurveyAnswerLine, SurveyTotalLine, ThanksLine, TotalLine,
};
use super::listed::{Applied, Listed};
use super::{Key, Store, StoreError, Urgency, read, write};
use crate::core::id::{PersonId, ProgramId, WorkspaceId};
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::scoring::schedule;

impl Store {
    /// Writes a programme's settings. Its coordinators must be known people.
    pub async fn apply_program(&self, program: &Program, now: DateTime<Utc>) -> Result<Applied, StoreError> {
        let (key, program) = (Key::of(program.id.as_str()), program.clone());
        write!(self, key, Urgency::Bulk, (program, now), |conn| async move {
            let coordinators = operations::people::find(conn, &program.coordinators).await?;
            let next = schedule::next(program, &coordinators, *now);
            operations::programs::apply_settings(conn, program, next, *now).await
        })
    }

    /// The programme with this id.
    pub async fn program(&self, program: ProgramId) -> Result<Option<Program>, StoreError> {
        read!(self, (program), |conn| operations::programs::find(conn, program))
    }

    /// The workspace's programmes, in the order of their slugs.
    pub async fn programs(&self, workspace: WorkspaceId) -> Result<Vec<Program>, StoreError> {
        read!(self, (workspace), |conn| operations::programs::list(conn, workspace))
    }

    /// All pairs of a programme, ended ones too.
    pub async fn pairs(&self, program: ProgramId) -> Result<Vec<Pair>, StoreError> {
        read!(self, (program), |conn| operations::pairs::existing(conn, program))
    }

    /// Adds pairs, and welcomes the people who are new, all in one commit. Returns how many pairs were new.
    pub async fn add_pairs(
        &self,
        workspace: &WorkspaceId,
        pairs: Vec<Pair>,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let workspace = workspace.clone();
        write!(self, Key::NONE, Urgency::Bulk, (workspace, pairs, now), |conn| {
            operations::pairs::add(conn, workspace, pairs, *now)
        })
    }

    /// Adds pairs as [`Store::add_pairs`] does, and gives others the start and the name that they have here, all in one
    /// commit. A pair that was asked meanwhile keeps its start.
    pub async fn import_pairs(
        &self,
        workspace: &WorkspaceId,
        added: Vec<Pair>,
        changed: Vec<Pair>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let workspace = workspace.clone();
        write!(self, Key::NONE, Urgency::Bulk, (workspace, added, changed, now), |conn| async move {
            operations::pairs::change(conn, changed, *now).await?;
            operations::pairs::add(conn, workspace, added, *now).await?;
            Ok(())
        })
    }

    /// The pairs of a programme with their state.
    pub async fn pair_list(&self, program: ProgramId) -> Result<Vec<Listed>, StoreError> {
        read!(self, (program), |conn| operations::pairs::list(conn, program))
    }

    /// The programme's pairs, for an export.
    pub async fn export_pairs(&self, program: ProgramId) -> Result<Vec<PairLine>, StoreError> {
        read!(self, (program), |conn| operations::export::pairs(conn, program))
    }

    /// The programme's pulses, for an export.
    pub async fn export_pulses(&self, program: ProgramId) -> Result<Vec<PulseLine>, StoreError> {
        read!(self, (program), |conn| operations::export::pulses(conn, program))
    }

    /// Pauses and days away, for an export.
    pub async fn export_pauses(&self, program: ProgramId) -> Result<Vec<PauseLine>, StoreError> {
        read!(self, (program), |conn| operations::export::pauses(conn, program))
    }

    /// How many goals each pair has had, for an export.
    pub async fn export_goals(&self, program: ProgramId) -> Result<Vec<GoalLine>, StoreError> {
        read!(self, (program), |conn| operations::export::goals(conn, program))
    }

    /// How often thanks was said in a programme's pairs, for an export.
    pub async fn export_thanks(&self, program: ProgramId, now: DateTime<Utc>) -> Result<Vec<ThanksLine>, StoreError> {
        read!(self, (program, now), |conn| operations::export::thanks(conn, program, *now))
    }

    /// Whether mentees share their records, for an export.
    pub async fn export_shares(&self, program: ProgramId) -> Result<Vec<ShareLine>, StoreError> {
        read!(self, (program), |conn| operations::export::shares(conn, program))
    }

    /// What looks at kinds of nudge showed in the programme's workspace, for an export.
    pub async fn export_nudges(&self, program: ProgramId) -> Result<Vec<NudgeLine>, StoreError> {
        let workspace = program.workspace();
        read!(self, (workspace), |conn| operations::nudges::effects::exported(conn, workspace))
    }

    /// What coordinators said of lines about pairs, for an export.
    pub async fn export_labels(&self, program: ProgramId) -> Result<Vec<LabelLine>, StoreError> {
        read!(self, (program), |conn| operations::export::labels(conn, program))
    }

    /// Answers to surveys that a coordinator may see by name, for an export.
    pub async fn export_survey_answers(&self, program: ProgramId) -> Result<Vec<SurveyAnswerLine>, StoreError> {
        read!(self, (program), |conn| operations::export::survey_answers(conn, program))
    }

    /// Totals of surveys that were released and may be shown, for an export.
    pub async fn export_survey_totals(&self, program: ProgramId) -> Result<Vec<SurveyTotalLine>, StoreError> {
        read!(self, (program), |conn| operations::export::survey_totals(conn, program))
    }

    /// What somebody answered in surveys, for their own record: nobody else may be shown it.
    pub async fn survey_values(&self, person: PersonId) -> Result<Vec<OwnValue>, StoreError> {
        read!(self, (person), |conn| operations::survey_totals::of_person(conn, person))
    }

    /// The answers that a coordinator may see by name, for an export.
    pub async fn export_answers(&self, program: ProgramId) -> Result<Vec<AnswerLine>, StoreError> {
        read!(self, (program), |conn| operations::export::answers(conn, program))
    }

    /// The totals that were released, and the sealed batches, for an export.
    pub async fn export_totals(&self, program: ProgramId) -> Result<(Vec<TotalLine>, Vec<BatchLine>), StoreError> {
        read!(self, (program), |conn| operations::export::totals(conn, program))
    }
}
