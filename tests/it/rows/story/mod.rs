//! The stories, and the world in which they are told: one programme, three mentees, two mentors, a coordinator.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rapport::core::answer::{Answer, Audience};
use rapport::core::cadence::Cadence;
use rapport::core::decision::{Change, Decision};
use rapport::core::help::{Request, Topic, Urgency};
use rapport::core::hours::WorkingHours;
use rapport::core::id::{PairId, PersonId, ProgramId, PulseId, QuestionId, WorkspaceId};
use rapport::core::person::{Pair, Person};
use rapport::core::program::Program;
use rapport::core::pulse::{Ask, AskState, Form, Pulse};
use rapport::core::question::Role;
use rapport::store::vault::Vault;
use sqlx::{AssertSqlSafe, Column as _, Row as _};

use super::operations::{Conn, apply, pairs, people, programs};

mod answering;
mod care;
mod confidence;
mod digests;
mod goals;
mod messages;
mod nudges;
mod pauses;
mod planning;
mod record;
mod releases;
mod rests;
mod roster;
mod scores;
mod sessions;
mod surveys;
mod thanks;

const TABLES: [&str; 45] = [
    "workspace",
    "person",
    "program",
    "coordinator",
    "pair",
    "participation",
    "pulse",
    "ask",
    "answer",
    "comment",
    "meeting",
    "session",
    "session_answer",
    "proposal",
    "goal",
    "goal_step",
    "goal_move",
    "goal_confidence",
    "thanks",
    "record_share",
    "help",
    "help_receiver",
    "fit",
    "attention",
    "nudge",
    "unwanted",
    "judgement",
    "event",
    "outbox",
    "digest",
    "pause",
    "rest",
    "silence",
    "step",
    "reply",
    "look",
    "agreement",
    "agreement_opening",
    "agreement_word",
    "agreement_wish",
    "agreed",
    "survey",
    "survey_ask",
    "survey_answer",
    "survey_total",
];

/// Tells a story in a new world.
macro_rules! tell {
    ($world:ident, $story:block) => {{
        let (conn, _guard) = super::super::open().await;
        let mut $world = super::World::begin(conn).await;
        $story
    }};
}
use tell;

pub(super) struct World {
    pub(super) conn: Conn,
    pub(super) vault: Vault,
    program: Program,
    pub(super) ann: PersonId,
    bo: PersonId,
    carla: PersonId,
    pair: Pair,
}

/// Both parts of a pulse were never asked.
fn folded(pulse: &Pulse, at: DateTime<Utc>) -> Vec<Change> {
    let part = |role| Change::AskFolded { pulse: pulse.id.clone(), role, at };
    vec![part(Role::Mentee), part(Role::Mentor)]
}

/// Tuesday, 19 May 2026, 10:00 UTC.
fn tuesday() -> DateTime<Utc> {
    "2026-05-19T10:00:00Z".parse().expect("a time")
}

pub(super) fn day() -> NaiveDate {
    tuesday().date_naive()
}

pub(super) fn workspace() -> WorkspaceId {
    WorkspaceId::from("T1")
}

/// Somebody's request for help.
fn request(pair: &PairId, person: &PersonId, words: &str) -> Request {
    Request {
        id: "h1".into(),
        pair: pair.clone(),
        person: person.clone(),
        topic: Topic::Time,
        urgency: Urgency::ThisWeek,
        words: words.to_owned(),
        at: tuesday(),
    }
}

fn someone(user: &str, name: &str) -> Person {
    Person {
        id: PersonId::new(&workspace(), user),
        name: name.into(),
        zone: chrono_tz::Europe::Berlin,
        deactivated: None,
        looked: tuesday() - TimeDelta::days(1),
    }
}

fn pair_of(program: &ProgramId, mentor: &PersonId, mentee: &PersonId) -> Pair {
    Pair {
        id: rapport::core::id::PairId::new(program, mentor, mentee),
        program: program.clone(),
        mentor: mentor.clone(),
        mentee: mentee.clone(),
        starts: day() - TimeDelta::days(7),
        connection: None,
        group: None,
        ended: None,
        unreachable: None,
    }
}

fn programme(name: &str, coordinator: &PersonId) -> Program {
    Program {
        id: ProgramId::new(&workspace(), name),
        name: name.into(),
        starts: day() - TimeDelta::days(14),
        ends: None,
        coordinators: vec![coordinator.clone()],
        cadence: Cadence::parse("0 10 * * TUE").expect("a cadence"),
        hours: WorkingHours::default(),
        zone: chrono_tz::Europe::Berlin,
        country: None,
        open_days: 3,
        digest: Cadence::parse("0 9 * * MON").expect("a cadence"),
        rhythm: 14,
        weekly: 3,
        threshold: 5,
        leave_out: vec![],
        own: Default::default(),
        guides: Vec::new(),
        safety: None,
        help: Default::default(),
    }
}

impl World {
    pub(super) async fn begin(mut conn: Conn) -> Self {
        sqlx::query("insert into workspace (workspace_id, bot_user) values ('T1', 'UBOT')")
            .execute(&mut conn)
            .await
            .expect("a workspace");
        let (ann, bo, carla) = (someone("UANN", "Ann"), someone("UBO", "Bo"), someone("UCARLA", "Carla"));
        people::upsert(&mut conn, &[ann.clone(), bo.clone(), carla.clone()]).await.expect("people");
        let program = programme("Spring", &carla.id);
        programs::apply_settings(&mut conn, &program, None, tuesday()).await.expect("a programme");
        let pair = pair_of(&program.id, &bo.id, &ann.id);
        pairs::add(&mut conn, &workspace(), std::slice::from_ref(&pair), tuesday()).await.expect("a pair");
        let vault = Vault::read(&Vault::new_key_file_text()).expect("a key");
        Self { conn, vault, program, ann: ann.id, bo: bo.id, carla: carla.id, pair }
    }

    /// The pulse of the world's pair on a day, open for three days.
    fn pulse(&self, day: NaiveDate, number: u32) -> Pulse {
        let strike = day.and_time(tuesday().time()).and_utc();
        let ask = |person: &PersonId, role| Ask {
            person: person.clone(),
            role,
            questions: vec!["comm-openness".into(), "growth-skill-used".into()],
            due: strike,
            closes: strike + TimeDelta::days(3),
            reminder: None,
            state: AskState::Open,
        };
        Pulse {
            id: PulseId::new(&self.pair.id, day),
            pair: self.pair.id.clone(),
            number,
            of: Some(26),
            strike,
            form: Form::Shared,
            mentee: ask(&self.ann, Role::Mentee),
            mentor: ask(&self.bo, Role::Mentor),
            closed: None,
        }
    }

    /// Plans that pulse and returns it.
    pub(super) async fn planned(&mut self, day: NaiveDate, number: u32) -> Pulse {
        let pulse = self.pulse(day, number);
        let next = pulse.strike + TimeDelta::days(7);
        self.write(vec![Change::Planned { pulse: Box::new(pulse.clone()), spends: vec![], next }]).await;
        pulse
    }

    /// Writes changes twice, and holds that the second time nothing moves.
    async fn write(&mut self, changes: Vec<Change>) {
        self.decide(Decision { changes, ..Decision::default() }).await;
    }

    /// Writes a decision twice, and holds that the second time nothing moves.
    async fn decide(&mut self, decision: Decision) {
        apply::apply(&mut self.conn, &self.vault, &decision, &workspace(), tuesday()).await.expect("written");
        let once = self.dump().await;
        apply::apply(&mut self.conn, &self.vault, &decision, &workspace(), tuesday()).await.expect("written again");
        assert_eq!(once, self.dump().await, "writing twice changed something: {decision:?}");
    }

    fn answer(&self, pulse: &Pulse, value: u8, at: DateTime<Utc>) -> Answer {
        Answer {
            pulse: pulse.id.clone(),
            person: self.ann.clone(),
            question: QuestionId::from("comm-openness"),
            value,
            audience: Audience::Coordinator,
            audience_at: None,
            followed_up: None,
            at,
        }
    }

    /// Every row of every table, as text.
    async fn dump(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for table in TABLES {
            lines.extend(self.table(table).await);
        }
        lines
    }

    /// Every row of a table, as text, sorted.
    async fn table(&mut self, table: &str) -> Vec<String> {
        let rows = sqlx::query(AssertSqlSafe(format!("select * from {table}")))
            .fetch_all(&mut self.conn)
            .await
            .expect("a table");
        let mut lines: Vec<String> = rows
            .iter()
            .map(|row| {
                let value = |at: usize| match row.try_get::<Option<i64>, _>(at) {
                    Ok(number) => number.map_or_else(|| "-".into(), |number| number.to_string()),
                    Err(_) => row.get::<Option<String>, _>(at).unwrap_or_else(|| "-".into()),
                };
                let cells: Vec<String> =
                    row.columns().iter().map(|c| format!("{}={}", c.name(), value(c.ordinal()))).collect();
                format!("{table}: {}", cells.join(" "))
            })
            .collect();
        lines.sort();
        lines
    }

    /// The outbox row of a message with this name: `wanted` and `due`.
    async fn raised(&mut self, name: &str) -> Option<(i64, Option<i64>)> {
        sqlx::query_as("select wanted, due from outbox where name = $1")
            .bind(name)
            .fetch_optional(&mut self.conn)
            .await
            .expect("the outbox")
    }
}
