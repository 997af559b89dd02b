//! Everything that somebody can look at, as text: what a promise about an answer is held against.

use std::future::Future;
use std::io::Write;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use rapport::core::id::PersonId;
use rapport::slack::render::digest_text;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::care::{opens_page, taps_form};
use crate::world::World;

/// What one reader sees on one surface.
pub struct Sight {
    pub surface: &'static str,
    /// Somebody's first name, or `operator` for whoever types commands and reads logs.
    pub reader: String,
    pub text: String,
}

type Look = for<'a> fn(&'a Eyes<'_>) -> Pin<Box<dyn Future<Output = Vec<(String, String)>> + 'a>>;

/// The surfaces. A new one gets a line here; every promise is held against it from then on.
const SURFACES: [(&str, Look); 15] = [
    ("messages", |eyes| Box::pin(messages(eyes))),
    ("App Home", |eyes| Box::pin(homes(eyes))),
    ("page of goals", |eyes| Box::pin(goals(eyes))),
    ("forms of one's own time", |eyes| Box::pin(own_time(eyes))),
    ("forms of help and fit", |eyes| Box::pin(confided(eyes))),
    ("own record", |eyes| Box::pin(record(eyes, "My record"))),
    ("shared record", |eyes| Box::pin(record(eyes, "Look"))),
    ("digest in the terminal", |eyes| Box::pin(terminal(eyes))),
    ("pair's page", |eyes| Box::pin(page(eyes))),
    ("digest's rest", |eyes| Box::pin(rest(eyes))),
    ("digest's file", |eyes| Box::pin(file(eyes))),
    ("score explained", |eyes| Box::pin(explained(eyes))),
    ("export", |eyes| Box::pin(export(eyes))),
    ("metrics", |eyes| Box::pin(async { operator(sorted(&eyes.numbers.render())) })),
    ("logs", |eyes| Box::pin(async { operator(eyes.logs.text()) })),
];

/// A world with all that is needed to see everything of it.
pub struct Eyes<'w> {
    pub world: &'w World,
    /// By first name: whose pair is looked at.
    author: &'w str,
    numbers: PrometheusHandle,
    logs: Logs,
}

impl<'w> Eyes<'w> {
    pub fn of(world: &'w World, author: &'w str, watch: &Watch) -> Self {
        Self { world, author, numbers: watch.numbers.clone(), logs: watch.logs.clone() }
    }

    /// App Home of everybody alone.
    pub async fn homes(&self) -> Vec<Sight> {
        let seen = homes(self).await;
        seen.into_iter().map(|(reader, text)| Sight { surface: "App Home", reader, text }).collect()
    }

    pub async fn look(&self) -> Vec<Sight> {
        let mut sights = Vec::new();
        for (surface, look) in SURFACES {
            let seen = look(self).await;
            sights.extend(seen.into_iter().map(|(reader, text)| Sight { surface, reader, text }));
        }
        sights
    }
}

/// Numbers come in any order.
fn sorted(numbers: &str) -> String {
    let mut lines: Vec<&str> = numbers.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

fn operator(text: String) -> Vec<(String, String)> {
    vec![("operator".to_owned(), text)]
}

/// What each person reads in every conversation that they are in, forms included.
async fn messages(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let people = eyes.world.sim.people();
    let of_person = |one: &rapport::sim::Someone| {
        let texts = one.conversations().into_iter().flat_map(|place| one.messages(&place.id));
        let mut text: Vec<String> = texts.map(|message| format!("{}\n{}", message.text, message.as_text())).collect();
        text.extend(one.modal().map(|form| form.as_text()));
        (first_name(one), text.join("\n---\n"))
    };
    people.iter().map(of_person).collect()
}

async fn homes(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    for one in eyes.world.sim.people() {
        one.open_home().await;
        eyes.world.settle().await;
        seen.push((first_name(&one), one.home().map_or_else(String::new, |view| view.as_text())));
    }
    seen
}

/// The page of goals that somebody can open from App Home.
async fn goals(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    for one in eyes.world.sim.people() {
        let buttons = one.home().map(|home| home.controls()).unwrap_or_default();
        let Some(button) = buttons.iter().find(|button| ["Steps", "All steps"].contains(&button.label.as_str())) else {
            continue;
        };
        let tapped = one.act_on_home(&format!("{}/{}", button.block_id, button.action_id), None).await;
        assert_eq!(tapped.warning, None);
        eyes.world.settle().await;
        seen.push((first_name(&one), one.modal().expect("a page").as_text()));
        one.reload();
    }
    seen
}

/// What somebody reads who changes their days and hours, or goes away.
async fn own_time(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    forms(eyes, &["Pause or go away", "Your hours"]).await
}

/// The forms that each person can open with these buttons of App Home.
async fn forms(eyes: &Eyes<'_>, labels: &[&str]) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    for one in eyes.world.sim.people() {
        let mut text = Vec::new();
        for label in labels {
            let buttons = one.home().map(|home| home.controls()).unwrap_or_default();
            let Some(button) = buttons.iter().find(|button| button.label == *label) else { continue };
            let tapped = one.act_on_home(&format!("{}/{}", button.block_id, button.action_id), None).await;
            assert_eq!(tapped.warning, None);
            eyes.world.settle().await;
            text.push(one.modal().expect("a form").as_text());
            one.reload();
        }
        seen.push((first_name(&one), text.join("\n---\n")));
    }
    seen
}

/// What somebody reads who asks for help, or says that the match is not right.
async fn confided(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    forms(eyes, &["I need help", "This match is not right"]).await
}

/// The record that opens on this button of App Home.
async fn record(eyes: &Eyes<'_>, label: &str) -> Vec<(String, String)> {
    let mut seen = Vec::new();
    for one in eyes.world.sim.people() {
        let buttons = one.home().map(|home| home.controls()).unwrap_or_default();
        let Some(button) = buttons.iter().find(|button| button.label == label) else { continue };
        let tapped = one.act_on_home(&format!("{}/{}", button.block_id, button.action_id), None).await;
        assert_eq!(tapped.warning, None);
        eyes.world.settle().await;
        seen.push((first_name(&one), one.modal().expect("a page").as_text()));
        one.reload();
    }
    seen
}

async fn terminal(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let (world, program) = (eyes.world, eyes.world.program("Engineering"));
    let last = world.store.last_digest(&program, &world.vault).await.expect("readable");
    let preview = world.store.preview(&program, &world.vault, world.now()).await.expect("readable");
    operator([last, preview].iter().flatten().map(digest_text).collect::<Vec<_>>().join("\n---\n"))
}

/// What the coordinator is shown of the pair, and its answers by name if there are any.
async fn page(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let mia = eyes.world.person("Mia");
    let mut text = opens_page(eyes.world, &mia, &format!("pair {}", eyes.author)).await;
    if text.contains("[Show answers]") {
        taps_form(eyes.world, &mia, "Show answers").await;
        text.push_str(&mia.form());
    }
    mia.someone.reload();
    vec![("Mia".to_owned(), text)]
}

/// What found no place in the digest, in its form.
async fn rest(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let mia = eyes.world.person("Mia");
    let Some(digest) = newest_digest(&mia) else { return vec![("Mia".to_owned(), String::new())] };
    let care = digest.controls().into_iter().rev().find(|control| control.label == "Show");
    let Some(care) = care else { return vec![("Mia".to_owned(), String::new())] };
    let tapped = mia.someone.tap(&digest, &format!("{}/{}", care.block_id, care.action_id)).await;
    assert_eq!(tapped.warning, None);
    eyes.world.settle().await;
    let text = mia.form();
    mia.someone.reload();
    vec![("Mia".to_owned(), text)]
}

/// The numbers of the digest's pairs.
async fn file(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let mia = eyes.world.person("Mia");
    let Some(digest) = newest_digest(&mia) else { return vec![("Mia".to_owned(), String::new())] };
    let care = digest.controls().into_iter().find(|control| control.label == "Export CSV").expect("a button");
    let tapped = mia.someone.tap(&digest, &format!("{}/{}", care.block_id, care.action_id)).await;
    assert_eq!(tapped.warning, None);
    eyes.world.advance_to(eyes.world.now() + chrono::TimeDelta::minutes(1)).await;
    let places = mia.someone.conversations();
    let files = places.iter().flat_map(|place| mia.someone.messages(&place.id)).flat_map(|message| message.files);
    let ids: Vec<String> = files.map(|file| file["id"].as_str().expect("a file").to_owned()).collect();
    let read = |id: &String| String::from_utf8(eyes.world.sim.file(id).expect("it was handed over")).expect("text");
    let text = ids.iter().map(read).collect::<Vec<_>>().join("\n---\n");
    assert!(text.contains("mentee,mentor,state"), "no file came");
    vec![("Mia".to_owned(), text)]
}

/// The newest digest of this coordinator, if one has come.
fn newest_digest(coordinator: &crate::world::Reader<'_>) -> Option<rapport::sim::Message> {
    let places = coordinator.someone.conversations();
    let all = places.iter().flat_map(|place| coordinator.someone.messages(&place.id));
    all.filter(|message| message.as_text().contains("Mentoring digest")).last()
}

async fn explained(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let (world, program) = (eyes.world, eyes.world.program("Engineering"));
    let author = PersonId::new(&world.us.workspace, world.person(eyes.author).someone.id());
    let pairs = world.store.pairs(program.clone()).await.expect("readable");
    let pair = pairs.into_iter().find(|pair| pair.role_of(&author).is_some()).expect("in a pair");
    let explained = world.store.explain(&program, &pair.id, world.now()).await.expect("readable");
    operator(format!("{explained:#?}"))
}

async fn export(eyes: &Eyes<'_>) -> Vec<(String, String)> {
    let (store, program) = (&eyes.world.store, eyes.world.program("Engineering"));
    let pairs = store.export_pairs(program.clone()).await.expect("readable");
    let pulses = store.export_pulses(program.clone()).await.expect("readable");
    let answers = store.export_answers(program.clone()).await.expect("readable");
    let goals = store.export_goals(program.clone()).await.expect("readable");
    let thanks = store.export_thanks(program.clone(), eyes.world.now()).await.expect("readable");
    let shares = store.export_shares(program.clone()).await.expect("readable");
    let totals = store.export_totals(program.clone()).await.expect("readable");
    let labels = store.export_labels(program.clone()).await.expect("readable");
    let surveys = store.export_survey_answers(program.clone()).await.expect("readable");
    let nudges = store.export_nudges(program.clone()).await.expect("readable");
    let compared = store.export_survey_totals(program).await.expect("readable");
    operator(format!(
        "{pairs:#?}\n{pulses:#?}\n{answers:#?}\n{goals:#?}\n{thanks:#?}\n{shares:#?}\n{totals:#?}\n{labels:#?}\n{surveys:#?}\n{compared:#?}\n\
         {nudges:#?}"
    ))
}

fn first_name(one: &rapport::sim::Someone) -> String {
    one.profile().shown_name().split(' ').next().unwrap_or_default().to_owned()
}

/// Catches the numbers and logs of this thread, on which the whole world of a story runs, while it lives.
pub struct Watch {
    numbers: PrometheusHandle,
    logs: Logs,
    _guard: tracing::subscriber::DefaultGuard,
}

impl Watch {
    /// `recorder` must outlive the world: see [`recorder`].
    pub fn begin(numbers: PrometheusHandle) -> Self {
        let logs = Logs::default();
        let writer = logs.clone();
        let lines = tracing_subscriber::fmt::layer().with_writer(move || writer.clone()).without_time();
        let ours = Targets::new().with_target("rapport", tracing::Level::TRACE);
        let subscriber = tracing_subscriber::registry().with(lines.with_filter(ours));
        Self { numbers, logs, _guard: tracing::subscriber::set_default(subscriber) }
    }
}

/// A recorder of numbers for one world.
pub fn recorder() -> metrics_exporter_prometheus::PrometheusRecorder {
    PrometheusBuilder::new().build_recorder()
}

#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("nobody panicked")).into_owned()
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
