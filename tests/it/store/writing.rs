//! The writer: shared commits, and nobody pays for a neighbour.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rapport::store::{Store, StoreError, Urgency};
use sqlx::{Connection, PgConnection};

use super::{Base, Key, on_both_engines, raw};

const INSERT: &str = "insert into event (event_id, at) values ($1, $2)";

async fn event(store: &Store, id: &str, at: i64) -> Result<(), StoreError> {
    raw!(store, Urgency::Act, (id.to_owned(), at), |conn, (id, at)| async move {
        sqlx::query(INSERT).bind(id).bind(at).execute(conn).await.map(drop)
    })
}

async fn events(store: &Store) -> Vec<String> {
    let select = "select event_id from event order by at, event_id";
    match store {
        Store::Sqlite(db) => db.read((), |conn, ()| Box::pin(sqlx::query_scalar(select).fetch_all(conn))).await,
        Store::Postgres(db) => db.read((), |conn, ()| Box::pin(sqlx::query_scalar(select).fetch_all(conn))).await,
    }
    .expect("read")
}

async fn a_bad_member_spoils_nobody_elses_commit(base: Base) {
    let store = base.open().await;
    event(&store, "taken", 0).await.expect("stored");
    let jobs = (0..200).map(|n| {
        let store = store.clone();
        // Every tenth breaks a constraint.
        async move { event(&store, &if n % 10 == 0 { "taken".to_owned() } else { format!("e{n}") }, n).await }
    });
    let results = futures_util::future::join_all(jobs).await;
    for (n, result) in results.iter().enumerate() {
        assert_eq!(result.is_err(), n % 10 == 0, "{n}: {result:?}");
    }
    assert_eq!(events(&store).await.len(), 181);
}

async fn what_was_confirmed_can_be_read_at_once(base: Base) {
    let store = base.open().await;
    for n in 0..50 {
        event(&store, &format!("e{n:02}"), n).await.expect("stored");
        assert_eq!(events(&store).await.len(), usize::try_from(n).expect("small") + 1);
    }
}

async fn a_job_that_panics_fails_alone(base: Base) {
    let store = base.open().await;
    let (bad, good) = tokio::join!(
        async {
            raw!(&store, Urgency::Act, (), |conn, ()| async move {
                sqlx::query("insert into event (event_id, at) values ('bad', 0)").execute(conn).await?;
                if true {
                    std::panic::panic_any("on purpose");
                }
                Ok(())
            })
        },
        event(&store, "good", 0)
    );
    assert!(matches!(bad, Err(StoreError::Panicked)), "{bad:?}");
    good.expect("stored");
    event(&store, "later", 1).await.expect("the writer lives");
    assert_eq!(events(&store).await, ["good", "later"]);
}

async fn an_error_that_a_job_swallows_is_never_taken_for_success(base: Base) {
    let store = base.open().await;
    event(&store, "taken", 0).await.expect("stored");
    let swallows = raw!(&store, Urgency::Act, (), |conn, ()| async move {
        sqlx::query("insert into event (event_id, at) values ('with it', 0)").execute(&mut *conn).await?;
        let _ = sqlx::query("insert into event (event_id, at) values ('taken', 0)").execute(conn).await;
        Ok(())
    });
    let stored = events(&store).await.contains(&"with it".to_owned());
    assert_eq!(swallows.is_ok(), stored, "success means stored");
    assert_eq!(stored, base.is_sqlite());
}

async fn commits_that_may_raise_messages_wake(base: Base) {
    let store = base.open().await;
    let mut here = store.commits();
    store.claim(super::at(0), super::LEASE, 1).await.expect("claimed");
    assert!(!here.has_changed().expect("open"), "bookkeeping wakes nobody");
    let other = base.open_beside().await;
    let mut there = other.commits();
    // The other process listens from some moment on; commits until then are not its concern.
    for n in 0.. {
        here.mark_unchanged();
        there.mark_unchanged();
        event(&store, &format!("e{n}"), 0).await.expect("stored");
        assert!(here.has_changed().expect("open"));
        let heard = tokio::time::timeout(std::time::Duration::from_millis(50), there.changed());
        if base.is_sqlite() || heard.await.is_ok() {
            break;
        }
        assert!(n < 200, "the other process hears nothing");
    }
}

async fn whoever_gave_up_left_nothing_behind(base: Base) {
    let store = base.open().await;
    // Dropped before the writer had a look: either it was written whole, or not at all, and the writer goes on.
    for n in 0..20 {
        let id = format!("gone{n}");
        let mut job = Box::pin(event(&store, &id, 0));
        let _ = futures_util::poll!(&mut job);
    }
    event(&store, "here", 1).await.expect("stored");
    assert!(events(&store).await.contains(&"here".to_owned()));
}

async fn what_waits_at_the_end_is_written(base: Base) {
    let store = base.open().await;
    let jobs: Vec<_> = (0..100)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { event(&store, &format!("e{n}"), n).await })
        })
        .collect();
    store.close().await;
    let mut stored = 0;
    for job in jobs {
        match job.await.expect("no panic") {
            Ok(()) => stored += 1,
            Err(error) => assert!(matches!(error, StoreError::Closed), "{error}"),
        }
    }
    drop(store);
    let store = base.open().await;
    assert_eq!(events(&store).await.len(), stored);
}

on_both_engines!(
    a_bad_member_spoils_nobody_elses_commit,
    what_was_confirmed_can_be_read_at_once,
    a_job_that_panics_fails_alone,
    an_error_that_a_job_swallows_is_never_taken_for_success,
    commits_that_may_raise_messages_wake,
    whoever_gave_up_left_nothing_behind,
    what_waits_at_the_end_is_written,
);

#[tokio::test]
async fn commits_of_one_row_keep_their_order() {
    let base = Base::sqlite();
    let store = base.open().await;
    let Store::Sqlite(db) = &store else { panic!("opened on SQLite") };
    let count = Arc::new(AtomicU32::new(0));
    let jobs = (0..300_u32).map(|n| {
        let key = Key::of(["a", "b", "c"][n as usize % 3]);
        db.write(key, Urgency::Act, (n, count.clone()), |conn, (n, count)| {
            Box::pin(async move {
                let turn = i64::from(count.fetch_add(1, Ordering::Relaxed));
                sqlx::query(INSERT).bind(format!("{}:{n:03}", n % 3)).bind(turn).execute(conn).await.map(drop)
            })
        })
    });
    // Without tokio's own idea of fairness, so that they come in the order of their numbers.
    for result in tokio::task::unconstrained(futures_util::future::join_all(jobs)).await {
        result.expect("stored");
    }
    let stored = events(&store).await;
    for row in ["0:", "1:", "2:"] {
        let turns: Vec<_> = stored.iter().filter(|id| id.starts_with(row)).collect();
        assert_eq!(turns.len(), 100);
        assert!(turns.is_sorted(), "{turns:?}");
    }
}

#[tokio::test]
async fn a_lost_connection_is_made_again_and_the_job_with_it() {
    let base = Base::postgres().await;
    let store = base.open().await;
    let runs = Arc::new(AtomicU32::new(0));
    raw!(&store, Urgency::Act, runs.clone(), |conn, runs| async move {
        sqlx::query("insert into event (event_id, at) values ('once', 0)").execute(&mut *conn).await?;
        if runs.fetch_add(1, Ordering::Relaxed) == 0 {
            // Somebody ends this very connection, in the middle of the transaction.
            let _ = sqlx::query("select pg_terminate_backend(pg_backend_pid())").execute(conn).await;
        }
        Ok(())
    })
    .expect("stored in the end");
    assert_eq!(runs.load(Ordering::Relaxed), 2);
    assert_eq!(events(&store).await, ["once"]);

    // All connections at once, readers too, while many write.
    let jobs = (0..100).map(|n| {
        let (store, url) = (store.clone(), base.url.clone());
        async move {
            if n == 50 {
                let all = "select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()";
                let mut admin = <sqlx::PgConnection as sqlx::Connection>::connect(&url).await.expect("in");
                sqlx::query(all).execute(&mut admin).await.expect("ended");
            }
            event_again(&store, &format!("e{n}")).await
        }
    });
    for result in futures_util::future::join_all(jobs).await {
        result.expect("stored");
    }
    assert_eq!(events(&store).await.len(), 101);
}

#[tokio::test]
async fn a_row_that_another_keeps_for_a_while_is_waited_for() {
    let base = Base::postgres().await;
    let store = base.open().await;
    event(&store, "kept", 0).await.expect("stored");
    let mut other = PgConnection::connect(&base.url).await.expect("in");
    // Longer than one of our statements waits for a row; then the server ends it.
    for statement in
        ["set idle_in_transaction_session_timeout = '4s'", "begin", "update event set at = 1 where event_id = 'kept'"]
    {
        sqlx::query(statement).execute(&mut other).await.expect("nobody else is here");
    }
    raw!(&store, Urgency::Keeping, (), |conn, ()| async move {
        sqlx::query("update event set at = 2 where event_id = 'kept'").execute(conn).await.map(drop)
    })
    .expect("stored in the end");
}

/// A job as ours are: doing it again changes nothing.
async fn event_again(store: &Store, id: &str) -> Result<(), StoreError> {
    raw!(store, Urgency::Act, id.to_owned(), |conn, id| async move {
        sqlx::query("insert into event (event_id, at) values ($1, 0) on conflict (event_id) do nothing")
            .bind(id)
            .execute(conn)
            .await
            .map(drop)
    })
}

#[tokio::test]
async fn a_full_disk_is_said_and_survived() {
    let base = Base::sqlite();
    let store = base.open().await;
    let long = "x".repeat(1_000_000);
    let full = raw!(&store, Urgency::Act, long.clone(), |conn, long| async move {
        // The same refusal as from a full disk.
        sqlx::query("pragma max_page_count = 100").execute(&mut *conn).await?;
        sqlx::query(INSERT).bind(long).bind(0_i64).execute(conn).await.map(drop)
    });
    assert!(matches!(full, Err(StoreError::Full)), "{full:?}");
    event(&store, "small", 0).await.expect("there is room for this");
    assert_eq!(events(&store).await, ["small"]);
}
