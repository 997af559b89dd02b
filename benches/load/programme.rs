//! A programme for measurements: numbered pairs who have all started, asked every day, at whatever hour one measures.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use rapport::core::cadence::Cadence;
use rapport::core::hours::WorkingHours;
use rapport::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use rapport::core::person::{Pair, Person};
use rapport::core::plan;
use rapport::core::program::Program;
use rapport::store::vault::Vault;
use rapport::store::{Key, Store, StoreError, Urgency};

/// What is to be there after [`Roster::write`].
#[derive(Clone)]
pub struct Roster {
    pub workspace: WorkspaceId,
    /// The number of the first pair, and how many there are. Pair 7 is `UA00000007` and `UB00000007`, and its group DM
    /// is `G00000007`.
    pub first: u32,
    pub count: u32,
    /// Plan the pulses as well, so that they are due at once; otherwise `serve` plans them when it looks.
    pub plans: bool,
}

macro_rules! in_one_transaction {
    ($database:expr, $engine:ident, $roster:expr, $now:expr) => {{
        use rapport::store::$engine::operations;
        let vault = Arc::new(Vault::read(&Vault::new_key_file_text()).expect("a key file of our own"));
        let args = ($roster, vault, $now);
        $database
            .write(Key::NONE, Urgency::Bulk, args, |conn, (roster, vault, now)| {
                Box::pin(async move {
                    let (program, pairs) = (roster.program(*now), roster.pairs(*now));
                    operations::workspaces::install(conn, &roster.workspace, "U0BOT").await?;
                    operations::people::upsert(conn, &roster.people(*now)).await?;
                    operations::programs::apply_settings(conn, &program, None, *now).await?;
                    operations::pairs::add(conn, &roster.workspace, &pairs, *now).await?;
                    // As if all had been welcomed, and had started, last week.
                    sqlx::query("delete from outbox where name like 'welcome:%'").execute(&mut *conn).await?;
                    sqlx::query("update participation set welcomed = $1, started = $1 where started is null")
                        .bind((*now - TimeDelta::days(7)).timestamp_millis())
                        .execute(&mut *conn)
                        .await?;
                    for (number, pair) in (roster.first..).zip(&pairs) {
                        let channel = format!("G{number:08}");
                        operations::destinations::set_channel(conn, &pair.id, Some(&channel)).await?;
                    }
                    if roster.plans {
                        for pair in &pairs {
                            let Some(case) = operations::cases::plan_case(conn, &pair.id, *now).await? else {
                                continue;
                            };
                            let decision = plan::plan(&case, *now);
                            operations::apply::apply(conn, vault, &decision, &roster.workspace, *now).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }};
}

impl Roster {
    /// Writes people, programme, pairs and, if wanted, pulses with their messages: all in one commit.
    ///
    /// # Errors
    /// When the database fails; nothing is written then.
    pub async fn write(&self, store: &Store, now: DateTime<Utc>) -> Result<(), StoreError> {
        match store {
            Store::Sqlite(database) => in_one_transaction!(database, sqlite, self.clone(), now),
            Store::Postgres(database) => in_one_transaction!(database, postgres, self.clone(), now),
        }
    }

    fn program(&self, now: DateTime<Utc>) -> Program {
        let parse = |line| Cadence::parse(line).expect("a cadence");
        Program {
            id: ProgramId::new(&self.workspace, "Measurements"),
            name: "Measurements".to_owned(),
            starts: now.date_naive() - TimeDelta::days(7),
            ends: None,
            coordinators: vec![self.person("UC00000000")],
            cadence: parse("0 0 * * *"),
            hours: WorkingHours::parse("Mon-Sun", "00:00-23:59").expect("working hours"),
            zone: Tz::UTC,
            country: None,
            open_days: 1,
            // None while we measure.
            digest: parse("0 9 1 1 *"),
            rhythm: 14,
            weekly: 3,
            threshold: 5,
            leave_out: Vec::new(),
            own: Default::default(),
            guides: Vec::new(),
            safety: None,
            help: Default::default(),
        }
    }

    fn pairs(&self, now: DateTime<Utc>) -> Vec<Pair> {
        let program = self.program(now);
        let pair = |number| {
            let (mentor, mentee) = (self.person(&format!("UA{number:08}")), self.person(&format!("UB{number:08}")));
            Pair {
                id: PairId::new(&program.id, &mentor, &mentee),
                program: program.id.clone(),
                mentor,
                mentee,
                starts: program.starts,
                connection: None,
                group: None,
                ended: None,
                unreachable: None,
            }
        };
        (self.first..self.first + self.count).map(pair).collect()
    }

    fn people(&self, now: DateTime<Utc>) -> Vec<Person> {
        let zone = noon(now);
        let person = |id| Person { id, name: "Sam".to_owned(), zone, deactivated: None, looked: now };
        let members = self.pairs(now).into_iter().flat_map(|pair| [pair.mentor, pair.mentee]);
        members.chain([self.person("UC00000000")]).map(person).collect()
    }

    fn person(&self, user: &str) -> PersonId {
        PersonId::new(&self.workspace, user)
    }
}

/// A zone in which it is between twelve and one: the pulse of the day is due there, and open for hours.
fn noon(now: DateTime<Utc>) -> Tz {
    // The names of these zones count westwards.
    match 12 - i64::from(now.hour()) {
        0 => Tz::Etc__GMT,
        east => format!("Etc/GMT{:+}", -east).parse().expect("there is one for each hour"),
    }
}
