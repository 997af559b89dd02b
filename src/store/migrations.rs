//! The schema's history, embedded in the binary. Forward only; what was released is never edited.

use std::borrow::Cow;

use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

/// All migrations, oldest first.
pub(super) fn migrator() -> Migrator {
    let all = [
        (1, "begin", include_str!("../../migrations/0001_begin.sql")),
        (2, "trouble", include_str!("../../migrations/0002_trouble.sql")),
        (3, "later act counts", include_str!("../../migrations/0003_later_act_counts.sql")),
        (4, "totals", include_str!("../../migrations/0004_totals.sql")),
        (5, "actions", include_str!("../../migrations/0005_actions.sql")),
        (6, "evaluations", include_str!("../../migrations/0006_evaluations.sql")),
        (7, "sessions", include_str!("../../migrations/0007_sessions.sql")),
        (8, "attention", include_str!("../../migrations/0008_attention.sql")),
        (9, "nudges", include_str!("../../migrations/0009_nudges.sql")),
        (10, "rest", include_str!("../../migrations/0010_rest.sql")),
        (11, "help", include_str!("../../migrations/0011_help.sql")),
        (12, "goals", include_str!("../../migrations/0012_goals.sql")),
        (13, "agreements and surveys", include_str!("../../migrations/0013_agreements_and_surveys.sql")),
        (14, "record", include_str!("../../migrations/0014_record.sql")),
        (16, "coordinators", include_str!("../../migrations/0016_coordinators.sql")),
        (17, "meetings beside surveys", include_str!("../../migrations/0017_meetings_beside_surveys.sql")),
        (18, "status", include_str!("../../migrations/0018_status.sql")),
    ];
    Migrator::with_migrations(
        all.map(|(version, name, sql)| {
            Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
        })
        .into(),
    )
}

/// A sentence for an operator.
pub(super) fn sentence(error: &MigrateError) -> String {
    match error {
        MigrateError::VersionMissing(version) => format!(
            "The database was written by a newer rapport (its schema has version {version}, which this one does not \
             know). Use that version, or an older backup."
        ),
        MigrateError::VersionMismatch(version) => {
            format!("Version {version} of the database's schema is not the one that this rapport was built with.")
        }
        other => format!("The database's schema could not be brought up to date: {other}."),
    }
}
