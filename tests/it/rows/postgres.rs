//! The stories on PostgreSQL, each in a database of its own.

use std::time::Duration;

use rapport::core::act::on_pulse;
use rapport::core::attention::Spent;
use rapport::core::event::{Act, What};
use rapport::core::message::Message;
use rapport::core::pulse::AskState;
use rapport::store::postgres::operations::{self, apply, attention, cases, contents, destinations, due, late};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::postgres::fresh_database;

#[allow(clippy::duplicate_mod, reason = "one set of stories, told on each engine")]
#[path = "story/mod.rs"]
mod story;

/// A new database, and where it is.
async fn open() -> (PgConnection, String) {
    let url = fresh_database().await;
    let mut conn = another(&url).await;
    sqlx::raw_sql(AssertSqlSafe(super::schema())).execute(&mut conn).await.expect("the tables");
    (conn, url)
}

/// Somebody answers while the pulse closes in another process: the one waits for the other, and sees what it did.
#[tokio::test]
async fn whoever_closes_a_pulse_waits_for_the_answer_under_way() {
    let (conn, url) = open().await;
    let mut world = story::World::begin(conn).await;
    let pulse = world.planned(story::day(), 1).await;
    let (mut closing, mut watching) = (another(&url).await, another(&url).await);
    let pid: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut closing).await.expect("read");

    let mut answering = world.conn.begin().await.expect("begun");
    let case = cases::pulse_case(&mut answering, &pulse.id, &world.ann, &world.vault).await.expect("read");
    let tap = Act {
        id: "E1".into(),
        by: world.ann.clone(),
        at: pulse.strike,
        proof: None,
        what: What::Answered { pulse: pulse.id.clone(), question: "comm-openness".into(), value: 4 },
    };
    let decision = on_pulse(&case.expect("a pulse"), &tap, tap.at);
    apply::apply(&mut answering, &world.vault, &decision, &story::workspace(), tap.at).await.expect("written");

    let close = async {
        let mut closing = closing.begin().await.expect("begun");
        let case = cases::closing_case(&mut closing, &pulse.id).await.expect("read").expect("a pulse");
        closing.commit().await.expect("committed");
        case.pulse.mentee.state
    };
    let answer = async {
        until_it_waits(&mut watching, pid).await;
        answering.commit().await.expect("committed");
    };
    let both = async { tokio::join!(close, answer) };
    let (state, ()) = tokio::time::timeout(Duration::from_secs(20), both).await.expect("one waits for the other");
    assert_eq!(state, AskState::Answered { at: tap.at });
}

/// Two processes plan for the same person at once, who has room for one more message: the second is told, and decides
/// again on a full week.
#[tokio::test]
async fn the_last_slot_of_a_week_goes_to_one_message() {
    let (conn, url) = open().await;
    let world = story::World::begin(conn).await;
    let spent =
        |n: usize| Spent { person: world.ann.clone(), week: "2026-W19".to_owned(), message: format!("m{n}").into() };
    let (mut one, mut other, mut watching) = (another(&url).await, another(&url).await, another(&url).await);
    for n in [1, 2] {
        attention::spent(&mut one, &spent(n)).await.expect("there is room");
    }
    let pid: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut other).await.expect("read");
    let mut first = one.begin().await.expect("begun");
    attention::spent(&mut first, &spent(3)).await.expect("there is room");
    let late = spent(4);
    let second = attention::spent(&mut other, &late);
    let commit = async {
        until_it_waits(&mut watching, pid).await;
        first.commit().await.expect("committed");
    };
    let both = async { tokio::join!(second, commit) };
    let (second, ()) = tokio::time::timeout(Duration::from_secs(20), both).await.expect("one waits for the other");
    let error = second.expect_err("the week is full");
    assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some("attention_pkey"));
}

/// What is prepared for a message is read where nothing can be written or held.
#[tokio::test]
async fn a_message_is_prepared_in_a_read_only_moment() {
    let (conn, _) = open().await;
    let mut world = story::World::begin(conn).await;
    let pulse = world.planned(story::day(), 1).await;
    let alone = Message::PrivatePulse { pulse: pulse.id.clone(), person: world.ann.clone(), day: story::day() };
    let home = Message::Home { person: world.ann.clone() };
    let mut moment = world.conn.begin_with("begin isolation level repeatable read read only").await.expect("a moment");
    for message in [Message::Pulse { pulse: pulse.id }, alone, home] {
        let content = contents::content(&mut moment, &world.vault, &message, pulse.strike).await.expect("read");
        assert!(content.is_some(), "{message:?}");
        destinations::destination(&mut moment, &message).await.expect("read");
        assert_eq!(late::instead(&mut moment, &message, pulse.strike).await.expect("read"), None);
    }
    due::next_due(&mut moment).await.expect("read");
}

/// Only once the other is seen to wait is there something to show.
async fn until_it_waits(watching: &mut PgConnection, pid: i32) {
    loop {
        let waits: i64 = sqlx::query_scalar("select count(*) from pg_locks where pid = $1 and not granted")
            .bind(pid)
            .fetch_one(&mut *watching)
            .await
            .expect("read");
        if waits > 0 {
            break;
        }
    }
}

/// One more connection to this database.
async fn another(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("the cluster answers")
}
