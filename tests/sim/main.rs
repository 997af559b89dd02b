//! The simulated Slack, seen from both sides: by an app over real HTTP and WebSocket, and by people.

mod app;
mod deliveries;
mod faults;
mod forms;
mod web_api;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use rapport::clock::{Clock, ManualClock};
use rapport::sim::{NewPerson, Sim, SimOptions, Someone};

use app::App;

/// A workspace with Ana and Ravi, an app that has its tokens, and a clock that stands still.
struct World {
    sim: Sim,
    app: App,
    clock: ManualClock,
    ana: Someone,
    ravi: Someone,
}

impl World {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut SimOptions)) -> Self {
        let clock = ManualClock::at(start());
        let mut options = SimOptions::new(Clock::Manual(clock.clone()));
        options.ack_deadline = std::time::Duration::from_millis(300);
        // Any app may live here, also one that opens conversations with one person.
        options.scopes.push("im:write".to_owned());
        change(&mut options);
        let sim = Sim::start(options).await.expect("a free port");
        let ana = sim.add_person(NewPerson::named("Ana Lopez").zone("Europe/Berlin"));
        let ravi = sim.add_person(NewPerson::named("Ravi Rao").zone("Asia/Kolkata"));
        Self { app: App::of(&sim), sim, clock, ana, ravi }
    }

    fn advance(&self, by: TimeDelta) {
        self.clock.set(Clock::Manual(self.clock.clone()).now() + by);
    }

    /// The group DM of Ana, Ravi and the bot.
    async fn pair(&self) -> String {
        let users = format!("{},{}", self.ana.id(), self.ravi.id());
        let reply = self.app.ok("conversations.open", serde_json::json!({"users": users})).await;
        reply["channel"]["id"].as_str().expect("an id").to_owned()
    }
}

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 19, 9, 0, 0).single().expect("a time that exists")
}
