//! People, programmes and pairs come in, again and in great number.

use chrono::TimeDelta;
use rapport::core::id::PersonId;
use rapport::core::message::Message;
use rapport::core::person::{Pair, Person, Standing};
use rapport::core::program::Program;

use super::super::operations::{pairs, people, programs};
use super::{World, pair_of, programme, someone, tell, tuesday, workspace};
use rapport::store::listed::Applied;

#[tokio::test]
async fn people_are_as_slack_last_described_them() {
    tell!(world, {
        let later = tuesday() + TimeDelta::hours(1);
        let away = Person { deactivated: Some(later), looked: later, ..someone("UANN", "Ann L.") };
        let older = Person { name: "Old".into(), looked: tuesday() - TimeDelta::days(9), ..away.clone() };
        // Both in one list, twice.
        for _ in 0..2 {
            people::upsert(&mut world.conn, &[away.clone(), older.clone()]).await.expect("written");
        }
        people::upsert(&mut world.conn, std::slice::from_ref(&older)).await.expect("written");
        let ids = [world.ann.clone(), PersonId::from("T1:UNOBODY")];
        assert_eq!(people::find(&mut world.conn, &ids).await.expect("read"), std::slice::from_ref(&away));
        let again = Person { deactivated: Some(later + TimeDelta::hours(1)), looked: later, ..away.clone() };
        people::upsert(&mut world.conn, &[again]).await.expect("written");
        let found = people::find(&mut world.conn, &ids).await.expect("read");
        assert_eq!(found[0].deactivated, Some(later), "since when stays");
        assert!(people::find(&mut world.conn, &[]).await.expect("read").is_empty());

        let pair = world.pair.id.clone();
        let due =
            people::of_pairs_looked_before(&mut world.conn, &[pair.clone(), pair], tuesday()).await.expect("read");
        assert_eq!(due.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Bo"]);
        let page = |after| (workspace(), later, after);
        let (team, before, after) = page(None::<Person>);
        let first = people::looked_before(&mut world.conn, &team, before, after.as_ref(), 1).await.expect("read");
        let rest = people::looked_before(&mut world.conn, &team, before, first.last(), 9).await.expect("read");
        let names: Vec<_> = first.iter().chain(&rest).map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Bo", "Carla"]);
    });
}

#[tokio::test]
async fn a_changed_zone_lets_planning_look_again() {
    tell!(world, {
        let (pair, later) = (world.pair.id.clone(), tuesday() + TimeDelta::days(3));
        world.write(vec![rapport::core::decision::Change::LookAgain { pair, next: later }]).await;
        let same = Person { looked: tuesday(), ..someone("UANN", "Ann L.") };
        people::upsert(&mut world.conn, std::slice::from_ref(&same)).await.expect("written");
        assert!(world.table("pair").await[0].contains(&format!("next_look={}", later.timestamp_millis())));
        people::upsert(&mut world.conn, &[Person { zone: chrono_tz::Asia::Kathmandu, ..same }]).await.expect("written");
        assert!(world.table("pair").await[0].contains(&format!("next_look={}", tuesday().timestamp_millis())));
    });
}

async fn apply(world: &mut World, program: &Program) -> Applied {
    let digest = Some(tuesday() + TimeDelta::days(6));
    programs::apply_settings(&mut world.conn, program, digest, tuesday()).await.expect("applied")
}

#[tokio::test]
async fn settings_are_new_changed_or_the_same() {
    tell!(world, {
        let mut autumn = programme("Autumn", &world.bo);
        assert_eq!(apply(&mut world, &autumn).await, Applied::New);
        let once = world.dump().await;
        assert_eq!(apply(&mut world, &autumn).await, Applied::Same);
        assert_eq!(once, world.dump().await);
        autumn.coordinators = vec![world.carla.clone(), world.ann.clone()];
        assert_eq!(apply(&mut world, &autumn).await, Applied::Changed);
        let coordinators = world.table("coordinator").await;
        assert_eq!(coordinators.iter().filter(|line| line.contains("autumn")).count(), 2, "{coordinators:?}");
        let conn = &mut world.conn;
        assert_eq!(programs::find(conn, &autumn.id).await.expect("read"), Some(autumn.clone()));
        assert_eq!(programs::list(conn, &workspace()).await.expect("read"), [autumn, world.program.clone()]);

        let pair = world.pair.id.clone();
        let later = tuesday() + TimeDelta::days(3);
        world.write(vec![rapport::core::decision::Change::LookAgain { pair, next: later }]).await;
        let mut spring = world.program.clone();
        spring.open_days = 2;
        assert_eq!(apply(&mut world, &spring).await, Applied::Changed);
        assert!(world.table("pair").await[0].contains(&format!("next_look={}", tuesday().timestamp_millis())));
    });
}

#[tokio::test]
async fn each_is_welcomed_once_and_again_for_a_new_partner() {
    tell!(world, {
        let dan = someone("UDAN", "Dan");
        people::upsert(&mut world.conn, std::slice::from_ref(&dan)).await.expect("written");
        let welcome =
            |person: &PersonId| Message::Welcome { program: world.program.id.clone(), person: person.clone() }.name();
        let (bo, new_partner) = (welcome(&world.bo), welcome(&dan.id));
        assert_eq!(world.raised(bo.as_str()).await.map(|(wanted, _)| wanted), Some(1));
        let second = pair_of(&world.program.id, &world.bo, &dan.id);
        let both = [world.pair.clone(), second.clone()];
        for added in [1, 0] {
            assert_eq!(pairs::add(&mut world.conn, &workspace(), &both, tuesday()).await.expect("added"), added);
            assert_eq!(world.raised(bo.as_str()).await.map(|(wanted, _)| wanted), Some(2));
            assert_eq!(world.raised(new_partner.as_str()).await.map(|(wanted, _)| wanted), Some(1));
        }
        let existing = pairs::existing(&mut world.conn, &world.program.id).await.expect("read");
        assert_eq!(existing.len(), 2);
        let listed = pairs::list(&mut world.conn, &world.program.id).await.expect("read");
        assert_eq!(listed.iter().map(|pair| pair.mentee_name.as_str()).collect::<Vec<_>>(), ["Ann", "Dan"]);
        assert_eq!((listed[1].pair.clone(), listed[1].mentor), (second, Standing::Invited));
    });
}

#[tokio::test]
async fn ten_thousand_pairs_come_in_at_once_and_again() {
    tell!(world, {
        let crowd: Vec<Person> = (0..10_100).map(|n| someone(&format!("U{n:05}"), &format!("Person {n}"))).collect();
        people::upsert(&mut world.conn, &crowd).await.expect("people");
        let (mentors, mentees) = crowd.split_at(100);
        let many: Vec<Pair> = mentees
            .iter()
            .zip(mentors.iter().cycle())
            .map(|(mentee, mentor)| pair_of(&world.program.id, &mentor.id, &mentee.id))
            .collect();
        assert_eq!(pairs::add(&mut world.conn, &workspace(), &many, tuesday()).await.expect("added"), 10_000);
        assert_eq!(world.table("outbox").await.len(), 10_100 + 2);
        assert_eq!(world.table("participation").await.len(), 10_100 + 2);
        let once = world.table("outbox").await;
        assert_eq!(pairs::add(&mut world.conn, &workspace(), &many, tuesday()).await.expect("added"), 0);
        assert_eq!(once, world.table("outbox").await);
        let listed = pairs::list(&mut world.conn, &world.program.id).await.expect("read");
        assert_eq!(listed.len(), 10_001);
        let ids: Vec<_> = many.iter().map(|pair| pair.id.clone()).collect();
        let due = people::of_pairs_looked_before(&mut world.conn, &ids, tuesday()).await.expect("read");
        assert_eq!(due.len(), 10_100);
    });
}

#[tokio::test]
async fn a_pair_gets_another_start_until_it_is_asked() {
    tell!(world, {
        let moved = |start: &str, name: &str| Pair {
            starts: start.parse().expect("a day"),
            connection: Some(name.to_owned()),
            group: Some(format!("Group of {name}")),
            ..world.pair.clone()
        };
        let (first, second) = (moved("2026-06-01", "B & A"), moved("2026-07-01", "Bo & Ann"));
        pairs::change(&mut world.conn, std::slice::from_ref(&first), tuesday()).await.expect("changed");
        let existing = pairs::existing(&mut world.conn, &world.program.id).await.expect("read");
        assert_eq!(existing, std::slice::from_ref(&first));
        world.planned(super::day(), 1).await;
        pairs::change(&mut world.conn, std::slice::from_ref(&second), tuesday()).await.expect("changed");
        let existing = pairs::existing(&mut world.conn, &world.program.id).await.expect("read");
        assert_eq!(existing, [Pair { starts: first.starts, ..second }]);
    });
}
