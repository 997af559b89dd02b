//! A programme of so many pairs that have answered for a year: written by a few statements, the same on both engines.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use rapport::core::cadence::Cadence;
use rapport::core::hours::WorkingHours;
use rapport::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use rapport::core::person::{Pair, Person};
use rapport::core::program::Program;
use rapport::store::vault::Vault;
use rapport::store::{Key, Store, Urgency};

/// Weeks of answers.
const WEEKS: i64 = 52;

/// Questions that each side answers in a week.
const ITEMS: i64 = 2;

#[derive(Clone, Copy)]
pub struct Year {
    pub pairs: u32,
}

/// The programme in one transaction, then each week in one of its own: no statement of the store may take half a minute.
macro_rules! written {
    ($database:expr, $engine:ident, $year:expr) => {{
        use rapport::store::$engine::operations;
        let begun = $database.write(Key::NONE, Urgency::Bulk, $year, |conn, year| {
            Box::pin(async move {
                let (program, pairs) = (year.program(), year.all_pairs());
                operations::workspaces::install(conn, &workspace(), "U0BOT").await?;
                operations::people::upsert(conn, &year.people()).await?;
                operations::programs::apply_settings(conn, &program, None, year.begin()).await?;
                operations::pairs::add(conn, &workspace(), &pairs, year.begin()).await?;
                sqlx::query("delete from outbox").execute(&mut *conn).await.map(drop)
            })
        });
        begun.await.expect("written");
        for week in 0..WEEKS {
            let written = $database.write(Key::NONE, Urgency::Bulk, ($year, week), |conn, (year, week)| {
                Box::pin(async move {
                    for statement in [PULSES, ASKS, ANSWERS, COUNTED, MEETINGS] {
                        let day = year.begin() + TimeDelta::weeks(*week) + TimeDelta::days(1);
                        let query = sqlx::query(statement)
                            .bind(day.date_naive().to_string())
                            .bind(day.timestamp_millis())
                            .bind(*week);
                        query.execute(&mut *conn).await?;
                    }
                    Ok(())
                })
            });
            written.await.expect("written");
        }
    }};
}

impl Year {
    /// Writes it.
    pub async fn write(&self, store: &Store) {
        match store {
            Store::Sqlite(database) => written!(database, sqlite, *self),
            Store::Postgres(database) => {
                written!(database, postgres, *self);
                let analysed = database.write(Key::NONE, Urgency::Bulk, (), |conn, ()| {
                    Box::pin(async move { sqlx::query("analyze").execute(conn).await.map(drop) })
                });
                analysed.await.expect("analysed");
            }
        }
    }

    /// How many answers there are.
    pub fn answers(&self) -> i64 {
        i64::from(self.pairs) * WEEKS * ITEMS * 2
    }

    pub fn vault(&self) -> Arc<Vault> {
        Arc::new(Vault::read(&Vault::new_key_file_text()).expect("a key file of our own"))
    }

    pub fn program(&self) -> Program {
        Program {
            id: ProgramId::new(&workspace(), "Year"),
            name: "Year".to_owned(),
            starts: self.begin().date_naive(),
            ends: None,
            coordinators: vec![someone("UCOORD")],
            cadence: Cadence::parse("0 10 * * TUE").expect("a cadence"),
            hours: WorkingHours::default(),
            zone: Tz::UTC,
            country: None,
            open_days: 3,
            digest: Cadence::parse("0 9 * * MON").expect("a cadence"),
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

    /// The Monday on which it begins, at nine.
    fn begin(&self) -> DateTime<Utc> {
        let day = NaiveDate::from_ymd_opt(2025, 6, 2).expect("a date of the calendar");
        day.and_hms_opt(9, 0, 0).expect("a time").and_utc()
    }

    /// The last digest's cut-off.
    pub fn end(&self) -> DateTime<Utc> {
        self.begin() + TimeDelta::weeks(WEEKS)
    }

    fn people(&self) -> Vec<Person> {
        let both = (0..self.pairs).flat_map(|n| [someone(&mentee(n)), someone(&mentor(n))]);
        let everybody = both.chain([someone("UCOORD")]);
        let person = |id: PersonId| Person {
            name: id.user().to_owned(),
            id,
            zone: Tz::UTC,
            deactivated: None,
            looked: self.begin(),
        };
        everybody.map(person).collect()
    }

    fn all_pairs(&self) -> Vec<Pair> {
        let program = self.program().id;
        let pair = |n| {
            let (mentor, mentee) = (someone(&mentor(n)), someone(&mentee(n)));
            Pair {
                id: PairId::new(&program, &mentor, &mentee),
                program: program.clone(),
                mentor,
                mentee,
                starts: self.begin().date_naive(),
                group: None,
                connection: None,
                ended: None,
                unreachable: None,
            }
        };
        (0..self.pairs).map(pair).collect()
    }
}

fn workspace() -> WorkspaceId {
    WorkspaceId::from("T0BENCH01")
}

fn someone(user: &str) -> PersonId {
    PersonId::new(&workspace(), user)
}

fn mentee(n: u32) -> String {
    format!("UA{n:08}")
}

fn mentor(n: u32) -> String {
    format!("UB{n:08}")
}

/// $1 is the civil date, $2 the time in milliseconds, $3 the week.
const PULSES: &str = "
    insert into pulse (pulse_id, pair_id, occurrence, number, number_of, strike, form, closes, closed, folded)
    select 'pulse:' || pair_id || ':' || $1, pair_id, $1, $3 + 1, null, $2, 'shared', $2 + 259200000, $2 + 259200000, null
    from pair";

/// One side in nine misses its pulse.
const ASKS: &str = "
    insert into ask (pulse_id, person_id, role, questions, due, closes, answered, closed)
    select 'pulse:' || pair.pair_id || ':' || $1, person.person_id,
        case when person.person_id = pair.mentee_id then 'mentee' else 'mentor' end,
        case when $3 % 2 = 0 then 'comm-openness growth-skill-used' else 'guide-knowledge fb-regular' end,
        $2, $2 + 259200000,
        case when (length(person.name) + cast(substr(person.person_id, 13) as bigint) * 7 + $3 * 5) % 9 = 0
            then null else $2 + 3600000 end,
        case when (length(person.name) + cast(substr(person.person_id, 13) as bigint) * 7 + $3 * 5) % 9 = 0
            then $2 + 259200000 else null end
    from pair
    join person on person.person_id in (pair.mentee_id, pair.mentor_id)";

const ANSWERS: &str = "
    insert into answer (pulse_id, person_id, question_id, value, audience, at)
    select ask.pulse_id, ask.person_id, item.question_id,
        1 + (cast(substr(ask.person_id, 13) as bigint) * 3 + $3 * item.step) % 5,
        case when (cast(substr(ask.person_id, 13) as bigint) + $3) % 11 = 0 then 'OnlyTotals' else 'Coordinator' end,
        $2 + 3600000
    from ask
    join (
        select 'comm-openness' as question_id, 0 as week, 2 as step
        union all select 'growth-skill-used', 0, 3
        union all select 'guide-knowledge', 1, 4
        union all select 'fb-regular', 1, 1) as item on item.week = $3 % 2
    where ask.due = $2 and $1 = $1";

/// As closing a pulse does it.
const COUNTED: &str = "
    update pulse
    set counted = (
        select string_agg(entries.entry, ',')
        from (
            select ask.role || ' ' || case when ask.answered is null then '0' else '1' end as entry
            from ask
            where ask.pulse_id = pulse.pulse_id
            union all
            select ask.role || ' ' || answer.question_id
                || ' ' || cast(answer.value as text) || ' ' || cast(answer.at as text)
            from answer
            join ask on ask.pulse_id = answer.pulse_id
                and ask.person_id = answer.person_id
            where answer.pulse_id = pulse.pulse_id
                and answer.audience <> 'OnlyTotals') as entries)
    where occurrence = $1 and strike = $2 and number = $3 + 1";

/// Two pairs in three meet every other week.
const MEETINGS: &str = "
    insert into meeting (pulse_id, pair_id, person_id, met, at)
    select 'pulse:' || pair_id || ':' || $1, pair_id, mentee_id, 1, $2 + 3600000
    from pair
    where (cast(substr(mentee_id, 13) as bigint) + $3) % 3 < 2 and $3 % 2 = 0";
