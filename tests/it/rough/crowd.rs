//! Many pairs on the machine's own clock, who answer at once what the real program asks them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Days, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use futures_util::future::join_all;
use rapport::clock::Clock;
use rapport::core::cadence::Cadence;
use rapport::core::event::{Act, What};
use rapport::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use rapport::core::person::{Pair, Person};
use rapport::core::program::Program;
use rapport::sim::{Message, NewPerson, Sim, SimOptions, Someone};
use rapport::store::vault::Vault;
use rapport::store::{Key, Options, Store, StoreError, Urgency};
use sqlx::Row;
use tempfile::TempDir;
use tokio::sync::watch;

use super::PULSE;
use super::process::Process;
use crate::store::{Base, raw};

/// Shorter than a minute, so that the story is.
const PATIENCE: u32 = 6;

/// Nothing of this story takes longer.
const LIMIT: Duration = Duration::from_secs(60);

pub struct Crowd {
    pub sim: Sim,
    /// Beside the program, on the same database.
    pub store: Store,
    base: Base,
    folder: TempDir,
    vault: Arc<Vault>,
    key: String,
    program: Program,
    /// Mentee and mentor of each pair.
    pairs: Vec<[Someone; 2]>,
    taps: Mutex<HashMap<String, Vec<Tap>>>,
    /// How often everybody answers, changing their mind each time.
    wanted: usize,
}

struct Tap {
    value: i64,
    acknowledged: bool,
}

impl Crowd {
    pub async fn begin(base: Base, tune: impl FnOnce(&mut SimOptions)) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let mut options = SimOptions::new(Clock::System);
        tune(&mut options);
        let sim = Sim::start(options).await.expect("loopback has ports");
        let (now, zone) = (Clock::System.now(), noon());
        let mia = sim.add_person(NewPerson::named("Mia Chen").zone(zone.name()));
        let workspace = WorkspaceId::from(sim.team_id());
        let struck = (now - TimeDelta::minutes(10)).with_timezone(&zone);
        let program = Program {
            id: ProgramId::new(&workspace, "Engineering"),
            name: "Engineering".to_owned(),
            starts: struck.date_naive().pred_opt().expect("a date"),
            ends: struck.date_naive().checked_add_days(Days::new(60)),
            coordinators: vec![PersonId::new(&workspace, mia.id())],
            cadence: Cadence::parse(&format!("{} {} * * *", struck.minute(), struck.hour())).expect("a cadence"),
            hours: "Mon-Sun 00:00-23:59".parse().expect("hours"),
            zone,
            country: None,
            open_days: 3,
            digest: Cadence::parse("0 3 1 1 *").expect("a cadence"),
            rhythm: 14,
            weekly: 3,
            threshold: 5,
            leave_out: Vec::new(),
            own: Default::default(),
            guides: Vec::new(),
            safety: None,
            help: Default::default(),
        };
        let store = Store::open(&base.url, Options::visiting(), now).await.expect("the database opens");
        store.install(workspace, sim.bot_user_id()).await.expect("installed");
        store.see_people(vec![person(&program, &mia)]).await.expect("people");
        store.apply_program(&program, now).await.expect("applied");
        let key = Vault::new_key_file_text();
        let vault = Arc::new(Vault::read(&key).expect("a key"));
        let key = key.lines().last().expect("the key").to_owned();
        let folder = tempfile::tempdir().expect("a folder");
        Self { sim, store, base, folder, vault, key, program, pairs: Vec::new(), taps: Mutex::default(), wanted: 3 }
    }

    /// More pairs. All were welcomed and said yes an hour ago, and are asked since ten minutes.
    pub async fn join(&mut self, pairs: usize) {
        let (workspace, now) = (self.program.id.workspace(), Clock::System.now());
        for _ in 0..pairs {
            let n = self.pairs.len();
            let name = |who| NewPerson::named(format!("{who}{n}")).zone(self.program.zone.name());
            let two = [self.sim.add_person(name("Mentee")), self.sim.add_person(name("Mentor"))];
            let people: Vec<Person> = two.iter().map(|one| person(&self.program, one)).collect();
            let (mentee, mentor) = (people[0].id.clone(), people[1].id.clone());
            self.store.see_people(people).await.expect("people");
            let pair = Pair {
                id: PairId::new(&self.program.id, &mentor, &mentee),
                program: self.program.id.clone(),
                mentor: mentor.clone(),
                mentee: mentee.clone(),
                starts: self.program.starts,
                connection: None,
                group: None,
                ended: None,
                unreachable: None,
            };
            self.store.add_pairs(&workspace, vec![pair], now).await.expect("pairs");
            for by in [mentee, mentor] {
                let start = Act {
                    id: format!("start:{by}").as_str().into(),
                    by,
                    at: now - TimeDelta::hours(1),
                    proof: None,
                    what: What::Started { program: self.program.id.clone() },
                };
                self.store.act(start, &self.vault, false, now).await.expect("started");
            }
            self.pairs.push(two);
        }
        let welcomed = raw!(&self.store, Urgency::Keeping, (), |conn, ()| async move {
            sqlx::query("update outbox set due = null, shown = wanted where name like 'welcome:%'")
                .execute(conn)
                .await
                .map(drop)
        });
        welcomed.expect("the database works");
    }

    /// Starts the program.
    pub fn start(&self) -> Process {
        Process::start(&self.sim, &self.base.url, &self.key, self.folder.path(), PATIENCE)
    }

    /// Returns once so many taps were not acknowledged.
    pub async fn is_refused(&self, taps: usize) {
        let mut changes = self.sim.changes();
        let refused = tokio::time::timeout(LIMIT, async {
            while self.sim.people().iter().map(|one| self.refused(one)).sum::<usize>() < taps {
                changes.changed().await.expect("the simulator lives");
            }
        });
        assert!(refused.await.is_ok(), "nobody was refused: {}", self.log());
    }

    fn refused(&self, one: &Someone) -> usize {
        pulses(one).iter().filter(|message| message.warning).count()
    }

    /// The address of the database.
    pub fn database(&self) -> &str {
        &self.base.url
    }

    /// Returns once everybody was asked.
    pub async fn is_asked(&self) {
        let mut changes = self.sim.changes();
        let asked = tokio::time::timeout(LIMIT, async {
            while self.pairs.iter().flatten().any(|one| pulses(one).is_empty()) {
                changes.changed().await.expect("the simulator lives");
            }
        });
        assert!(asked.await.is_ok(), "somebody was not asked: {}", self.log());
    }

    /// Everybody wants to answer so many times in all.
    pub fn wants(&mut self, answers: usize) {
        self.wanted = answers;
    }

    /// Everybody answers what stands there, again and again, until all have had enough.
    pub async fn answers(&self) {
        let mut changes = self.sim.changes();
        loop {
            changes.mark_unchanged();
            let open: Vec<(&Someone, Message)> = self.pairs.iter().flatten().filter_map(|one| self.open(one)).collect();
            if open.is_empty() {
                if self.have_had_enough() {
                    return;
                }
                changes.changed().await.expect("the simulator lives");
            }
            join_all(open.iter().take(8).map(|(one, message)| self.answer(one, message))).await;
        }
    }

    fn open<'a>(&self, one: &'a Someone) -> Option<(&'a Someone, Message)> {
        if self.acknowledged(one) >= self.wanted {
            return None;
        }
        pulses(one).pop().map(|message| (one, message))
    }

    fn acknowledged(&self, one: &Someone) -> usize {
        let taps = self.taps.lock().expect("nobody panics");
        taps.get(one.id()).map_or(0, |taps| taps.iter().filter(|tap| tap.acknowledged).count())
    }

    fn have_had_enough(&self) -> bool {
        self.pairs.iter().flatten().all(|one| self.acknowledged(one) >= self.wanted)
    }

    async fn answer(&self, one: &Someone, message: &Message) {
        let at = {
            let mut taps = self.taps.lock().expect("nobody panics");
            let mine = taps.entry(one.id().to_owned()).or_default();
            // It counts as not acknowledged until it is, also when the story goes on without waiting for it.
            mine.push(Tap { value: (mine.len() % 5) as i64 + 1, acknowledged: false });
            mine.len() - 1
        };
        let control = &message.controls()[at % 5];
        let tapped = one.tap(message, &format!("{}/{}", control.block_id, control.action_id)).await;
        if tapped.acknowledged {
            self.taps.lock().expect("nobody panics").get_mut(one.id()).expect("tapped")[at].acknowledged = true;
        }
    }

    /// Returns once everybody was asked, has answered, and nothing waits to be sent.
    pub async fn rests(&self) {
        let answered = tokio::time::timeout(LIMIT, self.answers()).await;
        let taps: usize = self.pairs.iter().flatten().map(|one| self.acknowledged(one)).sum();
        assert!(answered.is_ok(), "{taps} answers, then nothing: {}", self.log());
        let mut changes = self.sim.changes();
        let quiet = tokio::time::timeout(LIMIT, async {
            loop {
                changes.mark_unchanged();
                let counts = self.store.outbox_counts().await.expect("the database works");
                if counts.waiting == 0 && counts.unsure == 0 {
                    return;
                }
                soon(&mut changes).await;
            }
        });
        assert!(quiet.await.is_ok(), "{:?}: {}", self.store.outbox_counts().await, self.log());
    }

    /// Nothing that was confirmed is lost, and what stands twice is counted. Returns how many pulses do.
    pub async fn all_is_well(&self) -> usize {
        let stored: BTreeMap<String, i64> =
            self.rows("select person_id, value from answer").await.into_iter().collect();
        let workspace = self.program.id.workspace();
        for one in self.pairs.iter().flatten() {
            let taps = self.taps.lock().expect("nobody panics");
            let taps = &taps[one.id()];
            let last = taps.iter().rposition(|tap| tap.acknowledged).expect("everybody has had enough");
            let possible: Vec<i64> = taps[last..].iter().map(|tap| tap.value).collect();
            let is = stored.get(PersonId::new(&workspace, one.id()).as_str());
            assert!(is.is_some_and(|value| possible.contains(value)), "{is:?} is stored and {possible:?} was tapped");
        }
        assert_eq!(stored.len(), self.pairs.len() * 2, "one answer each");

        let doubted: BTreeMap<String, i64> = self
            .rows(
                "select name, case when doubtful is null then cast(0 as bigint) else cast(1 as bigint) end from outbox",
            )
            .await
            .into_iter()
            .collect();
        let mut twice = 0;
        for [mentee, mentor] in &self.pairs {
            let id = |one: &Someone| PersonId::new(&workspace, one.id());
            let pair = PairId::new(&self.program.id, &id(mentor), &id(mentee));
            let (copies, rows) =
                (pulses(mentee).len(), doubted.iter().filter(|(name, _)| name.contains(pair.as_str())));
            let pulse: Vec<i64> =
                rows.filter(|(name, _)| name.starts_with("pulse:")).map(|(_, doubt)| *doubt).collect();
            assert_eq!(pulse.len(), 1, "planned once: {doubted:?}");
            assert!(copies >= 1 && copies as i64 <= 1 + pulse[0], "{copies} copies, not counted as doubtful");
            twice += copies - 1;
        }
        assert_eq!(self.sim.complaints(), Vec::<String>::new());
        twice
    }

    /// Texts with numbers.
    async fn rows(&self, select: &'static str) -> Vec<(String, i64)> {
        let read: Result<Vec<(String, i64)>, StoreError> =
            raw!(&self.store, Urgency::Keeping, select, |conn, select| async move {
                let rows = sqlx::query(*select).fetch_all(conn).await?;
                rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
            });
        read.expect("the database works")
    }

    /// What the program said.
    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

/// The pulses that this person sees.
fn pulses(one: &Someone) -> Vec<Message> {
    let places = one.conversations();
    let all = places.iter().flat_map(|place| one.messages(&place.id));
    all.filter(|message| message.as_text().contains(PULSE)).collect()
}

fn person(program: &Program, someone: &Someone) -> Person {
    let profile = someone.profile();
    let id = PersonId::new(&program.id.workspace(), someone.id());
    let looked: DateTime<Utc> = Clock::System.now();
    Person { id, name: profile.shown_name().to_owned(), zone: profile.tz(), deactivated: None, looked }
}

/// A zone in which it is about noon now, so that no midnight gets in between.
fn noon() -> Tz {
    let ahead = 12 - i64::from(Clock::System.now().hour());
    let name = match ahead {
        0 => "Etc/GMT".to_owned(),
        // The sign of these names is the other way round.
        1.. => format!("Etc/GMT-{ahead}"),
        _ => format!("Etc/GMT+{}", -ahead),
    };
    name.parse().expect("a zone")
}

/// Something changed, or may have changed where nobody can see it.
pub async fn soon(changes: &mut watch::Receiver<u64>) {
    let _ = tokio::time::timeout(Duration::from_millis(200), changes.changed()).await;
}
