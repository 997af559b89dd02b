//! A small Slack that works: state behind the Web API, Socket Mode and signed HTTP, on loopback, for tests and the demo.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use rapport::clock::Clock;
//! use rapport::sim::{NewPerson, Sim, SimOptions};
//!
//! let sim = Sim::start(SimOptions::new(Clock::System)).await?;
//! let ana = sim.add_person(NewPerson::named("Ana Lopez").zone("Europe/Berlin"));
//! // Start an app with sim.api_url(), sim.bot_token() and sim.app_token(), then be Ana:
//! sim.connected(1).await;
//! if let Some(message) = ana.next_unread() {
//!     println!("{}", message.as_text());
//!     assert!(ana.tap(&message, "Yes").await.acknowledged);
//! }
//! # Ok(())
//! # }
//! ```

mod acknowledgement;
mod api;
mod block_kit;
mod conversation;
mod desk;
mod fault;
mod file;
mod form;
mod gesture;
mod hands;
mod id;
mod limit;
mod line;
mod message;
mod options;
pub mod page;
pub mod people;
mod person;
mod post;
mod record;
mod request_url;
mod signature;
mod socket;
mod someone;
mod state;
mod text;
mod ticket;
mod view;
mod wire;
mod world;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::DropGuard;

pub use conversation::{Kind as ConversationKind, Place};
pub use fault::{Fault, Faults};
pub use hands::{Commanded, Submitted, Tapped};
pub use message::{Control, Message, MessageRef};
pub use options::{ClientMsgId, SimOptions};
pub use person::{NewPerson, Person};
pub use record::{Call, Recorder};
pub use request_url::RequestUrls;
pub use someone::Someone;
pub use view::View;

use crate::clock::Clock;
use line::Kind;
use world::World;

/// How long [`Sim::until`] waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// A simulated Slack. Clones are the same one; it stops when the last of them is gone.
#[derive(Clone)]
pub struct Sim {
    world: Arc<World>,
    _stops: Arc<DropGuard>,
}

impl Sim {
    /// Starts the servers on free loopback ports. Fails if there are none.
    pub async fn start(options: SimOptions) -> io::Result<Self> {
        let web = TcpListener::bind(("127.0.0.1", 0)).await?;
        let sockets = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base_url = format!("http://{}", web.local_addr()?);
        let socket_url = format!("ws://{}", sockets.local_addr()?);
        let world = Arc::new(World::new(options, base_url, socket_url));
        let stops = world.stop.clone().drop_guard();

        let service = api::router(Arc::clone(&world)).into_make_service_with_connect_info::<wire::Cut>();
        let stop = world.stop.clone();
        tokio::spawn(async move {
            // Serving ends only by the stop; what fails on one connection ends that connection.
            let serving = axum::serve(wire::Wires(web), service);
            tokio::select! {
                _ = serving => {}
                () = stop.cancelled() => {}
            }
        });
        tokio::spawn(socket::serve(Arc::clone(&world), sockets));
        if let Clock::System = world.options.clock {
            tokio::spawn(wake_when_due(Arc::clone(&world)));
        }
        Ok(Self { world, _stops: Arc::new(stops) })
    }

    /// Where the Web API answers, without a slash at the end: `SLACK_API_URL` for the app.
    pub fn api_url(&self) -> String {
        format!("{}/api", self.world.base_url)
    }

    pub fn bot_token(&self) -> &str {
        &self.world.bot_token
    }

    pub fn app_token(&self) -> &str {
        &self.world.app_token
    }

    pub fn signing_secret(&self) -> &str {
        &self.world.signing_secret
    }

    pub fn team_id(&self) -> String {
        self.world.look(|state| state.ids.team.clone())
    }

    /// The bot's id as a member of the workspace.
    pub fn bot_user_id(&self) -> String {
        self.world.look(|state| state.ids.bot_user.clone())
    }

    /// The app's id, `A...`.
    pub fn app_id(&self) -> String {
        self.world.look(|state| state.ids.app.clone())
    }

    /// Somebody joins the workspace.
    pub fn add_person(&self, person: NewPerson) -> Someone {
        let id = self.world.change(|state| state.add_person(person));
        Someone { sim: self.clone(), id }
    }

    /// The person of this id, whether they are there or not.
    pub fn person(&self, id: &str) -> Someone {
        Someone { sim: self.clone(), id: id.to_owned() }
    }

    /// All people with hands and eyes, by id.
    pub fn people(&self) -> Vec<Someone> {
        let ids: Vec<String> = self.world.look(|state| {
            state.people.values().filter(|person| person.is_human()).map(|person| person.id.clone()).collect()
        });
        ids.iter().map(|id| self.person(id)).collect()
    }

    /// A public channel with these members. Its id follows from its name.
    pub fn add_channel(&self, name: &str, members: &[&Someone]) -> String {
        let id = id::derived("C", name);
        let mut members: Vec<String> = members.iter().map(|member| member.id.clone()).collect();
        members.sort_unstable();
        self.world.change(|state| {
            state.found_conversation(id.clone(), ConversationKind::Channel, name.to_owned(), members);
        });
        id
    }

    /// From now on everything is sent to these addresses, signed, and nothing over sockets.
    pub fn use_http(&self, urls: RequestUrls) {
        self.world.line.route(Some(urls));
    }

    /// From now on everything is sent over Socket Mode, as at the start.
    pub fn use_sockets(&self) {
        self.world.line.route(None);
    }

    /// Asks the request URL to answer a challenge, as Slack does when one is configured.
    pub async fn verify_request_url(&self) -> Result<bool, String> {
        self.world.line.challenge(&self.world, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P").await
    }

    /// Returns once so many Socket Mode connections are there.
    pub async fn connected(&self, connections: usize) {
        let mut changes = self.changes();
        while self.connections() < connections && changes.changed().await.is_ok() {}
    }

    /// How many Socket Mode connections there are.
    pub fn connections(&self) -> usize {
        self.world.line.connections()
    }

    /// Counts what changes, so that somebody can wait for it.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.world.changes.subscribe()
    }

    /// Returns once `condition` holds, which is looked at after each change; false if it does not within five seconds of
    /// real time.
    pub async fn until(&self, mut condition: impl FnMut() -> bool) -> bool {
        let mut changes = self.changes();
        let holds = async { while !condition() && changes.changed().await.is_ok() {} };
        tokio::time::timeout(PATIENCE, holds).await.is_ok()
    }

    /// The clock of this Slack.
    pub fn clock(&self) -> &Clock {
        &self.world.options.clock
    }

    /// The switches for what goes wrong.
    pub fn faults(&self) -> Faults<'_> {
        Faults { sim: self }
    }

    /// The latest calls of the Web API and posts to `response_url`s, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.records().calls.iter().cloned().collect()
    }

    /// Calls `recorder` for every call from now on.
    pub fn record(&self, recorder: Recorder) {
        self.world.records().hook = Some(recorder);
    }

    /// What the app did that no app should ever do: unknown methods and arguments, frames that mean nothing. A test
    /// asserts that there is nothing here.
    pub fn complaints(&self) -> Vec<String> {
        self.world.look(|state| state.complaints.clone())
    }

    /// When something will happen by itself: an event that was not acknowledged is sent again. (What merely expires
    /// does nothing at its time, so nobody needs to stop there.)
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.world.line.next_resend()
    }

    /// Sends what is due. Whoever moves a manual clock calls this after each step.
    pub fn wake(&self) {
        self.world.line.wake(&self.world);
    }

    /// Wakes, then returns once no request is open and nothing that was sent waits for its acknowledgement.
    pub async fn at_rest(&self) {
        self.wake();
        self.world.quiet().await;
    }

    /// Whether no request is open and nothing waits for its acknowledgement right now.
    pub fn is_at_rest(&self) -> bool {
        self.world.is_quiet()
    }

    /// How many events were given up after their last repetition.
    pub fn lost_events(&self) -> u64 {
        self.world.line.lost_events()
    }

    /// What a file holds that the app sent, by its Slack id; `None` before it was handed over.
    pub fn file(&self, id: &str) -> Option<Vec<u8>> {
        self.world.look(|state| state.uploads.get(id)?.content.clone())
    }

    /// What nobody has read, person by person.
    pub fn unread(&self) -> Vec<(Someone, Message)> {
        let each = |person: Someone| person.unread().into_iter().map(move |message| (person.clone(), message));
        self.people().into_iter().flat_map(each).collect()
    }

    /// Sends any event (the inner object, with its `type`) and returns once it was acknowledged or put off.
    pub async fn send_event(&self, event: Value) {
        let envelope = self.world.change(|state| state.envelope(event));
        self.deliver(envelope).await;
    }

    /// Sends any body as an event, envelope and all: for what is malformed on purpose.
    pub async fn deliver(&self, body: Value) {
        if let Some(carried) = self.world.line.event(&self.world, body) {
            // It ends by itself; a panic inside would show in the test's output.
            let _ = carried.await;
        }
    }

    /// Sends any interaction; the answer is whether it was acknowledged, and with what.
    pub async fn send_interaction(&self, payload: Value) -> Result<Option<Value>, String> {
        self.world.line.ask(&self.world, Kind::Interaction, payload).await.map_err(|missed| format!("{missed:?}"))
    }

    /// The workspace removes the app: its tokens end, and it is told so by two events.
    pub async fn uninstall(&self) {
        let bot = self.bot_user_id();
        self.world.change(|state| state.uninstalled = true);
        self.send_event(json!({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}})).await;
        self.send_event(json!({"type": "app_uninstalled"})).await;
    }
}

/// On the machine's clock nobody else wakes the simulator.
async fn wake_when_due(world: Arc<World>) {
    let mut changes = world.changes.subscribe();
    loop {
        let due = world.line.next_resend();
        let until_due = async {
            match due {
                Some(at) => world.options.clock.sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = until_due => world.line.wake(&world),
            changed = changes.changed() => if changed.is_err() { return },
            () = world.stop.cancelled() => return,
        }
    }
}
