//! What may come to people as nudges: whom to look at, and what a look leads to.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::acts::each;
use super::vault::Vault;
use super::{Failed, Store, StoreError, Urgency, read, write};
use crate::core::id::PersonId;
use crate::core::nudge;

impl Store {
    /// People whose nudges must be looked at by `now`, longest waiting first.
    pub async fn nudges_due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<PersonId>, StoreError> {
        read!(self, (now, limit), |conn| operations::due::nudges(conn, *now, *limit))
    }

    /// Looks at what may come to these people, each on their own current rows. Returns those who could not be.
    pub async fn nudge(
        &self,
        people: Vec<PersonId>,
        vault: &Arc<Vault>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Failed<PersonId>>, StoreError> {
        each(people, PersonId::as_str, |person, key| {
            let vault = vault.clone();
            async move {
                write!(self, key, Urgency::Bulk, (person, vault, now), |conn| async move {
                    let Some(case) = operations::cases::nudge_case(conn, person, *now).await? else { return Ok(()) };
                    let decision = nudge::plan::plan(&case, *now);
                    operations::apply::apply(conn, vault, &decision, &person.workspace(), *now).await
                })
            }
        })
        .await
    }
}
