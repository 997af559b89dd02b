//! Answers for totals only wait, leave once, and can be deleted until then; what was released stays.

use chrono::{DateTime, TimeDelta, Utc};
use rapport::core::answer::{Answer, Audience};
use rapport::core::decision::Change;
use rapport::core::program::Program;
use rapport::core::question::{Indicator, Role};
use rapport::core::scoring::blocks::{Block, BlockRow, Cell, Spread};
use rapport::core::scoring::compose;
use rapport::core::scoring::digest::Shown;
use rapport::core::scoring::pool::{Batch, Hidden, Left};
use rapport::core::scoring::record::Topic;
use rapport::core::scoring::release::Release;
use rapport::core::scoring::statistics::{Comparison, Outcome};
use rapport::core::scoring::suppression::PastThreshold;
use rapport::core::scoring::window::Released;

use super::super::operations::{export, programs, releases, window};
use super::{World, day, tell, tuesday};

/// A closed pulse: Bo answered two questions for totals only, Ann one by name.
async fn a_week(world: &mut World) -> DateTime<Utc> {
    let pulse = world.planned(day(), 1).await;
    let at = tuesday() + TimeDelta::minutes(1);
    let anns = world.answer(&pulse, 4, at);
    let bos = Answer { person: world.bo.clone(), audience: Audience::OnlyTotals, value: 2, ..anns.clone() };
    let second = Answer { question: "comm-honesty".into(), value: 1, ..bos.clone() };
    let answers = [anns, bos, second].map(Change::Answered);
    world.write(answers.into()).await;
    world.write(vec![Change::Closed { pulse: pulse.id.clone(), at: pulse.closes() }]).await;
    pulse.closes()
}

async fn pool(world: &mut World, cutoff: DateTime<Utc>) -> Vec<Hidden> {
    releases::pool(&mut world.conn, &world.program, cutoff).await.expect("read")
}

fn questions(pool: &[Hidden]) -> Vec<&str> {
    pool.iter().map(|hidden| hidden.question.as_str()).collect()
}

#[tokio::test]
async fn hidden_answers_wait_and_leave_once() {
    tell!(world, {
        let closed = a_week(&mut world).await;
        assert!(pool(&mut world, closed).await.is_empty(), "not before the cut-off that counts it");
        let cutoff = closed + TimeDelta::days(3);
        let waiting = pool(&mut world, cutoff).await;
        assert_eq!(questions(&waiting), ["comm-honesty", "comm-openness"]);
        assert_eq!((&waiting[0].person, &waiting[0].partner), (&world.bo, &world.ann));
        assert_eq!((waiting[0].role, waiting[0].closed), (Role::Mentor, closed));

        let batch =
            |points| Batch { indicator: Indicator::Communication, role: Role::Mentor, cutoff, people: 5, points };
        let new = Released { batches: vec![batch(Some(17))], ..Released::default() };
        let program = world.program.id.clone();
        let release = Release { new: new.clone(), left: vec![(&waiting[0], Left::InBatch)] };
        releases::store(&mut world.conn, &program, &release).await.expect("stored");
        assert_eq!(questions(&pool(&mut world, cutoff).await), ["comm-openness"]);
        let later = cutoff + TimeDelta::weeks(12);
        let expired = Release { new: Released::default(), left: vec![(&waiting[1], Left::Expired)] };
        releases::store(&mut world.conn, &program, &expired).await.expect("stored");
        assert!(pool(&mut world, later).await.is_empty());
        let ways: Vec<String> = world.table("answer").await;
        assert_eq!(ways.iter().filter(|row| row.contains("left_with=expired")).count(), 1, "{ways:?}");
        assert_eq!(ways.iter().filter(|row| row.contains("left_with=batch:")).count(), 1, "{ways:?}");

        let released = releases::released(&mut world.conn, &program, cutoff - TimeDelta::weeks(1), later).await;
        assert_eq!(released.expect("read"), new);
        let (_, batches) = export::totals(&mut world.conn, &program).await.expect("read");
        assert_eq!(batches.iter().map(|batch| (batch.people, batch.points)).collect::<Vec<_>>(), [(5, 17)]);
        // A second batch of the same week would tell the first one's answers.
        assert!(releases::store(&mut world.conn, &program, &Release { new, left: vec![] }).await.is_err());
    });
}

#[tokio::test]
async fn a_hidden_answer_can_be_deleted_while_it_waits() {
    tell!(world, {
        let cutoff = a_week(&mut world).await + TimeDelta::days(3);
        sqlx::query("delete from answer where question_id = 'comm-honesty'")
            .execute(&mut world.conn)
            .await
            .expect("deleted");
        assert_eq!(questions(&pool(&mut world, cutoff).await), ["comm-openness"]);
    });
}

#[tokio::test]
async fn what_was_released_is_read_as_it_was() {
    tell!(world, {
        let cutoff = a_week(&mut world).await + TimeDelta::days(3);
        let program = world.program.id.clone();
        let row =
            |of| BlockRow { of, people: 6, answers: 7, points: 21, spread: Spread { means: 1800, squares: 600_000 } };
        let block = Block {
            indicator: Indicator::Growth,
            cutoff,
            rows: vec![row(Cell::Programme), row(Cell::Group(Some("Design".into()))), row(Cell::Group(None))],
            small: vec![Some("Data".into())],
            beside: vec![],
        };
        let hidden = Batch { indicator: Indicator::Growth, role: Role::Mentee, cutoff, people: 5, points: None };
        let compared = |indicator, outcome| Comparison { indicator, cutoff, pairs: 9, outcome };
        let new = Released {
            blocks: vec![block],
            batches: vec![hidden],
            comparisons: vec![
                compared(Indicator::Feedback, Outcome::Higher(Role::Mentor)),
                compared(Indicator::Growth, Outcome::NotProven),
            ],
        };
        let release = Release { new: new.clone(), left: vec![] };
        releases::store(&mut world.conn, &program, &release).await.expect("stored");
        let window = window::window(&mut world.conn, &program, cutoff).await.expect("read").expect("a programme");
        assert_eq!(window.released, new);
        assert_eq!(window.counted_until, None, "this very cut-off is not over");
        let later = cutoff + TimeDelta::weeks(1);
        let window = window::window(&mut world.conn, &program, later).await.expect("read").expect("a programme");
        assert_eq!(window.counted_until, Some(cutoff));
        let (totals, batches) = export::totals(&mut world.conn, &program).await.expect("read");
        let lines: Vec<_> = totals.iter().map(|line| (line.of, line.group.as_deref(), line.points)).collect();
        assert_eq!(lines, [("programme", None, 21), ("group", Some("Design"), 21), ("group", None, 21)]);
        assert!(batches.is_empty(), "what may not be shown is not there");
        let given: Vec<_> = window.pairs[0].record.given.iter().map(|given| (given.question, given.at)).collect();
        let openness = Topic::all(&world.program)["comm-openness"];
        assert!(given.contains(&(openness, tuesday() + TimeDelta::minutes(1))), "{given:?}");
    });
}

#[tokio::test]
async fn thresholds_that_were_are_kept() {
    tell!(world, {
        let program = world.program.clone();
        let at = |hours| tuesday() + TimeDelta::hours(hours);
        for (hours, threshold) in [(1, 5), (2, 8), (3, 3), (4, 3)] {
            let changed = Program { threshold, open_days: 2 + u16::from(threshold), ..program.clone() };
            programs::apply_settings(&mut world.conn, &changed, None, at(hours)).await.expect("applied");
        }
        let past = releases::past_thresholds(&mut world.conn, &program.id).await.expect("read");
        let kept = |hours, people| PastThreshold { until: at(hours), people };
        assert_eq!(past, [kept(2, 5), kept(3, 8)]);
    });
}

/// The digest of this cut-off told seven answers of six people about growth.
async fn growth_was_told(world: &mut World, cutoff: DateTime<Utc>) {
    let row = BlockRow { of: Cell::Programme, people: 6, answers: 7, points: 21, spread: Spread::default() };
    let block = Block { indicator: Indicator::Growth, cutoff, rows: vec![row], small: vec![], beside: vec![] };
    let new = Released { blocks: vec![block], ..Released::default() };
    let program = world.program.id.clone();
    releases::store(&mut world.conn, &program, &Release { new, left: vec![] }).await.expect("stored");
}

#[tokio::test]
async fn who_begins_to_coordinate_reads_no_totals_that_their_own_pair_is_in() {
    tell!(world, {
        let pulse = world.planned(day(), 1).await;
        world.write(vec![Change::Closed { pulse: pulse.id.clone(), at: pulse.closes() }]).await;
        let cutoff = |weeks| tuesday() + TimeDelta::days(6) + TimeDelta::weeks(weeks);
        growth_was_told(&mut world, cutoff(0)).await;
        growth_was_told(&mut world, cutoff(1)).await;
        let (bo, carla, program) = (world.bo.clone(), world.carla.clone(), world.program.clone());
        let mut growth = Vec::new();
        // Bo begins after two weeks; later other settings change; then he is left out, and named again.
        for (hours, coordinators, open_days, at) in [
            (1, vec![carla.clone(), bo.clone()], 3, 1),
            (24, vec![carla.clone(), bo.clone()], 4, 2),
            (25, vec![carla.clone()], 4, 2),
            (26, vec![carla, bo.clone()], 4, 2),
        ] {
            let changed = Program { coordinators, open_days, ..program.clone() };
            let applied = cutoff(1) + TimeDelta::hours(hours);
            programs::apply_settings(&mut world.conn, &changed, None, applied).await.expect("applied");
            if hours == 24 {
                growth_was_told(&mut world, cutoff(2)).await;
            }
            let window = window::window(&mut world.conn, &program.id, cutoff(at)).await.expect("read").expect("it");
            let n = |reader| match compose::compose(&window, cutoff(at), reader).indicators[0].shown {
                Shown::Mean { n, .. } => Some(n),
                _ => None,
            };
            growth.push((n(Some(&bo)), n(None)));
        }
        let (own, others) = (Some(7), Some(21));
        assert_eq!(growth, [(None, Some(14)), (own, others), (others, others), (None, others)]);
    });
}
