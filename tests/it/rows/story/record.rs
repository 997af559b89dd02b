//! Records: whether one is shared, and what is read for whom.

use chrono::{DateTime, TimeDelta, Utc};
use rapport::core::decision::Change;
use rapport::core::record::RecordChange;
use rapport::core::session::Session;

use super::super::operations::{cases, export, record};
use super::{World, tell, tuesday};

fn at(minutes: i64) -> DateTime<Utc> {
    tuesday() + TimeDelta::minutes(minutes)
}

fn shares(world: &World, shared: bool, minute: i64) -> Change {
    Change::Record(RecordChange::Shared { pair: world.pair.id.clone(), shared, at: at(minute) })
}

#[tokio::test]
async fn the_mentees_last_word_on_sharing_counts_and_the_mentor_alone_reads() {
    tell!(world, {
        let (pair, mentor, mentee) = (world.pair.id.clone(), world.pair.mentor.clone(), world.pair.mentee.clone());
        assert!(!record::is_shared(&mut world.conn, &pair).await.expect("read"));
        let change = shares(&world, true, 5);
        world.write(vec![change]).await;
        let change = shares(&world, false, 3);
        world.write(vec![change]).await;
        let case = cases::record_case(&mut world.conn, &pair).await.expect("read").expect("a pair");
        assert!(case.shared);
        let stranger = world.carla.clone();
        for (who, reads) in [(&mentor, true), (&mentee, false), (&stranger, false)] {
            let part = record::shared(&mut world.conn, &world.vault, &pair, who).await.expect("read");
            assert_eq!(part.is_some(), reads, "{who}");
        }
        assert_eq!(record::shared_with(&mut world.conn, &mentor).await.expect("read").len(), 1);
        assert!(record::shared_with(&mut world.conn, &mentee).await.expect("read").is_empty());
        let program = world.pair.program.clone();
        let lines = export::shares(&mut world.conn, &program).await.expect("read");
        assert_eq!(lines.iter().map(|line| line.shared).collect::<Vec<_>>(), [true]);
        let change = shares(&world, false, 6);
        world.write(vec![change]).await;
        assert!(record::shared(&mut world.conn, &world.vault, &pair, &mentor).await.expect("read").is_none());
    });
}

#[tokio::test]
async fn an_own_record_sums_up_sessions_that_took_place() {
    tell!(world, {
        let (pair, mentor, mentee) = (world.pair.id.clone(), world.pair.mentor.clone(), world.pair.mentee.clone());
        let logged = |day: &str, minutes| {
            let session = Session { day: day.parse().expect("a day"), minutes, by: mentee.clone(), at: at(0) };
            Change::SessionLogged { pair: pair.clone(), session, in_place_of: None }
        };
        world.write(vec![logged("2026-05-12", Some(45)), logged("2026-05-18", None)]).await;
        let gone = "2026-05-15".parse().expect("a day");
        world.write(vec![logged("2026-05-15", Some(60))]).await;
        world.write(vec![Change::SessionWithdrawn { pair: pair.clone(), day: gone, at: at(1) }]).await;
        let page = record::own(&mut world.conn, &world.vault, &mentee, at(5)).await.expect("read");
        let sum = page.pairs[0].sessions;
        assert_eq!((sum.count, sum.minutes, sum.last), (2, 45, "2026-05-18".parse().ok()));
        assert!(page.mentoring.is_empty() && !page.pairs[0].shared);
        let page = record::own(&mut world.conn, &world.vault, &mentor, at(5)).await.expect("read");
        assert!(page.pairs.is_empty() && page.mentoring.iter().any(|(_, one)| *one == sum));
        assert!(record::has(&mut world.conn, &mentor).await.expect("read"));
        let mia = world.ann.clone();
        let _ = record::own(&mut world.conn, &world.vault, &mia, at(5)).await.expect("read");
    });
}
