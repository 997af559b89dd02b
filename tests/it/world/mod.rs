//! A small world: a simulated workspace with people, the real bot over real HTTP and WebSocket, and a clock to turn.
//!
//! Unless a story says otherwise: Ana Lopez (mentee) and Ravi Rao (mentor) live in Berlin and are the only pair of
//! "Engineering", which Mia Chen coordinates, also from Berlin. It begins on Monday 4 May 2026, runs for 26 weeks and
//! asks on Tuesdays at ten. It is that Monday, 09:00 in Berlin, when the world begins.

mod plan;
mod reader;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use rapport::app::App;
use rapport::clock::{Clock, ManualClock};
use rapport::core::id::ProgramId;
use rapport::sim::{Sim, Someone};
use rapport::slack::parse::Installation;
use rapport::slack::socket::Halted;
use rapport::store::Store;
use rapport::store::vault::Vault;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

pub use plan::Plan;
pub use reader::Reader;

use crate::store::Base;

pub const BERLIN: Tz = Tz::Europe__Berlin;

/// The world of one story.
pub struct World {
    pub sim: Sim,
    pub app: App,
    pub store: Store,
    pub vault: Arc<Vault>,
    pub clock: ManualClock,
    pub us: Installation,
    /// Welcomes that people get, over all programmes.
    members: usize,
    pub stop: CancellationToken,
    socket: JoinHandle<Result<(), Halted>>,
    _stop: DropGuard,
    pub base: Base,
}

impl World {
    /// The world as the head of this file describes it.
    pub async fn new() -> Self {
        Plan::pair("Europe/Berlin", "Europe/Berlin").begin().await
    }

    /// That world after everybody pressed `Start`.
    pub async fn started() -> Self {
        let world = Self::new().await;
        world.all_start().await;
        world
    }

    /// The process is gone, with all that it had in memory, and another one starts on the same database.
    pub async fn restart(self) -> Self {
        let Self { sim, app, store, vault, clock, us, members, stop, socket, base, .. } = self;
        stop.cancel();
        socket.await.expect("the socket ends").expect("nobody has to help");
        app.settled().await;
        // Slack sends to a connection for as long as it does not know that it is cut.
        assert!(sim.until(|| sim.connections() == 0).await, "Slack sees the process gone");
        // Not closed: what waits in memory is lost.
        drop((app, store));
        let now = Clock::Manual(clock.clone()).now();
        let store = plan::open(&base, now).await;
        plan::serve(sim, base, store, vault, clock, us, members).await
    }

    pub fn now(&self) -> DateTime<Utc> {
        Clock::Manual(self.clock.clone()).now()
    }

    /// Somebody by first name.
    pub fn person(&self, name: &str) -> Reader<'_> {
        Reader::new(self, find(&self.sim, name))
    }

    /// The id of a programme by its name.
    pub fn program(&self, name: &str) -> ProgramId {
        ProgramId::new(&self.us.workspace, name)
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

    /// Turns the clock to this civil time in Berlin, `2026-05-05 10:00`.
    pub async fn berlin(&self, civil: &str) {
        self.advance_to(berlin(civil)).await;
    }

    /// The clock goes on to this civil time in Berlin while the bot does not run; then it runs again.
    pub async fn down_until(&self, civil: &str) {
        self.clock.set(berlin(civil));
        self.settle().await;
    }

    /// Everybody presses `Start` on each welcome, as soon as it is there, and the messages so far are read: the agreements
    /// that are opened then too.
    pub async fn all_start(&self) {
        let mut started = 0;
        while started < self.members {
            for someone in self.sim.people() {
                let mut reader = Reader::new(self, someone);
                while !reader.someone.unread().is_empty() {
                    reader.reads();
                    if reader.front().buttons().iter().any(|button| button == "Start") {
                        reader.taps("Start").await;
                        started += 1;
                    }
                }
            }
            if let Some(next) = self.settle().await.filter(|_| started < self.members) {
                self.advance_to(next).await;
            }
        }
        // What is opened when both have started comes at Slack's pace.
        let soon = self.now() + TimeDelta::minutes(2);
        while let Some(next) = self.settle().await.filter(|next| *next < soon) {
            self.advance_to(next).await;
        }
        self.sim.people().iter().for_each(Someone::read_all);
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

/// An instant by its civil time in Berlin, `2026-05-04 08:00`.
pub fn berlin(civil: &str) -> DateTime<Utc> {
    let civil = chrono::NaiveDateTime::parse_from_str(civil, "%Y-%m-%d %H:%M").expect("a civil time");
    BERLIN.from_local_datetime(&civil).single().expect("not in a clock change").to_utc()
}
