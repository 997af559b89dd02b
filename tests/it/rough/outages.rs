//! The database is away, or has no room, while somebody taps.

use std::time::Duration;

use rapport::sim::SimOptions;
use rapport::store::sqlite;
use sqlx::{Connection, Executor, PgConnection};

use super::PULSE;
use super::crowd::{Crowd, soon};
use crate::store::Base;
use crate::world::World;

#[tokio::test]
async fn nobody_is_told_saved_before_it_is() {
    let world = World::started().await;
    world.berlin("2026-05-05 10:01").await;
    let (ana, pulse) = (world.person("Ana").someone, world.only("Ana", PULSE));
    let mut other = sqlite::Connection::connect(&world.base.url).await.expect("the file opens");
    other.execute("begin immediate").await.expect("nobody else writes");

    let tapped = ana.tap(&pulse, "Mostly").await;
    assert!(!tapped.acknowledged, "not within two seconds");
    assert!(world.all("Ana", "Saved").is_empty());
    assert!(world.only("Ana", PULSE).warning, "the sign at the button");

    other.execute("rollback").await.expect("the others may write");
    assert!(ana.tap(&pulse, "Mostly").await.acknowledged);
    world.settle().await;
    assert!(!world.all("Ana", "Saved: *Mostly*").is_empty());
    assert!(!world.only("Ana", PULSE).warning);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_confirms_nothing_and_loses_nothing() {
    let quick = |slack: &mut SimOptions| slack.ack_deadline = Duration::from_millis(500);
    let mut crowd = Crowd::begin(Base::sqlite(), quick).await;
    crowd.join(8).await;
    let process = crowd.start();
    crowd.is_asked().await;
    let file = crowd.database().trim_start_matches("sqlite:");
    let sizes =
        [file.to_owned(), format!("{file}-wal")].map(|file| std::fs::metadata(file).map_or(0, |file| file.len()));
    process.has_room(Some(sizes[0].max(sizes[1]) + 100_000));
    tokio::select! {
        () = crowd.answers() => panic!("there was room for all"),
        () = crowd.is_refused(3) => {}
    }
    process.has_room(None);
    crowd.rests().await;
    assert_eq!(crowd.all_is_well().await, 0);
    process.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_cut_under_load_lose_nothing() {
    let mut crowd = Crowd::begin(Base::postgres().await, |_| ()).await;
    crowd.join(10).await;
    let process = crowd.start();
    let mut admin = PgConnection::connect(crowd.database()).await.expect("the server");
    let mut changes = crowd.sim.changes();
    let cuts = async {
        for _ in 0..8 {
            for _ in 0..12 {
                soon(&mut changes).await;
            }
            // The listener's, the writers', the readers': all but ours.
            admin
                .execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity
                    where application_name = 'rapport' and datname = current_database()",
                )
                .await
                .expect("cut");
        }
    };
    tokio::join!(crowd.answers(), cuts);
    crowd.rests().await;
    assert_eq!(crowd.all_is_well().await, 0);
    process.kill();
}
