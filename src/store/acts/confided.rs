//! What is said in confidence, when its time comes: the question about the fit, requests that nobody opened, and ends of
//! pairs that an operator wants.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Failed, each};
use crate::core::ending::{self, EndReason};
use crate::core::fit;
use crate::core::help::{self, HelpAct};
use crate::core::id::{HelpId, PairId};
use crate::store::vault::Vault;
use crate::store::{Key, Store, StoreError, Urgency, write};

impl Store {
    /// Asks whether the pairing is right, in these pairs, each on its own current rows. Returns those that could not be
    /// looked at.
    pub async fn ask_fit(
        &self,
        pairs: Vec<PairId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<PairId>>, StoreError> {
        each(pairs, PairId::as_str, |pair, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (pair, vault, now), |conn| async move {
                    let Some(case) = operations::cases::fit_plan_case(conn, pair, *now).await? else { return Ok(()) };
                    let workspace = case.program.id.workspace();
                    operations::apply::apply(conn, vault, &fit::plan(&case, *now), &workspace, *now).await
                })
            }
        })
        .await
    }

    /// Passes on requests for help that nobody has opened in time, and tells who asked. Those that somebody has opened
    /// meanwhile stay where they are. Returns those that could not be.
    pub async fn pass_on(
        &self,
        help: Vec<HelpId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<HelpId>>, StoreError> {
        each(help, HelpId::as_str, |help, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (help, vault, now), |conn| async move {
                    let Some(case) = operations::cases::unopened_case(conn, help).await? else { return Ok(()) };
                    let workspace = case.program.id.workspace();
                    let decision = help::unopened(&case, *now);
                    operations::apply::apply(conn, vault, &decision, &workspace, *now).await?;
                    operations::help::settled(conn, help).await
                })
            }
        })
        .await
    }

    /// Ends a pair for an operator, whom the two do not know. Whether it was there and went on.
    pub async fn end_pair(
        &self,
        pair: &PairId,
        reason: EndReason,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (key, pair, vault) = (Key::of(pair.as_str()), pair.clone(), vault.clone());
        write!(self, key, Urgency::Bulk, (pair, reason, vault, now), |conn| async move {
            let Some(case) = operations::cases::end_case(conn, pair, *now).await? else { return Ok(false) };
            if case.facts.pair.ended.is_some() {
                return Ok(false);
            }
            let workspace = case.program.id.workspace();
            let decision = ending::end(&case, *reason, None, *now, *now);
            operations::apply::apply(conn, vault, &decision, &workspace, *now).await?;
            Ok(true)
        })
    }
}

/// Whoever asks holds the pair, whoever reads the request.
pub fn key_of_help(act: &HelpAct) -> Key {
    match act {
        HelpAct::Open { pair } | HelpAct::Ask { pair, .. } => Key::of(pair.as_str()),
        HelpAct::Read { help } | HelpAct::Handle { help } => Key::of(help.as_str()),
    }
}
