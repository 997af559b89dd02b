//! The schema's history, in the table and with the meaning that sqlx gives it.

use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{self, BoxFuture};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use sqlx::migrate::{AppliedMigration, Migrate, MigrateError, Migration};

use super::{Connection, error};

type Done<'e, T> = BoxFuture<'e, Result<T, MigrateError>>;

fn done<'e, T: Send + 'e>(result: rusqlite::Result<T>) -> Done<'e, T> {
    future::ready(result.map_err(|cause| MigrateError::Execute(error::from(cause)))).boxed()
}

impl Migrate for Connection {
    fn create_schema_if_not_exists<'e>(&'e mut self, schema: &'e str) -> Done<'e, ()> {
        future::ready(Err(MigrateError::CreateSchemasNotSupported(schema.to_owned()))).boxed()
    }

    fn ensure_migrations_table<'e>(&'e mut self, table: &'e str) -> Done<'e, ()> {
        done(self.raw.execute_batch(&format!(
            "create table if not exists {table} (
                version bigint primary key,
                description text not null,
                installed_on timestamp not null default current_timestamp,
                success boolean not null,
                checksum blob not null,
                execution_time bigint not null)"
        )))
    }

    fn dirty_version<'e>(&'e mut self, table: &'e str) -> Done<'e, Option<i64>> {
        let select = format!("select version from {table} where success = false order by version limit 1");
        done(self.raw.query_row(&select, [], |row| row.get(0)).optional())
    }

    fn list_applied_migrations<'e>(&'e mut self, table: &'e str) -> Done<'e, Vec<AppliedMigration>> {
        let select = format!("select version, checksum from {table} order by version");
        done(self.raw.prepare(&select).and_then(|mut select| {
            let applied = select.query_map([], |row| {
                Ok(AppliedMigration { version: row.get(0)?, checksum: row.get::<_, Vec<u8>>(1)?.into() })
            });
            applied?.collect()
        }))
    }

    /// Whoever opens the file holds a lock beside it.
    fn lock(&mut self) -> Done<'_, ()> {
        done(Ok(()))
    }

    fn unlock(&mut self) -> Done<'_, ()> {
        done(Ok(()))
    }

    fn apply<'e>(&'e mut self, table: &'e str, migration: &'e Migration) -> Done<'e, Duration> {
        let began = Instant::now();
        let applied = self.raw.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|transaction| {
            transaction.execute_batch(migration.sql.as_str())?;
            transaction.execute(
                &format!(
                    "insert into {table} (version, description, success, checksum, execution_time)
                    values (?1, ?2, true, ?3, ?4)"
                ),
                params![
                    migration.version,
                    migration.description,
                    migration.checksum,
                    i64::try_from(began.elapsed().as_nanos()).unwrap_or(i64::MAX),
                ],
            )?;
            transaction.commit()
        });
        let failed = |cause| MigrateError::ExecuteMigration(error::from(cause), migration.version);
        future::ready(applied.map(|()| began.elapsed()).map_err(failed)).boxed()
    }

    /// Forward only.
    fn revert<'e>(&'e mut self, _table: &'e str, migration: &'e Migration) -> Done<'e, Duration> {
        future::ready(Err(MigrateError::VersionMissing(migration.version))).boxed()
    }
}
