//! The store, on both engines: each story is written once.

mod claims;
mod exactly_once;
mod opening;
mod writing;

use chrono::{DateTime, TimeDelta, Utc};
use rapport::core::event::Receipt;
use rapport::core::id::{PairId, PersonId, PulseId, WorkspaceId};
use rapport::core::message::{Message, Place};
use rapport::store::{ClaimClock, Key, Options, Store, Urgency};

use crate::postgres;

/// Writes raw statements on whatever engine it is; in tests only, where a story needs what others will write.
macro_rules! raw {
    ($store:expr, $urgency:expr, $args:expr, |$conn:ident, $each:pat_param| $body:expr) => {
        match $store {
            Store::Sqlite(db) => db.write(Key::NONE, $urgency, $args, |$conn, $each| Box::pin($body)).await,
            Store::Postgres(db) => db.write(Key::NONE, $urgency, $args, |$conn, $each| Box::pin($body)).await,
        }
    };
}
pub(crate) use raw;

/// Makes two tests of a story, one for each engine.
macro_rules! on_both_engines {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story(crate::store::Base::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story(crate::store::Base::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both_engines;

/// A database that stores can be opened on.
pub struct Base {
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Base {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("rapport.db").display());
        Self { url, _folder: Some(folder) }
    }

    pub async fn postgres() -> Self {
        Self { url: postgres::fresh_database().await, _folder: None }
    }

    /// A serving store whose claims follow `now`, with one workspace `T1`.
    pub async fn open(&self) -> Store {
        self.open_with(Options { claims: ClaimClock::Now, ..Options::serving() }).await
    }

    /// A second process beside it. (On SQLite a visitor, for there is only one that serves.)
    pub async fn open_beside(&self) -> Store {
        let options = if self.is_sqlite() { Options::visiting() } else { Options::serving() };
        self.open_with(Options { claims: ClaimClock::Now, ..options }).await
    }

    pub async fn open_with(&self, options: Options) -> Store {
        let store = Store::open(&self.url, options, at(0)).await.expect("the store opens");
        store.install(WorkspaceId::from("T1"), "UBOT".to_owned()).await.expect("installed");
        store
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}

/// So many milliseconds into the story.
pub fn at(ms: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::milliseconds(ms)
}

pub const LEASE: TimeDelta = TimeDelta::seconds(30);

/// A pulse of the n-th pair.
pub fn pulse(n: u32) -> Message {
    let day = at(0).date_naive();
    Message::Pulse { pulse: PulseId::new(&PairId::from(format!("pair{n}")), day) }
}

/// Another message to the n-th person.
pub fn note(n: u32, coordinator: &str) -> Message {
    Message::UnreachableNote { pair: PairId::from(format!("pair{n}")), coordinator: PersonId::from(coordinator) }
}

pub fn receipt(ts: u32) -> Receipt {
    Receipt { channel: "G1".to_owned(), ts: format!("{ts}.000100") }
}

/// Wants a message sent, or sent again.
pub async fn raise(store: &Store, message: &Message, due: DateTime<Utc>) {
    let place = match message.place() {
        Place::Pair(pair) => format!("pair:{pair}"),
        Place::Person(person) => format!("person:{person}"),
        Place::Home(person) => format!("home:{person}"),
        Place::Reply(person) => format!("reply:{person}"),
        Place::At(receipt) => format!("channel:{}", receipt.channel),
    };
    let text = serde_json::to_string(message).expect("plain");
    let args = (message.name(), text, place, due.timestamp_millis());
    raw!(store, Urgency::Bulk, args, |conn, (name, text, place, due)| async move {
        sqlx::query(
            "insert into outbox (name, key, workspace_id, message, place, due, wanted, shown, claimed, attempts)
            values ($1, $2, 'T1', $3, $4, $5, 1, 0, 0, 0)
            on conflict (name) do update set wanted = outbox.wanted + 1, due = coalesce(outbox.due, excluded.due)",
        )
        .bind(name.as_str())
        .bind(name.key().as_str())
        .bind(text)
        .bind(place)
        .bind(due)
        .execute(conn)
        .await
        .map(drop)
    })
    .expect("raised");
}

/// Writes one row and nothing else.
pub async fn event_count(store: &Store, n: i64) -> Result<(), rapport::store::StoreError> {
    raw!(store, Urgency::Bulk, n, |conn, n| async move {
        sqlx::query("insert into event (event_id, at) values ($1, 0)")
            .bind(format!("e{n}"))
            .execute(conn)
            .await
            .map(drop)
    })
}
