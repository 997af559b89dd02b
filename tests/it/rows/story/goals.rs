//! Goals: their words, steps, movements, and how sure the mentee felt.

use chrono::{DateTime, TimeDelta, Utc};
use rapport::core::content::Content;
use rapport::core::decision::Change;
use rapport::core::goal::{Confidence, Goal, GoalChange, GoalState, GoalStep, When, Words};
use rapport::core::id::{GoalId, PairId};
use rapport::core::message::Message;

use super::super::operations::goals::{self, Wanted};
use super::super::operations::{cases, contents, export};
use super::{World, tell, tuesday};

fn at(minutes: i64) -> DateTime<Utc> {
    tuesday() + TimeDelta::minutes(minutes)
}

fn goal(pair: &PairId, name: &str, title: &str, steps: &[(u16, &str)], written: DateTime<Utc>) -> Goal {
    let step = |(n, words): &(u16, &str)| GoalStep { n: *n, words: (*words).to_owned(), done: None };
    Goal {
        id: GoalId::from(name),
        pair: pair.clone(),
        words: Words { title: title.to_owned(), skill: Some("Speaking".to_owned()) },
        steps: steps.iter().map(step).collect(),
        by: None,
        state: GoalState::Open,
        set: at(0),
        moved: at(0),
        state_at: at(0),
        written,
    }
}

fn writes(goal: Goal) -> Change {
    Change::Goal(GoalChange::Written { goal: Box::new(goal) })
}

async fn known(world: &mut World, over: bool) -> Vec<Goal> {
    let pairs = [world.pair.id.clone()];
    let wanted = Wanted { pairs: &pairs, over_since: over.then_some(at(0)) };
    goals::of_pairs(&mut world.conn, &world.vault, wanted).await.expect("read")
}

#[tokio::test]
async fn words_are_sealed_and_of_two_writings_the_later_counts() {
    tell!(world, {
        let pair = world.pair.id.clone();
        world.write(vec![writes(goal(&pair, "g", "Talk", &[(1, "Outline"), (2, "Slides")], at(0)))]).await;
        world.write(vec![writes(goal(&pair, "g", "Short talk", &[(2, "Slides"), (3, "Rehearse")], at(5)))]).await;
        world.write(vec![writes(goal(&pair, "g", "Late", &[], at(3)))]).await;
        let stands = known(&mut world, false).await;
        assert_eq!(stands[0].words.title, "Short talk");
        assert_eq!(stands[0].steps.iter().map(|step| step.n).collect::<Vec<_>>(), [2, 3]);
        let rows = [world.table("goal").await, world.table("goal_step").await].concat().join("\n");
        for words in ["Talk", "talk", "Speaking", "Slides"] {
            assert!(!rows.contains(words), "{rows}");
        }
        assert_eq!(world.table("goal_move").await.len(), 1);
        assert!(cases::plan_case(&mut world.conn, &pair, tuesday()).await.expect("read").expect("a pair").goal);
        let title = goals::title(&mut world.conn, &world.vault, &GoalId::from("g")).await.expect("read");
        assert_eq!(title.as_deref(), Some("Short talk"));
    });
}

#[tokio::test]
async fn what_is_taken_back_was_a_movement_until_then() {
    tell!(world, {
        let (pair, id) = (world.pair.id.clone(), GoalId::from("g"));
        world.write(vec![writes(goal(&pair, "g", "Talk", &[(1, "Outline")], at(0)))]).await;
        let step =
            |done, at| Change::Goal(GoalChange::Stepped { pair: pair.clone(), goal: id.clone(), n: 1, done, at });
        let stands = |state, at| Change::Goal(GoalChange::Stands { pair: pair.clone(), goal: id.clone(), state, at });
        world.write(vec![step(true, at(10))]).await;
        world.write(vec![step(true, at(11))]).await;
        world.write(vec![step(false, at(20))]).await;
        world.write(vec![step(true, at(15))]).await;
        assert_eq!(known(&mut world, false).await[0].steps[0].done, None, "the later word counts");
        world.write(vec![stands(GoalState::Reached, at(30))]).await;
        world.write(vec![stands(GoalState::Open, at(40))]).await;
        world.write(vec![stands(GoalState::Dropped, at(50))]).await;
        let program = world.pair.program.clone();
        for (until, last, reached) in [(9, 0, 0), (12, 10, 0), (20, 0, 0), (25, 0, 0), (35, 30, 1), (45, 0, 0)] {
            let moves = goals::moves(&mut world.conn, &program, at(until)).await.expect("read");
            assert_eq!((moves[0].1.last, moves[0].1.set, moves[0].1.reached), (Some(at(last)), 1, reached), "{until}");
        }
        let facts = goals::facts(&mut world.conn, &pair).await.expect("read");
        assert_eq!((facts.set, facts.open, facts.dropped, facts.moved, facts.quiet), (1, 0, 1, Some(at(0)), None));
        let lines = export::goals(&mut world.conn, &program).await.expect("read");
        assert_eq!((lines[0].open, lines[0].reached, lines[0].dropped), (0, 0, 1));
        assert_eq!(known(&mut world, false).await, []);
        assert_eq!(known(&mut world, true).await[0].state, GoalState::Dropped);
    });
}

#[tokio::test]
async fn how_sure_a_mentee_feels_is_the_mentees_own_and_the_case_of_a_stranger_has_no_words() {
    tell!(world, {
        let (pair, mentee, mentor) = (world.pair.id.clone(), world.pair.mentee.clone(), world.pair.mentor.clone());
        world.write(vec![writes(goal(&pair, "g", "Talk", &[], at(0)))]).await;
        let sure = |value, at| {
            let confidence = Confidence { goal: GoalId::from("g"), when: When::Start, value, at };
            Change::Goal(GoalChange::Rated { confidence })
        };
        world.write(vec![sure(2, at(2))]).await;
        world.write(vec![sure(5, at(1))]).await;
        let kept = goals::confidence(&mut world.conn, std::slice::from_ref(&pair)).await.expect("read");
        assert_eq!(kept.iter().map(|one| (one.when, one.value)).collect::<Vec<_>>(), [(When::Start, 2)]);
        let stranger = world.carla.clone();
        let case = cases::goal_case(&mut world.conn, &world.vault, &pair, &stranger).await.expect("read");
        let case = case.expect("a pair");
        assert!(case.goals.is_empty() && case.rated.is_empty());
        for (who, own) in [(mentee, true), (mentor.clone(), false)] {
            let home = contents::content(&mut world.conn, &world.vault, &Message::Home { person: who }, at(5)).await;
            let Ok(Some(Content::Home(home))) = home else { panic!("App Home is there") };
            let page = home.goals.iter().find(|page| page.pair == pair).expect("goals");
            assert_eq!((page.own, page.goals.len()), (own, 1));
        }
        let list = contents::goals::of_mentees(&mut world.conn, &world.vault, &mentor, 0, at(5)).await.expect("read");
        assert_eq!((list.0.len(), list.1), (1, false));
    });
}
