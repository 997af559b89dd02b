//! A small world: a simulated workspace with people, the real bot over real HTTP and WebSocket, and a clock to turn.
//!
//! Unless a story says otherwise: Ana Lopez (mentee) and Ravi Rao (mentor) live in Berlin and are the only pair of
//! "Engineering", which Mia Chen coordinates, also from Berlin. It begins on Monday 4 May 2026, runs for 26 weeks and
//! asks on Tuesdays at ten. It is that Monday, 08:00 in Berlin, when the world begins.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use rapport::app::App;
use rapport::clock::{Clock, ManualClock};
use rapport::core::cadence::Cadence;
use rapport::core::hours::WorkingHours;
use rapport::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use rapport::core::person::{Pair, Person};
use rapport::core::program::Program;
use rapport::sim::{Message, NewPerson, Sim, SimOptions, Someone};
use rapport::slack::client::Client;
use rapport::slack::parse::Installation;
use rapport::slack::socket::{Settings, Socket};
use rapport::store::vault::Vault;
use rapport::store::{ClaimClock, Options, Store};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};

pub const BERLIN: Tz = Tz::Europe__Berlin;

/// The world of one story.
pub struct World {
    pub sim: Sim,
    pub app: App,
    pub store: Store,
    pub clock: ManualClock,
    pub workspace: WorkspaceId,
    pub program: Program,
    _stop: DropGuard,
    _dir: TempDir,
}

/// Who is in the world, before it begins.
pub struct Plan {
    /// Name and zone; the first two are mentee and mentor of the first pair.
    people: Vec<(&'static str, &'static str)>,
    pairs: Vec<(&'static str, &'static str)>,
}

impl World {
    /// The world as the head of this file describes it.
    pub async fn new() -> Self {
        Self::of(Plan {
            people: vec![("Ana Lopez", "Europe/Berlin"), ("Ravi Rao", "Europe/Berlin")],
            pairs: vec![("Ana Lopez", "Ravi Rao")],
        })
        .await
    }

    /// A world of other people. `pairs` are mentee and mentor. Mia Chen coordinates.
    pub async fn with(people: &[(&'static str, &'static str)], pairs: &[(&'static str, &'static str)]) -> Self {
        Self::of(Plan { people: people.to_vec(), pairs: pairs.to_vec() }).await
    }

    async fn of(plan: Plan) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let clock = ManualClock::at(berlin("2026-05-04 08:00"));
        let now = clock_now(&clock);
        let sim = Sim::start(SimOptions::new(Clock::Manual(clock.clone()))).await.expect("loopback has ports");
        for (name, zone) in plan.people.iter().copied().chain([("Mia Chen", "Europe/Berlin")]) {
            let _ = sim.add_person(NewPerson::named(name).zone(zone));
        }
        let workspace = WorkspaceId::from(sim.team_id());
        let person = |name: &str| {
            let someone = find(&sim, name);
            let profile = someone.profile();
            Person {
                id: PersonId::new(&workspace, someone.id()),
                name: first_name(name),
                zone: profile.tz(),
                deactivated: None,
                looked: now,
            }
        };
        let program = Program {
            id: ProgramId::new(&workspace, "Engineering"),
            name: "Engineering".to_owned(),
            starts: NaiveDate::from_ymd_opt(2026, 5, 4).expect("a date"),
            ends: NaiveDate::from_ymd_opt(2026, 11, 1),
            coordinators: vec![person("Mia Chen").id],
            cadence: Cadence::parse("0 10 * * TUE").expect("a cadence"),
            hours: WorkingHours::default(),
            zone: BERLIN,
            open_days: 3,
            digest: Cadence::parse("0 9 * * MON").expect("a cadence"),
            threshold: 5,
            leave_out: Vec::new(),
            safety: None,
        };
        let dir = tempfile::tempdir().expect("a folder for the database");
        let options = Options { claims: ClaimClock::Now, ..Options::serving() };
        let url = format!("sqlite:{}", dir.path().join("rapport.db").display());
        let store = Store::open(&url, options, now).await.expect("the database opens");
        store.install(workspace.clone(), sim.bot_user_id()).await.expect("installed");
        store
            .see_people(plan.people.iter().map(|(name, _)| person(name)).chain([person("Mia Chen")]).collect())
            .await
            .expect("people");
        store.apply_program(&program, now).await.expect("the programme is applied");
        let pairs = plan.pairs.iter().map(|(mentee, mentor)| {
            let (mentee, mentor) = (person(mentee).id, person(mentor).id);
            Pair {
                id: PairId::new(&program.id, &mentor, &mentee),
                program: program.id.clone(),
                mentor,
                mentee,
                starts: program.starts,
                connection: None,
                ended: None,
                unreachable: None,
            }
        });
        store.add_pairs(&workspace, pairs.collect(), now).await.expect("pairs");

        let client =
            Client::new(&sim.api_url(), sim.bot_token().into(), Some(sim.app_token().into())).expect("a client");
        let vault = Vault::read(&Vault::new_key_file_text()).expect("a key");
        let us = Installation { workspace: workspace.clone(), app: Some(sim.app_id()) };
        let app = App::new(store.clone(), Arc::new(vault), client.clone(), Clock::Manual(clock.clone()), us.clone());
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
        Self { sim, app, store, clock, workspace, program, _stop: stop.drop_guard(), _dir: dir }
    }

    pub fn now(&self) -> DateTime<Utc> {
        clock_now(&self.clock)
    }

    /// Somebody by name.
    pub fn person(&self, name: &str) -> Someone {
        find(&self.sim, name)
    }

    /// All that is due now is done, on both sides.
    pub async fn settle(&self) -> Option<DateTime<Utc>> {
        loop {
            self.sim.wake();
            self.sim.at_rest().await;
            let next = self.app.rest().await.expect("the database works");
            if self.sim.is_at_rest() {
                return [next, self.sim.next_due()].into_iter().flatten().min();
            }
        }
    }

    /// Turns the clock, stopping wherever something is due.
    pub async fn advance_to(&self, to: DateTime<Utc>) {
        while let Some(next) = self.settle().await.filter(|next| *next < to) {
            self.clock.set(next.max(self.now() + TimeDelta::milliseconds(1)));
        }
        self.clock.set(to);
        self.settle().await;
    }

    /// Turns the clock to this civil time in Berlin.
    pub async fn berlin(&self, civil: &str) {
        self.advance_to(berlin(civil)).await;
    }

    /// Everybody of the first pair presses `Start`, and the messages so far are read.
    pub async fn all_start(&self) {
        self.settle().await;
        for someone in self.sim.people() {
            let places = someone.conversations();
            for message in places.iter().flat_map(|place| someone.messages(&place.id)) {
                if message.buttons().iter().any(|button| button == "Start") {
                    assert!(someone.tap(&message, "Start").await.acknowledged);
                }
            }
        }
        self.settle().await;
        self.sim.people().iter().for_each(Someone::read_all);
    }

    /// The next unread message of this person, which is read now.
    pub fn next(&self, name: &str) -> Message {
        self.person(name).next_unread().unwrap_or_else(|| panic!("{name} has read everything"))
    }

    /// Nobody has anything left to read, and the simulated Slack found nothing to complain about.
    pub fn all_is_read(&self) {
        let unread: Vec<String> = self
            .sim
            .unread()
            .iter()
            .map(|(who, what)| format!("{}: {}", who.profile().shown_name(), what.as_text()))
            .collect();
        assert_eq!(unread, Vec::<String>::new(), "somebody was told something that the story did not read");
        assert_eq!(self.sim.complaints(), Vec::<String>::new());
    }
}

fn find(sim: &Sim, name: &str) -> Someone {
    let of_name = |one: &Someone| first_name(one.profile().shown_name()) == first_name(name);
    sim.people().into_iter().find(of_name).unwrap_or_else(|| panic!("nobody is called {name}"))
}

fn first_name(name: &str) -> String {
    name.split(' ').next().unwrap_or(name).to_owned()
}

fn clock_now(clock: &ManualClock) -> DateTime<Utc> {
    Clock::Manual(clock.clone()).now()
}

/// An instant by its civil time in Berlin, `2026-05-04 08:00`.
pub fn berlin(civil: &str) -> DateTime<Utc> {
    let civil = chrono::NaiveDateTime::parse_from_str(civil, "%Y-%m-%d %H:%M").expect("a civil time");
    BERLIN.from_local_datetime(&civil).single().expect("not in a clock change").to_utc()
}
