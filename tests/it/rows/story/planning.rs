//! What planning knows, and when time has come.

use chrono::TimeDelta;
use rapport::core::attention::{Spent, Week};
use rapport::core::decision::{Change, Decision};
use rapport::core::message::Message;
use rapport::core::nudge::NudgeChange;
use rapport::core::person::Standing;
use rapport::core::question::Role;

use super::super::operations::{attention, cases, due, programs};
use super::{day, tell, tuesday};

#[tokio::test]
async fn a_plan_knows_what_was_asked_and_what_was_folded() {
    tell!(world, {
        let pair = world.pair.id.clone();
        let fresh = cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair");
        assert_eq!((fresh.asked, fresh.last_occurrence, fresh.history.len(), fresh.mentors_pairs), (0, None, 0, 1));
        assert_eq!((fresh.mentee_standing, fresh.mentor_standing), (Standing::Invited, Standing::Invited));
        assert!(!fresh.met);

        let first = world.planned(day(), 1).await;
        let second = world.planned(day() + TimeDelta::days(7), 2).await;
        world.write(super::folded(&second, second.strike)).await;
        let case = cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair");
        assert_eq!((case.asked, case.last_occurrence), (1, second.id.occurrence()), "a folded pulse was never asked");
        let asked: Vec<_> =
            case.history.iter().map(|asked| (asked.question.as_str(), asked.role, asked.week)).collect();
        assert_eq!(
            asked,
            [
                ("comm-openness", Role::Mentee, 2),
                ("growth-skill-used", Role::Mentee, 2),
                ("comm-openness", Role::Mentor, 2),
                ("growth-skill-used", Role::Mentor, 2),
            ]
        );

        // The same day planned again, with other content, changes nothing and posts nothing.
        let mut other = first.clone();
        other.number = 9;
        let next = second.strike + TimeDelta::days(7);
        let message = Message::Pulse { pulse: first.id.clone() };
        let before = world.dump().await;
        world
            .decide(Decision {
                changes: vec![Change::Planned { pulse: Box::new(other), spends: vec![], next }],
                messages: vec![message.clone().at(first.strike)],
                ..Decision::default()
            })
            .await;
        assert_eq!(before, world.dump().await);
        assert!(cases::plan_case(&mut world.conn, &"gone".into(), tuesday()).await.expect("read").is_none());
    });
}

#[tokio::test]
async fn a_week_has_three_slots_and_what_stands_has_one_all_the_same() {
    tell!(world, {
        let ann = world.ann.clone();
        let spent =
            |n: usize| Spent { person: ann.clone(), week: "2026-W19".to_owned(), message: format!("m{n}").into() };
        for n in [1, 2, 1, 3, 2] {
            attention::spent(&mut world.conn, &spent(n)).await.expect("there is room, or it has its slot");
        }
        let slots = world.table("attention").await;
        assert_eq!(slots.len(), 3, "{slots:?}");
        // Somebody else took the last one after the decision had counted.
        let error = attention::spent(&mut world.conn, &spent(4)).await.expect_err("there are no more than three");
        let error = error.as_database_error().map(|error| error.kind());
        assert_eq!(error, Some(sqlx::error::ErrorKind::UniqueViolation));
        attention::stands(&mut world.conn, &spent(5)).await.expect("it stands");
        attention::spent(&mut world.conn, &spent(5)).await.expect("it has its slot");
        assert_eq!(world.table("attention").await.len(), 4);
    });
}

#[tokio::test]
async fn a_pulse_that_stands_after_all_has_its_slots_again() {
    tell!(world, {
        let pulse = world.pulse(day(), 1);
        let name = Message::Pulse { pulse: pulse.id.clone() }.name();
        let spends = [&world.ann, &world.bo].map(|person| Spent {
            person: person.clone(),
            week: Week::of(chrono_tz::Tz::UTC, pulse.mentee.due).to_string(),
            message: name.clone(),
        });
        let next = pulse.strike + TimeDelta::days(7);
        let planned = Change::Planned { pulse: Box::new(pulse.clone()), spends: spends.to_vec(), next };
        world.write(vec![planned]).await;
        let taken = world.table("attention").await;
        assert_eq!(taken.len(), 2);
        world.write(super::folded(&pulse, tuesday())).await;
        assert_eq!(world.table("attention").await, Vec::<String>::new(), "nobody was asked");
        for person in [world.ann.clone(), world.bo.clone()] {
            world.write(vec![Change::AskUnfolded { pulse: pulse.id.clone(), person }]).await;
        }
        assert_eq!(world.table("attention").await, taken);
    });
}

#[tokio::test]
async fn a_word_to_the_welcome_lets_planning_look_again() {
    tell!(world, {
        let (program, ann, pair) = (world.program.id.clone(), world.ann.clone(), world.pair.id.clone());
        let at = |minutes| tuesday() + TimeDelta::minutes(minutes);
        let later = tuesday() + TimeDelta::days(30);
        let looks = format!("next_look={}", tuesday().timestamp_millis());
        let started = |at| Change::Started { program: program.clone(), person: ann.clone(), at };
        let declined = |at| Change::Declined { program: program.clone(), person: ann.clone(), at };
        for (change, standing) in [
            (
                Change::Welcomed { program: program.clone(), person: ann.clone(), at: at(0) },
                Standing::Welcomed { at: at(0) },
            ),
            (started(at(5)), Standing::Started { at: at(5) }),
            (declined(at(10)), Standing::Declined { at: at(10) }),
            (started(at(15)), Standing::Started { at: at(15) }),
        ] {
            world.write(vec![Change::LookAgain { pair: pair.clone(), next: later }]).await;
            world.write(vec![change]).await;
            let case = cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair");
            assert_eq!((case.mentee_standing, case.mentor_standing), (standing, Standing::Invited));
            assert!(world.table("pair").await[0].contains(&looks), "planning looks at once");
        }
        world.write(vec![Change::LookAgain { pair: pair.clone(), next: later }]).await;
        let before = world.dump().await;
        world.write(vec![declined(at(12))]).await;
        assert_eq!(before, world.dump().await, "an older word that comes late does not count");
        // The same word again is the later one; since when it is so does not change, and planning has nothing new.
        world.write(vec![started(at(20))]).await;
        world.write(vec![declined(at(17))]).await;
        assert!(!world.table("pair").await[0].contains(&looks));
        let case = cases::program_case(&mut world.conn, &program, &ann).await.expect("read").expect("a programme");
        assert_eq!(case.standing, Some(Standing::Started { at: at(15) }));
        assert_eq!(case.coordinators.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Carla"]);
        assert_eq!(case.partners, [world.bo.clone()]);
        let carla = world.carla.clone();
        let case = cases::program_case(&mut world.conn, &program, &carla).await.expect("read").expect("a programme");
        assert_eq!(case.standing, None, "she is in no pair");
    });
}

#[tokio::test]
async fn time_comes_for_pairs_pulses_and_digests() {
    tell!(world, {
        let next = tuesday() + TimeDelta::days(30);
        for person in [world.ann.clone(), world.bo.clone(), world.carla.clone()] {
            assert!(due::nudges(&mut world.conn, tuesday(), 10).await.expect("read").contains(&person));
            world.write(vec![Change::Nudge(NudgeChange::Looked { person, next })]).await;
        }
        let conn = &mut world.conn;
        assert_eq!(due::nudges(conn, tuesday(), 10).await.expect("read"), []);
        assert_eq!(due::pairs(conn, tuesday(), 10).await.expect("read"), [world.pair.id.clone()]);
        assert_eq!(due::next_due(conn).await.expect("read"), Some(tuesday()));
        let pulse = world.planned(day(), 1).await;
        let monday = tuesday() + TimeDelta::days(6);
        let conn = &mut world.conn;
        assert_eq!(due::pairs(conn, tuesday(), 10).await.expect("read"), []);
        assert_eq!(
            due::pulses_to_close(conn, pulse.closes() - TimeDelta::milliseconds(1), 10).await.expect("read"),
            []
        );
        let over = due::pulses_to_close(conn, pulse.closes(), 10).await.expect("read");
        assert_eq!(over, std::slice::from_ref(&pulse.id));
        assert_eq!(due::next_due(conn).await.expect("read"), Some(pulse.closes()));
        programs::set_next_digest(conn, &world.program.id, Some(monday)).await.expect("set");
        assert_eq!(due::digests(conn, monday).await.expect("read"), [(world.program.id.clone(), monday)]);
        assert_eq!(due::digests(conn, monday - TimeDelta::milliseconds(1)).await.expect("read"), []);

        let (ann, at) = (world.ann.clone(), pulse.closes());
        world.write(vec![Change::HomeOpened { person: ann.clone(), at: tuesday() }]).await;
        let closing = cases::closing_case(&mut world.conn, &pulse.id).await.expect("read").expect("a pulse");
        assert_eq!((closing.pulse, closing.home_opened), (pulse.clone(), vec![ann]));
        assert_eq!((closing.program, closing.zones), (world.program.clone(), [chrono_tz::Europe::Berlin; 2]));
        world.write(vec![Change::Closed { pulse: pulse.id.clone(), at }]).await;
        assert_eq!(due::pulses_to_close(&mut world.conn, at, 10).await.expect("read"), []);
        assert_eq!(due::next_due(&mut world.conn).await.expect("read"), Some(monday));
    });
}
