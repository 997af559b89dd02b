//! Nudges: one a week, the later word counts, effects are looked at at their marks, and nobody else's answers are read.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use rapport::core::attention::{Spent, Week};
use rapport::core::decision::Change;
use rapport::core::id::{NudgeId, PersonId};
use rapport::core::message::Message;
use rapport::core::nudge::effect::Verdict;
use rapport::core::nudge::facts::{NudgeCase, Nudged};
use rapport::core::nudge::{Kind, NudgeAct, NudgeChange, Reaction, Wanted, plan};
use rapport::core::question::Role;
use rapport::core::session::Session;
use sqlx::AssertSqlSafe;

use super::super::operations::{attention, cases, contents, nudges};
use super::{World, day, tell, tuesday, workspace};

/// A nudge to Ann, drawn on this day.
fn nudge(world: &World, kind: Kind, day: NaiveDate, held: bool) -> Nudged {
    let due = day.and_time(tuesday().time()).and_utc();
    Nudged {
        id: NudgeId::new(&world.ann, &world.pair.id, kind, day, 0),
        pair: world.pair.id.clone(),
        kind,
        episode: day,
        day,
        week: Week::of(chrono_tz::Europe::Berlin, due).to_string(),
        due,
        held,
        reaction: None,
        again: None,
        outcome: None,
    }
}

fn drawn(world: &World, nudge: &Nudged) -> Change {
    let message = Message::Nudge { nudge: nudge.id.clone(), person: world.ann.clone(), day: nudge.day };
    let spent = Spent::on(&world.ann, chrono_tz::Europe::Berlin, nudge.due, message.name());
    Change::Nudge(NudgeChange::Drawn {
        person: world.ann.clone(),
        nudge: Box::new(nudge.clone()),
        days: 7,
        measured: true,
        spent: (!nudge.held).then_some(spent),
    })
}

async fn case_of(world: &mut World, person: &PersonId) -> NudgeCase {
    let now = tuesday() + TimeDelta::days(1);
    cases::nudge_case(&mut world.conn, person, now).await.expect("read").expect("somebody who is known")
}

#[tokio::test]
async fn one_a_week_takes_one_slot_and_the_later_word_counts() {
    tell!(world, {
        let first = nudge(&world, Kind::FirstMeeting, day(), false);
        let second = nudge(&world, Kind::NoGoal, day() + Days::new(1), false);
        world.write(vec![drawn(&world, &first)]).await;
        // Another process came to another decision in the same week: its nudge is not there, and takes no slot.
        world.write(vec![drawn(&world, &second)]).await;
        let ann = world.ann.clone();
        assert_eq!(nudges::past(&mut world.conn, &ann).await.expect("read"), std::slice::from_ref(&first));
        assert_eq!(world.table("attention").await.len(), 1);

        let reacted = |reaction, again, minutes| {
            let (nudge, at) = (first.id.clone(), tuesday() + TimeDelta::minutes(minutes));
            Change::Nudge(NudgeChange::Reacted { nudge, reaction, again, at })
        };
        world.write(vec![reacted(Reaction::Tomorrow, Some(day() + Days::new(1)), 5)]).await;
        world.write(vec![reacted(Reaction::Done, None, 9)]).await;
        world.write(vec![reacted(Reaction::NotHelpful, None, 7)]).await;
        let stands = nudges::past(&mut world.conn, &ann).await.expect("read").remove(0);
        assert_eq!((stands.reaction, stands.again), (Some(Reaction::Done), Some(day() + Days::new(1))));
        let about = NudgeAct::Reacted { nudge: first.id.clone(), reaction: Reaction::Done };
        let case = cases::nudged_case(&mut world.conn, &about, &ann).await.expect("read").expect("somebody");
        assert_eq!(case.nudge.map(|(nudge, _, owner)| (nudge.id, owner)), Some((first.id.clone(), ann.clone())));

        let ended = |good| Change::Nudge(NudgeChange::Ended { nudge: first.id.clone(), good, at: tuesday() });
        world.write(vec![ended(true)]).await;
        world.write(vec![ended(false)]).await;
        assert_eq!(nudges::past(&mut world.conn, &ann).await.expect("read")[0].outcome, Some(true));
    });
}

#[tokio::test]
async fn what_was_held_back_takes_no_slot_and_is_shown_to_nobody() {
    tell!(world, {
        let held = nudge(&world, Kind::NoGoal, day(), true);
        world.write(vec![drawn(&world, &held)]).await;
        assert_eq!(world.table("attention").await, [""; 0]);
        let message = Message::Nudge { nudge: held.id.clone(), person: world.ann.clone(), day: day() };
        let shown = contents::content(&mut world.conn, &world.vault, &message, tuesday()).await.expect("read");
        assert_eq!(shown, None);
        let about = NudgeAct::Reacted { nudge: held.id, reaction: Reaction::Done };
        let ann = world.ann.clone();
        let case = cases::nudged_case(&mut world.conn, &about, &ann).await.expect("read").expect("somebody");
        assert_eq!(case.nudge, None);
    });
}

#[tokio::test]
async fn somebody_has_less_and_more_as_they_said_last() {
    tell!(world, {
        let ann = world.ann.clone();
        let wanted = |wanted, minutes| {
            let at = tuesday() + TimeDelta::minutes(minutes);
            Change::Nudge(NudgeChange::Wanted { person: ann.clone(), wanted, at })
        };
        world.write(vec![wanted(Wanted::Stop(Some(Kind::NoGoal)), 1), wanted(Wanted::Stop(None), 2)]).await;
        let stopped: BTreeSet<_> = case_of(&mut world, &ann).await.stopped.into_iter().collect();
        assert_eq!(stopped, BTreeSet::from([None, Some(Kind::NoGoal)]));
        world.write(vec![wanted(Wanted::Again(Some(Kind::NoGoal)), 0)]).await;
        assert_eq!(case_of(&mut world, &ann).await.stopped.len(), 2, "an older word came late");
        world.write(vec![wanted(Wanted::Again(None), 3)]).await;
        assert_eq!(case_of(&mut world, &ann).await.stopped, []);
        world.write(vec![wanted(Wanted::Weekly(1), 4)]).await;
        assert_eq!(case_of(&mut world, &ann).await.weekly, 1);
        let bo = world.bo.clone();
        assert_eq!(attention::weekly(&mut world.conn, [&ann, &bo]).await.expect("read"), [1, 3]);
    });
}

#[tokio::test]
async fn effects_are_looked_at_when_a_mark_is_passed_and_a_verdict_can_be_taken_back() {
    tell!(world, {
        let (workspace, program) = (workspace(), world.program.id.clone());
        let first = day() - Days::new(4_000);
        let mut changes = Vec::new();
        for n in 0..160_u64 {
            // No week has two: one a week is a key.
            let one = nudge(&world, Kind::GoalStalled, first + Days::new(7 * n), n.is_multiple_of(3));
            changes.push(drawn(&world, &one));
            let good = n.is_multiple_of(2);
            changes.push(Change::Nudge(NudgeChange::Ended { nudge: one.id, good, at: tuesday() }));
        }
        let (before, at) = (tuesday() - TimeDelta::hours(1), tuesday() + TimeDelta::hours(1));
        world.write(changes).await;
        nudges::effects::judge(&mut world.conn, &workspace, before).await.expect("judged");
        let known = nudges::effects::window(&mut world.conn, &program, before).await.expect("read");
        assert_eq!((known.collected, known.looks), (vec![], vec![]), "nothing was known by then");

        for _ in 0..2 {
            nudges::effects::judge(&mut world.conn, &workspace, at).await.expect("judged");
        }
        let known = nudges::effects::window(&mut world.conn, &program, at).await.expect("read");
        assert_eq!(known.collected, [(Kind::GoalStalled, 160)]);
        let [look] = known.looks.as_slice() else { panic!("one look") };
        assert_eq!((look.look.at, look.look.counts.all(), look.revived), (150, 160, false));
        assert_eq!(look.look.verdict, Some(Verdict::Retired), "half of both came to it");
        let verdicts = nudges::effects::verdicts(&mut world.conn, &workspace).await.expect("read");
        assert_eq!(verdicts, [(Kind::GoalStalled, Verdict::Retired)]);

        let exported = nudges::effects::exported(&mut world.conn, &workspace).await.expect("read");
        let [line] = exported.as_slice() else { panic!("one look") };
        assert_eq!((line.mark, line.sent + line.held, line.verdict), (150, 160, Some(Verdict::Retired)));

        let (kind, at) = (Kind::GoalStalled, at + TimeDelta::hours(1));
        world.write(vec![Change::Nudge(NudgeChange::Revived { workspace: workspace.clone(), kind, at })]).await;
        assert_eq!(nudges::effects::verdicts(&mut world.conn, &workspace).await.expect("read"), []);
    });
}

/// Both answer low in two weeks, meet, and one logs a session.
async fn two_weeks(world: &mut World) {
    for (week, number) in [(14, 1), (7, 2)] {
        let pulse = world.planned(day() - Days::new(week), number).await;
        let mut changes = Vec::new();
        for (role, person, value) in [(Role::Mentee, world.ann.clone(), 1), (Role::Mentor, world.bo.clone(), 2)] {
            for question in ["comm-openness", "fb-regular", "guide-load"] {
                let answer = world.answer(&pulse, value, pulse.strike + TimeDelta::hours(1));
                changes.push(Change::Answered(rapport::core::answer::Answer {
                    person: person.clone(),
                    question: question.into(),
                    ..answer
                }));
            }
            changes.push(Change::AskAnswered { pulse: pulse.id.clone(), role, at: pulse.strike });
        }
        world.write(changes).await;
    }
    let session = Session { day: day() - Days::new(5), minutes: None, by: world.bo.clone(), at: tuesday() };
    let pair = world.pair.id.clone();
    world.write(vec![Change::SessionLogged { pair, session, in_place_of: None }]).await;
}

#[tokio::test]
async fn no_nudge_to_one_hangs_on_an_answer_of_the_other() {
    tell!(world, {
        two_weeks(&mut world).await;
        let now = tuesday() + TimeDelta::days(1);
        for (me, other) in [(world.ann.clone(), world.bo.clone()), (world.bo.clone(), world.ann.clone())] {
            let whole = case_of(&mut world, &me).await;
            let said = plan::plan(&whole, now);
            assert_eq!(whole.pairs[0].answers.len(), 6, "one's own are known");
            // Every answer of the other is turned round, then taken away, one after the other, at last the word that there was one.
            let turned = "update answer set value = 6 - value where person_id = $1".to_owned();
            let mut steps = vec![turned];
            for question in ["comm-openness", "fb-regular", "guide-load"] {
                for pulse in ["asc", "desc"] {
                    steps.push(format!(
                        "delete from answer where person_id = $1 and question_id = '{question}' and pulse_id = (
                            select pulse_id from answer where person_id = $1 and question_id = '{question}'
                            order by pulse_id {pulse} limit 1)"
                    ));
                }
            }
            steps.push("update ask set answered = null where person_id = $1".to_owned());
            for step in steps {
                let done = sqlx::query(AssertSqlSafe(step.clone())).bind(other.as_str()).execute(&mut world.conn).await;
                assert!(done.expect("done").rows_affected() > 0, "{step}");
                let now_known = case_of(&mut world, &me).await;
                assert_eq!(now_known, whole, "{step}");
                assert_eq!(plan::plan(&now_known, now), said, "{step}");
            }
            // What one said oneself is another matter: then the test could not fail.
            let own = "update answer set value = 6 - value where person_id = $1";
            sqlx::query(own).bind(me.as_str()).execute(&mut world.conn).await.expect("done");
            assert_ne!(case_of(&mut world, &me).await, whole);
            sqlx::query("delete from answer").execute(&mut world.conn).await.expect("done");
            sqlx::query("delete from ask").execute(&mut world.conn).await.expect("done");
            sqlx::query("delete from pulse").execute(&mut world.conn).await.expect("done");
            two_weeks(&mut world).await;
        }
    });
}
