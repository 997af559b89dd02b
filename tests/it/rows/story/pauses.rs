//! Pauses: who is paused when, what planning and closing know of it, and an early end.

use chrono::{Days, TimeDelta};
use rapport::core::decision::Change;
use rapport::core::pause::{Of, Pause, Span, Why};

use super::super::operations::{cases, export, pauses};
use super::{day, tell, tuesday};

/// From the story's day on, for so many days.
fn days(count: u64) -> Span {
    Span { from: day(), until: day() + Days::new(count) }
}

#[tokio::test]
async fn a_pause_is_known_wherever_it_counts_and_can_end_early() {
    tell!(world, {
        let (pair, carla, at) = (world.pair.clone(), world.carla.clone(), tuesday());
        let pulse = world.planned(day(), 1).await;
        let of_pair =
            Pause { of: Of::Pair(pair.id.clone()), span: days(14), by: Some(carla.clone()), why: Why::Coordinator };
        let of_bo = Pause { of: Of::Person(world.bo.clone()), span: days(3), by: None, why: Why::Absence };
        let of_stranger = Pause { of: Of::Person(carla.clone()), span: days(9), by: None, why: Why::Own };
        for pause in [&of_pair, &of_bo, &of_stranger] {
            world.write(vec![Change::Paused { pause: pause.clone(), at }]).await;
        }
        let spans = [days(3), days(14)];
        let both = |mut known: Vec<Span>| {
            known.sort();
            assert_eq!(known, spans);
        };
        let case = cases::plan_case(&mut world.conn, &pair.id, tuesday()).await.expect("read").expect("a pair");
        both([case.pauses, case.rests[0].away.clone(), case.rests[1].away.clone()].concat());
        let case = cases::closing_case(&mut world.conn, &pulse.id).await.expect("read").expect("a pulse");
        both([case.pauses, case.rests[0].away.clone(), case.rests[1].away.clone()].concat());
        let of_program = pauses::of_program(&mut world.conn, &world.program, tuesday()).await.expect("read");
        both(of_program[&pair.id].clone());
        let lines = export::pauses(&mut world.conn, &world.program.id).await.expect("read");
        let said: Vec<_> = lines.iter().map(|line| format!("{} {} {}", line.of, line.why, line.until)).collect();
        assert_eq!(said, ["mentor absence 2026-05-22", "pair coordinator 2026-06-02"]);
        let on = day() + Days::new(3);
        let known = pauses::running(&mut world.conn, std::slice::from_ref(&pair), on).await.expect("read");
        assert_eq!(known, std::slice::from_ref(&of_pair));

        // A second tap, later and by another, changes nothing while it runs.
        let longer = Pause { span: days(21), by: None, ..of_pair.clone() };
        world.write(vec![Change::Paused { pause: longer.clone(), at: at + TimeDelta::hours(1) }]).await;
        let known = pauses::of_pair(&mut world.conn, &pair).await.expect("read");
        assert!(known.contains(&of_pair) && known.len() == 2);

        // It ends early, planning looks at once, and a new one may begin on the same day.
        let ends = day() + Days::new(1);
        let resumed = Change::Resumed { pair: pair.id.clone(), day: ends, by: carla, at: at + TimeDelta::days(1) };
        world.write(vec![resumed]).await;
        let known = pauses::of_pair(&mut world.conn, &pair).await.expect("read");
        assert!(known.contains(&Pause { span: days(1), ..of_pair }));
        assert!(world.table("pair").await[0].contains(&format!("next_look={}", tuesday().timestamp_millis())));
        world.write(vec![Change::Paused { pause: longer.clone(), at: at + TimeDelta::days(2) }]).await;
        assert!(pauses::of_pair(&mut world.conn, &pair).await.expect("read").contains(&longer));
    });
}
