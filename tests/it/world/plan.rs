//! Who is in the world of a story, before it begins.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rapport::app::App;
use rapport::clock::{Clock, ManualClock};
use rapport::core::cadence::Cadence;
use rapport::core::hours::WorkingHours;
use rapport::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use rapport::core::person::{Pair, Person};
use rapport::core::program::Program;
use rapport::sim::{NewPerson, Sim, SimOptions};
use rapport::slack::client::Client;
use rapport::slack::parse::Installation;
use rapport::slack::socket::{Settings, Socket};
use rapport::store::vault::Vault;
use rapport::store::{ClaimClock, Options, Store};
use tokio_util::sync::CancellationToken;

use super::{BERLIN, World, berlin, find, first_name};
use crate::store::Base;

type Change = Box<dyn FnOnce(&mut Program)>;
type Tune = Box<dyn FnOnce(&mut SimOptions)>;
type Trouble = Box<dyn FnOnce(&Sim)>;

/// The people, pairs and programmes of a story. [`Plan::pair`] is what the head of `world` describes; the rest changes it.
pub struct Plan {
    begins: &'static str,
    people: Vec<(&'static str, &'static str)>,
    coordinators: Vec<(&'static str, &'static str)>,
    programs: Vec<ProgramPlan>,
    slack: Option<Tune>,
    trouble: Option<Trouble>,
}

/// One programme.
struct ProgramPlan {
    name: &'static str,
    pairs: Vec<(&'static str, &'static str)>,
    change: Option<Change>,
}

impl Plan {
    /// Ana and Ravi, each in their zone.
    pub fn pair(ana: &'static str, ravi: &'static str) -> Self {
        Self::of(&[("Ana Lopez", ana), ("Ravi Rao", ravi)], &[("Ana", "Ravi")])
    }

    /// Other people, with their zones. `pairs` are mentee and mentor.
    pub fn of(people: &[(&'static str, &'static str)], pairs: &[(&'static str, &'static str)]) -> Self {
        Self {
            begins: "2026-05-04 09:00",
            people: people.to_vec(),
            coordinators: vec![("Mia Chen", "Europe/Berlin")],
            programs: vec![ProgramPlan { name: "Engineering", pairs: pairs.to_vec(), change: None }],
            slack: None,
            trouble: None,
        }
    }

    /// The world begins at this civil time in Berlin, and the programme on that day.
    pub fn begins(mut self, civil: &'static str) -> Self {
        self.begins = civil;
        self
    }

    /// Who coordinates, in place of Mia. Somebody of the pairs is named with the zone they have.
    pub fn coordinators(mut self, coordinators: &[(&'static str, &'static str)]) -> Self {
        self.coordinators = coordinators.to_vec();
        self
    }

    /// One more programme with these pairs.
    pub fn program(mut self, name: &'static str, pairs: &[(&'static str, &'static str)]) -> Self {
        self.programs.push(ProgramPlan { name, pairs: pairs.to_vec(), change: None });
        self
    }

    /// The newest programme is not quite as usual.
    pub fn but(mut self, change: impl FnOnce(&mut Program) + 'static) -> Self {
        self.programs.last_mut().expect("there is a programme").change = Some(Box::new(change));
        self
    }

    /// Slack is not quite as usual.
    pub fn slack(mut self, tune: impl FnOnce(&mut SimOptions) + 'static) -> Self {
        self.slack = Some(Box::new(tune));
        self
    }

    /// Something goes wrong from the start.
    pub fn trouble(mut self, trouble: impl FnOnce(&Sim) + 'static) -> Self {
        self.trouble = Some(Box::new(trouble));
        self
    }

    /// The world, on SQLite.
    pub async fn begin(self) -> World {
        self.begin_on(Base::sqlite()).await
    }

    /// The world, on this database.
    pub async fn begin_on(self, base: Base) -> World {
        rustls::crypto::ring::default_provider().install_default().ok();
        let start = berlin(self.begins);
        let clock = ManualClock::at(start);
        let mut slack = SimOptions::new(Clock::Manual(clock.clone()));
        if let Some(tune) = self.slack {
            tune(&mut slack);
        }
        let sim = Sim::start(slack).await.expect("loopback has ports");
        if let Some(trouble) = self.trouble {
            trouble(&sim);
        }
        let mut everybody = self.people.clone();
        everybody.extend(self.coordinators.iter().filter(|one| !self.people.contains(one)));
        for (name, zone) in &everybody {
            let _ = sim.add_person(NewPerson::named(*name).zone(*zone));
        }
        let workspace = WorkspaceId::from(sim.team_id());
        let store = open(&base, start).await;
        store.install(workspace.clone(), sim.bot_user_id()).await.expect("installed");
        let person = |name: &str| person(&sim, &workspace, name, start);
        store.see_people(everybody.iter().map(|(name, _)| person(name)).collect()).await.expect("people");
        let coordinators: Vec<PersonId> = self.coordinators.iter().map(|(name, _)| person(name).id).collect();
        let mut members = 0;
        for plan in self.programs {
            members += plan.pairs.iter().flat_map(|(one, other)| [one, other]).collect::<BTreeSet<_>>().len();
            let mut program = usual(ProgramId::new(&workspace, plan.name), plan.name, start, &coordinators);
            if let Some(change) = plan.change {
                change(&mut program);
            }
            store.apply_program(&program, start).await.expect("the programme is applied");
            let pairs = plan.pairs.iter().map(|(mentee, mentor)| pair(&program, person(mentee).id, person(mentor).id));
            store.add_pairs(&workspace, pairs.collect(), start).await.expect("pairs");
        }

        let vault = Arc::new(Vault::read(&Vault::new_key_file_text()).expect("a key"));
        let us = Installation { workspace: workspace.clone(), app: Some(sim.app_id()) };
        let world = serve(sim, base, store, vault, clock, us, members).await;
        world.settle().await;
        world
    }
}

/// Opens the database for the process that serves.
pub(super) async fn open(base: &Base, now: DateTime<Utc>) -> Store {
    let options = Options { claims: ClaimClock::Now, ..Options::serving() };
    Store::open(&base.url, options, now).await.expect("the database opens")
}

/// The bot starts, and connects to Slack.
pub(super) async fn serve(
    sim: Sim,
    base: Base,
    store: Store,
    vault: Arc<Vault>,
    clock: ManualClock,
    us: Installation,
    members: usize,
) -> World {
    let client = Client::new(&sim.api_url(), sim.bot_token().into(), Some(sim.app_token().into())).expect("a client");
    let time = Clock::Manual(clock.clone());
    let app = App::new(store.clone(), vault.clone(), client.clone(), time.clone(), us.clone());
    let stop = CancellationToken::new();
    let socket = Socket {
        client,
        us: us.clone(),
        clock: time,
        handler: app.clone(),
        settings: Settings::default(),
        open: tokio::sync::watch::Sender::new(0),
    };
    let socket = tokio::spawn(socket.run(stop.clone()));
    sim.connected(2).await;
    World { sim, app, store, vault, clock, us, members, stop: stop.clone(), socket, _stop: stop.drop_guard(), base }
}

fn usual(id: ProgramId, name: &str, start: DateTime<Utc>, coordinators: &[PersonId]) -> Program {
    Program {
        id,
        name: name.to_owned(),
        starts: start.with_timezone(&BERLIN).date_naive(),
        ends: NaiveDate::from_ymd_opt(2026, 11, 1),
        coordinators: coordinators.to_vec(),
        cadence: Cadence::parse("0 10 * * TUE").expect("a cadence"),
        hours: WorkingHours::default(),
        zone: BERLIN,
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

fn pair(program: &Program, mentee: PersonId, mentor: PersonId) -> Pair {
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
}

fn person(sim: &Sim, workspace: &WorkspaceId, name: &str, now: DateTime<Utc>) -> Person {
    let someone = find(sim, name);
    let profile = someone.profile();
    let id = PersonId::new(workspace, someone.id());
    Person { id, name: first_name(name), zone: profile.tz(), deactivated: None, looked: now }
}
