//! The stage of the demo: a simulated workspace with its people, and the real bot on an embedded database.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::clock::{Clock, ManualClock};
use crate::core::cadence::Cadence;
use crate::core::help::HelpTo;
use crate::core::hours::WorkingHours;
use crate::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use crate::core::person::{Pair, Person};
use crate::core::program::Program;
use crate::sim::people::{Cast, Company};
use crate::sim::{Sim, SimOptions};
use crate::slack::client::Client;
use crate::slack::parse::Installation;
use crate::slack::socket::{Settings, Socket};
use crate::slack::user::User;
use crate::store::vault::Vault;
use crate::store::{ClaimClock, Options, Store};

/// Where the programme is at home.
pub const ZONE: Tz = Tz::Europe__Berlin;

/// How long anything may take by the machine's own time: the play must not depend on how busy the machine is.
const AGES: Duration = Duration::from_secs(600);

/// Everything that plays.
pub struct Stage {
    pub clock: ManualClock,
    pub sim: Sim,
    pub cast: Cast,
    pub app: App,
    pub store: Store,
    pub vault: Arc<Vault>,
    pub program: Program,
    pub weeks: u16,
    /// Ends the connections to the simulated Slack.
    pub stop: CancellationToken,
    _folder: TempDir,
}

/// The Monday on which the programme begins. Both clock changes of a spring lie within twelve weeks of it.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 12).expect("a date of the calendar")
}

impl Stage {
    /// Sets the stage: the people join the workspace, the bot is installed and connected, the pairs are in.
    pub async fn set(seed: u64, weeks: u16, company: Company) -> anyhow::Result<Self> {
        let begin = civil(first_day(), 7);
        let clock = ManualClock::at(begin);
        let options = SimOptions { ack_deadline: AGES, ..SimOptions::new(Clock::Manual(clock.clone())) };
        let sim = Sim::start(options).await.context("no free loopback port")?;
        let cast = Cast::enter(&sim, seed, company, begin);

        let app_token = Some(secret(sim.app_token()));
        let client = Client::with_timeout(&sim.api_url(), secret(sim.bot_token()), app_token, AGES)?;
        let us = Installation { workspace: WorkspaceId::from(sim.team_id()), app: Some(sim.app_id()) };
        let folder = tempfile::tempdir().context("no folder for the database of the demo")?;
        let url = format!("sqlite:{}", folder.path().join("demo.db").display());
        let store = Store::open(
            &url,
            Options { claims: ClaimClock::Now, patience: TimeDelta::days(1), ..Options::serving() },
            begin,
        )
        .await?;
        store.install(us.workspace.clone(), sim.bot_user_id()).await?;
        store.see_people(people(&client, &us.workspace, begin).await?).await?;
        let program = program(&us.workspace, &cast, weeks)?;
        store.apply_program(&program, begin).await?;
        store.add_pairs(&us.workspace, pairs(&program, &cast), begin).await?;

        let vault = Arc::new(Vault::read(&Vault::new_key_file_text())?);
        let app = App::new(store.clone(), vault.clone(), client.clone(), Clock::Manual(clock.clone()), us.clone());
        let app = app.step_by_step();
        let stop = CancellationToken::new();
        let socket = Socket {
            client,
            us,
            clock: Clock::Manual(clock.clone()),
            handler: app.clone(),
            settings: Settings::default(),
            open: tokio::sync::watch::Sender::new(0),
        };
        tokio::spawn(socket.run(stop.clone()));
        sim.connected(2).await;
        Ok(Self { clock, sim, cast, app, store, vault, program, weeks, stop, _folder: folder })
    }

    /// What the clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        Clock::Manual(self.clock.clone()).now()
    }

    /// When the curtain falls: after the digest of the last week.
    pub fn end(&self) -> DateTime<Utc> {
        civil(first_day() + TimeDelta::weeks(i64::from(self.weeks)), 22)
    }
}

/// Everybody in the workspace, as Slack lists them.
async fn people(client: &Client, workspace: &WorkspaceId, now: DateTime<Utc>) -> anyhow::Result<Vec<Person>> {
    let mut people = Vec::new();
    let mut cursor = String::new();
    loop {
        let reply = client.call("users.list", json!({ "limit": 200, "cursor": cursor })).await?;
        let members = reply.get("members").and_then(Value::as_array).into_iter().flatten();
        people.extend(members.filter_map(User::parse).filter(|user| !user.bot).map(|user| user.person(workspace, now)));
        match reply.pointer("/response_metadata/next_cursor").and_then(Value::as_str) {
            Some(next) if !next.is_empty() => cursor = next.to_owned(),
            _ => return Ok(people),
        }
    }
}

fn program(workspace: &WorkspaceId, cast: &Cast, weeks: u16) -> anyhow::Result<Program> {
    let coordinators = cast.company().coordinators.iter().filter_map(|one| cast.id(one));
    Ok(Program {
        id: ProgramId::new(workspace, "Spring cohort"),
        name: "Spring cohort".to_owned(),
        starts: first_day(),
        ends: Some(first_day() + TimeDelta::weeks(i64::from(weeks)) - TimeDelta::days(1)),
        coordinators: coordinators.map(|id| PersonId::new(workspace, id)).collect(),
        cadence: Cadence::parse("0 10 * * TUE")?,
        hours: WorkingHours::default(),
        zone: ZONE,
        country: None,
        open_days: 3,
        digest: Cadence::parse("0 9 * * MON")?,
        rhythm: 14,
        weekly: 3,
        threshold: 5,
        leave_out: Vec::new(),
        own: Default::default(),
        guides: Vec::new(),
        safety: Some("If you feel unsafe, do not wait for us: call your local emergency number.".to_owned()),
        help: HelpTo::default(),
    })
}

fn pairs(program: &Program, cast: &Cast) -> Vec<Pair> {
    let workspace = program.id.workspace();
    let person = |member| cast.id(member).map(|id| PersonId::new(&workspace, id));
    let pair = |mentor: PersonId, mentee: PersonId| Pair {
        id: PairId::new(&program.id, &mentor, &mentee),
        program: program.id.clone(),
        mentor,
        mentee,
        starts: program.starts,
        connection: None,
        group: None,
        ended: None,
        unreachable: None,
    };
    let both = cast.company().pairs.iter().filter_map(|two| Some(pair(person(&two.mentor)?, person(&two.mentee)?)));
    both.collect()
}

fn secret(token: &str) -> SecretString {
    SecretString::from(token)
}

fn civil(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let noon = day.and_hms_opt(hour, 0, 0).expect("an hour of the day");
    ZONE.from_local_datetime(&noon).earliest().expect("no clock changes at this hour").to_utc()
}
